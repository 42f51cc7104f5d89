package desk

import (
	"cmp"
	"context"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/message"
	"daftar/internal/store"
)

// AddActivity is the command "this is to be done about the patient", or with
// Done "this was done", and what comes after it.
type AddActivity struct {
	Activity clinic.Activity
	Done     bool
	Next     *clinic.NextActivity `json:",omitempty"`
	Request  Request              `json:"-"`
}

// AddActivity carries out the command. NotFound patient.none, lead.none,
// staff.none, service.none; Refused activity.owner; Invalid those of
// clinic.Activity.CheckNew, and of Next when one comes after it.
func (d *Desk) AddActivity(ctx context.Context, actor clinic.Actor, cmd AddActivity) (clinic.Activity, error) {
	return command(ctx, d, actor, clinic.WriteActivities, "activity.add", cmd.Request, cmd, func(w work) (clinic.Activity, error) {
		p, err := w.party(ctx, cmd.Activity)
		if err != nil {
			return clinic.Activity{}, err
		}
		a, err := cmd.Activity.CheckNew(w.today(), cmd.Done)
		if err != nil {
			return a, err
		}
		if err := w.owns(ctx, a.Owner, p, "owner_id"); err != nil {
			return a, err
		}
		if a.Service != 0 {
			if _, err := w.Service(ctx, a.Service); err != nil {
				return a, at(err, "service_id")
			}
		}
		a.ID, a.Patient, a.Branch, a.Status = clinic.ActivityID(w.id()), p.ID, w.actor.Branch, clinic.ActivityOpen
		a.Recorded, a.Staff, a.Version = w.now, w.actor.Staff, 1
		a.Cause, a.Object, a.Part, a.Follows, a.Appointment, a.Reason = "", 0, 0, 0, 0, ""
		if cmd.Done {
			if a, err = a.Complete(a.Outcome, a.Result, w.actor.Staff, w.now); err != nil {
				return a, err
			}
		}
		if err := w.Tx.AddActivity(ctx, a); err != nil {
			return a, err
		}
		if err := w.leadWorked(ctx, a); err != nil {
			return a, err
		}
		if err := w.plan(ctx, a, p, cmd.Next); err != nil {
			return a, err
		}
		return a, w.audit(ctx, "activity.add", p.ID, int64(a.ID))
	})
}

// owns refuses an owner who could not come to an activity about the person:
// NotFound staff.none; Refused activity.owner for who is not at work here any
// more, may not work on activities, or does not see the person.
func (w work) owns(ctx context.Context, owner clinic.StaffID, p clinic.Patient, field string) error {
	if owner == 0 {
		return nil
	}
	s, err := w.Staff(ctx, owner)
	if err != nil {
		return at(err, field)
	}
	if !worksOn(s, p) {
		return fault.New(fault.Refused, "activity.owner", "%d cannot come to it", owner).At(field)
	}
	return nil
}

// worksOn reports whether somebody can come to activities about a person.
func worksOn(s clinic.Staff, p clinic.Patient) bool {
	may := s.Rights()
	return s.ID != clinic.Automatic && !s.Disabled && may.Has(clinic.WriteActivities) && (s.Branch == p.Branch || may.Has(clinic.AllBranches))
}

// plan writes the activity that comes after another one; nil is none.
func (w work) plan(ctx context.Context, a clinic.Activity, p clinic.Patient, next *clinic.NextActivity) error {
	if next == nil {
		return nil
	}
	n, err := a.Next(*next, aboutOf(a), w.today())
	if err != nil {
		return err
	}
	if err := w.owns(ctx, n.Owner, p, "next_owner_id"); err != nil {
		return err
	}
	if there, err := w.FollowedBy(ctx, a.ID); err != nil || there != 0 {
		return cmp.Or(err, error(fault.New(fault.Conflict, "activity.followed", "the activity has a next one already")))
	}
	n.ID, n.Patient, n.Recorded, n.Staff, n.Version = clinic.ActivityID(w.id()), p.ID, w.now, w.actor.Staff, 1
	if err := w.Tx.AddActivity(ctx, n); err != nil {
		return err
	}
	return w.audit(ctx, "activity.add", p.ID, int64(n.ID))
}

// aboutOf is what an activity is about in words: of one that came by itself the
// name of its cause, in the language of the clinic's records.
func aboutOf(a clinic.Activity) string {
	if a.Subject == "" && a.Cause != "" {
		return message.Persian.Text("activity.cause." + string(a.Cause))
	}
	return a.Subject
}

