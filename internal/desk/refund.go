package desk

import (
	"context"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/money"
	"daftar/internal/store"
)

// GiveBack is the command "give this credit back to the patient". Line says by
// which way it goes; Override why it goes another way than it came.
type GiveBack struct {
	Patient  clinic.PatientID
	Amount   money.Amount
	Line     clinic.MoneyLine
	Reason   string
	Override string
	Seen     *int64
	Request  Request `json:"-"`
}

// GivenBack is the answer to GiveBack.
type GivenBack struct {
	Refund clinic.Refund
	Effect
}

// Refund carries out the command: the youngest money goes back first, by the
// way it came.
//
// NotFound patient.none, place.none; Invalid and Refused of clinic.CheckRefund,
// clinic.Spend, clinic.CheckSource and clinic.CheckDrawer; Refused shift.none
// for cash; Conflict account.stale.
func (d *Desk) Refund(ctx context.Context, actor clinic.Actor, cmd GiveBack) (GivenBack, error) {
	return command(ctx, d, actor, clinic.RefundMoney, "refund.write", cmd.Request, cmd, func(w work) (answer GivenBack, err error) {
		p, err := w.person(ctx, cmd.Patient)
		if err != nil {
			return answer, err
		}
		r := clinic.Refund{ID: clinic.RefundID(w.id()), Patient: p.ID, Amount: cmd.Amount, Line: cmd.Line, Reason: cmd.Reason,
			Override: cmd.Override, At: w.now}
		err = w.onAccount(ctx, p.ID, cmd.Seen, &answer.Effect, func(files clinic.Files) (err error) {
			answer.Refund, err = w.refundCredit(ctx, files, r)
			return err
		})
		if err != nil {
			return answer, err
		}
		return answer, w.audit(ctx, "refund.write", p.ID, int64(r.ID))
	})
}

// refundCredit gives credit of a person back. Money of another file comes onto
// the standing file's account first, so that each file is right by itself.
func (w work) refundCredit(ctx context.Context, files clinic.Files, r clinic.Refund) (clinic.Refund, error) {
	taken, err := w.spend(ctx, files, r.Amount, clinic.SpendingID(r.ID), r.At)
	if err != nil {
		return r, err
	}
	for _, a := range taken {
		if a.Patient == r.Patient {
			continue
		}
		between := clinic.Allocation{Amount: a.Amount, Patient: r.Patient, Payer: a.Patient}
		paid, payer, err := clinic.MoveBetweenFiles(w.clinic, between, w.clinic.Day(r.At))
		if err != nil {
			return r, err
		}
		if err := w.post(ctx, paid, r.At, r.Patient, int64(r.ID)); err != nil {
			return r, err
		}
		if err := w.post(ctx, payer, r.At, a.Patient, int64(r.ID)); err != nil {
			return r, err
		}
	}
	sources, err := w.MethodsOfFund(ctx, taken[0].Fund)
	if err != nil {
		return r, err
	}
	return w.refund(ctx, r, sources)
}

// refund checks, places, numbers, stores and posts money that is given back:
// from credit, which the caller has spent for r.ID, or from a deposit when
// r.Deposit names one, whose movement is the caller's. Patient, amount, line,
// reason, id and instant are given. sources are the ways by which the money
// came, the main one first; nil when nobody knows.
//
// Invalid and Refused of clinic.CheckRefund, clinic.CheckSource and
// clinic.CheckDrawer; Refused shift.none for cash.
func (w work) refund(ctx context.Context, r clinic.Refund, sources []clinic.Method) (clinic.Refund, error) {
	r, err := clinic.CheckRefund(r)
	if err != nil {
		return r, err
	}
	if err := clinic.CheckSource(r, sources); err != nil {
		return r, err
	}
	shift, err := w.OpenShiftOf(ctx, w.actor.Staff)
	if err != nil && fault.Of(err) != fault.NotFound {
		return r, err
	}
	if r.Line.Method == clinic.Cash {
		if shift, err = w.shift(ctx); err != nil {
			return r, err
		}
		if !w.imports {
			there, err := w.CashOfShift(ctx, shift.ID)
			if err != nil {
				return r, err
			}
			if err := clinic.CheckDrawer(r.Amount, there); err != nil {
				return r, err
			}
		}
	}
	if r.Line.Place, err = w.place(ctx, r.Line); err != nil {
		return r, err
	}
	r.Day, r.Branch, r.Staff = w.clinic.Day(r.At), w.actor.Branch, w.actor.Staff
	r.Number.Year = r.Day.Date().Year
	if r.Number.Count, err = w.BranchNumber(ctx, store.RefundNumbers, r.Branch, r.Number.Year); err != nil {
		return r, err
	}
	if err := w.AddRefund(ctx, r, w.stamp(r.At)); err != nil {
		return r, err
	}
	entry, err := clinic.PayRefund(w.clinic, r)
	if err != nil {
		return r, err
	}
	lines := clinic.Mirror([]clinic.MoneyLine{r.Line}, 0)
	return r, w.move(ctx, entry, moved{r.At, r.Patient, int64(r.ID), lines, shift.ID})
}

// RefundOffer is what can be given back to a patient, and by which way it came.
type RefundOffer struct {
	Limit  money.Amount
	Source clinic.Method // "" when nobody knows
}

// RefundOffer answers what a refund can be. NotFound patient.none.
func (d *Desk) RefundOffer(ctx context.Context, actor clinic.Actor, patient clinic.PatientID) (o RefundOffer, err error) {
	if err := actor.May(clinic.RefundMoney); err != nil {
		return o, err
	}
	err = d.read(ctx, actor, func(w work) error {
		p, err := w.person(ctx, patient)
		if err != nil {
			return err
		}
		files, err := w.filesOf(ctx, p.ID)
		if err != nil {
			return err
		}
		funds, err := w.Funds(ctx, files)
		if err != nil {
			return err
		}
		o.Limit = clinic.Available(funds)
		if o.Limit == 0 {
			return nil
		}
		youngest, err := clinic.Spend(funds, 1, 0)
		if err != nil {
			return err
		}
		methods, err := w.MethodsOfFund(ctx, youngest[0].Fund)
		if len(methods) > 0 {
			o.Source = methods[0]
		}
		return err
	})
	return o, err
}
