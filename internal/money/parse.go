package money

import (
	"strings"
	"unicode"

	"daftar/internal/fault"
)

// signs are the characters that claim a direction. An amount has none: the
// form says who pays whom.
const signs = "+-()±" +
	"\u2212\u2010\u2011\u2012\u2013\u2014\u2015\u2043\ufe58\ufe63\uff0d\u207b\u208b" + // minus signs and dashes
	"\ufe62\uff0b\u207a\u208a\ufb29" + // plus signs
	"\ufe59\ufe5a\uff08\uff09\ufd3e\ufd3f\u207d\u207e" // parentheses

// Parse reads an amount as people type it: Latin, Persian or Arabic digits,
// thousands grouped by «,» or «٬» or not at all, up to Scale decimals after
// «.» or «٫», spaces and direction marks around it. Every other text is
// refused, with kind Invalid and one of
//
//	money.empty     there is nothing
//	money.sign      a plus, a minus or parentheses
//	money.fraction  more decimals than the currency has, or a half
//	money.syntax    letters, misplaced groups, anything else
//	money.large     more than Max
//
// Zero is read as zero; whether it makes sense is for the rule to say.
func (c Currency) Parse(text string) (Amount, error) {
	text = strings.TrimFunc(text, blank)
	switch {
	case text == "":
		return 0, fault.New(fault.Invalid, "money.empty", "the amount is missing")
	case strings.ContainsAny(text, signs):
		return 0, fault.New(fault.Invalid, "money.sign", "the amount is written without a sign")
	case strings.ContainsFunc(text, vulgar):
		return 0, c.fraction()
	}
	whole, rest, pointed := cutPoint(text)
	digits, ok := ungroup(whole)
	if !ok {
		return 0, syntax()
	}
	decimals, ok := latin(rest)
	switch {
	case !ok || pointed && decimals == "":
		return 0, syntax()
	case len(decimals) > c.Scale:
		return 0, c.fraction()
	}
	return c.value(digits + decimals + strings.Repeat("0", c.Scale-len(decimals)))
}

// value reads a string of Latin digits in minor units.
func (c Currency) value(digits string) (Amount, error) {
	var a Amount
	for _, d := range digits {
		a = a*10 + Amount(d-'0')
		if a > Max {
			return 0, fault.New(fault.Invalid, "money.large", "the amount is too large").With("limit", c.Plain(Max))
		}
	}
	return a, nil
}

func syntax() error {
	return fault.New(fault.Invalid, "money.syntax", "this is not an amount")
}

func (c Currency) fraction() error {
	return fault.New(fault.Invalid, "money.fraction", "the amount has too many decimals").With("decimals", Amount(c.Scale).String())
}

// blank reports whether r is invisible: a space, or a mark that only steers
// the direction of text and comes along when an amount is pasted.
func blank(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) }

// vulgar reports whether r is a fraction in one character, such as ½.
func vulgar(r rune) bool { return r >= '¼' && r <= '¾' || r >= '⅐' && r <= '⅟' || r == '↉' }

// cutPoint cuts text at its first decimal point.
func cutPoint(text string) (whole, rest string, pointed bool) {
	if whole, rest, pointed = strings.Cut(text, persianPoint); pointed {
		return whole, rest, true
	}
	return strings.Cut(text, ".")
}

// ungroup returns the Latin digits of a whole number. Groups are all there or
// none is, all with one separator, and a grouped number does not start with
// zero: «0,500» is somebody's half, not five hundred.
func ungroup(text string) (string, bool) {
	sep := ","
	if strings.Contains(text, persianGroup) {
		sep = persianGroup
	}
	groups := strings.Split(text, sep)
	var b strings.Builder
	for i, g := range groups {
		digits, ok := latin(g)
		switch {
		case !ok || digits == "":
			return "", false
		case len(groups) > 1 && i == 0 && (len(digits) > 3 || digits[0] == '0'):
			return "", false
		case i > 0 && len(digits) != 3:
			return "", false
		}
		b.WriteString(digits)
	}
	return b.String(), true
}

// latin returns text with Persian and Arabic digits made Latin, and false when
// there is anything but digits in it.
func latin(text string) (string, bool) {
	digits := make([]byte, 0, len(text))
	for _, r := range text {
		switch {
		case r >= '0' && r <= '9':
			digits = append(digits, byte(r))
		case r >= '۰' && r <= '۹':
			digits = append(digits, byte(r-'۰')+'0')
		case r >= '٠' && r <= '٩':
			digits = append(digits, byte(r-'٠')+'0')
		default:
			return "", false
		}
	}
	return string(digits), true
}
