package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/test/engine"
	"daftar/test/site"
)

// A search that finds no patient says how many leads it finds, and records one
// with what was looked for; giving up on a new patient leads to a page that is
// there.
func TestALeadIsFoundWhereOneLooks(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	if _, err := s.Desk.RecordLead(t.Context(), s.Manager, desk.RecordLead{Lead: clinic.Lead{Name: "سارا رحیمی", Mobile: "09351112233"}, Request: desk.Request{Key: "one"}}); err != nil {
		t.Fatal(err)
	}
	p := as(t, s, clinic.Receptionist)
	p.get("/patients?q="+url.QueryEscape("۰۹۳۵۱۱۱۲۲۳۳")).wants(t, http.StatusOK, `data-testid="found-leads"`, "۱ سرنخ", "/leads/new?mobile=")
	nobody := p.get("/patients?q=" + url.QueryEscape("کسی که نیست"))
	nobody.wants(t, http.StatusOK, `data-testid="record-lead"`, "/leads/new?name=")
	nobody.lacks(t, `data-testid="found-leads"`)
	p.get("/leads/new?mobile=09351112233").wants(t, http.StatusOK, `value="09351112233"`)

	form := p.get("/patients/new?then=" + url.QueryEscape("/patients/{patient}/appointments/new?tab=summary"))
	form.wants(t, http.StatusOK, `data-testid="form-register"`)
	form.lacks(t, `href="/patients/{patient}`, `href="/patients/%7Bpatient`)
}

// A mobile runs from left to right and stays on one line, whatever stands
// beside it.
func TestAMobileIsOnePiece(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	list := as(t, s, clinic.Receptionist).get("/patients")
	if !strings.Contains(list.body, "\u2066۰۹۱۲\u00a0۳۴۵\u00a0۶۷۸۰\u2069") {
		t.Error("the mobile of Maryam may break or turn around")
	}
}
