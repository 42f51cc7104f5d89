package intake_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/intake"
	"daftar/test/engine"
)

const example = "../../testdata/import-example"

func TestClinicImportFollowsTheRules(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		d := open(t, database)
		if _, err := intake.Clinic(t.Context(), d, clinic.Actor{}, example, intake.Options{DryRun: true}); err != nil {
			t.Fatal(err)
		}
		if clinics, err := d.Clinics(t.Context()); err != nil || len(clinics) != 0 {
			t.Errorf("a dry run made clinics %v, %v", clinics, err)
		}
		first, err := intake.Clinic(t.Context(), d, clinic.Actor{}, example, intake.Options{})
		if err != nil || first.New == 0 {
			t.Fatal(first, err)
		}
		books := export(t, d, desk.JournalQuery{})
		hledger(t, books, "check", "--strict")
		for file, want := range map[string]string{
			"1001": "390000 IRR",
			"1002": "26000000 IRR", "1003": "0", "1004": "-650000 IRR",
		} {
			if got := balance(t, books, "assets:receivable:patient:"+file); got != want {
				t.Errorf("patient %s: got %s, want %s", file, got, want)
			}
		}
		if _, err := d.Verify(t.Context(), desk.VerifyOptions{}); err != nil {
			t.Error(err)
		}
		again, err := intake.Clinic(t.Context(), d, clinic.Actor{}, example, intake.Options{})
		if err != nil || again.New != 0 || again.Known == 0 || export(t, d, desk.JournalQuery{}) != books {
			t.Errorf("the second import: %+v, %v", again, err)
		}
	})
}

func TestClinicImportSaysWhereARowIsWrong(t *testing.T) {
	d := open(t, engine.SQLite(t))
	if _, err := intake.Clinic(t.Context(), d, clinic.Actor{}, example, intake.Options{}); err != nil {
		t.Fatal(err)
	}
	before := export(t, d, desk.JournalQuery{})
	for sentence, c := range map[string]struct{ file, old, with, want string }{
		"an amount":         {"receipts.csv", "1000000,418233", "1000.5,418233", "receipts.csv:2:amount: "},
		"a day":             {"admissions.csv", "1404/02/01", "1404/13/01", "admissions.csv:2:date: "},
		"a short year":      {"admissions.csv", "1404/02/01", "04/02/01", "admissions.csv:2:date: "},
		"a time":            {"admissions.csv", "10:30", "25:30", "admissions.csv:2:time: "},
		"a reference":       {"admissions.csv", "A2,P2", "A2,P9", `admissions.csv:4:patient: "P9" is no key in patients.csv`},
		"another patient":   {"receipts.csv", "R1,P1,1404/02/01,10:45,cash", "R1,P2,1404/02/01,10:45,cash", "receipts.csv:3:patient: it differs from line 2"},
		"a key twice":       {"patients.csv", "P2,1002", "P1,1002", `patients.csv:3:key: the key "P1" is there twice`},
		"a changed patient": {"patients.csv", "کریمی", "کریم", "patients.csv:2:key: "},
		"a changed receipt": {"receipts.csv", "500000", "600000", "receipts.csv:2:key: "},
		"a new rule broken": {"receipts.csv", "R4,P4", "R5,P4,1404/08/02,17:00,gold,5,,,,\nR4,P4", "receipts.csv:6:method-0: "},
		"a weekday":         {"schedules.csv", "W3,سمانه رحیمی,saturday", "W4,سمانه رحیمی,someday", "schedules.csv:4:weekdays: "},
		"hours":             {"schedules.csv", "W3,سمانه رحیمی,saturday sunday monday tuesday wednesday thursday,10:00", "W4,سمانه رحیمی,saturday,19:00", "schedules.csv:4:from: "},
		"a closed day":      {"appointments.csv", "N4,P1,سمانه رحیمی,S3,1406/02/11", "N6,P1,سمانه رحیمی,S3,1406/02/10", "appointments.csv:5:starts: "},
		"a taken time":      {"appointments.csv", "N5,P3,", "N6,P2,دکتر نسرین صادقی,S1,1406/02/11,09:10,15,booked,phone,,,\nN5,P3,", "appointments.csv:6:starts: "},
		"no admission":      {"appointments.csv", "N1,P1,دکتر نسرین صادقی,S1,1404/02/01,10:30,15,fulfilled,phone,,,A1", "N6,P1,دکتر نسرین صادقی,S1,1404/02/01,10:30,15,fulfilled,phone,,,", "appointments.csv:2:admission: "},
		"another's visit":   {"appointments.csv", "N1,P1,", "N6,P2,", "appointments.csv:2:"},
		"off the grid":      {"appointments.csv", "N4,P1,سمانه رحیمی,S3,1406/02/11,11:00", "N6,P1,سمانه رحیمی,S3,1406/02/11,11:02", "appointments.csv:5:starts: "},
		"an activity":       {"activities.csv", "C2,P3,reminder", "C3,P3,dream", "activities.csv:3:kind: "},
		"a holiday":         {"holidays.csv", "H1,1406/02/10", "H1,1406/02/32", "holidays.csv:2:day: "},
		"a changed one":     {"appointments.csv", "بار اول", "بار دوم", "appointments.csv:5:key: "},
		"a code":            {"patients.csv", "P6,,امیر", "P7,,بابک,الف,123,,,,,,,,,\nP6,,امیر", "patients.csv:7:national_code: "},
	} {
		t.Run(sentence, func(t *testing.T) {
			_, err := intake.Clinic(t.Context(), d, clinic.Actor{}, changedExample(t, c.file, c.old, c.with), intake.Options{})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %s", err, c.want)
			}
			if strings.Contains(sentence, "changed") && fault.Of(err) != fault.Conflict {
				t.Errorf("it is no conflict: %v", err)
			}
			if export(t, d, desk.JournalQuery{}) != before {
				t.Error("the books changed")
			}
		})
	}
}

func TestFilesOfOtherFeaturesAreRefused(t *testing.T) {
	dir := changedExample(t, "patients.csv", "P1", "P1")
	if err := os.WriteFile(filepath.Join(dir, "deposits.csv"), []byte("key\nD1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := intake.Clinic(t.Context(), open(t, engine.SQLite(t)), clinic.Actor{}, dir, intake.Options{})
	if err == nil || !strings.Contains(err.Error(), "deposits.csv: this kind of data is not yet known") {
		t.Error(err)
	}
}

// changedExample copies the example and replaces the first old in one file.
func changedExample(t *testing.T, file, old, with string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(example)); err != nil {
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
