package clinic

import (
	"bytes"
	"path"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"daftar/internal/farsi"
	"daftar/internal/fault"
)

// TicketID names a ticket, AttachmentID a file of one.
type (
	TicketID     int64
	AttachmentID int64
)

// TicketStatus is where a ticket stands.
type TicketStatus string

// A ticket is written, taken up, answered and closed; a word from its author
// opens it again.
const (
	TicketOpen       TicketStatus = "open"
	TicketInProgress TicketStatus = "in_progress"
	TicketAnswered   TicketStatus = "answered"
	TicketClosed     TicketStatus = "closed"
)

// TicketStatuses lists them in the order of the list's filter.
var TicketStatuses = []TicketStatus{TicketOpen, TicketInProgress, TicketAnswered, TicketClosed}

// TicketAreas are the parts of the program that a ticket may be about.
var TicketAreas = []string{"patients", "statement", "admissions", "cashier", "settings", "access", "other"}

// Ticket is a problem that somebody reports. Page is where, without ids: who
// was on the screen is nobody's business here.
type Ticket struct {
	ID            TicketID
	Number        int64
	Subject, Text string
	Status        TicketStatus
	Area          string // one of TicketAreas
	Page          string // "/patients/{}/statement/summary"
	Build         string // version of the program
	Staff         StaffID
	Branch        BranchID
	At            time.Time
	Moved         time.Time // when something was last added
	Version       int64
}

// TicketReply is what somebody answered, and the status afterwards.
type TicketReply struct {
	Ticket TicketID
	Staff  StaffID
	Text   string
	Status TicketStatus
	At     time.Time
}

const (
	maxSubject  = 120
	maxTicket   = 4000
	maxPage     = 120
	maxSegments = 8
)

// Check cleans a new ticket. Invalid ticket.subject, ticket.text, ticket.area,
// text.long, text.utf8.
func (t Ticket) Check() (Ticket, error) {
	if err := cleanAll([]field{{"subject", &t.Subject, maxSubject}, {"build", &t.Build, 100}}); err != nil {
		return t, err
	}
	text, err := farsi.CleanLines(t.Text, maxTicket)
	if err != nil {
		return t, at(err, "text")
	}
	t.Text, t.Page = text, PlainPage(t.Page)
	if t.Area == "" {
		t.Area = AreaOf(t.Page)
	}
	switch {
	case t.Subject == "":
		return t, fault.New(fault.Invalid, "ticket.subject", "a ticket has a subject").At("subject")
	case t.Text == "":
		return t, fault.New(fault.Invalid, "ticket.text", "a ticket says what happened").At("text")
	case !slices.Contains(TicketAreas, t.Area):
		return t, fault.New(fault.Invalid, "ticket.area", "there is no area %q", t.Area).At("area")
	}
	return t, nil
}

// Answer is what may be done to a ticket: a text, another status, or both.
// Manages: whoever answers looks after tickets.
type Answer struct {
	Text    string
	Status  TicketStatus // "" for what follows from the text
	Manages bool
}

// Reply returns the cleaned text and the status of the ticket after an answer
// by the person. The author's text opens it again, a manager's answers it;
// both may close it, and only a manager takes it up. Invalid ticket.text,
// ticket.status, text.long; Refused ticket.author.
func (t Ticket) Reply(by StaffID, a Answer) (string, TicketStatus, error) {
	text, err := farsi.CleanLines(a.Text, maxTicket)
	if err != nil {
		return "", "", at(err, "text")
	}
	next := a.Status
	switch {
	case next != "" && !slices.Contains(TicketStatuses, next):
		return "", "", fault.New(fault.Invalid, "ticket.status", "there is no status %q", next).At("status")
	case text == "" && (next == "" || next == t.Status):
		return "", "", fault.New(fault.Invalid, "ticket.text", "an answer says something").At("text")
	case !a.Manages && (next == TicketInProgress || next == TicketAnswered):
		return "", "", fault.New(fault.Refused, "ticket.author", "whoever looks after tickets decides this").At("status")
	case next != "":
		return text, next, nil
	case by != t.Staff:
		return text, TicketAnswered, nil
	case t.Status == TicketInProgress:
		return text, TicketInProgress, nil
	}
	return text, TicketOpen, nil
}

