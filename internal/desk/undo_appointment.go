package desk

import (
	"context"
	"slices"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/store"
)

// undoneTime is an appointment with the last thing that happened to it, which
// is undone, and what came before.
type undoneTime struct {
	clinic.Appointment
	last   store.AppointmentStep
	before clinic.AppointmentEvent // that left it in the state before
}

// whatTime is what a unit is called that only did something to appointments.
const whatTime = "appointment_"

// timesToUndo reads the appointments of a unit. Refused undo.used when
// something happened to one of them since.
func (w work) timesToUndo(ctx context.Context, unit int64) (times []undoneTime, err error) {
	ids, err := w.AppointmentsOfUnit(ctx, unit)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	stories, err := w.AppointmentEvents(ctx, ids)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		a, err := w.Tx.Appointment(ctx, id)
		if err != nil {
			return nil, err
		}
		story := stories[id]
		one := undoneTime{Appointment: a, last: story[len(story)-1]}
		if one.last.Unit != unit {
			return nil, used("the appointment was changed since")
		}
		if len(story) > 1 {
			one.before = cameTo(story[:len(story)-1])
		}
		times = append(times, one)
	}
	return times, nil
}

// cameTo is the event that brought a story to the state at its end: of what was
// undone, the one that is in force again.
func cameTo(story []store.AppointmentStep) clinic.AppointmentEvent {
	end := story[len(story)-1].AppointmentEvent
	for _, e := range slices.Backward(story) {
		if e.Status == end.Status && e.Kind != clinic.EventUndone {
			return e.AppointmentEvent
		}
	}
	return end
}

// onlyTimesToUndo reads a unit that posted nothing and wrote no admission.
func (w work) onlyTimesToUndo(ctx context.Context, u unit) (_ unit, err error) {
	if u.times, err = w.timesToUndo(ctx, u.id); err != nil {
		return u, err
	}
	if len(u.times) == 0 {
		return w.returnToUndo(ctx, u)
	}
	first := u.times[0]
	if err := w.unpostedMayBeUndone(ctx, u.id, first.Patient, first.last.Staff, first.last.At); err != nil {
		return u, err
	}
	if first.last.Kind == clinic.EventUndone {
		return u, fault.New(fault.Refused, "undo.void", "what was taken back is done again, not undone")
	}
	u.what = whatTime + string(first.last.Kind)
	for _, t := range u.times {
		u.patients = append(u.patients, t.Patient)
	}
	return u, nil
}

// undoTimes makes appointments what they were before. Refused those of
// clinic.Calendar.Place when the time that one had was taken since.
func (w work) undoTimes(ctx context.Context, times []undoneTime) error {
	for _, t := range times {
		if err := w.undoTime(ctx, t); err != nil {
			return err
		}
	}
	return nil
}

func (w work) undoTime(ctx context.Context, t undoneTime) error {
	was, p, err := w.visibleAppointment(ctx, t.ID, nil)
	if err != nil {
		return err
	}
	a := was.Undo(t.last.AppointmentEvent, t.before, w.now)
	moved := a.Span != was.Span || a.Provider != was.Provider
	if moved {
		if err := w.FreeSeats(ctx, int64(a.ID)); err != nil {
			return err
		}
	}
	if a.Status.TakesTime() && (moved || !was.Status.TakesTime()) {
		if a, err = w.placeAgain(ctx, a, was.Overbooked && !moved); err != nil {
			return err
		}
	}
	if a, err = w.changed(ctx, clinic.EventUndone, was, a, ""); err != nil {
		return err
	}
	if err := w.CancelActivities(ctx, int64(a.ID), t.last.At); err != nil {
		return err
	}
	if t.last.Kind == clinic.EventBooked {
		if err := w.ReopenBooked(ctx, a.ID); err != nil {
			return err
		}
	}
	return w.sayUndone(ctx, t, a, p)
}

// placeAgain gives an appointment the seats of its time, whether that has begun
// or not.
func (w work) placeAgain(ctx context.Context, a clinic.Appointment, over bool) (clinic.Appointment, error) {
	if !a.Starts.After(w.now) {
		return w.cameLate(ctx, a)
	}
	wish, err := w.wish(ctx, Wanted{Provider: a.Provider, Service: a.Service, Branch: a.Branch, Minutes: a.Minutes()})
	if err != nil {
		return a, err
	}
	slot, err := w.placeAt(ctx, wish, a.Span, over)
	if err != nil {
		return a, err
	}
	return seated(a, slot), w.TakeSeats(ctx, int64(a.ID), slot)
}

// sayUndone tells the patient what holds now, if the message about what was
// undone has gone already.
func (w work) sayUndone(ctx context.Context, t undoneTime, a clinic.Appointment, p clinic.Patient) error {
	said, err := w.MessagesAbout(ctx, int64(a.ID))
	if err != nil {
		return err
	}
	if err := w.DropMessages(ctx, int64(a.ID)); err != nil {
		return err
	}
	// A reminder says nothing new.
	said = slices.DeleteFunc(said, func(m clinic.Message) bool { return m.Kind.Reminds() })
	if len(said) == 0 || said[len(said)-1].Status == "queued" || said[len(said)-1].Status == "dropped" {
		return nil
	}
	kind := map[clinic.AppointmentEventKind]clinic.MessageKind{clinic.EventBooked: clinic.MessageCancelled, clinic.EventMoved: clinic.MessageMoved,
		clinic.EventCancelled: clinic.MessageBooked}[t.last.Kind]
	if kind == "" {
		return nil
	}
	return w.announce(ctx, kind, a, p)
}