// changeActivity is what commands about one activity share: find it, look
// whether it is the one that was seen, change it, and write that down.
func (d *Desk) changeActivity(ctx context.Context, actor clinic.Actor, action string, id clinic.ActivityID, seen int64, r Request, body any,
	do func(w work, a clinic.Activity, p clinic.Patient) (clinic.Activity, error)) (clinic.Activity, error) {
	return command(ctx, d, actor, clinic.WriteActivities, action, r, body, func(w work) (clinic.Activity, error) {
		found, err := w.visibleActivity(ctx, id)
		if err != nil {
			return found.Activity, err
		}
		p, err := w.party(ctx, found.Activity)
		if err != nil {
			return found.Activity, err
		}
		if seen != 0 && seen != found.Version {
			return found.Activity, fault.New(fault.Conflict, "activity.stale", "the activity was changed by someone else")
		}
		a, err := do(w, found.Activity, p)
		if err != nil {
			return a, err
		}
		return a, w.audit(ctx, action, a.Patient, int64(a.ID))
	})
}

// savedActivity writes a changed activity back and returns it as it is then.
func (w work) savedActivity(ctx context.Context, a clinic.Activity, err error) (clinic.Activity, error) {
	if err == nil {
		err = w.SaveActivity(ctx, a)
	}
	a.Version++
	return a, err
}

// CompleteActivity is the command "it is done", with what came of it and what
// comes after it.
type CompleteActivity struct {
	Activity clinic.ActivityID
	Outcome  clinic.ActivityOutcome `json:",omitempty"`
	Result   string
	Next     *clinic.NextActivity `json:",omitempty"`
	Request  Request              `json:"-"`
}

// CompleteActivity carries out the command. NotFound activity.none, staff.none;
// Refused activity.over, activity.owner; Invalid activity.outcome, text.long and
// those of clinic.Activity.Next; Conflict activity.followed, activity.stale.
func (d *Desk) CompleteActivity(ctx context.Context, actor clinic.Actor, cmd CompleteActivity) (clinic.Activity, error) {
	return d.changeActivity(ctx, actor, "activity.complete", cmd.Activity, 0, cmd.Request, cmd, func(w work, a clinic.Activity, p clinic.Patient) (clinic.Activity, error) {
		a, err := a.Complete(cmd.Outcome, cmd.Result, w.actor.Staff, w.now)
		if a, err = w.savedActivity(ctx, a, err); err != nil {
			return a, err
		}
		return a, w.plan(ctx, a, p, cmd.Next)
	})
}

// PlanActivity is the command "this comes after it", whether it is done or not.
type PlanActivity struct {
	Activity clinic.ActivityID
	Next     clinic.NextActivity
	Request  Request `json:"-"`
}

// PlanActivity carries out the command and returns the activity that it comes
// after. NotFound activity.none, staff.none; Refused activity.over,
// activity.owner; Invalid those of clinic.Activity.Next; Conflict
// activity.followed.
func (d *Desk) PlanActivity(ctx context.Context, actor clinic.Actor, cmd PlanActivity) (clinic.Activity, error) {
	return d.changeActivity(ctx, actor, "activity.plan", cmd.Activity, 0, cmd.Request, cmd, func(w work, a clinic.Activity, p clinic.Patient) (clinic.Activity, error) {
		return a, w.plan(ctx, a, p, &cmd.Next)
	})
}

// RescheduleActivity is the command "on another day", or "by somebody else".
// Seen is the version that was looked at; 0 is not asked.
type RescheduleActivity struct {
	Activity clinic.ActivityID
	Due      jalali.Day
	Owner    clinic.StaffID // 0: whoever comes to it
	Seen     int64
	Request  Request `json:"-"`
}

// RescheduleActivity carries out the command. NotFound activity.none,
// staff.none; Refused activity.over, activity.owner; Invalid activity.due,
// activity.past, activity.far; Conflict activity.stale.
func (d *Desk) RescheduleActivity(ctx context.Context, actor clinic.Actor, cmd RescheduleActivity) (clinic.Activity, error) {
	return d.changeActivity(ctx, actor, "activity.reschedule", cmd.Activity, cmd.Seen, cmd.Request, cmd, func(w work, a clinic.Activity, p clinic.Patient) (clinic.Activity, error) {
		if cmd.Owner != a.Owner {
			if err := w.owns(ctx, cmd.Owner, p, "owner_id"); err != nil {
				return a, err
			}
		}
		a, err := a.Reschedule(cmd.Due, cmd.Owner, w.today())
		return w.savedActivity(ctx, a, err)
	})
}

