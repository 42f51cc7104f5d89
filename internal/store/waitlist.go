package store

import (
	"context"
	"fmt"

	"daftar/internal/clinic"
	"daftar/internal/fault"
)

// AddWait writes that a patient waits for a time.
func (tx *Tx) AddWait(ctx context.Context, w clinic.Wait) error {
	const columns = "clinic, id, patient, provider, service, branch, first, last, part, note, status, recorded, staff"
	err := tx.exec(ctx, insert("waitlist", columns, 1), tx.clinic, w.ID, w.Patient, nullID(w.Provider), nullID(w.Service), w.Branch, w.First, w.Last,
		w.Part, w.Note, w.Status, micros(w.Recorded), w.Staff)
	if err != nil {
		return fmt.Errorf("add to waitlist: %w", err)
	}
	return nil
}

// SaveWait writes back a line of the waitlist. Conflict waitlist.stale.
func (tx *Tx) SaveWait(ctx context.Context, w clinic.Wait) error {
	n, err := tx.change(ctx, `UPDATE waitlist SET status = $4, appointment = $5, version = version + 1 WHERE clinic = $1 AND id = $2 AND version = $3`,
		tx.clinic, w.ID, w.Version, w.Status, nullID(w.Appointment))
	if err != nil {
		return fmt.Errorf("save waitlist %d: %w", w.ID, err)
	}
	if n == 0 {
		return fault.New(fault.Conflict, "waitlist.stale", "the line was changed by someone else")
	}
	return nil
}

// WaitShown is a line of the waitlist with names.
type WaitShown struct {
	clinic.Wait
	PatientName  string
	FileNumber   clinic.FileNumber
	Mobile       string
	ProviderName string
	ServiceName  string
}

const waitColumns = `
	SELECT w.id, w.patient, COALESCE(w.provider, 0), COALESCE(w.service, 0), w.branch, w.first, w.last, w.part, w.note, w.status,
		COALESCE(w.appointment, 0), w.recorded, w.staff, w.version, p.first_name, p.last_name, p.file_number, p.mobile,
		COALESCE(o.name, ''), COALESCE(s.name, '')
	FROM waitlist w
	JOIN patient p ON p.clinic = w.clinic AND p.id = w.patient
	LEFT JOIN provider o ON o.clinic = w.clinic AND o.id = w.provider
	LEFT JOIN service s ON s.clinic = w.clinic AND s.id = w.service
	WHERE w.clinic = $1`

func scanWait(scan func(...any) error) (w WaitShown, err error) {
	var recorded int64
	var first, last string
	err = scan(&w.ID, &w.Patient, &w.Provider, &w.Service, &w.Branch, &w.First, &w.Last, &w.Part, &w.Note, &w.Status, &w.Appointment, &recorded,
		&w.Staff, &w.Version, &first, &last, &w.FileNumber, &w.Mobile, &w.ProviderName, &w.ServiceName)
	w.Recorded = moment(recorded)
	w.PatientName = clinic.Patient{FirstName: first, LastName: last}.Name()
	return w, err
}

// Wait returns one line of the waitlist. NotFound waitlist.none.
func (tx *Tx) Wait(ctx context.Context, id clinic.WaitID) (WaitShown, error) {
	w, err := scanWait(tx.row(ctx, waitColumns+` AND w.id = $2`, tx.clinic, id).Scan)
	return w, some(err, "waitlist.none", "line of the waitlist", id)
}

// Waiting lists who waits, the longest first; of one branch, 0 for all, or of
// one person's files.
func (tx *Tx) Waiting(ctx context.Context, branch clinic.BranchID, files clinic.Files) ([]WaitShown, error) {
	args := arguments{tx.clinic}
	condition := ""
	if branch != 0 {
		args = append(args, branch)
		condition += " AND w.branch = $2"
	}
	if files != nil {
		condition += " AND " + among(&args, "w.patient", files)
	}
	return collect(ctx, tx, scanWait, waitColumns+` AND w.status = 'waiting'`+condition+` ORDER BY w.id`, args...)
}
