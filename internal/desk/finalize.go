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

// FinalizeAdmission is the command "put this draft into the books". Seen is the
// version of the account that was looked at; nil: not checked.
type FinalizeAdmission struct {
	Admission clinic.AdmissionID
	Seen      *int64
	Request   Request `json:"-"`
}

// FinalizeAdmission carries out the command: the draft counts from its day; one
// that was in the books before counts from now, as its next version. Who
// finalizes answers for the discounts that nobody answers for so far.
//
// NotFound admission.none; Refused admission.not_draft, and discount.cap when a
// discount is beyond what the actor may give.
func (d *Desk) FinalizeAdmission(ctx context.Context, actor clinic.Actor, cmd FinalizeAdmission) (Admitted, error) {
	return command(ctx, d, actor, clinic.WriteAdmissions, "admission.finalize", cmd.Request, cmd, func(w work) (Admitted, error) {
		a, before, err := w.toChange(ctx, cmd.Admission, cmd.Seen)
		if err != nil {
			return Admitted{}, err
		}
		if a, err = w.finalize(ctx, a); err != nil {
			return Admitted{}, err
		}
		if err := w.leadsAdmitted(ctx, a); err != nil {
			return Admitted{}, err
		}
		return w.admitted(ctx, "admission.finalize", a, before)
	})
}

// finalize puts a draft into the books.
func (w work) finalize(ctx context.Context, a clinic.Admission) (clinic.Admission, error) {
	a, err := w.answerFor(ctx, a)
	if err != nil {
		return a, err
	}
	// What the books of its day do not take any more counts from now.
	late, at := a.Booked, a.At
	if err := w.notClosed(ctx, a.Day); fault.Code(err) == "books.closed" {
		late = true
	} else if err != nil {
		return a, err
	}
	if late {
		at = w.now
	}
	a, entries, err := clinic.Finalize(w.clinic, a, w.clinic.Day(at))
	if err != nil {
		return a, err
	}
	if late {
		if err := w.keepVersion(ctx, a, clinic.ChangeFinalize, "", at); err != nil {
			return a, err
		}
	}
	if err := w.SaveAdmissionStatus(ctx, a, at, w.now); err != nil {
		return a, err
	}
	a.Version++
	if err := w.planSessions(ctx, a); err != nil {
		return a, err
	}
	return a, w.enter(ctx, a, entries, at)
}

// CancelAdmission is the command "cancel this admission". Deposits says what
// becomes of deposits that paid it; "" is the clinic's rule. Seen is the version
// of the account that was looked at; nil: not checked.
type CancelAdmission struct {
	Admission clinic.AdmissionID
	Reason    string
	Deposits  CancelledDeposits
	Seen      *int64
	Request   Request `json:"-"`
}

// CancelledDeposits says what becomes of the deposits that paid a cancelled
// admission.
type CancelledDeposits string

// They are open again, or credit like all other money.
const (
	DepositsReopen CancelledDeposits = "reopen"
	DepositsCredit CancelledDeposits = "credit"
)

// CancelAdmission carries out the command: what the admission posted is
// reversed today, the money that paid it is credit.
//
// A draft that was never in the books owes nothing, so whoever may write
// admissions may cancel it.
//
// NotFound admission.none; Invalid admission.reason, admission.deposits;
// Refused admission.cancelled; Forbidden when it is final, or was, and the
// actor may not cancel.
func (d *Desk) CancelAdmission(ctx context.Context, actor clinic.Actor, cmd CancelAdmission) (Admitted, error) {
	return command(ctx, d, actor, clinic.WriteAdmissions, "admission.cancel", cmd.Request, cmd, func(w work) (Admitted, error) {
		a, before, err := w.toChange(ctx, cmd.Admission, cmd.Seen)
		if err != nil {
			return Admitted{}, err
		}
		if a.Booked {
			if err := actor.May(clinic.CancelAdmissions); err != nil {
				return Admitted{}, err
			}
		}
		if a, err = w.cancel(ctx, a, cmd.Reason, cmd.Deposits, w.now); err != nil {
			return Admitted{}, err
		}
		if err := w.settle(ctx, a.Patient, 0, w.now); err != nil {
			return Admitted{}, err
		}
		return w.admitted(ctx, "admission.cancel", a, before)
	})
}

// cancel reverses an admission and what was let off of it, and frees its money.
// Deposits that paid it are open again as is said, or else as the clinic's rules
// say. Invalid admission.deposits.
func (w work) cancel(ctx context.Context, a clinic.Admission, reason string, deposits CancelledDeposits, at time.Time) (clinic.Admission, error) {
	if deposits != "" && deposits != DepositsReopen && deposits != DepositsCredit {
		return a, fault.New(fault.Invalid, "admission.deposits", "deposits are opened again or become credit").At("deposits")
	}
	kinds := append([]string{clinic.EntryShareTransfer, clinic.EntryInsurerDeduction}, clinic.AdmissionEntries...)
	posted, err := w.LiveEntries(ctx, int64(a.ID), kinds...)
	if err != nil {
		return a, err
	}
	reason, err = cleanReason(reason)
	if err != nil {
		return a, err
	}
	reopened := a.Status == clinic.Draft && a.Booked
	a, reversals, err := clinic.CancelAdmission(a, posted, w.clinic.Day(at), reason)
	if err != nil {
		return a, err
	}
	if reopened {
		if err := w.keepVersion(ctx, a, clinic.ChangeCancel, reason, at); err != nil {
			return a, err
		}
	}
	for _, e := range reversals {
		if err := w.post(ctx, e, at, a.Patient, int64(a.ID)); err != nil {
			return a, err
		}
	}
	if err := w.unremit(ctx, a.ID, 0, at); err != nil {
		return a, err
	}
	if deposits == DepositsReopen || deposits == "" && w.clinic.Rules.ReopenDeposits {
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
	if err := w.releaseCode(ctx, a); err != nil {
		return a, err
	}
	if err := w.leadsUnadmitted(ctx, a); err != nil {
		return a, err
	}
	sessions, err := w.Tx.Sessions(ctx, a.ID)
	if err != nil {
		return a, err
	}
	for _, l := range a.Lines {
		if err := w.endSessions(ctx, a.ID, sessions[l.Line]); err != nil {
			return a, err
		}
	}
	err = w.SaveAdmissionStatus(ctx, a, at, w.now)
	a.Version++
	return a, err
}
