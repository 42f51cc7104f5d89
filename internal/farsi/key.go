package farsi

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Key returns the form under which s is found whatever way it was typed: all
// spaces, joiners, tatweel and vowel marks removed; letters that people
// interchange made one (ي ى ئ ے → ی, ك → ک, ة ۀ → ه, أ إ آ ٱ → ا, ؤ → و);
// digits Latin; Latin letters lower case and without accents. «علی‌پور»,
// «علی پور» and «عليپور» have one key. Key of a key is the same key.
func Key(s string) string { return strings.ReplaceAll(fold(s), " ", "") }

// fold is Key with every run of spaces and ZWNJ left as one space.
func fold(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFKD.String(strings.ToValidUTF8(s, "")) {
		switch {
		case r == zwnj || unicode.IsSpace(r):
			gap = true
			continue
		case unicode.In(r, unicode.M, unicode.Cf, unicode.Cc) || r == 'ـ':
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte(space)
		}
		gap = false
		b.WriteRune(letter(r))
	}
	return b.String()
}

// letter returns the one letter that stands for r in a key. Letters with marks
// have been taken apart before, so أ arrives as ا.
func letter(r rune) rune {
	switch r {
	case 'ي', 'ى', 'ې', 'ۍ', 'ے':
		return 'ی'
	case 'ك', 'ڪ':
		return 'ک'
	case 'ة', 'ۃ', 'ە', 'ہ', 'ھ':
		return 'ه'
	case 'ٱ':
		return 'ا'
	}
	return unicode.ToLower(latinDigit(r))
}

// Tokens returns the key of each word of s, in order. Words end at spaces,
// ZWNJ and everything that is neither a letter nor a digit.
func Tokens(s string) []string {
	return strings.FieldsFunc(fold(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r)
	})
}
