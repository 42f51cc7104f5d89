package store

import (
	"database/sql"
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

// growing are the tables whose rows grow with the years; no hot query may read
// one of them from end to end.
var growing = []string{"entry", "posting", "admission", "admission_line", "share_transfer", "receipt", "money_line", "fund",
	"allocation", "cheque", "patient", "patient_word", "audit", "request", "account", "coverage", "person_balance", "open_admission", "activity", "club_movement"}

var placeholder = regexp.MustCompile(`\$(\d+)`)

// The queries behind a statement search by keys; none scans a table that
// grows.
func TestStatementQueriesSearchByKeys(t *testing.T) {
	s, err := Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "plan.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	account := ledger.Account{Kind: clinic.AccountReceivable, Owner: 1, Unit: ledger.IRR}
	receivable, files := []ledger.Account{account}, clinic.Files{1}
	ctx := t.Context()
	err = s.Read(ctx, 1, func(tx *Tx) error {
		tx.Balance(ctx, receivable, Moment{}) // looks the account up
		tx.accounts[account] = 1              // as if there were one
		key := &Key{time.Now(), 1}
		for _, r := range []Range{{Limit: 50}, {Limit: 50, Older: key}, {Limit: 50, Newer: key}, {Limit: 50, Kinds: []string{"receipt"}}} {
			tx.Events(ctx, files, receivable, r, false)
			tx.Events(ctx, files, receivable, r, true)
			tx.Admissions(ctx, AdmissionFilter{Files: files}, r)
			tx.Totals(ctx, receivable, r)
		}
		tx.Running(ctx, receivable, *key, *key, Moment{})
		tx.Balance(ctx, receivable, Moment{})
		tx.BalancesAt(ctx, receivable, []time.Time{key.At}, Moment{})
		tx.Counts(ctx, files, receivable, Moment{})
		tx.Dues(ctx, files, Moment{})
		tx.DueOf(ctx, 1)
		tx.Funds(ctx, files)
		tx.Payments(ctx, []clinic.AdmissionID{1, 2}, Moment{})
		tx.AdmissionLines(ctx, 1, 2)
		tx.Patient(ctx, 1)
		tx.MergesInto(ctx, 1, Moment{})
		tx.Coverages(ctx, 1)
		tx.LastAdmission(ctx, files)
		tx.UnclearedCheques(ctx, files)
		tx.BouncedCheques(ctx, files)
		tx.ChequesOfFiles(ctx, files)
		tx.LastChequeEvents(ctx, 1, 2)
		tx.ChequeEvents(ctx, 1)
		tx.PaidBy(ctx, 1, 1, time.Time{})
		tx.ReceiptTransfers(ctx, 1, 2)
		tx.TakenReceipts(ctx, []clinic.ReceiptID{1, 2})
		tx.ListCheques(ctx, ChequeQuery{Statuses: clinic.ChequeStatuses, Limit: 9})
		tx.ListCheques(ctx, ChequeQuery{Statuses: clinic.ChequeStatuses[:1], Until: "2026-11-24", After: &ChequeKey{"2026-11-01", 7}, People: 3, Limit: 9})
		for _, r := range []AuditRange{{Limit: 9}, {Limit: 9, Patient: 1}, {Limit: 9, Staff: 1, Older: key}, {Limit: 9, Lists: true}} {
			tx.WalkAudit(ctx, r, func(Audit) (bool, error) { return false, nil })
		}
		tx.AuditLine(ctx, 1)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	s.reading.prepareWanted(ctx)
	if len(s.reading.ready) < 15 {
		t.Fatalf("only %d statements were met", len(s.reading.ready))
	}
	for query := range s.reading.ready {
		for _, step := range planOf(t, s.reader, query) {
			if table, bad := scans(step); bad {
				t.Errorf("scans %s (%s):\n%s", table, step, query)
			}
		}
	}
}

// scans reports a step that reads a growing table from end to end, or all of
// the clinic's rows of it, which is the same.
func scans(step string) (table string, bad bool) {
	if rest, ok := strings.CutPrefix(step, "SEARCH "); ok && strings.Contains(step, "(clinic=?)") {
		name, _, _ := strings.Cut(rest, " ")
		return name, len(name) == 1 || slices.Contains(growing, name)
	}
	for _, table := range growing {
		if strings.HasPrefix(step, "SCAN "+table+" ") || step == "SCAN "+table {
			return table, true
		}
	}
	// Aliases are one letter; a scan of one is a scan of a table.
	if len(step) >= 6 && strings.HasPrefix(step, "SCAN ") && step[5] >= 'a' && step[5] <= 'z' && (len(step) == 6 || step[6] == ' ') {
		return step[5:6], true
	}
	return "", false
}

func TestScansAreSeen(t *testing.T) {
	for step, want := range map[string]bool{"SCAN posting": true, "SCAN entry USING INDEX entry_of_day": true, "SCAN e": true,
		"SEARCH posting USING PRIMARY KEY (clinic=?)": true, "SEARCH m USING PRIMARY KEY (clinic=?)": true,
		"SEARCH posting USING PRIMARY KEY (clinic=? AND account=?)": false, "SCAN d": true, "SCAN 3 CONSTANT ROWS": false} {
		if _, bad := scans(step); bad != want {
			t.Errorf("%s: %v", step, bad)
		}
	}
}

func planOf(t *testing.T, db *sql.DB, query string) (steps []string) {
	t.Helper()
	most := 0
	for _, m := range placeholder.FindAllStringSubmatch(query, -1) {
		n, _ := strconv.Atoi(m[1])
		most = max(most, n)
	}
	args := make([]any, most)
	for i := range args {
		args[i] = int64(1)
	}
	rows, err := db.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+query, args...)
	if err != nil {
		t.Fatalf("%v:\n%s", err, query)
	}
	defer rows.Close()
	for rows.Next() {
		var id, parent, unused int64
		var step string
		if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
			t.Fatal(err)
		}
		steps = append(steps, step)
	}
	if len(steps) == 0 {
		t.Fatal(fmt.Sprint("no plan for ", query))
	}
	return steps
}
