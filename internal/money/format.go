package money

import (
	"fmt"
	"strconv"
	"strings"
)

// Separators of the Persian screen form.
const (
	persianGroup = "\u066c" // ٬
	persianPoint = "\u066b" // ٫
)

// Plain returns a in machine form for files and the API: Latin digits, no
// groups, a minus when negative, always Scale decimals ("1219867.22").
func (c Currency) Plain(a Amount) string {
	whole, rest := c.parts(a)
	if a < 0 {
		whole = "-" + whole
	}
	return join(whole, ".", rest)
}

// Format returns the magnitude of a for the screen: Persian digits, «٬» between
// groups, «٫» before decimals. The caller says which side it is on in words; a
// bare minus flips in right-to-left text.
func (c Currency) Format(a Amount) string {
	whole, rest := c.shown(a)
	return persian(join(group(whole, persianGroup), persianPoint, rest))
}

// FormatLatin returns the magnitude of a with Latin digits and commas
// ("1,219,867.22").
func (c Currency) FormatLatin(a Amount) string {
	whole, rest := c.shown(a)
	return join(group(whole, ","), ".", rest)
}

// shown is parts for the screen: tomans have a decimal only where rials are
// left over.
func (c Currency) shown(a Amount) (whole, rest string) {
	whole, rest = c.parts(a)
	if c == IRT && rest == "0" {
		rest = ""
	}
	return whole, rest
}

// parts returns the digits of |a| before and after the decimal point.
func (c Currency) parts(a Amount) (whole, rest string) {
	m, unit := a.magnitude(), c.unit()
	whole = strconv.FormatUint(m/unit, 10)
	if c.Scale == 0 {
		return whole, ""
	}
	return whole, fmt.Sprintf("%0*d", c.Scale, m%unit)
}

func join(whole, point, rest string) string {
	if rest == "" {
		return whole
	}
	return whole + point + rest
}

// group puts sep between the thousands of a string of Latin digits.
func group(digits, sep string) string {
	var b strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString(sep)
		}
		b.WriteRune(d)
	}
	return b.String()
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
