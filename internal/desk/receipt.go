package desk

import (
	"context"
	"slices"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/farsi"
	"daftar/internal/fault"
	"daftar/internal/money"
	"daftar/internal/store"
)

// Receive is the command "take this money from the patient". Allocations nil
// lets the oldest admissions be paid first; what is left over is credit. Seen
// is the version of the account that the cashier looked at; nil: not checked.
type Receive struct {
	Patient     clinic.PatientID
	Lines       []clinic.MoneyLine
	Allocations []clinic.Choice
	Surplus     string // what becomes of what is left over: SurplusCredit, SurplusDeposit; "" is credit
	Note        string
	Seen        *int64
	Request     Request `json:"-"`
}

// What can become of money that pays nothing.
const (
	SurplusCredit  = "credit"
	SurplusDeposit = "deposit"
)

// Paid is what a receipt does to one admission.
type Paid struct {
	Admission clinic.AdmissionID
	Number    clinic.Number
	Titles    string
	Due       money.Amount // before
	Amount    money.Amount
	Reason    clinic.AllocationReason
}

// Received is the answer to Receive. Surplus is what pays nothing and stays as
// credit, or became the deposit.
type Received struct {
	Receipt clinic.Receipt
	Cheques []clinic.Cheque
	Pays    []Paid
	Surplus money.Amount
	Deposit *clinic.Deposit `json:",omitempty"` // nil: none was asked for, or nothing was left over
	Effect
}

// Receive carries out the command.
//
// NotFound patient.none; Invalid and Refused of clinic.CheckReceipt,
// clinic.CheckCheques and clinic.Choose; NotFound admission.none and Refused
// admission.other, admission.not_charged for what was chosen to be paid; Invalid
// receipt.surplus; Refused
// spending.more_than_credit for a deposit of cheques that are no money yet;
// Conflict account.stale when the balance moved since it was seen.
func (d *Desk) Receive(ctx context.Context, actor clinic.Actor, cmd Receive) (Received, error) {
	return command(ctx, d, actor, clinic.ReceiveMoney, "receipt.write", cmd.Request, cmd, func(w work) (Received, error) {
		r := clinic.Receipt{Patient: cmd.Patient, Lines: cmd.Lines, Note: cmd.Note, At: w.now}
		return w.receiveSeen(ctx, r, cmd)
	})
}

// receiveSeen refuses a stale screen, then receives and answers.
func (w work) receiveSeen(ctx context.Context, r clinic.Receipt, cmd Receive) (answer Received, err error) {
	p, err := w.person(ctx, r.Patient)
	if err != nil {
		return answer, err
	}
	r.Patient = p.ID
	if r, err = clinic.CheckReceipt(r, clinic.ReceiptMethods); err != nil {
		return answer, err
	}
	if r.Lines, err = clinic.CheckCheques(r.Lines, w.today()); err != nil {
		return answer, err
	}
	err = w.onAccount(ctx, r.Patient, cmd.Seen, &answer.Effect, func(files clinic.Files) error {
		return w.receiveOn(ctx, files, r, cmd, &answer)
	})
	if err != nil {
		return answer, err
	}
	if err := w.thank(ctx, p, answer.Receipt, answer.After.Balance); err != nil {
		return answer, err
	}
	return answer, w.audit(ctx, "receipt.write", r.Patient, int64(answer.Receipt.ID))
}

// receiveOn books a checked receipt of a person, lets it pay and says what it
// paid.
func (w work) receiveOn(ctx context.Context, files clinic.Files, r clinic.Receipt, cmd Receive, answer *Received) error {
	if err := w.maySurplus(cmd.Surplus); err != nil {
		return err
	}
	dues, err := w.Dues(ctx, files, store.Moment{})
	if err != nil {
		return err
	}
	if r, answer.Cheques, err = w.receive(ctx, r); err != nil {
		return err
	}
	answer.Receipt = r
	made, err := w.pay(ctx, r, files, openOf(dues), cmd.Allocations)
	if err != nil {
		return err
	}
	answer.Pays, answer.Surplus = explainPays(r, dues, made)
	return w.useSurplus(ctx, r, files, cmd.Surplus, answer)
}

