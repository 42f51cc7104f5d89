package browser_test

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"daftar/internal/clinic"
	"daftar/test/site"
)

// value is what a field of the open form holds.
func value(field string) string { return `(document.getElementById('` + field + `')?.value ?? '')` }

// rowStatus is the state of the only appointment on show.
const rowStatus = `(document.querySelector('[data-testid^=row-appointment-]')?.dataset.status ?? '')`

// unfolds opens a row of the tab.
func (d *desk) unfolds(row string) {
	d.t.Helper()
	d.do(chromedp.WaitVisible(row), chromedp.Evaluate[chromedp.Void](`document.querySelector('`+row+`').open = true`))
}

// rowOf is the row of an appointment.
func rowOf(a clinic.AppointmentID) string {
	return `[data-testid=row-appointment-` + strconv.FormatInt(int64(a), 10) + `]`
}

// acts presses what can be done with the appointment.
func (d *desk) acts(verb string, a clinic.AppointmentID) {
	d.t.Helper()
	d.unfolds(rowOf(a))
	d.do(chromedp.Click(`[data-testid=appointment-` + verb + `-` + strconv.FormatInt(int64(a), 10) + `]`))
}

// The receptionist books by the keyboard, moves, receives, admits and takes the
// money, all in the window; the list behind it stays as it was.
func TestFromAFreeTimeToTheReceipt(t *testing.T) {
	h := openHouse(t)
	_, botox := h.site.Calendar(t)
	sara := h.at("receptionist")
	list := sara.says(`location.pathname + location.search`)
	sara.windowOf(aliKazemi)
	sara.keys("n")
	sara.sheet("appointment")
	sara.picks("service", strconv.FormatInt(int64(botox), 10))
	sara.until(value("amount") + ` === '۲٬۰۰۰٬۰۰۰' && ` + value("method") + ` === 'requested'`)
	sara.until(`document.querySelectorAll('[data-testid=times-soon] [data-slot]').length === 6`)
	sara.do(chromedp.Evaluate[chromedp.Void](`document.querySelector('[data-testid=times-soon] [data-slot]').focus()`))
	sara.keys(kb.Enter)
	sara.until(focusedID + ` === 'clock' && ` + value("clock") + ` === '۱۱:۳۰' && ` + value("day") + ` === '۱۴۰۵/۰۹/۰۳'`)
	sara.until(`(document.querySelector('[data-testid=effect-notes]')?.textContent ?? '').includes('۱۲:۰۰')`) // it ends half an hour later
	sara.until(`document.querySelectorAll('[data-testid=day-times] [data-slot]').length > 6`)
	sara.sends()
	sara.until(toast + `.includes('نوبت ثبت شد') && ` + toast + `.includes('۱۱:۳۰')`)

	sara.tabIs("appointments")
	sara.until(rowStatus + ` === 'booked'`)
	sara.do(chromedp.Click(`[data-testid^=appointment-move-]`))
	sara.sheet("reschedule")
	sara.until(value("clock") + ` === '۱۱:۳۰'`)
	sara.do(chromedp.Evaluate[chromedp.Void](`[...document.querySelectorAll('[data-testid=day-times] [data-slot]')].find((b) => b.dataset.clock === '۱۲:۱۵').click()`))
	sara.sends()
	sara.do(chromedp.WaitVisible(`[data-testid=moved-from]`))
	sara.until(`document.querySelector('[data-testid=moved-from]').textContent.includes('۱۱:۳۰') && document.querySelector('.apt-when').textContent.includes('۱۲:۱۵')`)

	sara.keys("i") // here she is
	sara.until(rowStatus + ` === 'checked_in'`)
	sara.do(chromedp.Click(`[data-testid^=appointment-admit-]`), chromedp.WaitVisible(`[data-testid=sheet-admission]`))
	sara.until(value("service-0") + ` === 'بوتاکس'`)
	sara.ctrlEnter()
	sara.do(chromedp.WaitVisible(`[data-testid=sheet-cashier]`))
	sara.until(focusedID + ` === 'amount-0'`)
	sara.by(clinic.POS)
	sara.sends()
	sara.owes(0)
	sara.until(rowStatus + ` === 'fulfilled'`)
	sara.wants(`document.querySelector('[data-testid=tab-appointments] .count').textContent`, "۱")
	sara.leaves(aliKazemi, list)
}

