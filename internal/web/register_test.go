package web_test

import (
	"bytes"
	"html"
	"image"
	"image/color"
	"image/png"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"daftar/internal/clinic"
	"daftar/test/engine"
	"daftar/test/site"
)

// fillIn sends the form that is open with the fields, and the rest of it as it
// stands.
func (p *person) fillIn(open answer, where string, pairs ...string) answer {
	p.t.Helper()
	all := []string{"request", open.hidden(p.t, "request"), "version", open.hidden(p.t, "version"), "then", open.hidden(p.t, "then")}
	return p.post(where, append(all, pairs...)...)
}

// to is where a success leads.
func (a answer) to(t *testing.T) string {
	t.Helper()
	if a.StatusCode != http.StatusSeeOther {
		t.Fatalf("status %d:\n%s", a.StatusCode, excerpt(a.body))
	}
	return a.Header.Get("Location")
}

func TestAPatientIsRegisteredAndEdited(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		s := site.Open(t, database)
		p := as(t, s, clinic.Receptionist)
		p.get("/patients?q=بهار").wants(t, http.StatusOK, `href="/patients/new?q=`)
		open := p.get("/patients/new?q=بهار+نوری")
		open.wants(t, http.StatusOK, `value="بهار"`, `value="نوری"`, "کسی با این مشخصات پیدا نشد")
		to := p.fillIn(open, "/patients", "first_name", "بهار", "last_name", "نوری", "national_code", "۰۴۹۹۳۷۰۸۹۹", "mobile", "+98 912 765 4321",
			"birth_date", "۱۳۶۷", "gender", "female", "tags", "ویژه، VIP", "sms_service", "on", "referrer", "دکتر شفیعی", "referrer_council", "۱۲۳۴۵",
			"landline", "021-88776655", "acquisition_source", "doctor").to(t)
		if !strings.HasSuffix(to, "/statement/summary") {
			t.Errorf("leads to %s", to)
		}
		p.get(to).wants(t, http.StatusOK, "بهار نوری", "ویژه", "VIP")
		edit := strings.TrimSuffix(to, "/statement/summary") + "/edit"
		form := p.get(edit)
		form.wants(t, http.StatusOK, "ویرایش پرونده بهار نوری", `value="۰۴۹۹۳۷۰۸۹۹"`, `value="۰۹۱۲۷۶۵۴۳۲۱"`, `value="۱۳۶۷"`, `value="دکتر شفیعی · 12345"`,
			`value="ویژه، VIP"`, `value="۰۲۱۸۸۷۷۶۶۵۵"`, `<option value="doctor" selected`)
		p.fillIn(form, edit, "first_name", "بهار", "last_name", "نوری‌پور", "birth_date", "۱۳۶۷/۰۵/۱۲", "mobile", "۰۹۱۲۷۶۵۴۳۲۱", "referrer", "دکتر شفیعی · 12345").to(t)
		p.get(edit).wants(t, http.StatusOK, "نوری‌پور", `value="۱۳۶۷/۰۵/۱۲"`, `value="دکتر شفیعی · 12345"`)
	})
}

// Whatever is wrong is said at its field, all of it at once, and nothing that
// was typed is lost.
func TestARefusedFormKeepsWhatWasTyped(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	p := as(t, s, clinic.Receptionist)
	open := p.get("/patients/new")
	got := p.fillIn(open, "/patients", "first_name", "علی", "last_name", "", "national_code", "123", "mobile", "0912", "birth_date", "۱۳",
		"base_ceiling", "a lot", "supplementary_coverage_end", "soon", "foreign_id", "77", "notes", "دو خط\nیادداشت", "tags", "ویژه", "introducer", "کسی که نیست")
	got.wants(t, http.StatusUnprocessableEntity, `value="علی"`, `value="123"`, `value="0912"`, `value="۱۳"`, `value="a lot"`, `value="soon"`, "دو خط\nیادداشت",
		"کد ملی درست نیست", "شماره موبایل درست نیست", "سال تولد خوانده نشد", "مبلغ خوانده نشد", "تاریخ خوانده نشد", "معرف پیدا نشد", "نوع و شماره شناسه اتباع",
		`id="last_name-note" class="wrong"`, `id="supplementary_coverage_end-note" class="wrong"`, `value="کسی که نیست"`)
	if strings.Index(got.body, `href="#last_name"`) > strings.Index(got.body, `href="#national_code"`) {
		t.Error("the problems stand in another order than the fields")
	}
	long := p.fillIn(open, "/patients", "first_name", strings.Repeat("ا", 10_000), "last_name", "x")
	long.wants(t, http.StatusUnprocessableEntity, "این نوشته بلندتر از ۸۰ نویسه است")
	clean := p.fillIn(open, "/patients", "first_name", "رضا\u202e\x00<script>alert(1)</script>", "last_name", "ك\u200fريمي").to(t)
	p.get(clean).wants(t, http.StatusOK, "رضا&lt;script&gt;alert(1)&lt;/script&gt; کریمی")
}

