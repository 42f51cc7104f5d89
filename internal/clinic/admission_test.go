package clinic_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/money"
)

const today = jalali.Day("2026-11-23")

var (
	ours   = clinic.Clinic{ID: 1, Currency: money.IRR, Zone: time.UTC}
	base   = clinic.Insurer{ID: 5, Code: "tamin", Kind: clinic.BaseInsurance, Share: 7000}
	second = clinic.Insurer{ID: 6, Code: "dana", Kind: clinic.SupplementaryInsurance, Share: 8000}
)

func visit(price, tariff money.Amount) clinic.OrderedService {
	return clinic.OrderedService{Service: clinic.Service{ID: 1, Section: 2, Name: "visit"}, Quantity: 1, Tariffs: []clinic.Tariff{
		{Service: 1, Insurer: clinic.FreeTariff, ValidFrom: "2020-01-01", Price: price},
		{Service: 1, Insurer: base.ID, ValidFrom: "2020-01-01", Price: tariff},
	}}
}

func TestPriceLine(t *testing.T) {
	tests := map[string]struct {
		order  clinic.OrderedService
		change func(*clinic.OrderedService)
		payers clinic.Payers
		limit  int
		code   string
		want   clinic.Shares
	}{
		"self-pay": {order: visit(4_500_000, 0),
			want: clinic.Shares{Gross: 4_500_000, PatientShare: 4_500_000}},
		"S13: 70 percent of the insurer's tariff and the difference": {order: visit(4_500_000, 1_500_000), payers: clinic.Payers{Base: &base},
			want: clinic.Shares{Gross: 4_500_000, BaseShare: 1_050_000, PatientShare: 3_450_000}},
		"S14: supplementary pays 80 percent of what is left": {order: visit(30_000_000, 10_000_000), payers: clinic.Payers{Base: &base, Supplementary: &second},
			want: clinic.Shares{Gross: 30_000_000, BaseShare: 7_000_000, SupplementaryShare: 18_400_000, PatientShare: 4_600_000}},
		"X2: taxable goods": {order: visit(8_500_000, 0), change: func(o *clinic.OrderedService) { o.Service.VAT = 1000 },
			want: clinic.Shares{Gross: 8_500_000, VAT: 850_000, PatientShare: 9_350_000}},
		"S11: 15 percent by the supervisor": {order: visit(45_000_000, 0), limit: 3000,
			change: func(o *clinic.OrderedService) { o.Discount = clinic.Discount{Percent: 1500, Reason: "loyal"} },
			want:   clinic.Shares{Gross: 45_000_000, Discount: 6_750_000, PatientShare: 38_250_000}},
		"S11: 15 percent by reception": {order: visit(45_000_000, 0), limit: 1000,
			change: func(o *clinic.OrderedService) { o.Discount = clinic.Discount{Percent: 1500, Reason: "loyal"} }, code: "discount.cap"},
		"a discount without a reason": {order: visit(45_000_000, 0), limit: 1000,
			change: func(o *clinic.OrderedService) { o.Discount = clinic.Discount{Amount: 1} }, code: "discount.reason"},
		"a discount beyond the price": {order: visit(100, 0), limit: 10000,
			change: func(o *clinic.OrderedService) { o.Discount = clinic.Discount{Amount: 101, Reason: "x"} }, code: "discount.amount"},
		"none of it": {order: visit(100, 0), change: func(o *clinic.OrderedService) { o.Quantity = 0 }, code: "admission.quantity"},
		"a price that begins tomorrow": {order: visit(100, 0),
			change: func(o *clinic.OrderedService) { o.Tariffs[0].ValidFrom = "2026-11-24" }, code: "service.no_price"},
		"a tariff above the price pays no more than the price": {order: visit(100, 1000), payers: clinic.Payers{Base: &base},
			want: clinic.Shares{Gross: 100, BaseShare: 70, PatientShare: 30}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if tt.change != nil {
				tt.change(&tt.order)
			}
			line, err := clinic.PriceLine(tt.order, tt.payers, today)
			if err == nil {
				_, err = clinic.Admission{Status: clinic.Draft, Lines: []clinic.AdmissionLine{line}}.Approve(7, tt.limit)
			}
			if code := fault.Code(err); code != tt.code {
				t.Fatalf("error code = %q, want %q (%v)", code, tt.code, err)
			}
			if err == nil && line.Shares != tt.want {
				t.Errorf("shares = %+v, want %+v", line.Shares, tt.want)
			}
		})
	}
}

