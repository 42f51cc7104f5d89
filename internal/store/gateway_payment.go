package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
)

// AddPayment writes that somebody was sent to the gateway. Conflict
// online.reference when the gateway has used its name for the payment before.
func (tx *Tx) AddPayment(ctx context.Context, p clinic.Payment) error {
	err := tx.exec(ctx, insert("gateway_payment", "clinic, id, hold, reference, asked, status, started", 1), tx.clinic, p.ID, p.Hold, p.Reference,
		p.Asked, p.Status, micros(p.Started))
	if err != nil && tx.store.dialect.duplicate(err) {
		return fault.New(fault.Conflict, "online.reference", "the gateway has used that reference before").Because(err)
	}
	if err != nil {
		return fmt.Errorf("start payment: %w", err)
	}
	return nil
}

// SavePayment writes what the gateway said.
func (tx *Tx) SavePayment(ctx context.Context, p clinic.Payment) error {
	err := tx.exec(ctx, `
		UPDATE gateway_payment SET status = $3, paid = $4, tracking = $5, deposit = $6, confirmed = $7 WHERE clinic = $1 AND id = $2`,
		tx.clinic, p.ID, p.Status, p.Paid, p.Tracking, nullID(p.Deposit), nullMoment(p.Confirmed))
	if err != nil {
		return fmt.Errorf("save payment %d: %w", p.ID, err)
	}
	return nil
}

const paymentColumns = `SELECT id, hold, reference, asked, status, paid, tracking, COALESCE(deposit, 0), started, confirmed
	FROM gateway_payment WHERE clinic = $1`

func scanPayment(scan func(...any) error) (p clinic.Payment, err error) {
	var started int64
	var confirmed sql.NullInt64
	err = scan(&p.ID, &p.Hold, &p.Reference, &p.Asked, &p.Status, &p.Paid, &p.Tracking, &p.Deposit, &started, &confirmed)
	p.Started, p.Confirmed = moment(started), someMoment(confirmed)
	return p, err
}

// Payment returns the one that the gateway calls so. NotFound
// online.payment_none.
func (tx *Tx) Payment(ctx context.Context, reference string) (clinic.Payment, error) {
	p, err := scanPayment(tx.row(ctx, paymentColumns+` AND reference = $2`, tx.clinic, reference).Scan)
	return p, some(err, "online.payment_none", "payment", reference)
}

// OpenPayments lists those that were started before the instant and of which
// nothing was heard since, oldest first.
func (tx *Tx) OpenPayments(ctx context.Context, before time.Time, limit int) ([]clinic.Payment, error) {
	return collect(ctx, tx, scanPayment, paymentColumns+` AND status = 'started' AND started < $2 ORDER BY started, id`+limitTo("$3"),
		tx.clinic, micros(before), limit)
}
