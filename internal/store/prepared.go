package store

import (
	"context"
	"database/sql"
	"sync"
)

// prepared keeps the statements of a pool compiled. SQLite compiles a
// statement each time it is run otherwise, which costs more than running it;
// PostgreSQL's driver keeps its own.
//
// A statement that is met in a transaction for the first time runs as text and
// is prepared after the transaction: preparing needs a connection, and the
// writer has only the one that the transaction holds.
type prepared struct {
	db *sql.DB

	mu     sync.RWMutex
	ready  map[string]*sql.Stmt
	wanted map[string]bool
}

// maxPrepared bounds the statements that are kept; lists of different lengths
// make different texts.
const maxPrepared = 400

func newPrepared(db *sql.DB) *prepared {
	return &prepared{db: db, ready: map[string]*sql.Stmt{}, wanted: map[string]bool{}}
}

// find returns the compiled statement, or nil and notes that it is wanted.
func (p *prepared) find(query string) *sql.Stmt {
	p.mu.RLock()
	stmt, room := p.ready[query], len(p.ready)+len(p.wanted) < maxPrepared && !p.wanted[query]
	p.mu.RUnlock()
	if stmt == nil && room {
		p.mu.Lock()
		p.wanted[query] = true
		p.mu.Unlock()
	}
	return stmt
}

// prepareWanted compiles what the transactions before asked for. The lock is
// not held while it waits for a connection: the transaction that has the
// writer's only one needs the lock to go on.
func (p *prepared) prepareWanted(ctx context.Context) {
	for _, query := range p.takeWanted() {
		// A statement that cannot be prepared goes on running as text.
		stmt, err := p.db.PrepareContext(ctx, query)
		if err != nil {
			continue
		}
		p.mu.Lock()
		_, twice := p.ready[query]
		if !twice {
			p.ready[query] = stmt
		}
		p.mu.Unlock()
		if twice { // somebody may be using the first one
			stmt.Close()
		}
	}
}

// takeWanted empties the list of wanted statements.
func (p *prepared) takeWanted() (queries []string) {
	p.mu.RLock()
	none := len(p.wanted) == 0
	p.mu.RUnlock()
	if none {
		return nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for query := range p.wanted {
		queries = append(queries, query)
	}
	clear(p.wanted)
	return queries
}

// close lets the statements go.
func (p *prepared) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for query, stmt := range p.ready {
		stmt.Close()
		delete(p.ready, query)
	}
}
