package desk

import (
	"context"

	"daftar/internal/clinic"
	"daftar/internal/fault"
)

// EditedLine is a line of a draft as it is wanted: one that it has, by its
// number, or a new one.
type EditedLine struct {
	Line int  // counted from 1; 0: new
	Same bool // what is not said of the line stays
	OrderedLine
}

// over is the line of a draft with what the form says of it.
func (e EditedLine) over(l clinic.AdmissionLine) OrderedLine {
	o := e.OrderedLine
	if !e.Same {
		return o
	}
	o.Service = l.Service
	if o.Provider == 0 {
		o.Provider = l.Provider
	}
	if o.Quantity == 0 {
		o.Quantity = l.Quantity
	}
	if o.Discount == (clinic.Discount{}) {
		o.Discount = l.Given()
	}
	return o
}

// EditDraft is the command "this draft is for these services". Coverage nil
// leaves its insurers. Seen is the version of the admission that was looked at;
// 0: not checked.
type EditDraft struct {
	Admission clinic.AdmissionID
	Lines     []EditedLine
	Coverage  *Insurers
	Seen      int64
	Request   Request `json:"-"`
}

// EditDraft carries out the command. A line that keeps its service keeps its
// price; others have those of the admission's day. A discount beyond the
// actor's cap waits for approval.
//
// NotFound admission.none, line.none, service.none, insurer.none; Conflict
// admission.stale; Refused admission.not_draft; Invalid line.twice; those of
// clinic.PriceLine.
func (d *Desk) EditDraft(ctx context.Context, actor clinic.Actor, cmd EditDraft) (Admitted, error) {
	return command(ctx, d, actor, clinic.WriteAdmissions, "admission.edit", cmd.Request, cmd, func(w work) (Admitted, error) {
		a, before, err := w.toChange(ctx, cmd.Admission, nil)
		if err != nil {
			return Admitted{}, err
		}
		if cmd.Seen != 0 && cmd.Seen != a.Version {
			return Admitted{}, fault.New(fault.Conflict, "admission.stale", "the admission was changed by someone else")
		}
		if a, err = w.edited(ctx, a, cmd); err != nil {
			return Admitted{}, err
		}
		a = a.Offer(w.actor.Staff, w.actor.DiscountCap())
		if err := w.SaveAdmission(ctx, a); err != nil {
			return Admitted{}, err
		}
		a.Version++
		return w.admitted(ctx, "admission.edit", a, before)
	})
}

// edited is a draft as the command wants it.
func (w work) edited(ctx context.Context, a clinic.Admission, cmd EditDraft) (clinic.Admission, error) {
	insurers := Insurers{a.BaseInsurer, a.SupplementaryInsurer}
	if cmd.Coverage != nil {
		insurers = *cmd.Coverage
	}
	payers, err := w.payers(ctx, insurers)
	if err != nil {
		return a, err
	}
	wanted := make([]clinic.EditedLine, len(cmd.Lines))
	for i, l := range cmd.Lines {
		wanted[i].Line = l.Line
		order := l.OrderedLine
		var kept *clinic.AdmissionLine
		if l.Line < 0 || l.Line > len(a.Lines) {
			return a, fault.New(fault.NotFound, "line.none", "the draft has no line %d", l.Line).At("lines")
		}
		if l.Line > 0 {
			order = l.over(a.Lines[l.Line-1])
			if order.Service == a.Lines[l.Line-1].Service {
				kept = &a.Lines[l.Line-1]
			}
		}
		if wanted[i].Order, err = w.ordered(ctx, order, kept); err != nil {
			return a, clinic.AtLine(err, i)
		}
	}
	now, err := clinic.EditDraft(a, wanted, payers)
	for i, l := range a.Lines {
		if err == nil && now.Lines[i].Removed && !l.Removed {
			err = unusedLine(l)
		}
	}
	return now, err
}
