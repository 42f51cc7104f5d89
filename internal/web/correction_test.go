package web_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"daftar/internal/clinic"
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
