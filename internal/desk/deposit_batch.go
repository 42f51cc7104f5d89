package desk

import (
	"context"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/money"
	"daftar/internal/store"
)

// Deposit stores a deposit that counts at its At; without lines it was only
// asked for.
func (b Batch) Deposit(ctx context.Context, d clinic.Deposit, lines []clinic.MoneyLine) (clinic.Deposit, error) {
	if err := b.notLater(d.At); err != nil {
		return d, err
	}
	return b.w.takeDeposit(ctx, d, lines)
}

// UseDeposit pays the person's oldest open admission with a deposit, and none
// when there is none.
func (b Batch) UseDeposit(ctx context.Context, id clinic.DepositID, at time.Time) error {
	d, err := b.w.Tx.Deposit(ctx, id)
	if err != nil {
		return err
	}
	files, err := b.w.filesOf(ctx, d.Patient)
	if err != nil {
		return err
	}
	dues, err := b.w.Dues(ctx, files, store.Moment{})
	if err != nil || len(dues) == 0 {
		return err
	}
	return b.w.applyDeposit(ctx, d, files, dues[0].Admission.ID, nil, at)
}

// RefundDeposit gives a part of a deposit back as it came.
func (b Batch) RefundDeposit(ctx context.Context, id clinic.DepositID, amount money.Amount, reason string, at time.Time) error {
	d, err := b.w.Tx.Deposit(ctx, id)
	if err != nil {
		return err
	}
	_, err = b.w.refundDeposit(ctx, d, clinic.MoneyLine{Amount: amount}, reason, "", at)
	return err
}

// ForfeitDeposit keeps a part of a deposit.
func (b Batch) ForfeitDeposit(ctx context.Context, id clinic.DepositID, amount money.Amount, reason string, at time.Time) error {
	d, err := b.w.Tx.Deposit(ctx, id)
	if err != nil {
		return err
	}
	m := b.w.movementOf(d, clinic.DepositForfeit, -amount)
	m.Note = reason
	return b.w.book(ctx, m, at)
}
