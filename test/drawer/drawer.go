// Package drawer opens the shifts without which nobody takes money.
package drawer

import (
	"context"
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/desk"
)

// Open begins a shift of the actor with nothing in the drawer.
func Open(t testing.TB, d *desk.Desk, a clinic.Actor) {
	t.Helper()
	if _, err := d.OpenShift(context.Background(), a, desk.OpenShift{}); err != nil {
		t.Fatal(err)
	}
}

// OpenFor begins a shift for somebody who was hired by the actor.
func OpenFor(t testing.TB, d *desk.Desk, a clinic.Actor, s clinic.Staff) {
	t.Helper()
	a.Staff, a.Name, a.Role, a.Granted, a.Withdrawn = s.ID, s.Name, s.Role, s.Granted, s.Withdrawn
	if s.Branch != 0 {
		a.Branch = s.Branch
	}
	if a.Can(clinic.ReceiveMoney) {
		Open(t, d, a)
	}
}
