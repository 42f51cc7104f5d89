package web_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/test/engine"
	"daftar/test/site"
)

// openAdmission is the admission of Maryam's with something left.
func openAdmission(t *testing.T, s *site.Site) (a clinic.AdmissionID, left int64) {
	t.Helper()
	tab, err := s.Desk.Summary(t.Context(), s.Manager, s.Maryam, desk.View{})
	if err != nil || len(tab.Open) == 0 {
		t.Fatal(tab.Open, err)
	}
	return tab.Open[0].Admission.ID, int64(tab.Open[0].Left())
}

func TestAReceptionistPlansInstalments(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	p := as(t, s, clinic.Receptionist)
	a, left := openAdmission(t, s)
	at := "/admissions/" + strconv.FormatInt(int64(a), 10) + "/instalments"
	p.get(path(s.Maryam, "/statement/admissions")).wants(t, http.StatusOK, `href="`+at+"?tab=admissions")
	form := func(sheet answer, more ...string) []string {
		return append([]string{"request", sheet.hidden(t, "request"), "seen_version", sheet.hidden(t, "seen_version"), "tab", "transactions",
			"replaces_plan", sheet.hidden(t, "replaces_plan")}, more...)
	}
	sheet := p.get(at)
	sheet.wants(t, http.StatusOK, `data-testid="sheet-plan"`, `name="instalment_count"`, `data-testid="effect-notes"`)

	// What cannot be is said at its field, and what was typed is still there.
	for name, c := range map[string]struct{ form, want []string }{
		"a day that is none": {[]string{"instalment_count", "3", "first_due", "دیروزها"}, []string{`href="#first_due"`, `value="دیروزها"`}},
		"before today":       {[]string{"instalment_count", "3", "first_due", "1404/01/01"}, []string{`href="#first_due"`, "پیش از امروز"}},
		"too many":           {[]string{"instalment_count", "61", "first_due", "فردا"}, []string{`href="#instalment_count"`, `value="61"`}},
		"more down than is left": {[]string{"down_payment", strconv.FormatInt(left+1, 10), "instalment_count", "3", "first_due", "فردا"},
			[]string{`href="#down_payment"`}},
		"a row that cannot be read": {[]string{"instalment_rows", "فردا صد"}, []string{`href="#instalment_rows"`, "سطر ۱ خوانده نشد"}},
		"rows that miss something":  {[]string{"instalment_rows", "فردا 1000"}, []string{`href="#instalment_rows"`, "کمتر است"}},
	} {
		t.Run(name, func(t *testing.T) {
			p.post(at, form(sheet, c.form...)...).wants(t, http.StatusUnprocessableEntity, append(c.want, `role="alert"`)...)
		})
	}

	// The preview lists the parts; the command shows them under the ledger.
	ask := form(sheet, "down_payment", "800000", "instalment_count", "2", "first_due", "+30", "every_months", "1")
	p.post(at+"/preview", ask...).wants(t, http.StatusOK, "پیش‌پرداخت", "قسط ۲")
	p.script = true
	p.post(at, ask...).wants(t, http.StatusOK, `data-testid="toast"`, `data-testid="plan-part-2"`, "اقساط آتی")
	p.post(at, ask...).wants(t, http.StatusOK, `data-testid="plan-part-2"`) // a double click
	p.script = false
	balance(t, s, s.Maryam, 4_800_000)
	p.get(path(s.Maryam, "/cashier?tab=transactions&amount=800000")).wants(t, http.StatusOK, `value="۸۰۰٬۰۰۰"`)
	p.get("/instalments?state=due_today").wants(t, http.StatusOK, `data-testid="table-instalments"`, "پیش‌پرداخت")
	p.get("/instalments?state=overdue").wants(t, http.StatusOK, "قسطی با این شرط‌ها نمانده است")
	p.get(at+"/print").wants(t, http.StatusOK, `data-testid="plan-paper"`, "برگه اقساط")

	// A sheet that was open before is told; one of now replaces the plan.
	stale := form(sheet, "instalment_count", "2", "first_due", "+30")
	stale[1] = "another"
	p.post(at, stale...).wants(t, http.StatusConflict, "این پذیرش قسط‌بندی دارد")
	again := p.get(at)
	again.wants(t, http.StatusOK, `data-testid="sheet-plan_again"`)
	rows := "فردا " + strconv.FormatInt(left-5, 10) + "\n+9 5"
	p.post(at, form(again, "instalment_rows", rows)...).wants(t, http.StatusSeeOther)
	end := p.get(at + "/cancel")
	p.post(at+"/cancel", "request", end.hidden(t, "request"), "seen_version", end.hidden(t, "seen_version"), "tab", "transactions", "reason", "").
		wants(t, http.StatusUnprocessableEntity, `href="#reason"`)
	p.post(at+"/cancel", "request", end.hidden(t, "request"), "seen_version", end.hidden(t, "seen_version"), "tab", "transactions", "reason", "پشیمان شد").
		wants(t, http.StatusSeeOther)
	if shown := p.get(path(s.Maryam, "/statement/transactions")); strings.Contains(shown.body, "plan-part-") {
		t.Error("the plan that ended is still shown")
	}
}
