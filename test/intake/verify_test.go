package intake_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/intake"
	"daftar/test/engine"
)

// damage is what somebody may do to a database behind our back, and what
// verification then says.
var damage = map[string]struct {
	statement string
	quick     bool // the short form notices too
	want      string
}{
	"a posting is changed":            {"UPDATE posting SET amount = amount + 1 WHERE entry = (SELECT MIN(id) FROM entry)", true, "sum to"},
	"a posting is taken out":          {"DELETE FROM posting WHERE entry = (SELECT MIN(id) FROM entry)", true, "fewer than two postings"},
	"an entry is taken out":           {"DELETE FROM entry WHERE id = (SELECT MIN(id) FROM entry)", false, "is missing"},
	"a posting gets another time":     {"UPDATE posting SET at = at + 1 WHERE entry = (SELECT MIN(id) FROM entry)", false, "other times"},
	"an entry gets another day":       {"UPDATE entry SET day = '2001-01-01' WHERE id = (SELECT MIN(id) FROM entry)", false, "entry of"},
	"both sides are raised":           {"UPDATE posting SET amount = amount * 2 WHERE entry = (SELECT MIN(id) FROM entry WHERE kind = 'receipt')", true, "differ from its postings"},
	"an admission is dearer":          {"UPDATE admission SET gross = gross + 1, base_share = base_share + 1 WHERE id = (SELECT MIN(id) FROM admission)", false, "not the sums of its lines"},
	"a line is dearer":                {"UPDATE admission_line SET gross = gross + 1 WHERE line = 1", false, "admission"},
	"an admission is a draft":         {"UPDATE admission SET status = 'draft' WHERE id = (SELECT MIN(document) FROM entry WHERE kind = 'admission')", false, "is paid of 0"},
	"a receipt is less":               {"UPDATE receipt SET amount = amount - 1 WHERE id = (SELECT MIN(id) FROM receipt)", false, "not the sum of its lines"},
	"a receipt has another owner":     {"UPDATE receipt SET patient = (SELECT MAX(id) FROM patient) WHERE id = (SELECT MIN(id) FROM receipt)", false, "account was not lowered"},
	"a receipt pays too much":         {"UPDATE allocation SET amount = amount + 1 WHERE id = (SELECT MIN(id) FROM allocation)", false, "is used"},
	"a transfer is lost":              {"DELETE FROM share_transfer WHERE to_insurer IS NULL", true, "is paid of 0"},
	"a number is missing":             {"UPDATE receipt SET number = 99 WHERE number = 1", false, "receipt numbers of"},
	"the series stands too low":       {"UPDATE document_sequence SET last = last - 1 WHERE kind = 'admission'", false, "the series stands at"},
	"an imported patient is lost":     {"DELETE FROM patient WHERE id = (SELECT MIN(id) FROM patient)", false, "is missing"},
	"an account's patient is another": {"UPDATE account SET owner = 5 WHERE id = (SELECT MIN(id) FROM account WHERE kind = 'receivable')", false, "account was not lowered"},
}

func TestVerifyNoticesDamage(t *testing.T) {
	whole := engine.SQLite(t)
	d := open(t, whole)
	if _, err := intake.Synthea(t.Context(), d, synthea, intake.Options{}); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "whole.db")
	tamper(t, strings.TrimPrefix(whole, "sqlite:"), "VACUUM INTO '"+file+"'")
	for sentence, c := range damage {
		t.Run(sentence, func(t *testing.T) {
			broken := filepath.Join(t.TempDir(), "broken.db")
			bytes, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(broken, bytes, 0o600); err != nil {
				t.Fatal(err)
			}
			tamper(t, broken, c.statement)
			d := open(t, "sqlite:"+broken)
			_, err = d.Verify(t.Context(), desk.VerifyOptions{})
			if fault.Code(err) != "verify.wrong" || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
			_, err = d.Verify(t.Context(), desk.VerifyOptions{Quick: true})
			if c.quick && fault.Code(err) != "verify.wrong" {
				t.Errorf("the short form: %v", err)
			}
		})
	}
}

// tamper carries out a statement past every rule of the database.
func tamper(t *testing.T, file, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	rows, err := db.Query("SELECT name FROM sqlite_master WHERE type = 'trigger'")
	if err != nil {
		t.Fatal(err)
	}
	var drops []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		drops = append(drops, "DROP TRIGGER "+name)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	if strings.HasPrefix(statement, "VACUUM") {
		drops = nil
	}
	for _, s := range append(append([]string{"PRAGMA foreign_keys = 0", "PRAGMA ignore_check_constraints = 1"}, drops...), statement) {
		if _, err := db.Exec(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}
