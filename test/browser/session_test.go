package browser_test

import (
	"encoding/base32"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"daftar/internal/clinic"
	office "daftar/internal/desk"
	"daftar/test/site"
)

// comesBack is what the browser tells a page whose person returns to it.
const comesBack = `window.dispatchEvent(new Event('focus'))`

const dialog = `document.querySelector('[data-testid=session-dialog]')`

// visible is the part of the dialog that is seen, "" when it is closed.
const visible = `(` + dialog + `.open ? ` + dialog + `.querySelector('[data-part]:not([hidden])').dataset.part : '')`

// runsOut lets time go by until a minute is left and the page says so. What the
// page asks by itself, such as what a form would do, may come late and be a use
// of the session: then it is let run out again.
func (d *desk) runsOut() {
	d.t.Helper()
	for range 5 {
		left, err := chromedp.Run(d.page, chromedp.Evaluate[float64](`fetch('/session', {headers: {'HX-Request': 'true'}}).then((a) => a.json()).then((s) => s.left)`, chromedp.EvalAwaitPromise))
		if err != nil {
			d.t.Fatal(err)
		}
		d.site.Pass(time.Duration(left-60) * time.Second)
		d.do(chromedp.Evaluate[chromedp.Void](`document.querySelector('session-watch').ask()`))
		if _, err := chromedp.Run(d.page, chromedp.Poll[bool](visible+` === 'warn'`, chromedp.WithPollingInterval(20*time.Millisecond), chromedp.WithPollingTimeout(5*time.Second))); err == nil {
			return
		}
	}
	d.t.Fatal("the page never warns")
}

// The receptionist types an amount and is called away. Coming back in time she
// stays; coming back too late she signs in over the page. What she typed is
// there each time, and the money is taken once.
func TestASessionEndsAndTheFormStays(t *testing.T) {
	d := sit(t, 1440, 900)
	d.do(chromedp.Navigate(d.url + cashierOf(d)))
	d.until(`document.activeElement?.id === 'amount-0'`)
	d.keys("1", "2", "3", "0", "0", "0")
	typed := func() {
		t.Helper()
		d.wants(`document.getElementById('amount-0').value`, "۱۲۳٬۰۰۰")
	}
	d.site.Pass(13*time.Minute + 30*time.Second)
	d.do(chromedp.Evaluate[chromedp.Void](comesBack))
	d.wants(visible, "") // the page thinks that there is time
	d.do(chromedp.Evaluate[chromedp.Void](`document.querySelector('session-watch').ask()`))
	d.until(visible + ` === 'warn'`)
	d.wants(`document.activeElement.textContent`, "می‌مانم")
	d.wants(dialog+`.querySelector('[data-clock]').textContent.startsWith('۱:') ? 'ticks' : ''`, "ticks")
	d.keys("p") // keys of the page behind rest
	d.wants(visible, "warn")
	d.do(chromedp.Click(`[data-testid=session-stay]`))
	d.until(visible + ` === ''`)
	typed()
	d.runsOut()

	d.site.Pass(time.Hour)
	d.do(chromedp.Evaluate[chromedp.Void](`document.querySelector('session-watch').ask()`))
	d.until(visible + ` === 'over'`)
	d.do(chromedp.Evaluate[chromedp.Void](dialog + `.close()`))
	d.until(visible + ` === 'over'`) // it cannot be put away
	d.wants(`document.activeElement.name`, "password")
	d.do(chromedp.SendKeys(`session-watch input[name=password]`, "wrong wrong\r"))
	d.until(dialog + `.querySelector('[role=alert]') !== null`)
	d.wants(dialog+`.querySelector('input[name=username]').value`, "receptionist")
	d.do(chromedp.SendKeys(`session-watch input[name=password]`, site.Password+"\r"))
	d.until(visible + ` === ''`)
	typed()
	d.do(chromedp.Click(`[data-testid=form-cashier] button.main`))
	d.until(balance + ` === '4677000'`)
}

