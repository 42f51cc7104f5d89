package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/ledger"
)

// What is explained and reported of some days or one person is found by keys:
// no query reads a table that grows from end to end.
func TestReportsSearchByKeys(t *testing.T) {
	s := reported(t)
	for query := range s.reading.ready {
		for _, step := range planOf(t, s.reader, query) {
			if table, bad := scans(step); bad {
				t.Errorf("scans %s (%s):\n%s", table, step, query)
			}
		}
	}
}

// ofTable is a step of a plan of PostgreSQL that reads a table.
var ofTable = regexp.MustCompile(`(?:Seq Scan|Bitmap Heap Scan|Index Scan(?: Backward)? using \w+|Index Only Scan(?: Backward)? using \w+) on (\w+)`)

// wholes are the growing tables that a plan reads from end to end: by no index,
// or by one of which it knows the clinic at most.
func wholes(plan []string) (tables []string) {
	table, found := "", true
	for _, step := range append(plan, "") {
		m := ofTable.FindStringSubmatch(step)
		if (m != nil || step == "") && !found && slices.Contains(growing, table) {
			tables = append(tables, table)
		}
		switch {
		case m != nil:
			table, found = m[1], false
		case strings.Contains(step, "Index Cond: "):
			found = found || strings.Contains(step, ") AND (") || !strings.Contains(step, "(clinic = ")
		case strings.Contains(step, "One-Time Filter: false"):
			found = true
		}
	}
	return tables
}

// The same statements find what grows by an index on PostgreSQL: where it may
// choose, it reads no table from end to end.
func TestReportsSearchByKeysOnPostgres(t *testing.T) {
	asked := reported(t).reading.ready
	s, err := Open(t.Context(), emptyPostgres(t))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	db, err := s.reader.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, set := range []string{"session_replication_role = replica", "enable_seqscan = off", "enable_hashjoin = off", "enable_mergejoin = off", "plan_cache_mode = force_generic_plan"} {
		if _, err := db.ExecContext(t.Context(), "SET "+set); err != nil {
			t.Fatal(err)
		}
	}
	for _, table := range append([]string{"admission_version", "admission_version_line", "remission", "deposit", "deposit_movement", "refund", "receipt_transfer"}, growing...) {
		if err := crowd(t.Context(), db, table); err != nil {
			t.Fatal(err)
		}
	}
	for query := range asked {
		plan := postgresPlan(t, db, query)
		if tables := wholes(plan); len(tables) > 0 {
			t.Errorf("reads %v whole:\n%s\n%s", tables, query, strings.Join(plan, "\n"))
		}
	}
	for _, whole := range []string{"SELECT * FROM entry e WHERE e.kind = $1", "SELECT * FROM entry e WHERE e.clinic = $1 AND e.kind = $2"} {
		if plan := postgresPlan(t, db, whole); len(wholes(plan)) != 1 {
			t.Errorf("a table that is read from end to end is not seen: %v", plan)
		}
	}
}

// crowd fills a table with rows that mean nothing, so many that the planner
// thinks of what they cost.
func crowd(ctx context.Context, db *sql.Conn, table string) error {
	var names, values, checks string
	err := db.QueryRowContext(ctx, `
		SELECT string_agg(quote_ident(column_name), ', '), string_agg(CASE
			WHEN column_name = 'clinic' THEN '1'
			WHEN column_name = 'day' OR column_name LIKE '%_day' THEN 'to_char(date ''2020-01-01'' + (g / 10)::int, ''YYYY-MM-DD'')'
			WHEN data_type = 'text' THEN '''x'' || g'
			WHEN data_type = 'bytea' THEN 'decode(lpad(to_hex(g), 8, ''0''), ''hex'')'
			WHEN data_type = 'boolean' THEN 'false'
			ELSE 'g' END, ', ')
		FROM information_schema.columns WHERE table_name = $1 AND is_generated = 'NEVER'`, table).Scan(&names, &values)
	if err != nil {
		return err
	}
	err = db.QueryRowContext(ctx, `SELECT COALESCE(string_agg('ALTER TABLE ' || conrelid::regclass || ' DROP CONSTRAINT ' || quote_ident(conname), '; '), 'SELECT 1')
		FROM pg_constraint WHERE conrelid = $1::text::regclass AND contype = 'c'`, table).Scan(&checks)
	if err != nil {
		return err
	}
	for _, statement := range append(strings.Split(checks, "; "), "INSERT INTO "+table+" ("+names+") SELECT "+values+" FROM generate_series(1, 20000) g", "ANALYZE "+table) {
		if _, err := db.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("%s: %w", statement, err)
		}
	}
	return nil
}

