// Package engine gives tests a fresh database on each engine that Daftar runs
// on. It knows no table; whoever opens the database makes them.
package engine

import (
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

// Each runs do as the subtests "sqlite" and "postgres", each with the name of
// an empty database for store.Open. PostgreSQL is the server that
// DAFTAR_TEST_POSTGRES names; without one the test fails, for a test that is
// skipped proves nothing.
func Each(t *testing.T, do func(t *testing.T, database string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { do(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { do(t, Postgres(t)) })
}

// SQLite returns the name of a database in a new file, removed after the test.
func SQLite(t *testing.T) string {
	t.Helper()
	return "sqlite:" + filepath.Join(t.TempDir(), "daftar.db")
}

// made counts the databases of this process, for their names.
var made atomic.Int64

// Postgres returns the name of a new PostgreSQL database, dropped after the
// test.
func Postgres(t *testing.T) string {
	t.Helper()
	server := os.Getenv("DAFTAR_TEST_POSTGRES")
	if server == "" {
		t.Fatal("DAFTAR_TEST_POSTGRES names no PostgreSQL server; run the tests with script/postgres run go test …")
	}
	address, err := url.Parse(server)
	if err != nil {
		t.Fatalf("DAFTAR_TEST_POSTGRES: %v", err)
	}
	name := fmt.Sprintf("daftar_%d_%d", os.Getpid(), made.Add(1))
	run(t, server, "CREATE DATABASE "+name)
	t.Cleanup(func() { run(t, server, "DROP DATABASE "+name+" WITH (FORCE)") })
	address.Path = "/" + name
	return address.String()
}

// run carries out one statement on the server.
func run(t *testing.T, server, statement string) {
	t.Helper()
	db, err := sql.Open("pgx", server)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}
