package store

import (
	"context"
	"fmt"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/jalali"
	"daftar/internal/money"
)

// correctingKinds are the kinds of entry that correct a document without
// reversing an entry.
const correctingKinds = `('void', 'receipt_transfer', 'method_change', 'cheque_bounce', 'cheque_return', 'admission_change')`

// ofEarlier is SQL for 1 when the entry e corrects something of a day before
// its own: it reverses an entry of that day, which is o, or corrects a document
// that was in the books by then, or takes that back. A cheque came with a line
// of its receipt.
const ofEarlier = `CASE WHEN o.day < e.day THEN 1
	WHEN COALESCE(o.kind, e.kind) NOT IN ` + correctingKinds + ` THEN 0
	WHEN EXISTS (SELECT 1 FROM entry x WHERE x.clinic = e.clinic AND x.document = e.document AND x.day || '' < e.day) THEN 1
	WHEN EXISTS (SELECT 1 FROM cheque x JOIN money_line y ON y.clinic = x.clinic AND y.document = x.receipt AND y.line = x.line
		WHERE x.clinic = e.clinic AND x.id = e.document AND y.day < e.day) THEN 1
	ELSE 0 END`

// DaySum is what entries of one kind did in some days to accounts of one kind,
// or by one method: Account is "" then.
type DaySum struct {
	Kind    string
	Of      string // the kind that they reverse; "" for none
	Earlier bool   // they correct what counts on an earlier day
	Account string
	Method  string
	Amount  money.Amount
	Count   int
}

// DayPostings sums the postings of the days by kind of entry and of account.
func (tx *Tx) DayPostings(ctx context.Context, d Days) ([]DaySum, error) {
	args := d.arguments(tx)
	where := d.ofDays(&args)
	found, err := collect(ctx, tx, func(scan func(...any) error) (s DaySum, err error) {
		return s, scan(&s.Kind, &s.Of, &s.Earlier, &s.Account, &s.Amount, &s.Count)
	}, `
		SELECT grouped.kind, grouped.of, grouped.earlier = 1, grouped.account, CAST(SUM(grouped.amount) AS BIGINT), COUNT(*)
		FROM (
			SELECT e.kind, COALESCE(o.kind, '') AS of, `+ofEarlier+` AS earlier, a.kind AS account, p.amount
			FROM entry e
			CROSS JOIN posting p
			JOIN account a ON a.clinic = p.clinic AND a.id = p.account
			LEFT JOIN entry o ON o.clinic = e.clinic AND o.id = e.reverses
			WHERE `+where+` AND p.clinic = $1 AND p.entry = e.id AND a.unit <> 'PTS') grouped
		GROUP BY grouped.kind, grouped.of, grouped.earlier, grouped.account
		ORDER BY grouped.kind, grouped.of, grouped.earlier, grouped.account`, args...)
	if err != nil {
		return nil, fmt.Errorf("postings of days: %w", err)
	}
	return found, nil
}

// DayMoney sums the lines of money of the days by kind of entry and method.
func (tx *Tx) DayMoney(ctx context.Context, d Days) ([]DaySum, error) {
	args := d.arguments(tx)
	where := d.ofLines(&args)
	found, err := collect(ctx, tx, func(scan func(...any) error) (s DaySum, err error) {
		return s, scan(&s.Kind, &s.Of, &s.Earlier, &s.Method, &s.Amount, &s.Count)
	}, `
		SELECT grouped.kind, grouped.of, grouped.earlier = 1, grouped.method, CAST(SUM(grouped.amount) AS BIGINT), COUNT(*)
		FROM (
			SELECT e.kind, COALESCE(o.kind, '') AS of, `+ofEarlier+` AS earlier, m.method, m.amount
			FROM money_line m
			CROSS JOIN entry e
			LEFT JOIN entry o ON o.clinic = e.clinic AND o.id = e.reverses
			WHERE `+where+`) grouped
		GROUP BY grouped.kind, grouped.of, grouped.earlier, grouped.method
		ORDER BY grouped.kind, grouped.of, grouped.earlier, grouped.method`, args...)
	if err != nil {
		return nil, fmt.Errorf("money of days: %w", err)
	}
	return found, nil
}

