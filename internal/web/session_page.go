package web

import (
	"net/http"

	"daftar/internal/fault"
	"daftar/internal/message"
	"daftar/internal/web/view"
)

// sessionRoutes: a person's own sessions and second factor.
func (s *server) sessionRoutes() []route {
	return []route{
		quiet(page("/session", Public, "", s.sessionState)),
		early(form("/session/renew", SignedIn, "", s.sessionState)),
		page("/me", SignedIn, "", s.me),
		form("/me/password", SignedIn, "", s.changePassword),
		form("/me/sessions/end", SignedIn, "", s.endSession),
		form("/me/sessions/end-others", SignedIn, "", s.endOtherSessions),
		early(page(factorPath, SignedIn, "", s.factor)),
		early(page(factorPath+"/qr.png", SignedIn, "", s.factorSquare)),
		early(form(factorPath+"/start", SignedIn, "", s.startFactor)),
		early(form(factorPath, SignedIn, "", s.confirmFactor)),
		form(factorPath+"/remove", SignedIn, "", s.removeFactor),
	}
}

// GET /me
func (s *server) me(v visit) error { return s.showMe(v, http.StatusOK, nil) }

// showMe shows a person what is theirs, with what was wrong about a form of the
// page.
func (s *server) showMe(v visit, code int, problems []view.FieldProblem) error {
	own, err := s.Desk.OwnSessions(v.r.Context(), v.actor, v.token)
	if err != nil {
		return err
	}
	f, err := s.Desk.Factor(v.r.Context(), v.actor)
	if err != nil {
		return err
	}
	p := view.Me{Chrome: s.chrome(v, v.l.T("me.title")), Username: v.at.Username, Problems: problems,
		Factor: view.FactorState{On: f.On, Since: f.Since, Codes: f.Codes, Required: f.Required}}
	for _, o := range own {
		p.Sessions = append(p.Sessions, view.SessionRow{Name: o.Name, Agent: o.Agent, Origin: o.Origin, Created: o.Created, Seen: o.Seen, This: o.This})
	}
	p.Chrome.Toast = done(v, "me")
	s.write(v, code, view.MePage(p))
	return nil
}

// dones are what ?done= may say that was done, by page.
var dones = map[string][]string{
	"me":      {"password", "session", "others", "factor-on", "factor-off"},
	"sign_in": {"saved"},
	"staff":   {"added", "saved", "password", "disabled", "enabled", "signed-out", "factor-off"},
}

// done is the toast for what a form before this page did.
func done(v visit, of string) *view.Toast {
	asked := v.r.URL.Query().Get("done")
	for _, d := range dones[of] {
		if d == asked {
			return &view.Toast{Tone: "ok", Title: v.l.T(of + ".done." + d)}
		}
	}
	return nil
}

// mend shows the page again with what the desk refused, or passes the error on
// when it is none that a person can mend there.
func (s *server) mend(v visit, err error, show func(code int, problems []view.FieldProblem) error) error {
	e, ok := fault.As(err)
	if !ok || e.Kind != fault.Invalid && e.Kind != fault.Refused && e.Kind != fault.Conflict {
		return err
	}
	code := http.StatusUnprocessableEntity
	if e.Kind == fault.Conflict {
		code = http.StatusConflict
	}
	return show(code, []view.FieldProblem{{Field: e.Field, Text: message.Fault(v.l.Lang, e)}})
}

// POST /me/password
func (s *server) changePassword(v visit) error {
	err := s.Desk.ChangePassword(v.r.Context(), v.actor, v.token, v.r.PostFormValue("old"), v.r.PostFormValue("password"))
	if err != nil {
		return s.mend(v, err, func(code int, problems []view.FieldProblem) error { return s.showMe(v, code, problems) })
	}
	return redirect(v, "/me?done=password")
}

// POST /me/sessions/end ends one; the one that asks leads to sign in.
func (s *server) endSession(v visit) error {
	if err := s.Desk.EndOwnSession(v.r.Context(), v.actor, v.r.PostFormValue("session")); err != nil {
		return err
	}
	return redirect(v, "/me?done=session")
}

// POST /me/sessions/end-others
func (s *server) endOtherSessions(v visit) error {
	if err := s.Desk.EndOtherSessions(v.r.Context(), v.actor, v.token); err != nil {
		return err
	}
	return redirect(v, "/me?done=others")
}
