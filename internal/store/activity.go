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

// AddActivity writes an activity.
func (tx *Tx) AddActivity(ctx context.Context, a clinic.Activity) error {
	const columns = "clinic, id, patient, branch, kind, subject, note, result, due, owner, status, cause, object, recorded, staff, done, done_by"
	err := tx.exec(ctx, insert("activity", columns, 1), tx.clinic, a.ID, a.Patient, a.Branch, a.Kind, a.Subject, a.Note, a.Result, a.Due,
		nullID(a.Owner), a.Status, a.Cause, nullID(a.Object), micros(a.Recorded), a.Staff, nullMoment(a.Done), nullID(a.DoneBy))
	if err != nil {
		return fmt.Errorf("add activity: %w", err)
	}
	return nil
}

// CausedActivity reports whether the cause has made its activity about the
// object already.
func (tx *Tx) CausedActivity(ctx context.Context, cause clinic.ActivityCause, object int64) (bool, error) {
	var one int
	err := tx.row(ctx, `SELECT 1 FROM activity WHERE clinic = $1 AND cause = $2 AND object = $3 AND status <> 'cancelled'`, tx.clinic, cause, object).Scan(&one)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// SaveActivity writes back an activity read earlier. Conflict activity.stale.
func (tx *Tx) SaveActivity(ctx context.Context, a clinic.Activity) error {
	n, err := tx.change(ctx, `
		UPDATE activity SET kind = $4, subject = $5, note = $6, result = $7, due = $8, owner = $9, status = $10, done = $11, done_by = $12,
			version = version + 1
		WHERE clinic = $1 AND id = $2 AND version = $3`, tx.clinic, a.ID, a.Version, a.Kind, a.Subject, a.Note, a.Result, a.Due, nullID(a.Owner),
		a.Status, nullMoment(a.Done), nullID(a.DoneBy))
	if err != nil {
		return fmt.Errorf("save activity %d: %w", a.ID, err)
	}
	if n == 0 {
		return fault.New(fault.Conflict, "activity.stale", "the activity was changed by someone else")
	}
	return nil
}

// ActivityShown is an activity in a list, with names.
type ActivityShown struct {
	clinic.Activity
	PatientName string
	FileNumber  clinic.FileNumber
	OwnerName   string
	StaffName   string
	DoneByName  string
}

const activityColumns = `
	SELECT a.id, a.patient, a.branch, a.kind, a.subject, a.note, a.result, a.due, COALESCE(a.owner, 0), a.status, a.cause, COALESCE(a.object, 0),
		a.recorded, a.staff, a.done, COALESCE(a.done_by, 0), a.version, p.first_name, p.last_name, p.file_number,
		COALESCE(o.name, ''), s.name, COALESCE(d.name, '')
	FROM activity a
	JOIN patient p ON p.clinic = a.clinic AND p.id = a.patient
	JOIN staff s ON s.clinic = a.clinic AND s.id = a.staff
	LEFT JOIN staff o ON o.clinic = a.clinic AND o.id = a.owner
	LEFT JOIN staff d ON d.clinic = a.clinic AND d.id = a.done_by
	WHERE a.clinic = $1`

func scanActivity(scan func(...any) error) (a ActivityShown, err error) {
	var recorded int64
	var done sql.NullInt64
	var first, last string
	err = scan(&a.ID, &a.Patient, &a.Branch, &a.Kind, &a.Subject, &a.Note, &a.Result, &a.Due, &a.Owner, &a.Status, &a.Cause, &a.Object, &recorded,
		&a.Staff, &done, &a.DoneBy, &a.Version, &first, &last, &a.FileNumber, &a.OwnerName, &a.StaffName, &a.DoneByName)
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

// ActivityCounts are how many activities a person has, those that are open, and
// the first of their days.
type ActivityCounts struct {
	All, Open int
	First     jalali.Day
}

// CountActivities counts the activities of a person.
func (tx *Tx) CountActivities(ctx context.Context, files clinic.Files, m Moment) (c ActivityCounts, err error) {
	args := arguments{tx.clinic, m.knownAt()}
	err = tx.row(ctx, `
		SELECT COUNT(*), COUNT(*) FILTER (WHERE status = 'open'), COALESCE(MIN(due) FILTER (WHERE status = 'open'), '')
		FROM activity WHERE clinic = $1 AND recorded <= $2 AND `+among(&args, "patient", files), args...).Scan(&c.All, &c.Open, &c.First)
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
