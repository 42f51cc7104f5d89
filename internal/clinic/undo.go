package clinic

import (
	"slices"
	"strconv"
	"time"

	"daftar/internal/fault"
)

// Undone is the reason of money that no longer pays because the command that
// let it pay was undone.
const Undone AllocationReason = "undone"

// undoable are the kinds of entry that can be undone with their unit, what
// gives a unit its name first.
var undoable = []string{EntryReceipt, EntryRefund, EntryDepositRefund, EntryReceiptTransfer, EntryMethodChange,
	EntryDepositApply, EntryDepositUnapply, EntryDepositAccount, EntryDepositForfeit, EntryCreditToDeposit, EntryDeposit,
	EntryLateDiscount, EntryWriteOff, EntryChequeClear, EntryChequeBounce, EntryChequeReturn, EntryAdmission, EntryAdmissionAgain}

// IsChequeStep reports whether an entry of the kind is a step of a cheque that
// can be undone. A swap is none: the money that came for the cheque lies in a
// shift.
func IsChequeStep(kind string) bool {
	return kind == EntryChequeClear || kind == EntryChequeBounce || kind == EntryChequeReturn
}

// beside are kinds that stand in a unit beside one that can be undone.
var beside = []string{EntryFileTransfer, EntryRecovery, EntryShiftFloat}

// UndoneAs names what a unit did by the kinds of its entries. Refused undo.void
// for one that takes something back itself, undo.not_possible for one that is
// voided or corrected where it was done.
func UndoneAs(kinds []string, reversals bool) (string, error) {
	if reversals || slices.Contains(kinds, EntryVoid) {
		return "", fault.New(fault.Refused, "undo.void", "what was taken back is done again, not undone")
	}
	other := func(k string) bool { return !slices.Contains(undoable, k) && !slices.Contains(beside, k) }
	if slices.ContainsFunc(kinds, other) {
		return "", notUndone()
	}
	for _, k := range undoable {
		if slices.Contains(kinds, k) {
			return k, nil
		}
	}
	return "", notUndone()
}

func notUndone() error {
	return fault.New(fault.Refused, "undo.not_possible", "it is not undone here; void or correct it where it was done")
}

// MayUndo refuses somebody else's unit and one that is too old: Forbidden
// undo.other; Refused undo.late with how long it may be undone.
func (r MoneyRules) MayUndo(a Actor, by StaffID, done, now time.Time) error {
	switch {
	case by != a.Staff:
		return fault.New(fault.Forbidden, "undo.other", "somebody else did it").With("permission", string(CorrectMoney))
	case now.Sub(done) > time.Duration(r.UndoMinutes)*time.Minute:
		return fault.New(fault.Refused, "undo.late", "only what was done in the last %d minutes is undone", r.UndoMinutes).
			With("minutes", strconv.Itoa(r.UndoMinutes))
	}
	return nil
}

// Net adds up allocations of the same fund to the same admission or spending,
// in the order of their first; what sums to nothing is left out.
func Net(all []Allocation) []Allocation {
	var sums []Allocation
	for _, a := range all {
		at := slices.IndexFunc(sums, func(s Allocation) bool {
			return s.Fund == a.Fund && s.Admission == a.Admission && s.Spending == a.Spending
		})
		if at < 0 {
			sums = append(sums, a)
			continue
		}
		sums[at].Amount += a.Amount
	}
	return slices.DeleteFunc(sums, func(s Allocation) bool { return s.Amount == 0 })
}
