package desk

import (
	"context"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
)

// BatchBooking is an appointment that is written down, whenever it is. Of the
// command at the desk it has everything but what comes with deposits.
type BatchBooking struct {
	Book
	Proposed bool // asked for and not promised
	Series   clinic.SeriesID
}

// NewSeries is the name of appointments that are booked together.
func (b Batch) NewSeries() clinic.SeriesID { return clinic.SeriesID(b.w.id()) }

// Book stores an appointment. One whose time has not begun when it is written
// goes where the calendar has room, as at the desk; one that has begun was
// where it says, and one of days that are over takes no seats any more. Faults
// are those of Desk.Book.
func (b Batch) Book(ctx context.Context, cmd BatchBooking) (a clinic.Appointment, err error) {
	w := b.w
	p, err := w.person(ctx, cmd.Patient)
	if err != nil {
		return a, err
	}
	wanted := Wanted{Provider: cmd.Provider, Service: cmd.Service, Branch: cmd.Branch, Minutes: cmd.Minutes}
	wish, err := w.wish(ctx, wanted)
	if begun := !cmd.Starts.After(w.now); begun && fault.Of(err) == fault.Refused {
		wanted.Service = 0 // what is not offered any more was
		wish, err = w.wish(ctx, wanted)
	}
	if err != nil {
		return a, err
	}
	starts := cmd.Starts.UTC()
	a = clinic.Appointment{Patient: p.ID, Provider: cmd.Provider, Service: cmd.Service, Channel: cmd.Channel, Note: cmd.Note, Status: clinic.Booked,
		Series: cmd.Series, Span: clinic.Span{Starts: starts, Ends: starts.Add(time.Duration(wish.Minutes) * time.Minute)},
		Recorded: w.now, Staff: w.actor.Staff, Version: 1}
	if cmd.Proposed {
		a.Status = clinic.Proposed
	}
	if a, err = clinic.CheckAppointment(a); err != nil {
		return a, err
	}
	slot, err := b.slot(ctx, wish, a.Span, cmd.Overbook)
	if err != nil {
		return a, err
	}
	a.ID = clinic.AppointmentID(w.id())
	if a = seated(a, slot); a.Branch == 0 {
		a.Branch = w.actor.Branch
	}
	if err := w.AddAppointment(ctx, a); err != nil {
		return a, err
	}
	if err := b.take(ctx, a, slot); err != nil {
		return a, err
	}
	if err := w.event(ctx, clinic.EventBooked, a, a, ""); err != nil {
		return a, err
	}
	if err := w.leadBooked(ctx, cmd.Lead, a); err != nil {
		return a, err
	}
	if err := w.fulfilWait(ctx, cmd.Wait, a); err != nil || b.over(a.Span) {
		return a, err
	}
	return a, w.announce(ctx, clinic.MessageBooked, a, p)
}

// over reports whether the seats of the span are forgotten.
func (b Batch) over(s clinic.Span) bool { return !s.Ends.After(b.w.desk.now().Add(-forgotten)) }

// slot is where an appointment goes or was.
func (b Batch) slot(ctx context.Context, wish clinic.Wish, s clinic.Span, over bool) (clinic.Slot, error) {
	switch {
	case b.over(s):
		return clinic.Slot{Span: s, Provider: wish.Provider, Branch: wish.Branch, Device: wish.Device, Seats: []clinic.Seat{{Holder: int64(wish.Provider)}}}, nil
	case s.Starts.After(b.w.now):
		return b.w.placeAt(ctx, wish, s, over)
	}
	return b.w.placeWas(ctx, wish, 0, s)
}

// take gives an appointment its seats, if they are still kept.
func (b Batch) take(ctx context.Context, a clinic.Appointment, s clinic.Slot) error {
	if b.over(a.Span) {
		return nil
	}
	return b.w.TakeSeats(ctx, int64(a.ID), s)
}

