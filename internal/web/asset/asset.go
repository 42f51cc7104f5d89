// Package asset holds what the browser is sent beside pages: style, script,
// fonts and icons, built by script/assets.mjs and embedded in the binary.
//
// A file is known under a name with a hash of its content, which may be kept
// for ever, and under its plain name, which is asked about each time.
package asset

import (
	"bytes"
	"embed"
	"encoding/json"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"time"
)

//go:embed dist
var built embed.FS

// Prefix is where the handler is mounted.
const Prefix = "/asset/"

// Set is the built files of one binary.
type Set struct {
	files  fs.FS
	hashed map[string]string // plain name to hashed name
	plain  map[string]bool   // hashed names, which may be kept for ever
}

// Load reads the manifest of the embedded files. It fails when the assets were
// not built.
func Load() (*Set, error) {
	files, err := fs.Sub(built, "dist")
	if err != nil {
		return nil, err
	}
	return From(files)
}

// From is Load for the files of a folder that holds a manifest.json.
func From(files fs.FS) (*Set, error) {
	manifest, err := fs.ReadFile(files, "manifest.json")
	if err != nil {
		return nil, err
	}
	s := &Set{files: files, hashed: map[string]string{}, plain: map[string]bool{}}
	if err := json.Unmarshal(manifest, &s.hashed); err != nil {
		return nil, err
	}
	for _, name := range s.hashed {
		s.plain[name] = true
	}
	return s, nil
}

// Path is where the browser finds the file called name: "/asset/app.3f2a9c.css"
// for "app.css". An unknown name comes back under its plain path, which is
// answered with 404.
func (s *Set) Path(name string) string {
	if hashed, ok := s.hashed[name]; ok {
		return Prefix + hashed
	}
	return Prefix + name
}

// ServeHTTP serves the files below Prefix. A hashed name may be kept for a
// year; a plain one has the hash as its entity tag and is asked about again.
func (s *Set) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, Prefix)
	forever := s.plain[name]
	if hashed, ok := s.hashed[name]; ok {
		name = hashed
	} else if !forever {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Cache-Control", "no-cache")
	if forever {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	h.Set("Content-Type", kinds[path.Ext(name)])
	h.Set("Vary", "Accept-Encoding")
	etag := name
	body, err := fs.ReadFile(s.files, name)
	if zipped, zerr := fs.ReadFile(s.files, name+".gz"); zerr == nil && acceptsGzip(r) {
		body, err, etag = zipped, nil, name+".gz"
		h.Set("Content-Encoding", "gzip")
	}
	if err != nil {
		http.NotFound(w, r)
		return
	}
	h.Set("ETag", `"`+etag+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}

var kinds = map[string]string{
	".css":   "text/css; charset=utf-8",
	".js":    "text/javascript; charset=utf-8",
	".svg":   "image/svg+xml",
	".woff2": "font/woff2",
	".png":   "image/png",
	".ico":   "image/x-icon",
	".json":  "application/json",
}

func acceptsGzip(r *http.Request) bool {
	for part := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, quality, _ := strings.Cut(strings.TrimSpace(part), ";")
		if name == "gzip" && strings.TrimSpace(quality) != "q=0" {
			return true
		}
	}
	return false
}
