package view

import "github.com/a-h/templ"

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
