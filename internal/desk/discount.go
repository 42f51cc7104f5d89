package desk

import (
	"context"

	"daftar/internal/clinic"
	"daftar/internal/fault"
)

// ApproveDiscount is the command "I answer for the discounts of this draft".
// Whole, when given, replaces the discounts of all lines, Lines those of single
// ones; without either they stay as they were asked for. Seen is the version of
// the admission that was looked at; 0: not checked.
type ApproveDiscount struct {
	Admission clinic.AdmissionID
	Whole     *clinic.Discount
	Lines     []DiscountedLine
	Seen      int64
	Request   Request `json:"-"`
}

// DiscountedLine is a discount for one line, counted from 1.
type DiscountedLine struct {
	Line     int
	Discount clinic.Discount
}

// ApproveDiscount carries out the command: the draft has the discounts, at the
// prices of its day, and the actor answers for those that nobody answers for.
//
// NotFound admission.none, line.none; Invalid discount.amount; Refused
// discount.not_draft, discount.reason, and discount.cap when the actor may not
// give as much; Conflict admission.stale.
func (d *Desk) ApproveDiscount(ctx context.Context, actor clinic.Actor, cmd ApproveDiscount) (Admitted, error) {
	return command(ctx, d, actor, clinic.WriteAdmissions, "admission.discount", cmd.Request, cmd, func(w work) (Admitted, error) {
		a, err := w.visibleAdmission(ctx, cmd.Admission)
		if err != nil {
			return Admitted{}, err
		}
		if cmd.Seen != 0 && cmd.Seen != a.Version {
			return Admitted{}, fault.New(fault.Conflict, "admission.stale", "the admission was changed by someone else")
		}
		before, err := w.watchPerson(ctx, a.Patient, nil)
		if err != nil {
			return Admitted{}, err
		}
		if a.Status == clinic.Finalized && cmd.Whole != nil && len(cmd.Lines) == 0 {
			if _, err := w.discountLater(ctx, a, *cmd.Whole); err != nil {
				return Admitted{}, err
			}
			return w.admitted(ctx, "admission.discount_late", a, before)
		}
		if a, err = w.discounted(a, cmd); err != nil {
			return Admitted{}, err
		}
		if a, err = a.Approve(w.actor.Staff, w.actor.DiscountCap()); err != nil {
			return Admitted{}, err
		}
		if err := w.SaveDraft(ctx, a); err != nil {
			return Admitted{}, err
		}
		a.Version++
		return w.admitted(ctx, "admission.discount", a, before)
	})
}

// RejectDiscount is the command "this draft gets no discount". Seen is the
// version of the admission that was looked at; 0: not checked.
type RejectDiscount struct {
	Admission clinic.AdmissionID
	Reason    string
	Seen      int64
	Request   Request `json:"-"`
}

// RejectDiscount carries out the command: the lines whose discount nobody
// answers for have none, and the draft says why.
//
// NotFound admission.none; Conflict admission.stale; those of
// clinic.Admission.RejectDiscount.
func (d *Desk) RejectDiscount(ctx context.Context, actor clinic.Actor, cmd RejectDiscount) (Admitted, error) {
	return command(ctx, d, actor, clinic.WriteAdmissions, "admission.discount_reject", cmd.Request, cmd, func(w work) (Admitted, error) {
		a, err := w.visibleAdmission(ctx, cmd.Admission)
		if err != nil {
			return Admitted{}, err
		}
		if cmd.Seen != 0 && cmd.Seen != a.Version {
			return Admitted{}, fault.New(fault.Conflict, "admission.stale", "the admission was changed by someone else")
		}
		before, err := w.watchPerson(ctx, a.Patient, nil)
		if err != nil {
			return Admitted{}, err
		}
		reason, err := cleanReason(cmd.Reason)
		if err != nil {
			return Admitted{}, err
		}
		if a, err = a.RejectDiscount(w.actor, reason); err != nil {
			return Admitted{}, err
		}
		if err := w.SaveDraft(ctx, a); err != nil {
			return Admitted{}, err
		}
		a.Version++
		return w.admitted(ctx, "admission.discount_reject", a, before)
	})
}

// discounted gives a draft the discounts of the command.
func (w work) discounted(a clinic.Admission, cmd ApproveDiscount) (clinic.Admission, error) {
	if cmd.Whole == nil && len(cmd.Lines) == 0 && a.Status == clinic.Draft {
		return a, nil
	}
	given := make([]clinic.Discount, len(a.Lines))
	for i, l := range a.Lines {
		given[i] = l.Given()
	}
	if cmd.Whole != nil {
		given = cmd.Whole.Spread(a.Lines)
	}
	for _, l := range cmd.Lines {
		if l.Line < 1 || l.Line > len(given) || a.Lines[l.Line-1].Removed {
			return a, fault.New(fault.NotFound, "line.none", "the admission has no line %d", l.Line).At("lines")
		}
		given[l.Line-1] = l.Discount
	}
	for i := range given {
		var err error
		if given[i].Reason, err = cleanReason(given[i].Reason); err != nil {
			return a, err
		}
	}
	return clinic.DiscountDraft(a, given)
}

// answerFor lets the actor answer for the discounts of a draft that nobody
// answers for so far, and audits it.
func (w work) answerFor(ctx context.Context, a clinic.Admission) (clinic.Admission, error) {
	if !a.AwaitsApproval() {
		return a, nil
	}
	a, err := a.Approve(w.actor.Staff, w.actor.DiscountCap())
	if err != nil {
		return a, err
	}
	return a, w.audit(ctx, "admission.discount", a.Patient, int64(a.ID))
}

// PerformService is the command "this service of an admission is so far".
type PerformService struct {
	Admission clinic.AdmissionID
	Line      int // counted from 1
	Status    clinic.LineStatus
	Request   Request `json:"-"`
}

// PerformService carries out the command.
//
// NotFound admission.none, line.none; Invalid line.status; Refused
// line.not_live.
func (d *Desk) PerformService(ctx context.Context, actor clinic.Actor, cmd PerformService) (Admitted, error) {
	return command(ctx, d, actor, clinic.PerformServices, "admission.perform", cmd.Request, cmd, func(w work) (Admitted, error) {
		a, err := w.visibleAdmission(ctx, cmd.Admission)
		if err != nil {
			return Admitted{}, err
		}
		if a, err = clinic.Perform(a, cmd.Line, cmd.Status); err != nil {
			return Admitted{}, err
		}
		if err := w.SaveProgress(ctx, a); err != nil {
			return Admitted{}, err
		}
		a.Version++
		now, err := w.watchPerson(ctx, a.Patient, nil)
		if err != nil {
			return Admitted{}, err
		}
		return w.admitted(ctx, "admission.perform", a, now)
	})
}
