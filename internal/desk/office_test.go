package desk_test

import (
	"crypto/rand"
	"sync"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/serial"
	"daftar/internal/store"
	"daftar/test/drawer"
	"daftar/test/engine"
)

// office is a desk with a clinic, its manager and a clock that the test moves.
type office struct {
	*desk.Desk
	store   *store.Store
	manager clinic.Actor
	clock   *clock
	ids     *serial.Maker
}

// clock stands still until it is moved.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// eachOffice runs do with an office on each database.
func eachOffice(t *testing.T, do func(t *testing.T, o office)) {
	t.Helper()
	engine.Each(t, func(t *testing.T, database string) {
		o := emptyOffice(t, database)
		var err error
		o.manager, err = o.CreateClinic(t.Context(), desk.NewClinic{Name: "درمانگاه آزمون", Currency: "IRR",
			Zone: "Asia/Tehran", StaffName: "مدیر آزمون"})
		if err != nil {
			t.Fatal(err)
		}
		drawer.Open(t, o.Desk, o.manager)
		do(t, o)
	})
}

// emptyOffice has no clinic yet.
func emptyOffice(t *testing.T, database string) office {
	t.Helper()
	s, err := store.Open(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	c := &clock{at: time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)}
	ids := serial.New(c.now, 1)
	d := desk.New(s, desk.Options{Now: c.now, NextID: ids.Next, Random: rand.Reader})
	return office{Desk: d, store: s, clock: c, ids: ids}
}

// register adds a patient that the test needs.
func (o office) register(t *testing.T, p clinic.Patient) clinic.Patient {
	t.Helper()
	p, err := o.RegisterPatient(t.Context(), o.manager, desk.RegisterPatient{Patient: p})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// as is the manager in another role.
func (o office) as(role clinic.Role) clinic.Actor {
	a := o.manager
	a.Role = role
	return a
}

// refuses fails the test unless err has the kind and the code.
func refuses(t *testing.T, err error, kind fault.Kind, code string) {
	t.Helper()
	if fault.Of(err) != kind || fault.Code(err) != code {
		t.Errorf("%v; want %v %s", err, kind, code)
	}
}

// audit returns the newest lines of the audit, newest first.
func (o office) audit(t *testing.T) []store.Audit {
	t.Helper()
	var lines []store.Audit
	err := o.store.Read(t.Context(), o.manager.Clinic, func(tx *store.Tx) (err error) {
		lines, err = tx.Audits(t.Context(), 1000)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return lines
}