// MoveAppointment moves an appointment to another time, perhaps to another
// provider. Faults are those of Desk.Reschedule.
func (b Batch) MoveAppointment(ctx context.Context, cmd Reschedule) (a clinic.Appointment, err error) {
	w := b.w
	was, p, err := w.visibleAppointment(ctx, cmd.Appointment, nil)
	if err != nil {
		return a, err
	}
	if cmd.Provider == 0 {
		cmd.Provider = was.Provider
	}
	if cmd.Minutes == 0 {
		cmd.Minutes = was.Minutes()
	}
	if reason, err := cleanReason(cmd.Reason); err != nil {
		return a, err
	} else if cmd.Reason = reason; !b.over(was.Span) {
		to := Wanted{Provider: cmd.Provider, Service: was.Service, Branch: cmd.Branch, Minutes: cmd.Minutes}
		return w.reschedule(ctx, was, p, to, cmd.Starts.UTC(), cmd.Overbook, reason)
	}
	starts := cmd.Starts.UTC()
	if a, err = was.Move(clinic.Span{Starts: starts, Ends: starts.Add(time.Duration(cmd.Minutes) * time.Minute)}, cmd.Provider); err != nil {
		return a, err
	}
	if a, err = clinic.CheckAppointment(a); err != nil {
		return a, err
	}
	wish, err := w.wish(ctx, Wanted{Provider: cmd.Provider, Service: was.Service, Branch: cmd.Branch, Minutes: cmd.Minutes})
	if err != nil {
		return a, err
	}
	slot, err := b.slot(ctx, wish, a.Span, cmd.Overbook)
	if err != nil {
		return a, err
	}
	if slot.Branch == 0 {
		slot.Branch = was.Branch
	}
	if err := b.take(ctx, a, slot); err != nil {
		return a, err
	}
	return w.changed(ctx, clinic.EventMoved, was, seated(a, slot), cmd.Reason)
}

// kindOf is what happens to an appointment that comes to a state.
var kindOf = map[clinic.AppointmentStatus]clinic.AppointmentEventKind{
	clinic.Booked: clinic.EventRestored, clinic.Confirmed: clinic.EventConfirmed, clinic.CheckedIn: clinic.EventCheckedIn,
	clinic.CancelledByPatient: clinic.EventCancelled, clinic.CancelledByClinic: clinic.EventCancelled, clinic.NoShow: clinic.EventNoShow,
	clinic.EnteredInError: clinic.EventInError,
}

// StepAppointment moves an appointment to another state; a fulfilled one has
// FulfilAppointment. Nothing else comes of it: see MissAppointment and
// CancelAppointment. Faults are those of clinic.Appointment.Step.
func (b Batch) StepAppointment(ctx context.Context, id clinic.AppointmentID, to clinic.AppointmentStatus, reason string) (clinic.Appointment, error) {
	a, err := b.w.Tx.Appointment(ctx, id)
	if err != nil {
		return a, err
	}
	if reason, err = cleanReason(reason); err != nil {
		return a, err
	}
	return b.w.stepTo(ctx, a, to, kindOf[to], reason)
}

// MissAppointment marks an appointment as missed, with the follow-up that comes
// of it.
func (b Batch) MissAppointment(ctx context.Context, id clinic.AppointmentID) (clinic.Appointment, error) {
	a, p, err := b.w.visibleAppointment(ctx, id, nil)
	if err != nil {
		return a, err
	}
	return b.w.miss(ctx, a, p)
}

// CancelAppointment cancels an appointment, with the message and, when the
// clinic did, the activity that come of it.
func (b Batch) CancelAppointment(ctx context.Context, id clinic.AppointmentID, byClinic bool, reason string) (clinic.Appointment, error) {
	a, p, err := b.w.visibleAppointment(ctx, id, nil)
	if err != nil {
		return a, err
	}
	return b.w.cancelTime(ctx, a, p, byClinic, reason)
}

// FulfilAppointment lets an appointment be the admission that came of it, on
// the day of the admission. NotFound admission.none; other faults are those of
// Desk.Admit about an appointment.
func (b Batch) FulfilAppointment(ctx context.Context, id clinic.AppointmentID, admission clinic.AdmissionID) error {
	w := b.w
	a, err := w.Admission(ctx, admission)
	if err != nil {
		return err
	}
	w.now = a.At
	return w.fulfil(ctx, id, a)
}

// At is the batch at an instant: what it writes was done then, by whoever
// carries out the batch.
func (b Batch) At(at time.Time) Batch {
	b.w.now = at
	return b
}

// RestoreAppointment gives a cancelled or missed appointment its time again.
// Faults are those of Desk.RestoreAppointment.
func (b Batch) RestoreAppointment(ctx context.Context, id clinic.AppointmentID) (clinic.Appointment, error) {
	was, p, err := b.w.visibleAppointment(ctx, id, nil)
	if err != nil {
		return was, err
	}
	wanted := Wanted{Provider: was.Provider, Service: was.Service, Branch: was.Branch, Minutes: was.Minutes()}
	return b.w.restore(ctx, was, p, wanted)
}
