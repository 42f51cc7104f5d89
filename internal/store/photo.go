package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"daftar/internal/clinic"
)

// SavePhoto keeps the picture of a patient in place of the one before.
func (tx *Tx) SavePhoto(ctx context.Context, p clinic.PatientID, jpeg []byte, at time.Time, by clinic.StaffID) error {
	err := tx.exec(ctx, `
		INSERT INTO patient_photo (clinic, patient, bytes, type, changed, changed_by)
		VALUES ($1, $2, $3, 'image/jpeg', $4, $5)
		ON CONFLICT (clinic, patient) DO UPDATE SET
			bytes = excluded.bytes, type = excluded.type, changed = excluded.changed, changed_by = excluded.changed_by`,
		tx.clinic, p, jpeg, micros(at), by)
	if err != nil {
		return fmt.Errorf("photo of patient %d: %w", p, err)
	}
	return nil
}

// RemovePhoto throws the picture of a patient away.
func (tx *Tx) RemovePhoto(ctx context.Context, p clinic.PatientID) error {
	if err := tx.exec(ctx, `DELETE FROM patient_photo WHERE clinic = $1 AND patient = $2`, tx.clinic, p); err != nil {
		return fmt.Errorf("photo of patient %d: %w", p, err)
	}
	return nil
}

// Photo returns the picture of a patient. NotFound photo.none.
func (tx *Tx) Photo(ctx context.Context, p clinic.PatientID) (jpeg []byte, err error) {
	err = tx.row(ctx, `SELECT bytes FROM patient_photo WHERE clinic = $1 AND patient = $2`, tx.clinic, p).Scan(&jpeg)
	return jpeg, some(err, "photo.none", "photo of patient", p)
}

// PhotoChanged is when the picture of a patient was taken in, the zero time
// when there is none.
func (tx *Tx) PhotoChanged(ctx context.Context, p clinic.PatientID) (time.Time, error) {
	var us int64
	err := tx.row(ctx, `SELECT changed FROM patient_photo WHERE clinic = $1 AND patient = $2`, tx.clinic, p).Scan(&us)
	if errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, nil
	}
	if err != nil {
		return time.Time{}, fmt.Errorf("photo of patient %d: %w", p, err)
	}
	return moment(us), nil
}
