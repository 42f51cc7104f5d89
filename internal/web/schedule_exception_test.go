package web_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/jalali"
	"daftar/test/engine"
	"daftar/test/site"
)

// numeral writes an id as forms send it.
func numeral(n int64) string { return strconv.FormatInt(n, 10) }

func mustZone(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Tehran")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// Nobody saves a leave without having seen who has an appointment then; from
// there all of them are cancelled and told.
func TestLeaveShowsWhoIsAffectedAndTheyAreCancelled(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		s := site.Open(t, database)
		booked := works(t, s)
		s.Hire(t, clinic.Supervisor)
		p := as(t, s, clinic.Supervisor)
		leave := []string{"kind", "leave", "provider_id", rad(t, s), "first", "۱۴۰۵/۰۹/۱۰", "from", "9", "until", "11", "reason", "همایش"}
		preview := p.post("/settings/schedule/exceptions/new/preview", leave...)
		preview.wants(t, http.StatusOK, "۱ نفر در این زمان نوبت دارند", "مریم احمدی", "۰۹۱۲\u00a0۳۴۵\u00a0۶۷۸۰", "سه‌شنبه ۰۹:۳۰", `data-testid="patient-menu"`)
		unseen := p.post("/settings/schedule/exceptions/new", append(leave, "request", "a")...)
		unseen.wants(t, http.StatusConflict, "دوباره تأیید کنید", "مریم احمدی", `value="همایش"`)
		if n := len(planOf(t, s).Exceptions); n != 0 {
			t.Fatalf("%d were saved unseen", n)
		}
		saved := p.post("/settings/schedule/exceptions/new", append(leave, "request", "b", "seen", unseen.hidden(t, "seen"))...)
		saved.wants(t, http.StatusSeeOther)
		list := p.get(strings.Split(saved.Header.Get("Location"), "#")[0])
		list.wants(t, http.StatusOK, "مرخصی", "دکتر راد", "۹:۰۰ تا ۱۱:۰۰", "لغو گروهی و اطلاع", "هنوز نوبت دارند")
		form := p.get(hrefTo(t, list.body, "/appointments/cancel-many?"))
		form.wants(t, http.StatusOK, "مریم احمدی", `value="همایش"`, `value="۹:۰۰"`)
		cancel := func(request, words string, more ...string) []string {
			return append([]string{"provider_id", rad(t, s), "first", "1405/09/10", "from", "9:00", "until", "11", "words", words, "request", request}, more...)
		}
		p.post("/appointments/cancel-many", cancel("x", "", "seen", form.hidden(t, "seen"))...).
			wants(t, http.StatusUnprocessableEntity, `href="#words"`, "دلیل لغو را بنویسید")
		p.post("/appointments/cancel-many", cancel("c", "سفر پزشک", "seen", "1-stale")...).wants(t, http.StatusConflict, "دوباره تأیید کنید")
		done := p.post("/appointments/cancel-many", cancel("c", "سفر پزشک", "seen", form.hidden(t, "seen"))...)
		done.wants(t, http.StatusSeeOther)
		p.get(done.Header.Get("Location")).wants(t, http.StatusOK, "مریم احمدی", "سفر پزشک", "لغو شده", `data-testid="patient-menu"`)
		found, err := s.Desk.Appointment(t.Context(), s.Manager, booked.Appointment.ID)
		if err != nil || found.Status != clinic.CancelledByClinic || found.Reason != "سفر پزشک" {
			t.Errorf("%+v, %v", found.Appointment, err)
		}
		p.post("/appointments/cancel-many", cancel("again", "سفر پزشک")...).wants(t, http.StatusUnprocessableEntity, "کسی در این زمان نوبت ندارد")
	})
}

// hrefTo is the address of the first link of the page that begins so.
func hrefTo(t *testing.T, body, begins string) string {
	t.Helper()
	_, rest, found := strings.Cut(body, `href="`+begins)
	if !found {
		t.Fatalf("there is no link to %s", begins)
	}
	rest, _, _ = strings.Cut(rest, `"`)
	return strings.ReplaceAll(begins+rest, "&amp;", "&")
}

