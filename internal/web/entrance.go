package web

import (
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/farsi"
	"daftar/internal/fault"
	"daftar/internal/message"
	"daftar/internal/money"
	"daftar/internal/web/view"
)

func (s *server) entranceRoutes() []route {
	return []route{
		page("/{$}", Public, "", s.office),
		page("/healthz", Public, "", s.health),
		page("/login", Public, "", s.loginForm),
		form("/login", Public, "", s.login),
		page("/login/code", Public, "", s.codeForm),
		form("/login/code", Public, "", s.code),
		page(oidcPath, Public, "", s.toService),
		page(oidcPath+"/callback", Public, "", s.fromService),
		form("/logout", Public, "", s.logout),
		page("/setup", Public, "", s.setupForm),
		form("/setup", Public, "", s.setup),
	}
}

// GET / leads to where the person starts; a new installation to the set-up.
func (s *server) office(v visit) error {
	clinics, err := s.Desk.Clinics(v.r.Context())
	if err != nil {
		return err
	}
	if len(clinics) == 0 {
		return redirect(v, "/setup")
	}
	if v.actor.Staff == 0 {
		return redirect(v, "/login")
	}
	return redirect(v, home(v.actor))
}

// GET /healthz says whether the database answers.
func (s *server) health(v visit) error {
	if _, err := s.Desk.Clinics(v.r.Context()); err != nil {
		return fault.New(fault.Unavailable, "database.open", "the database does not answer").Because(err)
	}
	v.w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, err := io.WriteString(v.w, "ok\n")
	return err
}

// GET /login
func (s *server) loginForm(v visit) error {
	if v.actor.Staff != 0 {
		return redirect(v, home(v.actor))
	}
	clinics, err := s.Desk.Clinics(v.r.Context())
	if err != nil {
		return err
	}
	if len(clinics) == 0 {
		return redirect(v, "/setup")
	}
	return s.show(v, view.LoginPage(view.Login{Chrome: s.chrome(v, v.l.T("login.title")), Next: v.r.FormValue("next"),
		Lost: v.r.FormValue("lost") != "", Many: len(clinics) > 1, Clinic: v.r.FormValue("clinic"),
		Service: s.OIDC.Issuer != ""}))
}

// POST /login
func (s *server) login(v visit) error {
	clinics, err := s.Desk.Clinics(v.r.Context())
	if err != nil {
		return err
	}
	if len(clinics) == 0 {
		return redirect(v, "/setup")
	}
	form := view.Login{Username: v.r.PostFormValue("username"), Next: v.r.PostFormValue("next"), Many: len(clinics) > 1,
		Clinic: v.r.PostFormValue("clinic"), Service: s.OIDC.Issuer != ""}
	number, _ := strconv.ParseInt(farsi.Digits(strings.TrimSpace(form.Clinic)), 10, 64) // what is no number asks for no clinic
	e, err := s.Desk.SignIn(v.r.Context(), desk.Login{Clinic: clinic.ID(max(number, 0)), Username: form.Username,
		Password: v.r.PostFormValue("password"), Origin: s.origin(v.r), Agent: agentOf(v.r)})
	if f, ok := fault.As(err); ok && f.Kind == fault.Refused {
		if number > 0 {
			clinics = slices.DeleteFunc(clinics, func(id clinic.ID) bool { return id != clinic.ID(number) })
		}
		s.auditSignInFailed(v, clinics, form.Username, err)
		form.Chrome, form.Problem = s.chrome(v, v.l.T("login.title")), message.Fault(v.l.Lang, f)
		s.write(v, http.StatusUnprocessableEntity, view.LoginPage(form))
		return nil
	}
	if err != nil {
		return err
	}
	return s.entered(v, e, form.Next)
}

// entered hands the browser what the desk gave and leads on.
func (s *server) entered(v visit, e desk.Entry, next string) error {
	if e.Code {
		s.setCookie(v, s.codeCookie(v.r), e.Token)
		return redirect(v, address("/login/code", "next", next))
	}
	s.setSession(v, e.Token)
	return redirect(v, localPath(next))
}

