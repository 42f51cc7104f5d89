package store

import "daftar/internal/clinic"

// bulkCalendar are the rows of many appointments.
type bulkCalendar struct {
	appointments, events, spans, units Rows
}

func newBulkCalendar() bulkCalendar {
	return bulkCalendar{
		appointments: Rows{Table: "appointment", Columns: `id, patient, provider, service, branch, starts, ends, seat, overbooked, channel, status,
			admission, arrived, recorded, staff`},
		events: Rows{Table: "appointment_event", Columns: "id, appointment, kind, status, provider, from_starts, from_ends, to_starts, to_ends, at, staff"},
		spans:  Rows{Table: "seat_taken", Columns: "holder, starts, seat, ends, booking"},
		units:  Rows{Table: "seat_unit", Columns: "holder, unit, seat"},
	}
}

// Appointment keeps an appointment in no room.
func (b *BulkDocuments) Appointment(a clinic.Appointment) {
	b.appointments.Add(a.ID, a.Patient, a.Provider, nullID(a.Service), a.Branch, micros(a.Starts), micros(a.Ends), a.Seat, bit(a.Overbooked), a.Channel,
		a.Status, nullID(a.Admission), nullMoment(a.Arrived), micros(a.Recorded), a.Staff)
}

// AppointmentEvent keeps what happened to an appointment that never moved.
func (b *BulkDocuments) AppointmentEvent(id int64, e clinic.AppointmentEvent) {
	b.events.Add(id, e.Appointment, e.Kind, e.Status, e.Provider, micros(e.From.Starts), micros(e.From.Ends), micros(e.To.Starts), micros(e.To.Ends),
		micros(e.At), e.Staff)
}

// Seats keeps what an appointment takes of its provider.
func (b *BulkDocuments) Seats(a clinic.Appointment) {
	b.spans.Add(a.Provider, micros(a.Starts), a.Seat, micros(a.Ends), a.ID)
	for _, u := range a.Units() {
		b.units.Add(a.Provider, u, a.Seat)
	}
}
