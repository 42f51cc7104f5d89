package desk

import (
	"context"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/store"
)

// PlanInstalments is the command "what is left of this admission is paid in
// instalments". Replaces names the plan that is in force, when there is one.
type PlanInstalments struct {
	Admission clinic.AdmissionID
	Wish      clinic.PlanWish
	Replaces  clinic.PlanID
	Seen      *int64
	Request   Request `json:"-"`
}

// InstalmentsPlanned is the answer to commands about plans: the plan as it
// stands, and an effect that moves no money. It names no unit: a plan is taken
// back by ending it.
type InstalmentsPlanned struct {
	PlanStanding
	Replaced clinic.PlanID // 0: there was none
	Effect
}

// PlanInstalments carries out the command. Nothing is posted: what the patient
// owes stays, only the days from which it is due are agreed.
//
// NotFound admission.none; Refused and Invalid of clinic.MakePlan; Conflict
// instalment.exists when there is a plan in force that is not named,
// instalment.stale when another is named, account.stale.
func (d *Desk) PlanInstalments(ctx context.Context, actor clinic.Actor, cmd PlanInstalments) (InstalmentsPlanned, error) {
	return command(ctx, d, actor, clinic.WriteInstalments, "instalment.write", cmd.Request, cmd, func(w work) (answer InstalmentsPlanned, err error) {
		a, err := w.planned(ctx, cmd.Admission)
		if err != nil {
			return answer, err
		}
		err = w.onAccount(ctx, a.Patient, cmd.Seen, &answer.Effect, func(clinic.Files) (err error) {
			answer.PlanStanding, answer.Replaced, err = w.planInstalments(ctx, a, cmd)
			return err
		})
		if err != nil {
			return answer, err
		}
		answer.Unit = 0
		return answer, w.audit(ctx, "instalment.write", a.Patient, int64(a.ID))
	})
}

// planInstalments makes and stores the plan of an admission in place of the
// one that it had.
func (w work) planInstalments(ctx context.Context, a clinic.Admission, cmd PlanInstalments) (s PlanStanding, replaced clinic.PlanID, err error) {
	due := store.Due{Admission: a}
	if a.Status == clinic.Finalized {
		if due, err = w.DueOf(ctx, a.ID); err != nil {
			return s, 0, err
		}
	}
	plan, err := clinic.MakePlan(a, due.Share, due.Paid, w.today(), cmd.Wish)
	if err != nil {
		return s, 0, err
	}
	former, err := w.inForce(ctx, a.ID, cmd.Replaces)
	if err != nil {
		return s, 0, err
	}
	if plan, err = w.replacePlan(ctx, plan, former); err != nil {
		return s, 0, err
	}
	if former.Ended != "" {
		former.ID = 0
	}
	return PlanStanding{plan.Schedule(due.Share, due.Paid, w.today()), due}, former.ID, nil
}

// PlanInstalments agrees on instalments in the name and at the time of the
// batch; of the command it takes the admission, the wish and what it replaces.
func (b Batch) PlanInstalments(ctx context.Context, cmd PlanInstalments) (PlanStanding, error) {
	a, err := b.w.Admission(ctx, cmd.Admission)
	if err != nil {
		return PlanStanding{}, err
	}
	s, _, err := b.w.planInstalments(ctx, a, cmd)
	return s, err
}

// planned is the admission whose plan is to change. Refused books.closed today.
func (w work) planned(ctx context.Context, id clinic.AdmissionID) (clinic.Admission, error) {
	if err := w.notClosed(ctx, w.today()); err != nil {
		return clinic.Admission{}, err
	}
	return w.visibleAdmission(ctx, id)
}

