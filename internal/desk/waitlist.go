package desk

import (
	"context"
	"slices"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/store"
)

// JoinWaitlist is the command "tell the patient when a time is free".
type JoinWaitlist struct {
	Wait    clinic.Wait
	Request Request `json:"-"`
}

// JoinWaitlist carries out the command. Without a branch, and for who sees only
// one, it is the actor's. NotFound patient.none, provider.none, service.none,
// branch.none; Invalid those of clinic.Wait.Check.
func (d *Desk) JoinWaitlist(ctx context.Context, actor clinic.Actor, cmd JoinWaitlist) (clinic.Wait, error) {
	return command(ctx, d, actor, clinic.WriteAppointments, "waitlist.join", cmd.Request, cmd.Wait, func(w work) (clinic.Wait, error) {
		wait, err := w.joins(ctx, cmd.Wait)
		if err != nil {
			return wait, err
		}
		return wait, w.audit(ctx, "waitlist.join", wait.Patient, int64(wait.ID))
	})
}

// joins checks and stores a line of the waitlist.
func (w work) joins(ctx context.Context, wait clinic.Wait) (clinic.Wait, error) {
	wait, err := wait.Check(w.today())
	if err != nil {
		return wait, err
	}
	p, err := w.person(ctx, wait.Patient)
	if err != nil {
		return wait, err
	}
	wait.Patient = p.ID
	if err := w.known(ctx, clinic.Deposit{Service: wait.Service, Provider: wait.Provider}); err != nil {
		return wait, err
	}
	wait.ID, wait.Status, wait.Recorded, wait.Staff, wait.Version = clinic.WaitID(w.id()), clinic.Waiting, w.now, w.actor.Staff, 1
	if wait.Branch == 0 || w.branch() != 0 {
		wait.Branch = w.actor.Branch
	}
	if err := w.placedAt(ctx, 0, wait.Branch, 0); err != nil {
		return wait, err
	}
	return wait, w.AddWait(ctx, wait)
}

// LeaveWaitlist is the command "the patient does not wait any more".
type LeaveWaitlist struct {
	Wait    clinic.WaitID
	Request Request `json:"-"`
}

// LeaveWaitlist carries out the command. NotFound waitlist.none; Refused
// waitlist.over.
func (d *Desk) LeaveWaitlist(ctx context.Context, actor clinic.Actor, cmd LeaveWaitlist) (clinic.Wait, error) {
	return command(ctx, d, actor, clinic.WriteAppointments, "waitlist.leave", cmd.Request, cmd, func(w work) (clinic.Wait, error) {
		found, err := w.waitLine(ctx, cmd.Wait)
		if err != nil {
			return found, err
		}
		found.Status = clinic.WaitEnded
		if err := w.SaveWait(ctx, found); err != nil {
			return found, err
		}
		return found, w.audit(ctx, "waitlist.leave", found.Patient, int64(found.ID))
	})
}

// WaitLine returns a line of the waitlist, whatever became of it. NotFound
// waitlist.none.
func (d *Desk) WaitLine(ctx context.Context, actor clinic.Actor, id clinic.WaitID) (found store.WaitShown, err error) {
	if err := actor.May(clinic.ReadAppointments); err != nil {
		return found, err
	}
	err = d.read(ctx, actor, func(w work) (err error) {
		if _, err = w.waitLine(ctx, id); fault.Code(err) != "waitlist.over" && err != nil {
			return err
		}
		found, err = w.Wait(ctx, id)
		found.Mobile = w.maskedNumber(found.Mobile)
		return err
	})
	return found, err
}

// waitLine returns a line of the waitlist of a person whom the actor may see.
// NotFound waitlist.none; Refused waitlist.over.
func (w work) waitLine(ctx context.Context, id clinic.WaitID) (clinic.Wait, error) {
	found, err := w.Wait(ctx, id)
	if err != nil {
		return found.Wait, err
	}
	if _, err := w.person(ctx, found.Patient); fault.Of(err) == fault.NotFound {
		return clinic.Wait{}, fault.New(fault.NotFound, "waitlist.none", "there is no line %d", id)
	} else if err != nil {
		return found.Wait, err
	}
	if found.Status != clinic.Waiting {
		return found.Wait, fault.New(fault.Refused, "waitlist.over", "the line is %s", found.Status)
	}
	return found.Wait, nil
}

// fulfilWait ends the waiting that an appointment answers. Refused
// waitlist.other for another person's.
func (w work) fulfilWait(ctx context.Context, id clinic.WaitID, a clinic.Appointment) error {
	if id == 0 {
		return nil
	}
	found, err := w.waitLine(ctx, id)
	if err != nil {
		return err
	}
	files, err := w.filesOf(ctx, a.Patient)
	if err != nil {
		return err
	}
	if !slices.Contains(files, found.Patient) {
		return fault.New(fault.Refused, "waitlist.other", "somebody else waits there")
	}
	found.Status, found.Appointment = clinic.WaitBooked, a.ID
	return w.SaveWait(ctx, found)
}

// waitLines are lines of the waitlist that were shown.
type waitLines []store.WaitShown

func (l waitLines) shown() (people []clinic.PatientID) {
	for _, one := range l {
		people = append(people, one.Patient)
	}
	return people
}

// Waitlist lists who waits at the actor's branch, or at all of them, the
// longest first.
func (d *Desk) Waitlist(ctx context.Context, actor clinic.Actor) ([]store.WaitShown, error) {
	if err := actor.May(clinic.ReadAppointments); err != nil {
		return nil, err
	}
	return readPatient(ctx, d, actor, "appointment.list", func(w work) (waitLines, clinic.PatientID, error) {
		all, err := w.Waiting(ctx, w.branch(), nil)
		if err != nil {
			return nil, 0, err
		}
		all, err = w.knownLines(ctx, all)
		return all, 0, err
	})
}

// knownLines are the lines of people whom the actor may see, with numbers as
// the actor sees them: who sees all branches may let somebody of another wait
// here.
func (w work) knownLines(ctx context.Context, all []store.WaitShown) ([]store.WaitShown, error) {
	files := make([]clinic.PatientID, len(all))
	for i, one := range all {
		files[i] = one.Patient
	}
	persons, err := w.PersonsOf(ctx, files)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(one store.WaitShown) bool { return w.visible(persons[one.Patient]) != nil })
	for i := range all {
		all[i].Mobile = w.maskedNumber(all[i].Mobile)
	}
	return all, nil
}

// suits lists who waits for the time that a change of an appointment left free.
func (w work) suits(ctx context.Context, was, is clinic.Appointment) (suit []store.WaitShown, err error) {
	left := was.Status.TakesTime() && (!is.Status.TakesTime() || was.Span != is.Span || was.Provider != is.Provider)
	if !left || !was.Starts.After(w.now) {
		return nil, nil
	}
	all, err := w.Waiting(ctx, was.Branch, nil)
	if err != nil {
		return nil, err
	}
	if all, err = w.knownLines(ctx, all); err != nil {
		return nil, err
	}
	slot := clinic.Slot{Span: was.Span, Provider: was.Provider, Branch: was.Branch}
	for _, one := range all {
		if one.Suits(slot, w.clinic.Zone) && one.Patient != is.Patient {
			suit = append(suit, one)
		}
	}
	return suit, nil
}
