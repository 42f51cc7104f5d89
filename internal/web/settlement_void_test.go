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

// An accountant takes a settlement back without a script: before it is done the
// sheet says who owes what after it, a reason is asked for, and then the row is
// struck through.
func TestAnAccountantVoidsASettlement(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	insurer, admission := insured(t, s)
	done, err := s.Desk.SettleInsurer(t.Context(), s.Manager, desk.SettleInsurer{Insurer: insurer, Received: 500_000, Request: desk.Request{Key: "settled"},
		Deductions: []clinic.Deduction{{Admission: admission, Amount: 200_000, To: clinic.SettleToPatient}}})
	if err != nil {
		t.Fatal(err)
	}
	s.Hire(t, clinic.Accountant)
	p := as(t, s, clinic.Accountant)
	page, void := fmt.Sprintf("/insurers/%d", insurer), fmt.Sprintf("/settlements/%d/void", done.Settlement.ID)
	p.get(page).wants(t, http.StatusOK, `href="`+void+`"`)
	p.get(strings.TrimSuffix(void, "/void")).wants(t, http.StatusOK, `href="`+void+`"`)
	sheet := p.get(void)
	sheet.wants(t, http.StatusOK, "ابطال تسویه", "۱۴۰۵-۱", "از ۰ به ۷۰۰٬۰۰۰", "مریم", "از ۵٬۳۰۰٬۰۰۰ ریال بدهکار به ۵٬۱۰۰٬۰۰۰ ریال بدهکار")
	form := []string{"request", sheet.hidden(t, "request"), "version", sheet.hidden(t, "version"), "reason", ""}
	p.post(void, form...).wants(t, http.StatusUnprocessableEntity, "دلیل ابطال را بنویسید")
	form[5] = "نامه ماه پیش"
	form[3] = "1"
	p.post(void, form...).wants(t, http.StatusConflict, "نامه ماه پیش")
	form[3] = sheet.hidden(t, "version")
	for range 2 { // sent twice it is one
		p.post(void, form...).wants(t, http.StatusSeeOther)
	}
	p.get(page).wants(t, http.StatusOK, "ثبت تسویه", `class="cancelled"`, "باطل شده")
	p.get(strings.TrimSuffix(void, "/void")).wants(t, http.StatusOK, "باطل شده")
	form[1] = p.get(void).hidden(t, "request")
	p.post(void, form...).wants(t, http.StatusUnprocessableEntity, "پیش‌تر باطل شده")
	balance(t, s, s.Maryam, 5_100_000)
}

// Nothing is an amount like any other that is no payment; only an empty field is
// all that is left.
func TestAnAccountantPaysNothingOfACommission(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	marketer := earning(t, s)
	s.Hire(t, clinic.Accountant)
	p := as(t, s, clinic.Accountant)
	settle := fmt.Sprintf("/commissions/%d/settle", marketer)
	form := []string{"request", p.get(settle).hidden(t, "request"), "how", "account", "amount", "۰"}
	p.post(settle, form...).wants(t, http.StatusUnprocessableEntity, "مبلغ باید بیشتر از صفر باشد.")
	balance(t, s, marketer, 0)
	form[5] = ""
	p.post(settle, form...).wants(t, http.StatusSeeOther)
	balance(t, s, marketer, -50_000)
}

// A commission on account is taken back off the marketer's account, and from a
// stale screen it is not.
func TestAnAccountantVoidsACommission(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	marketer := earning(t, s)
	done, err := s.Desk.SettleCommission(t.Context(), s.Manager, desk.SettleCommission{Earner: clinic.EarnerID(marketer), How: clinic.OnAccount, Request: desk.Request{Key: "settled"}})
	if err != nil {
		t.Fatal(err)
	}
	balance(t, s, marketer, -50_000)
	s.Hire(t, clinic.Accountant)
	p := as(t, s, clinic.Accountant)
	page, void := fmt.Sprintf("/commissions/%d", marketer), fmt.Sprintf("/commissions/settlements/%d/void", done.Settlement.ID)
	p.get(page).wants(t, http.StatusOK, `href="`+void+`"`)
	sheet := p.get(void)
	sheet.wants(t, http.StatusOK, "ابطال تسویه", "شریفی", "از ۵۰٬۰۰۰ ریال بستانکار به")
	form := []string{"request", sheet.hidden(t, "request"), "version", "9", "reason", "اشتباه"}
	p.post(void, form...).wants(t, http.StatusConflict, "اشتباه")
	form[3] = sheet.hidden(t, "version")
	p.post(void, form...).wants(t, http.StatusSeeOther)
	balance(t, s, marketer, 0)
	p.get(page).wants(t, http.StatusOK, `class="cancelled"`, "باطل شده", "۵۰٬۰۰۰")
}

// earning is a marketer who has earned 50,000.
func earning(t *testing.T, s *site.Site) (marketer clinic.PatientID) {
	t.Helper()
	var sent clinic.Patient
	err := s.Desk.Batch(t.Context(), s.Manager, false, func(b desk.Batch) error {
		p, err := b.Patient(t.Context(), clinic.Patient{FirstName: "امیر", LastName: "شریفی", MarketerStatus: clinic.Marketing})
		if err != nil {
			return err
		}
		marketer = p.ID
		r := clinic.CommissionRate{Kind: clinic.EarnsMarketer, Earner: clinic.EarnerID(marketer), ValidFrom: "2020-01-01", Rate: 500}
		if err := b.CommissionRate(t.Context(), r); err != nil {
			return err
		}
		sent, err = b.Patient(t.Context(), clinic.Patient{FirstName: "بهار", LastName: "رضایی", Introducer: marketer})
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
	return marketer
}
