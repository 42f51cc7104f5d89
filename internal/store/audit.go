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