// PlainPage is the path of a page without anything that could name a person:
// no query, and {} for every segment that is not a plain lower-case word.
func PlainPage(page string) string {
	page, _, _ = strings.Cut(page, "?")
	page, _, _ = strings.Cut(page, "#")
	var kept []string
	for segment := range strings.SplitSeq(page, "/") {
		switch {
		case segment == "":
			continue
		case len(kept) == maxSegments:
			return "/" + strings.Join(kept, "/")
		case plainWord(segment):
			kept = append(kept, segment)
		default:
			kept = append(kept, "{}")
		}
	}
	page = "/" + strings.Join(kept, "/")
	return page[:min(len(page), maxPage)]
}

// plainWord reports whether a segment is a word of the site's own addresses:
// a-z, - and _, as long as such words are.
func plainWord(s string) bool {
	for _, r := range s {
		if (r < 'a' || r > 'z') && r != '-' && r != '_' {
			return false
		}
	}
	return len(s) <= 24
}

// AreaOf is the area that a page belongs to.
func AreaOf(page string) string {
	for _, a := range []struct{ part, area string }{{"/statement", "statement"}, {"/cashier", "cashier"}, {"/receipts", "cashier"},
		{"/admissions", "admissions"}, {"/settings", "settings"}, {"/access", "access"}, {"/staff", "access"}, {"/audit", "access"},
		{"/patients", "patients"}} {
		if strings.Contains(page, a.part) {
			return a.area
		}
	}
	return "other"
}

// MaxAttachment is the most that one file of a ticket holds, in bytes.
const MaxAttachment = 5 << 20

// Attachment is a file of a ticket. Kind is the media type that its content
// was found to be, whatever it calls itself.
type Attachment struct {
	ID      AttachmentID
	Ticket  TicketID
	Name    string
	Kind    string
	Size    int
	Content []byte
}

// CheckAttachment looks into a file and cleans its name. Only pictures, PDF and
// plain text are taken, and only under their own name. Invalid file.empty,
// file.large, file.kind.
func CheckAttachment(name string, content []byte) (Attachment, error) {
	switch {
	case len(content) == 0:
		return Attachment{}, fault.New(fault.Invalid, "file.empty", "the file is empty").At("file")
	case len(content) > MaxAttachment:
		return Attachment{}, fault.New(fault.Invalid, "file.large", "the file is larger than 5 MB").At("file").With("megabytes", "5")
	}
	wrong := fault.New(fault.Invalid, "file.kind", "a file is PNG, JPEG, PDF or plain text").At("file")
	if !utf8.ValidString(name) {
		return Attachment{}, wrong
	}
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name, err := farsi.Clean(name, 1000)
	if err != nil {
		return Attachment{}, wrong
	}
	extension := strings.ToLower(path.Ext(name))
	kind := kindOf(content)
	if kind == "" || kinds[extension] != kind {
		return Attachment{}, wrong
	}
	stem := []rune(strings.TrimSuffix(name, path.Ext(name)))
	name = strings.Trim(string(stem[:min(len(stem), 80)]), ". ")
	if name == "" {
		name = "file"
	}
	return Attachment{Name: name + extension, Kind: kind, Size: len(content), Content: content}, nil
}

// kinds are the media types that are taken, by the end of the name.
var kinds = map[string]string{".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".pdf": "application/pdf", ".txt": "text/plain"}

// kindOf is the media type that the content is, "" for one that is not taken.
// Text is UTF-8 without control characters and no markup.
func kindOf(content []byte) string {
	for _, k := range []struct{ begins, kind string }{{"\x89PNG\r\n\x1a\n", "image/png"}, {"\xff\xd8\xff", "image/jpeg"}, {"%PDF-", "application/pdf"}} {
		if bytes.HasPrefix(content, []byte(k.begins)) {
			return k.kind
		}
	}
	control := func(r rune) bool { return r < ' ' && r != '\n' && r != '\r' && r != '\t' || r == 0x7f }
	if !utf8.Valid(content) || bytes.ContainsFunc(content, control) || bytes.HasPrefix(bytes.TrimLeft(content, "\ufeff \t\r\n"), []byte("<")) {
		return ""
	}
	return "text/plain"
}
