package clinic

import (
	"slices"

	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/ledger"
	"daftar/internal/money"
)

// TransferID names a receipt that was moved to the right patient. It is the
// spending of the one and the fund of the other.
type TransferID int64

// ReceiptTransfer is a receipt whose money was moved from the patient it had
// been taken from to the one who had paid it.
type ReceiptTransfer struct {
	ID       TransferID
	Receipt  ReceiptID
	From, To PatientID
	Amount   money.Amount
	Reason   string
}

// MayTakeBack refuses to void or correct what was taken in a shift by somebody:
// who took it may, while the shift is open; others and later only with
// CorrectMoney. Forbidden shift.closed, receipt.others, permission.
func (a Actor) MayTakeBack(by StaffID, in Shift) error {
	switch {
	case a.Can(CorrectMoney):
		return nil
	case in.Status != ShiftOpen:
		return fault.New(fault.Forbidden, "shift.closed", "the shift is closed").With("permission", string(CorrectMoney))
	case by != a.Staff:
		return fault.New(fault.Forbidden, "receipt.others", "somebody else took it").With("permission", string(CorrectMoney))
	}
	return a.May(VoidMoney)
}

// Correction is a way in which a receipt is put right.
type Correction string

// The corrections of a receipt.
const (
	VoidIt          Correction = "void"
	CorrectItsWay   Correction = "correct-method"
	MoveToWhoseItIs Correction = "transfer"
)

// TakenReceipt is what decides how a receipt may be put right: who took it, in
// which shift, whether it still holds and whether its money is another's now.
type TakenReceipt struct {
	By          StaffID
	In          Shift
	Void, Moved bool
}

// Corrections are those that the actor may carry out. A receipt that was moved
// is not voided; it is moved again from the account that it is on.
func (a Actor) Corrections(r TakenReceipt) []Correction {
	switch {
	case r.Void || a.MayTakeBack(r.By, r.In) != nil || !a.Can(VoidMoney):
		return nil
	case r.Moved:
		return []Correction{CorrectItsWay}
	}
	return []Correction{VoidIt, CorrectItsWay, MoveToWhoseItIs}
}

// LiveLines are the lines of a receipt that hold after its corrections: a line
// that was taken out again by its mirror is gone, with the mirror. Lines are in
// the order in which they were written.
func LiveLines(lines []MoneyLine) []MoneyLine {
	var live []MoneyLine
	for _, l := range lines {
		if l.Amount > 0 {
			live = append(live, l)
			continue
		}
		at := slices.IndexFunc(live, func(o MoneyLine) bool { return o.mirroredBy(l) })
		if at >= 0 {
			live = slices.Delete(live, at, at+1)
		}
	}
	return live
}

// mirroredBy reports whether m takes l out again.
func (l MoneyLine) mirroredBy(m MoneyLine) bool {
	return l.Method == m.Method && l.Place == m.Place && l.Amount == -m.Amount &&
		l.TrackingNumber == m.TrackingNumber && l.LastFour == m.LastFour
}

// Mirror are lines that take these out again, numbered after the last.
func Mirror(lines []MoneyLine, last int) []MoneyLine {
	mirror := slices.Clone(lines)
	for i := range mirror {
		mirror[i].Amount, mirror[i].Line = -mirror[i].Amount, last+1+i
	}
	return mirror
}

// CorrectMethod returns the entry by which money of a receipt lies where it
// really came in. Refused receipt.same_method when that is the same place,
// receipt.cheque_line for a line that is a cheque or becomes one.
func CorrectMethod(c Clinic, was, is MoneyLine, on jalali.Day) (ledger.Entry, error) {
	switch {
	case was.Method == ByCheque || is.Method == ByCheque:
		return ledger.Entry{}, fault.New(fault.Refused, "receipt.cheque_line", "a cheque is swapped, not corrected").At("method")
	case was.Account(c) == is.Account(c):
		return ledger.Entry{}, fault.New(fault.Refused, "receipt.same_method", "the money is there already").At("method")
	}
	return ledger.NewEntry(on, EntryMethodChange, ledger.Debit(is.Account(c), was.Amount), ledger.Credit(was.Account(c), was.Amount))
}

// CheckMethodLine cleans how the money of a receipt really came in. Invalid and
// the fields are those of CheckReceipt, without a number.
func CheckMethodLine(l MoneyLine, methods []Method) (MoneyLine, error) {
	clean, err := checkReceiptLine(l, 0, methods)
	return clean, atWhole(err)
}

// atWhole puts a fault of a form's only line at the field itself:
// "tracking-0" is "tracking".
func atWhole(err error) error {
	e, ok := fault.As(err)
	if !ok {
		return err
	}
	if n := len(e.Field); n > 2 && e.Field[n-2:] == "-0" {
		return e.At(e.Field[:n-2])
	}
	return err
}

// TransferReceipt returns the linked pair of entries by which the money of a
// receipt leaves the account of one patient and comes onto another's. Nothing
// moves in a drawer. Refused transfer.same_person.
func TransferReceipt(c Clinic, t ReceiptTransfer, on jalali.Day) (from, to ledger.Entry, err error) {
	if t.From == t.To {
		return from, to, fault.New(fault.Refused, "transfer.same_person", "the money is this patient's already").At("to")
	}
	between := c.single(AccountBetweenFiles)
	from, err = ledger.NewEntry(on, EntryReceiptTransfer, ledger.Debit(c.Receivable(t.From), t.Amount), ledger.Credit(between, t.Amount))
	if err != nil {
		return from, to, err
	}
	to, err = ledger.NewEntry(on, EntryReceiptTransfer, ledger.Debit(between, t.Amount), ledger.Credit(c.Receivable(t.To), t.Amount))
	return from, to, err
}

// BetweenDrawers returns the entry by which cash that leaves by another drawer
// than it came in by evens out the two.
func BetweenDrawers(c Clinic, from, to PlaceID, amount money.Amount, on jalali.Day) (ledger.Entry, error) {
	return ledger.NewEntry(on, EntryShiftFloat,
		ledger.Debit(MoneyLine{Method: Cash, Place: to}.Account(c), amount),
		ledger.Credit(MoneyLine{Method: Cash, Place: from}.Account(c), amount))
}

// FromSafe returns the entry by which the safe pays what a drawer has too
// little of.
func FromSafe(c Clinic, to PlaceID, amount money.Amount, on jalali.Day) (ledger.Entry, error) {
	return ledger.NewEntry(on, EntryShiftFloat,
		ledger.Debit(MoneyLine{Method: Cash, Place: to}.Account(c), amount), ledger.Credit(c.single(AccountSafe), amount))
}
