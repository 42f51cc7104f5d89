package clinic

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"

	"daftar/internal/fault"
	"daftar/internal/money"
)

// Discount is asked for as an amount or as a percentage of the patient's part,
// never both.
type Discount struct {
	Amount  money.Amount
	Percent int // basis points
	Reason  string
}

// LineDiscount is what is kept of a line's discount beside its amount: the
// percentage when it was given as one, why, and who answers for it. A draft's
// discount without somebody who answers waits for approval.
type LineDiscount struct {
	DiscountPercent int // basis points; 0 when an amount was given
	DiscountReason  string
	DiscountBy      StaffID // 0: nobody yet
	DiscountByName  string  `json:",omitempty"` // as it was read; never written
}

// Given is the line's discount as it was asked for.
func (l AdmissionLine) Given() Discount {
	d := Discount{Percent: l.DiscountPercent, Reason: l.DiscountReason}
	if d.Percent == 0 {
		d.Amount = l.Discount
	}
	return d
}

// Discounted is the line with this discount instead of any it had. Nobody
// answers for it yet. Invalid discount.amount; Refused discount.reason.
func (l AdmissionLine) Discounted(d Discount) (AdmissionLine, error) {
	part := l.discountable()
	amount, err := d.of(part)
	if err != nil {
		return l, err
	}
	l.LineDiscount = LineDiscount{}
	if amount > 0 {
		l.DiscountPercent, l.DiscountReason = d.Percent, d.Reason
	}
	l.Discount = amount
	l.VAT = (l.Gross - amount).Share(l.VATRate)
	l.PatientShare = part - amount + l.VAT
	return l, nil
}

// discountable is what a discount is a part of: the patient's before discount
// and VAT.
func (l AdmissionLine) discountable() money.Amount {
	return l.Gross - l.BaseShare - l.SupplementaryShare
}

// of is the discount in money on the patient's part.
func (d Discount) of(part money.Amount) (money.Amount, error) {
	if d.Percent < 0 || d.Percent > 10000 || d.Amount < 0 || d.Amount != 0 && d.Percent != 0 {
		return 0, fault.New(fault.Invalid, "discount.amount", "a discount is an amount or a percentage of up to 100").At("discount")
	}
	amount := d.Amount
	if d.Percent != 0 {
		amount = part.Share(d.Percent)
	}
	switch {
	case amount == 0:
		return 0, nil
	case amount > part:
		return 0, fault.New(fault.Invalid, "discount.amount", "the discount is more than the price").At("discount")
	case d.Reason == "":
		return 0, fault.New(fault.Refused, "discount.reason", "a discount needs a reason").At("reason")
	}
	return amount, nil
}

// Waits reports whether nobody answers for the line's discount.
func (l AdmissionLine) Waits() bool { return l.Discount > 0 && l.DiscountBy == 0 && !l.Removed }

// within refuses a discount beyond the cap, in basis points: Refused
// discount.cap with the most that may be given.
func (l AdmissionLine) within(limit int) error {
	most := l.discountable().Share(limit)
	if l.Discount <= most {
		return nil
	}
	return fault.New(fault.Refused, "discount.cap", "at most %v may be given", most).
		With("limit", most.String()).With("percent", PercentText(limit)).At("discount")
}

// PercentText writes basis points as a percentage: 1250 is "12.5".
func PercentText(basisPoints int) string {
	text := strconv.Itoa(basisPoints / 100)
	if rest := basisPoints % 100; rest != 0 {
		text += strings.TrimSuffix(fmt.Sprintf(".%02d", rest), "0")
	}
	return text
}

// AwaitsApproval reports whether a discount of a draft has nobody who answers
// for it.
func (a Admission) AwaitsApproval() bool {
	for _, l := range a.Lines {
		if a.Status == Draft && l.Waits() {
			return true
		}
	}
	return false
}

// Approve lets a person answer for the discounts that nobody answers for, each
// within the cap. limit is the cap in basis points of the patient's part.
// Refused discount.cap at the first line beyond it ("discount-0").
func (a Admission) Approve(by StaffID, limit int) (Admission, error) {
	return a.answer(by, limit, func(i int, err error) error { return AtLine(err, i) })
}