// maySurplus refuses what cannot become of a surplus: Invalid receipt.surplus;
// Forbidden permission for a deposit without the right to take one.
func (w work) maySurplus(surplus string) error {
	switch surplus {
	case "", SurplusCredit:
		return nil
	case SurplusDeposit:
		return w.actor.May(clinic.WriteDeposits)
	}
	return fault.New(fault.Invalid, "receipt.surplus", "what is left over stays as credit or becomes a deposit").At("surplus")
}

// useSurplus does what was asked for with what is left of a receipt: it is a
// deposit, or recovers debts that were written off and stays as credit.
func (w work) useSurplus(ctx context.Context, r clinic.Receipt, files clinic.Files, surplus string, answer *Received) error {
	if surplus == SurplusDeposit {
		if answer.Surplus <= 0 {
			return nil
		}
		d, err := w.depositFrom(ctx, files, clinic.Deposit{Patient: r.Patient, Amount: answer.Surplus, At: r.At})
		answer.Deposit = &d
		return err
	}
	recovered, lost, err := w.recover(ctx, files, clinic.FundID(r.ID), r.At)
	if err != nil {
		return err
	}
	again, rest := explainPays(r, lost, recovered)
	answer.Pays, answer.Surplus = append(answer.Pays, again...), answer.Surplus-(r.Amount-rest)
	return nil
}

// receive places, numbers, stores and posts a checked receipt, its cheques in
// hand.
func (w work) receive(ctx context.Context, r clinic.Receipt) (clinic.Receipt, []clinic.Cheque, error) {
	shift, err := w.shift(ctx)
	if err != nil {
		return r, nil, err
	}
	if err := w.placed(ctx, r.Lines); err != nil {
		return r, nil, err
	}
	r.ID, r.Day, r.Branch, r.Recorded, r.Staff = clinic.ReceiptID(w.id()), w.clinic.Day(r.At), w.actor.Branch, w.now, w.actor.Staff
	entry, err := clinic.Receive(w.clinic, r)
	if err != nil {
		return r, nil, err
	}
	r.Number.Year = r.Day.Date().Year
	if r.Number.Count, err = w.BranchNumber(ctx, store.ReceiptNumbers, r.Branch, r.Number.Year); err != nil {
		return r, nil, err
	}
	if err := w.AddReceipt(ctx, r); err != nil {
		return r, nil, err
	}
	fund := clinic.Fund{ID: clinic.FundID(r.ID), Kind: clinic.FundReceipt, Patient: r.Patient, Amount: r.Amount}
	if err := w.AddFund(ctx, fund, w.stamp(r.At)); err != nil {
		return r, nil, err
	}
	if err := w.move(ctx, entry, moved{r.At, r.Patient, int64(r.ID), r.Lines, shift.ID}); err != nil {
		return r, nil, err
	}
	cheques, err := w.keepCheques(ctx, r.ID, r.Patient, r.Lines, r.At)
	return r, cheques, err
}

// pay lets a receipt pay what is open: the cashier's choices, or all credit the
// oldest admissions. Faults are those of clinic.Choose and, at the choices, of
// ownAdmission.
func (w work) pay(ctx context.Context, r clinic.Receipt, files clinic.Files, open []clinic.OpenAdmission, choices []clinic.Choice) ([]clinic.Allocation, error) {
	if choices == nil {
		return w.settleOpen(ctx, files, open, clinic.FundID(r.ID), r.At)
	}
	for _, c := range choices {
		if slices.ContainsFunc(open, func(o clinic.OpenAdmission) bool { return o.ID == c.Admission }) {
			continue
		}
		if _, err := w.ownAdmission(ctx, files, c.Admission); err != nil {
			return nil, atField(err, "allocations")
		}
	}
	made, err := clinic.Choose(clinic.Fund{ID: clinic.FundID(r.ID), Left: r.Amount, Patient: r.Patient}, open, choices)
	if err != nil {
		return nil, err
	}
	return made, w.allocate(ctx, made, r.At)
}

// settle lets all credit of a person pay open admissions. Money of the
// receipt that is being taken is allocated "oldest first", older money "from
// credit".
func (w work) settle(ctx context.Context, patient clinic.PatientID, current clinic.FundID, at time.Time) error {
	files, err := w.filesOf(ctx, patient)
	if err != nil {
		return err
	}
	_, err = w.settled(ctx, files, current, at)
	return err
}