// Correction is an entry of the days that corrects what counts on an earlier
// day.
type Correction struct {
	Entry   int64
	Kind    string
	Number  clinic.Number
	Of      jalali.Day // that it corrects
	Patient clinic.PatientID
	Staff   string
	Money   money.Amount // what it moved of the accounts of money
	Owed    money.Amount // what it changed of what patients owe
}

// Corrections lists them, oldest first.
func (tx *Tx) Corrections(ctx context.Context, d Days) ([]Correction, error) {
	args := d.arguments(tx)
	where := d.ofDays(&args)
	found, err := collect(ctx, tx, func(scan func(...any) error) (c Correction, err error) {
		return c, scan(&c.Entry, &c.Kind, &c.Number.Year, &c.Number.Count, &c.Of, &c.Patient, &c.Staff, &c.Money, &c.Owed)
	}, `
		SELECT e.id, e.kind, COALESCE(r.year, a.year, d.year, f.year, 0), COALESCE(r.number, a.number, d.number, f.number, 0),
			COALESCE(r.day, o.day, (SELECT MIN(x.day || '') FROM entry x WHERE x.clinic = e.clinic AND x.document = e.document), e.day),
			COALESCE(e.patient, 0), COALESCE(s.name, ''),
			CAST(COALESCE((SELECT SUM(p.amount) FROM posting p JOIN account k ON k.clinic = p.clinic AND k.id = p.account
				WHERE p.clinic = e.clinic AND p.entry = e.id AND k.kind IN `+placesOfMoney+`), 0) AS BIGINT),
			CAST(COALESCE((SELECT SUM(p.amount) FROM posting p JOIN account k ON k.clinic = p.clinic AND k.id = p.account
				WHERE p.clinic = e.clinic AND p.entry = e.id AND k.kind = 'receivable'), 0) AS BIGINT)
		FROM entry e
		LEFT JOIN entry o ON o.clinic = e.clinic AND o.id = e.reverses
		LEFT JOIN cheque q ON q.clinic = e.clinic AND q.id = e.document
		LEFT JOIN receipt r ON r.clinic = e.clinic AND r.id = COALESCE(q.receipt, e.document)
		LEFT JOIN admission a ON a.clinic = e.clinic AND a.id = e.document
		LEFT JOIN deposit d ON d.clinic = e.clinic AND d.id = e.document
		LEFT JOIN refund f ON f.clinic = e.clinic AND f.id = e.document
		LEFT JOIN staff s ON s.clinic = e.clinic AND s.id = e.staff
		WHERE `+where+` AND (`+ofEarlier+`) = 1
		ORDER BY e.at, e.id`, args...)
	if err != nil {
		return nil, fmt.Errorf("corrections: %w", err)
	}
	return found, nil
}

// placesOfMoney are the kinds of account that hold money, and what is on its
// way between them.
const placesOfMoney = `('cash', 'pos', 'bank', 'cheques', 'gateway', 'safe', 'in_transit')`

// ShiftOfDay is a shift with what was counted at its end, the last time.
type ShiftOfDay struct {
	ID               int64
	Desk, Staff      string
	Opened           time.Time
	Counted, Closed  time.Time // zero: not yet
	Float            money.Amount
	Expected, Counts money.Amount // of the count, all methods
}

