package browser_test

import (
	"context"
	"strconv"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"daftar/internal/clinic"
	"daftar/test/site"
)

// Two people give the same credit back: the second is told what changed, keeps
// what was typed, and gives what is left.
func TestARefundFromAStaleScreen(t *testing.T) {
	h := openHouse(t, clinic.Accountant)
	acc, chief := h.at("accountant"), h.at("manager")
	for _, d := range []*desk{acc, chief} {
		d.windowOf(zahraMousavi)
		d.keys("r")
		d.sheet("refund")
	}
	chief.writes("reason", "به خواست بیمار")
	chief.writes("tracking_number", "778899")
	acc.writes("amount", "500000")
	acc.writes("reason", "انصراف")
	acc.sends()
	acc.owes(-1_500_000)
	chief.ctrlEnter()
	chief.until(`Boolean(document.querySelector('[data-testid=sheet-refund] .banner')?.textContent.includes('۱٬۵۰۰٬۰۰۰'))`)
	chief.wants(`['amount', 'reason', 'tracking_number'].map((f) => document.getElementById(f).value).join(' | ')`, "۲٬۰۰۰٬۰۰۰ | به خواست بیمار | 778899")
	chief.owes(-1_500_000)
	// Who has seen it is told the limit, and mends it.
	chief.ctrlEnter()
	chief.refused("refund", "۱٬۵۰۰٬۰۰۰")
	chief.writes("amount", "1500000")
	chief.after("balance", 0)
	chief.sends()
	chief.owes(0)
	acc.owes(0)
}

// A click on the balance says why it is so; the lines sum to it, and each
// leads deeper.
func TestWhyTheBalanceIsSo(t *testing.T) {
	h := openHouse(t)
	sara := h.at("receptionist")
	sara.windowOf(maryamAhmadi)
	sara.do(chromedp.Click(`[data-testid=header-balance] a`), chromedp.WaitVisible(`[data-testid=sheet-why]`))
	sum := `String([...document.querySelector('.why-parts').querySelectorAll('tbody tr:not(.deep)')].reduce((sum, r) => { const a = r.querySelector('td .num'); return sum + (a.classList.contains('less') ? -1 : 1) * Number(` + rials + `(a.textContent)) }, 0))`
	sara.wants(sum, "4800000")
	sara.wants(`document.querySelector('[data-testid=why-sum]').dataset.rials`, "4800000")
	sara.until(`document.querySelector('[data-testid=why-says]').textContent.includes('۴٬۸۰۰٬۰۰۰')`)
	first := sara.says(`document.querySelector('[data-testid=sheet-why]').dataset.of`)
	sara.do(chromedp.Click(`.why-parts tbody a`))
	sara.until(`(document.querySelector('[data-testid=sheet-why]')?.dataset.of ?? '` + first + `') !== '` + first + `'`)
	sara.wants(`(`+sum+`) === document.querySelector('[data-testid=why-sum]').dataset.rials ? 'agrees' : 'differs'`, "agrees")
	sara.keys(kb.Escape)
	sara.until(`!document.querySelector('.sheet')`)
	sara.owes(4_800_000)
}

// Without a script the receptionist signs in, finds Maryam, sees a refusal
// with what was typed and takes the money.
func TestMoneyIsTakenWithoutScripts(t *testing.T) {
	d := arrive(t, 1440, 900)
	d.do(chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return err
	}), chromedp.Navigate(d.url+"/login"),
		chromedp.SendKeys(`input[name=username]`, "receptionist"), chromedp.SendKeys(`input[name=password]`, site.Password+"\r"),
		chromedp.WaitVisible(`#find`), chromedp.SendKeys(`#find`, "احمدی\r"), chromedp.WaitVisible(`#find[value="احمدی"]`))
	maryam := `[data-testid=patient-menu][href*="/` + strconv.FormatInt(int64(d.site.Maryam), 10) + `/"]`
	d.do(chromedp.Click(maryam), chromedp.WaitVisible(`[data-testid=statement-window]`),
		chromedp.Click(`.quick a.main`), chromedp.WaitVisible(`[data-testid=sheet-cashier]`))
	d.wants(`document.getElementById('amount-0').value`, "۴٬۸۰۰٬۰۰۰")
	d.do(chromedp.SetValue(`#amount-0`, "۹٬۰۰۰٬۰۰۰"), chromedp.Click(`[data-testid=form-cashier] button.main`), chromedp.WaitVisible(`[data-testid=sheet-cashier] [role=alert]`))
	d.wants(`document.getElementById('amount-0').value`, "۹٬۰۰۰٬۰۰۰")
	d.do(chromedp.SetValue(`#amount-0`, "4800000"), chromedp.Click(`[data-testid=form-cashier] button.main`),
		chromedp.WaitVisible(`[data-testid=header-balance][data-rials="0"]`), chromedp.WaitNotPresent(`.sheet`))
}
