package money_test

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"daftar/internal/fault"
	"daftar/internal/money"
)

// anyAmount draws from all of int64, and often from its ends and zero.
func anyAmount() *rapid.Generator[money.Amount] {
	return rapid.Map(rapid.Int64(), func(n int64) money.Amount { return money.Amount(n) })
}

// lineAmount draws what one line may carry, of either sign.
func lineAmount() *rapid.Generator[money.Amount] {
	return rapid.Map(rapid.Int64Range(-int64(money.Max), int64(money.Max)), func(n int64) money.Amount { return money.Amount(n) })
}

// agree fails when a checked result differs from the exact one.
func agree(t *rapid.T, got money.Amount, err error, exact *big.Int) {
	t.Helper()
	switch {
	case !exact.IsInt64() && fault.Code(err) != "money.overflow":
		t.Fatalf("got %v, %v; %v does not fit", got, err, exact)
	case exact.IsInt64() && (err != nil || int64(got) != exact.Int64()):
		t.Fatalf("got %v, %v; want %v", got, err, exact)
	}
}

func TestAddAndMulAreExactOrRefused(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyAmount().Draw(t, "a"), anyAmount().Draw(t, "b")
		x, y := big.NewInt(int64(a)), big.NewInt(int64(b))
		sum, err := money.Add(a, b)
		agree(t, sum, err, new(big.Int).Add(x, y))
		product, err := money.Mul(a, int64(b))
		agree(t, product, err, new(big.Int).Mul(x, y))
		small := int64(rapid.Int16().Draw(t, "n"))
		product, err = money.Mul(a, small)
		agree(t, product, err, new(big.Int).Mul(x, big.NewInt(small)))
	})
}

func TestChecksAtTheEndsOfTheRange(t *testing.T) {
	for name, c := range map[string]struct {
		do   func() (money.Amount, error)
		want money.Amount
		code string
	}{
		"no amounts add up to nothing":       {func() (money.Amount, error) { return money.Sum() }, 0, ""},
		"a sum of several":                   {func() (money.Amount, error) { return money.Sum(1, -2, 5) }, 4, ""},
		"a thousand largest lines fit":       {func() (money.Amount, error) { return money.Mul(money.Max, 1000) }, money.Max * 1000, ""},
		"one more than the largest is not":   {func() (money.Amount, error) { return money.Add(math.MaxInt64, 1) }, 0, "money.overflow"},
		"one less than the smallest is not":  {func() (money.Amount, error) { return money.Sum(math.MinInt64, -1) }, 0, "money.overflow"},
		"the smallest has no opposite":       {func() (money.Amount, error) { return money.Mul(math.MinInt64, -1) }, 0, "money.overflow"},
		"the smallest times one is itself":   {func() (money.Amount, error) { return money.Mul(math.MinInt64, 1) }, math.MinInt64, ""},
		"half the smallest times minus two":  {func() (money.Amount, error) { return money.Mul(math.MinInt64/2, -2) }, 0, "money.overflow"},
		"half the smallest times two is all": {func() (money.Amount, error) { return money.Mul(math.MinInt64/2, 2) }, math.MinInt64, ""},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := c.do()
			if got != c.want || fault.Code(err) != c.code {
				t.Errorf("got %v, %v; want %v, %q", got, err, c.want, c.code)
			}
		})
	}
}

func TestAbsAndNegKeepTheirSign(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.OneOf(anyAmount(), rapid.Just(money.Amount(math.MinInt64))).Draw(t, "a")
		if a.Abs() < 0 || (a < 0) != (a.Neg() > 0) || (a > 0) != (a.Neg() < 0) {
			t.Fatalf("abs %v, neg %v", a.Abs(), a.Neg())
		}
	})
}

func TestShareRoundsHalvesAwayFromZero(t *testing.T) {
	for name, c := range map[string]struct {
		a    money.Amount
		bp   int
		want money.Amount
	}{
		"70 % of a tariff":            {118_000, 7000, 82_600},
		"the patient's 30 %":          {118_000, 3000, 35_400},
		"a half goes up":              {1, 5000, 1},
		"a half of a debt goes down":  {-1, 5000, -1},
		"less than a half is dropped": {1, 4999, 0},
		"one and a half":              {3, 5000, 2},
		"two and a half":              {5, 5000, 3},
		"a hundredth of a percent":    {money.Max, 1, money.Max / 10_000},
		"all of the largest":          {math.MaxInt64, 10_000, math.MaxInt64},
		"all of the smallest":         {math.MinInt64, 10_000, math.MinInt64},
		"nothing of something":        {77, 0, 0},
		"a negative share":            {100, -2500, -25},
	} {
		t.Run(name, func(t *testing.T) {
			if got := c.a.Share(c.bp); got != c.want {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestShareIsTheNearestAmount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, bp := anyAmount().Draw(t, "a"), rapid.IntRange(-10_000, 10_000).Draw(t, "bp")
		if a == math.MinInt64 && bp == -10_000 {
			t.Skip("does not fit")
		}
		exact := new(big.Int).Mul(big.NewInt(int64(a)), big.NewInt(int64(bp)))
		got := new(big.Int).Mul(big.NewInt(int64(a.Share(bp))), big.NewInt(10_000))
		if off := got.Sub(got, exact); off.CmpAbs(big.NewInt(5_000)) > 0 {
			t.Fatalf("off by %v of 10000", off)
		}
		if a != math.MinInt64 && (-a).Share(bp) != -a.Share(bp) {
			t.Fatal("a debt is rounded unlike a claim")
		}
	})
}

func TestShareThatCannotFitPanics(t *testing.T) {
	mustPanic(t, func() { money.Amount(math.MaxInt64).Share(10_001) })
	mustPanic(t, func() { money.Amount(math.MaxInt64).Share(math.MaxInt) })
	mustPanic(t, func() { money.Amount(math.MinInt64).Share(-10_000) })
}

func TestSplitIsExactAndFair(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, n := anyAmount().Draw(t, "a"), rapid.IntRange(1, 60).Draw(t, "n")
		parts := a.Split(n)
		sum, err := money.Sum(parts...)
		if err != nil || sum != a || len(parts) != n {
			t.Fatalf("%d parts make %v, %v", len(parts), sum, err)
		}
		for i := 1; i < n; i++ {
			if step := parts[i-1].Abs() - parts[i].Abs(); step < 0 || parts[0].Abs()-parts[i].Abs() > 1 {
				t.Fatalf("unfair: %v", parts)
			}
		}
	})
}

func TestSplitIntoNoPartsPanics(t *testing.T) {
	mustPanic(t, func() { money.Amount(10).Split(0) })
	mustPanic(t, func() { money.Amount(10).Split(-1) })
}

func mustPanic(t *testing.T, do func()) {
	t.Helper()
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	do()
}
