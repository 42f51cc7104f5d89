package view

import (
	"fmt"
	"strconv"

	"daftar/internal/jalali"
)

// Calendar is the one in which a reader sees and types days. The zero value is
// the Jalali one. What is stored does not depend on it.
type Calendar string

// The calendars of the screen.
const (
	Jalali    Calendar = ""
	Gregorian Calendar = "gregorian"
)

// name is the calendar's in the keys of the catalogues.
func (c Calendar) name() string {
	if c == Gregorian {
		return "gregorian"
	}
	return "jalali"
}

// date is d in the reader's calendar.
func (l Locale) date(d jalali.Day) jalali.Date {
	if l.Calendar != Gregorian {
		return d.Date()
	}
	year, month, day := d.Time().Date()
	return jalali.Date{Year: year, Month: int(month), Day: day}
}

// sameMonth reports whether two days are of one month of the reader's calendar.
func (l Locale) sameMonth(a, b jalali.Day) bool {
	x, y := l.date(a), l.date(b)
	return x.Year == y.Year && x.Month == y.Month
}

// Day writes d as 1405/09/02, or 2026/11/23, in the reader's digits; none is a
// dash.
func (l Locale) Day(d jalali.Day) string {
	if d == "" {
		return l.T("word.none")
	}
	return l.Digits(l.date(d).String())
}

// DayInput writes d as a field for days takes it; none is empty.
func (l Locale) DayInput(d jalali.Day) string {
	if d == "" {
		return ""
	}
	return l.Day(d)
}

// DayLong writes d with weekday and month name.
func (l Locale) DayLong(d jalali.Day) string {
	if d == "" {
		return l.T("word.none")
	}
	date := l.date(d)
	return l.T("day.long", "weekday", l.Weekday(d), "day", l.Digits(strconv.Itoa(date.Day)), "month", l.monthName(date.Month),
		"year", l.Digits(strconv.Itoa(date.Year)))
}

// Weekday is the name of the day of the week.
func (l Locale) Weekday(d jalali.Day) string { return l.T(fmt.Sprintf("weekday.%d", d.Weekday())) }

// DayShort writes d without its year, as the month's rule already names it.
func (l Locale) DayShort(d jalali.Day) string {
	date := l.date(d)
	return l.Digits(strconv.Itoa(date.Day)) + " " + l.monthName(date.Month)
}

// Month writes the month and year of d.
func (l Locale) Month(d jalali.Day) string {
	date := l.date(d)
	return l.monthName(date.Month) + " " + l.Digits(strconv.Itoa(date.Year))
}

func (l Locale) monthName(month int) string {
	return l.T("month." + l.Calendar.name() + "." + strconv.Itoa(month))
}

// DayHint says how a day can be typed.
func (l Locale) DayHint() string {
	if l.Calendar == Gregorian {
		return l.T("filter.date.hint.gregorian")
	}
	return l.T("filter.date.hint")
}

// DayNumber writes the number of d in its month.
func (l Locale) DayNumber(d jalali.Day) string { return l.Digits(strconv.Itoa(l.date(d).Day)) }

// MonthOf returns the first and the last day of the month of d in the reader's
// calendar.
func (l Locale) MonthOf(d jalali.Day) (first, last jalali.Day) {
	first = d.Add(1 - l.date(d).Day)
	last = first
	for next := last.Add(1); next != "" && l.sameMonth(first, next); next = last.Add(1) {
		last = next
	}
	return first, last
}
