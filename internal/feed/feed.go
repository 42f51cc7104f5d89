// Package feed writes calendars that phones and mail programs subscribe to:
// iCalendar text (RFC 5545, RFC 7986). It is handed entries and knows nothing of
// what they stand for, nor how the text travels.
package feed

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"time"
)

// Event is one entry of a calendar. Instants are written in UTC and in whole
// seconds; a fraction is cut off. Empty texts are left out.
//
// Texts may hold anything. A line break of any kind (CRLF, CR, LF, NEL, the
// separators of lines and paragraphs) is read back as LF; other control
// characters but the tab are dropped; what is not UTF-8 becomes U+FFFD.
type Event struct {
	UID      string    // never changes, unique in its calendar and better in the world
	Sequence int       // rises with each change; 0 to 2³¹-1
	Starts   time.Time // required
	Ends     time.Time // not before Starts; equal or zero: it only has a beginning
	Stamp    time.Time // when it was last changed; required

	Summary     string // its title, one line
	Description string // may have lines
	Location    string
	Status      string // CONFIRMED, TENTATIVE or CANCELLED; "" says nothing
}

// Calendar is a feed: all entries as they are at one time. Without entries it
// is still a calendar.
type Calendar struct {
	Name    string        // what the reader is shown; "" leaves it to the reader
	Product string        // what wrote it, "-//Maker//Product//EN"; required
	Refresh time.Duration // how often to look again, in whole seconds; 0 leaves it to the reader
	Events  []Event       // written in this order
}

// MediaType is what the text that Write writes is sent as.
const MediaType = "text/calendar; charset=utf-8"

// Write writes c as one iCalendar object with METHOD:PUBLISH, the same bytes
// for the same calendar. A calendar that breaks what its fields promise is an
// error of whoever built it (kind Internal), and nothing is written. What w says
// is returned as it is.
func Write(w io.Writer, c Calendar) error {
	if err := check(c); err != nil {
		return err
	}
	l := lines{bufio.NewWriter(w)}
	l.plain("BEGIN", "VCALENDAR")
	l.plain("VERSION", "2.0")
	l.text("PRODID", c.Product)
	l.plain("METHOD", "PUBLISH")
	l.text("NAME", c.Name)
	l.text("X-WR-CALNAME", c.Name)
	if c.Refresh >= time.Second {
		l.plain("REFRESH-INTERVAL;VALUE=DURATION", duration(c.Refresh))
		l.plain("X-PUBLISHED-TTL", duration(c.Refresh))
	}
	for _, e := range c.Events {
		l.event(e)
	}
	if len(c.Events) == 0 {
		l.emptyBody()
	}
	l.plain("END", "VCALENDAR")
	return l.Flush()
}

// event writes one VEVENT. DTSTAMP beside a METHOD is when the text was made;
// the last change stands for it, so that an unchanged entry is the same bytes,
// and LAST-MODIFIED says it by its own name.
func (l lines) event(e Event) {
	l.plain("BEGIN", "VEVENT")
	l.text("UID", e.UID)
	l.instant("DTSTAMP", e.Stamp)
	l.instant("LAST-MODIFIED", e.Stamp)
	l.plain("SEQUENCE", fmt.Sprint(e.Sequence))
	l.instant("DTSTART", e.Starts)
	if e.Ends.Unix() > e.Starts.Unix() { // DTEND must be later, not equal
		l.instant("DTEND", e.Ends)
	}
	l.text("SUMMARY", e.Summary)
	l.text("DESCRIPTION", e.Description)
	l.text("LOCATION", e.Location)
	l.text("STATUS", e.Status)
	l.plain("END", "VEVENT")
}

// emptyBody stands where a calendar has no entries: RFC 5545, 3.6 wants at
// least one component, and a time zone that nothing refers to shows nothing.
func (l lines) emptyBody() {
	l.plain("BEGIN", "VTIMEZONE")
	l.plain("TZID", "Etc/UTC")
	l.plain("BEGIN", "STANDARD")
	l.plain("DTSTART", "19700101T000000")
	l.plain("TZOFFSETFROM", "+0000")
	l.plain("TZOFFSETTO", "+0000")
	l.plain("END", "STANDARD")
	l.plain("END", "VTIMEZONE")
}

// check says what in c breaks the promise of its fields. It names an entry by
// its place, since a text may be about a person.
func check(c Calendar) error {
	switch {
	case clean(c.Product) == "":
		return fmt.Errorf("feed: the calendar has no product")
	case c.Refresh < 0:
		return fmt.Errorf("feed: the calendar refreshes every %v", c.Refresh)
	}
	seen := map[string]int{}
	for i, e := range c.Events {
		if err := checkEvent(e); err != nil {
			return fmt.Errorf("feed: event %d: %w", i, err)
		}
		uid := clean(e.UID)
		if first, twice := seen[uid]; twice {
			return fmt.Errorf("feed: event %d has the UID of event %d", i, first)
		}
		seen[uid] = i
	}
	return nil
}

func checkEvent(e Event) error {
	switch e.Status {
	case "", "CONFIRMED", "TENTATIVE", "CANCELLED":
	default:
		return fmt.Errorf("the status is %q", e.Status)
	}
	switch {
	case clean(e.UID) == "":
		return fmt.Errorf("there is no UID")
	case e.Sequence < 0 || e.Sequence > math.MaxInt32:
		return fmt.Errorf("the sequence is %d", e.Sequence)
	case !writable(e.Stamp):
		return fmt.Errorf("the stamp cannot be written: %v", e.Stamp)
	case !writable(e.Starts):
		return fmt.Errorf("the start cannot be written: %v", e.Starts)
	case e.Ends.IsZero():
		return nil
	case !writable(e.Ends):
		return fmt.Errorf("the end cannot be written: %v", e.Ends)
	case e.Ends.Before(e.Starts):
		return fmt.Errorf("it ends %v before it starts", e.Starts.Sub(e.Ends))
	}
	return nil
}

// writable reports whether a year of four digits says when t is, and whether t
// was set at all.
func writable(t time.Time) bool {
	year := t.UTC().Year()
	return !t.IsZero() && year >= 1 && year <= 9999
}
