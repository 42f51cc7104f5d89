package web_test

import (
	"net/http"
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/web"
	"daftar/test/engine"
	"daftar/test/site"
)

func TestTheSessionCookie(t *testing.T) {
	plain := site.Open(t, engine.SQLite(t))
	p := as(t, plain, clinic.Receptionist)
	if c := p.cookies["daftar"]; c == nil || c.Secure || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" {
		t.Errorf("without TLS the cookie is %+v", c)
	}
	secure := site.Open(t, engine.SQLite(t), func(o *web.Options) { o.Secure = true })
	p = as(t, secure, clinic.Receptionist)
	first := p.cookies["__Host-daftar"]
	if first == nil || !first.Secure || !first.HttpOnly || first.SameSite != http.SameSiteLaxMode || first.Path != "/" || first.Domain != "" {
		t.Fatalf("with TLS the cookie is %+v", first)
	}
	p.signIn(clinic.Receptionist)
	if p.cookies["__Host-daftar"].Value == first.Value {
		t.Error("a second sign-in keeps the token of the first")
	}
}

func TestSigningOutEndsTheSession(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	p := as(t, s, clinic.Receptionist)
	stolen := p.cookies["daftar"]
	p.post("/logout").wants(t, http.StatusSeeOther)
	p.cookies["daftar"] = stolen
	p.get("/patients").wants(t, http.StatusSeeOther)
}

func TestSigningIn(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	tests := map[string]struct{ next, to string }{
		"comes back":                  {"/patients?q=x", "/patients?q=x"},
		"nowhere given":               {"", "/patients"},
		"another site":                {"https://example.org/", "/patients"},
		"another site without scheme": {"//example.org/", "/patients"},
		"another site by three":       {"///example.org/", "/patients"},
		"another site by backslash":   {`/\example.org`, "/patients"},
		"a script":                    {"javascript:alert(1)", "/patients"},
		"the way out":                 {"/logout", "/patients"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := nobody(t, s).post("/login", "username", "receptionist", "password", site.Password, "next", tt.next)
			got.wants(t, http.StatusSeeOther)
			if to := got.Header.Get("Location"); to != tt.to {
				t.Errorf("leads to %q, want %q", to, tt.to)
			}
		})
	}
	wrong := nobody(t, s).post("/login", "username", "receptionist", "password", "nonsense", "next", "/patients?q=x")
	wrong.wants(t, http.StatusUnprocessableEntity, "نام کاربری یا گذرواژه درست نیست", `value="receptionist"`, `value="/patients?q=x"`)
	wrong.lacks(t, "nonsense")
}

func TestSettingUp(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	token, err := s.Desk.NewSetupToken(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	p := nobody(t, s)
	p.get("/setup").wants(t, http.StatusOK, `data-testid="form-setup"`)
	p.post("/setup", "token", "2.wrong", "clinic", "کلینیک", "name", "مدیر", "username", "boss", "password", site.Password).
		wants(t, http.StatusUnprocessableEntity, `value="کلینیک"`, "رمز یک‌بارمصرف")
	p.post("/setup", "token", token, "clinic", "", "name", "مدیر", "username", "boss", "password", site.Password).
		wants(t, http.StatusUnprocessableEntity, `href="#clinic"`)
	p.post("/setup", "token", token, "clinic", "کلینیک", "name", "مدیر", "username", "boss", "password", site.Password).
		wants(t, http.StatusSeeOther)
	p.get("/patients").wants(t, http.StatusOK, "کلینیک", "هنوز مراجعه‌کننده‌ای ثبت نشده است")
}
