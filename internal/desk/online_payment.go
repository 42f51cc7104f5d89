package desk

import (
	"context"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/message"
	"daftar/internal/money"
)

// Gate is an online gateway: a bank's, or the one of tests and the demo.
type Gate interface {
	// Start asks for a payment and says where the payer goes.
	Start(ctx context.Context, o clinic.PaymentOrder) (clinic.PaymentStart, error)
	// Verify asks what became of one; the gateway answers the same however
	// often it is asked.
	Verify(ctx context.Context, reference string, asked money.Amount) (clinic.PaymentProof, error)
}

// StartPayment sends the browser that holds a time to the gateway; callback is
// where it comes back to. Each call is a payment of its own.
//
// NotFound online.off, online.none; Refused online.slow, online.expired,
// online.unpaid when nothing is to be paid; Unavailable online.gateway when the
// gateway does not answer.
func (d *Desk) StartPayment(ctx context.Context, c clinic.ID, origin, token string, gate Gate, callback string) (clinic.PaymentStart, error) {
	none := clinic.PaymentStart{}
	h, err := d.OnlineHold(ctx, c, origin, token)
	if err != nil {
		return none, err
	}
	if err := d.pace.step("pay", origin, toPay, d.now()); err != nil {
		return none, err
	}
	if err := payable(h.SlotHold, d.now()); err != nil {
		return none, err
	}
	place, err := d.settings(ctx, c)
	if err != nil {
		return none, err
	}
	start, err := gate.Start(ctx, clinic.PaymentOrder{Amount: h.Amount, Currency: place.Currency.Code, Mobile: h.Who.Mobile, Callback: callback,
		Text: message.Persian.Text("online.pay.what", "service", h.ServiceName, "clinic", place.Name)})
	if err != nil || start.Reference == "" || start.Address == "" {
		return none, fault.New(fault.Unavailable, "online.gateway", "the gateway does not answer").Because(err)
	}
	err = d.public(ctx, c, origin, func(w work) error {
		h, err := w.Hold(ctx, h.ID)
		if err != nil {
			return err
		}
		if err := payable(h, w.now); err != nil {
			return err
		}
		h.Reference = start.Reference
		if err := w.SaveHold(ctx, h); err != nil {
			return err
		}
		return w.AddPayment(ctx, clinic.Payment{ID: clinic.PaymentID(w.id()), Hold: h.ID, Reference: start.Reference, Asked: h.Amount,
			Status: clinic.PaymentStarted, Started: w.now})
	})
	if err != nil {
		return none, err
	}
	return start, nil
}

// payable refuses to pay for what is over or waits for no money: Refused
// online.expired, online.unpaid.
func payable(h clinic.SlotHold, now time.Time) error {
	if err := h.Still(now); err != nil {
		return err
	}
	if h.Status != clinic.Paying || h.Amount <= 0 {
		return fault.New(fault.Refused, "online.unpaid", "nothing is to be paid")
	}
	return nil
}

// PaymentOutcome is what became of a payment.
type PaymentOutcome struct {
	Payment clinic.Payment
	Hold    clinic.HoldID
	Booked  clinic.AppointmentID // 0: the time was given away, and the money is kept
}

// SettlePayment asks the gateway about a payment and books the money that came,
// once, however often and however late it is called: as the deposit of the
// appointment that the held time becomes, in one transaction, or, when the time
// was given away, as a deposit for nothing yet with somebody to call. What was
// not paid stays as it is.
//
// NotFound online.payment_none; Unavailable online.gateway.
func (d *Desk) SettlePayment(ctx context.Context, c clinic.ID, origin, reference string, gate Gate) (done PaymentOutcome, err error) {
	err = d.read(ctx, byItself(c), func(w work) (err error) {
		done, err = w.outcome(ctx, reference)
		return err
	})
	if err != nil || done.Payment.Status == clinic.PaymentPaid {
		return done, err
	}
	proof, err := gate.Verify(ctx, reference, done.Payment.Asked)
	switch {
	case err != nil:
		return done, fault.New(fault.Unavailable, "online.gateway", "the gateway does not answer").Because(err)
	case proof.Status == clinic.PaymentPaid:
		return d.paid(ctx, c, origin, reference, proof)
	case proof.Status == clinic.PaymentFailed || done.Payment.GivenUp(d.now()):
		return done, d.unpaid(ctx, c, origin, reference)
	}
	return done, nil
}

