package browser_test

import (
	"cmp"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"daftar/internal/clinic"
	office "daftar/internal/desk"
	"daftar/test/site"
)

// judged is one page, or a page with a sheet over it, that must hold nobody
// up.
type judged struct {
	name  string
	as    string // the role that looks; "" is nobody
	path  string
	shows string // what is there when the page is
	click string // what opens the sheet; "" when the path does
	fill  string // a script that fills it in; "" for none
	then  string // what is there when the sheet is
}

// judgedPages are the pages and sheets that are judged. A feature adds its own
// as rows.
func judgedPages(s *site.Site) []judged {
	maryam := "/patients/" + strconv.FormatInt(int64(s.Maryam), 10)
	return slices.Concat(registerPages(s), schedulePages(s), activityPages(s), leadPages(s), messagePages(s), clubPages(s), campaignPages(s), []judged{
		{name: "login", path: "/login", shows: `[data-testid=form-login]`},
		{name: "patients", as: "receptionist", path: "/patients", shows: `#patients`},
		{name: "name-menu", as: "receptionist", path: "/patients", shows: `#patients`, click: `[data-testid=patient-menu]`, then: `[data-testid=menu-cashier]`},
		{name: "keys", as: "receptionist", path: "/patients", shows: `#patients`, click: `[data-opens=keys]`, then: `#keys[open]`},
		{name: "palette", as: "receptionist", path: "/patients", shows: `#patients`, click: `[data-opens=palette]`, then: `#palette [role=option]`},
		{name: "nobody", as: "receptionist", path: "/patients?q=zzzz", shows: `.empty`},
		{name: "summary", as: "receptionist", path: maryam + "/statement/summary", shows: `.timeline`},
		{name: "summary-doctor", as: "doctor", path: maryam + "/statement/summary", shows: `.timeline`},
		{name: "admissions", as: "receptionist", path: maryam + "/statement/admissions", shows: `.adms`},
		{name: "transactions", as: "receptionist", path: maryam + "/statement/transactions", shows: `.ledger`},
		{name: "cashier", as: "receptionist", path: maryam + "/cashier?tab=summary", shows: `[data-testid=sheet-cashier]`},
		{name: "settings", as: "manager", path: "/settings", shows: `.settings`},
		{name: "settings-clinic", as: "manager", path: "/settings/clinic", shows: `[data-testid=form-setting]`},
		{name: "settings-services", as: "manager", path: "/settings/services", shows: `.setting-rows`},
		{name: "settings-tags", as: "manager", path: "/settings/tags", shows: `.setting-rows`},
		{name: "settings-refused", as: "manager", path: "/settings/services/new", shows: `[data-testid=form-setting]`,
			click: `[data-testid=form-setting] button`, then: `.alert`},
		{name: "tariffs", as: "manager", path: tariffsOf(s), shows: `[data-testid=form-tariff]`},
		{name: "tickets", as: "manager", path: "/tickets", shows: `.tickets-rows`},
		{name: "ticket", as: "manager", path: ticketOn(s), shows: `[data-testid=form-reply]`},
		{name: "ticket-new", as: "receptionist", path: "/tickets/new?page=/patients", shows: `[data-testid=form-ticket]`},
		{name: "ticket-refused", as: "receptionist", path: "/tickets/new", shows: `[data-testid=form-ticket]`,
			click: `[data-testid=form-ticket] button`, then: `.alert`},
		{name: "staff", as: "manager", path: "/settings/staff", shows: `[data-testid=staff]`},
		{name: "staff-new", as: "manager", path: "/settings/staff/new", shows: `[data-testid=form-staff-new]`},
		{name: "staff-one", as: "manager", path: "/settings/staff/" + strconv.FormatInt(int64(s.Manager.Staff), 10), shows: `[data-testid=form-staff]`},
		{name: "audit", as: "manager", path: "/settings/audit", shows: `.audit`},
		{name: "audit-found", as: "manager", path: "/settings/audit?who=نگار", shows: `[data-testid=audit-found]`},
		{name: "roles", as: "manager", path: "/settings/roles", shows: `[data-testid=roles]`},
		{name: "sign-in", as: "manager", path: "/settings/sign-in", shows: `[data-testid=form-sign-in]`},
		{name: "factor", as: "manager", path: "/me/second-factor", shows: `[data-testid=form-factor]`},
		{name: "me", as: "manager", path: "/me", shows: `[data-testid=sessions]`},
		{name: "session-warn", as: "manager", path: "/me", shows: `[data-testid=sessions]`, fill: watches(100), then: `[data-testid=session-stay]`},
		{name: "session-over", as: "manager", path: "/me", shows: `[data-testid=sessions]`, fill: watches(0), then: `[data-testid=session-login]`},
		{name: "admit", as: "receptionist", path: maryam + "/admit?tab=summary", shows: `[data-testid=sheet-admission]`},
		{name: "admit-found", as: "receptionist", path: maryam + "/admit?tab=summary", shows: `[data-testid=sheet-admission]`,
			fill: `{ const f = document.getElementById('service-0'); f.focus(); f.value = 'b'; f.dispatchEvent(new Event('input', {bubbles: true})) }`, then: `.pick-list li`},
		{name: "admission-unfolded", as: "manager", path: maryam + "/statement/admissions", shows: `.adms`, click: `.adm summary`, then: `.adm-do`},
		{name: "missing", as: "receptionist", path: "/nowhere", shows: `[data-testid=problem]`},
	})
}

