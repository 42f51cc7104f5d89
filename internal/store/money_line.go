package store

import (
	"context"
	"fmt"

	"daftar/internal/clinic"
	"daftar/internal/jalali"
	"daftar/internal/ledger"
)

// Moved says of lines of money what they do not know themselves: the document
// and the entry that they belong to, the shift, 0 outside shifts, the day and
// who wrote them.
type Moved struct {
	Document int64
	Entry    ledger.EntryID
	Shift    clinic.ShiftID
	Day      jalali.Day
	Staff    clinic.StaffID
}

// AddMoneyLines writes the lines of a document; their numbers are unique in it.
func (tx *Tx) AddMoneyLines(ctx context.Context, lines []clinic.MoneyLine, m Moved) error {
	if len(lines) == 0 {
		return nil
	}
	args := make([]any, 0, 13*len(lines))
	for _, l := range lines {
		args = append(args, tx.clinic, m.Document, l.Line, m.Entry, l.Method, l.Amount, l.Place, nullID(m.Shift), m.Day, m.Staff,
			l.TrackingNumber, l.LastFour, l.Destination)
	}
	const columns = "clinic, document, line, entry, method, amount, place, shift, day, staff, tracking_number, last_four, destination"
	if err := tx.exec(ctx, insert("money_line", columns, len(lines)), args...); err != nil {
		return fmt.Errorf("add lines of money: %w", err)
	}
	return nil
}

// MoneyLines returns the lines of a document that entries of the kinds moved,
// in their order; all of them without a kind.
func (tx *Tx) MoneyLines(ctx context.Context, document int64, kinds ...string) ([]clinic.MoneyLine, error) {
	args := []any{tx.clinic, document}
	keep := ""
	if len(kinds) > 0 {
		keep = " AND e.kind IN (" + places(3, len(kinds)) + ")"
		for _, k := range kinds {
			args = append(args, k)
		}
	}
	return collect(ctx, tx, func(scan func(...any) error) (l clinic.MoneyLine, err error) {
		return l, scan(&l.Line, &l.Method, &l.Amount, &l.Place, &l.TrackingNumber, &l.LastFour, &l.Destination)
	}, `
		SELECT m.line, m.method, m.amount, m.place, m.tracking_number, m.last_four, m.destination
		FROM money_line m JOIN entry e ON e.clinic = m.clinic AND e.id = m.entry
		WHERE m.clinic = $1 AND m.document = $2`+keep+` ORDER BY m.line`, args...)
}

// LastMoneyLine is the number of the last line of a document, 0 for none.
func (tx *Tx) LastMoneyLine(ctx context.Context, document int64) (last int, err error) {
	err = tx.row(ctx, `SELECT COALESCE(MAX(line), 0) FROM money_line WHERE clinic = $1 AND document = $2`, tx.clinic, document).Scan(&last)
	return last, err
}
