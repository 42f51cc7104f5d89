package feed_test

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/emersion/go-ical"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"daftar/internal/feed"
)

var (
	lineBreak = regexp.MustCompile("\r\n|[\n\r\u0085\u2028\u2029]")
	control   = regexp.MustCompile("[\x00-\x08\x0b-\x1f\x7f-\u009f]")
)

// readBack is what a reader of s gets.
func readBack(s string) string {
	return control.ReplaceAllString(lineBreak.ReplaceAllString(strings.ToValidUTF8(s, "\ufffd"), "\n"), "")
}

// understood is e as a reader gets it: readable text, whole seconds of UTC, and
// an end that is not before the start.
func understood(e feed.Event) feed.Event {
	e.UID, e.Summary = readBack(e.UID), readBack(e.Summary)
	e.Description, e.Location = readBack(e.Description), readBack(e.Location)
	e.Starts, e.Stamp = e.Starts.UTC().Truncate(time.Second), e.Stamp.UTC().Truncate(time.Second)
	e.Ends = e.Ends.UTC().Truncate(time.Second)
	if e.Ends.Before(e.Starts) {
		e.Ends = e.Starts
	}
	return e
}

// text draws what people and their enemies type.
func text() *rapid.Generator[string] {
	spite := []rune("\r\n\t\v\f\x00\x1b\x7f\u0085\u2028\u2029\u200c\u200f\ufeff\ufffd \\;,:\"nN^BEGIN=ویزیت۱۲😀é")
	return rapid.OneOf(
		rapid.StringOf(rapid.RuneFrom(spite)),
		rapid.StringOfN(rapid.RuneFrom(spite, unicode.Arabic, unicode.So, unicode.Latin), 60, 400, -1),
		rapid.String(),
		rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) }),
	)
}

// instant draws what can be written, in any zone.
func instant() *rapid.Generator[time.Time] {
	first, last := time.Date(1, 1, 2, 0, 0, 0, 0, time.UTC).Unix(), time.Date(9999, 12, 30, 0, 0, 0, 0, time.UTC).Unix()
	return rapid.Custom(func(t *rapid.T) time.Time {
		at := time.Unix(rapid.Int64Range(first, last).Draw(t, "second"), rapid.Int64Range(0, 999_999_999).Draw(t, "nanosecond"))
		return at.In(time.FixedZone("", rapid.IntRange(-14*3600, 14*3600).Draw(t, "offset")))
	})
}

func event() *rapid.Generator[feed.Event] {
	return rapid.Custom(func(t *rapid.T) feed.Event {
		e := feed.Event{
			UID: "u" + text().Draw(t, "uid"), Sequence: rapid.IntRange(0, 1<<31-1).Draw(t, "sequence"),
			Starts: instant().Draw(t, "starts"), Stamp: instant().Draw(t, "stamp"),
			Summary: text().Draw(t, "summary"), Description: text().Draw(t, "description"), Location: text().Draw(t, "location"),
			Status: rapid.SampledFrom([]string{"", "CONFIRMED", "TENTATIVE", "CANCELLED"}).Draw(t, "status"),
		}
		ends := []time.Time{{}, e.Starts, e.Starts.Add(1), e.Starts.Add(time.Second), e.Starts.Add(25 * time.Minute)}
		e.Ends = rapid.SampledFrom(ends).Draw(t, "ends")
		return e
	})
}

// Whatever is written is read back by a parser that is not ours, in lines that
// the standard allows, and passes that parser's own check of what is required.
func TestWhatIsWrittenIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := feed.Calendar{
			Name: text().Draw(t, "name"), Product: "p" + text().Draw(t, "product"),
			Refresh: time.Duration(rapid.Int64Range(0, 1<<50).Draw(t, "refresh")),
			Events:  rapid.SliceOfNDistinct(event(), 0, 4, func(e feed.Event) string { return readBack(e.UID) }).Draw(t, "events"),
		}
		written := written(t, c)
		for _, wrong := range illShaped(written) {
			t.Error(wrong)
		}
		calendar := decoded(t, written)
		name, product := readBack(c.Name), readBack(c.Product)
		for property, want := range map[string]string{
			"VERSION": "2.0", "METHOD": "PUBLISH", "PRODID": product, "NAME": name, "X-WR-CALNAME": name,
		} {
			if got := textOf(t, calendar.Props, property); got != want {
				t.Errorf("%s is %q, want %q", property, got, want)
			}
		}
		if len(calendar.Events()) != len(c.Events) {
			t.Fatalf("%d events, want %d", len(calendar.Events()), len(c.Events))
		}
		for i, e := range calendar.Events() {
			if diff := cmp.Diff(understood(c.Events[i]), entry(t, e)); diff != "" {
				t.Errorf("event %d (-written +read):\n%s", i, diff)
			}
		}
	})
}

