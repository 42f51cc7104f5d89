package ledger_test

import (
	"testing"

	"pgregory.net/rapid"

	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/ledger"
	"daftar/internal/money"
)

const day = jalali.Day("2026-11-23")

var (
	cash   = ledger.Account{Kind: "cash", Owner: 1, Unit: ledger.IRR}
	owes   = ledger.Account{Kind: "receivable", Owner: 42, Unit: ledger.IRR}
	points = ledger.Account{Kind: "club", Owner: 42, Unit: ledger.PTS}
	issued = ledger.Account{Kind: "club_issued", Unit: ledger.PTS}
)

func TestNewEntry(t *testing.T) {
	tests := map[string]struct {
		day      jalali.Day
		postings []ledger.Posting
		code     string
		lines    int
	}{
		"two sides":               {day, []ledger.Posting{ledger.Debit(cash, 5), ledger.Credit(owes, 5)}, "", 2},
		"two units, each zero":    {day, []ledger.Posting{ledger.Debit(cash, 5), ledger.Credit(owes, 5), ledger.Debit(issued, 2), ledger.Credit(points, 2)}, "", 4},
		"nothing is dropped":      {day, []ledger.Posting{ledger.Debit(cash, 5), ledger.Credit(owes, 5), ledger.Debit(issued, 0)}, "", 2},
		"one account is one line": {day, []ledger.Posting{ledger.Debit(cash, 5), ledger.Credit(owes, 8), ledger.Debit(cash, 3)}, "", 2},
		"one side":                {day, []ledger.Posting{ledger.Debit(cash, 5)}, "ledger.unbalanced", 0},
		"points pay no rials":     {day, []ledger.Posting{ledger.Debit(cash, 5), ledger.Credit(points, 5)}, "ledger.unbalanced", 0},
		"moves nothing":           {day, []ledger.Posting{ledger.Debit(cash, 5), ledger.Credit(cash, 5)}, "ledger.empty", 0},
		"no day":                  {"", []ledger.Posting{ledger.Debit(cash, 5), ledger.Credit(owes, 5)}, "ledger.day", 0},
		"unknown unit":            {day, []ledger.Posting{{Account: ledger.Account{Kind: "cash", Unit: "EUR"}, Amount: 1}}, "ledger.unit", 0},
		"sum does not fit":        {day, []ledger.Posting{ledger.Debit(cash, 1<<62), ledger.Debit(cash, 1<<62)}, "money.overflow", 0},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			e, err := ledger.NewEntry(tt.day, "test", tt.postings...)
			if code := fault.Code(err); code != tt.code {
				t.Fatalf("error code = %q, want %q (%v)", code, tt.code, err)
			}
			if len(e.Postings) != tt.lines {
				t.Errorf("postings = %v, want %d", e.Postings, tt.lines)
			}
		})
	}
}

func TestReverse(t *testing.T) {
	e, err := ledger.NewEntry(day, "receipt", ledger.Debit(cash, 5), ledger.Credit(owes, 5))
	if err != nil {
		t.Fatal(err)
	}
	e.ID = 7
	r, err := e.Reverse(day, "void")
	if err != nil {
		t.Fatal(err)
	}
	if r.Reverses != 7 || r.Postings[0].Amount != -5 || r.Postings[1].Amount != 5 {
		t.Errorf("reversal = %+v", r)
	}
	if _, err := r.Reverse(day, "again"); fault.Code(err) != "ledger.reversal" {
		t.Errorf("reversing a reversal: %v", err)
	}
}

// However entries and reversals are interleaved, the books sum to zero in each
// unit, and reversing every entry leaves every account at zero.
func TestBookAlwaysBalances(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		book := map[ledger.Account]money.Amount{}
		post := func(e ledger.Entry) {
			for _, p := range e.Postings {
				book[p.Account] += p.Amount
			}
			var all []ledger.Balance
			for a, amount := range book {
				all = append(all, ledger.Balance{Account: a, Amount: amount})
			}
			if _, err := ledger.NewTrialBalance(all); err != nil {
				t.Fatal(err)
			}
		}
		entries := rapid.SliceOfN(rapid.Custom(drawEntry), 0, 20).Draw(t, "entries")
		for _, e := range entries {
			post(e)
		}
		for _, e := range entries {
			r, err := e.Reverse(day, "undo")
			if err != nil {
				t.Fatal(err)
			}
			post(r)
		}
		for account, left := range book {
			if left != 0 {
				t.Errorf("%v keeps %v after every entry was reversed", account, left)
			}
		}
	})
}

// drawEntry makes a random balanced entry: some postings, and one more that
// closes the gap in each unit.
func drawEntry(t *rapid.T) ledger.Entry {
	var postings []ledger.Posting
	sums := map[ledger.Unit]money.Amount{}
	for range rapid.IntRange(1, 4).Draw(t, "postings") {
		unit := rapid.SampledFrom([]ledger.Unit{ledger.IRR, ledger.PTS}).Draw(t, "unit")
		amount := money.Amount(rapid.Int64Range(1, 1_000_000).Draw(t, "amount"))
		owner := rapid.Int64Range(1, 3).Draw(t, "owner")
		postings = append(postings, ledger.Debit(ledger.Account{Kind: "some", Owner: owner, Unit: unit}, amount))
		sums[unit] += amount
	}
	for unit, sum := range sums {
		postings = append(postings, ledger.Credit(ledger.Account{Kind: "gap", Unit: unit}, sum))
	}
	e, err := ledger.NewEntry(day, "test", postings...)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestTrialBalanceFindsDamage(t *testing.T) {
	_, err := ledger.NewTrialBalance([]ledger.Balance{{cash, 5}, {owes, -4}})
	if fault.Code(err) != "ledger.trial" || fault.Of(err) != fault.Internal {
		t.Errorf("a book that is off by one: %v", err)
	}
}

func TestTakeFromLots(t *testing.T) {
	lots := []ledger.Lot{{1, 300, "2027-11-01"}, {2, 150, "2027-02-21"}, {3, 50, ""}, {4, 999, "2026-11-22"}}
	got, err := ledger.Take(lots, 170, day)
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 || got[0] != (ledger.Taking{Lot: 2, Amount: 150}) || got[1] != (ledger.Taking{Lot: 1, Amount: 20}) {
		t.Errorf("taken %v, want the first to expire first", got)
	}
	if _, err := ledger.Take(lots, 501, day); fault.Code(err) != "ledger.lot_short" {
		t.Errorf("more than there is: %v", err)
	}
	if _, err := ledger.Take(lots, 0, day); fault.Code(err) != "ledger.lot_amount" {
		t.Errorf("nothing: %v", err)
	}
	if lots[0].Left != 300 {
		t.Error("the lots handed in were changed")
	}
}
