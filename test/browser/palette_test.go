package browser_test

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// commandKey is Ctrl with the key that is K on a Latin layout, on a Persian
// one.
const commandKey = `document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: 'ن', code: 'KeyK', ctrlKey: true, bubbles: true, cancelable: true}))`

const (
	offered = `(document.querySelector('#palette [aria-selected=true]')?.textContent.trim() ?? '')`
	opened  = `document.querySelector('#palette').open`
)

func (d *desk) commands() {
	d.t.Helper()
	d.do(chromedp.Evaluate[chromedp.Void](commandKey), chromedp.WaitVisible(`#palette-input`))
}

// Ctrl+K, two letters and Enter show a patient over the list; the list is as it
// was afterwards.
func TestTwoLettersToAPatient(t *testing.T) {
	d := sit(t, 1440, 900)
	d.do(chromedp.Evaluate[chromedp.Void](`document.querySelectorAll('[data-testid=patient-menu]')[1].focus()`))
	name := d.says(focused)
	d.commands()
	d.keys("ا", "ح", kb.Enter) // Enter before the answer is there
	d.do(chromedp.WaitVisible(`dialog#window [data-testid=statement-window]`))
	d.until(`location.pathname.endsWith('/statement/summary')`)
	d.wants(`document.querySelector('#statement-name').textContent.includes('مریم احمدی') ? 'Maryam' : ''`, "Maryam")
	// From her window to the cashier, and to another patient.
	d.commands()
	d.keys("ص", "ظ") // which nobody and nothing is called
	d.until(offered + ` === ''`)
	d.do(chromedp.Evaluate[chromedp.Void](`document.querySelector('#palette-input').value = ""`), chromedp.SendKeys(`#palette-input`, "دریافت"))
	d.until(offered + `.startsWith('دریافت از همین')`)
	d.keys(kb.Enter)
	d.until(`document.activeElement?.id === 'amount-0'`)
	d.keys(kb.Escape)
	d.until(`!document.querySelector('.sheet')`)
	d.commands()
	d.keys(split("كاظمي")...) // as an Arabic keyboard writes it
	d.until(offered + `.startsWith('علی‌رضا کاظمی')`)
	d.keys(kb.Enter)
	d.until(`document.querySelector('#statement-name').textContent.includes('کاظمی') && !` + opened)
	d.keys(kb.Escape)
	d.until(`!document.querySelector('dialog#window').open && location.pathname === '/patients'`)
	d.wants(focused, name)
}

// Shift with Enter leads to the cashier; without a list below it is a page.
func TestThePaletteLeadsToTheCashier(t *testing.T) {
	d := sit(t, 1440, 900)
	d.commands()
	d.keys(split("احمدی")...)
	d.until(offered + `.startsWith('مریم احمدی')`)
	d.do(chromedp.Evaluate[chromedp.Void](`document.querySelector('#palette-input').dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', code: 'Enter', shiftKey: true, bubbles: true, cancelable: true}))`))
	d.until(`document.activeElement?.id === 'amount-0' && document.querySelector('dialog#window').open`)
	maryam := d.maryam()
	d.do(chromedp.Navigate(d.url+"/patients/"+maryam+"/statement/summary"), chromedp.WaitVisible(`main [data-testid=statement-window]`))
	d.commands()
	d.keys(split("موسوی")...)
	d.keys(kb.Enter)
	d.do(chromedp.WaitVisible(`main [data-testid=statement-window]:not([data-patient="` + maryam + `"])`))
}

// Arrows choose, Escape gives the focus back and closes nothing else, digits
// may be Persian, and what the mouse does the keys do.
func TestThePaletteByKeys(t *testing.T) {
	d := sit(t, 1440, 900)
	d.opens()
	d.do(chromedp.Focus(`#tab-admissions`))
	d.commands()
	d.until(offered + `.length > 0`)
	first := d.says(offered)
	d.keys(kb.ArrowDown)
	if second := d.says(offered); second == first {
		t.Errorf("the arrow stays on %q", second)
	}
	d.keys(kb.ArrowUp, kb.ArrowUp)
	d.wants(`document.querySelector('#palette-input').getAttribute('aria-activedescendant') === [...document.querySelectorAll('#palette [role=option]')].at(-1).id ? 'last' : ''`, "last")
	d.keys(kb.Escape)
	d.until(`!` + opened)
	d.wants(`document.querySelector('dialog#window').open ? document.activeElement.id : 'closed'`, "tab-admissions")
	d.commands()
	d.keys(split("۶۷۸۱")...)
	d.until(offered + `.includes('کاظمی') && ` + offered + `.includes('…۶۷۸۱')`)
	d.keys(kb.Escape)
	d.until(`!` + opened)
	d.commands()
	d.keys(split("fhk, d;")...)
	d.until(`Boolean(document.querySelector('.palette-none'))`)
	d.do(chromedp.Evaluate[chromedp.Void](`document.querySelector('#palette-input').value = ""`), chromedp.SendKeys(`#palette-input`, "keyboard"))
	d.until(offered + `.includes('میان‌بر')`)
	d.do(chromedp.Click(`#palette [aria-selected=true]`), chromedp.WaitVisible(`dialog#keys`))
}
