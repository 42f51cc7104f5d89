package clinic

import (
	"time"

	"daftar/internal/farsi"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/ledger"
	"daftar/internal/money"
)

// HandoverID names a hand-over.
type HandoverID int64

// HandoverTo is where the cash of a hand-over goes.
type HandoverTo string

// Cash goes to the clinic's safe or to a bank account.
const (
	ToSafe HandoverTo = "safe"
	ToBank HandoverTo = "bank"
)

// Handover is cash on its way from a drawer: on the way until somebody else
// confirms that it came, or sends it back.
type Handover struct {
	ID          HandoverID
	Shift       ShiftID
	Amount      money.Amount
	To          HandoverTo
	Place       PlaceID // the bank account; 0 for the safe
	Note        string
	At          time.Time
	Recorded    time.Time
	Staff       StaffID
	Confirmed   time.Time // zero: not yet
	ConfirmedBy StaffID
	Returned    time.Time // zero: was not sent back
	ReturnedBy  StaffID
}

// Waits reports whether the cash is still on the way.
func (h Handover) Waits() bool { return h.Confirmed.IsZero() && h.Returned.IsZero() }

// HandOver sends cash of a counted shift on its way and leaves the rest in the
// drawer for the next shift; cash is what was counted. Of nothing there is no
// entry: all of it stays as the float.
//
// Refused shift.not_counted, shift.awaiting, shift.is_closed by its status,
// handover.more beyond what was counted; Invalid handover.amount, handover.to.
func HandOver(c Clinic, s Shift, h Handover, cash money.Amount, on jalali.Day) (Shift, Handover, []ledger.Entry, error) {
	switch s.Status {
	case ShiftOpen:
		return s, h, nil, fault.New(fault.Refused, "shift.not_counted", "count the shift first")
	case ShiftAwaiting:
		return s, h, nil, fault.New(fault.Refused, "shift.awaiting", "the shift is handed over already")
	case ShiftClosed:
		return s, h, nil, fault.New(fault.Refused, "shift.is_closed", "the shift is closed already")
	}
	note, err := farsi.Clean(h.Note, 200)
	switch {
	case err != nil:
		return s, h, nil, atNote(err)
	case h.Amount < 0 || h.Amount > money.Max:
		return s, h, nil, fault.New(fault.Invalid, "handover.amount", "an amount is nothing or more").At("amount")
	case h.Amount > cash:
		return s, h, nil, fault.New(fault.Refused, "handover.more", "only %v was counted", cash).With("limit", cash.String()).At("amount")
	case h.To != ToSafe && h.To != ToBank:
		return s, h, nil, fault.New(fault.Invalid, "handover.to", "cash goes to the safe or to the bank, not to %q", h.To).At("to")
	}
	h.Note, h.Shift = note, s.ID
	s.Status = ShiftAwaiting
	s.Left += cash - h.Amount
	if h.Amount == 0 {
		return s, h, nil, nil
	}
	entry, err := ledger.NewEntry(on, EntryHandover,
		ledger.Debit(c.single(AccountInTransit), h.Amount), ledger.Credit(c.drawer(s.Desk), h.Amount))
	return s, h, []ledger.Entry{entry}, err
}

// Arrive is the entry of a hand-over that came to where it was sent (ledger rule
// "Shift hand-over").
func (h Handover) Arrive(c Clinic, on jalali.Day) (ledger.Entry, error) {
	to := c.single(AccountSafe)
	if h.To == ToBank {
		to = ledger.Account{Kind: AccountBank, Owner: int64(h.Place), Unit: c.Unit()}
	}
	return ledger.NewEntry(on, EntryHandoverConfirm, ledger.Debit(to, h.Amount), ledger.Credit(c.single(AccountInTransit), h.Amount))
}

// ConfirmShift closes a shift whose cash came to where it was sent; received is
// what was counted there, nil as handed over. A manager alone may confirm what
// he handed over himself.
//
// Refused shift.not_counted, shift.is_closed by its status, shift.cash_left
// while cash is in the drawer that was neither handed over nor left as the
// float, shift.received when another amount came; Forbidden shift.self.
func ConfirmShift(s Shift, waiting []Handover, cash money.Amount, received *money.Amount, by Actor) (Shift, error) {
	handed, self := money.Amount(0), s.Staff == by.Staff
	for _, h := range waiting {
		handed += h.Amount
		self = self || h.Staff == by.Staff
	}
	switch {
	case s.Status == ShiftOpen:
		return s, fault.New(fault.Refused, "shift.not_counted", "count the shift first")
	case s.Status == ShiftClosed:
		return s, fault.New(fault.Refused, "shift.is_closed", "the shift is closed already")
	case self && by.Role != Manager:
		return s, fault.New(fault.Forbidden, "shift.self", "somebody else confirms what one handed over")
	case cash != 0:
		return s, fault.New(fault.Refused, "shift.cash_left", "%v is in the drawer", cash).With("left", cash.String())
	case received != nil && *received != handed:
		return s, fault.New(fault.Refused, "shift.received", "%v was handed over", handed).With("amount", handed.String()).At("received")
	}
	s.Status = ShiftClosed
	return s, nil
}

// ReopenShift lets a shift go on: its count no longer holds, and it takes back
// of what it had left in the drawer as much as is there. Refused shift.is_open;
// Invalid shift.reason.
func ReopenShift(s Shift, reason string, inDrawer money.Amount) (Shift, error) {
	switch {
	case s.Status == ShiftOpen:
		return s, fault.New(fault.Refused, "shift.is_open", "the shift is open")
	case reason == "":
		return s, fault.New(fault.Invalid, "shift.reason", "reopening a shift needs a reason").At("reason")
	}
	s.Status = ShiftOpen
	s.Left -= max(0, min(s.Left, inDrawer))
	s.Counted, s.Closed, s.ClosedBy = time.Time{}, time.Time{}, 0
	return s, nil
}