// A form that is sent after the end is neither lost nor taken: the server is
// asked, and the sheet waits under the question for the password.
func TestAFormThatComesTooLate(t *testing.T) {
	d := sit(t, 1440, 900)
	d.do(chromedp.Navigate(d.url + cashierOf(d)))
	d.until(`document.activeElement?.id === 'amount-0'`)
	d.keys("5", "0", "0", "0")
	d.site.Pass(time.Hour)
	d.do(chromedp.Click(`[data-testid=form-cashier] button.main`))
	d.until(visible + ` === 'over'`)
	d.do(chromedp.SendKeys(`session-watch input[name=password]`, site.Password+"\r"))
	d.until(visible + ` === ''`)
	d.wants(`document.getElementById('amount-0').value`, "۵٬۰۰۰")
	d.do(chromedp.Click(`[data-testid=form-cashier] button.main`))
	d.until(balance + ` === '4795000'`)
}

// Who signs in with a second factor enters the code over the page as well; a
// colleague who signs in there gets a page of her own.
func TestASessionEndsAndACodeIsAskedFor(t *testing.T) {
	d := sit(t, 1440, 900)
	code := d.enrol("receptionist")
	d.do(chromedp.Navigate(d.url + cashierOf(d)))
	d.until(`document.activeElement?.id === 'amount-0'`)
	d.keys("5", "0", "0", "0")
	d.site.Pass(time.Hour)
	d.do(chromedp.Evaluate[chromedp.Void](`document.querySelector('session-watch').ask()`))
	d.until(visible + ` === 'over'`)
	d.do(chromedp.SendKeys(`session-watch input[name=password]`, site.Password+"\r"), chromedp.WaitVisible(`session-watch input[name=code]`))
	d.do(chromedp.SendKeys(`session-watch input[name=code]`, "000000\r"))
	d.until(dialog + `.querySelector('[role=alert]') !== null`)
	d.do(chromedp.SendKeys(`session-watch input[name=code]`, code()+"\r"))
	d.until(visible + ` === ''`)
	d.wants(`document.getElementById('amount-0').value`, "۵٬۰۰۰")

	d.site.Pass(time.Hour)
	d.do(chromedp.Evaluate[chromedp.Void](`document.querySelector('session-watch').ask()`))
	d.until(visible + ` === 'over'`)
	d.do(chromedp.WaitVisible(`session-watch input[name=code]`), chromedp.SendKeys(`session-watch input[name=code]`, code()+"\r"))
	d.do(chromedp.WaitVisible(`session-watch input[name=password]`)) // from the beginning: the password comes first
	d.do(chromedp.SetValue(`session-watch input[name=username]`, "manager"), chromedp.SendKeys(`session-watch input[name=password]`, site.Password+"\r"))
	d.do(chromedp.WaitVisible(`.rail a[href="/settings/staff"]`)) // the page is the manager's
}

// enrol gives a member of staff a second factor and returns what shows its
// codes.
func (d *desk) enrol(username string) (code func() string) {
	d.t.Helper()
	ctx := d.t.Context()
	e, err := d.site.Desk.SignIn(ctx, office.Login{Username: username, Password: site.Password})
	if err != nil {
		d.t.Fatal(err)
	}
	if err := d.site.Desk.StartFactor(ctx, e.Actor); err != nil {
		d.t.Fatal(err)
	}
	f, err := d.site.Desk.Factor(ctx, e.Actor)
	if err != nil {
		d.t.Fatal(err)
	}
	secret, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(f.Secret)
	if err != nil {
		d.t.Fatal(err)
	}
	code = func() string { return clinic.TOTP(secret, clinic.TOTPStep(d.site.Clock())) }
	if _, err := d.site.Desk.ConfirmFactor(ctx, e.Actor, code()); err != nil {
		d.t.Fatal(err)
	}
	return code
}
