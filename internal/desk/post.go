package desk

import (
	"context"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/ledger"
	"daftar/internal/money"
	"daftar/internal/store"
)

// moved says of an entry that moves money what the entry does not know: when it
// counts, whom and what it concerns, by which lines the money came or went and
// in which shift, 0 outside shifts.
type moved struct {
	at       time.Time
	patient  clinic.PatientID
	document int64
	lines    []clinic.MoneyLine
	shift    clinic.ShiftID
}

// move posts an entry with its lines of money. It is the only way that money
// comes to or leaves a desk, a terminal, a bank account or the cheques in hand.
func (w work) move(ctx context.Context, e ledger.Entry, m moved) error {
	id, err := w.posted(ctx, e, m.at, m.patient, m.document)
	if err != nil {
		return err
	}
	return w.AddMoneyLines(ctx, m.lines, store.Moved{Document: m.document, Entry: id, Shift: m.shift, Day: e.Day, Staff: w.actor.Staff})
}

// post writes an entry that counts at the given instant and moves no money.
func (w work) post(ctx context.Context, e ledger.Entry, at time.Time, patient clinic.PatientID, document int64) error {
	_, err := w.posted(ctx, e, at, patient, document)
	return err
}

// posted writes an entry and returns its id. Refused books.closed when its day
// is closed.
func (w work) posted(ctx context.Context, e ledger.Entry, at time.Time, patient clinic.PatientID, document int64) (ledger.EntryID, error) {
	if err := w.notClosed(ctx, e.Day); err != nil {
		return 0, err
	}
	id := ledger.EntryID(w.id())
	err := w.Post(ctx, e, store.Posted{ID: id, At: at, Recorded: w.now, Patient: patient,
		Document: document, Unit: w.unit, Staff: w.actor.Staff, Branch: w.actor.Branch})
	return id, err
}

// closedDays remembers, within one transaction, up to which day the books are
// closed.
type closedDays struct {
	asked bool
	last  jalali.Day
}

// notClosed refuses a day of which the books are closed, whoever asks: Refused
// books.closed. The database refuses it too.
func (w work) notClosed(ctx context.Context, day jalali.Day) (err error) {
	if !w.closed.asked {
		if w.closed.last, err = w.LockedDay(ctx); err != nil {
			return err
		}
		w.closed.asked = true
	}
	if w.closed.last != "" && day <= w.closed.last {
		return fault.New(fault.Refused, "books.closed", "the books are closed up to %s", w.closed.last).With("day", string(w.closed.last))
	}
	return nil
}

// placed puts each line of money where its kind is kept.
func (w work) placed(ctx context.Context, lines []clinic.MoneyLine) (err error) {
	for i := range lines {
		if lines[i].Place, err = w.place(ctx, lines[i]); err != nil {
			return err
		}
	}
	return nil
}

// place is where the money of a line is kept: the drawer of the actor's shift,
// the branch's first terminal, the account for card-to-card or the first bank
// account. A place that was chosen is one of the branch's or of the whole
// clinic. Refused receipt.place when there is none to choose; NotFound
// place.none.
func (w work) place(ctx context.Context, l clinic.MoneyLine) (clinic.PlaceID, error) {
	if l.Method == clinic.ByCheque || l.Method == clinic.Gateway {
		return 0, nil
	}
	if l.Method == clinic.Cash {
		if s, err := w.OpenShiftOf(ctx, w.actor.Staff); err == nil && (l.Place == 0 || l.Place == s.Desk) {
			return s.Desk, nil
		} else if err == nil {
			return 0, fault.New(fault.NotFound, "place.none", "cash lies in the drawer of the shift")
		} else if fault.Of(err) != fault.NotFound {
			return 0, err
		}
	}
	places, err := w.placesFor(ctx, l.Account(w.clinic).Kind, w.actor.Branch)
	if err != nil {
		return 0, err
	}
	for _, p := range places {
		switch {
		case l.Place != 0:
			if p.ID == l.Place {
				return p.ID, nil
			}
		case l.Method != clinic.CardToCard || p.Code == CardAccount:
			return p.ID, nil
		}
	}
	if l.Place != 0 && len(places) > 0 {
		return 0, fault.New(fault.NotFound, "place.none", "there is no such place for money by %s", l.Method)
	}
	return 0, fault.New(fault.Refused, "receipt.place", "the branch has no place for money by %s; a manager adds one in the settings", l.Method)
}

// CardAccount is the code of the bank account that card-to-card transfers go
// to.
const CardAccount = "card"

// stamp is when something counts, now, and who does it.
func (w work) stamp(at time.Time) store.Stamp {
	return store.Stamp{At: at, Recorded: w.now, Staff: w.actor.Staff}
}

// spend takes money off the person's credit for a spending: a refund, a new
// deposit. Refused spending.more_than_credit, see clinic.Spend. The allocations
// say which files paid how much; each file's account is posted by the caller.
func (w work) spend(ctx context.Context, files clinic.Files, amount money.Amount, spending clinic.SpendingID, at time.Time) ([]clinic.Allocation, error) {
	funds, err := w.Funds(ctx, files)
	if err != nil {
		return nil, err
	}
	made, err := clinic.Spend(funds, amount, spending)
	if err != nil {
		return nil, err
	}
	return made, w.allocate(ctx, made, at)
}

// spendFund takes amount of one fund off the account whatever it pays: what it
// pays is freed first. For voids, transfers and bounced cheques. Refused
// fund.spent when so much of it has left the account already.
func (w work) spendFund(ctx context.Context, patient clinic.PatientID, id clinic.FundID, amount money.Amount, spending clinic.SpendingID, at time.Time) error {
	f, err := w.Fund(ctx, patient, id)
	if err != nil {
		return err
	}
	used, err := w.UsesOf(ctx, f)
	if err != nil {
		return err
	}
	freed := clinic.Free(f, used, amount, clinic.Spent)
	for _, a := range freed {
		f.Left -= a.Amount
	}
	if f.Left < amount {
		return fault.New(fault.Refused, "fund.spent", "only %v of it is still on the account", f.Left).With("limit", f.Left.String())
	}
	take := clinic.Allocation{Fund: f.ID, Spending: spending, Amount: amount, Reason: clinic.Spent, Patient: f.Patient, Payer: f.Patient}
	return w.allocate(ctx, append(freed, take), at)
}