// outcome is what became of a payment so far. A clinic that there is not has no
// payments.
func (w work) outcome(ctx context.Context, reference string) (done PaymentOutcome, err error) {
	if done.Payment, err = w.Payment(ctx, reference); err != nil {
		return done, err
	}
	h, err := w.Hold(ctx, done.Payment.Hold)
	done.Hold = h.ID
	if h.Deposit == done.Payment.Deposit {
		done.Booked = h.Appointment
	}
	return done, err
}

// unpaid notes that a payment came to nothing; if it is paid all the same, that
// still counts.
func (d *Desk) unpaid(ctx context.Context, c clinic.ID, origin, reference string) error {
	return d.public(ctx, c, origin, func(w work) error {
		p, err := w.Payment(ctx, reference)
		if err != nil || p.Status != clinic.PaymentStarted {
			return err
		}
		p.Status = clinic.PaymentFailed
		return w.SavePayment(ctx, p)
	})
}

// forPayments are the rights of the program when it books money of the gateway.
var forPayments = clinic.RightsOf(clinic.WriteDeposits, clinic.ReceiveMoney, clinic.WriteAppointments)

// paid books a payment that the gateway has confirmed. The reference is the key
// of the request.
func (d *Desk) paid(ctx context.Context, c clinic.ID, origin, reference string, proof clinic.PaymentProof) (done PaymentOutcome, err error) {
	// A late time that somebody took at this very moment is late after all.
	for range 3 {
		done, err = d.paidOnce(ctx, c, origin, reference, proof)
		if fault.Code(err) != "appointment.taken" {
			break
		}
	}
	return done, err
}

func (d *Desk) paidOnce(ctx context.Context, c clinic.ID, origin, reference string, proof clinic.PaymentProof) (PaymentOutcome, error) {
	actor := byItself(c)
	actor.Origin, actor.Granted = origin, forPayments
	return command(ctx, d, actor, clinic.WriteDeposits, "online.pay", Request{Key: paymentKey + reference}, reference, func(w work) (done PaymentOutcome, err error) {
		if w, err = w.automatic(ctx); err != nil {
			return done, err
		}
		if done, err = w.outcome(ctx, reference); err != nil || done.Payment.Status == clinic.PaymentPaid {
			return done, err
		}
		if err := w.ExpireHolds(ctx, w.now); err != nil {
			return done, err
		}
		h, err := w.Hold(ctx, done.Hold)
		if err != nil {
			return done, err
		}
		if done.Payment, err = done.Payment.Settle(proof, w.now); err != nil {
			return done, err
		}
		done.Booked, err = w.settlePaid(ctx, &done.Payment, h)
		return done, err
	})
}

// settlePaid books a confirmed payment for a held time and returns the appointment
// that it is for, 0 when the time was given away.
func (w work) settlePaid(ctx context.Context, pay *clinic.Payment, h clinic.SlotHold) (clinic.AppointmentID, error) {
	w.actor.Branch = h.Branch
	slot, late, err := w.stillFree(ctx, h)
	if err != nil {
		return 0, err
	}
	var a clinic.Appointment
	var p clinic.Patient
	if late {
		p, _, err = w.onlinePatient(ctx, h)
		h.Patient = p.ID
	} else {
		a, p, err = w.bookHeld(ctx, &h, slot)
	}
	if err != nil {
		return 0, err
	}
	d, err := w.onlineMoney(ctx, *pay, h, a, p)
	if err != nil {
		return 0, err
	}
	if late || pay.Paid != pay.Asked {
		if err := w.automaticNote(ctx, clinic.CauseLateMoney, int64(pay.ID), p, w.today(), w.paymentNote(*pay, h, late)); err != nil {
			return 0, err
		}
	}
	if h.Deposit == 0 || !late {
		h.Deposit = d.ID
	}
	pay.Deposit, h.Paid = d.ID, w.now
	if err := w.SaveHold(ctx, h); err != nil {
		return 0, err
	}
	return a.ID, w.SavePayment(ctx, *pay)
}

