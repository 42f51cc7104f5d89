package ledger

import (
	"cmp"
	"slices"

	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/money"
)

// LotID names a lot.
type LotID int64

// Lot is an amount that came at once and expires at once: points earned on one
// day. Left never is negative and never more than was earned.
type Lot struct {
	ID      LotID
	Left    money.Amount
	Expires jalali.Day // the last day it can be used; "" never expires
}

// Taking is what was taken from one lot.
type Taking struct {
	Lot    LotID
	Amount money.Amount
}

// Take takes amount from the lots that are good on the given day, the first to
// expire first, lots without end last, equals by id. Invalid ledger.lot_amount
// for nothing or less; Refused ledger.lot_short when the lots hold less.
func Take(lots []Lot, amount money.Amount, day jalali.Day) ([]Taking, error) {
	if amount <= 0 {
		return nil, fault.New(fault.Invalid, "ledger.lot_amount", "the amount must be more than nothing")
	}
	usable := slices.DeleteFunc(slices.Clone(lots), func(l Lot) bool {
		return l.Left <= 0 || l.Expires != "" && l.Expires < day
	})
	slices.SortFunc(usable, func(a, b Lot) int {
		return cmp.Or(cmp.Compare(last(a.Expires), last(b.Expires)), cmp.Compare(a.ID, b.ID))
	})
	var taken []Taking
	for _, l := range usable {
		if amount == 0 {
			break
		}
		part := min(amount, l.Left)
		taken = append(taken, Taking{l.ID, part})
		amount -= part
	}
	if amount > 0 {
		return nil, fault.New(fault.Refused, "ledger.lot_short", "the lots hold %v too little", amount)
	}
	return taken, nil
}

// last makes "never" sort after every day.
func last(d jalali.Day) jalali.Day {
	if d == "" {
		return "9999-12-31"
	}
	return d
}
