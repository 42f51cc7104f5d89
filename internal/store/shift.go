package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/money"
)

const shiftFields = `s.id, s.desk, s.branch, s.staff, s.status, s.day, s.opened, s.opening_float, s.counted, s.closed,
	COALESCE(s.closed_by, 0), s.left_in_drawer, s.note, s.version`

func scanShift(scan func(...any) error, more ...any) (s clinic.Shift, err error) {
	var opened int64
	var counted, closed sql.NullInt64
	err = scan(append([]any{&s.ID, &s.Desk, &s.Branch, &s.Staff, &s.Status, &s.Day, &opened, &s.Float, &counted, &closed, &s.ClosedBy, &s.Left,
		&s.Note, &s.Version}, more...)...)
	s.Opened, s.Counted, s.Closed = moment(opened), someMoment(counted), someMoment(closed)
	return s, err
}

// someMoment is the zero time for NULL.
func someMoment(us sql.NullInt64) time.Time {
	if !us.Valid {
		return time.Time{}
	}
	return moment(us.Int64)
}

// nullMoment stores the zero time as NULL.
func nullMoment(t time.Time) sql.NullInt64 {
	return sql.NullInt64{Int64: micros(t), Valid: !t.IsZero()}
}

// AddShift writes a shift. Conflict shift.open when the person has an open one.
func (tx *Tx) AddShift(ctx context.Context, s clinic.Shift) error {
	err := tx.exec(ctx, insert("shift", "clinic, id, desk, branch, staff, status, day, opened, opening_float, note", 1),
		tx.clinic, s.ID, s.Desk, s.Branch, s.Staff, s.Status, s.Day, micros(s.Opened), s.Float, s.Note)
	if err != nil && tx.store.dialect.duplicate(err) {
		return fault.New(fault.Conflict, "shift.open", "the person has an open shift already")
	}
	if err != nil {
		return fmt.Errorf("add shift: %w", err)
	}
	return nil
}

// Shift returns one shift. NotFound shift.none.
func (tx *Tx) Shift(ctx context.Context, id clinic.ShiftID) (clinic.Shift, error) {
	s, err := scanShift(tx.row(ctx, `SELECT `+shiftFields+` FROM shift s WHERE s.clinic = $1 AND s.id = $2`, tx.clinic, id).Scan)
	return s, some(err, "shift.none", "shift", id)
}

// OpenShiftOf returns the open shift of a person. NotFound shift.none.
func (tx *Tx) OpenShiftOf(ctx context.Context, staff clinic.StaffID) (clinic.Shift, error) {
	s, err := scanShift(tx.row(ctx, `SELECT `+shiftFields+` FROM shift s
		WHERE s.clinic = $1 AND s.staff = $2 AND s.status = 'open'`, tx.clinic, staff).Scan)
	return s, some(err, "shift.none", "open shift of", staff)
}

// ShiftCash is what the shifts of a desk hold in cash: the float and what came
// and went since, less what stayed in the drawer. One that is over holds
// nothing.
func (tx *Tx) ShiftCash(ctx context.Context, desk clinic.PlaceID) (sum money.Amount, err error) {
	err = tx.row(ctx, `
		SELECT CAST(COALESCE(SUM(s.opening_float - s.left_in_drawer + COALESCE((SELECT SUM(m.amount) FROM money_line m
			WHERE m.clinic = s.clinic AND m.shift = s.id AND m.method = 'cash'), 0)), 0) AS BIGINT)
		FROM shift s WHERE s.clinic = $1 AND s.status IN ('open', 'counted', 'awaiting') AND s.desk = $2`, tx.clinic, desk).Scan(&sum)
	if err != nil {
		return 0, fmt.Errorf("cash of shifts: %w", err)
	}
	return sum, nil
}

// CashOfShift is the cash that a shift should hold: its float and what came and
// went since, less what stayed in the drawer.
func (tx *Tx) CashOfShift(ctx context.Context, id clinic.ShiftID) (sum money.Amount, err error) {
	err = tx.row(ctx, `
		SELECT CAST(s.opening_float - s.left_in_drawer + COALESCE((SELECT SUM(m.amount) FROM money_line m
			WHERE m.clinic = s.clinic AND m.shift = s.id AND m.method = 'cash'), 0) AS BIGINT)
		FROM shift s WHERE s.clinic = $1 AND s.id = $2`, tx.clinic, id).Scan(&sum)
	return sum, some(err, "shift.none", "shift", id)
}

// SaveShift writes back a shift read earlier. Conflict shift.stale if it was
// written in between.
func (tx *Tx) SaveShift(ctx context.Context, s clinic.Shift) error {
	n, err := tx.change(ctx, `
		UPDATE shift SET status = $4, counted = $5, closed = $6, closed_by = $7, note = $8, left_in_drawer = $9, version = version + 1
		WHERE clinic = $1 AND id = $2 AND version = $3`,
		tx.clinic, s.ID, s.Version, s.Status, nullMoment(s.Counted), nullMoment(s.Closed), nullID(s.ClosedBy), s.Note, s.Left)
	if err != nil {
		return fmt.Errorf("save shift %d: %w", s.ID, err)
	}
	if n == 0 {
		return fault.New(fault.Conflict, "shift.stale", "the shift was changed by someone else")
	}
	return nil
}
