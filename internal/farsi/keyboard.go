package farsi

import "strings"

// persianKeys gives the letter of the Iranian standard keyboard (ISIRI 9147)
// on each key of the American one. «\» is پ as on the older layout.
var persianKeys = map[rune]rune{
	'q': 'ض', 'w': 'ص', 'e': 'ث', 'r': 'ق', 't': 'ف', 'y': 'غ', 'u': 'ع', 'i': 'ه', 'o': 'خ', 'p': 'ح',
	'[': 'ج', ']': 'چ', 'a': 'ش', 's': 'س', 'd': 'ی', 'f': 'ب', 'g': 'ل', 'h': 'ا', 'j': 'ت', 'k': 'ن',
	'l': 'م', ';': 'ک', '\'': 'گ', 'z': 'ظ', 'x': 'ط', 'c': 'ز', 'v': 'ر', 'b': 'ذ', 'n': 'د', 'm': 'پ',
	',': 'و', '\\': 'پ', 'C': 'ژ', 'H': 'آ', 'M': 'ء',
}

// Keyboard returns what s would have been had the keyboard been switched to
// Persian: «ugd» is «علی». It returns "" when s has no Latin letter, for then
// there is nothing to offer.
func Keyboard(s string) string {
	latin := false
	converted := strings.Map(func(r rune) rune {
		latin = latin || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		if p, ok := persianKeys[r]; ok {
			return p
		}
		if p, ok := persianKeys[r|0x20]; ok && r >= 'A' && r <= 'Z' {
			return p
		}
		return r
	}, s)
	if !latin {
		return ""
	}
	return converted
}
