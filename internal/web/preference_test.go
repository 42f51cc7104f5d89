package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"daftar/internal/clinic"
	"daftar/test/engine"
	"daftar/test/site"
)

func TestPreferences(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	p := as(t, s, clinic.Receptionist)
	summary := path(s.Maryam, "/statement/summary")
	p.get(summary).wants(t, http.StatusOK, `lang="fa" dir="rtl"`, "آبان ۱۴۰۵", `data-today="1405/09/03"`)
	p.post("/preferences", "calendar", "gregorian").wants(t, http.StatusSeeOther)
	p.get(summary).wants(t, http.StatusOK, "نوامبر ۲۰۲۶", `data-today="2026/11/24"`)
	// Days are typed in the calendar that is read.
	p.get(summary+"?from=26/11/20").wants(t, http.StatusOK, `data-count="1"`)
	p.post("/preferences", "lang", "en", "theme", "dark").wants(t, http.StatusSeeOther)
	p.get(summary).wants(t, http.StatusOK, `lang="en" dir="ltr"`, `data-theme="dark"`, "November 2026", "Account balance", "480,000 toman")
	p.post("/preferences", "lang", "fa", "calendar", "", "theme", "").wants(t, http.StatusSeeOther)
	for _, name := range []string{"lang", "calendar", "theme"} {
		if c := p.cookies[name]; c.MaxAge >= 0 {
			t.Errorf("%s is still kept: %v", name, c)
		}
		delete(p.cookies, name)
	}
	p.get(summary).wants(t, http.StatusOK, `dir="rtl"`, "آبان ۱۴۰۵")
	p.post("/preferences", "lang", "xx").wants(t, http.StatusSeeOther)
	if c := p.cookies["lang"]; c != nil {
		t.Errorf("an unknown language is kept: %v", c)
	}
}

// A choice leads back to where it was made, and never to another site.
func TestPreferencesLeadBack(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	tests := map[string]struct{ referer, want string }{
		"the page it was made on":  {"http://example.com/login?next=%2Fpatients", "/login?next=%2Fpatients"},
		"another site":             {"http://evil.example/patients", "/patients"},
		"a path like another site": {"http://example.com//evil.example", "/patients"},
		"a browser that is silent": {"", "/patients"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			r := httptest.NewRequest(http.MethodPost, "http://example.com/preferences", strings.NewReader(url.Values{"lang": {"en"}}.Encode()))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set("Referer", tt.referer)
			w := httptest.NewRecorder()
			s.Handler.ServeHTTP(w, r)
			if got := w.Header().Get("Location"); w.Code != http.StatusSeeOther || got != tt.want {
				t.Errorf("%d to %q, want %q", w.Code, got, tt.want)
			}
		})
	}
}
