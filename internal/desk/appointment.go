package desk

import (
	"context"
	"slices"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/money"
	"daftar/internal/store"
)

// Book is the command "keep this time for the patient". Without minutes it
// takes as long as the service, or a slot of the provider. A deposit may be
// taken or asked for with it, and deposits that the patient has already may be
// for it.
type Book struct {
	Patient  clinic.PatientID
	Provider clinic.ProviderID
	Service  clinic.ServiceID // 0: not said
	Branch   clinic.BranchID  // 0: wherever the provider is then
	Starts   time.Time
	Minutes  int
	Channel  clinic.Channel
	Note     string
	Overbook bool              // beyond the capacity
	Wait     clinic.WaitID     // of the waitlist that it fulfils; 0: none
	Activity clinic.ActivityID `json:",omitempty"` // that it came of, which is done; 0: none
	Lead     clinic.LeadID     `json:",omitempty"` // that it came of; 0: none
	Deposit  *BookDeposit
	Use      []clinic.DepositID
	Seen     *int64  // of the account, when money is taken
	Request  Request `json:"-"`

	series clinic.SeriesID // that it is a session of; 0: none
}

// BookDeposit is a deposit that comes with an appointment: with no lines it is
// only asked for.
type BookDeposit struct {
	Amount money.Amount
	Lines  []clinic.MoneyLine
}

// Booked is the answer to commands on one appointment. Effect is what it did to
// the account, as far as money moved. Suits are people of the waitlist who
// could have the time that it left.
type Booked struct {
	Appointment clinic.Appointment
	Was         clinic.Appointment // before; as Appointment for a new one
	Deposits    []clinic.Deposit   // that are for it
	Proposed    []money.Amount     // what the tiers keep of each of them when the visit does not happen
	Suits       []store.WaitShown
	Effect
}

// Book carries out the command.
//
// NotFound patient.none, provider.none, service.none, waitlist.none,
// activity.none, lead.none; Invalid
// those of clinic.CheckAppointment; Refused provider.off, service.off,
// appointment.not_offered, activity.over, lead.move, lead.no_patient, those of clinic.Calendar.Place, with the next free
// times as "next", and those of taking a deposit; Forbidden permission to
// overbook.
func (d *Desk) Book(ctx context.Context, actor clinic.Actor, cmd Book) (Booked, error) {
	if err := cmd.allowed(actor); err != nil {
		return Booked{}, err
	}
	done, err := command(ctx, d, actor, clinic.WriteAppointments, "appointment.book", cmd.Request, cmd, func(w work) (Booked, error) {
		return w.bookTime(ctx, cmd)
	})
	return done, d.withNext(ctx, actor, cmd.wanted(), cmd.Starts, err)
}

// allowed refuses what a booking does beside keeping a time, without the rights
// to it.
func (cmd Book) allowed(actor clinic.Actor) error {
	if cmd.Overbook {
		if err := actor.May(clinic.OverbookAppointments); err != nil {
			return err
		}
	}
	if cmd.Activity != 0 {
		if err := actor.May(clinic.WriteActivities); err != nil {
			return err
		}
	}
	if cmd.Lead != 0 {
		if err := actor.May(clinic.WriteLeads); err != nil {
			return err
		}
	}
	if cmd.Deposit != nil {
		return actor.May(clinic.WriteDeposits)
	}
	return nil
}

// wanted is what a time is looked for.
func (cmd Book) wanted() Wanted {
	return Wanted{Provider: cmd.Provider, Service: cmd.Service, Branch: cmd.Branch, Minutes: cmd.Minutes}
}

// bookTime books a time and does what comes with it.
func (w work) bookTime(ctx context.Context, cmd Book) (done Booked, err error) {
	p, err := w.person(ctx, cmd.Patient)
	if err != nil {
		return done, err
	}
	cmd.Patient = p.ID
	err = w.onAccount(ctx, p.ID, cmd.Seen, &done.Effect, func(files clinic.Files) error {
		a, err := w.keep(ctx, cmd, p)
		if err != nil {
			return err
		}
		done.Appointment, done.Was = a, a
		if err := w.fulfilWait(ctx, cmd.Wait, a); err != nil {
			return err
		}
		if err := w.bookedFrom(ctx, cmd.Activity, a); err != nil {
			return err
		}
		if err := w.leadBooked(ctx, cmd.Lead, a); err != nil {
			return err
		}
		if err := w.bringDeposits(ctx, files, cmd, a); err != nil {
			return err
		}
		return w.depositsOf(ctx, a, &done)
	})
	if err != nil {
		return done, err
	}
	return done, w.audit(ctx, "appointment.book", p.ID, int64(done.Appointment.ID))
}

