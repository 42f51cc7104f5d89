package web_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/test/engine"
	"daftar/test/site"
)

// A manager writes a text of the clinic's own, without a script: its example and
// its size are seen, what cannot be read says so at the field, and another
// manager's form is not lost.
func TestAManagerWritesATemplate(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		s := site.Open(t, database)
		p := as(t, s, clinic.Manager)
		p.get("/settings").wants(t, http.StatusOK, "الگوهای پیامک", "ساعت سکوت و قیمت پیامک", "کارهای خودکار")
		p.get("/settings/messages").wants(t, http.StatusOK, "یادآوری دو ساعت پیش", "تبریک تولد", "خاموش")
		form := p.get("/settings/messages/receipt")
		form.wants(t, http.StatusOK, "{مبلغ}", "سارا نمونه عزیز، ۱٬۲۰۰٬۰۰۰ ریال دریافت شد", `name="message_on"`)
		form.lacks(t, "{خدمت‌دهنده}")
		version := form.hidden(t, "version")
		wrong := p.post("/settings/messages/receipt", "request", "1", "version", version, "text", "{نام} {نامم}")
		wrong.wants(t, http.StatusUnprocessableEntity, "فیلد «نامم» وجود ندارد", "{نام} {نامم}", `id="text-note"`, "نمونه پس از درست شدن متن")
		for text, says := range map[string]string{"   ": "متن پیامک را بنویسید", "{نام": "آکولاد نزدیک", "{سطح}": "این پیامک فیلد «سطح» ندارد",
			strings.Repeat("س", 5000): "بلندتر از ۶۰۰ نویسه"} {
			p.post("/settings/messages/receipt", "request", "w"+says, "version", version, "text", text).wants(t, http.StatusUnprocessableEntity, says)
		}
		saved := p.post("/settings/messages/receipt", "request", "2", "version", version, "text", "{نام}: {مبلغ}", "message_on", "on")
		saved.wants(t, http.StatusSeeOther)
		p.get(saved.Header.Get("Location")).wants(t, http.StatusOK, "«دریافت» ذخیره شد")
		stale := p.post("/settings/messages/receipt", "request", "3", "version", version, "text", "دیگر {نام}")
		stale.wants(t, http.StatusConflict, "کاربر دیگری این ردیف را", "دیگر {نام}", "اکنون: {نام}: {مبلغ}", "اکنون: فعال")
		p.get("/settings/messages/receipt/preview?text="+url.QueryEscape("سلام {نام}")).wants(t, http.StatusOK, "سلام سارا نمونه", "۱۵ نویسه، ۱ بخش")
		p.get("/settings/messages/nothing").wants(t, http.StatusNotFound)
		p.get("/settings/messages/one_time_code").wants(t, http.StatusOK, "همیشه فرستاده می‌شود")
	})
}

func TestAManagerSetsTheQuietHours(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	p := as(t, s, clinic.Manager)
	form := p.get("/settings/message-rules")
	form.wants(t, http.StatusOK, `value="۲۱:۰۰"`, `value="۸:۰۰"`)
	version := form.hidden(t, "version")
	p.post("/settings/message-rules", "request", "1", "version", version, "quiet_from", "دیر", "quiet_until", "7", "part_price", "۱۲۰۰").
		wants(t, http.StatusUnprocessableEntity, `value="دیر"`, `value="۱۲۰۰"`)
	p.post("/settings/message-rules", "request", "2", "version", version, "quiet_from", "24:00", "quiet_until", "7", "part_price", "۱۲۰۰").
		wants(t, http.StatusUnprocessableEntity, "ساعت را از ۰:۰۰ تا ۲۳:۵۹ بنویسید")
	p.post("/settings/message-rules", "request", "3", "version", version, "quiet_from", "22:30", "quiet_until", "7", "part_price", "۱۲۰۰").wants(t, http.StatusSeeOther)
	p.post("/settings/message-rules", "request", "4", "version", version, "quiet_from", "23", "quiet_until", "7", "part_price", "").
		wants(t, http.StatusConflict, `value="23"`, "اکنون: ۲۲:۳۰")
	p.get("/settings/messages/survey").wants(t, http.StatusOK, "حدود ۲٬۴۰۰ ریال")
}

