package desk

import (
	"context"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
)

// visibleAdmission returns an admission of a person whom the actor may see.
// NotFound admission.none otherwise.
func (w work) visibleAdmission(ctx context.Context, id clinic.AdmissionID) (clinic.Admission, error) {
	a, err := w.Admission(ctx, id)
	if err != nil {
		return a, err
	}
	_, err = w.person(ctx, a.Patient)
	if fault.Of(err) == fault.NotFound {
		return clinic.Admission{}, fault.New(fault.NotFound, "admission.none", "there is no admission %d", id)
	}
	return a, err
}

// FinalizeAdmission is the command "put this draft into the books".
type FinalizeAdmission struct {
	Admission clinic.AdmissionID
	Request   Request `json:"-"`
}

// FinalizeAdmission carries out the command: the draft counts from now. Who
// finalizes answers for the discounts that nobody answers for so far.
//
// NotFound admission.none; Refused admission.not_draft, and discount.cap when a
// discount is beyond what the actor may give.
func (d *Desk) FinalizeAdmission(ctx context.Context, actor clinic.Actor, cmd FinalizeAdmission) (Admitted, error) {
	return command(ctx, d, actor, clinic.WriteAdmissions, "admission.finalize", cmd.Request, cmd, func(w work) (Admitted, error) {
		a, err := w.visibleAdmission(ctx, cmd.Admission)
		if err != nil {
			return Admitted{}, err
		}
		before, err := w.positionOf(ctx, a.Patient)
		if err != nil {
			return Admitted{}, err
		}
		if a, err = w.answerFor(ctx, a); err != nil {
			return Admitted{}, err
		}
		a, entries, err := clinic.Finalize(w.clinic, a)
		if err != nil {
			return Admitted{}, err
		}
		if err := w.SaveAdmissionStatus(ctx, a, a.At, w.now); err != nil {
			return Admitted{}, err
		}
		a.Version++
		if err := w.enter(ctx, a, entries); err != nil {
			return Admitted{}, err
		}
		return w.admitted(ctx, "admission.finalize", a, before)
	})
}

// CancelAdmission is the command "cancel this admission".
type CancelAdmission struct {
	Admission clinic.AdmissionID
	Reason    string
	Request   Request `json:"-"`
}

// CancelAdmission carries out the command: what the admission posted is
// reversed today, the money that paid it is credit.
//
// A draft owes nothing, so whoever may write admissions may cancel it.
//
// NotFound admission.none; Invalid admission.reason; Refused
// admission.cancelled; Forbidden when it is final and the actor may not cancel.
func (d *Desk) CancelAdmission(ctx context.Context, actor clinic.Actor, cmd CancelAdmission) (Admitted, error) {
	return command(ctx, d, actor, clinic.WriteAdmissions, "admission.cancel", cmd.Request, cmd, func(w work) (Admitted, error) {
		a, err := w.visibleAdmission(ctx, cmd.Admission)
		if err != nil {
			return Admitted{}, err
		}
		if a.Status != clinic.Draft {
			if err := actor.May(clinic.CancelAdmissions); err != nil {
				return Admitted{}, err
			}
		}
		before, err := w.positionOf(ctx, a.Patient)
		if err != nil {
			return Admitted{}, err
		}
		if a, err = w.cancel(ctx, a, cmd.Reason, w.now); err != nil {
			return Admitted{}, err
		}
		if err := w.settle(ctx, a.Patient, 0, w.now); err != nil {
			return Admitted{}, err
		}
		return w.admitted(ctx, "admission.cancel", a, before)
	})
}

// cancel reverses an admission and frees its money.
func (w work) cancel(ctx context.Context, a clinic.Admission, reason string, at time.Time) (clinic.Admission, error) {
	posted, err := w.LiveEntries(ctx, int64(a.ID), clinic.EntryAdmission, clinic.EntryShareTransfer, clinic.EntryInsurerDeduction)
	if err != nil {
		return a, err
	}
	reason, err = cleanReason(reason)
	if err != nil {
		return a, err
	}
	a, reversals, err := clinic.CancelAdmission(a, posted, w.clinic.Day(at), reason)
	if err != nil {
		return a, err
	}
	for _, e := range reversals {
		if err := w.post(ctx, e, at, a.Patient, int64(a.ID)); err != nil {
			return a, err
		}
	}
	if err := w.unremit(ctx, a.ID, 0, at); err != nil {
		return a, err
	}
	if w.clinic.Rules.ReopenDeposits {
		if err := w.reopenDeposits(ctx, a.ID, at); err != nil {
			return a, err
		}
	}
	paid, err := w.Allocations(ctx, a.ID)
	if err != nil {
		return a, err
	}
	if err := w.allocate(ctx, clinic.Release(a.ID, paid), at); err != nil {
		return a, err
	}
	err = w.SaveAdmissionStatus(ctx, a, at, w.now)
	a.Version++
	return a, err
}
