package store

import (
	"context"
	"fmt"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/jalali"
	"daftar/internal/money"
)

// EarnerRow is somebody who earns, or may, with the sums.
type EarnerRow struct {
	Kind       clinic.EarnerKind
	ID         clinic.EarnerID
	Name       string
	FileNumber clinic.FileNumber // of a marketer
	Active     bool              // a marketer who may earn; a referrer always is
	Rate       int               // that holds on the day
	Accrued    money.Amount
	Settled    money.Amount
}

// Left is what is owed; less than nothing when money that was earned by went
// back after it was settled.
func (e EarnerRow) Left() money.Amount { return e.Accrued - e.Settled }

// Patient is the marketer as a patient, 0 for a referrer.
func (e EarnerRow) Patient() clinic.PatientID {
	if e.Kind == clinic.EarnsMarketer {
		return clinic.PatientID(e.ID)
	}
	return 0
}

// Earners lists active marketers, referrers and whoever earned anything, those
// who are owed most first: of the people of one branch or, with 0, of all, and
// one of them when id is not 0.
func (tx *Tx) Earners(ctx context.Context, branch clinic.BranchID, id clinic.EarnerID, day jalali.Day, limit int) ([]EarnerRow, error) {
	found, err := collect(ctx, tx, func(scan func(...any) error) (e EarnerRow, err error) {
		var first, last string
		err = scan(&e.Kind, &e.ID, &first, &last, &e.FileNumber, &e.Active, &e.Rate, &e.Accrued, &e.Settled)
		e.Name = clinic.Patient{FirstName: first, LastName: last}.Name()
		return e, err
	}, `
		SELECT e.kind, e.id, e.first_name, e.last_name, e.file_number, e.active,
			COALESCE((SELECT r.rate FROM commission_rate r WHERE r.clinic = $1 AND r.kind = e.kind AND r.earner = e.id AND r.valid_from <= $4
				ORDER BY r.valid_from DESC LIMIT 1), 0),
			CAST(COALESCE(a.amount, 0) AS BIGINT) AS accrued, CAST(COALESCE(s.amount, 0) AS BIGINT) AS settled
		FROM (
			SELECT 'marketer' AS kind, p.id, p.first_name, p.last_name, p.file_number, p.marketer_status = 'active' AS active
			FROM patient p WHERE p.clinic = $1 AND (CAST($2 AS BIGINT) = 0 OR p.branch = $2) AND (p.marketer_status = 'active' AND p.merged_into IS NULL
				OR p.id IN (SELECT c.earner FROM commission c WHERE c.clinic = $1 AND c.kind = 'marketer')
				OR p.id IN (SELECT c.earner FROM commission_rate c WHERE c.clinic = $1 AND c.kind = 'marketer'))
			UNION ALL
			SELECT 'referrer', f.id, f.name, '', 0, 1 = 1 FROM referrer f WHERE f.clinic = $1) e
		LEFT JOIN (SELECT earner, SUM(amount) AS amount FROM commission WHERE clinic = $1 GROUP BY earner) a ON a.earner = e.id
		LEFT JOIN (SELECT c.earner, SUM(c.amount) AS amount FROM commission_settlement c
			WHERE c.clinic = $1 AND NOT EXISTS (SELECT 1 FROM voided v WHERE v.clinic = c.clinic AND v.document = c.id)
			GROUP BY c.earner) s ON s.earner = e.id
		WHERE CAST($3 AS BIGINT) = 0 OR e.id = $3
		ORDER BY COALESCE(a.amount, 0) - COALESCE(s.amount, 0) DESC, accrued DESC, e.kind, e.id LIMIT $5`,
		tx.clinic, branch, id, day, limit)
	if err != nil {
		return nil, fmt.Errorf("earners: %w", err)
	}
	return found, nil
}

// AccrualRow is a row of commission with the words for its admission.
type AccrualRow struct {
	Accrual
	At          time.Time
	Number      clinic.Number
	Patient     clinic.PatientID
	PatientName string
	FileNumber  clinic.FileNumber
}

