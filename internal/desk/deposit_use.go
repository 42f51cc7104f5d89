package desk

import (
	"context"
	"slices"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/money"
	"daftar/internal/store"
)

// ApplyDeposit is the command "pay this admission with the deposit".
type ApplyDeposit struct {
	OnDeposit
	Admission clinic.AdmissionID
}

// ApplyDeposit carries out the command: without an amount as much as there is
// of both.
//
// NotFound deposit.none, admission.none; Refused deposit.other for another
// person's, deposit.not_final for a draft or a cancelled one, deposit.not_due,
// deposit.more_than_due, deposit.more_than_left, deposit.empty.
func (d *Desk) ApplyDeposit(ctx context.Context, actor clinic.Actor, cmd ApplyDeposit) (DepositDone, error) {
	return onDeposit(ctx, d, actor, clinic.WriteDeposits, "deposit.apply", cmd.OnDeposit, cmd,
		func(w work, d clinic.Deposit, files clinic.Files, _ *DepositDone) error {
			return w.applyDeposit(ctx, d, files, cmd.Admission, cmd.Amount, w.now)
		})
}

func (w work) applyDeposit(ctx context.Context, d clinic.Deposit, files clinic.Files, id clinic.AdmissionID, want *money.Amount, at time.Time) error {
	due, err := w.payable(ctx, files, id)
	if err != nil {
		return err
	}
	amount, err := d.Apply(want, due.Left())
	if err != nil {
		return err
	}
	m := w.movementOf(d, clinic.DepositApply, -amount)
	m.Admission = id
	if err := w.book(ctx, m, at); err != nil {
		return err
	}
	if err := w.AddFund(ctx, m.Fund(), w.stamp(at)); err != nil {
		return err
	}
	made, err := clinic.Choose(m.Fund(), []clinic.OpenAdmission{{ID: id, Left: due.Left(), Patient: due.Admission.Patient}},
		[]clinic.Choice{{Admission: id, Amount: amount}})
	if err != nil {
		return err
	}
	return w.allocate(ctx, made, at)
}

// payable returns what is due for an admission of the person.
func (w work) payable(ctx context.Context, files clinic.Files, id clinic.AdmissionID) (store.Due, error) {
	if _, err := w.ownAdmission(ctx, files, id); err != nil {
		switch e, _ := fault.As(err); fault.Code(err) {
		case "admission.other":
			err = fault.New(fault.Refused, "deposit.other", "%s", e.Text)
		case "admission.not_charged":
			err = fault.New(fault.Refused, "deposit.not_final", "%s", e.Text)
		}
		return store.Due{}, atField(err, "admission_id")
	}
	return w.DueOf(ctx, id)
}

// ownAdmission returns an admission that money of the person may pay. NotFound
// admission.none; Refused admission.other for another person's,
// admission.not_charged for a draft or a cancelled one.
func (w work) ownAdmission(ctx context.Context, files clinic.Files, id clinic.AdmissionID) (clinic.Admission, error) {
	a, err := w.visibleAdmission(ctx, id)
	switch {
	case err != nil:
		return a, err
	case !slices.Contains(files, a.Patient):
		return a, fault.New(fault.Refused, "admission.other", "the admission is another person's")
	case a.Status != clinic.Finalized:
		return a, fault.New(fault.Refused, "admission.not_charged", "the admission is %s", a.Status)
	}
	return a, nil
}

// atField puts a fault at a field.
func atField(err error, field string) error {
	if e, ok := fault.As(err); ok {
		return e.At(field)
	}
	return err
}

// UnapplyDeposit is the command "what the deposit paid is the deposit's again":
// what it paid of an admission, or what one movement of it did.
type UnapplyDeposit struct {
	OnDeposit
	Admission clinic.AdmissionID
	Movement  clinic.DepositMovementID
}

