package desk

import (
	"context"
	"slices"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/money"
	"daftar/internal/store"
)

// UndoUnit is the command "take back what this command of mine did, all of it".
// Seen is the version of the account that was looked at; nil: not checked.
type UndoUnit struct {
	Unit    int64
	Reason  string
	Seen    *int64
	Request Request `json:"-"`
}

// UndoneUnit is the answer to UndoUnit. What is the kind of entry that the unit
// is called by.
type UndoneUnit struct {
	Of      int64
	What    string
	Patient clinic.PatientID
	Effect
}

// undoReason stands where a reason is needed and none was given.
const undoReason = "undo"

// UndoUnit carries out the command, in the minutes that the clinic allows.
//
// NotFound undo.none; Forbidden undo.other, shift.closed; Refused undo.late,
// undo.done, undo.void, undo.not_possible, undo.used when something of it has
// gone on since, receipt.cheque, refund.drawer; Conflict account.stale.
func (d *Desk) UndoUnit(ctx context.Context, actor clinic.Actor, cmd UndoUnit) (UndoneUnit, error) {
	return command(ctx, d, actor, clinic.VoidMoney, "undo.write", cmd.Request, cmd, func(w work) (answer UndoneUnit, err error) {
		u, err := w.unitToUndo(ctx, cmd.Unit)
		if err != nil {
			return answer, err
		}
		reason, err := cleanReason(cmd.Reason)
		if err != nil {
			return answer, err
		}
		if u.reason = reason; reason == "" {
			u.reason = undoReason
		}
		err = w.onAccount(ctx, u.patients[0], cmd.Seen, &answer.Effect, func(files clinic.Files) error {
			answer.Of, answer.What, answer.Patient = u.id, u.what, files[0]
			if err := w.undo(ctx, u); err != nil {
				return err
			}
			return w.AddUndo(ctx, u.id, w.unit, u.patients[0], reason, w.stamp(w.now))
		})
		if err != nil {
			return answer, err
		}
		for _, p := range u.patients {
			if err := w.audit(ctx, "undo.write", p, u.id); err != nil {
				return answer, err
			}
		}
		return answer, nil
	})
}

// unit is what one command did.
type unit struct {
	id          int64
	what        string
	reason      string
	entries     []store.UnitEntry
	allocations []clinic.Allocation // the sums of each fund and what it was used for
	remissions  []clinic.Remission
	movements   []store.UnitMovement
	patients    []clinic.PatientID // whom it concerns, the one it is about first
	last        bool               // nothing happened to them since
	draft       clinic.AdmissionID // that is all it wrote; 0: it posted
	returned    clinic.ChequeID    // given back, and nothing moved; 0: it posted
	times       []undoneTime       // appointments that it did something to
}

// unitToUndo reads a unit of the actor that may be undone.
func (w work) unitToUndo(ctx context.Context, id int64) (u unit, err error) {
	u.id = id
	none := fault.New(fault.NotFound, "undo.none", "there is nothing called %d to undo", id)
	if id == 0 {
		return u, none
	}
	if u.entries, err = w.UnitEntries(ctx, id); err != nil {
		return u, err
	}
	if len(u.entries) == 0 {
		return w.draftToUndo(ctx, u)
	}
	var kinds []string
	reversals, taken := false, false
	for _, e := range u.entries {
		kinds = append(kinds, e.Kind)
		reversals, taken = reversals || e.Reverses != 0, taken || e.Reversed
		if e.Patient != 0 && !slices.Contains(u.patients, e.Patient) {
			u.patients = append(u.patients, e.Patient)
		}
	}
	if len(u.patients) == 0 { // of a shift, a bank or an earner: corrected where it was done
		_, err := clinic.UndoneAs(kinds, false)
		return u, err
	}
	for _, p := range u.patients {
		if _, err := w.person(ctx, p); fault.Of(err) == fault.NotFound {
			return u, none
		} else if err != nil {
			return u, err
		}
	}
	first := u.entries[0]
	if err := w.clinic.Rules.MayUndo(w.actor, first.Staff, first.Recorded, w.now); err != nil {
		return u, err
	}
	done, undoing, err := w.Undone(ctx, id)
	if err != nil {
		return u, err
	}
	if done {
		return u, fault.New(fault.Refused, "undo.done", "it is undone already")
	}
	if u.what, err = clinic.UndoneAs(kinds, reversals || undoing); err != nil {
		return u, err
	}
	if taken {
		return u, fault.New(fault.Refused, "undo.used", "a part of it was taken back since")
	}
	return u, w.loadUnit(ctx, &u)
}