// The same form twice registers one person.
func TestADoubleClickRegistersOnce(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	p := as(t, s, clinic.Receptionist)
	open := p.get("/patients/new")
	first := p.fillIn(open, "/patients", "first_name", "نیما", "last_name", "راد", "mobile", "09127654321").to(t)
	second := p.fillIn(open, "/patients", "first_name", "نیما", "last_name", "راد", "mobile", "09127654321").to(t)
	if first != second {
		t.Errorf("leads to %s and %s", first, second)
	}
}

// A code that somebody has stops the form and leads to the file; who looks
// alike is asked about, and the person may say that it is another.
func TestWhoIsKnownAlready(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		s := site.Open(t, database)
		p := as(t, s, clinic.Receptionist)
		open := p.get("/patients/new?q=0012345679")
		open.wants(t, http.StatusOK, `value="۰۰۱۲۳۴۵۶۷۹"`, "مریم احمدی", "همین کد ملی", "بدهکار")
		taken := p.fillIn(open, "/patients", "first_name", "دیگری", "last_name", "نامی", "national_code", "0012345679")
		taken.wants(t, http.StatusConflict, "این کد ملی در پرونده ۱۰۰۱ ثبت شده است", `href="`+path(s.Maryam, "/statement/summary")+`"`, `value="دیگری"`)
		alike := []string{"first_name", "مريم", "last_name", "احمدي", "mobile", "9123456780", "notes", "دوقلو"}
		asked := p.fillIn(open, "/patients", alike...)
		asked.wants(t, http.StatusUnprocessableEntity, "همین شخص است؟", `name="different"`, "پرونده ۱۰۰۱", "دوقلو", `value="9123456780"`)
		p.fillIn(asked, "/patients", append(alike, "different", "yes")...).to(t)
		p.fillIn(p.get("/patients/new"), "/patients", "first_name", "سارا", "last_name", "احمدی", "mobile", "09123456780").to(t) // a sister
		found := p.post("/patients/similar", "mobile", "09123456780", "first_name", "س")
		found.wants(t, http.StatusOK, "همین موبایل؛ شاید از یک خانواده", "موبایل …۶۷۸۰", "سارا احمدی")
		found.lacks(t, "<html")
		p.post("/patients/similar", "first_name", "zzzz").wants(t, http.StatusOK, `data-testid="matches-none"`)
	})
}

// Two people edit one file: the second sees both values, keeps the typing and
// saves it on the new version.
func TestAStaleFormShowsBothValues(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		s := site.Open(t, database)
		first, second := as(t, s, clinic.Receptionist), as(t, s, clinic.Manager)
		edit := path(s.Ali, "/edit")
		mine, theirs := second.get(edit), first.get(edit)
		name := []string{"first_name", "علی‌رضا", "last_name", "کاظمی", "mobile", "09123456781"}
		first.fillIn(theirs, edit, append(name, "city", "شیراز", "gender", "male", "birth_date", "1368")...).to(t)
		got := second.fillIn(mine, edit, append(name, "city", "تبریز", "gender", "female", "birth_date", "1368")...)
		got.wants(t, http.StatusConflict, "سارا کریمی آن را ۱۴۰۵/۰۹/۰۳ ساعت ۱۱:۳۰ تغییر داد", "شیراز", "تبریز", "مرد", "زن",
			`data-testid="stale-city"`, `value="تبریز"`, `name="version" value="2"`)
		got.lacks(t, `data-testid="stale-last_name"`, `data-testid="stale-birth_date"`, `data-testid="stale-mobile"`)
		second.fillIn(got, edit, append(name, "city", "تبریز", "gender", "male")...).to(t)
		first.get(edit).wants(t, http.StatusOK, `value="تبریز"`, `<option value="male" selected`)
	})
}