func (w work) settled(ctx context.Context, files clinic.Files, current clinic.FundID, at time.Time) ([]clinic.Allocation, error) {
	dues, err := w.Dues(ctx, files, store.Moment{})
	if err != nil {
		return nil, err
	}
	return w.settleOpen(ctx, files, openOf(dues), current, at)
}

func (w work) settleOpen(ctx context.Context, files clinic.Files, open []clinic.OpenAdmission, current clinic.FundID, at time.Time) ([]clinic.Allocation, error) {
	if len(open) == 0 { // mostly so; credits may be many
		return nil, nil
	}
	funds, err := w.Funds(ctx, files)
	if err != nil || len(funds) == 0 {
		return nil, err
	}
	made := clinic.Allocate(funds, open, clinic.FromCredit)
	for i := range made {
		if made[i].Fund == current {
			made[i].Reason = clinic.OldestFirst
		}
	}
	return made, w.allocate(ctx, made, at)
}

// openOf are the admissions of which something is left to pay.
func openOf(dues []store.Due) (open []clinic.OpenAdmission) {
	for _, d := range dues {
		if d.Left() > 0 {
			open = append(open, clinic.OpenAdmission{ID: d.Admission.ID, Left: d.Left(), Patient: d.Admission.Patient})
		}
	}
	return open
}

// allocate stores allocations. Money of one file of a person that pays an
// admission of another moves between their accounts first.
func (w work) allocate(ctx context.Context, made []clinic.Allocation, at time.Time) error {
	for _, a := range made {
		if err := w.AddAllocation(ctx, w.id(), w.unit, a, w.stamp(at)); err != nil {
			return err
		}
		if a.Payer == a.Patient || a.Admission == 0 {
			continue
		}
		paid, payer, err := clinic.MoveBetweenFiles(w.clinic, a, w.clinic.Day(at))
		if err != nil {
			return err
		}
		if err := w.post(ctx, paid, at, a.Patient, int64(a.Admission)); err != nil {
			return err
		}
		if err := w.post(ctx, payer, at, a.Payer, int64(a.Admission)); err != nil {
			return err
		}
	}
	return nil
}

// explainPays says what each allocation did to its admission and what is left
// of the receipt.
func explainPays(r clinic.Receipt, dues []store.Due, made []clinic.Allocation) (pays []Paid, surplus money.Amount) {
	surplus = r.Amount
	for _, m := range made {
		if m.Fund == clinic.FundID(r.ID) {
			surplus -= m.Amount
		}
		for _, d := range dues {
			if d.Admission.ID == m.Admission {
				pays = append(pays, Paid{m.Admission, d.Admission.Number, d.Titles, d.Left(), m.Amount, m.Reason})
			}
		}
	}
	return pays, surplus
}

// position is the person's balance and deposits: the one function behind every
// balance.
func (w work) position(ctx context.Context, files clinic.Files, m store.Moment) (Position, error) {
	b, err := w.Balance(ctx, w.clinic.Receivables(files), m)
	if err != nil {
		return Position{}, err
	}
	held, err := w.Balance(ctx, w.clinic.Deposits(files), m)
	return Position{Balance: b.Amount, Deposits: -held.Amount, Version: b.Version + held.Version}, err
}

// positionOf is the balance of the person of a file, now.
func (w work) positionOf(ctx context.Context, patient clinic.PatientID) (Position, error) {
	files, err := w.filesOf(ctx, patient)
	if err != nil {
		return Position{}, err
	}
	return w.position(ctx, files, store.Moment{})
}

// bounded is the position after a command. Invalid account.large when it is
// beyond what an amount may be: sums of accounts must fit for ever.
func (w work) bounded(ctx context.Context, files clinic.Files) (Position, error) {
	after, err := w.position(ctx, files, store.Moment{})
	if err == nil && after.Balance.Abs() > money.Max {
		err = fault.New(fault.Invalid, "account.large", "the balance would be too large").At("amount-0")
	}
	return after, err
}

// cleanReason cleans a reason for the record.
func cleanReason(reason string) (string, error) {
	clean, err := farsi.Clean(reason, 200)
	if e, ok := fault.As(err); ok {
		return "", e.At("reason")
	}
	return clean, err
}
