package desk

import (
	"context"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/money"
	"daftar/internal/store"
)

// ListedHandover is a hand-over with the names that belong to it.
type ListedHandover = store.ListedHandover

// HandOver is the command "this much goes to the safe or the bank, the rest
// stays in the drawer". Place 0 is the first bank account. Note is for who
// confirms it.
type HandOver struct {
	Shift   clinic.ShiftID
	Amount  money.Amount
	To      clinic.HandoverTo
	Place   clinic.PlaceID
	Note    string
	Seen    *int64
	Request Request `json:"-"`
}

// HandOver carries out the command. Faults are those of clinic.HandOver;
// NotFound shift.none, place.none; Refused shift.others, receipt.place;
// Conflict shift.stale.
func (d *Desk) HandOver(ctx context.Context, actor clinic.Actor, cmd HandOver) (ShiftDone, error) {
	return command(ctx, d, actor, clinic.ReceiveMoney, "shift.handover", cmd.Request, cmd, func(w work) (ShiftDone, error) {
		return w.onShift(ctx, cmd.Shift, cmd.Seen, "shift.handover", func(s clinic.Shift) (clinic.Shift, string, error) {
			if err := w.ownShift(s); err != nil {
				return s, "", err
			}
			h := clinic.Handover{ID: clinic.HandoverID(w.id()), Amount: cmd.Amount, To: cmd.To, Place: cmd.Place, Note: cmd.Note,
				At: w.now, Recorded: w.now, Staff: w.actor.Staff}
			return w.handOver(ctx, s, h)
		})
	})
}

func (w work) handOver(ctx context.Context, s clinic.Shift, h clinic.Handover) (clinic.Shift, string, error) {
	cash, err := w.CashOfShift(ctx, s.ID)
	if err != nil {
		return s, "", err
	}
	if h.To != clinic.ToBank {
		h.Place = 0
	} else if h.Place, err = w.place(ctx, clinic.MoneyLine{Method: clinic.BankTransfer, Place: h.Place}); err != nil {
		return s, "", err
	}
	s, h, entries, err := clinic.HandOver(w.clinic, s, h, cash, w.today())
	if err != nil {
		return s, "", err
	}
	for _, e := range entries {
		if err := w.AddHandover(ctx, h); err != nil {
			return s, "", err
		}
		if err := w.moveOfShift(ctx, e, s, int64(h.ID), -h.Amount); err != nil {
			return s, "", err
		}
	}
	return s, h.Note, nil
}

// ConfirmShift is the command "the cash came": Received says how much was
// counted, nil is as it was handed over.
type ConfirmShift struct {
	Shift    clinic.ShiftID
	Received *money.Amount
	Note     string
	Seen     *int64
	Request  Request `json:"-"`
}

// ConfirmShift carries out the command. Faults are those of
// clinic.ConfirmShift; NotFound shift.none; Conflict shift.stale.
func (d *Desk) ConfirmShift(ctx context.Context, actor clinic.Actor, cmd ConfirmShift) (ShiftDone, error) {
	return command(ctx, d, actor, clinic.ConfirmShifts, "shift.confirm", cmd.Request, cmd, func(w work) (ShiftDone, error) {
		return w.onShift(ctx, cmd.Shift, cmd.Seen, "shift.confirm", func(s clinic.Shift) (clinic.Shift, string, error) {
			note, err := cleanReason(cmd.Note)
			if err != nil {
				return s, "", err
			}
			s, err = w.confirmShift(ctx, s, cmd.Received)
			return s, note, err
		})
	})
}

func (w work) confirmShift(ctx context.Context, s clinic.Shift, received *money.Amount) (clinic.Shift, error) {
	waiting, err := w.waiting(ctx, s)
	if err != nil {
		return s, err
	}
	cash, err := w.CashOfShift(ctx, s.ID)
	if err != nil {
		return s, err
	}
	if s, err = clinic.ConfirmShift(s, waiting, cash, received, w.actor); err != nil {
		return s, err
	}
	s.Closed, s.ClosedBy = w.now, w.actor.Staff
	for _, h := range waiting {
		h.Confirmed, h.ConfirmedBy = w.now, w.actor.Staff
		if err := w.SaveHandover(ctx, h); err != nil {
			return s, err
		}
		entry, err := h.Arrive(w.clinic, w.today())
		if err != nil {
			return s, err
		}
		var lines []clinic.MoneyLine
		if h.To == clinic.ToBank {
			lines = []clinic.MoneyLine{{Line: 2, Method: clinic.BankTransfer, Amount: h.Amount, Place: h.Place}}
		}
		// It is the clinic's money by now and no longer the shift's.
		if err := w.move(ctx, entry, moved{at: w.now, document: int64(h.ID), lines: lines}); err != nil {
			return s, err
		}
	}
	return s, nil
}

