package store

import (
	"context"
	"fmt"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/ledger"
	"daftar/internal/money"
)

// UnitEntry is an entry of a unit with what it concerns and whether it was
// reversed since.
type UnitEntry struct {
	ledger.Entry
	Patient  clinic.PatientID
	Document int64
	Staff    clinic.StaffID
	Recorded time.Time
	Reversed bool
}

// UnitEntries returns what one command posted, in its order, with the postings.
func (tx *Tx) UnitEntries(ctx context.Context, unit int64) ([]UnitEntry, error) {
	found, err := collect(ctx, tx, func(scan func(...any) error) (e UnitEntry, err error) {
		var recorded int64
		err = scan(&e.ID, &e.Kind, &e.Day, &e.Reverses, &e.Patient, &e.Document, &e.Staff, &recorded, &e.Reversed)
		e.Recorded = moment(recorded)
		return e, err
	}, `
		SELECT e.id, e.kind, e.day, COALESCE(e.reverses, 0), COALESCE(e.patient, 0), COALESCE(e.document, 0), e.staff, e.recorded,
			EXISTS (SELECT 1 FROM entry x WHERE x.clinic = e.clinic AND x.reverses = e.id)
		FROM entry e WHERE e.clinic = $1 AND e.unit = $2 ORDER BY e.id`, tx.clinic, unit)
	if err != nil {
		return nil, fmt.Errorf("entries of unit: %w", err)
	}
	for i := range found {
		if found[i].Postings, err = tx.postings(ctx, found[i].ID); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// UnitWrote reports whether one command posted anything, wrote an admission,
// gave a cheque back or did something to an appointment.
func (tx *Tx) UnitWrote(ctx context.Context, unit int64) (bool, error) {
	var entries, admissions, returned, appointments int
	err := tx.row(ctx, `SELECT (SELECT COUNT(*) FROM entry WHERE clinic = $1 AND unit = $2),
		(SELECT COUNT(*) FROM admission WHERE clinic = $1 AND unit = $2),
		(SELECT COUNT(*) FROM cheque_event WHERE clinic = $1 AND unit = $2 AND status = 'returned'),
		(SELECT COUNT(*) FROM appointment_event WHERE clinic = $1 AND unit = $2)`, tx.clinic, unit).Scan(&entries, &admissions, &returned, &appointments)
	return entries+admissions+returned+appointments > 0, err
}

// UnitReturn is a cheque that one command gave back.
type UnitReturn struct {
	Cheque   clinic.ChequeID
	Patient  clinic.PatientID
	Staff    clinic.StaffID
	Recorded time.Time
}

// ReturnOfUnit returns the cheque that one command gave back. NotFound undo.none.
func (tx *Tx) ReturnOfUnit(ctx context.Context, unit int64) (r UnitReturn, err error) {
	var recorded int64
	err = tx.row(ctx, `
		SELECT v.cheque, q.patient, v.staff, v.recorded
		FROM cheque_event v JOIN cheque q ON q.clinic = v.clinic AND q.id = v.cheque
		WHERE v.clinic = $1 AND v.unit = $2 AND v.status = 'returned'`, tx.clinic, unit).Scan(&r.Cheque, &r.Patient, &r.Staff, &recorded)
	r.Recorded = moment(recorded)
	return r, some(err, "undo.none", "unit", unit)
}

// AdmissionOfUnit returns the admission that one command wrote, without its
// lines. NotFound undo.none.
func (tx *Tx) AdmissionOfUnit(ctx context.Context, unit int64) (clinic.Admission, error) {
	a, err := scanAdmission(tx.row(ctx, `SELECT `+admissionFields+` FROM admission a WHERE a.clinic = $1 AND a.unit = $2`, tx.clinic, unit).Scan)
	return a, some(err, "undo.none", "unit", unit)
}

// UnitAllocations returns what one command allocated, in its order.
func (tx *Tx) UnitAllocations(ctx context.Context, unit int64) ([]clinic.Allocation, error) {
	return tx.allocations(ctx, "unit", unit)
}

// UnitRemissions returns what one command let off, in its order.
func (tx *Tx) UnitRemissions(ctx context.Context, unit int64) ([]clinic.Remission, error) {
	return collect(ctx, tx, scanRemission, `SELECT `+remissionFields+` FROM remission m
		WHERE m.clinic = $1 AND m.unit = $2 ORDER BY m.id`, tx.clinic, unit)
}

// UnitMovement is a movement of a deposit that one command made.
type UnitMovement struct {
	ID        int64
	Deposit   int64
	Patient   clinic.PatientID
	Kind      string
	Amount    money.Amount
	Admission clinic.AdmissionID
	Reversed  bool
}

// UnitMovements returns the movements of deposits of one command, in its order.
func (tx *Tx) UnitMovements(ctx context.Context, unit int64) ([]UnitMovement, error) {
	return collect(ctx, tx, func(scan func(...any) error) (m UnitMovement, err error) {
		return m, scan(&m.ID, &m.Deposit, &m.Patient, &m.Kind, &m.Amount, &m.Admission, &m.Reversed)
	}, `
		SELECT v.id, v.deposit, v.patient, v.kind, v.amount, COALESCE(v.admission, 0),
			EXISTS (SELECT 1 FROM deposit_movement x WHERE x.clinic = v.clinic AND x.reverses = v.id)
		FROM deposit_movement v WHERE v.clinic = $1 AND v.unit = $2 ORDER BY v.id`, tx.clinic, unit)
}

// MirrorMovement writes the movement that undoes another: the same kind and
// the other amount.
func (tx *Tx) MirrorMovement(ctx context.Context, id, unit int64, m UnitMovement, day string, s Stamp) error {
	return tx.add(ctx, "deposit_movement", "clinic, id, deposit, patient, kind, amount, admission, reverses, unit, day, at, recorded, staff",
		tx.clinic, id, m.Deposit, m.Patient, m.Kind, -m.Amount, nullID(m.Admission), m.ID, unit, day, micros(s.At), micros(s.Recorded), s.Staff)
}

// HeldByDeposit is what a deposit holds.
func (tx *Tx) HeldByDeposit(ctx context.Context, deposit int64) (sum money.Amount, err error) {
	err = tx.row(ctx, `SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM deposit_movement WHERE clinic = $1 AND deposit = $2`,
		tx.clinic, deposit).Scan(&sum)
	return sum, err
}

// FundByID returns a fund, whosever it is. NotFound fund.none.
func (tx *Tx) FundByID(ctx context.Context, id clinic.FundID) (clinic.Fund, error) {
	var patient clinic.PatientID
	err := tx.row(ctx, `SELECT patient FROM fund WHERE clinic = $1 AND id = $2`, tx.clinic, id).Scan(&patient)
	if err := some(err, "fund.none", "fund", id); err != nil {
		return clinic.Fund{}, err
	}
	return tx.Fund(ctx, patient, id)
}

// LaterThan reports whether anything was posted for the person by another
// command after the entry.
func (tx *Tx) LaterThan(ctx context.Context, files clinic.Files, e ledger.EntryID, unit int64) (bool, error) {
	args := arguments{tx.clinic, e, unit}
	var n int
	err := tx.row(ctx, `SELECT COUNT(*) FROM entry
		WHERE clinic = $1 AND id > $2 AND COALESCE(unit, 0) <> $3 AND `+among(&args, "patient", files), args...).Scan(&n)
	return n > 0, err
}

// AddUndo writes that a unit was undone by another. Refused undo.done when it
// was undone already.
func (tx *Tx) AddUndo(ctx context.Context, unit, by int64, patient clinic.PatientID, reason string, s Stamp) error {
	err := tx.add(ctx, "undo", "clinic, unit, by_unit, patient, reason, at, recorded, staff",
		tx.clinic, unit, by, patient, reason, micros(s.At), micros(s.Recorded), s.Staff)
	if fault.Of(err) == fault.Conflict {
		return fault.New(fault.Refused, "undo.done", "it is undone already")
	}
	return err
}

// Undone reports whether a unit was undone, or is what undid another.
func (tx *Tx) Undone(ctx context.Context, unit int64) (done, undoing bool, err error) {
	var was, is int
	err = tx.row(ctx, `SELECT (SELECT COUNT(*) FROM undo WHERE clinic = $1 AND unit = $2),
		(SELECT COUNT(*) FROM undo WHERE clinic = $1 AND by_unit = $2)`, tx.clinic, unit).Scan(&was, &is)
	return was > 0, is > 0, err
}
