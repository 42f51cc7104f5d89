package clinic

import (
	"slices"
	"time"

	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/ledger"
	"daftar/internal/money"
)

// AdmissionID names an admission.
type AdmissionID int64

// AdmissionStatus is how far an admission is.
type AdmissionStatus string

// A draft owes nothing yet; a finalized admission is in the books; a cancelled
// one was taken out of them by a reversal.
const (
	Draft     AdmissionStatus = "draft"
	Finalized AdmissionStatus = "finalized"
	Cancelled AdmissionStatus = "cancelled"
)

// LineStatus is how far one service of an admission is.
type LineStatus string

// The states of a service line.
const (
	LineWaiting    LineStatus = "waiting"
	LineInProgress LineStatus = "in_progress"
	LineCompleted  LineStatus = "completed"
	LineCancelled  LineStatus = "cancelled"
)

// Shares is a price and who bears it.
//
// Invariant: PatientShare = Gross − BaseShare − SupplementaryShare − Discount +
// VAT, and no part is negative. The patient takes what rounding leaves over.
type Shares struct {
	Gross              money.Amount
	BaseShare          money.Amount
	SupplementaryShare money.Amount
	Discount           money.Amount
	VAT                money.Amount
	PatientShare       money.Amount
}

// AdmissionLine is one service of an admission with its price of that day.
type AdmissionLine struct {
	Line      int
	Service   ServiceID
	Section   SectionID
	Title     string
	Provider  ProviderID // 0: nobody named
	Quantity  int64
	UnitPrice money.Amount
	LineDiscount
	VATRate int // of its day, basis points
	Status  LineStatus
	// How many sessions it takes and how many are done, as it was read; 0: no
	// sessions are planned.
	Sessions, SessionsDone int
	Removed                bool // taken off the admission: its figures stay and count nowhere
	Shares
}

// Admission is the record of which services a patient receives, when and by
// whom. It says who owes what.
//
// Invariant: its Shares are the sums of its lines' that are not removed.
type Admission struct {
	ID                   AdmissionID
	Patient              PatientID
	Number               Number
	Branch               BranchID
	Day                  jalali.Day
	At                   time.Time
	Status               AdmissionStatus
	BaseInsurer          InsurerID // 0: self-pay
	SupplementaryInsurer InsurerID // 0: none
	Lines                []AdmissionLine
	Shares
	Recorded     time.Time
	Staff        StaffID
	CancelReason string
	// DiscountRejected is why the discount that a draft asked for was rejected;
	// "" when it was not, or the draft was changed since.
	DiscountRejected string
	Booked           bool  // it is in the books or was: a draft that was final before
	Version          int64 // rises by one on every write
}

// Payers are the insurers of one admission; nil where there is none.
type Payers struct {
	Base          *Insurer
	Supplementary *Insurer
}

// OrderedService is one wanted service with its tariffs.
type OrderedService struct {
	Service  Service
	Provider ProviderID
	Quantity int64
	Discount Discount
	Tariffs  []Tariff
	Kept     *AdmissionLine // priced before: its price and VAT rate stay
}

// maxQuantity bounds a line; nobody gets a thousand of a service at once.
const maxQuantity = 1000

// CheckQuantity refuses what is no quantity of a line: Invalid
// admission.quantity.
func CheckQuantity(quantity int64) error {
	if quantity < 1 || quantity > maxQuantity {
		return fault.New(fault.Invalid, "admission.quantity", "the quantity is 1 to %d", maxQuantity).At("quantity")
	}
	return nil
}

// PriceLine computes one line in the order of product rule 2.3: gross, base
// insurer's share of its tariff, supplementary share of what is left, discount
// on the patient's part, VAT on what remains of the price; the patient is the
// residual. Nobody answers for its discount yet, see Approve.
//
// Invalid admission.quantity, discount.amount; Refused service.no_price,
// discount.reason.
func PriceLine(o OrderedService, payers Payers, day jalali.Day) (AdmissionLine, error) {
	line := AdmissionLine{Service: o.Service.ID, Section: o.Service.Section, Title: o.Service.Name,
		Provider: o.Provider, Quantity: o.Quantity, Status: LineWaiting}
	if err := CheckQuantity(o.Quantity); err != nil {
		return line, err
	}
	line.VATRate = o.Service.VAT
	if o.Kept != nil {
		line.Line, line.Title, line.Section, line.Status = o.Kept.Line, o.Kept.Title, o.Kept.Section, o.Kept.Status
		line.UnitPrice, line.VATRate = o.Kept.UnitPrice, o.Kept.VATRate
	} else {
		price, ok := PriceOn(o.Tariffs, FreeTariff, day)
		if !ok {
			return line, fault.New(fault.Refused, "service.no_price", "service %s has no price on %s", o.Service.Code, day).
				With("service", o.Service.Name).At("service")
		}
		line.UnitPrice = price
	}
	gross, err := money.Mul(line.UnitPrice, o.Quantity)
	if err == nil && gross > money.Max {
		err = fault.New(fault.Invalid, "money.large", "the price is too large")
	}
	if err != nil {
		return line, err
	}
	line.Gross = gross
	line.BaseShare, line.SupplementaryShare = insurerShares(gross, o, payers, day)
	return line.Discounted(o.Discount)
}

