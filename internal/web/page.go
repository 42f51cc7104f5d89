package web

import (
	"context"
	"errors"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/web/view"
)

// visit is one request and who makes it. Without a session actor and clinic
// are empty.
type visit struct {
	w      http.ResponseWriter
	r      *http.Request
	actor  clinic.Actor
	clinic clinic.Clinic
	l      view.Locale
	at     desk.Session // the session, and what the browser holds of it
	token  string
	news   int64 // the newest news before anything was read
}

// status maps every kind of fault.
var status = map[fault.Kind]int{
	fault.Internal:    http.StatusInternalServerError,
	fault.Invalid:     http.StatusBadRequest,
	fault.NotFound:    http.StatusNotFound,
	fault.Forbidden:   http.StatusForbidden,
	fault.Conflict:    http.StatusConflict,
	fault.Refused:     http.StatusUnprocessableEntity,
	fault.Unavailable: http.StatusServiceUnavailable,
}

// serve turns a route into a handler. It is the only place where an error
// becomes a status, a page and a line in the log.
func (s *server) serve(route route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := visit{w: w, r: r, l: preferred(r)}
		defer func() {
			// The value of a panic may hold a patient's data, so only where it
			// happened is logged.
			if recover() != nil {
				s.Log.ErrorContext(r.Context(), "panic", "method", r.Method, "route", r.Pattern, "stack", string(debug.Stack()))
				s.problem(v, http.StatusInternalServerError, "", "panic")
			}
		}()
		err := s.identify(&v, route)
		if err == nil {
			err = readForm(w, r, route.files)
		}
		if err == nil {
			err = route.handle(v)
		}
		if err != nil {
			s.auditRefusal(v, route.Route, err)
			s.fail(v, err)
		}
	})
}

// fail shows an error. A person whose session is over signs in and comes back.
func (s *server) fail(v visit, err error) {
	if s.leads(v, err) {
		return
	}
	if errors.Is(err, context.Canceled) || v.r.Context().Err() != nil {
		return // nobody waits for the answer
	}
	kind := fault.Of(err)
	if kind == fault.Internal || kind == fault.Unavailable {
		s.Log.ErrorContext(v.r.Context(), "request failed", "method", v.r.Method, "route", v.r.Pattern, "err", err)
	}
	text, code := "", "internal"
	if e, ok := fault.As(err); ok && kind != fault.Internal {
		text, code = refusalText(v, e), e.Code
	}
	s.problem(v, status[kind], text, code)
}

// refusalText says what is wrong, and of what a role may not do, who may.
func refusalText(v visit, e *fault.Error) string {
	needs := clinic.Permission(e.Args["permission"])
	if e.Kind != fault.Forbidden || e.Code != "permission" || v.actor.Staff == 0 {
		return sentence(v, e)
	}
	var roles []string
	for _, r := range clinic.Roles {
		if r.Preset().Has(needs) && r != v.actor.Role {
			roles = append(roles, v.l.T("role."+string(r)))
		}
	}
	if len(roles) == 0 {
		return sentence(v, e)
	}
	slices.Reverse(roles) // the manager may everything and is named last
	text := roles[len(roles)-1]
	if rest := roles[:len(roles)-1]; len(rest) > 0 {
		text = strings.Join(rest, v.l.T("word.comma")) + v.l.T("word.or") + text
	}
	return v.l.T("problem.403.who", "roles", text)
}

// problem shows the page of a problem. What somebody may not do is said in a
// sentence, and has no code to ask for help with: nothing is broken.
func (s *server) problem(v visit, code int, text, name string) {
	if code == http.StatusForbidden {
		name = ""
	}
	p := view.Problem{Chrome: s.chrome(v, v.l.T("problem.title")), Status: code, Text: text, Code: name, Back: "/"}
	s.write(v, code, view.ProblemPage(p))
}

// show answers with a page.
func (s *server) show(v visit, page templ.Component) error {
	s.write(v, http.StatusOK, page)
	return nil
}

func (s *server) write(v visit, code int, page templ.Component) {
	v.w.Header().Set("Content-Type", "text/html; charset=utf-8")
	v.w.WriteHeader(code)
	if err := page.Render(v.r.Context(), v.w); err != nil && !errors.Is(err, context.Canceled) {
		s.Log.WarnContext(v.r.Context(), "page was not written whole", "route", v.r.Pattern, "err", err)
	}
}

// redirect sends the browser to a path of this site after a form.
func redirect(v visit, path string) error {
	http.Redirect(v.w, v.r, path, http.StatusSeeOther)
	return nil
}

// byScript reports whether the page's script asks and takes a part of the
// answer.
func byScript(r *http.Request) bool { return r.Header.Get("HX-Request") == "true" }
