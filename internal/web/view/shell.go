package view

import (
	"strings"

	"github.com/a-h/templ"
)

// keyList is what "?" shows: one key or chord per line.
var keyList = []struct {
	text string
	keys []string
}{
	{"keys.find", []string{"Ctrl K", "/"}},
	{"keys.next", []string{"J"}},
	{"keys.previous", []string{"K"}},
	{"keys.menu", []string{"Enter"}},
	{"keys.statement", []string{"S"}},
	{"keys.cashier", []string{"P"}},
	{"keys.tabs", []string{"1", "2", "3"}},
	{"keys.submit", []string{"Enter", "Ctrl Enter"}},
	{"keys.escape", []string{"Esc"}},
	{"keys.help", []string{"?"}},
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

// todayOf is the clinic's day for the script, as 1405/09/03 in Latin digits.
func todayOf(l Locale) string {
	if l.Today == "" {
		return ""
	}
	return l.Today.Date().String()
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
