package farsi_test

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"daftar/internal/farsi"
)

func TestSpellingsOfOneNameHaveOneKey(t *testing.T) {
	for name, spellings := range map[string][]string{
		"apart, joined and half joined": {"علی\u200cپور", "علی پور", "علیپور", "عليپور", "علی\u00a0پور", "علی\u200d\u200cپور"},
		"a verb":                        {"می رود", "می\u200cرود", "میرود"},
		"ye with hamza":                 {"کربلائی", "کربلایی", "كربلائي"},
		"alef with madda":               {"آرام", "ارام", "أرام", "إرام", "ٱرام", "ا\u0653رام"},
		"vav with hamza":                {"مؤذن", "موذن"},
		"te at the end":                 {"فاطمة", "فاطمه", "فاطمۀ"},
		"vowel marks":                   {"مُحَمَّد", "محمد"},
		"tatweel":                       {"عـلـی", "علی"},
		"presentation forms":            {"ﻋﻠﻰ", "علی"},
		"the rial sign":                 {"﷼", "ریال", "ريال"},
		"digits":                        {"۱۲٣", "123", "１２３"},
		"Latin letters":                 {"José Ángel", "joseangel", "JOSE ANGEL"},
		"direction marks":               {"\u200fعلی\u200e", "علی"},
	} {
		t.Run(name, func(t *testing.T) {
			for _, s := range spellings {
				if got, want := farsi.Key(s), farsi.Key(spellings[0]); got != want || got == "" {
					t.Errorf("%+q has the key %+q, not %+q", s, got, want)
				}
			}
		})
	}
}

func TestDifferentNamesHaveDifferentKeys(t *testing.T) {
	names := []string{"علی", "عالی", "ولی", "حسن", "حسین", "زهرا", "ژاله", "پری", "بری", "گیتی", "کیتی"}
	seen := map[string]string{}
	for _, n := range names {
		if other, ok := seen[farsi.Key(n)]; ok {
			t.Errorf("%s and %s are one", n, other)
		}
		seen[farsi.Key(n)] = n
	}
}

