package web

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/fault"
)

// identify finds who makes the request. Forbidden session.none when a route
// needs somebody and nobody is signed in, permission when the role does not
// allow it. Public routes know the person too when there is one.
// A quiet route does not keep the session alive, nor does a page that renews
// itself because a colleague changed something.
func (s *server) identify(v *visit, r route) error {
	need := r.Permission
	session := s.Desk.Session
	if r.quiet || v.r.Header.Get("Daftar-Live") != "" {
		session = s.Desk.PeekSession
	}
	err := s.recognize(v, session)
	switch {
	case need == Public && fault.Of(err) == fault.Forbidden:
		return nil
	case err != nil || need == Public || need == SignedIn:
		return err
	}
	return v.actor.May(need)
}

// recognize reads the session and the clinic it belongs to.
func (s *server) recognize(v *visit, session func(ctx context.Context, token string) (clinic.Actor, error)) error {
	cookie, err := v.r.Cookie(s.cookieName(v.r))
	if err != nil {
		return fault.New(fault.Forbidden, "session.none", "nobody is signed in")
	}
	actor, err := session(v.r.Context(), cookie.Value)
	if err != nil {
		return err
	}
	c, err := s.Desk.Clinic(v.r.Context(), actor.Clinic)
	if err != nil {
		return err
	}
	actor.Origin = s.origin(v.r)
	v.actor, v.clinic = actor, c
	v.l.Currency, v.l.Zone, v.l.Today = c.Currency, c.Zone, s.Desk.Today(c)
	v.l.Rights = actor.Rights()
	v.l.NoMoney, v.l.InToman = !actor.Can(clinic.ReadMoney), c.Toman
	v.news = s.Desk.NewsMark(c.ID)
	return nil
}

// cookieName is that of the session. The prefix makes browsers keep the cookie
// to this very host and to TLS.
func (s *server) cookieName(r *http.Request) string {
	if s.secure(r) {
		return "__Host-daftar"
	}
	return "daftar"
}

// setSession hands the browser its session; "" takes it away.
func (s *server) setSession(v visit, token string) {
	c := &http.Cookie{Name: s.cookieName(v.r), Value: token, Path: "/", Secure: s.secure(v.r), HttpOnly: true, SameSite: http.SameSiteLaxMode}
	if token == "" {
		c.MaxAge = -1
	}
	http.SetCookie(v.w, c)
}

// toLogin sends a browser to sign in and lets it come back to a page that was
// only looked at.
func (s *server) toLogin(v visit) {
	path := "/login"
	if v.r.Method == http.MethodGet && v.r.URL.Path != "/" {
		path += "?next=" + url.QueryEscape(v.r.URL.RequestURI())
	}
	http.Redirect(v.w, v.r, path, http.StatusSeeOther)
}

// localPath returns next when it is a path of this site to come back to, and
// the list otherwise.
func localPath(next string) string {
	const home = "/patients"
	u, err := url.Parse(next)
	switch {
	case err != nil || u.IsAbs() || u.Host != "" || u.User != nil,
		!strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.Contains(next, `\`),
		u.Path == "/login" || u.Path == "/logout":
		return home
	}
	return next
}