// loadUnit reads the rest of a unit, and whether anything happened since.
func (w work) loadUnit(ctx context.Context, u *unit) (err error) {
	all, err := w.UnitAllocations(ctx, u.id)
	if err != nil {
		return err
	}
	u.allocations = clinic.Net(all)
	if u.times, err = w.timesToUndo(ctx, u.id); err != nil {
		return err
	}
	if u.remissions, err = w.UnitRemissions(ctx, u.id); err != nil {
		return err
	}
	if u.movements, err = w.UnitMovements(ctx, u.id); err != nil {
		return err
	}
	u.last = true
	for _, p := range u.patients {
		files, err := w.filesOf(ctx, p)
		if err != nil {
			return err
		}
		later, err := w.LaterThan(ctx, files, u.entries[len(u.entries)-1].ID, u.id)
		if err != nil {
			return err
		}
		u.last = u.last && !later
	}
	return nil
}

// undo takes a unit back: what it let pay first, then its debts, entries and
// documents; at the end what it had freed pays again where that still fits.
func (w work) undo(ctx context.Context, u unit) error {
	if err := w.undoTimes(ctx, u.times); err != nil || len(u.entries) == 0 && len(u.times) > 0 && u.draft == 0 {
		return err
	}
	if u.draft != 0 {
		return w.undoDraft(ctx, u)
	}
	if u.returned != 0 {
		return w.undoChequeStep(ctx, u, u.returned)
	}
	steps := []func(context.Context, unit) error{w.undoUses, w.undoRemissions, w.undoEntries, w.undoMovements, w.undoFunds, w.undoFreed}
	for _, step := range steps {
		if err := step(ctx, u); err != nil {
			return err
		}
	}
	if u.last {
		return nil // all is as it was before
	}
	for _, p := range u.patients {
		if err := w.settle(ctx, p, 0, w.now); err != nil {
			return err
		}
	}
	return nil
}

// used is the refusal of a unit of which something has gone on.
func used(format string, args ...any) *fault.Error {
	return fault.New(fault.Refused, "undo.used", format, args...)
}

// undoUses takes off what the unit let pay, and gives back to funds what it
// spent.
func (w work) undoUses(ctx context.Context, u unit) error {
	var off []clinic.Allocation
	for _, a := range u.allocations {
		if a.Amount < 0 {
			continue
		}
		now, err := w.paidBy(ctx, a)
		if err != nil {
			return err
		}
		part := min(a.Amount, now)
		if a.Admission == 0 && part < a.Amount {
			return used("what it spent was given back")
		}
		if part > 0 {
			a.Reason = clinic.Undone
			if a.Admission == 0 {
				a.Reason = clinic.Unspent
			}
			a.Amount = -part
			off = append(off, a)
		}
	}
	return w.allocate(ctx, off, w.now)
}

// paidBy is what a fund pays now of the same admission or spending.
func (w work) paidBy(ctx context.Context, a clinic.Allocation) (sum money.Amount, err error) {
	all, err := w.SpendingOf(ctx, a.Spending)
	if a.Admission != 0 {
		all, err = w.Allocations(ctx, a.Admission)
	}
	for _, o := range all {
		if o.Fund == a.Fund {
			sum += o.Amount
		}
	}
	return sum, err
}

