package browser_test

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// shownNames are the names in the list.
const shownNames = `[...document.querySelectorAll('#patients [data-testid=patient-menu]')].map((a) => a.textContent).join(',')`

// Somebody is found by two letters, by the spelling of an Arabic keyboard, by
// the last four digits of the mobile and by a national code in Persian digits.
func TestWaysToFindSomebody(t *testing.T) {
	d := sit(t, 1440, 900)
	for _, c := range []struct{ typed, finds string }{
		{"مر", "مریم احمدی"}, {"كاظمي", "علی‌رضا کاظمی"}, {"6780", "مریم احمدی"}, {"۰۰۱۲۳۴۵۶۷۹", "مریم احمدی"}, {"موسوی زهرا", "زهرا موسوی"},
	} {
		d.do(chromedp.Evaluate[chromedp.Void](`{ const find = document.getElementById('find'); find.focus(); find.value = ''; find.dispatchEvent(new Event('input', {bubbles: true})) }`))
		d.until(`!location.search.includes('q=')`)
		d.do(chromedp.SendKeys(`#find`, c.typed))
		d.until(shownNames + ` === '` + c.finds + `'`)
	}
}

// From the name to the receipt are four keys: to the first found, its menu, the
// cashier, done.
func TestFromTheNameToTheReceipt(t *testing.T) {
	d := sit(t, 1440, 900)
	d.do(chromedp.Focus(`#find`))
	d.keys("ا", "ح", "م", "د", "ی")
	d.keys(kb.Enter) // before the list has followed
	d.until(focused + ` === 'مریم احمدی'`)
	d.keys(kb.Enter)
	d.do(chromedp.WaitVisible(`[data-testid=menu-cashier]`))
	d.keys("p")
	d.until(`document.activeElement?.id === 'amount-0'`)
	d.keys(kb.Enter)
	d.until(balance + ` === '0'`)
	d.keys(kb.Escape)
	d.until(`!document.querySelector('dialog#window').open && location.search.includes('q=')`)
	d.wants(focused, "مریم احمدی")
}

// A slash in the search box is a letter.
func TestASlashIsTyped(t *testing.T) {
	d := sit(t, 1440, 900)
	d.do(chromedp.Focus(`#find`))
	d.keys("ا", "/")
	d.wants(`document.getElementById('find').value`, "ا/")
}

// The list of admissions opens the window by the menu and is there again as it
// was, with its filter, its scroll and the focus on the very row.
func TestTheListOfAdmissionsStaysAsItWas(t *testing.T) {
	d := sit(t, 1440, 420)
	d.do(chromedp.Navigate(d.url+"/admissions?status=finalized"), chromedp.WaitVisible(`#admissions [data-testid=patient-menu]`))
	d.do(chromedp.Evaluate[chromedp.Void](`{ const names = document.querySelectorAll('#admissions [data-testid=patient-menu]'); names[names.length - 1].scrollIntoView({block: 'center'}); names[names.length - 1].focus({preventScroll: true}) }`))
	row := d.says(`document.activeElement.id`)
	before := d.says(`String(Math.round(document.scrollingElement.scrollTop))`)
	d.keys(kb.Enter)
	d.do(chromedp.WaitVisible(`[data-testid=menu-statement]`))
	d.keys("s")
	d.do(chromedp.WaitVisible(`dialog#window [data-testid=statement-window]`))
	d.keys("2")
	d.until(`location.pathname.endsWith('/statement/admissions')`)
	d.keys(kb.Escape)
	d.until(`!document.querySelector('dialog#window').open && location.pathname === '/admissions' && location.search === '?status=finalized'`)
	d.wants(`document.activeElement.id`, row)
	d.wants(`String(Math.round(document.scrollingElement.scrollTop))`, before)
}

// A filter is chosen, saved under a name, left and found again, and deleted.
func TestAViewIsSaved(t *testing.T) {
	d := sit(t, 1440, 900)
	d.do(chromedp.Navigate(d.url+"/patients?filter=debtor"), chromedp.WaitVisible(`[data-testid=open-save-view]`),
		chromedp.Click(`[data-testid=open-save-view]`), chromedp.WaitVisible(`#view-name`), chromedp.SendKeys(`#view-name`, "بدهکاران من\r"),
		chromedp.WaitVisible(`[data-testid=saved-view].on`))
	d.do(chromedp.Navigate(d.url+"/patients"), chromedp.WaitVisible(`[data-testid=saved-view]`), chromedp.Click(`[data-testid=saved-view]`),
		chromedp.WaitVisible(`[data-testid=form-view-delete] button`))
	d.until(`location.search === '?filter=debtor' && ` + shownNames + ` === 'مریم احمدی'`)
	d.do(chromedp.Click(`[data-testid=form-view-delete] button`), chromedp.WaitNotPresent(`[data-testid=saved-view]`))
}

// The number of an admission leads to its row in the window, over the list that
// stays.
func TestAnAdmissionOpensOverItsList(t *testing.T) {
	d := sit(t, 1440, 900)
	d.do(chromedp.Navigate(d.url+"/admissions?status=finalized"), chromedp.WaitVisible(`#admissions a.doc`))
	row := d.says(`new URL(document.querySelector('#admissions a.doc').href).hash`)
	d.do(chromedp.Click(`#admissions a.doc`), chromedp.WaitVisible(`dialog#window[open] `+row))
	d.until(`document.querySelector('` + row + `').open && document.getElementById('statement').scrollTop === 0`)
	d.keys(kb.Escape)
	d.until(`!document.querySelector('dialog#window').open && location.search === '?status=finalized'`)
}
