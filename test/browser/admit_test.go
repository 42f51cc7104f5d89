package browser_test

import (
	"os"
	"regexp"
	"strconv"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const (
	patientShare = `(document.querySelector('[data-testid=patient-share]')?.dataset.rials ?? '')`
	balanceAfter = `(document.querySelector('[data-testid=balance-after]')?.dataset.rials ?? '')`
	focusedID    = `(document.activeElement?.id ?? '')`
)

// ctrlEnter presses Ctrl+Enter.
func (d *desk) ctrlEnter() {
	d.t.Helper()
	d.do(chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(2)))
}

// The receptionist finds Maryam in the list, admits her for two services with
// the keyboard alone, gives less after a discount was refused, takes the money
// and is back in the list as it was.
func TestReceptionistAdmitsByKeyboard(t *testing.T) {
	d := sit(t, 1440, 900)
	d.keys("/", "ا", "ح", "م", "د")
	d.until(`document.querySelectorAll('[data-testid=patient-menu]').length === 1 && location.search.includes('q=')`)
	list := d.says(`location.pathname + location.search`)
	d.do(chromedp.Focus(`[data-testid=patient-menu]`))
	d.keys(kb.Enter)
	d.do(chromedp.WaitVisible(`[data-testid=menu-statement]`))
	d.keys("s")
	d.do(chromedp.WaitVisible(`dialog#window [data-testid=statement-window]`))
	d.until(`location.pathname.endsWith('/statement/summary')`)
	d.keys("a")
	d.do(chromedp.WaitVisible(`[data-testid=sheet-admission]`))
	d.until(focusedID + ` === 'service-0'`)
	// Two of the first service: type, Enter picks, the quantity is marked.
	d.keys("ب", "و", "ت")
	d.until(`document.querySelector('#service-0-list [aria-selected=true]')?.dataset.name === 'بوتاکس'`)
	d.keys(kb.Enter)
	d.until(focusedID + ` === 'quantity-0'`)
	d.wants(`document.getElementById('service-0').value`, "بوتاکس")
	d.keys("2")
	d.until(patientShare + ` === '8000000'`)
	// Enter leads to the next line; a service by its code.
	d.keys(kb.Enter)
	d.until(focusedID + ` === 'service-1'`)
	d.keys("v", "i", "s")
	d.until(`document.querySelector('#service-1-list [aria-selected=true]') !== null`)
	d.keys(kb.Escape)
	d.until(`document.querySelector('#service-1-list').hidden && document.querySelector('.sheet') !== null`)
	d.do(chromedp.Evaluate[chromedp.Void](`document.querySelectorAll('.off')[1].open = true; document.getElementById('service-1').value = 'visit'; document.getElementById('discount-1').focus()`))
	d.keys("1", "5", kb.Tab, kb.Tab, "د", "و", "س", "ت")
	d.until(`document.querySelector('[data-testid=ask-approval]') !== null`)
	d.ctrlEnter()
	// Refused: everything is still there and the person is at the discount.
	d.do(chromedp.WaitVisible(`[data-testid=sheet-admission] [role=alert]`))
	d.until(focusedID + ` === 'discount-1'`)
	d.wants(`document.getElementById('reason-1').value`, "دوست")
	d.wants(`document.getElementById('quantity-0').value`, "2")
	d.wants(balance, "4800000")
	d.do(chromedp.Evaluate[chromedp.Void](`document.activeElement.select()`))
	d.keys("1", "0")
	d.until(balanceAfter + ` === '14420000'`) // 4,800,000 + 8,000,000 + 1,620,000
	d.ctrlEnter()
	// The cashier's sheet comes with the new balance; Enter takes it.
	d.do(chromedp.WaitVisible(`[data-testid=sheet-cashier]`))
	d.until(focusedID + ` === 'amount-0'`)
	d.wants(balance, "14420000")
	d.until(toast + `.includes('پذیرش')`)
	d.wants(`document.getElementById('amount-0').value`, "۱۴٬۴۲۰٬۰۰۰")
	d.keys(kb.Enter)
	d.until(balance + ` === '0'`)
	d.until(`!document.querySelector('.sheet')`)
	d.keys(kb.Escape)
	d.until(`!document.querySelector('dialog#window').open`)
	d.wants(`location.pathname + location.search`, list)
	d.wants(focused, "مریم احمدی")
	d.until(`document.querySelector('#patients .bal').dataset.rials === '0'`)
}

