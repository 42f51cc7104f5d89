package store

import (
	"database/sql"
	"errors"
	"net/url"
	"runtime"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"
)

// dialect is everything that differs between the databases. Nothing else in
// the program may name one.
type dialect struct {
	name       string
	driver     string
	goose      goose.Dialect
	writeLevel sql.IsolationLevel
	readLevel  sql.IsolationLevel
	tokens     *strings.Replacer // of the migrations
	analyze    string
	retryable  func(error) bool // concurrent transactions could not be ordered
	duplicate  func(error) bool // a unique key is taken
}

var sqliteDialect = dialect{
	name:   "sqlite",
	driver: "sqlite",
	goose:  goose.DialectSQLite3,
	tokens: strings.NewReplacer("{{int64}}", "INTEGER", "{{bytes}}", "BLOB", "{{strict}}", "STRICT",
		"{{clustered}}", "STRICT, WITHOUT ROWID", "{{covering}}", "", "{{bytewise}}", ""),
	// With samples of values SQLite plans anew for each value that is bound,
	// which costs more than it gains: only the sizes of the indexes are kept.
	analyze:   "ANALYZE; DELETE FROM sqlite_stat4; ANALYZE sqlite_schema",
	retryable: func(err error) bool { return sqliteCode(err)&0xff == 5 },
	duplicate: func(err error) bool { code := sqliteCode(err); return code == 1555 || code == 2067 },
}

var postgresDialect = dialect{
	name:       "postgres",
	driver:     "pgx",
	goose:      goose.DialectPostgres,
	writeLevel: sql.LevelSerializable,
	readLevel:  sql.LevelRepeatableRead,
	tokens: strings.NewReplacer("{{int64}}", "BIGINT", "{{bytes}}", "BYTEA", "{{strict}}", "",
		"{{clustered}}", "", "{{covering}}", "INCLUDE (recorded, amount)", "{{bytewise}}", `COLLATE "C"`),
	analyze:   "ANALYZE",
	retryable: func(err error) bool { code := postgresCode(err); return code == "40001" || code == "40P01" },
	duplicate: func(err error) bool { return postgresCode(err) == "23505" },
}

// limitTo bounds the rows of a query by a place like $4. SQLite plans a query
// anew each time a bare place behind LIMIT is bound; it does not look into a
// cast.
func limitTo(place string) string { return " LIMIT CAST(" + place + " AS BIGINT)" }

func sqliteCode(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code()
	}
	return 0
}

func postgresCode(err error) string {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

// sqliteSettings are put into the connection string, so that every connection
// has them: durable commits, foreign keys, patience while another writes.
func sqliteSettings(path string, write bool) string {
	q := url.Values{}
	for _, p := range []string{"journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)", "busy_timeout(10000)",
		"trusted_schema(0)", "cell_size_check(1)", "mmap_size(0)", "cache_size(-65536)", "temp_store(2)"} {
		q.Add("_pragma", p)
	}
	if write {
		q.Set("_txlock", "immediate")
	} else {
		q.Add("_pragma", "query_only(1)")
	}
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + q.Encode()
}

// readers is how many connections read at once on SQLite.
func readers() int { return max(4, 2*runtime.NumCPU()) }
