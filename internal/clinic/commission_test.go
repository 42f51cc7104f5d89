package clinic_test

import (
	"testing"

	"pgregory.net/rapid"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/money"
)

func lineOf(service clinic.ServiceID, share, gross money.Amount, status clinic.LineStatus) clinic.AdmissionLine {
	return clinic.AdmissionLine{Service: service, Status: status, Shares: clinic.Shares{PatientShare: share, Gross: gross}}
}

func removed(l clinic.AdmissionLine) clinic.AdmissionLine {
	l.Removed = true
	return l
}

func admissionOf(lines ...clinic.AdmissionLine) clinic.Admission {
	a := clinic.Admission{Lines: lines}
	for _, l := range lines {
		a.PatientShare += l.PatientShare
	}
	return a
}

// What is earned by an admission when so much of it is collected.
func TestEarned(t *testing.T) {
	terms := []clinic.Term{{clinic.EarnsMarketer, 7, 1, 500}, {clinic.EarnsMarketer, 7, 2, 200}, {clinic.EarnsMarketer, 7, 3, 0}, {clinic.EarnsReferrer, 8, 1, 1000}}
	done := clinic.LineCompleted
	for name, c := range map[string]struct {
		a         clinic.Admission
		kind      clinic.EarnerKind
		collected money.Amount
		want      money.Amount
		rate      int
	}{
		"one service, all paid":                       {admissionOf(lineOf(1, 60_000_000, 0, done)), clinic.EarnsMarketer, 60_000_000, 3_000_000, 500},
		"one service, a part paid":                    {admissionOf(lineOf(1, 60_000_000, 0, done)), clinic.EarnsMarketer, 20_000_000, 1_000_000, 500},
		"two services share what is paid":             {admissionOf(lineOf(1, 28_000_000, 0, done), lineOf(2, 45_000_000, 0, done)), clinic.EarnsMarketer, 73_000_000, 2_300_000, 315},
		"half of two services":                        {admissionOf(lineOf(1, 28_000_000, 0, done), lineOf(2, 45_000_000, 0, done)), clinic.EarnsMarketer, 36_500_000, 1_150_000, 315},
		"a service that earns nothing takes its part": {admissionOf(lineOf(1, 10, 0, done), lineOf(3, 30, 0, done)), clinic.EarnsMarketer, 40, 1, 125},
		"a removed line has no part":                  {admissionOf(lineOf(1, 100, 0, done), removed(lineOf(3, 0, 900, clinic.LineCancelled))), clinic.EarnsMarketer, 100, 5, 500},
		"halves are rounded up":                       {admissionOf(lineOf(1, 10, 0, done)), clinic.EarnsMarketer, 10, 1, 500},
		"less than a half is nothing":                 {admissionOf(lineOf(1, 9, 0, done)), clinic.EarnsMarketer, 9, 0, 500},
		"the referrer's own terms":                    {admissionOf(lineOf(1, 1000, 0, done), lineOf(2, 1000, 0, done)), clinic.EarnsReferrer, 2000, 100, 500},
		"nothing is paid":                             {admissionOf(lineOf(1, 10, 0, done)), clinic.EarnsMarketer, 0, 0, 0},
		"the patient bears only what was refused":     {admissionOf(lineOf(1, 0, 1000, done), lineOf(3, 0, 1000, done)), clinic.EarnsMarketer, 800, 20, 250},
		"a free admission":                            {admissionOf(lineOf(1, 0, 0, done)), clinic.EarnsMarketer, 0, 0, 0},
		"as large as an amount may be":                {admissionOf(lineOf(1, money.Max, 0, done)), clinic.EarnsMarketer, money.Max, money.Max / 20, 500},
	} {
		t.Run(name, func(t *testing.T) {
			got, rate := clinic.Earned(c.a, terms, c.kind, c.collected)
			if got != c.want || rate != c.rate {
				t.Errorf("%v at %d; want %v at %d", got, rate, c.want, c.rate)
			}
		})
	}
}

// Whatever the lines, what is earned never falls when more is paid, is within
// the lowest and the highest rate, and of nothing it is nothing.
func TestEarnedRisesWithWhatIsPaid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var a clinic.Admission
		var terms []clinic.Term
		low, high := 10_000, 0
		for i := range rapid.IntRange(1, 5).Draw(t, "lines") {
			l := lineOf(clinic.ServiceID(i+1), money.Amount(rapid.Int64Range(1, 1e12).Draw(t, "share")), 0, clinic.LineCompleted)
			rate := rapid.IntRange(0, 10_000).Draw(t, "rate")
			low, high = min(low, rate), max(high, rate)
			a.Lines, a.PatientShare = append(a.Lines, l), a.PatientShare+l.PatientShare
			terms = append(terms, clinic.Term{Kind: clinic.EarnsMarketer, Earner: 1, Service: l.Service, Rate: rate})
		}
		paid := money.Amount(rapid.Int64Range(0, int64(a.PatientShare)).Draw(t, "paid"))
		more := money.Amount(rapid.Int64Range(int64(paid), int64(a.PatientShare)).Draw(t, "more"))
		first, _ := clinic.Earned(a, terms, clinic.EarnsMarketer, paid)
		second, _ := clinic.Earned(a, terms, clinic.EarnsMarketer, more)
		if first > second || second < more.Share(low)-1 || second > more.Share(high)+1 {
			t.Fatalf("%v of %v, %v of %v, between %d and %d", first, paid, second, more, low, high)
		}
	})
}

