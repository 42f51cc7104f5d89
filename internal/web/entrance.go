package web

import (
	"io"
	"net/http"

	"daftar/internal/clinic"
	"daftar/internal/desk"
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
		form("/logout", Public, "", s.logout),
		page("/setup", Public, "", s.setupForm),
		form("/setup", Public, "", s.setup),
	}
}

// GET / leads to the list; a new installation to the set-up.
func (s *server) office(v visit) error {
	clinics, err := s.Desk.Clinics(v.r.Context())
	if err != nil {
		return err
	}
	if len(clinics) == 0 {
		return redirect(v, "/setup")
	}
	return redirect(v, "/patients")
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
		return redirect(v, "/patients")
	}
	clinics, err := s.Desk.Clinics(v.r.Context())
	if err != nil {
		return err
	}
	if len(clinics) == 0 {
		return redirect(v, "/setup")
	}
	return s.show(v, view.LoginPage(view.Login{Chrome: s.chrome(v, v.l.T("login.title")), Next: v.r.FormValue("next")}))
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
	username := v.r.PostFormValue("username")
	err = s.signIn(v, clinics, username, v.r.PostFormValue("password"))
	if e, ok := fault.As(err); ok && e.Kind == fault.Refused {
		s.write(v, http.StatusUnprocessableEntity, view.LoginPage(view.Login{Chrome: s.chrome(v, v.l.T("login.title")),
			Username: username, Problem: message.Fault(v.l.Lang, e), Next: v.r.PostFormValue("next")}))
		return nil
	}
	if err != nil {
		return err
	}
	return redirect(v, localPath(v.r.PostFormValue("next")))
}

// mostTried bounds how many clinics one sign-in asks, as each costs a hash.
const mostTried = 4

// signIn begins a session in the first of the clinics that knows the person.
func (s *server) signIn(v visit, clinics []clinic.ID, username, password string) error {
	var token string
	var err error
	for _, id := range clinics[:min(len(clinics), mostTried)] {
		token, _, err = s.Desk.SignIn(v.r.Context(), id, username, password, s.origin(v.r))
		if fault.Code(err) != "login.wrong" {
			break
		}
	}
	if err == nil {
		s.setSession(v, token)
		return nil
	}
	s.auditSignInFailed(v, clinics, username, err)
	return err
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
	if err := s.signIn(v, []clinic.ID{actor.Clinic}, form.Username, password); err != nil {
		return err
	}
	return redirect(v, "/patients")
}
