// Package store keeps the clinic's records: every SQL statement, the
// transactions they run in and the migrations. One text of SQL runs on SQLite
// and on PostgreSQL; what differs is in dialect.go. It knows no rule of the
// clinic and decides nothing.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/ledger"
)

// Store is an open database. It is safe for concurrent use.
type Store struct {
	dialect dialect
	writer  *sql.DB
	reader  *sql.DB // the same as writer on PostgreSQL

	writing, reading *prepared // nil where the driver prepares by itself
	turns            sync.Map  // clinic.ID: *sync.Mutex
}

// Open opens the database named "sqlite:PATH" or "postgres://…", refuses one
// whose settings do not keep our promises, and brings its tables up to date.
// Invalid database.name for another name; Unavailable database.settings and
// database.newer.
func Open(ctx context.Context, name string) (*Store, error) {
	s, err := connect(ctx, name)
	if err != nil {
		return nil, err
	}
	if err = s.checkSettings(ctx); err == nil {
		err = s.migrate(ctx)
	}
	if err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// MakeTables brings the tables of the database up to date and closes it again.
// Faults are those of Open.
func MakeTables(ctx context.Context, name string) error {
	s, err := Open(ctx, name)
	if err != nil {
		return err
	}
	return s.Close()
}

// OpenAsIs opens the database without touching its tables or asking for its
// settings, to look at the state of its migrations.
func OpenAsIs(ctx context.Context, name string) (*Store, error) { return connect(ctx, name) }

func connect(ctx context.Context, name string) (*Store, error) {
	if path, ok := strings.CutPrefix(name, "sqlite:"); ok && path != "" {
		return connectSQLite(path)
	}
	if strings.HasPrefix(name, "postgres://") || strings.HasPrefix(name, "postgresql://") {
		return connectPostgres(ctx, name)
	}
	return nil, fault.New(fault.Invalid, "database.name", "a database is named sqlite:PATH or postgres://…")
}

func connectSQLite(path string) (*Store, error) {
	// The file holds patients' data: only the clinic's own user may read it.
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fault.New(fault.Unavailable, "database.open", "%v", err).Because(err)
	}
	if err := f.Close(); err != nil {
		return nil, err
	}
	writer, err := sql.Open(sqliteDialect.driver, sqliteSettings(path, true))
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	writer.SetMaxOpenConns(1)
	reader, err := sql.Open(sqliteDialect.driver, sqliteSettings(path, false))
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, err), writer.Close())
	}
	reader.SetMaxOpenConns(readers())
	reader.SetMaxIdleConns(readers())
	return &Store{dialect: sqliteDialect, writer: writer, reader: reader,
		writing: newPrepared(writer), reading: newPrepared(reader)}, nil
}

func connectPostgres(ctx context.Context, name string) (*Store, error) {
	db, err := sql.Open(postgresDialect.driver, name)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	db.SetMaxOpenConns(32)
	db.SetMaxIdleConns(32)
	if err := db.PingContext(ctx); err != nil {
		return nil, errors.Join(fault.New(fault.Unavailable, "database.open", "the database does not answer").Because(err), db.Close())
	}
	return &Store{dialect: postgresDialect, writer: db, reader: db}, nil
}

// Close closes the database.
func (s *Store) Close() error {
	if s.writing != nil {
		s.writing.close()
		s.reading.close()
	}
	if s.reader == s.writer {
		return s.writer.Close()
	}
	return errors.Join(s.reader.Close(), s.writer.Close())
}

// Engine is "sqlite" or "postgres".
func (s *Store) Engine() string { return s.dialect.name }

// Tx is one transaction on the rows of one clinic. Every read and write is a
// method of Tx, so nothing is read outside a transaction by accident. A Tx
// dies with the function it was handed to.
type Tx struct {
	tx       *sql.Tx
	prepared *prepared
	store    *Store
	clinic   clinic.ID
	accounts map[ledger.Account]int64 // numbers met so far, 0: not made yet; they never change otherwise
}

// attempts bounds how often Write runs its function when the database reports
// that concurrent transactions could not be ordered.
const attempts = 30

// patience is after how many attempts a transaction queues with the others of
// its clinic that failed as often, so that all of them come through.
const patience = 2

// turn is the queue of a clinic.
func (s *Store) turn(c clinic.ID) *sync.Mutex {
	turn, _ := s.turns.LoadOrStore(c, &sync.Mutex{})
	return turn.(*sync.Mutex)
}

// Write runs do in a serializable transaction: committed if do returns nil,
// rolled back otherwise. do may run more than once, so it must have no effect
// outside tx.
func (s *Store) Write(ctx context.Context, c clinic.ID, do func(tx *Tx) error) error {
	var err error
	for attempt := range attempts {
		if attempt == patience {
			turn := s.turn(c)
			turn.Lock()
			defer turn.Unlock()
		}
		err = s.once(ctx, s.writer, s.writing, &sql.TxOptions{Isolation: s.dialect.writeLevel}, c, do)
		if err == nil || !s.dialect.retryable(err) && !s.raced(err, attempt) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Duration(attempt) * time.Millisecond):
		}
	}
	return fault.New(fault.Unavailable, "database.busy", "gave up after %d attempts", attempts).Because(err)
}