// What was given up is seen with its reason and tried again by who may; a code
// is shown to nobody.
func TestAMessageIsTriedAgain(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		s := site.Open(t, database)
		ctx := t.Context()
		m, r := as(t, s, clinic.Manager), as(t, s, clinic.Receptionist)
		m.get("/messages").wants(t, http.StatusOK, "ارسال پیامک در این مرکز خاموش است")
		c, err := s.Desk.Clinic(ctx, s.Manager.Clinic)
		if err != nil {
			t.Fatal(err)
		}
		agrees(t, s)
		c.SMS = true
		if _, err := s.Desk.SaveClinic(ctx, s.Manager, desk.Save[clinic.Clinic]{Row: c}); err != nil {
			t.Fatal(err)
		}
		m.post("/settings/messages/receipt", "request", "on", "version", "0", "text", "{نام}: {مبلغ} <b>", "message_on", "on").wants(t, http.StatusSeeOther)
		_, err = s.Desk.Receive(ctx, s.Manager, desk.Receive{Patient: s.Maryam, Lines: []clinic.MoneyLine{{Method: clinic.Cash, Amount: 1_000_000}}})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Desk.SendMessages(ctx, s.Manager.Clinic, func(context.Context, clinic.Message) error {
			return fault.New(fault.Refused, "message.refused", "no such number")
		}); err != nil {
			t.Fatal(err)
		}
		page := m.get("/messages?status=failed&kind=receipt")
		page.wants(t, http.StatusOK, "no such number", "۱٬۰۰۰٬۰۰۰ ریال &lt;b&gt;", "ارسال دوباره", `data-testid="patient-menu"`)
		seen := r.get("/messages?status=nonsense")
		seen.wants(t, http.StatusOK, "ارسال نشد")
		seen.lacks(t, "ارسال دوباره")
		_, rest, _ := strings.Cut(page.body, `action="/messages/`)
		id, _, _ := strings.Cut(rest, "/")
		r.post("/messages/"+id+"/retry", "request", "x").wants(t, http.StatusForbidden)
		again := m.post("/messages/"+id+"/retry", "request", "r1", "status", "failed")
		again.wants(t, http.StatusSeeOther)
		m.post("/messages/"+id+"/retry", "request", "r1", "status", "failed").wants(t, http.StatusSeeOther)
		m.get(again.Header.Get("Location")).wants(t, http.StatusOK, "پیامک دوباره در صف گذاشته شد", "پیامکی نیست")
		m.get("/messages").wants(t, http.StatusOK, "در صف")
		m.post("/messages/0/retry", "request", "r2").wants(t, http.StatusNotFound)
	})
}

// agrees lets Maryam agree to service messages.
func agrees(t *testing.T, s *site.Site) {
	t.Helper()
	file, err := s.Desk.PatientFile(t.Context(), s.Manager, s.Maryam)
	if err != nil {
		t.Fatal(err)
	}
	file.Patient.SMSService = true
	if _, err := s.Desk.EditPatient(t.Context(), s.Manager, desk.EditPatient{Patient: file.Patient}); err != nil {
		t.Fatal(err)
	}
}

// A manager sees what the program did by itself, and asks for more.
func TestAJobIsAskedFor(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	m := as(t, s, clinic.Manager)
	m.get("/settings/jobs").wants(t, http.StatusOK, "یادآوری نوبت‌ها", "هنوز اجرا نشده", "هر دقیقه")
	asked := m.post("/settings/jobs/reminders/run", "request", "1")
	asked.wants(t, http.StatusSeeOther)
	m.get(asked.Header.Get("Location")).wants(t, http.StatusOK, "در انتظار اجرا", "درخواست اجرای «یادآوری نوبت‌ها» ثبت شد")
	m.post("/settings/jobs/nothing/run", "request", "2").wants(t, http.StatusNotFound)
	err := s.Desk.RunJob(t.Context(), s.Manager.Clinic, clinic.Jobs[0], func(context.Context, clinic.ID) (int, error) {
		return 0, fault.New(fault.Unavailable, "x", "the disk is full")
	})
	if err == nil {
		t.Error("the failure is lost")
	}
	m.get("/settings/jobs").wants(t, http.StatusOK, "the disk is full", "خطا")
}

// What a patient agrees to says who changed it, and when.
func TestConsentSaysWhoChangedIt(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	ctx := t.Context()
	file, err := s.Desk.PatientFile(ctx, s.Manager, s.Maryam)
	if err != nil {
		t.Fatal(err)
	}
	file.Patient.SMSService, file.Patient.SMSAdvertising = !file.Patient.SMSService, true
	if _, err := s.Desk.EditPatient(ctx, s.Manager, desk.EditPatient{Patient: file.Patient}); err != nil {
		t.Fatal(err)
	}
	as(t, s, clinic.Receptionist).get(path(s.Maryam, "/edit")).wants(t, http.StatusOK, "اجازه داده شد به دست")
}