// A double click admits once; the draft that asks for approval stands in the
// tab, and what was cancelled says so.
func TestADraftFromTheSheet(t *testing.T) {
	d := sit(t, 1440, 900)
	d.do(chromedp.Navigate(d.url+"/patients/"+d.maryam()+"/admit?tab=admissions"), chromedp.WaitVisible(`[data-testid=sheet-admission]`))
	d.until(focusedID + ` === 'service-0'`)
	before := d.says(`String(document.querySelectorAll('[data-testid^=row-admission-]').length)`)
	d.keys("b", "o", "t")
	d.until(`document.querySelector('#service-0-list [aria-selected=true]') !== null`)
	d.keys(kb.Enter)
	d.do(chromedp.Evaluate[chromedp.Void](`document.querySelector('.off').open = true; document.getElementById('discount-0').focus()`))
	d.keys("2", "0", kb.Tab, kb.Tab, "x")
	d.do(chromedp.WaitVisible(`[data-testid=ask-approval]`))
	d.do(chromedp.Evaluate[chromedp.Void](`{ const ask = document.querySelector('[data-testid=ask-approval]'); ask.click(); ask.click() }`))
	d.until(`!document.querySelector('.sheet')`)
	d.until(toast + `.includes('موقت')`)
	d.wants(balance, "4800000")
	d.wants(`String(document.querySelectorAll('[data-testid^=row-admission-]').length - `+before+`)`, "1")
	d.wants(`String(document.querySelectorAll('[data-testid=awaits-approval]').length)`, "1")
	// The newest row is unfolded and cancelled with a reason.
	d.do(chromedp.Evaluate[chromedp.Void](`{ const row = document.querySelector('.adm:has([data-testid=awaits-approval])'); row.open = true; row.querySelector('.adm-cancel').open = true; row.querySelector('.adm-cancel input[name=reason]').focus() }`))
	d.keys(kb.Enter)
	d.do(chromedp.WaitVisible(`.adm-cancel [aria-invalid]`))
	d.do(chromedp.SendKeys(`.adm-cancel [aria-invalid]`, "اشتباه\r"))
	d.until(`document.querySelectorAll('[data-testid=awaits-approval]').length === 0 && document.querySelector('.adm[open].cancelled') !== null`)
}

// On a phone the sheet is as wide as the screen and one line is admitted with
// the thumb.
func TestAdmittingOnAPhone(t *testing.T) {
	d := sit(t, 390, 844)
	narrow := `document.documentElement.scrollWidth <= 390 ? 'narrow' : 'wide: ' + document.documentElement.scrollWidth`
	d.do(chromedp.Navigate(d.url+"/patients/"+d.maryam()+"/admit"), chromedp.WaitVisible(`[data-testid=sheet-admission]`))
	d.wants(narrow, "narrow")
	d.do(chromedp.SendKeys(`#service-0`, "bot"), chromedp.WaitVisible(`#service-0-list [role=option]`),
		chromedp.Click(`#service-0-list [role=option]`))
	d.until(patientShare + ` === '4000000'`)
	d.wants(narrow, "narrow")
	d.do(chromedp.Click(`[data-testid=form-admission] footer button[value=final]`))
	d.until(balance + ` === '8800000'`)
	d.until(`!document.querySelector('.sheet')`)
}

// The receipt of an admission fits one A5 sheet, and says when it is a draft.
func TestTheReceiptIsOneSmallSheet(t *testing.T) {
	d := sit(t, 1440, 900)
	d.do(chromedp.Navigate(d.url+"/patients/"+d.maryam()+"/statement/admissions"), chromedp.WaitVisible(`.adms`))
	href := d.says(`document.querySelector('.adm:has(form[action$="/finalize"]) a[href$="/print"]').getAttribute('href')`)
	d.do(chromedp.Navigate(d.url+href), chromedp.WaitVisible(`[data-testid=paper-mark]`))
	pdf, err := chromedp.Run(d.page, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize()))
	if err != nil {
		t.Fatal(err)
	}
	if os.Getenv("DAFTAR_PICTURES") != "" {
		if err := os.WriteFile("../../_artifacts/receipt.pdf", pdf, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	// A5 is 419.5 by 595.3 points.
	boxes := regexp.MustCompile(`/MediaBox ?\[0 0 ([\d.]+) ([\d.]+)\]`).FindAllSubmatch(pdf, -1)
	if len(boxes) != 1 {
		t.Fatalf("%d pages, want 1", len(boxes))
	}
	width, _ := strconv.ParseFloat(string(boxes[0][1]), 64)
	height, _ := strconv.ParseFloat(string(boxes[0][2]), 64)
	if width < 418 || width > 421 || height < 593 || height > 597 {
		t.Errorf("the sheet is %v by %v points", width, height)
	}
}

// The button that records and prints keeps the window and opens the receipt
// beside it.
func TestRecordingAndPrinting(t *testing.T) {
	d := sit(t, 1440, 900)
	d.do(chromedp.Navigate(d.url+"/patients/"+d.maryam()+"/admit?tab=admissions"), chromedp.WaitVisible(`[data-testid=sheet-admission]`))
	d.do(chromedp.Evaluate[chromedp.Void](`window.open = (url) => { document.body.dataset.opened = url; return null }`))
	d.until(focusedID + ` === 'service-0'`)
	d.keys("b", "o", "t")
	d.until(`document.querySelector('#service-0-list [aria-selected=true]') !== null`)
	d.keys(kb.Enter)
	d.do(chromedp.Click(`[data-testid=form-admission] footer button[value=print]`))
	d.until(`/^\/admissions\/\d+\/print\?now=1$/.test(document.body.dataset.opened ?? '')`)
	d.until(balance + ` === '8800000'`)
	d.wants(`document.querySelector('[data-testid=toast] a').getAttribute('href') === document.body.dataset.opened ? 'same' : 'another'`, "same")
}
