package clinic

import (
	"daftar/internal/fault"
	"daftar/internal/money"
)

// CheckDepositRefund checks the line by which money of a deposit goes back.
// Money goes back the way it came: what came in cash as cash, what came from a
// card or an account to one, unless somebody says why not (override). in are
// the lines by which the deposit was received, out those by which parts of it
// went back, negative; a deposit made of credit has none and goes back any way.
//
// Refused refund.source when less came that way, with the limit and the way
// that it came first.
func CheckDepositRefund(in, out []MoneyLine, back MoneyLine, override string) error {
	if len(in) == 0 || override != "" {
		return nil
	}
	var limit money.Amount
	for _, lines := range [][]MoneyLine{in, out} {
		for _, l := range lines {
			if l.Method.fromBank() == back.Method.fromBank() {
				limit += l.Amount
			}
		}
	}
	if limit = max(0, limit); back.Amount > limit {
		return fault.New(fault.Refused, "refund.source", "only %v of the deposit came that way", limit).
			With("limit", limit.String()).With("method", string(in[0].Method)).At("override_reason")
	}
	return nil
}

// BackBy is how money that came by the lines goes back when nothing is said: as
// it came first, from a terminal to the card.
func BackBy(in []MoneyLine) Method {
	for _, l := range in {
		switch {
		case l.Amount <= 0:
		case l.Method == POS || l.Method == Gateway:
			return CardToCard
		default:
			return l.Method
		}
	}
	return Cash
}

// Of is the deposit that the rule asks for of a price.
func (r DepositRule) Of(price money.Amount) money.Amount {
	if r.Rate > 0 {
		return price.Share(r.Rate)
	}
	return r.Amount
}
