package farsi

import (
	"slices"
	"unicode"
	"unicode/utf8"
)

// Search works on words. IndexWords are stored per record; a record is found
// when every one of QueryWords is a prefix of one of its stored words.
//
// «علی‌پور», «علی پور» and «علیپور» are one name in three spellings, so each
// must find the other two:
//
//   - typed joined, stored apart: the words from each one to the last are also
//     stored as one word, «علیپور» beside «علی» and «پور»;
//   - typed apart, stored joined: the tails of a Persian word are also stored,
//     «یپور» and «پور» beside «علیپور». A tail leaves at least two letters
//     before it and has at least two itself.
//
// Tails make a record turn up for letters inside its words as well. That is
// wanted for long queries and bearable for short ones.

// Limits of search, in words and in characters of one word.
const (
	MaxIndexWords = 64
	MaxQueryWords = 8
	maxWord       = 32
	minTail       = 2
	minHead       = 2
)

// titles are ignored at the start of a query; they are kept in names.
var titles = []string{"سید", "سیده", "دکتر", "خانم", "اقا", "اقای", "حاج"}

// IndexWords returns the words to store for s, sorted, each once, at most
// MaxIndexWords: its tokens, the joins of neighbouring tokens and the tails of
// Persian words. Whole words go before tails when the limit is reached.
func IndexWords(s string) []string {
	tokens := Tokens(s)
	var words []string
	add := func(w string) {
		if w = cutWord(w); len(words) < MaxIndexWords && !slices.Contains(words, w) {
			words = append(words, w)
		}
	}
	for _, t := range tokens {
		add(t)
	}
	for i := range tokens {
		add(joined(tokens[i:]))
	}
	for _, t := range tokens {
		for _, tail := range tails(t) {
			add(tail)
		}
	}
	slices.Sort(words)
	return words
}

// QueryWords returns the words of a query, each once, at most MaxQueryWords.
// Titles at its start («دکتر علی پور») are left out unless nothing else is
// there. It returns none for a query without letters and digits.
func QueryWords(s string) []string {
	tokens := Tokens(s)
	named := tokens
	for len(named) > 0 && slices.Contains(titles, named[0]) {
		named = named[1:]
	}
	if len(named) == 0 {
		named = tokens
	}
	var words []string
	for _, t := range named {
		if w := cutWord(t); len(words) < MaxQueryWords && !slices.Contains(words, w) {
			words = append(words, w)
		}
	}
	return words
}

// cutWord returns the first characters of w. Index and query cut alike, so a
// prefix stays a prefix.
func cutWord(w string) string {
	n := 0
	for i := range w {
		if n == maxWord {
			return w[:i]
		}
		n++
	}
	return w
}

// joined returns tokens as one word, as far as a word goes.
func joined(tokens []string) string {
	var w string
	for _, t := range tokens {
		if utf8.RuneCountInString(w) >= maxWord {
			break
		}
		w += t
	}
	return w
}

// tails returns the ends of a word of Arabic letters, the longest first.
func tails(word string) []string {
	letters := []rune(cutWord(word))
	for _, r := range letters {
		if !unicode.Is(unicode.Arabic, r) {
			return nil
		}
	}
	var ends []string
	for i := minHead; i+minTail <= len(letters); i++ {
		ends = append(ends, string(letters[i:]))
	}
	return ends
}
