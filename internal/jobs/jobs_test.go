package jobs_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/jobs"
	"daftar/internal/serial"
	"daftar/internal/store"
	"daftar/test/engine"
)

// log is a log that goroutines share.
type log struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *log) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

func (l *log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// office is a clinic with a patient, whose clock stands still.
func office(t *testing.T, database string) (*desk.Desk, clinic.Actor, *store.Store) {
	t.Helper()
	s, err := store.Open(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	at := time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
	now := func() time.Time { return at }
	d := desk.New(s, desk.Options{Now: now, NextID: serial.New(now, 1).Next, Random: rand.Reader})
	actor, err := d.CreateClinic(t.Context(), desk.NewClinic{Name: "درمانگاه", Currency: "IRR", Zone: "Asia/Tehran", StaffName: "مدیر"})
	if err != nil {
		t.Fatal(err)
	}
	return d, actor, s
}

// queue queues a message.
func queue(t *testing.T, s *store.Store, c clinic.ID, id clinic.MessageID) {
	t.Helper()
	at := time.Date(2026, 11, 23, 7, 0, 0, 0, time.UTC)
	err := s.Write(t.Context(), c, func(tx *store.Tx) error {
		return tx.AddMessage(t.Context(), clinic.Message{ID: id, Mobile: "09121234567", Kind: clinic.MessageBooked, Text: "x", Due: at, Recorded: at})
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestTheLoopRunsAtOnceWhenKickedAndUntilItIsStopped(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		d, actor, s := office(t, database)
		sent := make(chan clinic.MessageID, 10)
		var said log
		l := jobs.New(jobs.Options{Desk: d, Log: slog.New(slog.NewTextHandler(&said, nil)), Send: func(_ context.Context, m clinic.Message) error {
			sent <- m.ID
			return nil
		}})
		wait := func(want clinic.MessageID) {
			t.Helper()
			select {
			case got := <-sent:
				if got != want {
					t.Errorf("%d was sent, want %d", got, want)
				}
			case <-time.After(20 * time.Second):
				t.Fatalf("%d was not sent; the log says %s", want, said.String())
			}
		}
		ctx, stop := context.WithCancel(t.Context())
		queue(t, s, actor.Clinic, 1)
		l.Start(ctx)
		wait(1)
		queue(t, s, actor.Clinic, 2)
		l.Kick()
		wait(2)
		stop()
		l.Wait()
		queue(t, s, actor.Clinic, 3)
		l.Kick()
		if len(sent) != 0 || said.String() != "" {
			t.Errorf("%d were sent after the end; the log says %s", len(sent), said.String())
		}
	})
}

// A job that fails or breaks is in the log, without what it said, and the others
// run.
func TestAJobThatBreaksStopsNothing(t *testing.T) {
	d, actor, s := office(t, engine.SQLite(t))
	var said log
	o := jobs.Options{Desk: d, Log: slog.New(slog.NewTextHandler(&said, nil)), Send: func(context.Context, clinic.Message) error {
		panic("زهرا کریمی")
	}}
	queue(t, s, actor.Clinic, 1)
	jobs.New(o).Run(t.Context())
	if text := said.String(); !strings.Contains(text, "job=messages") || strings.Contains(text, "کریمی") {
		t.Error(text)
	}
	err := s.Read(t.Context(), actor.Clinic, func(tx *store.Tx) (err error) {
		_, err = tx.Staff(t.Context(), clinic.Automatic) // of the last job
		return err
	})
	if err != nil {
		t.Error("the other jobs did not run:", err)
	}
	s.Close()
	jobs.New(o).Run(t.Context())
	if text := said.String(); !strings.Contains(text, "job=clinics") {
		t.Error(text)
	}
}
