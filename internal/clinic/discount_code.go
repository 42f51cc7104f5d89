package clinic

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"daftar/internal/farsi"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/money"
)

// DiscountCodeID names a discount code.
type DiscountCodeID int64

// DiscountCode is a word that gives a discount: an amount, or a percentage of
// the patient's part. Who made it answers for what it gives.
type DiscountCode struct {
	ID         DiscountCodeID
	Code       string
	Amount     money.Amount
	Percent    int          // basis points
	Most       money.Amount // of a percentage; 0: no bound
	ValidFrom  jalali.Day
	ValidTo    jalali.Day // last day; "": for ever
	Uses, Used int64
	Patient    PatientID // only this person; 0: anybody
	Services   []ServiceID
	Combinable bool // with a discount that was given by hand
	Note       string
	Staff      StaffID
	StaffName  string `json:",omitempty"` // as it was read; never written
	Made       time.Time
	Disabled   bool
	Version    int64
}

// mostCodeUses bounds how often a code may be used.
const mostCodeUses = 100_000

var codeForm = regexp.MustCompile(`^[A-Z0-9-]{3,30}$`)

// CleanCode is a code as it is kept, however it was typed.
func CleanCode(text string) string {
	return strings.ToUpper(strings.Join(strings.Fields(farsi.Digits(text)), ""))
}

// Check cleans a new code. Invalid discount_code.code, discount_code.amount,
// discount_code.dates, discount_code.uses.
func (c DiscountCode) Check() (DiscountCode, error) {
	c.Code = CleanCode(c.Code)
	note, err := farsi.Clean(c.Note, 200)
	if err != nil {
		return c, err
	}
	c.Note = note
	switch {
	case !codeForm.MatchString(c.Code):
		return c, fault.New(fault.Invalid, "discount_code.code", "a code is 3 to 30 of A-Z 0-9 -").At("code")
	case c.Amount < 0 || c.Percent < 0 || c.Percent > 10000 || c.Most < 0 || c.Amount > money.Max || c.Most > money.Max || (c.Amount == 0) == (c.Percent == 0):
		return c, fault.New(fault.Invalid, "discount_code.amount", "a code gives an amount or a percentage of up to 100").At("amount")
	case !c.ValidFrom.Valid() || c.ValidTo != "" && (!c.ValidTo.Valid() || c.ValidTo < c.ValidFrom):
		return c, fault.New(fault.Invalid, "discount_code.dates", "a code holds from a day to a later one").At("valid_to")
	case c.Uses < 1 || c.Uses > mostCodeUses:
		return c, fault.New(fault.Invalid, "discount_code.uses", "a code is used 1 to %d times", mostCodeUses).At("uses")
	}
	return c, nil
}

// Holds refuses a code that may not be used by a person on a day, at the field
// discount_code: Refused discount_code.off, discount_code.not_yet,
// discount_code.expired, discount_code.used, discount_code.other_patient.
func (c DiscountCode) Holds(person Files, on jalali.Day) error {
	var err *fault.Error
	switch {
	case c.Patient != 0 && !slices.Contains(person, c.Patient):
		err = fault.New(fault.Refused, "discount_code.other_patient", "the code is another person's")
	case c.Disabled:
		err = fault.New(fault.Refused, "discount_code.off", "the code is switched off")
	case on < c.ValidFrom:
		err = fault.New(fault.Refused, "discount_code.not_yet", "the code holds from %s on", c.ValidFrom).With("day", string(c.ValidFrom))
	case c.ValidTo != "" && on > c.ValidTo:
		err = fault.New(fault.Refused, "discount_code.expired", "the code held until %s", c.ValidTo).With("day", string(c.ValidTo))
	case c.Used >= c.Uses:
		err = fault.New(fault.Refused, "discount_code.used", "the code is used up")
	default:
		return nil
	}
	return err.At("discount_code")
}

// ApplyCode gives the lines of a priced admission the discount of a code, on
// top of what was given by hand, and returns how much it is. It is never more
// than what the patient bears. Refused discount_code.combined, and
// discount_code.services when it is for other services or nothing is left to
// let off.
func ApplyCode(c DiscountCode, a Admission) (Admission, money.Amount, error) {
	rest := make([]AdmissionLine, len(a.Lines)) // what the code may take something off
	var whole money.Amount
	for i, l := range a.Lines {
		if l.Removed || len(c.Services) > 0 && !slices.Contains(c.Services, l.Service) {
			rest[i].Removed = true
			continue
		}
		if l.Discount > 0 && !c.Combinable {
			return a, 0, fault.New(fault.Refused, "discount_code.combined", "the code goes with no other discount").At("discount_code")
		}
		rest[i].Gross = l.discountable() - l.Discount
		whole += rest[i].Gross
	}
	off := c.Amount
	if c.Percent > 0 {
		off = whole.Share(c.Percent)
		if c.Most > 0 {
			off = min(off, c.Most)
		}
	}
	if off = min(off, whole); off == 0 {
		return a, 0, fault.New(fault.Refused, "discount_code.services", "the code is for none of these services").At("discount_code")
	}
	lines := slices.Clone(a.Lines)
	for i, d := range (Discount{Amount: off}).Spread(rest) {
		if rest[i].Removed || d.Amount == 0 {
			continue
		}
		line, err := lines[i].withCode(c, d.Amount)
		if err != nil {
			return a, 0, err
		}
		lines[i] = line
	}
	a.Lines = lines
	return a, off, nil
}

// withCode is the line with a part of a code's discount. Who answers for what
// was given by hand goes on to answer for the line; a draft that waits goes on
// to wait.
func (l AdmissionLine) withCode(c DiscountCode, off money.Amount) (AdmissionLine, error) {
	reason, by := c.Code, c.Staff
	if l.Discount > 0 {
		reason, by = l.DiscountReason+" + "+c.Code, l.DiscountBy
	}
	line, err := l.Discounted(Discount{Amount: l.Discount + off, Reason: reason})
	line.DiscountBy = by
	return line, err
}
