// Package fresh makes databases that nobody has used, empty ones and ones with
// their tables. Tables are made once and copied from then on, as making them
// takes longer than most tests.
package fresh

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
)

// Source makes databases on one engine.
type Source struct {
	engine
	tables func(ctx context.Context, database string) error // nil leaves them empty
	once   sync.Once
	first  string // the database that is copied
	failed error
}

// engine is what differs between the two.
type engine interface {
	// create makes a database, empty or a copy of another that nobody has open.
	create(ctx context.Context, of string) (database string, err error)
	drop(ctx context.Context, database string) error
}

// SQLite makes databases in files of their own. tables makes what each of them
// has and closes the database again; nil leaves them empty.
func SQLite(tables func(ctx context.Context, database string) error) *Source {
	return &Source{engine: files{}, tables: tables}
}

// Postgres makes databases on the server of the address. The one that is copied
// stays there when the process ends.
func Postgres(server string, tables func(ctx context.Context, database string) error) *Source {
	return &Source{engine: cluster(server), tables: tables}
}

// Make returns the name of a new database, as store.Open takes it, and what
// takes the database away again.
func (s *Source) Make(ctx context.Context) (database string, drop func() error, err error) {
	if s.tables != nil {
		s.once.Do(func() { s.first, s.failed = s.prepare(ctx) })
		if s.failed != nil {
			return "", nil, s.failed
		}
	}
	database, err = s.create(ctx, s.first)
	if err != nil {
		return "", nil, err
	}
	return database, func() error { return s.drop(context.WithoutCancel(ctx), database) }, nil
}

// prepare makes the database that is copied.
func (s *Source) prepare(ctx context.Context) (database string, err error) {
	database, err = s.create(ctx, "")
	if err == nil {
		err = s.tables(ctx, database)
	}
	return database, err
}

// files are databases of SQLite, each in a new folder.
type files struct{}

func (files) create(_ context.Context, of string) (string, error) {
	folder, err := os.MkdirTemp("", "daftar")
	if err != nil {
		return "", err
	}
	name := "sqlite:" + filepath.Join(folder, "daftar.db")
	if of == "" {
		return name, nil
	}
	content, err := os.ReadFile(path(of))
	if err == nil {
		err = os.WriteFile(path(name), content, 0o600)
	}
	return name, err
}

func (files) drop(_ context.Context, database string) error {
	return os.RemoveAll(filepath.Dir(path(database)))
}

// path is where the file of a database lies.
func path(database string) string { return database[len("sqlite:"):] }

// cluster is the address of a PostgreSQL server.
type cluster string

// made counts the databases of this process, for their names.
var made atomic.Int64

func (c cluster) create(ctx context.Context, of string) (string, error) {
	address, err := url.Parse(string(c))
	if err != nil {
		return "", fmt.Errorf("the address of the PostgreSQL server: %w", err)
	}
	name := fmt.Sprintf("daftar_%d_%d", os.Getpid(), made.Add(1))
	statement := "CREATE DATABASE " + name
	if of != "" {
		// Copied as files it takes a seventh of the time of a copy by pages.
		from, err := url.Parse(of)
		if err != nil {
			return "", err
		}
		statement += " STRATEGY FILE_COPY TEMPLATE " + filepath.Base(from.Path)
	}
	address.Path = "/" + name
	return address.String(), c.tell(ctx, statement)
}

func (c cluster) drop(ctx context.Context, database string) error {
	address, err := url.Parse(database)
	if err != nil {
		return err
	}
	return c.tell(ctx, "DROP DATABASE "+filepath.Base(address.Path)+" WITH (FORCE)")
}

// tell carries out one statement on the server; the driver comes with the
// store.
func (c cluster) tell(ctx context.Context, statement string) error {
	db, err := sql.Open("pgx", string(c))
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, statement)
	if err != nil {
		err = fmt.Errorf("%s: %w", statement, err)
	}
	return errors.Join(err, db.Close())
}