// Cheques that are not money yet pay the oldest use first.
func TestUncollected(t *testing.T) {
	used := []clinic.Allocation{{Admission: 1, Amount: 100}, {Admission: 2, Amount: 200}, {Spending: 9, Amount: 50}, {Admission: 1, Amount: -40}}
	for admission, want := range map[clinic.AdmissionID]money.Amount{1: 60, 2: 70, 3: 0} {
		if got := clinic.Uncollected(clinic.Fund{Uncollected: 130}, used, admission); got != want {
			t.Errorf("of admission %d %v is no money yet, want %v", admission, got, want)
		}
	}
}

// The service's own share wins, then that of the person on the day.
func TestTermFor(t *testing.T) {
	rates := []clinic.CommissionRate{{ValidFrom: "2026-01-01", Rate: 300}, {ValidFrom: "2026-06-01", Rate: 500}}
	own := clinic.Service{ID: 1, Commission: clinic.Commission{Marketer: 700}}
	for name, c := range map[string]struct {
		got, want int
	}{
		"before the first day":       {clinic.RateOn(rates, "2025-12-31"), 0},
		"on the first day":           {clinic.RateOn(rates, "2026-01-01"), 300},
		"after a change":             {clinic.RateOn(rates, "2026-07-01"), 500},
		"the service says it itself": {clinic.TermFor(clinic.EarnsMarketer, 1, true, own, 300).Rate, 700},
		"for referrers it does not":  {clinic.TermFor(clinic.EarnsReferrer, 1, true, own, 300).Rate, 300},
		"no longer active":           {clinic.TermFor(clinic.EarnsMarketer, 1, false, own, 300).Rate, 0},
	} {
		if c.got != c.want {
			t.Errorf("%s: %d, want %d", name, c.got, c.want)
		}
	}
}

// What may be settled of 1,000 that are left.
func TestCheckCommissionSettlement(t *testing.T) {
	for name, c := range map[string]struct {
		kind   clinic.EarnerKind
		how    clinic.Method
		amount money.Amount
		left   money.Amount
		code   string
	}{
		"all on account":                 {clinic.EarnsMarketer, clinic.OnAccount, 1000, 1000, ""},
		"a part in cash":                 {clinic.EarnsReferrer, clinic.Cash, 1, 1000, ""},
		"a referrer has no account":      {clinic.EarnsReferrer, clinic.OnAccount, 1, 1000, "commission.no_account"},
		"by cheque":                      {clinic.EarnsMarketer, clinic.ByCheque, 1, 1000, "commission.how"},
		"more than is left":              {clinic.EarnsMarketer, clinic.Cash, 1001, 1000, "commission.more_than_left"},
		"nothing is left":                {clinic.EarnsMarketer, clinic.Cash, 0, 0, "commission.nothing"},
		"less than nothing is left":      {clinic.EarnsMarketer, clinic.Cash, 1, -5, "commission.nothing"},
		"an amount of less than nothing": {clinic.EarnsMarketer, clinic.Cash, -1, 1000, "commission.amount"},
	} {
		err := clinic.CheckCommissionSettlement(clinic.CommissionSettlement{Kind: c.kind, How: c.how, Amount: c.amount}, c.left)
		if fault.Code(err) != c.code {
			t.Errorf("%s: %v, want %q", name, err, c.code)
		}
	}
}

// Nobody earns more by sending themselves; what was earned goes down with the
// money.
func TestNotOwn(t *testing.T) {
	files := clinic.Files{3, 7}
	tests := map[string]struct {
		kind           clinic.EarnerKind
		earner         clinic.EarnerID
		earned, amount money.Amount
		want           money.Amount
	}{
		"somebody else earns more":            {clinic.EarnsMarketer, 5, 100, 150, 150},
		"the person does not":                 {clinic.EarnsMarketer, 3, 100, 150, 100},
		"nor by a file that was merged":       {clinic.EarnsMarketer, 7, 0, 150, 0},
		"it goes down with the money":         {clinic.EarnsMarketer, 7, 100, 60, 60},
		"a referrer of that number is nobody": {clinic.EarnsReferrer, 7, 100, 150, 150},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := clinic.NotOwn(files, tt.kind, tt.earner, tt.earned, tt.amount); got != tt.want {
				t.Errorf("%v, want %v", got, tt.want)
			}
		})
	}
}
