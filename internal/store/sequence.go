package store

import (
	"context"
	"fmt"
	"strconv"

	"daftar/internal/clinic"
)

// The gapless series of document numbers.
const (
	PatientNumbers   = "patient" // one series for ever, year 0
	AdmissionNumbers = "admission"
	ReceiptNumbers   = "receipt" // of a branch, see BranchNumber
	RefundNumbers    = "refund"  // of a branch
	DepositNumbers   = "deposit" // of a branch

	SettlementNumbers           = "settlement"
	CommissionSettlementNumbers = "commission_settlement"
)

// NextNumber returns the next number of a series. It is taken in the
// transaction that uses it, so a rollback leaves no gap.
func (tx *Tx) NextNumber(ctx context.Context, kind string, year int) (int64, error) {
	return tx.raiseNumber(ctx, kind, year, 0)
}

// BranchNumber is NextNumber for a series that each branch has of its own. A
// series of the whole clinic with the same name, from before branches had
// their own, is gone on from.
func (tx *Tx) BranchNumber(ctx context.Context, kind string, branch clinic.BranchID, year int) (last int64, err error) {
	err = tx.row(ctx, `
		INSERT INTO document_sequence (clinic, kind, year, last)
		VALUES ($1, $2, $3, 1 + COALESCE((SELECT last FROM document_sequence WHERE clinic = $1 AND kind = $4 AND year = $3), 0))
		ON CONFLICT (clinic, kind, year) DO UPDATE SET last = document_sequence.last + 1
		RETURNING last`, tx.clinic, BranchSeries(kind, branch), year, kind).Scan(&last)
	if err != nil {
		return 0, fmt.Errorf("number of %s: %w", kind, err)
	}
	return last, nil
}

// BranchSeries is the name of a branch's own series: "receipt/7".
func BranchSeries(kind string, branch clinic.BranchID) string {
	return kind + "/" + strconv.FormatInt(int64(branch), 10)
}

// NumberTaken tells a series that a number was given by hand, so that it goes
// on after it.
func (tx *Tx) NumberTaken(ctx context.Context, kind string, year int, number int64) error {
	_, err := tx.raiseNumber(ctx, kind, year, number)
	return err
}

// raiseNumber moves the series to at least number, or by one when number is 0.
func (tx *Tx) raiseNumber(ctx context.Context, kind string, year int, number int64) (last int64, err error) {
	err = tx.row(ctx, `
		INSERT INTO document_sequence (clinic, kind, year, last)
		VALUES ($1, $2, $3, CASE WHEN CAST($4 AS BIGINT) = 0 THEN 1 ELSE CAST($4 AS BIGINT) END)
		ON CONFLICT (clinic, kind, year) DO UPDATE
		SET last = CASE
			WHEN CAST($4 AS BIGINT) = 0 THEN document_sequence.last + 1
			WHEN document_sequence.last < CAST($4 AS BIGINT) THEN CAST($4 AS BIGINT)
			ELSE document_sequence.last END
		RETURNING last`, tx.clinic, kind, year, number).Scan(&last)
	if err != nil {
		return 0, fmt.Errorf("number of %s: %w", kind, err)
	}
	return last, nil
}
