package store

import (
	"context"
	"fmt"
	"time"

	"daftar/internal/clinic"
)

// Audit is one line of who did or saw what. It holds links, no patient data.
type Audit struct {
	ID      int64
	At      time.Time
	Staff   clinic.StaffID
	Action  string // "receipt.write", "statement.read"
	Patient clinic.PatientID
	Object  int64 // the record, 0 for none
	Origin  string
}

// Audit writes one line.
func (tx *Tx) Audit(ctx context.Context, a Audit) error {
	err := tx.exec(ctx, `
		INSERT INTO audit (clinic, id, at, staff, action, patient, object, origin)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		tx.clinic, a.ID, micros(a.At), a.Staff, a.Action, nullID(a.Patient), nullID(a.Object), a.Origin)
	if err != nil {
		return fmt.Errorf("audit %s: %w", a.Action, err)
	}
	return nil
}

// Audits returns the newest lines, newest first.
func (tx *Tx) Audits(ctx context.Context, limit int) ([]Audit, error) {
	all, err := collect(ctx, tx, func(scan func(...any) error) (a Audit, err error) {
		var at int64
		err = scan(&a.ID, &at, &a.Staff, &a.Action, &a.Patient, &a.Object, &a.Origin)
		a.At = moment(at)
		return a, err
	}, `
		SELECT id, at, staff, action, COALESCE(patient, 0), COALESCE(object, 0), origin
		FROM audit
		WHERE clinic = $1
		ORDER BY id DESC
		LIMIT $2`, tx.clinic, limit)
	if err != nil {
		return nil, fmt.Errorf("audit: %w", err)
	}
	return all, nil
}
