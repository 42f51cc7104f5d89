package clinic

import (
	"math/big"
	"slices"
	"time"

	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/ledger"
	"daftar/internal/money"
)

// EarnerKind says why somebody earns by an admission.
type EarnerKind string

// The kinds: a marketer is a patient who introduced the other, a referrer an
// outside doctor or centre.
const (
	EarnsMarketer EarnerKind = "marketer"
	EarnsReferrer EarnerKind = "referrer"
)

// EarnerID names who earns: the id of the patient or of the referrer, which
// are never the same.
type EarnerID int64

// CommissionID names a row of commission or a settlement of it.
type CommissionID int64

// Term is how much somebody earns by one service of an admission, in basis
// points of what the patient pays for it. It is fixed when the admission's
// first money comes.
type Term struct {
	Kind    EarnerKind
	Earner  EarnerID
	Service ServiceID
	Rate    int
}

// CommissionRate is the share of an earner from a day on, where the service has
// none of its own.
type CommissionRate struct {
	Kind      EarnerKind
	Earner    EarnerID
	ValidFrom jalali.Day
	Rate      int
}

// Check refuses a rate that is none. Invalid commission.rate, commission.day.
func (r CommissionRate) Check() error {
	switch {
	case r.Rate < 0 || r.Rate > 10000:
		return fault.New(fault.Invalid, "commission.rate", "a share is 0 to 100 percent").At("rate")
	case !r.ValidFrom.Valid():
		return fault.New(fault.Invalid, "commission.day", "the share holds from a day on").At("valid_from")
	}
	return nil
}

// RateOn is the share that holds on the day, 0 when there is none.
func RateOn(rates []CommissionRate, day jalali.Day) int {
	var found CommissionRate
	for _, r := range rates {
		if r.ValidFrom <= day && r.ValidFrom >= found.ValidFrom {
			found = r
		}
	}
	return found.Rate
}

// rate is what the kind of earner gets of the service, 0 when it says nothing.
func (c Commission) rate(kind EarnerKind) int {
	if kind == EarnsMarketer {
		return c.Marketer
	}
	return c.Referrer
}

// TermFor is the term of one service: its own rate wins over the earner's. Who
// earns no more, a marketer who is not active, gets nothing.
func TermFor(kind EarnerKind, earner EarnerID, active bool, s Service, base int) Term {
	t := Term{Kind: kind, Earner: earner, Service: s.ID}
	switch own := s.Commission.rate(kind); {
	case !active:
	case own > 0:
		t.Rate = own
	default:
		t.Rate = base
	}
	return t
}

// Earned is what the terms of one kind bring when so much of the admission is
// collected, and their rate in the mean, in basis points. What is paid belongs
// to the live lines in the proportion of the patient's shares (of the prices
// when the patient bears nothing of them). It is rounded once, halves up, so
// that it depends on what is paid and not on how it came.
func Earned(a Admission, terms []Term, kind EarnerKind, collected money.Amount) (amount money.Amount, rate int) {
	part := func(l AdmissionLine) money.Amount { return l.PatientShare }
	if a.PatientShare == 0 {
		part = func(l AdmissionLine) money.Amount { return l.Gross }
	}
	weighted, whole := new(big.Int), new(big.Int)
	for _, l := range a.LiveLines() {
		w := big.NewInt(int64(part(l)))
		whole.Add(whole, w)
		for _, t := range terms {
			if t.Kind == kind && t.Service == l.Service {
				weighted.Add(weighted, new(big.Int).Mul(w, big.NewInt(int64(t.Rate))))
			}
		}
	}
	if collected <= 0 || whole.Sign() == 0 {
		return 0, 0
	}
	rate = int(rounded(weighted, whole))
	weighted.Mul(weighted, big.NewInt(int64(collected)))
	return money.Amount(rounded(weighted, whole.Mul(whole, big.NewInt(10_000)))), rate
}

// NotOwn bounds what an earner has of an admission: by the files that are one
// person with the marketer's since they were merged nothing more is earned, for
// nobody is paid for sending themselves. What was earned before stays, and goes
// down with the money. files are those of the patient, earned is what the
// earner has of the admission so far.
func NotOwn(files Files, kind EarnerKind, earner EarnerID, earned, amount money.Amount) money.Amount {
	if kind == EarnsMarketer && slices.Contains(files, PatientID(earner)) {
		return min(earned, amount)
	}
	return amount
}