// A sudden closure is cancelled and written down in one step.
func TestASuddenClosureIsWrittenWithTheCancelling(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	works(t, s)
	p := as(t, s, clinic.Manager)
	preview := p.post("/appointments/cancel-many/preview", "first", "1405/09/10", "words", "قطع برق", "leave", "on")
	preview.wants(t, http.StatusOK, "نوبت ۱ نفر لغو می‌شود", "پیگیری", "مرخصی یا تعطیلی هم ثبت می‌شود", "مریم احمدی")
	p.post("/appointments/cancel-many", "request", "a", "first", "1405/09/10", "words", "قطع برق", "leave", "on", "seen", preview.hidden(t, "seen")).
		wants(t, http.StatusSeeOther)
	plan := planOf(t, s)
	if len(plan.Exceptions) != 1 || plan.Exceptions[0].Kind != clinic.Closure || plan.Exceptions[0].Reason != "قطع برق" {
		t.Fatalf("%+v", plan.Exceptions)
	}
	edit := "/settings/schedule/exceptions/" + numeral(int64(plan.Exceptions[0].ID))
	form := p.get(edit)
	form.wants(t, http.StatusOK, "تعطیلی مرکز یا شعبه", `value="قطع برق"`)
	p.post(edit, "request", "b", "version", form.hidden(t, "version"), "kind", "closure", "first", "1405/09/10", "reason", "قطع برق").wants(t, http.StatusSeeOther)
	if plan = planOf(t, s); !plan.Exceptions[0].Disabled {
		t.Errorf("%+v", plan.Exceptions)
	}
	p.post("/settings/schedule/exceptions/new", "request", "c", "kind", "extra", "provider_id", rad(t, s), "branch_id", numeral(int64(s.Manager.Branch)),
		"first", "1406/01/01", "from", "10", "until", "12", "capacity", "3").wants(t, http.StatusSeeOther)
	p.get("/settings/schedule/exceptions").wants(t, http.StatusOK, "وقت اضافه", "۱۴۰۶/۰۱/۰۱", "۱۰:۰۰ تا ۱۲:۰۰")
}

func TestHolidaysOfAYear(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		s := site.Open(t, database)
		works(t, s)
		p := as(t, s, clinic.Manager)
		p.get("/settings/holidays").wants(t, http.StatusOK, "تعطیلات ۱۴۰۵", "نوروز", "سال‌های ۱۴۰۰ تا ۱۴۰۶")
		p.get("/settings/holidays?year=۱۴۰۶").wants(t, http.StatusOK, "تعطیلات ۱۴۰۶", "پیش‌بینی")
		p.get("/settings/holidays?year=1410").wants(t, http.StatusOK, "فقط روزهای ثابت")
		p.get("/settings/holidays?year=99999999").wants(t, http.StatusOK, "تعطیلات ۱۴۰۵")
		p.post("/settings/holidays/new", "request", "a", "day", "1405/09/10", "name", "برف").wants(t, http.StatusSeeOther)
		list := p.get("/settings/holidays?year=1405")
		list.wants(t, http.StatusOK, "برف", "۱ نوبت", "/appointments?day=2026-12-01&amp;view=list")
		row := "/settings/holidays/2026-12-01"
		p.get(row).wants(t, http.StatusOK, `value="برف"`)
		p.post(row, "request", "b", "name", "برف سنگین", "worked", "on").wants(t, http.StatusSeeOther)
		p.get("/settings/holidays?year=1405").wants(t, http.StatusOK, "برف سنگین", "کار می‌کنیم")
		p.post(row, "request", "c", "name", " ").wants(t, http.StatusUnprocessableEntity, `href="#name"`)
		p.post(row+"/remove", "request", "d").wants(t, http.StatusSeeOther)
		p.get("/settings/holidays?year=1405").lacks(t, "برف")
		p.get("/settings/holidays/official?year=1405").wants(t, http.StatusOK, "همه آنچه برنامه می‌داند")
		p.post("/settings/holidays/2026-03-21/remove", "request", "e").wants(t, http.StatusSeeOther)
		p.get("/settings/holidays/official?year=1405").wants(t, http.StatusOK, "۱ روز اضافه می‌شود")
		p.post("/settings/holidays/official", "request", "f", "year", "1405").wants(t, http.StatusSeeOther)
		p.get("/settings/holidays?year=1405").wants(t, http.StatusOK, `row-holiday-2026-03-21`)
	})
}

