package web_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/web"
	"daftar/test/engine"
	"daftar/test/site"
)

// Every route, known or not, signed in or not, is answered with the headers,
// and nothing of a patient is kept by the browser.
func TestEveryRouteHasTheHeaders(t *testing.T) {
	s := site.Open(t, engine.SQLite(t), func(o *web.Options) { o.BehindProxy = true })
	visitors := map[string]*person{"nobody": nobody(t, s), "receptionist": nobody(t, s)}
	for _, v := range visitors {
		v.tls = true
	}
	visitors["receptionist"].signIn(clinic.Receptionist)
	routes := append(web.Routes(), web.Route{Method: "GET", Path: "/nowhere"})
	for name, p := range visitors {
		for _, r := range routes {
			where := strings.NewReplacer("/patients/{patient}", path(s.Maryam, ""), "{tab}", "summary", "{file}", "app.css").Replace(r.Path)
			if where == "/logout" {
				continue
			}
			got := p.do(r.Method, where, "")
			for header, want := range map[string]string{
				"Content-Security-Policy":   "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
				"X-Content-Type-Options":    "nosniff",
				"Referrer-Policy":           "same-origin",
				"Strict-Transport-Security": "max-age=31536000",
			} {
				if got.Header.Get(header) != want {
					t.Errorf("%s %s for %s: %s is %q, want %q", r.Method, where, name, header, got.Header.Get(header), want)
				}
			}
			if keeps := got.Header.Get("Cache-Control"); keeps != "no-store" && !strings.HasPrefix(where, "/asset/") {
				t.Errorf("%s %s for %s: Cache-Control is %q", r.Method, where, name, keeps)
			}
			if strings.Contains(got.body, " style=") || strings.Contains(got.body, "<script>") || strings.Contains(got.body, " onclick=") {
				t.Errorf("%s %s holds what the policy forbids", r.Method, where)
			}
		}
	}
}

// Who is not signed in gets no page and no data, whatever the route.
func TestNobodySeesNothing(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	p := nobody(t, s)
	for _, r := range web.Routes() {
		if r.Permission == web.Public {
			continue
		}
		where := strings.NewReplacer("/patients/{patient}", path(s.Maryam, ""), "{tab}", "summary").Replace(r.Path)
		got := p.do(r.Method, where, "")
		got.wants(t, http.StatusSeeOther)
		got.lacks(t, "مریم", "احمدی")
		if to := got.Header.Get("Location"); !strings.HasPrefix(to, "/login") {
			t.Errorf("%s %s leads to %q", r.Method, where, to)
		}
	}
	got := p.get("/patients?q=x")
	if to := got.Header.Get("Location"); to != "/login?next=%2Fpatients%3Fq%3Dx" {
		t.Errorf("a page leads to %q", to)
	}
}

func TestFormsOfOtherSites(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	p := as(t, s, clinic.Receptionist)
	r := httptest.NewRequest(http.MethodPost, path(s.Maryam, "/receipts"), strings.NewReader("amount-0=1"))
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	for _, c := range p.cookies {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	s.Handler.ServeHTTP(w, r)
	if w.Code != http.StatusForbidden || !strings.Contains(w.Body.String(), "این فرم از صفحه دیگری آمده") {
		t.Errorf("answered %d: %s", w.Code, w.Body)
	}
	large := p.do(http.MethodPost, path(s.Maryam, "/receipts"), "amount-0="+strings.Repeat("1", 1<<20))
	large.wants(t, http.StatusBadRequest, "request.large")
}
