package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// server names the PostgreSQL server of the tests; a test that is skipped
// proves nothing.
func server(t *testing.T) string {
	t.Helper()
	name := os.Getenv("DAFTAR_TEST_POSTGRES")
	if name == "" {
		t.Fatal("DAFTAR_TEST_POSTGRES names no PostgreSQL server; run the tests with script/postgres run go test …")
	}
	return name
}

// Every acceptance scenario holds on both engines.
func TestScenariosHold(t *testing.T) {
	engines := []engine{onSQLite, onPostgres(server(t))}
	files, err := filepath.Glob(filepath.Join("..", "..", "testdata", "scenarios", "*.scenario"))
	if err != nil || len(files) < 8 {
		t.Fatalf("%d scenario files, want at least 8 (%v)", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".scenario"), func(t *testing.T) {
			if err := everywhere(t.Context(), file, engines); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// One wrong figure anywhere is reported with its line and fails the run.
func TestWrongFiguresAreNoticed(t *testing.T) {
	const begin = "scenario T\nat 1405/09/02\ngiven actor R1 receptionist\ngiven service ویزیت 4500000\ngiven patient A زهرا کریمی\n" +
		"R1 admits A as P1: ویزیت\nR1 receives from A: cash 4000000\n"
	tests := map[string]struct {
		line, want string
	}{
		"a balance":               {"expect A balance 400000 debtor", "T.scenario:8: the balance of A is 500000, want 400000"},
		"a side":                  {"expect A balance 500000 creditor", "the balance of A is 500000, want -500000"},
		"an account":              {"expect CASH 1", "CASH is 4000000, want 1"},
		"a list":                  {"expect A not listed as debtor", "is 500000, want 0"},
		"a state":                 {"expect P1 payment settled", "is partially_paid, want settled"},
		"a part of an admission":  {"expect P1 left 1", "left of P1 is 500000, want 1"},
		"a payment":               {"expect P1 payments: pos 4000000", `are ["cash 4000000 oldest_first"]`},
		"a receipt":               {"expect receipt: pos 4000000", "the receipt is cash 4000000, want pos 4000000"},
		"an order":                {"expect A summary: admission, receipt, registration", "the summary is receipt, admission, registration"},
		"a range":                 {"expect A from 1405/09/02: closing 0", "closing is 500000, want 0"},
		"a row":                   {"expect A transactions: credit 4000000 running 1, debit 4500000", "running of row 1 is 500000, want 1"},
		"a day":                   {"expect A on 1405/09/01 balance 500000 debtor", "the balance of A is 0, want 500000"},
		"a refusal that is none":  {"R1 receives from A: cash 1 -> refused receipt.amount", "it was done, want refused receipt.amount"},
		"a refusal":               {"R1 receives from A: cash 0", "it was refused with receipt.amount"},
		"another refusal":         {"R1 receives from A: cash 0 -> refused x.y", "want x.y"},
		"a balance in the answer": {"R1 receives from A: cash 1; dry -> balance 1 debtor", "the balance in the answer is 499999, want 1"},
		"a search":                {"R1 searches کریمی\nexpect found nobody", "T.scenario:9: who was found is 1001, want "},
		"the way of time":         {"at 1405/09/01", "time does not go back"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, "T.scenario"), []byte(begin+tt.line+"\nexpect A credit 0\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			var out bytes.Buffer
			status := play(t.Context(), dir, "", &out)
			if status != 1 || !strings.Contains(out.String(), tt.want) || !strings.Contains(out.String(), "0 passed, 1 failed") {
				t.Errorf("status %d, said %q; want 1 and %q", status, out.String(), tt.want)
			}
		})
	}
}
