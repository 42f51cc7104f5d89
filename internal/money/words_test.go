package money_test

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"daftar/internal/money"
)

func TestAmountsInWords(t *testing.T) {
	for name, c := range map[string]struct {
		a    money.Amount
		want string
	}{
		"nothing":                    {0, "صفر"},
		"teens":                      {17, "هفده"},
		"tens":                       {40, "چهل"},
		"three places":               {321, "سیصد و بیست و یک"},
		"millions":                   {4_500_000, "چهار میلیون و پانصد هزار"},
		"a gap":                      {1_000_001, "یک میلیون و یک"},
		"a debt":                     {-10, "منفی ده"},
		"ten to the twelve":          {2_000_000_000_000, "دو هزار میلیارد"},
		"the largest of a line":      {money.Max, "یک میلیون میلیارد"},
		"beyond what lines may hold": {3_000_000_000_000_000_000, "سه میلیارد میلیارد"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := money.Words(c.a); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestTheLineUnderAnAmountField(t *testing.T) {
	for name, c := range map[string]struct {
		currency money.Currency
		a        money.Amount
		want     string
	}{
		"rials with tomans":   {money.IRR, 1_200_000, "یک میلیون و دویست هزار ریال = ۱۲۰٬۰۰۰ تومان"},
		"rials left over":     {money.IRR, 12, "دوازده ریال = ۱ تومان و ۲ ریال"},
		"nothing":             {money.IRR, 0, "صفر ریال = ۰ تومان"},
		"dollars":             {money.USD, 1200, "دوازده دلار"},
		"dollars and cents":   {money.USD, 1205, "دوازده دلار و پنج سنت"},
		"cents":               {money.USD, 5, "پنج سنت"},
		"no dollars":          {money.USD, 0, "صفر دلار"},
		"the side is unsaid":  {money.IRR, -10, "ده ریال = ۱ تومان"},
		"an unnamed currency": {money.Currency{Code: "XTS", Scale: 1}, 15, "یک XTS و پنج XTS/10"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := c.currency.InWords(c.a); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

// wordValues is the reader's own table; it shares nothing with the writer.
var wordValues = map[string]uint64{
	"یک": 1, "دو": 2, "سه": 3, "چهار": 4, "پنج": 5, "شش": 6, "هفت": 7, "هشت": 8, "نه": 9, "ده": 10,
	"یازده": 11, "دوازده": 12, "سیزده": 13, "چهارده": 14, "پانزده": 15, "شانزده": 16, "هفده": 17, "هجده": 18, "نوزده": 19,
	"بیست": 20, "سی": 30, "چهل": 40, "پنجاه": 50, "شصت": 60, "هفتاد": 70, "هشتاد": 80, "نود": 90,
	"صد": 100, "دویست": 200, "سیصد": 300, "چهارصد": 400, "پانصد": 500, "ششصد": 600, "هفتصد": 700, "هشتصد": 800, "نهصد": 900,
}

var scaleValues = map[string]uint64{"هزار": 1e3, "میلیون": 1e6, "میلیارد": 1e9}

// parseWords reads what Words writes: numbers pile up until scale words close
// them off.
func parseWords(t *rapid.T, text string) money.Amount {
	text, negative := strings.CutPrefix(text, "منفی ")
	var total, group, scaled uint64
	for word := range strings.FieldsSeq(text) {
		if s, ok := scaleValues[word]; ok {
			scaled = max(scaled, 1) * s
			continue
		}
		if scaled > 0 {
			total, group, scaled = total+group*scaled, 0, 0
		}
		v, ok := wordValues[word]
		if !ok && word != "و" && word != "صفر" {
			t.Fatalf("the word %q", word)
		}
		group += v
	}
	total += group * max(scaled, 1)
	if negative {
		return money.Amount(-total)
	}
	return money.Amount(total)
}

func TestWordsAreReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.OneOf(anyAmount(), lineAmount(), rapid.Just(money.Amount(math.MinInt64))).Draw(t, "a")
		if got := parseWords(t, money.Words(a)); got != a {
			t.Fatalf("%q is read as %v, want %v", money.Words(a), got, a)
		}
	})
}
