// Package jalali turns civil days into dates of the Iranian calendar and back,
// and reads dates as people type them.
//
// A Day is what is stored and compared; a Date is what is shown. The package
// never asks what time it is: today is handed in.
package jalali

import (
	"time"

	"daftar/internal/fault"
)

// Day is one civil day, in Gregorian ISO form: "2026-11-23". The empty Day
// means none. Days of a four-digit year compare with < as they follow each
// other, and none comes first.
type Day string

// isoDay is the layout of a Day.
const isoDay = "2006-01-02"

// secondsPerDay holds in UTC, where every day computation here is done.
const secondsPerDay = 24 * 60 * 60

// DayOf returns the civil day at instant t in the zone loc.
func DayOf(t time.Time, loc *time.Location) Day {
	return Day(t.In(loc).Format(isoDay))
}

// ParseDay reads the stored form of a day, years 0001 to 9999. Anything else,
// the empty text included, is date.syntax. For what people type use Parse.
func ParseDay(iso string) (Day, error) {
	d := Day(iso)
	if !d.Valid() {
		return "", fault.New(fault.Invalid, "date.syntax", "a day is written as 2026-11-23")
	}
	return d, nil
}

// Valid reports whether d is a day that exists. The empty Day is not valid.
func (d Day) Valid() bool {
	_, ok := d.parse()
	return ok
}

func (d Day) parse() (time.Time, bool) {
	if len(d) != len(isoDay) {
		return time.Time{}, false
	}
	t, err := time.Parse(isoDay, string(d))
	return t, err == nil && t.Year() > 0
}

// Time returns midnight UTC of d, and the zero time when d is not valid.
func (d Day) Time() time.Time {
	t, ok := d.parse()
	if !ok {
		return time.Time{}
	}
	return t
}

// Add returns the day n days after d, before it when n is negative. The result
// is none when d is not valid or the year would leave 0001 to 9999.
func (d Day) Add(n int) Day {
	t, ok := d.parse()
	if !ok || n > maxDays || n < -maxDays {
		return ""
	}
	return dayAt(int(t.Unix()/secondsPerDay) + n)
}

// maxDays is more than the days of all years a Day can have.
const maxDays = 10_000 * 366

// dayAt returns the day that many days after 1970-01-01, or none outside the
// years 0001 to 9999.
func dayAt(unixDays int) Day {
	t := time.Unix(int64(unixDays)*secondsPerDay, 0).UTC()
	if t.Year() < 1 || t.Year() > 9999 {
		return ""
	}
	return Day(t.Format(isoDay))
}

// Sub returns the number of days from e to d, positive when d is later. It is
// 0 when either is not valid.
func (d Day) Sub(e Day) int {
	a, ok := d.parse()
	b, ok2 := e.parse()
	if !ok || !ok2 {
		return 0
	}
	return int((a.Unix() - b.Unix()) / secondsPerDay)
}

// Bounds returns the first instant of d in loc and the first instant of the
// next day. It goes by calendar date: in Tehran the days 2021-03-22 and
// 2022-03-22 began at 01:00, and other days have 23 or 25 hours. Both are the
// zero time when d or the day after it is not valid.
func (d Day) Bounds(loc *time.Location) (from, until time.Time) {
	next := d.Add(1)
	if next == "" {
		return time.Time{}, time.Time{}
	}
	return d.firstInstant(loc), next.firstInstant(loc)
}

// firstInstant returns when d began in loc. time.Date promises only one of two
// answers for a midnight that did not exist or came twice, so both are put
// right here.
func (d Day) firstInstant(loc *time.Location) time.Time {
	year, month, day := d.Time().Date()
	t := time.Date(year, month, day, 0, 0, 0, 0, loc)
	opened, closed := t.ZoneBounds()
	switch {
	case DayOf(t, loc) < d && !closed.IsZero():
		return closed // t fell before the gap; the day begins where it ends
	case opened.IsZero() || DayOf(opened, loc) != d:
		return t // the clocks were not changed between midnight and t
	case DayOf(opened.Add(-1), loc) != d:
		return opened // t fell after the gap, perhaps not at its very end
	}
	return firstShown(t) // the first of two midnights
}

// Weekday is a day of the Iranian week, which begins on Saturday.
type Weekday int

// The days of the week.
const (
	Saturday Weekday = iota
	Sunday
	Monday
	Tuesday
	Wednesday
	Thursday
	Friday
)

var weekdayNames = [...]string{"شنبه", "یکشنبه", "دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه"}

// String returns the Persian name of w, and "" for a number that is no day.
func (w Weekday) String() string {
	if w < Saturday || w > Friday {
		return ""
	}
	return weekdayNames[w]
}

// Weekday returns the day of the week of d, Saturday being 0. The answer for a
// day that is not valid means nothing.
func (d Day) Weekday() Weekday { return Weekday((int(d.Time().Weekday()) + 1) % 7) }
