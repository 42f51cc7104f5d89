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
		if e.Kind == clinic.EntryAdmission {
			if err := w.undoAdmission(ctx, e, u.reason); err != nil {
				return err
			}
			continue
		}
		if err := w.undoEntry(ctx, e); err != nil {
			return err
		}
		if err := w.undoDocument(ctx, e, u.reason); err != nil {
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
// one any more: Forbidden shift.closed; and more cash than the drawer holds.
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

// undoAdmission cancels an admission that the unit put into the books. Refused
// undo.used when it was cancelled or let off since.
func (w work) undoAdmission(ctx context.Context, e store.UnitEntry, reason string) error {
	a, err := w.Admission(ctx, clinic.AdmissionID(e.Document))
	if err != nil {
		return err
	}
	if a.Status != clinic.Finalized {
		return used("the admission is %s", a.Status)
	}
	_, err = w.cancel(ctx, a, reason, "", w.now)
	return err
}

// undoDocument says of a receipt or a refund that it does not hold; the cheques
// of a receipt go back. Refused undo.used for a receipt that was corrected
// since.
func (w work) undoDocument(ctx context.Context, e store.UnitEntry, reason string) error {
	switch e.Kind {
	case clinic.EntryReceipt:
		changed, err := w.LiveEntries(ctx, e.Document, clinic.EntryMethodChange)
		if err != nil {
			return err
		}
		if len(changed) > 0 {
			return used("the receipt was corrected since")
		}
		return w.returnCheques(ctx, clinic.ReceiptID(e.Document), reason)
	case clinic.EntryRefund, clinic.EntryDepositRefund:
		return w.voided(ctx, e.Document, clinic.SpendingID(w.id()), reason)
	}
	return nil
}