// inForce is the newest plan of an admission, its Ended "" when it is in force;
// the zero plan when there never was one. Conflict instalment.exists and
// instalment.stale when the one in force is not the one that was named.
func (w work) inForce(ctx context.Context, id clinic.AdmissionID, named clinic.PlanID) (newest clinic.InstalmentPlan, err error) {
	plans, err := w.PlansOf(ctx, id)
	if err != nil {
		return newest, err
	}
	if len(plans) > 0 {
		newest = plans[0]
	}
	holds := len(plans) > 0 && newest.Ended == ""
	switch {
	case holds && named == 0:
		return newest, fault.New(fault.Conflict, "instalment.exists", "the admission has a plan already")
	case named != 0 && (!holds || newest.ID != named):
		return newest, fault.New(fault.Conflict, "instalment.stale", "the plan was changed by someone else")
	}
	return newest, nil
}

// replacePlan writes a plan after the former one of its admission, which ends.
func (w work) replacePlan(ctx context.Context, p, former clinic.InstalmentPlan) (clinic.InstalmentPlan, error) {
	p.ID, p.Version = clinic.PlanID(w.id()), former.Version+1
	p.At, p.Recorded, p.Staff = w.now, w.now, w.actor.Staff
	if former.ID != 0 && former.Ended == "" {
		if err := w.EndPlan(ctx, former.ID, clinic.PlanReplaced, "", w.unit, w.stamp(w.now)); err != nil {
			return p, err
		}
	}
	return p, w.AddPlan(ctx, p, w.unit)
}

// CancelInstalments is the command "this plan no longer holds": what is left of
// the admission is due at once again.
type CancelInstalments struct {
	Admission clinic.AdmissionID
	Reason    string
	Seen      *int64
	Request   Request `json:"-"`
}

// CancelInstalments carries out the command; the plan and its reason are kept.
//
// NotFound admission.none; Invalid instalment.reason; Refused instalment.none
// when no plan is in force; Conflict account.stale.
func (d *Desk) CancelInstalments(ctx context.Context, actor clinic.Actor, cmd CancelInstalments) (InstalmentsPlanned, error) {
	return command(ctx, d, actor, clinic.WriteInstalments, "instalment.cancel", cmd.Request, cmd, func(w work) (answer InstalmentsPlanned, err error) {
		a, err := w.planned(ctx, cmd.Admission)
		if err != nil {
			return answer, err
		}
		err = w.onAccount(ctx, a.Patient, cmd.Seen, &answer.Effect, func(clinic.Files) (err error) {
			answer.PlanStanding, err = w.cancelInstalments(ctx, a, cmd.Reason)
			return err
		})
		if err != nil {
			return answer, err
		}
		answer.Unit = 0
		return answer, w.audit(ctx, "instalment.cancel", a.Patient, int64(a.ID))
	})
}

// cancelInstalments ends the plan of an admission with a reason.
func (w work) cancelInstalments(ctx context.Context, a clinic.Admission, reason string) (s PlanStanding, err error) {
	found, err := w.Planned(ctx, clinic.Files{a.Patient}, store.Moment{})
	if err != nil {
		return s, err
	}
	plan, ok := planOf(found, a.ID)
	if !ok {
		return s, fault.New(fault.Refused, "instalment.none", "the admission has no plan")
	}
	if plan.Plan.Reason, err = cleanReason(reason); err != nil {
		return s, err
	}
	if plan.Plan.Reason == "" {
		return s, fault.New(fault.Invalid, "instalment.reason", "say why the plan ends").At("reason")
	}
	plan.Plan.Ended = clinic.PlanCancelled
	if err := w.EndPlan(ctx, plan.Plan.ID, clinic.PlanCancelled, plan.Plan.Reason, w.unit, w.stamp(w.now)); err != nil {
		return s, err
	}
	return PlanStanding{plan.Plan.Schedule(plan.Share, plan.Paid, w.today()), plan.Due}, nil
}

func planOf(all []store.Planned, id clinic.AdmissionID) (store.Planned, bool) {
	for _, p := range all {
		if p.Admission.ID == id {
			return p, true
		}
	}
	return store.Planned{}, false
}
