package web_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/gateway"
	"daftar/internal/jalali"
	"daftar/internal/web"
	"daftar/test/engine"
	"daftar/test/site"
)

// onlineSite is a site whose public page is open: the first provider works every
// day from 9 to 13 and is booked for the second service, for a deposit.
func onlineSite(t *testing.T) *site.Site {
	t.Helper()
	var s *site.Site
	var key atomic.Int64
	bank := &gateway.Bank{Path: "/pay/bank", Now: func() time.Time { return s.Clock() }, Key: func() string { return "A" + strconv.FormatInt(key.Add(1), 10) }}
	s = site.Open(t, engine.SQLite(t), func(o *web.Options) { o.Gate, o.Bank = bank, bank })
	openOnline(t, s, true)
	return s
}

// openOnline opens or closes the public page.
func openOnline(t *testing.T, s *site.Site, on bool) {
	t.Helper()
	ctx := t.Context()
	c, err := s.Desk.Clinic(ctx, s.Manager.Clinic)
	if err != nil {
		t.Fatal(err)
	}
	c.Appointments.Online, c.Phone = on, "02188001122"
	if _, err := s.Desk.SaveClinic(ctx, s.Manager, desk.Save[clinic.Clinic]{Row: c}); err != nil {
		t.Fatal(err)
	}
	all, err := s.Desk.SettingRows(ctx, s.Manager)
	if err != nil {
		t.Fatal(err)
	}
	doctor, botox := all.Providers[0], all.Services[1]
	doctor.Booking.Online, doctor.Booking.Biography = true, "متخصص پوست"
	if _, err := s.Desk.SaveProvider(ctx, s.Manager, desk.Save[clinic.Provider]{Row: doctor}); err != nil {
		t.Fatal(err)
	}
	botox.Online, botox.Deposit, botox.Duration = true, clinic.DepositRule{Amount: 5_000_000}, 30
	if _, err := s.Desk.SaveService(ctx, s.Manager, desk.Save[desk.SaveService]{Row: desk.SaveService{Service: botox, Price: 4_000_000}}); err != nil {
		t.Fatal(err)
	}
	if !on {
		return
	}
	for day := jalali.Saturday; day <= jalali.Friday; day++ {
		_, err := s.Desk.SaveWorkShift(ctx, s.Manager, desk.Save[clinic.WorkShift]{Row: clinic.WorkShift{Provider: doctor.ID, Branch: s.Manager.Branch,
			Weekday: day, From: 9 * 60, Until: 13 * 60}})
		if err != nil {
			t.Fatal(err)
		}
	}
}

var (
	sentCode  = regexp.MustCompile(`\d{6}`)
	timeValue = regexp.MustCompile(`name="starts" value="([^"]+)"`)
	withWhom  = regexp.MustCompile(`/book/1/with/\d+\?service=\d+`)
	publicKey = regexp.MustCompile(`/book/1/visit/[\w-]+`)
	bankPage  = regexp.MustCompile(`/pay/bank\?reference=\w+`)
)

// follows goes where a redirect leads.
func (p *person) follows(a answer) answer {
	p.t.Helper()
	where := a.Header.Get("Location")
	if a.StatusCode != http.StatusSeeOther || where == "" {
		p.t.Fatalf("status %d leads to %q: %s", a.StatusCode, where, excerpt(a.body))
	}
	return p.get(strings.TrimPrefix(where, "http://example.com"))
}

// books takes a browser as far as to the one-time code.
func (p *person) books(first, last, mobile string) answer {
	p.t.Helper()
	list := p.follows(p.get("/book"))
	times := p.get(withWhom.FindString(list.body))
	form := p.follows(p.post("/book/1/hold", times.lastTime(p.t)...))
	form.wants(p.t, http.StatusOK, `data-testid="form-book-person"`, "hold-clock")
	return p.post("/book/1/person", "first_name", first, "last_name", last, "mobile", mobile)
}

// lastTime is the form of the last free time of a page.
func (a answer) lastTime(t *testing.T) []string {
	t.Helper()
	found := timeValue.FindAllStringSubmatch(a.body, -1)
	if found == nil {
		t.Fatal("there is no time: " + excerpt(a.body))
	}
	return []string{"provider", a.hidden(t, "provider"), "service", a.hidden(t, "service"), "starts", found[len(found)-1][1]}
}

// codeOf is the code that was sent last.
func codeOf(t *testing.T, s *site.Site) (code string) {
	t.Helper()
	_, err := s.Desk.SendMessages(t.Context(), s.Manager.Clinic, func(_ context.Context, m clinic.Message) error {
		if m.Kind == clinic.MessageCode {
			code = sentCode.FindString(m.Text)
		}
		return nil
	})
	if err != nil || code == "" {
		t.Fatal("no code was sent", err)
	}
	return code
}

