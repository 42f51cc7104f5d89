package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/jalali"
)

// AddActivity writes an activity. Conflict activity.followed when the one that
// it follows has a next one already.
func (tx *Tx) AddActivity(ctx context.Context, a clinic.Activity) error {
	const columns = "clinic, id, patient, lead, branch, kind, subject, note, outcome, result, due, owner, status, service, cause, object, part, follows, " +
		"recorded, staff, done, done_by"
	err := tx.exec(ctx, insert("activity", columns, 1), tx.clinic, a.ID, nullID(a.Patient), nullID(a.Lead), a.Branch, a.Kind, a.Subject, a.Note, a.Outcome, a.Result, a.Due,
		nullID(a.Owner), a.Status, nullID(a.Service), a.Cause, nullID(a.Object), a.Part, nullID(a.Follows), micros(a.Recorded), a.Staff,
		nullMoment(a.Done), nullID(a.DoneBy))
	if err != nil && a.Follows != 0 && tx.store.dialect.duplicate(err) {
		return fault.New(fault.Conflict, "activity.followed", "the activity has a next one already")
	}
	if err != nil {
		return fmt.Errorf("add activity: %w", err)
	}
	return nil
}

// CausedActivity reports whether the cause has made its activity about the
// object already. One that somebody cancelled counts, one that was taken back
// with its cause does not.
func (tx *Tx) CausedActivity(ctx context.Context, cause clinic.ActivityCause, object, part int64) (bool, error) {
	var one int
	err := tx.row(ctx, `
		SELECT 1 FROM activity
		WHERE clinic = $1 AND cause = $2 AND object = $3 AND part = $4 AND (status <> 'cancelled' OR reason <> '')`, tx.clinic, cause, object, part).Scan(&one)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// FollowedBy is the activity that comes after one; 0: none does.
func (tx *Tx) FollowedBy(ctx context.Context, id clinic.ActivityID) (next clinic.ActivityID, err error) {
	err = tx.row(ctx, `SELECT id FROM activity WHERE clinic = $1 AND follows = $2 AND status <> 'cancelled'`, tx.clinic, id).Scan(&next)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return next, err
}

// SaveActivity writes back an activity read earlier. Conflict activity.stale.
func (tx *Tx) SaveActivity(ctx context.Context, a clinic.Activity) error {
	n, err := tx.change(ctx, `
		UPDATE activity SET kind = $4, subject = $5, note = $6, result = $7, due = $8, owner = $9, status = $10, done = $11, done_by = $12,
			outcome = $13, reason = $14, appointment = $15, version = version + 1
		WHERE clinic = $1 AND id = $2 AND version = $3`, tx.clinic, a.ID, a.Version, a.Kind, a.Subject, a.Note, a.Result, a.Due, nullID(a.Owner),
		a.Status, nullMoment(a.Done), nullID(a.DoneBy), a.Outcome, a.Reason, nullID(a.Appointment))
	if err != nil {
		return fmt.Errorf("save activity %d: %w", a.ID, err)
	}
	if n == 0 {
		return fault.New(fault.Conflict, "activity.stale", "the activity was changed by someone else")
	}
	return nil
}

// ReopenBooked opens the activities again of which an appointment came that was
// undone.
func (tx *Tx) ReopenBooked(ctx context.Context, a clinic.AppointmentID) error {
	return tx.exec(ctx, `
		UPDATE activity SET status = 'open', outcome = '', result = '', done = NULL, done_by = NULL, appointment = NULL, version = version + 1
		WHERE clinic = $1 AND appointment = $2`, tx.clinic, a)
}

// ActivityShown is an activity in a list, with names. Of a lead that is nobody's
// patient yet PatientName and Mobile are the lead's. Next is the one that
// follows; its ID is 0 when none does.
type ActivityShown struct {
	clinic.Activity
	PatientName string
	Mobile      string
	FileNumber  clinic.FileNumber
	OwnerName   string
	StaffName   string
	DoneByName  string
	ServiceName string
	Next        ActivityAfter
}

// ActivityAfter is what is said of an activity beside the one that it follows.
type ActivityAfter struct {
	ID        clinic.ActivityID
	Kind      clinic.ActivityKind
	Due       jalali.Day
	OwnerName string
}

const (
	activityFields = `
	SELECT a.id, COALESCE(a.patient, 0), COALESCE(a.lead, 0), a.branch, a.kind, a.subject, a.note, a.outcome, a.result, a.due, COALESCE(a.owner, 0), a.status, COALESCE(a.service, 0),
		a.cause, COALESCE(a.object, 0), a.part, COALESCE(a.follows, 0), COALESCE(a.appointment, 0), a.reason,
		a.recorded, a.staff, a.done, COALESCE(a.done_by, 0), a.version, COALESCE(p.first_name, ''), COALESCE(p.last_name, l.name), COALESCE(p.mobile, l.mobile),
		COALESCE(p.file_number, 0),
		COALESCE(o.name, ''), s.name, COALESCE(d.name, ''), COALESCE(v.name, ''),
		COALESCE(n.id, 0), COALESCE(n.kind, ''), COALESCE(n.due, ''), COALESCE(m.name, '')`
	activityJoins = `
	LEFT JOIN patient p ON p.clinic = a.clinic AND p.id = a.patient
	LEFT JOIN lead l ON l.clinic = a.clinic AND l.id = a.lead
	JOIN staff s ON s.clinic = a.clinic AND s.id = a.staff
	LEFT JOIN staff o ON o.clinic = a.clinic AND o.id = a.owner
	LEFT JOIN staff d ON d.clinic = a.clinic AND d.id = a.done_by
	LEFT JOIN service v ON v.clinic = a.clinic AND v.id = a.service
	LEFT JOIN activity n ON n.clinic = a.clinic AND n.follows = a.id AND n.follows IS NOT NULL AND n.status <> 'cancelled'
	LEFT JOIN staff m ON m.clinic = n.clinic AND m.id = n.owner`
	activityColumns = activityFields + ` FROM activity a` + activityJoins + ` WHERE a.clinic = $1`
)

func scanActivity(scan func(...any) error) (a ActivityShown, err error) {
	var recorded int64
	var done sql.NullInt64
	var first, last string
	err = scan(&a.ID, &a.Patient, &a.Lead, &a.Branch, &a.Kind, &a.Subject, &a.Note, &a.Outcome, &a.Result, &a.Due, &a.Owner, &a.Status, &a.Service,
		&a.Cause, &a.Object, &a.Part, &a.Follows, &a.Appointment, &a.Reason, &recorded, &a.Staff, &done, &a.DoneBy, &a.Version,
		&first, &last, &a.Mobile, &a.FileNumber, &a.OwnerName, &a.StaffName, &a.DoneByName, &a.ServiceName, &a.Next.ID, &a.Next.Kind, &a.Next.Due, &a.Next.OwnerName)
	a.Recorded, a.Done = moment(recorded), someMoment(done)
	a.PatientName = clinic.Patient{FirstName: first, LastName: last}.Name()
	return a, err
}

// Activity returns one activity. NotFound activity.none.
func (tx *Tx) Activity(ctx context.Context, id clinic.ActivityID) (ActivityShown, error) {
	a, err := scanActivity(tx.row(ctx, activityColumns+` AND a.id = $2`, tx.clinic, id).Scan)
	return a, some(err, "activity.none", "activity", id)
}

// ActivitiesOf lists the activities of a person as they were recorded by the
// moment: the open ones by their day, then the others, the newest first.
func (tx *Tx) ActivitiesOf(ctx context.Context, files clinic.Files, m Moment) ([]ActivityShown, error) {
	args := arguments{tx.clinic, m.knownAt()}
	return collect(ctx, tx, scanActivity, activityColumns+` AND a.recorded <= $2 AND `+among(&args, "a.patient", files)+`
		ORDER BY CASE WHEN a.status = 'open' THEN 0 ELSE 1 END, CASE WHEN a.status = 'open' THEN a.due END, a.recorded DESC, a.id DESC`, args...)
}

// doneActivities are the activities a that were done, as rows of a history: it
// is who did them that they are by.
const doneActivities = `(
	SELECT clinic, id, patient, branch, kind, subject, cause, outcome, result, done, done_by AS staff
	FROM activity WHERE status = 'done' AND done IS NOT NULL) a`

// DoneActivities are the activities of a person that were done in the range, as
// rows of the summary without their days.
func (tx *Tx) DoneActivities(ctx context.Context, files clinic.Files, r Range) ([]Event, error) {
	args := arguments{tx.clinic, r.knownAt()}
	person := among(&args, "a.patient", files)
	condition, order, all := r.where("a.done", "a.id", args)
	found, err := collect(ctx, tx, func(scan func(...any) error) (e Event, err error) {
		var at int64
		err = scan(&e.ID, &at, &e.Activity, &e.Titles, &e.Cause, &e.Status, &e.Reason, &e.Staff, &e.Branch)
		e.At, e.Recorded, e.Document = moment(at), moment(at), e.ID
		return e, err
	}, `
		SELECT a.id, a.done, a.kind, a.subject, a.cause, a.outcome, a.result, s.name, b.name
		FROM `+doneActivities+`
		JOIN staff s ON s.clinic = a.clinic AND s.id = a.staff
		JOIN branch b ON b.clinic = a.clinic AND b.id = a.branch
		WHERE a.clinic = $1 AND a.done <= $2 AND `+person+` AND `+condition+order, all...)
	if err != nil {
		return nil, fmt.Errorf("done activities: %w", err)
	}
	return found, nil
}

// CountDoneActivities counts what DoneActivities would return without a limit.
func (tx *Tx) CountDoneActivities(ctx context.Context, files clinic.Files, r Range) (n int, err error) {
	args := arguments{tx.clinic, r.knownAt()}
	person := among(&args, "a.patient", files)
	condition, all := r.bounds("a.done", "a.id", args)
	err = tx.row(ctx, `SELECT COUNT(*) FROM `+doneActivities+` WHERE a.clinic = $1 AND a.done <= $2 AND `+person+` AND `+condition, all...).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count of done activities: %w", err)
	}
	return n, nil
}

