package jalali

import (
	"strconv"
	"strings"
	"unicode"

	"daftar/internal/fault"
)

// The Jalali years Parse accepts: those in which the calendar is known to equal
// the official one.
const (
	firstParsed = 1200
	lastParsed  = 1500
)

// gregorianFrom is the first year that Parse takes to be Gregorian.
const gregorianFrom = 1700

// Parse reads a date as people type it, in Latin, Persian or Arabic digits:
//
//	۱۴۰۵/۹/۲  1405-09-02  1405.9.2  14050902   Jalali
//	05/09/02  4/6/4      the year of that ending nearest to today's
//	2026-11-23  20261123  Gregorian, from year 1700
//	امروز  دیروز  فردا  today  +3  -2   counted from today, up to 9999 days
//
// Faults are of kind Invalid: date.empty, date.syntax when it is no date, and
// date.range when there is no such day (1404/12/30) or its year is not between
// 1200 and 1500.
func Parse(text string, today Day) (Day, error) {
	text = strings.TrimFunc(strings.Map(fold, text), unicode.IsSpace)
	if text == "" {
		return "", fault.New(fault.Invalid, "date.empty", "the date is missing")
	}
	if n, ok := relative(text); ok {
		return inRange(today.Add(n))
	}
	y, m, d, ok := cut(text)
	if !ok {
		return "", syntax()
	}
	year, month, day := number(y), number(m), number(d)
	switch {
	case len(y) == 4 && year >= gregorianFrom:
		return inRange(Day(y + "-" + pad(m) + "-" + pad(d)))
	case len(y) <= 2 && !today.Valid():
		return "", syntax()
	case len(y) <= 2:
		year = nearest(year, today.Date().Year)
	}
	return inRange(Date{year, month, day}.Civil())
}

func syntax() error {
	return fault.New(fault.Invalid, "date.syntax", "this is not a date")
}

// inRange returns d when it is a day that Parse may return.
func inRange(d Day) (Day, error) {
	if year := d.Date().Year; year < firstParsed || year > lastParsed {
		return "", fault.New(fault.Invalid, "date.range", "there is no such day")
	}
	return d, nil
}

// fold makes digits Latin, letters Persian and signs ASCII, and drops marks
// that cannot be seen.
func fold(r rune) rune {
	switch {
	case r >= '۰' && r <= '۹':
		return r - '۰' + '0'
	case r >= '٠' && r <= '٩':
		return r - '٠' + '0'
	case r == 'ي' || r == 'ى':
		return 'ی'
	case r == '−' || r == '‐' || r == '‑' || r == '–':
		return '-'
	case r == '⁄' || r == '∕' || r == '／':
		return '/'
	case unicode.Is(unicode.Cf, r):
		return -1
	}
	return r
}

// relative reads a number of days from today.
func relative(text string) (int, bool) {
	switch strings.ToLower(text) {
	case "امروز", "today":
		return 0, true
	case "دیروز", "yesterday":
		return -1, true
	case "فردا", "tomorrow":
		return 1, true
	}
	digits := text[1:]
	if text[0] != '+' && text[0] != '-' || len(digits) > 4 || !isNumber(digits) {
		return 0, false
	}
	n := number(digits)
	if text[0] == '-' {
		n = -n
	}
	return n, true
}

// cut returns the digits of year, month and day: eight digits in a row, or
// three numbers with the same separator twice.
func cut(text string) (year, month, day string, ok bool) {
	if len(text) == 8 && isNumber(text) {
		return text[:4], text[4:6], text[6:], true
	}
	i := strings.IndexAny(text, "/-.")
	if i < 0 {
		return "", "", "", false
	}
	parts := strings.Split(text, text[i:i+1])
	if len(parts) != 3 {
		return "", "", "", false
	}
	year, month, day = parts[0], parts[1], parts[2]
	ok = isNumber(year) && isNumber(month) && isNumber(day) &&
		(len(year) <= 2 || len(year) == 4) && len(month) <= 2 && len(day) <= 2
	return year, month, day, ok
}

// isNumber reports whether text is Latin digits only, at least one.
func isNumber(text string) bool {
	return text != "" && strings.Trim(text, "0123456789") == ""
}

// number returns the value of at most four digits.
func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}

func pad(digits string) string {
	if len(digits) == 1 {
		return "0" + digits
	}
	return digits
}

// nearest returns the year that ends in the two digits of ending and lies from
// 50 years before this year to 49 years after it.
func nearest(ending, this int) int {
	return this - 50 + mod(ending-(this-50), 100)
}