// illShaped says what in text is no content line of RFC 5545: only CRLF ends
// one, none is longer than 75 octets, none ends inside a rune or holds a control.
func illShaped(text string) (wrong []string) {
	lines := strings.Split(text, "\r\n")
	if last := len(lines) - 1; lines[last] == "" {
		lines = lines[:last]
	} else {
		wrong = append(wrong, "the last line has no end")
	}
	for _, line := range lines {
		switch {
		case line == "":
			wrong = append(wrong, "a line is empty")
		case len(line) > 75:
			wrong = append(wrong, "too long: "+line)
		case !utf8.ValidString(line):
			wrong = append(wrong, "a rune is cut: "+line)
		case lineBreak.MatchString(line) || control.MatchString(line):
			wrong = append(wrong, "a control character: "+line)
		}
	}
	return wrong
}

func TestIllShapedLinesAreNoticed(t *testing.T) {
	for text, want := range map[string]int{
		"A:1\r\n": 0, strings.Repeat("x", 75) + "\r\n": 0, "A:\t۱\r\n": 0,
		"A:1": 1, "A:1\n": 2, "A:1\r\n\r\n": 1, strings.Repeat("x", 76) + "\r\n": 1, "A:\xd9\r\n \x87\r\n": 2, "A:\r1\r\n": 1, "A:\x001\r\n": 1, "A:\u20281\r\n": 1,
	} {
		if got := illShaped(text); len(got) != want {
			t.Errorf("%q: %q, want %d", text, got, want)
		}
	}
}

// decoded reads a calendar with go-ical and has it check the components.
func decoded(t *rapid.T, text string) *ical.Calendar {
	decoder := ical.NewDecoder(strings.NewReader(text))
	calendar, err := decoder.Decode()
	if err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	if _, err := decoder.Decode(); err != io.EOF {
		t.Errorf("after the calendar: %v", err)
	}
	if err := ical.NewEncoder(io.Discard).Encode(calendar); err != nil {
		t.Error(err)
	}
	return calendar
}

// entry is what go-ical understands of an event.
func entry(t *rapid.T, e ical.Event) feed.Event {
	at := func(property string) time.Time {
		prop := e.Props.Get(property)
		if prop == nil || len(prop.Params) > 0 || !strings.HasSuffix(prop.Value, "Z") {
			t.Fatalf("%s is %v, want an instant in UTC", property, prop)
		}
		when, err := prop.DateTime(nil)
		if err != nil {
			t.Fatal(err)
		}
		return when
	}
	sequence, err := e.Props.Get("SEQUENCE").Int()
	if err != nil {
		t.Fatal(err)
	}
	if changed := at("LAST-MODIFIED"); !changed.Equal(at("DTSTAMP")) {
		t.Errorf("last modified %v", changed)
	}
	got := feed.Event{
		UID: textOf(t, e.Props, "UID"), Sequence: sequence, Starts: at("DTSTART"), Ends: at("DTSTART"), Stamp: at("DTSTAMP"),
		Summary: textOf(t, e.Props, "SUMMARY"), Description: textOf(t, e.Props, "DESCRIPTION"),
		Location: textOf(t, e.Props, "LOCATION"), Status: textOf(t, e.Props, "STATUS"),
	}
	if e.Props.Get("DTEND") != nil {
		if got.Ends = at("DTEND"); !got.Ends.After(got.Starts) {
			t.Errorf("DTEND %v is not later than DTSTART", got.Ends)
		}
	}
	return got
}

// textOf is the one text of a property, "" where the calendar has no such
// line. A line with nothing on it, or with a list, is an error.
func textOf(t *rapid.T, props ical.Props, name string) string {
	prop := props.Get(name)
	if prop == nil {
		return ""
	}
	list, err := prop.TextList()
	if err != nil || len(list) != 1 || list[0] == "" {
		t.Fatalf("%s is %q, %v", name, list, err)
	}
	return list[0]
}

