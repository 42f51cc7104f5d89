package store

import (
	"context"
	"fmt"

	"daftar/internal/clinic"
	"daftar/internal/fault"
)

const referrerColumns = `SELECT id, name, phone, medical_council_number, email, version FROM referrer WHERE clinic = $1`

func scanReferrer(scan func(...any) error) (r clinic.Referrer, err error) {
	return r, scan(&r.ID, &r.Name, &r.Phone, &r.MedicalCouncilNumber, &r.Email, &r.Version)
}

// AddReferrer adds a referrer.
func (tx *Tx) AddReferrer(ctx context.Context, r clinic.Referrer) error {
	return tx.add(ctx, "referrer", "clinic, id, name, phone, medical_council_number, email",
		tx.clinic, r.ID, r.Name, r.Phone, r.MedicalCouncilNumber, r.Email)
}

// SaveReferrer writes back a referrer read earlier, and its name to those it
// sent. Conflict referrer.stale if it was written in between.
func (tx *Tx) SaveReferrer(ctx context.Context, r clinic.Referrer) error {
	n, err := tx.change(ctx, `
		UPDATE referrer
		SET name = $4, phone = $5, medical_council_number = $6, email = $7, version = version + 1
		WHERE clinic = $1 AND id = $2 AND version = $3`,
		tx.clinic, r.ID, r.Version, r.Name, r.Phone, r.MedicalCouncilNumber, r.Email)
	if err != nil {
		return fmt.Errorf("save referrer %d: %w", r.ID, err)
	}
	if n == 0 {
		return fault.New(fault.Conflict, "referrer.stale", "the referrer was changed by someone else")
	}
	err = tx.exec(ctx, `
		UPDATE patient SET referrer = $3
		WHERE clinic = $1 AND referrer_id = $2 AND referrer <> $3`, tx.clinic, r.ID, r.Name)
	if err != nil {
		return fmt.Errorf("name of referrer %d: %w", r.ID, err)
	}
	return nil
}

// Referrer returns one referrer. NotFound referrer.none.
func (tx *Tx) Referrer(ctx context.Context, id clinic.ReferrerID) (clinic.Referrer, error) {
	r, err := scanReferrer(tx.row(ctx, referrerColumns+` AND id = $2`, tx.clinic, id).Scan)
	return r, some(err, "referrer.none", "referrer", id)
}

// ReferrersNamed returns the referrers of exactly that name.
func (tx *Tx) ReferrersNamed(ctx context.Context, name string) ([]clinic.Referrer, error) {
	return tx.referrers(ctx, ` AND name = $2 ORDER BY id`, name)
}

// Referrers lists the referrers in the order they came.
func (tx *Tx) Referrers(ctx context.Context) ([]clinic.Referrer, error) {
	return tx.referrers(ctx, ` ORDER BY id`)
}

func (tx *Tx) referrers(ctx context.Context, which string, args ...any) ([]clinic.Referrer, error) {
	all, err := collect(ctx, tx, scanReferrer, referrerColumns+which, append([]any{tx.clinic}, args...)...)
	if err != nil {
		return nil, fmt.Errorf("referrers: %w", err)
	}
	return all, nil
}
