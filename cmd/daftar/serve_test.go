package main

import (
	"bufio"
	"context"
	"crypto/rand"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/serial"
	"daftar/internal/store"
	"daftar/test/engine"
)

// A server that is told to stop does not wait for a page that listens to news.
func TestStoppingEndsStreams(t *testing.T) {
	s, err := store.Open(t.Context(), engine.SQLite(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	d := desk.New(s, desk.Options{Now: time.Now, NextID: serial.New(time.Now, 1).Next, Random: rand.Reader})
	manager, err := d.CreateClinic(t.Context(), desk.NewClinic{Name: "درمانگاه", Currency: "IRR", Zone: "Asia/Tehran", StaffName: "مدیر"})
	if err != nil {
		t.Fatal(err)
	}
	_, err = d.AddStaff(t.Context(), manager, desk.AddStaff{Password: "a long enough secret",
		Staff: clinic.Staff{Name: "سارا", Role: clinic.Receptionist, Username: "sara", Branch: manager.Branch}})
	if err != nil {
		t.Fatal(err)
	}
	token, err := d.CreateToken(t.Context(), manager, "sara", time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	address, served := make(chan string, 1), make(chan error, 1)
	go func() {
		l := &listen{Addr: "127.0.0.1:0"}
		listener, err := l.bind()
		if err != nil {
			served <- err
			return
		}
		served <- l.serve(ctx, &console{err: io.Discard}, d, listener, func(url string) error { address <- url; return nil })
	}()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, <-address+"/api/v1/events", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+token)
	r.Header.Set("Accept", "text/event-stream")
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	lines := bufio.NewScanner(response.Body)
	if lines.Scan(); !strings.HasPrefix(lines.Text(), "retry") {
		t.Fatalf("the stream begins with %q", lines.Text())
	}
	stop()
	select {
	case err := <-served:
		if err != nil {
			t.Errorf("it stops with %v", err)
		}
	case <-time.After(5 * time.Second):
		t.Error("it waits for the stream")
	}
}

// After an import there is a clinic and nobody who can sign in; serve says so.
func TestNobodySignsInAfterAnImport(t *testing.T) {
	s, err := store.Open(t.Context(), engine.SQLite(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	d := desk.New(s, desk.Options{Now: time.Now, NextID: serial.New(time.Now, 1).Next, Random: rand.Reader})
	check := func(when string, want bool) {
		t.Helper()
		ids, err := d.Clinics(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if locked, err := nobodySignsIn(t.Context(), d, ids); err != nil || locked != want {
			t.Errorf("%s: %v %v, want %v", when, locked, err, want)
		}
	}
	check("without a clinic", false)
	manager, err := d.CreateClinic(t.Context(), desk.NewClinic{Name: "درمانگاه", Currency: "IRR", Zone: "Asia/Tehran", StaffName: "مدیر"})
	if err != nil {
		t.Fatal(err)
	}
	check("imported", true)
	_, err = d.AddStaff(t.Context(), manager, desk.AddStaff{Password: "a long enough secret",
		Staff: clinic.Staff{Name: "سارا", Role: clinic.Manager, Username: "sara", Branch: manager.Branch}})
	if err != nil {
		t.Fatal(err)
	}
	check("with a manager", false)
}
