package view

import (
	"slices"
	"strings"
)

// services names what an admission was for: the first service, and how many
// more there are when they do not all fit.
func services(l Locale, lines []ServiceLine) string {
	const fit = 2
	names := make([]string, 0, len(lines))
	for _, s := range lines {
		names = append(names, s.Service)
	}
	if len(names) == 0 {
		return l.T("word.none")
	}
	if len(names) <= fit {
		return strings.Join(names, listMark(l))
	}
	return l.T("admissions.more", "first", names[0], "n", len(names)-1)
}

// providers names each provider of an admission once.
func providers(lines []ServiceLine) string {
	var names []string
	for _, s := range lines {
		if s.Provider != "" && !slices.Contains(names, s.Provider) {
			names = append(names, s.Provider)
		}
	}
	return strings.Join(names, " · ")
}

func listMark(l Locale) string {
	if l.Lang.Dir() == "ltr" {
		return ", "
	}
	return "، "
}

// statusTone is the colour of a status beside its word.
func statusTone(status string) string {
	switch status {
	case "draft", "in_progress":
		return "hold"
	case "completed":
		return "info"
	}
	return ""
}

// payTone is the colour of a payment status beside its word.
func payTone(pay string) string {
	switch pay {
	case "unpaid":
		return "debtor"
	case "partially_paid":
		return "hold"
	case "overpayment":
		return "creditor"
	}
	return "creditor"
}

// nextStatus are the states that can be set from one, the usual one first.
func nextStatus(status string) []string {
	switch status {
	case "waiting":
		return []string{"in_progress", "completed"}
	case "in_progress":
		return []string{"completed", "waiting"}
	case "completed":
		return []string{"in_progress"}
	}
	return nil
}

// performIcon is the sign of a step from one state to the next.
func performIcon(from, next string) string {
	switch {
	case next == "completed":
		return "check"
	case from == "waiting":
		return "play"
	}
	return "undo-2"
}