// keep stores a new appointment with its seats, its first event and the message
// about it.
func (w work) keep(ctx context.Context, cmd Book, p clinic.Patient) (a clinic.Appointment, err error) {
	wish, err := w.wish(ctx, cmd.wanted())
	if err != nil {
		return a, err
	}
	starts := cmd.Starts.UTC()
	a = clinic.Appointment{Patient: p.ID, Provider: cmd.Provider, Service: cmd.Service, Channel: cmd.Channel, Note: cmd.Note, Status: clinic.Booked, Series: cmd.series,
		Span: clinic.Span{Starts: starts, Ends: starts.Add(time.Duration(wish.Minutes) * time.Minute)}, Recorded: w.now, Staff: w.actor.Staff, Version: 1}
	if a, err = clinic.CheckAppointment(a); err != nil {
		return a, err
	}
	slot, err := w.placeAt(ctx, wish, a.Span, cmd.Overbook)
	if err != nil {
		return a, err
	}
	a.ID = clinic.AppointmentID(w.id())
	a = seated(a, slot)
	if err := w.AddAppointment(ctx, a); err != nil {
		return a, err
	}
	if err := w.TakeSeats(ctx, int64(a.ID), slot); err != nil {
		return a, err
	}
	if err := w.event(ctx, clinic.EventBooked, a, a, ""); err != nil {
		return a, err
	}
	return a, w.announce(ctx, clinic.MessageBooked, a, p)
}

// seated is the appointment in a slot.
func seated(a clinic.Appointment, s clinic.Slot) clinic.Appointment {
	a.Branch, a.Room, a.Device, a.Seat, a.Overbooked = s.Branch, s.Room, s.Device, s.Seats[0].Seat, s.Over
	return a
}

// wish is what is looked for: the service's length and device. Invalid
// appointment.length; Refused service.off, appointment.not_offered when the provider does not do it.
func (w work) wish(ctx context.Context, q Wanted) (wish clinic.Wish, err error) {
	wish = clinic.Wish{Provider: q.Provider, Branch: q.Branch, Minutes: q.Minutes}
	if err := clinic.CheckMinutes(q.Minutes); err != nil {
		return wish, err
	}
	if q.Service != 0 {
		s, err := w.Service(ctx, q.Service)
		if err == nil && s.Disabled {
			err = fault.New(fault.Refused, "service.off", "service %s is switched off", s.Code).With("service", s.Name)
		}
		if err != nil {
			return wish, at(err, "service_id")
		}
		if wish.Device = s.Device; wish.Minutes == 0 {
			wish.Minutes = s.Duration
		}
		does, err := w.ProviderServices(ctx)
		if err != nil {
			return wish, err
		}
		if own := does[q.Provider]; q.Provider != 0 && len(own) > 0 && !slices.Contains(own, q.Service) {
			return wish, fault.New(fault.Refused, "appointment.not_offered", "the provider does not do %s", s.Name).With("service", s.Name).At("service_id")
		}
	}
	if wish.Minutes == 0 {
		p, err := w.Provider(ctx, q.Provider)
		if err != nil {
			return wish, at(err, "provider_id")
		}
		wish.Minutes = p.Booking.SlotMinutes
	}
	// A length that is off the grid reads as the next on it.
	const grid = int(clinic.SlotUnit / time.Minute)
	wish.Minutes = (wish.Minutes + grid - 1) / grid * grid
	return wish, nil
}

// placeAt is where an appointment goes on the calendar of now.
func (w work) placeAt(ctx context.Context, wish clinic.Wish, s clinic.Span, over bool) (clinic.Slot, error) {
	day := w.clinic.Day(s.Starts)
	if err := w.ExpireHolds(ctx, w.now); err != nil {
		return clinic.Slot{}, err
	}
	c, err := w.calendar(ctx, wish, day, day)
	if err != nil {
		return clinic.Slot{}, err
	}
	return c.Place(wish, s, over)
}

// placeWas is where an appointment was whose time has begun.
func (w work) placeWas(ctx context.Context, wish clinic.Wish, room clinic.ResourceID, s clinic.Span) (clinic.Slot, error) {
	day := w.clinic.Day(s.Starts)
	c, err := w.calendar(ctx, wish, day, day)
	if err != nil {
		return clinic.Slot{}, err
	}
	return c.Was(wish, room, s)
}

// event writes what happened to an appointment.
func (w work) event(ctx context.Context, kind clinic.AppointmentEventKind, was, is clinic.Appointment, reason string) error {
	return w.AddAppointmentEvent(ctx, w.id(), w.unit, clinic.AppointmentEvent{Appointment: is.ID, Kind: kind, Status: is.Status, From: was.Span, To: is.Span,
		Provider: was.Provider, Reason: reason, At: w.now, Staff: w.actor.Staff})
}

