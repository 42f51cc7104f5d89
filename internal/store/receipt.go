package store

import (
	"context"
	"fmt"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
)

// AddReceipt writes a receipt with its lines.
func (tx *Tx) AddReceipt(ctx context.Context, r clinic.Receipt) error {
	err := tx.exec(ctx, insert("receipt", "clinic, id, patient, year, number, branch, amount, day, at, recorded, staff, note", 1),
		tx.clinic, r.ID, r.Patient, r.Number.Year, r.Number.Count, r.Branch, r.Amount, r.Day, micros(r.At), micros(r.Recorded), r.Staff, r.Note)
	if err != nil {
		return fmt.Errorf("add receipt: %w", err)
	}
	args := make([]any, 0, 8*len(r.Lines))
	for _, l := range r.Lines {
		args = append(args, tx.clinic, r.ID, l.Line, l.Method, l.Amount, l.Place, l.TrackingNumber, l.LastFour)
	}
	const columns = "clinic, receipt, line, method, amount, place, tracking_number, last_four"
	if err := tx.exec(ctx, insert("receipt_line", columns, len(r.Lines)), args...); err != nil {
		return fmt.Errorf("add receipt lines: %w", err)
	}
	return nil
}

// Receipt returns one receipt with its lines. NotFound receipt.none.
func (tx *Tx) Receipt(ctx context.Context, id clinic.ReceiptID) (clinic.Receipt, error) {
	r := clinic.Receipt{ID: id}
	var at, recorded int64
	err := tx.row(ctx, `
		SELECT patient, year, number, branch, amount, day, at, recorded, staff, note
		FROM receipt WHERE clinic = $1 AND id = $2`, tx.clinic, id).
		Scan(&r.Patient, &r.Number.Year, &r.Number.Count, &r.Branch, &r.Amount, &r.Day, &at, &recorded, &r.Staff, &r.Note)
	if err := some(err, "receipt.none", "receipt", id); err != nil {
		return r, err
	}
	r.At, r.Recorded = moment(at), moment(recorded)
	r.Lines, err = collect(ctx, tx, func(scan func(...any) error) (l clinic.ReceiptLine, err error) {
		return l, scan(&l.Line, &l.Method, &l.Amount, &l.Place, &l.TrackingNumber, &l.LastFour)
	}, `
		SELECT line, method, amount, place, tracking_number, last_four
		FROM receipt_line WHERE clinic = $1 AND receipt = $2 ORDER BY line`, tx.clinic, id)
	return r, err
}

// AddCheque writes a cheque that came in a receipt line.
func (tx *Tx) AddCheque(ctx context.Context, q clinic.Cheque) error {
	return tx.add(ctx, "cheque", "clinic, id, receipt, line, patient, amount, status, sayad_id, due_date",
		tx.clinic, q.ID, q.Receipt, q.Line, q.Patient, q.Amount, q.Status, q.SayadID, q.Due)
}

// Cheque returns one cheque. NotFound cheque.none.
func (tx *Tx) Cheque(ctx context.Context, id clinic.ChequeID) (clinic.Cheque, error) {
	q := clinic.Cheque{ID: id}
	err := tx.row(ctx, `
		SELECT receipt, line, patient, amount, status, sayad_id, due_date, version
		FROM cheque WHERE clinic = $1 AND id = $2`, tx.clinic, id).
		Scan(&q.Receipt, &q.Line, &q.Patient, &q.Amount, &q.Status, &q.SayadID, &q.Due, &q.Version)
	return q, some(err, "cheque.none", "cheque", id)
}

// SaveCheque writes back a cheque read earlier. Conflict cheque.stale if it
// was written in between.
func (tx *Tx) SaveCheque(ctx context.Context, q clinic.Cheque) error {
	n, err := tx.change(ctx, `
		UPDATE cheque SET status = $4, version = version + 1
		WHERE clinic = $1 AND id = $2 AND version = $3`, tx.clinic, q.ID, q.Version, q.Status)
	if err != nil {
		return fmt.Errorf("save cheque %d: %w", q.ID, err)
	}
	if n == 0 {
		return fault.New(fault.Conflict, "cheque.stale", "the cheque was changed by someone else")
	}
	return nil
}

