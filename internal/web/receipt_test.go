package web_test

import (
	"net/http"
	"strings"
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/test/engine"
	"daftar/test/site"
)

func TestAReceptionistTakesMoney(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		s := site.Open(t, database)
		p := as(t, s, clinic.Receptionist)
		sheet := p.get(path(s.Maryam, "/cashier?tab=transactions"))
		form := []string{"request", sheet.hidden(t, "request"), "seen_version", sheet.hidden(t, "seen_version"), "tab", sheet.hidden(t, "tab"),
			"amount-0", "۳٬۰۰۰٬۰۰۰", "method-0", "cash", "amount-2", "800000", "method-2", "card_to_card", "tracking-2", "۱۲۳۴"}
		p.script = true
		done := p.post(path(s.Maryam, "/receipts"), form...)
		done.wants(t, http.StatusOK, `data-testid="toast"`, `data-testid="header-balance" data-rials="1000000"`, "کارت به کارت")
		if done.Header.Get("HX-Trigger") != "account-changed" {
			t.Errorf("HX-Trigger is %q", done.Header.Get("HX-Trigger"))
		}
		// The same form again, as by a double click, pays once.
		p.post(path(s.Maryam, "/receipts"), form...).wants(t, http.StatusOK, `data-testid="header-balance" data-rials="1000000"`)
		p.script = false
		p.post(path(s.Maryam, "/receipts"), form...).wants(t, http.StatusSeeOther)
		// The same name with another amount is no form of ours.
		form[7] = "1"
		p.post(path(s.Maryam, "/receipts"), form...).wants(t, http.StatusConflict, "با محتوای دیگری")
		balance(t, s, s.Maryam, 1_000_000)
	})
}

func balance(t *testing.T, s *site.Site, patient clinic.PatientID, want int64) {
	t.Helper()
	got, err := s.Desk.Balance(t.Context(), s.Manager, patient, desk.View{})
	if err != nil || int64(got.Balance) != want {
		t.Errorf("the balance is %v (%v), want %d", got.Balance, err, want)
	}
}

// What was typed is still there when the money was not taken, and why is said
// at the field.
func TestARefusalKeepsWhatWasTyped(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	p := as(t, s, clinic.Receptionist)
	tests := map[string]struct {
		form []string
		want []string
	}{
		"an amount in words": {[]string{"amount-0", "دو هزار", "method-0", "pos", "tracking-0", "987"},
			[]string{`value="دو هزار"`, `value="987"`, `href="#amount-0"`, "مبلغ خوانده نشد"}},
		"a negative amount": {[]string{"amount-0", "-5", "method-0", "cash"}, []string{`value="-5"`, `href="#amount-0"`}},
		"nothing at all":    {[]string{"amount-0", "", "method-0", "pos"}, []string{`href="#amount-0"`, "دست‌کم یک مبلغ"}},
		"zero":              {[]string{"amount-0", "0", "method-0", "cash"}, []string{`href="#amount-0"`}},
		"no such method in the third line": {[]string{"amount-0", "5", "method-0", "cash", "amount-2", "7", "method-2", "gold"},
			[]string{`href="#method-2"`, "روش پرداخت را برگزینید"}},
		"more than is owed": {[]string{"amount-0", "5000000", "method-0", "cash"},
			[]string{`value="5000000"`, `name="surplus"`, "بیش از بدهی"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			sheet := p.get(path(s.Maryam, "/cashier"))
			form := append([]string{"request", sheet.hidden(t, "request"), "seen_version", sheet.hidden(t, "seen_version"), "tab", "admissions"}, tt.form...)
			got := p.post(path(s.Maryam, "/receipts"), form...)
			got.wants(t, http.StatusUnprocessableEntity, append(tt.want, `role="alert"`, `id="tab-admissions"`)...)
			if got.hidden(t, "request") != form[1] {
				t.Error("the form got another name")
			}
			balance(t, s, s.Maryam, 4_800_000)
		})
	}
}

