package farsi

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"daftar/internal/fault"
)

// Clean returns s as it may be saved and shown on one line: composed (NFC),
// Arabic ي ى ك made Persian, every run of spaces, tabs and line breaks one
// space, none at the ends. Control characters, direction marks and other
// invisible characters are removed, so a name cannot look like another; a
// joiner (ZWNJ, ZWJ) stays between two visible characters. Clean of a cleaned
// text is the same text.
//
// Faults, kind Invalid: text.utf8 when s is not UTF-8, and text.long when more
// than max characters are left, with the value max.
func Clean(s string, max int) (string, error) {
	if err := encoded(s); err != nil {
		return "", err
	}
	return within(cleanLine(s), max)
}

// CleanLines is Clean for a text of several lines: line breaks stay, as \n,
// with at most one blank line between two others and none at the ends. They
// count towards max.
func CleanLines(s string, max int) (string, error) {
	if err := encoded(s); err != nil {
		return "", err
	}
	var lines []string
	for line := range strings.SplitSeq(breaks.Replace(s), "\n") {
		line = cleanLine(line)
		if line == "" && (len(lines) == 0 || lines[len(lines)-1] == "") {
			continue
		}
		lines = append(lines, line)
	}
	if n := len(lines); n > 0 && lines[n-1] == "" {
		lines = lines[:n-1]
	}
	return within(strings.Join(lines, "\n"), max)
}

// breaks makes every kind of line break \n.
var breaks = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n")

func encoded(s string) error {
	if !utf8.ValidString(s) {
		return fault.New(fault.Invalid, "text.utf8", "the text is not valid UTF-8")
	}
	return nil
}

func within(s string, max int) (string, error) {
	if utf8.RuneCountInString(s) > max {
		return "", fault.New(fault.Invalid, "text.long", "the text has more than %d characters", max).
			With("max", strconv.Itoa(max))
	}
	return s, nil
}

func cleanLine(s string) string {
	s = norm.NFC.String(strings.Map(visible, s))
	var b strings.Builder
	var pending rune // the space or joiner seen since the last visible rune
	for _, r := range s {
		switch {
		case r == space:
			pending = space
		case r == zwnj || r == zwj:
			if pending == 0 {
				pending = r
			}
		default:
			if pending != 0 && b.Len() > 0 {
				b.WriteRune(pending)
			}
			pending = 0
			b.WriteRune(r)
		}
	}
	return b.String()
}

// visible maps a rune to what is kept of it: a space for any white space, a
// Persian letter for its Arabic twin, nothing for what cannot be seen.
func visible(r rune) rune {
	switch {
	case r == 'ي' || r == 'ى':
		return 'ی'
	case r == 'ك':
		return 'ک'
	case r == zwnj || r == zwj:
		return r
	case unicode.IsSpace(r):
		return space
	case unicode.IsControl(r):
		return -1
	case unicode.Is(unicode.Cf, r) && !unicode.Is(unicode.Prepended_Concatenation_Mark, r):
		return -1
	}
	return r
}