// UnclearedCheques is the sum of the person's cheques that are not money yet.
func (tx *Tx) UnclearedCheques(ctx context.Context, files clinic.Files) (sum int64, err error) {
	args := arguments{tx.clinic}
	err = tx.row(ctx, `
		SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM cheque
		WHERE clinic = $1 AND `+among(&args, "patient", files)+` AND status = 'in_hand'`, args...).Scan(&sum)
	return sum, err
}

// Stamp is when something counts, when it was recorded and who did it.
type Stamp struct {
	At, Recorded time.Time
	Staff        clinic.StaffID
}

// AddAllocation writes one allocation.
func (tx *Tx) AddAllocation(ctx context.Context, id int64, a clinic.Allocation, s Stamp) error {
	var payer clinic.PatientID
	if a.Payer != a.Patient {
		payer = a.Payer
	}
	err := tx.exec(ctx, insert("allocation", "clinic, id, patient, payer, receipt, admission, amount, reason, at, recorded, staff", 1),
		tx.clinic, id, a.Patient, nullID(payer), a.Receipt, a.Admission, a.Amount, a.Reason, micros(s.At), micros(s.Recorded), s.Staff)
	if err != nil {
		return fmt.Errorf("allocate: %w", err)
	}
	return nil
}

// Allocations returns what was ever allocated to an admission, oldest first.
func (tx *Tx) Allocations(ctx context.Context, id clinic.AdmissionID) ([]clinic.Allocation, error) {
	return collect(ctx, tx, func(scan func(...any) error) (clinic.Allocation, error) {
		a := clinic.Allocation{Admission: id}
		return a, scan(&a.Receipt, &a.Amount, &a.Reason, &a.Patient, &a.Payer)
	}, `
		SELECT receipt, amount, reason, patient, COALESCE(payer, patient) FROM allocation
		WHERE clinic = $1 AND admission = $2 ORDER BY id`, tx.clinic, id)
}

// Credits returns what is left of the person's receipts, oldest first: what
// pays nothing, neither of the same file nor of another that was or is the
// person's.
func (tx *Tx) Credits(ctx context.Context, files clinic.Files) ([]clinic.Credit, error) {
	args := arguments{tx.clinic}
	patient, payer := among(&args, "patient", files), among(&args, "payer", files)
	return collect(ctx, tx, func(scan func(...any) error) (c clinic.Credit, err error) {
		return c, scan(&c.Receipt, &c.Left, &c.Patient)
	}, `
		SELECT r.id, r.amount - CAST(COALESCE(l.used, 0) AS BIGINT), r.patient
		FROM receipt r
		LEFT JOIN (
			SELECT receipt, SUM(amount) AS used FROM (
				SELECT receipt, amount FROM allocation WHERE clinic = $1 AND `+patient+` AND payer IS NULL
				UNION ALL
				SELECT receipt, amount FROM allocation WHERE clinic = $1 AND `+payer+`) parts
			GROUP BY receipt) l ON l.receipt = r.id
		WHERE r.clinic = $1 AND r.`+patient+` AND r.amount > COALESCE(l.used, 0)
		ORDER BY r.at, r.id`, args...)
}

// AddShareTransfer writes a share transfer.
func (tx *Tx) AddShareTransfer(ctx context.Context, t clinic.ShareTransfer, s Stamp) error {
	err := tx.exec(ctx, insert("share_transfer", "clinic, id, admission, patient, from_insurer, to_insurer, amount, reason, at, recorded, staff", 1),
		tx.clinic, t.ID, t.Admission, t.Patient, nullID(t.From), nullID(t.To), t.Amount, t.Reason, micros(s.At), micros(s.Recorded), s.Staff)
	if err != nil {
		return fmt.Errorf("transfer: %w", err)
	}
	return nil
}

// AddInsurerPayment writes an insurer's payment.
func (tx *Tx) AddInsurerPayment(ctx context.Context, p clinic.InsurerPayment, s Stamp) error {
	err := tx.exec(ctx, insert("insurer_payment", "clinic, id, insurer, admission, patient, amount, method, place, at, recorded, staff", 1),
		tx.clinic, p.ID, p.Insurer, p.Admission, p.Patient, p.Amount, clinic.BankTransfer, p.Bank, micros(s.At), micros(s.Recorded), s.Staff)
	if err != nil {
		return fmt.Errorf("insurer payment: %w", err)
	}
	return nil
}