// Accruals returns the newest rows of an earner, of the people of one branch
// or, with 0, of all.
func (tx *Tx) Accruals(ctx context.Context, id clinic.EarnerID, branch clinic.BranchID, limit int) ([]AccrualRow, error) {
	found, err := collect(ctx, tx, func(scan func(...any) error) (a AccrualRow, err error) {
		var first, last string
		var at int64
		err = scan(&a.ID, &a.Kind, &a.Earner, &a.Admission, &a.Amount, &a.Base, &a.Rate, &a.Entry, &a.Unit, &a.Day, &at,
			&a.Number.Year, &a.Number.Count, &a.Patient, &first, &last, &a.FileNumber)
		a.At, a.PatientName = moment(at), clinic.Patient{FirstName: first, LastName: last}.Name()
		return a, err
	}, `
		SELECT c.id, c.kind, c.earner, c.admission, c.amount, c.base, c.rate, c.entry, COALESCE(c.unit, 0), c.day, c.at,
			a.year, a.number, p.id, p.first_name, p.last_name, p.file_number
		FROM commission c
		JOIN admission a ON a.clinic = c.clinic AND a.id = c.admission
		JOIN patient p ON p.clinic = a.clinic AND p.id = a.patient
		WHERE c.clinic = $1 AND c.earner = $2 AND (CAST($3 AS BIGINT) = 0 OR p.branch = $3)
		ORDER BY c.at DESC, c.id DESC LIMIT $4`, tx.clinic, id, branch, limit)
	if err != nil {
		return nil, fmt.Errorf("commissions: %w", err)
	}
	return found, nil
}

// CommissionPaid is a settlement of commission in a list.
type CommissionPaid struct {
	clinic.CommissionSettlement
	StaffName string
	Undone    bool
}

// CommissionSettlements returns the newest settlements of an earner.
func (tx *Tx) CommissionSettlements(ctx context.Context, id clinic.EarnerID, limit int) ([]CommissionPaid, error) {
	return tx.commissionsPaid(ctx, "c.earner = $2 ORDER BY c.at DESC, c.id DESC LIMIT $3", id, limit)
}

// CommissionSettlement returns one settlement of commission. NotFound
// settlement.none.
func (tx *Tx) CommissionSettlement(ctx context.Context, id clinic.CommissionID) (CommissionPaid, error) {
	found, err := tx.commissionsPaid(ctx, "c.id = $2", id)
	if err != nil || len(found) == 0 {
		return CommissionPaid{}, some(orMissing(err), "settlement.none", "settlement of commission", id)
	}
	return found[0], nil
}

func (tx *Tx) commissionsPaid(ctx context.Context, which string, args ...any) ([]CommissionPaid, error) {
	found, err := collect(ctx, tx, func(scan func(...any) error) (c CommissionPaid, err error) {
		var at, recorded int64
		err = scan(&c.ID, &c.Kind, &c.Earner, &c.Number.Year, &c.Number.Count, &c.Branch, &c.Amount, &c.How, &c.Note, &c.Day, &at, &recorded, &c.Staff,
			&c.StaffName, &c.Undone)
		c.At, c.Recorded = moment(at), moment(recorded)
		return c, err
	}, `
		SELECT c.id, c.kind, c.earner, c.year, c.number, c.branch, c.amount, c.how, c.note, c.day, c.at, c.recorded, c.staff, f.name,
			EXISTS (SELECT 1 FROM voided v WHERE v.clinic = c.clinic AND v.document = c.id)
		FROM commission_settlement c JOIN staff f ON f.clinic = c.clinic AND f.id = c.staff
		WHERE c.clinic = $1 AND `+which, append([]any{tx.clinic}, args...)...)
	if err != nil {
		return nil, fmt.Errorf("settlements of commission: %w", err)
	}
	return found, nil
}