// postgresPlan is how PostgreSQL carries a statement out whatever its arguments
// are.
func postgresPlan(t *testing.T, db *sql.Conn, query string) (steps []string) {
	t.Helper()
	most := 0
	for _, m := range placeholder.FindAllStringSubmatch(query, -1) {
		n, _ := strconv.Atoi(m[1])
		most = max(most, n)
	}
	call := "EXPLAIN EXECUTE asked"
	if most > 0 {
		call += "(" + strings.TrimSuffix(strings.Repeat("NULL, ", most), ", ") + ")"
	}
	if _, err := db.ExecContext(t.Context(), "PREPARE asked AS "+query); err != nil {
		t.Fatalf("%v:\n%s", err, query)
	}
	rows, err := db.QueryContext(t.Context(), call)
	if err != nil {
		t.Fatalf("%v:\n%s", err, query)
	}
	for rows.Next() {
		var step string
		if err := rows.Scan(&step); err != nil {
			t.Fatal(err)
		}
		steps = append(steps, step)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(t.Context(), "DEALLOCATE asked"); err != nil {
		t.Fatal(err)
	}
	return steps
}

// reported is a store whose statements for reports were all met.
func reported(t *testing.T) *Store {
	t.Helper()
	s, err := Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "plan.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	ctx, account, files := t.Context(), ledger.Account{Kind: clinic.AccountReceivable, Owner: 1, Unit: ledger.IRR}, clinic.Files{1}
	accounts := []ledger.Account{account}
	err = s.Read(ctx, 1, func(tx *Tx) error {
		tx.accounts[account] = 1 // as if there were one
		tx.KindSums(ctx, accounts, Moment{})
		tx.InsurerKinds(ctx, files, Moment{})
		tx.InsurerDues(ctx, files, Moment{})
		tx.FundsHeld(ctx, files, Moment{})
		tx.DepositsHeld(ctx, files, Moment{})
		tx.ChequesHeld(ctx, files)
		tx.ShareChanges(ctx, []clinic.AdmissionID{1}, Moment{})
		tx.EntryTold(ctx, 1, Moment{})
		tx.DocumentTold(ctx, 1, Moment{}, 9)
		tx.InsurersTold(ctx, 1, Moment{}, 9)
		tx.Claims(ctx, 1, 0, Moment{})
		tx.OpenClaims(ctx, 0, Moment{})
		tx.UnitTold(ctx, 1, Moment{}, 9)
		tx.toldPostings(ctx, 1)
		tx.ReceiptTold(ctx, 1, Moment{})
		tx.FundUses(ctx, 1, 1, Moment{})
		for _, d := range []Days{{From: "2026-11-23", To: "2026-11-23"}, {From: "2026-11-01", To: "2026-11-23", Branch: 1}} {
			for by := range cashKeys {
				tx.CashSums(ctx, d, by)
				tx.CashRows(ctx, d, by, "1", 0, 9)
			}
			for by := range serviceKeys {
				tx.ServiceSums(ctx, d, by)
				tx.LateDiscounts(ctx, d, by)
			}
			tx.CashPosted(ctx, d)
			tx.Posted(ctx, d, clinic.AccountIncome)
			tx.SectionsPaid(ctx, d, Span{From: time.Unix(1, 0), Until: time.Unix(2, 0)})
			tx.DayPostings(ctx, d)
			tx.DayMoney(ctx, d)
			tx.Corrections(ctx, d)
			tx.ShiftsOfDays(ctx, d)
			tx.PlacesOfDays(ctx, d, Span{From: time.Unix(1, 0), Until: time.Unix(2, 0)})
		}
		// Balances sums all that was ever posted: it has to read it.
		tx.HeldAll(ctx, 0, Moment{})
		tx.PersonSums(ctx, clinic.AccountReceivable, ledger.IRR, 0, Moment{})
		tx.OpenParts(ctx, files, Moment{})
		tx.PointsOfPerson(ctx, files)
		for by := range activityGroups {
			tx.ActivitySums(ctx, Span{From: time.Unix(1, 0), Until: time.Unix(2, 0)}, 1, by)
		}
		for _, r := range []PeopleRange{{Unit: ledger.IRR, Limit: 50}, {Unit: ledger.IRR, Credit: true, Limit: 50, Skip: 50}, {Unit: ledger.IRR, Branch: 1, Min: 5}} {
			tx.PeopleWithMoney(ctx, r)
			tx.MoneyOfPeople(ctx, r)
		}
		tx.OpenOf(ctx, []clinic.PatientID{1, 2})
		tx.AccountRows(ctx, clinic.AccountCash, 1, Moment{}, 0, 9)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	s.reading.prepareWanted(ctx)
	if len(s.reading.ready) < 40 {
		t.Fatalf("only %d statements were met", len(s.reading.ready))
	}
	return s
}
