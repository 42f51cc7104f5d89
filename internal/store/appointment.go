package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
)

// AddAppointment writes an appointment, without its seats.
func (tx *Tx) AddAppointment(ctx context.Context, a clinic.Appointment) error {
	const columns = `clinic, id, patient, provider, service, branch, room, device, starts, ends, seat, overbooked, channel, status, note, series,
		moves, admission, reason, arrived, ended, recorded, staff`
	err := tx.exec(ctx, insert("appointment", columns, 1), tx.clinic, a.ID, a.Patient, a.Provider, nullID(a.Service), a.Branch, nullID(a.Room),
		nullID(a.Device), micros(a.Starts), micros(a.Ends), a.Seat, bit(a.Overbooked), a.Channel, a.Status, a.Note, nullID(a.Series), a.Moves,
		nullID(a.Admission), a.Reason, nullMoment(a.Arrived), nullMoment(a.Ended), micros(a.Recorded), a.Staff)
	if err != nil {
		return fmt.Errorf("add appointment: %w", err)
	}
	return nil
}

// SaveAppointment writes back an appointment read earlier. Conflict
// appointment.stale if it was written in between.
func (tx *Tx) SaveAppointment(ctx context.Context, a clinic.Appointment) error {
	n, err := tx.change(ctx, `
		UPDATE appointment
		SET provider = $4, service = $5, branch = $6, room = $7, device = $8, starts = $9, ends = $10, seat = $11, overbooked = $12, status = $13,
			note = $14, moves = $15, admission = $16, reason = $17, arrived = $18, ended = $19, version = version + 1
		WHERE clinic = $1 AND id = $2 AND version = $3`, tx.clinic, a.ID, a.Version, a.Provider, nullID(a.Service), a.Branch, nullID(a.Room),
		nullID(a.Device), micros(a.Starts), micros(a.Ends), a.Seat, bit(a.Overbooked), a.Status, a.Note, a.Moves, nullID(a.Admission), a.Reason,
		nullMoment(a.Arrived), nullMoment(a.Ended))
	if err != nil {
		return fmt.Errorf("save appointment %d: %w", a.ID, err)
	}
	if n == 0 {
		return fault.New(fault.Conflict, "appointment.stale", "the appointment was changed by someone else")
	}
	return nil
}

// AddAppointmentEvent writes what happened to an appointment; unit names the
// command it belongs to, 0 for none.
func (tx *Tx) AddAppointmentEvent(ctx context.Context, id, unit int64, e clinic.AppointmentEvent) error {
	const columns = "clinic, id, appointment, kind, status, provider, from_starts, from_ends, to_starts, to_ends, reason, at, staff, unit"
	err := tx.exec(ctx, insert("appointment_event", columns, 1), tx.clinic, id, e.Appointment, e.Kind, e.Status, e.Provider,
		micros(e.From.Starts), micros(e.From.Ends), micros(e.To.Starts), micros(e.To.Ends), e.Reason, micros(e.At), e.Staff, nullID(unit))
	if err != nil {
		return fmt.Errorf("event of appointment %d: %w", e.Appointment, err)
	}
	return nil
}

const appointmentFields = `a.id, a.patient, a.provider, COALESCE(a.service, 0), a.branch, COALESCE(a.room, 0), COALESCE(a.device, 0), a.starts, a.ends,
	a.seat, a.overbooked, a.channel, a.status, a.note, COALESCE(a.series, 0), a.moves, COALESCE(a.admission, 0), a.reason, a.arrived, a.ended,
	a.recorded, a.staff, a.version`

func scanAppointment(scan func(...any) error) (a clinic.Appointment, err error) {
	var starts, ends, recorded int64
	var arrived, ended sql.NullInt64
	err = scan(&a.ID, &a.Patient, &a.Provider, &a.Service, &a.Branch, &a.Room, &a.Device, &starts, &ends, &a.Seat, &a.Overbooked, &a.Channel,
		&a.Status, &a.Note, &a.Series, &a.Moves, &a.Admission, &a.Reason, &arrived, &ended, &recorded, &a.Staff, &a.Version)
	a.Starts, a.Ends, a.Recorded = moment(starts), moment(ends), moment(recorded)
	a.Arrived, a.Ended = someMoment(arrived), someMoment(ended)
	return a, err
}