// RejectDiscount lets a person who could answer for the discounts of a draft
// that nobody answers for say no, and why: its lines have none then. Whoever
// may discount after the bill may say no to more than their own cap. Refused
// discount.not_draft, discount.not_waiting, and discount.cap as Approve does;
// Invalid discount.rejection without a reason.
func (a Admission) RejectDiscount(who Actor, reason string) (Admission, error) {
	switch {
	case a.Status != Draft:
		return a, fault.New(fault.Refused, "discount.not_draft", "the admission is not a draft")
	case !a.AwaitsApproval():
		return a, fault.New(fault.Refused, "discount.not_waiting", "no discount waits for approval")
	}
	if _, err := a.Approve(who.Staff, who.DiscountCap()); err != nil && !who.Can(DiscountLater) {
		return a, err
	}
	if reason == "" {
		return a, fault.New(fault.Invalid, "discount.rejection", "say why").At("reason")
	}
	lines := make([]AdmissionLine, len(a.Lines))
	copy(lines, a.Lines)
	for i, l := range lines {
		if !l.Waits() {
			continue
		}
		var err error
		if lines[i], err = l.Discounted(Discount{}); err != nil {
			return a, err
		}
	}
	a.DiscountRejected = reason
	return a.Total(lines)
}

// Offer is Approve for a draft: what lies beyond the cap keeps waiting for
// somebody who may give it.
func (a Admission) Offer(by StaffID, limit int) Admission {
	a, _ = a.answer(by, limit, func(int, error) error { return nil })
	return a
}

// answer lets by answer for what is within the limit; beyond decides on what
// is not.
func (a Admission) answer(by StaffID, limit int, beyond func(i int, err error) error) (Admission, error) {
	lines := make([]AdmissionLine, len(a.Lines))
	copy(lines, a.Lines)
	for i, l := range lines {
		if !l.Waits() {
			continue
		}
		if err := l.within(limit); err == nil {
			lines[i].DiscountBy = by
		} else if err := beyond(i, err); err != nil {
			return a, err
		}
	}
	a.Lines = lines
	return a, nil
}

// AtLine puts a fault at the field of the i-th line, counted from zero: the
// fault of a line at "discount" is that of the admission at "discount-0".
func AtLine(err error, i int) error {
	e, ok := fault.As(err)
	if !ok {
		return err
	}
	field := e.Field
	if field == "" {
		field = "service"
	}
	return e.At(field + "-" + strconv.Itoa(i))
}

// Spread divides a discount over lines: a percentage holds for each, an amount
// is shared out by what each patient's part is, the last taking what rounding
// leaves. Removed lines keep what they had.
func (d Discount) Spread(lines []AdmissionLine) []Discount {
	parts := make([]Discount, len(lines))
	var whole money.Amount
	last := 0
	for i, l := range lines {
		if !l.Removed {
			whole += l.discountable()
			last = i
		}
	}
	left := d.Amount
	for i, l := range lines {
		if l.Removed {
			parts[i] = l.Given()
			continue
		}
		parts[i] = Discount{Percent: d.Percent, Reason: d.Reason}
		if d.Amount == 0 {
			continue
		}
		part := left
		if i < last && whole > 0 {
			part = share(left, l.discountable(), whole)
			whole -= l.discountable()
		}
		parts[i].Amount = part
		left -= part
	}
	return parts
}

// share is amount × part ÷ whole, rounded down.
func share(amount, part, whole money.Amount) money.Amount {
	return money.Amount(new(big.Int).Div(new(big.Int).Mul(big.NewInt(int64(amount)), big.NewInt(int64(part))), big.NewInt(int64(whole))).Int64())
}

// DiscountDraft gives the lines of a draft these discounts, one for each line,
// and totals it anew. Nobody answers yet for what changes. Refused
// discount.not_draft; those of Discounted, at their line.
func DiscountDraft(a Admission, discounts []Discount) (Admission, error) {
	if a.Status != Draft {
		return a, fault.New(fault.Refused, "discount.not_draft", "the admission is not a draft")
	}
	lines := make([]AdmissionLine, len(a.Lines))
	copy(lines, a.Lines)
	for i, l := range a.Lines {
		if l.Removed || discounts[i] == l.Given() {
			continue
		}
		var err error
		if lines[i], err = l.Discounted(discounts[i]); err != nil {
			return a, AtLine(err, i)
		}
		a.DiscountRejected = ""
	}
	return a.Total(lines)
}
