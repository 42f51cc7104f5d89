package web_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/test/engine"
	"daftar/test/site"
)

// A filtered list becomes a campaign, without a script: what was typed is kept
// when it is refused, the audience is seen before, and the result afterwards.
func TestAListBecomesACampaign(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		s := site.Open(t, database)
		ctx := t.Context()
		p := as(t, s, clinic.Manager)
		p.get("/campaigns").wants(t, http.StatusOK, "کمپینی نیست", `href="/campaigns/new"`)
		p.get("/patients?tag=vip&q=x").lacks(t, "کمپین برای این فهرست")
		_, err := s.Desk.RegisterPatient(ctx, s.Manager, desk.RegisterPatient{Patient: clinic.Patient{FirstName: "مینا", LastName: "صدری", Mobile: "09120000099",
			SMSAdvertising: true, Tags: []string{"vip"}}})
		if err != nil {
			t.Fatal(err)
		}
		p.get("/patients?tag=vip&sort=name").wants(t, http.StatusOK, "کمپین برای این فهرست", `href="/campaigns/new?tag=vip"`)
		form := p.get("/campaigns/new?tag=vip")
		form.wants(t, http.StatusOK, `name="tag" value="vip"`, "{نام}")
		wrong := p.post("/campaigns", "request", "1", "title", "نوروز", "text", "{نام} {قیمت}", "tag", "vip", "unseen", "3")
		wrong.wants(t, http.StatusUnprocessableEntity, "فیلد «قیمت» وجود ندارد", "{نام} {قیمت}", `value="نوروز"`, `name="tag" value="vip"`, `value="3" selected`)
		for text, says := range map[string]string{strings.Repeat("س", 5000): "بلندتر از ۶۰۰ نویسه", " ": "متن پیامک را بنویسید"} {
			p.post("/campaigns", "request", "w"+says, "title", "نوروز", "text", text).wants(t, http.StatusUnprocessableEntity, says)
		}
		p.get("/campaigns/preview?text="+url.QueryEscape("سلام {نام}")).wants(t, http.StatusOK, "سلام سارا نمونه")
		saved := p.post("/campaigns", "request", "2", "title", "نوروز", "text", "{نام} عزیز <b>", "tag", "vip")
		saved.wants(t, http.StatusSeeOther)
		path, _, _ := strings.Cut(saved.Header.Get("Location"), "?")
		draft := p.get(saved.Header.Get("Location"))
		draft.wants(t, http.StatusOK, "کمپین ذخیره شد", "مینا صدری عزیز &lt;b&gt;", "پیامک مینا صدری", "برچسب: vip", "ارسال پیامک در این مرکز خاموش است", path+"/audience")
		p.get(path+"/audience").wants(t, http.StatusOK, "مینا صدری", "پیامک می‌گیرد")
		p.get(path+"/edit").wants(t, http.StatusOK, "{نام} عزیز &lt;b&gt;", `name="tag" value="vip"`)
		p.sendsCampaign(t, s, path, draft.hidden(t, "version"))
	})
}

// sendsCampaign decides when a draft starts, has it sent and looks at the
// result.
func (p *person) sendsCampaign(t *testing.T, s *site.Site, path, version string) {
	t.Helper()
	ctx := t.Context()
	p.post(path+"/schedule", "request", "3", "version", version, "now", "1").wants(t, http.StatusUnprocessableEntity, "ارسال پیامک در این مرکز خاموش است.")
	c, err := s.Desk.Clinic(ctx, s.Manager.Clinic)
	if err != nil {
		t.Fatal(err)
	}
	c.SMS = true
	if _, err := s.Desk.SaveClinic(ctx, s.Manager, desk.Save[clinic.Clinic]{Row: c}); err != nil {
		t.Fatal(err)
	}
	p.post(path+"/schedule", "request", "4", "version", version, "day", "دیروز", "clock", "").wants(t, http.StatusUnprocessableEntity, `value="دیروز"`, "ساعت شروع را بنویسید")
	p.post(path+"/schedule", "request", "5", "version", version, "day", "1404/01/01", "clock", "10").wants(t, http.StatusUnprocessableEntity, "این زمان گذشته است", `value="1404/01/01"`)
	p.post(path+"/schedule", "request", "6", "version", "77", "now", "1").wants(t, http.StatusConflict, "کاربر دیگری این کمپین را")
	for _, seen := range []string{"x", "0", ""} {
		p.post(path+"/schedule", "request", "v"+seen, "version", seen, "now", "1").wants(t, http.StatusConflict, "کاربر دیگری این کمپین را")
		p.post(path+"/stop", "request", "s"+seen, "version", seen).wants(t, http.StatusConflict, "کاربر دیگری این کمپین را")
		p.post(path, "request", "e"+seen, "version", seen, "title", "بهار", "text", "سلام").wants(t, http.StatusConflict, "کاربر دیگری این کمپین را", `value="بهار"`)
	}
	p.post(path, "request", "t", "version", version, "title", "بهار", "text", "سلام", "provider", "99", "tag", strings.Repeat("س", 200)).wants(t,
		http.StatusUnprocessableEntity, "بلندتر از ۱۰۰ نویسه", `value="بهار"`)
	p.post(path, "request", "q", "version", version, "title", "بهار", "text", "سلام", "provider", "99").wants(t, http.StatusUnprocessableEntity, "این خدمت‌دهنده پیدا نشد")
	p.post(path+"/stop", "request", "7", "version", version).wants(t, http.StatusUnprocessableEntity, "کمپین در وضعیتی نیست")
	done := p.post(path+"/schedule", "request", "8", "version", version, "now", "1")
	done.wants(t, http.StatusSeeOther)
	p.get(done.Header.Get("Location")).wants(t, http.StatusOK, "کمپین زمان‌بندی شد", "زمان‌بندی‌شده", "توقف کمپین")
	p.post(path, "request", "9", "version", version, "title", "بهار", "text", "{نام} جان").wants(t, http.StatusUnprocessableEntity, "کمپین در وضعیتی نیست", `value="بهار"`, "{نام} جان")
	if _, err := s.Desk.SendCampaigns(ctx, s.Manager.Clinic); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Desk.SendMessages(ctx, s.Manager.Clinic, func(context.Context, clinic.Message) error { return nil }); err != nil {
		t.Fatal(err)
	}
	p.get(path).wants(t, http.StatusOK, "در حال ارسال", "فرستاده‌شده", "پس از پیامک")
	p.get(path+"/audience").wants(t, http.StatusOK, "مینا صدری")
	p.get("/campaigns").wants(t, http.StatusOK, "نوروز", "در حال ارسال")
	p.get("/campaigns?status=draft").wants(t, http.StatusOK, "کمپینی نیست")
	p.get("/campaigns/x").wants(t, http.StatusNotFound)
	p.get("/campaigns?status=nonsense").wants(t, http.StatusSeeOther)
}
