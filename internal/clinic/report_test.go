package clinic_test

import (
	"slices"
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/jalali"
	"daftar/internal/money"
)

func TestMoneyOfAReportIsClassed(t *testing.T) {
	tests := map[string]struct {
		kind, of string
		want     clinic.CashFigures
	}{
		"a receipt comes in":                                {clinic.EntryReceipt, "", clinic.CashFigures{In: 7, Count: 1}},
		"a void of it is a correction, not money out":       {clinic.EntryVoid, clinic.EntryReceipt, clinic.CashFigures{Corrected: 7, Count: 1}},
		"whatever reverses another is a correction":         {clinic.EntryRefund, clinic.EntryRefund, clinic.CashFigures{Corrected: 7, Count: 1}},
		"a float only lies elsewhere":                       {clinic.EntryShiftFloat, "", clinic.CashFigures{Shifted: 7, Count: 1}},
		"a hand-over that is sent back lies where it lay":   {clinic.EntryHandover, clinic.EntryHandover, clinic.CashFigures{Shifted: 7, Count: 1}},
		"a cleared cheque that is undone lies where it lay": {clinic.EntryVoid, clinic.EntryChequeClear, clinic.CashFigures{Shifted: 7, Count: 1}},
		"a kind nobody classed is a flow":                   {"something", "", clinic.CashFigures{In: 7, Count: 1}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := clinic.CashFigures{}.Add(clinic.CashClassOf(tt.kind, tt.of), 7, 0, 1)
			if got != tt.want || got.Net() != 7 {
				t.Errorf("%+v of net %d, want %+v", got, got.Net(), tt.want)
			}
			if back := (clinic.CashFigures{}).Add(clinic.CashClassOf(tt.kind, tt.of), 0, -7, 1); back.Net() != -7 {
				t.Errorf("going out: %+v", back)
			}
		})
	}
}

func TestASplitIsWhole(t *testing.T) {
	tests := map[string]struct {
		amount  money.Amount
		weights []money.Amount
		want    []money.Amount
	}{
		"even":                     {10, []money.Amount{1, 1}, []money.Amount{5, 5}},
		"the rest goes to the end": {10, []money.Amount{1, 1, 1}, []money.Amount{3, 3, 4}},
		"taken back":               {-10, []money.Amount{3, 1}, []money.Amount{-8, -2}},
		"no weights to go by":      {10, []money.Amount{0, 0}, []money.Amount{10, 0}},
		"large":                    {money.Max, []money.Amount{money.Max, money.Max}, []money.Amount{money.Max / 2, money.Max - money.Max/2}},
		"nobody":                   {10, nil, []money.Amount{}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := clinic.SplitBy(tt.amount, tt.weights); !slices.Equal(got, tt.want) {
				t.Errorf("%v, want %v", got, tt.want)
			}
		})
	}
}

func TestADebtHasAnAge(t *testing.T) {
	today := jalali.Day("2026-11-23")
	for name, tt := range map[string]struct{ days, want int }{
		"of today": {0, 0}, "on the first bound": {30, 0}, "after it": {31, 1}, "on the second": {60, 1}, "on the third": {90, 2}, "older": {91, 3}, "of tomorrow": {-1, clinic.Future},
	} {
		t.Run(name, func(t *testing.T) {
			if got := clinic.DefaultMoneyRules().AgeOf(today.Add(-tt.days), today); got != tt.want {
				t.Errorf("column %d, want %d", got, tt.want)
			}
		})
	}
}

func TestADayOfAdmissionsIsWhole(t *testing.T) {
	var c clinic.DayCharges
	for _, p := range []struct {
		account string
		back    bool
		amount  money.Amount
	}{
		{clinic.AccountIncome, false, -100}, {clinic.AccountVAT, false, -9}, {clinic.AccountDiscount, false, 10}, {clinic.AccountInsurer, false, 30}, {clinic.AccountReceivable, false, 69},
		{clinic.AccountIncome, true, 40}, {clinic.AccountReceivable, true, -40},
	} {
		c = c.Add(p.account, p.back, p.amount)
	}
	if want := (clinic.DayCharges{Gross: 100, Cancelled: 40, Discount: 10, Insurers: 30, VAT: 9, Share: 29}); c != want || !c.Whole() {
		t.Errorf("%+v, whole %v, want %+v", c, c.Whole(), want)
	}
}
