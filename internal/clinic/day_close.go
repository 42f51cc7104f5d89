package clinic

import (
	"strconv"
	"time"

	"daftar/internal/farsi"
	"daftar/internal/fault"
	"daftar/internal/jalali"
)

// DayCloseID names the closing of a day.
type DayCloseID int64

// DayClose is a day that was closed: nothing more is written that counts on it
// or before it, unless it was opened again.
type DayClose struct {
	ID         DayCloseID
	Day        jalali.Day
	Closed     time.Time
	Staff      StaffID
	Note       string
	Reopened   time.Time // zero: it is closed
	ReopenedBy StaffID
	Reason     string // why it was opened again
}

// CloseDay checks the closing of a day: locked is the last closed day, "" for
// none, unfinished how many shifts of the day or before are not closed.
//
// Invalid date.syntax, day.future; Refused day.closed, day.shifts.
func CloseDay(d DayClose, today, locked jalali.Day, unfinished int) (DayClose, error) {
	note, err := farsi.Clean(d.Note, 200)
	switch {
	case err != nil:
		return d, atNote(err)
	case !d.Day.Valid():
		return d, fault.New(fault.Invalid, "date.syntax", "a day is needed").At("day")
	case d.Day > today:
		return d, fault.New(fault.Invalid, "day.future", "%s has not come", d.Day).At("day")
	case locked != "" && d.Day <= locked:
		return d, fault.New(fault.Refused, "day.closed", "the books are closed up to %s already", locked).With("day", string(locked))
	case unfinished > 0:
		return d, fault.New(fault.Refused, "day.shifts", "%d shifts are not closed", unfinished).With("n", strconv.Itoa(unfinished))
	}
	d.Note = note
	return d, nil
}

// ReopenDay checks that a closed day is opened again: the last one only, and
// not by who closed it. Refused day.open when it is not closed, day.later;
// Forbidden day.self; Invalid day.reason.
func ReopenDay(d DayClose, locked jalali.Day, reason string, by StaffID) (DayClose, error) {
	switch {
	case !d.Reopened.IsZero():
		return d, fault.New(fault.Refused, "day.open", "%s is not closed", d.Day).With("day", string(d.Day))
	case d.Day < locked:
		return d, fault.New(fault.Refused, "day.later", "%s is closed as well; open it first", locked).With("day", string(locked))
	case d.Staff == by:
		return d, fault.New(fault.Forbidden, "day.self", "somebody else opens a day that one closed")
	case reason == "":
		return d, fault.New(fault.Invalid, "day.reason", "opening a day needs a reason").At("reason")
	}
	d.Reason = reason
	return d, nil
}
