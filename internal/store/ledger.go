package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/ledger"
	"daftar/internal/money"
)

// Posted says of an entry what the ledger itself does not know: when, whom and
// what it concerns and who wrote it.
type Posted struct {
	ID       ledger.EntryID
	At       time.Time // when it counts; on the entry's day
	Recorded time.Time
	Patient  clinic.PatientID // 0: nobody
	Document int64            // the admission or receipt behind it
	Unit     int64            // what is undone together; 0: alone
	Staff    clinic.StaffID
	Branch   clinic.BranchID
}

// Post writes an entry with its postings. Conflict ledger.reversed when it
// reverses an entry that is reversed already.
func (tx *Tx) Post(ctx context.Context, e ledger.Entry, p Posted) error {
	err := tx.exec(ctx, `
		INSERT INTO entry (clinic, id, kind, day, at, recorded, patient, document, reverses, staff, branch, unit)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		tx.clinic, p.ID, e.Kind, e.Day, micros(p.At), micros(p.Recorded), nullID(p.Patient),
		sql.NullInt64{Int64: p.Document, Valid: p.Document != 0}, nullID(e.Reverses), p.Staff, p.Branch, nullID(p.Unit))
	if err != nil && e.Reverses != 0 && tx.store.dialect.duplicate(err) {
		return fault.New(fault.Conflict, "ledger.reversed", "entry %d is reversed already", e.Reverses)
	}
	if err != nil {
		return fmt.Errorf("post %s: %w", e.Kind, err)
	}
	const columns = "clinic, account, at, entry, recorded, amount"
	args := make([]any, 0, 6*len(e.Postings))
	for _, posting := range e.Postings {
		account, err := tx.account(ctx, posting.Account)
		if err != nil {
			return err
		}
		args = append(args, tx.clinic, account, micros(p.At), p.ID, micros(p.Recorded), posting.Amount)
	}
	if err := tx.exec(ctx, insert("posting", columns, len(e.Postings)), args...); err != nil {
		return fmt.Errorf("post %s: %w", e.Kind, err)
	}
	return nil
}

// account returns the number of an account and makes it on first use: the next
// number of the clinic, which keeps the accounts of a bulk load dense.
func (tx *Tx) account(ctx context.Context, a ledger.Account) (int64, error) {
	id, err := tx.accountID(ctx, a)
	if err != nil || id != 0 {
		return id, err
	}
	err = tx.row(ctx, `
		INSERT INTO account (clinic, id, kind, owner, unit)
		VALUES ($1, (SELECT COALESCE(MAX(id), 0) + 1 FROM account WHERE clinic = $1), $2, $3, $4)
		RETURNING id`, tx.clinic, a.Kind, a.Owner, a.Unit).Scan(&id)
	if err != nil {
		return 0, fmt.Errorf("account %s: %w", a.Kind, err)
	}
	tx.accounts[a] = id
	return id, nil
}

// accountID returns the number of an account, 0 when nothing was ever posted
// to it.
func (tx *Tx) accountID(ctx context.Context, a ledger.Account) (int64, error) {
	id, met := tx.accounts[a]
	if met {
		return id, nil
	}
	err := tx.row(ctx, `
		SELECT id FROM account
		WHERE clinic = $1 AND kind = $2 AND owner = $3 AND unit = $4`,
		tx.clinic, a.Kind, a.Owner, a.Unit).Scan(&id)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("account %s: %w", a.Kind, err)
	}
	tx.accounts[a] = id
	return id, nil
}

// Moment bounds what is looked at: entries that count before Before and were
// known at KnownAt. The zero Moment is now: everything.
type Moment struct {
	Before  time.Time // exclusive; zero: no bound
	KnownAt time.Time // inclusive; zero: no bound
}

// endOfTime stands for no bound; it is later than any instant we store.
const endOfTime = int64(1) << 62

func (m Moment) before() int64 {
	if m.Before.IsZero() {
		return endOfTime
	}
	return micros(m.Before)
}

func (m Moment) knownAt() int64 {
	if m.KnownAt.IsZero() {
		return endOfTime
	}
	return micros(m.KnownAt)
}

// AccountBalance is what an account holds and how many postings made it; the
// count is the version that a stale screen is told by.
type AccountBalance struct {
	Amount  money.Amount
	Version int64
}

// Balance sums an account. It is the one function behind every balance that is
// shown anywhere: a balance is the sum of its postings.
//
// Several accounts, of one kind and unit, are those of one person's files.
func (tx *Tx) Balance(ctx context.Context, accounts []ledger.Account, m Moment) (AccountBalance, error) {
	var b AccountBalance
	ids, err := tx.accountIDs(ctx, accounts)
	if err != nil || len(ids) == 0 {
		return b, err
	}
	args := arguments{tx.clinic, m.before(), m.knownAt()}
	err = tx.row(ctx, `
		SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT), COUNT(*)
		FROM posting
		WHERE clinic = $1 AND `+among(&args, "account", ids)+` AND at < $2 AND recorded <= $3`, args...).Scan(&b.Amount, &b.Version)
	if err != nil {
		return b, fmt.Errorf("balance of %s: %w", accounts[0].Kind, err)
	}
	return b, nil
}

// BalancesOf sums the accounts of one kind and unit that the owners have, as
// Balance does; an owner without postings is not in it.
func (tx *Tx) BalancesOf(ctx context.Context, kind string, unit ledger.Unit, owners []int64, m Moment) (map[int64]AccountBalance, error) {
	sums := map[int64]AccountBalance{}
	if len(owners) == 0 {
		return sums, nil
	}
	owners = padded(owners)
	args := []any{tx.clinic, kind, unit, m.before(), m.knownAt()}
	for _, owner := range owners {
		args = append(args, owner)
	}
	rows, err := tx.query(ctx, `
		SELECT a.owner, CAST(SUM(p.amount) AS BIGINT), COUNT(*)
		FROM account a JOIN posting p ON p.clinic = a.clinic AND p.account = a.id
		WHERE a.clinic = $1 AND a.kind = $2 AND a.owner IN (`+places(6, len(owners))+`) AND a.unit = $3 AND p.at < $4 AND p.recorded <= $5
		GROUP BY a.owner`, args...)
	if err != nil {
		return nil, fmt.Errorf("balances of %s: %w", kind, err)
	}
	defer rows.Close()
	for rows.Next() {
		var owner int64
		var b AccountBalance
		if err := rows.Scan(&owner, &b.Amount, &b.Version); err != nil {
			return nil, fmt.Errorf("balances of %s: %w", kind, err)
		}
		sums[owner] = b
	}
	return sums, rows.Err()
}

// Balances sums every account that has postings, for the trial balance.
func (tx *Tx) Balances(ctx context.Context, m Moment) ([]ledger.Balance, error) {
	return collect(ctx, tx, func(scan func(...any) error) (b ledger.Balance, err error) {
		return b, scan(&b.Account.Kind, &b.Account.Owner, &b.Account.Unit, &b.Amount)
	}, `
		SELECT a.kind, a.owner, a.unit, CAST(SUM(p.amount) AS BIGINT)
		FROM account a JOIN posting p ON p.clinic = a.clinic AND p.account = a.id
		WHERE a.clinic = $1 AND p.at < $2 AND p.recorded <= $3
		GROUP BY a.kind, a.owner, a.unit`, tx.clinic, m.before(), m.knownAt())
}

// LiveEntries returns the entries of a document of the given kinds that are
// neither reversed nor reversals, oldest first, with their postings.
func (tx *Tx) LiveEntries(ctx context.Context, document int64, kinds ...string) ([]ledger.Entry, error) {
	args := []any{tx.clinic, document}
	for _, k := range kinds {
		args = append(args, k)
	}
	entries, err := collect(ctx, tx, func(scan func(...any) error) (e ledger.Entry, err error) {
		return e, scan(&e.ID, &e.Kind, &e.Day)
	}, `
		SELECT e.id, e.kind, e.day
		FROM entry e
		WHERE e.clinic = $1 AND e.document = $2 AND e.kind IN (`+places(3, len(kinds))+`) AND e.reverses IS NULL
			AND NOT EXISTS (SELECT 1 FROM entry r WHERE r.clinic = e.clinic AND r.reverses = e.id)
		ORDER BY e.id`, args...)
	if err != nil {
		return nil, fmt.Errorf("entries of %d: %w", document, err)
	}
	for i := range entries {
		if entries[i].Postings, err = tx.postings(ctx, entries[i].ID); err != nil {
			return nil, err
		}
	}
	return entries, nil
}

func (tx *Tx) postings(ctx context.Context, e ledger.EntryID) ([]ledger.Posting, error) {
	return collect(ctx, tx, func(scan func(...any) error) (p ledger.Posting, err error) {
		return p, scan(&p.Account.Kind, &p.Account.Owner, &p.Account.Unit, &p.Amount)
	}, `
		SELECT a.kind, a.owner, a.unit, p.amount
		FROM posting p JOIN account a ON a.clinic = p.clinic AND a.id = p.account
		WHERE p.clinic = $1 AND p.entry = $2
		ORDER BY p.account`, tx.clinic, e)
}
