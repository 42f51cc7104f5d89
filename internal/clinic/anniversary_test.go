package clinic_test

import (
	"slices"
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/jalali"
)

// The day of a birth comes round in the Jalali calendar; a 30th of Esfand is
// kept on the last day of the month.
func TestAnniversaryDays(t *testing.T) {
	day := func(y, m, d int) jalali.Day { return jalali.Date{Year: y, Month: m, Day: d}.Civil() }
	for name, c := range map[string]struct {
		born, today jalali.Day
		want        bool
	}{
		"the day":                    {day(1370, 9, 2), day(1405, 9, 2), true},
		"the day before":             {day(1370, 9, 2), day(1405, 9, 1), false},
		"another month":              {day(1370, 8, 2), day(1405, 9, 2), false},
		"the day of birth":           {day(1405, 9, 2), day(1405, 9, 2), false},
		"30 Esfand in a leap year":   {day(1399, 12, 30), day(1403, 12, 30), true},
		"29 Esfand of a leap year":   {day(1399, 12, 30), day(1403, 12, 29), false},
		"29 Esfand everywhere":       {day(1374, 12, 29), day(1403, 12, 29), true},
		"29 Esfand of a common year": {day(1399, 12, 30), day(1404, 12, 29), true},
		"1 Farvardin after it":       {day(1399, 12, 30), day(1405, 1, 1), false},
	} {
		if got := slices.Contains(clinic.AnniversaryDays(c.today), c.born); got != c.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}
