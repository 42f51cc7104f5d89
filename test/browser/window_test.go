package browser_test

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const shownRows = `document.querySelectorAll('.timeline .ev').length`

// A link to a tab with a filter shows just that; the filter, the order and the
// way to a row's document keep the window; closing leads to the list.
func TestALinkIntoTheWindow(t *testing.T) {
	d := sit(t, 1440, 900)
	maryam := d.maryam()
	d.do(chromedp.Navigate(d.url+"/patients/"+maryam+"/statement/summary?kind=receipt"), chromedp.WaitVisible(`.timeline`))
	d.wants(`String(`+shownRows+`)`, "1")
	d.wants(`document.querySelector('[data-testid=tab-summary]').getAttribute('aria-current')`, "page")
	d.wants(`document.querySelector('.chip.on').textContent`, "دریافت")
	// All rows, then from the oldest on.
	d.do(chromedp.Click(`.chips .chip:first-child`))
	d.until(shownRows + ` === 7`)
	d.wants(`document.querySelector('[data-testid=count]').dataset.count`, "7")
	d.do(chromedp.Click(`[data-testid=turn]`))
	d.until(`document.querySelector('.timeline .ev').dataset.testid.startsWith('row-registration') && location.search.includes('order=asc')`)
	// A receipt leads to its row of the account.
	d.do(chromedp.Click(`[data-testid^=row-receipt] a`))
	d.until(`document.querySelector('.ledger .found')?.id.startsWith('row-receipt')`)
	d.until(`location.pathname.endsWith('/statement/transactions')`)
	// What to do next opens the cashier, and Escape gives the window back.
	d.do(chromedp.Click(`[data-testid=next-receive]`), chromedp.WaitVisible(`[data-testid=sheet-cashier]`))
	d.keys(kb.Escape)
	d.until(`!document.querySelector('.sheet')`)
	d.do(chromedp.Click(`[data-testid=statement-close]`), chromedp.WaitVisible(`#patients`))
	d.until(`location.pathname === '/patients'`)
}

// What is typed as a day is answered with its weekday, in every form, and the
// arrows move it.
func TestADayIsNamedWhileItIsTyped(t *testing.T) {
	d := sit(t, 1440, 900)
	d.do(chromedp.Navigate(d.url+"/patients/"+d.maryam()+"/statement/summary"), chromedp.WaitVisible(`#filter-from`))
	says := `(document.querySelector('#filter-from + .weekday').textContent.replace(/[\u2068\u2069\u200c]/g, ''))`
	for _, tt := range []struct{ typed, want string }{
		{"1405/09/02", "دوشنبه"}, {"۱۴۰۵۰۹۰۲", "دوشنبه"}, {"5/9/2", "دوشنبه ۱۴۰۵/۰۹/۰۲"}, {"امروز", "سهشنبه ۱۴۰۵/۰۹/۰۳"},
		{"+3", "جمعه ۱۴۰۵/۰۹/۰۶"}, {"1403/12/30", "پنجشنبه"}, {"1404/12/30", ""}, {"2026-11-23", "دوشنبه"}, {"2026/11/2", "دوشنبه"}, {"x", ""},
	} {
		d.do(chromedp.Evaluate[chromedp.Void](`{ const f = document.getElementById('filter-from'); f.value = '` + tt.typed + `'; f.dispatchEvent(new Event('input')) }`))
		d.wants(says, tt.want)
	}
	d.do(chromedp.Evaluate[chromedp.Void](`{ const f = document.getElementById('filter-from'); f.value = '1403/12/30'; f.focus() }`))
	d.keys(kb.ArrowUp)
	d.wants(`document.getElementById('filter-from').value`, "۱۴۰۴/۰۱/۰۱")
}

// English runs from left to right by the same sheet; the choice is made in the
// rail and comes back to the page it was made on.
func TestEnglishRunsTheOtherWay(t *testing.T) {
	d := sit(t, 1440, 900)
	page := "/patients/" + d.maryam() + "/statement/transactions"
	d.do(chromedp.Navigate(d.url+page), chromedp.WaitVisible(`.ledger`), chromedp.Click(`.prefer summary`), chromedp.WaitVisible(`[data-testid=form-preferences]`),
		chromedp.Evaluate[chromedp.Void](`{ document.querySelector('.prefer [name=lang][value=en]').click(); document.querySelector('.prefer [name=calendar][value=gregorian]').click() }`),
		chromedp.Click(`[data-testid=form-preferences] button.main`), chromedp.WaitVisible(`html[dir=ltr] .ledger`))
	d.wants(`location.pathname`, page)
	d.wants(`document.querySelector('.ledger tbody time bdi').textContent.startsWith('2026/') ? 'yes' : 'no'`, "yes")
	d.until(`document.querySelector('.rail').getBoundingClientRect().left === 0 && document.querySelector('.side').getBoundingClientRect().right > 1300`)
}

// On a phone the days and the print are in reach and nothing is cut off at the
// side.
func TestTheWindowOnAPhone(t *testing.T) {
	d := sit(t, 390, 844)
	d.do(chromedp.Navigate(d.url+"/patients/"+d.maryam()+"/statement/transactions"), chromedp.WaitVisible(`.ledger`), chromedp.WaitVisible(`.who [data-print]`),
		chromedp.Click(`.range-fold summary`), chromedp.WaitVisible(`#filter-from`))
	d.wants(`String(document.scrollingElement.scrollWidth <= innerWidth)`, "true")
	d.wants(`String([...document.querySelectorAll('.range input, .range button, .thumb a')].every((e) => { const r = e.getBoundingClientRect(); return r.left >= 0 && r.right <= innerWidth && r.height >= 36 }))`, "true")
}
