package api

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"reflect"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"daftar/internal/fault"
)

// Problem is an RFC 9457 problem document. Code is stable; Field names the
// part of the request that is wrong, when it is one.
type Problem struct {
	Type   string `json:"type"`
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail,omitempty"`
	Code   string `json:"code"`
	Field  string `json:"field,omitempty"`
	// Next are the first free times after one that was refused.
	Next []time.Time `json:"next_free,omitempty" doc:"of a refused time: the first free ones after it"`
}

// Error implements error.
func (p *Problem) Error() string { return p.Code + ": " + p.Detail }

// GetStatus is the HTTP status of the answer.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType marks the answer as a problem.
func (p *Problem) ContentType(string) string { return problemType }

const problemType = "application/problem+json"

// statuses says which HTTP status each kind of fault has.
var statuses = map[fault.Kind]int{
	fault.Internal:    http.StatusInternalServerError,
	fault.Invalid:     http.StatusBadRequest,
	fault.NotFound:    http.StatusNotFound,
	fault.Forbidden:   http.StatusForbidden,
	fault.Conflict:    http.StatusConflict,
	fault.Refused:     http.StatusUnprocessableEntity,
	fault.Unavailable: http.StatusServiceUnavailable,
}

// problemOf turns any error into a problem. What nobody classified is ours and
// says nothing about its inside.
func problemOf(err error) *Problem {
	e, ok := fault.As(err)
	if !ok || e.Kind == fault.Internal {
		e = fault.New(fault.Internal, "internal", "something went wrong on our side")
	}
	status := statuses[e.Kind]
	return &Problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: e.Text, Code: e.Code, Field: e.Field,
		Next: offered(e.Args["next"])}
}

// offered reads the instants that a refusal of a time offers.
func offered(text string) (next []time.Time) {
	for one := range strings.SplitSeq(text, ",") {
		if t, err := time.Parse(time.RFC3339, one); err == nil {
			next = append(next, t.UTC())
		}
	}
	return next
}

// problem is the answer to a failed call. Only our own mistakes are logged.
func (s *server) problem(ctx context.Context, err error) *Problem {
	p := problemOf(err)
	if p.Status >= http.StatusInternalServerError && !errors.Is(err, context.Canceled) {
		s.log.ErrorContext(ctx, "api call failed", slog.String("code", fault.Code(err)), slog.Any("error", err))
	}
	return p
}

// refuse answers a request that reaches no call.
func (s *server) refuse(w http.ResponseWriter, r *http.Request, err error) {
	s.write(w, s.problem(r.Context(), err))
}

// unauthorized answers a request of nobody we know. A database that is away is
// no reason to throw a token away.
func (s *server) unauthorized(w http.ResponseWriter, r *http.Request, err error) {
	p := s.problem(r.Context(), err)
	if k := fault.Of(err); k == fault.Forbidden || k == fault.NotFound || k == fault.Invalid {
		p.Status, p.Title = http.StatusUnauthorized, http.StatusText(http.StatusUnauthorized)
		w.Header().Set("WWW-Authenticate", "Bearer")
	}
	s.write(w, p)
}

func (s *server) write(w http.ResponseWriter, p *Problem) {
	w.Header().Set("Content-Type", problemType)
	w.WriteHeader(p.Status)
	if err := json.NewEncoder(w).Encode(p); err != nil {
		s.log.Warn("problem not delivered", slog.Any("error", err))
	}
}

// init makes the mistakes that the HTTP layer finds by itself, in parameters
// and sizes, look like all others.
func init() {
	huma.NewError = func(status int, msg string, errs ...error) huma.StatusError {
		p := &Problem{Type: "about:blank", Status: status, Detail: msg, Code: "request.invalid"}
		if status == http.StatusUnprocessableEntity {
			p.Status = http.StatusBadRequest
		}
		if status == http.StatusRequestEntityTooLarge {
			p.Code = "request.large"
		}
		if status >= http.StatusInternalServerError {
			p.Code, p.Detail = "internal", "something went wrong on our side"
		}
		p.Title = http.StatusText(p.Status)
		for _, err := range errs {
			if d, ok := err.(huma.ErrorDetailer); ok && p.Field == "" {
				at := d.ErrorDetail().Location
				p.Field = at[strings.LastIndexByte(at, '.')+1:]
				p.Detail = d.ErrorDetail().Message
			}
		}
		return p
	}
}

// problemResponse describes a problem.
func problemResponse(schemas huma.Registry) *huma.Response {
	return &huma.Response{Description: "A problem", Content: map[string]*huma.MediaType{
		problemType: {Schema: schemas.Schema(reflect.TypeFor[Problem](), true, "Problem")},
	}}
}
