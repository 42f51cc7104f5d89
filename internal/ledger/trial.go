package ledger

import (
	"cmp"
	"slices"

	"daftar/internal/fault"
	"daftar/internal/money"
)

// Balance is what one account holds: debits minus credits.
type Balance struct {
	Account Account
	Amount  money.Amount
}

// TrialBalance is the balance of every account at one moment.
type TrialBalance []Balance

// NewTrialBalance sorts the balances by kind, owner and unit and checks that
// each unit sums to zero. Internal ledger.trial when it does not: then the
// books are damaged.
func NewTrialBalance(balances []Balance) (TrialBalance, error) {
	sums := map[Unit]money.Amount{}
	for _, b := range balances {
		sum, err := money.Add(sums[b.Account.Unit], b.Amount)
		if err != nil {
			return nil, err
		}
		sums[b.Account.Unit] = sum
	}
	for unit, sum := range sums {
		if sum != 0 {
			return nil, fault.New(fault.Internal, "ledger.trial", "the books are off by %v %s", sum, unit)
		}
	}
	sorted := slices.Clone(balances)
	slices.SortFunc(sorted, func(a, b Balance) int {
		return cmp.Or(cmp.Compare(a.Account.Kind, b.Account.Kind),
			cmp.Compare(a.Account.Owner, b.Account.Owner),
			cmp.Compare(a.Account.Unit, b.Account.Unit))
	})
	return sorted, nil
}
