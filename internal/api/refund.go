package api

import (
	"context"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/money"
)

type refundForm struct {
	Amount         amount `json:"amount"`
	Method         string `json:"method" doc:"cash, pos, card_to_card or bank_transfer"`
	Reason         string `json:"reason"`
	PlaceID        string `json:"place_id,omitempty" doc:"the drawer, terminal or account; chosen when missing"`
	TrackingNumber string `json:"tracking_number,omitempty"`
	LastFour       string `json:"last_four,omitempty" doc:"of the card it goes to"`
	Destination    string `json:"destination,omitempty" doc:"a Sheba; of a card its end is kept"`
	OverrideReason string `json:"override_reason,omitempty" doc:"why it goes another way than it came"`
	SeenVersion    *int64 `json:"seen_version,omitempty"`
	DryRun         bool   `json:"dry_run,omitempty"`
}

func (f refundForm) dry() bool { return f.DryRun }

// line is by which way the money goes.
func (f refundForm) line() (l clinic.MoneyLine, err error) {
	l = clinic.MoneyLine{Method: clinic.Method(f.Method), Amount: money.Amount(f.Amount), TrackingNumber: f.TrackingNumber,
		LastFour: f.LastFour, Destination: f.Destination}
	l.Place, err = number[clinic.PlaceID](f.PlaceID, "place", "place_id")
	return l, err
}

type refund struct {
	ID             string       `json:"id"`
	PatientID      string       `json:"patient_id"`
	Number         string       `json:"number"`
	Amount         money.Amount `json:"amount"`
	DepositID      string       `json:"deposit_id,omitempty"`
	Method         string       `json:"method"`
	TrackingNumber string       `json:"tracking_number,omitempty"`
	LastFour       string       `json:"last_four,omitempty"`
	Destination    string       `json:"destination,omitempty"`
	Reason         string       `json:"reason"`
	Day            string       `json:"day"`
	DayJalali      string       `json:"day_jalali"`
	At             time.Time    `json:"at"`
}

func showRefund(r clinic.Refund) refund {
	return refund{ID: name(r.ID), PatientID: name(r.Patient), Number: r.Number.String(), Amount: r.Amount, DepositID: name(r.Deposit),
		Method: string(r.Line.Method), TrackingNumber: r.Line.TrackingNumber, LastFour: r.Line.LastFour, Destination: r.Line.Destination,
		Reason: r.Reason, Day: string(r.Day), DayJalali: twin(r.Day), At: r.At.UTC()}
}

type refunded struct {
	Refund refund `json:"refund"`
	Effect
}

func (s *server) refund(ctx context.Context, a clinic.Actor, in *postTo[refundForm]) (*answer[refunded], error) {
	form, id, request, err := asked[clinic.PatientID](in, "patient")
	if err != nil {
		return nil, err
	}
	line, err := form.line()
	if err != nil {
		return nil, err
	}
	done, err := s.desk.Refund(ctx, a, desk.GiveBack{Patient: id, Amount: money.Amount(form.Amount), Line: line, Reason: form.Reason,
		Override: form.OverrideReason, Seen: form.SeenVersion, Request: request})
	if err != nil {
		return nil, err
	}
	return reply(refunded{showRefund(done.Refund), showEffect(a, done.Effect)}), nil
}

type writeOffForm struct {
	Amount      amount `json:"amount"`
	Reason      string `json:"reason"`
	AdmissionID string `json:"admission_id,omitempty" doc:"the oldest first when missing"`
	SeenVersion *int64 `json:"seen_version,omitempty"`
	DryRun      bool   `json:"dry_run,omitempty"`
}

func (f writeOffForm) dry() bool { return f.DryRun }

type givenUp struct {
	AdmissionID string       `json:"admission_id"`
	Number      string       `json:"number"`
	Amount      money.Amount `json:"amount"`
}

type writeOff struct {
	Amount money.Amount `json:"amount"`
	Parts  []givenUp    `json:"parts"`
}

type wroteOff struct {
	WriteOff writeOff `json:"write_off"`
	Effect
}

func (s *server) writeOff(ctx context.Context, a clinic.Actor, in *postTo[writeOffForm]) (*answer[wroteOff], error) {
	form, id, request, err := asked[clinic.PatientID](in, "patient")
	if err != nil {
		return nil, err
	}
	cmd := desk.WriteOff{Patient: id, Amount: money.Amount(form.Amount), Reason: form.Reason, Seen: form.SeenVersion, Request: request}
	if cmd.Admission, err = number[clinic.AdmissionID](form.AdmissionID, "admission", "admission_id"); err != nil {
		return nil, err
	}
	done, err := s.desk.WriteOff(ctx, a, cmd)
	if err != nil {
		return nil, err
	}
	shown := wroteOff{WriteOff: writeOff{done.Amount, []givenUp{}}, Effect: showEffect(a, done.Effect)}
	for _, p := range done.Parts {
		shown.WriteOff.Parts = append(shown.WriteOff.Parts, givenUp{name(p.Admission), p.Number.String(), p.Amount})
	}
	return reply(shown), nil
}

type undoForm struct {
	Reason      string `json:"reason,omitempty"`
	SeenVersion *int64 `json:"seen_version,omitempty"`
	DryRun      bool   `json:"dry_run,omitempty"`
}

func (f undoForm) dry() bool { return f.DryRun }

// undoing is what was undone: the unit and what it was.
type undoing struct {
	UnitID    string `json:"unit_id"`
	What      string `json:"what" doc:"the kind of what was done, as of an entry"`
	PatientID string `json:"patient_id"`
}

type undone struct {
	Undo undoing `json:"undo"`
	Effect
}

func (s *server) undo(ctx context.Context, a clinic.Actor, in *postTo[undoForm]) (*answer[undone], error) {
	form, id, request, err := asked[int64](in, "undo")
	if err != nil {
		return nil, err
	}
	done, err := s.desk.UndoUnit(ctx, a, desk.UndoUnit{Unit: id, Reason: form.Reason, Seen: form.SeenVersion, Request: request})
	if err != nil {
		return nil, err
	}
	return reply(undone{undoing{name(done.Of), done.What, name(done.Patient)}, showEffect(a, done.Effect)}), nil
}
