package web_test

import (
	"net/http"
	"regexp"
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/message"
	"daftar/test/engine"
	"daftar/test/site"
)

var lateLink = regexp.MustCompile(`href="([^"]*)"[^>]*>تخفیف<`)

// The list of debtors offers what may be done about a debt to who may do it,
// and every way leads to a page that is there.
func TestWhatIsDoneAboutADebt(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	const debtors = "/reports/debtors"
	late := ""
	for _, c := range []struct {
		role        clinic.Role
		shown, kept []string
	}{
		{clinic.Manager, []string{path(s.Maryam, "/cashier"), path(s.Maryam, "/write-off"), ">تخفیف<"}, nil},
		{clinic.Receptionist, []string{path(s.Maryam, "/cashier")}, []string{path(s.Maryam, "/write-off"), ">تخفیف<"}},
	} {
		p := as(t, s, c.role)
		list := p.get(debtors)
		list.wants(t, http.StatusOK, c.shown...)
		list.lacks(t, c.kept...)
		if c.role == clinic.Manager {
			late = lateLink.FindStringSubmatch(list.body)[1]
			p.get(late).wants(t, http.StatusOK)
			p.get(path(s.Maryam, "/write-off?tab=summary")).wants(t, http.StatusOK, `data-testid="sheet-write_off"`)
		}
	}
}

// The chart has a name for every account in every language, and the trial
// balance calls them by it.
func TestEveryAccountHasAName(t *testing.T) {
	for _, kind := range clinic.AccountKinds() {
		for lang, letters := range map[message.Lang]*regexp.Regexp{message.Persian: regexp.MustCompile(`^[آ-ی‌ٔ /]+$`), message.English: regexp.MustCompile(`^[A-Z][A-Za-z' /]+$`)} {
			if name := message.Text(lang, "why.account."+kind); !letters.MatchString(name) {
				t.Errorf("in %s %s is called %q", lang, kind, name)
			}
		}
	}
	s := site.Open(t, engine.SQLite(t))
	for lang, names := range map[string][]string{"fa": {">حساب مراجعه‌کننده<", ">درآمد — ", ">ریال"}, "en": {">Patient&#39;s account<", ">Income — ", ">rials"}} {
		p := as(t, s, clinic.Manager)
		p.cookies["lang"] = &http.Cookie{Name: "lang", Value: lang}
		page := p.get("/reports/trial-balance")
		page.wants(t, http.StatusOK, names...)
		page.lacks(t, "assets:", ">IRR<")
	}
}
