// Package farsi cleans, compares and checks Persian text: what may be saved,
// what is searched for, in which order names stand, and whether an Iranian
// identifier is well formed.
//
// It knows letters and check digits; it does not know patients or tables.
package farsi

import (
	"strings"
)

// Marks that steer how text is joined and shown.
const (
	zwnj  = '\u200c' // between two parts of one word
	zwj   = '\u200d' // asks for the joined form of a letter
	fsi   = "\u2068" // first strong isolate
	pdi   = "\u2069" // pop directional isolate
	space = ' '
)

// latinDigit returns the Latin form of a Persian, Arabic or full-width digit
// and every other rune unchanged.
func latinDigit(r rune) rune {
	switch {
	case r >= '۰' && r <= '۹':
		return r - '۰' + '0'
	case r >= '٠' && r <= '٩':
		return r - '٠' + '0'
	case r >= '０' && r <= '９':
		return r - '０' + '0'
	}
	return r
}

// Digits returns s with Persian, Arabic and full-width digits made Latin.
func Digits(s string) string { return strings.Map(latinDigit, s) }

// Persian returns s with Latin digits made Persian, for the screen.
func Persian(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r - '0' + '۰'
		}
		return r
	}, s)
}

// Isolate wraps s so that a number, a date or a Latin name keeps its own
// direction inside a Persian sentence. For plain text only; HTML has <bdi>.
func Isolate(s string) string { return fsi + s + pdi }
