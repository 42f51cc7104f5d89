package clinic

import "daftar/internal/money"

// CashClass says what money that moved means in a report of cash.
type CashClass uint8

// Money that came or went, a correction of what was written wrongly or did not
// hold, and money that only lies elsewhere than before.
const (
	CashFlow CashClass = iota
	CashCorrection
	CashShift
)

// cashClasses are the kinds of entry that are no flow of money.
var cashClasses = map[string]CashClass{
	EntryVoid: CashCorrection, EntryReceiptTransfer: CashCorrection, EntryChequeBounce: CashCorrection, EntryChequeReturn: CashCorrection,
	EntryMethodChange: CashShift, EntryChequeSwap: CashShift, EntryChequeClear: CashShift, EntryShiftFloat: CashShift,
	EntryShiftDifference: CashShift, EntryHandover: CashShift, EntryHandoverConfirm: CashShift,
}

// CashClassOf is what an entry of the kind means for money. What reverses one
// of the kind of, "" for nothing, is a correction, unless the money only lay
// elsewhere by it: then it lies there again.
func CashClassOf(kind, of string) CashClass {
	switch {
	case of == "":
		return cashClasses[kind]
	case cashClasses[of] == CashShift:
		return CashShift
	}
	return CashCorrection
}

// CashFigures is a line of a report of cash: what came in, what went out,
// corrections and money that only lies elsewhere. Net is what the accounts of
// money changed by.
type CashFigures struct {
	In, Out, Corrected, Shifted money.Amount
	Count                       int // lines of money
}

// Net is what it comes to.
func (f CashFigures) Net() money.Amount { return f.In - f.Out + f.Corrected + f.Shifted }

// Add adds money of a class that came and money that went, which is below
// nothing.
func (f CashFigures) Add(class CashClass, came, went money.Amount, count int) CashFigures {
	switch class {
	case CashFlow:
		f.In += came
		f.Out -= went
	case CashCorrection:
		f.Corrected += came + went
	case CashShift:
		f.Shifted += came + went
	}
	f.Count += count
	return f
}

// Plus is the sum of two lines.
func (f CashFigures) Plus(g CashFigures) CashFigures {
	return CashFigures{f.In + g.In, f.Out + g.Out, f.Corrected + g.Corrected, f.Shifted + g.Shifted, f.Count + g.Count}
}

// SplitBy splits an amount in proportion to weights so that the parts sum to
// it: each part is the difference of the rounded sums before and after it.
// Without weights everything is in the first part.
func SplitBy(amount money.Amount, weights []money.Amount) []money.Amount {
	parts := make([]money.Amount, len(weights))
	var total money.Amount
	for _, w := range weights {
		total += max(0, w)
	}
	if len(weights) == 0 {
		return parts
	}
	if total == 0 {
		parts[0] = amount
		return parts
	}
	var weight, given money.Amount
	for i, w := range weights {
		weight += max(0, w)
		upTo := share(amount, weight, total)
		parts[i] = upTo - given
		given = upTo
	}
	return parts
}
