package desk

import (
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/farsi"
	"daftar/internal/fault"
	"daftar/internal/message"
	"daftar/internal/money"
	"daftar/internal/store"
)

// OnlineWho is the command of the public "this is who comes": a code is sent to
// the mobile. Again asks for another code.
type OnlineWho struct {
	Token  string
	Origin string
	Who    clinic.OnlinePerson
	Again  bool // for whom it was sent before; Who is not looked at
}

// SendCode carries out the command. The answer is the same whoever is known.
//
// NotFound online.off, online.none; Invalid those of clinic.OnlinePerson.Check;
// Refused online.slow and those of clinic.SlotHold.Ask.
func (d *Desk) SendCode(ctx context.Context, c clinic.ID, cmd OnlineWho) error {
	if err := d.online(ctx, c, "code", cmd.Origin, toCode); err != nil {
		return err
	}
	who, err := cmd.Who.Check()
	if err != nil && !cmd.Again {
		return err
	}
	code, err := d.oneTimeCode()
	if err != nil {
		return err
	}
	return d.public(ctx, c, cmd.Origin, func(w work) error {
		h, err := w.HoldByToken(ctx, digest(cmd.Token))
		if err != nil {
			return err
		}
		who := who
		if cmd.Again {
			who = h.Who
		}
		sent, _, err := w.MobileUse(ctx, who.Mobile, w.now.Add(-24*time.Hour))
		if err != nil {
			return err
		}
		h, send, err := h.Ask(who, clinic.CodeDigest(cmd.Token, code), sent, cmd.Again, w.now)
		if err != nil || !send {
			return err
		}
		if err := w.SaveHold(ctx, h); err != nil {
			return err
		}
		if err := w.DropMessages(ctx, int64(h.ID)); err != nil {
			return err
		}
		// Telephones look for the code in Latin digits.
		return w.notify(ctx, clinic.MessageCode, clinic.Patient{Mobile: who.Mobile}, clinic.MessageFields{clinic.FieldCode: code}, about{object: int64(h.ID)})
	})
}

// oneTimeCode draws a code.
func (d *Desk) oneTimeCode() (string, error) {
	var b [8]byte
	if _, err := io.ReadFull(d.options.Random, b[:]); err != nil {
		return "", fmt.Errorf("one-time code: %w", err)
	}
	return fmt.Sprintf("%0*d", clinic.CodeDigits, binary.LittleEndian.Uint64(b[:])%1_000_000), nil
}

// OnlineCode is the command of the public "this is the code that I was sent".
// With Pays a deposit is asked for by the gateway; without one it is asked for
// at the desk.
type OnlineCode struct {
	Token  string
	Origin string
	Code   string
	Pays   bool
}

// Prove carries out the command: the mobile is the person's, and what is asked
// for without a deposit is booked. Carried out again it answers the same.
//
// NotFound online.off, online.none; Refused online.slow, online.blocked,
// online.many, those of clinic.SlotHold.Prove.
func (d *Desk) Prove(ctx context.Context, c clinic.ID, cmd OnlineCode) (h OnlineHold, err error) {
	if err := d.online(ctx, c, "guess", cmd.Origin, toGuess); err != nil {
		return h, err
	}
	var refusal error
	err = d.public(ctx, c, cmd.Origin, func(w work) error {
		found, err := w.HoldByToken(ctx, digest(cmd.Token))
		if err != nil {
			return err
		}
		proved, err := found.Prove(clinic.CodeDigest(cmd.Token, farsi.Digits(strings.TrimSpace(cmd.Code))), w.now)
		// A wrong code counts, so that it is stored and refused afterwards.
		refusal = err
		if fault.Of(err) == fault.Internal && err != nil {
			return err
		}
		if proved.Tries != found.Tries || proved.Status != found.Status {
			if err := w.SaveHold(ctx, proved); err != nil {
				return err
			}
			proved.Version++
		}
		if refusal != nil {
			return nil
		}
		if proved.Status == clinic.Verified {
			if proved, refusal, err = w.finish(ctx, proved, cmd.Pays); err != nil || refusal != nil {
				return err
			}
		}
		h, err = w.shownHold(ctx, proved)
		return err
	})
	if err == nil {
		err = refusal
	}
	return h, err
}

