package clinic

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"daftar/internal/farsi"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/ledger"
	"daftar/internal/money"
)

// The ids of receipts and of the places that take money: a cash desk, a
// terminal or a bank account.
type (
	ReceiptID int64
	PlaceID   int64
)

// Method is how money is handed over.
type Method string

// The methods of payment.
const (
	Cash         Method = "cash"
	POS          Method = "pos"
	CardToCard   Method = "card_to_card"
	BankTransfer Method = "bank_transfer"
	ByCheque     Method = "cheque"
	Gateway      Method = "gateway" // the online gateway; never at the desk
)

// DeskMethods are the methods of money that is money at once. ReceiptMethods
// are those of a receipt, which alone takes cheques.
var (
	DeskMethods    = []Method{Cash, POS, CardToCard, BankTransfer}
	ReceiptMethods = []Method{Cash, POS, CardToCard, BankTransfer, ByCheque}
)

// MoneyLine is money that came or went by one method: a line of a receipt, a
// deposit, a refund. What came in is positive.
type MoneyLine struct {
	Line           int
	Method         Method
	Amount         money.Amount
	Place          PlaceID // 0 for cheques
	TrackingNumber string
	LastFour       string  // of the payer's card
	Destination    string  // where money went: a Sheba, the end of a card
	Cheque         *Cheque `json:",omitempty"` // what is written on it; nil: no cheque, or one that was imported
}

// Receipt is money taken from a patient: one number, one or more methods.
//
// Invariant: Amount is the sum of its lines, each more than nothing.
type Receipt struct {
	ID       ReceiptID
	Patient  PatientID
	Number   Number
	Branch   BranchID
	Amount   money.Amount
	Lines    []MoneyLine
	Day      jalali.Day
	At       time.Time
	Recorded time.Time
	Staff    StaffID
	Note     string
}

// maxReceiptLines bounds one receipt.
const maxReceiptLines = 10

// CheckReceipt cleans the lines, numbers them from 1 and totals them. Invalid
// receipt.empty, receipt.lines, receipt.amount (nothing or less), money.large,
// receipt.method, receipt.tracking, receipt.last_four, receipt.destination,
// sheba.invalid; the fault's field is the line's.
func CheckReceipt(r Receipt, methods []Method) (Receipt, error) {
	if len(r.Lines) == 0 {
		return r, fault.New(fault.Invalid, "receipt.empty", "a receipt has an amount").At("amount-0")
	}
	if len(r.Lines) > maxReceiptLines {
		return r, fault.New(fault.Invalid, "receipt.lines", "a receipt has at most %d lines", maxReceiptLines)
	}
	lines := slices.Clone(r.Lines)
	r.Amount = 0
	for i := range lines {
		line, err := checkReceiptLine(lines[i], i, methods)
		if err != nil {
			return r, err
		}
		lines[i] = line
		r.Amount += line.Amount
	}
	if r.Amount > money.Max {
		return r, fault.New(fault.Invalid, "money.large", "the receipt is too large").At("amount-0")
	}
	note, err := farsi.Clean(r.Note, 500)
	r.Lines, r.Note = lines, note
	return r, err
}

func checkReceiptLine(l MoneyLine, i int, methods []Method) (MoneyLine, error) {
	at := func(field string) string { return field + "-" + strconv.Itoa(i) }
	l.Line = i + 1
	tracking, err := farsi.Clean(farsi.Digits(l.TrackingNumber), 40)
	if err != nil {
		return l, fault.New(fault.Invalid, "receipt.tracking", "the tracking number is too long").At(at("tracking"))
	}
	l.TrackingNumber = tracking
	l.LastFour = farsi.Digits(l.LastFour)
	if l.Destination, err = CleanDestination(l.Method, l.Destination); err != nil {
		e, _ := fault.As(err)
		return l, e.At(at("destination"))
	}
	if l.Method != ByCheque {
		l.Cheque = nil
	}
	switch {
	case l.Amount <= 0:
		return l, fault.New(fault.Invalid, "receipt.amount", "the amount must be more than nothing").At(at("amount"))
	case l.Amount > money.Max:
		return l, fault.New(fault.Invalid, "money.large", "the amount is too large").At(at("amount"))
	case !slices.Contains(methods, l.Method):
		return l, fault.New(fault.Invalid, "receipt.method", "the method %q is not taken here", l.Method).At(at("method"))
	case l.LastFour != "" && !fourDigits(l.LastFour):
		return l, fault.New(fault.Invalid, "receipt.last_four", "the last four digits of the card are four digits").At(at("last_four"))
	}
	return l, nil
}

// CleanDestination cleans where money went: of a bank transfer, and whatever
// looks like one, a Sheba; of a card what was noted. Invalid sheba.invalid,
// receipt.destination.
func CleanDestination(m Method, text string) (string, error) {
	if m == BankTransfer && strings.TrimSpace(text) != "" || farsi.SeemsSheba(text) {
		return farsi.Sheba(text)
	}
	clean, err := farsi.Clean(farsi.Digits(text), 40)
	if err != nil {
		return "", fault.New(fault.Invalid, "receipt.destination", "the destination is too long")
	}
	return clean, nil
}

func fourDigits(s string) bool {
	if len(s) != 4 {
		return false
	}
	_, err := strconv.ParseUint(s, 10, 16)
	return err == nil
}

// methodAccounts says in which kind of account each method's money lies.
var methodAccounts = map[Method]string{
	Cash: AccountCash, POS: AccountPOS, CardToCard: AccountBank, BankTransfer: AccountBank, ByCheque: AccountCheques,
	Gateway: AccountGateway,
}

// Account is where the money of the line lies.
func (l MoneyLine) Account(c Clinic) ledger.Account {
	return ledger.Account{Kind: methodAccounts[l.Method], Owner: int64(l.Place), Unit: c.Unit()}
}

// Receive returns the entry of a checked receipt (ledger rule "Receipt"): the
// money lies in the accounts of its methods, the patient owes less.
func Receive(c Clinic, r Receipt) (ledger.Entry, error) {
	postings := []ledger.Posting{ledger.Credit(c.Receivable(r.Patient), r.Amount)}
	for _, l := range r.Lines {
		postings = append(postings, ledger.Debit(l.Account(c), l.Amount))
	}
	return ledger.NewEntry(r.Day, EntryReceipt, postings...)
}
