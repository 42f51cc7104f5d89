package clinic

import (
	"daftar/internal/jalali"
	"daftar/internal/money"
)

// Ages are the columns of a list of debts by age: up to the first bound of
// MoneyRules.Aging, up to the second, up to the third, and older.
const Ages = 4

// AgeOf is the column of a debt of the day, seen from today.
func (r MoneyRules) AgeOf(day, today jalali.Day) int {
	days := today.Sub(day)
	for i, bound := range r.Aging {
		if days <= bound {
			return i
		}
	}
	return Ages - 1
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
