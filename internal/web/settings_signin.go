package web

import (
	"net/http"
	"strconv"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/web/view"
)

// signInPage is the form of when sessions end and who needs a second step,
// with what was typed.
func (s *server) signInPage(v visit, t *typed) view.SettingForm {
	field := func(name string) view.SettingField {
		f := numeric(input(v, t, name))
		f.Hint = v.l.T("settings.field." + name + ".hint")
		return f
	}
	factor := field("factor")
	factor.Kind, factor.Wide = view.SwitchField, true
	title := v.l.T("settings.signin")
	return view.SettingForm{Chrome: s.chrome(v, title), Title: title, Back: "/settings", Action: "/settings/signin", Request: s.RequestKey(), Problems: t.problems,
		Groups: []view.SettingFields{{Fields: []view.SettingField{field("idle"), field("lasts"), factor}}}}
}

// GET /settings/signin
func (s *server) signInForm(v visit) error {
	rules, err := s.Desk.SignInRules(v.r.Context(), v.actor)
	if err != nil {
		return err
	}
	p := s.signInPage(v, filled(v, "idle", v.l.Digits(strconv.Itoa(int(rules.Limits.Idle/time.Minute))),
		"lasts", v.l.Digits(strconv.Itoa(int(rules.Limits.Lasts/time.Hour))), "factor", onText(rules.FactorRequired)))
	if v.r.URL.Query().Get("saved") != "" {
		p.Chrome.Toast = &view.Toast{Tone: "ok", Title: v.l.T("settings.saved", "name", p.Title)}
	}
	return s.show(v, view.SettingFormPage(p))
}

// POST /settings/signin
func (s *server) saveSignIn(v visit) error {
	t := readTyped(v)
	limits := clinic.SessionLimits{Idle: time.Duration(t.number("idle")) * time.Minute, Lasts: time.Duration(t.number("lasts")) * time.Hour}
	if len(t.problems) == 0 {
		err := s.Desk.SetSessionLimits(v.r.Context(), v.actor, limits)
		if err == nil {
			err = s.Desk.RequireSecondFactor(v.r.Context(), v.actor, t.on("factor"))
		}
		if err == nil {
			return redirect(v, "/settings/signin?saved=1")
		}
		if _, _, err := t.refused(v, err); err != nil {
			return err
		}
	}
	s.write(v, http.StatusUnprocessableEntity, view.SettingFormPage(s.signInPage(v, t)))
	return nil
}
