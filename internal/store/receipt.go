package store

import (
	"context"
	"fmt"
	"time"

	"daftar/internal/clinic"
)

// AddReceipt writes a receipt with its lines.
func (tx *Tx) AddReceipt(ctx context.Context, r clinic.Receipt) error {
	err := tx.exec(ctx, insert("receipt", "clinic, id, patient, year, number, branch, amount, day, at, recorded, staff, note", 1),
		tx.clinic, r.ID, r.Patient, r.Number.Year, r.Number.Count, r.Branch, r.Amount, r.Day, micros(r.At), micros(r.Recorded), r.Staff, r.Note)
	if err != nil {
		return fmt.Errorf("add receipt: %w", err)
	}
	return nil
}

// AddFund writes that a document brought money, or what stands for it, onto a
// patient's account.
func (tx *Tx) AddFund(ctx context.Context, f clinic.Fund, s Stamp) error {
	err := tx.exec(ctx, insert("fund", "clinic, id, patient, kind, amount, at, recorded", 1),
		tx.clinic, f.ID, f.Patient, f.Kind, f.Amount, micros(s.At), micros(s.Recorded))
	if err != nil {
		return fmt.Errorf("fund: %w", err)
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
	r.Lines, err = tx.MoneyLines(ctx, int64(id), clinic.EntryReceipt)
	return r, err
}

// Stamp is when something counts, when it was recorded and who did it.
type Stamp struct {
	At, Recorded time.Time
	Staff        clinic.StaffID
}

// AddAllocation writes one allocation; unit names the command it belongs to, 0
// for none.
func (tx *Tx) AddAllocation(ctx context.Context, id, unit int64, a clinic.Allocation, s Stamp) error {
	var payer clinic.PatientID
	if a.Payer != a.Patient {
		payer = a.Payer
	}
	err := tx.exec(ctx, insert("allocation", "clinic, id, patient, payer, fund, admission, spending, amount, reason, unit, at, recorded, staff", 1),
		tx.clinic, id, a.Patient, nullID(payer), a.Fund, nullID(a.Admission), nullID(a.Spending), a.Amount, a.Reason, nullID(unit),
		micros(s.At), micros(s.Recorded), s.Staff)
	if err != nil {
		return fmt.Errorf("allocate: %w", err)
	}
	return nil
}

// Allocations returns what was ever allocated to an admission, oldest first.
func (tx *Tx) Allocations(ctx context.Context, id clinic.AdmissionID) ([]clinic.Allocation, error) {
	return tx.allocations(ctx, "admission", int64(id))
}

// SpendingOf returns what a spending took off funds, oldest first.
func (tx *Tx) SpendingOf(ctx context.Context, id clinic.SpendingID) ([]clinic.Allocation, error) {
	return tx.allocations(ctx, "spending", int64(id))
}

func (tx *Tx) allocations(ctx context.Context, column string, id int64) ([]clinic.Allocation, error) {
	return collect(ctx, tx, scanAllocation, `
		SELECT fund, COALESCE(admission, 0), COALESCE(spending, 0), amount, reason, patient, COALESCE(payer, patient) FROM allocation
		WHERE clinic = $1 AND `+column+` = $2 ORDER BY id`, tx.clinic, id)
}

func scanAllocation(scan func(...any) error) (a clinic.Allocation, err error) {
	return a, scan(&a.Fund, &a.Admission, &a.Spending, &a.Amount, &a.Reason, &a.Patient, &a.Payer)
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