// UnapplyDeposit carries out the command: without an amount all of it.
//
// NotFound deposit.none; Invalid deposit.amount; Refused deposit.not_applied
// when the deposit does not pay it, deposit.more_than_applied with the limit.
func (d *Desk) UnapplyDeposit(ctx context.Context, actor clinic.Actor, cmd UnapplyDeposit) (DepositDone, error) {
	return onDeposit(ctx, d, actor, clinic.WriteDeposits, "deposit.unapply", cmd.OnDeposit, cmd,
		func(w work, d clinic.Deposit, _ clinic.Files, _ *DepositDone) error {
			funds, err := w.DepositFunds(ctx, d, cmd.Admission)
			if err != nil {
				return err
			}
			if cmd.Movement != 0 {
				funds = only(funds, clinic.FundID(cmd.Movement))
			}
			parts, err := clinic.UnapplyParts(funds, cmd.Amount)
			if err != nil {
				return err
			}
			for _, part := range parts {
				if err := w.unapply(ctx, d, part.Fund, part.Amount, w.now); err != nil {
					return err
				}
			}
			return w.settle(ctx, d.Patient, 0, w.now)
		})
}

// only keeps the fund with the id.
func only(funds []clinic.Fund, id clinic.FundID) []clinic.Fund {
	for _, f := range funds {
		if f.ID == id {
			return []clinic.Fund{f}
		}
	}
	return nil
}

// unapply gives a part of a fund back to the deposit that it was made of. What
// it pays is freed first; nothing is settled.
func (w work) unapply(ctx context.Context, d clinic.Deposit, fund clinic.FundID, amount money.Amount, at time.Time) error {
	m := w.movementOf(d, clinic.DepositUnapply, amount)
	var err error
	if _, m.Admission, err = w.DepositOfFund(ctx, fund); err != nil {
		return err
	}
	if err := w.spendFund(ctx, d.Patient, fund, amount, clinic.SpendingID(m.ID), at); err != nil {
		return err
	}
	return w.book(ctx, m, at)
}

// reopenDeposits gives back to their deposits what was applied of them and pays
// the admission now. It is for an admission that is being cancelled; other
// money stays where it is. Nothing is settled.
func (w work) reopenDeposits(ctx context.Context, id clinic.AdmissionID, at time.Time) error {
	paid, err := w.Allocations(ctx, id)
	if err != nil {
		return err
	}
	for _, a := range clinic.Release(id, paid) {
		of, _, err := w.DepositOfFund(ctx, a.Fund)
		if err != nil {
			return err
		}
		if of == 0 {
			continue
		}
		d, err := w.Tx.Deposit(ctx, of)
		if err != nil {
			return err
		}
		// What pays this admission is freed by name: the fund may pay others.
		if err := w.allocate(ctx, []clinic.Allocation{a}, at); err != nil {
			return err
		}
		if err := w.unapply(ctx, d, a.Fund, -a.Amount, at); err != nil {
			return err
		}
	}
	return nil
}

// DepositToAccount carries out the command "let the deposit be credit": it pays
// what is open, the oldest first, and the rest stays as credit.
//
// NotFound deposit.none; Refused deposit.more_than_left, deposit.empty.
func (d *Desk) DepositToAccount(ctx context.Context, actor clinic.Actor, cmd OnDeposit) (DepositDone, error) {
	return onDeposit(ctx, d, actor, clinic.WriteDeposits, "deposit.to_account", cmd, cmd,
		func(w work, d clinic.Deposit, files clinic.Files, _ *DepositDone) error {
			amount, err := d.Take(cmd.Amount)
			if err != nil {
				return err
			}
			m := w.movementOf(d, clinic.DepositToAccount, -amount)
			if err := w.book(ctx, m, w.now); err != nil {
				return err
			}
			if err := w.AddFund(ctx, m.Fund(), w.stamp(w.now)); err != nil {
				return err
			}
			_, err = w.settled(ctx, files, m.Fund().ID, w.now)
			return err
		})
}

