package web

import (
	"encoding/json"
	"io"
	"strconv"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/message"
	"daftar/internal/stream"
)

// liveRoutes: what changes while a page is open.
func (s *server) liveRoutes() []route {
	return []route{quiet(page("/events", clinic.ReadPatients, "", s.events))}
}

// heard is one piece of news as the page's script reads it: which record
// changed, and a sentence that names who did what and nothing of what is in it.
type heard struct {
	Patient string   `json:"patient,omitempty"`
	Action  string   `json:"action,omitempty"`
	Mine    bool     `json:"mine,omitempty"`
	Says    string   `json:"says,omitempty"`
	People  []string `json:"people,omitempty"`
}

// GET /events tells what changes, as server-sent events: ?since= is the last
// news the page knows, ?patient= whose window it shows. A reader that does not
// ask for a stream gets what there is and the end.
func (s *server) events(v visit) error {
	q := desk.WatchQuery{Patient: clinic.PatientID(whole(v.r.FormValue("patient"))), Since: mark(v.r.FormValue("since"))}
	if last := mark(v.r.Header.Get("Last-Event-ID")); last != 0 {
		q.Since = last
	}
	if !stream.Wanted(v.r) {
		return s.recentEvents(v, q)
	}
	news, err := s.Desk.Watch(v.r.Context(), v.actor, q)
	if err != nil {
		return err
	}
	return stream.Send(v.r.Context(), v.w, news, func(n desk.News) stream.Event { return tell(v, n) }, func() bool { return s.stillIn(v) })
}

// recentEvents answers with the news so far.
func (s *server) recentEvents(v visit, q desk.WatchQuery) error {
	all, _, err := s.Desk.RecentNews(v.r.Context(), v.actor, q.Since)
	if err != nil {
		return err
	}
	stream.Head(v.w)
	for _, n := range all {
		if _, err := io.WriteString(v.w, tell(v, n).String()); err != nil {
			return err
		}
	}
	return nil
}

// stillIn reports whether the person is still signed in with the same rights.
func (s *server) stillIn(v visit) bool {
	cookie, err := v.r.Cookie(s.cookieName(v.r))
	if err != nil {
		return false
	}
	now, err := s.Desk.PeekSession(v.r.Context(), cookie.Value)
	return err == nil && now.Actor.Rights() == v.actor.Rights() && now.Actor.Branch == v.actor.Branch
}

// mark reads the last id that a page saw, 0 for none. One that we never gave is
// no id of news, so that its page is told to begin again.
func mark(text string) int64 {
	if text == "" {
		return 0
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return -1
	}
	return n
}

// whole reads a number of ours; anything else is 0.
func whole(text string) int64 {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// tell is a piece of news as an event.
func tell(v visit, n desk.News) stream.Event {
	h := heard{Action: n.Action, Mine: n.Staff == v.actor.Staff}
	if n.Patient != 0 {
		h.Patient = id(n.Patient)
	}
	if n.Kind == desk.Changed {
		h.Says = did(v, n)
	}
	for _, p := range n.People {
		h.People = append(h.People, colleague(v, p))
	}
	e := stream.Event{Name: string(n.Kind)}
	if n.ID != 0 {
		e.ID = strconv.FormatInt(n.ID, 10)
	}
	data, err := json.Marshal(h)
	if err != nil {
		panic("news is no JSON: " + err.Error())
	}
	e.Data = string(data)
	return e
}

// did says who did what and when: live.did.ACTION, or that something changed.
func did(v visit, n desk.News) string {
	key := "live.did." + n.Action
	if !message.Has(key) {
		key = "live.did"
	}
	return v.l.T("live.who", "who", n.By, "at", v.l.Clock(n.At), "did", v.l.T(key))
}

// colleague names somebody with the branch, when it is another than one's own.
func colleague(v visit, p desk.Colleague) string {
	if p.Branch == "" {
		return p.Name
	}
	return v.l.T("live.colleague", "name", p.Name, "branch", p.Branch)
}
