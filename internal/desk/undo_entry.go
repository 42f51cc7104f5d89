package desk

import (
	"context"
	"slices"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/money"
	"daftar/internal/store"
)

// undoEntries reverses what the unit posted with its lines of money, cancels
// its admissions and voids its receipts and refunds. What remissions and
// allocations posted was taken back with them.
func (w work) undoEntries(ctx context.Context, u unit) error {
	if err := w.undoneCash(ctx, u); err != nil {
		return err
	}
	for _, e := range slices.Backward(u.entries) {
		if u.apart(e) {
			continue
		}
		if e.Kind == clinic.EntryAdmission || e.Kind == clinic.EntryAdmissionAgain {
			if err := w.undoAdmission(ctx, u, e); err != nil {
				return err
			}
			continue
		}
		if err := w.undoEntry(ctx, e); err != nil {
			return err
		}
		if err := w.undoDocument(ctx, u, e); err != nil {
			return err
		}
	}
	return nil
}

// apart reports whether an entry is taken back by something else: those of
// remissions, and money that moved between files because it pays.
func (u unit) apart(e store.UnitEntry) bool {
	switch e.Kind {
	case clinic.EntryLateDiscount, clinic.EntryWriteOff, clinic.EntryRecovery:
		return true
	case clinic.EntryFileTransfer:
		return slices.ContainsFunc(u.allocations, func(a clinic.Allocation) bool { return int64(a.Admission) == e.Document })
	}
	return false
}

// undoneCash refuses to take back money of a shift that is not the actor's open
// one any more: Forbidden shift.closed; and more cash than the drawer holds. A
// step of a cheque moves no money of a shift: the cheque only left the drawer of
// whoever took it.
func (w work) undoneCash(ctx context.Context, u unit) error {
	own, err := w.OpenShiftOf(ctx, w.actor.Staff)
	if err != nil && fault.Of(err) != fault.NotFound {
		return err
	}
	var lines []clinic.MoneyLine
	for _, e := range u.entries {
		of, err := w.LinesOfEntry(ctx, e.ID)
		if err != nil {
			return err
		}
		for _, l := range of {
			if clinic.IsChequeStep(e.Kind) {
				continue
			}
			if l.Shift != 0 && l.Shift != own.ID {
				return fault.New(fault.Forbidden, "shift.closed", "the shift is closed").With("permission", string(clinic.CorrectMoney))
			}
			if l.Shift != 0 {
				l.Amount = -l.Amount
				lines = append(lines, l.MoneyLine)
			}
		}
	}
	var there money.Amount
	_, out := cashOut(lines)
	if out > 0 {
		if there, err = w.CashOfShift(ctx, own.ID); err != nil {
			return err
		}
	}
	return clinic.CheckDrawer(out, max(0, there))
}

// undoEntry reverses an entry; its lines are mirrored where they counted.
func (w work) undoEntry(ctx context.Context, e store.UnitEntry) error {
	return w.undoEntryAs(ctx, e, clinic.EntryVoid)
}

// undoEntryAs is undoEntry by a reversal of the kind.
func (w work) undoEntryAs(ctx context.Context, e store.UnitEntry, kind string) error {
	lines, err := w.LinesOfEntry(ctx, e.ID)
	if err != nil {
		return err
	}
	reversal, err := e.Reverse(w.today(), kind)
	if err != nil {
		return err
	}
	id, err := w.posted(ctx, reversal, w.now, e.Patient, e.Document)
	if err != nil {
		return err
	}
	for _, l := range lines {
		if clinic.IsChequeStep(e.Kind) {
			if l.Shift, err = w.ifOpen(ctx, l.Shift); err != nil {
				return err
			}
		}
		last, err := w.LastMoneyLine(ctx, l.Document)
		if err != nil {
			return err
		}
		mirror := clinic.Mirror([]clinic.MoneyLine{l.MoneyLine}, last)
		to := store.Moved{Document: l.Document, Entry: id, Shift: l.Shift, Day: w.today(), Staff: w.actor.Staff}
		if err := w.AddMoneyLines(ctx, mirror, to); err != nil {
			return err
		}
	}
	return nil
}

// undoAdmission takes an admission out of the books that the unit put there: one
// that the unit wrote is cancelled, one that was a draft before is a draft
// again. Refused undo.used when it was cancelled since, or the draft's changed.
func (w work) undoAdmission(ctx context.Context, u unit, e store.UnitEntry) error {
	a, err := w.Admission(ctx, clinic.AdmissionID(e.Document))
	if err != nil {
		return err
	}
	if a.Status != clinic.Finalized {
		return used("the admission was taken out of the books since")
	}
	written, err := w.AdmissionOfUnit(ctx, u.id)
	if err != nil && fault.Of(err) != fault.NotFound {
		return err
	}
	if written.ID != a.ID {
		return w.draftAgain(ctx, u, a)
	}
	_, err = w.cancel(ctx, a, u.reason, "", w.now)
	return err
}

// draftAgain makes a draft again of what the unit put into the books. What was
// let off of it since is taken back, what paid it is free. Refused undo.used
// when it was changed, or an insurer settled a part of it.
func (w work) draftAgain(ctx context.Context, u unit, a clinic.Admission) error {
	live, err := w.LiveEntries(ctx, int64(a.ID), clinic.AdmissionEntries...)
	if err != nil {
		return err
	}
	for _, l := range live {
		if !slices.ContainsFunc(u.entries, func(e store.UnitEntry) bool { return e.ID == l.ID }) {
			return used("the admission was changed since")
		}
	}
	if err := w.insurersAreOpen(ctx, a); fault.Code(err) == "revision.insurer_settled" {
		return used("an insurer settled a part of it since")
	} else if err != nil {
		return err
	}
	draft, reversals, err := clinic.Reopen(a, live, w.today(), u.reason)
	if err != nil {
		return err
	}
	_, err = w.restate(ctx, draft, reversals, change{clinic.ChangeReopen, u.reason, w.now})
	return err
}

// undoDocument says of a receipt or a refund that it does not hold; the cheques
// of a receipt go back, and a cheque is what it was before a step. Refused
// undo.used for a receipt that was corrected since.
func (w work) undoDocument(ctx context.Context, u unit, e store.UnitEntry) error {
	switch e.Kind {
	case clinic.EntryReceipt:
		changed, err := w.LiveEntries(ctx, e.Document, clinic.EntryMethodChange)
		if err != nil {
			return err
		}
		if len(changed) > 0 {
			return used("the receipt was corrected since")
		}
		return w.returnCheques(ctx, clinic.ReceiptID(e.Document), u.reason)
	case clinic.EntryChequeClear, clinic.EntryChequeBounce, clinic.EntryChequeReturn:
		return w.undoChequeStep(ctx, u, clinic.ChequeID(e.Document))
	case clinic.EntryRefund, clinic.EntryDepositRefund:
		return w.voided(ctx, e.Document, clinic.SpendingID(w.id()), u.reason)
	}
	return nil
}
