package web

import (
	"daftar/internal/money"
	"daftar/internal/web/view"
)

// amount reads an amount that was typed into a form, in the unit that the form
// showed beside it. The form says so itself in a hidden field: had it been the
// clinic's unit of now, one that was changed meanwhile would make every amount
// ten times what was meant. Faults of money.Currency.Parse.
func amount(v visit, typed string) (money.Amount, error) { return formUnit(v).Parse(typed) }

// formUnit is the unit that the form showed.
func formUnit(v visit) money.Currency {
	switch v.r.PostFormValue(view.UnitName) {
	case money.IRT.Code:
		if v.clinic.Currency == money.IRR {
			return money.IRT
		}
	case v.clinic.Currency.Code:
		return v.clinic.Currency
	}
	return v.l.Display()
}

// typedAmount is what a form that is shown again holds: as typed, or in the
// unit of now when the form showed another.
func typedAmount(v visit, typed string, value money.Amount) string {
	if value == 0 || formUnit(v) == v.l.Display() {
		return typed
	}
	return v.l.Amount(value)
}
