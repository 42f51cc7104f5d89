package desk

import (
	"context"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/ledger"
	"daftar/internal/money"
	"daftar/internal/store"
)

// ShiftDone is the answer to a command on a shift: the shift after it, and the
// cash in its drawer before and after, unless whoever counts is not told.
type ShiftDone struct {
	Shift ShiftSheet
	Effect
}

// CountShift is the command "this much is there". What is not said of other
// methods than cash is as the books say.
type CountShift struct {
	Shift   clinic.ShiftID
	Lines   []clinic.ShiftLine // method, place and counted
	Note    string
	Seen    *int64  // the version of the shift that was looked at; nil: not checked
	Request Request `json:"-"`
}

// CountShift carries out the command. Faults are those of clinic.CountShift;
// NotFound shift.none; Refused shift.others; Conflict shift.stale.
func (d *Desk) CountShift(ctx context.Context, actor clinic.Actor, cmd CountShift) (ShiftDone, error) {
	return command(ctx, d, actor, clinic.ReceiveMoney, "shift.count", cmd.Request, cmd, func(w work) (ShiftDone, error) {
		done, err := w.onShift(ctx, cmd.Shift, cmd.Seen, "shift.count", func(s clinic.Shift) (clinic.Shift, string, error) {
			if err := w.ownShift(s); err != nil {
				return s, "", err
			}
			s, err := w.countShift(ctx, s, cmd)
			return s, s.Note, err
		})
		if cmd.Request.DryRun && w.clinic.Rules.BlindCount {
			done.Shift.hide() // trying is not counting
		}
		return done, err
	})
}

// onShift carries out what a command does to a shift, keeps it and what became
// of it, and answers.
func (w work) onShift(ctx context.Context, id clinic.ShiftID, seen *int64, action string,
	do func(s clinic.Shift) (clinic.Shift, string, error)) (answer ShiftDone, err error) {
	s, err := w.shiftOf(ctx, id)
	if err != nil {
		return answer, err
	}
	if seen != nil && *seen != s.Version {
		return answer, fault.New(fault.Conflict, "shift.stale", "the shift was changed by someone else")
	}
	before, err := w.CashOfShift(ctx, s.ID)
	if err != nil {
		return answer, err
	}
	hidden := w.hidden(s)
	s, note, err := do(s)
	if err != nil {
		return answer, err
	}
	if err := w.SaveShift(ctx, s); err != nil {
		return answer, err
	}
	event := store.ShiftEvent{Status: s.Status, Note: note, At: w.now, Staff: w.actor.Staff}
	if err := w.AddShiftEvent(ctx, w.id(), s.ID, event); err != nil {
		return answer, err
	}
	if answer.Shift, err = w.shiftSheet(ctx, s.ID); err != nil {
		return answer, err
	}
	if answer.Unit, err = w.named(ctx); err != nil {
		return answer, err
	}
	if !hidden {
		answer.Drawer = &Drawer{Before: before}
		if answer.Drawer.After, err = w.CashOfShift(ctx, s.ID); err != nil {
			return answer, err
		}
	}
	return answer, w.audit(ctx, action, 0, int64(s.ID))
}

// ownShift refuses a colleague's shift to who may not confirm shifts: Refused
// shift.others.
func (w work) ownShift(s clinic.Shift) error {
	if s.Staff == w.actor.Staff || w.actor.Can(clinic.ConfirmShifts) {
		return nil
	}
	return fault.New(fault.Refused, "shift.others", "it is somebody else's shift")
}

// countShift keeps what was counted and posts the difference of the cash.
func (w work) countShift(ctx context.Context, s clinic.Shift, cmd CountShift) (clinic.Shift, error) {
	books, err := w.shiftBooks(ctx, s)
	if err != nil {
		return s, err
	}
	found := clinic.Counting{Lines: cmd.Lines, Note: cmd.Note, Blind: w.clinic.Rules.BlindCount}
	for i, l := range found.Lines {
		if l.Place != 0 && l.Method != clinic.Cash {
			if found.Lines[i].Place, err = w.place(ctx, clinic.MoneyLine{Method: l.Method, Place: l.Place}); err != nil {
				return s, err
			}
		}
	}
	s, lines, entries, err := clinic.CountShift(w.clinic, s, books, found, w.today())
	if err != nil {
		return s, err
	}
	s.Counted = w.now
	if err := w.AddShiftCount(ctx, s, lines, w.actor.Staff); err != nil {
		return s, err
	}
	for _, e := range entries {
		if err := w.moveOfShift(ctx, e, s, int64(s.ID), lines[0].Difference()); err != nil {
			return s, err
		}
	}
	return s, nil
}

// moveOfShift posts an entry that changes the cash of a shift's drawer.
func (w work) moveOfShift(ctx context.Context, e ledger.Entry, s clinic.Shift, document int64, amount money.Amount) error {
	last, err := w.LastMoneyLine(ctx, document)
	if err != nil {
		return err
	}
	lines := []clinic.MoneyLine{{Line: last + 1, Method: clinic.Cash, Amount: amount, Place: s.Desk}}
	return w.move(ctx, e, moved{at: w.now, document: document, lines: lines, shift: s.ID})
}

// shiftBooks is what a shift should hold, cash first, the float counted in.
func (w work) shiftBooks(ctx context.Context, s clinic.Shift) ([]clinic.ShiftLine, error) {
	books, err := w.ShiftBooks(ctx, s.ID)
	if err != nil {
		return nil, err
	}
	if len(books) == 0 || books[0].Method != clinic.Cash {
		books = append([]clinic.ShiftLine{{Method: clinic.Cash, Place: s.Desk}}, books...)
	}
	books[0].Expected += s.Float - s.Left
	return books, nil
}

// hidden reports whether what the shift should hold is not told: it is not
// counted yet, and the clinic counts blind.
func (w work) hidden(s clinic.Shift) bool {
	return w.clinic.Rules.BlindCount && s.Status == clinic.ShiftOpen
}
