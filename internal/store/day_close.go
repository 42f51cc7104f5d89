package store

import (
	"context"
	"database/sql"
	"fmt"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/jalali"
)

const dayCloseFields = `d.id, d.day, d.closed, d.staff, d.note, d.reopened, COALESCE(d.reopened_by, 0), d.reason`

func scanDayClose(scan func(...any) error, more ...any) (d clinic.DayClose, err error) {
	var closed int64
	var reopened sql.NullInt64
	err = scan(append([]any{&d.ID, &d.Day, &closed, &d.Staff, &d.Note, &reopened, &d.ReopenedBy, &d.Reason}, more...)...)
	d.Closed, d.Reopened = moment(closed), someMoment(reopened)
	return d, err
}

// LockedDay is the last closed day, "" when no day is closed.
func (tx *Tx) LockedDay(ctx context.Context) (day jalali.Day, err error) {
	err = tx.row(ctx, `SELECT COALESCE(MAX(day), '') FROM day_close WHERE clinic = $1 AND reopened IS NULL`, tx.clinic).Scan(&day)
	return day, err
}

// AddDayClose writes that a day was closed.
func (tx *Tx) AddDayClose(ctx context.Context, d clinic.DayClose) error {
	err := tx.exec(ctx, insert("day_close", "clinic, id, day, closed, staff, note", 1), tx.clinic, d.ID, d.Day, micros(d.Closed), d.Staff, d.Note)
	if err != nil {
		return fmt.Errorf("close day: %w", err)
	}
	return nil
}

// DayClose returns the last closing of a day, which may have been opened again.
// NotFound day.none when it was never closed.
func (tx *Tx) DayClose(ctx context.Context, day jalali.Day) (clinic.DayClose, error) {
	d, err := scanDayClose(tx.row(ctx, `SELECT `+dayCloseFields+` FROM day_close d WHERE d.clinic = $1 AND d.day = $2
		ORDER BY d.id DESC LIMIT 1`, tx.clinic, day).Scan)
	return d, some(err, "day.none", "closed day", day)
}

// ReopenDay writes that a closed day was opened again. Conflict day.stale when
// it was opened meanwhile.
func (tx *Tx) ReopenDay(ctx context.Context, d clinic.DayClose) error {
	n, err := tx.change(ctx, `
		UPDATE day_close SET reopened = $3, reopened_by = $4, reason = $5
		WHERE clinic = $1 AND id = $2 AND reopened IS NULL`, tx.clinic, d.ID, micros(d.Reopened), d.ReopenedBy, d.Reason)
	if err != nil {
		return fmt.Errorf("reopen day: %w", err)
	}
	if n == 0 {
		return fault.New(fault.Conflict, "day.stale", "the day was opened meanwhile")
	}
	return nil
}

// ClosedDay is the closing of a day with who did it.
type ClosedDay struct {
	clinic.DayClose
	StaffName, ReopenedByName string
}

// ClosedDays lists the last closings, newest first.
func (tx *Tx) ClosedDays(ctx context.Context, limit int) ([]ClosedDay, error) {
	return collect(ctx, tx, func(scan func(...any) error) (d ClosedDay, err error) {
		d.DayClose, err = scanDayClose(scan, &d.StaffName, &d.ReopenedByName)
		return d, err
	}, `
		SELECT `+dayCloseFields+`, COALESCE(a.name, ''), COALESCE(b.name, '')
		FROM day_close d
		LEFT JOIN staff a ON a.clinic = d.clinic AND a.id = d.staff
		LEFT JOIN staff b ON b.clinic = d.clinic AND b.id = d.reopened_by
		WHERE d.clinic = $1
		ORDER BY d.id DESC LIMIT $2`, tx.clinic, limit)
}