// Whatever prices, rates and discounts are: no part is negative, the parts are
// the whole, and the entry of the admission balances.
func TestSharesAreTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		price := money.Amount(rapid.Int64Range(0, 1_000_000_000).Draw(t, "price"))
		o := visit(price, money.Amount(rapid.Int64Range(0, 1_000_000_000).Draw(t, "tariff")))
		o.Quantity = rapid.Int64Range(1, 50).Draw(t, "quantity")
		o.Service.VAT = rapid.IntRange(0, 2000).Draw(t, "vat")
		o.Discount = clinic.Discount{Percent: rapid.IntRange(0, 10000).Draw(t, "discount"), Reason: "x"}
		b, s := base, second
		b.Share, s.Share = rapid.IntRange(0, 10000).Draw(t, "base"), rapid.IntRange(0, 10000).Draw(t, "supplementary")
		line, err := clinic.PriceLine(o, clinic.Payers{Base: &b, Supplementary: &s}, today)
		if err != nil {
			t.Fatal(err)
		}
		l := line.Shares
		if l.BaseShare < 0 || l.SupplementaryShare < 0 || l.Discount < 0 || l.VAT < 0 || l.PatientShare < 0 {
			t.Fatalf("a part is negative: %+v", l)
		}
		if l.BaseShare+l.SupplementaryShare+l.Discount+l.PatientShare != l.Gross+l.VAT {
			t.Fatalf("the parts are not the whole: %+v", l)
		}
		a, err := clinic.Admission{Patient: 42, Status: clinic.Draft, Day: today, BaseInsurer: 5, SupplementaryInsurer: 6}.
			Total([]clinic.AdmissionLine{line, line})
		if err != nil {
			t.Fatal(err)
		}
		if a, err = a.Approve(7, 10000); err != nil {
			t.Fatal(err)
		}
		if _, _, err := clinic.Finalize(ours, a, a.Day); err != nil {
			t.Fatal(err)
		}
	})
}

func TestCancelAdmission(t *testing.T) {
	line, err := clinic.PriceLine(visit(4_500_000, 1_500_000), clinic.Payers{Base: &base}, today)
	if err != nil {
		t.Fatal(err)
	}
	a, err := clinic.Admission{Patient: 42, Status: clinic.Draft, Day: today, BaseInsurer: 5}.Total([]clinic.AdmissionLine{line})
	if err != nil {
		t.Fatal(err)
	}
	a, entries, err := clinic.Finalize(ours, a, a.Day)
	if err != nil || a.Status != clinic.Finalized {
		t.Fatalf("finalize: %v %v", a.Status, err)
	}
	if _, _, err := clinic.Finalize(ours, a, a.Day); fault.Code(err) != "admission.not_draft" {
		t.Errorf("finalized twice: %v", err)
	}
	if _, _, err := clinic.CancelAdmission(a, entries, today, ""); fault.Code(err) != "admission.reason" {
		t.Errorf("cancelled without a reason: %v", err)
	}
	c, reversals, err := clinic.CancelAdmission(a, entries, today, "patient withdrew")
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range reversals[0].Postings {
		if p.Amount != -entries[0].Postings[i].Amount {
			t.Errorf("reversal line %d = %v", i, p)
		}
	}
	if _, _, err := clinic.CancelAdmission(c, nil, today, "again"); fault.Code(err) != "admission.cancelled" {
		t.Errorf("cancelled twice: %v", err)
	}
}

func TestPriceOnTheDay(t *testing.T) {
	tariffs := []clinic.Tariff{{Insurer: 0, ValidFrom: "2025-03-21", Price: 10}, {Insurer: 0, ValidFrom: "2026-03-21", Price: 20}, {Insurer: 5, ValidFrom: "2020-01-01", Price: 99}}
	for day, want := range map[jalali.Day]money.Amount{"2025-03-20": 0, "2025-03-21": 10, "2026-03-20": 10, "2026-03-21": 20, today: 20} {
		if got, _ := clinic.PriceOn(tariffs, clinic.FreeTariff, day); got != want {
			t.Errorf("price on %s = %v, want %v", day, got, want)
		}
	}
}