// What a person left as it was takes over what a colleague wrote meanwhile:
// sending again undoes nothing.
func TestAStaleFormKeepsTheColleaguesWork(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	first, second := as(t, s, clinic.Receptionist), as(t, s, clinic.Manager)
	edit := path(s.Ali, "/edit")
	mine, theirs := second.get(edit), first.get(edit)
	opened := regexp.MustCompile(`name="opened" value="([^"]*)"`)
	was := func(a answer) string { return html.UnescapeString(opened.FindStringSubmatch(a.body)[1]) }
	first.fillIn(theirs, edit, "first_name", "علی‌رضا", "last_name", "کاظمی", "mobile", "09350000077", "birth_date", "۱۳۶۸", "gender", "female").to(t)
	got := second.fillIn(mine, edit, "first_name", "علیرضا", "last_name", "کاظمی", "mobile", "۰۹۱۲۳۴۵۶۷۸۱", "birth_date", "۱۳۶۸", "gender", "female", "opened", was(mine))
	got.wants(t, http.StatusConflict, `data-testid="stale-first_name"`, `value="۰۹۳۵۰۰۰۰۰۷۷"`)
	got.lacks(t, `data-testid="stale-mobile"`)
	second.fillIn(got, edit, "first_name", "علیرضا", "last_name", "کاظمی", "mobile", "۰۹۳۵۰۰۰۰۰۷۷", "birth_date", "۱۳۶۸", "gender", "female", "opened", was(got)).to(t)
	first.get(edit).wants(t, http.StatusOK, `value="علیرضا"`, `value="۰۹۳۵۰۰۰۰۰۷۷"`)
}

// Only who may choose a file number has the field, and nobody else's number
// counts; who may not write has no form.
func TestWhoMayRegister(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	desk := as(t, s, clinic.Receptionist)
	desk.get("/patients/new").lacks(t, `name="file_number"`)
	to := desk.fillIn(desk.get("/patients/new"), "/patients", "first_name", "بهار", "last_name", "نوری", "file_number", "77").to(t)
	desk.get(to).lacks(t, "پرونده ۷۷<")
	manager := as(t, s, clinic.Manager)
	manager.get("/patients/new").wants(t, http.StatusOK, `name="file_number"`)
	to = manager.fillIn(manager.get("/patients/new?then=/patients/{patient}/statement/admissions"), "/patients", "first_name", "بهار", "last_name", "نوری", "file_number", "۷۷۷۷").to(t)
	if !strings.HasSuffix(to, "/statement/admissions") || strings.Contains(to, "{") {
		t.Errorf("leads to %s", to)
	}
	manager.get(to).wants(t, http.StatusOK, "۷۷۷۷")
	doctor := as(t, s, clinic.Doctor)
	doctor.get("/patients").lacks(t, "/patients/new")
	for _, where := range []string{"/patients/new", path(s.Maryam, "/edit")} {
		doctor.get(where).wants(t, http.StatusForbidden)
	}
	doctor.post("/patients/similar", "first_name", "مریم").wants(t, http.StatusForbidden)
	for _, then := range []string{"https://example.com/", "//example.com", "/logout"} {
		form := desk.get("/patients/new?then=" + then)
		if to := desk.fillIn(form, "/patients", "first_name", "ن", "last_name", "م"+strconv.Itoa(len(then))).to(t); to != "/" {
			t.Errorf("%s leads to %s", then, to)
		}
	}
}

// Insurance is edited with the form and shown by it.
func TestInsuranceOfTheForm(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	p := as(t, s, clinic.Receptionist)
	edit := path(s.Maryam, "/edit")
	form := p.get(edit)
	at := strings.Index(form.body, `selected>تأمین اجتماعی`)
	if at < 0 {
		t.Fatalf("the insurer of Maryam is not chosen:\n%s", excerpt(form.body))
	}
	before := form.body[:at]
	insurer, _, _ := strings.Cut(before[strings.LastIndex(before, `value="`)+len(`value="`):], `"`)
	name := []string{"first_name", "مریم", "last_name", "احمدی", "national_code", "0012345679", "mobile", "09123456780"}
	p.fillIn(form, edit, append(name, "base_insurer", insurer, "base_insurance_number", "۱۲۳۴", "base_coverage_end", "1406/01/01", "base_ceiling", "5,000,000")...).to(t)
	form = p.get(edit)
	form.wants(t, http.StatusOK, `value="1234"`, `value="۱۴۰۶/۰۱/۰۱"`, `value="۵٬۰۰۰٬۰۰۰"`)
	got := p.fillIn(form, edit, append(name, "base_insurance_number", "1234")...)
	got.wants(t, http.StatusUnprocessableEntity, `id="base_insurer-note" class="wrong"`, "بیمه‌گر را از فهرست برگزینید")
	got = p.fillIn(form, edit, append(name, "supplementary_insurer", insurer)...)
	got.wants(t, http.StatusUnprocessableEntity, `id="supplementary_insurer-note" class="wrong"`)
	p.fillIn(form, edit, name...).to(t)
	p.get(path(s.Maryam, "/statement/summary")).lacks(t, "تأمین اجتماعی")
}

