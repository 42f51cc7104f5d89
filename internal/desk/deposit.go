package desk

import (
	"context"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/money"
	"daftar/internal/store"
)

// TakeDeposit is the command "take this deposit from the patient", or with no
// lines "ask the patient for this deposit".
type TakeDeposit struct {
	Patient     clinic.PatientID
	Amount      money.Amount       // asked for; with lines it is their sum
	Lines       []clinic.MoneyLine // nil: only asked for
	Purpose     string
	Service     clinic.ServiceID
	Provider    clinic.ProviderID
	Appointment clinic.AppointmentID
	Planned     time.Time
	Expires     jalali.Day
	Seen        *int64
	Request     Request `json:"-"`
}

// DepositDone is the answer to every command on a deposit. Refund is what was
// given back, nil for most; Owes is what the patient owed when the deposit was
// taken, which is worth a warning.
type DepositDone struct {
	Deposit clinic.Deposit
	Refund  *clinic.Refund
	Owes    money.Amount
	Effect
}

// TakeDeposit carries out the command.
//
// NotFound patient.none, service.none, provider.none, appointment.none; Refused
// appointment.other, appointment.over, shift.none, receipt.place; those of
// clinic.CheckDeposit and clinic.CheckDepositMoney; Conflict account.stale.
func (d *Desk) TakeDeposit(ctx context.Context, actor clinic.Actor, cmd TakeDeposit) (DepositDone, error) {
	return command(ctx, d, actor, clinic.WriteDeposits, "deposit.take", cmd.Request, cmd, func(w work) (done DepositDone, err error) {
		asked := clinic.Deposit{Patient: cmd.Patient, Amount: cmd.Amount, Purpose: cmd.Purpose, Service: cmd.Service, Provider: cmd.Provider,
			Appointment: cmd.Appointment, Planned: cmd.Planned, Expires: cmd.Expires, At: w.now}
		p, err := w.person(ctx, cmd.Patient)
		if err != nil {
			return done, err
		}
		asked.Patient = p.ID
		action := "deposit.request"
		if cmd.Lines != nil {
			action = "deposit.receive"
			if err := w.actor.May(clinic.ReceiveMoney); err != nil {
				return done, err
			}
		}
		return w.depositDone(ctx, action, asked, cmd.Seen, func(clinic.Files, *DepositDone) (clinic.Deposit, error) {
			return w.takeDeposit(ctx, asked, cmd.Lines)
		})
	})
}

// takeDeposit stores a deposit and, with lines, receives it at once.
func (w work) takeDeposit(ctx context.Context, d clinic.Deposit, lines []clinic.MoneyLine) (clinic.Deposit, error) {
	var err error
	if lines != nil {
		if lines, d.Amount, err = clinic.CheckDepositMoney(lines); err != nil {
			return d, err
		}
	}
	if d, err = w.addDeposit(ctx, d); err != nil || lines == nil {
		return d, err
	}
	return d, w.receiveDeposit(ctx, d, lines, d.At)
}

// addDeposit checks, numbers and stores a deposit.
func (w work) addDeposit(ctx context.Context, d clinic.Deposit) (clinic.Deposit, error) {
	d, err := clinic.CheckDeposit(w.clinic, d, w.clinic.Day(d.At))
	if err != nil {
		return d, err
	}
	if err := w.known(ctx, d); err != nil {
		return d, err
	}
	if d, err = w.forAppointment(ctx, d, d.Appointment); err != nil {
		return d, err
	}
	d.ID, d.Day, d.Branch, d.Recorded, d.Staff, d.Version = clinic.DepositID(w.id()), w.clinic.Day(d.At), w.actor.Branch, w.now, w.actor.Staff, 1
	d.Number.Year = d.Day.Date().Year
	if d.Number.Count, err = w.BranchNumber(ctx, store.DepositNumbers, d.Branch, d.Number.Year); err != nil {
		return d, err
	}
	return d, w.AddDeposit(ctx, d)
}

// forAppointment is the deposit for an appointment of the same person, 0 for
// none. NotFound appointment.none; Refused appointment.other, appointment.over
// for one that nobody is expected to.
func (w work) forAppointment(ctx context.Context, d clinic.Deposit, id clinic.AppointmentID) (clinic.Deposit, error) {
	if id == 0 {
		d.VisitOver, d.ByClinic = time.Time{}, false
		return d, nil
	}
	a, err := w.ownAppointment(ctx, d.Patient, id)
	if err != nil {
		return d, atField(err, "appointment_id")
	}
	if !a.Status.Waits() && a.Status != clinic.CheckedIn {
		return d, fault.New(fault.Refused, "appointment.over", "the appointment is %s", a.Status).With("status", string(a.Status)).At("appointment_id")
	}
	return d.Belongs(w.clinic, a), nil
}

// known refuses a service or a provider that is not there: NotFound
// service.none, provider.none.
func (w work) known(ctx context.Context, d clinic.Deposit) error {
	if d.Service != 0 {
		if _, err := w.Service(ctx, d.Service); err != nil {
			return err
		}
	}
	if d.Provider != 0 {
		if _, err := w.Tx.Provider(ctx, d.Provider); err != nil {
			return err
		}
	}
	return nil
}

