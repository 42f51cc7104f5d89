package web

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/farsi"
	"daftar/internal/web/view"
)

// signInPath is where a clinic says how people sign in.
const signInPath = "/settings/sign-in"

func (s *server) signInRoutes() []route {
	return []route{
		page(signInPath, clinic.WriteSettings, "", s.signInRules),
		form(signInPath, clinic.WriteSettings, "", s.saveSignInRules),
	}
}

// GET /settings/sign-in
func (s *server) signInRules(v visit) error {
	r, err := s.Desk.SignInRules(v.r.Context(), v.actor)
	if err != nil {
		return err
	}
	return s.showSignInRules(v, http.StatusOK, view.SignInRules{Idle: v.l.Number(int(r.Limits.Idle / time.Minute)),
		Lasts: v.l.Number(int(r.Limits.Lasts / time.Hour)), Factor: r.FactorRequired})
}

func (s *server) showSignInRules(v visit, code int, p view.SignInRules) error {
	p.Chrome, p.Staff = s.chrome(v, v.l.T("sign_in.title")), v.actor.Can(clinic.WriteStaff)
	p.Chrome.Toast = done(v, "sign_in")
	s.write(v, code, view.SignInRulesPage(p))
	return nil
}

// POST /settings/sign-in
func (s *server) saveSignInRules(v visit) error {
	f := view.SignInRules{Idle: v.r.PostFormValue("idle"), Lasts: v.r.PostFormValue("lasts"), Factor: v.r.PostFormValue("factor") == "on"}
	limits := clinic.SessionLimits{Idle: time.Duration(count(f.Idle)) * time.Minute, Lasts: time.Duration(count(f.Lasts)) * time.Hour}
	err := s.Desk.SetSessionLimits(v.r.Context(), v.actor, limits)
	if err == nil {
		err = s.Desk.RequireSecondFactor(v.r.Context(), v.actor, f.Factor)
	}
	if err != nil {
		return s.mend(v, err, func(code int, problems []view.FieldProblem) error {
			f.Problems = problems
			return s.showSignInRules(v, code, f)
		})
	}
	return redirect(v, signInPath+"?done=saved")
}

// count reads a small number as people type it; what is none is 0, which no
// limit allows.
func count(typed string) int {
	n, err := strconv.Atoi(strings.TrimSpace(farsi.Digits(typed)))
	if err != nil || n < 0 || n > 10_000 {
		return 0
	}
	return n
}
