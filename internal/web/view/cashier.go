package view

import "strconv"

// lineField is the name and id of a field of the i-th method line, counted
// from zero: "amount-0".
func lineField(name string, i int) string { return name + "-" + strconv.Itoa(i) }

func amountLabel(l Locale, i int) string {
	if i == 0 {
		return l.T("cashier.amount", "unit", l.Unit())
	}
	return l.T("cashier.amount.line", "n", i+1, "unit", l.Unit())
}

// amountMode is the keyboard a phone shows for an amount.
func amountMode(l Locale) string {
	if l.Currency.Scale == 0 {
		return "numeric"
	}
	return "decimal"
}

func methodIcon(method string) string {
	switch method {
	case "cash":
		return "banknote"
	case "pos":
		return "credit-card"
	case "card_to_card":
		return "arrow-left-right"
	}
	return "landmark"
}
