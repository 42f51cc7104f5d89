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
	Released    AllocationReason = "cancelled"    // the admission was cancelled
	ShareMoved  AllocationReason = "share_moved"  // an insurer took the part over
)

// Allocation is a part of a receipt that pays an admission. Negative amounts
// take it off again; nothing is ever changed.
type Allocation struct {
	Receipt   ReceiptID
	Admission AdmissionID
	Amount    money.Amount
	Reason    AllocationReason
	Patient   PatientID // whose admission
	Payer     PatientID // whose receipt: the same, or another file of the person
}

// OpenAdmission is a live admission of which something is left to pay.
type OpenAdmission struct {
	ID      AdmissionID
	Left    money.Amount // more than nothing
	Patient PatientID
}

// Credit is what is left of a receipt: money of the patient that pays nothing
// yet. ID names the receipt.
type Credit struct {
	Receipt ReceiptID
	Left    money.Amount // more than nothing
	Patient PatientID
}

// Allocate lets credit pay open admissions, the oldest money and the oldest
// admission first (product rule 2.5). Both lists are oldest first. What cannot
// be used stays credit.
func Allocate(credits []Credit, open []OpenAdmission, reason AllocationReason) []Allocation {
	var made []Allocation
	open = slices.Clone(open)
	for _, c := range credits {
		for i := range open {
			part := min(c.Left, open[i].Left)
			if part <= 0 {
				continue
			}
			made = append(made, Allocation{c.Receipt, open[i].ID, part, reason, open[i].Patient, c.Patient})
			c.Left -= part
			open[i].Left -= part
		}
	}
	return made
}

// Choice is a part of a receipt that the cashier wants to pay an admission
// with.
type Choice struct {
	Admission AdmissionID
	Amount    money.Amount
}

// Choose checks the cashier's choices against the receipt and the open
// admissions. Invalid allocation.amount, allocation.over when they are more
// than the receipt; Refused allocation.not_open, allocation.more_than_due.
func Choose(receipt Credit, open []OpenAdmission, choices []Choice) ([]Allocation, error) {
	var made []Allocation
	open = slices.Clone(open)
	left := receipt.Left
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
		made = append(made, Allocation{receipt.Receipt, c.Admission, c.Amount, Chosen, open[at].Patient, receipt.Patient})
	}
	return made, nil
}

// Release takes all money off an admission: the mirror of what its allocations
// add up to, per receipt. The money is credit again.
func Release(admission AdmissionID, paid []Allocation) []Allocation {
	return ReleaseOver(admission, paid, 0, Released)
}

// ReleaseOver takes money off an admission until no more than due is paid, the
// youngest money first.
func ReleaseOver(admission AdmissionID, paid []Allocation, due money.Amount, reason AllocationReason) []Allocation {
	var order []ReceiptID
	sums := map[ReceiptID]money.Amount{}
	files := map[ReceiptID]Allocation{}
	var total money.Amount
	for _, p := range paid {
		if _, seen := sums[p.Receipt]; !seen {
			order = append(order, p.Receipt)
		}
		sums[p.Receipt] += p.Amount
		files[p.Receipt] = p
		total += p.Amount
	}
	var made []Allocation
	for _, receipt := range slices.Backward(order) {
		part := min(sums[receipt], total-due)
		if part > 0 {
			made = append(made, Allocation{receipt, admission, -part, reason, files[receipt].Patient, files[receipt].Payer})
			total -= part
		}
	}
	return made
}
