package jalali_test

import (
	"encoding/binary"
	"testing"
	"time"
	_ "time/tzdata"

	"pgregory.net/rapid"

	"daftar/internal/fault"
	"daftar/internal/jalali"
)

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

func TestADayBeginsAtItsFirstInstant(t *testing.T) {
	for name, c := range map[string]struct {
		zone        string
		day         jalali.Day
		from, until string
	}{
		"a day of today":                            {"Asia/Tehran", "2026-11-23", "2026-11-22T20:30:00Z", "2026-11-23T20:30:00Z"},
		"a summer day without summer time":          {"Asia/Tehran", "2026-07-01", "2026-06-30T20:30:00Z", "2026-07-01T20:30:00Z"},
		"a summer day of the last summer time":      {"Asia/Tehran", "2022-07-01", "2022-06-30T19:30:00Z", "2022-07-01T19:30:00Z"},
		"midnight skipped in 2021":                  {"Asia/Tehran", "2021-03-22", "2021-03-21T20:30:00Z", "2021-03-22T19:30:00Z"},
		"the day before it":                         {"Asia/Tehran", "2021-03-21", "2021-03-20T20:30:00Z", "2021-03-21T20:30:00Z"},
		"midnight skipped in 2022":                  {"Asia/Tehran", "2022-03-22", "2022-03-21T20:30:00Z", "2022-03-22T19:30:00Z"},
		"a day of 25 hours":                         {"Asia/Tehran", "2021-09-21", "2021-09-20T19:30:00Z", "2021-09-21T20:30:00Z"},
		"the day after it":                          {"Asia/Tehran", "2021-09-22", "2021-09-21T20:30:00Z", "2021-09-22T20:30:00Z"},
		"a midnight that came twice":                {"Asia/Tehran", "1978-08-05", "1978-08-04T19:00:00Z", "1978-08-05T20:00:00Z"},
		"a gap that began before midnight":          {"America/Toronto", "1919-03-31", "1919-03-31T04:30:00Z", "1919-04-01T04:00:00Z"},
		"UTC":                                       {"UTC", "2026-11-23", "2026-11-23T00:00:00Z", "2026-11-24T00:00:00Z"},
		"a day an island left out has no length":    {"Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z", "2011-12-30T10:00:00Z"},
		"the day before the one an island left out": {"Pacific/Apia", "2011-12-29", "2011-12-29T10:00:00Z", "2011-12-30T10:00:00Z"},
	} {
		t.Run(name, func(t *testing.T) {
			from, until := c.day.Bounds(zone(t, c.zone))
			if got := from.UTC().Format(time.RFC3339); got != c.from {
				t.Errorf("from %s, want %s", got, c.from)
			}
			if got := until.UTC().Format(time.RFC3339); got != c.until {
				t.Errorf("until %s, want %s", got, c.until)
			}
		})
	}
}

