package desk_test

import (
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/money"
	"daftar/test/engine"
)

// chequesIn is what the books say of the cheques of a shift.
func (o *till) chequesIn(t *testing.T, id clinic.ShiftID) (sum money.Amount) {
	t.Helper()
	s, err := o.desk.Shift(t.Context(), o.actor, id)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range s.Lines {
		if l.Method == clinic.ByCheque {
			sum += l.Expected
		}
	}
	return sum
}

// A cheque that was taken by another is back in her drawer while that is open,
// and is only in hand once it was counted without it.
func TestTheWrongChequeWasCleared(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		o := openTill(t, database)
		ctx := t.Context()
		o.admit(t, 1)
		q := o.take(t, o.cheque(1, 4_500_000)).Cheques[0]
		accountant := o.hire(t, "حسابدار", clinic.Accountant)
		own, _, err := o.desk.OwnShift(ctx, o.actor)
		if err != nil {
			t.Fatal(err)
		}
		clear := func() int64 {
			t.Helper()
			done, err := o.desk.ClearCheque(ctx, accountant, desk.ChangeCheque{Cheque: q.ID, Request: o.request()})
			if err != nil || o.chequesIn(t, own.ID) != 0 {
				t.Fatalf("%v %v", o.chequesIn(t, own.ID), err)
			}
			return done.Unit
		}
		undo := func(unit int64) {
			t.Helper()
			if !o.desk.CanUndo(ctx, accountant, unit) {
				t.Error("the accountant is not offered to undo it")
			}
			if _, err := o.desk.UndoUnit(ctx, accountant, desk.UndoUnit{Unit: unit, Reason: "چک دیگری بود", Request: o.request()}); err != nil {
				t.Fatal(err)
			}
		}
		undo(clear())
		if got := o.chequesIn(t, own.ID); got != 4_500_000 {
			t.Errorf("the drawer holds cheques of %v", got)
		}
		item, err := o.desk.ChequeOf(ctx, accountant, q.ID)
		if err != nil || item.Status != clinic.ChequeInHand || item.Place != 0 || item.Last.Status != clinic.ChequeInHand || item.Last.Note != "چک دیگری بود" {
			t.Errorf("%+v %v", item, err)
		}
		unit := clear()
		o.close(t, o.actor, accountant, own.ID, 0)
		undo(unit)
		if got := o.chequesIn(t, own.ID); got != 0 {
			t.Errorf("a drawer that was counted holds cheques of %v", got)
		}
		o.proves(t)
		unit = clear()
		_, err = o.desk.UndoUnit(ctx, o.actor, desk.UndoUnit{Unit: unit, Request: o.request()})
		refuses(t, err, fault.Forbidden, "undo.other")
	})
}
