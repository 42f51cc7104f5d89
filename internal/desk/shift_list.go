package desk

import (
	"context"
	"slices"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/money"
	"daftar/internal/store"
)

// ListedShift is a shift with the names that belong to it.
type ListedShift = store.ListedShift

// ShiftSheet is a shift with all that belongs to it. Lines are what it holds by
// method and place, cash first; until it is counted they are what the books say
// now. Hidden: the clinic counts blind and it is not counted, so what the books
// say is not told.
type ShiftSheet struct {
	ListedShift
	Lines     []ShiftSheetLine
	Flows     []store.ShiftFlow // where money came from and went to
	Handovers []ListedHandover
	Events    []store.ShiftEvent
	Hidden    bool
}

// ShiftSheetLine is a line with the name of its place.
type ShiftSheetLine struct {
	clinic.ShiftLine
	PlaceName string
}

// Cash is what the drawer holds, by the count or by the books.
func (s ShiftSheet) Cash() clinic.ShiftLine { return s.Lines[0].ShiftLine }

// Holds is the cash that the shift holds now: what was handed over or left in
// the drawer is gone.
func (s ShiftSheet) Holds() money.Amount {
	if s.Status == clinic.ShiftOpen || s.Status == clinic.ShiftCounted {
		return s.Cash().Counted
	}
	return 0
}

// hide leaves out what the books say.
func (s *ShiftSheet) hide() {
	s.Hidden, s.Flows, s.Difference = true, nil, 0
	for i := range s.Lines {
		s.Lines[i].ShiftLine = clinic.ShiftLine{Method: s.Lines[i].Method, Place: s.Lines[i].Place, Number: s.Lines[i].Number}
	}
}

// Shift returns a shift: one's own, or one of the branch for who reads reports
// or confirms shifts, of all branches with that right. NotFound shift.none.
func (d *Desk) Shift(ctx context.Context, actor clinic.Actor, id clinic.ShiftID) (sheet ShiftSheet, err error) {
	if err := actor.May(clinic.ReceiveMoney); err != nil {
		return sheet, err
	}
	err = d.read(ctx, actor, func(w work) error {
		if _, err := w.shiftOf(ctx, id); err != nil {
			return err
		}
		sheet, err = w.shiftSheet(ctx, id)
		return err
	})
	return sheet, err
}

// OwnShift returns the actor's shift that is not over: the open one, else one
// that waits to be handed over; false when there is none.
func (d *Desk) OwnShift(ctx context.Context, actor clinic.Actor) (sheet ShiftSheet, found bool, err error) {
	if err := actor.May(clinic.ReceiveMoney); err != nil {
		return sheet, false, err
	}
	err = d.read(ctx, actor, func(w work) error {
		for _, status := range []clinic.ShiftStatus{clinic.ShiftOpen, clinic.ShiftCounted} {
			mine, err := w.Tx.ListShifts(ctx, store.ShiftQuery{Statuses: []clinic.ShiftStatus{status}, Staff: w.actor.Staff, Limit: 1})
			if err != nil {
				return err
			}
			if len(mine) > 0 {
				found = true
				sheet, err = w.shiftSheet(ctx, mine[0].ID)
				return err
			}
		}
		return nil
	})
	return sheet, found, err
}

// shiftOf returns a shift that the actor may see. NotFound shift.none.
func (w work) shiftOf(ctx context.Context, id clinic.ShiftID) (clinic.Shift, error) {
	s, err := w.Shift(ctx, id)
	if err != nil {
		return s, err
	}
	own := s.Staff == w.actor.Staff
	if !own && (!w.seesShifts() || w.branch() != 0 && s.Branch != w.branch()) {
		return clinic.Shift{}, fault.New(fault.NotFound, "shift.none", "there is no shift %d", id)
	}
	return s, nil
}

// seesShifts reports whether the actor sees the shifts of others.
func (w work) seesShifts() bool {
	return w.actor.Can(clinic.ReadReports) || w.actor.Can(clinic.ConfirmShifts)
}

// shiftSheet gathers what belongs to a shift.
func (w work) shiftSheet(ctx context.Context, id clinic.ShiftID) (sheet ShiftSheet, err error) {
	found, err := w.Tx.ListShifts(ctx, store.ShiftQuery{ID: id, Limit: 1})
	if err != nil {
		return sheet, err
	}
	if len(found) == 0 {
		return sheet, fault.New(fault.NotFound, "shift.none", "there is no shift %d", id)
	}
	sheet.ListedShift = found[0]
	lines, err := w.shiftLines(ctx, sheet.Shift)
	if err != nil {
		return sheet, err
	}
	places := map[string][]clinic.Place{}
	for _, l := range lines {
		kind := clinic.MoneyLine{Method: l.Method}.Account(w.clinic).Kind
		if l.Place != 0 && places[kind] == nil {
			if places[kind], err = w.Places(ctx, kind, sheet.Branch); err != nil {
				return sheet, err
			}
		}
		line := ShiftSheetLine{ShiftLine: l}
		if i := slices.IndexFunc(places[kind], func(p clinic.Place) bool { return p.ID == l.Place }); i >= 0 {
			line.PlaceName = places[kind][i].Name
		}
		sheet.Lines = append(sheet.Lines, line)
	}
	if sheet.Flows, err = w.ShiftFlows(ctx, id); err != nil {
		return sheet, err
	}
	if sheet.Handovers, err = w.Handovers(ctx, id); err != nil {
		return sheet, err
	}
	if sheet.Events, err = w.ShiftEvents(ctx, id); err != nil {
		return sheet, err
	}
	if w.hidden(sheet.Shift) {
		sheet.hide()
	}
	return sheet, nil
}

