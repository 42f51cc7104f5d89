package store

import (
	"context"
	"fmt"

	"daftar/internal/clinic"
)

// AddConsent writes that a patient agrees to messages, or does not any more.
func (tx *Tx) AddConsent(ctx context.Context, id int64, c clinic.Consent) error {
	return tx.add(ctx, "consent", "clinic, id, patient, class, allowed, at, staff", tx.clinic, id, c.Patient, c.Class, bit(c.Allowed), micros(c.At), c.Staff)
}

// ConsentLine is a change of mind with who wrote it down.
type ConsentLine struct {
	clinic.Consent
	StaffName string
}

// Consents lists what a patient said, the oldest first.
func (tx *Tx) Consents(ctx context.Context, patient clinic.PatientID) ([]ConsentLine, error) {
	all, err := collect(ctx, tx, func(scan func(...any) error) (l ConsentLine, err error) {
		var at int64
		err = scan(&l.Patient, &l.Class, &l.Allowed, &at, &l.Staff, &l.StaffName)
		l.At = moment(at)
		return l, err
	}, `
		SELECT c.patient, c.class, c.allowed, c.at, c.staff, s.name
		FROM consent c JOIN staff s ON s.clinic = c.clinic AND s.id = c.staff
		WHERE c.clinic = $1 AND c.patient = $2 ORDER BY c.id`, tx.clinic, patient)
	if err != nil {
		return nil, fmt.Errorf("consents of patient %d: %w", patient, err)
	}
	return all, nil
}
