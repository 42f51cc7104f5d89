package view

import (
	"time"

	"daftar/internal/jalali"
)

// What a right can be beside the role's preset; "" is as the role has it.
const (
	RightGranted   = "granted"
	RightWithdrawn = "withdrawn"
)

// StaffList is the page of everyone who works or worked here.
type StaffList struct {
	Chrome   Chrome
	Settings bool // the reader may change how people sign in
	Rows     []StaffRow
}

// StaffRow is one person.
type StaffRow struct {
	ID, Name, Username, Role, Branch string
	Disabled                         bool
	Seen                             time.Time // zero: never
	Factor                           bool
	Sessions                         int
	Self                             bool // the reader
	Rights                           bool // other than the role's
}

// StaffForm is the form of a person's place, as it was typed.
type StaffForm struct {
	Name, Username, Role, Branch string
	States                       map[string]string // of rights; see RightGranted
	Version, Request             string
	Roles, Branches              []Choice
	Problems                     []FieldProblem
}

// StaffNew is the page for a new person.
type StaffNew struct {
	Chrome Chrome
	Form   StaffForm
}

// StaffOne is the page of one person.
type StaffOne struct {
	Chrome Chrome
	Row    StaffRow
	Form   StaffForm
	Rights []RightRow
	Above  bool // may do more than the reader, who changes nothing then
}

// RightRow is one permission of a person.
type RightRow struct {
	Key, Text string
	Given     bool // by the role
	Has       bool // the person has it now
	State     string
}

// Roles is the page of what each role may do.
type Roles struct {
	Chrome   Chrome
	Settings bool // the reader may change how people sign in
	Roles    []string
	Rows     []RoleRow
}

// RoleRow is one permission and whether each of the roles has it.
type RoleRow struct {
	Text  string
	Given []bool
}

// SignInRules is the page of how people sign in, as it was typed.
type SignInRules struct {
	Chrome      Chrome
	Staff       bool   // the reader may see the staff
	Idle, Lasts string // minutes, hours
	Factor      bool   // asked of managers
	Problems    []FieldProblem
}

// stamp writes a moment as day and time; none is a dash.
func stamp(l Locale, t time.Time) string {
	if t.IsZero() {
		return l.T("word.none")
	}
	zone := l.Zone
	if zone == nil {
		zone = time.UTC
	}
	day := jalali.DayOf(t, zone)
	switch {
	case day == l.Today:
		return l.T("word.today") + " " + l.Clock(t)
	case l.Today != "" && l.Today.Sub(day) == 1:
		return l.T("word.yesterday") + " " + l.Clock(t)
	}
	return l.Day(day) + " " + l.Clock(t)
}
