package desk

import (
	"context"
	"strconv"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/money"
	"daftar/internal/store"
)

// Effect is what a command of money does to what a cashier watches: the
// person's balance and deposits, and the cash in the actor's drawer. A dry run
// answers it without doing it.
type Effect struct {
	Before, After Position
	Drawer        *Drawer // nil: the actor has no open shift
	Unit          int64   // names what the command did, to undo it as one; 0: it did nothing that could be undone
}

// Drawer is the cash that the actor's shift should hold.
type Drawer struct{ Before, After money.Amount }

// onAccount lets do change the account of the person of a file and says in e
// what it did. Conflict account.stale, see watch; Invalid account.large, see
// bounded.
func (w work) onAccount(ctx context.Context, patient clinic.PatientID, seen *int64, e *Effect, do func(files clinic.Files) error) error {
	files, err := w.filesOf(ctx, patient)
	if err != nil {
		return err
	}
	if *e, err = w.watch(ctx, files, seen); err != nil {
		return err
	}
	if err := do(files); err != nil {
		return err
	}
	*e, err = w.watched(ctx, files, *e)
	return err
}

// watch looks at a person's account before a command of money. Conflict
// account.stale when the account moved since seen, the version that a screen
// showed; nil: not checked.
func (w work) watch(ctx context.Context, files clinic.Files, seen *int64) (e Effect, err error) {
	if e.Before, err = w.position(ctx, files, store.Moment{}); err != nil {
		return e, err
	}
	if seen != nil && *seen != e.Before.Version {
		return e, fault.New(fault.Conflict, "account.stale", "the balance is %v now", e.Before.Balance).
			With("balance", strconv.FormatInt(int64(e.Before.Balance), 10))
	}
	cash, open, err := w.drawer(ctx)
	if err == nil && open && !w.clinic.Rules.BlindCount {
		e.Drawer = &Drawer{Before: cash}
	}
	return e, err
}

// watched completes an effect after the command. Invalid account.large, see
// bounded.
func (w work) watched(ctx context.Context, files clinic.Files, e Effect) (Effect, error) {
	var err error
	if e.After, err = w.bounded(ctx, files); err != nil {
		return e, err
	}
	if e.Unit, err = w.named(ctx); err != nil || e.Drawer == nil {
		return e, err
	}
	e.Drawer.After, _, err = w.drawer(ctx)
	return e, err
}

// named is the name of what the command did, 0 when that is in no books: a
// deposit that is for something else, a cheque that went to the bank.
func (w work) named(ctx context.Context) (int64, error) {
	wrote, err := w.UnitWrote(ctx, w.unit)
	if !wrote {
		return 0, err
	}
	return w.unit, err
}

// drawer is the cash that the actor's open shift should hold, and false when
// there is none.
func (w work) drawer(ctx context.Context) (cash money.Amount, open bool, err error) {
	s, err := w.OpenShiftOf(ctx, w.actor.Staff)
	if fault.Of(err) == fault.NotFound {
		return 0, false, nil
	}
	if err != nil {
		return 0, false, err
	}
	cash, err = w.CashOfShift(ctx, s.ID)
	return cash, true, err
}