// finish books what is verified, or lets it wait for its deposit. Only here,
// when the mobile is known to be theirs, somebody is told what a clinic knows.
func (w work) finish(ctx context.Context, h clinic.SlotHold, pays bool) (_ clinic.SlotHold, refusal, err error) {
	if err := h.Still(w.now); err != nil {
		return h, err, nil
	}
	_, booked, err := w.MobileUse(ctx, h.Who.Mobile, w.now.Add(-24*time.Hour))
	if err != nil {
		return h, nil, err
	}
	if refusal := clinic.MayBook(booked); refusal != nil {
		return h, refusal, nil
	}
	missed, err := w.missedBy(ctx, h.Who.Mobile)
	if err != nil {
		return h, nil, err
	}
	if refusal := w.clinic.Appointments.Blocked(w.clinic, missed); refusal != nil {
		return h, refusal, nil
	}
	if h.Amount, err = w.onlineDeposit(ctx, h.Service); err != nil {
		return h, nil, err
	}
	if h.Amount > 0 && pays {
		h.Status = clinic.Paying
		err = w.SaveHold(ctx, h)
		h.Version++
		return h, nil, err
	}
	w.actor.Branch = h.Branch
	a, p, err := w.bookHeld(ctx, &h, nil)
	if err != nil {
		return h, nil, err
	}
	if h.Amount > 0 {
		asked := clinic.Deposit{Patient: p.ID, Amount: h.Amount, Service: a.Service, Provider: a.Provider, Appointment: a.ID, Planned: a.Starts, At: w.now}
		if asked.Purpose, err = w.serviceName(ctx, a.Service); err != nil {
			return h, nil, err
		}
		if _, err := w.takeDeposit(ctx, asked, nil); err != nil {
			return h, nil, err
		}
	}
	err = w.SaveHold(ctx, h)
	h.Version++
	return h, nil, err
}

// missedBy counts the missed appointments of everybody with the mobile.
func (w work) missedBy(ctx context.Context, mobile string) (missed int, err error) {
	people, err := w.PatientsWithMobile(ctx, mobile)
	if err != nil {
		return 0, err
	}
	var files clinic.Files
	for _, p := range people {
		more, err := w.filesOf(ctx, p.ID)
		if err != nil {
			return 0, err
		}
		for _, f := range more {
			if !slices.Contains(files, f) {
				files = append(files, f)
			}
		}
	}
	if len(files) == 0 {
		return 0, nil
	}
	counted, err := w.CountAppointments(ctx, files, store.Moment{}, w.now)
	return counted.NoShows, err
}

// onlineDeposit is what a service asks to be paid before.
func (w work) onlineDeposit(ctx context.Context, id clinic.ServiceID) (money.Amount, error) {
	priced, err := w.PriceList(ctx, w.today())
	if err != nil {
		return 0, err
	}
	for _, s := range priced {
		if s.ID == id {
			return s.Deposit.Of(s.Price), nil
		}
	}
	return 0, nil
}

func (w work) serviceName(ctx context.Context, id clinic.ServiceID) (string, error) {
	s, err := w.Service(ctx, id)
	return s.Name, err
}

