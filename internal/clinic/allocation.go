package clinic

import (
	"slices"

	"daftar/internal/fault"
	"daftar/internal/money"
)

// AllocationReason says why money pays an admission, or why it no longer does.
type AllocationReason string

// The reasons that are kept with an allocation.
const (
	OldestFirst AllocationReason = "oldest_first" // the rule chose it
	Chosen      AllocationReason = "chosen"       // the cashier chose it
	FromCredit  AllocationReason = "from_credit"  // money that was there before the admission
	Released    AllocationReason = "cancelled"    // the admission was cancelled, or a part of it
	ShareMoved  AllocationReason = "share_moved"  // an insurer took the part over
	Remitted    AllocationReason = "remitted"     // the clinic let the patient off the part
	Spent       AllocationReason = "spent"        // the money left the account again
	Unspent     AllocationReason = "unspent"      // what had spent it was undone
)

// Allocation is a part of a fund that pays an admission, or that a spending
// takes off the account: one of Admission and Spending is named. Negative
// amounts take it back; nothing is ever changed.
type Allocation struct {
	Fund      FundID
	Admission AdmissionID
	Spending  SpendingID
	Amount    money.Amount
	Reason    AllocationReason
	Patient   PatientID // whose admission, or whose fund is spent
	Payer     PatientID // whose fund: the same, or another file of the person
}

// OpenAdmission is a live admission of which something is left to pay.
type OpenAdmission struct {
	ID      AdmissionID
	Left    money.Amount // more than nothing
	Patient PatientID
}

// FundID names a fund: the receipt or other document that brought it.
// SpendingID names the document by which money leaves an account again.
type (
	FundID     int64
	SpendingID int64
)

// FundKind says what brought money, or what stands for it, onto an account.
type FundKind string

// The kinds of fund.
const (
	FundReceipt    FundKind = "receipt"
	FundDeposit    FundKind = "deposit"    // a deposit that was applied or moved to the account
	FundCommission FundKind = "commission" // a commission settled on the marketer's account
	FundTransfer   FundKind = "transfer"   // a receipt that had been taken from another patient
)

// Fund is money, or what stands for it, on a patient's account.
//
// Invariant: what funds have left is the patient's credit, and what admissions
// have left to pay less that is the balance.
type Fund struct {
	ID          FundID
	Kind        FundKind
	Amount      money.Amount
	Pays        money.Amount // what it pays of admissions
	Left        money.Amount // what pays nothing and was not spent
	Uncollected money.Amount // the part that is cheques which are not money yet
	Patient     PatientID
}

// Allocate lets credit pay open admissions, the oldest money and the oldest
// admission first (product rule 2.5). Both lists are oldest first. What cannot
// be used stays credit.
func Allocate(funds []Fund, open []OpenAdmission, reason AllocationReason) []Allocation {
	var made []Allocation
	open = slices.Clone(open)
	for _, c := range funds {
		for i := range open {
			part := min(c.Left, open[i].Left)
			if part <= 0 {
				continue
			}
			made = append(made, Allocation{Fund: c.ID, Admission: open[i].ID, Amount: part, Reason: reason, Patient: open[i].Patient, Payer: c.Patient})
			c.Left -= part
			open[i].Left -= part
		}
	}
	return made
}

// Choice is a part of a fund that the cashier wants to pay an admission with.
type Choice struct {
	Admission AdmissionID
	Amount    money.Amount
}

// Choose checks the cashier's choices against the fund and the open
// admissions. Invalid allocation.amount, allocation.over when they are more
// than the fund has left; Refused allocation.not_open, allocation.more_than_due.
func Choose(fund Fund, open []OpenAdmission, choices []Choice) ([]Allocation, error) {
	var made []Allocation
	open = slices.Clone(open)
	left := fund.Left
	for _, c := range choices {
		at := slices.IndexFunc(open, func(o OpenAdmission) bool { return o.ID == c.Admission })
		switch {
		case c.Amount <= 0:
			return nil, fault.New(fault.Invalid, "allocation.amount", "the amount must be more than nothing").At("allocations")
		case c.Amount > left:
			return nil, fault.New(fault.Invalid, "allocation.over", "more is allocated than was received").At("allocations")
		case at < 0:
			return nil, fault.New(fault.Refused, "allocation.not_open", "the admission has nothing left to pay").At("allocations")
		case c.Amount > open[at].Left:
			return nil, fault.New(fault.Refused, "allocation.more_than_due", "only %v is left of the admission", open[at].Left).
				With("limit", open[at].Left.String()).At("allocations")
		}
		open[at].Left -= c.Amount
		left -= c.Amount
		made = append(made, Allocation{Fund: fund.ID, Admission: c.Admission, Amount: c.Amount, Reason: Chosen, Patient: open[at].Patient, Payer: fund.Patient})
	}
	return made, nil
}