// A visit is cancelled late: what is kept of its deposit is said, and the
// supervisor confirms it. Who waits for the time gets it.
func TestACancelledVisitKeepsWhatASupervisorConfirms(t *testing.T) {
	h := openHouse(t, clinic.Supervisor)
	h.site.Calendar(t)
	booked := h.site.Book(t, h.site.Ali, site.Now.Add(30*time.Minute), 2_000_000)
	h.site.Wait(t, h.site.Maryam)
	sara, boss := h.at("receptionist"), h.at("supervisor")
	sara.windowOf(aliKazemi)
	sara.fact("بیعانه باز", 2_000_000)
	sara.tabIs("appointments")
	sara.acts("cancel", booked)
	sara.sheet("cancel_appointment")
	sara.ctrlEnter()
	sara.refused("cancel_appointment", "دلیل")
	sara.writes("reason_text", "سفر")
	sara.until(`(document.querySelector('[data-testid=effect-notes]')?.textContent ?? '').includes('سرپرست')`)
	sara.sends()
	sara.until(rowStatus + ` === 'cancelled_by_patient'`)
	sara.fact("بیعانه باز", 2_000_000)
	sara.do(chromedp.WaitVisible(`[data-testid=suits]`))
	sara.presses(`[data-testid=suits]`, "این زمان را بده")
	sara.sheet("appointment")
	sara.until(value("clock") + ` === '۱۲:۰۰'`)
	sara.sends()
	sara.tabIs("appointments")
	sara.until(rowStatus + ` === 'booked' && !document.querySelector('[data-testid^=row-wait-]')`)

	boss.windowOf(aliKazemi)
	boss.tabIs("deposits")
	boss.do(chromedp.Evaluate[chromedp.Void](`document.querySelector('details[data-testid^=row-deposit-]').open = true`), chromedp.Click(`[data-testid^=deposit-forfeit-]`))
	boss.sheet("deposit_forfeit")
	boss.until(rials + `(` + value("amount") + `) === '2000000'`)
	boss.writes("reason", "لغو دیر")
	boss.sends()
	boss.fact("بیعانه باز", 0)
	boss.tabIs("appointments")
	boss.acts("restore", booked) // somebody has the time
	boss.sheet("appointment_restore")
	boss.ctrlEnter()
	boss.refused("appointment_restore", "پر شد")
}

// A time that is taken is refused with the next three, and the form stays as it
// was typed; a phone shows the same.
func TestATakenTimeOffersTheNextThree(t *testing.T) {
	for _, width := range []int64{1440, 390} {
		t.Run(strconv.FormatInt(width, 10), func(t *testing.T) {
			d := sit(t, width, 844)
			d.site.Calendar(t)
			d.site.Book(t, d.site.Maryam, site.Now.Add(30*time.Minute), 0)
			d.do(chromedp.Navigate(d.url+"/patients/"+strconv.FormatInt(int64(d.site.Ali), 10)+"/appointments/new?tab=appointments"),
				chromedp.WaitVisible(`[data-testid=sheet-appointment]`))
			d.writes("day", "امروز")
			d.writes("clock", "12:00")
			d.writes("note", "همراه دارد")
			d.do(chromedp.WaitVisible(`#effect .alert`))
			d.ctrlEnter()
			d.refused("appointment", "پر شد")
			d.until(`document.querySelectorAll('#next-times [data-slot]').length === 3`)
			d.wants(value("note"), "همراه دارد")
			d.wants(value("clock"), "12:00")
			d.wants(`document.documentElement.scrollWidth > innerWidth ? 'wide' : 'fits'`, "fits")
			d.do(chromedp.Evaluate[chromedp.Void](`document.querySelector('#next-times [data-slot]').click()`))
			d.until(value("clock") + ` === '۱۲:۳۰'`)
			d.sends()
			d.until(rowStatus + ` === 'booked'`)
			d.wants(`document.documentElement.scrollWidth > innerWidth ? 'wide' : 'fits'`, "fits")
		})
	}
}

