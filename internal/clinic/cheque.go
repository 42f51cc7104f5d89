package clinic

import (
	"slices"
	"strconv"
	"strings"

	"daftar/internal/farsi"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/ledger"
	"daftar/internal/money"
)

// ChequeID names a cheque.
type ChequeID int64

// The states of a cheque.
const (
	ChequeInHand   = "in_hand"  // in the drawer
	ChequeBanked   = "banked"   // handed to the bank, not money yet
	ChequeCleared  = "cleared"  // money in the bank
	ChequeBounced  = "bounced"  // refused by the bank; the patient owes again
	ChequeReturned = "returned" // given back to its owner
)

// ChequeStatuses are the states in the order a cheque goes through them.
var ChequeStatuses = []string{ChequeInHand, ChequeBanked, ChequeCleared, ChequeBounced, ChequeReturned}

// Cheque is a cheque taken in a receipt line. It lowers the balance when it is
// received and is money in the bank when it clears.
type Cheque struct {
	ID                ChequeID
	Receipt           ReceiptID
	Line              int
	Patient           PatientID
	Amount            money.Amount
	Status            string
	SayadID           string
	Number            string
	Bank              string
	BankBranch        string
	Due               jalali.Day
	OwnerName         string
	OwnerNationalCode string
	Confirmed         bool    // in the Sayad system
	Place             PlaceID // the bank account it was handed to
	Version           int64
}

// Open reports whether the cheque is not money yet and may become it.
func (q Cheque) Open() bool { return q.Status == ChequeInHand || q.Status == ChequeBanked }

// How far a due date may lie from the day the cheque is taken. A cheque is no
// longer one after half a year.
const (
	chequeDaysAhead = 5 * 366
	chequeDaysBack  = 183
)

// CheckCheques checks what is written on the cheques of a receipt, whose lines
// are checked already, and that no cheque is there twice. Invalid cheque.none,
// sayad.invalid, cheque.due, cheque.due_far, cheque.due_past,
// national_code.invalid, cheque.text; Conflict cheque.exists. The fault's field
// is the line's.
func CheckCheques(lines []MoneyLine, today jalali.Day) ([]MoneyLine, error) {
	lines = slices.Clone(lines)
	seen := map[string]bool{}
	for i, l := range lines {
		if l.Method != ByCheque {
			continue
		}
		if l.Cheque == nil {
			return nil, fault.New(fault.Invalid, "sayad.invalid", "a cheque has a Sayad id").At("sayad-" + strconv.Itoa(i))
		}
		q, err := checkCheque(*l.Cheque, today)
		if e, ok := fault.As(err); ok {
			return nil, e.At(e.Field + "-" + strconv.Itoa(i))
		}
		if seen[q.SayadID] {
			return nil, ChequeExists().At("sayad-" + strconv.Itoa(i))
		}
		seen[q.SayadID] = true
		q.Amount = l.Amount
		lines[i].Cheque = &q
	}
	return lines, nil
}

// ChequeExists is the refusal of a cheque that is held already.
func ChequeExists() *fault.Error {
	return fault.New(fault.Conflict, "cheque.exists", "a cheque with this Sayad id is held already")
}

func checkCheque(q Cheque, today jalali.Day) (Cheque, error) {
	var err error
	if q.SayadID, err = farsi.Sayad(q.SayadID); err != nil {
		return q, at(err, "sayad")
	}
	far := strconv.Itoa(chequeDaysAhead / 366)
	switch {
	case q.Due == "" || !q.Due.Valid():
		return q, fault.New(fault.Invalid, "cheque.due", "a cheque has a due date").At("due")
	case q.Due.Sub(today) > chequeDaysAhead:
		return q, fault.New(fault.Invalid, "cheque.due_far", "the due date is more than %s years away", far).With("years", far).At("due")
	case today.Sub(q.Due) > chequeDaysBack:
		return q, fault.New(fault.Invalid, "cheque.due_past", "the due date is more than six months ago").At("due")
	}
	q.Number = farsi.Digits(q.Number)
	if wrong := cleanEach([]field{{"number", &q.Number, 30}, {"bank", &q.Bank, maxName}, {"bank_branch", &q.BankBranch, maxName},
		{"owner", &q.OwnerName, maxName}}); len(wrong) > 0 {
		return q, wrong[0]
	}
	if q.OwnerNationalCode = strings.TrimSpace(q.OwnerNationalCode); q.OwnerNationalCode != "" {
		if q.OwnerNationalCode, err = farsi.NationalCode(q.OwnerNationalCode); err != nil {
			return q, at(err, "owner_code")
		}
	}
	return q, nil
}