// GET /login/code
func (s *server) codeForm(v visit) error {
	if _, err := v.r.Cookie(s.codeCookie(v.r)); err != nil {
		return redirect(v, address("/login", "next", v.r.FormValue("next")))
	}
	return s.show(v, view.LoginCodePage(view.LoginCode{Chrome: s.chrome(v, v.l.T("code.title")), Next: v.r.FormValue("next")}))
}

// POST /login/code
func (s *server) code(v visit) error {
	form := view.LoginCode{Chrome: s.chrome(v, v.l.T("code.title")), Next: v.r.PostFormValue("next")}
	cookie, err := v.r.Cookie(s.codeCookie(v.r))
	if err != nil {
		return redirect(v, address("/login", "next", form.Next))
	}
	e, err := s.Desk.EnterCode(v.r.Context(), desk.EnterCode{Token: cookie.Value, Code: v.r.PostFormValue("code"),
		Origin: s.origin(v.r), Agent: agentOf(v.r)})
	f, refused := fault.As(err)
	switch {
	case refused && f.Code == "login.over":
		s.setCookie(v, s.codeCookie(v.r), "")
		s.write(v, http.StatusUnprocessableEntity, view.LoginPage(view.Login{Chrome: s.chrome(v, v.l.T("login.title")),
			Next: form.Next, Problem: message.Fault(v.l.Lang, f)}))
		return nil
	case refused && f.Kind == fault.Refused:
		form.Problem = message.Fault(v.l.Lang, f)
		s.write(v, http.StatusUnprocessableEntity, view.LoginCodePage(form))
		return nil
	case err != nil:
		return err
	}
	s.setCookie(v, s.codeCookie(v.r), "")
	return s.entered(v, e, form.Next)
}

// POST /logout
func (s *server) logout(v visit) error {
	if cookie, err := v.r.Cookie(s.cookieName(v.r)); err == nil {
		if err := s.Desk.SignOut(v.r.Context(), cookie.Value, s.origin(v.r)); err != nil {
			return err
		}
	}
	s.setSession(v, "")
	v.w.Header().Set("Clear-Site-Data", `"cache"`)
	return redirect(v, "/login")
}

// GET /setup
func (s *server) setupForm(v visit) error {
	return s.show(v, view.SetupPage(view.Setup{Chrome: s.chrome(v, v.l.T("setup.title")), Token: v.r.FormValue("token")}))
}

// setupFields are the fields of the form that faults of the desk name
// otherwise.
var setupFields = map[string]string{"clinic_name": "clinic"}

// POST /setup makes the clinic and signs its manager in.
func (s *server) setup(v visit) error {
	form := view.Setup{Chrome: s.chrome(v, v.l.T("setup.title")), Token: v.r.PostFormValue("token"),
		Clinic: v.r.PostFormValue("clinic"), Name: v.r.PostFormValue("name"), Username: v.r.PostFormValue("username")}
	password := v.r.PostFormValue("password")
	actor, err := s.Desk.Setup(v.r.Context(), desk.Setup{Token: form.Token, ClinicName: form.Clinic, Name: form.Name,
		Username: form.Username, Password: password, Currency: money.IRR.Code, Zone: "Asia/Tehran",
		PlaceNames: desk.PlaceNames{Branch: v.l.T("place.branch"), CashDesk: v.l.T("place.cash"), Terminal: v.l.T("place.terminal"),
			Bank: v.l.T("place.bank"), Card: v.l.T("place.card")}})
	if e, ok := fault.As(err); ok && (e.Kind == fault.Invalid || e.Kind == fault.Refused) {
		field := e.Field
		if other, ok := setupFields[field]; ok {
			field = other
		}
		form.Problems = []view.FieldProblem{{Field: field, Text: message.Fault(v.l.Lang, e)}}
		s.write(v, http.StatusUnprocessableEntity, view.SetupPage(form))
		return nil
	}
	if err != nil {
		return err
	}
	e, err := s.Desk.SignIn(v.r.Context(), desk.Login{Clinic: actor.Clinic, Username: form.Username, Password: password,
		Origin: s.origin(v.r), Agent: agentOf(v.r)})
	if err != nil {
		return err
	}
	return s.entered(v, e, "")
}
