package clinic_test

import (
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/fault"
)

// Rule 3.8: more than 48 hours 20 %, 24 to 48 hours 50 %, less or a no-show all.
func TestForfeitRate(t *testing.T) {
	rules := clinic.DefaultMoneyRules()
	for hours, want := range map[int]int{72: 2000, 48: 2000, 47: 5000, 24: 5000, 23: 10000, 0: 10000, -5: 10000} {
		if got := rules.ForfeitRate(hours); got != want {
			t.Errorf("with %d hours left the clinic keeps %d, want %d", hours, got, want)
		}
	}
}

func TestMoneyRulesAreChecked(t *testing.T) {
	change := func(f func(*clinic.MoneyRules)) clinic.MoneyRules {
		r := clinic.DefaultMoneyRules()
		f(&r)
		return r
	}
	tests := map[string]struct {
		rules clinic.MoneyRules
		code  string
	}{
		"as proposed":        {clinic.DefaultMoneyRules(), ""},
		"undo for two days":  {change(func(r *clinic.MoneyRules) { r.UndoMinutes = 2 * 24 * 60 }), "money_rules.undo"},
		"deposits below 0":   {change(func(r *clinic.MoneyRules) { r.DepositDays = -1 }), "money_rules.days"},
		"aging that falls":   {change(func(r *clinic.MoneyRules) { r.Aging = [3]int{30, 20, 90} }), "money_rules.aging"},
		"two tiers the same": {change(func(r *clinic.MoneyRules) { r.ForfeitTiers = [3]clinic.ForfeitTier{{24, 1}, {24, 2}, {0, 3}} }), "money_rules.tiers"},
		"more than all":      {change(func(r *clinic.MoneyRules) { r.ForfeitTiers[1].Rate = 10001 }), "money_rules.tiers"},
		"no last tier":       {change(func(r *clinic.MoneyRules) { r.ForfeitTiers[2].Hours = 3 }), "money_rules.tiers"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if _, err := tt.rules.Check(); fault.Code(err) != tt.code {
				t.Errorf("answered %v, want %q", err, tt.code)
			}
		})
	}
}

// What is stored is read back, and what an older program did not say is as
// proposed.
func TestMoneyRulesAreStored(t *testing.T) {
	r := clinic.DefaultMoneyRules()
	r.BlindCount, r.ForfeitTiers[0] = true, clinic.ForfeitTier{Hours: 72, Rate: 1000}
	back, err := clinic.ParseMoneyRules(r.String())
	if err != nil || back.String() != r.String() {
		t.Errorf("read back %+v, %v; want %+v", back, err, r)
	}
	if old, err := clinic.ParseMoneyRules(`{"blind_count":true}`); err != nil || !old.BlindCount || old.UndoMinutes != 15 {
		t.Errorf("read %+v, %v", old, err)
	}
}
