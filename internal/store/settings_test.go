package store

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	"daftar/internal/fault"
)

func TestOldSQLiteIsRefused(t *testing.T) {
	for version, ok := range map[string]bool{"3.51.3": true, "3.51.2": false, "3.40.1": false, "3.54.1": true, "4.0.0": true, "2.99.99": false} {
		if err := checkSQLiteVersion(version); (err == nil) != ok {
			t.Errorf("%s: %v", version, err)
		}
	}
}

// Each setting that keeps a promise is asked for; a connection without it is
// refused by name.
func TestWrongSettingsAreRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	for broken, want := range map[string]string{"synchronous(FULL)": "synchronous(NORMAL)", "foreign_keys(1)": "foreign_keys(0)",
		"journal_mode(WAL)": "journal_mode(DELETE)", "trusted_schema(0)": "trusted_schema(1)"} {
		name := sqliteSettings(path, true)
		escape := func(s string) string { return strings.NewReplacer("(", "%28", ")", "%29").Replace(s) }
		changed := strings.Replace(name, escape(broken), escape(want), 1)
		if changed == name {
			t.Fatalf("%s is not in %s", broken, name)
		}
		db, err := sql.Open("sqlite", changed)
		if err != nil {
			t.Fatal(err)
		}
		s := &Store{dialect: sqliteDialect, writer: db, reader: db}
		if err := s.checkSettings(t.Context()); fault.Code(err) != "database.settings" {
			t.Errorf("with %s: %v", want, err)
		}
		s.Close()
	}
}
