package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"daftar/internal/clinic"
	"daftar/test/engine"
	"daftar/test/site"
)

// A shift from the receptionist's last receipt to the accountant's lock, by
// links and forms alone.
func TestAShiftIsCountedHandedOverAndLocked(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	s.Hire(t, clinic.Accountant)
	p, accountant := as(t, s, clinic.Receptionist), as(t, s, clinic.Accountant)
	sheet := p.get(path(s.Maryam, "/cashier?tab=transactions"))
	p.post(path(s.Maryam, "/receipts"), "request", sheet.hidden(t, "request"), "seen_version", sheet.hidden(t, "seen_version"), "tab", "transactions",
		"amount-0", "3000000", "method-0", "cash").wants(t, http.StatusSeeOther)
	till := p.get("/cashier")
	till.wants(t, http.StatusOK, "مریم احمدی", "۳٬۰۰۰٬۰۰۰", "شمارش صندوق")
	shift := regexp.MustCompile(`/shifts/[0-9]+`).FindString(till.body)
	count := p.get(shift + "/count")
	count.wants(t, http.StatusOK, "دفتر: ۳٬۰۰۰٬۰۰۰")
	p.post(shift+"/count", "request", count.hidden(t, "request"), "cash", "2900000").
		wants(t, http.StatusUnprocessableEntity, `href="#note"`, "۱۰۰٬۰۰۰ ریال با دفتر فرق دارد", `value="2900000"`)
	p.post(shift+"/count/preview", "request", "x", "cash", "2900000", "note", "کسری").wants(t, http.StatusOK, "نقد: ۱۰۰٬۰۰۰ ریال کسری")
	p.post(shift+"/count", "request", count.hidden(t, "request"), "cash", "2900000", "note", "کسری").wants(t, http.StatusSeeOther)
	hand := p.get(shift + "/handover")
	p.post(shift+"/handover/preview", "request", "x", "amount", "2000000", "to", "safe").wants(t, http.StatusOK, "۹۰۰٬۰۰۰ ریال در صندوق می‌ماند")
	p.post(shift+"/handover", "request", hand.hidden(t, "request"), "amount", "3000000", "to", "safe").wants(t, http.StatusUnprocessableEntity, "تا ۲٬۹۰۰٬۰۰۰ ریال")
	p.post(shift+"/handover", "request", hand.hidden(t, "request"), "amount", "2000000", "to", "safe").wants(t, http.StatusSeeOther)
	p.get(shift).lacks(t, shift+"/confirm", shift+"/reopen")
	accountant.get("/cashier").wants(t, http.StatusOK, shift+"/confirm")
	confirm := accountant.get(shift + "/confirm")
	confirm.wants(t, http.StatusOK, "۲٬۰۰۰٬۰۰۰ ریال به گاوصندوق")
	accountant.post(shift+"/confirm", "request", confirm.hidden(t, "request"), "received", "1900000").wants(t, http.StatusUnprocessableEntity, "مبلغ تحویلی ۲٬۰۰۰٬۰۰۰ ریال")
	accountant.post(shift+"/confirm", "request", confirm.hidden(t, "request"), "received", "").wants(t, http.StatusSeeOther)
	accountant.get(shift).wants(t, http.StatusOK, "بسته", "گاوصندوق", "کسری", `data-print`)
}

// Who opens a shift on the way is led back, and only to a page of ours.
func TestOpeningAShiftLeadsBack(t *testing.T) {
	for then, want := range map[string]string{
		"/patients?filter=debtor": "/patients?filter=debtor",
		"//evil.example/x":        "/",
		"":                        "/cashier",
	} {
		s := site.Open(t, engine.SQLite(t))
		p := as(t, s, clinic.Receptionist)
		shift := regexp.MustCompile(`/shifts/[0-9]+`).FindString(p.get("/cashier").body)
		for i, form := range [][]string{{"/count", "cash", "0"}, {"/handover", "amount", "0", "to", "safe"}} {
			p.post(shift+form[0], append(form[1:], "request", "k"+then+strings.Repeat("k", i))...).wants(t, http.StatusSeeOther)
		}
		sheet := p.get("/shifts/open?then=" + url.QueryEscape(then))
		sheet.wants(t, http.StatusOK, "تنخواه")
		form := []string{"request", sheet.hidden(t, "request"), "float", "0"}
		if then != "" {
			form = append(form, "then", sheet.hidden(t, "then"))
		}
		done := p.post("/shifts/open", form...)
		if got := done.Header.Get("Location"); done.StatusCode != http.StatusSeeOther || got != want {
			t.Errorf("%q leads to %d %q, want %q", then, done.StatusCode, got, want)
		}
	}
}

// Closing today says what it means before it is confirmed.
func TestClosingTodayIsExplained(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	s.Hire(t, clinic.Accountant)
	p := as(t, s, clinic.Accountant)
	sheet := p.get("/days/close")
	sheet.wants(t, http.StatusOK, "همه روزهای پیش از آن")
	p.post("/days/close", "request", sheet.hidden(t, "request"), "day", "1300/01/01").wants(t, http.StatusSeeOther)
	p.get("/days").wants(t, http.StatusOK, "1921-03-21")
	p.post("/days/close", "request", sheet.hidden(t, "request")+"2", "day", "1300/01/01").wants(t, http.StatusUnprocessableEntity, "دفتر تا")
}

// The rules of money are read back as they were typed, and wrong ones stay in
// the form.
func TestTheRulesOfMoneyAreSaved(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	p := as(t, s, clinic.Manager)
	sheet := p.get("/settings/money")
	form := func(aging string) []string {
		return []string{"request", sheet.hidden(t, "request") + aging, "version", sheet.hidden(t, "version"), "undo_minutes", "۲۰", "blind_count", "on",
			"deposit_days", "90", "tier_hours_0", "48", "tier_rate_0", "20", "tier_hours_1", "24", "tier_rate_1", "50", "tier_hours_2", "0", "tier_rate_2", "100",
			"aging_0", "30", "aging_1", aging, "aging_2", "90"}
	}
	p.post("/settings/money", form("20")...).wants(t, http.StatusUnprocessableEntity, "از کم به زیاد", `value="۲۰"`)
	p.post("/settings/money", form("60")...).wants(t, http.StatusSeeOther)
	c, err := s.Desk.Clinic(t.Context(), s.Manager.Clinic)
	if err != nil || c.Rules.UndoMinutes != 20 || !c.Rules.BlindCount || c.Rules.ReopenDeposits || c.Rules.ForfeitTiers[1].Rate != 5000 {
		t.Errorf("%+v %v", c.Rules, err)
	}
}
