// Package ledger is the double-entry core: accounts, units, balanced entries,
// reversal, lots and the trial balance. It knows no patients and no storage.
//
// Debits are positive, credits negative. The postings of an entry sum to zero
// in every unit; money and points are two units and never meet in one entry's
// sum.
package ledger

import (
	"slices"

	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/money"
)

// EntryID names a stored entry.
type EntryID int64

// Unit is what an account counts: a currency or points.
type Unit string

// The units that exist. Amounts are whole minor units of them.
const (
	IRR Unit = "IRR" // rials, no decimals
	USD Unit = "USD" // cents
	PTS Unit = "PTS" // club points
)

// Scale is how many decimal digits one unit is shown with.
func (u Unit) Scale() int {
	if u == USD {
		return 2
	}
	return 0
}

// Valid reports whether u is a unit the books know.
func (u Unit) Valid() bool { return u == IRR || u == USD || u == PTS }

// Account is a place that holds an amount: a kind ("receivable"), whose it is
// (the id of a patient, a desk, a section; 0 when there is only one) and what
// it counts. It is comparable and is its own name; the store numbers it.
type Account struct {
	Kind  string
	Owner int64
	Unit  Unit
}

// Posting moves Amount into Account when positive (a debit) and out of it when
// negative (a credit).
type Posting struct {
	Account Account
	Amount  money.Amount
}

// Debit returns a posting into account; Credit one out of it.
func Debit(account Account, amount money.Amount) Posting { return Posting{account, amount} }

// Credit returns a posting of amount out of account.
func Credit(account Account, amount money.Amount) Posting { return Posting{account, amount.Neg()} }

// Entry is one indivisible business event. Build it with NewEntry, the only
// place that enforces the zero sum; the store writes what it is given.
type Entry struct {
	ID       EntryID    // zero until stored
	Day      jalali.Day // the day it counts for
	Kind     string     // "receipt"; stable, used by reports
	Postings []Posting  // one per account, two or more
	Reverses EntryID    // the entry undone by this one; zero for most
}

// NewEntry returns a balanced entry. Postings of nothing are dropped and
// postings to one account are added up, so that an account has at most one
// line. Invalid ledger.unbalanced when debits and credits differ in a unit,
// ledger.empty when nothing moves, ledger.day without a day, ledger.unit for a
// unit that does not exist, money.overflow when a sum does not fit.
func NewEntry(day jalali.Day, kind string, postings ...Posting) (Entry, error) {
	if !day.Valid() {
		return Entry{}, fault.New(fault.Invalid, "ledger.day", "an entry counts for a day")
	}
	merged, err := merge(postings)
	if err != nil {
		return Entry{}, err
	}
	if len(merged) == 0 {
		return Entry{}, fault.New(fault.Invalid, "ledger.empty", "an entry may not move nothing")
	}
	if err := balanced(merged); err != nil {
		return Entry{}, err
	}
	return Entry{Day: day, Kind: kind, Postings: merged}, nil
}

// merge adds up the postings of each account in order of first appearance and
// drops accounts that do not move.
func merge(postings []Posting) ([]Posting, error) {
	var merged []Posting
	for _, p := range postings {
		if !p.Account.Unit.Valid() {
			return nil, fault.New(fault.Invalid, "ledger.unit", "there is no unit %q", p.Account.Unit)
		}
		at := slices.IndexFunc(merged, func(m Posting) bool { return m.Account == p.Account })
		if at < 0 {
			merged = append(merged, p)
			continue
		}
		sum, err := money.Add(merged[at].Amount, p.Amount)
		if err != nil {
			return nil, err
		}
		merged[at].Amount = sum
	}
	return slices.DeleteFunc(merged, func(p Posting) bool { return p.Amount == 0 }), nil
}

// balanced checks the zero sum of each unit.
func balanced(postings []Posting) error {
	sums := map[Unit]money.Amount{}
	for _, p := range postings {
		sum, err := money.Add(sums[p.Account.Unit], p.Amount)
		if err != nil {
			return err
		}
		sums[p.Account.Unit] = sum
	}
	for unit, sum := range sums {
		if sum != 0 {
			return fault.New(fault.Invalid, "ledger.unbalanced", "debits and credits differ by %v %s", sum, unit)
		}
	}
	return nil
}

// Reverse returns the entry that undoes e on the given day. Refused
// ledger.reversal when e is a reversal itself: what was undone is done again
// by a new document. That an entry is reversed at most once is the store's
// unique key.
func (e Entry) Reverse(day jalali.Day, kind string) (Entry, error) {
	if e.Reverses != 0 {
		return Entry{}, fault.New(fault.Refused, "ledger.reversal", "a reversal is not reversed")
	}
	mirror := slices.Clone(e.Postings)
	for i := range mirror {
		mirror[i].Amount = mirror[i].Amount.Neg()
	}
	r, err := NewEntry(day, kind, mirror...)
	r.Reverses = e.ID
	return r, err
}