// ForfeitDeposit is the command "the clinic keeps this of the deposit". Without
// an amount what the tiers of the clinic keep.
type ForfeitDeposit struct {
	OnDeposit
	Reason string
}

// ForfeitDeposit carries out the command.
//
// NotFound deposit.none; Invalid deposit.reason, deposit.amount when the tiers
// keep nothing; Refused deposit.more_than_left, deposit.empty.
func (d *Desk) ForfeitDeposit(ctx context.Context, actor clinic.Actor, cmd ForfeitDeposit) (DepositDone, error) {
	return onDeposit(ctx, d, actor, clinic.ForfeitDeposits, "deposit.forfeit", cmd.OnDeposit, cmd,
		func(w work, d clinic.Deposit, _ clinic.Files, _ *DepositDone) error {
			return w.forfeit(ctx, d, cmd.Amount, cmd.Reason)
		})
}

// forfeit keeps a part of a deposit: what is wanted, or what the tiers keep.
func (w work) forfeit(ctx context.Context, d clinic.Deposit, want *money.Amount, reason string) error {
	if want == nil {
		proposed := d.ProposeForfeit(w.clinic, w.now)
		want = &proposed
	}
	amount, err := d.Take(want)
	if err != nil {
		return err
	}
	m := w.movementOf(d, clinic.DepositForfeit, -amount)
	if m.Note, err = cleanReason(reason); err != nil {
		return err
	}
	if m.Note == "" {
		return fault.New(fault.Invalid, "deposit.reason", "keeping a deposit has a reason").At("reason")
	}
	return w.book(ctx, m, w.now)
}

// RefundDeposit is the command "give this of the deposit back". Without a
// method it goes back as it came; Override says why it goes another way.
type RefundDeposit struct {
	OnDeposit
	Line     clinic.MoneyLine // its amount is that of the command
	Reason   string
	Override string
}

// RefundDeposit carries out the command.
//
// NotFound deposit.none; Invalid refund.reason and those of the line; Refused
// deposit.more_than_left, deposit.empty, refund.source, refund.drawer when
// there is less cash in the drawer, shift.none for cash.
func (d *Desk) RefundDeposit(ctx context.Context, actor clinic.Actor, cmd RefundDeposit) (DepositDone, error) {
	return onDeposit(ctx, d, actor, clinic.RefundMoney, "deposit.refund", cmd.OnDeposit, cmd,
		func(w work, d clinic.Deposit, _ clinic.Files, done *DepositDone) error {
			amount, err := d.Take(cmd.Amount)
			if err != nil {
				return err
			}
			line := cmd.Line
			line.Amount = amount
			r, err := w.refundDeposit(ctx, d, line, cmd.Reason, cmd.Override, w.now)
			done.Refund = &r
			return err
		})
}

// refundDeposit gives a part of a deposit back by a line, positive: as it came
// when the line names no method.
func (w work) refundDeposit(ctx context.Context, d clinic.Deposit, line clinic.MoneyLine, reason, override string, at time.Time) (r clinic.Refund, err error) {
	came, err := w.MoneyLines(ctx, int64(d.ID))
	if err != nil {
		return r, err
	}
	went, err := w.DepositOut(ctx, d.ID)
	if err != nil {
		return r, err
	}
	if line.Method == "" {
		line.Method = clinic.BackBy(came)
	}
	if override, err = cleanReason(override); err != nil {
		return r, err
	}
	if err := clinic.CheckDepositRefund(came, went, line, override); err != nil {
		return r, err
	}
	m := w.movementOf(d, clinic.DepositRefunded, -line.Amount)
	r = clinic.Refund{ID: clinic.RefundID(m.ID), Patient: d.Patient, Deposit: int64(d.ID), Amount: line.Amount, Line: line, Reason: reason,
		Override: override, At: at}
	if r, err = w.refund(ctx, r, nil); err != nil {
		return r, err
	}
	m.Note = r.Reason
	return r, w.addMovement(ctx, m, at)
}
