package desk

import (
	"context"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/store"
)

// AddActivity is the command "this is to be done about the patient", or with
// Done "this was done".
type AddActivity struct {
	Activity clinic.Activity
	Done     bool
	Request  Request `json:"-"`
}

// AddActivity carries out the command. NotFound patient.none, staff.none; Invalid those of
// clinic.Activity.Check.
func (d *Desk) AddActivity(ctx context.Context, actor clinic.Actor, cmd AddActivity) (clinic.Activity, error) {
	return command(ctx, d, actor, clinic.WriteActivities, "activity.add", cmd.Request, cmd, func(w work) (clinic.Activity, error) {
		p, err := w.person(ctx, cmd.Activity.Patient)
		if err != nil {
			return clinic.Activity{}, err
		}
		a, err := cmd.Activity.Check(w.today())
		if err != nil {
			return a, err
		}
		if a.Owner != 0 {
			if _, err := w.Staff(ctx, a.Owner); err != nil {
				return a, at(err, "owner_id")
			}
		}
		a.ID, a.Patient, a.Branch, a.Status = clinic.ActivityID(w.id()), p.ID, w.actor.Branch, clinic.ActivityOpen
		a.Recorded, a.Staff, a.Version, a.Cause, a.Object = w.now, w.actor.Staff, 1, "", 0
		if cmd.Done {
			if a, err = a.Complete(a.Result, w.actor.Staff, w.now); err != nil {
				return a, err
			}
		}
		if err := w.Tx.AddActivity(ctx, a); err != nil {
			return a, err
		}
		return a, w.audit(ctx, "activity.add", p.ID, int64(a.ID))
	})
}

// CompleteActivity is the command "it is done", with what came of it.
type CompleteActivity struct {
	Activity clinic.ActivityID
	Result   string
	Request  Request `json:"-"`
}

// CompleteActivity carries out the command. NotFound activity.none; Refused
// activity.over.
func (d *Desk) CompleteActivity(ctx context.Context, actor clinic.Actor, cmd CompleteActivity) (clinic.Activity, error) {
	return command(ctx, d, actor, clinic.WriteActivities, "activity.complete", cmd.Request, cmd, func(w work) (clinic.Activity, error) {
		found, err := w.visibleActivity(ctx, cmd.Activity)
		if err != nil {
			return found.Activity, err
		}
		a, err := found.Complete(cmd.Result, w.actor.Staff, w.now)
		if err != nil {
			return a, err
		}
		if err := w.SaveActivity(ctx, a); err != nil {
			return a, err
		}
		a.Version++
		return a, w.audit(ctx, "activity.complete", a.Patient, int64(a.ID))
	})
}

// automaticActivity writes the activity that a cause makes about an object,
// once.
func (w work) automaticActivity(ctx context.Context, cause clinic.ActivityCause, object int64, p clinic.Patient, due jalali.Day) error {
	return w.automaticNote(ctx, cause, object, p, due, "")
}

// automaticNote is automaticActivity with what whoever comes to it should know.
func (w work) automaticNote(ctx context.Context, cause clinic.ActivityCause, object int64, p clinic.Patient, due jalali.Day, note string) error {
	there, err := w.CausedActivity(ctx, cause, object)
	if err != nil || there {
		return err
	}
	return w.Tx.AddActivity(ctx, clinic.Activity{ID: clinic.ActivityID(w.id()), Patient: p.ID, Branch: p.Branch, Kind: clinic.FollowUp, Due: due, Note: note,
		Status: clinic.ActivityOpen, Cause: cause, Object: object, Recorded: w.now, Staff: w.actor.Staff, Version: 1})
}

// Activity returns one activity of a person whom the actor may see. NotFound
// activity.none.
func (d *Desk) Activity(ctx context.Context, actor clinic.Actor, id clinic.ActivityID) (a store.ActivityShown, err error) {
	if err := actor.May(clinic.ReadActivities); err != nil {
		return a, err
	}
	return readPatient(ctx, d, actor, "activity.read", func(w work) (a store.ActivityShown, whom clinic.PatientID, err error) {
		a, err = w.visibleActivity(ctx, id)
		return a, a.Patient, err
	})
}

// visibleActivity returns an activity of a person whom the actor may see.
// NotFound activity.none otherwise.
func (w work) visibleActivity(ctx context.Context, id clinic.ActivityID) (a store.ActivityShown, err error) {
	if a, err = w.Tx.Activity(ctx, id); err != nil {
		return a, err
	}
	p, err := w.person(ctx, a.Patient)
	if fault.Of(err) == fault.NotFound {
		return store.ActivityShown{}, fault.New(fault.NotFound, "activity.none", "there is no activity %d", id)
	}
	a.Patient = p.ID
	return a, err
}

// Activities is the tab of what was done about a person and what is to be done.
type Activities struct {
	Header
	Rows []store.ActivityShown
}

// Activities returns the tab: the open ones by their day, then the others.
// NotFound patient.none; Forbidden without the right.
func (d *Desk) Activities(ctx context.Context, actor clinic.Actor, id clinic.PatientID, v View) (a Activities, err error) {
	err = d.statement(ctx, actor, id, clinic.ReadActivities, v, &a.Header, func(w work, r store.Range) error {
		a.Rows, err = w.ActivitiesOf(ctx, a.Files, r.Moment)
		return err
	})
	return a, err
}
