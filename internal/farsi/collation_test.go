package farsi_test

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"daftar/internal/farsi"
)

// alphabet is the Persian alphabet in the order of a dictionary.
var alphabet = []string{"آ", "ا", "ب", "پ", "ت", "ث", "ج", "چ", "ح", "خ", "د", "ذ", "ر", "ز", "ژ", "س", "ش",
	"ص", "ض", "ط", "ظ", "ع", "غ", "ف", "ق", "ک", "گ", "ل", "م", "ن", "و", "ه", "ی"}

// rank is the place of a letter in the alphabet.
func rank(letter rune) int { return slices.Index(alphabet, string(letter)) }

// byHand compares two words letter by letter.
func byHand(a, b string) int {
	return slices.CompareFunc([]rune(a), []rune(b), func(x, y rune) int { return rank(x) - rank(y) })
}

func TestNamesSortAsInAPersianIndex(t *testing.T) {
	names := []string{"آرام", "ابراهیمی", "باقری", "پارسا", "تهرانی", "جعفری", "چمران", "حسینی", "زارع", "ژاله",
		"سامانی", "صالحی", "کاظمی", "گیلانی", "لاری", "وحیدی", "هاشمی", "یوسفی"}
	sorted := slices.Clone(names)
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(sorted), func(i, j int) { sorted[i], sorted[j] = sorted[j], sorted[i] })
	slices.SortFunc(sorted, func(a, b string) int { return bytes.Compare(farsi.Collation(a), farsi.Collation(b)) })
	if !slices.Equal(sorted, names) {
		t.Errorf("%q", sorted)
	}
}

func TestWordsSortByTheAlphabet(t *testing.T) {
	word := rapid.Map(rapid.SliceOfN(rapid.SampledFrom(alphabet), 1, 6), func(letters []string) string {
		var w string
		for _, l := range letters {
			w += l
		}
		return w
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b := word.Draw(t, "a"), word.Draw(t, "b")
		if got, want := bytes.Compare(farsi.Collation(a), farsi.Collation(b)), byHand(a, b); sign(got) != sign(want) {
			t.Fatalf("%q against %q is %d, want %d", a, b, got, want)
		}
	})
}

func sign(n int) int { return min(max(n, -1), 1) }

func TestSpellingDoesNotMoveANameInTheIndex(t *testing.T) {
	for _, pair := range [][2]string{{"علي", "علی"}, {"كاظمی", "کاظمی"}, {"علی\u200cپور", "علیپور"}, {" علی ", "علی"}} {
		if !bytes.Equal(farsi.Collation(pair[0]), farsi.Collation(pair[1])) {
			t.Errorf("%q and %q stand in different places", pair[0], pair[1])
		}
	}
}

func TestManyMaySortAtOnce(t *testing.T) {
	want := farsi.Collation("کاظمی")
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 200 {
				farsi.Collation("رضایی")
				if got := farsi.Collation("کاظمی"); !bytes.Equal(got, want) {
					t.Errorf("key %x, want %x", got, want)
					return
				}
			}
		})
	}
	all.Wait()
}
