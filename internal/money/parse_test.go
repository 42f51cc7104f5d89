package money_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"daftar/internal/fault"
	"daftar/internal/money"
)

func TestAmountsAsPeopleTypeThem(t *testing.T) {
	for name, c := range map[string]struct {
		currency money.Currency
		text     string
		want     money.Amount
	}{
		"Latin digits":                        {money.IRR, "4500000", 4_500_000},
		"Persian digits":                      {money.IRR, "۴۵۰۰۰۰۰", 4_500_000},
		"Arabic digits":                       {money.IRR, "٤٥٠٠٠٠٠", 4_500_000},
		"digits of all three kinds":           {money.IRR, "4۵٠", 450},
		"Latin groups":                        {money.IRR, "4,500,000", 4_500_000},
		"Persian groups":                      {money.IRR, "۴٬۵۰۰٬۰۰۰", 4_500_000},
		"Latin groups of Persian digits":      {money.IRR, "۴,۵۰۰,۰۰۰", 4_500_000},
		"zero":                                {money.IRR, "0", 0},
		"leading zeros":                       {money.IRR, "007", 7},
		"spaces and direction marks around":   {money.IRR, "\u202b\u00a0 1,000 \u200f\u2069\ufeff", 1000},
		"the largest":                         {money.IRR, "1000000000000000", money.Max},
		"dollars and cents":                   {money.USD, "1,219,867.22", 121_986_722},
		"Persian point":                       {money.USD, "۱۲٬۰۰۰٫۵", 1_200_050},
		"dollars only":                        {money.USD, "12", 1200},
		"one decimal":                         {money.USD, "0.5", 50},
		"zero decimals written out":           {money.USD, "7.00", 700},
		"the largest in cents":                {money.USD, "10,000,000,000,000.00", money.Max},
		"as many leading zeros as one please": {money.IRR, strings.Repeat("0", 300) + "9", 9},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := c.currency.Parse(c.text)
			if err != nil || got != c.want {
				t.Errorf("got %v, %v; want %v", got, err, c.want)
			}
		})
	}
}

func TestWhatIsNoAmount(t *testing.T) {
	for name, c := range map[string]struct {
		currency money.Currency
		text     string
		code     string
	}{
		"nothing":                            {money.IRR, "", "money.empty"},
		"spaces":                             {money.IRR, " \u00a0\u200f\t", "money.empty"},
		"a minus":                            {money.IRR, "-5", "money.sign"},
		"a minus after":                      {money.IRR, "5-", "money.sign"},
		"a typographic minus":                {money.IRR, "−5", "money.sign"},
		"an en dash":                         {money.IRR, "–5", "money.sign"},
		"a full-width minus":                 {money.IRR, "－5", "money.sign"},
		"a plus":                             {money.IRR, "+5", "money.sign"},
		"parentheses":                        {money.IRR, "(5)", "money.sign"},
		"a minus behind a direction mark":    {money.IRR, "\u200e-5", "money.sign"},
		"a rial with decimals":               {money.IRR, "4.5", "money.fraction"},
		"a rial with decimals of nothing":    {money.IRR, "4.0", "money.fraction"},
		"a thousandth of a dollar":           {money.USD, "4.125", "money.fraction"},
		"a half":                             {money.IRR, "½", "money.fraction"},
		"two and a half":                     {money.USD, "2½", "money.fraction"},
		"a point and nothing":                {money.USD, "4.", "money.syntax"},
		"a point and nothing in rials":       {money.IRR, "4.", "money.syntax"},
		"a point first":                      {money.USD, ".5", "money.syntax"},
		"two points":                         {money.USD, "1.2.3", "money.syntax"},
		"points of two kinds":                {money.USD, "1.2٫3", "money.syntax"},
		"groups by points":                   {money.IRR, "1.000.000", "money.syntax"},
		"a group of two":                     {money.IRR, "1,00", "money.syntax"},
		"a group of four":                    {money.IRR, "1,0000", "money.syntax"},
		"a first group of four":              {money.IRR, "1000,000", "money.syntax"},
		"an empty group":                     {money.IRR, "1,,000", "money.syntax"},
		"a separator first":                  {money.IRR, ",100", "money.syntax"},
		"a separator last":                   {money.IRR, "100,", "money.syntax"},
		"two kinds of separator":             {money.IRR, "1,000٬000", "money.syntax"},
		"somebody's decimal comma":           {money.USD, "0,500", "money.syntax"},
		"groups after the point":             {money.USD, "1.1,0", "money.syntax"},
		"a space inside":                     {money.IRR, "1 000", "money.syntax"},
		"a direction mark inside":            {money.IRR, "1\u200e000", "money.syntax"},
		"a word":                             {money.IRR, "هزار", "money.syntax"},
		"a unit":                             {money.IRR, "100 ریال", "money.syntax"},
		"an exponent":                        {money.IRR, "1e5", "money.syntax"},
		"hexadecimal":                        {money.IRR, "0x10", "money.syntax"},
		"digits of another script":           {money.IRR, "१२", "money.syntax"},
		"full-width digits":                  {money.IRR, "１２", "money.syntax"},
		"a broken encoding":                  {money.IRR, "1\xff", "money.syntax"},
		"one more than the largest":          {money.IRR, "1000000000000001", "money.large"},
		"one cent more than the largest":     {money.USD, "10000000000000.01", "money.large"},
		"more than fits into any machine":    {money.IRR, strings.Repeat("9", 400), "money.large"},
		"what would wrap around to be small": {money.IRR, "18446744073709551617", "money.large"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := c.currency.Parse(c.text)
			if got != 0 || fault.Code(err) != c.code || fault.Of(err) != fault.Invalid {
				t.Errorf("got %v, %v; want %s", got, err, c.code)
			}
		})
	}
}

func TestEveryPrintedAmountIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom([]money.Currency{money.IRR, money.USD}).Draw(t, "currency")
		a := lineAmount().Draw(t, "a").Abs()
		for _, text := range []string{c.Plain(a), c.Format(a), c.FormatLatin(a)} {
			if got, err := c.Parse(text); err != nil || got != a {
				t.Fatalf("%q is read as %v, %v; want %v", text, got, err, a)
			}
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"4,500,000", "۴٬۵۰۰٬۰۰۰", "12.34", "۱۲٫۵", "", "-5", "½", "0,500", "1e9", " 7 "} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, c := range []money.Currency{money.IRR, money.USD} {
			a, err := c.Parse(text)
			if err != nil {
				if fault.Of(err) != fault.Invalid || a != 0 {
					t.Errorf("%v with %v", a, err)
				}
				continue
			}
			if a < 0 || a > money.Max || !utf8.ValidString(text) {
				t.Errorf("%q is read as %v", text, a)
			}
			if again, err := c.Parse(c.Format(a)); err != nil || again != a {
				t.Errorf("%q is read as %v and then as %v, %v", text, a, again, err)
			}
		}
	})
}
