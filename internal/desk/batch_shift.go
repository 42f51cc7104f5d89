package desk

import (
	"context"

	"daftar/internal/clinic"
	"daftar/internal/money"
)

// CountShift ends the taking of money in a shift of the one in whose name the
// batch is; what differs has the note.
func (b Batch) CountShift(ctx context.Context, id clinic.ShiftID, cash money.Amount, note string) error {
	w := b.w
	_, err := w.onShift(ctx, id, nil, "shift.count", func(s clinic.Shift) (clinic.Shift, string, error) {
		lines := []clinic.ShiftLine{{Method: clinic.Cash, Counted: cash}}
		s, err := w.countShift(ctx, s, CountShift{Shift: id, Lines: lines, Note: note})
		return s, s.Note, err
	})
	return err
}

// HandOver sends cash of a counted shift to the safe.
func (b Batch) HandOver(ctx context.Context, id clinic.ShiftID, amount money.Amount, note string) error {
	w := b.w
	_, err := w.onShift(ctx, id, nil, "shift.handover", func(s clinic.Shift) (clinic.Shift, string, error) {
		return w.handOver(ctx, s, clinic.Handover{ID: clinic.HandoverID(w.id()), Amount: amount, To: clinic.ToSafe, Note: note,
			At: w.now, Recorded: w.now, Staff: w.actor.Staff})
	})
	return err
}

// ConfirmShift closes a shift whose cash came.
func (b Batch) ConfirmShift(ctx context.Context, id clinic.ShiftID) error {
	w := b.w
	_, err := w.onShift(ctx, id, nil, "shift.confirm", func(s clinic.Shift) (clinic.Shift, string, error) {
		s, err := w.confirmShift(ctx, s, nil)
		return s, "", err
	})
	return err
}

// ReopenShift lets a shift go on.
func (b Batch) ReopenShift(ctx context.Context, id clinic.ShiftID, reason string) error {
	w := b.w
	_, err := w.onShift(ctx, id, nil, "shift.reopen", func(s clinic.Shift) (clinic.Shift, string, error) {
		s, err := w.reopenShift(ctx, s, reason)
		return s, reason, err
	})
	return err
}

// ShiftCash is the cash that a shift should hold.
func (b Batch) ShiftCash(ctx context.Context, id clinic.ShiftID) (money.Amount, error) {
	return b.w.CashOfShift(ctx, id)
}
