package stream_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"daftar/internal/stream"
)

func line(n int) stream.Event { return stream.Event{ID: strconv.Itoa(n), Name: "count", Data: "x"} }

// A stream sends each event at once, shows every twenty seconds that it is
// alive, and ends when its reader may no longer listen.
func TestSend(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, source, alive := httptest.NewRecorder(), make(chan int), 4
		go func() {
			source <- 1
			time.Sleep(15 * time.Second)
			source <- 2
		}()
		begun := time.Now()
		err := stream.Send(t.Context(), w, source, line, func() bool { alive--; return alive >= 0 })
		if took := time.Since(begun); err != nil || took != time.Minute {
			t.Errorf("the stream ends after %v with %v, want 1m0s", took, err)
		}
		want := "retry: 2000\n\nid: 1\nevent: count\ndata: x\n\nid: 2\nevent: count\ndata: x\n\n:\n\n:\n\n"
		if got := w.Body.String(); got != want || !w.Flushed {
			t.Errorf("sent %q", got)
		}
		if got := w.Header().Get("Content-Type"); !strings.HasPrefix(got, stream.Kind) {
			t.Errorf("it is %s", got)
		}
	})
}

// Nobody hears what happened after they may no longer listen.
func TestNothingIsToldAfterTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, source := httptest.NewRecorder(), make(chan int)
		go func() { source <- 1 }()
		if err := stream.Send(t.Context(), w, source, line, func() bool { return false }); err != nil {
			t.Error(err)
		}
		if got := w.Body.String(); strings.Contains(got, "data") {
			t.Errorf("sent %q", got)
		}
	})
}

// It ends with its source and with its reader.
func TestTheEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		always := func() bool { return true }
		over := make(chan int)
		close(over)
		if err := stream.Send(t.Context(), httptest.NewRecorder(), over, line, always); err != nil {
			t.Error(err)
		}
		ctx, leave := context.WithTimeout(t.Context(), time.Second)
		defer leave()
		if err := stream.Send(ctx, httptest.NewRecorder(), make(chan int), line, always); err != nil {
			t.Error(err)
		}
	})
}

func TestWanted(t *testing.T) {
	for accept, want := range map[string]bool{"text/event-stream": true, "text/event-stream, */*": true, "*/*": false, "": false} {
		r := httptest.NewRequest(http.MethodGet, "/", http.NoBody)
		r.Header.Set("Accept", accept)
		if got := stream.Wanted(r); got != want {
			t.Errorf("%q: %t", accept, got)
		}
	}
}
