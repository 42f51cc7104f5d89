package view

import (
	"strings"

	"github.com/a-h/templ"
)

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