// CancelActivity is the command "it is not to be done any more".
type CancelActivity struct {
	Activity clinic.ActivityID
	Reason   string
	Request  Request `json:"-"`
}

// CancelActivity carries out the command. What came by itself does not come
// again. NotFound activity.none; Refused activity.over; Invalid activity.reason.
func (d *Desk) CancelActivity(ctx context.Context, actor clinic.Actor, cmd CancelActivity) (clinic.Activity, error) {
	return d.changeActivity(ctx, actor, "activity.cancel", cmd.Activity, 0, cmd.Request, cmd, func(w work, a clinic.Activity, _ clinic.Patient) (clinic.Activity, error) {
		a, err := a.Cancel(cmd.Reason, w.actor.Staff, w.now)
		return w.savedActivity(ctx, a, err)
	})
}

// ReopenActivity is the command "it was not done after all".
type ReopenActivity struct {
	Activity clinic.ActivityID
	Request  Request `json:"-"`
}

// ReopenActivity carries out the command; what was planned after it stays.
// NotFound activity.none; Refused activity.open, activity.booked,
// activity.withdrawn; Conflict activity.followed when one that it follows has
// another next one by now.
func (d *Desk) ReopenActivity(ctx context.Context, actor clinic.Actor, cmd ReopenActivity) (clinic.Activity, error) {
	return d.changeActivity(ctx, actor, "activity.reopen", cmd.Activity, 0, cmd.Request, cmd, func(w work, a clinic.Activity, _ clinic.Patient) (clinic.Activity, error) {
		if a.Follows != 0 {
			if next, err := w.FollowedBy(ctx, a.Follows); err != nil || next != 0 && next != a.ID {
				return a, cmp.Or(err, error(fault.New(fault.Conflict, "activity.followed", "the activity before it has another next one")))
			}
		}
		a, err := a.Reopen()
		return w.savedActivity(ctx, a, err)
	})
}

// bookedFrom completes the activity that an appointment came of; 0 is none.
// NotFound activity.none, also for one of another person; Refused
// activity.over.
func (w work) bookedFrom(ctx context.Context, id clinic.ActivityID, booked clinic.Appointment) error {
	if id == 0 {
		return nil
	}
	found, err := w.visibleActivity(ctx, id)
	if err != nil {
		return err
	}
	if found.Patient != booked.Patient {
		return fault.New(fault.NotFound, "activity.none", "there is no activity %d of the person", id)
	}
	a, err := found.Complete(clinic.OutcomeBooked, "", w.actor.Staff, w.now)
	a.Appointment = booked.ID
	if _, err = w.savedActivity(ctx, a, err); err != nil {
		return err
	}
	if err := w.leadOfActivityBooked(ctx, a, booked); err != nil {
		return err
	}
	return w.audit(ctx, "activity.complete", a.Patient, int64(a.ID))
}

// automaticActivity writes the activity that a cause makes about an object,
// once.
func (w work) automaticActivity(ctx context.Context, cause clinic.ActivityCause, object int64, p clinic.Patient, due jalali.Day) error {
	return w.automaticNote(ctx, cause, object, p, due, "")
}

// automaticNote is automaticActivity with what whoever comes to it should know.
func (w work) automaticNote(ctx context.Context, cause clinic.ActivityCause, object int64, p clinic.Patient, due jalali.Day, note string) error {
	if !w.clinic.Activities.Makes(cause) {
		return nil
	}
	there, err := w.CausedActivity(ctx, cause, object, 0)
	if err != nil || there {
		return err
	}
	return w.caused(ctx, cause, store.Caused{Object: object}, p, due, note)
}

// caused writes an activity that came by itself.
func (w work) caused(ctx context.Context, cause clinic.ActivityCause, c store.Caused, p clinic.Patient, due jalali.Day, note string) error {
	return w.Tx.AddActivity(ctx, clinic.Activity{ID: clinic.ActivityID(w.id()), Patient: p.ID, Branch: p.Branch, Kind: cause.Kind(), Due: due, Note: note,
		Service: c.Service, Status: clinic.ActivityOpen, Cause: cause, Object: c.Object, Part: c.Part, Recorded: w.now, Staff: w.actor.Staff, Version: 1})
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
	p, err := w.party(ctx, a.Activity)
	if fault.Of(err) == fault.NotFound {
		return store.ActivityShown{}, fault.New(fault.NotFound, "activity.none", "there is no activity %d", id)
	}
	a.Patient = p.ID
	return a, err
}
