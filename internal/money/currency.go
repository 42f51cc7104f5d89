package money

import "daftar/internal/fault"

// Currency is a unit of account. Scale is the number of digits after the
// decimal point, so one unit is 10^Scale minor units.
type Currency struct {
	Code  string // ISO 4217
	Scale int
}

// The currencies a clinic may keep its books in.
var (
	IRR = Currency{Code: "IRR", Scale: 0}
	USD = Currency{Code: "USD", Scale: 2}
)

// IRT shows and reads rials as tomans, ten to one; the amounts stay rials. It
// is a unit of the screen: no clinic keeps its books in it, so CurrencyOf does
// not know it.
var IRT = Currency{Code: "IRT", Scale: 1}

// CurrencyOf returns the currency with the ISO code, or money.currency.
func CurrencyOf(code string) (Currency, error) {
	switch code {
	case IRR.Code:
		return IRR, nil
	case USD.Code:
		return USD, nil
	}
	return Currency{}, fault.New(fault.Invalid, "money.currency", "the currency is not known")
}

// Name returns the Persian name of the unit, as printed after an amount. A
// currency without one shows its code.
func (c Currency) Name() string {
	switch c.Code {
	case IRR.Code:
		return "ریال"
	case IRT.Code:
		return "تومان"
	case USD.Code:
		return "دلار"
	}
	return c.Code
}

// unit returns the number of minor units in one unit.
func (c Currency) unit() uint64 {
	u := uint64(1)
	for range c.Scale {
		u *= 10
	}
	return u
}
