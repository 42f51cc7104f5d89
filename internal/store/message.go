package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/jalali"
)

// AddMessage queues a message, or keeps one that is dropped with its reason. Of
// two about one occasion the first stays.
func (tx *Tx) AddMessage(ctx context.Context, m clinic.Message) error {
	const columns = "clinic, id, patient, mobile, kind, text, object, occasion, status, reason, due, expires, recorded"
	if m.Status == "" {
		m.Status = clinic.MessageQueued
	}
	err := tx.exec(ctx, insert("message", columns, 1)+` ON CONFLICT (clinic, object, kind, occasion) WHERE occasion <> '' DO NOTHING`, tx.clinic, m.ID,
		nullID(m.Patient), m.Mobile, m.Kind, m.Text, nullID(m.Object), m.Occasion, m.Status, m.Reason, micros(m.Due), nullMoment(m.Expires), micros(m.Recorded))
	if err != nil {
		return fmt.Errorf("queue message: %w", err)
	}
	return nil
}

// DropMessages takes back the messages about an object that were not sent. Their
// occasion may come again.
func (tx *Tx) DropMessages(ctx context.Context, object int64) error {
	return tx.exec(ctx, `UPDATE message SET status = 'dropped', reason = $3, occasion = '' WHERE clinic = $1 AND object = $2 AND status = 'queued'`,
		tx.clinic, object, clinic.SkipReplaced)
}

const messageColumns = `m.id, COALESCE(m.patient, 0), m.mobile, m.kind, m.text, COALESCE(m.object, 0), m.occasion, m.status, m.reason, m.tries, m.error,
	m.due, m.expires, m.recorded, m.sent`

// messageFields is where messageColumns go; told takes the instants over.
func messageFields(m *clinic.Message) (fields []any, told func()) {
	var due, recorded int64
	var expires, sent sql.NullInt64
	return []any{&m.ID, &m.Patient, &m.Mobile, &m.Kind, &m.Text, &m.Object, &m.Occasion, &m.Status, &m.Reason, &m.Tries, &m.Error, &due, &expires,
			&recorded, &sent}, func() {
			m.Due, m.Recorded, m.Expires, m.Sent = moment(due), moment(recorded), someMoment(expires), someMoment(sent)
		}
}

func scanMessage(scan func(...any) error) (m clinic.Message, err error) {
	fields, told := messageFields(&m)
	err = scan(fields...)
	told()
	return m, err
}

// Message returns one message. NotFound message.none.
func (tx *Tx) Message(ctx context.Context, id clinic.MessageID) (clinic.Message, error) {
	m, err := scanMessage(tx.row(ctx, `SELECT `+messageColumns+` FROM message m WHERE m.clinic = $1 AND m.id = $2`, tx.clinic, id).Scan)
	return m, some(err, "message.none", "message", id)
}

// messageTurn is the SQL for whose turn a message m is: codes before what is
// about the person, and campaigns last.
const messageTurn = `(CASE m.kind WHEN 'one_time_code' THEN 0 WHEN 'campaign' THEN 2 ELSE 1 END)`

// NextMessage returns the message that is to be sent next, codes first and
// campaigns last: one that is queued and due, or one whose sending was due to be
// over. NotFound message.none.
func (tx *Tx) NextMessage(ctx context.Context, now time.Time) (m clinic.Message, err error) {
	for turn := range 3 {
		m, err = scanMessage(tx.row(ctx, `SELECT `+messageColumns+` FROM message m
			WHERE m.clinic = $1 AND `+messageTurn+` = $3 AND m.status IN ('queued', 'sending') AND m.due <= $2
			ORDER BY m.due, m.id LIMIT 1`, tx.clinic, micros(now), turn).Scan)
		if !errors.Is(err, sql.ErrNoRows) {
			break
		}
	}
	return m, some(err, "message.none", "message", "due")
}

// MessagesAbout lists the messages about an object, oldest first.
func (tx *Tx) MessagesAbout(ctx context.Context, object int64) ([]clinic.Message, error) {
	return collect(ctx, tx, scanMessage, `SELECT `+messageColumns+` FROM message m WHERE m.clinic = $1 AND m.object = $2 ORDER BY m.id`, tx.clinic, object)
}

// SetMessage moves a message on from how it was read; false when somebody else
// has moved it meanwhile: it is in another state, or was tried once more.
func (tx *Tx) SetMessage(ctx context.Context, m, was clinic.Message) (bool, error) {
	n, err := tx.change(ctx, `
		UPDATE message SET status = $5, reason = $6, tries = $7, error = $8, due = $9, sent = $10
		WHERE clinic = $1 AND id = $2 AND status = $3 AND tries = $4`,
		tx.clinic, m.ID, was.Status, was.Tries, m.Status, m.Reason, m.Tries, m.Error, micros(m.Due), nullMoment(m.Sent))
	if err != nil {
		return false, fmt.Errorf("move message %d: %w", m.ID, err)
	}
	return n > 0, nil
}

// MessageFilter says which messages: of the people of the branch, 0 being every
// branch and those about nobody known; "" is any; before the id Before, 0 being
// the newest. NoMoney leaves out those of campaigns whose audience is chosen by
// what people owe.
type MessageFilter struct {
	NoMoney bool
	Branch  clinic.BranchID
	Status  string
	Kind    clinic.MessageKind
	Patient clinic.PatientID
	Before  clinic.MessageID
	Limit   int
}

