package desk

import (
	"context"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/money"
	"daftar/internal/store"
)

// Deposits is the tab of the patient's deposits. Held is what they hold, the
// patient's deposit account.
type Deposits struct {
	Header
	Rows   []DepositShown
	Totals clinic.DepositSums
}

// DepositShown is a deposit with its life.
type DepositShown struct {
	store.HeldDeposit
	Status   clinic.DepositStatus
	Expired  bool
	Proposed money.Amount // what the tiers would keep of it now
	Life     []DepositLife
}

// DepositLife is one thing that happened to a deposit and what it held after
// it.
type DepositLife struct {
	store.DepositStep
	Holds money.Amount
}

// Deposits returns the tab: the deposits that were asked for or taken in the
// range, newest first. NotFound patient.none; Forbidden without the right to
// see money.
func (d *Desk) Deposits(ctx context.Context, actor clinic.Actor, id clinic.PatientID, v View) (t Deposits, err error) {
	err = d.statement(ctx, actor, id, clinic.ReadMoney, v, &t.Header, func(w work, r store.Range) error {
		held, err := w.DepositsOf(ctx, t.Files, r.Moment)
		if err != nil {
			return err
		}
		if t.Rows, err = w.depositRows(ctx, held, r); err != nil {
			return err
		}
		for _, row := range t.Rows {
			t.Totals = addDeposit(t.Totals, row.DepositSums)
		}
		return nil
	})
	return t, err
}

// depositRows dresses the deposits of a range with their lives.
func (w work) depositRows(ctx context.Context, held []store.HeldDeposit, r store.Range) (rows []DepositShown, err error) {
	ids := make([]clinic.DepositID, len(held))
	for i, h := range held {
		ids[i] = h.ID
	}
	steps, err := w.DepositSteps(ctx, ids, r.Moment)
	if err != nil {
		return nil, err
	}
	today, now := w.today(), w.now
	if !r.Moment.Before.IsZero() {
		now = r.Moment.Before.Add(-time.Microsecond)
		today = w.clinic.Day(now)
	}
	for _, h := range held {
		if h.At.Before(r.From) {
			continue
		}
		row := DepositShown{HeldDeposit: h, Status: h.Status(), Expired: h.Expired(today), Proposed: h.ProposeForfeit(w.clinic, now)}
		var holds money.Amount
		for _, s := range steps[h.ID] {
			holds += s.Amount
			row.Life = append(row.Life, DepositLife{s, holds})
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// addDeposit adds the sums of one deposit to those of many.
func addDeposit(t, s clinic.DepositSums) clinic.DepositSums {
	t.Received += s.Received
	t.Applied += s.Applied
	t.Transferred += s.Transferred
	t.Refunded += s.Refunded
	t.Forfeited += s.Forfeited
	t.Remaining += s.Remaining
	return t
}