// rounded is n / d, halves up; both are nothing or more.
func rounded(n, d *big.Int) int64 {
	twice := new(big.Int).Lsh(n, 1)
	return twice.Add(twice, d).Quo(twice, new(big.Int).Lsh(d, 1)).Int64()
}

// Uncollected is what of a fund's cheques that are not money yet pays the
// admission: they pay before other money of the fund, the oldest use first.
// used is everything that was ever allocated of the fund, oldest first.
func Uncollected(f Fund, used []Allocation, admission AdmissionID) money.Amount {
	var order []AdmissionID
	sums := map[AdmissionID]money.Amount{}
	for _, u := range used {
		if u.Admission == 0 {
			continue
		}
		if _, seen := sums[u.Admission]; !seen {
			order = append(order, u.Admission)
		}
		sums[u.Admission] += u.Amount
	}
	left := f.Uncollected
	for _, id := range order {
		part := min(left, sums[id])
		if id == admission {
			return part
		}
		left -= part
	}
	return 0
}

// AccrueCommission returns the entry by which an earner is owed more, or less
// when amount is below nothing (ledger rule "Commission accrued").
func AccrueCommission(c Clinic, earner EarnerID, amount money.Amount, on jalali.Day) (ledger.Entry, error) {
	return ledger.NewEntry(on, EntryCommission,
		ledger.Debit(c.single(AccountCommExp), amount),
		ledger.Credit(c.CommissionPayable(earner), amount))
}

// CommissionPayable is what an earner is owed.
func (c Clinic) CommissionPayable(e EarnerID) ledger.Account {
	return ledger.Account{Kind: AccountCommission, Owner: int64(e), Unit: c.Unit()}
}

// OnAccount is the way of settling a commission that moves no money: it lowers
// what the marketer owes as a patient.
const OnAccount Method = "account"

// CommissionSettlement is a commission that was paid.
type CommissionSettlement struct {
	ID       CommissionID
	Kind     EarnerKind
	Earner   EarnerID
	Number   Number
	Branch   BranchID
	Amount   money.Amount
	How      Method // OnAccount, Cash, CardToCard, BankTransfer
	Note     string
	Day      jalali.Day
	At       time.Time
	Recorded time.Time
	Staff    StaffID
}

// CheckCommissionSettlement refuses what cannot be settled of what is left.
// Invalid commission.how, commission.amount; Refused commission.no_account for a
// referrer's account, which there is none of, commission.nothing, and
// commission.more_than_left with the limit.
func CheckCommissionSettlement(s CommissionSettlement, left money.Amount) error {
	switch s.How {
	case OnAccount, Cash, CardToCard, BankTransfer:
	default:
		return fault.New(fault.Invalid, "commission.how", "a commission is settled on account, in cash or by transfer").At("how")
	}
	switch {
	case s.How == OnAccount && s.Kind != EarnsMarketer:
		return fault.New(fault.Refused, "commission.no_account", "a referrer has no account").At("how")
	case s.Amount <= 0 && left > 0:
		return fault.New(fault.Invalid, "commission.amount", "the amount must be more than nothing").At("amount")
	case left <= 0:
		return fault.New(fault.Refused, "commission.nothing", "nothing is left to settle").At("amount")
	case s.Amount > left:
		return fault.New(fault.Refused, "commission.more_than_left", "only %v is left", left).With("limit", left.String()).At("amount")
	}
	return nil
}

// SettleCommission returns the entry of a settlement (ledger rule "Commission
// settled"): the earner is owed less, and the marketer's account or the money
// of the line is lowered by as much. line's amount is what goes out, below
// nothing; it is not looked at on account.
func SettleCommission(c Clinic, s CommissionSettlement, account PatientID, line MoneyLine) (ledger.Entry, error) {
	to := ledger.Credit(c.Receivable(account), s.Amount)
	if s.How != OnAccount {
		to = ledger.Debit(line.Account(c), line.Amount)
	}
	return ledger.NewEntry(s.Day, EntryCommissionPaid, ledger.Debit(c.CommissionPayable(s.Earner), s.Amount), to)
}
