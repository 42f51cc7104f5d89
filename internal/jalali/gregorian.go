package jalali

import (
	"strconv"
	"strings"
	"unicode"
)

// ParseGregorian is Parse for people who write Gregorian dates: 26/11/23 is
// the 23rd of November 2026. A year of four digits before 1700 is read as
// Jalali all the same, since nobody means that one. The faults are Parse's.
func ParseGregorian(text string, today Day) (Day, error) {
	plain := strings.TrimFunc(strings.Map(fold, text), unicode.IsSpace)
	y, m, d, ok := cut(plain)
	if !ok || len(y) > 2 || !today.Valid() {
		return Parse(text, today)
	}
	year := nearest(number(y), today.Time().Year())
	return inRange(Day(strconv.Itoa(year) + "-" + pad(m) + "-" + pad(d)))
}
