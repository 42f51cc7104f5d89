package web_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/test/engine"
	"daftar/test/site"
)

// The form is not there until a manager switches it on; then it answers the same
// whoever is known, keeps what was typed, and is gone again when it is off.
func TestTheContactFormOfThePublic(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	p, m := nobody(t, s), as(t, s, clinic.Manager)
	for _, path := range []string{"/contact", "/contact/1", "/contact/1/done", "/contact/7", "/contact/x"} {
		p.get(path).wants(t, http.StatusNotFound)
	}
	p.post("/contact/1", "name", "سارا", "mobile", "09121112233").wants(t, http.StatusNotFound)
	switchOn := func(values ...string) {
		t.Helper()
		form := m.get("/settings/contact")
		form.wants(t, http.StatusOK, `name="contact"`)
		values = append([]string{"request", form.hidden(t, "request"), "version", form.hidden(t, "version")}, values...)
		m.follows(m.post("/settings/contact", values...)).wants(t, http.StatusOK, "فرم تماس عمومی")
	}
	switchOn("contact", "on")

	form := p.follows(p.get("/contact"))
	form.wants(t, http.StatusOK, `data-testid="form-contact"`, `name="website"`, `name="robots" content="noindex`)
	send := func(name, mobile, note string) answer {
		return p.post("/contact/1", "stamp", form.hidden(t, "stamp"), "name", name, "mobile", mobile, "note", note)
	}
	send("سارا رحیمی", "09121112233", "").wants(t, http.StatusUnprocessableEntity, "خیلی زود", `value="سارا رحیمی"`)
	s.Pass(10 * time.Second)
	wrong := send("سارا رحیمی", "123", "قیمت <b>")
	wrong.wants(t, http.StatusUnprocessableEntity, `href="#mobile"`, `value="123"`, "قیمت &lt;b&gt;")
	if wrong.hidden(t, "stamp") != form.hidden(t, "stamp") {
		t.Error("who mends a field at once would be too fast")
	}
	send("سارا رحیمی", "09121112233", "www.x.ir").wants(t, http.StatusUnprocessableEntity, `href="#note"`, "www.x.ir")
	unknown := p.follows(send("سارا رحیمی", "09121112233", "قیمت <b>"))
	unknown.wants(t, http.StatusOK, "پیام شما رسید")
	form = p.get("/contact/1")
	s.Pass(10 * time.Second)
	known := p.follows(send("مریم", "09121234567", ""))
	if strings.ReplaceAll(known.body, "\n", "") != strings.ReplaceAll(unknown.body, "\n", "") {
		t.Error("who is known is answered otherwise")
	}
	for range 5 {
		form = p.get("/contact/1")
		s.Pass(10 * time.Second)
		send("پرگو", "09129999999", "زنگ بزنید")
	}
	form = p.get("/contact/1")
	s.Pass(10 * time.Second)
	send("پرگو", "09129999999", "باز هم").wants(t, http.StatusTooManyRequests, "ثانیه", `value="پرگو"`, "باز هم")
	board := as(t, s, clinic.Receptionist).get("/leads")
	board.wants(t, http.StatusOK, "سارا رحیمی", "مریم", `data-testid="column-new"`)

	switchOn()
	p.get("/contact/1").wants(t, http.StatusNotFound)
}

// What cannot be is said at its field and the form is kept; a lead of nobody's
// file is linked to one by its number.
func TestALeadOfTheSheet(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	p := as(t, s, clinic.Receptionist)
	sheet := p.get("/leads/new")
	sheet.wants(t, http.StatusOK, `data-testid="sheet-lead"`, `name="service_id"`, `name="introducer_id"`)
	form := func(more ...string) []string {
		values := []string{"request", sheet.hidden(t, "request"), "name", "سارا رحیمی", "mobile", "۰۹۱۲۱۱۱۲۲۳۳"}
		for i := 0; i+1 < len(more); i += 2 {
			values = with(values, more[i], more[i+1])
		}
		return values
	}
	for name, c := range map[string]struct{ form, want []string }{
		"no name":                {[]string{"name", " "}, []string{`href="#name"`}},
		"no mobile":              {[]string{"mobile", ""}, []string{`href="#mobile"`}},
		"a number that is none":  {[]string{"mobile", "12"}, []string{`href="#mobile"`, `value="12"`}},
		"a service that is none": {[]string{"service_id", "987"}, []string{`href="#service_id"`}},
		"a marketer who is none": {[]string{"introducer_id", "987"}, []string{`href="#introducer_id"`}},
		"a referrer who is none": {[]string{"referrer_id", "987"}, []string{`href="#referrer_id"`}},
		"an owner who is nobody": {[]string{"owner_id", "sara"}, []string{`href="#owner_id"`}},
	} {
		t.Run(name, func(t *testing.T) {
			p.post("/leads/new", form(c.form...)...).wants(t, http.StatusUnprocessableEntity, append(c.want, `role="alert"`)...)
		})
	}
	page := p.follows(p.post("/leads/new", form()...))
	page.wants(t, http.StatusOK, "سارا رحیمی", "هنوز پرونده ندارد", `data-testid="form-lead-link"`, "/patients/new?lead=")
	list, err := s.Desk.ListLeads(t.Context(), s.Manager, desk.LeadQuery{})
	if err != nil || len(list.Items) != 1 {
		t.Fatal(list, err)
	}
	at := "/leads/" + strconv.FormatInt(int64(list.Items[0].ID), 10)
	p.get("/patients/new?lead="+strings.TrimPrefix(at, "/leads/")).wants(t, http.StatusOK, `value="سارا"`, `value="رحیمی"`, `value="۰۹۱۲۱۱۱۲۲۳۳"`)

	lost := p.get(at + "/state?to=lost")
	lost.wants(t, http.StatusOK, `data-testid="sheet-lead_state"`)
	move := []string{"request", lost.hidden(t, "request"), "version", lost.hidden(t, "version"), "state", "lost", "reason", ""}
	p.post(at+"/state", move...).wants(t, http.StatusUnprocessableEntity, `href="#reason"`)
	p.follows(p.post(at+"/state", with(move, "reason", "گران بود")...)).wants(t, http.StatusOK, "از دست رفت", "گران بود")
	p.post(at+"/state", with(with(move, "state", "following"), "request", "another")...).wants(t, http.StatusConflict, "کاربر دیگری")

	link := []string{"request", "link", "file_number", "۹۹۹۹"}
	p.post(at+"/convert", link...).wants(t, http.StatusUnprocessableEntity, `value="۹۹۹۹"`, `aria-invalid="true"`)
	maryam, err := s.Desk.Patient(t.Context(), s.Manager, s.Maryam)
	if err != nil {
		t.Fatal(err)
	}
	p.follows(p.post(at+"/convert", with(link, "file_number", maryam.FileNumber.String())...)).wants(t, http.StatusOK, maryam.Name(), "مراجعه‌کننده شد")
	p.get(path(s.Maryam, "/statement/summary")).wants(t, http.StatusOK, "سرنخ ثبت شد")
	for _, address := range []string{"/leads?view=list&state=won", "/leads?owner=x"} {
		if a := p.get(address); a.StatusCode != http.StatusSeeOther {
			t.Errorf("%s answered %d", address, a.StatusCode)
		}
	}
	as(t, s, clinic.Doctor).get(at).wants(t, http.StatusNotFound)
}
