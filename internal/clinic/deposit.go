package clinic

import (
	"slices"
	"time"

	"daftar/internal/farsi"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/ledger"
	"daftar/internal/money"
)

// The ids of deposits and of what happens to them.
type (
	DepositID         int64
	DepositMovementID int64
	AppointmentID     int64
)

// DepositStatus is how far a deposit is. It follows from its movements.
type DepositStatus string

// A requested deposit was only asked for; an open one is held whole; of a
// partly used one something is left; a closed one holds nothing more. A
// withdrawn one was asked for in vain, or what brought it was undone.
const (
	DepositRequested  DepositStatus = "requested"
	DepositOpen       DepositStatus = "open"
	DepositPartlyUsed DepositStatus = "partly_used"
	DepositClosed     DepositStatus = "closed"
	DepositWithdrawn  DepositStatus = "withdrawn"
)

// DepositStatuses lists the states in the order of the list.
var DepositStatuses = []DepositStatus{DepositOpen, DepositPartlyUsed, DepositRequested, DepositClosed, DepositWithdrawn}

// DepositSums are what the movements of a deposit add up to.
//
// Invariant: Received = Applied + Transferred + Refunded + Forfeited + Remaining.
type DepositSums struct {
	Received    money.Amount
	Applied     money.Amount // to admissions
	Transferred money.Amount // to the account
	Refunded    money.Amount
	Forfeited   money.Amount
	Remaining   money.Amount
	First       time.Time // when money came first; zero: never
}

// Deposit is money held for a future service: a liability, never a part of the
// balance until it is applied.
type Deposit struct {
	ID          DepositID
	Patient     PatientID
	Number      Number
	Branch      BranchID
	Amount      money.Amount // asked for
	Purpose     string
	Service     ServiceID     // 0: none
	Provider    ProviderID    // 0: none
	Appointment AppointmentID // 0: none
	Planned     time.Time     // the visit that it is for; zero: not said
	VisitOver   time.Time     // when that visit was cancelled or missed; zero: it was not
	ByClinic    bool          // the clinic cancelled it
	Expires     jalali.Day    // last day; "": never
	Withdrawn   time.Time     // when a request was taken back; zero: not
	Day         jalali.Day
	At          time.Time
	Recorded    time.Time
	Staff       StaffID
	Version     int64 // rises by one on every write
	DepositSums
}

// Status follows from what moved.
func (d Deposit) Status() DepositStatus {
	switch {
	case d.Received == 0 && (!d.Withdrawn.IsZero() || !d.First.IsZero() && d.First.Equal(d.Recorded)):
		return DepositWithdrawn
	case d.Received == 0:
		return DepositRequested
	case d.Remaining == 0:
		return DepositClosed
	case d.Remaining < d.Received:
		return DepositPartlyUsed
	}
	return DepositOpen
}

// Expired reports whether the deposit, asked for or held, is past its last day.
// It is still the patient's: expiry only proposes to forfeit it.
func (d Deposit) Expired(today jalali.Day) bool {
	return d.Waiting() && d.Expires != "" && d.Expires < today
}

// CheckDeposit cleans what is said of a new deposit. It holds until the day
// that is said, or as long as the clinic's rules say. Invalid deposit.amount,
// money.large, deposit.expires when that day is over already.
func CheckDeposit(c Clinic, d Deposit, today jalali.Day) (Deposit, error) {
	purpose, err := farsi.Clean(d.Purpose, 200)
	if err != nil {
		return d, err
	}
	d.Purpose = purpose
	switch {
	case d.Amount <= 0:
		return d, fault.New(fault.Invalid, "deposit.amount", "the amount must be more than nothing").At("amount")
	case d.Amount > money.Max:
		return d, fault.New(fault.Invalid, "money.large", "the deposit is too large").At("amount")
	case d.Expires != "" && d.Expires < today:
		return d, fault.New(fault.Invalid, "deposit.expires", "a deposit holds until today at least").At("expires")
	}
	if d.Expires == "" && c.Rules.DepositDays > 0 {
		d.Expires = today.Add(c.Rules.DepositDays)
		return d.until(c), nil
	}
	return d, nil
}

// CheckDepositMoney checks the lines by which a deposit is received, as those
// of a receipt are. Cheques are refused: a deposit is money already. Refused
// deposit.cheque; else those of CheckReceipt.
func CheckDepositMoney(lines []MoneyLine) ([]MoneyLine, money.Amount, error) {
	for _, l := range lines {
		if l.Method == ByCheque {
			return nil, 0, fault.New(fault.Refused, "deposit.cheque", "a deposit is not taken by cheque").At("method")
		}
	}
	r, err := CheckReceipt(Receipt{Lines: lines}, DeskMethods)
	return r.Lines, r.Amount, err
}

