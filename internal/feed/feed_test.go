package feed_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"daftar/internal/feed"
)

var noon = time.Date(2026, 11, 28, 12, 0, 0, 0, time.FixedZone("Tehran", 3*3600+1800))

// visit is an ordinary entry.
func visit() feed.Event {
	return feed.Event{
		UID: "visit-7@daftar", Sequence: 3, Starts: noon, Ends: noon.Add(20 * time.Minute), Stamp: noon.Add(-time.Hour),
		Summary: "ویزیت، دکتر زهرا", Description: "اتاق ۲\nناشتا", Location: "کلینیک; طبقهٔ ۱, راست", Status: "CONFIRMED",
	}
}

// holding is a calendar of the given entries.
func holding(events ...feed.Event) feed.Calendar {
	return feed.Calendar{Name: "نوبت‌ها", Product: "-//Daftar//Feed//FA", Refresh: 15 * time.Minute, Events: events}
}

// written returns c as text, or fails the test.
func written(t rapid.TB, c feed.Calendar) string {
	t.Helper()
	var text bytes.Buffer
	if err := feed.Write(&text, c); err != nil {
		t.Fatal(err)
	}
	return text.String()
}

func TestAnOrdinaryFeed(t *testing.T) {
	want := strings.Join([]string{
		`BEGIN:VCALENDAR`,
		`VERSION:2.0`,
		`PRODID:-//Daftar//Feed//FA`,
		`METHOD:PUBLISH`,
		`NAME:نوبت‌ها`,
		`X-WR-CALNAME:نوبت‌ها`,
		`REFRESH-INTERVAL;VALUE=DURATION:PT15M`,
		`X-PUBLISHED-TTL:PT15M`,
		`BEGIN:VEVENT`,
		`UID:visit-7@daftar`,
		`DTSTAMP:20261128T073000Z`,
		`LAST-MODIFIED:20261128T073000Z`,
		`SEQUENCE:3`,
		`DTSTART:20261128T083000Z`,
		`DTEND:20261128T085000Z`,
		`SUMMARY:ویزیت، دکتر زهرا`,
		`DESCRIPTION:اتاق ۲\nناشتا`,
		`LOCATION:کلینیک\; طبقهٔ ۱\, راست`,
		`STATUS:CONFIRMED`,
		`END:VEVENT`,
		`END:VCALENDAR`,
	}, "\r\n") + "\r\n"
	if got := written(t, holding(visit())); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestWhatIsEmptyIsLeftOut(t *testing.T) {
	c := feed.Calendar{Product: "p", Events: []feed.Event{{UID: "u", Starts: noon, Stamp: noon, Summary: "\x00"}}}
	want := strings.ReplaceAll("BEGIN:VCALENDAR VERSION:2.0 PRODID:p METHOD:PUBLISH BEGIN:VEVENT UID:u DTSTAMP:20261128T083000Z "+
		"LAST-MODIFIED:20261128T083000Z SEQUENCE:0 DTSTART:20261128T083000Z END:VEVENT END:VCALENDAR ", " ", "\r\n")
	if got := written(t, c); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// RFC 5545 knows no calendar without a component; one without entries has a
// time zone, which shows nothing.
func TestAFeedWithoutEntries(t *testing.T) {
	want := strings.ReplaceAll("BEGIN:VCALENDAR VERSION:2.0 PRODID:p METHOD:PUBLISH BEGIN:VTIMEZONE TZID:Etc/UTC BEGIN:STANDARD "+
		"DTSTART:19700101T000000 TZOFFSETFROM:+0000 TZOFFSETTO:+0000 END:STANDARD END:VTIMEZONE END:VCALENDAR ", " ", "\r\n")
	if got := written(t, feed.Calendar{Product: "p"}); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// A line of 75 octets is whole; one of 76 is folded, before a rune that does
// not fit and never inside it.
func TestLinesAreFolded(t *testing.T) {
	x := strings.Repeat("x", 64) // after "SUMMARY:", 72 octets
	for summary, want := range map[string]string{
		x + "123":  x + "123\r\n",
		x + "1234": x + "123\r\n 4\r\n",
		x + "12ه":  x + "12\r\n ه\r\n",
		x + "123" + strings.Repeat("y", 74) + "z": x + "123\r\n " + strings.Repeat("y", 74) + "\r\n z\r\n",
		x + "1\u200c" + strings.Repeat("ه", 40):   x + "1\r\n \u200c" + strings.Repeat("ه", 35) + "\r\n " + strings.Repeat("ه", 5) + "\r\n",
		x + strings.Repeat("😀", 20):               x[:64] + "\r\n " + strings.Repeat("😀", 18) + "\r\n 😀😀\r\n",
	} {
		e := visit()
		e.Summary = summary
		_, after, _ := strings.Cut(written(t, holding(e)), "SUMMARY:")
		got, _, _ := strings.Cut(after, "DESCRIPTION")
		if got != want {
			t.Errorf("%q is written\n%q, want\n%q", summary, got, want)
		}
	}
}

func TestHowOftenToLookAgain(t *testing.T) {
	for every, want := range map[time.Duration]string{
		0: "", time.Second - 1: "", time.Second: "PT1S", 59*time.Second + 1: "PT59S", time.Minute: "PT1M", 61 * time.Second: "PT1M1S",
		time.Hour: "PT1H", time.Hour + time.Second: "PT1H0M1S", 90 * time.Minute: "PT1H30M", time.Hour + 61*time.Second: "PT1H1M1S", 48 * time.Hour: "PT48H",
	} {
		c := holding(visit())
		c.Refresh = every
		_, after, found := strings.Cut(written(t, c), "REFRESH-INTERVAL;VALUE=DURATION:")
		got, _, _ := strings.Cut(after, "\r\n")
		if found != (want != "") || got != want || found && !strings.Contains(after, "X-PUBLISHED-TTL:"+want+"\r\n") {
			t.Errorf("%v is written %q, want %q", every, got, want)
		}
	}
}

func TestWhatIsRefused(t *testing.T) {
	for sentence, c := range map[string]struct {
		spoil func(*feed.Calendar, *feed.Event)
		want  string
	}{
		"no product":           {func(c *feed.Calendar, _ *feed.Event) { c.Product = "\x7f" }, "feed: the calendar has no product"},
		"a refresh before now": {func(c *feed.Calendar, _ *feed.Event) { c.Refresh = -1 }, "feed: the calendar refreshes every -1ns"},
		"no UID":               {func(_ *feed.Calendar, e *feed.Event) { e.UID = "\x01" }, "feed: event 1: there is no UID"},
		"a UID twice":          {func(_ *feed.Calendar, e *feed.Event) { e.UID = "visit-\x007@daftar" }, "feed: event 1 has the UID of event 0"},
		"a negative sequence":  {func(_ *feed.Calendar, e *feed.Event) { e.Sequence = -1 }, "feed: event 1: the sequence is -1"},
		"too high a sequence":  {func(_ *feed.Calendar, e *feed.Event) { e.Sequence = 1 << 31 }, "feed: event 1: the sequence is 2147483648"},
		"a made-up status":     {func(_ *feed.Calendar, e *feed.Event) { e.Status = "confirmed" }, `feed: event 1: the status is "confirmed"`},
		"no stamp":             {func(_ *feed.Calendar, e *feed.Event) { e.Stamp = time.Time{} }, "feed: event 1: the stamp cannot be written"},
		"no start":             {func(_ *feed.Calendar, e *feed.Event) { e.Starts = time.Time{} }, "feed: event 1: the start cannot be written"},
		"a year of five digits": {func(_ *feed.Calendar, e *feed.Event) {
			e.Ends = time.Date(9999, 12, 31, 23, 0, 0, 0, time.FixedZone("", -3600))
		}, "feed: event 1: the end cannot be written"},
		"a year before the first": {func(_ *feed.Calendar, e *feed.Event) { e.Starts = time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC) }, "feed: event 1: the start cannot be written"},
		"an end before the start": {func(_ *feed.Calendar, e *feed.Event) { e.Ends = e.Starts.Add(-1) }, "feed: event 1: it ends 1ns before it starts"},
	} {
		t.Run(sentence, func(t *testing.T) {
			e := visit()
			e.UID = "visit-8@daftar"
			calendar := holding(visit())
			c.spoil(&calendar, &e)
			calendar.Events = append(calendar.Events, e)
			var text bytes.Buffer
			if err := feed.Write(&text, calendar); err == nil || !strings.HasPrefix(err.Error(), c.want) {
				t.Errorf("got %v, want %s", err, c.want)
			}
			if text.Len() > 0 {
				t.Errorf("it was written all the same: %s", text.String())
			}
		})
	}
}

var errFull = errors.New("full")

// full takes no byte more than it holds.
type full int

func (room *full) Write(p []byte) (int, error) {
	if len(p) > int(*room) {
		return 0, errFull
	}
	*room -= full(len(p))
	return len(p), nil
}

func TestAFailingWriterIsReported(t *testing.T) {
	for _, room := range []full{0, 5000} {
		e := visit()
		e.Description = strings.Repeat("x", 10_000)
		if err := feed.Write(&room, holding(e)); !errors.Is(err, errFull) {
			t.Errorf("got %v", err)
		}
	}
}
