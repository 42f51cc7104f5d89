package web_test

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/message"
	"daftar/test/engine"
	"daftar/test/site"
)

var (
	undoAction = regexp.MustCompile(`hx-post="(/units/[0-9]+/undo)"`)
	voidLink   = regexp.MustCompile(`href="(/receipts/[0-9]+)/void\?tab=transactions"`)
)

// What was taken by mistake is taken back from the toast that says it was
// taken; later from the row of the receipt.
func TestMoneyIsTakenBackAtTheDesk(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	p := as(t, s, clinic.Receptionist)
	takes := func() string {
		sheet := p.get(path(s.Maryam, "/cashier?tab=transactions"))
		p.script = true
		done := p.post(path(s.Maryam, "/receipts"), "request", sheet.hidden(t, "request"), "seen_version", sheet.hidden(t, "seen_version"),
			"tab", "transactions", "amount-0", "3000000", "method-0", "cash")
		p.script = false
		done.wants(t, http.StatusOK, `data-testid="undo"`, `data-rials="1800000"`)
		return done.body
	}
	first := undoAction.FindStringSubmatch(takes())[1]
	form := []string{"request", "undo-1", "patient", strings.TrimPrefix(path(s.Maryam, ""), "/patients/"), "tab", "transactions"}
	p.script = true
	p.post(first, form...).wants(t, http.StatusOK, "برگردانده شد", `data-rials="4800000"`, `class="cancelled"`)
	p.post(first, form...).wants(t, http.StatusOK, `data-rials="4800000"`) // a double click
	form[1] = "undo-2"
	p.post(first, form...).wants(t, http.StatusUnprocessableEntity, "پیش از این برگردانده", `data-rials="4800000"`)
	p.script = false
	balance(t, s, s.Maryam, 4_800_000)

	takes()
	receipt := voidLink.FindStringSubmatch(p.get(path(s.Maryam, "/statement/transactions")).body)[1]
	sheet := p.get(receipt + "/void?tab=transactions")
	sheet.wants(t, http.StatusOK, `data-testid="sheet-void"`, `data-testid="after-balance" data-rials="4800000"`, `data-testid="after-drawer"`)
	void := []string{"request", sheet.hidden(t, "request"), "seen_version", sheet.hidden(t, "seen_version"), "tab", "transactions", "reason", ""}
	p.post(receipt+"/void", void...).wants(t, http.StatusUnprocessableEntity, `href="#reason"`, "دلیل را بنویسید")
	void[7] = "اشتباه مبلغ"
	p.post(receipt+"/void", void...).wants(t, http.StatusSeeOther)
	balance(t, s, s.Maryam, 4_800_000)
	after := p.get(path(s.Maryam, "/statement/transactions"))
	after.wants(t, http.StatusOK, `<span class="pill">باطل شده</span>`)
	if strings.Contains(after.body, receipt+"/void") {
		t.Error("a void receipt can be voided")
	}
	p.get(path(s.Maryam, "/refund")).wants(t, http.StatusForbidden)
}

var printLink = regexp.MustCompile(`href="(/(?:receipts|transfers)/[0-9]+/print)"`)

// A receipt that was moved to another patient does not hold for the first any
// more, on paper as in the books; the other has a paper with the same number.
func TestAMovedReceiptIsPrintedForWhoseItIs(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		s := site.Open(t, database)
		p := as(t, s, clinic.Receptionist)
		done, err := s.Desk.Receive(t.Context(), actor(t, s, clinic.Receptionist), desk.Receive{Patient: s.Maryam, Lines: []clinic.MoneyLine{{Method: clinic.Cash, Amount: 500_000}}})
		if err != nil {
			t.Fatal(err)
		}
		number := message.Persian.Digits(done.Receipt.Number.String())
		old := "/receipts/" + strconv.FormatInt(int64(done.Receipt.ID), 10) + "/print"
		p.post(old, "size", "80").wants(t, http.StatusSeeOther) // the original went out
		sheet := p.get(strings.TrimSuffix(old, "print") + "transfer?tab=transactions")
		p.post(strings.TrimSuffix(old, "print")+"transfer", "request", sheet.hidden(t, "request"), "seen_version", sheet.hidden(t, "seen_version"),
			"to_file", fileOf(t, s, s.Ali), "reason", "پرونده اشتباه").wants(t, http.StatusSeeOther)

		was := p.get(old)
		was.wants(t, http.StatusOK, number, "باطل — منتقل شد", "پرونده اشتباه", "مریم")
		if strings.Contains(was.body, "کاظمی") {
			t.Error("the first patient's paper names the other")
		}
		links := printLink.FindAllStringSubmatch(p.get(path(s.Ali, "/statement/transactions")).body, -1)
		if len(links) != 2 || !strings.HasPrefix(links[0][1], "/transfers/") {
			t.Fatalf("Ali's rows print %v", links)
		}
		now := links[0][1]
		p.get(now).wants(t, http.StatusOK, number, "کاظمی", "از پرونده دیگری به این پرونده منتقل شد")
		// The first of this paper is no copy; the second is.
		first := p.post(now, "size", "80")
		first.wants(t, http.StatusSeeOther)
		if body := p.get(first.Header.Get("Location")).body; strings.Contains(body, "المثنی") || strings.Contains(body, "paper-mark") {
			t.Error("the first paper of the right patient is marked")
		}
		p.get(p.post(now, "size", "80").Header.Get("Location")).wants(t, http.StatusOK, "المثنی")
		p.get(strings.Replace(now, "/print", "1/print", 1)).wants(t, http.StatusNotFound)

		// Moved on, it holds for Ali no more either.
		sheet = p.get(strings.TrimSuffix(old, "print") + "transfer")
		p.post(strings.TrimSuffix(old, "print")+"transfer", "request", sheet.hidden(t, "request"), "seen_version", sheet.hidden(t, "seen_version"),
			"to_file", fileOf(t, s, s.Zahra), "reason", "باز هم اشتباه").wants(t, http.StatusSeeOther)
		p.get(now).wants(t, http.StatusOK, "باطل — منتقل شد", "باز هم اشتباه")
		p.get(old).wants(t, http.StatusOK, "باطل — منتقل شد", "پرونده اشتباه")
	})
}

