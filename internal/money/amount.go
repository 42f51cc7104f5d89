// Package money holds amounts of money as whole minor units, and reads and
// prints them.
//
// There is no float anywhere in it: shares and splits are exact and say where
// the last unit goes. It knows currencies and Persian number words; it does not
// know who owes whom.
package money

import (
	"math"
	"math/bits"
	"strconv"

	"daftar/internal/fault"
)

// Amount is a number of minor units of the clinic's currency: rials for IRR,
// cents for USD. Its sign has the meaning the ledger gives it.
type Amount int64

// Max is the largest amount one line may carry, in minor units. Parse refuses
// more; sums may exceed it.
const Max Amount = 1_000_000_000_000_000

// basis is the number of basis points in a whole.
const basis = 10_000

// String returns the plain integer, for logs and files.
func (a Amount) String() string { return strconv.FormatInt(int64(a), 10) }

// Abs returns the magnitude of a. The one amount without a positive
// counterpart, the smallest int64, becomes the largest.
func (a Amount) Abs() Amount {
	if a < 0 {
		return a.Neg()
	}
	return a
}

// Neg returns -a. The smallest int64 becomes the largest, so the sign is right
// always.
func (a Amount) Neg() Amount {
	if a == math.MinInt64 {
		return math.MaxInt64
	}
	return -a
}

// magnitude returns |a| exactly, for every a.
func (a Amount) magnitude() uint64 {
	if a < 0 {
		return -uint64(a)
	}
	return uint64(a)
}

func overflow() error {
	return fault.New(fault.Invalid, "money.overflow", "the amounts are too large to add up")
}

// Add returns a + b, or money.overflow.
func Add(a, b Amount) (Amount, error) {
	if b > 0 && a > math.MaxInt64-b || b < 0 && a < math.MinInt64-b {
		return 0, overflow()
	}
	return a + b, nil
}

// Sum returns the sum of all amounts, 0 for none, or money.overflow. Amounts
// are added from the left and each partial sum has to fit.
func Sum(amounts ...Amount) (Amount, error) {
	var sum Amount
	for _, a := range amounts {
		next, err := Add(sum, a)
		if err != nil {
			return 0, err
		}
		sum = next
	}
	return sum, nil
}

// Mul returns a times n, as in unit price times quantity, or money.overflow.
func Mul(a Amount, n int64) (Amount, error) {
	hi, lo := bits.Mul64(a.magnitude(), Amount(n).magnitude())
	p, ok := signed(hi, lo, (a < 0) != (n < 0))
	if !ok {
		return 0, overflow()
	}
	return p, nil
}

// signed returns the 128-bit magnitude hi,lo with a sign, and false when it
// does not fit.
func signed(hi, lo uint64, negative bool) (Amount, bool) {
	switch {
	case hi != 0:
		return 0, false
	case negative && lo <= 1<<63:
		return Amount(-lo), true
	case !negative && lo <= math.MaxInt64:
		return Amount(lo), true
	}
	return 0, false
}

// Share returns the given number of basis points of a (7000 is 70 %), rounded
// to the minor unit, halves away from zero: Share of -a is minus Share of a.
// It is exact for every a. It panics when the result does not fit, which between
// 0 and 100 % it always does.
func (a Amount) Share(basisPoints int) Amount {
	hi, lo := bits.Mul64(a.magnitude(), Amount(basisPoints).magnitude())
	lo, carry := bits.Add64(lo, basis/2, 0)
	hi += carry
	if hi >= basis {
		panic("money: share does not fit")
	}
	q, _ := bits.Div64(hi, lo, basis)
	share, ok := signed(0, q, (a < 0) != (basisPoints < 0))
	if !ok {
		panic("money: share does not fit")
	}
	return share
}

// Split divides a into n parts that differ by at most one minor unit and add up
// to a; the earlier parts are the larger ones. It panics when n is not
// positive.
func (a Amount) Split(n int) []Amount {
	if n <= 0 {
		panic("money: split into no parts")
	}
	each, rest := a/Amount(n), a%Amount(n)
	step := Amount(1)
	if rest < 0 {
		step = -1
	}
	parts := make([]Amount, n)
	for i := range parts {
		parts[i] = each
		if rest != 0 {
			parts[i] += step
			rest -= step
		}
	}
	return parts
}
