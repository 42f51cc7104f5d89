package clinic_test

import (
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/jalali"
)

// today is 2026-11-23 in these tests.
const yesterday jalali.Day = "2026-11-22"

func TestReplaceCoverage(t *testing.T) {
	held := clinic.Coverage{ID: 1, Patient: 7, Insurer: 5, InsuranceNumber: "12", ValidFrom: "2026-01-01"}
	over := held
	over.End = "2026-02-01"
	ended := held
	ended.End = yesterday
	tests := map[string]struct {
		held, form, ended, now clinic.Coverage
	}{
		"nothing at all":               {},
		"the first":                    {form: clinic.Coverage{Insurer: 5}, now: clinic.Coverage{Insurer: 5}},
		"as it was":                    {held: held, form: clinic.Coverage{Insurer: 5, InsuranceNumber: "12"}},
		"another number":               {held: held, form: clinic.Coverage{Insurer: 5, InsuranceNumber: "13"}, now: clinic.Coverage{ID: 1, Patient: 7, Insurer: 5, InsuranceNumber: "13", ValidFrom: "2026-01-01"}},
		"another insurer":              {held: held, form: clinic.Coverage{Insurer: 6}, ended: ended, now: clinic.Coverage{Patient: 7, Insurer: 6, ValidFrom: today}},
		"none any more":                {held: held, ended: ended},
		"none after one that was over": {held: over},
		"another after one over":       {held: over, form: clinic.Coverage{Insurer: 6}, now: clinic.Coverage{Patient: 7, Insurer: 6, ValidFrom: today}},
		"one over is renewed":          {held: over, form: clinic.Coverage{Insurer: 5, InsuranceNumber: "12"}, now: held},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			ended, now := clinic.ReplaceCoverage(tt.held, tt.form, today)
			if ended != tt.ended || now != tt.now {
				t.Errorf("ended %+v, now %+v", ended, now)
			}
		})
	}
}

func TestTheHeldCoverageIsTheOneThatHolds(t *testing.T) {
	base := map[clinic.InsurerID]bool{5: true}
	all := []clinic.Coverage{{ID: 9, Insurer: 6}, {ID: 8, Insurer: 5, End: "2026-01-01"}, {ID: 7, Insurer: 5}, {ID: 6, Insurer: 5}}
	if got := clinic.HeldCoverage(all, base, today); got.ID != 7 {
		t.Errorf("holds %+v", got)
	}
	if got := clinic.HeldCoverage(all[:2], base, today); got.ID != 8 {
		t.Errorf("holds %+v", got)
	}
	if got := clinic.HeldCoverage(all[:1], base, today); got.ID != 0 {
		t.Errorf("holds %+v", got)
	}
}

func TestCheckInsured(t *testing.T) {
	strict := clinic.Insurer{Name: "نیروهای مسلح", RequiresNationalCode: true}
	for name, tt := range map[string]struct {
		patient clinic.Patient
		insurer clinic.Insurer
		code    string
	}{
		"no code":            {clinic.Patient{}, strict, "patient.code_needed"},
		"a code":             {clinic.Patient{NationalCode: "0012345679"}, strict, ""},
		"a foreigner":        {clinic.Patient{ForeignIDKind: "residence", ForeignID: "123456789012"}, strict, ""},
		"an insurer at ease": {clinic.Patient{}, clinic.Insurer{}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			err := clinic.CheckInsured(tt.patient, tt.insurer)
			if e, _ := fault.As(err); fault.Code(err) != tt.code || err != nil && (e.Field != "national_code" || e.Args["insurer"] != strict.Name) {
				t.Errorf("%v", err)
			}
		})
	}
}
