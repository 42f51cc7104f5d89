package clinic_test

import (
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/ledger"
	"daftar/internal/money"
)

const shiftDay = jalali.Day("2026-11-23")

var rials = clinic.Clinic{Currency: money.IRR}

// moves is what an entry does to an account, 0 without an entry.
func moves(entries []ledger.Entry, kind string) (sum money.Amount) {
	for _, e := range entries {
		for _, p := range e.Postings {
			if p.Account.Kind == kind {
				sum += p.Amount
			}
		}
	}
	return sum
}

func TestCountShift(t *testing.T) {
	books := []clinic.ShiftLine{{Method: clinic.Cash, Place: 1, Expected: 100}, {Method: clinic.POS, Place: 2, Expected: 70},
		{Method: clinic.POS, Place: 3, Expected: 30}, {Method: clinic.ByCheque, Number: 1, Expected: 50}}
	cash := func(n money.Amount) clinic.ShiftLine { return clinic.ShiftLine{Method: clinic.Cash, Counted: n} }
	pos := func(place clinic.PlaceID, n money.Amount) clinic.ShiftLine {
		return clinic.ShiftLine{Method: clinic.POS, Place: place, Counted: n}
	}
	all := func(lines ...clinic.ShiftLine) []clinic.ShiftLine { return lines }
	tests := map[string]struct {
		status clinic.ShiftStatus
		found  clinic.Counting
		code   string
		field  string
		cash   money.Amount // posted to the drawer
		wrong  money.Amount // difference of the first terminal
	}{
		"as the books say":                      {found: clinic.Counting{Lines: all(cash(100))}},
		"too little with a word":                {found: clinic.Counting{Lines: all(cash(95)), Note: "کسری"}, cash: -5},
		"too much with a word":                  {found: clinic.Counting{Lines: all(cash(107)), Note: "اضافه"}, cash: 7},
		"too little without a word":             {found: clinic.Counting{Lines: all(cash(95))}, code: "shift.note", field: "note"},
		"a word of spaces":                      {found: clinic.Counting{Lines: all(cash(95)), Note: "  "}, code: "shift.note", field: "note"},
		"counted blind, without a word":         {found: clinic.Counting{Lines: all(cash(95)), Blind: true}, cash: -5},
		"a terminal differs and posts nothing":  {found: clinic.Counting{Lines: all(cash(100), pos(2, 60))}, wrong: -10},
		"no cash said":                          {found: clinic.Counting{Lines: all(pos(2, 70))}, code: "shift.cash", field: "cash"},
		"which of two terminals":                {found: clinic.Counting{Lines: all(cash(100), pos(0, 70))}, code: "shift.place", field: "pos_0"},
		"the only cheques need no place":        {found: clinic.Counting{Lines: all(cash(100), clinic.ShiftLine{Method: clinic.ByCheque, Counted: 50})}},
		"a terminal that the books do not know": {found: clinic.Counting{Lines: all(cash(100), pos(9, 10))}},
		"one terminal twice":                    {found: clinic.Counting{Lines: all(cash(100), pos(2, 70), pos(2, 70))}, code: "shift.twice", field: "pos_2"},
		"cash below nothing":                    {found: clinic.Counting{Lines: all(cash(-1))}, code: "shift.amount", field: "cash"},
		"more than an amount":                   {found: clinic.Counting{Lines: all(cash(money.Max + 1))}, code: "shift.amount", field: "cash"},
		"counted already":                       {status: clinic.ShiftCounted, found: clinic.Counting{Lines: all(cash(100))}, code: "shift.counted"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if tt.status == "" {
				tt.status = clinic.ShiftOpen
			}
			s, lines, entries, err := clinic.CountShift(rials, clinic.Shift{Desk: 1, Status: tt.status}, books, tt.found, shiftDay)
			e, _ := fault.As(err)
			if fault.Code(err) != tt.code || e != nil && e.Field != tt.field {
				t.Fatalf("%v, want %q at %q", err, tt.code, tt.field)
			}
			if err != nil {
				return
			}
			if s.Status != clinic.ShiftCounted || moves(entries, clinic.AccountCash) != tt.cash || moves(entries, clinic.AccountOverShort) != -tt.cash {
				t.Errorf("the shift is %s and %v was posted, want %v", s.Status, entries, tt.cash)
			}
			if lines[0].Difference() != tt.cash || lines[1].Difference() != tt.wrong || lines[2].Counted != 30 {
				t.Errorf("the count is %+v", lines)
			}
		})
	}
}

