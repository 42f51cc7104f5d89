package browser_test

import (
	"os"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const (
	balance = `(document.querySelector('[data-testid=header-balance]')?.dataset.rials ?? '')`
	toast   = `(document.querySelector('[data-testid=toast]')?.textContent ?? '')`
	focused = `(document.activeElement?.textContent.trim() ?? '')`
)

// The receptionist finds Maryam by typing, opens her account by the keyboard,
// takes the whole debt with two keys and is back in the list as it was.
func TestReceptionistTakesTheDebt(t *testing.T) {
	d := sit(t, 1440, 900)
	d.keys("/", "ا", "ح", "م", "د")
	d.until(`document.querySelectorAll('[data-testid=patient-menu]').length === 1 && location.search.includes('q=')`)
	list := d.says(`location.pathname + location.search`)
	d.do(chromedp.Focus(`[data-testid=patient-menu]`))
	d.keys(kb.Enter)
	d.do(chromedp.WaitVisible(`[data-testid=menu-cashier]`))
	d.wants(`document.querySelector('[data-testid=patient-menu]').getAttribute('aria-expanded')`, "true")
	d.keys("s")
	d.do(chromedp.WaitVisible(`dialog#window [data-testid=statement-window]`))
	d.until(`location.pathname.endsWith('/statement/summary')`)
	d.wants(balance, "4800000")
	// From here on six keys at most: P, and Enter on the amount that is there.
	d.keys("p")
	d.do(chromedp.WaitVisible(`[data-testid=sheet-cashier]`))
	d.until(`document.activeElement?.id === 'amount-0'`)
	d.wants(`document.getElementById('amount-0').value`, "۴٬۸۰۰٬۰۰۰")
	d.wants(`document.querySelector('[data-testid=balance-after]').dataset.rials`, "0")
	d.keys(kb.Enter)
	d.until(balance + ` === '0'`)
	d.until(toast + `.includes('ثبت شد')`)
	d.until(`!document.querySelector('.sheet')`)
	d.wants(`document.querySelector('.timeline li [class~=ev-text] p').textContent.includes('دریافت') ? 'yes' : 'no'`, "yes")
	d.keys(kb.Escape)
	d.until(`!document.querySelector('dialog#window').open`)
	d.wants(`location.pathname + location.search`, list)
	d.wants(focused, "مریم احمدی")
	d.until(`document.querySelector('#patients .bal').dataset.rials === '0'`)
}

// Closing the window leaves the list where it was scrolled to.
func TestTheListStaysWhereItWas(t *testing.T) {
	d := sit(t, 1440, 700)
	names := `document.querySelectorAll('[data-testid=patient-menu]')`
	d.do(chromedp.Evaluate[chromedp.Void](`{ const name = ` + names + `[25]; name.scrollIntoView({block: 'center'}); name.focus({preventScroll: true}) }`))
	before := d.says(`String(Math.round(document.scrollingElement.scrollTop))`)
	if before == "0" {
		t.Fatal("the list does not scroll, so that nothing is tested")
	}
	name := d.says(focused)
	d.keys(kb.Enter)
	d.do(chromedp.WaitVisible(`[data-testid=menu-statement]`))
	d.keys(kb.Enter)
	d.do(chromedp.WaitVisible(`dialog#window [data-testid=statement-window]`))
	d.until(`location.pathname.endsWith('/statement/summary')`)
	d.keys("2")
	d.until(`location.pathname.endsWith('/statement/admissions')`)
	d.keys(kb.Escape)
	d.until(`!document.querySelector('dialog#window').open && location.pathname === '/patients'`)
	d.wants(`String(Math.round(document.scrollingElement.scrollTop))`, before)
	d.wants(focused, name)
}

// The address of a statement is a page of its own, with its sheet.
func TestTheAddressOfAStatement(t *testing.T) {
	d := sit(t, 1440, 900)
	href := d.says(`[...document.querySelectorAll('[data-testid=patient-menu]')].find((a) => a.textContent === 'مریم احمدی').getAttribute('href')`)
	d.do(chromedp.Navigate(d.url+href), chromedp.WaitVisible(`main [data-testid=statement-window]`))
	d.wants(balance, "4800000")
	d.keys("p")
	d.do(chromedp.WaitVisible(`[data-testid=sheet-cashier]`))
	d.keys(kb.Escape)
	d.until(`!document.querySelector('.sheet')`)
	d.do(chromedp.Click(`[data-testid=tab-transactions]`), chromedp.WaitVisible(`[data-testid=total-closing]`))
	d.until(`location.pathname.endsWith('/statement/transactions')`)
	d.do(chromedp.Click(`[data-testid=statement-close]`), chromedp.WaitVisible(`#patients`))
}

// What was typed is still there when the money is not taken, and the reason
// has the focus.
func TestARefusalKeepsWhatWasTyped(t *testing.T) {
	d := sit(t, 1440, 900)
	d.do(chromedp.Navigate(d.url + cashierOf(d)))
	d.until(`document.activeElement?.id === 'amount-0'`)
	d.keys("7", "0", "0", "0", "0", "0", "0")
	d.wants(`document.getElementById('amount-0').value`, "۷٬۰۰۰٬۰۰۰")
	d.until(`document.querySelector('[data-testid=balance-after]')?.dataset.rials === '-2200000'`)
	d.keys(kb.Enter)
	d.do(chromedp.WaitVisible(`[data-testid=sheet-cashier] [role=alert]`))
	d.wants(`document.getElementById('amount-0').value`, "۷٬۰۰۰٬۰۰۰")
	d.wants(balance, "4800000")
	d.until(`document.activeElement?.id === 'amount-0'`)
	d.do(chromedp.Click(`input[name=surplus]`), chromedp.Click(`[data-testid=form-cashier] button.main`))
	d.until(balance + ` === '-2200000'`)
}

// cashierOf is the address of Maryam's sheet.
func cashierOf(d *desk) string { return "/patients/" + d.maryam() + "/cashier?tab=summary" }

// maryam is the id of the patient who owes 4,800,000, read off the list.
func (d *desk) maryam() string {
	return d.says(`[...document.querySelectorAll('[data-testid=patient-menu]')].find((a) => a.textContent === 'مریم احمدی').id.replace('name-', '')`)
}

// On a phone nothing is wider than the screen, and the money is taken with the
// thumb.
func TestOnAPhone(t *testing.T) {
	d := sit(t, 390, 844)
	maryam := d.maryam()
	narrow := `document.documentElement.scrollWidth <= 390 ? 'narrow' : 'wide: ' + document.documentElement.scrollWidth`
	d.wants(narrow, "narrow")
	d.do(chromedp.Navigate(d.url+"/patients/"+maryam+"/statement/summary"), chromedp.WaitVisible(`.thumb a`))
	d.wants(narrow, "narrow")
	d.do(chromedp.Click(`.thumb a`), chromedp.WaitVisible(`[data-testid=sheet-cashier]`))
	d.wants(narrow, "narrow")
	d.do(chromedp.Click(`[data-testid=form-cashier] button.main`))
	d.until(balance + ` === '0'`)
}

// A double click on the button pays once, and Ctrl with a click on a name
// leaves the list alone.
func TestTwoClicksPayOnce(t *testing.T) {
	d := sit(t, 1440, 900)
	d.do(chromedp.Navigate(d.url+cashierOf(d)), chromedp.WaitVisible(`[data-testid=sheet-cashier]`))
	d.until(`document.activeElement?.id === 'amount-0'`)
	d.keys("1", "0", "0", "0")
	d.do(chromedp.Evaluate[chromedp.Void](`{ const button = document.querySelector('[data-testid=form-cashier] button.main'); button.click(); button.click() }`))
	d.until(balance + ` === '4799000'`)
	d.do(chromedp.Click(`[data-testid=tab-transactions]`), chromedp.WaitVisible(`[data-testid=total-closing]`))
	d.wants(`String(document.querySelectorAll('[data-testid^=row-receipt-]').length)`, "2")
}

// The keys are listed on "?", and a name is still a link.
func TestHelpAndLinks(t *testing.T) {
	d := sit(t, 1440, 900)
	d.keys("?")
	d.do(chromedp.WaitVisible(`dialog#keys`))
	d.keys(kb.Escape)
	d.until(`!document.querySelector('dialog#keys').open`)
	d.wants(`(() => { const click = new MouseEvent('click', {ctrlKey: true, bubbles: true, cancelable: true})
		let stopped = true
		addEventListener('click', (event) => { stopped = event.defaultPrevented; event.preventDefault() }, {once: true})
		document.querySelector('[data-testid=patient-menu]').dispatchEvent(click)
		return stopped ? 'stopped' : 'a link' })()`, "a link")
}

// The account as it stood on another day, asked for on a phone.
func TestAnotherDayOnAPhone(t *testing.T) {
	d := sit(t, 390, 844)
	d.do(chromedp.Navigate(d.url+"/patients/"+d.maryam()+"/statement/summary"), chromedp.Click(`.travel summary`), chromedp.WaitVisible(`#travel-as_of`))
	d.wants(`(() => { const pop = document.querySelector('.travel .pop').getBoundingClientRect(); return pop.left >= 0 && pop.right <= 390 ? 'inside' : 'from ' + pop.left + ' to ' + pop.right })()`, "inside")
	if os.Getenv("DAFTAR_PICTURES") != "" {
		keep(t, d.page, "travel-phone")
	}
	d.do(chromedp.SendKeys(`#travel-as_of`, "۱۴۰۵/۷/۲۵\r"))
	d.until(balance + ` === '3000000'`)
	d.until(`location.search.includes('as_of=')`)
}
