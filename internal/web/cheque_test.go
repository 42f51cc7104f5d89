package web_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/test/engine"
	"daftar/test/site"
)

var chequeLink = regexp.MustCompile(`/cheques/\d+/`)

// A cheque is taken on the sheet, is in the lists with what may be done, comes
// back, and its owner is flagged; the receipt prints once as the original.
func TestAChequeFromTheSheetToItsEnd(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	clerk, office := as(t, s, clinic.Receptionist), accountant(t, s)
	sheet := clerk.get(path(s.Maryam, "/cashier?tab=transactions"))
	form := func(more ...string) []string {
		return append([]string{"request", sheet.hidden(t, "request"), "seen_version", sheet.hidden(t, "seen_version"), "tab", "transactions",
			"amount-0", "۴٬۸۰۰٬۰۰۰", "method-0", "cheque"}, more...)
	}
	clerk.post(path(s.Maryam, "/receipts"), form("sayad-0", "123456789012345", "due-0", "1405/10/15", "bank-0", "ملت")...).
		wants(t, http.StatusUnprocessableEntity, `href="#sayad-0"`, `value="123456789012345"`, `value="1405/10/15"`, `value="ملت"`)
	clerk.post(path(s.Maryam, "/receipts"), form("sayad-0", "1234567890123456", "due-0", "یک روزی")...).
		wants(t, http.StatusUnprocessableEntity, `href="#due-0"`, "یک روزی")
	clerk.post(path(s.Maryam, "/receipts"), form("sayad-0", "1234567890123456", "due-0", "1405/10/15", "bank-0", "ملت", "confirmed-0", "on")...).
		wants(t, http.StatusSeeOther)
	balance(t, s, s.Maryam, 0)

	list := office.get("/cheques")
	list.wants(t, http.StatusOK, `data-testid="table-cheques"`, "۱۲۳۴۵۶۷۸۹۰۱۲۳۴۵۶", "ملت", "نزد صندوق", "/bounce")
	if seen := clerk.get("/cheques"); strings.Contains(seen.body, "/bounce") || !strings.Contains(seen.body, "/swap") {
		t.Error("a receptionist is offered what only the accountant may do, or not what she may")
	}
	cheque := chequeLink.FindString(list.body)
	bounce := office.get(cheque + "bounce")
	bounce.wants(t, http.StatusOK, `data-testid="sheet-cheque-bounce"`, `data-testid="after-balance" data-rials="4800000"`)
	office.script = true
	office.post(cheque+"bounce", "request", bounce.hidden(t, "request"), "seen_version", bounce.hidden(t, "seen_version"), "tab", "transactions", "reason", "کسری موجودی").
		wants(t, http.StatusOK, `data-testid="toast"`, "چک برگشتی", "کسری موجودی", `data-rials="4800000"`)
	office.script = false
	office.post(cheque+"clear", "request", "again", "seen_version", "99").wants(t, http.StatusConflict)
	balance(t, s, s.Maryam, 4_800_000)
}

// Who does something with a cheque in the list comes back to the list as it was
// asked for, and sees which row that was.
func TestAChequeOfTheListLeadsBackToIt(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	office := accountant(t, s)
	_, err := s.Desk.Receive(t.Context(), s.Manager, desk.Receive{Patient: s.Maryam, Lines: []clinic.MoneyLine{{Method: clinic.ByCheque, Amount: 4_800_000,
		Cheque: &clinic.Cheque{SayadID: "1234567890123456", Due: "2026-12-01"}}}})
	if err != nil {
		t.Fatal(err)
	}
	list := office.get("/cheques?status=in_hand")
	link := regexp.MustCompile(`href="(/cheques/\d+/bank\?[^"]+)"`).FindStringSubmatch(list.body)
	if link == nil {
		t.Fatal("the list offers no step with a way back")
	}
	sheet := office.get(strings.ReplaceAll(link[1], "&amp;", "&"))
	sheet.wants(t, http.StatusOK, `href="/cheques?status=in_hand"`)
	step, _, _ := strings.Cut(link[1], "?")
	form := []string{"request", sheet.hidden(t, "request"), "seen_version", sheet.hidden(t, "seen_version"), "then", strings.ReplaceAll(sheet.hidden(t, "then"), "&amp;", "&")}
	office.script = true
	done := office.post(step, form...)
	office.script = false
	to := done.Header.Get("HX-Redirect")
	if !strings.HasPrefix(to, "/cheques?done=") || !strings.Contains(to, "&status=in_hand#row-cheque-") {
		t.Fatalf("the script is led to %q", to)
	}
	if again := office.post(step, form...); again.Header.Get("Location") != to {
		t.Errorf("a plain form is led to %q", again.Header.Get("Location"))
	}
	path, _, _ := strings.Cut(to, "#")
	office.get(path).wants(t, http.StatusOK, `class="changed"`, "تغییر کرد", "واگذار به بانک", "۱۲۳۴۵۶۷۸۹۰۱۲۳۴۵۶")
	office.get("/cheques?done=1&status=in_hand").lacks(t, `class="changed"`)
}

func TestAReceiptIsPrintedOnceAsTheOriginal(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	p := as(t, s, clinic.Receptionist)
	sheet := p.get(path(s.Maryam, "/cashier"))
	done := p.post(path(s.Maryam, "/receipts"), "request", sheet.hidden(t, "request"), "seen_version", sheet.hidden(t, "seen_version"),
		"amount-0", "1000000", "method-0", "pos", "tracking-0", "987654", "last_four-0", "1234", "print", "80")
	done.wants(t, http.StatusSeeOther)
	first := done.Header.Get("Location")
	if !strings.Contains(first, "copy=1") {
		t.Fatalf("taking and printing leads to %s", first)
	}
	original := p.get(first)
	original.wants(t, http.StatusOK, `data-testid="receipt-paper"`, "data-print-now", "۹۸۷۶۵۴", "۱٬۰۰۰٬۰۰۰", "مریم احمدی", "<path d=")
	if strings.Contains(original.body, "paper-mark") {
		t.Error("the original bears a mark")
	}
	paper, _, _ := strings.Cut(first, "?")
	p.get(paper).wants(t, http.StatusOK, "المثنی")
	again := p.post(paper, "size", "a5")
	again.wants(t, http.StatusSeeOther)
	p.get(again.Header.Get("Location")).wants(t, http.StatusOK, "المثنی", "data-print-now")
	p.get("/receipts/17/print").wants(t, http.StatusNotFound)
}

func TestThePartsThatTheCashierChose(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	p := as(t, s, clinic.Receptionist)
	sheet := p.get(path(s.Maryam, "/cashier"))
	part := regexp.MustCompile(`name="(part-\d+)"`).FindStringSubmatch(sheet.body)
	if part == nil {
		t.Fatal("the sheet names no admission to choose")
	}
	form := []string{"request", sheet.hidden(t, "request"), "seen_version", sheet.hidden(t, "seen_version"), "amount-0", "4800000", "method-0", "cash"}
	p.post(path(s.Maryam, "/receipts"), append(form, part[1], "4799999999")...).
		wants(t, http.StatusUnprocessableEntity, `href="#`+part[1]+`"`, `value="4799999999"`)
	p.post(path(s.Maryam, "/receipts"), append(form, part[1], "1000", "surplus", "credit")...).wants(t, http.StatusSeeOther)
	balance(t, s, s.Maryam, 0)
}

// accountant hires one and signs in.
func accountant(t *testing.T, s *site.Site) *person {
	t.Helper()
	s.Hire(t, clinic.Accountant)
	return as(t, s, clinic.Accountant)
}
