package store

import (
	"context"
	"fmt"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/jalali"
	"daftar/internal/ledger"
	"daftar/internal/money"
)

// JournalAccount is an account as a journal names it: Label is the file number
// of its patient or the code of its desk, terminal, bank account, insurer or
// section. Opening is its balance before the range, Closing after it, and Moves
// counts its postings within.
type JournalAccount struct {
	ID      int64
	Kind    string
	Label   string
	Unit    ledger.Unit
	Opening money.Amount
	Closing money.Amount
	Moves   int
}

// JournalEntry is an entry with what a journal tells about it.
type JournalEntry struct {
	ID       ledger.EntryID
	Kind     string
	Day      jalali.Day
	At       time.Time
	Recorded time.Time
	Patient  clinic.FileNumber // 0: nobody
	Number   clinic.Number     // of the admission or receipt behind it
	Method   string            // of money: "cash", "cash+pos"; "" for others
	Reverses ledger.EntryID
	Postings []JournalPosting
}

// JournalPosting is a posting to the account of that id.
type JournalPosting struct {
	Account int64
	Amount  money.Amount
}

// Span is a stretch of time: from inclusive, until exclusive; zero is open.
type Span struct{ From, Until time.Time }

func (s Span) bounds() (from, until int64) {
	from, until = -endOfTime, endOfTime
	if !s.From.IsZero() {
		from = micros(s.From)
	}
	if !s.Until.IsZero() {
		until = micros(s.Until)
	}
	return from, until
}

// JournalAccounts lists the accounts that moved before the end of the span.
func (tx *Tx) JournalAccounts(ctx context.Context, s Span) ([]JournalAccount, error) {
	from, until := s.bounds()
	found, err := collect(ctx, tx, func(scan func(...any) error) (a JournalAccount, err error) {
		return a, scan(&a.ID, &a.Kind, &a.Unit, &a.Label, &a.Opening, &a.Closing, &a.Moves)
	}, `
		SELECT a.id, a.kind, a.unit,
			COALESCE(CAST(p.file_number AS TEXT), c.code, t.code, b.code, i.code, s.code, NULLIF(f.medical_council_number, ''), CAST(a.owner AS TEXT)),
			m.opening, m.closing, m.moves
		FROM (
			SELECT account, CAST(SUM(CASE WHEN at < $2 THEN amount ELSE 0 END) AS BIGINT) AS opening,
				CAST(SUM(amount) AS BIGINT) AS closing, SUM(CASE WHEN at < $2 THEN 0 ELSE 1 END) AS moves
			FROM posting WHERE clinic = $1 AND at < $3
			GROUP BY account) m
		JOIN account a ON a.clinic = $1 AND a.id = m.account
		LEFT JOIN patient p ON a.kind IN ('receivable', 'deposit', 'club', 'commission') AND p.clinic = a.clinic AND p.id = a.owner
		LEFT JOIN cash_desk c ON a.kind = 'cash' AND c.clinic = a.clinic AND c.id = a.owner
		LEFT JOIN terminal t ON a.kind = 'pos' AND t.clinic = a.clinic AND t.id = a.owner
		LEFT JOIN bank_account b ON a.kind = 'bank' AND b.clinic = a.clinic AND b.id = a.owner
		LEFT JOIN insurer i ON a.kind = 'insurer' AND i.clinic = a.clinic AND i.id = a.owner
		LEFT JOIN section s ON a.kind = 'income' AND s.clinic = a.clinic AND s.id = a.owner
		LEFT JOIN referrer f ON a.kind = 'commission' AND f.clinic = a.clinic AND f.id = a.owner
		ORDER BY a.kind, a.id`, tx.clinic, from, until)
	if err != nil {
		return nil, fmt.Errorf("journal accounts: %w", err)
	}
	return found, nil
}

// Journal hands each entry of the span to each, in the order of (at, id), as
// it reads them; the books need not fit into memory. each must not use tx.
func (tx *Tx) Journal(ctx context.Context, s Span, each func(JournalEntry) error) error {
	from, until := s.bounds()
	rows, err := tx.query(ctx, `
		SELECT e.id, e.kind, e.day, e.at, e.recorded, COALESCE(e.reverses, 0), COALESCE(f.file_number, 0),
			COALESCE(r.year, a.year, d.year, g.year, 0), COALESCE(r.number, a.number, d.number, g.number, 0),
			COALESCE((SELECT STRING_AGG(m.method, '+' ORDER BY m.line)
				FROM money_line m WHERE m.clinic = e.clinic AND m.entry = e.id), ''),
			p.account, p.amount
		FROM entry e
		JOIN posting p ON p.clinic = e.clinic AND p.entry = e.id
		LEFT JOIN patient f ON f.clinic = e.clinic AND f.id = e.patient
		LEFT JOIN receipt r ON r.clinic = e.clinic AND r.id = e.document
		LEFT JOIN admission a ON a.clinic = e.clinic AND a.id = e.document
		LEFT JOIN deposit d ON d.clinic = e.clinic AND d.id = e.document
		LEFT JOIN refund g ON g.clinic = e.clinic AND g.id = e.document
		WHERE e.clinic = $1 AND e.at >= $2 AND e.at < $3
		ORDER BY e.day, e.at, e.id, p.account`, tx.clinic, from, until)
	if err != nil {
		return fmt.Errorf("journal: %w", err)
	}
	defer rows.Close()
	var current JournalEntry
	for rows.Next() {
		var e JournalEntry
		var p JournalPosting
		var at, recorded int64
		if err := rows.Scan(&e.ID, &e.Kind, &e.Day, &at, &recorded, &e.Reverses, &e.Patient, &e.Number.Year,
			&e.Number.Count, &e.Method, &p.Account, &p.Amount); err != nil {
			return fmt.Errorf("journal: %w", err)
		}
		if e.ID != current.ID {
			if current.ID != 0 {
				if err := each(current); err != nil {
					return err
				}
			}
			e.At, e.Recorded = moment(at), moment(recorded)
			current = e
		}
		current.Postings = append(current.Postings, p)
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("journal: %w", err)
	}
	if current.ID == 0 {
		return nil
	}
	return each(current)
}
