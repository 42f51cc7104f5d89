package web

import (
	"strconv"

	"daftar/internal/clinic"
	"daftar/internal/desk"
)

// auditRoutes: who did and saw what.
func (s *server) auditRoutes() []route {
	return nil
}

// auditRefusal writes down who was refused what. The answer is the same when
// that fails.
func (s *server) auditRefusal(v visit, r Route, err error) {
	id, _ := strconv.ParseInt(v.r.PathValue(r.Object), 10, 64) // what is no number names no record
	failed := s.Desk.AuditRefusal(v.r.Context(), v.actor, desk.Refusal{Route: r.Method + " " + r.Path, Object: r.Object, ID: id,
		People: r.PHI, Err: err})
	if failed != nil {
		s.Log.ErrorContext(v.r.Context(), "a refusal was not audited", "route", v.r.Pattern, "err", failed)
	}
}

// auditSignInFailed writes down that a sign-in was refused.
func (s *server) auditSignInFailed(v visit, clinics []clinic.ID, username string, err error) {
	failed := s.Desk.AuditSignInFailed(v.r.Context(), clinics[:min(len(clinics), mostTried)], username, s.origin(v.r), err)
	if failed != nil {
		s.Log.ErrorContext(v.r.Context(), "a sign-in was not audited", "err", failed)
	}
}
