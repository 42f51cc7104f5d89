package desk

import (
	"context"
	"slices"

	"daftar/internal/clinic"
	"daftar/internal/store"
)

// ReceiptOfRow is what can be done with the receipt of a row. Transfer is by
// which the row's patient has it, 0 when it was written for that patient.
type ReceiptOfRow struct {
	Receipt     clinic.ReceiptID
	Transfer    clinic.TransferID
	Corrections []clinic.Correction
	Refused     error // why the actor, who corrects receipts, may not correct this one; nil when it may be or does not hold
	Moved       bool  // its money is another patient's now
}

// receiptsOfRows says what the actor may do with the receipts of rows, by the
// entries of the rows: those that a receipt posted, and those by which one came
// from another patient.
func (w work) receiptsOfRows(ctx context.Context, rows []SummaryRow) (map[int64]ReceiptOfRow, error) {
	var ids []clinic.ReceiptID
	for _, r := range rows {
		if r.Kind == clinic.EntryReceipt || r.Kind == clinic.EntryReceiptTransfer {
			ids = append(ids, clinic.ReceiptID(r.Document))
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	taken, err := w.TakenReceipts(ctx, ids)
	if err != nil {
		return nil, err
	}
	moves, err := w.ReceiptTransfers(ctx, ids...)
	if err != nil {
		return nil, err
	}
	found := map[int64]ReceiptOfRow{}
	for _, r := range rows {
		one := ReceiptOfRow{Receipt: clinic.ReceiptID(r.Document)}
		if r.Kind == clinic.EntryReceiptTransfer && r.Amount < 0 {
			at := slices.IndexFunc(moves, func(t store.Transfer) bool { return t.Receipt == one.Receipt && t.At.Equal(r.At) })
			if at < 0 {
				continue
			}
			one.Transfer = moves[at].ID
		} else if r.Kind != clinic.EntryReceipt {
			continue
		}
		state := taken[one.Receipt]
		_, one.Moved = movedOn(moves, one.Receipt, one.Transfer)
		state.Moved, state.Void = one.Moved, state.Void || r.Reversed
		if !state.Void && w.actor.Can(clinic.VoidMoney) {
			one.Refused = w.actor.MayTakeBack(state.By, state.In)
		}
		for _, c := range w.actor.Corrections(state) {
			if one.Transfer == 0 || c == clinic.MoveToWhoseItIs {
				one.Corrections = append(one.Corrections, c)
			}
		}
		found[r.ID] = one
	}
	return found, nil
}

// movedOn is the transfer by which a receipt left whom it was written for, or
// who had it by the transfer after; false while it is there.
func movedOn(moves []store.Transfer, receipt clinic.ReceiptID, after clinic.TransferID) (store.Transfer, bool) {
	for _, t := range moves {
		if t.Receipt == receipt && t.ID > after && !t.Undone {
			return t, true
		}
	}
	return store.Transfer{}, false
}
