package asset_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/fstest"

	"daftar/internal/web/asset"
)

func set(t *testing.T) *asset.Set {
	t.Helper()
	s, err := asset.From(fstest.MapFS{
		"manifest.json":       {Data: []byte(`{"app.css":"app.0123abcd.css","a.woff2":"a.9999.woff2"}`)},
		"app.0123abcd.css":    {Data: []byte("body{}")},
		"app.0123abcd.css.gz": {Data: []byte("zipped")},
		"a.9999.woff2":        {Data: []byte("font")},
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestServe(t *testing.T) {
	const forever = "public, max-age=31536000, immutable"
	tests := map[string]struct {
		path, accept, tag   string
		status              int
		cache, coding, body string
	}{
		"a hashed name may be kept for ever":      {"/asset/app.0123abcd.css", "", "", 200, forever, "", "body{}"},
		"a plain name is asked about again":       {"/asset/app.css", "", "", 200, "no-cache", "", "body{}"},
		"who reads gzip gets the ready-made twin": {"/asset/app.css", "br, gzip;q=0.9", "", 200, "no-cache", "gzip", "zipped"},
		"who refuses gzip gets it plain":          {"/asset/app.css", "gzip;q=0", "", 200, "no-cache", "", "body{}"},
		"what has no twin is sent as it is":       {"/asset/a.woff2", "gzip", "", 200, "no-cache", "", "font"},
		"what is still the same is not sent":      {"/asset/app.css", "", `"app.0123abcd.css"`, 304, "no-cache", "", ""},
		"an unknown name is not found":            {"/asset/nothing.css", "", "", 404, "", "", "404 page not found\n"},
		"a twin has no address of its own":        {"/asset/app.0123abcd.css.gz", "", "", 404, "", "", "404 page not found\n"},
		"the manifest has no address":             {"/asset/manifest.json", "", "", 404, "", "", "404 page not found\n"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			r := httptest.NewRequest(http.MethodGet, tt.path, nil)
			r.Header.Set("Accept-Encoding", tt.accept)
			r.Header.Set("If-None-Match", tt.tag)
			w := httptest.NewRecorder()
			set(t).ServeHTTP(w, r)
			if w.Code != tt.status || w.Body.String() != tt.body {
				t.Errorf("got %d %q, want %d %q", w.Code, w.Body, tt.status, tt.body)
			}
			if got := w.Header().Get("Cache-Control"); got != tt.cache {
				t.Errorf("Cache-Control = %q, want %q", got, tt.cache)
			}
			if got := w.Header().Get("Content-Encoding"); got != tt.coding {
				t.Errorf("Content-Encoding = %q, want %q", got, tt.coding)
			}
		})
	}
}

func TestPath(t *testing.T) {
	s := set(t)
	if got := s.Path("app.css"); got != "/asset/app.0123abcd.css" {
		t.Errorf("a known file is at %q", got)
	}
	if got := s.Path("no.css"); got != "/asset/no.css" {
		t.Errorf("an unknown file is at %q", got)
	}
}

// The embedded files are complete: what the pages ask for is there.
func TestLoad(t *testing.T) {
	s, err := asset.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"app.css", "app.js", "icons.svg", "mark.svg", "vazirmatn-400.woff2", "vazirmatn-600.woff2"} {
		w := httptest.NewRecorder()
		s.ServeHTTP(w, httptest.NewRequest(http.MethodGet, s.Path(name), nil))
		if w.Code != http.StatusOK || w.Header().Get("Cache-Control") == "no-cache" {
			t.Errorf("%s: %d, %s", name, w.Code, w.Header().Get("Cache-Control"))
		}
	}
}
