package main

import (
	"crypto/rand"
	"strings"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/serial"
	"daftar/internal/store"
	"daftar/test/engine"
)

// The operator helps where no manager can: what a user may do, and the second
// factor of somebody who lost it.
func TestTheOperatorKeepsUsers(t *testing.T) {
	db := engine.SQLite(t)
	s, err := store.Open(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	d := desk.New(s, desk.Options{Now: time.Now, NextID: serial.New(time.Now, 1).Next, Random: rand.Reader})
	manager, err := d.CreateClinic(t.Context(), desk.NewClinic{Name: "c", Currency: "IRR", Zone: "Asia/Tehran", StaffName: "m"})
	if err != nil {
		t.Fatal(err)
	}
	const password = "a good long password"
	for username, role := range map[string]clinic.Role{"front1": clinic.Receptionist, "boss": clinic.Manager} {
		if _, err := d.AddStaff(t.Context(), manager, desk.AddStaff{Password: password, Staff: clinic.Staff{Name: username, Role: role, Username: username}}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args   []string
		status int
		says   string
	}{
		{[]string{"rights", "front1", "--grant", "audit.read,patient.merge", "--withdraw", "statement.money"}, 0, "patient.merge"},
		{[]string{"rights", "front1", "--withdraw", "audit.read"}, 0, "patient.merge"},
		{[]string{"rights", "front1", "--grant", "king"}, exitUsage, `no permission "king"`},
		{[]string{"rights", "nobody", "--preset"}, exitRefused, "staff.none"},
		{[]string{"rights", "front1", "--preset"}, 0, "statement.money"},
		{[]string{"disable", "front1"}, 0, "front1 is disabled; sessions and tokens ended\n"},
		{[]string{"enable", "front1"}, 0, "front1 may sign in again\n"},
		{[]string{"factor", "boss"}, 0, "boss has no second factor; sessions and tokens ended\n"},
		{[]string{"disable", "boss"}, exitRefused, "staff.last"},
	} {
		status, out, stderr := call(append([]string{"user", "--db", db}, c.args...)...)
		if status != c.status || !strings.Contains(out+stderr, c.says) {
			t.Errorf("%v: status %d, %q %q; want %d and %q", c.args, status, out, stderr, c.status, c.says)
		}
	}
	_, out, _ := call("user", "--db", db, "rights", "front1", "--withdraw", "patient.read")
	if strings.Contains(out, "patient.read ") || strings.Contains(out, "audit.read") {
		t.Errorf("left: %q", out)
	}
}