func TestHandOver(t *testing.T) {
	tests := map[string]struct {
		status clinic.ShiftStatus
		h      clinic.Handover
		code   string
		left   money.Amount
	}{
		"a part to the safe":   {clinic.ShiftCounted, clinic.Handover{Amount: 80, To: clinic.ToSafe}, "", 20},
		"all to the bank":      {clinic.ShiftCounted, clinic.Handover{Amount: 100, To: clinic.ToBank, Place: 4}, "", 0},
		"nothing, all is left": {clinic.ShiftCounted, clinic.Handover{To: clinic.ToSafe}, "", 100},
		"more than was there":  {clinic.ShiftCounted, clinic.Handover{Amount: 101, To: clinic.ToSafe}, "handover.more", 0},
		"less than nothing":    {clinic.ShiftCounted, clinic.Handover{Amount: -1, To: clinic.ToSafe}, "handover.amount", 0},
		"to nowhere":           {clinic.ShiftCounted, clinic.Handover{Amount: 1}, "handover.to", 0},
		"not counted":          {clinic.ShiftOpen, clinic.Handover{Amount: 1, To: clinic.ToSafe}, "shift.not_counted", 0},
		"handed over already":  {clinic.ShiftAwaiting, clinic.Handover{Amount: 1, To: clinic.ToSafe}, "shift.awaiting", 0},
		"closed":               {clinic.ShiftClosed, clinic.Handover{Amount: 1, To: clinic.ToSafe}, "shift.is_closed", 0},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s, h, entries, err := clinic.HandOver(rials, clinic.Shift{Desk: 1, Status: tt.status}, tt.h, 100, shiftDay)
			if fault.Code(err) != tt.code {
				t.Fatalf("%v, want %q", err, tt.code)
			}
			if err == nil && (s.Status != clinic.ShiftAwaiting || s.Left != tt.left || moves(entries, clinic.AccountInTransit) != h.Amount ||
				moves(entries, clinic.AccountCash) != -h.Amount) {
				t.Errorf("%s, %v left, %v", s.Status, s.Left, entries)
			}
		})
	}
}

func TestConfirmShift(t *testing.T) {
	amount := func(n money.Amount) *money.Amount { return &n }
	waiting := []clinic.Handover{{Amount: 80, Staff: 1}}
	tests := map[string]struct {
		status   clinic.ShiftStatus
		waiting  []clinic.Handover
		cash     money.Amount
		received *money.Amount
		by       clinic.Actor
		code     string
	}{
		"as handed over":                      {clinic.ShiftAwaiting, waiting, 0, nil, clinic.Actor{Staff: 2}, ""},
		"counted on arrival":                  {clinic.ShiftAwaiting, waiting, 0, amount(80), clinic.Actor{Staff: 2}, ""},
		"another amount came":                 {clinic.ShiftAwaiting, waiting, 0, amount(79), clinic.Actor{Staff: 2}, "shift.received"},
		"by who handed over":                  {clinic.ShiftAwaiting, waiting, 0, nil, clinic.Actor{Staff: 1, Role: clinic.Accountant}, "shift.self"},
		"by the cashier for whom it was done": {clinic.ShiftAwaiting, waiting, 0, nil, clinic.Actor{Staff: 9, Role: clinic.Accountant}, "shift.self"},
		"a manager his own":                   {clinic.ShiftAwaiting, waiting, 0, nil, clinic.Actor{Staff: 1, Role: clinic.Manager}, ""},
		"an empty drawer":                     {clinic.ShiftCounted, nil, 0, nil, clinic.Actor{Staff: 2}, ""},
		"cash is left":                        {clinic.ShiftCounted, nil, 5, nil, clinic.Actor{Staff: 2}, "shift.cash_left"},
		"not counted":                         {clinic.ShiftOpen, nil, 0, nil, clinic.Actor{Staff: 2}, "shift.not_counted"},
		"closed":                              {clinic.ShiftClosed, nil, 0, nil, clinic.Actor{Staff: 2}, "shift.is_closed"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s, err := clinic.ConfirmShift(clinic.Shift{Status: tt.status, Staff: 9}, tt.waiting, tt.cash, tt.received, tt.by)
			if fault.Code(err) != tt.code || err == nil && s.Status != clinic.ShiftClosed {
				t.Errorf("%s %v, want %q", s.Status, err, tt.code)
			}
		})
	}
}

