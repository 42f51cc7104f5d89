package browser_test

import (
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"daftar/internal/clinic"
)

// A shift from its float to its confirmation: fifty thousand are missing, which
// needs a word. What is typed after it is kept until the next shift is open.
func TestAShiftIsShortAndHandedOver(t *testing.T) {
	h := openHouse(t, clinic.Accountant)
	h.beginner("mina")
	mina, acc := h.at("mina"), h.at("accountant")
	mina.do(chromedp.Navigate(h.url+"/cashier"), chromedp.WaitVisible(`[data-testid=table-till]`))
	mina.presses(`[data-testid=table-till]`, "باز کردن شیفت")
	mina.sheet("shift_open")
	mina.writes("float", "2000000")
	mina.ctrlEnter()
	mina.do(chromedp.WaitVisible(`[data-testid=table-till] .table-sums`))

	mina.do(chromedp.Navigate(h.url+"/patients"), chromedp.WaitVisible(`#patients`))
	mina.windowOf(maryamAhmadi)
	mina.pays("1000000")
	mina.owes(3_800_000)

	mina.do(chromedp.Navigate(h.url+"/cashier"), chromedp.WaitVisible(`[data-testid=table-till] .table-sums`))
	mina.wants(rials+`(document.querySelector('.table-sums .num').textContent)`, "3000000")
	mina.presses(`[data-testid=table-till] .page-head`, "شمارش صندوق")
	mina.sheet("shift_count")
	mina.do(chromedp.KeyEvent("2950000"))
	mina.until(`document.querySelector('#effect').textContent.includes('۵۰٬۰۰۰')`)
	mina.ctrlEnter()
	mina.refused("shift_count", "یادداشت")
	mina.writes("note", "پنجاه هزار کم است")
	mina.ctrlEnter()
	mina.do(chromedp.WaitVisible(`[data-testid=table-shift]`))
	shift := mina.says(`location.href`)
	mina.presses(`[data-testid=table-shift] .page-head`, "تحویل نقد")
	mina.sheet("shift_handover")
	mina.wants(`document.getElementById('amount').value`, "۹۵۰٬۰۰۰") // the float stays
	mina.ctrlEnter()
	mina.do(chromedp.WaitVisible(`[data-testid^=row-handover-]`))

	acc.do(chromedp.Navigate(shift), chromedp.WaitVisible(`[data-testid=table-shift]`))
	acc.presses(`[data-testid=table-shift] .page-head`, "تأیید تحویل")
	acc.sheet("shift_confirm")
	acc.ctrlEnter()
	acc.do(chromedp.WaitVisible(`[data-testid=table-shift]`))
	acc.until(`document.querySelector('.table-sums').textContent.includes('بسته')`)

	// Nobody takes money without a shift; a tab opens one and the sheet waits.
	mina.do(chromedp.Navigate(h.url+"/patients"), chromedp.WaitVisible(`#patients`))
	mina.windowOf(maryamAhmadi)
	mina.pays("800000")
	mina.do(chromedp.WaitVisible(`[data-testid=open-shift] a`))
	mina.wants(`document.getElementById('amount-0').value`, "۸۰۰٬۰۰۰")
	mina.owes(3_800_000)
	tab := mina.beside(mina.says(`document.querySelector('[data-testid=open-shift] a').href`))
	tab.sheet("shift_open")
	tab.wants(`document.getElementById('float').value`, "۲٬۰۰۰٬۰۰۰") // what was left in the drawer
	tab.ctrlEnter()
	tab.do(chromedp.WaitVisible(`.shell`), chromedp.WaitNotPresent(`[data-testid=sheet-shift_open]`))
	mina.wants(`document.getElementById('amount-0').value`, "۸۰۰٬۰۰۰")
	mina.sends()
	mina.owes(3_000_000)
}

// Three instalments are agreed on in the window; when the first is not paid in
// time, the window and the list say so.
func TestAnInstalmentIsOverdue(t *testing.T) {
	h := openHouse(t)
	sara := h.at("receptionist")
	sara.windowOf(maryamAhmadi)
	sara.tabIs("admissions")
	// The oldest, of which 3,000,000 are left.
	oldest := `[...document.querySelectorAll('.adm')].at(-1)`
	sara.do(chromedp.Evaluate[chromedp.Void](oldest + `.open = true`))
	sara.presses(`.adm[open]`, "قسط‌بندی")
	sara.sheet("plan")
	sara.writes("instalment_count", "3")
	sara.writes("first_due", "1405/10/03")
	sara.until(`document.querySelectorAll('[data-testid=effect-notes] li').length === 3`)
	sara.wants(`[...document.querySelectorAll('[data-testid=effect-notes] li')].every((l) => l.textContent.includes('۱٬۰۰۰٬۰۰۰')) ? 'thirds' : 'else'`, "thirds")
	sara.sends()
	sara.owes(4_800_000) // a plan moves no money
	sara.fact("اقساط آتی", 3_000_000)
	sara.fact("سررسیدگذشته", 0)

	h.site.Pass(35 * 24 * time.Hour) // 1405/10/08
	sara.signIn("receptionist")
	sara.windowOf(maryamAhmadi)
	sara.fact("سررسیدگذشته", 1_000_000)
	sara.fact("اقساط آتی", 2_000_000)
	sara.tabIs("transactions")
	sara.wants(`document.querySelector('[data-testid=plan-part-1]').querySelector('.pill').textContent`, "سررسیدگذشته")
	sara.do(chromedp.Navigate(h.url+"/instalments?state=overdue"), chromedp.WaitVisible(`[data-testid=table-instalments]`))
	sara.wants(shownIn("instalments"), maryamAhmadi)
}

// shownIn are the patients of a list.
func shownIn(table string) string {
	return `[...document.querySelectorAll('[data-testid=table-` + table + `] [data-testid=patient-menu]')].map((a) => a.textContent.trim()).join(',')`
}
