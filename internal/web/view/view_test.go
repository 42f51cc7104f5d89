package view_test

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"daftar/internal/message"
	"daftar/internal/web/view"
)

// pages are all pages with sample data, by name.
func pages(l view.Locale) map[string]view.Body {
	sum, adm, tra := view.Summary(timeline(l)), view.AdmissionsTab(admissions(l)), view.TransactionsTab(transactions(l))
	title := l.T("statement.title", "name", "مریم احمدی")
	c := chrome(l, title)
	out := chrome(l, l.T("login.title"))
	out.Live = false

	sheet := statement(l, "transactions", tra)
	sheet.Sheet = view.CashierSheet(cashier(l))
	refused := statement(l, "transactions", tra)
	refused.Sheet = view.CashierSheet(refusal(l))
	past := statement(l, "summary", sum)
	past.Filter.AsOf, past.Filter.AsOfIn, past.Filter.Clear = "2026-11-10", "1405/08/19", "?"
	past.Toast = &view.Toast{Title: l.T("cashier.done", "number", l.Digits("5613")), Text: l.T("cashier.done.text", "amount", l.Amount(4_800_000), "unit", l.Unit(), "balance", l.Position(0)), Tone: "ok"}
	none := patients(l)
	none.Rows, none.Query, none.Count, none.Older, none.URL = nil, "قلی", 0, "", "/patients?q=%D9%82"

	return map[string]view.Body{
		"patients":     view.PatientsPage(patients(l)),
		"nobody":       view.PatientsPage(none),
		"summary":      view.StatementPage(c, statement(l, "summary", sum)),
		"past":         view.StatementPage(c, past),
		"admissions":   view.StatementPage(c, statement(l, "admissions", adm)),
		"transactions": view.StatementPage(c, statement(l, "transactions", tra)),
		"cashier":      view.StatementPage(c, sheet),
		"refused":      view.StatementPage(c, refused),
		"empty":        view.StatementPage(c, statement(l, "summary", view.Summary(view.Timeline{L: l}))),
		"login":        view.LoginPage(view.Login{Chrome: out, Username: "karimi", Problem: l.T("fault.login.wrong")}),
		"setup":        view.SetupPage(view.Setup{Chrome: out, Username: "Karimi!", Problems: []view.FieldProblem{{Field: "username", Text: l.T("setup.username.hint")}}}),
		"problem":      view.ProblemPage(view.Problem{Chrome: chrome(l, "404"), Status: 404, Code: "patient.unknown", Back: "/patients"}),
	}
}

func refusal(l view.Locale) view.Cashier {
	c := cashier(l)
	c.Lines = []view.CashierLine{{Method: "cash", Amount: "1000000", Value: 1_000_000}, {Method: "pos", Amount: "-12.5", More: map[string]string{"tracking": "88"}}}
	c.Problems = []view.FieldProblem{{Field: "amount-1", Text: l.T("fault.money.sign")}, {Text: l.T("fault.account.stale")}}
	c.Stale = l.T("cashier.stale.values", "seen", l.Position(4_800_000), "now", l.Position(6_000_000))
	c.After = outcome(l)
	c.After.Total, c.After.Surplus, c.After.After = 7_000_000, 1_000_000, -1_000_000
	return c
}

