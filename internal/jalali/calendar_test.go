package jalali_test

import (
	"bufio"
	"bytes"
	"fmt"
	"os/exec"
	"testing"

	"pgregory.net/rapid"

	"daftar/internal/jalali"
)

// daysKnown is the number of days of the Jalali years 1200 to 1500.
const daysKnown = 109_938

// TestEveryDayEqualsICU compares with an implementation that is not ours. It
// needs Node, and fails without it: a calendar nobody checked is not passed.
func TestEveryDayEqualsICU(t *testing.T) {
	out, err := exec.Command("node", "../../test/oracle/jalali.mjs").Output()
	if err != nil {
		t.Fatalf("asking Node for the calendar: %v", err)
	}
	days, before := 0, jalali.Day("")
	for lines := bufio.NewScanner(bytes.NewReader(out)); lines.Scan(); days++ {
		var day jalali.Day
		var date jalali.Date
		if _, err := fmt.Sscan(lines.Text(), &day, &date.Year, &date.Month, &date.Day); err != nil {
			t.Fatalf("%q: %v", lines.Text(), err)
		}
		if got := day.Date(); got != date {
			t.Fatalf("%s is %v, want %v", day, got, date)
		}
		if got := date.Civil(); got != day {
			t.Fatalf("%v is %s, want %s", date, got, day)
		}
		if before != "" && (before.Add(1) != day || day.Sub(before) != 1 || day <= before) {
			t.Fatalf("%s does not follow %s", day, before)
		}
		before = day
	}
	if days != daysKnown {
		t.Errorf("%d days compared, want %d", days, daysKnown)
	}
}

func TestDayAndDateAreTheSame(t *testing.T) {
	first := jalali.Date{Year: 1, Month: 1, Day: 1}.Civil()
	last := jalali.Date{Year: 9377, Month: 12, Day: 29}.Civil()
	rapid.Check(t, func(t *rapid.T) {
		day := first.Add(rapid.IntRange(0, last.Sub(first)).Draw(t, "n"))
		date := day.Date()
		if !date.Valid() || date.Civil() != day {
			t.Fatalf("%s is %v is %s", day, date, date.Civil())
		}
		n := rapid.IntRange(-100_000, 100_000).Draw(t, "step")
		if other := day.Add(n); other != "" && (other.Sub(day) != n || other.Add(-n) != day) {
			t.Fatalf("%s and %d days make %s", day, n, other)
		}
	})
}

func TestLeapYears(t *testing.T) {
	want := []int{1399, 1403, 1408, 1412, 1416, 1420, 1424}
	var got []int
	for year := 1396; year <= 1424; year++ {
		if jalali.Leap(year) {
			got = append(got, year)
		}
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestDatesThatDoNotExist(t *testing.T) {
	for name, d := range map[string]jalali.Date{
		"none":                       {},
		"month zero":                 {1405, 0, 1},
		"month thirteen":             {1405, 13, 1},
		"day zero":                   {1405, 1, 0},
		"32 Farvardin":               {1405, 1, 32},
		"31 Mehr":                    {1405, 7, 31},
		"30 Esfand of a common year": {1404, 12, 30},
		"year zero":                  {0, 1, 1},
		"a year beyond all days":     {9378, 1, 1},
	} {
		t.Run(name, func(t *testing.T) {
			if d.Valid() || d.Civil() != "" || d.Long() != "" {
				t.Errorf("%v is %q, %q", d, d.Civil(), d.Long())
			}
		})
	}
}

func TestDatesInPrint(t *testing.T) {
	d := jalali.Day("2026-11-23").Date()
	if got := d.String(); got != "1405/09/02" {
		t.Errorf("machine form %q", got)
	}
	if got := d.Persian(); got != "۱۴۰۵/۰۹/۰۲" {
		t.Errorf("short form %q", got)
	}
	if got := d.Long(); got != "دوشنبه ۲ آذر ۱۴۰۵" {
		t.Errorf("long form %q", got)
	}
	if got := (jalali.Date{}).Persian(); got != "" {
		t.Errorf("none is shown as %q", got)
	}
}

func TestRangesOfMonthsAndYears(t *testing.T) {
	for name, c := range map[string]struct {
		first, last         jalali.Day
		wantFirst, wantLast jalali.Day
	}{
		"a long month":                pair(jalali.MonthRange(1405, 1)).is("2026-03-21", "2026-04-20"),
		"a short month":               pair(jalali.MonthRange(1405, 9)).is("2026-11-22", "2026-12-21"),
		"Esfand of a common year":     pair(jalali.MonthRange(1404, 12)).is("2026-02-20", "2026-03-20"),
		"Esfand of a leap year":       pair(jalali.MonthRange(1403, 12)).is("2025-02-19", "2025-03-20"),
		"a common year":               pair(jalali.YearRange(1405)).is("2026-03-21", "2027-03-20"),
		"a leap year":                 pair(jalali.YearRange(1403)).is("2024-03-20", "2025-03-20"),
		"a month that does not exist": pair(jalali.MonthRange(1405, 13)).is("", ""),
	} {
		t.Run(name, func(t *testing.T) {
			if c.first != c.wantFirst || c.last != c.wantLast {
				t.Errorf("%s to %s, want %s to %s", c.first, c.last, c.wantFirst, c.wantLast)
			}
		})
	}
}

type days struct{ first, last jalali.Day }

func pair(first, last jalali.Day) days { return days{first, last} }

func (d days) is(first, last jalali.Day) struct {
	first, last         jalali.Day
	wantFirst, wantLast jalali.Day
} {
	return struct {
		first, last         jalali.Day
		wantFirst, wantLast jalali.Day
	}{d.first, d.last, first, last}
}

func TestMonthsHaveNames(t *testing.T) {
	if jalali.MonthName(1) != "فروردین" || jalali.MonthName(12) != "اسفند" {
		t.Error("wrong names")
	}
	if jalali.MonthName(0) != "" || jalali.MonthName(13) != "" || jalali.MonthDays(1405, 0) != 0 {
		t.Error("a month that does not exist has a name or days")
	}
}
