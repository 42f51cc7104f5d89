package store

import (
	"context"
	"fmt"

	"daftar/internal/clinic"
	"daftar/internal/jalali"
	"daftar/internal/money"
)

// ChequeKey is the place of a cheque in a list by due date.
type ChequeKey struct {
	Due jalali.Day
	ID  clinic.ChequeID
}

// ChequeQuery is which cheques a list shows: of the statuses, due on From or
// later and before Until, after a key.
type ChequeQuery struct {
	Statuses    []string
	From, Until jalali.Day      // "": no bound
	People      clinic.BranchID // whose people; 0: all
	After       *ChequeKey
	Limit       int
}

func (q ChequeQuery) where(args *arguments) string {
	text := "q.clinic = $1 AND " + among(args, "q.status", q.Statuses)
	if q.From != "" {
		text += " AND q.due_date >= " + args.add(q.From)
	}
	if q.Until != "" {
		text += " AND q.due_date < " + args.add(q.Until)
	}
	if q.People != 0 {
		text += ` AND EXISTS (SELECT 1 FROM patient p WHERE p.clinic = $1 AND p.id = ` + root("q.patient") + ` AND p.branch = ` + args.add(q.People) + `)`
	}
	return text
}

// ListedCheque is a cheque in a list, with the number of its receipt.
type ListedCheque struct {
	clinic.Cheque
	Number clinic.Number
}

// ListCheques returns cheques by their due date.
func (tx *Tx) ListCheques(ctx context.Context, q ChequeQuery) ([]ListedCheque, error) {
	args := arguments{tx.clinic}
	where := q.where(&args)
	if q.After != nil {
		where += " AND (q.due_date, q.id) > (" + args.add(q.After.Due) + ", " + args.add(q.After.ID) + ")"
	}
	found, err := collect(ctx, tx, func(scan func(...any) error) (l ListedCheque, err error) {
		return l, scan(append(chequeInto(&l.Cheque), &l.Number.Year, &l.Number.Count)...)
	}, `SELECT `+chequeFields+`, r.year, r.number
		FROM (SELECT q.id FROM cheque q WHERE `+where+` ORDER BY q.due_date, q.id LIMIT `+args.add(q.Limit)+`) page
		CROSS JOIN cheque q
		JOIN receipt r ON r.clinic = q.clinic AND r.id = q.receipt
		WHERE q.clinic = $1 AND q.id = page.id ORDER BY q.due_date, q.id`, args...)
	if err != nil {
		return nil, fmt.Errorf("list cheques: %w", err)
	}
	return found, nil
}

// ChequeSum is how many cheques are in a state and how much they are.
type ChequeSum struct {
	Status string
	Count  int
	Amount money.Amount
}

// SumCheques sums the cheques of the query by their states, whatever its page.
func (tx *Tx) SumCheques(ctx context.Context, q ChequeQuery) ([]ChequeSum, error) {
	args := arguments{tx.clinic}
	found, err := collect(ctx, tx, func(scan func(...any) error) (s ChequeSum, err error) {
		return s, scan(&s.Status, &s.Count, &s.Amount)
	}, `SELECT q.status, COUNT(*), CAST(SUM(q.amount) AS BIGINT) FROM cheque q WHERE `+q.where(&args)+` GROUP BY q.status`, args...)
	if err != nil {
		return nil, fmt.Errorf("sum cheques: %w", err)
	}
	return found, nil
}