// bringDeposits takes or asks for the deposit that comes with an appointment,
// and lets others that the person has be for it. Refused deposit.other.
func (w work) bringDeposits(ctx context.Context, files clinic.Files, cmd Book, a clinic.Appointment) error {
	for _, id := range cmd.Use {
		d, err := w.visibleDeposit(ctx, id)
		if err != nil {
			return err
		}
		if !slices.Contains(files, d.Patient) {
			return fault.New(fault.Refused, "deposit.other", "the deposit is another person's").At("use")
		}
		if !d.Waiting() {
			return fault.New(fault.Refused, "deposit.over", "the deposit is %s", d.Status()).At("use")
		}
		if err := w.SaveDeposit(ctx, d.Belongs(w.clinic, a)); err != nil {
			return err
		}
	}
	if cmd.Deposit == nil {
		return nil
	}
	if cmd.Deposit.Lines != nil {
		if err := w.actor.May(clinic.ReceiveMoney); err != nil {
			return err
		}
	}
	d := clinic.Deposit{Patient: a.Patient, Amount: cmd.Deposit.Amount, Service: a.Service, Provider: a.Provider, Appointment: a.ID,
		Planned: a.Starts, At: w.now}
	if a.Service != 0 {
		s, err := w.Service(ctx, a.Service)
		if err != nil {
			return err
		}
		d.Purpose = s.Name
	}
	_, err := w.takeDeposit(ctx, d, cmd.Deposit.Lines)
	return err
}

// depositsOf tells which deposits are for an appointment and what the tiers
// propose to keep of them.
func (w work) depositsOf(ctx context.Context, a clinic.Appointment, done *Booked) (err error) {
	done.Deposits, err = w.DepositsForAppointment(ctx, a.ID)
	for _, d := range done.Deposits {
		done.Proposed = append(done.Proposed, d.ProposeForfeit(w.clinic, w.now))
	}
	return err
}

// followDeposits lets the deposits of an appointment go where it goes: to its
// new time and provider, or to what is kept of them when it is over.
func (w work) followDeposits(ctx context.Context, a clinic.Appointment) error {
	deposits, err := w.DepositsForAppointment(ctx, a.ID)
	if err != nil {
		return err
	}
	for _, d := range deposits {
		if !d.Waiting() {
			continue
		}
		if err := w.SaveDeposit(ctx, d.Belongs(w.clinic, a)); err != nil {
			return err
		}
	}
	return nil
}

// visibleAppointment returns an appointment of a person whom the actor may see.
// NotFound appointment.none otherwise. Conflict appointment.stale when it was
// changed since the version that was seen; nil: not checked.
func (w work) visibleAppointment(ctx context.Context, id clinic.AppointmentID, seen *int64) (a clinic.Appointment, p clinic.Patient, err error) {
	if a, err = w.Tx.Appointment(ctx, id); err != nil {
		return a, p, err
	}
	p, err = w.person(ctx, a.Patient)
	if fault.Of(err) == fault.NotFound {
		err = fault.New(fault.NotFound, "appointment.none", "there is no appointment %d", id)
	}
	if err == nil && seen != nil && *seen != a.Version {
		err = fault.New(fault.Conflict, "appointment.stale", "the appointment was changed by someone else")
	}
	return a, p, err
}

// OnAppointment is what every command on an appointment says: which one, and
// which version of it was seen.
type OnAppointment struct {
	Appointment clinic.AppointmentID
	Version     *int64
	Seen        *int64  // of the account, when money moves
	Request     Request `json:"-"`
}

// onAppointment carries out a command on an appointment: do changes it and says
// what happened; seats, deposits and the audit follow.
func onAppointment(ctx context.Context, d *Desk, actor clinic.Actor, right clinic.Permission, action string, on OnAppointment, body any,
	do func(w work, a clinic.Appointment, p clinic.Patient, done *Booked) (clinic.Appointment, error)) (Booked, error) {
	return command(ctx, d, actor, right, action, on.Request, body, func(w work) (done Booked, err error) {
		a, p, err := w.visibleAppointment(ctx, on.Appointment, on.Version)
		if err != nil {
			return done, err
		}
		done.Was = a
		err = w.onAccount(ctx, p.ID, on.Seen, &done.Effect, func(clinic.Files) error {
			if done.Appointment, err = do(w, a, p, &done); err != nil {
				return err
			}
			return w.depositsOf(ctx, a, &done)
		})
		if err != nil {
			return done, err
		}
		if done.Suits, err = w.suits(ctx, done.Was, done.Appointment); err != nil {
			return done, err
		}
		return done, w.audit(ctx, action, p.ID, int64(a.ID))
	})
}

// changed writes back an appointment with what happened to it.
func (w work) changed(ctx context.Context, kind clinic.AppointmentEventKind, was, is clinic.Appointment, reason string) (clinic.Appointment, error) {
	if err := w.SaveAppointment(ctx, is); err != nil {
		return is, err
	}
	is.Version++
	if was.Status.TakesTime() && !is.Status.TakesTime() {
		if err := w.FreeSeats(ctx, int64(is.ID)); err != nil {
			return is, err
		}
	}
	if err := w.followDeposits(ctx, is); err != nil {
		return is, err
	}
	if err := w.leadsFollow(ctx, is); err != nil {
		return is, err
	}
	return is, w.event(ctx, kind, was, is, reason)
}
