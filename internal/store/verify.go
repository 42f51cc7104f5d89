package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"daftar/internal/jalali"
)

// Size counts what a clinic's books hold.
type Size struct {
	Entries, Postings, Patients, Admissions, Receipts int
}

// Size counts the records of the clinic.
func (tx *Tx) Size(ctx context.Context) (s Size, err error) {
	for _, c := range []struct {
		table string
		into  *int
	}{{"entry", &s.Entries}, {"posting", &s.Postings}, {"patient", &s.Patients}, {"admission", &s.Admissions}, {"receipt", &s.Receipts}} {
		if err := tx.row(ctx, `SELECT COUNT(*) FROM `+c.table+` WHERE clinic = $1`, tx.clinic).Scan(c.into); err != nil {
			return s, fmt.Errorf("count %s: %w", c.table, err)
		}
	}
	return s, nil
}

// Proof is one thing that must hold in the books. Its statement finds a row
// that breaks it and says what is wrong with it.
type Proof struct {
	Name  string
	Quick bool // belongs to the short form too
	query string
}

// FirstWrong returns what is wrong with the first row that breaks the proof,
// "" when it holds. Of seats those are judged that are taken until after the
// instant; earlier ones may be forgotten.
func (tx *Tx) FirstWrong(ctx context.Context, p Proof, seats time.Time) (text string, err error) {
	args := []any{tx.clinic}
	if strings.Contains(p.query, "$2") {
		args = append(args, micros(seats))
	}
	err = tx.row(ctx, p.query+` LIMIT 1`, args...).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("%s: %w", p.Name, err)
	}
	return text, nil
}

// DayBounds are the first and last instants that a table says lie on a day.
type DayBounds struct {
	Table       string
	Day         jalali.Day
	First, Last time.Time
}

// DayBounds returns them for every day of entries, admissions and receipts.
func (tx *Tx) DayBounds(ctx context.Context) (all []DayBounds, err error) {
	for _, table := range []string{"entry", "admission", "receipt"} {
		days, err := collect(ctx, tx, func(scan func(...any) error) (DayBounds, error) {
			var first, last int64
			b := DayBounds{Table: table}
			err := scan(&b.Day, &first, &last)
			b.First, b.Last = moment(first), moment(last)
			return b, err
		}, `SELECT day, MIN(at), MAX(at) FROM `+table+` WHERE clinic = $1 GROUP BY day ORDER BY day`, tx.clinic)
		if err != nil {
			return nil, fmt.Errorf("days of %s: %w", table, err)
		}
		all = append(all, days...)
	}
	return all, nil
}
