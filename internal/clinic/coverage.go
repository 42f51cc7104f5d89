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
