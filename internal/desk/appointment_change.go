package desk

import (
	"context"
	"slices"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/message"
	"daftar/internal/money"
	"daftar/internal/store"
)

// step carries out a command that only moves an appointment to another state.
func (d *Desk) step(ctx context.Context, actor clinic.Actor, action string, on OnAppointment, to clinic.AppointmentStatus,
	kind clinic.AppointmentEventKind) (Booked, error) {
	return onAppointment(ctx, d, actor, clinic.WriteAppointments, action, on, on,
		func(w work, a clinic.Appointment, _ clinic.Patient, _ *Booked) (clinic.Appointment, error) {
			return w.stepTo(ctx, a, to, kind, "")
		})
}

// stepTo moves an appointment to another state.
func (w work) stepTo(ctx context.Context, was clinic.Appointment, to clinic.AppointmentStatus, kind clinic.AppointmentEventKind, reason string) (clinic.Appointment, error) {
	admitted, err := w.admissionLives(ctx, was)
	if err != nil {
		return was, err
	}
	a, err := was.Step(to, w.now, admitted)
	if err != nil {
		return was, err
	}
	if to == clinic.CheckedIn {
		if err := clinic.DueToday(w.clinic, a, w.now); err != nil {
			return was, err
		}
	}
	if reason != "" {
		a.Reason = reason
	}
	if was.Status == clinic.NoShow && a.Status.TakesTime() {
		if a, err = w.cameLate(ctx, a); err != nil {
			return was, err
		}
	}
	return w.changed(ctx, kind, was, a, reason)
}

// cameLate gives the time back to somebody who came after they were missed.
func (w work) cameLate(ctx context.Context, a clinic.Appointment) (clinic.Appointment, error) {
	slot, err := w.placeWas(ctx, clinic.Wish{Provider: a.Provider, Branch: a.Branch, Device: a.Device}, a.Room, a.Span)
	if err != nil {
		return a, err
	}
	return seated(a, slot), w.TakeSeats(ctx, int64(a.ID), slot)
}

// admissionLives reports whether the appointment became an admission that was
// not cancelled.
func (w work) admissionLives(ctx context.Context, a clinic.Appointment) (bool, error) {
	if a.Admission == 0 {
		return false, nil
	}
	admission, err := w.Admission(ctx, a.Admission)
	return err == nil && admission.Status != clinic.Cancelled, err
}

// ConfirmAppointment carries out the command "the patient said yes again".
// NotFound appointment.none; Conflict appointment.stale; Refused
// appointment.status.
func (d *Desk) ConfirmAppointment(ctx context.Context, actor clinic.Actor, cmd OnAppointment) (Booked, error) {
	return d.step(ctx, actor, "appointment.confirm", cmd, clinic.Confirmed, clinic.EventConfirmed)
}

// CheckIn carries out the command "the patient is here". Refused
// appointment.not_today besides those of ConfirmAppointment.
func (d *Desk) CheckIn(ctx context.Context, actor clinic.Actor, cmd OnAppointment) (Booked, error) {
	return d.step(ctx, actor, "appointment.check_in", cmd, clinic.CheckedIn, clinic.EventCheckedIn)
}

// UndoCheckIn carries out the command "the patient is not here after all".
func (d *Desk) UndoCheckIn(ctx context.Context, actor clinic.Actor, cmd OnAppointment) (Booked, error) {
	return d.step(ctx, actor, "appointment.undo_check_in", cmd, clinic.Booked, clinic.EventRestored)
}

// AppointmentInError carries out the command "this appointment was never
// meant". It keeps its time no longer, and nothing of its deposits.
func (d *Desk) AppointmentInError(ctx context.Context, actor clinic.Actor, cmd OnAppointment) (Booked, error) {
	return d.step(ctx, actor, "appointment.in_error", cmd, clinic.EnteredInError, clinic.EventInError)
}

// Forfeit is what is kept of one deposit when its visit does not happen.
type Forfeit struct {
	Deposit clinic.DepositID
	Amount  money.Amount
}

// CancelAppointment is the command "the appointment does not happen". What is
// kept of its deposits is only proposed unless Forfeits confirm it, which needs
// the right to keep deposits; the proposal of this instant stays.
type CancelAppointment struct {
	OnAppointment
	ByClinic bool
	Reason   string
	Forfeits []Forfeit
}