// Receivable refuses to receive a deposit that is not waiting for its money, or
// more than was asked for: Refused deposit.not_requested,
// deposit.more_than_requested with the limit.
func (d Deposit) Receivable(amount money.Amount) error {
	switch {
	case d.Status() != DepositRequested:
		return fault.New(fault.Refused, "deposit.not_requested", "the deposit is %s", d.Status())
	case amount > d.Amount:
		return fault.New(fault.Refused, "deposit.more_than_requested", "only %v was asked for", d.Amount).
			With("limit", d.Amount.String()).At("amount")
	}
	return nil
}

// Take is the amount that leaves the deposit: what is wanted, or all that it
// holds when nothing is said. Invalid deposit.amount; Refused deposit.empty,
// deposit.more_than_left with the limit.
func (d Deposit) Take(want *money.Amount) (money.Amount, error) {
	if d.Remaining <= 0 {
		return 0, fault.New(fault.Refused, "deposit.empty", "the deposit holds nothing")
	}
	if want == nil {
		return d.Remaining, nil
	}
	switch {
	case *want <= 0:
		return 0, fault.New(fault.Invalid, "deposit.amount", "the amount must be more than nothing").At("amount")
	case *want > d.Remaining:
		return 0, fault.New(fault.Refused, "deposit.more_than_left", "the deposit holds only %v", d.Remaining).
			With("limit", d.Remaining.String()).At("amount")
	}
	return *want, nil
}

// Apply is the amount of the deposit that pays an admission of which due is
// left: what is wanted, or as much as there is of both. Beside the faults of
// Take: Refused deposit.not_due when nothing is left to pay,
// deposit.more_than_due with the limit.
func (d Deposit) Apply(want *money.Amount, due money.Amount) (money.Amount, error) {
	if due <= 0 {
		return 0, fault.New(fault.Refused, "deposit.not_due", "the admission has nothing left to pay").At("admission_id")
	}
	if want == nil {
		held, err := d.Take(nil)
		return min(held, due), err
	}
	if *want > due && d.Remaining > 0 {
		return 0, fault.New(fault.Refused, "deposit.more_than_due", "only %v is left of the admission", due).
			With("limit", due.String()).At("amount")
	}
	return d.Take(want)
}

// ProposeForfeit is what the clinic's tiers keep of the deposit when the visit
// is cancelled at the instant: a part of what was received, at most what is
// left. A visit that is over goes by when it was cancelled, and one that the
// clinic cancelled keeps nothing. A deposit that is past its last day is
// proposed whole; one without a planned visit proposes nothing.
func (d Deposit) ProposeForfeit(c Clinic, at time.Time) money.Amount {
	rate := 0
	switch {
	case d.ByClinic:
	case d.Expired(c.Day(at)):
		rate = 10000
	case !d.Planned.IsZero():
		if !d.VisitOver.IsZero() {
			at = d.VisitOver
		}
		left := d.Planned.Sub(at)
		hours := int(left / time.Hour)
		if left < 0 {
			hours = -1
		}
		rate = c.Rules.ForfeitRate(hours)
	}
	return min(d.Received.Share(rate), d.Remaining)
}

// DepositMove is what a deposit is for, as it is said anew; nil leaves a part
// as it is.
type DepositMove struct {
	Appointment *AppointmentID
	Planned     *time.Time
	Purpose     *string
	Service     *ServiceID
	Provider    *ProviderID
}

// Move says anew what the deposit is for; it holds until the planned visit at
// least. Refused deposit.over for one that holds nothing and waits for nothing;
// Invalid deposit.same when nothing changes.
func (d Deposit) Move(c Clinic, m DepositMove) (Deposit, error) {
	if d.Remaining == 0 && d.Status() != DepositRequested {
		return d, fault.New(fault.Refused, "deposit.over", "the deposit is %s", d.Status())
	}
	was := d
	said(&d.Appointment, m.Appointment)
	said(&d.Planned, m.Planned)
	said(&d.Purpose, m.Purpose)
	said(&d.Service, m.Service)
	said(&d.Provider, m.Provider)
	d.Planned = d.Planned.UTC()
	purpose, err := farsi.Clean(d.Purpose, 200)
	if err != nil {
		return was, err
	}
	if d.Purpose = purpose; d == was {
		return was, fault.New(fault.Invalid, "deposit.same", "nothing is changed").At("purpose")
	}
	return d.until(c), nil
}

// Belongs is the deposit for an appointment, wherever that moves: its provider
// and time are the deposit's, and it holds until then.
func (d Deposit) Belongs(c Clinic, a Appointment) Deposit {
	d.Appointment, d.Planned, d.Provider, d.VisitOver, d.ByClinic = a.ID, a.Starts.UTC(), a.Provider, time.Time{}, false
	if a.Service != 0 {
		d.Service = a.Service
	}
	if !a.Ended.IsZero() {
		d.VisitOver, d.ByClinic = a.Ended, a.Status == CancelledByClinic || a.Status == EnteredInError
	}
	return d.until(c)
}

