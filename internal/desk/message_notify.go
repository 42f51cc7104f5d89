package desk

import (
	"context"
	"fmt"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/jalali"
	"daftar/internal/message"
	"daftar/internal/money"
)

// about is what a message is about: a record and, for what comes once, which
// time of it. From expires on it is worth nothing; zero: never.
type about struct {
	object   int64
	occasion string
	expires  time.Time
}

// notify queues a message of the kind in the transaction at hand: the clinic's
// template with the fields filled, of which the names of the patient and of the
// clinic fill themselves. Nothing happens while the clinic sends none of the
// kind, or in an import. A patient who cannot or does not want to get it has it
// kept as one that is not sent, with the reason.
func (w work) notify(ctx context.Context, kind clinic.MessageKind, p clinic.Patient, fields clinic.MessageFields, a about) error {
	if w.imports && kind.Class() != "" && !w.tellsOf(kind) {
		return nil
	}
	t, err := w.MessageTemplate(ctx, kind)
	if err != nil || !w.sends(t) {
		return err
	}
	all := clinic.MessageFields{clinic.FieldName: p.Name(), clinic.FieldClinic: w.clinic.Name}
	for f, value := range fields {
		all[f] = value
	}
	m := clinic.Message{ID: clinic.MessageID(w.id()), Patient: p.ID, Mobile: p.Mobile, Kind: kind, Text: t.Fill(all), Object: a.object,
		Occasion: a.occasion, Status: clinic.MessageQueued, Due: w.now, Expires: a.expires, Recorded: w.now}
	if why := p.MayBeSent(kind); why != "" {
		m = m.Skip(why)
	}
	return w.AddMessage(ctx, m)
}

// sends reports whether messages of the template go out now.
func (w work) sends(t clinic.MessageTemplate) bool {
	return t.Kind.AlwaysOn() || w.clinic.SMS && t.On
}

// tellsOf reports whether a made-up clinic tells of it as well: its appointments
// are booked with their messages.
func (w work) tellsOf(kind clinic.MessageKind) bool {
	return kind == clinic.MessageBooked || kind == clinic.MessageMoved || kind == clinic.MessageCancelled
}

// announce queues the message about an appointment, in place of those about it
// that were not sent yet.
func (w work) announce(ctx context.Context, kind clinic.MessageKind, a clinic.Appointment, p clinic.Patient) error {
	if err := w.DropMessages(ctx, int64(a.ID)); err != nil {
		return err
	}
	if !a.Starts.After(w.now) {
		return nil
	}
	return w.tellOf(ctx, kind, a, p, about{object: int64(a.ID), expires: a.Starts})
}

// tellOf queues a message about an appointment.
func (w work) tellOf(ctx context.Context, kind clinic.MessageKind, a clinic.Appointment, p clinic.Patient, on about) error {
	provider, err := w.Provider(ctx, a.Provider)
	if err != nil {
		return err
	}
	local, day := a.Starts.In(w.clinic.Zone), jalali.DayOf(a.Starts, w.clinic.Zone)
	return w.notify(ctx, kind, p, clinic.MessageFields{clinic.FieldProvider: provider.Name, clinic.FieldWeekday: day.Weekday().String(),
		clinic.FieldDay:   day.Date().Persian(),
		clinic.FieldClock: message.Persian.Digits(fmt.Sprintf("%d:%02d", local.Hour(), local.Minute()))}, on)
}

// thank queues the message about a receipt, with the balance after it.
func (w work) thank(ctx context.Context, p clinic.Patient, r clinic.Receipt, balance money.Amount) error {
	return w.notify(ctx, clinic.MessageReceipt, p, clinic.MessageFields{clinic.FieldAmount: w.amount(r.Amount), clinic.FieldBalance: w.balance(balance),
		clinic.FieldNumber: message.Persian.Digits(r.Number.String()), clinic.FieldDay: r.Day.Date().Persian()}, about{object: int64(r.ID)})
}

// acknowledge queues the message about money that came for a deposit.
func (w work) acknowledge(ctx context.Context, d clinic.Deposit, taken money.Amount) error {
	file, err := w.standing(ctx, d.Patient)
	if err != nil {
		return err
	}
	p, err := w.Patient(ctx, file)
	if err != nil {
		return err
	}
	return w.notify(ctx, clinic.MessageDeposit, p, clinic.MessageFields{clinic.FieldAmount: w.amount(taken),
		clinic.FieldNumber: message.Persian.Digits(d.Number.String()), clinic.FieldDay: w.today().Date().Persian()}, about{object: int64(d.ID)})
}

// amount is an amount as a message says it, in the clinic's unit.
func (w work) amount(a money.Amount) string {
	unit := w.clinic.Display()
	return unit.Format(a) + " " + unit.Name()
}

// balance is a balance as a message says it: whose debt it is, if there is one.
func (w work) balance(a money.Amount) string {
	side := "settled"
	switch {
	case a > 0:
		side = "debtor"
	case a < 0:
		side = "creditor"
	}
	return message.Persian.Text("sms.balance."+side, "amount", w.amount(max(a, -a)))
}