func TestTokensAreTheKeysOfWords(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"words":            {"آرام كاظمي", []string{"ارام", "کاظمی"}},
		"ZWNJ ends a word": {"علی\u200cپور", []string{"علی", "پور"}},
		"punctuation":      {"رضایی (مهندس)، 0912-345", []string{"رضایی", "مهندس", "0912", "345"}},
		"nothing":          {" \u200c-", nil},
	} {
		t.Run(name, func(t *testing.T) {
			if got := farsi.Tokens(c.text); !slices.Equal(got, c.want) {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

// finds reports whether a record stored for name is found by query.
func finds(query, name string) bool {
	words := farsi.IndexWords(name)
	for _, q := range farsi.QueryWords(query) {
		if !slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, q) }) {
			return false
		}
	}
	return true
}

func TestEverySpellingFindsEveryOther(t *testing.T) {
	for _, spellings := range [][]string{
		{"علی\u200cپور", "علی پور", "علیپور"},
		{"می\u200cرود", "می رود", "میرود"},
		{"کیان\u200cفر", "کیان فر", "کیانفر"},
		{"مریم علی\u200cپور کاشانی", "مریم علی پور کاشانی", "مریم علیپور کاشانی"},
		{"عبد\u200cالله\u200cزاده", "عبد الله زاده", "عبداللهزاده"},
	} {
		for _, stored := range spellings {
			for _, typed := range spellings {
				if !finds(typed, stored) {
					t.Errorf("%q does not find %q: %q in %q", typed, stored, farsi.QueryWords(typed), farsi.IndexWords(stored))
				}
			}
		}
	}
}

func TestWhatAQueryFinds(t *testing.T) {
	for name, c := range map[string]struct {
		query, stored string
		want          bool
	}{
		"the beginning of a word":          {"رض", "علی رضایی", true},
		"the beginnings of two":            {"عل رض", "علی رضایی", true},
		"the words in the other order":     {"رضایی علی", "علی رضایی", true},
		"a title before the name":          {"دکتر علی پور", "علیپور", true},
		"two titles":                       {"سرکار خانم", "سرکار خانم رضایی", true},
		"a title that is the whole query":  {"سید", "سید علی رضایی", true},
		"a title only in the query":        {"آقای رضایی", "علی رضایی", true},
		"a title joined to the name":       {"سید علی", "سیدعلی رضایی", true},
		"Arabic letters":                   {"علي رضايي", "علی رضائی", true},
		"the beginning of a number":        {"0912", "۰۹۱۲۳۴۵۶۷۸۹", true},
		"the middle of a number":           {"345", "09123456789", false},
		"another name":                     {"حسن", "علی رضایی", false},
		"one word of two is another":       {"علی کاظمی", "علی رضایی", false},
		"the only letter before the rest":  {"لیپور", "علیپور", false},
		"more letters than the name":       {"رضاییان", "علی رضایی", false},
		"a word longer than a stored word": {strings.Repeat("ابپت", 20), strings.Repeat("ابپت", 20), true},
	} {
		t.Run(name, func(t *testing.T) {
			if got := finds(c.query, c.stored); got != c.want {
				t.Errorf("%v: %q in %q", got, farsi.QueryWords(c.query), farsi.IndexWords(c.stored))
			}
		})
	}
}

func TestAnEmptyQueryHasNoWords(t *testing.T) {
	for _, s := range []string{"", "  ", "-", "\u200c"} {
		if got := farsi.QueryWords(s); len(got) != 0 {
			t.Errorf("%q has the words %q", s, got)
		}
	}
}

func TestWordsAreBounded(t *testing.T) {
	long := strings.Repeat("محمدرضاعلیپورکاشانیاصل ", 30) + strings.Repeat("الف ب پ ت ث ", 30)
	index, query := farsi.IndexWords(long), farsi.QueryWords(long)
	if len(index) > farsi.MaxIndexWords || len(query) > farsi.MaxQueryWords {
		t.Errorf("%d words stored, %d searched", len(index), len(query))
	}
}

// syllables make words that a Persian name could be made of.
var syllables = []string{"علی", "پور", "رضا", "زاده", "مهر", "نیا", "کاظم", "الله", "حسین", "گل", "آذر", "بخش"}

func TestAnyTwoPartNameIsFoundInAnySpelling(t *testing.T) {
	seams := []string{"", " ", "\u200c"}
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOfN(rapid.SampledFrom(syllables), 2, 3).Draw(t, "parts")
		stored := strings.Join(parts, rapid.SampledFrom(seams).Draw(t, "stored"))
		typed := strings.Join(parts, rapid.SampledFrom(seams).Draw(t, "typed"))
		if !finds(typed, stored) {
			t.Fatalf("%q does not find %q", typed, stored)
		}
		if farsi.Key(typed) != farsi.Key(stored) {
			t.Fatalf("%q and %q have different keys", typed, stored)
		}
	})
}

func FuzzKey(f *testing.F) {
	for _, seed := range []string{"علی\u200cپور", "ﷺ", "İſK", "é\u0301", "ϴ", "\xff", "ﬁ½", "가", "ـ\u0640", "\u0130", "Ǆ", "ẞ", "ᾼ"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		key := farsi.Key(text)
		if again := farsi.Key(key); again != key {
			t.Errorf("the key %+q has the key %+q", key, again)
		}
		if !utf8.ValidString(key) || strings.ContainsFunc(key, func(r rune) bool { return unicode.IsSpace(r) || liar(r) || r == '\u200c' }) {
			t.Errorf("the key of %+q is %+q", text, key)
		}
		for _, w := range farsi.QueryWords(text) {
			if w == "" || farsi.Key(w) != w {
				t.Errorf("%+q is searched as %+q", text, w)
			}
		}
		if len(farsi.Tokens(text)) <= farsi.MaxQueryWords && !finds(text, text) {
			t.Errorf("%+q does not find itself: %q in %q", text, farsi.QueryWords(text), farsi.IndexWords(text))
		}
	})
}
