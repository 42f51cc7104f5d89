// Package serial makes the ids of records: time-ordered, below 2^53 so that
// JavaScript can hold them, never the same twice from one maker. It knows no
// clock and no chance of its own; both are handed in.
package serial

import (
	"sync"
	"time"
)

// epoch is the instant from which ids count milliseconds; 41 bits of them last
// until 2089.
var epoch = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)

// perMillisecond is how many ids one millisecond holds. A maker that needs more
// borrows from the next millisecond.
const perMillisecond = 1 << 12

// Maker hands out ids. It is safe for concurrent use.
type Maker struct {
	now  func() time.Time
	seed int64

	mu   sync.Mutex
	last int64
}

// New returns a maker that reads the time from now. Makers of several programs
// on one database get different seeds, so that they rarely meet.
func New(now func() time.Time, seed int64) *Maker {
	return &Maker{now: now, seed: ((seed % 512) + 512) % 512}
}

// Next returns the next id: later than every id before it, even when the clock
// goes back.
func (m *Maker) Next() int64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	id := m.now().Sub(epoch).Milliseconds()*perMillisecond + m.seed
	if id <= m.last {
		id = m.last + 1
	}
	m.last = id
	return id
}