func TestHolidaysAreImportedWholeOrNotAtAll(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	p := as(t, s, clinic.Manager)
	bad := p.post("/settings/holidays/import", "request", "a", "lines", "1405/10/10,برف\n1405/13/01,چه")
	bad.wants(t, http.StatusUnprocessableEntity, "سطر ۲: «۱۴۰۵/۱۳/۰۱» تاریخ نیست", "1405/10/10,برف")
	p.get("/settings/holidays").lacks(t, "برف")
	p.post("/settings/holidays/import", "request", "b").wants(t, http.StatusUnprocessableEntity, "سطری برای ورود نیست")
	p.post("/settings/holidays/import", "request", "c", "lines", "1405/10/10,برف\r\n۱۴۰۵/۱۰/۱۱,آلودگی هوا").wants(t, http.StatusSeeOther)
	p.get("/settings/holidays").wants(t, http.StatusOK, "برف", "آلودگی هوا", "نوروز")
	p.get("/settings/holidays/import").wants(t, http.StatusOK, `enctype="multipart/form-data"`, `type="file"`)

	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	_ = form.WriteField("request", "d")
	_ = form.WriteField("lines", "")
	file, err := form.CreateFormFile("file", "h.csv")
	if err != nil {
		t.Fatal(err)
	}
	_, _ = file.Write([]byte("\ufeff1405/10/12,\"سیل, باران\"\n"))
	_ = form.Close()
	r := httptest.NewRequest(http.MethodPost, "/settings/holidays/import", &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	for _, c := range p.cookies {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	s.Handler.ServeHTTP(w, r)
	if w.Code != http.StatusSeeOther {
		t.Errorf("%d: %s", w.Code, excerpt(w.Body.String()))
	}
	all, err := s.Desk.HolidaysOf(t.Context(), s.Manager, 1405)
	if want := (clinic.Holiday{Day: jalali.Day("2027-01-02"), Name: "سیل, باران"}); err != nil || !strings.Contains(names(all), want.Name) {
		t.Errorf("%v, %v", all, err)
	}
}

// names are those of holidays, a line each.
func names(all []clinic.Holiday) (text string) {
	for _, h := range all {
		text += h.Name + "\n"
	}
	return text
}

func TestRoomsAndDevices(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	p := as(t, s, clinic.Manager)
	p.get("/settings/resources").wants(t, http.StatusOK, "هنوز اتاق یا دستگاهی نیست")
	room := []string{"kind", "room", "name", "اتاق ۱", "code", "r1", "branch_id", numeral(int64(s.Manager.Branch)), "capacity", "۲"}
	got := p.post("/settings/resources/new", append(room, "request", "a")...)
	got.wants(t, http.StatusSeeOther)
	p.get(got.Header.Get("Location")).wants(t, http.StatusOK, "اتاق ۱", "«اتاق ۱» ذخیره شد")
	p.post("/settings/resources/new", append(room, "request", "b")...).wants(t, http.StatusConflict, `href="#code"`, "با این کد هست")
	edit := "/settings/resources/" + numeral(int64(planOf(t, s).Resources[0].ID))
	p.get("/settings/schedule/shifts/new").wants(t, http.StatusOK, "اتاق ۱")
	p.post(edit, append(room, "request", "c", "version", p.get(edit).hidden(t, "version"))...).wants(t, http.StatusSeeOther)
	p.get("/settings/schedule/shifts/new").lacks(t, "اتاق ۱")
	p.post(edit, append(room, "request", "d", "version", "1")...).wants(t, http.StatusConflict, "اکنون: اتاق ۱")
}
