package desk

import (
	"context"
	"slices"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/store"
)

// ChangeCheque is a step of a cheque. Place is the bank account that it is
// handed to or that it is money in; 0 is the first. Lines are the money that it
// is swapped for.
type ChangeCheque struct {
	Cheque  clinic.ChequeID
	Place   clinic.PlaceID
	Reason  string
	Lines   []clinic.MoneyLine
	Seen    *int64
	Request Request `json:"-"`
}

// ChequeChanged is the answer: the cheque as it is now and the number of the
// receipt that it came in.
type ChequeChanged struct {
	Cheque clinic.Cheque
	Number clinic.Number
	Effect
}

// BankCheque hands a cheque to the bank. Nothing moves in the books.
//
// NotFound cheque.none; Refused of clinic.Cheque.Do; Conflict account.stale.
func (d *Desk) BankCheque(ctx context.Context, actor clinic.Actor, cmd ChangeCheque) (ChequeChanged, error) {
	return d.changeCheque(ctx, actor, clinic.WriteCheques, "cheque.bank", clinic.BankCheque, cmd)
}

// ClearCheque is money in the bank.
func (d *Desk) ClearCheque(ctx context.Context, actor clinic.Actor, cmd ChangeCheque) (ChequeChanged, error) {
	return d.changeCheque(ctx, actor, clinic.WriteCheques, "cheque.clear", clinic.ClearCheque, cmd)
}

// BounceCheque is a cheque that the bank refused: the patient owes again, and
// what the cheque paid is open. Refused fund.spent, see spendFund.
func (d *Desk) BounceCheque(ctx context.Context, actor clinic.Actor, cmd ChangeCheque) (ChequeChanged, error) {
	return d.changeCheque(ctx, actor, clinic.WriteCheques, "cheque.bounce", clinic.BounceCheque, cmd)
}

// ReturnCheque gives a cheque back to its owner for nothing: the patient owes
// again, unless it bounced before.
func (d *Desk) ReturnCheque(ctx context.Context, actor clinic.Actor, cmd ChangeCheque) (ChequeChanged, error) {
	return d.changeCheque(ctx, actor, clinic.ReceiveMoney, "cheque.return", clinic.ReturnCheque, cmd)
}

// SwapCheque gives a cheque back for other money, maybe another cheque. The
// balance does not move. Refused shift.none; Invalid cheque.swap_amount and
// those of clinic.CheckReceipt and clinic.CheckCheques.
func (d *Desk) SwapCheque(ctx context.Context, actor clinic.Actor, cmd ChangeCheque) (ChequeChanged, error) {
	return d.changeCheque(ctx, actor, clinic.ReceiveMoney, "cheque.swap", clinic.SwapCheque, cmd)
}

func (d *Desk) changeCheque(ctx context.Context, actor clinic.Actor, right clinic.Permission, action string, step clinic.ChequeStep, cmd ChangeCheque) (ChequeChanged, error) {
	return command(ctx, d, actor, right, action, cmd.Request, cmd, func(w work) (c ChequeChanged, err error) {
		q, err := w.visibleCheque(ctx, cmd.Cheque)
		if err != nil {
			return c, err
		}
		r, err := w.Receipt(ctx, q.Receipt)
		if err != nil {
			return c, err
		}
		c.Number = r.Number
		var owner clinic.PatientID
		err = w.onAccount(ctx, q.Patient, cmd.Seen, &c.Effect, func(files clinic.Files) (err error) {
			owner = files[0]
			c.Cheque, err = w.stepCheque(ctx, q, step, cmd, w.now)
			return err
		})
		if err != nil {
			return c, err
		}
		return c, w.audit(ctx, action, owner, int64(q.ID))
	})
}

// visibleCheque is a cheque of a person whom the actor may see. NotFound
// cheque.none.
func (w work) visibleCheque(ctx context.Context, id clinic.ChequeID) (clinic.Cheque, error) {
	q, err := w.Cheque(ctx, id)
	if err != nil {
		return q, err
	}
	_, err = w.person(ctx, q.Patient)
	if fault.Of(err) == fault.NotFound {
		return clinic.Cheque{}, fault.New(fault.NotFound, "cheque.none", "there is no cheque %d", id)
	}
	return q, err
}

// stepCheque carries out a step at an instant: the state, its story, the books,
// and what the cheque paid.
func (w work) stepCheque(ctx context.Context, q clinic.Cheque, step clinic.ChequeStep, cmd ChangeCheque, at time.Time) (clinic.Cheque, error) {
	after, err := q.Do(step)
	if err != nil {
		return q, err
	}
	if cmd.Reason, err = cleanReason(cmd.Reason); err != nil {
		return q, err
	}
	var in []clinic.MoneyLine
	var shift clinic.ShiftID
	switch step {
	case clinic.BankCheque, clinic.ClearCheque:
		if cmd.Place == 0 {
			cmd.Place = q.Place
		}
		bank := clinic.MoneyLine{Method: clinic.BankTransfer, Amount: q.Amount, Place: cmd.Place}
		if bank.Place, err = w.place(ctx, bank); err != nil {
			return q, err
		}
		after.Place, in = bank.Place, []clinic.MoneyLine{bank}
	case clinic.SwapCheque:
		if in, shift, err = w.swapFor(ctx, cmd.Lines); err != nil {
			return q, err
		}
	}
	if err := w.saveCheque(ctx, after, cmd.Reason, at); err != nil {
		return q, err
	}
	after.Version++
	if err := w.moveCheque(ctx, q, step, in, shift, at); err != nil {
		return q, err
	}
	if q.Open() && (step == clinic.BounceCheque || step == clinic.ReturnCheque) {
		return after, w.oweCheque(ctx, q, at)
	}
	return after, nil
}

