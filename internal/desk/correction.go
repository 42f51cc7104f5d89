package desk

import (
	"context"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/ledger"
	"daftar/internal/store"
)

// VoidReceipt is the command "this receipt does not hold". Seen is the version
// of the account that was looked at; nil: not checked.
type VoidReceipt struct {
	Receipt clinic.ReceiptID
	Reason  string
	Seen    *int64
	Request Request `json:"-"`
}

// CorrectedReceipt is a receipt after a correction, with what it did.
type CorrectedReceipt struct {
	Receipt clinic.Receipt
	Effect
}

// VoidReceipt carries out the command: the receipt's entry is reversed today,
// its money leaves by the actor's drawer and what it paid is open again. A
// cheque in hand is returned. The number is not used again.
//
// NotFound receipt.none; Forbidden shift.closed, receipt.others; Invalid
// receipt.reason; Refused receipt.voided, receipt.transferred, fund.spent,
// receipt.cheque, refund.drawer; Conflict account.stale.
func (d *Desk) VoidReceipt(ctx context.Context, actor clinic.Actor, cmd VoidReceipt) (CorrectedReceipt, error) {
	return command(ctx, d, actor, clinic.VoidMoney, "receipt.void", cmd.Request, cmd, func(w work) (answer CorrectedReceipt, err error) {
		h, err := w.heldReceipt(ctx, cmd.Receipt)
		if err != nil {
			return answer, err
		}
		reason, err := w.reason(cmd.Reason)
		if err != nil {
			return answer, err
		}
		return w.corrected(ctx, "receipt.void", h, cmd.Seen, func() error { return w.voidReceipt(ctx, h, reason) })
	})
}

// heldReceipt is a receipt that may be corrected, with the shift it was taken
// in and by which fund its money is on the account.
type heldReceipt struct {
	clinic.Receipt
	taken clinic.Shift
	fund  clinic.FundID
	owner clinic.PatientID // whose the fund is
}

// heldReceipt reads a receipt of a person whom the actor may see and may
// correct receipts of.
func (w work) heldReceipt(ctx context.Context, id clinic.ReceiptID) (h heldReceipt, err error) {
	if h.Receipt, err = w.Receipt(ctx, id); err != nil {
		return h, err
	}
	_, err = w.person(ctx, h.Patient)
	if fault.Of(err) == fault.NotFound {
		err = fault.New(fault.NotFound, "receipt.none", "there is no receipt %d", id)
	}
	if err != nil {
		return h, err
	}
	if h.taken, err = w.ShiftOfReceipt(ctx, id); err != nil {
		return h, err
	}
	if err = w.actor.MayTakeBack(h.Staff, h.taken); err != nil {
		return h, err
	}
	void, err := w.IsVoided(ctx, int64(id))
	if err != nil {
		return h, err
	}
	if void {
		return h, fault.New(fault.Refused, "receipt.voided", "the receipt is void already")
	}
	h.owner, h.fund = h.Patient, clinic.FundID(id)
	owner, fund, err := w.HolderOf(ctx, id)
	if owner != 0 {
		h.owner, h.fund = owner, fund
	}
	return h, err
}

// reason cleans a reason that is needed: Invalid receipt.reason without one.
func (w work) reason(text string) (string, error) {
	clean, err := cleanReason(text)
	if err == nil && clean == "" {
		err = fault.New(fault.Invalid, "receipt.reason", "a correction needs a reason").At("reason")
	}
	return clean, err
}

// corrected carries out a correction of a receipt and answers it.
func (w work) corrected(ctx context.Context, action string, h heldReceipt, seen *int64, do func() error) (answer CorrectedReceipt, err error) {
	answer.Receipt = h.Receipt
	if err = w.onAccount(ctx, h.Patient, seen, &answer.Effect, func(clinic.Files) error { return do() }); err != nil {
		return answer, err
	}
	return answer, w.audit(ctx, action, h.Patient, int64(h.ID))
}

