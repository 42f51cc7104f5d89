package clinic

import (
	"time"

	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/money"
)

// DepositRefund is money of a deposit that is given back to the patient.
type DepositRefund struct {
	ID      int64
	Deposit DepositID
	Patient PatientID
	Number  Number
	Branch  BranchID
	Amount  money.Amount
	Reason  string
	Day     jalali.Day
	At      time.Time
}

// byHand is money that is put into a hand; other money goes to an account.
func (m Method) byHand() bool { return m == Cash }

// CheckDepositRefund checks the line by which money of a deposit goes back.
// Money goes back the way it came: what came in cash as cash, what came from a
// card or an account to one, unless somebody says why not (override). in are
// the lines by which the deposit was received, out those by which parts of it
// went back, negative; a deposit made of credit has none and goes back any way.
//
// Refused refund.reason without a reason, refund.source when less came that
// way, with the limit.
func CheckDepositRefund(in, out []MoneyLine, back MoneyLine, reason, override string) error {
	if reason == "" {
		return fault.New(fault.Invalid, "refund.reason", "a refund has a reason").At("reason")
	}
	if len(in) == 0 || override != "" {
		return nil
	}
	var limit money.Amount
	for _, lines := range [][]MoneyLine{in, out} {
		for _, l := range lines {
			if l.Method.byHand() == back.Method.byHand() {
				limit += l.Amount
			}
		}
	}
	if limit = max(0, limit); back.Amount > limit {
		return fault.New(fault.Refused, "refund.source", "only %v of the deposit came that way", limit).
			With("limit", limit.String()).At("override_reason")
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