// onlinePatient is the file of who books: one that is the same person, or a new
// one. What is known about anybody is not told.
func (w work) onlinePatient(ctx context.Context, h clinic.SlotHold) (p clinic.Patient, note string, err error) {
	if h.Patient != 0 {
		p, err = w.person(ctx, h.Patient)
		return p, "", err
	}
	known, err := w.PatientsWithMobile(ctx, h.Who.Mobile)
	if err != nil {
		return p, "", err
	}
	for _, k := range known {
		if h.Who.Is(k) {
			p, err = w.person(ctx, k.ID)
			return p, "", err
		}
	}
	p = clinic.Patient{FirstName: h.Who.FirstName, LastName: h.Who.LastName, Mobile: h.Who.Mobile, NationalCode: h.Who.NationalCode,
		AcquisitionSource: "website", SMSService: true, Branch: h.Branch}
	if p.NationalCode != "" {
		_, err := w.PatientByNationalCode(ctx, p.NationalCode)
		if err != nil && fault.Of(err) != fault.NotFound {
			return p, "", err
		}
		if err == nil { // somebody else's, with another mobile: staff find out whose it is
			note = message.Persian.Text("online.note.code", "code", p.NationalCode)
			p.NationalCode = ""
		}
	}
	p, err = w.registerPatient(ctx, p)
	return p, note, err
}

// bookHeld makes an appointment of a hold: with the seats that it has, or in a
// slot that is free when it is over. h is as it is to be stored then.
func (w work) bookHeld(ctx context.Context, h *clinic.SlotHold, slot *clinic.Slot) (a clinic.Appointment, p clinic.Patient, err error) {
	a = clinic.Appointment{ID: clinic.AppointmentID(w.id()), Provider: h.Provider, Service: h.Service, Span: h.Span, Branch: h.Branch, Room: h.Room,
		Device: h.Device, Seat: h.Seat, Channel: clinic.Online, Status: clinic.Booked, Recorded: w.now, Staff: w.actor.Staff, Version: 1}
	if slot == nil {
		err = w.HandSeats(ctx, int64(h.ID), int64(a.ID))
	} else {
		a = seated(a, *slot)
		err = w.TakeSeats(ctx, int64(a.ID), *slot)
	}
	if err != nil {
		return a, p, err
	}
	if p, a.Note, err = w.onlinePatient(ctx, *h); err != nil {
		return a, p, err
	}
	a.Patient = p.ID
	if err := w.AddAppointment(ctx, a); err != nil {
		return a, p, err
	}
	if err := w.event(ctx, clinic.EventBooked, a, a, ""); err != nil {
		return a, p, err
	}
	if err := w.announce(ctx, clinic.MessageBooked, a, p); err != nil {
		return a, p, err
	}
	h.Status, h.Patient, h.Appointment = clinic.HoldDone, p.ID, a.ID
	return a, p, w.audit(ctx, "appointment.book", p.ID, int64(a.ID))
}

// CancelOnline carries out the command of the public "I do not come": until so
// many hours before as the provider's rules say. Carried out again it answers
// the same.
//
// NotFound online.off, online.none; Refused online.slow, online.cancel_late
// with the clinic's telephone, appointment.status.
func (d *Desk) CancelOnline(ctx context.Context, c clinic.ID, origin, token string) (h OnlineHold, err error) {
	if err := d.online(ctx, c, "hold", origin, toHold); err != nil {
		return h, err
	}
	err = d.public(ctx, c, origin, func(w work) error {
		found, err := w.HoldByToken(ctx, digest(token))
		if err != nil {
			return err
		}
		if h, err = w.shownHold(ctx, found); err != nil {
			return err
		}
		if h.Booked == nil {
			return fault.New(fault.NotFound, "online.none", "nothing was booked")
		}
		if h.Booked.Status == clinic.CancelledByPatient {
			return nil
		}
		if w.now.After(h.CancelUntil) {
			return fault.New(fault.Refused, "online.cancel_late", "it is too late to cancel here").With("phone", w.clinic.Phone)
		}
		p, err := w.person(ctx, h.Booked.Patient)
		if err != nil {
			return err
		}
		a, err := w.cancelTime(ctx, *h.Booked, p, false, message.Persian.Text("online.cancel.reason"))
		if err != nil {
			return err
		}
		h.Booked = &a
		return w.audit(ctx, "appointment.cancel", p.ID, int64(a.ID))
	})
	return h, err
}