func TestThePublicBooksPaysAndCancels(t *testing.T) {
	s := onlineSite(t)
	p := nobody(t, s)
	list := p.follows(p.get("/book"))
	list.wants(t, http.StatusOK, "دکتر راد", "متخصص پوست", "بوتاکس", `name="robots" content="noindex`)
	if list.Header.Get("X-Robots-Tag") == "" {
		t.Error("search engines may keep the page")
	}
	list.lacks(t, "ویزیت", "احمدی")
	wrong := p.books("سارا", "", "۰۹۱۲۱۱۱۰۰۰۱")
	wrong.wants(t, http.StatusUnprocessableEntity, `id="last_name-note" class="wrong"`, `value="سارا"`, "۰۹۱۲۱۱۱۰۰۰۱")
	code := p.follows(p.post("/book/1/person", "first_name", "سارا", "last_name", "نوری", "mobile", "۰۹۱۲۱۱۱۰۰۰۱"))
	code.wants(t, http.StatusOK, `data-testid="form-book-code"`, "۰۹۱۲\u00a0۱۱۱\u00a0۰۰۰۱")
	p.post("/book/1/code", "code", "x").wants(t, http.StatusUnprocessableEntity, `id="code-note" class="wrong"`, "۴ بار")
	p.post("/book/1/code/again").wants(t, http.StatusUnprocessableEntity, "کد تازه تا")
	right := codeOf(t, s)
	pay := p.follows(p.post("/book/1/code", "code", right))
	pay.wants(t, http.StatusOK, `data-rials="5000000"`, `data-testid="form-book-pay"`)
	p.follows(p.post("/book/1/code", "code", right)).wants(t, http.StatusOK, `data-testid="form-book-pay"`)
	bank := bankPage.FindString(p.post("/book/1/pay").body)
	p.get(bank).wants(t, http.StatusOK, "بانک آزمایشی", "۵٬۰۰۰٬۰۰۰ ریال")
	reference := strings.TrimPrefix(bank, "/pay/bank?reference=")
	callback := p.post("/pay/bank", "reference", reference, "what", "paid")
	done := p.follows(p.follows(callback))
	done.wants(t, http.StatusOK, "نوبت شما ثبت شد", "بیعانه دریافت شد")
	p.follows(p.get("/pay/1/callback?reference="+reference)).wants(t, http.StatusOK, "نوبت شما ثبت شد")
	// Another browser with the callback learns nothing but that it is paid.
	other := nobody(t, s).get("/pay/1/callback?reference=" + reference)
	other.wants(t, http.StatusOK, "پرداخت شما رسید")
	other.lacks(t, "سارا", "نوری", "0001", "۰۰۰۱", "book-card")
	link := publicKey.FindString(done.body)
	nobody(t, s).get(link).wants(t, http.StatusOK, `data-testid="form-book-cancel"`)
	later := nobody(t, s)
	cancelled := later.follows(later.post(link))
	cancelled.wants(t, http.StatusOK, "لغو شده", "درباره بیعانه")
	cancelled.lacks(t, "سارا", "نوری")
	nobody(t, s).get("/book/1/visit/x").wants(t, http.StatusNotFound)
}

func TestWithoutOnlineThereIsNoPublicPage(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	openOnline(t, s, false)
	p := nobody(t, s)
	for _, path := range []string{"/book", "/book/1", "/book/2", "/book/x", "/book/1/with/1", "/book/1/person", "/book/1/code", "/book/1/pay", "/book/1/done",
		"/book/1/visit/x", "/pay/1/callback?reference=x", "/pay/bank"} {
		p.get(path).wants(t, http.StatusNotFound)
	}
	for _, path := range []string{"/book/1/hold", "/book/1/person", "/book/1/code", "/book/1/code/again", "/book/1/pay", "/book/1/release", "/book/1/visit/x", "/pay/bank"} {
		p.post(path).wants(t, http.StatusNotFound)
	}
}

func TestThePublicPageIsTheSameForWhoIsKnown(t *testing.T) {
	s := onlineSite(t)
	var pages [2]string
	for i, mobile := range []string{"09123456780", "09121110002"} { // the first is Maryam's
		p := nobody(t, s)
		got := p.follows(p.books("مریم", "احمدی", mobile))
		got.wants(t, http.StatusOK, `data-testid="form-book-code"`)
		shown := []rune(persianDigits(mobile))
		shownAs := string(shown[:4]) + "\u00a0" + string(shown[4:7]) + "\u00a0" + string(shown[7:])
		if pages[i] = strings.ReplaceAll(got.body, shownAs, ""); pages[i] == got.body {
			t.Fatal("the mobile is not shown: " + excerpt(got.body))
		}
		p.post("/book/1/release")
	}
	if pages[0] != pages[1] {
		t.Errorf("%s\n\n%s", excerpt(pages[0]), excerpt(pages[1]))
	}
}