// Without a script the free times are buttons that bring the form again.
func TestBookingWithoutScripts(t *testing.T) {
	d := sit(t, 1440, 900)
	d.site.Calendar(t)
	d.do(chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return err
	}), chromedp.Navigate(d.url+"/patients/"+strconv.FormatInt(int64(d.site.Ali), 10)+"/appointments/new?tab=appointments"),
		chromedp.WaitVisible(`[data-testid=sheet-appointment]`), chromedp.SendKeys(`#note`, "x"),
		chromedp.Click(`[data-testid=times-soon] [data-slot]`), chromedp.WaitVisible(`[data-testid=day-times]`))
	d.wants(value("note"), "x")
	d.wants(value("clock"), "۱۱:۳۰")
	d.do(chromedp.SendKeys(`#note`, "y\r"), chromedp.WaitVisible(`[data-testid^=row-appointment-]`))
	d.wants(rowStatus, "booked")
}

// appointmentPages are the tab and the sheets of appointments.
func appointmentPages(t *testing.T, s *site.Site) []judged {
	t.Helper()
	s.Calendar(t)
	first := s.Book(t, s.Maryam, site.Now.Add(30*time.Minute), 1_000_000)
	later := s.Book(t, s.Maryam, site.Now.Add(24*time.Hour), 0)
	s.Wait(t, s.Maryam)
	maryam := "/patients/" + strconv.FormatInt(int64(s.Maryam), 10)
	one := func(a clinic.AppointmentID, verb string) string {
		return "/appointments/" + strconv.FormatInt(int64(a), 10) + "/" + verb + "?tab=appointments"
	}
	pages := []judged{
		{name: "appointments", path: maryam + "/statement/appointments", shows: `[data-testid=appointments]`},
		{name: "appointments-none", path: "/patients/" + strconv.FormatInt(int64(s.Zahra), 10) + "/statement/appointments", shows: `.empty`},
		{name: "book", path: maryam + "/appointments/new?tab=appointments&starts=2026-11-25T07:00:00Z", shows: `[data-testid=sheet-appointment]`},
		{name: "wait", path: maryam + "/waitlist/new?tab=appointments", shows: `[data-testid=sheet-wait]`},
		{name: "admit-appointment", path: maryam + "/admit?appointment=" + strconv.FormatInt(int64(first), 10), shows: `[data-testid=sheet-admission]`},
	}
	for verb, sheet := range map[string]string{"move": "reschedule", "cancel": "cancel_appointment", "confirm": "appointment_confirm", "check-in": "appointment_check_in",
		"in-error": "appointment_in_error"} {
		pages = append(pages, judged{name: "appointment-" + verb, path: one(first, verb), shows: `[data-testid=sheet-` + sheet + `]`})
	}
	return append(pages, judged{name: "appointment-no-show", path: one(later, "no-show"), shows: `[data-testid=sheet-none]`})
}

// No page or sheet of appointments has a serious or critical barrier.
func TestNoPageOfAppointmentsHasABarrier(t *testing.T) {
	script, err := os.ReadFile(filepath.Join("..", "..", "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	d := arriveFor(t, judging, 1440, 900)
	pages := appointmentPages(t, d.site)
	d.signInAs(string(clinic.Manager))
	for _, p := range pages {
		d.judge(string(script), p)
	}
}