// voidReceipt takes a receipt out of the books, its money off the account and
// out of the drawer.
func (w work) voidReceipt(ctx context.Context, h heldReceipt, reason string) error {
	if h.owner != h.Patient {
		return fault.New(fault.Refused, "receipt.transferred", "its money was moved to another patient")
	}
	spending := clinic.SpendingID(w.id())
	if err := w.returnCheques(ctx, h.ID, reason); err != nil {
		return err
	}
	if err := w.spendFund(ctx, h.owner, h.fund, h.Amount, spending, w.now); err != nil {
		return err
	}
	entries, err := w.LiveEntries(ctx, int64(h.ID), clinic.EntryReceipt, clinic.EntryMethodChange)
	if err != nil {
		return err
	}
	if err := w.takeOut(ctx, entries, h); err != nil {
		return err
	}
	v := store.Voided{Document: int64(h.ID), ID: spending, Reason: reason, Day: w.today()}
	if err := w.AddVoided(ctx, v, w.stamp(w.now)); err != nil {
		return err
	}
	if err := w.DropMessages(ctx, int64(h.ID)); err != nil {
		return err
	}
	return w.settle(ctx, h.Patient, 0, w.now)
}

// returnCheques gives the cheques of a receipt back to their owner. Refused
// receipt.cheque when one is no longer in hand.
func (w work) returnCheques(ctx context.Context, id clinic.ReceiptID, reason string) error {
	cheques, err := w.ChequesOfReceipt(ctx, id)
	if err != nil {
		return err
	}
	for _, q := range cheques {
		if q.Status != clinic.ChequeInHand {
			return fault.New(fault.Refused, "receipt.cheque", "a cheque of it is %s", q.Status).With("status", q.Status)
		}
		q.Status = clinic.ChequeReturned
		if err := w.SaveCheque(ctx, q); err != nil {
			return err
		}
		if err := w.NoteCheque(ctx, w.id(), q, reason, w.today(), w.stamp(w.now)); err != nil {
			return err
		}
	}
	return nil
}

// takeOut reverses entries of a receipt with their lines of money.
func (w work) takeOut(ctx context.Context, entries []ledger.Entry, h heldReceipt) error {
	last, err := w.LastMoneyLine(ctx, int64(h.ID))
	if err != nil {
		return err
	}
	mirrors := make([][]clinic.MoneyLine, len(entries))
	var all []clinic.MoneyLine
	for i, e := range entries {
		lines, err := w.LinesOfEntry(ctx, e.ID)
		if err != nil {
			return err
		}
		for _, l := range lines {
			mirrors[i] = append(mirrors[i], l.MoneyLine)
		}
		mirrors[i] = clinic.Mirror(mirrors[i], last)
		last += len(lines)
		all = append(all, mirrors[i]...)
	}
	way, err := w.wayOut(ctx, all, h.taken)
	if err != nil {
		return err
	}
	for i, e := range entries {
		reversal, err := e.Reverse(w.today(), clinic.EntryVoid)
		if err != nil {
			return err
		}
		if err := w.moveBy(ctx, reversal, moved{at: w.now, patient: h.Patient, document: int64(h.ID), lines: mirrors[i]}, way); err != nil {
			return err
		}
	}
	return w.cross(ctx, way, int64(h.ID))
}

// CorrectMethod is the command "this line of the receipt came by another way".
// Line is the number of a line that holds.
type CorrectMethod struct {
	Receipt clinic.ReceiptID
	Line    int
	Is      clinic.MoneyLine // method, place, tracking number, end of the card
	Reason  string
	Seen    *int64
	Request Request `json:"-"`
}

