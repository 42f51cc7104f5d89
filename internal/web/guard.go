package web

import (
	"net"
	"net/http"
	"strings"
)

// maxBody bounds what one request may send, in bytes, and maxUpload what a form
// with files may.
const (
	maxBody   = 1 << 20
	maxUpload = 6 << 20
)

// policy lets a page load what this site serves and nothing else.
const policy = "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"

// guard stands before every route: security headers, no caching unless a
// handler says so, bounded bodies, no forms from other sites.
func (s *server) guard(next http.Handler) http.Handler {
	origin := http.NewCrossOriginProtection()
	origin.SetDenyHandler(http.HandlerFunc(s.otherSite))
	inner := origin.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		if s.secure(r) {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxUpload) // most routes refuse sooner
		inner.ServeHTTP(w, r)
	})
}

// otherSite answers a form that another site sent.
func (s *server) otherSite(w http.ResponseWriter, r *http.Request) {
	v := visit{w: w, r: r, l: preferred(r)}
	s.problem(v, http.StatusForbidden, v.l.T("fault.request.origin"), "request.origin")
}

// secure reports whether the browser reached us by TLS.
func (s *server) secure(r *http.Request) bool {
	return s.Secure || r.TLS != nil || s.BehindProxy && r.Header.Get("X-Forwarded-Proto") == "https"
}

// origin says for the audit where a request comes from. Of the addresses a
// proxy reports only the last is its own word.
func (s *server) origin(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	if forwarded := r.Header.Values("X-Forwarded-For"); s.BehindProxy && len(forwarded) > 0 {
		all := strings.Split(forwarded[len(forwarded)-1], ",")
		if ip := net.ParseIP(strings.TrimSpace(all[len(all)-1])); ip != nil {
			host = ip.String()
		}
	}
	return "page " + host
}
