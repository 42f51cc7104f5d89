package web_test

import (
	"net/http"
	"strings"
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/web"
	"daftar/test/engine"
	"daftar/test/site"
)

func TestPagesAreFound(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		s := site.Open(t, database)
		p := as(t, s, clinic.Receptionist)
		p.get("/").wants(t, http.StatusSeeOther)
		p.get("/healthz").wants(t, http.StatusOK, "ok")
		p.get("/patients").wants(t, http.StatusOK, "مریم احمدی", `data-rials="4800000"`, "۴۰ نفر")
		p.get("/patients?q=مریم").wants(t, http.StatusOK, "مریم احمدی")
		p.get("/patients?q=lvdl").wants(t, http.StatusOK, `data-testid="suggest"`, "مریم")
		p.get("/patients?filter=creditor").wants(t, http.StatusOK, "زهرا موسوی", `data-rials="-2000000"`)
		p.get(path(s.Maryam, "")).wants(t, http.StatusSeeOther)
		p.get(path(s.Maryam, "/statement/summary")).wants(t, http.StatusOK, `data-testid="statement-window"`,
			`data-testid="header-balance" data-rials="4800000"`, "بوتاکس، دکتر راد", `data-testid="row-admission-`, `data-testid="row-receipt-`,
			`data-testid="row-registration-`, `data-testid="row-admission_draft-`, `data-testid="row-admission_cancel-`, "۱۴۰۵-۱", "ونک")
		p.get(path(s.Maryam, "/statement/admissions")).wants(t, http.StatusOK, "پوست", "کارتخوان")
		p.get(path(s.Maryam, "/statement/transactions")).wants(t, http.StatusOK, `data-testid="total-closing"`)
		p.get(path(s.Maryam, "/cashier?tab=summary")).wants(t, http.StatusOK, `data-testid="form-cashier"`, "۴٬۸۰۰٬۰۰۰", `data-testid="balance-after" data-rials="0"`)
	})
}

func TestWhatIsNotThere(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	p := as(t, s, clinic.Receptionist)
	for name, where := range map[string]string{
		"an unknown page":      "/nowhere",
		"an unknown patient":   "/patients/12345/statement/summary",
		"a patient by no id":   "/patients/x%27--/statement/summary",
		"an unknown tab":       path(s.Maryam, "/statement/club"),
		"a cashier of nobody":  "/patients/12345/cashier",
		"the page of nobody's": "/patients/0/cashier",
	} {
		t.Run(name, func(t *testing.T) {
			p.get(where).wants(t, http.StatusNotFound, `data-testid="problem"`, "چنین صفحه‌ای نیست", `dir="rtl"`)
		})
	}
}

// The account is shown as it was, and a day nobody can read is said so at its
// field.
func TestLookingBack(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	p := as(t, s, clinic.Receptionist)
	summary := path(s.Maryam, "/statement/summary")
	p.get(summary+"?as_of=1405/07/25").wants(t, http.StatusOK, `data-testid="header-balance" data-rials="3000000"`)
	p.get(summary+"?as_of=2026-10-17").wants(t, http.StatusOK, `data-testid="header-balance" data-rials="3000000"`)
	p.get(summary+"?known_at=2020-01-01").wants(t, http.StatusOK, `data-testid="header-balance" data-rials="0"`)
	p.get(summary+"?from=99/99/99").wants(t, http.StatusUnprocessableEntity, `id="filter-from"`, `value="99/99/99"`, "چنین روزی")
	p.get(summary+"?kind=receipt").wants(t, http.StatusOK, "row-receipt-")
	p.get(summary+"?kind=receipt").lacks(t, "row-admission-")
	p.get(summary+"?kind=x%27").wants(t, http.StatusBadRequest)
	p.get(summary+"?cursor=x").wants(t, http.StatusBadRequest)
}

// A doctor sees what was done and no amount.
func TestAmountsAreForThoseWhoMaySeeThem(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	p := as(t, s, clinic.Doctor)
	for _, where := range []string{"/patients", path(s.Maryam, "/statement/summary"), path(s.Maryam, "/statement/admissions")} {
		got := p.get(where)
		got.wants(t, http.StatusOK, "مریم احمدی")
		got.lacks(t, "data-rials", "۸۰۰٬۰۰۰", "۰۰۰٬۰۰۰", "tab-transactions", "action-cashier", "بدهکار")
	}
	p.get(path(s.Maryam, "/statement/transactions")).wants(t, http.StatusForbidden)
	p.get(path(s.Maryam, "/cashier")).wants(t, http.StatusForbidden)
	p.post(path(s.Maryam, "/receipts")).wants(t, http.StatusForbidden)
}

// A page that breaks says so, and the log names the place and no person.
func TestAPageThatBreaks(t *testing.T) {
	s := site.Open(t, engine.SQLite(t), func(o *web.Options) {
		o.RequestKey = func() string { panic("مریم احمدی") }
	})
	p := as(t, s, clinic.Receptionist)
	p.get(path(s.Maryam, "/cashier")).wants(t, http.StatusInternalServerError, "خطایی از سوی ما رخ داد")
	if log := s.Log.String(); !strings.Contains(log, "panic") || strings.Contains(log, "مریم") {
		t.Errorf("the log says %q", log)
	}
}