// MessageItem is a message with whom it is for.
type MessageItem struct {
	clinic.Message
	PatientName string // "": not known
	FileNumber  clinic.FileNumber
}

// Messages lists messages, the newest first.
func (tx *Tx) Messages(ctx context.Context, f MessageFilter) ([]MessageItem, error) {
	args := arguments{tx.clinic}
	where := ""
	if f.Branch != 0 {
		where += " AND p.branch = " + args.add(f.Branch)
	}
	if f.Status != "" {
		where += " AND m.status = " + args.add(f.Status)
	}
	if f.Kind != "" {
		where += " AND m.kind = " + args.add(f.Kind)
	}
	if f.Patient != 0 {
		where += " AND m.patient = " + args.add(f.Patient)
	}
	if f.NoMoney {
		where += " AND NOT (m.kind = 'campaign' AND EXISTS (SELECT 1 FROM campaign c WHERE c.clinic = m.clinic AND c.id = m.object AND c.money = 1))"
	}
	if f.Before != 0 {
		where += " AND m.id < " + args.add(f.Before)
	}
	return collect(ctx, tx, func(scan func(...any) error) (i MessageItem, err error) {
		fields, told := messageFields(&i.Message)
		var first, last string
		err = scan(append(fields, &first, &last, &i.FileNumber)...)
		told()
		i.PatientName = clinic.Patient{FirstName: first, LastName: last}.Name()
		return i, err
	}, `
		SELECT `+messageColumns+`, COALESCE(p.first_name, ''), COALESCE(p.last_name, ''), COALESCE(p.file_number, 0)
		FROM message m LEFT JOIN patient p ON p.clinic = m.clinic AND p.id = m.patient
		WHERE m.clinic = $1`+where+fmt.Sprintf(` ORDER BY m.id DESC LIMIT %d`, f.Limit), args...)
}

// Ahead is an appointment, when its patient was told of its time, and which
// reminders of that time there are.
type Ahead struct {
	clinic.Appointment
	At        time.Time
	Day, Soon bool
}

// AppointmentsAhead lists the appointments that begin after one instant and
// until another and to which somebody is expected.
func (tx *Tx) AppointmentsAhead(ctx context.Context, after, until time.Time) ([]Ahead, error) {
	const reminded = `EXISTS (SELECT 1 FROM message m WHERE m.clinic = a.clinic AND m.object = a.id AND m.kind = '%s' AND m.occasion = CAST(a.starts AS TEXT))`
	all, err := collect(ctx, tx, func(scan func(...any) error) (t Ahead, err error) {
		var at int64
		t.Appointment, err = scanAppointment(func(fields ...any) error { return scan(append(fields, &at, &t.Day, &t.Soon)...) })
		t.At = moment(at)
		return t, err
	}, `
		SELECT `+appointmentFields+`,
			COALESCE((SELECT MAX(e.at) FROM appointment_event e WHERE e.clinic = a.clinic AND e.appointment = a.id AND e.to_starts = a.starts
				AND (e.kind = 'booked' OR e.from_starts <> e.to_starts)), a.recorded),
			`+fmt.Sprintf(reminded, clinic.MessageReminder)+`, `+fmt.Sprintf(reminded, clinic.MessageReminderSoon)+`
		FROM appointment a
		WHERE a.clinic = $1 AND a.status IN ('booked', 'confirmed') AND a.starts > $2 AND a.starts <= $3
		ORDER BY a.starts, a.id`, tx.clinic, micros(after), micros(until))
	if err != nil {
		return nil, fmt.Errorf("appointments ahead: %w", err)
	}
	return all, nil
}

// VisitsOver lists the appointments of people who came that ended between two
// instants and about which there is no message of the kind.
func (tx *Tx) VisitsOver(ctx context.Context, kind clinic.MessageKind, from, until time.Time) ([]clinic.Appointment, error) {
	all, err := collect(ctx, tx, scanAppointment, `
		SELECT `+appointmentFields+` FROM appointment a
		WHERE a.clinic = $1 AND a.status = 'fulfilled' AND a.starts > $2 AND a.ends > $2 AND a.ends <= $3
			AND NOT EXISTS (SELECT 1 FROM message m WHERE m.clinic = a.clinic AND m.object = a.id AND m.kind = $4 AND m.occasion <> '')
		ORDER BY a.starts, a.id LIMIT 500`, tx.clinic, micros(from), micros(until), kind)
	if err != nil {
		return nil, fmt.Errorf("visits that are over: %w", err)
	}
	return all, nil
}

// BornOn lists the patients who were born on one of the days and have no message
// of the kind about the occasion.
func (tx *Tx) BornOn(ctx context.Context, days []jalali.Day, kind clinic.MessageKind, occasion string) ([]clinic.PatientID, error) {
	args := arguments{tx.clinic, kind, occasion}
	ids, err := collect(ctx, tx, func(scan func(...any) error) (id clinic.PatientID, err error) { return id, scan(&id) }, `
		SELECT p.id FROM patient p
		WHERE p.clinic = $1 AND p.merged_into IS NULL AND `+among(&args, "p.birth_date", days)+`
			AND NOT EXISTS (SELECT 1 FROM message m WHERE m.clinic = p.clinic AND m.object = p.id AND m.kind = $2 AND m.occasion = $3)
		ORDER BY p.id LIMIT 500`, args...)
	if err != nil {
		return nil, fmt.Errorf("birthdays: %w", err)
	}
	return ids, nil
}
