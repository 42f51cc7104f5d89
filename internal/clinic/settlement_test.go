package clinic_test

import (
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/money"
)

// What a settlement does to claims of 1,050,000 (admission 1), 400,000 (2) and
// a credit of 90,000 (3).
func TestSettleClaims(t *testing.T) {
	claims := []clinic.Claim{
		{Admission: 1, Patient: 11, Share: 1_050_000},
		{Admission: 2, Patient: 12, Share: 500_000, Moved: 60_000, WrittenOff: 10_000, Paid: 30_000},
		{Admission: 3, Patient: 13, Paid: 90_000},
	}
	type cut = clinic.Deduction
	type line = clinic.SettlementLine
	for name, c := range map[string]struct {
		received money.Amount
		cuts     []cut
		choices  []clinic.Choice
		want     []line
		code     string
		limit    string
	}{
		"money pays the oldest first": {received: 1_200_000,
			want: []line{{1, 1, 11, "paid", 1_050_000, 0}, {2, 2, 12, "paid", 150_000, 0}}},
		"what was refused is the patient's and the rest is paid": {received: 700_000, cuts: []cut{{1, 350_000, "patient"}},
			want: []line{{1, 1, 11, "patient", 350_000, 0}, {2, 1, 11, "paid", 700_000, 0}}},
		"a deduction alone": {cuts: []cut{{2, 400_000, "write_off"}}, want: []line{{1, 2, 12, "write_off", 400_000, 0}}},
		"one claim is cut both ways": {cuts: []cut{{2, 100_000, "write_off"}, {2, 300_000, "patient"}},
			want: []line{{1, 2, 12, "write_off", 100_000, 0}, {2, 2, 12, "patient", 300_000, 0}}},
		"the chosen admission first, the rest pays the oldest": {received: 500_000, choices: []clinic.Choice{{2, 400_000}},
			want: []line{{1, 2, 12, "paid", 400_000, 0}, {2, 1, 11, "paid", 100_000, 0}}},
		"the chosen one again by the rest is one line": {received: 500_000, choices: []clinic.Choice{{1, 400_000}},
			want: []line{{1, 1, 11, "paid", 500_000, 0}}},
		"nothing at all":                     {code: "settlement.empty"},
		"less than nothing":                  {received: -1, code: "settlement.amount"},
		"a deduction of nothing":             {received: 1, cuts: []cut{{1, 0, "patient"}}, code: "settlement.amount"},
		"a deduction to nobody":              {received: 1, cuts: []cut{{1, 1, "paid"}}, code: "settlement.to"},
		"more than is owed":                  {received: 1_450_001, code: "settlement.more_than_owed", limit: "1450000"},
		"more than is left after deductions": {received: 1_450_000, cuts: []cut{{1, 50_000, "patient"}}, code: "settlement.more_than_owed", limit: "1400000"},
		"more is chosen than was received":   {received: 100, choices: []clinic.Choice{{1, 101}}, code: "settlement.chosen", limit: "100"},
		"more is deducted than is owed":      {cuts: []cut{{2, 400_001, "patient"}}, code: "settlement.more_than_left", limit: "400000"},
		"an admission that owes nothing":     {cuts: []cut{{4, 1, "patient"}}, code: "settlement.not_owed"},
		"an admission with a credit":         {received: 1, choices: []clinic.Choice{{3, 1}}, code: "settlement.not_owed"},
		"beyond what an amount may be":       {received: money.Max + 1, code: "money.large"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := clinic.SettleClaims(claims, c.received, c.cuts, c.choices)
			if fault.Code(err) != c.code {
				t.Fatalf("%v; want %q", err, c.code)
			}
			if e, ok := fault.As(err); ok && e.Args["limit"] != c.limit {
				t.Errorf("the limit is %q, want %q", e.Args["limit"], c.limit)
			}
			if len(got) != len(c.want) {
				t.Fatalf("%v; want %v", got, c.want)
			}
			for i := range got {
				if got[i] != c.want[i] {
					t.Errorf("line %d is %v; want %v", i+1, got[i], c.want[i])
				}
			}
		})
	}
}

// A debt is as old as the day it is owed since; what was paid too much has no
// age.
func TestClaimAges(t *testing.T) {
	var a clinic.ClaimAges
	for day, left := range map[string]money.Amount{"2026-11-23": 1, "2026-10-24": 10, "2026-10-23": 100, "2026-09-24": 1000, "2026-09-23": 10_000,
		"2026-08-25": 100_000, "2026-08-24": 1_000_000, "2020-01-01": -5} {
		d, err := jalali.ParseDay(day)
		if err != nil {
			t.Fatal(err)
		}
		a.Add(clinic.DefaultMoneyRules(), left, d, "2026-11-23")
	}
	if want := (clinic.ClaimAges{Spans: clinic.Aged{11, 1100, 110_000, 1_000_000}, Credit: -5}); a != want {
		t.Errorf("%v; want %v", a, want)
	}
	if a.Total() != 1_111_106 {
		t.Errorf("the total is %v", a.Total())
	}
}
