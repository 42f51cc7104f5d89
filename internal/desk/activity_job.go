package desk

import (
	"context"

	"daftar/internal/clinic"
	"daftar/internal/jalali"
	"daftar/internal/store"
)

// Bounds of one run of the job: what is more comes with the next.
const (
	mostFound = 1000
	mostMade  = 200
)

// lookBack is how many days ago something may have happened that an activity is
// still made about: who switches a cause on is not buried under its past.
const lookBack = 30

// soonOver is the same for a visit: a week later nobody asks how it was.
const soonOver = 7

// MakeActivities makes the activities that come by themselves: about cheques
// that bounced, instalments that are overdue, sessions that are next, deposits
// that lapse, people who were not seen for long or visited lately, and
// birthdays, as far as the clinic wants them. Those whose cause is gone are
// taken back. It may run at any time and any number of times, and returns how
// many it made.
func (d *Desk) MakeActivities(ctx context.Context, c clinic.ID) (made int, err error) {
	for _, cause := range clinic.SoughtCauses {
		n, err := d.makeActivities(ctx, c, cause)
		if err != nil {
			return made, err
		}
		made += n
	}
	return made, nil
}

// makeActivities is MakeActivities of one cause. It only writes when something
// is to be written.
func (d *Desk) makeActivities(ctx context.Context, c clinic.ID, cause clinic.ActivityCause) (made int, err error) {
	var found []store.Caused
	var gone []clinic.ActivityID
	look := func(w work) (err error) {
		if gone, err = w.goneActivities(ctx, cause); err != nil || !w.clinic.Activities.Makes(cause) {
			found = nil
			return err
		}
		found, err = w.findCaused(ctx, cause)
		return err
	}
	if err := d.read(ctx, byItself(c), look); err != nil || len(found) == 0 && len(gone) == 0 {
		return 0, err
	}
	err = d.write(ctx, byItself(c), func(w work) (err error) {
		made = 0
		if w, err = w.automatic(ctx); err != nil {
			return err
		}
		if err := look(w); err != nil { // somebody else may have been faster
			return err
		}
		for _, id := range gone {
			if err := w.takeBack(ctx, id); err != nil {
				return err
			}
		}
		made, err = w.makeCaused(ctx, cause, found)
		return err
	})
	return made, err
}

// makeCaused writes the activities about what was found.
func (w work) makeCaused(ctx context.Context, cause clinic.ActivityCause, found []store.Caused) (made int, err error) {
	for _, one := range found {
		p, err := w.person(ctx, one.Patient)
		if err != nil {
			return made, err
		}
		if cause == clinic.CauseUnseen {
			if seen, err := w.seenSince(ctx, p, clinic.AdmissionID(one.Object)); err != nil || seen {
				if err != nil {
					return made, err
				}
				continue
			}
		}
		if err := w.caused(ctx, cause, one, p, w.today(), ""); err != nil {
			return made, err
		}
		if err := w.audit(ctx, "activity.automatic", p.ID, one.Object); err != nil {
			return made, err
		}
		made++
	}
	return made, nil
}

// takeBack cancels an open activity whose cause is gone; it comes again when
// the cause does.
func (w work) takeBack(ctx context.Context, id clinic.ActivityID) error {
	a, err := w.Tx.Activity(ctx, id)
	if err != nil {
		return err
	}
	a.Status = clinic.ActivityCancelled
	if err := w.SaveActivity(ctx, a.Activity); err != nil {
		return err
	}
	return w.audit(ctx, "activity.automatic", a.Patient, a.Object)
}

// findCaused looks for what a cause is to make activities about today.
func (w work) findCaused(ctx context.Context, cause clinic.ActivityCause) ([]store.Caused, error) {
	rules, today := w.clinic.Activities, w.today()
	window := store.CauseWindow{From: today.Add(-lookBack), Until: today.Add(1), Now: w.now, Limit: mostMade}
	days := func(from, until jalali.Day) {
		window.From, window.Until = from, until
		window.Since, _ = from.Bounds(w.clinic.Zone)
		window.Before, _ = until.Bounds(w.clinic.Zone)
	}
	switch cause {
	case clinic.CauseInstalment:
		window.Until, window.Limit = today, mostFound
		return w.overdueParts(ctx, window)
	case clinic.CauseSession:
		days(today.Add(-lookBack), today.Add(rules.SessionDays+1))
	case clinic.CauseDeposit:
		days(today, today.Add(rules.DepositDays+1))
	case clinic.CauseUnseen:
		last := today.Date().AddMonths(-rules.UnseenMonths).Civil()
		days(last.Add(-lookBack), last)
	case clinic.CauseSatisfaction:
		last := today.Add(1 - rules.SatisfactionDays)
		days(last.Add(-soonOver), last)
	case clinic.CauseBirthday:
		window.Birthdays, window.Year = clinic.AnniversaryDays(today), today.Date().Year
	}
	return w.FindCaused(ctx, cause, window)
}

// overdueParts are the instalments that are late and were due in the window.
func (w work) overdueParts(ctx context.Context, window store.CauseWindow) (found []store.Caused, err error) {
	plans, err := w.OverduePlans(ctx, window)
	if err != nil {
		return nil, err
	}
	for _, p := range plans {
		for _, part := range p.Plan.Schedule(p.Share, p.Paid, w.today()).Parts {
			if part.Left == 0 || part.Due < window.From || part.Due >= window.Until || len(found) == mostMade {
				continue
			}
			there, err := w.CausedActivity(ctx, clinic.CauseInstalment, int64(p.Plan.ID), int64(part.Line))
			if err != nil {
				return nil, err
			}
			if !there {
				found = append(found, store.Caused{Object: int64(p.Plan.ID), Part: int64(part.Line), Patient: p.Admission.Patient})
			}
		}
	}
	return found, nil
}

// goneActivities are the open activities of a cause that is gone.
func (w work) goneActivities(ctx context.Context, cause clinic.ActivityCause) (gone []clinic.ActivityID, err error) {
	if cause != clinic.CauseInstalment {
		return w.Lapsed(ctx, cause, store.CauseWindow{Now: w.now, Limit: mostMade})
	}
	open, err := w.OpenCaused(ctx, cause, mostFound)
	if err != nil || len(open) == 0 {
		return nil, err
	}
	ids := make([]clinic.PlanID, len(open))
	for i, a := range open {
		ids[i] = clinic.PlanID(a.Object)
	}
	plans, err := w.PlansNamed(ctx, ids)
	if err != nil {
		return nil, err
	}
	late := map[[2]int64]bool{}
	for _, p := range plans {
		for _, part := range p.Plan.Schedule(p.Share, p.Paid, w.today()).Parts {
			late[[2]int64{int64(p.Plan.ID), int64(part.Line)}] = part.Left > 0
		}
	}
	for _, a := range open {
		if !late[[2]int64{a.Object, a.Part}] {
			gone = append(gone, a.ID)
		}
	}
	return gone, nil
}

// seenSince reports whether the person of several files came after an admission
// of one of them.
func (w work) seenSince(ctx context.Context, p clinic.Patient, last clinic.AdmissionID) (bool, error) {
	files, _, err := w.files(ctx, p.ID, store.Moment{})
	if err != nil || len(files) == 1 {
		return false, err
	}
	a, err := w.Admission(ctx, last)
	if err != nil {
		return false, err
	}
	seen, err := w.LastAdmission(ctx, files)
	return seen > a.Day, err
}
