package view

import (
	"strings"

	"github.com/a-h/templ"
)

// keyHelp is one line of what "?" shows: a key or chord and what it does. Its
// text is keys.NAME.
type keyHelp struct {
	name  string
	shown []string
	codes []string // of the keys that parts of pages bind by data-key
}

// keyGroup is the keys that work in one place, under keys.group.NAME.
type keyGroup struct {
	name string
	keys []keyHelp
}

// keyList is every key that does something; a test compares it with what the
// pages bind.
var keyList = []keyGroup{
	{"everywhere", []keyHelp{
		{"palette", []string{"Ctrl K"}, nil},
		{"find", []string{"/"}, []string{"Slash"}},
		{"help", []string{"?"}, []string{"Slash"}},
		{"escape", []string{"Esc"}, nil},
	}},
	{"list", []keyHelp{
		{"found", []string{"Enter", "↓"}, nil},
		{"next", []string{"J"}, nil},
		{"previous", []string{"K"}, nil},
		{"menu", []string{"Enter"}, nil},
		{"new", []string{"N"}, []string{"KeyN"}},
	}},
	{"menu", []keyHelp{
		{"statement", []string{"S"}, []string{"KeyS"}},
		{"admit", []string{"A"}, []string{"KeyA"}},
		{"cashier", []string{"P"}, []string{"KeyP"}},
		{"edit", []string{"E"}, []string{"KeyE"}},
		{"admissions", []string{"L"}, []string{"KeyL"}},
		{"transactions", []string{"T"}, []string{"KeyT"}},
		{"copy.file", []string{"C"}, []string{"KeyC"}},
		{"copy.mobile", []string{"M"}, []string{"KeyM"}},
	}},
	{"window", []keyHelp{
		{"tabs", []string{"1", "2", "3"}, []string{"Digit1", "Digit2", "Digit3"}},
		{"cashier", []string{"P"}, []string{"KeyP"}},
	}},
	{"sheet", []keyHelp{
		{"submit", []string{"Enter", "Ctrl Enter"}, nil},
	}},
	{"palette", []keyHelp{
		{"palette.move", []string{"↑", "↓", "Home", "End"}, nil},
		{"palette.open", []string{"Enter"}, nil},
		{"palette.cashier", []string{"Shift Enter"}, nil},
		{"palette.tab", []string{"Ctrl Enter"}, nil},
	}},
}

// Keys are the codes of all keys that parts of pages may bind.
func Keys() (codes []string) {
	for _, g := range keyList {
		for _, k := range g.keys {
			codes = append(codes, k.codes...)
		}
	}
	return codes
}

// branchName says that name is a branch, unless the name says so itself.
func branchName(l Locale, name string) string {
	if strings.HasPrefix(name, l.T("staff.branch")) {
		return name
	}
	return l.T("app.branch", "name", name)
}

// themeName is the theme a person chose, "auto" when none.
func themeName(theme string) string {
	if theme == "" {
		return "auto"
	}
	return theme
}

func toastIcon(tone string) string {
	if tone == "due" {
		return "circle-alert"
	}
	return "circle-check"
}

// todayOf is the clinic's day for the script, in Latin digits: 1405/09/03, or
// 2026/11/24 for who reads that calendar.
func todayOf(l Locale) string {
	if l.Today == "" {
		return ""
	}
	return l.date(l.Today).String()
}

// findsAsTyped are the attributes of a search box over the list itself;
// elsewhere the box is a form that leads to the list.
func findsAsTyped(c Chrome) templ.Attributes {
	if !c.Finds {
		return nil
	}
	return templ.Attributes{
		"hx-get":     "/patients",
		"hx-trigger": "input changed delay:180ms",
		"hx-target":  "#patients",
		"hx-select":  "#patients",
		"hx-swap":    "outerHTML",
		"hx-sync":    "this:replace",
	}
}
