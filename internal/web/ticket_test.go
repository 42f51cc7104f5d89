package web_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/web"
	"daftar/test/engine"
	"daftar/test/site"
)

// report posts a form with a file, as a browser does.
func (p *person) report(path, file, content string, pairs ...string) answer {
	p.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for i := 0; i+1 < len(pairs); i += 2 {
		if err := w.WriteField(pairs[i], pairs[i+1]); err != nil {
			p.t.Fatal(err)
		}
	}
	part, err := w.CreateFormFile("file", file)
	if err != nil {
		p.t.Fatal(err)
	}
	part.Write([]byte(content))
	w.Close()
	r := httptest.NewRequest(http.MethodPost, path, &body)
	r.Header.Set("Content-Type", w.FormDataContentType())
	for _, c := range p.cookies {
		r.AddCookie(c)
	}
	answered := httptest.NewRecorder()
	p.site.Handler.ServeHTTP(answered, r)
	return answer{answered.Result(), answered.Body.String()}
}

// Somebody reports a problem from the foot of a page, the manager answers, the
// author comes back; without a script.
func TestAProblemIsReported(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		s := site.Open(t, database, func(o *web.Options) { o.Version = "v1.2.3" })
		p, m := as(t, s, clinic.Receptionist), as(t, s, clinic.Manager)
		page := p.get(path(s.Maryam, "/statement/summary"))
		page.wants(t, http.StatusOK, `data-testid="action-ticket"`, "page=%2Fpatients%2F%7B%7D%2Fstatement%2Fsummary")
		form := p.get("/tickets/new?page=" + path(s.Maryam, "/statement/summary"))
		form.wants(t, http.StatusOK, "/patients/{}/statement/summary", "v1.2.3", "سارا کریمی", "نام یا شماره مراجعه‌کننده را ننویسید", `value="statement" selected`)
		form.lacks(t, path(s.Maryam, ""))
		sent := p.report("/tickets", "صفحه.png", "\x89PNG\r\n\x1a\nx", "request", form.hidden(t, "request"), "page", form.hidden(t, "page"),
			"area", "statement", "subject", "چاپ <b>", "text", "سطر یک\nسطر دو")
		sent.wants(t, http.StatusSeeOther)
		ticket, _, _ := strings.Cut(sent.Header.Get("Location"), "?")
		p.get(sent.Header.Get("Location")).wants(t, http.StatusOK, "چاپ &lt;b&gt;", "سطر یک", "صفحه.png", "v1.2.3", "گزارش ۱ فرستاده شد")
		m.get("/patients").wants(t, http.StatusOK, `<span class="pill hold">۱</span>`)
		m.get("/tickets").wants(t, http.StatusOK, "چاپ &lt;b&gt;", "سارا کریمی", "ونک")
		read := m.get(ticket)
		m.post(ticket+"/replies", "request", "r1", "version", read.hidden(t, "version"), "text", "درست شد").wants(t, http.StatusSeeOther)
		late := m.post(ticket+"/replies", "request", "r2", "version", read.hidden(t, "version"), "text", "دیر رسید")
		late.wants(t, http.StatusConflict, "در این میان پاسخ دیگری آمد", "دیر رسید</textarea>")
		p.get(ticket).wants(t, http.StatusOK, "درست شد", "پاسخ داده شد")
		p.post(ticket+"/replies", "request", "r3", "text", "هنوز هست").wants(t, http.StatusSeeOther)
		m.get("/tickets?status=open").wants(t, http.StatusOK, "چاپ &lt;b&gt;")
		m.get("/tickets?status=closed").wants(t, http.StatusOK, "گزارشی نیست")
	})
}

// To whom a ticket is none of their business it is not there.
func TestATicketOfSomebodyElse(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	s.Hire(t, clinic.Stockkeeper)
	p, other := as(t, s, clinic.Receptionist), as(t, s, clinic.Stockkeeper)
	sent := p.report("/tickets", "a.txt", "یک", "request", "x", "subject", "راز", "text", "شرح", "area", "other")
	ticket, _, _ := strings.Cut(sent.Header.Get("Location"), "?")
	_, rest, _ := strings.Cut(p.get(ticket).body, `href="`+ticket+"/files/")
	file, _, _ := strings.Cut(rest, `"`)
	for _, where := range []string{ticket, ticket + "/files/" + file, "/tickets/1", "/tickets/x", ticket + "/files/x"} {
		got := other.get(where)
		got.wants(t, http.StatusNotFound)
		got.lacks(t, "راز", "شرح")
	}
	other.post(ticket+"/replies", "request", "y", "text", "سرک").wants(t, http.StatusNotFound)
	other.get("/tickets").lacks(t, "راز")
	own := other.post("/tickets", "request", "z", "subject", "بارکد", "text", "شرح", "area", "other")
	own.wants(t, http.StatusSeeOther)
	other.get("/tickets").wants(t, http.StatusOK, "بارکد")
	nobody(t, s).get(ticket).wants(t, http.StatusSeeOther)
}

// A file is handed out to be kept; one that is not what it says is refused and
// what was typed stays.
func TestFilesOfTickets(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	p := as(t, s, clinic.Receptionist)
	for name, c := range map[string]struct{ file, content, says string }{
		"a page as a picture": {"a.png", "<html><script>alert(1)</script>", "این پرونده پذیرفته نیست"},
		"a drawing":           {"a.svg", "<svg onload=alert(1)>", "این پرونده پذیرفته نیست"},
		"nothing":             {"a.txt", "", "این پرونده خالی است"},
		"too much":            {"a.txt", strings.Repeat("x", clinic.MaxAttachment+1), "۵ مگابایت"},
	} {
		t.Run(name, func(t *testing.T) {
			got := p.report("/tickets", c.file, c.content, "request", name, "subject", "موضوع من", "text", "شرح من", "area", "other")
			got.wants(t, http.StatusUnprocessableEntity, c.says, `href="#file"`, `value="موضوع من"`, "شرح من</textarea>")
			got.lacks(t, "<script>alert")
		})
	}
	huge := p.report("/tickets", "a.txt", strings.Repeat("x", 7<<20), "request", "huge", "subject", "x", "text", "y")
	huge.wants(t, http.StatusBadRequest)
	if list := p.get("/tickets"); !strings.Contains(list.body, "گزارشی نیست") {
		t.Error("a refused form left a ticket")
	}
	sent := p.report("/tickets", "../شب\"\r\nSet-Cookie: x=1.txt", "یک", "request", "ok", "subject", "x", "text", "y", "area", "other")
	ticket, _, _ := strings.Cut(sent.Header.Get("Location"), "?")
	_, rest, found := strings.Cut(p.get(ticket).body, `href="`+ticket+"/files/")
	if !found {
		t.Fatal("the file is not listed")
	}
	file, _, _ := strings.Cut(rest, `"`)
	got := p.get(ticket + "/files/" + file)
	got.wants(t, http.StatusOK, "یک")
	for header, want := range map[string]string{"Content-Type": "text/plain; charset=utf-8", "X-Content-Type-Options": "nosniff",
		"Content-Security-Policy": "default-src 'none'; sandbox", "Set-Cookie": ""} {
		if got.Header.Get(header) != want {
			t.Errorf("%s: %q, want %q", header, got.Header.Get(header), want)
		}
	}
	if d := got.Header.Get("Content-Disposition"); !strings.HasPrefix(d, "attachment; filename*=utf-8''") || strings.ContainsAny(d, "\r\n") {
		t.Errorf("Content-Disposition %q", d)
	}
}