// undoRemissions takes back what the unit let off. Refused undo.used for a debt
// that was recovered since.
func (w work) undoRemissions(ctx context.Context, u unit) error {
	for _, r := range slices.Backward(u.remissions) {
		if r.Kind == clinic.DebtWrittenOff {
			all, err := w.Remissions(ctx, r.Admission)
			if err != nil {
				return err
			}
			if clinic.Lost(all) < r.Amount {
				return used("the debt was recovered since")
			}
		}
		if err := w.takeRemissionBack(ctx, r, w.now); err != nil {
			return err
		}
		if err := w.releaseOver(ctx, r.Admission, w.now); err != nil {
			return err
		}
	}
	return nil
}

// undoMovements mirrors what the unit did to deposits. Refused undo.used when
// one no longer holds it.
func (w work) undoMovements(ctx context.Context, u unit) error {
	for _, m := range slices.Backward(u.movements) {
		if m.Reversed {
			return used("a deposit of it moved on")
		}
		if err := w.MirrorMovement(ctx, w.id(), w.unit, m, string(w.today()), w.stamp(w.now)); err != nil {
			return err
		}
	}
	for _, m := range u.movements {
		held, err := w.HeldByDeposit(ctx, m.Deposit)
		if err != nil {
			return err
		}
		if held < 0 {
			return used("a deposit of it was used").With("limit", (held + m.Amount.Abs()).String())
		}
	}
	return nil
}

// undoFunds takes the money that the unit brought off the account. Refused
// undo.used when some of it has left since.
func (w work) undoFunds(ctx context.Context, u unit) error {
	for _, id := range u.documents() {
		f, err := w.FundByID(ctx, clinic.FundID(id))
		if fault.Of(err) == fault.NotFound {
			continue
		}
		if err != nil {
			return err
		}
		spending := clinic.SpendingID(w.id())
		err = w.spendFund(ctx, f.Patient, f.ID, f.Amount, spending, w.now)
		if e, ok := fault.As(err); ok && e.Code == "fund.spent" {
			return used("its money has left the account").With("limit", e.Args["limit"])
		}
		if err != nil {
			return err
		}
		if err := w.voided(ctx, id, spending, u.reason); err != nil {
			return err
		}
	}
	return nil
}

// documents are the ids by which the unit may have brought money.
func (u unit) documents() (ids []int64) {
	add := func(id int64) {
		if id != 0 && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	for _, e := range u.entries {
		if e.Kind == clinic.EntryReceipt {
			add(e.Document)
		}
	}
	for _, m := range u.movements {
		add(m.ID)
	}
	for _, a := range u.allocations {
		add(int64(a.Spending))
	}
	return ids
}

// voided writes that a document does not hold; a message about it that waits is
// not sent.
func (w work) voided(ctx context.Context, document int64, spending clinic.SpendingID, reason string) error {
	if err := w.DropMessages(ctx, document); err != nil {
		return err
	}
	return w.AddVoided(ctx, store.Voided{Document: document, ID: spending, Reason: reason, Day: w.today()}, w.stamp(w.now))
}

// undoFreed lets money pay again what the unit had taken off, as far as both
// are still there.
func (w work) undoFreed(ctx context.Context, u unit) error {
	for _, a := range u.allocations {
		if a.Amount > 0 || a.Admission == 0 {
			continue
		}
		f, err := w.FundByID(ctx, a.Fund)
		if err != nil {
			return err
		}
		due, err := w.DueOf(ctx, a.Admission)
		if fault.Of(err) == fault.NotFound {
			continue
		}
		if err != nil {
			return err
		}
		a.Amount, a.Reason = min(-a.Amount, f.Left, due.Left()), clinic.Undone
		if a.Amount <= 0 {
			continue
		}
		if err := w.allocate(ctx, []clinic.Allocation{a}, w.now); err != nil {
			return err
		}
	}
	return nil
}

// CanUndo reports whether the actor could undo a unit now, as far as can be
// told without trying.
func (d *Desk) CanUndo(ctx context.Context, actor clinic.Actor, unit int64) bool {
	return actor.Can(clinic.VoidMoney) && d.read(ctx, actor, func(w work) error {
		_, err := w.unitToUndo(ctx, unit)
		return err
	}) == nil
}
