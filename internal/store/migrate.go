package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing/fstest"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"daftar/internal/fault"
)

//go:embed migrations/*.sql
var migrations embed.FS

// steps returns the migrations of the dialect: the common ones and its own,
// with the type tokens filled in. A step of the other dialect keeps its number
// and does nothing, so that both count alike.
func (d dialect) steps() (fs.FS, error) {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	out := fstest.MapFS{}
	for _, name := range names {
		text, err := migrations.ReadFile(name)
		if err != nil {
			return nil, err
		}
		base := strings.TrimPrefix(name, "migrations/")
		body := "-- +goose Up\n" + d.tokens.Replace(string(text))
		if parts := strings.Split(base, "."); len(parts) == 3 && parts[1] != d.name {
			body = "-- +goose Up\nSELECT 1;\n"
		}
		out[base] = &fstest.MapFile{Data: []byte(body)}
	}
	return out, nil
}

func (s *Store) provider() (*goose.Provider, error) {
	steps, err := s.dialect.steps()
	if err != nil {
		return nil, err
	}
	options := []goose.ProviderOption{goose.WithDisableGlobalRegistry(true)}
	if s.dialect.name == postgresDialect.name {
		locker, err := lock.NewPostgresSessionLocker()
		if err != nil {
			return nil, err
		}
		options = append(options, goose.WithSessionLocker(locker))
	}
	return goose.NewProvider(s.dialect.goose, s.writer, steps, options...)
}

// migrate brings the tables up to date, one transaction a step, under a lock:
// two programs that start together do it once. Unavailable database.newer when
// a newer program has been here.
func (s *Store) migrate(ctx context.Context) error {
	p, err := s.provider()
	if err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	have, want, err := p.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	if have > want {
		return fault.New(fault.Unavailable, "database.newer", "the database is of a newer program (step %d, this one knows %d)", have, want)
	}
	// A step that was passed over, by a program of another branch, is an error here.
	pending, err := p.HasPending(ctx)
	if err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	if !pending {
		return nil
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

// MigrationStep is one step and whether it was taken.
type MigrationStep struct {
	Number  int64
	File    string
	Applied bool
}

// MigrationStatus lists every step.
func (s *Store) MigrationStatus(ctx context.Context) ([]MigrationStep, error) {
	p, err := s.provider()
	if err != nil {
		return nil, err
	}
	all, err := p.Status(ctx)
	if err != nil {
		return nil, err
	}
	var steps []MigrationStep
	for _, one := range all {
		steps = append(steps, MigrationStep{one.Source.Version, one.Source.Path, one.State == goose.StateApplied})
	}
	return steps, nil
}

// oldestSQLite is the first version without the WAL-reset bug that can damage
// a file under two connections.
var oldestSQLite = [3]int{3, 51, 3}

// checkSettings asks the database itself whether commits are durable and keys
// are enforced. Unavailable database.settings names the wrong one.
func (s *Store) checkSettings(ctx context.Context) error {
	if s.dialect.name == postgresDialect.name {
		return checkAnswers(ctx, s.writer, []answer{
			{"SELECT CASE WHEN CAST(current_setting('server_version_num') AS INTEGER) >= 140000 THEN 'new' ELSE 'old' END", "new", "PostgreSQL 14 or newer"},
			{"SHOW server_encoding", "UTF8", "server_encoding UTF8"},
		})
	}
	var version string
	if err := s.writer.QueryRowContext(ctx, "SELECT sqlite_version()").Scan(&version); err != nil {
		return fmt.Errorf("version: %w", err)
	}
	if err := checkSQLiteVersion(version); err != nil {
		return err
	}
	settings := []answer{{"PRAGMA journal_mode", "wal", "journal_mode WAL"}, {"PRAGMA synchronous", "2", "synchronous FULL"},
		{"PRAGMA foreign_keys", "1", "foreign_keys on"}, {"PRAGMA trusted_schema", "0", "trusted_schema off"}}
	return errors.Join(checkAnswers(ctx, s.writer, settings), checkAnswers(ctx, s.reader, settings))
}

// answer is what the database must say to a question.
type answer struct{ query, want, name string }

func checkAnswers(ctx context.Context, db *sql.DB, answers []answer) error {
	for _, a := range answers {
		var got string
		if err := db.QueryRowContext(ctx, a.query).Scan(&got); err != nil {
			return fmt.Errorf("%s: %w", a.query, err)
		}
		if got != a.want {
			return fault.New(fault.Unavailable, "database.settings", "the database must run with %s, not %s", a.name, got)
		}
	}
	return nil
}

func checkSQLiteVersion(version string) error {
	var v [3]int
	if _, err := fmt.Sscanf(version, "%d.%d.%d", &v[0], &v[1], &v[2]); err != nil {
		return fmt.Errorf("sqlite version %q: %w", version, err)
	}
	for i := range v {
		if v[i] != oldestSQLite[i] {
			if v[i] < oldestSQLite[i] {
				return fault.New(fault.Unavailable, "database.settings", "SQLite %s is older than 3.51.3 and may damage the file", version)
			}
			return nil
		}
	}
	return nil
}