// CancelAppointment carries out the command.
//
// NotFound appointment.none, deposit.none; Invalid appointment.reason without a
// reason; Conflict appointment.stale; Refused appointment.status,
// appointment.admitted, deposit.other for a deposit of another visit, and those
// of ForfeitDeposit; Forbidden permission to keep deposits.
func (d *Desk) CancelAppointment(ctx context.Context, actor clinic.Actor, cmd CancelAppointment) (Booked, error) {
	if len(cmd.Forfeits) > 0 {
		if err := actor.May(clinic.ForfeitDeposits); err != nil {
			return Booked{}, err
		}
	}
	return onAppointment(ctx, d, actor, clinic.WriteAppointments, "appointment.cancel", cmd.OnAppointment, cmd,
		func(w work, a clinic.Appointment, p clinic.Patient, _ *Booked) (clinic.Appointment, error) {
			reason, err := cleanReason(cmd.Reason)
			if err != nil {
				return a, err
			}
			if reason == "" {
				return a, fault.New(fault.Invalid, "appointment.reason", "cancelling has a reason").At("reason")
			}
			if a, err = w.cancelTime(ctx, a, p, cmd.ByClinic, reason); err != nil {
				return a, err
			}
			return a, w.forfeitFor(ctx, a, cmd.Forfeits, reason)
		})
}

// cancelTime cancels an appointment; of one that the clinic cancels somebody
// offers the patient another time.
func (w work) cancelTime(ctx context.Context, a clinic.Appointment, p clinic.Patient, byClinic bool, reason string) (clinic.Appointment, error) {
	to := clinic.CancelledByPatient
	if byClinic {
		to = clinic.CancelledByClinic
	}
	a, err := w.stepTo(ctx, a, to, clinic.EventCancelled, reason)
	if err != nil {
		return a, err
	}
	if byClinic {
		if err := w.automaticActivity(ctx, clinic.CauseCancelled, int64(a.ID), p, w.today()); err != nil {
			return a, err
		}
	}
	return a, w.announce(ctx, clinic.MessageCancelled, a, p)
}

// forfeitFor keeps what was confirmed of the deposits of an appointment.
func (w work) forfeitFor(ctx context.Context, a clinic.Appointment, forfeits []Forfeit, reason string) error {
	files, err := w.filesOf(ctx, a.Patient)
	if err != nil {
		return err
	}
	for _, f := range forfeits {
		deposit, err := w.visibleDeposit(ctx, f.Deposit)
		if err != nil {
			return err
		}
		if deposit.Appointment != a.ID || !slices.Contains(files, deposit.Patient) {
			return fault.New(fault.Refused, "deposit.other", "the deposit is for another visit").At("forfeit")
		}
		if err := w.forfeit(ctx, deposit, &f.Amount, reason); err != nil {
			return err
		}
	}
	return nil
}

// MissAppointment is the command "the patient did not come".
type MissAppointment struct {
	OnAppointment
	Forfeits []Forfeit
}

// MissAppointment carries out the command: a follow-up comes of it. Refused
// appointment.not_over before its end, and those of CancelAppointment.
func (d *Desk) MissAppointment(ctx context.Context, actor clinic.Actor, cmd MissAppointment) (Booked, error) {
	if len(cmd.Forfeits) > 0 {
		if err := actor.May(clinic.ForfeitDeposits); err != nil {
			return Booked{}, err
		}
	}
	return onAppointment(ctx, d, actor, clinic.WriteAppointments, "appointment.no_show", cmd.OnAppointment, cmd,
		func(w work, a clinic.Appointment, p clinic.Patient, _ *Booked) (clinic.Appointment, error) {
			a, err := w.miss(ctx, a, p)
			if err != nil {
				return a, err
			}
			return a, w.forfeitFor(ctx, a, cmd.Forfeits, message.Persian.Text("appointment.status.no_show"))
		})
}

// miss marks an appointment as missed, with the follow-up that comes of it.
func (w work) miss(ctx context.Context, a clinic.Appointment, p clinic.Patient) (clinic.Appointment, error) {
	a, err := w.stepTo(ctx, a, clinic.NoShow, clinic.EventNoShow, "")
	if err != nil {
		return a, err
	}
	return a, w.automaticActivity(ctx, clinic.CauseNoShow, int64(a.ID), p, w.today().Add(1))
}

// RestoreAppointment carries out the command "it happens after all": a
// cancelled or missed appointment has its time again, if that is free.
//
// NotFound appointment.none; Conflict appointment.stale; Refused
// appointment.status, appointment.past, and those of clinic.Calendar.Place.
func (d *Desk) RestoreAppointment(ctx context.Context, actor clinic.Actor, cmd OnAppointment) (Booked, error) {
	var wanted Wanted
	var starts time.Time
	done, err := onAppointment(ctx, d, actor, clinic.WriteAppointments, "appointment.restore", cmd, cmd,
		func(w work, was clinic.Appointment, p clinic.Patient, _ *Booked) (clinic.Appointment, error) {
			wanted, starts = Wanted{Provider: was.Provider, Service: was.Service, Branch: was.Branch, Minutes: was.Minutes()}, was.Starts
			return w.restore(ctx, was, p, wanted)
		})
	return done, d.withNext(ctx, actor, wanted, starts, err)
}

