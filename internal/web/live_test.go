package web_test

import (
	"bufio"
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/test/engine"
	"daftar/test/site"
)

// listen opens a stream of news as a signed-in browser does.
func (p *person) listen(ctx context.Context, server *httptest.Server, query string) *http.Response {
	p.t.Helper()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, server.URL+"/events"+query, http.NoBody)
	if err != nil {
		p.t.Fatal(err)
	}
	r.Header.Set("Accept", "text/event-stream")
	for _, c := range p.cookies {
		r.AddCookie(c)
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { response.Body.Close() })
	return response
}

// heard reads a stream up to the event of a kind.
func heard(t *testing.T, lines *bufio.Scanner, kind string) string {
	t.Helper()
	for lines.Scan() {
		if lines.Text() == "event: "+kind {
			lines.Scan()
			return lines.Text()
		}
	}
	t.Fatalf("the stream ends without %s", kind)
	return ""
}

// The stream outlives the deadlines of pages, names nobody but colleagues, and
// ends with the server.
func TestTheStreamOfNews(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	server := httptest.NewUnstartedServer(s.Handler)
	server.Config.ReadTimeout, server.Config.WriteTimeout = 200*time.Millisecond, 200*time.Millisecond
	server.Start()
	t.Cleanup(server.Close)
	p := as(t, s, clinic.Receptionist)
	response := p.listen(t.Context(), server, "?patient="+idOf(s.Maryam))
	if got := response.Header.Get("Content-Type"); !strings.HasPrefix(got, "text/event-stream") || response.StatusCode != http.StatusOK {
		t.Fatalf("status %d, %s", response.StatusCode, got)
	}
	lines := bufio.NewScanner(response.Body)
	heard(t, lines, "together")
	time.Sleep(500 * time.Millisecond)
	time.AfterFunc(5*time.Second, s.Desk.EndWatches) // so that a test that fails ends
	pay := desk.Receive{Patient: s.Maryam, Lines: []clinic.MoneyLine{{Method: clinic.Cash, Amount: 1000}}, Request: desk.Request{Key: "k"}}
	if _, err := s.Desk.Receive(t.Context(), s.Manager, pay); err != nil {
		t.Fatal(err)
	}
	data := heard(t, lines, "change")
	for _, text := range []string{`"patient":"` + idOf(s.Maryam) + `"`, `"action":"receipt.write"`, "ورود داده ساعت ۱۱:۳۰ دریافت ثبت کرد"} {
		if !strings.Contains(data, text) {
			t.Errorf("the news lacks %s: %s", text, data)
		}
	}
	if strings.Contains(data, "مریم") || strings.Contains(data, "1000") || strings.Contains(data, "mine") {
		t.Errorf("the news tells too much: %s", data)
	}
	s.Desk.EndWatches()
	for lines.Scan() {
	}
	if err := lines.Err(); err != nil {
		t.Errorf("the stream breaks off: %v", err)
	}
	if got := p.listen(t.Context(), server, ""); got.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("while the server stops the answer is %d", got.StatusCode)
	}
}

// Who may not know is told nothing; who does not wait gets what there is.
func TestWhoHearsNews(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	nobody(t, s).get("/events").wants(t, http.StatusSeeOther)
	p := as(t, s, clinic.Receptionist)
	mark := newsOf(t, p.get("/patients"))
	p.get("/events?since="+mark).lacks(t, "event:")
	p.post(path(s.Maryam, "/receipts"), "request", "k", "seen_version", versionOf(t, p, s), "tab", "summary", "method-0", "cash", "amount-0", "1000")
	p.get("/events?since="+mark).wants(t, http.StatusOK, "event: change", `"mine":true`)
	p.get("/events?since=1").wants(t, http.StatusOK, "event: resync")
	if again := newsOf(t, p.get("/patients")); again == mark {
		t.Error("the page does not say that there is news")
	}
}

func idOf(p clinic.PatientID) string { return strings.Trim(path(p, ""), "/patiens") }

// newsOf is the news that a page was read after.
func newsOf(t *testing.T, a answer) string {
	t.Helper()
	_, rest, found := strings.Cut(a.body, `data-news="`)
	if !found {
		t.Fatal("the page does not say what news it was read after")
	}
	mark, _, _ := strings.Cut(rest, `"`)
	return mark
}

// versionOf is the version of Maryam's account that the sheet carries.
func versionOf(t *testing.T, p *person, s *site.Site) string {
	t.Helper()
	return p.get(path(s.Maryam, "/cashier?tab=summary")).hidden(t, "seen_version")
}
