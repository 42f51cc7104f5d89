// Package stream writes server-sent events: an answer that stays open while
// there is something to tell. It knows HTTP and nothing of what is told.
package stream

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// Kind is the content type of the answer; a reader that accepts it wants one
// that stays open.
const Kind = "text/event-stream"

// Event is one message. Data is one line.
type Event struct {
	ID   string // what the reader says when it comes back; "" leaves it as it was
	Name string
	Data string
}

// beat is how often a silent stream shows that it is alive, and patience how
// long the reader may take to receive one event.
const (
	beat     = 20 * time.Second
	patience = 10 * time.Second
)

// Wanted reports whether the reader takes an answer that stays open.
func Wanted(r *http.Request) bool { return strings.Contains(r.Header.Get("Accept"), Kind) }

// Send writes what the source brings until it is closed, the reader goes or
// alive says no, which is asked on every beat. The read and write deadlines of
// the server, which are meant for pages, are lifted for this answer.
func Send[T any](ctx context.Context, w http.ResponseWriter, source <-chan T, event func(T) Event, alive func() bool) error {
	out, err := begin(w)
	if err != nil {
		return err
	}
	tick := time.NewTicker(beat)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case one, open := <-source:
			if !open || !alive() { // nobody hears more after signing out
				return nil
			}
			err = out.write(event(one).String())
		case <-tick.C:
			if !alive() {
				return nil
			}
			err = out.write(":\n\n")
		}
		if err != nil {
			return nil // the reader is gone, which is how a stream ends
		}
	}
}

// String is the event as it is sent.
func (e Event) String() string {
	var b strings.Builder
	if e.ID != "" {
		fmt.Fprintf(&b, "id: %s\n", e.ID)
	}
	fmt.Fprintf(&b, "event: %s\ndata: %s\n\n", e.Name, e.Data)
	return b.String()
}

// answer is the open answer.
type answer struct {
	http.ResponseWriter
	control *http.ResponseController
}

// begin sends the head of the answer and when to come back after it broke.
func begin(w http.ResponseWriter) (*answer, error) {
	a := &answer{w, http.NewResponseController(w)}
	// A reading deadline that passes would end the request as if the reader
	// had gone.
	for _, lift := range []func(time.Time) error{a.control.SetReadDeadline, a.control.SetWriteDeadline} {
		if err := lift(time.Time{}); err != nil && !errors.Is(err, http.ErrNotSupported) {
			return nil, fmt.Errorf("stream: %w", err)
		}
	}
	Head(w)
	w.WriteHeader(http.StatusOK)
	return a, a.write("retry: 2000\n\n")
}

// Head sets the headers of a stream: its kind, and that nobody on the way may
// hold it back.
func Head(w http.ResponseWriter) {
	w.Header().Set("Content-Type", Kind+"; charset=utf-8")
	w.Header().Set("X-Accel-Buffering", "no")
}

// write sends text at once. A reader that does not take it in time is cut off.
func (a *answer) write(text string) error {
	cut := time.AfterFunc(patience, func() { a.control.SetWriteDeadline(time.Unix(1, 0)) })
	defer cut.Stop()
	if _, err := io.WriteString(a, text); err != nil {
		return err
	}
	return a.control.Flush()
}