func TestTheSurplusStaysWhenAskedTo(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	p := as(t, s, clinic.Receptionist)
	sheet := p.get(path(s.Maryam, "/cashier"))
	p.post(path(s.Maryam, "/receipts"), "request", sheet.hidden(t, "request"), "seen_version", sheet.hidden(t, "seen_version"),
		"amount-0", "5000000", "method-0", "cash", "surplus", "credit").wants(t, http.StatusSeeOther)
	balance(t, s, s.Maryam, -200_000)
}

// Two cashiers have the sheet open; the second is shown what the first did and
// asked again.
func TestAStaleSheetAsksAgain(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	one, two := as(t, s, clinic.Receptionist), as(t, s, clinic.Manager)
	first, second := one.get(path(s.Maryam, "/cashier")), two.get(path(s.Maryam, "/cashier"))
	send := func(p *person, sheet answer, amount string) answer {
		return p.post(path(s.Maryam, "/receipts"), "request", sheet.hidden(t, "request"), "seen_version", sheet.hidden(t, "seen_version"),
			"amount-0", amount, "method-0", "cash")
	}
	send(one, first, "800000").wants(t, http.StatusSeeOther)
	again := send(two, second, "۱۰۰۰۰۰۰")
	again.wants(t, http.StatusConflict, "۴٬۰۰۰٬۰۰۰ بدهکار", `value="۱۰۰۰۰۰۰"`)
	if again.hidden(t, "seen_version") == second.hidden(t, "seen_version") || again.hidden(t, "request") != second.hidden(t, "request") {
		t.Error("the sheet does not hold the version of now under its old name")
	}
	send(two, again, "۱۰۰۰۰۰۰").wants(t, http.StatusSeeOther)
	balance(t, s, s.Maryam, 3_000_000)
}

func TestThePreviewTakesNothing(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	p := as(t, s, clinic.Receptionist)
	got := p.post(path(s.Maryam, "/receipts/preview"), "amount-0", "5000000", "method-0", "cash")
	got.wants(t, http.StatusOK, `data-rials="-200000"`, `name="surplus"`)
	if strings.Contains(got.body, "<html") {
		t.Error("the preview is a whole page")
	}
	got.wants(t, http.StatusOK, `data-testid="after-drawer" data-rials="5000000"`)
	p.post(path(s.Maryam, "/receipts/preview"), "amount-0", "x").wants(t, http.StatusOK, "مبلغ خوانده نشد")
	balance(t, s, s.Maryam, 4_800_000)
}

// A cheque is no money yet: what of it is more than the debt is offered as
// credit only, even when a deposit was chosen before.
func TestASurplusOfChequesIsNoDeposit(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	p := as(t, s, clinic.Receptionist)
	form := []string{"amount-0", "5000000", "surplus", "deposit", "method-0"}
	p.post(path(s.Maryam, "/receipts/preview"), append(form, "cash")...).wants(t, http.StatusOK, `value="deposit" checked`)
	got := p.post(path(s.Maryam, "/receipts/preview"), append(form, "cheque", "sayad-0", "1234567890123456", "due-0", "1405/10/15")...)
	got.wants(t, http.StatusOK, `name="surplus" value="credit"`, "چک تا وصول نشود بیعانه نمی‌شود", `data-rials="-200000"`)
	got.lacks(t, `value="deposit"`)
	p.post(path(s.Maryam, "/receipts/preview"), append(form, "cheque")...).wants(t, http.StatusOK, "پس از پرشدن مشخصات چک")
	p.post(path(s.Maryam, "/receipts/preview"), append(form, "cheque", "sayad-0", "12")...).wants(t, http.StatusOK, `class="alert"`)
}

// The print of a receipt that was only taken is a link; it opens by itself when
// it was asked for.
func TestATakenReceiptDoesNotOpenAPage(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	p := as(t, s, clinic.Receptionist)
	sheet := p.get(path(s.Maryam, "/cashier"))
	p.script = true
	got := p.post(path(s.Maryam, "/receipts"), "request", sheet.hidden(t, "request"), "seen_version", sheet.hidden(t, "seen_version"),
		"amount-0", "800000", "method-0", "cash")
	got.wants(t, http.StatusOK, "/print", `data-testid="toast"`)
	got.lacks(t, "<open-page")
}
