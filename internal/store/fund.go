package store

import (
	"context"
	"fmt"

	"daftar/internal/clinic"
)

// Funds returns the person's funds of which something is left, oldest first:
// what pays nothing, neither of the same file nor of another that was or is the
// person's, and was not spent.
func (tx *Tx) Funds(ctx context.Context, files clinic.Files) ([]clinic.Fund, error) {
	args := arguments{tx.clinic}
	patient, payer := among(&args, "patient", files), among(&args, "payer", files)
	return tx.funds(ctx, args, patient, payer, "f."+patient+" AND f.amount > COALESCE(l.used, 0)")
}

// Fund returns one fund of a file with what is left of it. NotFound fund.none.
func (tx *Tx) Fund(ctx context.Context, patient clinic.PatientID, id clinic.FundID) (clinic.Fund, error) {
	found, err := tx.funds(ctx, arguments{tx.clinic, patient, id}, "patient = $2 AND fund = $3", "payer = $2 AND fund = $3", "f.patient = $2 AND f.id = $3")
	if err != nil || len(found) == 0 {
		return clinic.Fund{ID: id}, some(orMissing(err), "fund.none", "fund", id)
	}
	return found[0], nil
}

// funds reads funds: own and other choose their allocations, by the file that
// is paid for and by the file that pays; keep chooses the funds.
func (tx *Tx) funds(ctx context.Context, args arguments, own, other, keep string) ([]clinic.Fund, error) {
	found, err := collect(ctx, tx, func(scan func(...any) error) (f clinic.Fund, err error) {
		err = scan(&f.ID, &f.Kind, &f.Patient, &f.Amount, &f.Pays, &f.Left, &f.Uncollected)
		f.Left = f.Amount - f.Left
		return f, err
	}, `
		SELECT f.id, f.kind, f.patient, f.amount, CAST(COALESCE(l.pays, 0) AS BIGINT), CAST(COALESCE(l.used, 0) AS BIGINT),
			CASE WHEN f.kind = 'receipt' THEN CAST(COALESCE((SELECT SUM(q.amount) FROM cheque q
				WHERE q.clinic = f.clinic AND q.receipt = f.id AND q.status IN ('in_hand', 'banked')), 0) AS BIGINT) ELSE 0 END
		FROM fund f
		LEFT JOIN (
			SELECT fund, SUM(amount) AS used, SUM(CASE WHEN admission IS NULL THEN 0 ELSE amount END) AS pays FROM (
				SELECT fund, amount, admission FROM allocation WHERE clinic = $1 AND `+own+` AND payer IS NULL
				UNION ALL
				SELECT fund, amount, admission FROM allocation WHERE clinic = $1 AND `+other+`) parts
			GROUP BY fund) l ON l.fund = f.id
		WHERE f.clinic = $1 AND `+keep+`
		ORDER BY f.at, f.id`, args...)
	if err != nil {
		return nil, fmt.Errorf("funds: %w", err)
	}
	return found, nil
}

// UsesOf returns everything that was ever allocated of a fund, oldest first.
func (tx *Tx) UsesOf(ctx context.Context, f clinic.Fund) ([]clinic.Allocation, error) {
	return collect(ctx, tx, scanAllocation, `
		SELECT fund, COALESCE(admission, 0), COALESCE(spending, 0), amount, reason, patient, COALESCE(payer, patient) FROM (
			SELECT * FROM allocation WHERE clinic = $1 AND patient = $2 AND fund = $3 AND payer IS NULL
			UNION ALL
			SELECT * FROM allocation WHERE clinic = $1 AND payer = $2 AND fund = $3) uses
		ORDER BY id`, tx.clinic, f.Patient, f.ID)
}
