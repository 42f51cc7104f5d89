package clinic

import "daftar/internal/money"

// DayCharges is what admissions did in a day: Gross less Cancelled is what was
// earned, of which Discount was given, Insurers and patients bear the rest.
type DayCharges struct {
	Gross, Cancelled, Discount, Insurers, VAT, Share money.Amount
}

// Add adds what entries of admissions did to accounts of a kind; back says that
// they reverse others.
func (c DayCharges) Add(account string, back bool, amount money.Amount) DayCharges {
	switch account {
	case AccountIncome:
		if back {
			c.Cancelled += amount
		} else {
			c.Gross -= amount
		}
	case AccountDiscount:
		c.Discount += amount
	case AccountInsurer:
		c.Insurers += amount
	case AccountVAT:
		c.VAT -= amount
	case AccountReceivable:
		c.Share += amount
	}
	return c
}

// Whole reports whether the parts make what was earned.
func (c DayCharges) Whole() bool {
	return c.Gross-c.Cancelled+c.VAT == c.Discount+c.Insurers+c.Share
}