// What a shift left in the drawer comes back to it as far as it is there.
func TestReopenShift(t *testing.T) {
	tests := map[string]struct {
		status          clinic.ShiftStatus
		reason          string
		inDrawer, stays money.Amount
		code            string
	}{
		"the float is there":              {clinic.ShiftAwaiting, "اشتباه", 20, 0, ""},
		"the next shift took it":          {clinic.ShiftClosed, "اشتباه", 0, 20, ""},
		"the next shift took a part":      {clinic.ShiftClosed, "اشتباه", 5, 15, ""},
		"there is more than it left":      {clinic.ShiftClosed, "اشتباه", 500, 0, ""},
		"the drawer is short in books":    {clinic.ShiftClosed, "اشتباه", -5, 20, ""},
		"without a reason":                {clinic.ShiftClosed, "", 20, 20, "shift.reason"},
		"one that is open is left as is":  {clinic.ShiftOpen, "اشتباه", 20, 20, "shift.is_open"},
		"a counted one is counted afresh": {clinic.ShiftCounted, "اشتباه", 20, 0, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s, err := clinic.ReopenShift(clinic.Shift{Status: tt.status, Left: 20, Counted: time.Unix(1, 0)}, tt.reason, tt.inDrawer)
			if fault.Code(err) != tt.code || s.Left != tt.stays || err == nil && (s.Status != clinic.ShiftOpen || !s.Counted.IsZero()) {
				t.Errorf("%+v %v, want %q with %v left", s, err, tt.code, tt.stays)
			}
		})
	}
}

func TestCloseAndReopenDay(t *testing.T) {
	const today, yesterday = shiftDay, jalali.Day("2026-11-22")
	closing := map[string]struct {
		day, locked jalali.Day
		unfinished  int
		code        string
	}{
		"yesterday":              {yesterday, "", 0, ""},
		"today":                  {today, yesterday, 0, ""},
		"tomorrow":               {"2026-11-24", "", 0, "day.future"},
		"no day":                 {"x", "", 0, "date.syntax"},
		"closed already":         {yesterday, yesterday, 0, "day.closed"},
		"before a closed one":    {"2026-11-01", yesterday, 0, "day.closed"},
		"a shift is not closed":  {yesterday, "", 1, "day.shifts"},
		"a day nobody worked on": {"2020-01-01", "", 0, ""},
	}
	for name, tt := range closing {
		t.Run(name, func(t *testing.T) {
			if _, err := clinic.CloseDay(clinic.DayClose{Day: tt.day}, today, tt.locked, tt.unfinished); fault.Code(err) != tt.code {
				t.Errorf("%v, want %q", err, tt.code)
			}
		})
	}
	opening := map[string]struct {
		d      clinic.DayClose
		locked jalali.Day
		reason string
		code   string
	}{
		"by somebody else":      {clinic.DayClose{Day: today, Staff: 1}, today, "سند جا ماند", ""},
		"by who closed it":      {clinic.DayClose{Day: today, Staff: 2}, today, "سند جا ماند", "day.self"},
		"a later one is closed": {clinic.DayClose{Day: yesterday, Staff: 1}, today, "سند جا ماند", "day.later"},
		"without a reason":      {clinic.DayClose{Day: today, Staff: 1}, today, "", "day.reason"},
		"open already":          {clinic.DayClose{Day: today, Staff: 1, Reopened: time.Unix(1, 0)}, "", "سند", "day.open"},
	}
	for name, tt := range opening {
		t.Run(name, func(t *testing.T) {
			if _, err := clinic.ReopenDay(tt.d, tt.locked, tt.reason, 2); fault.Code(err) != tt.code {
				t.Errorf("%v, want %q", err, tt.code)
			}
		})
	}
}
