// Package engine gives tests a database of their own on each engine that Daftar
// runs on, with its tables and nothing in them.
package engine

import (
	"context"
	"os"
	"sync"
	"testing"

	"daftar/internal/fresh"
	"daftar/internal/store"
)

// Each runs do as the subtests "sqlite" and "postgres", each with the name of
// a new database for store.Open. PostgreSQL is the server that
// DAFTAR_TEST_POSTGRES names; without one the test fails, for a test that is
// skipped proves nothing.
func Each(t *testing.T, do func(t *testing.T, database string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { do(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { do(t, Postgres(t)) })
}

// SQLite returns the name of a database in a new file, removed after the test.
func SQLite(t testing.TB) string {
	t.Helper()
	return from(t, sqlite)
}

// Postgres returns the name of a new PostgreSQL database, dropped after the
// test.
func Postgres(t testing.TB) string {
	t.Helper()
	if os.Getenv("DAFTAR_TEST_POSTGRES") == "" {
		t.Fatal("DAFTAR_TEST_POSTGRES names no PostgreSQL server; run the tests with script/postgres run go test …")
	}
	return from(t, postgres())
}

var (
	sqlite   = fresh.SQLite(store.MakeTables)
	postgres = sync.OnceValue(func() *fresh.Source { return fresh.Postgres(os.Getenv("DAFTAR_TEST_POSTGRES"), store.MakeTables) })
)

// from makes a database and takes it away after the test.
func from(t testing.TB, source *fresh.Source) string {
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
