package api

import (
	"context"
	"encoding/json"
	"net/http"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/stream"
)

// news is one piece of news. Names are those of staff; nothing of a patient
// but the id.
type news struct {
	ID      string      `json:"id" doc:"say it as since to go on from here"`
	Kind    string      `json:"kind" doc:"change; many: an import; resync: some news was missed; together: who else has the patient on show"`
	At      *time.Time  `json:"at"`
	Action  string      `json:"action,omitempty" doc:"receipt.write, patient.edit, …"`
	Patient string      `json:"patient_id,omitempty"`
	Object  string      `json:"object_id,omitempty" doc:"the record that was made or changed"`
	Staff   string      `json:"staff_id,omitempty"`
	By      string      `json:"by,omitempty"`
	People  []colleague `json:"people,omitempty"`
}

type colleague struct {
	Staff  string `json:"staff_id"`
	Name   string `json:"name"`
	Branch string `json:"branch,omitempty"`
}

type eventQuery struct {
	Since     string `query:"since" doc:"the last id that was seen. Without it, or with 0, a list has all that is still known and a stream only what comes; one that is too old or not ours gets resync alone"`
	LastEvent string `header:"Last-Event-ID" doc:"the same, as browsers say it"`
	Patient   string `query:"patient_id" doc:"whose window is open; a stream then tells who else has it open"`
	Accept    string `header:"Accept" doc:"text/event-stream keeps the answer open"`
}

// eventAnswer is written by hand: it is a list or a stream.
type eventAnswer struct{ Body func(huma.Context) }

func (s *server) addEvents() {
	items := s.huma.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[list[news]](), true, "events")
	lines := &huma.Schema{Type: "string", Description: "server-sent events: the name is the kind, the data an item of the list"}
	add(s, call{method: http.MethodGet, path: "/events", right: clinic.ReadPatients, object: "event",
		says:    "What changed, as a list or, for who accepts text/event-stream, as it happens",
		answers: map[string]*huma.MediaType{"application/json": {Schema: items}, stream.Kind: {Schema: lines}}}, s.events)
}

func (s *server) events(ctx context.Context, a clinic.Actor, in *eventQuery) (*eventAnswer, error) {
	q := desk.WatchQuery{Since: mark(in.Since), Patient: clinic.PatientID(whole(in.Patient))}
	if last := mark(in.LastEvent); last != 0 {
		q.Since = last
	}
	if strings.Contains(in.Accept, stream.Kind) {
		return s.eventStream(ctx, a, q)
	}
	recent, next, err := s.desk.RecentNews(ctx, a, q.Since)
	if err != nil {
		return nil, err
	}
	all := list[news]{Items: []news{}, NextCursor: name(next)}
	for _, n := range recent {
		all.Items = append(all.Items, newsOf(n))
	}
	return &eventAnswer{func(c huma.Context) {
		c.SetHeader("Content-Type", "application/json")
		if err := json.NewEncoder(c.BodyWriter()).Encode(all); err != nil {
			s.log.WarnContext(ctx, "answer was not written whole", "err", err)
		}
	}}, nil
}

// eventStream tells what happens until the reader goes or the token is no
// longer good.
func (s *server) eventStream(ctx context.Context, a clinic.Actor, q desk.WatchQuery) (*eventAnswer, error) {
	source, err := s.desk.Watch(ctx, a, q)
	if err != nil {
		return nil, err
	}
	return &eventAnswer{func(c huma.Context) {
		r, w := humago.Unwrap(c)
		alive := func() bool {
			now, err := s.desk.TokenActor(ctx, bearer(r))
			return err == nil && now.Rights() == a.Rights() && now.Branch == a.Branch
		}
		if err := stream.Send(ctx, w, source, eventLine, alive); err != nil {
			s.log.WarnContext(ctx, "stream was not begun", "err", err)
		}
	}}, nil
}

func newsOf(n desk.News) news {
	e := news{ID: name(n.ID), Kind: string(n.Kind), Action: n.Action, Patient: name(n.Patient), Object: name(n.Object),
		Staff: name(n.Staff), By: n.By}
	if !n.At.IsZero() {
		e.At = &n.At
	}
	for _, p := range n.People {
		e.People = append(e.People, colleague{name(p.Staff), p.Name, p.Branch})
	}
	return e
}

func eventLine(n desk.News) stream.Event {
	e := newsOf(n)
	data, err := json.Marshal(e)
	if err != nil {
		panic("news is no JSON: " + err.Error())
	}
	return stream.Event{ID: e.ID, Name: e.Kind, Data: string(data)}
}

// mark reads the last id that a reader saw, 0 for none. One that we never gave
// is no id of news, so that its reader gets resync.
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
