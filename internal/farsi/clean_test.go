package farsi_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"daftar/internal/farsi"
	"daftar/internal/fault"
)

func TestTextThatMayBeSaved(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"a name stays":                        {"محمدرضا کاشانی", "محمدرضا کاشانی"},
		"Arabic letters become Persian":       {"علي كاظمى", "علی کاظمی"},
		"what is only folded in search stays": {"کربلائی آرام مؤذن فاطمة", "کربلائی آرام مؤذن فاطمة"},
		"spaces are one":                      {"  علی \t\u00a0\n رضایی \r\n", "علی رضایی"},
		"ZWNJ stays inside a word":            {"علی\u200cپور", "علی\u200cپور"},
		"ZWNJ is not doubled":                 {"علی\u200c\u200cپور", "علی\u200cپور"},
		"ZWNJ does not stand at the ends":     {"\u200cعلی\u200c", "علی"},
		"ZWNJ does not stand beside a space":  {"علی\u200c \u200cپور", "علی پور"},
		"ZWJ stays inside a word":             {"ه\u200d.ق", "ه\u200d.ق"},
		"overrides are removed":               {"a\u202eb\u202ac\u2066d\u2069e", "abcde"},
		"direction marks are removed":         {"\u200eعلی\u200f\u061c", "علی"},
		"zero bytes and controls are removed": {"a\x00b\x1bc\u009fd\x7fe", "abcde"},
		"byte order marks are removed":        {"\ufeffعلی\ufeff", "علی"},
		"invisible letters are removed":       {"a\u200bb\u2060c\u00add\U000e0041e", "abcde"},
		"letters are composed":                {"ا\u0653رام e\u0301", "آرام é"},
		"marks meet over what is removed":     {"ا\u202e\u0653", "آ"},
		"digits stay as typed":                {"پلاک ۱۲", "پلاک ۱۲"},
		"nothing":                             {"", ""},
		"nothing visible":                     {"\u200f \u200c\x00", ""},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := farsi.Clean(c.text, 100)
			if err != nil || got != c.want {
				t.Errorf("%+q, %v; want %+q", got, err, c.want)
			}
		})
	}
}

func TestLinesThatMayBeSaved(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"lines stay":                    {"یک\nدو", "یک\nدو"},
		"every kind of break is one":    {"a\r\nb\rc\u2028d\u2029e\u0085f", "a\nb\nc\nd\ne\nf"},
		"each line is trimmed":          {" a  b \n\t c ", "a b\nc"},
		"one blank line stays":          {"a\n\nb", "a\n\nb"},
		"more blank lines become one":   {"a\n \n\u200f\n\nb", "a\n\nb"},
		"no blank lines at the ends":    {"\n\na\n\n", "a"},
		"only blank lines":              {"\n \n", ""},
		"overrides are removed as well": {"a\u202e\nb", "a\nb"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := farsi.CleanLines(c.text, 100)
			if err != nil || got != c.want {
				t.Errorf("%+q, %v; want %+q", got, err, c.want)
			}
		})
	}
}

func TestTextThatMayNotBeSaved(t *testing.T) {
	for name, clean := range map[string]func(string, int) (string, error){"Clean": farsi.Clean, "CleanLines": farsi.CleanLines} {
		t.Run(name, func(t *testing.T) {
			if got, err := clean("علی\xff", 100); fault.Code(err) != "text.utf8" || got != "" {
				t.Errorf("a broken encoding: %q, %v", got, err)
			}
			got, err := clean(strings.Repeat("ی", 41), 40)
			if f, ok := fault.As(err); !ok || f.Code != "text.long" || f.Args["max"] != "40" || got != "" {
				t.Errorf("41 letters where 40 fit: %q, %v", got, err)
			}
			if _, err := clean("  "+strings.Repeat("ی", 40)+"\u200f ", 40); err != nil {
				t.Errorf("what is removed counts: %v", err)
			}
		})
	}
}

func FuzzClean(f *testing.F) {
	for _, seed := range []string{"علي\u200cپور", " a\u202eb ", "ا\u0653", "\xff", "a\r\n\nb", "\u200c\u200d", "e\u200c\u0301", "\u1100\u200d\u1161", "👩\u200d👧"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for name, clean := range map[string]func(string, int) (string, error){"Clean": farsi.Clean, "CleanLines": farsi.CleanLines} {
			got, err := clean(text, 1000)
			if err != nil {
				if utf8.ValidString(text) && utf8.RuneCountInString(text) <= 300 {
					t.Errorf("%s(%+q): %v", name, text, err)
				}
				continue
			}
			if again, err := clean(got, 1000); err != nil || again != got {
				t.Errorf("%s: %+q becomes %+q, %v", name, got, again, err)
			}
			if !norm.NFC.IsNormalString(got) || got != strings.TrimSpace(got) {
				t.Errorf("%s(%+q) is %+q", name, text, got)
			}
			if i := strings.IndexFunc(got, liar); i >= 0 && (name == "Clean" || got[i] != '\n') {
				t.Errorf("%s(%+q) leaves %+q", name, text, got[i:])
			}
		}
	})
}

// liar reports whether r makes text look like other text. The list is that of
// the rule, not of the code.
func liar(r rune) bool {
	return unicode.IsControl(r) || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 ||
		r == 0x200e || r == 0x200f || r == 0x061c || r == 0xfeff || r == 'ي' || r == 'ك'
}