// ShiftsOfDays lists the shifts that were opened in the days.
func (tx *Tx) ShiftsOfDays(ctx context.Context, d Days) ([]ShiftOfDay, error) {
	args := d.arguments(tx)
	branch := ""
	if d.Branch != 0 {
		branch = " AND h.branch = " + args.add(d.Branch)
	}
	found, err := collect(ctx, tx, func(scan func(...any) error) (s ShiftOfDay, err error) {
		var opened int64
		var counted, closed int64
		err = scan(&s.ID, &s.Desk, &s.Staff, &opened, &counted, &closed, &s.Float, &s.Expected, &s.Counts)
		s.Opened = moment(opened)
		if counted != 0 {
			s.Counted = moment(counted)
		}
		if closed != 0 {
			s.Closed = moment(closed)
		}
		return s, err
	}, `
		SELECT h.id, c.name, s.name, h.opened, CASE WHEN h.counted <= $4 THEN h.counted ELSE 0 END,
			CASE WHEN h.closed <= $4 THEN h.closed ELSE 0 END, h.opening_float,
			CAST(COALESCE((SELECT SUM(k.expected) FROM shift_count k WHERE k.clinic = h.clinic AND k.shift = h.id AND k.round = h.round), 0) AS BIGINT),
			CAST(COALESCE((SELECT SUM(k.counted) FROM shift_count k WHERE k.clinic = h.clinic AND k.shift = h.id AND k.round = h.round), 0) AS BIGINT)
		FROM (
			SELECT h.*, (SELECT MAX(k.round) FROM shift_count k WHERE k.clinic = h.clinic AND k.shift = h.id AND k.at <= $4) AS round
			FROM shift h WHERE h.clinic = $1 AND h.day >= $2 AND h.day <= $3) h
		JOIN cash_desk c ON c.clinic = h.clinic AND c.id = h.desk
		JOIN staff s ON s.clinic = h.clinic AND s.id = h.staff
		WHERE h.clinic = $1 AND h.day >= $2 AND h.day <= $3 AND h.opened <= $4`+branch+`
		ORDER BY h.opened, h.id`, args...)
	if err != nil {
		return nil, fmt.Errorf("shifts of days: %w", err)
	}
	return found, nil
}

// PlaceDay is what a place of money held before a day and after it. In and Out,
// which is below nothing, are without what was taken back on the same day.
type PlaceDay struct {
	Kind             string
	Owner            int64
	Name             string
	Opening, Closing money.Amount
	In, Out          money.Amount
}

// PlacesOfDays lists the accounts of money with what they held before and
// after the days, those of the branch's desks and terminals for a branch.
func (tx *Tx) PlacesOfDays(ctx context.Context, d Days, s Span) ([]PlaceDay, error) {
	from, until := s.bounds()
	args := arguments{tx.clinic, from, until, Moment{KnownAt: d.KnownAt}.knownAt()}
	branch := ""
	if d.Branch != 0 {
		branch = " AND COALESCE(c.branch, t1.branch) = " + args.add(d.Branch)
	}
	found, err := collect(ctx, tx, func(scan func(...any) error) (p PlaceDay, err error) {
		return p, scan(&p.Kind, &p.Owner, &p.Name, &p.Opening, &p.In, &p.Out, &p.Closing)
	}, `
		SELECT a.kind, a.owner, COALESCE(c.name, t1.name, b1.name, ''),
			CAST(SUM(CASE WHEN p.at < $2 THEN p.amount ELSE 0 END) AS BIGINT),
			CAST(SUM(CASE WHEN p.at >= $2 AND (p.amount > 0) = (o.id IS NULL) THEN p.amount ELSE 0 END) AS BIGINT),
			CAST(SUM(CASE WHEN p.at >= $2 AND (p.amount < 0) = (o.id IS NULL) THEN p.amount ELSE 0 END) AS BIGINT),
			CAST(SUM(p.amount) AS BIGINT)
		FROM account a
		CROSS JOIN posting p
		LEFT JOIN entry e ON p.at >= $2 AND e.clinic = p.clinic AND e.id = p.entry
		LEFT JOIN entry o ON o.clinic = e.clinic AND o.id = e.reverses AND o.day = e.day
		LEFT JOIN cash_desk c ON a.kind = 'cash' AND c.clinic = a.clinic AND c.id = a.owner
		LEFT JOIN terminal t1 ON a.kind = 'pos' AND t1.clinic = a.clinic AND t1.id = a.owner
		LEFT JOIN bank_account b1 ON a.kind = 'bank' AND b1.clinic = a.clinic AND b1.id = a.owner
		WHERE a.clinic = $1 AND a.kind IN `+placesOfMoney+`
			AND p.clinic = $1 AND p.account = a.id AND p.at < $3 AND p.recorded <= $4`+branch+`
		GROUP BY a.kind, a.owner, c.name, t1.name, b1.name
		ORDER BY a.kind, a.owner`, args...)
	if err != nil {
		return nil, fmt.Errorf("places of days: %w", err)
	}
	return found, nil
}
