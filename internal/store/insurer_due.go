package store

import (
	"context"
	"fmt"

	"daftar/internal/clinic"
	"daftar/internal/money"
)

// InsurerDue is what insurers still owe for the patient at the moment: what
// the patient's entries put on the insurers' accounts, less what they paid.
func (tx *Tx) InsurerDue(ctx context.Context, patient clinic.PatientID, m Moment) (due money.Amount, err error) {
	// What no insurer bears has no entry on their accounts, and what never
	// touches them is not looked at.
	err = tx.row(ctx, `
		SELECT CAST(COALESCE(SUM(p.amount), 0) AS BIGINT)
		FROM entry e
		JOIN posting p ON p.clinic = e.clinic AND p.entry = e.id
		JOIN account a ON a.clinic = p.clinic AND a.id = p.account AND a.kind = $5
		WHERE e.clinic = $1 AND e.patient = $2 AND e.at < $3 AND e.recorded <= $4
			AND e.kind NOT IN ($6, $7)`,
		tx.clinic, patient, m.before(), m.knownAt(), clinic.AccountInsurer, clinic.EntryReceipt, clinic.EntryChequeClear).Scan(&due)
	if err != nil {
		return 0, fmt.Errorf("insurers' due: %w", err)
	}
	return due, nil
}
