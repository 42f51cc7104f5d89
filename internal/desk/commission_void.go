package desk

import (
	"context"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/ledger"
	"daftar/internal/store"
)

// VoidCommission is the command "this settlement of commission does not hold".
// Seen is the version of the marketer's account that was looked at; nil: not
// checked.
type VoidCommission struct {
	Settlement clinic.CommissionID
	Reason     string
	Seen       *int64
	Request    Request `json:"-"`
}

// VoidedCommission is the answer to VoidCommission: the effect is on the
// marketer's own account and on the drawer.
type VoidedCommission struct {
	Settlement store.CommissionPaid
	Earner     EarnerRow // after it
	Effect
}

// VoidCommission carries out the command: the settlement is reversed today, so
// that it is owed to the earner again. On account its money leaves the
// marketer's account, whatever it pays there. Cash comes back into the drawer
// of the actor's open shift, without one into the safe; who settled it takes it
// back while the shift is open, others and later with the right to correct.
//
// NotFound settlement.none; Invalid settlement.reason; Forbidden shift.closed,
// receipt.others; Refused settlement.voided, fund.spent when some of it has left
// the account, books.closed; Conflict account.stale.
func (d *Desk) VoidCommission(ctx context.Context, actor clinic.Actor, cmd VoidCommission) (VoidedCommission, error) {
	return command(ctx, d, actor, clinic.SettleCommissions, "commission.void", cmd.Request, cmd, func(w work) (answer VoidedCommission, err error) {
		c, earner, files, err := w.settledCommission(ctx, cmd.Settlement)
		if err != nil {
			return answer, err
		}
		reason, err := cleanReason(cmd.Reason)
		if err != nil {
			return answer, err
		}
		if err := clinic.CheckSettlementVoid(c.Undone, reason); err != nil {
			return answer, err
		}
		if answer.Effect, err = w.watch(ctx, files, cmd.Seen); err != nil {
			return answer, err
		}
		if err := w.voidCommission(ctx, c, reason); err != nil {
			return answer, err
		}
		if answer.Earner, err = w.earner(ctx, c.Earner); err != nil {
			return answer, err
		}
		c.Undone = true
		answer.Settlement = c
		if answer.Effect, err = w.watched(ctx, files, answer.Effect); err != nil {
			return answer, err
		}
		return answer, w.audit(ctx, "commission.void", earner.Patient(), int64(c.ID))
	})
}

// settledCommission reads a settlement of somebody whom the actor may see, who
// that is and, of a marketer, the files. NotFound settlement.none.
func (w work) settledCommission(ctx context.Context, id clinic.CommissionID) (c store.CommissionPaid, e EarnerRow, files clinic.Files, err error) {
	if c, err = w.CommissionSettlement(ctx, id); err != nil {
		return c, e, nil, err
	}
	e, err = w.earner(ctx, c.Earner)
	if fault.Of(err) == fault.NotFound {
		err = fault.New(fault.NotFound, "settlement.none", "there is no settlement %d", id)
	}
	if err == nil && e.Kind == clinic.EarnsMarketer {
		files, err = w.filesOf(ctx, clinic.PatientID(e.ID))
	}
	return c, e, files, err
}

// voidCommission takes a settlement of commission out of the books, its money
// off the account or to where it came from.
func (w work) voidCommission(ctx context.Context, c store.CommissionPaid, reason string) error {
	entries, err := w.LiveEntries(ctx, int64(c.ID), clinic.EntryCommissionPaid)
	if err != nil {
		return err
	}
	spending, patient := clinic.SpendingID(w.id()), clinic.PatientID(0)
	if c.How == clinic.OnAccount {
		f, err := w.FundByID(ctx, clinic.FundID(c.ID))
		if err != nil {
			return err
		}
		patient = f.Patient
		if err := w.spendFund(ctx, f.Patient, f.ID, f.Amount, spending, w.now); err != nil {
			return err
		}
	}
	for _, e := range entries {
		if err := w.reverseCommission(ctx, c, e, patient); err != nil {
			return err
		}
	}
	if err := w.voided(ctx, int64(c.ID), spending, reason); err != nil || patient == 0 {
		return err
	}
	return w.settle(ctx, patient, 0, w.now)
}

// reverseCommission reverses an entry of a settlement with its lines of money.
func (w work) reverseCommission(ctx context.Context, c store.CommissionPaid, e ledger.Entry, patient clinic.PatientID) error {
	paid, err := w.LinesOfEntry(ctx, e.ID)
	if err != nil {
		return err
	}
	last, err := w.LastMoneyLine(ctx, int64(c.ID))
	if err != nil {
		return err
	}
	var way wayOut
	var lines []clinic.MoneyLine
	for _, l := range paid {
		lines = append(lines, l.MoneyLine)
		if l.Method != clinic.Cash {
			continue
		}
		if way, err = w.cashBack(ctx, c, l); err != nil {
			return err
		}
	}
	reversal, err := e.Reverse(w.today(), clinic.EntryVoid)
	if err != nil {
		return err
	}
	m := moved{at: w.now, patient: patient, document: int64(c.ID), lines: clinic.Mirror(lines, last)}
	if err := w.moveBy(ctx, reversal, m, way); err != nil {
		return err
	}
	return w.cross(ctx, way, int64(c.ID))
}

// cashBack is by which way cash of a settlement comes in again; see
// clinic.CashBackInto. Forbidden shift.closed, receipt.others.
func (w work) cashBack(ctx context.Context, c store.CommissionPaid, l store.LivingMoney) (way wayOut, err error) {
	var taken clinic.Shift
	if l.Shift != 0 {
		if taken, err = w.Shift(ctx, l.Shift); err != nil {
			return way, err
		}
	}
	if err := w.actor.MayTakeBack(c.Staff, taken); err != nil {
		return way, err
	}
	own, err := w.OpenShiftOf(ctx, w.actor.Staff)
	if err != nil && fault.Of(err) != fault.NotFound {
		return way, err
	}
	way.shift, way.outside = own.ID, map[clinic.PlaceID]bool{}
	b := bridge{from: own.Desk, to: l.Place, amount: l.Amount} // below nothing: it is taken from there
	switch clinic.CashBackInto(l.Place, own) {
	case clinic.IntoSameDrawer:
		return way, nil
	case clinic.IntoOwnDrawer:
		b.entry, err = clinic.BetweenDrawers(w.clinic, b.from, b.to, b.amount, w.today())
	case clinic.IntoSafe:
		b.entry, err = clinic.FromSafe(w.clinic, b.to, b.amount, w.today())
	}
	way.outside[l.Place], way.bridges = true, []bridge{b}
	return way, err
}

// CommissionToVoid returns a settlement of commission for the form that voids
// it, with who got it and the account of a marketer. NotFound settlement.none.
func (d *Desk) CommissionToVoid(ctx context.Context, actor clinic.Actor, id clinic.CommissionID) (c store.CommissionPaid, e EarnerRow, p Position, err error) {
	if err := actor.May(clinic.SettleCommissions); err != nil {
		return c, e, p, err
	}
	err = d.read(ctx, actor, func(w work) error {
		var files clinic.Files
		var err error
		if c, e, files, err = w.settledCommission(ctx, id); err != nil {
			return err
		}
		p, err = w.position(ctx, files, store.Moment{})
		return err
	})
	return c, e, p, err
}
