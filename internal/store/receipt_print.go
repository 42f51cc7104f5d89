package store

import (
	"context"
	"fmt"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/money"
)

// Print is one time that a paper of a receipt was printed: the first is the
// original, the others are copies. Transfer is 0 for the paper of the patient
// it was written for, else that of the patient whose it became by the transfer.
type Print struct {
	ID       int64
	Receipt  clinic.ReceiptID
	Transfer clinic.TransferID
	Copy     int
	Size     string
	At       time.Time
	Staff    clinic.StaffID
}

// AddPrint writes that a paper is printed and says which time it is. The column
// copy counts all papers of the receipt.
func (tx *Tx) AddPrint(ctx context.Context, p Print) (Print, error) {
	last, err := tx.Prints(ctx, p.Receipt, p.Transfer)
	if err != nil {
		return p, err
	}
	var all int
	err = tx.row(ctx, `SELECT COALESCE(MAX(copy), 0) FROM receipt_print WHERE clinic = $1 AND receipt = $2`, tx.clinic, p.Receipt).Scan(&all)
	if err != nil {
		return p, fmt.Errorf("add print: %w", err)
	}
	p.Copy = last + 1
	err = tx.exec(ctx, insert("receipt_print", "clinic, id, receipt, transfer, copy, size, at, staff", 1),
		tx.clinic, p.ID, p.Receipt, nullID(p.Transfer), all+1, p.Size, micros(p.At), p.Staff)
	if err != nil {
		return p, fmt.Errorf("add print: %w", err)
	}
	return p, nil
}

// Prints is how often a paper of a receipt was printed.
func (tx *Tx) Prints(ctx context.Context, receipt clinic.ReceiptID, transfer clinic.TransferID) (n int, err error) {
	err = tx.row(ctx, `SELECT COUNT(*) FROM receipt_print WHERE clinic = $1 AND receipt = $2 AND COALESCE(transfer, 0) = $3`,
		tx.clinic, receipt, transfer).Scan(&n)
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

// PaidBy returns what a patient's fund paid as it was known at an instant,
// oldest admission first.
func (tx *Tx) PaidBy(ctx context.Context, patient clinic.PatientID, fund clinic.FundID, known time.Time) ([]Part, error) {
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
		ORDER BY a.at, a.id`, tx.clinic, patient, fund, micros(known))
}
