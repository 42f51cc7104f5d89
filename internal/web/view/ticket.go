package view

import (
	"time"

	"daftar/internal/jalali"
)

// Tickets is the list of problem reports.
type Tickets struct {
	Chrome  Chrome
	Filters []Chip
	New     string
	Older   string // path of the page after; "" when this is the last
	All     bool   // tickets of others are in it: who wrote them is shown
	Rows    []TicketRow
}

// TicketRow is one line of the list.
type TicketRow struct {
	ID, Number, Subject, Status, Area string
	Staff, Branch                     string
	Moved                             time.Time
}

// NewTicket is the form of a problem report.
type NewTicket struct {
	Chrome        Chrome
	Request       string
	Page          string // where, without ids
	Build         string
	User, Branch  string
	Area          string
	Areas         []Choice
	Subject, Text string
	Problems      []FieldProblem
}

// Ticket is a report with all that was said about it.
type Ticket struct {
	Chrome   Chrome
	ID       string
	Number   string
	Subject  string
	Status   string
	Area     string
	Page     string
	Build    string
	Branch   string
	Words    []TicketWord // the report itself first
	Files    []TicketFile
	Request  string
	Version  string
	Text     string   // of the answer, as typed
	Next     string   // the status chosen
	Statuses []Choice // that the reader may give it
	Problems []FieldProblem
	Stale    bool
}

// TicketWord is the report or an answer to it.
type TicketWord struct {
	Staff  string
	Text   string // "" when only the status changed
	Status string // that it brought; "" for the report itself
	At     time.Time
	Theirs bool // not the author's
}

// TicketFile leads to a file.
type TicketFile struct{ Name, URL, Size string }

// ticketTone is the colour of a status.
func ticketTone(status string) string {
	switch status {
	case "open":
		return "hold"
	case "in_progress":
		return "info"
	case "answered":
		return "ok"
	}
	return ""
}

// Moment writes the day and the time of t on the clinic's wall.
func (l Locale) Moment(t time.Time) string {
	zone := l.Zone
	if zone == nil {
		zone = time.UTC
	}
	return l.Day(jalali.DayOf(t, zone)) + " " + l.Clock(t)
}
