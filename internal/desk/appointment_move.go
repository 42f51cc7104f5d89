package desk

import (
	"context"
	"time"

	"daftar/internal/clinic"
)

// Reschedule is the command "another time, perhaps with another provider". The
// id, the history and the deposits stay with the appointment.
type Reschedule struct {
	OnAppointment
	Provider clinic.ProviderID // 0: the same
	Starts   time.Time
	Minutes  int // 0: as long as before
	Branch   clinic.BranchID
	Reason   string
	Overbook bool
}

// Reschedule carries out the command.
//
// NotFound appointment.none, provider.none; Invalid appointment.same, those of
// clinic.CheckAppointment; Conflict appointment.stale; Refused
// appointment.over, and those of Book.
func (d *Desk) Reschedule(ctx context.Context, actor clinic.Actor, cmd Reschedule) (Booked, error) {
	if cmd.Overbook {
		if err := actor.May(clinic.OverbookAppointments); err != nil {
			return Booked{}, err
		}
	}
	wanted := Wanted{Provider: cmd.Provider, Branch: cmd.Branch, Minutes: cmd.Minutes}
	done, err := onAppointment(ctx, d, actor, clinic.WriteAppointments, "appointment.reschedule", cmd.OnAppointment, cmd,
		func(w work, a clinic.Appointment, p clinic.Patient, _ *Booked) (clinic.Appointment, error) {
			if wanted.Provider == 0 {
				wanted.Provider = a.Provider
			}
			if wanted.Minutes == 0 {
				wanted.Minutes = a.Minutes()
			}
			wanted.Service = a.Service
			reason, err := cleanReason(cmd.Reason)
			if err != nil {
				return a, err
			}
			return w.reschedule(ctx, a, p, wanted, cmd.Starts.UTC(), cmd.Overbook, reason)
		})
	return done, d.withNext(ctx, actor, wanted, cmd.Starts, err)
}

// reschedule moves an appointment: its own seats are free for it.
func (w work) reschedule(ctx context.Context, was clinic.Appointment, p clinic.Patient, to Wanted, starts time.Time, over bool, reason string) (clinic.Appointment, error) {
	wish, err := w.wish(ctx, to)
	if err != nil {
		return was, err
	}
	a, err := was.Move(clinic.Span{Starts: starts, Ends: starts.Add(time.Duration(wish.Minutes) * time.Minute)}, to.Provider)
	if err != nil {
		return was, err
	}
	if a, err = clinic.CheckAppointment(a); err != nil {
		return was, err
	}
	if err := w.FreeSeats(ctx, int64(a.ID)); err != nil {
		return was, err
	}
	slot, err := w.placeAt(ctx, wish, a.Span, over)
	if err != nil {
		return was, err
	}
	if err := w.TakeSeats(ctx, int64(a.ID), slot); err != nil {
		return was, err
	}
	if a, err = w.changed(ctx, clinic.EventMoved, was, seated(a, slot), reason); err != nil {
		return was, err
	}
	return a, w.announce(ctx, clinic.MessageMoved, a, p)
}