// receiveDeposit books money that came for a deposit. Money of the online
// gateway lies in no drawer and needs no shift.
func (w work) receiveDeposit(ctx context.Context, d clinic.Deposit, lines []clinic.MoneyLine, at time.Time) error {
	var shift clinic.Shift
	if !clinic.ByGateway(lines) {
		var err error
		if shift, err = w.shift(ctx); err != nil {
			return err
		}
	}
	if err := w.placed(ctx, lines); err != nil {
		return err
	}
	last, err := w.LastMoneyLine(ctx, int64(d.ID))
	if err != nil {
		return err
	}
	m := w.movementOf(d, clinic.DepositReceive, 0)
	for i := range lines {
		lines[i].Line += last
		m.Amount += lines[i].Amount
	}
	entry, err := clinic.DepositEntry(w.clinic, m, lines, w.clinic.Day(at))
	if err != nil {
		return err
	}
	if err := w.addMovement(ctx, m, at); err != nil {
		return err
	}
	if err := w.move(ctx, entry, moved{at, d.Patient, int64(d.ID), lines, shift.ID}); err != nil {
		return err
	}
	return w.acknowledge(ctx, d, m.Amount)
}

// movementOf is a new movement of a deposit.
func (w work) movementOf(d clinic.Deposit, kind clinic.DepositMovementKind, amount money.Amount) clinic.DepositMovement {
	return clinic.DepositMovement{ID: clinic.DepositMovementID(w.id()), Deposit: d.ID, Patient: d.Patient, Kind: kind, Amount: amount}
}

// addMovement stores a movement.
func (w work) addMovement(ctx context.Context, m clinic.DepositMovement, at time.Time) error {
	return w.AddDepositMovement(ctx, m, w.unit, w.clinic.Day(at), w.stamp(at))
}

// book stores a movement that moves no money and posts its entry.
func (w work) book(ctx context.Context, m clinic.DepositMovement, at time.Time) error {
	entry, err := clinic.DepositEntry(w.clinic, m, nil, w.clinic.Day(at))
	if err != nil {
		return err
	}
	if err := w.addMovement(ctx, m, at); err != nil {
		return err
	}
	return w.post(ctx, entry, at, m.Patient, int64(m.Deposit))
}

// depositDone watches the person's account while do happens to a deposit, and
// answers with the deposit as it is then.
func (w work) depositDone(ctx context.Context, action string, d clinic.Deposit, seen *int64,
	do func(files clinic.Files, done *DepositDone) (clinic.Deposit, error)) (done DepositDone, err error) {
	err = w.onAccount(ctx, d.Patient, seen, &done.Effect, func(files clinic.Files) (err error) {
		done.Owes = max(0, done.Before.Balance)
		if d, err = do(files, &done); err != nil {
			return err
		}
		done.Deposit, err = w.Tx.Deposit(ctx, d.ID)
		return err
	})
	if err != nil {
		return done, err
	}
	return done, w.audit(ctx, action, d.Patient, int64(d.ID))
}

// visibleDeposit returns a deposit of a person whom the actor may see. NotFound
// deposit.none otherwise.
func (w work) visibleDeposit(ctx context.Context, id clinic.DepositID) (clinic.Deposit, error) {
	d, err := w.Tx.Deposit(ctx, id)
	if err != nil {
		return d, err
	}
	_, err = w.person(ctx, d.Patient)
	if fault.Of(err) == fault.NotFound {
		return clinic.Deposit{}, fault.New(fault.NotFound, "deposit.none", "there is no deposit %d", id)
	}
	return d, err
}

// OnDeposit is what every command on a deposit says: which one, how much of
// it, nil for as much as makes sense, and which version of the account was
// seen.
type OnDeposit struct {
	Deposit clinic.DepositID
	Amount  *money.Amount
	Seen    *int64
	Request Request `json:"-"`
}

// onDeposit carries out a command on a deposit that the actor may see.
func onDeposit(ctx context.Context, d *Desk, actor clinic.Actor, right clinic.Permission, action string, on OnDeposit, body any,
	do func(w work, d clinic.Deposit, files clinic.Files, done *DepositDone) error) (DepositDone, error) {
	return command(ctx, d, actor, right, action, on.Request, body, func(w work) (DepositDone, error) {
		found, err := w.visibleDeposit(ctx, on.Deposit)
		if err != nil {
			return DepositDone{}, err
		}
		return w.depositDone(ctx, action, found, on.Seen, func(files clinic.Files, done *DepositDone) (clinic.Deposit, error) {
			return found, do(w, found, files, done)
		})
	})
}

// ReceiveDeposit is the command "the deposit that was asked for is paid".
type ReceiveDeposit struct {
	OnDeposit
	Lines []clinic.MoneyLine
}

