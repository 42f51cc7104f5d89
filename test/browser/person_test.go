package browser_test

import (
	"net/http/httptest"
	"strconv"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"daftar/internal/clinic"
	office "daftar/internal/desk"
	"daftar/test/engine"
	"daftar/test/site"
)

// The people of the journeys of money.
const (
	maryamAhmadi = "مریم احمدی" // owes 4,800,000
	zahraMousavi = "زهرا موسوی" // has a credit of 2,000,000
	aliKazemi    = "علی‌رضا کاظمی"
)

// rials reads an amount as it is written on the screen.
const rials = `((text) => [...(text ?? '')].map((c) => '۰۱۲۳۴۵۶۷۸۹'.indexOf(c)).filter((n) => n >= 0).join(''))`

// house is a clinic that several people sit down at.
type house struct {
	t    *testing.T
	site *site.Site
	url  string
}

// openHouse opens a clinic whose staff, beside those of every site, are hired for these
// roles; the username is the role.
func openHouse(t *testing.T, roles ...clinic.Role) *house {
	t.Helper()
	s := site.Open(t, engine.SQLite(t))
	for _, r := range roles {
		s.Hire(t, r)
	}
	return &house{t: t, site: s, url: serve(t, s)}
}

// serve is the address of the site.
func serve(t *testing.T, s *site.Site) string {
	t.Helper()
	server := httptest.NewServer(s.Handler)
	t.Cleanup(server.Close)
	return server.URL
}

// beginner hires a receptionist who has opened no shift yet.
func (h *house) beginner(username string) {
	h.t.Helper()
	add := office.AddStaff{Staff: clinic.Staff{Name: "مینا صادقی", Role: clinic.Receptionist, Username: username}, Password: site.Password}
	if _, err := h.site.Desk.AddStaff(h.t.Context(), h.site.Manager, add); err != nil {
		h.t.Fatal(err)
	}
}

// at is the browser of somebody who has signed in and sees the patients.
func (h *house) at(username string) *desk {
	h.t.Helper()
	d := &desk{t: h.t, page: browser(h.t, patience), url: h.url, site: h.site}
	d.do(chromedp.EmulateViewport(1440, 900))
	d.signIn(username)
	return d
}

// signIn goes through the door.
func (d *desk) signIn(username string) {
	d.t.Helper()
	d.do(chromedp.Navigate(d.url+"/login"),
		chromedp.SendKeys(`input[name=username]`, username), chromedp.SendKeys(`input[name=password]`, site.Password+"\r"),
		chromedp.WaitVisible(`#patients`))
}

// windowOf opens somebody's window over the list by the keyboard.
func (d *desk) windowOf(name string) {
	d.t.Helper()
	d.do(chromedp.Evaluate[chromedp.Void](`[...document.querySelectorAll('[data-testid=patient-menu]')].find((a) => a.textContent === '` + name + `').focus()`))
	d.keys(kb.Enter)
	d.do(chromedp.WaitVisible(`[data-testid=menu-statement]`))
	d.keys("s")
	d.do(chromedp.WaitVisible(`dialog#window [data-testid=statement-window]`))
	d.until(`location.pathname.endsWith('/statement/summary')`)
}

// leaves closes the window, and the list is there with the focus on the name.
func (d *desk) leaves(name, list string) {
	d.t.Helper()
	d.keys(kb.Escape)
	d.until(`!document.querySelector('dialog#window').open`)
	d.wants(`location.pathname + location.search`, list)
	d.wants(focused, name)
}

// sheet waits for a sheet whose first field has the focus.
func (d *desk) sheet(name string) {
	d.t.Helper()
	d.do(chromedp.WaitVisible(`[data-testid=sheet-` + name + `]`))
	d.until(`Boolean(document.activeElement?.closest('[data-testid=sheet-` + name + `]'))`)
}

// sends presses Ctrl+Enter, and the sheet goes.
func (d *desk) sends() {
	d.t.Helper()
	d.ctrlEnter()
	d.until(`!document.querySelector('.sheet')`)
}

// writes puts a text in the place of what a field of the open form holds.
func (d *desk) writes(field, text string) {
	d.t.Helper()
	d.do(chromedp.Evaluate[chromedp.Void](`{ const f = document.getElementById('`+field+`'); f.focus(); f.select() }`),
		chromedp.KeyEvent(text))
}

