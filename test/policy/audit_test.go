package policy_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
)

// asking are the questions behind ? that let a route show people.
var asking = map[string]string{"GET /patients": "?q=احمدی", "GET /palette": "?q=احمدی", "GET /api/v1/patients": "?q=احمدی"}

// An answer that names a patient leaves a line in the audit that says whom it
// named and to whom.
func TestWhoeverIsShownIsInTheAudit(t *testing.T) {
	w := openWorld(t)
	shown := 0
	for _, l := range readPolicy(t) {
		for _, role := range []clinic.Role{clinic.Manager, clinic.Receptionist, clinic.Doctor} {
			if !l.may[role] || endsSession(l.path) {
				continue
			}
			path, body := w.fillIn(l, role, "own")
			w.now = w.now.Add(time.Second)
			got := w.ask(role, l.method, path+asking[l.method+" "+l.path], body)
			if !strings.Contains(got.text, "احمدی") {
				continue
			}
			shown++
			named := false
			for _, r := range w.lines(role) {
				named = named || r.Patient.ID != 0 || r.Shown > 0 || r.Everybody
			}
			if !named {
				t.Errorf("%s %s showed the %s a patient, and the audit names nobody", l.method, path, role)
			}
		}
	}
	if shown < 30 {
		t.Errorf("only %d answers showed somebody; the test asks for too little", shown)
	}
}

// Whatever the policy refuses, and every record that is hidden or not there,
// leaves a line with the route.
func TestEveryRefusalIsInTheAudit(t *testing.T) {
	w := openWorld(t)
	refused := 0
	for _, l := range readPolicy(t) {
		for _, role := range clinic.Roles {
			which := "own"
			if l.may[role] {
				if which = "other"; l.scope != "person" || role.Preset().Has(clinic.AllBranches) {
					continue
				}
			}
			path, body := w.fillIn(l, role, which)
			w.now = w.now.Add(3 * time.Second) // within what a minute has lines for
			got := w.ask(role, l.method, path, body)
			if got.status != http.StatusForbidden && got.status != http.StatusNotFound {
				continue
			}
			refused++
			written := false
			for _, r := range w.lines(role) {
				written = written || r.Action == "denied" && strings.HasPrefix(r.Detail, l.method+" "+l.path+" ")
			}
			if !written {
				t.Errorf("%s %s answered %d to the %s, and the audit does not know", l.method, path, got.status, role)
			}
		}
	}
	if refused < 200 {
		t.Errorf("only %d refusals; the test asks for too little", refused)
	}
}

// lines are what the audit says the role's person did just now.
func (w *world) lines(role clinic.Role) (now []desk.AuditRow) {
	w.t.Helper()
	actor, err := w.desk.TokenActor(w.t.Context(), w.tokens[role])
	must(w.t, err)
	page, err := w.desk.AuditLog(w.t.Context(), w.manager, desk.AuditQuery{Staff: actor.Staff})
	must(w.t, err)
	for _, r := range page.Rows {
		if r.At.Equal(w.now) {
			now = append(now, r)
		}
	}
	return now
}