// ChequeStep is what is done with a cheque.
type ChequeStep string

// The steps: it is handed to the bank; the bank pays it or refuses it; it is
// given back, for nothing or for other money.
const (
	BankCheque   ChequeStep = "bank"
	ClearCheque  ChequeStep = "clear"
	BounceCheque ChequeStep = "bounce"
	ReturnCheque ChequeStep = "return"
	SwapCheque   ChequeStep = "swap"
)

// chequeSteps says what a cheque becomes by a step and of which states.
var chequeSteps = map[ChequeStep]struct {
	becomes string
	of      []string
}{
	BankCheque:   {ChequeBanked, []string{ChequeInHand}},
	ClearCheque:  {ChequeCleared, []string{ChequeInHand, ChequeBanked}},
	BounceCheque: {ChequeBounced, []string{ChequeInHand, ChequeBanked}},
	ReturnCheque: {ChequeReturned, []string{ChequeInHand, ChequeBanked, ChequeBounced}},
	SwapCheque:   {ChequeReturned, []string{ChequeInHand, ChequeBanked}},
}

// Steps are what can be done with the cheque, in their order.
func (q Cheque) Steps() (can []ChequeStep) {
	for _, s := range []ChequeStep{BankCheque, ClearCheque, BounceCheque, SwapCheque, ReturnCheque} {
		if slices.Contains(chequeSteps[s].of, q.Status) {
			can = append(can, s)
		}
	}
	return can
}

// Do is the cheque after the step. Refused cheque.banked, cheque.cleared,
// cheque.bounced, cheque.returned: what it is, when that does not allow it.
func (q Cheque) Do(s ChequeStep) (Cheque, error) {
	step := chequeSteps[s]
	if !slices.Contains(step.of, q.Status) {
		return q, fault.New(fault.Refused, "cheque."+q.Status, "the cheque is %s", q.Status)
	}
	q.Status = step.becomes
	return q, nil
}

// ChequeMoved are the entries of a step and its lines of money, which are
// numbered after last. in is the money that comes for the cheque: the bank's, or what it
// is swapped for. Ledger rules "Cheque collected" and "Cheque bounced"; a swap
// has the cheque on the other side of the new money. A cheque that is banked,
// or returned after it bounced, moves nothing: no entry. One that is swapped for
// cheques alone leaves by the first entry and they come by the second, since an
// entry does not move nothing; the patient owes it in between.
//
// Invalid cheque.swap_amount when other money is not the amount of the cheque.
func ChequeMoved(c Clinic, q Cheque, s ChequeStep, in []MoneyLine, on jalali.Day, last int) (entries []ledger.Entry, lines []MoneyLine, err error) {
	if s == BankCheque || !q.Open() {
		return nil, nil, nil
	}
	kind := map[ChequeStep]string{ClearCheque: EntryChequeClear, BounceCheque: EntryChequeBounce, ReturnCheque: EntryChequeReturn,
		SwapCheque: EntryChequeSwap}[s]
	postings := []ledger.Posting{ledger.Credit(c.single(AccountCheques), q.Amount)}
	lines = []MoneyLine{{Line: last + 1, Method: ByCheque, Amount: -q.Amount}}
	if s == BounceCheque || s == ReturnCheque {
		postings = append(postings, ledger.Debit(c.Receivable(q.Patient), q.Amount))
	} else {
		var sum money.Amount
		for _, l := range in {
			last++
			l.Line = last + 1
			sum += l.Amount
			lines = append(lines, l)
			postings = append(postings, ledger.Debit(l.Account(c), l.Amount))
		}
		if sum != q.Amount {
			return nil, nil, fault.New(fault.Invalid, "cheque.swap_amount", "the cheque is %v, not %v", q.Amount, sum).
				With("amount", q.Amount.String()).At("amount-0")
		}
	}
	parts := [][]ledger.Posting{postings}
	if s == SwapCheque && !slices.ContainsFunc(in, func(l MoneyLine) bool { return l.Method != ByCheque }) {
		owed := ledger.Debit(c.Receivable(q.Patient), q.Amount)
		parts = [][]ledger.Posting{{postings[0], owed}, append(postings[1:], ledger.Credit(owed.Account, q.Amount))}
	}
	for _, p := range parts {
		e, err := ledger.NewEntry(on, kind, p...)
		if err != nil {
			return nil, nil, err
		}
		entries = append(entries, e)
	}
	return entries, lines, nil
}