// watches makes the page believe that so many seconds are left of the session.
func watches(seconds int) string {
	return `{ const watch = document.querySelector('session-watch'); watch.note({left: ` + strconv.Itoa(seconds) + `, final: false, person: watch.dataset.person}) }`
}

// startFactor lets a secret wait on the manager's page.
func startFactor(t *testing.T, s *site.Site) {
	t.Helper()
	e, err := s.Desk.SignIn(t.Context(), office.Login{Username: "manager", Password: site.Password})
	if err == nil {
		err = s.Desk.StartFactor(t.Context(), e.Actor)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// looks are the ways in which each page is judged: Persian, the main language,
// wide in the light and on a phone in the dark, English where it shows its own
// faults. Colours depend neither on the language nor on the size, and all but
// colours does not on the theme.
var looks = []struct {
	lang, size, theme, rules string
}{
	{"en", "wide", "light", noColours},
	{"fa", "wide", "light", everyRule},
	{"fa", "phone", "dark", everyRule},
}

// The rules of a look: all, or those that no theme can break.
const (
	everyRule = ``
	noColours = `, rules: {"color-contrast": {enabled: false}, "link-in-text-block": {enabled: false}}`
)

// sizes are the screens that are judged.
var sizes = map[string]struct{ width, height int64 }{"wide": {1440, 900}, "phone": {390, 844}}

// judging is the longest that one role's pages may take; a step that hangs
// ends sooner, by itself.
const judging = 12 * time.Minute

// axe reports what would stop a person, in a line each; options narrow the
// rules. What is still moving is moved to its end first, as half-shown text has
// half its contrast; waiting for it would wait for ever in a window that a busy
// machine does not draw.
func axe(options string) string {
	return `Promise.resolve(document.getAnimations().forEach((a) => { try { a.finish() } catch { a.cancel() } })).then(() => axe.run(document, {resultTypes: ["violations"]` + options + `})).then((found) => found.violations
	.filter((v) => v.impact === 'serious' || v.impact === 'critical')
	.map((v) => v.id + ': ' + v.nodes.slice(0, 3).map((n) => n.target.join(' ') + ' ' + (n.any[0]?.message ?? '')).join(' | ')).join('\n'))`
}

// No page has a serious or critical barrier, in either language, wide in the
// light and on a phone in the dark. The roles look at the same time.
func TestNoPageHasABarrier(t *testing.T) {
	script, err := os.ReadFile(filepath.Join("..", "..", "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	for _, as := range []string{"", string(clinic.Receptionist), string(clinic.Doctor), string(clinic.Manager)} {
		t.Run("as "+cmp.Or(as, "nobody"), func(t *testing.T) {
			t.Parallel()
			d := arriveFor(t, judging, 1440, 900)
			startFactor(t, d.site)
			if as != "" {
				d.signInAs(as)
			}
			for _, p := range judgedPages(d.site) {
				if p.as == as {
					d.judge(string(script), p)
				}
			}
		})
	}
}

// signInAs leaves and signs in as the role.
func (d *desk) signInAs(role string) {
	d.t.Helper()
	d.do(chromedp.EmulateViewport(1440, 900), chromedp.Navigate(d.url+"/healthz"),
		chromedp.Evaluate[chromedp.Void](`fetch('/logout', {method: 'POST'}).then(() => { document.cookie = 'lang=fa; path=/' })`, chromedp.EvalAwaitPromise),
		chromedp.Navigate(d.url+"/login"),
		chromedp.SendKeys(`input[name=username]`, role), chromedp.SendKeys(`input[name=password]`, site.Password+"\r"),
		chromedp.WaitVisible(`.shell`))
}

// judge looks at one page in every look, loading it once for each language,
// and keeps a picture of each when DAFTAR_PICTURES is set.
func (d *desk) judge(script string, p judged) {
	d.t.Helper()
	lang := ""
	for _, l := range looks {
		d.do(chromedp.EmulateViewport(sizes[l.size].width, sizes[l.size].height))
		if l.lang != lang {
			lang = l.lang
			d.open(script, p, lang)
		}
		d.do(chromedp.WaitVisible(cmp.Or(p.then, p.shows)), // a sheet stays when the screen is turned
			chromedp.Evaluate[chromedp.Void](`document.documentElement.dataset.theme = '`+l.theme+`'`))
		found, err := chromedp.Run(d.page, chromedp.Evaluate[string](axe(l.rules), chromedp.EvalAwaitPromise))
		if err != nil {
			d.t.Fatalf("%s: %v", p.name, err)
		}
		if found != "" {
			d.t.Errorf("%s %s %s %s:\n%s", p.name, l.lang, l.size, l.theme, found)
		}
		if os.Getenv("DAFTAR_PICTURES") != "" {
			keep(d.t, d.page, p.name+"-"+l.lang+"-"+l.size+"-"+l.theme)
		}
	}
}

// open loads the page in a language, with what is filled in and clicked, and
// the rules beside it.
func (d *desk) open(script string, p judged, lang string) {
	d.t.Helper()
	d.do(chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, network.SetCookie, network.SetCookieParams{Name: "lang", Value: lang, URL: d.url})
		return err
	}), chromedp.Navigate(d.url+p.path), chromedp.WaitVisible(p.shows))
	if p.fill != "" {
		d.do(chromedp.Evaluate[chromedp.Void](p.fill), chromedp.WaitVisible(p.then))
	}
	if p.click != "" {
		d.do(chromedp.Evaluate[chromedp.Void](`document.querySelector('`+p.click+`').click()`), chromedp.WaitVisible(p.then))
	}
	d.do(chromedp.Evaluate[chromedp.Void](script)) // what was clicked may have led to another page
}
