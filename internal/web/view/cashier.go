package view

import (
	"slices"
	"strconv"

	"github.com/a-h/templ"
)

// lineField is the name and id of a field of the i-th method line, counted
// from zero: "amount-0".
func lineField(name string, i int) string { return name + "-" + strconv.Itoa(i) }

// focus is the field where the person goes on: the first to mend, else the
// first amount. It is "" when what is wrong is in no field.
func (c Cashier) focus() string {
	if len(c.Problems) == 0 {
		return lineField("amount", 0)
	}
	return c.Problems[0].Field
}

// chosen reports whether the cashier said what the money is for.
func (c Cashier) chosen() bool {
	return slices.ContainsFunc(c.Open, func(o OpenPart) bool { return o.Typed != "" })
}

// latinField are the attributes of a field of digits.
func latinField(latin bool) templ.Attributes {
	if !latin {
		return nil
	}
	return templ.Attributes{"dir": "ltr", "inputmode": "numeric", "autocapitalize": "none", "spellcheck": "false"}
}

func amountLabel(l Locale, i int) string {
	if i == 0 {
		return l.T("cashier.amount", "unit", l.Unit())
	}
	return l.T("cashier.amount.line", "n", i+1, "unit", l.Unit())
}

// amountMode is the keyboard a phone shows for an amount.
func amountMode(l Locale) string {
	if l.Display().Scale == 0 {
		return "numeric"
	}
	return "decimal"
}

// suspicion says why the amount looks wrong, in the unit that is shown.
func suspicion(o Outcome) string {
	key := "cashier.suspect." + o.Suspect
	if o.L.InToman && o.Suspect != "far" {
		key += ".toman"
	}
	return o.L.T(key)
}

func methodIcon(method string) string {
	switch method {
	case "cash":
		return "banknote"
	case "pos":
		return "credit-card"
	case "card_to_card":
		return "arrow-left-right"
	case "cheque":
		return "scroll-text"
	}
	return "landmark"
}