// restore gives a cancelled or missed appointment its time again.
func (w work) restore(ctx context.Context, was clinic.Appointment, p clinic.Patient, wanted Wanted) (clinic.Appointment, error) {
	a, err := was.Restore(w.now)
	if err != nil {
		return was, err
	}
	wish, err := w.wish(ctx, wanted)
	if err != nil {
		return was, err
	}
	slot, err := w.placeAt(ctx, wish, a.Span, was.Overbooked && w.actor.Can(clinic.OverbookAppointments))
	if err != nil {
		return was, err
	}
	if err := w.TakeSeats(ctx, int64(a.ID), slot); err != nil {
		return was, err
	}
	if a, err = w.changed(ctx, clinic.EventRestored, was, seated(a, slot), ""); err != nil {
		return was, err
	}
	return a, w.announce(ctx, clinic.MessageBooked, a, p)
}

// CancelMany is the command "nobody is there then": all appointments of a
// provider, or of a branch, that begin in the span and wait are cancelled by
// the clinic. With Leave the provider is absent then, or the branch closed, on
// those days.
type CancelMany struct {
	Provider clinic.ProviderID // 0: everybody
	Branch   clinic.BranchID   // 0: every branch
	First    jalali.Day
	Last     jalali.Day // "": First
	From     int        // minute of the day
	Until    int        // 0: the end of the day
	Reason   string
	Leave    bool
	Request  Request `json:"-"`
}

// ManyCancelled is what it did: the appointments as they are now.
type ManyCancelled struct {
	Appointments []clinic.Appointment
	Messages     int
}

// exceptionOf is the command as a row of the schedule.
func (cmd CancelMany) exceptionOf() clinic.Exception {
	e := clinic.Exception{Kind: clinic.Leave, Provider: cmd.Provider, Branch: cmd.Branch, First: cmd.First, Last: cmd.Last, From: cmd.From,
		Until: cmd.Until, Reason: cmd.Reason}
	if cmd.Provider == 0 {
		e.Kind = clinic.Closure
	}
	if cmd.Until == 0 && cmd.From > 0 {
		e.Until = 24 * 60
	}
	return e
}

// CancelMany carries out the command. Who is here already is left alone.
//
// NotFound provider.none, branch.none; Invalid appointment.reason, those of
// clinic.Exception.Check; Refused appointment.none_there when nobody is
// affected and no leave is wanted.
func (d *Desk) CancelMany(ctx context.Context, actor clinic.Actor, cmd CancelMany) (ManyCancelled, error) {
	return command(ctx, d, actor, clinic.CancelManyAppointments, "appointment.cancel_many", cmd.Request, cmd, func(w work) (done ManyCancelled, err error) {
		reason, err := cleanReason(cmd.Reason)
		if err != nil {
			return done, err
		}
		if reason == "" {
			return done, fault.New(fault.Invalid, "appointment.reason", "cancelling has a reason").At("reason")
		}
		cmd.Reason = reason
		if branch := w.branch(); branch != 0 {
			cmd.Branch = branch
		}
		exception, err := cmd.exceptionOf().Check()
		if err != nil {
			return done, err
		}
		if err := w.placedAt(ctx, cmd.Provider, cmd.Branch, 0); err != nil {
			return done, err
		}
		affected, err := w.affected(ctx, exception)
		if err != nil {
			return done, err
		}
		if len(affected) == 0 && !cmd.Leave {
			return done, fault.New(fault.Refused, "appointment.none_there", "nobody has an appointment then")
		}
		if cmd.Leave {
			if _, err := w.exception(ctx, exception); err != nil {
				return done, err
			}
		}
		return w.cancelAll(ctx, affected, reason)
	})
}

// cancelAll cancels appointments for the clinic.
func (w work) cancelAll(ctx context.Context, affected []store.AppointmentShown, reason string) (done ManyCancelled, err error) {
	for _, shown := range affected {
		p, err := w.person(ctx, shown.Patient)
		if err != nil {
			return done, err
		}
		a, err := w.cancelTime(ctx, shown.Appointment, p, true, reason)
		if err != nil {
			return done, err
		}
		if w.clinic.SMS && p.Mobile != "" {
			done.Messages++
		}
		done.Appointments = append(done.Appointments, a)
		if err := w.audit(ctx, "appointment.cancel", p.ID, int64(a.ID)); err != nil {
			return done, err
		}
	}
	return done, w.audit(ctx, "appointment.cancel_many", 0, 0)
}
