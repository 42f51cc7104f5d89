package scenario

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/gateway"
	"daftar/internal/money"
)

// browser is somebody of the public, who becomes a patient by booking.
type browser struct {
	token, mobile, reference string
}

// publicOrigin is where the public of a scenario comes from.
const publicOrigin = "scenario"

// givenPublic reads "public Rad for بوتاکس deposit 5000000": the clinic lets the
// public book it.
func (p *parser) givenPublic(w *words) (step, error) {
	provider, err := p.provider(w)
	if err != nil {
		return step{}, err
	}
	if err := w.need("for"); err != nil {
		return step{}, err
	}
	service, err := w.name("the service")
	if err != nil {
		return step{}, err
	}
	if err := w.need("deposit"); err != nil {
		return step{}, err
	}
	deposit, err := w.amount()
	return step{do: func(w *world) error { return w.openToPublic(provider, service, money.Amount(deposit)) }}, err
}

// openToPublic lets the public book a provider for a service.
func (w *world) openToPublic(provider, service string, deposit money.Amount) error {
	c, err := w.site.Desk.Clinic(w.ctx, w.manager.Clinic)
	if err != nil {
		return err
	}
	c.Appointments.Online = true
	if _, err := w.site.Desk.SaveClinic(w.ctx, w.manager, desk.Save[clinic.Clinic]{Row: c}); err != nil {
		return err
	}
	rows, err := w.site.Desk.SettingRows(w.ctx, w.manager)
	if err != nil {
		return err
	}
	for _, row := range rows.Providers {
		if row.ID == providerID(w, provider) {
			row.Booking.Online = true
			if _, err := w.site.Desk.SaveProvider(w.ctx, w.manager, desk.Save[clinic.Provider]{Row: row}); err != nil {
				return err
			}
		}
	}
	i := slices.IndexFunc(rows.Services, func(s clinic.Service) bool { return s.ID == w.services[service] })
	if i < 0 {
		return fmt.Errorf("there is no service %s", service)
	}
	row := rows.Services[i]
	row.Online, row.Deposit = true, clinic.DepositRule{Amount: deposit}
	_, err = w.site.Desk.SaveService(w.ctx, w.manager, desk.Save[desk.SaveService]{Row: desk.SaveService{Service: row}})
	return err
}

// public reads what somebody of the public does: "X holds Rad 1405/09/10 10:00
// for بوتاکس", "X is زهرا دیررس 09121110001", "X pays as N1 deposit D1", "X pays
// again" and what publicWrites reads.
func (p *parser) public(w *words) (step, error) {
	letter, err := w.name("somebody of the public")
	if err != nil {
		return step{}, err
	}
	var act func(*world) error
	switch {
	case w.accept("holds"):
		act, err = p.publicHolds(w, letter)
	case w.accept("is"):
		act, err = p.publicIs(w, letter)
	case w.accept("pays"):
		act, err = p.publicPays(w, letter)
	case w.accept("writes"):
		act, err = p.publicWrites(w, letter)
	default:
		err = fmt.Errorf("unknown word %q; the public holds, is, pays, or writes", w.shown())
	}
	if err != nil {
		return step{}, err
	}
	end, err := readOutcome(w)
	if err != nil {
		return step{}, err
	}
	return step{do: func(w *world) error {
		err := act(w)
		if e, ok := fault.As(err); ok {
			return end.check(reply{status: 422, body: map[string]any{"code": e.Code, "detail": e.Text}})
		}
		if err != nil {
			return err
		}
		return end.check(reply{status: 200})
	}}, w.end()
}

func (p *parser) publicHolds(w *words, letter string) (func(*world) error, error) {
	provider, err := p.provider(w)
	if err != nil {
		return nil, err
	}
	when, err := p.visit(w)
	if err != nil {
		return nil, err
	}
	if err := w.need("for"); err != nil {
		return nil, err
	}
	service, err := w.name("the service")
	return func(w *world) error {
		starts, err := time.Parse(time.RFC3339, when(w))
		if err != nil {
			return err
		}
		token, err := w.site.Desk.HoldToken()
		if err != nil {
			return err
		}
		if w.browsers == nil {
			w.browsers = map[string]*browser{}
		}
		w.browsers[letter] = &browser{token: token}
		_, err = w.site.Desk.HoldTime(w.ctx, w.manager.Clinic, desk.OnlineTime{Token: token, Origin: publicOrigin, Provider: providerID(w, provider),
			Service: w.services[service], Starts: starts})
		return err
	}, err
}

// oneTimeCode is a code as a message has it.
var oneTimeCode = regexp.MustCompile(`\d{6}`)

