package web_test

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"daftar/internal/clinic"
	"daftar/internal/web"
	"daftar/test/engine"
	"daftar/test/site"
)

// marked is what says of itself that it is Persian: the name of the language.
var marked = regexp.MustCompile(`<(\w+)[^>]* lang="fa"[^>]*>[^<]*</`)

// A page in English is English to its last letter, where the clinic's own data
// is.
func TestEnglishPagesHoldNoPersian(t *testing.T) {
	s := site.Latin(t, engine.SQLite(t))
	nobody := nobody(t, s)
	p := as(t, s, clinic.Manager)
	for _, who := range []*person{nobody, p} {
		who.cookies["lang"] = &http.Cookie{Name: "lang", Value: "en"}
	}
	for _, where := range []string{"/login", "/nowhere", "/login?next=/patients"} {
		english(t, where, nobody.get(where))
	}
	walked := 0
	for _, r := range web.Routes() {
		if r.Method != http.MethodGet || strings.HasPrefix(r.Path, "/asset/") || strings.HasPrefix(r.Path, "/api/") {
			continue
		}
		for _, where := range pathsOf(r.Path, s) {
			got := p.get(where)
			if got.StatusCode == http.StatusOK {
				walked++
			}
			english(t, where, got)
		}
	}
	if walked < 10 {
		t.Errorf("only %d pages were shown, so that little is tested", walked)
	}
	tooMuch := p.post(path(s.Maryam, "/receipts"), "tab", "summary", "request", "r1", "seen_version", "x", "method-0", "cash", "amount-0", "12a")
	english(t, "a refused receipt", tooMuch)
	english(t, "a preview", p.post(path(s.Maryam, "/receipts/preview"), "method-0", "cash", "amount-0", "8000000"))
}

// pathsOf are the addresses of a route for what the clinic has; none for a
// route about something else than a patient.
func pathsOf(route string, s *site.Site) (paths []string) {
	route = strings.ReplaceAll(route, "{patient}", strconv.FormatInt(int64(s.Maryam), 10))
	paths = []string{route}
	if strings.HasSuffix(route, "/{tab}") {
		paths = nil
		for _, tab := range []string{"summary", "admissions", "transactions"} {
			for _, look := range []string{"", "?kind=receipt&from=1405/1/1", "?as_of=nonsense", "?order=asc&rows=2"} {
				paths = append(paths, strings.Replace(route, "{tab}", tab, 1)+look)
			}
		}
	}
	if len(paths) > 0 && strings.Contains(paths[0], "{") {
		return nil
	}
	return paths
}

func english(t *testing.T, where string, got answer) {
	t.Helper()
	if !strings.HasPrefix(got.Header.Get("Content-Type"), "text/") {
		return
	}
	body := marked.ReplaceAllString(got.body, "")
	at := strings.IndexFunc(body, func(r rune) bool { return unicode.Is(unicode.Arabic, r) })
	if at >= 0 {
		t.Errorf("%s (%d) holds Persian: …%s…", where, got.StatusCode, body[max(0, at-90):min(len(body), at+60)])
	}
}
