package jalali_test

import (
	"testing"

	"pgregory.net/rapid"

	"daftar/internal/fault"
	"daftar/internal/jalali"
)

const today = jalali.Day("2026-11-23") // 1405/09/02

func TestDatesAsPeopleTypeThem(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want jalali.Day
	}{
		"Persian digits":                  {"۱۴۰۵/۹/۲", today},
		"Arabic digits":                   {"١٤٠٥/٩/٢", today},
		"Latin digits":                    {"1405/09/02", today},
		"dashes":                          {"1405-9-02", today},
		"points":                          {"1405.9.2", today},
		"no separators":                   {"14050902", today},
		"Persian digits in a row":         {"۱۴۰۵۰۹۰۲", today},
		"two digits of the year":          {"05/09/02", today},
		"one digit of the year":           {"4/6/4", "2025-08-26"},
		"a year of the last century":      {"99/12/30", "2021-03-20"},
		"fifty years back":                {"55/01/01", "1976-03-21"},
		"forty-nine years ahead":          {"54/01/01", "2075-03-21"},
		"Gregorian":                       {"2026-11-23", today},
		"Gregorian with slashes":          {"2026/11/3", "2026-11-03"},
		"Gregorian in a row":              {"20261123", today},
		"today":                           {"امروز", today},
		"yesterday":                       {"دیروز", "2026-11-22"},
		"yesterday with an Arabic ye":     {"ديروز", "2026-11-22"},
		"tomorrow":                        {" فردا ", "2026-11-24"},
		"three days on":                   {"+3", "2026-11-26"},
		"two days ago":                    {"-2", "2026-11-21"},
		"two days ago in Persian":         {"−۲", "2026-11-21"},
		"no days on":                      {"+0", today},
		"marks and spaces around":         {"\u2068\u200f ۱۴۰۵/۰۹/۰۲\u00a0\u2069", today},
		"marks between":                   {"1405\u200e/9\u200e/2", today},
		"30 Esfand of a leap year":        {"1403/12/30", "2025-03-20"},
		"the first day that can be typed": {"1200/1/1", "1821-03-21"},
		"the last day that can be typed":  {"1500/12/29", "2122-03-20"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := jalali.Parse(c.text, today)
			if err != nil || got != c.want {
				t.Errorf("got %q, %v; want %s", got, err, c.want)
			}
		})
	}
}

func TestWhatIsNoDate(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		code string
	}{
		"nothing":                     {"", "date.empty"},
		"spaces and marks":            {" \u200f\u00a0", "date.empty"},
		"a word":                      {"شنبه", "date.syntax"},
		"two numbers":                 {"1405/9", "date.syntax"},
		"four numbers":                {"1405/9/2/1", "date.syntax"},
		"two kinds of separator":      {"1405/9-2", "date.syntax"},
		"the day first":               {"2/9/1405", "date.syntax"},
		"six digits":                  {"050902", "date.syntax"},
		"a year of three digits":      {"405/9/2", "date.syntax"},
		"a month of three digits":     {"1405/009/2", "date.syntax"},
		"an empty part":               {"1405//2", "date.syntax"},
		"spaces inside":               {"1405 / 9 / 2", "date.syntax"},
		"only a sign":                 {"+", "date.syntax"},
		"too many days":               {"+10000", "date.syntax"},
		"a time":                      {"2026-11-23T10:00", "date.syntax"},
		"a broken encoding":           {"\xff405/9/2", "date.syntax"},
		"30 Esfand of a common year":  {"1404/12/30", "date.range"},
		"31 Mehr":                     {"1405/7/31", "date.range"},
		"month thirteen":              {"1405/13/1", "date.range"},
		"day zero":                    {"1405/1/0", "date.range"},
		"month zero":                  {"14050002", "date.range"},
		"a Gregorian day that is not": {"2026-02-29", "date.range"},
		"a Jalali year too early":     {"1199/12/29", "date.range"},
		"a Jalali year too late":      {"1501/1/1", "date.range"},
		"a year that is neither":      {"1699/1/1", "date.range"},
		"a Gregorian year too early":  {"1821-03-20", "date.range"},
		"a Gregorian year too late":   {"9999-12-31", "date.range"},
		"year zero":                   {"0000/1/1", "date.range"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := jalali.Parse(c.text, today)
			if got != "" || fault.Code(err) != c.code || fault.Of(err) != fault.Invalid {
				t.Errorf("got %q, %v; want %s", got, err, c.code)
			}
		})
	}
}

func TestWithoutTodayOnlyWholeDatesAreRead(t *testing.T) {
	if got, err := jalali.Parse("1405/9/2", ""); got != today || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
	for _, text := range []string{"05/09/02", "+1", "امروز"} {
		if got, err := jalali.Parse(text, ""); err == nil {
			t.Errorf("%q is read as %q", text, got)
		}
	}
}

// typable draws a day that Parse can return.
func typable() *rapid.Generator[jalali.Day] {
	return rapid.Map(rapid.IntRange(0, daysKnown-1), func(n int) jalali.Day { return jalali.Day("1821-03-21").Add(n) })
}

func TestEveryPrintedDateIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := typable().Draw(t, "day")
		date := day.Date()
		for _, text := range []string{date.String(), date.Persian(), string(day)} {
			if got, err := jalali.Parse(text, today); err != nil || got != day {
				t.Fatalf("%q is read as %q, %v; want %s", text, got, err, day)
			}
		}
	})
}

func TestAShortYearIsTheNearest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := jalali.Date{Year: rapid.IntRange(1260, 1440).Draw(t, "now"), Month: 1, Day: 1}
		want := now.Year + rapid.IntRange(-50, 49).Draw(t, "away")
		text := jalali.Date{Year: want, Month: 7, Day: 1}.String()[2:]
		got, err := jalali.Parse(text, now.Civil())
		if err != nil || got.Date().Year != want {
			t.Fatalf("in %d %q is read as %v, %v; want the year %d", now.Year, text, got.Date(), err, want)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"۱۴۰۵/۹/۲", "14050902", "05/09/02", "4-6-4", "2026-11-23", "+3", "−۲", "امروز", "1404/12/30", "", "9999-99-99"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		day, err := jalali.Parse(text, today)
		if err != nil {
			if fault.Of(err) != fault.Invalid || day != "" {
				t.Errorf("%q with %v", day, err)
			}
			return
		}
		if year := day.Date().Year; !day.Valid() || year < 1200 || year > 1500 {
			t.Errorf("%q is read as %q", text, day)
		}
	})
}

func FuzzParseDay(f *testing.F) {
	for _, seed := range []string{"2026-11-23", "2026-02-29", "", "0000-00-00", "9999-12-31"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		day, err := jalali.ParseDay(text)
		if err != nil {
			return
		}
		if string(day) != text || day.Date().Valid() && day.Date().Civil() != day {
			t.Errorf("%q is read as %q, %v", text, day, day.Date())
		}
	})
}
