package clinic

import (
	"daftar/internal/farsi"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/money"
)

// CoverageID names a coverage.
type CoverageID int64

// Coverage is a patient's insurance with one insurer for a time.
type Coverage struct {
	ID              CoverageID
	Patient         PatientID
	Insurer         InsurerID
	InsuranceNumber string
	GuaranteeLetter string
	Ceiling         money.Amount // most that the insurer pays in all; 0: no ceiling
	ValidFrom       jalali.Day   // "" from ever
	End             jalali.Day   // the last day; "" open
}

// CoversOn reports whether the coverage holds on the day.
func (c Coverage) CoversOn(day jalali.Day) bool {
	return c.ValidFrom <= day && (c.End == "" || day <= c.End)
}

// CheckCoverage cleans the fields of a coverage. Invalid with the field that
// is wrong: coverage.insurer, coverage.ceiling, coverage.date, text.long,
// text.utf8.
func CheckCoverage(c Coverage) (Coverage, error) {
	if err := cleanAll([]field{{"insurance_number", &c.InsuranceNumber, 40}, {"guarantee_letter", &c.GuaranteeLetter, 40}}); err != nil {
		return c, err
	}
	c.InsuranceNumber = farsi.Digits(c.InsuranceNumber)
	switch {
	case c.Insurer == 0:
		return c, fault.New(fault.Invalid, "coverage.insurer", "an insurer is needed").At("insurer")
	case c.Ceiling < 0:
		return c, fault.New(fault.Invalid, "coverage.ceiling", "the ceiling is less than nothing").At("ceiling")
	case c.ValidFrom != "" && !c.ValidFrom.Valid():
		return c, fault.New(fault.Invalid, "coverage.date", "the first day is no day").At("valid_from")
	case c.End != "" && (!c.End.Valid() || c.End < c.ValidFrom):
		return c, fault.New(fault.Invalid, "coverage.date", "the coverage ends before it begins").At("coverage_end")
	}
	return c, nil
}

// Insurance is what a patient's form holds of insurers: one of each kind, none
// where Insurer is 0.
type Insurance struct {
	Base, Supplementary Coverage
}

// HeldCoverage returns the coverage of the insurers that the form shows: the
// one that holds on the day, else the newest. all goes from new to old.
func HeldCoverage(all []Coverage, insurers map[InsurerID]bool, day jalali.Day) Coverage {
	var newest Coverage
	for _, c := range all {
		if !insurers[c.Insurer] {
			continue
		}
		if c.CoversOn(day) {
			return c
		}
		if newest.ID == 0 {
			newest = c
		}
	}
	return newest
}

// ReplaceCoverage decides what becomes of the coverage that is held when a form
// says another: the same insurer keeps it with what the form says, another ends
// it the day before and begins anew, none ends it. now has no ID when it is to
// be added; both are zero where there is nothing to do.
func ReplaceCoverage(held, form Coverage, today jalali.Day) (ended, now Coverage) {
	form.ID, form.Patient, form.ValidFrom = 0, held.Patient, ""
	if held.ID != 0 && held.Insurer == form.Insurer {
		form.ID, form.ValidFrom = held.ID, held.ValidFrom
		if form == held {
			return Coverage{}, Coverage{}
		}
		return Coverage{}, form
	}
	if held.ID != 0 && held.CoversOn(today) {
		ended = held
		ended.End = today.Add(-1)
	}
	if form.Insurer == 0 {
		return ended, Coverage{}
	}
	if held.ID != 0 {
		form.ValidFrom = today
	}
	return ended, form
}

// CheckInsured refuses a patient without an identity whom an insurer only
// takes with a national code; foreigners have one of another kind. Invalid
// patient.code_needed.
func CheckInsured(p Patient, i Insurer) error {
	if !i.RequiresNationalCode || p.NationalCode != "" || p.ForeignID != "" {
		return nil
	}
	return fault.New(fault.Invalid, "patient.code_needed", "%s takes nobody without a national code", i.Name).
		At("national_code").With("insurer", i.Name)
}
