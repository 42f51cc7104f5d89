package feed

import (
	"bufio"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// lineOctets is how long a line may be, its CRLF not counted (RFC 5545, 3.1).
const lineOctets = 75

// lines writes content lines. The buffer keeps the first error until Flush.
type lines struct{ *bufio.Writer }

// plain writes a line whose value needs no escaping, folded: every further
// line begins with a space, which counts, and a rune is never cut in two.
func (l lines) plain(name, value string) {
	room := lineOctets
	for _, r := range name + ":" + value {
		if size := utf8.RuneLen(r); size > room {
			l.WriteString("\r\n ")
			room = lineOctets - 1 - size
		} else {
			room -= size
		}
		l.WriteRune(r)
	}
	l.WriteString("\r\n")
}

// text writes a value of type TEXT, or no line when nothing is left of it.
func (l lines) text(name, value string) {
	if value = clean(value); value != "" {
		l.plain(name, escaper.Replace(value))
	}
}

// instant writes a DATE-TIME in UTC, in whole seconds.
func (l lines) instant(name string, t time.Time) {
	l.plain(name, t.UTC().Format("20060102T150405Z"))
}

var escaper = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`)

// clean returns s as a calendar can hold it: UTF-8, every line break LF, and no
// control character but LF and the tab. Unicode's own line breaks count, since
// some readers end a line at them.
func clean(s string) string {
	s = strings.ToValidUTF8(s, string(utf8.RuneError))
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r', r == '\u0085', r == '\u2028', r == '\u2029':
			return '\n'
		case unicode.IsControl(r) && r != '\n' && r != '\t':
			return -1
		}
		return r
	}, s)
}

// duration writes whole seconds as a DURATION: hours, and below an hour only
// the units down to the last that counts. RFC 5545, 3.3.6 lets no unit between
// two be skipped. Days are not used: theirs may have 23 hours.
func duration(d time.Duration) string {
	seconds := int64(d / time.Second)
	hours, minutes := seconds/3600, seconds/60%60
	seconds %= 60
	switch {
	case hours > 0 && seconds > 0:
		return fmt.Sprintf("PT%dH%dM%dS", hours, minutes, seconds)
	case hours > 0 && minutes > 0:
		return fmt.Sprintf("PT%dH%dM", hours, minutes)
	case hours > 0:
		return fmt.Sprintf("PT%dH", hours)
	case minutes > 0 && seconds > 0:
		return fmt.Sprintf("PT%dM%dS", minutes, seconds)
	case minutes > 0:
		return fmt.Sprintf("PT%dM", minutes)
	}
	return fmt.Sprintf("PT%dS", seconds)
}