// gapEast is a zone east of Greenwich whose clocks went from 23:30 on
// 2026-11-22, UTC+4, to 00:30 on the next day, UTC+5. The real ones of that
// kind lie west, where time.Date gives its other answer.
func gapEast(t *testing.T) *time.Location {
	t.Helper()
	at := uint32(time.Date(2026, 11, 22, 19, 30, 0, 0, time.UTC).Unix())
	data := append([]byte("TZif"), make([]byte, 16)...)
	for _, count := range []uint32{0, 0, 0, 1, 2, 8} { // of transitions, zones and letters, as in RFC 8536
		data = binary.BigEndian.AppendUint32(data, count)
	}
	data = binary.BigEndian.AppendUint32(data, at)
	data = append(data, 1)
	data = append(binary.BigEndian.AppendUint32(data, 4*60*60), 0, 0)
	data = append(binary.BigEndian.AppendUint32(data, 5*60*60), 0, 4)
	loc, err := time.LoadLocationFromTZData("East", append(data, "+04\x00+05\x00"...))
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

func TestAGapThatBeganBeforeMidnightInTheEast(t *testing.T) {
	from, until := jalali.Day("2026-11-23").Bounds(gapEast(t))
	if got := from.UTC().Format(time.RFC3339); got != "2026-11-22T19:30:00Z" {
		t.Errorf("from %s", got)
	}
	if got := until.UTC().Format(time.RFC3339); got != "2026-11-23T19:00:00Z" {
		t.Errorf("until %s", got)
	}
}

func TestEveryInstantLiesWithinItsDay(t *testing.T) {
	tehran := zone(t, "Asia/Tehran")
	rapid.Check(t, func(t *rapid.T) {
		seconds := rapid.Int64Range(-2_000_000_000, 4_000_000_000).Draw(t, "unix")
		at := time.Unix(seconds, 0)
		day := jalali.DayOf(at, tehran)
		from, until := day.Bounds(tehran)
		if at.Before(from) || !at.Before(until) {
			t.Fatalf("%v is on %s, from %v until %v", at, day, from, until)
		}
		if jalali.DayOf(from, tehran) != day || jalali.DayOf(from.Add(-time.Nanosecond), tehran) != day.Add(-1) {
			t.Fatalf("%s does not begin at %v", day, from)
		}
	})
}

func TestEveryDayInTehranBeginsWhereTheNightBeforeEnds(t *testing.T) {
	tehran := zone(t, "Asia/Tehran")
	for day := jalali.Day("1976-01-01"); day < "2026-12-31"; day = day.Add(1) {
		from, until := day.Bounds(tehran)
		if jalali.DayOf(from, tehran) != day || jalali.DayOf(until.Add(-1), tehran) != day {
			t.Fatalf("%s is from %v until %v", day, from, until)
		}
		if before := from.Add(-1); jalali.DayOf(before, tehran) == day {
			t.Fatalf("%s has begun before %v", day, from)
		}
	}
}

func TestTheWeekBeginsOnSaturday(t *testing.T) {
	for day, want := range map[jalali.Day]jalali.Weekday{
		"2026-03-21": jalali.Saturday, // 1405/01/01
		"2027-03-21": jalali.Sunday,   // 1406/01/01
		"2026-11-23": jalali.Monday,
		"2026-11-24": jalali.Tuesday,
		"2026-11-25": jalali.Wednesday,
		"2026-11-26": jalali.Thursday,
		"2026-11-27": jalali.Friday,
	} {
		if got := day.Weekday(); got != want {
			t.Errorf("%s is a %v, want %v", day, got, want)
		}
	}
	if got := jalali.Friday.String(); got != "جمعه" {
		t.Errorf("Friday is %q", got)
	}
	if jalali.Weekday(7).String() != "" || jalali.Weekday(-1).String() != "" {
		t.Error("a day that does not exist has a name")
	}
}

func TestOnlyTheStoredFormOfADayIsValid(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		ok   bool
	}{
		"a day":                {"2026-11-23", true},
		"a leap day":           {"2024-02-29", true},
		"no leap day":          {"2026-02-29", false},
		"nothing":              {"", false},
		"one digit":            {"2026-1-5", false},
		"a day and a time":     {"2026-11-23T00:00:00Z", false},
		"Persian digits":       {"۲۰۲۶-۱۱-۲۳", false},
		"slashes":              {"2026/11/23", false},
		"a month too many":     {"2026-13-01", false},
		"year zero":            {"0000-01-01", false},
		"the first day of all": {"0001-01-01", true},
		"the last day of all":  {"9999-12-31", true},
		"a negative year":      {"-001-01-01", false},
		"spaces around":        {" 2026-11-3", false},
	} {
		t.Run(name, func(t *testing.T) {
			day, err := jalali.ParseDay(c.text)
			if (err == nil) != c.ok || jalali.Day(c.text).Valid() != c.ok {
				t.Fatalf("%q: %v", c.text, err)
			}
			if !c.ok && (fault.Code(err) != "date.syntax" || day != "") {
				t.Errorf("%q with %v", day, err)
			}
		})
	}
}

func TestNoneStaysNone(t *testing.T) {
	none := jalali.Day("")
	from, until := none.Bounds(time.UTC)
	if none.Add(1) != "" || none.Sub("2026-11-23") != 0 || !from.IsZero() || !until.IsZero() ||
		!none.Time().IsZero() || none.Date() != (jalali.Date{}) {
		t.Error("none became a day")
	}
	if got := jalali.Day("9999-12-31").Add(1); got != "" {
		t.Errorf("after the last day comes %q", got)
	}
	if got := jalali.Day("2026-11-23").Add(1 << 62); got != "" {
		t.Errorf("very much later is %q", got)
	}
	if got := jalali.Day("2026-11-23").Add(-800_000); got != "" {
		t.Errorf("before the first day is %q", got)
	}
}
