package web_test

import (
	"net/http"
	"strings"
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/message"
	"daftar/test/engine"
	"daftar/test/site"
)

func TestEveryRightAndRoleHasAName(t *testing.T) {
	for _, p := range clinic.Permissions {
		if !message.Has("right." + string(p)) {
			t.Errorf("right.%s has no text", p)
		}
	}
	for _, r := range clinic.Roles {
		if !message.Has("role." + string(r)) {
			t.Errorf("role.%s has no text", r)
		}
	}
}

// A manager adds a colleague, changes what she may do, and lets her go.
func TestAManagerKeepsTheStaff(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		s := site.Open(t, database)
		p := as(t, s, clinic.Manager)
		p.get("/patients").wants(t, http.StatusOK, `href="/settings/staff"`)
		p.get("/settings/staff").wants(t, http.StatusOK, "سارا کریمی", "receptionist", "ونک", "خودتان")
		p.get("/settings/roles").wants(t, http.StatusOK, "ادغام پرونده‌ها", "انباردار")
		page := p.get("/settings/staff/new")
		page.wants(t, http.StatusOK, `data-testid="form-staff-new"`)
		fields := []string{"request", page.hidden(t, "request"), "name", "نگار تازه", "role", "receptionist", "branch", branchOf(t, page),
			"username", "front2", "password", "12345678"}
		p.post("/settings/staff", fields...).wants(t, http.StatusUnprocessableEntity, `value="نگار تازه"`, `value="front2"`, `id="password-note" class="wrong"`)
		fields[len(fields)-1] = site.Password
		added := p.post("/settings/staff", fields...)
		added.wants(t, http.StatusSeeOther)
		one, _, _ := strings.Cut(added.Header.Get("Location"), "?")
		p.post("/settings/staff", fields...).leads(t, one+"?done=added") // sent twice
		her := nobody(t, s)
		her.post("/login", "username", "front2", "password", site.Password).wants(t, http.StatusSeeOther)
		her.get("/settings/staff").wants(t, http.StatusForbidden)

		page = p.get(one)
		page.wants(t, http.StatusOK, "نگار تازه", `data-testid="rights"`, `data-testid="button-staff.signout"`)
		place := []string{"request", page.hidden(t, "request"), "version", page.hidden(t, "version"), "name", "نگار تازه", "role", "receptionist",
			"branch", branchOf(t, page), "right.staff.write", "granted", "right.statement.money", "withdrawn"}
		p.post(one, place...).leads(t, one+"?done=saved")
		her.get("/patients").wants(t, http.StatusSeeOther) // signed out by the change
		her.post("/login", "username", "front2", "password", site.Password)
		her.get("/settings/staff").wants(t, http.StatusOK)
		her.get("/patients").lacks(t, "data-rials")
		place[1] = "another"
		p.post(one, place...).wants(t, http.StatusConflict, "در این میان تغییر داده", "اکنون: نگار تازه", `value="withdrawn" checked`)

		her.get("/settings/staff").wants(t, http.StatusOK, "سارا کریمی")
		manager := managerPage(t, her)
		her.get(manager).wants(t, http.StatusOK, "اجازه‌هایی دارد که شما ندارید")
		her.get(manager).lacks(t, `data-testid="form-staff-password"`, "button-staff")
		her.post(manager+"/password", "password", "another long one").wants(t, http.StatusForbidden)
		her.post(manager+"/disable").wants(t, http.StatusForbidden)

		p.post(one+"/password", "password", "short").wants(t, http.StatusUnprocessableEntity, `id="password-note" class="wrong"`)
		p.post(one+"/sign-out").leads(t, one+"?done=signed-out")
		p.post(one+"/disable").leads(t, one+"?done=disabled")
		p.get(one).wants(t, http.StatusOK, "غیرفعال", `data-testid="button-staff.enable"`)
		her.post("/login", "username", "front2", "password", site.Password).wants(t, http.StatusUnprocessableEntity)
		p.post(one+"/enable").leads(t, one+"?done=enabled")
		p.post(managerPage(t, p)+"/disable").wants(t, http.StatusUnprocessableEntity, "برای خودتان")
		self := managerPage(t, p)
		p.post(self, "name", "مدیر تازه", "role", "doctor", "right.audit.read", "withdrawn").leads(t, self+"?done=saved")
		p.get("/settings/staff").wants(t, http.StatusOK, "مدیر تازه")
		p.post(self, "name", "").wants(t, http.StatusUnprocessableEntity, `id="name-note" class="wrong"`)
		p.get("/settings/staff/77").wants(t, http.StatusNotFound)
		p.get("/settings/staff/x").wants(t, http.StatusNotFound)
	})
}

func TestAManagerSaysHowPeopleSignIn(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	as(t, s, clinic.Receptionist).get("/settings/sign-in").wants(t, http.StatusForbidden)
	p := as(t, s, clinic.Manager)
	p.get("/settings/sign-in").wants(t, http.StatusOK, `value="۱۵"`, `value="۱۲"`)
	p.post("/settings/sign-in", "idle", "۲", "lasts", "8").wants(t, http.StatusUnprocessableEntity, `value="۲"`, `id="idle-note" class="wrong"`)
	p.post("/settings/sign-in", "idle", "5", "lasts", "x").wants(t, http.StatusUnprocessableEntity, `id="lasts-note" class="wrong"`)
	p.post("/settings/sign-in", "idle", "۵", "lasts", "8", "factor", "on").leads(t, "/settings/sign-in?done=saved")
	p.get("/patients").leads(t, "/me/second-factor")
	as(t, s, clinic.Receptionist).get("/patients").wants(t, http.StatusOK, `data-left="300"`)
}

// branchOf is the branch that a form has chosen.
func branchOf(t *testing.T, a answer) string {
	t.Helper()
	_, rest, found := strings.Cut(a.body, `id="branch"`)
	_, rest, there := strings.Cut(rest, `<option value="`)
	if !found || !there {
		t.Fatal("there is no branch to choose")
	}
	value, _, _ := strings.Cut(rest, `"`)
	return value
}

// managerPage is the page of the manager who signs in, read off the list.
func managerPage(t *testing.T, p *person) string {
	t.Helper()
	before, _, found := strings.Cut(p.get("/settings/staff").body, `<bdi dir="ltr">manager</bdi>`)
	at := strings.LastIndex(before, `href="`)
	if !found || at < 0 {
		t.Fatal("the manager is not in the list")
	}
	path, _, _ := strings.Cut(before[at+len(`href="`):], `"`)
	return path
}
