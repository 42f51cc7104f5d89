package clinic

import (
	"daftar/internal/jalali"
	"daftar/internal/money"
)

// Ages are the columns of a list of debts by age: up to the first bound of
// MoneyRules.Aging, up to the second, up to the third, older, and Future.
const Ages = 5

// Future is the column of what is not due yet: the instalments to come.
const Future = Ages - 1

// AgeOf is the column of a debt of the day, seen from today.
func (r MoneyRules) AgeOf(day, today jalali.Day) int {
	days := today.Sub(day)
	if days < 0 {
		return Future
	}
	for i, bound := range r.Aging {
		if days <= bound {
			return i
		}
	}
	return Future - 1
}

// Aged is what is owed by age.
type Aged [Ages]money.Amount

// Sum is all of it.
func (a Aged) Sum() (sum money.Amount) {
	for _, part := range a {
		sum += part
	}
	return sum
}

// Plus adds another.
func (a Aged) Plus(b Aged) Aged {
	for i := range a {
		a[i] += b[i]
	}
	return a
}
