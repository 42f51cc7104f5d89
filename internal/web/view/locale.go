// Package view arranges what a person sees: templ components, each fed by one
// struct that holds exactly what is shown. It formats amounts, days and texts
// and decides nothing; it knows no store, no command and no HTTP.
package view

import (
	"strings"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/jalali"
	"daftar/internal/message"
	"daftar/internal/money"
)

// Locale is how a clinic's facts are written for one reader.
type Locale struct {
	Lang     message.Lang
	Calendar Calendar
	Currency money.Currency
	Zone     *time.Location // of the clinic; nil reads as UTC
	Today    jalali.Day     // the clinic's day now
	Rights   clinic.Rights  // of the reader
	NoMoney  bool           // the reader may not see amounts
	InToman  bool           // the clinic reads and types rials as tomans
}

// T is the text called key; see message.Text.
func (l Locale) T(key string, args ...any) string { return message.Text(l.Lang, key, args...) }

// Display is the unit in which amounts are shown and typed. Amounts themselves
// are minor units of Currency whatever is shown.
func (l Locale) Display() money.Currency {
	if l.InToman && l.Currency == money.IRR {
		return money.IRT
	}
	return l.Currency
}

// Amount writes the magnitude of a in the display unit; the caller adds the
// word. To a reader who may not see amounts it is a dash.
func (l Locale) Amount(a money.Amount) string {
	if l.NoMoney {
		return l.T("word.none")
	}
	if l.Lang == message.English {
		return l.Display().FormatLatin(a)
	}
	return l.Display().Format(a)
}

// Word says which side owes: a positive balance is the patient's debt.
func (l Locale) Word(balance money.Amount) string { return l.T("word." + side(balance)) }

// Position is a balance in one phrase: amount and word, or only "settled".
func (l Locale) Position(balance money.Amount) string {
	if balance == 0 {
		return l.Word(0)
	}
	return l.Amount(balance) + " " + l.Word(balance)
}

// Unit is the name of the display unit.
func (l Locale) Unit() string { return l.T("unit." + l.Display().Code) }

// InWords writes an amount in words, in rials and in tomans, for the line under
// an amount field. It is empty for nothing and for languages without words.
func (l Locale) InWords(a money.Amount) string {
	if a == 0 || l.Lang == message.English {
		return ""
	}
	return l.Display().InWords(a)
}

// Toman is the other view of an amount of rials for the line under a balance:
// in tomans, or in rials where tomans are shown. It is empty for nothing and
// where the clinic does not keep rials.
func (l Locale) Toman(a money.Amount) string {
	if a == 0 || l.Currency != money.IRR {
		return ""
	}
	switch {
	case l.InToman && l.Lang == message.English:
		return money.IRR.FormatLatin(a) + " " + l.T("unit.IRR")
	case l.InToman:
		return money.IRR.Format(a) + " " + l.T("unit.IRR")
	case l.Lang == message.English:
		return money.IRT.FormatLatin(a) + " " + l.T("unit.IRT")
	}
	return money.TomanView(a)
}

// Clock writes the time of t on the clinic's wall; the zero time is empty.
func (l Locale) Clock(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	zone := l.Zone
	if zone == nil {
		zone = time.UTC
	}
	return l.Digits(t.In(zone).Format("15:04"))
}

// Digits writes the Latin digits of s in the reader's digits.
func (l Locale) Digits(s string) string { return l.Lang.Digits(s) }

// Document writes the number of a document, 1405-123, in the reader's digits.
// It is isolated: beside Persian letters its two parts would change places.
func (l Locale) Document(number string) string {
	if number == "" {
		return ""
	}
	return "\u2066" + l.Digits(number) + "\u2069"
}

// Number writes n in the reader's digits, grouped.
func (l Locale) Number(n int) string { return l.Lang.Number(n) }

// Mobile writes 09123456789 in three groups that stay on one line and run from
// left to right, whatever stands around them.
func (l Locale) Mobile(s string) string {
	if s == "" {
		return ""
	}
	if len(s) == 11 {
		s = s[:4] + "\u00a0" + s[4:7] + "\u00a0" + s[7:]
	}
	return "\u2066" + l.Digits(s) + "\u2069"
}

// Item is the name of an item of a list of words: its own, or the one that is
// shipped for the code.
func (l Locale) Item(list, code, name string) string {
	if name != "" {
		return name
	}
	return l.T("list." + list + "." + code)
}

// or is s, and a dash when there is nothing to show.
func (l Locale) or(s string) string {
	if s == "" {
		return l.T("word.none")
	}
	return s
}

// side names who owes in a balance: "debtor", "creditor" or "settled".
func side(balance money.Amount) string {
	switch {
	case balance > 0:
		return "debtor"
	case balance < 0:
		return "creditor"
	}
	return "settled"
}

// initials are the first letters of the first two words of a name, kept apart
// so that they do not join.
func initials(name string) string {
	const apart = "\u200c"
	var letters []string
	for _, word := range strings.Fields(name) {
		for _, r := range word {
			letters = append(letters, string(r))
			break
		}
		if len(letters) == 2 {
			break
		}
	}
	return strings.Join(letters, apart)
}