// shiftLines is what was counted, or what the books say while nothing was.
func (w work) shiftLines(ctx context.Context, s clinic.Shift) ([]clinic.ShiftLine, error) {
	if !s.Counted.IsZero() {
		return w.ShiftCount(ctx, s.ID)
	}
	books, err := w.shiftBooks(ctx, s)
	for i := range books {
		books[i].Counted = books[i].Expected
	}
	return books, err
}

// ShiftQuery is a page of the list of shifts; a zero field asks for nothing.
type ShiftQuery struct {
	Status string
	Desk   clinic.PlaceID
	Day    jalali.Day
	Cursor string
	Limit  int // 1 to 200; 0 is 50
}

// ShiftPage is a page of the list, newest first.
type ShiftPage struct {
	Items        []ListedShift
	Newer, Older string
	Blind        bool // what an open shift should hold is not told
}

// ListShifts returns a page of the shifts that the actor may see. Invalid
// shift.filter, page.cursor.
func (d *Desk) ListShifts(ctx context.Context, actor clinic.Actor, q ShiftQuery) (p ShiftPage, err error) {
	if err := actor.May(clinic.ReceiveMoney); err != nil {
		return p, err
	}
	find := store.ShiftQuery{Desk: q.Desk, Day: q.Day, Limit: q.Limit}
	switch status := clinic.ShiftStatus(q.Status); status {
	case "":
	case clinic.ShiftOpen, clinic.ShiftCounted, clinic.ShiftAwaiting, clinic.ShiftClosed:
		find.Statuses = []clinic.ShiftStatus{status}
	default:
		return p, fault.New(fault.Invalid, "shift.filter", "there is no status %q", q.Status).At("status")
	}
	if find.Older, find.Newer, err = readCursor(q.Cursor); err != nil {
		return p, err
	}
	if find.Limit == 0 {
		find.Limit = 50
	}
	want := find.Limit
	find.Limit++
	err = d.read(ctx, actor, func(w work) error {
		find.Branch = w.branch()
		if !w.seesShifts() {
			find.Staff, find.Branch = w.actor.Staff, 0
		}
		p.Blind = w.clinic.Rules.BlindCount
		found, err := w.Tx.ListShifts(ctx, find)
		if err != nil {
			return err
		}
		r := store.Range{Older: find.Older, Newer: find.Newer}
		rows, more := page(r, found, want)
		p.Items = rows
		p.Newer, p.Older = cursors(r, rows, func(l store.ListedShift) store.Key { return store.Key{At: l.Opened, ID: int64(l.ID)} }, more)
		return nil
	})
	return p, err
}

// ShiftMoneyRow is a line of money of a shift with the person it concerns; one
// whom the actor may not see is left out.
type ShiftMoneyRow struct {
	store.ShiftMoney
	Person clinic.Patient // ID 0: nobody, or nobody who is shown
}

// ShiftMoneyPage is the money of a shift, newest first. More: only the last are
// shown.
type ShiftMoneyPage struct {
	Rows []ShiftMoneyRow
	More bool
}

func (p ShiftMoneyPage) shown() (people []clinic.PatientID) {
	for _, r := range p.Rows {
		if r.Person.ID != 0 {
			people = append(people, r.Person.ID)
		}
	}
	return people
}

// ShiftMoney returns the lines of money of a shift; limit bounds them. The audit
// has one line for it. Faults are those of Shift; Forbidden permission for who
// may not see patients.
func (d *Desk) ShiftMoney(ctx context.Context, actor clinic.Actor, id clinic.ShiftID, limit int) (ShiftMoneyPage, error) {
	if err := actor.May(clinic.ReceiveMoney); err != nil {
		return ShiftMoneyPage{}, err
	}
	return readPatient(ctx, d, actor, "shift.read", func(w work) (p ShiftMoneyPage, _ clinic.PatientID, err error) {
		if _, err := w.shiftOf(ctx, id); err != nil {
			return p, 0, err
		}
		lines, err := w.MoneyOfShift(ctx, id, limit+1)
		if err != nil {
			return p, 0, err
		}
		if p.More = len(lines) > limit; p.More {
			lines = lines[:limit]
		}
		var files []clinic.PatientID
		for _, l := range lines {
			if l.Patient != 0 {
				files = append(files, l.Patient)
			}
		}
		persons, err := w.Persons(ctx, files)
		if err != nil {
			return p, 0, err
		}
		for _, l := range lines {
			row := ShiftMoneyRow{ShiftMoney: l}
			if person, ok := persons[l.Patient]; ok && w.visible(person) == nil {
				row.Person = w.masked(person)
			}
			p.Rows = append(p.Rows, row)
		}
		return p, 0, nil
	})
}
