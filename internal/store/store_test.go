package store_test

import (
	"database/sql"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/money"
	"daftar/internal/store"
	"daftar/test/engine"
)

func open(t *testing.T, database string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// Opening a second time changes nothing; every step is taken.
func TestMigrationsRunOnce(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		open(t, database)
		steps, err := open(t, database).MigrationStatus(t.Context())
		if err != nil || len(steps) == 0 {
			t.Fatal(steps, err)
		}
		for _, s := range steps {
			if !s.Applied {
				t.Errorf("step %d %s is not applied", s.Number, s.File)
			}
		}
	})
}

// The database itself refuses to change what was posted.
func TestFactsAreFinal(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		s := open(t, database)
		err := s.Write(t.Context(), 1, func(tx *store.Tx) error {
			c := clinic.Clinic{Name: "x", Currency: money.IRR, Zone: time.UTC}
			if err := tx.AddClinic(t.Context(), c, time.Now()); err != nil {
				return err
			}
			return tx.Audit(t.Context(), store.Audit{ID: 1, At: time.Now(), Action: "a", Origin: "test"})
		})
		if err != nil {
			t.Fatal(err)
		}
		db := raw(t, database)
		for _, statement := range []string{"UPDATE audit SET action = 'b'", "DELETE FROM audit"} {
			if _, err := db.Exec(statement); err == nil || !strings.Contains(err.Error(), "audit is final") {
				t.Errorf("%s: %v", statement, err)
			}
		}
	})
}

// Every table of facts has its guard; the list stands in the migrations of
// both engines.
func TestEveryTableOfFactsIsGuarded(t *testing.T) {
	facts := []string{"entry", "posting", "receipt", "money_line", "fund", "allocation", "cheque_event", "receipt_print", "voided", "refund",
		"deposit_movement", "remission", "shift_count", "share_transfer", "insurer_payment", "audit", "request",
		"instalment_plan", "instalment", "instalment_plan_end"}
	for _, files := range [][]string{{"0006_facts_are_final.sqlite", "0018_money_is_final.sqlite", "0026_prints_are_final.sqlite", "0044_instalment_is_final.sqlite"},
		{"0007_facts_are_final.postgres", "0019_money_is_final.postgres", "0027_prints_are_final.postgres", "0045_instalment_is_final.postgres"}} {
		var all string
		for _, file := range files {
			text, err := os.ReadFile("migrations/" + file + ".sql")
			if err != nil {
				t.Fatal(err)
			}
			all += string(text)
		}
		for _, f := range facts {
			if !strings.Contains(all, " ON "+f+" ") {
				t.Errorf("%v do not guard %s", files, f)
			}
		}
	}
}

// raw opens the database behind the program's back.
func raw(t *testing.T, database string) *sql.DB {
	t.Helper()
	driver, name := "pgx", database
	if path, ok := strings.CutPrefix(database, "sqlite:"); ok {
		driver, name = "sqlite", path
	}
	db, err := sql.Open(driver, name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// A newer program's database is left alone.
func TestNewerDatabaseIsRefused(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		open(t, database).Close()
		if _, err := raw(t, database).Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, true)"); err != nil {
			t.Fatal(err)
		}
		if _, err := store.Open(t.Context(), database); fault.Code(err) != "database.newer" {
			t.Errorf("opened: %v", err)
		}
	})
}

func TestNamesOfDatabases(t *testing.T) {
	for name, code := range map[string]string{
		"":                              "database.name",
		"sqlite:":                       "database.name",
		"mysql://x":                     "database.name",
		"sqlite:/no/such/folder/x.db":   "database.open",
		"postgres://x@127.0.0.1:1/none": "database.open",
	} {
		if _, err := store.Open(t.Context(), name); fault.Code(err) != code {
			t.Errorf("%q: %v, want %s", name, err, code)
		}
	}
}

// The file holds patients' data; nobody else may read it.
func TestFileIsPrivate(t *testing.T) {
	database := engine.SQLite(t)
	open(t, database)
	info, err := os.Stat(strings.TrimPrefix(database, "sqlite:"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

// What a function does before it fails is undone.
func TestFailedWriteLeavesNothing(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		s := open(t, database)
		oops := errors.New("oops")
		err := s.Write(t.Context(), 1, func(tx *store.Tx) error {
			c := clinic.Clinic{Name: "x", Currency: money.IRR, Zone: time.UTC}
			if err := tx.AddClinic(t.Context(), c, time.Now()); err != nil {
				return err
			}
			return oops
		})
		if !errors.Is(err, oops) {
			t.Fatal(err)
		}
		if ids, err := s.Clinics(t.Context()); err != nil || len(ids) != 0 {
			t.Errorf("clinics %v, %v", ids, err)
		}
	})
}

// A number that is rolled back is given again: no gaps.
func TestNumbersHaveNoGaps(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		s := open(t, database)
		take := func(fail error) (n int64) {
			s.Write(t.Context(), 1, func(tx *store.Tx) (err error) {
				if n, err = tx.NextNumber(t.Context(), "test", 1405); err != nil {
					t.Fatal(err)
				}
				return fail
			})
			return n
		}
		if got := []int64{take(nil), take(errors.New("no")), take(nil), take(nil)}; got[0] != 1 || got[1] != 2 || got[2] != 2 || got[3] != 3 {
			t.Errorf("numbers %v", got)
		}
	})
}