// What somebody may not correct any more is not offered, and who follows an old
// link reads in a sentence who may.
func TestOnlyWhatOneMayCorrectIsOffered(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	s.Hire(t, clinic.Accountant)
	p, office, boss := as(t, s, clinic.Receptionist), as(t, s, clinic.Accountant), as(t, s, clinic.Manager)
	clerk := actor(t, s, clinic.Receptionist)
	done, err := s.Desk.Receive(t.Context(), clerk, desk.Receive{Patient: s.Maryam, Lines: []clinic.MoneyLine{{Method: clinic.POS, Amount: 500_000, TrackingNumber: "1"}}})
	if err != nil {
		t.Fatal(err)
	}
	receipt := "/receipts/" + strconv.FormatInt(int64(done.Receipt.ID), 10)
	links := []string{receipt + "/void", receipt + "/correct-method", receipt + "/transfer"}
	tab := path(s.Maryam, "/statement/transactions")
	p.get(tab).wants(t, http.StatusOK, links...)
	// Others took the other receipt of the tab, and outside shifts.
	if n := strings.Count(p.get(tab).body, `href="/receipts/`) - strings.Count(p.get(tab).body, "/print"); n != len(links) {
		t.Errorf("the receptionist is offered %d corrections, want those of her own receipt", n)
	}
	own, _, err := s.Desk.OwnShift(t.Context(), clerk)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Desk.CountShift(t.Context(), clerk, desk.CountShift{Shift: own.Shift.ID, Lines: []clinic.ShiftLine{{Method: clinic.Cash}}, Note: "پایان روز"}); err != nil {
		t.Fatal(err)
	}
	p.get(tab).wants(t, http.StatusOK, receipt+"/print", "شیفت بسته شده است؛ اصلاح آن با حسابدار")
	p.get(tab).lacks(t, links...)
	for _, link := range links {
		got := p.get(link)
		got.wants(t, http.StatusForbidden, "شیفت بسته شده است؛ اصلاح آن با حسابدار و به تاریخ امروز است.")
		got.lacks(t, "shift.closed", "کد خطا")
	}
	office.get(tab).wants(t, http.StatusOK, links...)
	boss.get(tab).wants(t, http.StatusOK, links...)
	got := p.get(path(s.Maryam, "/write-off"))
	got.wants(t, http.StatusForbidden, "این کار با حسابدار یا مدیر است.")
	got.lacks(t, "کد خطا", "permission")
}

// Without credit the sheet says so and what can be done instead; there is no
// form to fill in for nothing.
func TestThereIsNothingToGiveBack(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	p := as(t, s, clinic.Manager)
	if _, err := s.Desk.TakeDeposit(t.Context(), s.Manager, desk.TakeDeposit{Patient: s.Maryam, Lines: []clinic.MoneyLine{{Method: clinic.Cash, Amount: 700_000}}}); err != nil {
		t.Fatal(err)
	}
	got := p.get(path(s.Maryam, "/refund"))
	got.wants(t, http.StatusOK, "چیزی برای عودت نیست", "۴٬۸۰۰٬۰۰۰ ریال بدهکار", "۷۰۰٬۰۰۰ ریال بیعانه", path(s.Maryam, "/statement/deposits"))
	got.lacks(t, "تا ۰", `name="amount"`, "ثبت عودت")
	p.get(path(s.Zahra, "/refund")).wants(t, http.StatusOK, "تا ۲٬۰۰۰٬۰۰۰ ریال", `name="amount"`)
}

// actor is who signs in by the role.
func actor(t *testing.T, s *site.Site, role clinic.Role) clinic.Actor {
	t.Helper()
	e, err := s.Desk.SignIn(t.Context(), desk.Login{Username: string(role), Password: site.Password})
	if err != nil {
		t.Fatal(err)
	}
	return e.Actor
}

// fileOf is the file number of a patient.
func fileOf(t *testing.T, s *site.Site, patient clinic.PatientID) string {
	t.Helper()
	p, err := s.Desk.Patient(t.Context(), s.Manager, patient)
	if err != nil {
		t.Fatal(err)
	}
	return p.FileNumber.String()
}

// The row of a refund says to which card it went.
func TestARefundSaysWhereItWent(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	p := accountant(t, s)
	sheet := p.get(path(s.Zahra, "/refund"))
	p.post(path(s.Zahra, "/refund"), "request", sheet.hidden(t, "request"), "seen_version", sheet.hidden(t, "seen_version"),
		"amount", "500000", "method", "card_to_card", "destination", "4821", "tracking_number", "778899", "reason", "انصراف", "override_reason", "کارت دارد").
		wants(t, http.StatusSeeOther)
	p.get(path(s.Zahra, "/statement/transactions")).wants(t, http.StatusOK, "۴۸۲۱", "پیگیری \u2066۷۷۸۸۹۹")
}
