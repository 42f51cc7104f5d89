package clinic

import (
	"slices"
	"strings"
	"time"

	"daftar/internal/farsi"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/ledger"
	"daftar/internal/money"
)

// RefundID names a refund; it is the spending that takes the money off.
type RefundID int64

// Refund is money given back to a patient, from credit or from a deposit.
type Refund struct {
	ID       RefundID
	Patient  PatientID
	Number   Number
	Branch   BranchID
	Deposit  int64 // which deposit it is from; 0: from credit
	Amount   money.Amount
	Line     MoneyLine // by which it goes; its amount is the refund's, more than nothing
	Reason   string
	Override string // why it goes another way than it came; "" when it does not
	Day      jalali.Day
	At       time.Time
	Staff    StaffID
}

// RefundMethods are the ways by which money goes back.
var RefundMethods = []Method{Cash, CardToCard, BankTransfer, POS}

// CheckRefund cleans a refund. Invalid spending.amount, money.large,
// receipt.method, receipt.tracking, receipt.last_four, refund.destination,
// refund.reason.
func CheckRefund(r Refund) (Refund, error) {
	r.Line.Amount = r.Amount
	switch {
	case r.Amount <= 0:
		return r, fault.New(fault.Invalid, "spending.amount", "the amount must be more than nothing").At("amount")
	case !slices.Contains(RefundMethods, r.Line.Method):
		return r, fault.New(fault.Invalid, "receipt.method", "money does not go back by %q", r.Line.Method).At("method")
	}
	line, err := CheckMethodLine(r.Line, RefundMethods)
	if err != nil {
		return r, err
	}
	if line.Destination, err = cleanDestination(line.Destination); err != nil {
		return r, err
	}
	r.Line = line
	for _, text := range []*string{&r.Reason, &r.Override} {
		if *text, err = farsi.Clean(*text, 200); err != nil {
			return r, fault.New(fault.Invalid, "refund.reason", "a reason has up to 200 characters").At("reason")
		}
	}
	if r.Reason == "" {
		return r, fault.New(fault.Invalid, "refund.reason", "a refund needs a reason").At("reason")
	}
	return r, nil
}

// cleanDestination reads a Sheba or the number of a card or an account. Of a
// card its end is kept alone.
func cleanDestination(text string) (string, error) {
	clean, err := farsi.Clean(farsi.Digits(text), 40)
	if err != nil {
		return "", fault.New(fault.Invalid, "refund.destination", "the destination is a Sheba or the end of a card").At("destination")
	}
	digits := strings.NewReplacer(" ", "", "-", "").Replace(clean)
	if len(digits) == 16 && strings.Trim(digits, "0123456789") == "" {
		return digits[12:], nil
	}
	return clean, nil
}

// fromBank reports whether money by the method lies in a bank, so that any way
// through a bank leads back.
func (m Method) fromBank() bool { return m != Cash }

// CheckSource refuses a refund that goes another way than its money came,
// unless it is said why: Refused refund.source with the way. sources are the
// methods by which it came; nil when nobody knows.
func CheckSource(r Refund, sources []Method) error {
	if len(sources) == 0 || r.Override != "" {
		return nil
	}
	if slices.ContainsFunc(sources, func(m Method) bool { return m.fromBank() == r.Line.Method.fromBank() }) {
		return nil
	}
	return fault.New(fault.Refused, "refund.source", "the money came by %s", sources[0]).With("method", string(sources[0])).At("override_reason")
}

// CheckDrawer refuses more cash than there is: Refused refund.drawer with what
// is there.
func CheckDrawer(wanted, there money.Amount) error {
	if wanted <= there {
		return nil
	}
	return fault.New(fault.Refused, "refund.drawer", "the drawer holds %v", there).With("limit", max(0, there).String()).At("amount")
}

// PayRefund returns the entry of a checked refund (ledger rules "Refund" and
// "Deposit refunded"): the patient has less credit, or the deposit holds less.
func PayRefund(c Clinic, r Refund) (ledger.Entry, error) {
	kind, from := EntryRefund, c.Receivable(r.Patient)
	if r.Deposit != 0 {
		kind, from = EntryDepositRefund, c.Deposit(r.Patient)
	}
	return ledger.NewEntry(r.Day, kind, ledger.Debit(from, r.Amount), ledger.Credit(r.Line.Account(c), r.Amount))
}
