package store

import (
	"context"
	"fmt"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/jalali"
	"daftar/internal/money"
)

// Days is a stretch of days that a report is about, both inclusive, as known
// at an instant; Branch 0 is the whole clinic.
type Days struct {
	From, To jalali.Day
	KnownAt  time.Time // zero: now
	Branch   clinic.BranchID
}

func (d Days) arguments(tx *Tx) arguments {
	return arguments{tx.clinic, d.From, d.To, Moment{KnownAt: d.KnownAt}.knownAt()}
}

// ofDays are the conditions on the entry e, with the arguments of Days.
func (d Days) ofDays(args *arguments) string {
	text := `e.clinic = $1 AND e.day >= $2 AND e.day <= $3 AND e.recorded <= $4`
	if d.Branch != 0 {
		text += ` AND e.branch = ` + args.add(d.Branch)
	}
	return text
}

// ofLines are the conditions on the line of money m and its entry e, with the
// arguments of Days. Lines are found by their day, which is the entry's.
func (d Days) ofLines(args *arguments) string {
	text := `m.clinic = $1 AND m.day >= $2 AND m.day <= $3 AND e.clinic = $1 AND e.id = m.entry AND e.recorded <= $4`
	if d.Branch != 0 {
		text += ` AND e.branch = ` + args.add(d.Branch)
	}
	return text
}

// cashKeys are what a report of cash can be by, with the column that says it.
var cashKeys = map[string]string{"method": "m.method", "user": "CAST(m.staff AS TEXT)", "day": "m.day",
	"shift": "CAST(COALESCE(m.shift, 0) AS TEXT)", "branch": "CAST(e.branch AS TEXT)"}

// CashSum is money of one kind of entry in one group of a report.
type CashSum struct {
	Key     string
	Kind    string
	Of      string       // the kind that it reverses; "" for none
	In, Out money.Amount // Out is below nothing
	Count   int
}

// CashSums adds up the lines of money of the days by method, user, day, shift
// or branch, and by the kind of their entry.
func (tx *Tx) CashSums(ctx context.Context, d Days, by string) ([]CashSum, error) {
	args := d.arguments(tx)
	where := d.ofLines(&args)
	found, err := collect(ctx, tx, func(scan func(...any) error) (s CashSum, err error) {
		return s, scan(&s.Key, &s.Kind, &s.Of, &s.In, &s.Out, &s.Count)
	}, `
		SELECT grouped.key, grouped.kind, grouped.of, CAST(SUM(CASE WHEN grouped.amount > 0 THEN grouped.amount ELSE 0 END) AS BIGINT),
			CAST(SUM(CASE WHEN grouped.amount < 0 THEN grouped.amount ELSE 0 END) AS BIGINT), COUNT(*)
		FROM (
			SELECT `+cashKeys[by]+` AS key, e.kind, COALESCE(o.kind, '') AS of, m.amount
			FROM money_line m CROSS JOIN entry e
			LEFT JOIN entry o ON o.clinic = e.clinic AND o.id = e.reverses
			WHERE `+where+`) grouped
		GROUP BY grouped.key, grouped.kind, grouped.of
		ORDER BY grouped.key, grouped.kind, grouped.of`, args...)
	if err != nil {
		return nil, fmt.Errorf("cash by %s: %w", by, err)
	}
	return found, nil
}

// CashPosted is what the accounts of money changed by in the days, by the
// books.
func (tx *Tx) CashPosted(ctx context.Context, d Days) (sum money.Amount, err error) {
	args := d.arguments(tx)
	where := d.ofDays(&args)
	err = tx.row(ctx, `
		SELECT CAST(COALESCE(SUM(p.amount), 0) AS BIGINT)
		FROM entry e
		CROSS JOIN posting p
		JOIN account a ON a.clinic = p.clinic AND a.id = p.account
		WHERE `+where+` AND p.clinic = $1 AND p.entry = e.id AND a.kind IN ('cash', 'pos', 'bank', 'cheques', 'gateway')`, args...).Scan(&sum)
	if err != nil {
		return 0, fmt.Errorf("cash in the books: %w", err)
	}
	return sum, nil
}

// CashRow is a line of money with its document and whom it concerns.
type CashRow struct {
	Entry    int64
	Line     int
	Kind     string
	Of       string // the kind that it reverses; "" for none
	Day      jalali.Day
	At       time.Time
	Document int64
	Number   clinic.Number
	Patient  clinic.PatientID // 0: nobody
	Method   string
	Place    string
	Staff    string
	Amount   money.Amount
}

