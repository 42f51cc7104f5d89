package view

import (
	"slices"

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

// comesAnew are the attributes of a part of a form that the fields around it
// decide on.
func comesAnew(f SettingField) templ.Attributes {
	if f.Source == "" {
		return nil
	}
	return templ.Attributes{"hx-get": f.Source, "hx-trigger": f.When, "hx-include": "closest form", "hx-target": "this", "hx-swap": "innerHTML",
		"hx-sync": "this:replace"}
}

// fieldless reports whether a sheet asks for nothing: then its button, or of
// what cannot be undone the way out, has the focus.
func fieldless(m MoneySheet) bool {
	return m.Extra == nil && !slices.ContainsFunc(m.Fields, func(f SettingField) bool { return f.Kind != HiddenField && f.Kind != FixedField })
}

// hasParts reports whether a sheet holds buttons beside its own.
func hasParts(m MoneySheet) bool {
	return slices.ContainsFunc(m.Fields, func(f SettingField) bool { return f.Kind == PartField })
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
