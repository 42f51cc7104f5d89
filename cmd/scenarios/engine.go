package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync/atomic"
)

// engine makes fresh databases; drop takes one away again.
type engine struct {
	name string
	make func(ctx context.Context) (database string, drop func() error, err error)
}

// sqliteDatabase makes a database in a new folder.
func sqliteDatabase(context.Context) (string, func() error, error) {
	dir, err := os.MkdirTemp("", "scenario")
	if err != nil {
		return "", nil, err
	}
	return "sqlite:" + filepath.Join(dir, "daftar.db"), func() error { return os.RemoveAll(dir) }, nil
}

// made counts the databases of this process, for their names.
var made atomic.Int64

// postgresDatabase makes databases on a server.
func postgresDatabase(server string) func(ctx context.Context) (string, func() error, error) {
	return func(ctx context.Context) (string, func() error, error) {
		address, err := url.Parse(server)
		if err != nil {
			return "", nil, fmt.Errorf("DAFTAR_TEST_POSTGRES: %w", err)
		}
		name := fmt.Sprintf("scenario_%d_%d", os.Getpid(), made.Add(1))
		if err := tell(ctx, server, "CREATE DATABASE "+name); err != nil {
			return "", nil, err
		}
		address.Path = "/" + name
		return address.String(), func() error { return tell(context.WithoutCancel(ctx), server, "DROP DATABASE "+name+" WITH (FORCE)") }, nil
	}
}

// tell carries out one statement on the server; the driver comes with the
// store.
func tell(ctx context.Context, server, statement string) error {
	db, err := sql.Open("pgx", server)
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, statement)
	return errors.Join(err, db.Close())
}
