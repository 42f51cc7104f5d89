package store

import (
	"context"
	"fmt"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/jalali"
	"daftar/internal/money"
)

// ListedShift is a shift with the names that belong to it, what was handed over
// (sent back is not) and by how much its cash differed.
type ListedShift struct {
	clinic.Shift
	StaffName, DeskName, BranchName, ClosedByName string
	Handed, Difference                            money.Amount
}

// ShiftQuery is which shifts a list shows; a zero field asks for nothing. It is
// a page on one side of a key, newest first.
type ShiftQuery struct {
	ID           clinic.ShiftID
	Statuses     []clinic.ShiftStatus
	Desk         clinic.PlaceID
	Day          jalali.Day
	Staff        clinic.StaffID
	Branch       clinic.BranchID
	Older, Newer *Key
	Limit        int
}

func (q ShiftQuery) where(args *arguments) string {
	text := "s.clinic = $1"
	for _, c := range []struct {
		column string
		id     int64
	}{{"id", int64(q.ID)}, {"desk", int64(q.Desk)}, {"staff", int64(q.Staff)}, {"branch", int64(q.Branch)}} {
		if c.id != 0 {
			text += " AND s." + c.column + " = " + args.add(c.id)
		}
	}
	if len(q.Statuses) > 0 {
		text += " AND " + among(args, "s.status", q.Statuses)
	}
	if q.Day != "" {
		text += " AND s.day = " + args.add(q.Day)
	}
	if q.Older != nil {
		text += " AND (s.opened, s.id) < (" + args.add(micros(q.Older.At)) + ", " + args.add(q.Older.ID) + ")"
	}
	if q.Newer != nil {
		text += " AND (s.opened, s.id) > (" + args.add(micros(q.Newer.At)) + ", " + args.add(q.Newer.ID) + ")"
	}
	return text
}

// ListShifts returns a page of shifts, newest first, or oldest first when it
// goes towards the newer.
func (tx *Tx) ListShifts(ctx context.Context, q ShiftQuery) ([]ListedShift, error) {
	args := arguments{tx.clinic}
	direction := " DESC"
	if q.Newer != nil {
		direction = ""
	}
	text := `
		SELECT ` + shiftFields + `, COALESCE(w.name, ''), COALESCE(k.name, ''), COALESCE(b.name, ''), COALESCE(x.name, ''),
			CAST(COALESCE((SELECT SUM(h.amount) FROM handover h
				WHERE h.clinic = s.clinic AND h.shift = s.id AND h.returned IS NULL), 0) AS BIGINT),
			CAST(COALESCE((SELECT SUM(m.amount) FROM money_line m JOIN entry e ON e.clinic = m.clinic AND e.id = m.entry
				WHERE m.clinic = s.clinic AND m.shift = s.id AND e.kind = '` + clinic.EntryShiftDifference + `'), 0) AS BIGINT)
		FROM shift s
		LEFT JOIN staff w ON w.clinic = s.clinic AND w.id = s.staff
		LEFT JOIN cash_desk k ON k.clinic = s.clinic AND k.id = s.desk
		LEFT JOIN branch b ON b.clinic = s.clinic AND b.id = s.branch
		LEFT JOIN staff x ON x.clinic = s.clinic AND x.id = s.closed_by
		WHERE ` + q.where(&args) + ` ORDER BY s.opened` + direction + `, s.id` + direction + ` LIMIT ` + args.add(q.Limit)
	listed, err := collect(ctx, tx, func(scan func(...any) error) (l ListedShift, err error) {
		l.Shift, err = scanShift(scan, &l.StaffName, &l.DeskName, &l.BranchName, &l.ClosedByName, &l.Handed, &l.Difference)
		return l, err
	}, text, args...)
	if err != nil {
		return nil, fmt.Errorf("list shifts: %w", err)
	}
	return listed, nil
}

// ShiftMoney is a line of money of a shift with what it belongs to.
type ShiftMoney struct {
	clinic.MoneyLine
	Kind      string // of its entry
	Document  int64
	Number    clinic.Number // of the receipt, refund or deposit; zero for what has none
	Patient   clinic.PatientID
	At        time.Time
	Entry     int64
	PlaceName string
}

// MoneyOfShift returns the last lines of money of a shift, newest first.
func (tx *Tx) MoneyOfShift(ctx context.Context, id clinic.ShiftID, limit int) ([]ShiftMoney, error) {
	return collect(ctx, tx, func(scan func(...any) error) (m ShiftMoney, err error) {
		var at int64
		err = scan(&m.Document, &m.Line, &m.Method, &m.Amount, &m.Place, &m.TrackingNumber, &m.Kind, &m.Entry, &at, &m.Patient,
			&m.Number.Year, &m.Number.Count, &m.PlaceName)
		m.At = moment(at)
		return m, err
	}, `
		SELECT m.document, m.line, m.method, m.amount, m.place, m.tracking_number, e.kind, e.id, e.at, COALESCE(e.patient, 0),
			COALESCE(r.year, f.year, d.year, 0), COALESCE(r.number, f.number, d.number, 0), COALESCE(t.name, k.name, '')
		FROM money_line m
		JOIN entry e ON e.clinic = m.clinic AND e.id = m.entry
		LEFT JOIN receipt r ON r.clinic = m.clinic AND r.id = m.document
		LEFT JOIN refund f ON f.clinic = m.clinic AND f.id = m.document
		LEFT JOIN deposit_movement v ON v.clinic = m.clinic AND v.id = m.document
		LEFT JOIN deposit d ON d.clinic = m.clinic AND d.id = COALESCE(v.deposit, m.document)
		LEFT JOIN terminal t ON t.clinic = m.clinic AND t.id = m.place AND m.method = 'pos'
		LEFT JOIN bank_account k ON k.clinic = m.clinic AND k.id = m.place AND m.method IN ('card_to_card', 'bank_transfer')
		WHERE m.clinic = $1 AND m.shift = $2
		ORDER BY e.id DESC, m.line
		LIMIT $3`, tx.clinic, id, limit)
}
