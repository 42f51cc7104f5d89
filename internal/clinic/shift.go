package clinic

import (
	"time"

	"daftar/internal/farsi"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/ledger"
	"daftar/internal/money"
)

// ShiftID names a shift.
type ShiftID int64

// ShiftStatus is how far a shift is.
type ShiftStatus string

// An open shift takes money; a counted one no longer does; one that awaits has
// handed its cash over and waits for the accountant; a closed one is locked.
const (
	ShiftOpen     ShiftStatus = "open"
	ShiftCounted  ShiftStatus = "counted"
	ShiftAwaiting ShiftStatus = "awaiting"
	ShiftClosed   ShiftStatus = "closed"
)

// Shift is a person's time at a cash desk. A person has one open shift at
// most.
type Shift struct {
	ID       ShiftID
	Desk     PlaceID
	Branch   BranchID
	Staff    StaffID
	Status   ShiftStatus
	Day      jalali.Day // on which it was opened
	Opened   time.Time
	Float    money.Amount // cash that was in the drawer
	Counted  time.Time    // zero: not yet
	Closed   time.Time    // zero: not yet
	ClosedBy StaffID
	Left     money.Amount // cash that stayed in the drawer for the next shift
	Note     string
	Version  int64 // rises by one on every write
}

// OpenShift checks a shift that begins with the float in the drawer, and
// returns the entry that brings the desk's account to it: available is what the
// books say is in the drawer and belongs to no shift. What is missing comes
// from the safe, what is too much goes there. Nothing to move has no entry.
// Invalid shift.float, money.large.
func OpenShift(c Clinic, s Shift, available money.Amount) (Shift, []ledger.Entry, error) {
	note, err := farsi.Clean(s.Note, 200)
	if err != nil {
		return s, nil, err
	}
	s.Note = note
	switch {
	case s.Float < 0:
		return s, nil, fault.New(fault.Invalid, "shift.float", "the float is nothing or more").At("float")
	case s.Float > money.Max:
		return s, nil, fault.New(fault.Invalid, "money.large", "the float is too large").At("float")
	}
	s.Status = ShiftOpen
	move := s.Float - available
	if move == 0 {
		return s, nil, nil
	}
	entry, err := ledger.NewEntry(s.Day, EntryShiftFloat,
		ledger.Debit(ledger.Account{Kind: AccountCash, Owner: int64(s.Desk), Unit: c.Unit()}, move),
		ledger.Credit(c.single(AccountSafe), move))
	return s, []ledger.Entry{entry}, err
}
