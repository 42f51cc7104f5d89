package store

import (
	"context"
	"fmt"

	"daftar/internal/clinic"
	"daftar/internal/fault"
)

// AddSessions writes planned sessions of an admission.
func (tx *Tx) AddSessions(ctx context.Context, a clinic.AdmissionID, sessions []clinic.Session, s Stamp) error {
	if len(sessions) == 0 {
		return nil
	}
	args := make([]any, 0, 9*len(sessions))
	for _, n := range sessions {
		args = append(args, tx.clinic, a, n.Line, n.Number, n.Planned, nullID(n.Provider), n.Status, micros(s.Recorded), s.Staff)
	}
	const columns = "clinic, admission, line, number, planned, provider, status, recorded, staff"
	if err := tx.exec(ctx, insert("admission_session", columns, len(sessions)), args...); err != nil {
		return fmt.Errorf("add sessions: %w", err)
	}
	return nil
}

// Sessions returns the sessions of an admission by line.
func (tx *Tx) Sessions(ctx context.Context, a clinic.AdmissionID) (map[int][]clinic.Session, error) {
	all := map[int][]clinic.Session{}
	_, err := collect(ctx, tx, func(scan func(...any) error) (n clinic.Session, err error) {
		var recorded int64
		err = scan(&n.Line, &n.Number, &n.Planned, &n.Done, &n.Provider, &n.Status, &recorded, &n.StaffName, &n.Version)
		n.Recorded = moment(recorded)
		all[n.Line] = append(all[n.Line], n)
		return n, err
	}, `
		SELECT n.line, n.number, n.planned, n.done, COALESCE(n.provider, 0), n.status, n.recorded, s.name, n.version
		FROM admission_session n JOIN staff s ON s.clinic = n.clinic AND s.id = n.staff
		WHERE n.clinic = $1 AND n.admission = $2 ORDER BY n.line, n.number`, tx.clinic, a)
	if err != nil {
		return nil, fmt.Errorf("sessions of %d: %w", a, err)
	}
	return all, nil
}

// SaveSession writes back a session that was read. Conflict
// package.session_stale.
func (tx *Tx) SaveSession(ctx context.Context, a clinic.AdmissionID, n clinic.Session, s Stamp) error {
	changed, err := tx.change(ctx, `
		UPDATE admission_session
		SET planned = $5, done = $6, provider = $7, status = $8, recorded = $9, staff = $10, version = version + 1
		WHERE clinic = $1 AND admission = $2 AND line = $3 AND number = $4 AND version = $11`,
		tx.clinic, a, n.Line, n.Number, n.Planned, n.Done, nullID(n.Provider), n.Status, micros(s.Recorded), s.Staff, n.Version)
	if err == nil && changed == 0 {
		err = fault.New(fault.Conflict, "package.session_stale", "the session was changed by someone else")
	}
	return err
}
