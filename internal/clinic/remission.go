package clinic

import (
	"slices"

	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/ledger"
	"daftar/internal/money"
)

// RemissionID names a remission.
type RemissionID int64

// RemissionKind says why a patient owes less.
type RemissionKind string

// The kinds of remission.
const (
	LateDiscount    RemissionKind = "late_discount"
	DebtWrittenOff  RemissionKind = "write_off"
	DebtIsRecovered RemissionKind = "recovery" // money came for a debt that was written off
)

// Recovered is the reason of money that pays a debt which had been written off.
const Recovered AllocationReason = "recovered"

// Remission is what the clinic lets a patient off, of an admission. A recovery
// is negative: the patient owes again what the money then pays. One that
// reverses another has its amount with the other sign.
type Remission struct {
	ID        RemissionID
	Admission AdmissionID
	Patient   PatientID
	Kind      RemissionKind
	Amount    money.Amount
	Reason    string
	Reverses  RemissionID
	Undone    bool // as it was read: another reverses it
}

// Remit returns the entry of a remission (ledger rule "Late discount /
// write-off"): the expense bears what the patient no longer owes.
func Remit(c Clinic, r Remission, on jalali.Day) (ledger.Entry, error) {
	kinds := map[RemissionKind]struct{ entry, account string }{
		LateDiscount: {EntryLateDiscount, AccountDiscount}, DebtWrittenOff: {EntryWriteOff, AccountBadDebt}, DebtIsRecovered: {EntryRecovery, AccountBadDebt}}
	k, ok := kinds[r.Kind]
	if !ok {
		return ledger.Entry{}, fault.New(fault.Internal, "remission.kind", "there is no remission of kind %q", r.Kind)
	}
	return ledger.NewEntry(on, k.entry, ledger.Debit(c.single(k.account), r.Amount), ledger.Credit(c.Receivable(r.Patient), r.Amount))
}

// Given says what late discounts were given so far.
func Given(all []Remission) (sum money.Amount) {
	for _, r := range all {
		if r.Kind == LateDiscount {
			sum += r.Amount
		}
	}
	return sum
}

// DiscountLate is how much a discount on an admission that is in the books
// lets the patient off. share is what the patient owes for it in all, given
// what was let off later so far, limit the cap of who gives it in basis points:
// all discounts together stay within it. Refused discount.not_final,
// discount.reason, discount.share, discount.cap; Invalid discount.amount.
func DiscountLate(a Admission, d Discount, share, given money.Amount, limit int) (money.Amount, error) {
	if a.Status != Finalized {
		return 0, fault.New(fault.Refused, "discount.not_final", "the admission is not in the books")
	}
	if d.Percent < 0 || d.Percent > 10000 || d.Amount < 0 || (d.Amount != 0) == (d.Percent != 0) {
		return 0, fault.New(fault.Invalid, "discount.amount", "a discount is an amount or a percentage of up to 100").At("discount")
	}
	amount := d.Amount
	if d.Percent != 0 {
		amount = share.Share(d.Percent)
	}
	most := (a.Gross - a.BaseShare - a.SupplementaryShare).Share(limit) - a.Discount - given
	switch {
	case amount > share || amount == 0:
		return 0, fault.New(fault.Refused, "discount.share", "the patient's share is %v", share).With("limit", share.String()).At("discount")
	case amount > most:
		return 0, fault.New(fault.Refused, "discount.cap", "at most %v may be given", max(0, most)).
			With("limit", max(0, most).String()).With("percent", PercentText(limit)).At("discount")
	case d.Reason == "":
		return 0, fault.New(fault.Refused, "discount.reason", "a discount needs a reason").At("reason")
	}
	return amount, nil
}

// GiveUp divides what is written off over open admissions, oldest first.
// Invalid spending.amount, write_off.reason; Refused write_off.more_than_debt
// with the debt.
func GiveUp(open []OpenAdmission, amount money.Amount, reason string) ([]Remission, error) {
	var debt money.Amount
	for _, o := range open {
		debt += o.Left
	}
	switch {
	case amount <= 0:
		return nil, fault.New(fault.Invalid, "spending.amount", "the amount must be more than nothing").At("amount")
	case amount > debt:
		return nil, fault.New(fault.Refused, "write_off.more_than_debt", "only %v is owed", debt).With("limit", debt.String()).At("amount")
	case reason == "":
		return nil, fault.New(fault.Invalid, "write_off.reason", "a write-off needs a reason").At("reason")
	}
	return divide(open, amount, Remission{Kind: DebtWrittenOff, Reason: reason}, 1), nil
}

// Recover divides money over debts that were written off, oldest first: what
// is recovered is owed again, and paid.
func Recover(written []OpenAdmission, amount money.Amount) []Remission {
	return divide(written, amount, Remission{Kind: DebtIsRecovered}, -1)
}

// divide makes remissions like one, of sign times what each admission takes of
// the amount.
func divide(open []OpenAdmission, amount money.Amount, like Remission, sign money.Amount) []Remission {
	var made []Remission
	for _, o := range open {
		part := min(o.Left, amount)
		if part <= 0 {
			continue
		}
		r := like
		r.Admission, r.Patient, r.Amount = o.ID, o.Patient, sign*part
		made = append(made, r)
		amount -= part
	}
	return made
}

// Unremit chooses what of an admission's remissions is taken back so that at
// most keep is let off, the youngest first: those that are reversed, and one
// that is made anew for what stays of the last of them, of amount 0 for none.
func Unremit(all []Remission, keep money.Amount) (reversed []Remission, again Remission) {
	var sum money.Amount
	for _, r := range all {
		sum += r.Amount
	}
	for _, r := range slices.Backward(all) {
		if sum <= keep {
			break
		}
		if r.Undone || r.Reverses != 0 {
			continue
		}
		reversed = append(reversed, r)
		sum -= r.Amount
		if sum < keep && r.Amount > 0 {
			again = r
			again.ID, again.Amount = 0, keep-sum
			break
		}
	}
	return reversed, again
}

// Lost is what of an admission is written off and not recovered.
func Lost(all []Remission) (sum money.Amount) {
	for _, r := range all {
		if r.Kind != LateDiscount {
			sum += r.Amount
		}
	}
	return sum
}