// persianDigits is a number in Persian digits.
func persianDigits(s string) string {
	return strings.Map(func(r rune) rune { return r - '0' + '۰' }, s)
}

func TestATimeThatIsTakenOffersOthersAndTheStepsCannotBeSkipped(t *testing.T) {
	s := onlineSite(t)
	x, y := nobody(t, s), nobody(t, s)
	times := x.get(withWhom.FindString(x.get("/book/1").body))
	what := times.lastTime(t)
	y.get(withWhom.FindString(y.get("/book/1").body))
	x.follows(x.post("/book/1/hold", what...)).wants(t, http.StatusOK)
	x.follows(x.post("/book/1/hold", what...)).wants(t, http.StatusOK)
	y.post("/book/1/hold", what...).wants(t, http.StatusUnprocessableEntity, "همین حالا پر شد", "زمان‌های آزاد بعدی")
	for _, step := range []string{"code", "pay", "done"} {
		x.follows(x.get("/book/1/"+step)).wants(t, http.StatusOK, `data-testid="form-book-person"`)
		y.follows(y.get("/book/1/"+step)).wants(t, http.StatusOK, "دکتر راد")
	}
	nobody(t, s).post("/book/1/hold", what...).wants(t, http.StatusUnprocessableEntity, "کوکی")
	s.Pass(11 * time.Minute)
	x.follows(x.get("/book/1/person")).wants(t, http.StatusOK, "مهلت", "انتخاب دوباره")
	y.follows(y.post("/book/1/hold", what...)).wants(t, http.StatusOK)
}

func TestThePublicPagesAreSlowedDownAndOtherSitesMaySendNoForm(t *testing.T) {
	s := onlineSite(t)
	p := nobody(t, s)
	var last answer
	for range 400 {
		if last = p.get("/book/1"); last.StatusCode != http.StatusOK {
			break
		}
	}
	last.wants(t, http.StatusTooManyRequests, "ثانیه")
	r := httptest.NewRequest(http.MethodPost, "/book/1/hold", strings.NewReader(""))
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	w := httptest.NewRecorder()
	s.Handler.ServeHTTP(w, r)
	if w.Code != http.StatusForbidden {
		t.Error(w.Code)
	}
}

func TestTheFeedOfAProvider(t *testing.T) {
	s := onlineSite(t)
	m := as(t, s, clinic.Manager)
	page := m.get("/settings/feeds")
	page.wants(t, http.StatusOK, `data-testid="form-feed"`, "نام کامل مراجعه‌کننده نیست")
	m.post("/settings/feeds", "provider", "x").wants(t, http.StatusUnprocessableEntity, "خدمت‌دهنده را انتخاب کنید")
	doctor := regexp.MustCompile(`<option value="(\d+)"`).FindStringSubmatch(page.body)[1]
	made := m.post("/settings/feeds", "provider", doctor)
	made.wants(t, http.StatusOK, `data-testid="feed-made"`)
	address := regexp.MustCompile(`/feeds/1\.[\w-]+\.ics`).FindString(made.body)
	m.get("/settings/feeds").lacks(t, address)
	p := nobody(t, s)
	got := p.get(address)
	got.wants(t, http.StatusOK, "BEGIN:VCALENDAR")
	if kind := got.Header.Get("Content-Type"); kind != "text/calendar; charset=utf-8" {
		t.Error(kind)
	}
	p.get(strings.TrimSuffix(address, ".ics")).wants(t, http.StatusOK, "BEGIN:VCALENDAR")
	r := httptest.NewRequest(http.MethodGet, address, nil)
	r.Header.Set("If-None-Match", got.Header.Get("ETag"))
	w := httptest.NewRecorder()
	s.Handler.ServeHTTP(w, r)
	if w.Code != http.StatusNotModified || w.Body.Len() != 0 {
		t.Error(w.Code, w.Body.String())
	}
	revoke := regexp.MustCompile(`/settings/feeds/\d+/revoke`).FindString(m.get("/settings/feeds").body)
	m.follows(m.post(revoke)).wants(t, http.StatusOK, "دیگر کار نمی‌کند")
	unknown := p.get("/feeds/1.x.ics")
	if gone := p.get(address); gone.StatusCode != http.StatusNotFound || gone.body != unknown.body {
		t.Errorf("%d %q, of an unknown one %q", gone.StatusCode, gone.body, unknown.body)
	}
}
