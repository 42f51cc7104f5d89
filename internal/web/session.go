package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
)

// identify finds who makes the request. Forbidden session.none when a route
// needs somebody and nobody is signed in, second_factor.needed when the person
// first has to set one up, permission when the role does not allow it. Public
// routes know the person too when there is one. A quiet route does not keep the
// session alive, nor does a page that renews
// itself because a colleague changed something.
func (s *server) identify(v *visit, r route) error {
	err := s.recognize(v, r)
	switch {
	case r.Permission == Public && fault.Of(err) == fault.Forbidden:
		return nil
	case err != nil || r.Permission == Public:
		return err
	case v.at.Enrol && !r.early:
		return fault.New(fault.Forbidden, "second_factor.needed", "set up a second factor first")
	case r.Permission == SignedIn:
		return nil
	}
	return v.actor.May(r.Permission)
}

// recognize reads the session and the clinic it belongs to.
func (s *server) recognize(v *visit, r route) error {
	cookie, err := v.r.Cookie(s.cookieName(v.r))
	if err != nil {
		return fault.New(fault.Forbidden, "session.none", "nobody is signed in")
	}
	session := s.Desk.Session
	if r.quiet || v.r.Header.Get("Daftar-Live") != "" {
		session = s.Desk.PeekSession
	}
	at, err := session(v.r.Context(), cookie.Value)
	if err != nil {
		return err
	}
	c, err := s.Desk.Clinic(v.r.Context(), at.Actor.Clinic)
	if err != nil {
		return err
	}
	v.at, v.token, v.actor, v.clinic = at, cookie.Value, at.Actor, c
	v.actor.Origin = s.origin(v.r)
	v.l.Currency, v.l.Zone, v.l.Today = c.Currency, c.Zone, s.Desk.Today(c)
	v.l.Rights = v.actor.Rights()
	v.l.NoMoney, v.l.InToman = !v.actor.Can(clinic.ReadMoney), c.Toman
	v.news = s.Desk.NewsMark(c.ID)
	return nil
}

// leads takes a browser to the page that has to come first and reports whether
// there was one.
func (s *server) leads(v visit, err error) bool {
	switch fault.Code(err) {
	case "session.none":
		s.toLogin(v)
	case "second_factor.needed":
		http.Redirect(v.w, v.r, factorPath, http.StatusSeeOther)
	default:
		return false
	}
	return true
}

// cookieName is that of the session. The prefix makes browsers keep the cookie
// to this very host and to TLS.
func (s *server) cookieName(r *http.Request) string {
	if s.secure(r) {
		return "__Host-daftar"
	}
	return "daftar"
}

// codeCookie holds who has shown the password and still owes the code.
func (s *server) codeCookie(r *http.Request) string { return s.cookieName(r) + "-code" }

// setSession hands the browser its session; "" takes it away.
func (s *server) setSession(v visit, token string) { s.setCookie(v, s.cookieName(v.r), token) }

func (s *server) setCookie(v visit, name, value string) {
	c := &http.Cookie{Name: name, Value: value, Path: "/", Secure: s.secure(v.r), HttpOnly: true, SameSite: http.SameSiteLaxMode}
	if value == "" {
		c.MaxAge = -1
	}
	http.SetCookie(v.w, c)
}

// toLogin sends a browser to sign in and lets it come back to a page that was
// only looked at, or from which a form was sent, and says then that the form is
// lost. The page's script is told instead: it asks for the password over the
// page, and what was typed stays.
func (s *server) toLogin(v visit) {
	if byScript(v.r) {
		v.w.Header().Set("HX-Reswap", "none")
		v.w.Header().Set("HX-Trigger", "session-over")
		v.w.WriteHeader(http.StatusUnauthorized)
		return
	}
	next, lost := v.r.URL.RequestURI(), ""
	if v.r.Method != http.MethodGet {
		next, lost = from(v.r), "1"
	}
	if next == "/" {
		next = ""
	}
	http.Redirect(v.w, v.r, address("/login", "next", next, "lost", lost), http.StatusSeeOther)
}

// sessionState is what the page's script knows of the session.
type sessionState struct {
	Left   int    `json:"left"`   // seconds; 0: it is over
	Final  bool   `json:"final"`  // use does not lengthen it
	Person string `json:"person"` // whose it is; "" when it is over
}

// GET /session says how much is left of the session, and POST /session/renew
// the same after it counted as use.
func (s *server) sessionState(v visit) error {
	var state sessionState
	if v.actor.Staff != 0 {
		// Rounded up: zero is for a session that is over.
		state = sessionState{int((v.at.Left + time.Second - 1) / time.Second), v.at.Final, id(v.actor.Staff)}
	}
	v.w.Header().Set("Content-Type", "application/json; charset=utf-8")
	return json.NewEncoder(v.w).Encode(state)
}

// agentOf names the family of a browser and of its system, so that a person
// can tell sessions apart; nothing more is kept.
func agentOf(r *http.Request) string {
	first := func(pairs [][2]string) string {
		for _, p := range pairs {
			if strings.Contains(r.UserAgent(), p[0]) {
				return p[1]
			}
		}
		return ""
	}
	browser := first([][2]string{{"Edg", "Edge"}, {"OPR/", "Opera"}, {"SamsungBrowser/", "Samsung"}, {"Firefox/", "Firefox"},
		{"FxiOS/", "Firefox"}, {"CriOS/", "Chrome"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"}})
	system := first([][2]string{{"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Windows", "Windows"},
		{"Mac OS X", "macOS"}, {"CrOS", "ChromeOS"}, {"Linux", "Linux"}})
	return strings.Trim(browser+" · "+system, " ·")
}

// localPath returns next when it is a path of this site to come back to, and
// "/", which leads to where the person starts, otherwise.
func localPath(next string) string {
	const start = "/"
	u, err := url.Parse(next)
	switch {
	case err != nil || u.IsAbs() || u.Host != "" || u.User != nil,
		!strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.Contains(next, `\`),
		u.Path == "/login" || u.Path == "/login/code" || u.Path == "/logout":
		return start
	}
	return next
}
