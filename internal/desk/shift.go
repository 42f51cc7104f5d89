package desk

import (
	"context"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/ledger"
	"daftar/internal/money"
	"daftar/internal/store"
)

// OpenShift is the command "I begin at this desk with this much in the drawer".
// Desk 0 is the first of the actor's branch.
type OpenShift struct {
	Desk    clinic.PlaceID
	Float   money.Amount
	Note    string
	Request Request `json:"-"`
}

// OpenShift carries out the command. What the drawer has too little or too much
// of comes from the safe or goes there.
//
// Invalid shift.float, money.large; NotFound place.none; Conflict shift.open
// when the actor has an open shift; Refused books.closed, shift.desk when the
// branch has no desk, shift.unfinished when one was counted and not handed over.
func (d *Desk) OpenShift(ctx context.Context, actor clinic.Actor, cmd OpenShift) (ShiftDone, error) {
	return command(ctx, d, actor, clinic.ReceiveMoney, "shift.open", cmd.Request, cmd, func(w work) (answer ShiftDone, err error) {
		s, err := w.openShift(ctx, clinic.Shift{Desk: cmd.Desk, Branch: w.actor.Branch, Staff: w.actor.Staff, Day: w.today(), Opened: w.now,
			Float: cmd.Float, Note: cmd.Note, Version: 1})
		if err != nil {
			return answer, err
		}
		if answer.Unit, err = w.named(ctx); err != nil {
			return answer, err
		}
		answer.Drawer = &Drawer{After: s.Float}
		answer.Shift, err = w.shiftSheet(ctx, s.ID)
		return answer, err
	})
}

// openShift stores a shift and brings its drawer to the float.
func (w work) openShift(ctx context.Context, s clinic.Shift) (clinic.Shift, error) {
	if err := w.notClosed(ctx, s.Day); err != nil {
		return s, err
	}
	var err error
	if s.Desk, err = w.cashDesk(ctx, s.Desk, s.Branch); err != nil {
		return s, err
	}
	counted, err := w.Tx.ListShifts(ctx, store.ShiftQuery{Statuses: []clinic.ShiftStatus{clinic.ShiftCounted}, Staff: s.Staff, Limit: 1})
	if err != nil {
		return s, err
	}
	if len(counted) > 0 {
		return s, fault.New(fault.Refused, "shift.unfinished", "hand over the shift that was counted first")
	}
	drawer := clinic.MoneyLine{Method: clinic.Cash, Place: s.Desk}
	inBooks, err := w.accountBalance(ctx, drawer.Account(w.clinic))
	if err != nil {
		return s, err
	}
	held, err := w.ShiftCash(ctx, s.Desk)
	if err != nil {
		return s, err
	}
	s, entries, err := clinic.OpenShift(w.clinic, s, inBooks-held)
	if err != nil {
		return s, err
	}
	s.ID = clinic.ShiftID(w.id())
	if err := w.AddShift(ctx, s); err != nil {
		return s, err
	}
	for _, e := range entries {
		drawer.Line, drawer.Amount = 1, s.Float-(inBooks-held)
		// The float is a field of the shift, so the line belongs to none.
		if err := w.move(ctx, e, moved{at: s.Opened, document: int64(s.ID), lines: []clinic.MoneyLine{drawer}}); err != nil {
			return s, err
		}
	}
	event := store.ShiftEvent{Status: s.Status, Note: s.Note, At: s.Opened, Staff: s.Staff}
	if err := w.AddShiftEvent(ctx, w.id(), s.ID, event); err != nil {
		return s, err
	}
	return s, w.audit(ctx, "shift.open", 0, int64(s.ID))
}

// cashDesk is the wanted desk of the branch, or its first one. Refused
// shift.desk when it has none; NotFound place.none.
func (w work) cashDesk(ctx context.Context, want clinic.PlaceID, branch clinic.BranchID) (clinic.PlaceID, error) {
	desks, err := w.placesFor(ctx, clinic.AccountCash, branch)
	if err != nil {
		return 0, err
	}
	for _, p := range desks {
		if want == 0 || p.ID == want {
			return p.ID, nil
		}
	}
	if len(desks) == 0 {
		return 0, fault.New(fault.Refused, "shift.desk", "the branch has no cash desk; a manager adds one in the settings").At("desk")
	}
	return 0, fault.New(fault.NotFound, "place.none", "there is no such desk").At("desk")
}

// accountBalance is what one account holds now.
func (w work) accountBalance(ctx context.Context, a ledger.Account) (money.Amount, error) {
	b, err := w.Balance(ctx, []ledger.Account{a}, store.Moment{})
	return b.Amount, err
}

// shift is the actor's open shift: money at a desk needs one. An import has
// none. Refused shift.none.
func (w work) shift(ctx context.Context) (clinic.Shift, error) {
	s, err := w.OpenShiftOf(ctx, w.actor.Staff)
	if fault.Of(err) != fault.NotFound {
		return s, err
	}
	if w.imports {
		return clinic.Shift{}, nil
	}
	return clinic.Shift{}, fault.New(fault.Refused, "shift.none", "open a shift first")
}
