package desk

import (
	"slices"
	"strconv"
	"sync"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
)

// hub brings news from those who change something to those who watch, within
// this process. It starts no goroutine and never waits: a watcher whose channel
// is full is let go. The zero value is ready.
type hub struct {
	mu     sync.Mutex
	rooms  map[clinic.ID]*room
	closed bool
}

// room is the watchers of one clinic and the news they may come back for.
type room struct {
	last     int64  // id of the newest news
	gone     int64  // id of the newest news that is no longer kept
	kept     []News // oldest first
	watchers map[*watcher]bool
}

// watcher is one open page. Only the hub, under its lock, sends and closes.
type watcher struct {
	news    chan News
	scope   clinic.BranchID // the one branch it may know of; 0: all
	patient clinic.PatientID
	self    Colleague
}

// mostWatches bounds how many pages one person may have open at once.
const mostWatches = 50

// mostKept bounds how much news a clinic remembers.
const mostKept = 256

// room returns the clinic's room. Ids go on from the clock, so that those of
// an earlier run of the program are old ones. The lock is held.
func (h *hub) room(id clinic.ID, now time.Time) *room {
	r := h.rooms[id]
	if r == nil {
		if h.rooms == nil {
			h.rooms = map[clinic.ID]*room{}
		}
		start := now.UnixMicro()
		r = &room{last: start, gone: start, watchers: map[*watcher]bool{}}
		h.rooms[id] = r
	}
	return r
}

// publish tells every watcher who may know.
func (h *hub) publish(id clinic.ID, now time.Time, news ...News) {
	if len(news) == 0 {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	r := h.room(id, now)
	for _, n := range news {
		r.last++
		n.ID = r.last
		r.kept = append(r.kept, n)
		for w := range r.watchers {
			if w.mayKnow(n) {
				r.send(w, n)
			}
		}
	}
	if over := len(r.kept) - mostKept; over > 0 {
		r.gone = r.kept[over-1].ID
		r.kept = slices.Delete(r.kept, 0, over)
	}
}

func (w *watcher) mayKnow(n News) bool { return w.scope == 0 || n.branch == 0 || n.branch == w.scope }

// send hands n to w. A watcher that is not keeping up gets Resync instead of
// all that waits for it, and is let go.
func (r *room) send(w *watcher, n News) {
	select {
	case w.news <- n:
		return
	default:
	}
	for len(w.news) > 0 {
		select {
		case <-w.news:
		default: // the reader was faster
		}
	}
	w.news <- News{ID: r.last, Kind: Resync}
	r.drop(w)
}

// drop lets w go and tells those who had the same patient on show.
func (r *room) drop(w *watcher) {
	if !r.watchers[w] {
		return
	}
	delete(r.watchers, w)
	close(w.news)
	r.together(w.patient)
}

// together tells everybody at a patient's window who else is there.
func (r *room) together(patient clinic.PatientID) {
	if patient == 0 {
		return
	}
	for w := range r.watchers {
		if w.patient == patient {
			r.send(w, News{Kind: Together, Patient: patient, People: r.others(w)})
		}
	}
}

// others are the other people at the window of w, each once, by name.
func (r *room) others(w *watcher) (people []Colleague) {
	for o := range r.watchers {
		known := func(c Colleague) bool { return c.Staff == o.self.Staff }
		if o.patient == w.patient && o.self.Staff != w.self.Staff && !slices.ContainsFunc(people, known) {
			people = append(people, o.self)
		}
	}
	slices.SortFunc(people, func(a, b Colleague) int { return int(a.Staff - b.Staff) })
	return people
}

// join lets w in with what it missed. Unavailable live.closed, Refused
// live.many.
func (h *hub) join(id clinic.ID, w *watcher, since int64, now time.Time) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return fault.New(fault.Unavailable, "live.closed", "the server is about to stop")
	}
	r := h.room(id, now)
	same := 0
	for o := range r.watchers {
		if o.self.Staff == w.self.Staff {
			same++
		}
	}
	if same >= mostWatches {
		return fault.New(fault.Refused, "live.many", "one person watches at %d places at most", mostWatches).With("most", strconv.Itoa(mostWatches))
	}
	r.watchers[w] = true
	if since != 0 {
		missed := r.since(w, since)
		if len(missed) > waiting/2 {
			missed = []News{{ID: r.last, Kind: Resync}}
		}
		for _, n := range missed {
			r.send(w, n)
		}
	}
	r.together(w.patient)
	return nil
}

// since is the news after since for w, Resync alone when some is not kept.
func (r *room) since(w *watcher, since int64) (missed []News) {
	if since < r.gone || since > r.last {
		return []News{{ID: r.last, Kind: Resync}}
	}
	for _, n := range r.kept {
		if n.ID > since && w.mayKnow(n) {
			missed = append(missed, n)
		}
	}
	return missed
}

// recent is the news after since for somebody who does not wait for more.
func (h *hub) recent(id clinic.ID, scope clinic.BranchID, since int64, now time.Time) ([]News, int64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	r := h.room(id, now)
	if since == 0 {
		since = r.gone
	}
	return r.since(&watcher{scope: scope}, since), r.last
}

// mark is the id of the newest news.
func (h *hub) mark(id clinic.ID, now time.Time) int64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.room(id, now).last
}

// leave lets w go when it has not been already.
func (h *hub) leave(id clinic.ID, w *watcher) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if r := h.rooms[id]; r != nil {
		r.drop(w)
	}
}

// close lets everybody go and nobody in.
func (h *hub) close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for _, r := range h.rooms {
		for w := range r.watchers {
			delete(r.watchers, w)
			close(w.news)
		}
	}
}
