package api

import (
	"context"
	"log/slog"
	"net/http"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"daftar/internal/clinic"
)

// Route is one call of the API and what it needs: the permission, whether its
// answer has data of patients or money, and what kind of record its path
// names.
type Route struct {
	Method     string `json:"method"`
	Path       string `json:"path"`
	Permission string `json:"permission"`
	PHI        bool   `json:"phi"`
	Money      bool   `json:"money"`
	Object     string `json:"object"`
}

// Routes lists every call of the API in the order they are registered, the
// open description last.
func Routes() []Route {
	s := build(nil, slog.New(slog.DiscardHandler))
	return append(s.routes, Route{Method: http.MethodGet, Path: base + "/openapi.json", Permission: "public"})
}

// kind is what a call touches.
type kind uint8

const (
	aboutNobody   kind = iota
	aboutPatients      // data of patients
	aboutMoney         // data of patients and money
)

// call describes one route before it is registered.
type call struct {
	method  string
	path    string // below base
	right   clinic.Permission
	touches kind
	object  string
	says    string
	created bool                       // answers 201
	keyed   bool                       // needs a key although it moves no money
	answers map[string]*huma.MediaType // where the type of the answer does not say it; nil where it does
}

// bodied is an input that has a JSON body; it names the body's type for the
// description.
type bodied interface{ bodyType() reflect.Type }

// add registers a call. Whatever error do returns becomes a problem here and
// nowhere else.
func add[I, O any](s *server, c call, do func(ctx context.Context, a clinic.Actor, in *I) (*O, error)) {
	path := base + c.path
	s.routes = append(s.routes, Route{Method: c.method, Path: path, Permission: string(c.right),
		PHI: c.touches != aboutNobody, Money: c.touches == aboutMoney, Object: c.object})
	title := strings.Trim(strings.NewReplacer("/{id}", "", "/", "-", "{", "", "}", "").Replace(c.path), "-")
	if strings.HasSuffix(c.path, "}") {
		title += "-one"
	}
	op := huma.Operation{
		OperationID:  strings.ToLower(c.method) + "-" + title,
		Method:       c.method,
		Path:         path,
		Summary:      c.says,
		MaxBodyBytes: maxBody,
		Security:     []map[string][]string{{"token": {}}},
		Responses:    map[string]*huma.Response{"default": problemResponse(s.huma.OpenAPI().Components.Schemas)},
	}
	if c.created {
		op.DefaultStatus = http.StatusCreated
	}
	if c.answers != nil {
		op.Responses["200"] = &huma.Response{Description: http.StatusText(http.StatusOK), Content: c.answers}
	}
	var in I
	b, hasBody := any(in).(bodied)
	if hasBody {
		op.RequestBody, op.SkipValidateBody = &huma.RequestBody{Required: true}, true
	}
	huma.Register(s.huma, op, func(ctx context.Context, in *I) (*O, error) {
		a := actor(ctx)
		err := a.May(c.right) // before the form is read: who may not is told nothing about it
		var out *O
		if err == nil {
			out, err = do(ctx, a, in)
		}
		if err != nil {
			s.auditRefusal(ctx, c, err)
			return nil, s.problem(ctx, err)
		}
		return out, nil
	})
	if hasBody { // the body is read by us, so its schema is ours to say as well
		op.RequestBody.Content["application/json"].Schema = s.huma.OpenAPI().Components.Schemas.Schema(b.bodyType(), true, title)
	}
	if (c.touches == aboutMoney || c.keyed) && c.method == http.MethodPost {
		requireKey(s.huma.OpenAPI().Paths[path].Post)
	}
}

// requireKey describes the key of a command that moves money as required. The
// description alone says so: keyed refuses with a code of its own.
func requireKey(op *huma.Operation) {
	for _, p := range op.Parameters {
		if p.Name == "Idempotency-Key" {
			p.Required = true
		}
	}
}

// answer is a body with the version it is edited by.
type answer[B any] struct {
	ETag string `header:"ETag"`
	Body B
}

func reply[B any](body B) *answer[B] { return &answer[B]{Body: body} }
