package clinic_test

import (
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/money"
)

func TestSuspect(t *testing.T) {
	tests := map[string]struct {
		currency     money.Currency
		debt, amount money.Amount
		want         clinic.Suspicion
	}{
		"the debt itself":               {money.IRR, 4_800_000, 4_800_000, ""},
		"a part of the debt":            {money.IRR, 4_800_000, 1_000_000, ""},
		"toman taken for rials":         {money.IRR, 4_800_000, 48_000_000, clinic.TenfoldAmount},
		"rials taken for toman":         {money.IRR, 4_800_000, 480_000, clinic.TenthAmount},
		"far more than the debt":        {money.IRR, 4_800_000, 20_000_000, clinic.FarAmount},
		"three times the debt":          {money.IRR, 8_000_000, 24_000_000, ""},
		"much more of a small debt":     {money.IRR, 100_000, 900_000, ""},
		"nobody owes":                   {money.IRR, 0, 50_000_000, ""},
		"the clinic owes":               {money.IRR, -1_000_000, 50_000_000, ""},
		"a currency with one unit":      {money.USD, 4_800, 48_000, ""},
		"the largest amounts there are": {money.IRR, 1, 1<<63 - 1, clinic.FarAmount},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := clinic.Suspect(tt.currency, tt.debt, tt.amount); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