// waiting are the hand-overs of a shift that are still on the way.
func (w work) waiting(ctx context.Context, s clinic.Shift) (waiting []clinic.Handover, err error) {
	all, err := w.Handovers(ctx, s.ID)
	for _, h := range all {
		if h.Waits() {
			waiting = append(waiting, h.Handover)
		}
	}
	return waiting, err
}

// ReopenShift is the command "this shift goes on".
type ReopenShift struct {
	Shift   clinic.ShiftID
	Reason  string
	Seen    *int64
	Request Request `json:"-"`
}

// ReopenShift carries out the command: what waits to be confirmed comes back to
// the drawer, and a count that nobody confirmed no longer holds. What was
// confirmed stays where it came to.
//
// Faults are those of clinic.ReopenShift; NotFound shift.none; Refused
// books.closed when the day of the shift is closed, shift.another when its
// person has another open one; Conflict shift.stale.
func (d *Desk) ReopenShift(ctx context.Context, actor clinic.Actor, cmd ReopenShift) (ShiftDone, error) {
	return command(ctx, d, actor, clinic.ReopenShifts, "shift.reopen", cmd.Request, cmd, func(w work) (ShiftDone, error) {
		return w.onShift(ctx, cmd.Shift, cmd.Seen, "shift.reopen", func(s clinic.Shift) (clinic.Shift, string, error) {
			reason, err := cleanReason(cmd.Reason)
			if err != nil {
				return s, "", err
			}
			s, err = w.reopenShift(ctx, s, reason)
			return s, reason, err
		})
	})
}

func (w work) reopenShift(ctx context.Context, s clinic.Shift, reason string) (clinic.Shift, error) {
	was := s
	inBooks, err := w.accountBalance(ctx, clinic.MoneyLine{Method: clinic.Cash, Place: s.Desk}.Account(w.clinic))
	if err != nil {
		return s, err
	}
	held, err := w.ShiftCash(ctx, s.Desk)
	if err != nil {
		return s, err
	}
	if s, err = clinic.ReopenShift(s, reason, inBooks-held); err != nil {
		return s, err
	}
	if err := w.notClosed(ctx, s.Day); err != nil {
		return s, err
	}
	switch _, err := w.OpenShiftOf(ctx, s.Staff); {
	case err == nil:
		return s, fault.New(fault.Refused, "shift.another", "the person has another open shift")
	case fault.Of(err) != fault.NotFound:
		return s, err
	}
	if was.Status == clinic.ShiftClosed {
		return s, nil
	}
	if err := w.returnHandovers(ctx, s); err != nil {
		return s, err
	}
	return s, w.takeCountBack(ctx, was)
}

// returnHandovers brings what is on the way back to the drawer.
func (w work) returnHandovers(ctx context.Context, s clinic.Shift) error {
	waiting, err := w.waiting(ctx, s)
	if err != nil {
		return err
	}
	for _, h := range waiting {
		h.Returned, h.ReturnedBy = w.now, w.actor.Staff
		if err := w.SaveHandover(ctx, h); err != nil {
			return err
		}
		if err := w.mirror(ctx, s, int64(h.ID), clinic.EntryHandover); err != nil {
			return err
		}
	}
	return nil
}

// takeCountBack reverses the difference that the count of a shift posted.
func (w work) takeCountBack(ctx context.Context, s clinic.Shift) error {
	count, err := w.ShiftCount(ctx, s.ID)
	if err != nil || len(count) == 0 || count[0].Difference() == 0 {
		return err
	}
	return w.mirror(ctx, s, int64(s.ID), clinic.EntryShiftDifference)
}

// mirror reverses the last entry of a kind that changed a shift's cash.
func (w work) mirror(ctx context.Context, s clinic.Shift, document int64, kind string) error {
	entries, err := w.LiveEntries(ctx, document, kind)
	if err != nil {
		return err
	}
	if len(entries) == 0 {
		return fault.New(fault.Internal, "shift.entry", "shift %d: there is no %s to take back", s.ID, kind)
	}
	reverse, err := entries[len(entries)-1].Reverse(w.today(), kind)
	if err != nil {
		return err
	}
	amount := money.Amount(0)
	for _, p := range reverse.Postings {
		if p.Account.Kind == clinic.AccountCash {
			amount = p.Amount
		}
	}
	return w.moveOfShift(ctx, reverse, s, document, amount)
}
