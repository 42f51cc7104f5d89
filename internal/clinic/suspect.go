package clinic

import "daftar/internal/money"

// Suspicion is why an amount at the desk is probably not what was meant. It is
// said and never refused.
type Suspicion string

// The suspicions.
const (
	TenfoldAmount Suspicion = "tenfold" // ten times the debt: toman taken for rials
	TenthAmount   Suspicion = "tenth"   // a tenth of the debt: rials taken for toman
	FarAmount     Suspicion = "far"     // far more than the debt
)

// farOff is how much more than the debt an amount must be to look wrong by
// itself, in rials.
const farOff money.Amount = 10_000_000

// Suspect says why an amount looks wrong beside the debt; "" when it does not.
// It knows rials only, the currency that is spoken of in two units.
func Suspect(c money.Currency, debt, amount money.Amount) Suspicion {
	switch {
	case c != money.IRR || debt <= 0 || amount <= 0:
		return ""
	case amount/10 == debt && amount%10 == 0:
		return TenfoldAmount
	case debt/10 == amount && debt%10 == 0:
		return TenthAmount
	case amount/3 > debt && amount-debt > farOff:
		return FarAmount
	}
	return ""
}
