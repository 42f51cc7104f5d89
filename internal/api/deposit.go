package api

import (
	"context"
	"net/http"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/money"
)

// depositLine is money that comes or goes by one method.
type depositLine struct {
	Method         string `json:"method" doc:"cash, pos, card_to_card or bank_transfer"`
	Amount         amount `json:"amount"`
	PlaceID        string `json:"place_id,omitempty"`
	TrackingNumber string `json:"tracking_number,omitempty"`
	LastFour       string `json:"last_four,omitempty"`
	Destination    string `json:"destination,omitempty"`
}

func (l depositLine) line() (clinic.MoneyLine, error) {
	place, err := number[clinic.PlaceID](l.PlaceID, "place", "place_id")
	return clinic.MoneyLine{Method: clinic.Method(l.Method), Amount: money.Amount(l.Amount), Place: place,
		TrackingNumber: l.TrackingNumber, LastFour: l.LastFour, Destination: l.Destination}, err
}

// DepositMoney is how a deposit is paid: some lines or one method, never both.
type DepositMoney struct {
	Lines          []depositLine `json:"lines,omitempty"`
	Method         string        `json:"method,omitempty" doc:"for money that comes by one method"`
	Amount         *amount       `json:"amount,omitempty"`
	PlaceID        string        `json:"place_id,omitempty"`
	TrackingNumber string        `json:"tracking_number,omitempty"`
	LastFour       string        `json:"last_four,omitempty"`
}

// once refuses money that is said by lines and by one method. Invalid
// deposit.said_twice.
func (f DepositMoney) once() error {
	if len(f.Lines) == 0 {
		return nil
	}
	for _, beside := range []struct {
		field string
		said  bool
	}{{"amount", f.Amount != nil}, {"method", f.Method != ""}, {"place_id", f.PlaceID != ""},
		{"tracking_number", f.TrackingNumber != ""}, {"last_four", f.LastFour != ""}} {
		if beside.said {
			return fault.New(fault.Invalid, "deposit.said_twice", "the money is said by lines, so %s is said in them alone", beside.field).At(beside.field)
		}
	}
	return nil
}

// lines is nil when the form names no money. Invalid deposit.said_twice.
func (f DepositMoney) lines() (lines []clinic.MoneyLine, err error) {
	if err := f.once(); err != nil {
		return nil, err
	}
	all := f.Lines
	if f.Method != "" {
		one := depositLine{Method: f.Method, PlaceID: f.PlaceID, TrackingNumber: f.TrackingNumber, LastFour: f.LastFour}
		if f.Amount != nil {
			one.Amount = *f.Amount
		}
		all = append(all, one)
	}
	for _, l := range all {
		line, err := l.line()
		if err != nil {
			return nil, err
		}
		lines = append(lines, line)
	}
	return lines, nil
}

// DepositFor says what a deposit is for.
type DepositFor struct {
	Purpose       string `json:"purpose,omitempty"`
	ServiceID     string `json:"service_id,omitempty"`
	ProviderID    string `json:"provider_id,omitempty"`
	AppointmentID string `json:"appointment_id,omitempty"`
	Planned       string `json:"planned,omitempty" doc:"the visit: an RFC 3339 instant"`
	Expires       string `json:"expires,omitempty" doc:"the last day it holds; as the clinic's rules say when missing"`
}

type depositForm struct {
	DepositMoney
	DepositFor
	SeenVersion *int64 `json:"seen_version,omitempty"`
	DryRun      bool   `json:"dry_run,omitempty"`
}

// visit reads when a planned visit is.
func visit(text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return t, fault.New(fault.Invalid, "date.syntax", "%q is no instant", text).At("planned")
	}
	return t.UTC(), nil
}

// take turns what a deposit is for into the command.
func (s *server) take(ctx context.Context, a clinic.Actor, patient string, f DepositFor, of *amount) (cmd desk.TakeDeposit, err error) {
	if cmd.Patient, err = number[clinic.PatientID](patient, "patient", "id"); err != nil {
		return cmd, err
	}
	cmd.Purpose = f.Purpose
	if of != nil {
		cmd.Amount = money.Amount(*of)
	}
	if cmd.Service, err = number[clinic.ServiceID](f.ServiceID, "service", "service_id"); err != nil {
		return cmd, err
	}
	if cmd.Provider, err = number[clinic.ProviderID](f.ProviderID, "provider", "provider_id"); err != nil {
		return cmd, err
	}
	if cmd.Appointment, err = number[clinic.AppointmentID](f.AppointmentID, "appointment", "appointment_id"); err != nil {
		return cmd, err
	}
	if cmd.Planned, err = visit(f.Planned); err != nil {
		return cmd, err
	}
	today, err := s.today(ctx, a)
	if err != nil {
		return cmd, err
	}
	cmd.Expires, err = day(f.Expires, "expires", today)
	return cmd, err
}

// Deposit is money held for a future service. Received = applied + refunded +
// forfeited + transferred + remaining.
type Deposit struct {
	ID            string       `json:"id"`
	PatientID     string       `json:"patient_id"`
	Number        string       `json:"number"`
	Status        string       `json:"status" doc:"requested, open, partly_used, closed or withdrawn"`
	Amount        money.Amount `json:"amount" doc:"asked for"`
	Received      money.Amount `json:"received"`
	Applied       money.Amount `json:"applied"`
	Refunded      money.Amount `json:"refunded"`
	Forfeited     money.Amount `json:"forfeited"`
	Transferred   money.Amount `json:"transferred"`
	Remaining     money.Amount `json:"remaining"`
	Purpose       string       `json:"purpose,omitempty"`
	ServiceID     string       `json:"service_id,omitempty"`
	ProviderID    string       `json:"provider_id,omitempty"`
	AppointmentID string       `json:"appointment_id,omitempty"`
	Planned       *time.Time   `json:"planned,omitempty"`
	Expires       string       `json:"expires,omitempty"`
	ExpiresJalali string       `json:"expires_jalali,omitempty"`
	Day           string       `json:"day"`
	DayJalali     string       `json:"day_jalali"`
	At            time.Time    `json:"at"`
	Version       int64        `json:"version"`
}

