package api

import (
	"context"
	"net/http"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/money"
)

// PatientCoverage is a patient's insurance in an answer.
type PatientCoverage struct {
	ID              string       `json:"id"`
	InsurerID       string       `json:"insurer_id"`
	InsuranceNumber string       `json:"insurance_number,omitempty"`
	GuaranteeLetter string       `json:"guarantee_letter,omitempty"`
	Ceiling         money.Amount `json:"ceiling,omitempty" doc:"most that the insurer pays in all; missing: no ceiling"`
	ValidFrom       string       `json:"valid_from,omitempty"`
	ValidFromJalali string       `json:"valid_from_jalali,omitempty"`
	End             string       `json:"coverage_end,omitempty" doc:"the last day; missing: open"`
	EndJalali       string       `json:"coverage_end_jalali,omitempty"`
}

func showCoverage(c clinic.Coverage) PatientCoverage {
	return PatientCoverage{ID: name(c.ID), InsurerID: name(c.Insurer), InsuranceNumber: c.InsuranceNumber, GuaranteeLetter: c.GuaranteeLetter,
		Ceiling: c.Ceiling, ValidFrom: string(c.ValidFrom), ValidFromJalali: twin(c.ValidFrom), End: string(c.End), EndJalali: twin(c.End)}
}

// coverageForm is an insurance to add.
type coverageForm struct {
	InsurerID       string `json:"insurer_id"`
	InsuranceNumber string `json:"insurance_number,omitempty"`
	GuaranteeLetter string `json:"guarantee_letter,omitempty"`
	Ceiling         amount `json:"ceiling,omitempty"`
	ValidFrom       string `json:"valid_from,omitempty" doc:"a day, Gregorian or Jalali"`
	End             string `json:"coverage_end,omitempty" doc:"a day, Gregorian or Jalali"`
	DryRun          bool   `json:"dry_run,omitempty"`
}

func (s *server) addCoverages() {
	add(s, call{method: http.MethodGet, path: "/patients/{id}/coverages", right: clinic.ReadPatients, touches: aboutPatients,
		object: "patient", says: "The insurances of a patient, the newest first"}, s.listCoverages)
	add(s, call{method: http.MethodPost, path: "/patients/{id}/coverages", right: clinic.WritePatients, touches: aboutPatients,
		object: "patient", says: "Add an insurance of a patient", created: true}, s.addCoverage)
}

func (s *server) listCoverages(ctx context.Context, a clinic.Actor, in *onPatient) (*answer[list[PatientCoverage]], error) {
	id, err := number[clinic.PatientID](in.ID, "patient", "id")
	if err != nil {
		return nil, err
	}
	found, err := s.desk.Coverages(ctx, a, id)
	if err != nil {
		return nil, err
	}
	all := list[PatientCoverage]{Items: []PatientCoverage{}}
	for _, c := range found {
		all.Items = append(all.Items, showCoverage(c))
	}
	return reply(all), nil
}

func (s *server) addCoverage(ctx context.Context, a clinic.Actor, in *postTo[coverageForm]) (*answer[PatientCoverage], error) {
	form, err := decode[coverageForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	today, err := s.today(ctx, a)
	if err != nil {
		return nil, err
	}
	c := clinic.Coverage{InsuranceNumber: form.InsuranceNumber, GuaranteeLetter: form.GuaranteeLetter, Ceiling: money.Amount(form.Ceiling)}
	if c.Patient, err = number[clinic.PatientID](in.ID, "patient", "id"); err != nil {
		return nil, err
	}
	if c.Insurer, err = number[clinic.InsurerID](form.InsurerID, "insurer", "insurer_id"); err != nil {
		return nil, err
	}
	if c.ValidFrom, err = day(form.ValidFrom, "valid_from", today); err != nil {
		return nil, err
	}
	if c.End, err = day(form.End, "coverage_end", today); err != nil {
		return nil, err
	}
	c, err = s.desk.AddCoverage(ctx, a, desk.AddCoverage{Coverage: c, Request: desk.Request{Key: in.Key, DryRun: form.DryRun}})
	if err != nil {
		return nil, err
	}
	return reply(showCoverage(c)), nil
}
