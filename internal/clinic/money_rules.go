package clinic

import (
	"encoding/json"
	"slices"

	"daftar/internal/fault"
)

// MoneyRules are the choices that a clinic has in how it handles money. Rates
// are basis points.
type MoneyRules struct {
	UndoMinutes     int            `json:"undo_minutes"`     // how long what one did may be undone as a whole; 0: never
	BlindCount      bool           `json:"blind_count"`      // who counts a drawer is not told what it should hold
	DepositDays     int            `json:"deposit_days"`     // how long a deposit holds when nothing else is said; 0: for ever
	ForfeitTiers    [3]ForfeitTier `json:"forfeit_tiers"`    // by the hours that are left, most first, the last from no hour on
	ReopenDeposits  bool           `json:"reopen_deposits"`  // cancelling opens the deposits again that paid; else all is credit
	ProRataPackages bool           `json:"pro_rata_package"` // used sessions of a cancelled package cost their part of it; else the single price
	Aging           [3]int         `json:"aging"`            // days after which a debt is old, older, oldest
}

// ForfeitTier is what the clinic keeps of a deposit when a visit is cancelled
// with at least Hours left: Rate of it.
type ForfeitTier struct {
	Hours int `json:"hours"`
	Rate  int `json:"rate"`
}

// DefaultMoneyRules are what the program proposes (rule 3.8 of Iran's numbers).
func DefaultMoneyRules() MoneyRules {
	return MoneyRules{UndoMinutes: 15, DepositDays: 180, ReopenDeposits: true, Aging: [3]int{30, 60, 90},
		ForfeitTiers: [3]ForfeitTier{{48, 2000}, {24, 5000}, {0, 10000}}}
}

// ParseMoneyRules reads what String wrote; what is not said is as proposed.
func ParseMoneyRules(text string) (MoneyRules, error) {
	r := DefaultMoneyRules()
	if text == "" {
		return r, nil
	}
	return r, json.Unmarshal([]byte(text), &r)
}

// String is how the rules are stored.
func (r MoneyRules) String() string {
	text, err := json.Marshal(r)
	if err != nil {
		panic("money rules are no JSON: " + err.Error())
	}
	return string(text)
}

// The most that the rules hold.
const (
	maxUndoMinutes = 24 * 60
	maxRuleDays    = 3650
)

// Check orders the tiers by their hours; nothing at all is what the program
// proposes. Invalid money_rules.undo, money_rules.days,
// money_rules.aging, money_rules.tiers.
func (r MoneyRules) Check() (MoneyRules, error) {
	if r == (MoneyRules{}) {
		return DefaultMoneyRules(), nil
	}
	slices.SortStableFunc(r.ForfeitTiers[:], func(a, b ForfeitTier) int { return b.Hours - a.Hours })
	switch {
	case r.UndoMinutes < 0 || r.UndoMinutes > maxUndoMinutes:
		return r, fault.New(fault.Invalid, "money_rules.undo", "undoing is for up to a day").At("undo_minutes")
	case r.DepositDays < 0 || r.DepositDays > maxRuleDays:
		return r, fault.New(fault.Invalid, "money_rules.days", "a deposit holds up to ten years").At("deposit_days")
	case r.Aging[0] < 1 || r.Aging[1] <= r.Aging[0] || r.Aging[2] <= r.Aging[1] || r.Aging[2] > maxRuleDays:
		return r, fault.New(fault.Invalid, "money_rules.aging", "the days of aging rise").At("aging_0")
	case r.ForfeitTiers[2].Hours != 0:
		return r, fault.New(fault.Invalid, "money_rules.tiers", "the last tier begins at no hour").At("tier_hours_2")
	}
	for i, t := range r.ForfeitTiers {
		if t.Hours < 0 || t.Hours > 24*365 || t.Rate < 0 || t.Rate > 10000 || i > 0 && r.ForfeitTiers[i-1].Hours == t.Hours {
			return r, fault.New(fault.Invalid, "money_rules.tiers", "a tier has hours of its own and a rate up to 100 percent").At("tier_hours_0")
		}
	}
	return r, nil
}

// ForfeitRate is what the clinic keeps of a deposit, in basis points, when the
// visit is cancelled with so many hours left; below zero the time is over.
func (r MoneyRules) ForfeitRate(hoursLeft int) int {
	for _, t := range r.ForfeitTiers {
		if hoursLeft >= t.Hours {
			return t.Rate
		}
	}
	return r.ForfeitTiers[2].Rate
}