// Appointment returns one appointment. NotFound appointment.none.
func (tx *Tx) Appointment(ctx context.Context, id clinic.AppointmentID) (clinic.Appointment, error) {
	a, err := scanAppointment(tx.row(ctx, `SELECT `+appointmentFields+` FROM appointment a WHERE a.clinic = $1 AND a.id = $2`, tx.clinic, id).Scan)
	return a, some(err, "appointment.none", "appointment", id)
}

// AppointmentEvents returns what happened to the appointments, oldest first,
// with who did it.
func (tx *Tx) AppointmentEvents(ctx context.Context, ids []clinic.AppointmentID) (map[clinic.AppointmentID][]AppointmentStep, error) {
	steps := map[clinic.AppointmentID][]AppointmentStep{}
	if len(ids) == 0 {
		return steps, nil
	}
	_, err := collect(ctx, tx, func(scan func(...any) error) (s AppointmentStep, err error) {
		var fromStarts, fromEnds, toStarts, toEnds, at int64
		err = scan(&s.ID, &s.Unit, &s.Appointment, &s.Kind, &s.Status, &s.Provider, &fromStarts, &fromEnds, &toStarts, &toEnds, &s.Reason, &at, &s.Staff, &s.StaffName,
			&s.ProviderName)
		s.From = clinic.Span{Starts: moment(fromStarts), Ends: moment(fromEnds)}
		s.To, s.At = clinic.Span{Starts: moment(toStarts), Ends: moment(toEnds)}, moment(at)
		steps[s.Appointment] = append(steps[s.Appointment], s)
		return s, err
	}, `
		SELECT e.id, COALESCE(e.unit, 0), e.appointment, e.kind, e.status, e.provider, e.from_starts, e.from_ends, e.to_starts, e.to_ends, e.reason, e.at, e.staff, f.name, p.name
		FROM appointment_event e
		JOIN staff f ON f.clinic = e.clinic AND f.id = e.staff
		JOIN provider p ON p.clinic = e.clinic AND p.id = e.provider
		WHERE e.clinic = $1 AND e.appointment IN (`+places(2, len(ids))+`)
		ORDER BY e.appointment, e.id`, withIDs(tx.clinic, ids)...)
	if err != nil {
		return nil, fmt.Errorf("events of appointments: %w", err)
	}
	return steps, nil
}

// AppointmentStep is one thing that happened to an appointment, with names.
type AppointmentStep struct {
	clinic.AppointmentEvent
	ID, Unit     int64
	StaffName    string
	ProviderName string // before it
}

// ExpectedBefore lists the appointments that begin before the instant and whose
// patients are still expected, oldest first.
func (tx *Tx) ExpectedBefore(ctx context.Context, until time.Time) ([]clinic.Appointment, error) {
	return collect(ctx, tx, scanAppointment, `
		SELECT `+appointmentFields+` FROM appointment a
		WHERE a.clinic = $1 AND a.status IN ('proposed', 'booked', 'confirmed') AND a.starts < $2 ORDER BY a.starts, a.id`, tx.clinic, micros(until))
}

// AppointmentsOfUnit lists the appointments to which one command did
// something, in its order.
func (tx *Tx) AppointmentsOfUnit(ctx context.Context, unit int64) ([]clinic.AppointmentID, error) {
	ids, err := collect(ctx, tx, func(scan func(...any) error) (id clinic.AppointmentID, err error) { return id, scan(&id) }, `
		SELECT appointment FROM appointment_event WHERE clinic = $1 AND unit = $2 ORDER BY id`, tx.clinic, unit)
	if err != nil {
		return nil, fmt.Errorf("appointments of unit: %w", err)
	}
	return ids, nil
}
