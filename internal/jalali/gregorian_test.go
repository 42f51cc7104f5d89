package jalali_test

import (
	"testing"

	"daftar/internal/fault"
	"daftar/internal/jalali"
)

func TestParseGregorian(t *testing.T) {
	tests := map[string]struct {
		text string
		want jalali.Day
		code string
	}{
		"a short year is Gregorian":          {"26/11/23", "2026-11-23", ""},
		"a short year may be last century's": {"80-1-2", "1980-01-02", ""},
		"a whole date":                       {"2026/11/23", "2026-11-23", ""},
		"digits in a row":                    {"20261123", "2026-11-23", ""},
		"Persian digits":                     {"۲۶/۱۱/۲۳", "2026-11-23", ""},
		"a Jalali year is known by itself":   {"1405/09/02", "2026-11-23", ""},
		"a word":                             {"Today", "2026-11-24", ""},
		"counted from today":                 {"-1", "2026-11-23", ""},
		"no such day":                        {"26/2/30", "", "date.range"},
		"no date":                            {"soon", "", "date.syntax"},
		"nothing":                            {" ", "", "date.empty"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := jalali.ParseGregorian(tt.text, "2026-11-24")
			if got != tt.want || fault.Code(err) != tt.code {
				t.Errorf("got %q %v, want %q %q", got, err, tt.want, tt.code)
			}
		})
	}
}