// CorrectMethod carries out the command: the line is taken out and put in
// again where the money lies. Number and balance stay.
//
// NotFound receipt.none, line.none, place.none; Forbidden shift.closed,
// receipt.others; Refused receipt.voided, receipt.same_method,
// receipt.cheque_line, refund.drawer, shift.none; those of clinic.CheckMethodLine.
func (d *Desk) CorrectMethod(ctx context.Context, actor clinic.Actor, cmd CorrectMethod) (CorrectedReceipt, error) {
	return command(ctx, d, actor, clinic.VoidMoney, "receipt.correct", cmd.Request, cmd, func(w work) (answer CorrectedReceipt, err error) {
		h, err := w.heldReceipt(ctx, cmd.Receipt)
		if err != nil {
			return answer, err
		}
		if _, err := cleanReason(cmd.Reason); err != nil {
			return answer, err
		}
		answer, err = w.corrected(ctx, "receipt.correct", h, cmd.Seen, func() error { return w.correctMethod(ctx, h, cmd) })
		if err == nil {
			answer.Receipt.Lines, err = w.liveLines(ctx, h.ID)
		}
		return answer, err
	})
}

// liveLines are the lines of a receipt that hold.
func (w work) liveLines(ctx context.Context, id clinic.ReceiptID) ([]clinic.MoneyLine, error) {
	lines, err := w.MoneyLines(ctx, int64(id), clinic.EntryReceipt, clinic.EntryMethodChange)
	return clinic.LiveLines(lines), err
}

// correctMethod moves the money of one line to where it lies.
func (w work) correctMethod(ctx context.Context, h heldReceipt, cmd CorrectMethod) error {
	live, err := w.liveLines(ctx, h.ID)
	if err != nil {
		return err
	}
	was := clinic.MoneyLine{}
	for _, l := range live {
		if l.Line == cmd.Line {
			was = l
		}
	}
	if was.Line == 0 {
		return fault.New(fault.NotFound, "line.none", "the receipt has no line %d", cmd.Line).At("line")
	}
	is := cmd.Is
	is.Amount = was.Amount
	if is.Method != clinic.ByCheque { // refused with a word of its own
		if is, err = clinic.CheckMethodLine(is, clinic.DeskMethods); err != nil {
			return err
		}
		if is.Method == clinic.Cash {
			if _, err := w.shift(ctx); err != nil {
				return err
			}
		}
		if is.Place, err = w.place(ctx, is); err != nil {
			return err
		}
	}
	entry, err := clinic.CorrectMethod(w.clinic, was, is, w.today())
	if err != nil {
		return err
	}
	last, err := w.LastMoneyLine(ctx, int64(h.ID))
	if err != nil {
		return err
	}
	lines := append(clinic.Mirror([]clinic.MoneyLine{was}, last), is)
	lines[1].Line = last + 2
	way, err := w.wayOut(ctx, lines[:1], h.taken)
	if err != nil {
		return err
	}
	if err := w.moveBy(ctx, entry, moved{at: w.now, patient: h.Patient, document: int64(h.ID), lines: lines}, way); err != nil {
		return err
	}
	return w.cross(ctx, way, int64(h.ID))
}

// Correctable is a receipt that the actor may correct: its lines are those that
// hold.
type Correctable struct {
	Receipt clinic.Receipt
	Owner   clinic.Patient // whose its money is
}

// ReceiptToCorrect reads a receipt for the form of a correction. NotFound
// receipt.none; Forbidden shift.closed, receipt.others; Refused receipt.voided.
func (d *Desk) ReceiptToCorrect(ctx context.Context, actor clinic.Actor, id clinic.ReceiptID) (c Correctable, err error) {
	if err := actor.May(clinic.VoidMoney); err != nil {
		return c, err
	}
	err = d.read(ctx, actor, func(w work) error {
		h, err := w.heldReceipt(ctx, id)
		if err != nil {
			return err
		}
		c.Receipt = h.Receipt
		if c.Receipt.Lines, err = w.liveLines(ctx, id); err != nil {
			return err
		}
		p, err := w.person(ctx, h.owner)
		c.Owner = w.masked(p)
		return err
	})
	return c, err
}
