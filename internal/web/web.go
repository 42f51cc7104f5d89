// Package web is the site: it reads requests, asks the desk and shows what it
// answers. It holds no rule of the clinic and no SQL; an error becomes a status
// and a page in one place, in page.go.
package web

import (
	"log/slog"
	"net/http"

	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/web/asset"
)

// Options are what the site is made of.
type Options struct {
	Desk        *desk.Desk
	API         http.Handler // serves /api/; nil: there is none
	Assets      *asset.Set
	Log         *slog.Logger
	Secure      bool          // the site is reached by TLS: cookies are __Host-, HSTS is sent
	BehindProxy bool          // X-Forwarded-For and -Proto are those of a proxy that can be trusted
	RequestKey  func() string // names a form for ever, never twice
	Version     string
	OIDC        OIDC // a service that vouches for the staff

	Gate               desk.Gate    // the online gateway; nil: deposits are asked for at the desk
	ReferenceParameter string       // in which the gateway names a payment to the callback; "" is "reference"
	Bank               http.Handler // page of a made-up bank; nil: there is none
	Kick               func()       // has messages sent now; nil: they wait for their turn
}

// server is the site under way.
type server struct {
	Options
	tabs  []tab
	pages map[string]bool // paths of the site map that a link may lead to
	voucher
}

// New returns the handler for the whole site. It is safe for concurrent use.
func New(o Options) http.Handler {
	s := &server{Options: o, tabs: tabs(), pages: map[string]bool{}}
	mux := http.NewServeMux()
	for _, r := range s.routes() {
		mux.Handle(r.Method+" "+r.Path, s.serve(r))
		if r.Method == http.MethodGet {
			s.pages[r.Path] = true
		}
	}
	mux.Handle("GET "+asset.Prefix, o.Assets)
	if o.API != nil {
		mux.Handle("/api/", o.API)
	}
	mux.Handle("/", s.serve(route{Route: Route{Permission: Public}, handle: func(visit) error {
		return fault.New(fault.NotFound, "page.none", "there is no such page")
	}}))
	return s.guard(mux)
}
