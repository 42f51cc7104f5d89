package view

import (
	"strings"
	"time"

	"daftar/internal/jalali"
	"daftar/internal/message"
)

// Audit is the page of who did and saw what.
type Audit struct {
	Chrome        Chrome
	Path          string
	Groups        []Chip
	Group         string // that is on, kept by the form
	Person        *AuditPerson
	WithoutPerson string // path without the person
	Who           string // as typed
	Found         []AuditFound
	Staff         string
	StaffChoices  []Choice
	From, To      string // as typed
	Problems      []FieldProblem
	Filtered      bool
	Rows          []AuditRow
	Newest, Older string     // paths; "" where there is no such page
	UntilDay      jalali.Day // how far the page looked, when there is an older one
	Until         time.Time
	CSV           string
	Receives      bool
}

// AuditPerson is a patient whom a line names.
type AuditPerson struct {
	ID     string
	Name   string
	File   string
	Mobile string
}

// AuditFound is one person who may be meant by what was typed.
type AuditFound struct {
	Name string
	File string
	URL  string
}

// AuditRow is one line.
type AuditRow struct {
	ID        string
	Day       jalali.Day
	At        time.Time
	Staff     string
	Action    string
	Tone      string // of the action: "", "info", "ok", "due", "hold", "club"
	Person    *AuditPerson
	Hidden    bool   // it is about one of another branch
	List      string // whom else it showed; "" nobody
	ListURL   string
	Record    string // of the books; "" none
	RecordURL string
	Detail    AuditDetail
	Origin    AuditOrigin
}

// AuditDetail is why something was refused, and at which route.
type AuditDetail struct{ Why, Route string }

// AuditOrigin is how and from where.
type AuditOrigin struct{ Way, From string }

// AuditLine is one line with the people that it showed.
type AuditLine struct {
	Chrome   Chrome
	Row      AuditRow
	People   []AuditPerson
	Hidden   int // how many are of other branches
	Back     string
	Receives bool
}

// AuditAction is an action in words, and its code when it has none.
func AuditAction(l Locale, action string) string {
	done, tried := strings.CutSuffix(action, ".preview")
	key := "audit.action." + done
	if !message.Has(key) {
		return action
	}
	if tried {
		return l.T("audit.tried", "action", l.T(key))
	}
	return l.T(key)
}

// newDay reports whether row i is the first of its day.
func newDay(rows []AuditRow, i int) bool { return i == 0 || rows[i].Day != rows[i-1].Day }
