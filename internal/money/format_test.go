package money_test

import (
	"math"
	"testing"

	"daftar/internal/fault"
	"daftar/internal/money"
)

func TestAmountsInPrint(t *testing.T) {
	for name, c := range map[string]struct {
		currency             money.Currency
		a                    money.Amount
		plain, screen, latin string
	}{
		"rials":               {money.IRR, 4_500_000, "4500000", "۴٬۵۰۰٬۰۰۰", "4,500,000"},
		"nothing":             {money.IRR, 0, "0", "۰", "0"},
		"three digits":        {money.IRR, 999, "999", "۹۹۹", "999"},
		"four digits":         {money.IRR, 1000, "1000", "۱٬۰۰۰", "1,000"},
		"a debt":              {money.IRR, -5, "-5", "۵", "5"},
		"dollars":             {money.USD, 121_986_722, "1219867.22", "۱٬۲۱۹٬۸۶۷٫۲۲", "1,219,867.22"},
		"cents":               {money.USD, 5, "0.05", "۰٫۰۵", "0.05"},
		"a debt of cents":     {money.USD, -5, "-0.05", "۰٫۰۵", "0.05"},
		"no dollars":          {money.USD, 0, "0.00", "۰٫۰۰", "0.00"},
		"the smallest amount": {money.IRR, math.MinInt64, "-9223372036854775808", "۹٬۲۲۳٬۳۷۲٬۰۳۶٬۸۵۴٬۷۷۵٬۸۰۸", "9,223,372,036,854,775,808"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := c.currency.Plain(c.a); got != c.plain {
				t.Errorf("plain %q, want %q", got, c.plain)
			}
			if got := c.currency.Format(c.a); got != c.screen {
				t.Errorf("screen %q, want %q", got, c.screen)
			}
			if got := c.currency.FormatLatin(c.a); got != c.latin {
				t.Errorf("latin %q, want %q", got, c.latin)
			}
		})
	}
}

func TestTomansAreWhatPeopleSay(t *testing.T) {
	for name, c := range map[string]struct {
		a    money.Amount
		want string
	}{
		"whole tomans":      {1_200_000, "۱۲۰٬۰۰۰ تومان"},
		"rials left over":   {1_200_005, "۱۲۰٬۰۰۰ تومان و ۵ ریال"},
		"less than a toman": {5, "۵ ریال"},
		"nothing":           {0, "۰ تومان"},
		"a debt":            {-1_200_005, "۱۲۰٬۰۰۰ تومان و ۵ ریال"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := money.TomanView(c.a); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
			if toman, rial := money.Toman(c.a); toman*10+rial != c.a {
				t.Errorf("%v tomans and %v rials", toman, rial)
			}
		})
	}
}

func TestOnlyKnownCurrenciesAreFound(t *testing.T) {
	for _, want := range []money.Currency{money.IRR, money.USD} {
		if got, err := money.CurrencyOf(want.Code); err != nil || got != want {
			t.Errorf("%s: %v, %v", want.Code, got, err)
		}
	}
	for _, code := range []string{"", "irr", "EUR"} {
		if _, err := money.CurrencyOf(code); fault.Code(err) != "money.currency" {
			t.Errorf("%q: %v", code, err)
		}
	}
}
