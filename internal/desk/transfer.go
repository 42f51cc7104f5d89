package desk

import (
	"context"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/store"
)

// moveShare moves a part of an admission between payers and sees to it that
// the patient's money pays no more than the patient owes.
func (w work) moveShare(ctx context.Context, t clinic.ShareTransfer, at time.Time) error {
	_, err := w.movedShare(ctx, t, at)
	return err
}

// movedShare moves a share and returns the transfer's id.
func (w work) movedShare(ctx context.Context, t clinic.ShareTransfer, at time.Time) (document int64, err error) {
	entry, err := clinic.MoveShare(w.clinic, t, w.clinic.Day(at))
	if err != nil {
		return 0, err
	}
	t.ID = clinic.ShareTransferID(w.id())
	if err := w.AddShareTransfer(ctx, t, store.Stamp{At: at, Recorded: w.now, Staff: w.actor.Staff}); err != nil {
		return 0, err
	}
	if err := w.post(ctx, entry, at, t.Patient, int64(t.Admission)); err != nil {
		return 0, err
	}
	if t.From == clinic.PatientPays {
		due, err := w.DueOf(ctx, t.Admission)
		if err != nil {
			return 0, err
		}
		paid, err := w.Allocations(ctx, t.Admission)
		if err != nil {
			return 0, err
		}
		if err := w.allocate(ctx, clinic.ReleaseOver(t.Admission, paid, due.Share, clinic.ShareMoved), at); err != nil {
			return 0, err
		}
	}
	return int64(t.ID), w.settle(ctx, t.Patient, 0, at)
}

// receiveFromInsurer books what an insurer paid for an admission.
func (w work) receiveFromInsurer(ctx context.Context, p clinic.InsurerPayment, at time.Time) error {
	_, err := w.paidByInsurer(ctx, p, at)
	return err
}

// paidByInsurer books a payment and returns its id.
func (w work) paidByInsurer(ctx context.Context, p clinic.InsurerPayment, at time.Time) (document int64, err error) {
	entry, err := clinic.ReceiveFromInsurer(w.clinic, p, w.clinic.Day(at))
	if err != nil {
		return 0, err
	}
	p.ID = clinic.InsurerPaymentID(w.id())
	if err := w.AddInsurerPayment(ctx, p, store.Stamp{At: at, Recorded: w.now, Staff: w.actor.Staff}); err != nil {
		return 0, err
	}
	lines := []clinic.MoneyLine{{Line: 1, Method: clinic.BankTransfer, Amount: p.Amount, Place: p.Bank}}
	return int64(p.ID), w.move(ctx, entry, moved{at: at, patient: p.Patient, document: int64(p.ID), lines: lines})
}
