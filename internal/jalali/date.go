package jalali

import (
	"fmt"
	"strconv"
	"strings"
)

// Date is a date of the Iranian calendar, as shown on screen and paper. Months
// and days count from 1. The zero Date is none.
//
// Conversions equal the official calendar in the years 1200 to 1500; outside
// them they go on by the same rule.
type Date struct{ Year, Month, Day int }

// lastYear is the last year of which every day has a Day.
const lastYear = 9377

// nowruz1 is the day number of 0001/01/01, counted from 1970-01-01. It is
// anchored at 1405/01/01 being 2026-03-21.
const nowruz1 = 20533 - (365*1404 + (8*1405+21)/33)

// Leap reports whether Esfand of the Jalali year has 30 days. The rule agrees
// with the official calendar in the years 1200 to 1500.
func Leap(year int) bool { return mod(25*year+11, 33) < 8 }

// MonthDays returns the number of days of a month, 0 when there is no such
// month.
func MonthDays(year, month int) int {
	switch {
	case month < 1 || month > 12:
		return 0
	case month <= 6:
		return 31
	case month <= 11 || Leap(year):
		return 30
	}
	return 29
}

// daysBefore returns the number of days of the year before the month.
func daysBefore(month int) int {
	if month <= 7 {
		return 31 * (month - 1)
	}
	return 31*6 + 30*(month-7)
}

// yearStart returns the day number of 1 Farvardin, counted from 1970-01-01.
// The quotient is the number of leap years before the year: it rises by one
// exactly where Leap says so.
func yearStart(year int) int {
	return nowruz1 + 365*(year-1) + div(8*year+21, 33)
}

// Valid reports whether there is such a date, in the years 1 to 9377.
func (d Date) Valid() bool {
	return d.Year >= 1 && d.Year <= lastYear && d.Day >= 1 && d.Day <= MonthDays(d.Year, d.Month)
}

// Civil returns the day that has the date d, and none when d is not valid.
func (d Date) Civil() Day {
	if !d.Valid() {
		return ""
	}
	return dayAt(yearStart(d.Year) + daysBefore(d.Month) + d.Day - 1)
}

// Date returns d in the Iranian calendar, and the zero Date when d is not
// valid.
func (d Day) Date() Date {
	t, ok := d.parse()
	if !ok {
		return Date{}
	}
	n := int(t.Unix() / secondsPerDay)
	year := t.Year() - 621
	if n < yearStart(year) {
		year--
	}
	rest := n - yearStart(year)
	month := rest/31 + 1
	if rest >= daysBefore(7) {
		month = 7 + (rest-daysBefore(7))/30
	}
	return Date{Year: year, Month: month, Day: rest - daysBefore(month) + 1}
}

// div and mod divide towards minus infinity, so the calendar has no seam at
// year 0.
func div(a, b int) int { return (a - mod(a, b)) / b }
func mod(a, b int) int { return (a%b + b) % b }

// String returns d as "1405/09/02", the form for files and sorting.
func (d Date) String() string { return fmt.Sprintf("%04d/%02d/%02d", d.Year, d.Month, d.Day) }

// Persian returns d as «۱۴۰۵/۰۹/۰۲», the short form of the screen, and "" for
// none. Isolate it inside a sentence, or its parts may change places.
func (d Date) Persian() string {
	if d == (Date{}) {
		return ""
	}
	return persian(d.String())
}

// Long returns d as «دوشنبه ۲ آذر ۱۴۰۵», and "" when d is not valid.
func (d Date) Long() string {
	if !d.Valid() {
		return ""
	}
	return d.Civil().Weekday().String() + " " + persian(strconv.Itoa(d.Day)) + " " +
		MonthName(d.Month) + " " + persian(strconv.Itoa(d.Year))
}

var monthNames = [...]string{"فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور",
	"مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"}

// MonthName returns the Persian name of a month, "" when there is no such
// month.
func MonthName(month int) string {
	if month < 1 || month > 12 {
		return ""
	}
	return monthNames[month-1]
}

// MonthRange returns the first and the last day of a month, none when there is
// no such month.
func MonthRange(year, month int) (first, last Day) {
	return Date{year, month, 1}.Civil(), Date{year, month, MonthDays(year, month)}.Civil()
}

// YearRange returns the first and the last day of a year.
func YearRange(year int) (first, last Day) {
	return Date{year, 1, 1}.Civil(), Date{year, 12, MonthDays(year, 12)}.Civil()
}

// persian replaces Latin digits by Persian ones.
func persian(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r - '0' + '۰'
		}
		return r
	}, s)
}