// stillFree is where a held time can be booked: nil for one whose seats it has.
// late says that it cannot, since it was given away or paid before.
func (w work) stillFree(ctx context.Context, h clinic.SlotHold) (slot *clinic.Slot, late bool, err error) {
	switch {
	case h.Status == clinic.HoldDone:
		return nil, true, nil
	case h.Alive(w.now):
		return nil, false, nil
	}
	found, err := w.placeAt(ctx, clinic.Wish{Provider: h.Provider, Branch: h.Branch, Minutes: h.Minutes(), Device: h.Device}, h.Span, false)
	if fault.Of(err) == fault.Refused {
		return nil, true, nil
	}
	return &found, false, err
}

// onlineMoney takes the deposit that came by the gateway, for an appointment or,
// with an empty one, for nothing yet.
func (w work) onlineMoney(ctx context.Context, pay clinic.Payment, h clinic.SlotHold, a clinic.Appointment, p clinic.Patient) (clinic.Deposit, error) {
	d := clinic.Deposit{Patient: p.ID, Amount: pay.Paid, Service: h.Service, Provider: h.Provider, Appointment: a.ID, Planned: a.Starts, At: w.now}
	var err error
	if d.Purpose, err = w.serviceName(ctx, h.Service); err != nil {
		return d, err
	}
	lines, err := clinic.GatewayLines(pay)
	if err != nil {
		return d, err
	}
	done, err := w.depositDone(ctx, "deposit.receive", d, nil, func(clinic.Files, *DepositDone) (clinic.Deposit, error) {
		d, err := w.addDeposit(ctx, d)
		if err != nil {
			return d, err
		}
		return d, w.receiveDeposit(ctx, d, lines, d.At)
	})
	return done.Deposit, err
}

// paymentNote says what whoever comes to a payment should know.
func (w work) paymentNote(pay clinic.Payment, h clinic.SlotHold, late bool) string {
	note := ""
	if late {
		local := h.Starts.In(w.clinic.Zone)
		note = message.Persian.Text("online.note.late", "day", jalali.DayOf(h.Starts, w.clinic.Zone).Date().Persian(),
			"clock", message.Persian.Digits(local.Format("15:04")), "paid", w.clinic.Currency.Format(pay.Paid))
	}
	if pay.Paid != pay.Asked {
		if note != "" {
			note += "\n"
		}
		note += message.Persian.Text("online.note.amount", "asked", w.clinic.Currency.Format(pay.Asked), "paid", w.clinic.Currency.Format(pay.Paid))
	}
	return note
}

// A payment of which nothing was heard for so long is asked about, so many of
// them at a time.
const (
	paymentQuiet = 2 * time.Minute
	mostPayments = 50
)

// AskPayments asks the gateway about payments of which nothing was heard: who
// closes the browser at the bank has paid all the same. It may run at any time
// and any number of times; one that cannot be asked about keeps no other
// waiting. It returns how many were paid.
func (d *Desk) AskPayments(ctx context.Context, c clinic.ID, gate Gate) (paid int, err error) {
	var open []clinic.Payment
	failed := d.read(ctx, byItself(c), func(w work) (err error) {
		open, err = w.OpenPayments(ctx, w.now.Add(-paymentQuiet), mostPayments)
		return err
	})
	if failed != nil {
		return 0, failed
	}
	for _, p := range open {
		done, failed := d.SettlePayment(ctx, c, byItself(c).Origin, p.Reference, gate)
		if failed != nil {
			err = failed
		} else if done.Payment.Status == clinic.PaymentPaid {
			paid++
		}
	}
	return paid, err
}
