// Package api serves the JSON API under /api/v1/: the same commands and
// questions as the pages, for programs. It knows bearer tokens, JSON and
// problem documents; every rule is the desk's.
package api

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
)

// base is where every call lives.
const base = "/api/v1"

// maxBody bounds what a call may send, in bytes.
const maxBody = 1 << 20

// server holds what the calls share.
type server struct {
	desk   *desk.Desk
	log    *slog.Logger
	mux    *http.ServeMux
	huma   huma.API
	routes []Route
}

// New returns the handler of everything under /api/v1/. Every call but the
// description at /api/v1/openapi.json needs a bearer token; mistakes are
// answered as RFC 9457 problems.
func New(d *desk.Desk, log *slog.Logger) http.Handler {
	s := build(d, log)
	description, err := json.Marshal(s.huma.OpenAPI())
	if err != nil {
		panic("the description of the API is no JSON: " + err.Error())
	}
	s.mux.HandleFunc("GET "+base+"/openapi.json", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/openapi+json")
		w.Write(description)
	})
	s.mux.HandleFunc("/", s.noSuchCall)
	return s.guard(s.mux)
}

// noSuchCall answers what is no call: 405 with the methods that the path has,
// 404 when it has none.
func (s *server) noSuchCall(w http.ResponseWriter, r *http.Request) {
	var allowed []string
	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPatch} {
		other := r.Clone(r.Context())
		other.Method = method
		if _, pattern := s.mux.Handler(other); pattern != "/" {
			allowed = append(allowed, method)
		}
	}
	if len(allowed) == 0 {
		s.refuse(w, r, fault.New(fault.NotFound, "route.none", "there is no such call"))
		return
	}
	w.Header().Set("Allow", strings.Join(allowed, ", "))
	p := s.problem(r.Context(), fault.New(fault.Invalid, "route.method", "the call has another method"))
	p.Status, p.Title = http.StatusMethodNotAllowed, http.StatusText(http.StatusMethodNotAllowed)
	s.write(w, p)
}

// build registers every call. Without a desk the calls can be listed, not made.
func build(d *desk.Desk, log *slog.Logger) *server {
	s := &server{desk: d, log: log, mux: http.NewServeMux()}
	config := huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0",
			Info:    &huma.Info{Title: "Daftar", Version: "1", Description: "Front office and books of a clinic. Amounts are whole minor units of the clinic's currency."},
			Components: &huma.Components{
				Schemas:         huma.NewMapRegistry("#/components/schemas/", huma.DefaultSchemaNamer),
				SecuritySchemes: map[string]*huma.SecurityScheme{"token": {Type: "http", Scheme: "bearer"}},
			},
		},
		Formats:       map[string]huma.Format{"application/json": huma.DefaultJSONFormat, "json": huma.DefaultJSONFormat},
		DefaultFormat: "application/json",
	}
	s.huma = humago.New(s.mux, config)
	s.addPatients()
	s.addCoverages()
	s.addMerges()
	s.addStatement()
	s.addAdmissions()
	s.addReceipts()
	s.addCatalogue()
	s.addReports()
	s.addTickets()
	s.addMessages()
	s.addCampaigns()
	s.addLeads()
	s.addEvents()
	s.addShifts()
	s.addCorrections()
	s.addDeposits()
	s.addCheques()
	s.addInstalments()
	s.addRevisions()
	s.addDiscountCodes()
	s.addClub()
	s.addPackages()
	s.addSettlements()
	s.addSettlementVoids()
	s.addCommissions()
	s.addAppointments()
	return s
}

// callerKey is where guard leaves the caller for the call.
type callerKey struct{}

// caller is who calls, and with what; the path is read once the call is found.
type caller struct {
	actor   clinic.Actor
	request *http.Request
}

// guard lets in who has a token, bounds what is sent and keeps answers out of
// every cache: they are about people.
func (s *server) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		defer func() {
			// The value of a panic may hold a patient's data, so only where it
			// happened is logged.
			if recover() != nil {
				s.log.ErrorContext(r.Context(), "panic", "method", r.Method, "route", r.Pattern, "stack", string(debug.Stack()))
				s.refuse(w, r, errors.New("panic"))
			}
		}()
		if r.Method == http.MethodGet && r.URL.Path == base+"/openapi.json" {
			next.ServeHTTP(w, r)
			return
		}
		token := bearer(r)
		if token == "" {
			s.unauthorized(w, r, fault.New(fault.Forbidden, "token.none", "a bearer token is needed"))
			return
		}
		actor, err := s.desk.TokenActor(r.Context(), token)
		if err != nil {
			s.unauthorized(w, r, err)
			return
		}
		if _, err := s.desk.Clinic(r.Context(), actor.Clinic); err != nil {
			s.refuse(w, r, err)
			return
		}
		actor.Origin = "api " + remote(r)
		r.Body = http.MaxBytesReader(w, r.Body, maxBody+1<<10) // each call refuses sooner, in words
		c := &caller{actor: actor}
		c.request = r.WithContext(context.WithValue(r.Context(), callerKey{}, c))
		next.ServeHTTP(w, c.request)
	})
}

// bearer is the token of a call, "" when there is none.
func bearer(r *http.Request) string {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(token)
}

// remote is the address of the caller without its port.
func remote(r *http.Request) string {
	if i := strings.LastIndexByte(r.RemoteAddr, ':'); i > 0 {
		return r.RemoteAddr[:i]
	}
	return r.RemoteAddr
}

// actor is who makes the call.
func actor(ctx context.Context) clinic.Actor {
	if c, ok := ctx.Value(callerKey{}).(*caller); ok {
		return c.actor
	}
	return clinic.Actor{}
}
