// Package clinic holds the nouns of a clinic's front office and their rules,
// as pure functions of values: who is a patient, what an admission costs and
// who owes it, what a receipt pays. It knows no storage, no clock and no
// network; whoever calls it hands in the day and the records.
//
// Amounts are minor units of the clinic's currency. A positive balance is owed
// by the patient (بدهکار), a negative one by the clinic (بستانکار).
package clinic

import (
	"strconv"
	"time"

	"daftar/internal/jalali"
	"daftar/internal/ledger"
	"daftar/internal/money"
)

// ID names a clinic; BranchID one of its branches.
type (
	ID       int64
	BranchID int64
)

// Clinic is one set of books: its currency and the zone that decides which
// day an instant belongs to never change. The rest is a manager's to change;
// Version counts that.
type Clinic struct {
	ID           ID
	Name         string
	Currency     money.Currency
	Zone         *time.Location
	Licence      string // licence number, on receipts
	Address      string
	Phone        string
	Footer       string // under receipts
	Toman        bool   // the screen shows rials as tomans; they are stored as rials
	Club         bool   // the customer club is in use
	SMS          bool   // messages are sent
	Rules        MoneyRules
	Appointments AppointmentRules
	ClubRules    ClubRules
	Activities   ActivityRules
	Contact      bool // the public may write by the contact form
	Version      int64
}

// Display is the unit in which the screen shows and takes amounts.
func (c Clinic) Display() money.Currency {
	if c.Toman && c.Currency == money.IRR {
		return money.IRT
	}
	return c.Currency
}

// Unit is the unit of the clinic's money accounts.
func (c Clinic) Unit() ledger.Unit { return ledger.Unit(c.Currency.Code) }

// Day is the clinic's business day at the instant t.
func (c Clinic) Day(t time.Time) jalali.Day { return jalali.DayOf(t, c.Zone) }

// Branch is a place of the clinic with its own desk.
type Branch struct {
	ID         BranchID
	Code, Name string
	Standing
}

// Number is a document number: gapless within the clinic, the kind of document
// and the Jalali year.
type Number struct {
	Year  int
	Count int64
}

// String is the printed form, "1405-123".
func (n Number) String() string {
	if n.Count == 0 {
		return ""
	}
	return strconv.Itoa(n.Year) + "-" + strconv.FormatInt(n.Count, 10)
}

// Place is where money is kept: a cash desk, a terminal or a bank account.
// Bank accounts belong to the whole clinic, so their Branch is 0.
type Place struct {
	ID         PlaceID
	Branch     BranchID
	Code, Name string
	Standing
}

// Serves reports whether the branch may keep money there: its own places and
// those of the whole clinic, whether the place was chosen or is the usual one.
func (p Place) Serves(b BranchID) bool { return p.Branch == 0 || p.Branch == b }