// insurerShares applies the insurers' rates: base insurance to its own tariff,
// never more than the price; supplementary insurance to what is left.
func insurerShares(gross money.Amount, o OrderedService, payers Payers, day jalali.Day) (base, supplementary money.Amount) {
	if payers.Base != nil {
		if tariff, ok := PriceOn(o.Tariffs, payers.Base.ID, day); ok {
			whole, err := money.Mul(tariff, o.Quantity)
			if err != nil || whole > gross {
				whole = gross
			}
			base = whole.Share(payers.Base.Share)
		}
	}
	if payers.Supplementary != nil {
		supplementary = (gross - base).Share(payers.Supplementary.Share)
	}
	return base, supplementary
}

// Total sets the admission's shares to the sums of its lines and numbers them
// from 1. Removed lines keep their numbers and figures and are in no sum.
// Invalid admission.empty without lines, admission.lines with more than 100,
// money.overflow.
func (a Admission) Total(lines []AdmissionLine) (Admission, error) {
	if !slices.ContainsFunc(lines, func(l AdmissionLine) bool { return !l.Removed }) {
		return a, fault.New(fault.Invalid, "admission.empty", "an admission has at least one service").At("lines")
	}
	if len(lines) > 100 {
		return a, fault.New(fault.Invalid, "admission.lines", "an admission has at most 100 services").At("lines")
	}
	a.Shares = Shares{}
	a.Lines = lines
	for i := range lines {
		lines[i].Line = i + 1
		if lines[i].Removed {
			continue
		}
		l := lines[i].Shares
		a.Gross += l.Gross
		a.BaseShare += l.BaseShare
		a.SupplementaryShare += l.SupplementaryShare
		a.Discount += l.Discount
		a.VAT += l.VAT
		a.PatientShare += l.PatientShare
	}
	if a.Gross > money.Max {
		return a, fault.New(fault.Invalid, "money.large", "the admission is too large").At("lines")
	}
	return a, nil
}

// Finalize puts a draft into the books on a day (ledger rule "Admission
// final"): the patient and the insurers owe their shares, discounts are an
// expense, the sections earn the gross. An admission of nothing has no entry.
// Refused admission.not_draft, and discount.unapproved when nobody answers for
// a discount.
func Finalize(c Clinic, a Admission, on jalali.Day) (Admission, []ledger.Entry, error) {
	if a.Status != Draft {
		return a, nil, fault.New(fault.Refused, "admission.not_draft", "the admission is not a draft")
	}
	if a.AwaitsApproval() {
		return a, nil, fault.New(fault.Refused, "discount.unapproved", "nobody answers for a discount").At("discount")
	}
	kind := EntryAdmission
	if a.Booked {
		kind = EntryAdmissionAgain
	}
	a.Status, a.Booked = Finalized, true
	if a.Gross == 0 {
		return a, nil, nil
	}
	entry, err := ledger.NewEntry(on, kind, c.charges(a)...)
	return a, []ledger.Entry{entry}, err
}

// charges are what an admission is in the books.
func (c Clinic) charges(a Admission) []ledger.Posting {
	postings := []ledger.Posting{
		ledger.Debit(c.Receivable(a.Patient), a.PatientShare),
		ledger.Debit(c.single(AccountDiscount), a.Discount),
		ledger.Credit(c.single(AccountVAT), a.VAT),
	}
	if a.BaseInsurer != 0 {
		postings = append(postings, ledger.Debit(c.InsurerReceivable(a.BaseInsurer), a.BaseShare))
	}
	if a.SupplementaryInsurer != 0 {
		postings = append(postings, ledger.Debit(c.InsurerReceivable(a.SupplementaryInsurer), a.SupplementaryShare))
	}
	for _, l := range a.Lines {
		if !l.Removed {
			postings = append(postings, ledger.Credit(c.Income(l.Section), l.Gross))
		}
	}
	return postings
}

// CancelAdmission takes a finalized admission out of the books by reversing
// its entries on the given day; a draft is only marked. Its money becomes
// credit, see ReleaseAllocations. Invalid admission.reason; Refused
// admission.cancelled.
func CancelAdmission(a Admission, entries []ledger.Entry, on jalali.Day, reason string) (Admission, []ledger.Entry, error) {
	if reason == "" {
		return a, nil, fault.New(fault.Invalid, "admission.reason", "a cancellation needs a reason").At("reason")
	}
	if a.Status == Cancelled {
		return a, nil, fault.New(fault.Refused, "admission.cancelled", "the admission is cancelled already")
	}
	var reversals []ledger.Entry
	for _, e := range entries {
		kind := e.Kind
		if kind == EntryAdmission || kind == EntryAdmissionAgain {
			kind = EntryAdmissionCancel // the row that says that it was cancelled; one of an admission
		}
		r, err := e.Reverse(on, kind)
		if err != nil {
			return a, nil, err
		}
		reversals = append(reversals, r)
	}
	a.Status = Cancelled
	a.CancelReason = reason
	for i := range a.Lines {
		a.Lines[i].Status = LineCancelled
	}
	return a, reversals, nil
}