// ReceiveDeposit carries out the command.
//
// NotFound deposit.none; Refused deposit.not_requested,
// deposit.more_than_requested, shift.none; those of clinic.CheckDepositMoney.
func (d *Desk) ReceiveDeposit(ctx context.Context, actor clinic.Actor, cmd ReceiveDeposit) (DepositDone, error) {
	if err := actor.May(clinic.ReceiveMoney); err != nil {
		return DepositDone{}, err
	}
	return onDeposit(ctx, d, actor, clinic.WriteDeposits, "deposit.receive", cmd.OnDeposit, cmd,
		func(w work, d clinic.Deposit, _ clinic.Files, _ *DepositDone) error {
			lines, sum, err := clinic.CheckDepositMoney(cmd.Lines)
			if err != nil {
				return err
			}
			if err := d.Receivable(sum); err != nil {
				return err
			}
			return w.receiveDeposit(ctx, d, lines, w.now)
		})
}

// WithdrawDeposit carries out the command "the deposit is not wanted any more":
// only one that was asked for and not paid.
//
// NotFound deposit.none; Refused deposit.not_requested.
func (d *Desk) WithdrawDeposit(ctx context.Context, actor clinic.Actor, cmd OnDeposit) (DepositDone, error) {
	return onDeposit(ctx, d, actor, clinic.WriteDeposits, "deposit.withdraw", cmd, cmd,
		func(w work, d clinic.Deposit, _ clinic.Files, _ *DepositDone) error {
			d, err := d.Withdraw(w.now)
			if err != nil {
				return err
			}
			return w.SaveDeposit(ctx, d)
		})
}

// MoveDeposit is the command "the deposit is for something else".
type MoveDeposit struct {
	OnDeposit
	To clinic.DepositMove
}

// MoveDeposit carries out the command.
//
// NotFound deposit.none, service.none, provider.none; Refused deposit.over;
// Invalid deposit.same.
func (d *Desk) MoveDeposit(ctx context.Context, actor clinic.Actor, cmd MoveDeposit) (DepositDone, error) {
	return onDeposit(ctx, d, actor, clinic.WriteDeposits, "deposit.move", cmd.OnDeposit, cmd,
		func(w work, was clinic.Deposit, _ clinic.Files, _ *DepositDone) error {
			d, err := was.Move(w.clinic, cmd.To)
			if err != nil {
				return err
			}
			if err := w.known(ctx, d); err != nil {
				return err
			}
			if cmd.To.Appointment != nil {
				if d, err = w.forAppointment(ctx, d, *cmd.To.Appointment); err != nil {
					return err
				}
			}
			if err := w.SaveDeposit(ctx, d); err != nil {
				return err
			}
			m := w.movementOf(d, clinic.DepositMoved, 0)
			m.Note = was.Purpose
			return w.addMovement(ctx, m, w.now)
		})
}

// CreditToDeposit is the command "keep this credit of the patient as a
// deposit".
type CreditToDeposit struct{ TakeDeposit }

// CreditToDeposit carries out the command; no money moves.
//
// NotFound patient.none; Refused spending.more_than_credit; those of
// clinic.CheckDeposit.
func (d *Desk) CreditToDeposit(ctx context.Context, actor clinic.Actor, cmd CreditToDeposit) (DepositDone, error) {
	return command(ctx, d, actor, clinic.WriteDeposits, "deposit.from_credit", cmd.Request, cmd, func(w work) (done DepositDone, err error) {
		p, err := w.person(ctx, cmd.Patient)
		if err != nil {
			return done, err
		}
		asked := clinic.Deposit{Patient: p.ID, Amount: cmd.Amount, Purpose: cmd.Purpose, Service: cmd.Service, Provider: cmd.Provider,
			Appointment: cmd.Appointment, Planned: cmd.Planned, Expires: cmd.Expires, At: w.now}
		return w.depositDone(ctx, "deposit.from_credit", asked, cmd.Seen, func(files clinic.Files, _ *DepositDone) (clinic.Deposit, error) {
			return w.depositFrom(ctx, files, asked)
		})
	})
}

// depositFrom turns credit of a person into a deposit: asked says of whose file
// it is, how much and what for. Credit of other files of the person moves to
// that file first. Refused spending.more_than_credit.
func (w work) depositFrom(ctx context.Context, files clinic.Files, asked clinic.Deposit) (clinic.Deposit, error) {
	d, err := w.addDeposit(ctx, asked)
	if err != nil {
		return d, err
	}
	m := w.movementOf(d, clinic.DepositCredit, d.Amount)
	taken, err := w.spend(ctx, files, d.Amount, clinic.SpendingID(m.ID), d.At)
	if err != nil {
		return d, err
	}
	for _, a := range taken {
		if a.Payer == d.Patient {
			continue
		}
		to, from, err := clinic.MoveBetweenFiles(w.clinic, clinic.Allocation{Patient: d.Patient, Payer: a.Payer, Amount: a.Amount}, w.clinic.Day(d.At))
		if err != nil {
			return d, err
		}
		if err := w.post(ctx, to, d.At, d.Patient, int64(d.ID)); err != nil {
			return d, err
		}
		if err := w.post(ctx, from, d.At, a.Payer, int64(d.ID)); err != nil {
			return d, err
		}
	}
	return d, w.book(ctx, m, d.At)
}
