package desk

import (
	"strconv"
	"sync"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
)

// patience is how sign-in slows down: the first mistakes are free, each further
// one doubles the wait.
type patience struct {
	free    int
	longest time.Duration
}

// Against guessing one password or code, and against trying one password on
// many names. A whole clinic may come from one place, so that its wait is short.
var (
	ofName  = patience{10, longestWait}
	ofPlace = patience{100, 30 * time.Second}
)

const (
	firstWait   = time.Second
	longestWait = 15 * time.Minute
	// mostNames bounds the memory that invented usernames can take.
	mostNames = 10_000
)

// throttle counts the sign-ins that failed, by clinic and username and by place. It is
// forgotten when the program ends, which no attacker can bring about.
type throttle struct {
	mu    sync.Mutex
	names map[throttled]*failures
}

type throttled struct {
	clinic   clinic.ID
	username string
	origin   string // somebody elsewhere must not keep a colleague out
}

type failures struct {
	count int
	until time.Time // no attempt before
}

// attempt counts an attempt before its outcome is known, so that many at once
// gain nothing. Refused login.slow while the name has to wait.
func (t *throttle) attempt(name throttled, p patience, now time.Time) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.names == nil {
		t.names = map[throttled]*failures{}
	}
	f := t.names[name]
	if f == nil {
		t.makeRoom(now)
		f = &failures{}
		t.names[name] = f
	}
	if wait := f.until.Sub(now); wait > 0 {
		seconds := strconv.Itoa(int((wait + time.Second - 1) / time.Second))
		return fault.New(fault.Refused, "login.slow", "too many wrong passwords; wait %s seconds", seconds).With("seconds", seconds)
	}
	f.count++
	f.until = now
	if over := f.count - p.free; over >= 0 {
		f.until = now.Add(min(firstWait<<min(over, 20), p.longest))
	}
	return nil
}

// makeRoom forgets the names that have waited long enough, and if that is not
// enough those that were never slowed down.
func (t *throttle) makeRoom(now time.Time) {
	if len(t.names) < mostNames {
		return
	}
	for name, f := range t.names {
		if now.Sub(f.until) > longestWait {
			delete(t.names, name)
		}
	}
	for name, f := range t.names {
		if len(t.names) >= mostNames && f.count < ofName.free {
			delete(t.names, name)
		}
	}
}

// clear forgets names whose password was right.
func (t *throttle) clear(names ...throttled) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, name := range names {
		delete(t.names, name)
	}
}
