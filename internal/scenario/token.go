package scenario

import (
	_ "embed" // the Persian words
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"daftar/internal/farsi"
)

// token is one word, one quoted name or one mark of a line.
type token struct {
	text   string
	quoted bool // a name, never a word of the language
}

// split cuts a line into tokens. A name with spaces stands in «…» or "…";
// a # begins a remark; a colon, comma or semicolon is a mark when a space or
// the end follows, so that 10:00 and 12,000,000 stay whole.
func split(line string) (tokens []token, err error) {
	runes := []rune(line)
	for i := 0; i < len(runes); {
		r := runes[i]
		switch {
		case unicode.IsSpace(r):
			i++
		case r == '#':
			return tokens, nil
		case r == '«' || r == '"':
			closing := map[rune]rune{'«': '»', '"': '"'}[r]
			end := i + 1
			for end < len(runes) && runes[end] != closing {
				end++
			}
			if end == len(runes) {
				return nil, fmt.Errorf("the name that begins with %c does not end", r)
			}
			tokens = append(tokens, token{string(runes[i+1 : end]), true})
			i = end + 1
		default:
			end := i
			for end < len(runes) && !unicode.IsSpace(runes[end]) && !isMark(runes, end) {
				end++
			}
			if end == i {
				end++
			}
			tokens = append(tokens, token{text: mark(string(runes[i:end]))})
			i = end
		}
	}
	return tokens, nil
}

// isMark reports whether the rune at i separates words.
func isMark(runes []rune, i int) bool {
	if !strings.ContainsRune(":,;،؛", runes[i]) {
		return false
	}
	return i+1 == len(runes) || unicode.IsSpace(runes[i+1])
}

// mark writes Persian marks as the Latin ones.
func mark(text string) string {
	switch text {
	case "،":
		return ","
	case "؛":
		return ";"
	case "←":
		return "->"
	}
	return text
}

// persian is what words of the glossary are called in the language of
// scenarios, so that a line may use either.
var persian = readPersian(persianText)

//go:embed persian.txt
var persianText string

// readPersian reads lines of a Persian word and the one it stands for.
func readPersian(text string) map[string]string {
	known := map[string]string{}
	for line := range strings.Lines(text) {
		if word, meaning, ok := strings.Cut(strings.TrimSpace(line), " "); ok {
			known[word] = meaning
		}
	}
	return known
}

// shortMethods are methods as people abbreviate them.
var shortMethods = map[string]string{"c2c": "card_to_card", "bank": "bank_transfer"}

// words reads the tokens of one line one after another.
type words struct {
	tokens []token
	at     int
}

// peek is the next word of the language, "" at the end or before a name.
func (w *words) peek() string {
	if w.at >= len(w.tokens) || w.tokens[w.at].quoted {
		return ""
	}
	text := w.tokens[w.at].text
	if known, ok := persian[text]; ok {
		return known
	}
	return text
}

// accept goes past the word when it is next.
func (w *words) accept(word string) bool {
	if w.peek() != word {
		return false
	}
	w.at++
	return true
}

// need goes past the words, in order.
func (w *words) need(expected ...string) error {
	for _, word := range expected {
		if !w.accept(word) {
			return fmt.Errorf("%q where %q is expected", w.shown(), word)
		}
	}
	return nil
}

// shown is the next token for a message.
func (w *words) shown() string {
	if w.at >= len(w.tokens) {
		return "the end of the line"
	}
	return w.tokens[w.at].text
}

// done reports whether the line is read.
func (w *words) done() bool { return w.at >= len(w.tokens) }

// end refuses what is left over.
func (w *words) end() error {
	if w.done() {
		return nil
	}
	return fmt.Errorf("unknown word %q", w.shown())
}

// name reads a name, quoted or one word.
func (w *words) name(what string) (string, error) {
	if w.done() || !w.tokens[w.at].quoted && strings.Contains(":,;->", w.tokens[w.at].text) {
		return "", fmt.Errorf("%s is missing before %q", what, w.shown())
	}
	text := w.tokens[w.at].text
	w.at++
	return text, nil
}

// text reads everything up to the next semicolon or arrow.
func (w *words) text() string {
	var parts []string
	for !w.done() && (w.tokens[w.at].quoted || w.peek() != ";" && w.peek() != "->") {
		parts = append(parts, w.tokens[w.at].text)
		w.at++
	}
	return strings.Join(parts, " ")
}

// amount reads a whole number, in any digits, with separators of thousands.
func (w *words) amount() (int64, error) {
	shown := w.shown()
	text := strings.NewReplacer(",", "", thousands, "", "_", "", "−", "-").Replace(farsi.Digits(shown))
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || w.done() {
		return 0, fmt.Errorf("%q is no amount", shown)
	}
	w.at++
	return n, nil
}

// percent reads "70%" as basis points.
func (w *words) percent() (int, error) {
	shown := w.shown()
	text, ok := strings.CutSuffix(strings.Replace(farsi.Digits(shown), percentSign, "%", 1), "%")
	n, err := strconv.ParseFloat(text, 64)
	if !ok || err != nil || n < 0 || n > 100 {
		return 0, fmt.Errorf("%q is no percentage", shown)
	}
	w.at++
	return int(n*100 + 0.5), nil
}

// The Arabic separator of thousands and the Arabic sign of percentages.
var (
	thousands   = string(rune(0x66c))
	percentSign = string(rune(0x66a))
)
