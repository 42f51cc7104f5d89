package desk

import "daftar/internal/clinic"

// Came adds that the admission was an appointment, booked at the instant it was
// recorded. One of the last days is left out: the patient walked in, so that
// nobody's seat is taken twice.
func (b *Bulk) Came(a clinic.Appointment, admission clinic.Admission) {
	if !b.over(a.Span) {
		return
	}
	a = b.appointment(a, clinic.Booked)
	done := a
	done.Status, done.Admission, done.Arrived = clinic.Fulfilled, admission.ID, admission.At
	b.rows.Appointment(done)
	b.happened(clinic.EventBooked, a)
	done.Recorded = admission.At
	b.happened(clinic.EventFulfilled, done)
}

// Ahead adds an appointment that is to come, at its seat, which whoever calls
// it knows to be free.
func (b *Bulk) Ahead(a clinic.Appointment) {
	a = b.appointment(a, clinic.Booked)
	b.rows.Appointment(a)
	b.rows.Seats(a)
	b.happened(clinic.EventBooked, a)
}

func (b *Bulk) appointment(a clinic.Appointment, s clinic.AppointmentStatus) clinic.Appointment {
	a.ID, a.Status, a.Branch, a.Staff = clinic.AppointmentID(b.w.id()), s, b.w.actor.Branch, b.w.actor.Staff
	return a
}

// happened keeps what happened to an appointment when it was recorded.
func (b *Bulk) happened(kind clinic.AppointmentEventKind, a clinic.Appointment) {
	b.rows.AppointmentEvent(b.w.id(), clinic.AppointmentEvent{Appointment: a.ID, Kind: kind, Status: a.Status, From: a.Span, To: a.Span,
		Provider: a.Provider, At: a.Recorded, Staff: a.Staff})
}
