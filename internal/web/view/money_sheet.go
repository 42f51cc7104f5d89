package view

import (
	"github.com/a-h/templ"

	"daftar/internal/money"
)

// submits are the attributes of a form that puts its answer into the open
// window; a form on a page of its own is a plain one.
func submits(m MoneySheet) templ.Attributes {
	if m.Tab == "" && m.Files {
		return templ.Attributes{"enctype": "multipart/form-data"}
	}
	if m.Tab == "" {
		return nil
	}
	return templ.Attributes{"hx-post": m.Action, "hx-target": "#statement", "hx-select": "#statement", "hx-swap": "outerHTML"}
}

func changeTone(c Change) string {
	if c.Balance {
		return side(c.After)
	}
	return ""
}

// changed is a figure as an effect writes it.
func changed(l Locale, c Change, a money.Amount) string {
	if c.Balance {
		return l.Position(a)
	}
	return l.Amount(a)
}
