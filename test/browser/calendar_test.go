package browser_test

import (
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"daftar/internal/clinic"
	desks "daftar/internal/desk"
	"daftar/test/engine"
	"daftar/test/site"
)

// calendarDesk opens a clinic with appointments and signs the receptionist in.
func calendarDesk(t *testing.T, width, height int64) (*desk, site.Calendar) {
	t.Helper()
	s := site.Open(t, engine.SQLite(t))
	c := s.LivelyCalendar(t)
	d := &desk{t: t, url: serve(t, s), site: s}
	d.page = browser(t, judging)
	d.do(chromedp.EmulateViewport(width, height))
	d.signIn("receptionist")
	return d, c
}

// goes leads to a page of the calendar.
func (d *desk) goes(path string) {
	d.t.Helper()
	d.do(chromedp.Navigate(d.url+path), chromedp.WaitVisible(`#content`))
}

func cardOf(a clinic.AppointmentID) string { return "#ap-" + strconv.FormatInt(int64(a), 10) }

// No page of the calendar has a barrier, in either language, wide in the light
// and on a phone in the dark.
func TestTheCalendarHasNoBarrier(t *testing.T) {
	script, err := os.ReadFile(filepath.Join("..", "..", "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	d, c := calendarDesk(t, 1440, 900)
	for _, p := range []judged{
		{name: "calendar-day", path: "/appointments", shows: `.board`},
		{name: "calendar-day-done", path: "/appointments?done=" + strconv.FormatInt(int64(c.Booked), 10), shows: `.board`},
		{name: "calendar-do", path: "/appointments", shows: `.board`, click: cardOf(c.Booked) + ` summary`, then: `.ap-do[open] .pop`},
		{name: "calendar-week", path: "/appointments?view=week", shows: `.board`},
		{name: "calendar-month", path: "/appointments?view=month", shows: `.month-grid`},
		{name: "calendar-list", path: "/appointments?view=list", shows: `table.plain`},
		{name: "calendar-queue", path: "/appointments?view=queue", shows: `.queue`},
		{name: "calendar-waitlist", path: "/appointments?view=waitlist", shows: `table.plain`},
		{name: "calendar-friday", path: "/appointments?day=2026-11-27", shows: `.empty`},
		{name: "calendar-free", path: "/appointments/free", shows: `.free-list`},
		{name: "calendar-new", path: "/appointments/new?q=احمدی", shows: `.whom-list`},
		{name: "calendar-print", path: "/appointments/print", shows: `.day-paper`},
	} {
		d.judge(string(script), p)
		d.wants(`document.documentElement.scrollWidth <= innerWidth ? 'narrow' : '`+p.name+` is ' + document.documentElement.scrollWidth`, "narrow")
	}
}

// What may be done with a card stays open when the board has just scrolled or
// news of a colleague are on their way, follows its card, and closes when the
// card has left the board.
func TestTheListOfACardStays(t *testing.T) {
	d, c := calendarDesk(t, 1440, 500)
	d.goes("/appointments")
	card := cardOf(c.Booked)
	open := `String(document.querySelector('` + card + ` .ap-do').open)`
	place := `(() => { const at = document.querySelector('` + card + ` .ap-do').getBoundingClientRect(), pop = document.querySelector('` + card + ` .pop').getBoundingClientRect()
		return Math.min(Math.abs(pop.top - at.bottom), Math.abs(at.top - pop.bottom)) < 5 ? 'beside' : 'away' })()`
	box := `document.querySelector('` + card + `').closest('[data-board-scroll]')`
	scrolled := `new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 20))))`
	await := func(script string) {
		d.do(chromedp.Evaluate[chromedp.Void](script+`; `+scrolled, chromedp.EvalAwaitPromise))
	}
	await(`document.querySelector('` + card + `').scrollIntoView({ block: 'center' })`)
	await(`{ const box = ` + box + `; box.scrollTop -= 8; document.querySelector('` + card + ` summary').click() }`)
	d.wants(open, "true")
	await(`{ const box = ` + box + `; box.scrollTop -= 8 }`)
	d.wants(open, "true")
	d.wants(place, "beside")
	await(`{ const box = ` + box + `; box.scrollTop += 5000 }`)
	d.wants(open, "false")
	await(`document.dispatchEvent(new Event('calendar-news')); document.querySelector('` + card + ` summary').click()`)
	d.do(chromedp.Evaluate[chromedp.Void](`new Promise((done) => setTimeout(done, 500))`, chromedp.EvalAwaitPromise))
	d.wants(open, "true")
	d.wants(`String(document.querySelectorAll('`+card+` .pop.floats').length)`, "1")
}

// sent keeps what a move would send instead of sending it: what the sheet of a
// move answers is told elsewhere.
const sent = `document.addEventListener('submit', (event) => {
	if (event.target.id !== 'calendar-move') return
	event.preventDefault()
	window.sent = new URL(event.target.action).pathname + '?' + [...new FormData(event.target)].filter(([name]) => name !== 'request').map((pair) => pair.join('=')).join('&')
})`

// drag lets a script drag something as the mouse would.
const drag = `
		window.drag = (from, to, more) => {
			const at = from.getBoundingClientRect(), there = to.getBoundingClientRect()
			const send = (type, target, x, y) => target.dispatchEvent(new PointerEvent(type, { bubbles: true, cancelable: true, button: 0, pointerId: 1, pointerType: 'mouse', clientX: x, clientY: y }))
			send('pointerdown', from, at.x + at.width / 2, at.y + 5)
			send('pointermove', from, at.x + at.width / 2, at.y + 15)
			send('pointermove', from, there.x + there.width / 2, there.y + 5 + more)
			send('pointerup', from, there.x + there.width / 2, there.y + 5 + more)
		}`

// says is what a screen reader is told.
const announced = `document.getElementById('calendar-says').textContent`

// An appointment is picked up, carried and put down by keys; each step is said,
// and Escape leaves everything as it was.
func TestAnAppointmentIsMovedByKeys(t *testing.T) {
	d, c := calendarDesk(t, 1440, 900)
	d.goes("/appointments")
	d.do(chromedp.Evaluate[chromedp.Void](sent), chromedp.Focus(cardOf(c.Booked)+` .name`))
	d.keys("m")
	d.until(announced + `.includes('نوبت مریم احمدی برداشته شد')`)
	d.keys(kb.ArrowDown, kb.ArrowLeft)
	d.wants(announced, "سه‌شنبه ۳ آذر ۱۴۰۵، ساعت ۱۲:۱۵، دکتر سهرابی")
	d.picture("calendar-grabbed")
	d.keys(kb.Escape)
	d.wants(announced, "نوبت سر جای خود ماند.")
	d.wants(`String(document.querySelectorAll('.ghost, .grabbed').length)`, "0")
	d.wants(`location.pathname + location.search`, "/appointments")
	d.keys("m", kb.ArrowUp, kb.ArrowLeft, kb.PageDown)
	d.wants(announced, "چهارشنبه ۴ آذر ۱۴۰۵، ساعت ۱۱:۴۵، دکتر سهرابی")
	d.keys(kb.Enter)
	id := strconv.FormatInt(int64(c.Booked), 10)
	d.until(`window.sent !== undefined`)
	d.wants(`window.sent`, "/appointments/"+id+"/move?day=۱۴۰۵/۰۹/۰۴&clock=11:45&provider="+strconv.FormatInt(int64(c.Sohrabi), 10)+
		"&minutes=30&version=1&then=/appointments?day=2026-11-25&done="+id+"#ap-"+id)
}

// An appointment is dragged to a free time of another column, on the grid of
// its times; where it began it may be put down for nothing.
func TestAnAppointmentIsDragged(t *testing.T) {
	d, c := calendarDesk(t, 1440, 900)
	d.goes("/appointments")
	id, sohrabi := strconv.FormatInt(int64(c.Booked), 10), strconv.FormatInt(int64(c.Sohrabi), 10)
	d.do(chromedp.Evaluate[chromedp.Void](sent), chromedp.Evaluate[chromedp.Void](drag))
	d.do(chromedp.Evaluate[chromedp.Void](`window.drag(document.querySelector('` + cardOf(c.Booked) + `'), document.querySelector('[data-testid="slot-` + sohrabi + `-12:30"]'), 6)`))
	d.until(`window.sent !== undefined`)
	d.wants(`window.sent`, "/appointments/"+id+"/move?day=۱۴۰۵/۰۹/۰۳&clock=12:30&provider="+sohrabi+"&minutes=30&version=1&then=/appointments?done="+id+"#ap-"+id)
	d.do(chromedp.Evaluate[chromedp.Void](`window.sent = undefined; window.drag(document.querySelector('` + cardOf(c.Booked) + `'), document.querySelector('` + cardOf(c.Booked) + `'), 0)`))
	d.wants(`String(window.sent)`, "undefined")
	// Somebody who is here already is not moved.
	d.do(chromedp.Evaluate[chromedp.Void](`window.drag(document.querySelector('` + cardOf(c.CheckedIn) + `'), document.querySelector('[data-testid="slot-` + sohrabi + `-12:30"]'), 0)`))
	d.wants(`String(window.sent)`, "undefined")
}

// Free times are one stop of the Tab key, with arrows among them; Enter leads to
// whom it is for.
func TestFreeTimesByKeys(t *testing.T) {
	d, c := calendarDesk(t, 1440, 900)
	d.goes("/appointments")
	slot := func(p clinic.ProviderID, clock string) string {
		return `[data-testid="slot-` + strconv.FormatInt(int64(p), 10) + `-` + clock + `"]`
	}
	focused := `document.activeElement.dataset.testid`
	d.wants(`String(document.querySelectorAll('.slot[tabindex="0"]').length)`, "1")
	d.do(chromedp.Focus(slot(c.Rad, "11:30")))
	d.keys(kb.ArrowDown)
	d.wants(focused, "slot-"+strconv.FormatInt(int64(c.Rad), 10)+"-11:45")
	d.keys(kb.ArrowLeft, kb.ArrowDown)
	d.wants(focused, "slot-"+strconv.FormatInt(int64(c.Sohrabi), 10)+"-12:00")
	d.keys(kb.Enter)
	d.do(chromedp.WaitVisible(`#whom`))
	d.wants(`document.querySelector('.page-head .pill').textContent`, "سه‌شنبه ۳ آذر ۱۴۰۵، ساعت ۱۲:۰۰ · دکتر سهرابی")
	d.do(chromedp.SendKeys(`#whom`, "زهرا"), chromedp.WaitVisible(`.whom-list a`))
	d.until(`document.querySelector('.whom-list a')?.href.includes('/appointments/new?provider=` + strconv.FormatInt(int64(c.Sohrabi), 10) + `&starts=2026-11-24T08%3A30%3A00Z')`)
}

// The days go by arrows, and T comes back.
func TestDaysByKeys(t *testing.T) {
	d, _ := calendarDesk(t, 1440, 900)
	d.goes("/appointments")
	for _, step := range []struct{ key, day string }{{kb.ArrowLeft, "2026-11-25"}, {kb.ArrowLeft, "2026-11-26"}, {kb.ArrowRight, "2026-11-25"}, {"t", "2026-11-24"}} {
		d.keys(step.key)
		d.do(chromedp.WaitVisible(`.strip .day.on[data-day="` + step.day + `"]`))
		d.until(`document.body.dataset.today !== undefined && document.readyState === 'complete'`)
	}
	d.keys("n")
	d.do(chromedp.WaitVisible(`#whom`))
}

// A name opens the window over the board; closed again the board is as it was.
func TestTheWindowOverTheCalendar(t *testing.T) {
	d, c := calendarDesk(t, 1440, 600)
	d.goes("/appointments?day=2026-11-25")
	card := `#ap-` + strconv.FormatInt(int64(c.Tomorrow), 10)
	d.do(chromedp.Evaluate[chromedp.Void](`document.querySelector('.board-scroll').scrollTop = 77; document.querySelector('`+card+` .name').click()`),
		chromedp.WaitVisible(`[data-testid=menu-statement]`))
	d.keys("s")
	d.do(chromedp.WaitVisible(`[data-testid=statement-window]`))
	d.until(`location.pathname.endsWith('/statement/summary')`)
	d.keys(kb.Escape)
	d.until(`!document.querySelector('dialog#window').open && location.pathname + location.search === '/appointments?day=2026-11-25'`)
	d.wants(`String(document.querySelector('.board-scroll').scrollTop)`, "77")
	d.wants(`document.activeElement.id`, "name-appointment-"+strconv.FormatInt(int64(c.Tomorrow), 10))
}

// What a colleague books comes in by itself, and the focus stays.
func TestTheBoardHearsOfColleagues(t *testing.T) {
	d, c := calendarDesk(t, 1440, 900)
	d.goes("/appointments")
	d.do(chromedp.Focus(cardOf(c.Booked) + ` .name`))
	d.until(`document.body.dataset.news !== undefined`)
	starts, _ := c.Today.At(17*60, d.site.Zone(t))
	done, err := d.site.Desk.Book(t.Context(), d.site.Manager, desks.Book{Patient: d.site.Maryam, Provider: c.Sohrabi, Starts: starts, Minutes: 30})
	if err != nil {
		t.Fatal(err)
	}
	d.until(`document.querySelector('` + cardOf(done.Appointment.ID) + `') !== null`)
	d.wants(`document.activeElement.id`, "name-appointment-"+strconv.FormatInt(int64(c.Booked), 10))
	d.wants(`String(document.querySelectorAll('.slot[tabindex="0"]').length)`, "1")
}
