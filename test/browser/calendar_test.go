package browser_test

import (
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"daftar/internal/clinic"
	"daftar/test/engine"
	"daftar/test/site"
)

// calendarDesk opens a clinic with appointments and signs the receptionist in.
func calendarDesk(t *testing.T, width, height int64) (*desk, site.Calendar) {
	t.Helper()
	s := site.Open(t, engine.SQLite(t))
	c := s.Calendar(t)
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

// No page of the calendar has a barrier, in either language, light and dark,
// wide and on a phone.
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
		d.wants(`document.documentElement.scrollWidth <= innerWidth ? 'narrow' : 'wide ' + document.documentElement.scrollWidth`, "narrow")
	}
}

var _ = kb.Enter
