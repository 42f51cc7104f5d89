package web_test

import (
	"encoding/base32"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

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
		"nowhere given":               {"", "/"},
		"another site":                {"https://example.org/", "/"},
		"another site without scheme": {"//example.org/", "/"},
		"another site by three":       {"///example.org/", "/"},
		"another site by backslash":   {`/\example.org`, "/"},
		"a script":                    {"javascript:alert(1)", "/"},
		"the way out":                 {"/logout", "/"},
		"the code":                    {"/login/code", "/"},
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
	// Whoever runs the clinic sees nothing of it before the second factor.
	for _, path := range []string{"/patients", "/settings/staff", "/me", "/"} {
		p.get(path).leads(t, "/me/second-factor", "/patients")
	}
	p.post("/me/second-factor/remove").leads(t, "/me/second-factor")
	p.get("/me/second-factor").wants(t, http.StatusOK, `data-testid="form-factor-start"`)
	p.get("/me/second-factor").lacks(t, `class="rail"`)
	p.post("/me/second-factor/start").wants(t, http.StatusSeeOther)
	a := authenticatorOf(t, p)
	p.post("/me/second-factor", "code", "000000").wants(t, http.StatusUnprocessableEntity, "این کد درست نیست", `aria-invalid="true"`)
	p.post("/me/second-factor", "code", a.code()).wants(t, http.StatusOK, `data-testid="recovery-codes"`)
	p.get("/patients").wants(t, http.StatusOK, "کلینیک", "هنوز مراجعه‌کننده‌ای ثبت نشده است")
	p.get("/me/second-factor/qr.png").wants(t, http.StatusNotFound)

	s.Pass(time.Minute)
	p = nobody(t, s)
	p.post("/login", "username", "boss", "password", site.Password, "next", "/me").leads(t, "/login/code?next=%2Fme")
	p.get("/patients").leads(t, "/login?next=%2Fpatients")
	p.get("/login/code?next=/me").wants(t, http.StatusOK, `value="/me"`)
	p.post("/login/code", "code", "000000", "next", "/me").wants(t, http.StatusUnprocessableEntity, `value="/me"`)
	p.post("/login/code", "code", a.code(), "next", "/me").leads(t, "/me")
	p.get("/me").wants(t, http.StatusOK, "۱۰ کد بازیابی")
	nobody(t, s).post("/login/code", "code", "000000").leads(t, "/login")
}

// authenticator shows the codes of the secret on a person's page.
type authenticator struct {
	s      *site.Site
	secret []byte
}

func authenticatorOf(t *testing.T, p *person) authenticator {
	t.Helper()
	page := p.get("/me/second-factor")
	page.wants(t, http.StatusOK, `data-testid="form-factor"`)
	square := p.get("/me/second-factor/qr.png")
	if square.Header.Get("Content-Type") != "image/png" || square.Header.Get("Cache-Control") != "no-store" || !strings.HasPrefix(square.body, "\x89PNG") {
		t.Errorf("the square comes as %v", square.Header)
	}
	_, rest, _ := strings.Cut(page.body, `data-testid="factor-secret">`)
	text, _, _ := strings.Cut(rest, "<")
	secret, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return authenticator{p.site, secret}
}

func (a authenticator) code() string { return clinic.TOTP(a.secret, clinic.TOTPStep(a.s.Clock())) }

// leads fails the test unless the answer leads to one of the paths.
func (a answer) leads(t *testing.T, paths ...string) {
	t.Helper()
	a.wants(t, http.StatusSeeOther)
	if to := a.Header.Get("Location"); !slices.Contains(paths, to) {
		t.Errorf("leads to %q, want %q", to, paths)
	}
}

func TestTheEndOfASession(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	p := as(t, s, clinic.Receptionist)
	p.get("/patients").wants(t, http.StatusOK, `data-left="900"`, `data-final="false"`, "شعبه ونک")
	s.Pass(14 * time.Minute)
	p.get("/session").wants(t, http.StatusOK, `"left":60,"final":false`)
	p.get("/session").wants(t, http.StatusOK, `"left":60`) // asking is no use
	p.post("/session/renew").wants(t, http.StatusOK, `"left":900`)
	s.Pass(15 * time.Minute)
	p.get("/session").wants(t, http.StatusOK, `"left":0`, `"person":""`)
	p.get("/patients?q=x").leads(t, "/login?next=%2Fpatients%3Fq%3Dx")
	p.post("/session/renew").leads(t, "/login?lost=1&next=%2Fpatients")
	p.get("/login?lost=1").wants(t, http.StatusOK, "ثبت نشد")
	p.script = true
	got := p.get("/patients")
	got.wants(t, http.StatusUnauthorized)
	if got.Header.Get("HX-Trigger") != "session-over" || got.Header.Get("HX-Reswap") != "none" {
		t.Errorf("the script is told %v", got.Header)
	}
}

func TestOnesOwnPage(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	p, other := as(t, s, clinic.Receptionist), as(t, s, clinic.Receptionist)
	page := p.get("/me")
	page.wants(t, http.StatusOK, "192.0.2.1", "همین مرورگر", `data-testid="end-others"`)
	name := page.hidden(t, "session")
	p.post("/me/password", "old", "wrong wrong", "password", "another long one").
		wants(t, http.StatusUnprocessableEntity, `id="old-note" class="wrong"`, "گذرواژه کنونی درست نیست")
	p.post("/me/password", "old", site.Password, "password", "12345678").wants(t, http.StatusUnprocessableEntity, `id="password-note" class="wrong"`)
	p.post("/me/sessions/end", "session", name).leads(t, "/me?done=session")
	other.get("/me").wants(t, http.StatusSeeOther)
	other.signIn(clinic.Receptionist)
	p.post("/me/sessions/end-others").leads(t, "/me?done=others")
	other.get("/me").wants(t, http.StatusSeeOther)
	p.get("/me?done=others").wants(t, http.StatusOK, `data-testid="toast"`)
	p.get("/me?done=%3Cb%3E").lacks(t, `data-testid="toast"`)
	other.signIn(clinic.Receptionist)
	p.post("/me/password", "old", site.Password, "password", "another long one").leads(t, "/me?done=password")
	other.get("/me").wants(t, http.StatusSeeOther)
	p.post("/me/second-factor/start").leads(t, "/me/second-factor")
	a := authenticatorOf(t, p)
	p.post("/me/second-factor", "code", a.code()).wants(t, http.StatusOK, `data-testid="recovery-codes"`)
	p.post("/me/second-factor", "code", a.code()).wants(t, http.StatusSeeOther)
	p.post("/me/second-factor/remove", "password_off", "x").wants(t, http.StatusUnprocessableEntity, `id="password_off-note" class="wrong"`)
	p.post("/me/second-factor/remove", "password_off", "another long one").leads(t, "/me?done=factor-off")
}

// Whoever signs in starts where they have something to do.
func TestWhereAPersonStarts(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	nobody(t, s).get("/").wants(t, http.StatusSeeOther)
	s.Hire(t, clinic.Stockkeeper)
	for role, want := range map[clinic.Role]string{clinic.Receptionist: "/patients", clinic.Stockkeeper: "/tickets"} {
		p := as(t, s, role)
		if got := p.get("/").Header.Get("Location"); got != want {
			t.Errorf("a %s starts at %q, want %q", role, got, want)
		}
		p.get(want).wants(t, http.StatusOK)
	}
}
