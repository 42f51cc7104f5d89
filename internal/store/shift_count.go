package store

import (
	"context"
	"fmt"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/jalali"
	"daftar/internal/money"
)

// ShiftBooks is what the lines of money of a shift add up to by method and
// place, without the float, in the order of clinic.Method.
func (tx *Tx) ShiftBooks(ctx context.Context, id clinic.ShiftID) ([]clinic.ShiftLine, error) {
	return collect(ctx, tx, func(scan func(...any) error) (l clinic.ShiftLine, err error) {
		return l, scan(&l.Method, &l.Place, &l.Number, &l.Expected)
	}, `
		SELECT m.method, m.place, COUNT(*), CAST(SUM(m.amount) AS BIGINT)
		FROM money_line m
		WHERE m.clinic = $1 AND m.shift = $2
		GROUP BY m.method, m.place
		ORDER BY CASE m.method WHEN 'cash' THEN 0 WHEN 'pos' THEN 1 WHEN 'card_to_card' THEN 2 WHEN 'bank_transfer' THEN 3
			WHEN 'cheque' THEN 4 ELSE 5 END, m.place`, tx.clinic, id)
}

// ShiftFlow is what moved in a shift by one kind of entry and method.
type ShiftFlow struct {
	Kind   string // of ledger.Entry; what undoes something has the kind that it undoes
	Method clinic.Method
	Number int
	Amount money.Amount
}

// ShiftFlows says where the money of a shift came from and went to.
func (tx *Tx) ShiftFlows(ctx context.Context, id clinic.ShiftID) ([]ShiftFlow, error) {
	return collect(ctx, tx, func(scan func(...any) error) (f ShiftFlow, err error) {
		return f, scan(&f.Kind, &f.Method, &f.Number, &f.Amount)
	}, `
		SELECT e.kind, m.method, COUNT(*), CAST(SUM(m.amount) AS BIGINT)
		FROM money_line m JOIN entry e ON e.clinic = m.clinic AND e.id = m.entry
		WHERE m.clinic = $1 AND m.shift = $2
		GROUP BY e.kind, m.method
		ORDER BY MIN(e.id), m.method`, tx.clinic, id)
}

// AddShiftCount writes what was counted, as one more count of the shift.
func (tx *Tx) AddShiftCount(ctx context.Context, s clinic.Shift, lines []clinic.ShiftLine, by clinic.StaffID) error {
	var last, round int
	err := tx.row(ctx, `SELECT COALESCE(MAX(line), 0), COALESCE(MAX(round), 0) FROM shift_count WHERE clinic = $1 AND shift = $2`,
		tx.clinic, s.ID).Scan(&last, &round)
	if err != nil {
		return fmt.Errorf("counts of shift %d: %w", s.ID, err)
	}
	var args []any
	for i, l := range lines {
		args = append(args, tx.clinic, s.ID, last+i+1, round+1, l.Method, l.Place, l.Number, l.Expected, l.Counted, s.Note, micros(s.Counted), by)
	}
	const columns = "clinic, shift, line, round, method, place, number, expected, counted, note, at, staff"
	if err := tx.exec(ctx, insert("shift_count", columns, len(lines)), args...); err != nil {
		return fmt.Errorf("add count of shift %d: %w", s.ID, err)
	}
	return nil
}

// ShiftCount returns the lines of the last count of a shift.
func (tx *Tx) ShiftCount(ctx context.Context, id clinic.ShiftID) ([]clinic.ShiftLine, error) {
	return collect(ctx, tx, func(scan func(...any) error) (l clinic.ShiftLine, err error) {
		return l, scan(&l.Method, &l.Place, &l.Number, &l.Expected, &l.Counted)
	}, `
		SELECT c.method, c.place, c.number, c.expected, c.counted
		FROM shift_count c
		WHERE c.clinic = $1 AND c.shift = $2
			AND c.round = (SELECT MAX(l.round) FROM shift_count l WHERE l.clinic = c.clinic AND l.shift = c.shift)
		ORDER BY c.line`, tx.clinic, id)
}

// ShiftEvent is something that became of a shift.
type ShiftEvent struct {
	Status    clinic.ShiftStatus
	Note      string
	At        time.Time
	Staff     clinic.StaffID
	StaffName string
}

// AddShiftEvent writes what became of a shift.
func (tx *Tx) AddShiftEvent(ctx context.Context, id int64, shift clinic.ShiftID, e ShiftEvent) error {
	err := tx.exec(ctx, insert("shift_event", "clinic, id, shift, status, note, at, staff", 1), tx.clinic, id, shift, e.Status, e.Note, micros(e.At), e.Staff)
	if err != nil {
		return fmt.Errorf("add event of shift %d: %w", shift, err)
	}
	return nil
}

// ShiftEvents returns what became of a shift, oldest first.
func (tx *Tx) ShiftEvents(ctx context.Context, shift clinic.ShiftID) ([]ShiftEvent, error) {
	return collect(ctx, tx, func(scan func(...any) error) (e ShiftEvent, err error) {
		var at int64
		err = scan(&e.Status, &e.Note, &at, &e.Staff, &e.StaffName)
		e.At = moment(at)
		return e, err
	}, `
		SELECT v.status, v.note, v.at, v.staff, COALESCE(s.name, '')
		FROM shift_event v LEFT JOIN staff s ON s.clinic = v.clinic AND s.id = v.staff
		WHERE v.clinic = $1 AND v.shift = $2
		ORDER BY v.id`, tx.clinic, shift)
}

// UnfinishedShifts counts the shifts that were opened on a day or before and
// are not closed.
func (tx *Tx) UnfinishedShifts(ctx context.Context, day jalali.Day) (n int, err error) {
	err = tx.row(ctx, `SELECT COUNT(*) FROM shift WHERE clinic = $1 AND status IN ('open', 'counted', 'awaiting') AND day <= $2`,
		tx.clinic, day).Scan(&n)
	return n, err
}
