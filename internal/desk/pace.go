package desk

import (
	"strconv"
	"sync"
	"time"

	"daftar/internal/fault"
)

// allowance is how often one place of the public may do something in a while.
type allowance struct {
	times int
	per   time.Duration
}

// What one place may do. Many people may come from one place, as behind a
// mobile network, so that these only stop machines; what costs money is bounded
// by mobile as well.
var (
	toLook  = allowance{300, time.Minute}
	toHold  = allowance{30, 10 * time.Minute}
	toCode  = allowance{30, 10 * time.Minute}
	toGuess = allowance{60, 10 * time.Minute}
	toPay   = allowance{60, 10 * time.Minute}
	toFeed  = allowance{120, time.Minute}
)

// pace counts what the public does, by what it is and by place, in windows of
// time. It is forgotten when the program ends.
type pace struct {
	mu     sync.Mutex
	places map[string]*window
}

type window struct {
	count int
	ends  time.Time
}

// step counts one more and refuses it beyond the allowance: Refused
// online.slow with the seconds to wait.
func (p *pace) step(what, origin string, a allowance, now time.Time) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.places == nil {
		p.places = map[string]*window{}
	}
	key := what + " " + origin
	w := p.places[key]
	if w == nil || !now.Before(w.ends) {
		p.makeRoom(now)
		w = &window{ends: now.Add(a.per)}
		p.places[key] = w
	}
	if w.count >= a.times {
		seconds := strconv.Itoa(int((w.ends.Sub(now) + time.Second - 1) / time.Second))
		return fault.New(fault.Refused, "online.slow", "too often; wait %s seconds", seconds).With("seconds", seconds)
	}
	w.count++
	return nil
}

// makeRoom forgets windows that are over, and all of them when places were
// invented faster than that.
func (p *pace) makeRoom(now time.Time) {
	if len(p.places) < mostNames {
		return
	}
	for key, w := range p.places {
		if !now.Before(w.ends) {
			delete(p.places, key)
		}
	}
	if len(p.places) >= mostNames {
		clear(p.places)
	}
}
