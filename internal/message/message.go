// Package message holds every text that a person sees, in every language of
// the screen. A key names one text; the catalogues hold the same keys and the
// same named places, which a test proves.
//
// It knows the words and nothing of what they are about: amounts and dates
// come in as text, whole numbers are written in the digits of the language.
package message

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"daftar/internal/fault"
)

// Lang names a language of the screen. The zero value reads as Persian.
type Lang string

// The languages that have a catalogue.
const (
	Persian Lang = "fa"
	English Lang = "en"
)

// Langs lists the languages that have a catalogue, the main one first.
func Langs() []Lang { return []Lang{Persian, English} }

// Of returns the language called name, and Persian for a name without a
// catalogue.
func Of(name string) Lang {
	if Lang(name) == English {
		return English
	}
	return Persian
}

// Dir is the direction of writing: "rtl" or "ltr".
func (l Lang) Dir() string {
	if l == English {
		return "ltr"
	}
	return "rtl"
}

// Text is Text in the language l.
func (l Lang) Text(key string, args ...any) string { return Text(l, key, args...) }

// Digits writes the Latin digits of s in the digits of l.
func (l Lang) Digits(s string) string {
	if l == English {
		return s
	}
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r - '0' + '۰'
		}
		return r
	}, s)
}

// Number writes n in the digits of l, grouped by thousands.
func (l Lang) Number(n int) string {
	digits := strconv.Itoa(max(n, -n))
	separator := "٬"
	if l == English {
		separator = ","
	}
	var b strings.Builder
	if n < 0 {
		b.WriteString("-")
	}
	for i, r := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString(separator)
		}
		b.WriteRune(r)
	}
	return l.Digits(b.String())
}

// Text returns the text called key in the language lang, with the named places
// filled: args are pairs of a name and its value, and "{name}" in the text is
// replaced by the value. A value of type int is written in the digits of the
// language. A key without a text comes back as itself, so that a gap is seen
// and nothing breaks.
func Text(lang Lang, key string, args ...any) string {
	text, ok := catalogue(lang)[key]
	if !ok {
		return key
	}
	return fill(lang, text, args)
}

// Has reports whether every catalogue holds a text called key.
func Has(key string) bool {
	for _, lang := range Langs() {
		if _, ok := catalogue(lang)[key]; !ok {
			return false
		}
	}
	return true
}

// Fault says in the language lang what went wrong and what to do about it. A
// code without a text of its own gets the general sentence of its kind with
// the code behind it, so that a person can name it when asking for help. The
// cause of e is never shown.
func Fault(lang Lang, e *fault.Error) string {
	args := make([]any, 0, 2*len(e.Args))
	for name, value := range e.Args {
		if method, ok := catalogue(lang)["method."+value]; ok && name == "method" {
			value = method
		}
		args = append(args, name, lang.Digits(value))
	}
	if text, ok := catalogue(lang)["fault."+e.Code]; ok {
		return fill(lang, text, args)
	}
	return Text(lang, "fault.kind."+e.Kind.String(), "code", e.Code)
}

func catalogue(lang Lang) map[string]string {
	if lang == English {
		return english
	}
	return persian
}

func fill(lang Lang, text string, args []any) string {
	if len(args) < 2 || !strings.Contains(text, "{") {
		return text
	}
	pairs := make([]string, 0, len(args))
	for i := 0; i+1 < len(args); i += 2 {
		value := fmt.Sprint(args[i+1])
		if n, ok := args[i+1].(int); ok {
			value = lang.Number(n)
		}
		pairs = append(pairs, "{"+fmt.Sprint(args[i])+"}", value)
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// Keys lists the keys of the main catalogue in order.
func Keys() []string { return slices.Sorted(maps.Keys(persian)) }

// Differences names every key that one catalogue holds and another does not.
func Differences() []string {
	var found []string
	for _, lang := range Langs() {
		for _, other := range Langs() {
			for key := range catalogue(lang) {
				if _, ok := catalogue(other)[key]; !ok {
					found = append(found, key+" is missing in "+string(other))
				}
			}
		}
	}
	slices.Sort(found)
	return found
}
