package intake_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/intake"
	"daftar/test/engine"
)

// syntheaReport are the figures of the files, counted without this program.
var syntheaReport = map[string]string{
	"patients": "11", "admissions": "388", "claims": "561", "rows": "5567", "charges": "1219867.22",
	"payments CASH": "75538.27", "payments CHECK": "56854.00",
}

// syntheaBooks are the same figures as hledger finds them in our books.
var syntheaBooks = []struct {
	sentence string
	query    []string
	want     string
}{
	{"cash is what the file says", []string{"assets:cash", "tag:method=cash"}, "75538.27"},
	{"cards are CC and COPAY", []string{"assets:pos"}, "66772.11"},
	{"cheques came in", []string{"assets:cheques", "amt:>0"}, "56854.00"},
	{"all cheques cleared", []string{"assets:cheques"}, "0"},
	{"the bank has ECHECK and CHECK", []string{"assets:bank"}, "1077556.84"},
	{"all money is what was charged", []string{"assets:cash", "assets:pos", "assets:bank", "assets:cheques"}, "1219867.22"},
	{"the sections earned the charges", []string{"income"}, "-1219867.22"},
	{"nobody owes anything", []string{"assets:receivable"}, "0"},
}

func TestSyntheaIsBookedToTheCent(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		d := open(t, database)
		report, err := intake.Synthea(t.Context(), d, synthea, intake.Options{})
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]string{}
		for _, c := range report.Counts {
			got[c.Name] = c.Value
		}
		for name, want := range syntheaReport {
			if got[name] != want {
				t.Errorf("%s: got %s, want %s", name, got[name], want)
			}
		}
		books := export(t, d, desk.JournalQuery{})
		hledger(t, books, "check", "--strict")
		for _, c := range syntheaBooks {
			if got := balance(t, books, c.query...); got != c.want {
				t.Errorf("%s: got %s, want %s", c.sentence, got, c.want)
			}
		}
		proved, err := d.Verify(t.Context(), desk.VerifyOptions{})
		if err != nil || proved.Admissions != 388 || proved.Entries == 0 {
			t.Errorf("verify: %v %+v", err, proved)
		}
		hledger(t, export(t, d, desk.JournalQuery{From: "2000-01-01", To: "2015-06-30"}), "check", "--strict")
		twice(t, d)
	})
}

// twice imports again: nothing is new, the books are the same, and a changed
// row is refused.
func twice(t *testing.T, d *desk.Desk) {
	before := export(t, d, desk.JournalQuery{Format: "jsonl"})
	again, err := intake.Synthea(t.Context(), d, synthea, intake.Options{})
	if err != nil || again.New != 0 || again.Known == 0 {
		t.Errorf("the second import: %d new, %d known, %v", again.New, again.Known, err)
	}
	changed := damaged(t, "patients.csv", "Wuckert783", "Wuckert784")
	_, err = intake.Synthea(t.Context(), d, changed, intake.Options{})
	if fault.Code(err) != "import.changed" || !strings.Contains(err.Error(), "patients.csv:2: ") {
		t.Errorf("a changed row: %v", err)
	}
	if export(t, d, desk.JournalQuery{Format: "jsonl"}) != before {
		t.Error("the books changed")
	}
}

// damaged copies the files and replaces the first old in one of them.
func damaged(t *testing.T, file, old, with string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(synthea)); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, file)
	text, err := os.ReadFile(path)
	if err != nil || !strings.Contains(string(text), old) {
		t.Fatalf("%s has no %q: %v", file, old, err)
	}
	if err := os.WriteFile(path, []byte(strings.Replace(string(text), old, with, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestDamagedSyntheaIsRefusedByItsPlace(t *testing.T) {
	d := open(t, engine.SQLite(t))
	for sentence, c := range map[string]struct{ file, old, with, want string }{
		"an amount that is left": {"claims_transactions.csv", "50.00,0.00,,35.55,", "50.00,0.00,,35.54,",
			"claims_transactions.csv:3:OUTSTANDING: the file says 35.54, the books 35.55"},
		"a payment": {"claims_transactions.csv", ",,,50.00,0.00,", ",,,50.01,0.00,",
			"claims_transactions.csv:3:OUTSTANDING: the file says 35.55, the books 35.54"},
		"a method": {"claims_transactions.csv", ",COPAY,", ",GOLD,",
			`claims_transactions.csv:3:METHOD: "GOLD" is no method of payment`},
		"an amount": {"claims_transactions.csv", ",CHARGE,85.55,", ",CHARGE,85.555,",
			`claims_transactions.csv:2:AMOUNT: "85.555" is no amount in dollars`},
		"a patient": {"encounters.csv", ",b37f7960-7e9e-f3f7-f891-79ae4f632406,", ",nobody,",
			`encounters.csv:2:PATIENT: "nobody" is not in patients.csv`},
		"an instant": {"encounters.csv", "2014-05-06T08:34:30Z", "yesterday",
			`encounters.csv:2:START: "yesterday" is no instant like 2014-05-06T08:34:30Z`},
		"a column": {"patients.csv", "BIRTHDATE", "BORN", "patients.csv:1:BIRTHDATE: the column is missing"},
	} {
		t.Run(sentence, func(t *testing.T) {
			_, err := intake.Synthea(t.Context(), d, damaged(t, c.file, c.old, c.with), intake.Options{})
			if fault.Code(err) != "import.rows" || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
	if clinics, err := d.Clinics(t.Context()); err != nil || len(clinics) != 0 {
		t.Errorf("a refused import made clinics %v, %v", clinics, err)
	}
	if _, err := intake.Synthea(t.Context(), d, synthea, intake.Options{DryRun: true}); err != nil {
		t.Error(err)
	}
	if clinics, err := d.Clinics(t.Context()); err != nil || len(clinics) != 0 {
		t.Errorf("a dry run made clinics %v, %v", clinics, err)
	}
}