// nasty are texts that have broken calendars.
var nasty = map[string]string{
	"nothing":                     "",
	"a joiner in Persian":         "نوبت‌های می‌رود",
	"marks of direction":          "\u202bالف\u202c \u2067ABC\u2069 \u200f1\u200e",
	"emoji of many parts":         "👩‍⚕️👨‍👩‍👧‍👦🏳️‍🌈🇮🇷",
	"very long Persian":           strings.Repeat("ویزیت‌های دکتر زهرا؛ ", 500),
	"very long emoji":             strings.Repeat("😀", 3000),
	"very long without a space":   strings.Repeat("x", 20_000),
	"long runs of backslashes":    strings.Repeat(`\`, 301),
	"punctuation":                 `a,b;c:d"e'f\g,;:`,
	"an escaped newline as typed": `first\nsecond\Nthird\\n`,
	"CRLF injection":              "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil",
	"LF injection":                "x\nATTENDEE:mailto:evil@example.com",
	"CR injection":                "x\rSTATUS:CANCELLED",
	"a fold as typed":             "x\r\n y\n\tz",
	"Unicode line breaks":         "x\u0085SUMMARY:y\u2028SUMMARY:z\u2029SUMMARY:w",
	"control characters":          "\x00a\x01b\x0bc\x0cd\x1be\x7ff\u009bg",
	"spaces and tabs around":      " \t x\t ",
	"spaces where lines fold":     strings.Repeat(" \t", 200) + "x",
	"only line breaks":            "\r\n\r\r\n",
	"a byte order mark":           "\ufeffx\ufeff",
	"bytes that are no UTF-8":     "a\xffb\xd9",
	"carets and quotes":           `^n ^' ^^ "q" VALUE=DATE:`,
	"decomposed letters":          "e\u0301 ا\u0653 \u0647\u0654",
}

// readCalendar is what test/oracle/feed.mjs says of one calendar.
type readCalendar struct {
	Version, Method, Product, Name, ShownName string
	Refresh                                   int // seconds
	Lines                                     []string
	Events                                    []struct {
		feed.Event
		Lines []string
	}
}

// askNode has ical.js read the texts. It needs Node, and fails without it.
func askNode(t *testing.T, texts []string) (read []readCalendar) {
	t.Helper()
	asked, err := json.Marshal(texts)
	if err != nil {
		t.Fatal(err)
	}
	node := exec.Command("node", "../../test/oracle/feed.mjs")
	var complaint bytes.Buffer
	node.Stdin, node.Stderr = bytes.NewReader(asked), &complaint
	said, err := node.Output()
	if err != nil {
		t.Fatalf("asking Node to read the calendars: %v\n%s", err, complaint.String())
	}
	if err := json.Unmarshal(said, &read); err != nil {
		t.Fatal(err)
	}
	if len(read) != len(texts) {
		t.Fatalf("%d calendars read, want %d", len(read), len(texts))
	}
	return read
}

// The parser behind Thunderbird reads the same, text by text, and an empty
// calendar too.
func TestNastyTextsAreReadByAnother(t *testing.T) {
	names := slices.Sorted(maps.Keys(nasty))
	calendars := []feed.Calendar{holding()}
	for _, name := range names {
		text := nasty[name]
		e, plain := visit(), visit()
		e.UID, e.Summary, e.Description, e.Location = "u"+text, text, "d"+text, text+"l"
		plain.Ends = plain.Starts
		c := holding(e, plain)
		c.Name, c.Product, c.Refresh = text, "p"+text, time.Hour+time.Second
		calendars = append(calendars, c)
	}
	texts := make([]string, len(calendars))
	for i, c := range calendars {
		texts[i] = written(t, c)
	}
	for i, got := range askNode(t, texts) {
		c, name := calendars[i], append([]string{"no events"}, names...)[i]
		want := readCalendar{
			Version: "2.0", Method: "PUBLISH", Product: readBack(c.Product), Name: readBack(c.Name), ShownName: readBack(c.Name),
			Refresh: int(c.Refresh.Seconds()), Lines: got.Lines, Events: got.Events,
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-written +read):\n%s", name, diff)
		}
		if len(got.Events) != len(c.Events) {
			t.Errorf("%s: %d events, want %d", name, len(got.Events), len(c.Events))
			continue
		}
		for n, e := range got.Events {
			if diff := cmp.Diff(understood(c.Events[n]), e.Event); diff != "" {
				t.Errorf("%s, event %d (-written +read):\n%s", name, n, diff)
			}
			if slices.Contains(e.Lines, "dtend") != c.Events[n].Ends.After(c.Events[n].Starts) || slices.Contains(e.Lines, "summary") != (e.Summary != "") {
				t.Errorf("%s, event %d has the lines %v", name, n, e.Lines)
			}
		}
	}
}
