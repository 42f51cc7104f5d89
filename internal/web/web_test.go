package web_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"daftar/internal/clinic"
	"daftar/test/site"
)

// person is somebody at a browser without script: it keeps cookies and does
// not follow redirects.
type person struct {
	t       *testing.T
	site    *site.Site
	cookies map[string]*http.Cookie
	script  bool // asks as the page's script does
	tls     bool // reaches the site through a proxy by TLS
}

// answer is what came back.
type answer struct {
	*http.Response
	body string
}

func nobody(t *testing.T, s *site.Site) *person {
	return &person{t: t, site: s, cookies: map[string]*http.Cookie{}}
}

// as signs somebody in.
func as(t *testing.T, s *site.Site, role clinic.Role) *person {
	t.Helper()
	p := nobody(t, s)
	p.signIn(role)
	return p
}

func (p *person) signIn(role clinic.Role) {
	p.t.Helper()
	got := p.post("/login", "username", string(role), "password", site.Password)
	if got.StatusCode != http.StatusSeeOther {
		p.t.Fatalf("sign-in answers %d: %s", got.StatusCode, got.body)
	}
}

func (p *person) get(path string) answer { return p.do(http.MethodGet, path, "") }

func (p *person) post(path string, pairs ...string) answer {
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	return p.do(http.MethodPost, path, form.Encode())
}

func (p *person) do(method, path, body string) answer {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if p.script {
		r.Header.Set("HX-Request", "true")
	}
	if p.tls {
		r.Header.Set("X-Forwarded-Proto", "https")
	}
	for _, c := range p.cookies {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	p.site.Handler.ServeHTTP(w, r)
	got := answer{Response: w.Result()}
	for _, c := range got.Cookies() {
		p.cookies[c.Name] = c
	}
	all, err := io.ReadAll(got.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	got.body = string(all)
	return got
}

// wants fails the test when the answer has another status or lacks a text.
func (a answer) wants(t *testing.T, status int, texts ...string) {
	t.Helper()
	if a.StatusCode != status {
		t.Errorf("status %d, want %d (to %s)", a.StatusCode, status, a.Header.Get("Location"))
	}
	for _, text := range texts {
		if !strings.Contains(a.body, text) {
			t.Errorf("the page lacks %q:\n%s", text, excerpt(a.body))
		}
	}
}

// lacks fails the test when the answer holds a text.
func (a answer) lacks(t *testing.T, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if strings.Contains(a.body, text) {
			t.Errorf("the page holds %q", text)
		}
	}
}

func excerpt(body string) string {
	if at := strings.Index(body, "<main"); at >= 0 {
		body = body[at:]
	}
	return body[:min(len(body), 3000)]
}

// hidden is the value of a form's hidden field.
func (a answer) hidden(t *testing.T, name string) string {
	t.Helper()
	_, rest, found := strings.Cut(a.body, `name="`+name+`" value="`)
	if !found {
		t.Fatalf("there is no hidden field %q", name)
	}
	value, _, _ := strings.Cut(rest, `"`)
	return value
}

func path(patient clinic.PatientID, rest string) string {
	return "/patients/" + strconv.FormatInt(int64(patient), 10) + rest
}