// Waiting reports whether the deposit can still be for a visit: it holds money,
// or money is waited for.
func (d Deposit) Waiting() bool { return d.Remaining > 0 || d.Status() == DepositRequested }

// until lets a deposit that ends hold until the visit that it is for.
func (d Deposit) until(c Clinic) Deposit {
	if d.Expires != "" && !d.Planned.IsZero() {
		d.Expires = max(d.Expires, c.Day(d.Planned))
	}
	return d
}

// said keeps what is said, if anything is.
func said[T any](into *T, said *T) {
	if said != nil {
		*into = *said
	}
}

// Withdraw takes a request back. Refused deposit.not_requested.
func (d Deposit) Withdraw(at time.Time) (Deposit, error) {
	if d.Status() != DepositRequested {
		return d, fault.New(fault.Refused, "deposit.not_requested", "the deposit is %s", d.Status())
	}
	d.Withdrawn = at
	return d, nil
}

// DepositMovementKind says what happened to a deposit.
type DepositMovementKind string

// The kinds of movement.
const (
	DepositReceive   DepositMovementKind = "receive"
	DepositCredit    DepositMovementKind = "from_credit" // credit became a deposit
	DepositApply     DepositMovementKind = "apply"       // pays an admission
	DepositUnapply   DepositMovementKind = "unapply"
	DepositToAccount DepositMovementKind = "to_account"
	DepositRefunded  DepositMovementKind = "refund"
	DepositForfeit   DepositMovementKind = "forfeit"
	DepositMoved     DepositMovementKind = "move" // is for something else now
)

// DepositMovement is one thing that happened to a deposit. Amount is the change
// of what it holds. Facts: a movement is undone by its mirror.
type DepositMovement struct {
	ID        DepositMovementID
	Deposit   DepositID
	Patient   PatientID
	Kind      DepositMovementKind
	Amount    money.Amount
	Admission AdmissionID       // of apply and unapply
	Reverses  DepositMovementID // 0: none
	Note      string
}

// Fund is the money that a movement brings onto the account: the part that was
// applied or moved there.
func (m DepositMovement) Fund() Fund {
	return Fund{ID: FundID(m.ID), Kind: FundDeposit, Patient: m.Patient, Amount: -m.Amount, Left: -m.Amount}
}

// DepositEntry returns the entry of a movement (ledger table 2.12): what the
// deposit holds more is owed to the patient more. lines are those by which
// money came or, negative, went; other movements have none. A deposit that is for
// something else now posts nothing.
func DepositEntry(c Clinic, m DepositMovement, lines []MoneyLine, on jalali.Day) (ledger.Entry, error) {
	postings := []ledger.Posting{ledger.Credit(c.Deposit(m.Patient), m.Amount)}
	switch m.Kind {
	case DepositReceive, DepositRefunded:
		for _, l := range lines {
			postings = append(postings, ledger.Debit(l.Account(c), l.Amount))
		}
	case DepositForfeit:
		postings = append(postings, ledger.Debit(c.single(AccountForfeit), m.Amount))
	default:
		postings = append(postings, ledger.Debit(c.Receivable(m.Patient), m.Amount))
	}
	return ledger.NewEntry(on, depositEntries[m.Kind], postings...)
}

// depositEntries are the kinds of entry that movements post.
var depositEntries = map[DepositMovementKind]string{
	DepositReceive: EntryDeposit, DepositRefunded: EntryDepositRefund, DepositForfeit: EntryDepositForfeit,
	DepositCredit: EntryCreditToDeposit, DepositApply: EntryDepositApply, DepositUnapply: EntryDepositUnapply,
	DepositToAccount: EntryDepositAccount,
}

// FundPart is a part of a fund.
type FundPart struct {
	Fund   FundID
	Amount money.Amount
}

// UnapplyParts is what goes back to a deposit of the funds that it became, the
// youngest first: what is wanted, or all of them that is still on the account.
// Invalid deposit.amount; Refused deposit.not_applied when there is nothing,
// deposit.more_than_applied with the limit.
func UnapplyParts(funds []Fund, want *money.Amount) (parts []FundPart, err error) {
	var limit money.Amount
	for _, f := range funds {
		limit += f.Left + f.Pays
	}
	amount := limit
	if want != nil {
		amount = *want
	}
	switch {
	case limit == 0:
		return nil, fault.New(fault.Refused, "deposit.not_applied", "the deposit pays nothing of it").At("admission_id")
	case amount <= 0:
		return nil, fault.New(fault.Invalid, "deposit.amount", "the amount must be more than nothing").At("amount")
	case amount > limit:
		return nil, fault.New(fault.Refused, "deposit.more_than_applied", "only %v of the deposit is there", limit).
			With("limit", limit.String()).At("amount")
	}
	for _, f := range slices.Backward(funds) {
		if part := min(f.Left+f.Pays, amount); part > 0 {
			parts = append(parts, FundPart{f.ID, part})
			amount -= part
		}
	}
	return parts, nil
}