// Release takes all money off an admission: the mirror of what its allocations
// add up to, per fund. The money is credit again.
func Release(admission AdmissionID, paid []Allocation) []Allocation {
	return ReleaseOver(admission, paid, 0, Released)
}

// ReleaseOver takes money off an admission until no more than due is paid, the
// youngest money first.
func ReleaseOver(admission AdmissionID, paid []Allocation, due money.Amount, reason AllocationReason) []Allocation {
	var order []FundID
	sums := map[FundID]money.Amount{}
	files := map[FundID]Allocation{}
	var total money.Amount
	for _, p := range paid {
		if _, seen := sums[p.Fund]; !seen {
			order = append(order, p.Fund)
		}
		sums[p.Fund] += p.Amount
		files[p.Fund] = p
		total += p.Amount
	}
	var made []Allocation
	for _, fund := range slices.Backward(order) {
		part := min(sums[fund], total-due)
		if part > 0 {
			made = append(made, Allocation{Fund: fund, Admission: admission, Amount: -part, Reason: reason,
				Patient: files[fund].Patient, Payer: files[fund].Payer})
			total -= part
		}
	}
	return made
}

// Free takes what is needed of a fund off the admissions that it pays, the
// youngest use first, until left of it is at least want. used is everything
// that was ever allocated of the fund, oldest first.
func Free(f Fund, used []Allocation, want money.Amount, reason AllocationReason) []Allocation {
	var made []Allocation
	var order []AdmissionID
	sums := map[AdmissionID]money.Amount{}
	files := map[AdmissionID]Allocation{}
	for _, u := range used {
		if u.Admission == 0 {
			continue
		}
		if _, seen := sums[u.Admission]; !seen {
			order = append(order, u.Admission)
		}
		sums[u.Admission] += u.Amount
		files[u.Admission] = u
	}
	left := f.Left
	for _, admission := range slices.Backward(order) {
		part := min(sums[admission], want-left)
		if part > 0 {
			made = append(made, Allocation{Fund: f.ID, Admission: admission, Amount: -part, Reason: reason,
				Patient: files[admission].Patient, Payer: f.Patient})
			left += part
		}
	}
	return made
}

// Spend takes amount off the funds for a spending, the youngest money first,
// cheques that are not money yet left alone. Invalid spending.amount for
// nothing or less; Refused spending.more_than_credit, with the limit, when the
// funds have less.
func Spend(funds []Fund, amount money.Amount, spending SpendingID) ([]Allocation, error) {
	if amount <= 0 {
		return nil, fault.New(fault.Invalid, "spending.amount", "the amount must be more than nothing").At("amount")
	}
	if limit := Available(funds); amount > limit {
		return nil, fault.New(fault.Refused, "spending.more_than_credit", "at most %v is there", limit).
			With("limit", limit.String()).At("amount")
	}
	var made []Allocation
	for _, f := range slices.Backward(funds) {
		if part := min(f.spendable(), amount); part > 0 {
			made = append(made, Allocation{Fund: f.ID, Spending: spending, Amount: part, Reason: Spent, Patient: f.Patient, Payer: f.Patient})
			amount -= part
		}
	}
	return made, nil
}

// Available is what Spend can take at most: credit that is money.
func Available(funds []Fund) (sum money.Amount) {
	for _, f := range funds {
		sum += f.spendable()
	}
	return sum
}

// spendable is what is left of the fund once its cheques are left alone. They
// pay admissions before other money does.
func (f Fund) spendable() money.Amount { return max(0, f.Left-max(0, f.Uncollected-f.Pays)) }
