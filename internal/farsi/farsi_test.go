package farsi_test

import (
	"testing"

	"pgregory.net/rapid"

	"daftar/internal/farsi"
)

func TestDigitsOfAllKindsBecomeLatin(t *testing.T) {
	if got, want := farsi.Digits("۰۱۲۳۴۵۶۷۸۹ ٠١٢٣٤٥٦٧٨٩ ０１２ 3 الف"), "0123456789 0123456789 012 3 الف"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestPersianDigitsAreReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`[0-9a-zA-Zالفب ]{0,20}`).Draw(t, "s")
		if got := farsi.Digits(farsi.Persian(s)); got != s {
			t.Fatalf("%q became %q", s, got)
		}
	})
}

func TestTheWrongKeyboardIsUndone(t *testing.T) {
	for name, c := range map[string]struct{ typed, want string }{
		"a name":                 {"ugd", "علی"},
		"two words":              {"ugd vqhdd", "علی رضایی"},
		"letters on other signs": {";hzld", "کاظمی"},
		"capitals":               {"UGD", "علی"},
		"the shifted letters":    {"Hvhl ChgI", "آرام ژاله"},
		"digits stay":            {"ugd 12", "علی 12"},
		"nothing Latin":          {"علی", ""},
		"only digits":            {"0912", ""},
		"nothing":                {"", ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := farsi.Keyboard(c.typed); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestIsolatedTextIsWrapped(t *testing.T) {
	if got, want := farsi.Isolate("1405/09/02"), "\u20681405/09/02\u2069"; got != want {
		t.Errorf("%+q, want %+q", got, want)
	}
}