// publicIs says who it is, proves the mobile by the code that was sent, and goes
// on to the bank.
func (p *parser) publicIs(w *words, letter string) (func(*world) error, error) {
	first, err := w.name("a first name")
	if err != nil {
		return nil, err
	}
	last, err := w.name("a last name")
	if err != nil {
		return nil, err
	}
	mobile, err := w.name("a mobile")
	return func(w *world) error {
		b := w.browsers[letter]
		if b == nil {
			return fmt.Errorf("%s holds nothing", letter)
		}
		b.mobile = mobile
		who := clinic.OnlinePerson{FirstName: first, LastName: last, Mobile: mobile}
		if err := w.site.Desk.SendCode(w.ctx, w.manager.Clinic, desk.OnlineWho{Token: b.token, Origin: publicOrigin, Who: who}); err != nil {
			return err
		}
		code := ""
		_, err := w.site.Desk.SendMessages(w.ctx, w.manager.Clinic, func(_ context.Context, m clinic.Message) error {
			if m.Kind == clinic.MessageCode {
				code = oneTimeCode.FindString(m.Text)
			}
			return nil
		})
		if err != nil {
			return err
		}
		if _, err := w.site.Desk.Prove(w.ctx, w.manager.Clinic, desk.OnlineCode{Token: b.token, Origin: publicOrigin, Code: code, Pays: true}); err != nil {
			return err
		}
		start, err := w.site.Desk.StartPayment(w.ctx, w.manager.Clinic, publicOrigin, b.token, w.bankOf(), "https://clinic.example/pay/1/callback")
		b.reference = start.Reference
		return err
	}, err
}

// bankOf is the made-up bank of the scenario.
func (w *world) bankOf() *gateway.Bank {
	if w.bank == nil {
		n := 0
		w.bank = &gateway.Bank{Path: "/pay/bank", Now: w.now, Key: func() string { n++; return "REF-" + strconv.Itoa(n) }}
	}
	return w.bank
}

// publicPays pays at the bank, which calls back; again is the same call once
// more. as names the appointment and deposit the deposit that come of it.
func (p *parser) publicPays(w *words, letter string) (func(*world) error, error) {
	if w.accept("again") {
		return func(w *world) error {
			_, err := w.settlePayment(letter)
			return err
		}, nil
	}
	visit, deposit := "", ""
	var err error
	if w.accept("as") {
		if visit, err = p.newName(w, "the appointment's name", &p.visits); err != nil {
			return nil, err
		}
	}
	if err := w.need("deposit"); err != nil {
		return nil, err
	}
	if deposit, err = p.newDeposit(w); err != nil {
		return nil, err
	}
	if p.patients == nil {
		p.patients = map[string]bool{}
	}
	p.patients[letter] = true
	return func(w *world) error {
		b := w.browsers[letter]
		if b == nil || b.reference == "" {
			return fmt.Errorf("%s has nothing to pay", letter)
		}
		if _, err := w.bankOf().Choose(b.reference, "paid"); err != nil {
			return err
		}
		done, err := w.settlePayment(letter)
		if err != nil {
			return err
		}
		if (done.Booked != 0) != (visit != "") {
			return fmt.Errorf("the time was booked: %v", done.Booked != 0)
		}
		return w.becamePatient(letter, visit, deposit, done)
	}, nil
}

// settlePayment is the gateway's call about what somebody paid.
func (w *world) settlePayment(letter string) (desk.PaymentOutcome, error) {
	b := w.browsers[letter]
	if b == nil {
		return desk.PaymentOutcome{}, fmt.Errorf("%s paid nothing", letter)
	}
	return w.site.Desk.SettlePayment(w.ctx, w.manager.Clinic, publicOrigin, b.reference, w.bankOf())
}

// becamePatient remembers who somebody of the public is in the register, and
// what came of the payment.
func (w *world) becamePatient(letter, visit, deposit string, done desk.PaymentOutcome) error {
	found, _, err := w.site.Desk.MatchingPatients(w.ctx, w.manager, clinic.Patient{Mobile: w.browsers[letter].mobile})
	if err != nil || len(found) != 1 {
		return fmt.Errorf("%d patients have the mobile of %s: %w", len(found), letter, err)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.patients[letter] = person{strconv.FormatInt(int64(found[0].Patient.ID), 10), found[0].Patient.FileNumber.String()}
	if w.deposits == nil {
		w.deposits = map[string]deposited{}
	}
	w.deposits[deposit] = deposited{strconv.FormatInt(int64(done.Payment.Deposit), 10), letter}
	if visit != "" {
		if w.visits == nil {
			w.visits = map[string]visited{}
		}
		w.visits[visit] = visited{strconv.FormatInt(int64(done.Booked), 10), letter}
	}
	return nil
}

func providerID(w *world, name string) clinic.ProviderID {
	n, _ := strconv.ParseInt(w.providers[name], 10, 64)
	return clinic.ProviderID(n)
}
