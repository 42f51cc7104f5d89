package clinic_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/money"
)

func TestAllocateOldestFirst(t *testing.T) {
	open := []clinic.OpenAdmission{{1, 12_000_000, 3}, {2, 4_500_000, 4}}
	got := clinic.Allocate([]clinic.Fund{{ID: 7, Left: 3_000_000, Patient: 3}, {ID: 8, Left: 13_000_000, Patient: 3}}, open, clinic.OldestFirst)
	want := []clinic.Allocation{
		{Fund: 7, Admission: 1, Amount: 3_000_000, Reason: clinic.OldestFirst, Patient: 3, Payer: 3}, {Fund: 8, Admission: 1, Amount: 9_000_000, Reason: clinic.OldestFirst, Patient: 3, Payer: 3}, {Fund: 8, Admission: 2, Amount: 4_000_000, Reason: clinic.OldestFirst, Patient: 4, Payer: 3},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if open[0].Left != 12_000_000 {
		t.Error("the admissions handed in were changed")
	}
}

// Allocation loses nothing: nothing gets more than is left of it, and money or
// debt is left over, never both.
func TestAllocateIsComplete(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var funds []clinic.Fund
		var open []clinic.OpenAdmission
		var money_, debt money.Amount
		for i, n := range rapid.SliceOfN(rapid.Int64Range(1, 1000), 0, 6).Draw(t, "funds") {
			funds = append(funds, clinic.Fund{ID: clinic.FundID(i), Left: money.Amount(n)})
			money_ += money.Amount(n)
		}
		for i, n := range rapid.SliceOfN(rapid.Int64Range(1, 1000), 0, 6).Draw(t, "open") {
			open = append(open, clinic.OpenAdmission{ID: clinic.AdmissionID(i), Left: money.Amount(n)})
			debt += money.Amount(n)
		}
		from, to := map[clinic.FundID]money.Amount{}, map[clinic.AdmissionID]money.Amount{}
		var sum money.Amount
		for _, a := range clinic.Allocate(funds, open, clinic.OldestFirst) {
			from[a.Fund] += a.Amount
			to[a.Admission] += a.Amount
			sum += a.Amount
		}
		if sum != min(money_, debt) {
			t.Fatalf("allocated %v of %v for %v", sum, money_, debt)
		}
		for _, c := range funds {
			if from[c.ID] > c.Left {
				t.Fatalf("fund %d paid %v of %v", c.ID, from[c.ID], c.Left)
			}
		}
		for _, o := range open {
			if to[o.ID] > o.Left {
				t.Fatalf("admission %d got %v of %v", o.ID, to[o.ID], o.Left)
			}
		}
	})
}

func TestChoose(t *testing.T) {
	open := []clinic.OpenAdmission{{1, 500, 3}, {2, 300, 3}}
	tests := map[string]struct {
		choices []clinic.Choice
		code    string
	}{
		"the younger one first":     {[]clinic.Choice{{2, 300}, {1, 100}}, ""},
		"nothing":                   {[]clinic.Choice{{1, 0}}, "allocation.amount"},
		"more than was received":    {[]clinic.Choice{{1, 401}}, "allocation.over"},
		"more than is left of it":   {[]clinic.Choice{{2, 301}}, "allocation.more_than_due"},
		"twice, more than is left":  {[]clinic.Choice{{2, 200}, {2, 101}}, "allocation.more_than_due"},
		"one that is not open":      {[]clinic.Choice{{9, 1}}, "allocation.not_open"},
		"all of it stays as credit": {[]clinic.Choice{}, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := clinic.Choose(clinic.Fund{ID: 7, Left: 400}, open, tt.choices)
			if code := fault.Code(err); code != tt.code {
				t.Errorf("error code = %q, want %q", code, tt.code)
			}
		})
	}
}

func TestRelease(t *testing.T) {
	paid := []clinic.Allocation{{Fund: 7, Admission: 1, Amount: 300, Reason: clinic.OldestFirst, Patient: 3, Payer: 4}, {Fund: 8, Admission: 1, Amount: 200, Reason: clinic.OldestFirst, Patient: 3, Payer: 3}, {Fund: 8, Admission: 1, Amount: -50, Reason: clinic.ShareMoved, Patient: 3, Payer: 3}}
	want := []clinic.Allocation{{Fund: 8, Admission: 1, Amount: -150, Reason: clinic.Released, Patient: 3, Payer: 3}, {Fund: 7, Admission: 1, Amount: -300, Reason: clinic.Released, Patient: 3, Payer: 4}}
	if diff := cmp.Diff(want, clinic.Release(1, paid)); diff != "" {
		t.Errorf("all of it: %s", diff)
	}
	over := clinic.ReleaseOver(1, paid, 350, clinic.ShareMoved)
	if diff := cmp.Diff([]clinic.Allocation{{Fund: 8, Admission: 1, Amount: -100, Reason: clinic.ShareMoved, Patient: 3, Payer: 3}}, over); diff != "" {
		t.Errorf("down to what is due, the youngest money first: %s", diff)
	}
	if got := clinic.ReleaseOver(1, paid, 450, clinic.ShareMoved); got != nil {
		t.Errorf("nothing is over: %v", got)
	}
}