// CashRows lists the lines of money of the days in a group, oldest first, at
// most limit after so many; key "" is all.
func (tx *Tx) CashRows(ctx context.Context, d Days, by, key string, skip, limit int) ([]CashRow, error) {
	args := d.arguments(tx)
	where := d.ofLines(&args)
	if key != "" {
		where += ` AND ` + cashKeys[by] + ` = ` + args.add(key)
	}
	found, err := collect(ctx, tx, scanCashRow, `
		SELECT m.entry, m.line, e.kind, COALESCE(o.kind, ''), e.day, e.at, m.document, COALESCE(r.year, d.year, f.year, 0),
			COALESCE(r.number, d.number, f.number, 0), COALESCE(e.patient, 0), m.method, COALESCE(c.name, t.name, b.name, ''),
			COALESCE(s.name, ''), m.amount
		FROM money_line m
		CROSS JOIN entry e
		LEFT JOIN entry o ON o.clinic = e.clinic AND o.id = e.reverses
		LEFT JOIN cheque q ON q.clinic = m.clinic AND q.id = m.document
		LEFT JOIN receipt r ON r.clinic = m.clinic AND r.id = COALESCE(q.receipt, m.document)
		LEFT JOIN deposit d ON d.clinic = m.clinic AND d.id = m.document
		LEFT JOIN refund f ON f.clinic = m.clinic AND f.id = m.document
		LEFT JOIN cash_desk c ON m.method = 'cash' AND c.clinic = m.clinic AND c.id = m.place
		LEFT JOIN terminal t ON m.method = 'pos' AND t.clinic = m.clinic AND t.id = m.place
		LEFT JOIN bank_account b ON m.method IN ('card_to_card', 'bank_transfer') AND b.clinic = m.clinic AND b.id = m.place
		LEFT JOIN staff s ON s.clinic = m.clinic AND s.id = m.staff
		WHERE `+where+`
		ORDER BY e.day, e.at, e.id, m.line LIMIT `+args.add(limit)+` OFFSET `+args.add(skip), args...)
	if err != nil {
		return nil, fmt.Errorf("rows of cash: %w", err)
	}
	return found, nil
}

func scanCashRow(scan func(...any) error) (r CashRow, err error) {
	var at int64
	err = scan(&r.Entry, &r.Line, &r.Kind, &r.Of, &r.Day, &at, &r.Document, &r.Number.Year, &r.Number.Count, &r.Patient,
		&r.Method, &r.Place, &r.Staff, &r.Amount)
	r.At = moment(at)
	return r, err
}

// SectionPaid is money that pays an admission, with what a section earned of
// the admission. Taken is what was taken off it again, below nothing.
type SectionPaid struct {
	Admission   clinic.AdmissionID
	Paid, Taken money.Amount
	Section     clinic.SectionID
	Earned      money.Amount
}

// SectionsPaid lists what money was allocated to admissions between the
// instants of the days, one row for each section that the books know of the
// admission by then.
func (tx *Tx) SectionsPaid(ctx context.Context, d Days, s Span) ([]SectionPaid, error) {
	from, until := s.bounds()
	args := arguments{tx.clinic, from, until, Moment{KnownAt: d.KnownAt}.knownAt()}
	branch := ""
	if d.Branch != 0 {
		branch = ` JOIN admission b ON b.clinic = l.clinic AND b.id = l.admission AND b.branch = ` + args.add(d.Branch)
	}
	found, err := collect(ctx, tx, func(scan func(...any) error) (p SectionPaid, err error) {
		return p, scan(&p.Admission, &p.Paid, &p.Taken, &p.Section, &p.Earned)
	}, `
		SELECT used.admission, used.paid, used.taken, a.owner, CAST(SUM(-p.amount) AS BIGINT)
		FROM (
			SELECT l.admission, CAST(SUM(CASE WHEN l.amount > 0 THEN l.amount ELSE 0 END) AS BIGINT) AS paid,
				CAST(SUM(CASE WHEN l.amount < 0 THEN l.amount ELSE 0 END) AS BIGINT) AS taken
			FROM allocation l`+branch+`
			WHERE l.clinic = $1 AND l.at >= $2 AND l.at < $3 AND l.recorded <= $4 AND l.admission IS NOT NULL
			GROUP BY l.admission) used
		CROSS JOIN entry e
		CROSS JOIN posting p
		CROSS JOIN account a
		WHERE e.clinic = $1 AND e.document = used.admission AND e.recorded <= $4 AND e.at < $3
			AND p.clinic = $1 AND p.entry = e.id AND p.amount < 0 AND a.clinic = $1 AND a.id = p.account AND a.kind = 'income'
		GROUP BY used.admission, used.paid, used.taken, a.owner
		ORDER BY used.admission, a.owner`, args...)
	if err != nil {
		return nil, fmt.Errorf("cash by section: %w", err)
	}
	return found, nil
}

// ShiftNames names shifts by their desk, person and day.
func (tx *Tx) ShiftNames(ctx context.Context, ids []int64) (map[int64]ShiftName, error) {
	names := map[int64]ShiftName{}
	if len(ids) == 0 {
		return names, nil
	}
	_, err := collect(ctx, tx, func(scan func(...any) error) (n ShiftName, err error) {
		var id int64
		err = scan(&id, &n.Desk, &n.Staff, &n.Day)
		names[id] = n
		return n, err
	}, `
		SELECT h.id, c.name, s.name, h.day FROM shift h
		JOIN cash_desk c ON c.clinic = h.clinic AND c.id = h.desk
		JOIN staff s ON s.clinic = h.clinic AND s.id = h.staff
		WHERE h.clinic = $1 AND h.id IN (`+places(2, len(padded(ids)))+`)`, withIDs(tx.clinic, padded(ids))...)
	if err != nil {
		return nil, fmt.Errorf("names of shifts: %w", err)
	}
	return names, nil
}

// ShiftName is how a shift is called.
type ShiftName struct {
	Desk, Staff string
	Day         jalali.Day
}
