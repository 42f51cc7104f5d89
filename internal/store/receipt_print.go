package store

import (
	"context"
	"fmt"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/money"
)

// Print is one time that a receipt was printed: the first is the original, the
// others are copies.
type Print struct {
	ID      int64
	Receipt clinic.ReceiptID
	Copy    int
	Size    string
	At      time.Time
	Staff   clinic.StaffID
}

// AddPrint writes that a receipt is printed and says which time it is.
func (tx *Tx) AddPrint(ctx context.Context, p Print) (Print, error) {
	last, err := tx.Prints(ctx, p.Receipt)
	if err != nil {
		return p, err
	}
	p.Copy = last + 1
	err = tx.exec(ctx, insert("receipt_print", "clinic, id, receipt, copy, size, at, staff", 1),
		tx.clinic, p.ID, p.Receipt, p.Copy, p.Size, micros(p.At), p.Staff)
	if err != nil {
		return p, fmt.Errorf("add print: %w", err)
	}
	return p, nil
}

// Prints is how often a receipt was printed.
func (tx *Tx) Prints(ctx context.Context, receipt clinic.ReceiptID) (n int, err error) {
	err = tx.row(ctx, `SELECT COALESCE(MAX(copy), 0) FROM receipt_print WHERE clinic = $1 AND receipt = $2`, tx.clinic, receipt).Scan(&n)
	return n, err
}

// VoidedWhy is why a document does not hold any more, and false while it does.
func (tx *Tx) VoidedWhy(ctx context.Context, document int64) (why string, voided bool, err error) {
	found, err := collect(ctx, tx, func(scan func(...any) error) (reason string, err error) { return reason, scan(&reason) },
		`SELECT reason FROM voided WHERE clinic = $1 AND document = $2`, tx.clinic, document)
	if err != nil || len(found) == 0 {
		return "", false, err
	}
	return found[0], true, nil
}

// Part is what a receipt paid of an admission.
type Part struct {
	Admission clinic.AdmissionID
	Number    clinic.Number
	Titles    string
	Amount    money.Amount
}

// PaidBy returns what a receipt paid when it was taken, oldest admission first.
func (tx *Tx) PaidBy(ctx context.Context, r clinic.Receipt) ([]Part, error) {
	return collect(ctx, tx, func(scan func(...any) error) (p Part, err error) {
		return p, scan(&p.Admission, &p.Number.Year, &p.Number.Count, &p.Titles, &p.Amount)
	}, `
		SELECT a.id, a.year, a.number, COALESCE((SELECT STRING_AGG(l.title, '، ' ORDER BY l.line) FROM admission_line l
			WHERE l.clinic = a.clinic AND l.admission = a.id), ''), used.amount
		FROM (
			SELECT admission, CAST(SUM(amount) AS BIGINT) AS amount FROM (
				SELECT admission, amount FROM allocation
				WHERE clinic = $1 AND patient = $2 AND fund = $3 AND payer IS NULL AND admission IS NOT NULL AND recorded <= $4
				UNION ALL
				SELECT admission, amount FROM allocation
				WHERE clinic = $1 AND payer = $2 AND fund = $3 AND admission IS NOT NULL AND recorded <= $4) parts
			GROUP BY admission HAVING SUM(amount) > 0) used
		CROSS JOIN admission a
		WHERE a.clinic = $1 AND a.id = used.admission
		ORDER BY a.at, a.id`, tx.clinic, r.Patient, r.ID, micros(r.Recorded))
}
