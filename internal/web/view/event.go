package view

import (
	"strings"

	"daftar/internal/money"
)

// eventLook is how one kind of event is drawn.
type eventLook struct {
	key  string // of its name
	icon string
	tone string
}

// eventLooks holds the kinds that a timeline can show; a feature adds its own
// as rows.
var eventLooks = map[string]eventLook{
	"admission":         {"event.admission", "clipboard-list", "due"},
	"admission_draft":   {"event.admission_draft", "clipboard-pen", "hold"},
	"admission_cancel":  {"event.admission_cancel", "undo-2", "plain"},
	"admission_change":  {"event.admission_change", "clipboard-pen", "due"},
	"admission_reopen":  {"event.admission_reopen", "clipboard-pen", "due"},
	"admission_again":   {"event.admission_again", "clipboard-list", "due"},
	"receipt":           {"event.receipt", "banknote", "ok"},
	"void":              {"event.void", "undo-2", "plain"},
	"method_change":     {"event.method_change", "arrow-left-right", "plain"},
	"receipt_transfer":  {"event.receipt_transfer", "arrow-left-right", "plain"},
	"refund":            {"event.refund", "hand-coins", "due"},
	"deposit":           {"event.deposit", "piggy-bank", "hold"},
	"deposit_apply":     {"event.deposit_apply", "piggy-bank", "ok"},
	"deposit_account":   {"event.deposit_account", "piggy-bank", "ok"},
	"deposit_unapply":   {"event.deposit_unapply", "undo-2", "plain"},
	"deposit_refund":    {"event.deposit_refund", "hand-coins", "plain"},
	"deposit_forfeit":   {"event.deposit_forfeit", "eraser", "plain"},
	"credit_to_deposit": {"event.credit_to_deposit", "piggy-bank", "hold"},
	"late_discount":     {"event.late_discount", "tag", "ok"},
	"write_off":         {"event.write_off", "eraser", "hold"},
	"recovery":          {"event.recovery", "undo-2", "plain"},
	"transfer":          {"event.transfer", "arrow-left-right", "info"},
	"insurer_payment":   {"event.insurer_payment", "shield-check", "info"},
	"insurer_deduction": {"event.insurer_deduction", "shield-off", "plain"},
	"cheque_clear":      {"event.cheque_clear", "landmark", "ok"},
	"cheque_bounce":     {"event.cheque_bounce", "circle-alert", "due"},
	"cheque_return":     {"event.cheque_return", "undo-2", "plain"},
	"cheque_swap":       {"event.cheque_swap", "arrow-left-right", "info"},
	"commission":        {"event.commission", "users", "info"},
	"commission_paid":   {"event.commission_paid", "users", "ok"},
	"appointment":       {"event.appointment", "calendar-clock", "info"},
	"activity":          {"event.activity", "phone", "info"},
	"lead":              {"event.lead", "user-search", "info"},
	"registration":      {"event.registration", "user-plus", "info"},
	"merge":             {"event.merge", "users", "info"},
	"file_transfer":     {"event.file_transfer", "arrow-left-right", "plain"},
}

// look is how events of a kind are drawn; an unknown kind is a plain document.
func look(kind string) eventLook {
	if found, ok := eventLooks[kind]; ok {
		return found
	}
	return eventLook{"event.other", "file-text", "plain"}
}

// EventName is the key of the name of a kind.
func EventName(kind string) string { return look(kind).key }

// month is a run of events under one rule.
type month struct {
	ahead  bool
	events []Event
}

// byMonth cuts events into runs of one month of the reader's calendar each,
// keeping their order; those that lie ahead are a run of their own.
func byMonth(l Locale, events []Event) []month {
	var months []month
	for _, e := range events {
		last := len(months) - 1
		if last < 0 || !together(l, months[last].events[0], e) {
			months = append(months, month{ahead: e.Ahead})
			last++
		}
		months[last].events = append(months[last].events, e)
	}
	return months
}

func together(l Locale, a, b Event) bool {
	if a.Ahead || b.Ahead {
		return a.Ahead == b.Ahead
	}
	return l.sameMonth(a.Day, b.Day)
}

// effectTone is the colour of what a row did to the debt.
func effectTone(a money.Amount) string {
	switch {
	case a > 0:
		return "debtor"
	case a < 0:
		return "creditor"
	}
	return ""
}

// ReversedName is the key of what is said of a row that no longer holds: an
// admission is cancelled, a document is void.
func ReversedName(kind string) string {
	if strings.HasPrefix(kind, "admission") || kind == "appointment" {
		return "event.cancelled"
	}
	return "event.voided"
}
