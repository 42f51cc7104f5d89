package clinic_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"daftar/internal/clinic"
)

func TestWhoHasAnAppointmentTodayComesFirst(t *testing.T) {
	for arrival, want := range map[clinic.Arrival]clinic.ActionKind{clinic.ExpectedToday: clinic.ActionCheckIn, clinic.IsHere: clinic.ActionAdmit,
		clinic.NotToday: clinic.ActionOverdue} {
		next := clinic.NextActions(clinic.Circumstances{Arrived: arrival, Overdue: 5, OverdueCount: 1, Balance: 5})
		if next[0].Kind != want {
			t.Errorf("%v says %v", arrival, next)
		}
	}
}

func TestNextActions(t *testing.T) {
	receive := clinic.NextAction{Kind: clinic.ActionReceive, Amount: 4_800_000, Count: 2, Days: 40}
	finalize := clinic.NextAction{Kind: clinic.ActionFinalize, Count: 1, Days: 2}
	tests := map[string]struct {
		facts clinic.Circumstances
		want  []clinic.NextAction
	}{
		"nothing to do for who owes nothing": {clinic.Circumstances{}, nil},
		"money held is nothing to do":        {clinic.Circumstances{Balance: -2_000_000, Credit: 2_000_000}, nil},
		"a debt is received": {
			clinic.Circumstances{Balance: 4_800_000, Open: 2, OldestDays: 40}, []clinic.NextAction{receive}},
		"an overdue instalment comes first, and is not counted twice": {
			clinic.Circumstances{Balance: 7_800_000, Overdue: 1_000_000, OverdueCount: 2, OverdueDays: 9, Waiting: 2_000_000, Open: 2, OldestDays: 40},
			[]clinic.NextAction{{Kind: clinic.ActionOverdue, Amount: 1_000_000, Count: 2, Days: 9}, receive}},
		"an instalment is not asked for before its day": {
			clinic.Circumstances{Balance: 2_000_000, Waiting: 2_000_000, Open: 1, OldestDays: 40}, nil},
		"a draft waits": {
			clinic.Circumstances{Drafts: 1, OldestDraft: 2}, []clinic.NextAction{finalize}},
		"a debt comes before a draft": {
			clinic.Circumstances{Balance: 4_800_000, Open: 2, OldestDays: 40, Drafts: 1, OldestDraft: 2}, []clinic.NextAction{receive, finalize}},
		"credit beside an open admission": {
			clinic.Circumstances{Balance: -500_000, Credit: 1_500_000, Open: 1}, []clinic.NextAction{{Kind: clinic.ActionAllocate, Amount: 1_500_000, Count: 1}}},
		"a deposit beside a debt": {
			clinic.Circumstances{Balance: 4_800_000, Open: 2, OldestDays: 40, Deposits: 2_000_000, Drafts: 1},
			[]clinic.NextAction{receive, {Kind: clinic.ActionDeposit, Amount: 2_000_000, Count: 2}}},
		"a deposit of more than the debt": {
			clinic.Circumstances{Balance: 4_800_000, Open: 2, OldestDays: 40, Deposits: 9_000_000},
			[]clinic.NextAction{receive, {Kind: clinic.ActionDeposit, Amount: 4_800_000, Count: 2}}},
		"a deposit of who owes nothing": {clinic.Circumstances{Deposits: 9_000_000}, nil},
		"who cannot be reached": {
			clinic.Circumstances{NoMobile: true, NoIdentifier: true}, []clinic.NextAction{{Kind: clinic.ActionComplete, Fields: []string{"mobile", "identifier"}}}},
		"who cannot be billed to an insurer": {
			clinic.Circumstances{NoIdentifier: true}, []clinic.NextAction{{Kind: clinic.ActionComplete, Fields: []string{"identifier"}}}},
		"never more than two": {
			clinic.Circumstances{Balance: 4_800_000, Open: 2, OldestDays: 40, Drafts: 1, OldestDraft: 2, NoMobile: true}, []clinic.NextAction{receive, finalize}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, clinic.NextActions(tt.facts)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
