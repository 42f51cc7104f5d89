// Package intake_test brings data in and out of whole databases and compares
// with figures that are not ours.
package intake_test

import (
	"crypto/rand"
	"strings"
	"testing"
	"time"

	"daftar/internal/desk"
	"daftar/internal/serial"
	"daftar/internal/store"
)

// today is when the tests happen.
var today = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

const synthea = "../../testdata/synthea"

// open opens the database with a desk whose clock stands.
func open(t *testing.T, database string) *desk.Desk {
	t.Helper()
	s, err := store.Open(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	now := func() time.Time { return today }
	return desk.New(s, desk.Options{Now: now, NextID: serial.New(now, 1).Next, Random: rand.Reader})
}

// export is the books of the first clinic.
func export(t *testing.T, d *desk.Desk, q desk.JournalQuery) string {
	t.Helper()
	actor, err := d.Operator(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := d.ExportJournal(t.Context(), actor, &out, q); err != nil {
		t.Fatal(err)
	}
	return out.String()
}
