package view

import (
	"slices"
	"time"

	"github.com/a-h/templ"

	"daftar/internal/jalali"
)

// CalendarPage is the page of appointments in one of its views.
type CalendarPage struct {
	Chrome    Chrome
	View      string // "day", "week", "month", "list", "queue" or "waitlist"
	URL       string // of this very page
	Title     string // of what is on show: the day, the week, the month
	Day       jalali.Day
	Days      []StripDay // of the week around it; none where a view has no day
	Earlier   string     // addresses of the days, weeks or months beside
	Later     string
	Before    string // of the day before and behind Day
	Behind    string
	TodayURL  string
	Views     []Chip
	Providers []Chip // to limit it to one; the first is all of them
	Fields    []ListField
	Kept      []Choice
	FreeURL   string // of the first free times
	NewURL    string // "" for who may not book
	PrintURL  string
	Board     *Board
	Month     []MonthWeek
	Table     *TableGroup
	Newer     string
	Older     string
	Queue     []QueueGroup
	Empty     string // what is said when there is nothing
	EmptyText string
	EmptyURL  string // of what to do about it; "" for nothing
	EmptyDo   string
}

// StripDay is a day of the strip.
type StripDay struct {
	Day     jalali.Day
	URL     string
	Number  string
	Count   int // of appointments
	Holiday string
	Off     bool // nobody works
	On      bool
	Today   bool
}

// MonthWeek is a row of the month.
type MonthWeek [7]MonthCell

// MonthCell is a day of the month.
type MonthCell struct {
	StripDay
	Other bool // it is of the month before or after
}

// QueueGroup is people of today who are equally far.
type QueueGroup struct {
	Key   string // "expected", "waiting", "room" or "done"
	Title string
	Items []QueueItem
}

// QueueItem is one of them. Since is when the wait began and Late when the time
// was; zero where there is nothing to count.
type QueueItem struct {
	ID       string
	Patient  *TablePatient
	Clock    string
	Provider string
	Service  string
	Phone    string
	Status   string
	Tone     string
	Since    time.Time
	Wait     string // how long it is, in words
	Words    string // how it is said, with {n} for the minutes
	Long     bool
	Links    []TableLink
}

// CalendarFree is the page of the first free times.
type CalendarFree struct {
	Chrome  Chrome
	Fields  []ListField
	Kept    []Choice
	Days    []CalendarFreeDay
	Back    string
	Problem string
}

// CalendarFreeDay are free times of a day.
type CalendarFreeDay struct {
	Day   jalali.Day
	Times []Chip
}

// AppointmentPatient is the page that asks for whom a time is.
type AppointmentPatient struct {
	Chrome   Chrome
	Query    string
	Kept     []Choice // that the search keeps
	When     string   // the time that was chosen, in words; "" for none
	Search   string   // address of the search without what is searched
	Found    []PatientOffer
	Short    bool // too little was typed
	More     bool
	Register string // "" for who may not
	Back     string
}

// PatientOffer is one who was found.
type PatientOffer struct{ ID, URL, Name, Detail string }

// DayPaper is the list of a day on paper, one part for each provider.
type DayPaper struct {
	Clinic, Branch string
	Head           []string
	Day            jalali.Day
	Holiday        string
	Parts          []DayPaperPart
	Back           string
	Now            bool
	At             time.Time
}

// DayPaperPart is a provider's day.
type DayPaperPart struct {
	Provider, Hours string
	Rows            []DayPaperRow
}

// DayPaperRow is an appointment on paper.
type DayPaperRow struct {
	Clock, Name, File, Service, Status, Phone, Note string
	Off                                             bool
}

// Edge is a link that only a key reaches, the day before the strip or behind
// it.
type Edge struct{ URL, Key, Text string }

// stepKey is the arrow that leads to what is later, or earlier, as the page is
// written.
func stepKey(l Locale, later bool) string {
	if later == (l.Lang.Dir() == "rtl") {
		return "ArrowLeft"
	}
	return "ArrowRight"
}

// weekKey binds the arrows to the weeks where a whole one is on show.
func weekKey(p CalendarPage, later bool) templ.Attributes {
	if p.View != "week" {
		return nil
	}
	return templ.Attributes{"data-key": stepKey(p.Chrome.L, later)}
}

// dayKey binds the arrows to the days beside the one on show.
func dayKey(p CalendarPage, i int) templ.Attributes {
	at := p.at()
	if p.View == "week" || at < 0 || i != at-1 && i != at+1 {
		return nil
	}
	return templ.Attributes{"data-key": stepKey(p.Chrome.L, i > at)}
}

// at is where the day on show stands in the strip; below zero for nowhere.
func (p CalendarPage) at() int {
	return slices.IndexFunc(p.Days, func(d StripDay) bool { return d.Day == p.Day })
}

// edges lead from the first and the last day of the strip on, by the arrows.
func (p CalendarPage) edges() (all []Edge) {
	at := p.at()
	if p.View == "week" {
		return nil
	}
	if at == 0 {
		all = append(all, Edge{p.Before, stepKey(p.Chrome.L, false), p.Chrome.L.T("calendar.earlier.day")})
	}
	if at == len(p.Days)-1 && at > 0 {
		all = append(all, Edge{p.Behind, stepKey(p.Chrome.L, true), p.Chrome.L.T("calendar.later.day")})
	}
	return all
}

// currentDay is aria-current of a day.
func currentDay(d StripDay) string {
	switch {
	case d.On:
		return "page"
	case d.Today:
		return "date"
	}
	return "false"
}

// stripLabel says a day of the strip in full.
func stripLabel(l Locale, d StripDay) string {
	text := l.DayLong(d.Day)
	if d.Holiday != "" {
		text += l.T("word.comma") + d.Holiday
	} else if d.Off {
		text += l.T("word.comma") + l.T("calendar.off")
	}
	if d.Count > 0 {
		text += l.T("word.comma") + l.T("calendar.count", "n", d.Count)
	}
	return text
}

// cardName is whose a card is.
func cardName(l Locale, c BoardCard) string {
	if c.Patient == nil {
		return l.T("calendar.hidden")
	}
	return c.Patient.Name
}

// dotted is a text after a dot, nothing for none.
func dotted(text string) string {
	if text == "" {
		return ""
	}
	return " · " + text
}
