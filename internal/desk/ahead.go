package desk

import (
	"context"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/store"
)

// ahead adds to a header what is planned for the person: the appointments that
// are not over, what is to be done, and points that can be spent.
func (w work) ahead(ctx context.Context, h *Header, m store.Moment) (err error) {
	if h.Appointments, err = w.CountAppointments(ctx, h.Files, m, w.now); err != nil {
		return err
	}
	if h.Appointments.Expected > 0 {
		found, err := w.Appointments(ctx, store.AppointmentQuery{Files: h.Files, From: w.now.Add(-longestAppointment),
			Statuses: []clinic.AppointmentStatus{clinic.Proposed, clinic.Booked, clinic.Confirmed, clinic.CheckedIn}})
		if err != nil {
			return err
		}
		for _, a := range found {
			if a.Ends.After(w.now) {
				h.Expected = append(h.Expected, a)
			}
		}
	}
	if w.actor.Can(clinic.ReadActivities) {
		h.Activities, err = w.CountActivities(ctx, h.Files, m)
		h.Events += h.Activities.Done
	}
	h.Events += h.Appointments.Begun
	if err != nil {
		return err
	}
	leads, err := w.countLeadRows(ctx, h.Files, store.Range{Moment: m})
	h.Events += leads
	if err == nil && w.clinic.Club && w.actor.Can(clinic.ReadClub) {
		h.Club, err = w.clubStanding(ctx, h.Files)
	}
	return err
}

// longestAppointment is how long an appointment takes at most.
const longestAppointment = 12 * time.Hour

// AppointmentShown is an appointment in a list.
type AppointmentShown = store.AppointmentShown

// AppointmentStep is one thing that happened to an appointment.
type AppointmentStep = store.AppointmentStep

// WaitShown is a line of the waitlist.
type WaitShown = store.WaitShown

// ActivityShown is an activity in a list.
type ActivityShown = store.ActivityShown
