package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/jalali"
)

// DepositState is which deposits a list shows: those of a status, those that
// hold something, those past their last day, those whose visit is over. The zero value shows all.
type DepositState string

// The states beside those of clinic.DepositStatus.
const (
	DepositsHolding DepositState = "held"
	DepositsExpired DepositState = "expired"
	// DepositsVisitOver are those of a visit that the patient cancelled or
	// missed of which nothing was kept yet: somebody has to say what is.
	DepositsVisitOver DepositState = "visit_over"
)

// depositStates are the conditions of deposit d with sums v. %s is the day of
// today.
var depositStates = map[DepositState]string{
	DepositState(clinic.DepositRequested):  "COALESCE(v.received, 0) = 0 AND d.withdrawn IS NULL AND (v.first IS NULL OR v.first <> d.recorded)",
	DepositState(clinic.DepositOpen):       "v.remaining > 0 AND v.remaining = v.received",
	DepositState(clinic.DepositPartlyUsed): "v.remaining > 0 AND v.remaining < v.received",
	DepositState(clinic.DepositClosed):     "v.received > 0 AND v.remaining = 0",
	DepositState(clinic.DepositWithdrawn):  "COALESCE(v.received, 0) = 0 AND (d.withdrawn IS NOT NULL OR v.first = d.recorded)",
	DepositsHolding:                        "v.remaining > 0",
	DepositsVisitOver:                      "d.visit_over IS NOT NULL AND d.visit_by_clinic = 0 AND v.remaining > 0 AND v.forfeited = 0",
	DepositsExpired: "d.expires <> '' AND d.expires < %s AND (v.remaining > 0 OR COALESCE(v.received, 0) = 0 AND d.withdrawn IS NULL" +
		" AND (v.first IS NULL OR v.first <> d.recorded))",
}

// Valid reports whether the state is one of those.
func (s DepositState) Valid() bool { return s == "" || depositStates[s] != "" }

// DepositQuery is which deposits the list of all shows; a zero field asks for
// nothing. It is a page on one side of a key, newest first.
type DepositQuery struct {
	State       DepositState
	Today       jalali.Day // that expired ones are told by
	From, Until time.Time  // of the instant it was asked for or taken; Until is exclusive
	People      clinic.BranchID
	Older       *Key
	Newer       *Key
	Limit       int
}

// where is the condition for deposit d with sums v, without the page.
func (q DepositQuery) where(args *arguments) string {
	text := "d.clinic = $1"
	if !q.From.IsZero() {
		text += " AND d.at >= " + args.add(micros(q.From))
	}
	if !q.Until.IsZero() {
		text += " AND d.at < " + args.add(micros(q.Until))
	}
	if q.People != 0 {
		text += ` AND EXISTS (SELECT 1 FROM patient p WHERE p.clinic = $1 AND p.id = ` + root("d.patient") + ` AND p.branch = ` + args.add(q.People) + `)`
	}
	if condition := depositStates[q.State]; condition != "" {
		if strings.Contains(condition, "%s") {
			condition = fmt.Sprintf(condition, args.add(q.Today))
		}
		text += " AND " + condition
	}
	return text
}

const everyDeposit = `
	FROM deposit d
	LEFT JOIN (SELECT ` + depositSums + `, MIN(CASE WHEN kind IN ('receive', 'from_credit') THEN day END) AS received_day
		FROM deposit_movement WHERE clinic = $1 GROUP BY deposit) v ON v.deposit = d.id`

// ListDeposits returns a page of all deposits as they are now, newest first, or
// oldest first when it goes towards the newer.
func (tx *Tx) ListDeposits(ctx context.Context, q DepositQuery) ([]HeldDeposit, error) {
	args := arguments{tx.clinic}
	text := `SELECT ` + heldFields + everyDeposit + heldJoins + ` WHERE ` + q.where(&args)
	direction := " DESC"
	if q.Older != nil {
		text += " AND (d.at, d.id) < (" + args.add(micros(q.Older.At)) + ", " + args.add(q.Older.ID) + ")"
	}
	if q.Newer != nil {
		direction = ""
		text += " AND (d.at, d.id) > (" + args.add(micros(q.Newer.At)) + ", " + args.add(q.Newer.ID) + ")"
	}
	text += " ORDER BY d.at" + direction + ", d.id" + direction + " LIMIT " + args.add(q.Limit)
	all, err := collect(ctx, tx, scanHeldDeposit, text, args...)
	if err != nil {
		return nil, fmt.Errorf("list deposits: %w", err)
	}
	return all, nil
}

// DepositTotals sums all deposits of the list, whatever the page.
func (tx *Tx) DepositTotals(ctx context.Context, q DepositQuery) (t clinic.DepositSums, count int, err error) {
	args := arguments{tx.clinic}
	sum := func(column string) string { return "CAST(COALESCE(SUM(v." + column + "), 0) AS BIGINT)" }
	err = tx.row(ctx, `
		SELECT COUNT(*), `+sum("received")+`, `+sum("applied")+`, `+sum("transferred")+`, `+sum("refunded")+`, `+sum("forfeited")+`, `+sum("remaining")+
		everyDeposit+` WHERE `+q.where(&args), args...).
		Scan(&count, &t.Received, &t.Applied, &t.Transferred, &t.Refunded, &t.Forfeited, &t.Remaining)
	if err != nil {
		return t, 0, fmt.Errorf("totals of deposits: %w", err)
	}
	return t, count, nil
}

// CountDeposits counts the deposits of a person at the moment.
func (tx *Tx) CountDeposits(ctx context.Context, files clinic.Files, m Moment) (n int, err error) {
	args := arguments{tx.clinic, m.before(), m.knownAt()}
	err = tx.row(ctx, `
		SELECT COUNT(*) FROM deposit WHERE clinic = $1 AND `+among(&args, "patient", files)+` AND at < $2 AND recorded <= $3`, args...).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count deposits: %w", err)
	}
	return n, nil
}

// DepositNamed is DepositsOf for one deposit, as it is now. NotFound
// deposit.none.
func (tx *Tx) DepositNamed(ctx context.Context, id clinic.DepositID) (HeldDeposit, error) {
	h, err := scanHeldDeposit(tx.row(ctx, `
		SELECT `+heldFields+`
		FROM deposit d
		LEFT JOIN (SELECT `+depositSums+`, MIN(CASE WHEN kind IN ('receive', 'from_credit') THEN day END) AS received_day
			FROM deposit_movement WHERE clinic = $1 AND deposit = $2 GROUP BY deposit) v ON v.deposit = d.id`+
		heldJoins+`
		WHERE d.clinic = $1 AND d.id = $2`, tx.clinic, id).Scan)
	return h, some(err, "deposit.none", "deposit", id)
}
