package clinic

import (
	"time"

	"daftar/internal/fault"
	"daftar/internal/money"
)

// GatewayMethods are the methods of money that comes by the online gateway. It
// lies in no drawer, so that nobody's shift is asked for.
var GatewayMethods = []Method{Gateway}

// PaymentID names one time that somebody was sent to the gateway.
type PaymentID int64

// PaymentStatus is what the gateway last said of a payment.
type PaymentStatus string

// A payment was started; then it was paid, or it came to nothing.
const (
	PaymentStarted PaymentStatus = "started"
	PaymentPaid    PaymentStatus = "paid"
	PaymentFailed  PaymentStatus = "failed"
)

// Payment is one time that somebody was sent to the gateway for a held time.
// Paid may be more or less than what was asked: money that came is never lost.
type Payment struct {
	ID        PaymentID
	Hold      HoldID
	Reference string // as the gateway calls it; unique in the clinic
	Asked     money.Amount
	Status    PaymentStatus
	Paid      money.Amount
	Tracking  string // of the bank
	Deposit   DepositID
	Started   time.Time
	Confirmed time.Time
}

// PaymentOrder is what a gateway is asked to collect.
type PaymentOrder struct {
	Amount   money.Amount // minor units of Currency
	Currency string       // "IRR"
	Text     string       // what for, for the payer
	Mobile   string
	Callback string // address that the payer comes back to
}

// PaymentStart is what a gateway answers: how it calls the payment, and where
// the payer goes.
type PaymentStart struct{ Reference, Address string }

// PaymentProof is what a gateway says of a payment when it is asked. An open
// one may still be paid.
type PaymentProof struct {
	Status   PaymentStatus
	Amount   money.Amount // what was paid
	Tracking string
}

// paymentAsked is how long a payment that nobody heard of again is asked about.
const paymentAsked = 48 * time.Hour

// GivenUp reports whether a payment of which nothing was heard is given up.
func (p Payment) GivenUp(now time.Time) bool { return now.Sub(p.Started) > paymentAsked }

// maxTracking is what a line of money keeps of a tracking number.
const maxTracking = 40

// GatewayLines is the line by which the payment came. Invalid receipt.amount,
// money.large.
func GatewayLines(p Payment) ([]MoneyLine, error) {
	tracking := p.Tracking
	if tracking == "" {
		tracking = p.Reference
	}
	if letters := []rune(tracking); len(letters) > maxTracking {
		tracking = string(letters[len(letters)-maxTracking:])
	}
	r, err := CheckReceipt(Receipt{Lines: []MoneyLine{{Method: Gateway, Amount: p.Paid, TrackingNumber: tracking}}}, GatewayMethods)
	return r.Lines, err
}

// ByGateway reports whether all of the money came by the online gateway.
func ByGateway(lines []MoneyLine) bool {
	for _, l := range lines {
		if l.Method != Gateway {
			return false
		}
	}
	return len(lines) > 0
}

// Settle is the payment after the gateway said that it was paid. Invalid
// online.amount for nothing.
func (p Payment) Settle(proof PaymentProof, now time.Time) (Payment, error) {
	if proof.Amount <= 0 || proof.Amount > money.Max {
		return p, fault.New(fault.Invalid, "online.amount", "the gateway says that %v was paid", proof.Amount)
	}
	p.Status, p.Paid, p.Tracking, p.Confirmed = PaymentPaid, proof.Amount, proof.Tracking, now
	return p, nil
}