// picture is a PNG of that size.
func picture(t *testing.T, width, height int) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	for x := range width {
		for y := range height {
			img.Set(x, y, color.RGBA{uint8(x), uint8(y), 90, 255})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// send sends a form with a file.
func (p *person) send(where, field string, file []byte, pairs ...string) answer {
	p.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for i := 0; i+1 < len(pairs); i += 2 {
		w.WriteField(pairs[i], pairs[i+1])
	}
	part, err := w.CreateFormFile(field, "me.png")
	if err != nil {
		p.t.Fatal(err)
	}
	part.Write(file)
	w.Close()
	r := httptest.NewRequest(http.MethodPost, where, &body)
	r.Header.Set("Content-Type", w.FormDataContentType())
	for _, c := range p.cookies {
		r.AddCookie(c)
	}
	answered := httptest.NewRecorder()
	p.site.Handler.ServeHTTP(answered, r)
	return answer{answered.Result(), answered.Body.String()}
}

func TestAPhoto(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	p := as(t, s, clinic.Receptionist)
	photo := path(s.Maryam, "/photo")
	p.get(photo).wants(t, http.StatusNotFound)
	open := p.get("/patients/new")
	to := p.send("/patients", "photo", picture(t, 900, 600), "request", open.hidden(t, "request"), "first_name", "بهار", "last_name", "نوری").to(t)
	kept := p.get(strings.TrimSuffix(to, "/statement/summary") + "/photo")
	kept.wants(t, http.StatusOK)
	head, format, err := image.DecodeConfig(strings.NewReader(kept.body))
	if err != nil || format != "jpeg" || head.Width != 400 || head.Height != 266 {
		t.Errorf("kept %s %dx%d, %v", format, head.Width, head.Height, err)
	}
	if kept.Header.Get("Content-Type") != "image/jpeg" || kept.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("sent as %v", kept.Header)
	}
	p.send(photo, "photo", picture(t, 30, 40)).to(t)
	p.get(photo).wants(t, http.StatusOK)
	p.get(path(s.Maryam, "/edit")).wants(t, http.StatusOK, `src="`+photo+`"`)
	p.post(photo, "remove", "yes").to(t)
	p.get(photo).wants(t, http.StatusNotFound)
	open = p.get("/patients/new")
	for text, file := range map[string][]byte{"این پرونده عکس نیست": []byte("GIF89a"), "بزرگ‌تر از ۲ مگابایت": make([]byte, clinic.MaxPhoto+1)} {
		got := p.send("/patients", "photo", file, "request", open.hidden(t, "request"), "first_name", "بهار", "last_name", "نوری")
		got.wants(t, http.StatusUnprocessableEntity, `id="photo-note" class="wrong"`, `value="بهار"`, text)
	}
	p.send("/patients", "photo", make([]byte, 7<<20), "request", "x").wants(t, http.StatusBadRequest, "request.large")
	p.send(path(s.Maryam, "/receipts"), "photo", make([]byte, 1<<20)).wants(t, http.StatusUnprocessableEntity) // a form without files is not read as one
	as(t, s, clinic.Doctor).send(photo, "photo", picture(t, 3, 4)).wants(t, http.StatusForbidden)
}

// What a form offers to search by digits and letters is filled in.
func TestWhatWasSearchedForIsFilledIn(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	p := as(t, s, clinic.Manager)
	for q, want := range map[string]string{
		"کاظمی":             `id="last_name" name="last_name" value="کاظمی"`,
		"علی رضا کاظمی":     `id="last_name" name="last_name" value="رضا کاظمی"`,
		"۰۹۱۲۷۶۵۴۳۲۱":       `id="mobile" name="mobile" value="۰۹۱۲۷۶۵۴۳۲۱"`,
		"9127654322":        `id="mobile" name="mobile" value="۰۹۱۲۷۶۵۴۳۲۲"`,
		"0499370899":        `id="national_code" name="national_code" value="۰۴۹۹۳۷۰۸۹۹"`,
		"4512":              `id="file_number" name="file_number" value="۴۵۱۲"`,
		"<script>%00\u202e": `value="&lt;script&gt;"`,
	} {
		p.get("/patients/new?q="+strings.ReplaceAll(q, " ", "+")).wants(t, http.StatusOK, want)
	}
}
