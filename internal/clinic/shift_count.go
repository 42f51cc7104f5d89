package clinic

import (
	"slices"
	"strconv"

	"daftar/internal/farsi"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/ledger"
	"daftar/internal/money"
)

// ShiftLine is the money of one method at one place in a shift: what the books
// say and what was found. Cash counts the float in.
type ShiftLine struct {
	Method   Method
	Place    PlaceID // the desk, terminal or bank account; 0 for cheques and the gateway
	Number   int     // of lines of money: slips, cheques
	Expected money.Amount
	Counted  money.Amount
}

// Difference is what is too much, or too little below nothing.
func (l ShiftLine) Difference() money.Amount { return l.Counted - l.Expected }

// Field names the line in forms: "cash", "pos_17".
func (l ShiftLine) Field() string {
	if l.Method == Cash {
		return string(Cash)
	}
	return string(l.Method) + "_" + strconv.FormatInt(int64(l.Place), 10)
}

// Counting is what somebody found at the end of a shift. Blind: who counted was
// not told what the books say, so a difference needs no explanation yet.
type Counting struct {
	Lines []ShiftLine // Counted of each is what was found
	Note  string
	Blind bool
}

// CountShift ends the taking of money in a shift: books are what it should
// hold, cash first. What is not said of other methods than cash is as the books
// say. A difference of cash is posted (ledger rule "Shift short"), of others
// only kept.
//
// Refused shift.counted for one that is not open, shift.note when cash differs
// without a word why; Invalid shift.cash without a count of the cash,
// shift.place, shift.twice, shift.amount.
func CountShift(c Clinic, s Shift, books []ShiftLine, found Counting, on jalali.Day) (Shift, []ShiftLine, []ledger.Entry, error) {
	if s.Status != ShiftOpen {
		return s, nil, nil, fault.New(fault.Refused, "shift.counted", "the shift is counted already")
	}
	note, err := farsi.Clean(found.Note, 200)
	if err != nil {
		return s, nil, nil, atNote(err)
	}
	lines, err := matchCounts(books, found.Lines)
	if err != nil {
		return s, nil, nil, err
	}
	difference := lines[0].Difference()
	if difference != 0 && note == "" && !found.Blind {
		return s, nil, nil, fault.New(fault.Refused, "shift.note", "cash differs by %v; say why", difference).
			With("amount", difference.Abs().String()).At("note")
	}
	s.Status, s.Note = ShiftCounted, note
	if difference == 0 {
		return s, lines, nil, nil
	}
	entry, err := ledger.NewEntry(on, EntryShiftDifference,
		ledger.Debit(c.drawer(s.Desk), difference), ledger.Credit(c.single(AccountOverShort), difference))
	return s, lines, []ledger.Entry{entry}, err
}

// drawer is the account of a cash desk.
func (c Clinic) drawer(desk PlaceID) ledger.Account {
	return ledger.Account{Kind: AccountCash, Owner: int64(desk), Unit: c.Unit()}
}

// matchCounts puts what was found beside what the books say.
func matchCounts(books, found []ShiftLine) ([]ShiftLine, error) {
	lines := slices.Clone(books)
	said := make([]bool, len(lines))
	for i := range lines {
		lines[i].Counted = lines[i].Expected
	}
	for _, f := range found {
		if f.Counted > money.Max || f.Counted < -money.Max || f.Method == Cash && f.Counted < 0 {
			return nil, fault.New(fault.Invalid, "shift.amount", "what was counted is no amount").At(f.Field())
		}
		at, err := lineOf(lines, f)
		if err != nil {
			return nil, err
		}
		if at < 0 {
			f.Number, f.Expected = 0, 0
			lines, said = append(lines, f), append(said, true)
			continue
		}
		if said[at] {
			return nil, fault.New(fault.Invalid, "shift.twice", "%s is counted twice", f.Method).At(f.Field())
		}
		lines[at].Counted, said[at] = f.Counted, true
	}
	if !said[0] {
		return nil, fault.New(fault.Invalid, "shift.cash", "count the cash").At("cash")
	}
	return lines, nil
}

// lineOf finds the line of a method, at the only place when none is said; below
// zero: the books have none. Invalid shift.place when several places come into
// question.
func lineOf(lines []ShiftLine, f ShiftLine) (int, error) {
	at := -1
	for i, l := range lines {
		switch {
		case l.Method != f.Method || f.Method != Cash && f.Place != 0 && l.Place != f.Place:
		case f.Method != Cash && at >= 0 && f.Place == 0:
			return 0, fault.New(fault.Invalid, "shift.place", "money by %s lies at several places; say which", f.Method).At(f.Field())
		case at < 0:
			at = i
		}
	}
	return at, nil
}

// atNote says that a fault is about the note.
func atNote(err error) error {
	if e, ok := fault.As(err); ok {
		return e.At("note")
	}
	return err
}
