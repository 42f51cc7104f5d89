package intake_test

import (
	"bytes"
	"encoding/csv"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// hledger runs the program, which judges our books from outside, on a journal.
// Without it the test fails: script/install hledger.
func hledger(t *testing.T, journal string, args ...string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "books.journal")
	if err := os.WriteFile(file, []byte(journal), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, wrong bytes.Buffer
	cmd := exec.CommandContext(t.Context(), "hledger", append([]string{"-f", file}, args...)...)
	cmd.Env = append(os.Environ(), "LANG=C.UTF-8", "LC_ALL=C.UTF-8")
	cmd.Stdout, cmd.Stderr = &out, &wrong
	if err := cmd.Run(); err != nil {
		t.Fatalf("hledger %s: %v\n%s", strings.Join(args, " "), err, wrong.String())
	}
	return out.String()
}

// balance is what hledger sums the query to, "0" for nothing.
func balance(t *testing.T, journal string, query ...string) string {
	t.Helper()
	out := hledger(t, journal, append([]string{"balance", "--output-format", "csv", "--depth", "1"}, query...)...)
	rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	if err != nil || len(rows) == 0 {
		t.Fatalf("%v: %s", err, out)
	}
	total := rows[len(rows)-1]
	return strings.TrimSuffix(total[len(total)-1], " USD")
}