// picks chooses a value of a list of the open form.
func (d *desk) picks(field, value string) {
	d.t.Helper()
	d.do(chromedp.Evaluate[chromedp.Void](`{ const f = document.getElementById('` + field + `'); f.value = '` + value + `'; f.dispatchEvent(new Event('input', {bubbles: true})); f.dispatchEvent(new Event('change', {bubbles: true})) }`))
}

// by chooses how the money of the cashier's first line comes.
func (d *desk) by(method clinic.Method) {
	d.t.Helper()
	d.do(chromedp.Evaluate[chromedp.Void](`document.querySelector('input[name=method-0][value=` + string(method) + `]').click()`))
}

// after waits until the open sheet says what a figure would be.
func (d *desk) after(figure string, amount int) {
	d.t.Helper()
	d.until(`document.querySelector('[data-testid=after-` + figure + `]')?.dataset.rials === '` + strconv.Itoa(amount) + `'`)
}

// owes waits until the window's balance is so much; below zero is a credit.
func (d *desk) owes(amount int) {
	d.t.Helper()
	d.until(balance + ` === '` + strconv.Itoa(amount) + `'`)
}

// fact waits until the strip beside the balance says so much; 0 is that it
// does not speak of it.
func (d *desk) fact(label string, amount int) {
	d.t.Helper()
	cell := `[...document.querySelectorAll('#statement .fact')].find((f) => f.querySelector('dt').textContent.trim() === '` + label + `')`
	want := strconv.Itoa(amount)
	if amount == 0 {
		want = ""
	}
	d.until(rials + `(` + cell + `?.querySelector('.num')?.textContent) === '` + want + `'`)
}

// tabIs goes to a tab of the window.
func (d *desk) tabIs(key string) {
	d.t.Helper()
	d.do(chromedp.Click(`[data-testid=tab-` + key + `]`))
	d.until(`document.querySelector('[data-testid=tab-` + key + `]').getAttribute('aria-current') === 'page' && location.pathname.endsWith('/statement/` + key + `')`)
}

// presses clicks the first thing that has the text, in what the selector
// names.
func (d *desk) presses(within, text string) {
	d.t.Helper()
	find := `[...document.querySelectorAll('` + within + ` :is(a, button, summary)')].find((e) => e.textContent.trim() === '` + text + `' && e.checkVisibility())`
	d.until(`Boolean(` + find + `)`)
	d.do(chromedp.Evaluate[chromedp.Void](find + `.click()`))
}

// refused waits until the open sheet says why, and returns with its text.
func (d *desk) refused(sheet, why string) {
	d.t.Helper()
	d.do(chromedp.WaitVisible(`[data-testid=sheet-` + sheet + `] [role=alert]`))
	d.until(`document.querySelector('[data-testid=sheet-` + sheet + `] [role=alert]').textContent.includes('` + why + `')`)
}

// admits orders so many of the service in the open sheet and sends it.
func (d *desk) admits(letters, service, quantity string) {
	d.t.Helper()
	d.do(chromedp.WaitVisible(`[data-testid=sheet-admission]`))
	d.until(focusedID + ` === 'service-0'`)
	d.keys(split(letters)...)
	d.until(`document.querySelector('#service-0-list [aria-selected=true]')?.dataset.name === '` + service + `'`)
	d.keys(kb.Enter)
	d.until(focusedID + ` === 'quantity-0'`)
	d.keys(quantity)
	d.ctrlEnter()
	d.do(chromedp.WaitVisible(`[data-testid=sheet-cashier]`))
	d.until(focusedID + ` === 'amount-0'`)
}

// beside opens another tab of the same browser.
func (d *desk) beside(url string) *desk {
	d.t.Helper()
	tab, closeTab := chromedp.NewContext(d.page)
	d.t.Cleanup(closeTab)
	if err := chromedp.Do(tab); err != nil { // the tab ends with what it is opened in: not with a step
		d.t.Fatal(err)
	}
	other := &desk{t: d.t, page: tab, url: d.url, site: d.site}
	other.do(chromedp.EmulateViewport(1440, 900), chromedp.Navigate(url))
	return other
}