// oweCheque takes a cheque off the money of its receipt; what it paid is open,
// and paid by whoever's it is as far as there is credit. Files that were one
// person's once may be two persons' now.
func (w work) oweCheque(ctx context.Context, q clinic.Cheque, at time.Time) error {
	fund := clinic.Fund{ID: clinic.FundID(q.Receipt), Patient: q.Patient}
	paid, err := w.UsesOf(ctx, fund)
	if err != nil {
		return err
	}
	if err := w.spendFund(ctx, q.Patient, fund.ID, q.Amount, clinic.SpendingID(q.ID), at); err != nil {
		return err
	}
	settled := clinic.Files{}
	for _, a := range append(paid, clinic.Allocation{Patient: q.Patient}) {
		if slices.Contains(settled, a.Patient) {
			continue
		}
		if err := w.settle(ctx, a.Patient, 0, at); err != nil {
			return err
		}
		settled = append(settled, a.Patient)
	}
	return nil
}

// saveCheque writes the state of a cheque and its story.
func (w work) saveCheque(ctx context.Context, q clinic.Cheque, note string, at time.Time) error {
	if err := w.SaveCheque(ctx, q); err != nil {
		return err
	}
	return w.tellCheque(ctx, q, note, at)
}

func (w work) tellCheque(ctx context.Context, q clinic.Cheque, note string, at time.Time) error {
	return w.AddChequeEvent(ctx, store.ChequeEvent{ID: w.id(), Cheque: q.ID, Status: q.Status, Place: q.Place, Note: note,
		Day: w.clinic.Day(at), Unit: w.unit}, w.stamp(at))
}

// swapFor checks and places the money that a cheque is swapped for, in the
// actor's shift.
func (w work) swapFor(ctx context.Context, lines []clinic.MoneyLine) ([]clinic.MoneyLine, clinic.ShiftID, error) {
	r, err := clinic.CheckReceipt(clinic.Receipt{Lines: lines}, clinic.ReceiptMethods)
	if err != nil {
		return nil, 0, err
	}
	if r.Lines, err = clinic.CheckCheques(r.Lines, w.today()); err != nil {
		return nil, 0, err
	}
	shift, err := w.shift(ctx)
	if err != nil {
		return nil, 0, err
	}
	return r.Lines, shift.ID, w.placed(ctx, r.Lines)
}

// moveCheque posts the entry of a step and writes its lines of money: the
// cheque leaves the drawer it lies in, while the shift of that one is open;
// other money belongs to the shift, and what a cheque was swapped for to its
// receipt when it is a cheque itself.
func (w work) moveCheque(ctx context.Context, q clinic.Cheque, step clinic.ChequeStep, in []clinic.MoneyLine, shift clinic.ShiftID, at time.Time) error {
	last, err := w.LastMoneyLine(ctx, int64(q.ID))
	if err != nil {
		return err
	}
	entries, lines, err := clinic.ChequeMoved(w.clinic, q, step, in, w.clinic.Day(at), last)
	if err != nil || len(lines) == 0 {
		return err
	}
	came, err := w.ShiftOfLine(ctx, int64(q.Receipt), q.Line)
	if err != nil {
		return err
	}
	to := store.Moved{Document: int64(q.ID), Shift: came, Day: w.clinic.Day(at), Staff: w.actor.Staff}
	if to.Entry, err = w.posted(ctx, entries[0], at, q.Patient, int64(q.ID)); err != nil {
		return err
	}
	if err := w.AddMoneyLines(ctx, lines[:1], to); err != nil {
		return err
	}
	var money, cheques []clinic.MoneyLine
	for _, l := range lines[1:] {
		if l.Method == clinic.ByCheque {
			cheques = append(cheques, l)
		} else {
			money = append(money, l)
		}
	}
	to.Shift = shift
	for _, e := range entries[1:] {
		if to.Entry, err = w.posted(ctx, e, at, q.Patient, int64(q.ID)); err != nil {
			return err
		}
	}
	if err := w.AddMoneyLines(ctx, money, to); err != nil || len(cheques) == 0 {
		return err
	}
	if last, err = w.LastMoneyLine(ctx, int64(q.Receipt)); err != nil {
		return err
	}
	for i := range cheques {
		cheques[i].Line = last + 1 + i
	}
	to.Document = int64(q.Receipt)
	if err := w.AddMoneyLines(ctx, cheques, to); err != nil {
		return err
	}
	_, err = w.keepCheques(ctx, q.Receipt, q.Patient, cheques, at)
	return err
}

// keepCheques writes the cheques of lines that came for a receipt, in hand.
func (w work) keepCheques(ctx context.Context, receipt clinic.ReceiptID, patient clinic.PatientID, lines []clinic.MoneyLine, at time.Time) (kept []clinic.Cheque, err error) {
	for _, l := range lines {
		if l.Method != clinic.ByCheque {
			continue
		}
		q := clinic.Cheque{}
		if l.Cheque != nil {
			q = *l.Cheque
		}
		q.ID, q.Receipt, q.Line, q.Patient, q.Amount = clinic.ChequeID(w.id()), receipt, l.Line, patient, l.Amount
		q.Status, q.Place, q.Version = clinic.ChequeInHand, 0, 1
		if err := w.AddCheque(ctx, q); err != nil {
			return nil, err
		}
		if err := w.tellCheque(ctx, q, "", at); err != nil {
			return nil, err
		}
		kept = append(kept, q)
	}
	return kept, nil
}