// ActivityCounts are how many activities a person has, those that are open, the
// first of their days, and those that were done by the moment.
type ActivityCounts struct {
	All, Open, Done int
	First           jalali.Day
}

// CountActivities counts the activities of a person.
func (tx *Tx) CountActivities(ctx context.Context, files clinic.Files, m Moment) (c ActivityCounts, err error) {
	args := arguments{tx.clinic, m.knownAt(), m.before()}
	err = tx.row(ctx, `
		SELECT COUNT(*), COUNT(*) FILTER (WHERE status = 'open'), COALESCE(MIN(due) FILTER (WHERE status = 'open'), ''),
			COUNT(*) FILTER (WHERE status = 'done' AND done < $3 AND done <= $2)
		FROM activity WHERE clinic = $1 AND recorded <= $2 AND `+among(&args, "patient", files), args...).Scan(&c.All, &c.Open, &c.First, &c.Done)
	if err != nil {
		return c, fmt.Errorf("count activities: %w", err)
	}
	return c, nil
}

// CancelActivities takes back the open activities that came by themselves about
// an object at the instant or later: what caused them was undone.
func (tx *Tx) CancelActivities(ctx context.Context, object int64, since time.Time) error {
	return tx.exec(ctx, `
		UPDATE activity SET status = 'cancelled', version = version + 1
		WHERE clinic = $1 AND object = $2 AND status = 'open' AND recorded >= $3`, tx.clinic, object, micros(since))
}