func showDeposit(d clinic.Deposit) Deposit {
	shown := Deposit{ID: name(d.ID), PatientID: name(d.Patient), Number: d.Number.String(), Status: string(d.Status()), Amount: d.Amount,
		Received: d.Received, Applied: d.Applied, Refunded: d.Refunded, Forfeited: d.Forfeited, Transferred: d.Transferred,
		Remaining: d.Remaining, Purpose: d.Purpose, ServiceID: name(d.Service), ProviderID: name(d.Provider), AppointmentID: name(d.Appointment),
		Expires: string(d.Expires), ExpiresJalali: twin(d.Expires), Day: string(d.Day), DayJalali: twin(d.Day), At: d.At.UTC(), Version: d.Version}
	if !d.Planned.IsZero() {
		shown.Planned = &d.Planned
	}
	return shown
}

// deposited is the answer to a command on a deposit.
type deposited struct {
	Deposit Deposit `json:"deposit"`
	Effect
	Owes money.Amount `json:"owes" doc:"what the patient owed when it was taken"`
}

func showDeposited(a clinic.Actor, done desk.DepositDone) *answer[deposited] {
	return reply(deposited{Deposit: showDeposit(done.Deposit), Effect: showEffect(a, done.Effect), Owes: done.Owes})
}

// addDeposits registers the calls for deposits.
func (s *server) addDeposits() {
	on := func(path string, right clinic.Permission, says string) call {
		return call{method: http.MethodPost, path: "/deposits/{id}/" + path, right: right, touches: aboutMoney, object: "deposit", says: says}
	}
	add(s, call{method: http.MethodPost, path: "/patients/{id}/deposits", right: clinic.WriteDeposits, touches: aboutMoney, object: "patient",
		says: "Take a deposit, or without money ask for one", created: true}, s.takeDeposit)
	add(s, call{method: http.MethodPost, path: "/patients/{id}/credit-to-deposit", right: clinic.WriteDeposits, touches: aboutMoney, object: "patient",
		says: "Keep a patient's credit as a deposit", created: true}, s.creditToDeposit)
	add(s, on("receive", clinic.WriteDeposits, "Receive a deposit that was asked for"), s.receiveDeposit)
	add(s, on("withdraw", clinic.WriteDeposits, "Take back that a deposit was asked for"), s.withdrawDeposit)
	add(s, on("apply", clinic.WriteDeposits, "Pay an admission with a deposit"), s.applyDeposit)
	add(s, on("unapply", clinic.WriteDeposits, "Take back what a deposit paid"), s.unapplyDeposit)
	add(s, on("to-account", clinic.WriteDeposits, "Let a deposit be credit"), s.depositToAccount)
	add(s, on("refund", clinic.RefundMoney, "Give a deposit back"), s.refundDeposit)
	add(s, on("forfeit", clinic.ForfeitDeposits, "Keep a deposit"), s.forfeitDeposit)
	add(s, on("move", clinic.WriteDeposits, "Say anew what a deposit is for"), s.moveDeposit)
	add(s, call{method: http.MethodGet, path: "/patients/{id}/statement/deposits", right: clinic.ReadMoney, touches: aboutMoney, object: "patient",
		says: "Deposits with what happened to them"}, s.deposits)
	add(s, call{method: http.MethodGet, path: "/deposits", right: clinic.ReadMoney, touches: aboutMoney, object: "deposit",
		says: "All deposits with their totals"}, s.listDeposits)
}

func (s *server) takeDeposit(ctx context.Context, a clinic.Actor, in *postTo[depositForm]) (*answer[deposited], error) {
	form, err := decode[depositForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	request, err := keyed(in.Key, form.DryRun)
	if err != nil {
		return nil, err
	}
	cmd, err := s.take(ctx, a, in.ID, form.DepositFor, form.Amount)
	if err != nil {
		return nil, err
	}
	if cmd.Lines, err = form.lines(); err != nil {
		return nil, err
	}
	cmd.Seen, cmd.Request = form.SeenVersion, request
	done, err := s.desk.TakeDeposit(ctx, a, cmd)
	if err != nil {
		return nil, err
	}
	return showDeposited(a, done), nil
}

// creditForm is the body of POST /patients/{id}/credit-to-deposit.
type creditForm struct {
	Amount *amount `json:"amount"`
	DepositFor
	SeenVersion *int64 `json:"seen_version,omitempty"`
	DryRun      bool   `json:"dry_run,omitempty"`
}

func (s *server) creditToDeposit(ctx context.Context, a clinic.Actor, in *postTo[creditForm]) (*answer[deposited], error) {
	form, err := decode[creditForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	request, err := keyed(in.Key, form.DryRun)
	if err != nil {
		return nil, err
	}
	cmd, err := s.take(ctx, a, in.ID, form.DepositFor, form.Amount)
	if err != nil {
		return nil, err
	}
	cmd.Seen, cmd.Request = form.SeenVersion, request
	done, err := s.desk.CreditToDeposit(ctx, a, desk.CreditToDeposit{TakeDeposit: cmd})
	if err != nil {
		return nil, err
	}
	return showDeposited(a, done), nil
}