func render(t *testing.T, b view.Body) string {
	t.Helper()
	var out bytes.Buffer
	if err := b.Render(t.Context(), &out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

var (
	inline   = regexp.MustCompile(`(?i)\s(style|on[a-z]+)=|<style|<script[^>]*>[^<]|javascript:`)
	identity = regexp.MustCompile(`\sid="([^"]*)"`)
	key      = regexp.MustCompile(`>\s*[a-z_]+(\.[a-z_0-9]+)+\s*<`)
)

// No page needs more than the content security policy allows, none shows the
// name of a missing text, and ids are not used twice. With -artifacts the
// pages are kept, to be looked at.
func TestPagesAreSound(t *testing.T) {
	for _, lang := range message.Langs() {
		all := pages(locale(lang))
		for _, name := range slices.Sorted(maps.Keys(all)) {
			t.Run(string(lang)+"/"+name, func(t *testing.T) {
				page := render(t, all[name])
				keep(t, string(lang)+"-"+name+".html", page)
				if found := inline.FindString(page); found != "" {
					t.Errorf("the page holds %q, which the content security policy forbids", found)
				}
				if found := key.FindString(page); found != "" {
					t.Errorf("the page shows %q, a key without a text", found)
				}
				for _, id := range twice(page) {
					t.Errorf("the id %q stands twice", id)
				}
			})
		}
	}
}

func keep(t *testing.T, name, page string) {
	t.Helper()
	if dir := os.Getenv("DAFTAR_PAGES"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// twice lists the ids that more than one element of the page has.
func twice(page string) []string {
	count := map[string]int{}
	for _, id := range identity.FindAllStringSubmatch(page, -1) {
		count[id[1]]++
	}
	maps.DeleteFunc(count, func(_ string, n int) bool { return n == 1 })
	return slices.Sorted(maps.Keys(count))
}

// People's scripts and tests find their way by these names.
func TestHooks(t *testing.T) {
	l := locale(message.Persian)
	all := pages(l)
	tests := map[string][]string{
		"patients":     {`data-testid="patient-menu"`, `data-testid="row-patient-1"`, `href="/patients/1/statement/summary"`},
		"summary":      {`data-testid="statement-window"`, `data-testid="header-balance" data-rials="4800000"`, `data-testid="tab-summary"`, `data-testid="row-receipt-9"`, `data-testid="action-cashier"`},
		"admissions":   {`data-testid="row-admission-8"`, `data-testid="tab-admissions"`},
		"transactions": {`data-testid="row-receipt-9"`, `data-testid="total-closing"`},
		"cashier":      {`data-testid="form-cashier"`, `name="request" value="r-1"`, `name="seen_version" value="17"`, `data-testid="balance-after" data-rials="0"`},
		"past":         {`data-testid="toast"`, `role="status"`},
	}
	for name, hooks := range tests {
		page := render(t, all[name])
		for _, hook := range hooks {
			if !strings.Contains(page, hook) {
				t.Errorf("%s lacks %s", name, hook)
			}
		}
	}
}

// A refusal keeps what was typed and leads to the field.
func TestRefusalKeepsTyping(t *testing.T) {
	page := render(t, pages(locale(message.Persian))["refused"])
	for _, want := range []string{`value="-12.5"`, `value="88"`, `href="#amount-1"`, `aria-invalid`, `role="alert"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the refused sheet lacks %s", want)
		}
	}
}

// The focus goes to the field to mend; the summary takes it only when what is
// wrong is in no field.
func TestRefusalFocusesTheField(t *testing.T) {
	focused := regexp.MustCompile(`<(?:input|div)[^>]* autofocus[^>]*>`)
	tests := map[string]struct {
		field, want string
	}{
		"the second amount": {"amount-1", `id="amount-1"`},
		"a tracking number": {"tracking-1", `id="tracking-1"`},
		"a method":          {"method-1", `name="method-1"`},
		"the form as whole": {"", `role="alert"`},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			c := refusal(locale(message.Persian))
			c.Problems = []view.FieldProblem{{Field: tt.field, Text: "x"}, {Field: "amount-0", Text: "y"}}
			found := focused.FindAllString(render(t, view.CashierSheet(c)), -1)
			if len(found) != 1 || !strings.Contains(found[0], tt.want) {
				t.Errorf("the focus goes to %q, want %s", found, tt.want)
			}
		})
	}
}

// Each press on "another method" opens one line.
func TestMethodsOpenOneByOne(t *testing.T) {
	page := render(t, view.CashierSheet(cashier(locale(message.Persian))))
	parts := strings.Split(page, `<details class="more">`)
	if len(parts) != 4 {
		t.Fatalf("there are %d folds, want 3", len(parts)-1)
	}
	for i, part := range parts {
		if n := strings.Count(part, "<fieldset"); n != 1 {
			t.Errorf("part %d has %d lines, want 1", i, n)
		}
	}
}
