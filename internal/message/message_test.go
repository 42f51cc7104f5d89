package message_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"daftar/internal/fault"
	"daftar/internal/message"
)

var place = regexp.MustCompile(`\{[a-z_]+\}`)

// Every language says the same things and leaves the same places open.
func TestCataloguesAgree(t *testing.T) {
	for _, problem := range message.Differences() {
		t.Error(problem)
	}
	for _, key := range message.Keys() {
		want := places(message.Text(message.Persian, key))
		for _, lang := range message.Langs() {
			text := message.Text(lang, key)
			if strings.TrimSpace(text) == "" {
				t.Errorf("%s: %s is empty", lang, key)
			}
			if got := places(text); !slices.Equal(got, want) {
				t.Errorf("%s: %s has the places %v, want %v", lang, key, got, want)
			}
		}
	}
}

func places(text string) []string {
	found := place.FindAllString(text, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

func TestText(t *testing.T) {
	tests := map[string]struct {
		got, want string
	}{
		"a number is written in Persian digits": {
			message.Text(message.Persian, "patients.count", "n", 12480), "۱۲٬۴۸۰ نفر"},
		"a number is written in Latin digits": {
			message.Text(message.English, "patients.count", "n", 12480), "12,480 people"},
		"a text goes in as it is": {
			message.Text(message.Persian, "statement.title", "name", "مریم {n}"), "صورتحساب مریم {n}"},
		"an unknown key is shown":      {message.Text(message.Persian, "no.such"), "no.such"},
		"a negative number":            {message.Persian.Number(-1000), "-۱٬۰۰۰"},
		"an unknown language is ours":  {string(message.Of("xx")), "fa"},
		"Persian is written leftwards": {message.Persian.Dir(), "rtl"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if tt.got != tt.want {
				t.Errorf("got %q, want %q", tt.got, tt.want)
			}
		})
	}
}

func TestFault(t *testing.T) {
	tests := map[string]struct {
		err  *fault.Error
		want string
	}{
		"a known code has its own sentence": {
			fault.New(fault.Invalid, "text.long", "too long").With("max", "40"), "این نوشته بلندتر از ۴۰ نویسه است."},
		"an unknown code falls back to its kind": {
			fault.New(fault.Refused, "shift.unheard", "the shift is closed"),
			"قاعده‌های مرکز اجازه این کار را نمی‌دهند. (کد shift.unheard)"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := message.Fault(message.Persian, tt.err); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// Whatever the kind, there is a sentence for a code nobody translated.
func TestEveryKindHasASentence(t *testing.T) {
	for kind := fault.Internal; kind <= fault.Unavailable; kind++ {
		for _, lang := range message.Langs() {
			got := message.Fault(lang, fault.New(kind, "x.y", "x"))
			if !strings.Contains(got, "x.y") || strings.HasPrefix(got, "fault.") {
				t.Errorf("%s %v: %q", lang, kind, got)
			}
		}
	}
}

// A key stands in one file of a language: of two texts one would be hidden.
func TestNoTextIsHidden(t *testing.T) {
	key := regexp.MustCompile(`(?m)^\t"([^"]+)":`)
	for _, lang := range []string{"fa", "en"} {
		files, err := filepath.Glob(lang + "_*.go")
		if err != nil || len(files) < 10 {
			t.Fatalf("%d files, %v", len(files), err)
		}
		in := map[string]string{}
		for _, file := range files {
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, found := range key.FindAllStringSubmatch(string(source), -1) {
				if other, twice := in[found[1]]; twice {
					t.Errorf("%s is in %s and in %s", found[1], other, file)
				}
				in[found[1]] = file
			}
		}
	}
}

// losers are words that lost against another one for the same thing, with the
// word that is said. The glossary has the reasons.
var losers = []struct{ word, say string }{
	{`علت`, "دلیل"},
	{`سررسید[ \x{200c}]گذشته`, "سررسیدگذشته"},
	{`لغو\x{200c}?شده`, "لغو شده"},
	{`پیش\x{200c}نویس`, "موقت"},
	{`نوبت\x{200c}?(های)? ?صندوق|تنخواه نوبت|بیرون از نوبت|، نوبت یا شعبه`, "شیفت"},
	{`(پذیرش|نوبت)ی? ?(را )?(باطل|ابطال)|ابطال (پذیرش|نوبت)`, "لغو"},
	{`لغو (رسید|دریافت|سند|قبض)|رسید(ی)? (را )?لغو`, "ابطال"},
	{`ابطال بیعانه`, "سوخت بیعانه"},
	{`درمانگاه`, "مرکز"},
	{`درمانگر`, "خدمت‌دهنده"},
	{`پرونده‌?ٔ? CSV`, "خروجی CSV"},
	{`(بیمار دیگر|همین بیمار|پرونده بیمار)`, "مراجعه‌کننده"},
}

// accountName is what accountants call the income from deposits that were kept,
// though an appointment is otherwise cancelled and not void.
const accountName = "درآمد ابطال نوبت"

// Each thing is called by one word on the screen.
func TestOneWordForOneThing(t *testing.T) {
	for _, l := range losers {
		loser := regexp.MustCompile(l.word)
		for _, key := range message.Keys() {
			text := strings.ReplaceAll(message.Text(message.Persian, key), accountName, "")
			if loser.MatchString(text) {
				t.Errorf("%s says %q in %q; say «%s»", key, loser.FindString(text), text, l.say)
			}
		}
	}
}
