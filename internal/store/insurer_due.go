package store

import (
	"context"
	"fmt"

	"daftar/internal/clinic"
	"daftar/internal/money"
)

// InsurerDue is what insurers still owe for the person at the moment: what
// the person's entries put on the insurers' accounts, less what they paid.
func (tx *Tx) InsurerDue(ctx context.Context, files clinic.Files, m Moment) (due money.Amount, err error) {
	args := arguments{tx.clinic, m.before(), m.knownAt(), clinic.AccountInsurer, clinic.EntryReceipt, clinic.EntryChequeClear}
	// What no insurer bears has no entry on their accounts, and what never
	// touches them is not looked at.
	err = tx.row(ctx, `
		SELECT CAST(COALESCE(SUM(p.amount), 0) AS BIGINT)
		FROM entry e
		JOIN posting p ON p.clinic = e.clinic AND p.entry = e.id
		JOIN account a ON a.clinic = p.clinic AND a.id = p.account AND a.kind = $4
		WHERE e.clinic = $1 AND `+among(&args, "e.patient", files)+` AND e.at < $2 AND e.recorded <= $3
			AND e.kind NOT IN ($5, $6)`, args...).Scan(&due)
	if err != nil {
		return 0, fmt.Errorf("insurers' due: %w", err)
	}
	return due, nil
}
