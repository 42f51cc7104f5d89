package browser_test

import (
	"strconv"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"daftar/internal/clinic"
	office "daftar/internal/desk"
)

// where is where an appointment is now.
func (d *desk) where(id clinic.AppointmentID) office.AppointmentItem {
	d.t.Helper()
	i, err := d.site.Desk.Appointment(d.t.Context(), d.site.Manager, id)
	if err != nil {
		d.t.Fatal(err)
	}
	return i
}

// What is put down on the calendar is there: by keys and by dragging, until Z
// takes it back, and the calendar is on show all the time.
func TestAMoveOnTheCalendarHolds(t *testing.T) {
	d, c := calendarDesk(t, 1440, 900)
	was := d.where(c.Booked)
	d.goes("/appointments")
	d.do(chromedp.Focus(cardOf(c.Booked) + ` .name`))
	d.keys("m")
	d.until(announced + `.includes('برداشته شد')`)
	d.keys(kb.ArrowDown, kb.ArrowLeft, kb.Enter)
	d.do(chromedp.WaitVisible(`[data-testid="undo"]`))
	if is := d.where(c.Booked); is.Provider != c.Sohrabi || is.Starts.Sub(was.Starts).Minutes() != 15 || is.Moves != 1 {
		t.Errorf("by keys it is %v with %d, was %v", is.Span, is.Provider, was.Span)
	}
	d.keys("z")
	d.do(chromedp.WaitNotPresent(`[data-testid="undo"]`), chromedp.WaitVisible(`.board`))
	if is := d.where(c.Booked); is.Provider != was.Provider || is.Span != was.Span || is.Moves != 0 {
		t.Errorf("undone it is %v with %d", is.Span, is.Provider)
	}
	sohrabi := strconv.FormatInt(int64(c.Sohrabi), 10)
	d.goes("/appointments")
	d.do(chromedp.Evaluate[chromedp.Void](drag), chromedp.Evaluate[chromedp.Void](`window.drag(document.querySelector('`+cardOf(c.Booked)+`'), document.querySelector('[data-testid="slot-`+sohrabi+`-12:30"]'), 6)`))
	d.do(chromedp.WaitVisible(`[data-testid="undo"]`))
	if is := d.where(c.Booked); is.Provider != c.Sohrabi || is.Moves != 1 {
		t.Errorf("dragged it is %v with %d", is.Span, is.Provider)
	}
}