// lostRaces is how often a transaction that lost a seat runs again.
const lostRaces = 3

// raced reports whether a transaction lost a seat to one that it could not see.
// Run again it sees that one: the seat is taken, or it was the same request,
// which is answered as the first time.
func (s *Store) raced(err error, attempt int) bool {
	return attempt < lostRaces && errors.Is(err, errSeatTaken)
}

// Read runs do against one consistent snapshot.
func (s *Store) Read(ctx context.Context, c clinic.ID, do func(tx *Tx) error) error {
	return s.once(ctx, s.reader, s.reading, &sql.TxOptions{ReadOnly: true, Isolation: s.dialect.readLevel}, c, do)
}

func (s *Store) once(ctx context.Context, db *sql.DB, p *prepared, opts *sql.TxOptions, c clinic.ID, do func(tx *Tx) error) error {
	if p != nil {
		p.prepareWanted(ctx)
	}
	tx, err := db.BeginTx(ctx, opts)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer tx.Rollback() // does nothing once committed

	if err := do(&Tx{tx: tx, prepared: p, store: s, clinic: c, accounts: map[ledger.Account]int64{}}); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		if gone := ctx.Err(); gone != nil {
			return gone // nobody waits any more, so it was rolled back
		}
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}

// Clinic is the clinic whose rows the transaction sees.
func (tx *Tx) Clinic() clinic.ID { return tx.clinic }

// stmt is the compiled statement, nil when it runs as text.
func (tx *Tx) stmt(ctx context.Context, query string) *sql.Stmt {
	if tx.prepared == nil {
		return nil
	}
	stmt := tx.prepared.find(query)
	if stmt == nil {
		return nil
	}
	return tx.tx.StmtContext(ctx, stmt)
}

// query runs a statement that returns rows.
func (tx *Tx) query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if stmt := tx.stmt(ctx, query); stmt != nil {
		return stmt.QueryContext(ctx, args...)
	}
	return tx.tx.QueryContext(ctx, query, args...)
}

// row runs a statement that returns one row.
func (tx *Tx) row(ctx context.Context, query string, args ...any) *sql.Row {
	if stmt := tx.stmt(ctx, query); stmt != nil {
		return stmt.QueryRowContext(ctx, args...)
	}
	return tx.tx.QueryRowContext(ctx, query, args...)
}

// exec runs a statement that changes rows.
func (tx *Tx) exec(ctx context.Context, query string, args ...any) error {
	_, err := tx.change(ctx, query, args...)
	return err
}

// change runs a statement and returns how many rows it changed.
func (tx *Tx) change(ctx context.Context, query string, args ...any) (int64, error) {
	var r sql.Result
	var err error
	if stmt := tx.stmt(ctx, query); stmt != nil {
		r, err = stmt.ExecContext(ctx, args...)
	} else {
		r, err = tx.tx.ExecContext(ctx, query, args...)
	}
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

// collect reads all rows of a query with scan.
func collect[T any](ctx context.Context, tx *Tx, scan func(scan func(...any) error) (T, error), query string, args ...any) ([]T, error) {
	rows, err := tx.query(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		one, err := scan(rows.Scan)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

// insert builds "INSERT INTO table (columns) VALUES ($1…), …" for n rows.
func insert(table string, columns string, n int) string {
	width := strings.Count(columns, ",") + 1
	var b strings.Builder
	b.WriteString("INSERT INTO " + table + " (" + columns + ") VALUES ")
	for r := range n {
		if r > 0 {
			b.WriteString(", ")
		}
		b.WriteString("(" + places(r*width+1, width) + ")")
	}
	return b.String()
}

// places is "$from, $from+1, …", n of them.
func places(from, n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "$%d", from+i)
	}
	return b.String()
}

// micros is how instants are stored; moment reads them back.
func micros(t time.Time) int64 { return t.UnixMicro() }

func moment(us int64) time.Time { return time.UnixMicro(us).UTC() }

// nullID stores the id 0 as NULL.
func nullID[T ~int64](id T) sql.NullInt64 { return sql.NullInt64{Int64: int64(id), Valid: id != 0} }

// nullText stores "" as NULL.
func nullText(s string) sql.NullString { return sql.NullString{String: s, Valid: s != ""} }

// orMissing is err, or the error of a missing row when there is none.
func orMissing(err error) error {
	if err == nil {
		return sql.ErrNoRows
	}
	return err
}

// some turns a missing row into a NotFound fault and wraps other errors with
// what was being done.
func some(err error, code, what string, id any) error {
	if errors.Is(err, sql.ErrNoRows) {
		return fault.New(fault.NotFound, code, "there is no %s %v", what, id)
	}
	if err != nil {
		return fmt.Errorf("%s %v: %w", what, id, err)
	}
	return nil
}
