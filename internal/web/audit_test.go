package web_test

import (
	"encoding/csv"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"daftar/internal/clinic"
	"daftar/test/engine"
	"daftar/test/site"
)

// A manager finds out who saw a person, and a receptionist does not.
func TestWhoSawAPerson(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		s := site.Open(t, database)
		front := as(t, s, clinic.Receptionist)
		front.get("/patients?q=مریم").wants(t, http.StatusOK)
		front.get(path(s.Maryam, "/statement/summary")).wants(t, http.StatusOK)
		front.get("/settings/audit").wants(t, http.StatusForbidden)
		front.get("/patients/12345/cashier").wants(t, http.StatusNotFound)

		m := as(t, s, clinic.Manager)
		page := m.get("/settings/audit")
		page.wants(t, http.StatusOK, "سارا کریمی", "فهرست ۱ نفر", "تلاش ردشده", "GET /patients/{patient}/cashier", "GET /settings/audit", "دیدن ردپا")
		of := "/settings/audit?patient=" + strconv.FormatInt(int64(s.Maryam), 10)
		m.get("/settings/audit?who=احمدی").leads(t, of)
		m.get(of).wants(t, http.StatusOK, `data-testid="audit-person"`, "دیدن صورتحساب", "فهرست ۱ نفر")
		m.get(of).lacks(t, "ردشده</span>")
		m.get("/settings/audit?who=نگار").wants(t, http.StatusOK, `data-testid="audit-found"`)
		m.get("/settings/audit?who=هیچ‌کس").wants(t, http.StatusOK, `value="هیچ‌کس"`, `id="who-note" class="wrong"`)
		m.get("/settings/audit?from=99/99/99").wants(t, http.StatusOK, `value="99/99/99"`, `id="from-note" class="wrong"`)
		m.get("/settings/audit?from=1405/09/03&to=1405/09/02").wants(t, http.StatusOK, `id="from-note" class="wrong"`)
		m.get("/settings/audit?group=refused").lacks(t, "دیدن صورتحساب</span>")
		m.get("/settings/audit?group=x").wants(t, http.StatusBadRequest)
		m.get("/settings/audit?cursor=x").wants(t, http.StatusBadRequest)
		m.get("/settings/audit?patient=5").wants(t, http.StatusNotFound)

		lines := regexp.MustCompile(`/settings/audit/lines/\d+`).FindString(page.body)
		m.get(lines).wants(t, http.StatusOK, "مریم احمدی", "سارا کریمی")
		m.get("/settings/audit/lines/1").wants(t, http.StatusNotFound)
	})
}

func TestTheAuditIsExported(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	as(t, s, clinic.Receptionist).get(path(s.Maryam, "/statement/summary")).wants(t, http.StatusOK)
	m := as(t, s, clinic.Manager)
	got := m.get("/settings/audit/export?patient=" + strconv.FormatInt(int64(s.Maryam), 10))
	if got.StatusCode != http.StatusOK || !strings.HasPrefix(got.Header.Get("Content-Disposition"), "attachment") {
		t.Fatalf("%d %v", got.StatusCode, got.Header)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(got.body, "\ufeff"))).ReadAll()
	if err != nil || len(rows) < 4 {
		t.Fatalf("%v, %d rows", err, len(rows))
	}
	if last := rows[2]; !strings.Contains(strings.Join(last, "|"), "سارا کریمی|دیدن صورتحساب") {
		t.Errorf("%q", last)
	}
	m.get("/settings/audit/export?group=x").wants(t, http.StatusBadRequest)
}

// What a wrong password and a sign-out leave.
func TestSignInsAreInTheAudit(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	p := as(t, s, clinic.Receptionist)
	p.post("/logout").wants(t, http.StatusSeeOther)
	nobody(t, s).post("/login", "username", "doctor", "password", "wrong").wants(t, http.StatusUnprocessableEntity)
	nobody(t, s).post("/login", "username", "hunter2", "password", "wrong").wants(t, http.StatusUnprocessableEntity)
	m := as(t, s, clinic.Manager)
	m.get("/settings/audit?group=sign_ins").wants(t, http.StatusOK, "خروج", "ورود")
	page := m.get("/settings/audit?group=refused")
	page.wants(t, http.StatusOK, "ورود ناموفق", "دکتر نیک‌پور", "ناشناس")
	page.lacks(t, "hunter2")
}
