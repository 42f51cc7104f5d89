package clinic_test

import (
	"testing"

	"pgregory.net/rapid"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/money"
)

// priced is a draft of lines of 1,000,000 and 3,000,000 with these discounts.
func priced(t *testing.T, discounts ...clinic.Discount) clinic.Admission {
	t.Helper()
	a := clinic.Admission{Patient: 42, Status: clinic.Draft, Day: today}
	var lines []clinic.AdmissionLine
	for i, d := range discounts {
		o := visit([]money.Amount{1_000_000, 3_000_000}[i], 0)
		o.Discount = d
		line, err := clinic.PriceLine(o, clinic.Payers{}, today)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, line)
	}
	a, err := a.Total(lines)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestApprove(t *testing.T) {
	of := func(percent int) clinic.Discount { return clinic.Discount{Percent: percent, Reason: "loyal"} }
	tests := map[string]struct {
		given       []clinic.Discount
		limit       int
		code, field string
		limitText   string
		waits       bool // after Offer
	}{
		"nothing to answer for":        {given: []clinic.Discount{{}, {}}},
		"at the cap":                   {given: []clinic.Discount{of(1000)}, limit: 1000},
		"a basis point above the cap":  {given: []clinic.Discount{of(1001)}, limit: 1000, code: "discount.cap", field: "discount-0", limitText: "100000", waits: true},
		"the second line above it":     {given: []clinic.Discount{of(500), of(1500)}, limit: 1000, code: "discount.cap", field: "discount-1", limitText: "300000", waits: true},
		"an amount above it":           {given: []clinic.Discount{{Amount: 100_001, Reason: "x"}}, limit: 1000, code: "discount.cap", field: "discount-0", limitText: "100000", waits: true},
		"anything without a limit":     {given: []clinic.Discount{of(10000)}, limit: 10000},
		"a rial by who may give none":  {given: []clinic.Discount{{Amount: 1, Reason: "x"}}, code: "discount.cap", field: "discount-0", limitText: "0", waits: true},
		"each line has its own cap, 1": {given: []clinic.Discount{{Amount: 100_000, Reason: "x"}, {Amount: 300_000, Reason: "x"}}, limit: 1000},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			a := priced(t, tt.given...)
			approved, err := a.Approve(7, tt.limit)
			e, _ := fault.As(err)
			if fault.Code(err) != tt.code || e != nil && (e.Field != tt.field || e.Args["limit"] != tt.limitText) {
				t.Fatalf("approve: %v, want %s at %s with %s", err, tt.code, tt.field, tt.limitText)
			}
			if err == nil {
				if _, _, err := clinic.Finalize(ours, approved, approved.Day); err != nil {
					t.Errorf("finalize: %v", err)
				}
			}
			offered := a.Offer(7, tt.limit)
			if offered.AwaitsApproval() != tt.waits {
				t.Errorf("it awaits approval: %v, want %v", offered.AwaitsApproval(), tt.waits)
			}
			if _, _, err := clinic.Finalize(ours, offered, offered.Day); tt.waits && fault.Code(err) != "discount.unapproved" {
				t.Errorf("finalized though it waits: %v", err)
			}
		})
	}
}

// Who answered goes on to answer for what does not change.
func TestDiscountDraft(t *testing.T) {
	a, err := priced(t, clinic.Discount{Percent: 2000, Reason: "loyal"}, clinic.Discount{}).Approve(7, 3000)
	if err != nil {
		t.Fatal(err)
	}
	kept := a.Lines[0].Given()
	tests := map[string]struct {
		discounts []clinic.Discount
		code      string
		discount  money.Amount
		by        [2]clinic.StaffID
	}{
		"the same":           {discounts: []clinic.Discount{kept, {}}, discount: 200_000, by: [2]clinic.StaffID{7, 0}},
		"one more":           {discounts: []clinic.Discount{kept, {Amount: 5, Reason: "x"}}, discount: 200_005, by: [2]clinic.StaffID{7, 0}},
		"another":            {discounts: []clinic.Discount{{Percent: 1000, Reason: "loyal"}, {}}, discount: 100_000},
		"another reason":     {discounts: []clinic.Discount{{Percent: 2000, Reason: "staff"}, {}}, discount: 200_000},
		"none":               {discounts: []clinic.Discount{{}, {}}},
		"more than all":      {discounts: []clinic.Discount{{Amount: 1_000_001, Reason: "x"}, {}}, code: "discount.amount"},
		"without a reason":   {discounts: []clinic.Discount{kept, {Percent: 1}}, code: "discount.reason"},
		"beyond all numbers": {discounts: []clinic.Discount{{Percent: 1 << 62, Reason: "x"}, {}}, code: "discount.amount"},
		"far below nothing":  {discounts: []clinic.Discount{{Percent: -1 << 62, Reason: "x"}, {}}, code: "discount.amount"},
		"amount and percent": {discounts: []clinic.Discount{{Percent: 1, Amount: 1, Reason: "x"}, {}}, code: "discount.amount"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := clinic.DiscountDraft(a, tt.discounts)
			if fault.Code(err) != tt.code {
				t.Fatalf("%v, want %q", err, tt.code)
			}
			if err != nil {
				return
			}
			if got.Discount != tt.discount || got.PatientShare != 4_000_000-tt.discount {
				t.Errorf("discount %v, patient %v", got.Discount, got.PatientShare)
			}
			if by := [2]clinic.StaffID{got.Lines[0].DiscountBy, got.Lines[1].DiscountBy}; by != tt.by {
				t.Errorf("answers: %v, want %v", by, tt.by)
			}
		})
	}
	a.Status = clinic.Finalized
	if _, err := clinic.DiscountDraft(a, []clinic.Discount{kept, {}}); fault.Code(err) != "discount.not_draft" {
		t.Errorf("the discount of a final admission changed: %v", err)
	}
}

// However an amount is shared out, the parts are the whole and none is more
// than its line.
func TestSpreadIsTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var lines []clinic.AdmissionLine
		var whole money.Amount
		for range rapid.IntRange(1, 6).Draw(t, "lines") {
			l := clinic.AdmissionLine{}
			l.Gross = money.Amount(rapid.Int64Range(0, 1_000_000).Draw(t, "price"))
			whole += l.Gross
			lines = append(lines, l)
		}
		amount := money.Amount(rapid.Int64Range(0, int64(whole)).Draw(t, "amount"))
		var sum money.Amount
		for i, d := range (clinic.Discount{Amount: amount, Reason: "x"}).Spread(lines) {
			if d.Amount < 0 || d.Amount > lines[i].Gross {
				t.Fatalf("line %d of %v gets %v of %v", i, lines[i].Gross, d.Amount, amount)
			}
			sum += d.Amount
		}
		if sum != amount {
			t.Fatalf("the parts are %v, the whole %v", sum, amount)
		}
	})
}

func TestPercentText(t *testing.T) {
	for points, want := range map[int]string{0: "0", 1000: "10", 1250: "12.5", 1205: "12.05", 10000: "100", 7: "0.07"} {
		if got := clinic.PercentText(points); got != want {
			t.Errorf("%d is %q, want %q", points, got, want)
		}
	}
}
