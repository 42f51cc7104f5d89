package store

import (
	"context"
	"fmt"

	"daftar/internal/clinic"
	"daftar/internal/ledger"
	"daftar/internal/money"
)

// PeopleRange is which people with money on their accounts are listed, now:
// those who owe at least Min, or with Credit those who are owed so much. Min
// below 1 is 1.
type PeopleRange struct {
	Unit        ledger.Unit
	Branch      clinic.BranchID // 0: all
	Credit      bool
	Min         money.Amount
	Skip, Limit int // Limit 0: all
}

// where is the condition on the kept balance b, with the arguments of it.
func (r PeopleRange) where(tx *Tx) (text string, args arguments) {
	args = arguments{tx.clinic, r.Unit}
	text = `b.clinic = $1 AND b.unit = $2 AND `
	if r.Credit {
		text += `b.amount <= ` + args.add(-max(1, r.Min))
	} else {
		text += `b.amount >= ` + args.add(max(1, r.Min))
	}
	if r.Branch != 0 {
		text += ` AND EXISTS (SELECT 1 FROM patient p WHERE p.clinic = $1 AND p.id = b.person AND p.branch = ` + args.add(r.Branch) + `)`
	}
	return text, args
}

// PeopleWithMoney lists persons with what they owe, below nothing with Credit,
// the most first.
func (tx *Tx) PeopleWithMoney(ctx context.Context, r PeopleRange) ([]PersonSum, error) {
	where, args := r.where(tx)
	order := ` ORDER BY b.amount DESC, b.person`
	if r.Credit {
		order = ` ORDER BY b.amount, b.person`
	}
	if r.Limit > 0 {
		order += limitTo(args.add(r.Limit)) + ` OFFSET ` + args.add(r.Skip)
	}
	found, err := collect(ctx, tx, func(scan func(...any) error) (s PersonSum, err error) {
		return s, scan(&s.Patient, &s.Amount)
	}, `SELECT b.person, b.amount FROM person_balance b WHERE `+where+order, args...)
	if err != nil {
		return nil, fmt.Errorf("people with money: %w", err)
	}
	return found, nil
}

// MoneyOfPeople counts and sums all that PeopleWithMoney lists, without Skip and
// Limit.
func (tx *Tx) MoneyOfPeople(ctx context.Context, r PeopleRange) (count int, sum money.Amount, err error) {
	where, args := r.where(tx)
	err = tx.row(ctx, `SELECT COUNT(*), CAST(COALESCE(SUM(b.amount), 0) AS BIGINT) FROM person_balance b WHERE `+where, args...).Scan(&count, &sum)
	if err != nil {
		return 0, 0, fmt.Errorf("money of people: %w", err)
	}
	return count, sum, nil
}

// OpenDays sums what is open by its day, of all that PeopleWithMoney lists; the
// parts name no admission and nobody.
func (tx *Tx) OpenDays(ctx context.Context, r PeopleRange) ([]OpenPart, error) {
	where, args := r.where(tx)
	// What is open is less than who has an account: it is walked, and the
	// balance looked up.
	return tx.openParts(ctx, `
		SELECT 0, 0, o.day, CAST(SUM(o.amount) AS BIGINT)
		FROM open_admission o CROSS JOIN person_balance b
		WHERE o.clinic = $1 AND b.person = o.person AND `+where+`
		GROUP BY o.day`, args)
}

// OpenOf lists what is open of persons, each admission; of everybody for nil.
// The patient of a part is the person.
func (tx *Tx) OpenOf(ctx context.Context, persons []clinic.PatientID) ([]OpenPart, error) {
	const parts = `SELECT o.admission, o.person, o.day, o.amount FROM `
	if persons == nil {
		return tx.openParts(ctx, parts+`open_admission o WHERE o.clinic = $1`, arguments{tx.clinic})
	}
	// From the persons: with a list of them and no statistics, SQLite would
	// walk all that is open.
	args := arguments{tx.clinic}
	return tx.openParts(ctx, parts+`patient p CROSS JOIN open_admission o
		WHERE p.clinic = $1 AND `+among(&args, "p.id", padded(persons))+` AND o.clinic = p.clinic AND o.person = p.id`, args)
}

func (tx *Tx) openParts(ctx context.Context, query string, args arguments) ([]OpenPart, error) {
	found, err := collect(ctx, tx, func(scan func(...any) error) (o OpenPart, err error) {
		return o, scan(&o.Admission, &o.Patient, &o.Day, &o.Left)
	}, query, args...)
	if err != nil {
		return nil, fmt.Errorf("what is open: %w", err)
	}
	return found, nil
}
