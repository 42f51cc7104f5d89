package web_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/test/engine"
	"daftar/test/site"
)

// insured gives Maryam an admission of which an insurer owes 700,000.
func insured(t *testing.T, s *site.Site) (insurer clinic.InsurerID, admission clinic.AdmissionID) {
	t.Helper()
	var service clinic.ServiceID
	err := s.Desk.Batch(t.Context(), s.Manager, false, func(b desk.Batch) error {
		section, err := b.Section(t.Context(), clinic.Section{Code: "insured", Name: "بیمه"})
		if err != nil {
			return err
		}
		if insurer, err = b.Insurer(t.Context(), clinic.Insurer{Code: "niroo", Name: "نیروها", Kind: clinic.BaseInsurance, Share: 7000}); err != nil {
			return err
		}
		if service, err = b.Service(t.Context(), desk.NewService{Section: section, Code: "insured", Name: "معاینه", Price: 1_000_000}); err != nil {
			return err
		}
		return b.Tariff(t.Context(), clinic.Tariff{Service: service, Insurer: insurer, Price: 1_000_000})
	})
	if err != nil {
		t.Fatal(err)
	}
	a, err := s.Desk.Admit(t.Context(), s.Manager, desk.Admit{Patient: s.Maryam, Coverage: &desk.Insurers{Base: insurer}, Lines: []desk.OrderedLine{{Service: service, Quantity: 1}}})
	if err != nil {
		t.Fatal(err)
	}
	return insurer, a.Admission.ID
}

// An accountant types what an insurer's letter says, without a script: what is
// too much is refused and nothing typed is lost; what was done is shown.
func TestAnAccountantSettlesWithAnInsurer(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	insurer, admission := insured(t, s)
	s.Hire(t, clinic.Accountant)
	p := as(t, s, clinic.Accountant)
	page := fmt.Sprintf("/insurers/%d", insurer)
	p.get("/insurers").wants(t, http.StatusOK, "نیروها", "۷۰۰٬۰۰۰")
	p.get(page).wants(t, http.StatusOK, "ثبت تسویه", "مریم")
	field := fmt.Sprintf("deduct-%d", admission)
	to := fmt.Sprintf("to-%d", admission)
	sheet := p.get(page + "/settle")
	sheet.wants(t, http.StatusOK, `name="`+field+`"`)
	form := []string{"request", sheet.hidden(t, "request"), "version", sheet.hidden(t, "version"), "received", "500000", "note", "نامه ۱۲", field, "300000", to, "write_off"}
	p.post(page+"/settle/preview", form...).wants(t, http.StatusOK, "۴۰۰٬۰۰۰")
	p.post(page+"/settle", form...).wants(t, http.StatusUnprocessableEntity, `value="500000"`, `value="300000"`, "نامه ۱۲", "۴۰۰٬۰۰۰ ریال")
	form[9] = "800000"
	p.post(page+"/settle", form...).wants(t, http.StatusUnprocessableEntity, `value="800000"`, `href="#`+field+`"`)
	form[9] = "200000"
	done := p.post(page+"/settle", form...)
	done.wants(t, http.StatusSeeOther)
	p.get(done.Header.Get("Location")).wants(t, http.StatusOK, "سوخت", "۵۰۰٬۰۰۰", "۲۰۰٬۰۰۰", "نامه ۱۲", "مریم")
	p.get(page).wants(t, http.StatusOK, "بدهی باز ندارد", "۱۴۰۵-۱", "تسویه‌های ثبت‌شده")
	// The same form again books nothing; one from a stale screen is refused.
	p.post(page+"/settle", form...).wants(t, http.StatusSeeOther)
	s.Hire(t, clinic.Supervisor)
	seen := as(t, s, clinic.Supervisor).get(page)
	seen.wants(t, http.StatusOK)
	seen.lacks(t, "ثبت تسویه", "/void")
	as(t, s, clinic.Receptionist).get("/insurers").wants(t, http.StatusForbidden)
}

// Who paid, and the desk that took the money, find nothing of the commission;
// who settles it sees by whom it was earned.
func TestTheOtherPatientSeesNoCommission(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	var marketer, sent clinic.Patient
	err := s.Desk.Batch(t.Context(), s.Manager, false, func(b desk.Batch) (err error) {
		if marketer, err = b.Patient(t.Context(), clinic.Patient{FirstName: "امیر", LastName: "شریفی", MarketerStatus: clinic.Marketing}); err != nil {
			return err
		}
		r := clinic.CommissionRate{Kind: clinic.EarnsMarketer, Earner: clinic.EarnerID(marketer.ID), ValidFrom: "2020-01-01", Rate: 500}
		if err := b.CommissionRate(t.Context(), r); err != nil {
			return err
		}
		sent, err = b.Patient(t.Context(), clinic.Patient{FirstName: "بهار", LastName: "رضایی", Introducer: marketer.ID})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Desk.Admit(t.Context(), s.Manager, desk.Admit{Patient: sent.ID, Coverage: &desk.Insurers{}, Lines: []desk.OrderedLine{{Service: visit(t, s), Quantity: 1}}}); err != nil {
		t.Fatal(err)
	}
	_, err = s.Desk.Receive(t.Context(), s.Manager, desk.Receive{Patient: sent.ID, Lines: []clinic.MoneyLine{{Method: clinic.POS, Amount: 1_000_000}}, Request: desk.Request{Key: "paid"}})
	if err != nil {
		t.Fatal(err)
	}
	s.Hire(t, clinic.Accountant)
	accountant := as(t, s, clinic.Accountant)
	page := fmt.Sprintf("/commissions/%d", marketer.ID)
	accountant.get("/commissions").wants(t, http.StatusOK, "شریفی", "۵۰٬۰۰۰")
	accountant.get(page).wants(t, http.StatusOK, "رضایی", "۵۰٬۰۰۰")
	sheet := accountant.get(page + "/settle")
	form := []string{"request", sheet.hidden(t, "request"), "amount", "60000", "how", "account"}
	accountant.post(page+"/settle", form...).wants(t, http.StatusUnprocessableEntity, `value="60000"`, "۵۰٬۰۰۰ ریال")
	form[3] = "50000"
	accountant.post(page+"/settle/preview", form...).wants(t, http.StatusOK, "بستانکار")
	accountant.post(page+"/settle", form...).wants(t, http.StatusSeeOther)
	balance(t, s, marketer.ID, -50_000)
	front := as(t, s, clinic.Receptionist)
	for _, tab := range []string{"summary", "admissions", "transactions"} {
		got := front.get(path(sent.ID, "/statement/"+tab))
		got.wants(t, http.StatusOK, "رضایی")
		got.lacks(t, "پورسانت", "۵۰٬۰۰۰")
	}
	if got := front.get(path(sent.ID, "/statement/transactions.csv")); strings.Contains(got.body, "commission") || strings.Contains(got.body, "پورسانت") {
		t.Errorf("the export tells of a commission: %s", got.body)
	}
	own := front.get(path(marketer.ID, "/statement/summary"))
	own.wants(t, http.StatusOK, "تسویه پورسانت")
	own.lacks(t, "رضایی")
	front.get(page).wants(t, http.StatusForbidden)
}

// visit is a service of the site.
func visit(t *testing.T, s *site.Site) clinic.ServiceID {
	t.Helper()
	c, err := s.Desk.Catalogue(t.Context(), s.Manager)
	if err != nil {
		t.Fatal(err)
	}
	return c.Services[0].ID
}
