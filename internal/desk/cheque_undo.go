package desk

import (
	"context"
	"time"

	"daftar/internal/clinic"
)

// returnCheques gives the cheques of a receipt back because it is voided; the
// books are mirrored by who voids it. Refused of clinic.VoidCheques.
func (w work) returnCheques(ctx context.Context, receipt clinic.ReceiptID, note string, at time.Time) error {
	all, err := w.ChequesOf(ctx, receipt)
	if err != nil {
		return err
	}
	if all, err = clinic.VoidCheques(all); err != nil {
		return err
	}
	for _, q := range all {
		if err := w.saveCheque(ctx, q, note, at); err != nil {
			return err
		}
	}
	return nil
}

// transferable refuses to give a receipt with cheques that are no money to
// another patient: Refused cheque.open.
func (w work) transferable(ctx context.Context, receipt clinic.ReceiptID) error {
	all, err := w.ChequesOf(ctx, receipt)
	if err != nil {
		return err
	}
	return clinic.CheckTransfer(all)
}

// undoCheques takes back what a unit did to cheques, the states alone: books
// and allocations of the unit are mirrored by who undoes it. One that came in
// the unit is given back. Refused cheque.moved when one was moved since.
func (w work) undoCheques(ctx context.Context, unit int64, note string, at time.Time) error {
	done, err := w.ChequeEventsOfUnit(ctx, unit)
	if err != nil {
		return err
	}
	for _, e := range done {
		q, err := w.Cheque(ctx, e.Cheque)
		if err != nil {
			return err
		}
		story, err := w.ChequeEvents(ctx, e.Cheque)
		if err != nil {
			return err
		}
		var before clinic.Cheque
		if len(story) > 1 {
			before.Status, before.Place = story[len(story)-2].Status, story[len(story)-2].Place
		}
		if q, err = q.Undo(before, story[len(story)-1].ID == e.ID); err != nil {
			return err
		}
		if err := w.saveCheque(ctx, q, note, at); err != nil {
			return err
		}
	}
	return nil
}
