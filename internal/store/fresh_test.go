package store

import (
	"context"
	"os"
	"testing"

	"daftar/internal/fresh"
)

// each runs do on both engines with an empty database, like engine.Each, which
// opens databases by this package.
func each(t *testing.T, do func(t *testing.T, database string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { do(t, empty(t, fresh.SQLite(nil))) })
	t.Run("postgres", func(t *testing.T) { do(t, emptyPostgres(t)) })
}

// emptyPostgres makes a PostgreSQL database without tables.
func emptyPostgres(t *testing.T) string {
	t.Helper()
	server := os.Getenv("DAFTAR_TEST_POSTGRES")
	if server == "" {
		t.Fatal("DAFTAR_TEST_POSTGRES names no PostgreSQL server; run the tests with script/postgres run go test …")
	}
	return empty(t, fresh.Postgres(server, nil))
}

func empty(t *testing.T, source *fresh.Source) string {
	t.Helper()
	database, drop, err := source.Make(context.WithoutCancel(t.Context()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := drop(); err != nil {
			t.Error(err)
		}
	})
	return database
}
