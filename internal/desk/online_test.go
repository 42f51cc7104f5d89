package desk_test

import (
	"context"
	"errors"
	"regexp"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/gateway"
	"daftar/internal/money"
	"daftar/internal/store"
)

// page is the public page of the calendar's clinic, with a made-up bank.
type page struct {
	calendar
	bank *gateway.Bank
}

// eachPage opens the public page: Dr. Rad is booked for botox, with a deposit of
// 5,000,000.
func eachPage(t *testing.T, do func(t *testing.T, p page)) {
	eachCalendar(t, func(t *testing.T, c calendar) {
		var key atomic.Int64
		p := page{c, &gateway.Bank{Path: "/pay/bank", Now: c.clock.now, Key: func() string { return "A-" + strconv.FormatInt(key.Add(1), 10) }}}
		p.rules(t, func(r *clinic.AppointmentRules) { r.Online = true })
		p.provider(t, func(r *clinic.BookingRules) { r.Online = true })
		p.service(t, func(s *clinic.Service) { s.Online, s.Deposit = true, clinic.DepositRule{Amount: 5_000_000} })
		do(t, p)
	})
}

func (p page) rules(t *testing.T, change func(r *clinic.AppointmentRules)) {
	t.Helper()
	c, err := p.Clinic(t.Context(), p.manager.Clinic)
	if err != nil {
		t.Fatal(err)
	}
	change(&c.Appointments)
	c.Phone = "02188001122"
	if _, err := p.SaveClinic(t.Context(), p.manager, desk.Save[clinic.Clinic]{Row: c}); err != nil {
		t.Fatal(err)
	}
}

func (p page) provider(t *testing.T, change func(r *clinic.BookingRules)) {
	t.Helper()
	all, err := p.SettingRows(t.Context(), p.manager)
	if err != nil {
		t.Fatal(err)
	}
	row := all.Providers[0]
	change(&row.Booking)
	if _, err := p.SaveProvider(t.Context(), p.manager, desk.Save[clinic.Provider]{Row: row}); err != nil {
		t.Fatal(err)
	}
}

func (p page) service(t *testing.T, change func(s *clinic.Service)) {
	t.Helper()
	all, err := p.SettingRows(t.Context(), p.manager)
	if err != nil {
		t.Fatal(err)
	}
	row := all.Services[0]
	change(&row)
	if _, err := p.SaveService(t.Context(), p.manager, desk.Save[desk.SaveService]{Row: desk.SaveService{Service: row, Price: 20_000_000}}); err != nil {
		t.Fatal(err)
	}
}

func (p page) clinicID() clinic.ID { return p.manager.Clinic }

// token is a browser.
func (p page) token(t *testing.T) string {
	t.Helper()
	token, err := p.HoldToken()
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func (p page) hold(t *testing.T, token string, starts time.Time) (desk.OnlineHold, error) {
	t.Helper()
	return p.HoldTime(t.Context(), p.clinicID(), desk.OnlineTime{Token: token, Origin: "page 10.0.0.1", Provider: p.rad, Service: p.botox, Starts: starts})
}

var code = regexp.MustCompile(`\d{6}`)

// sent runs the messages and returns what was sent.
func (p page) sent(t *testing.T) (all []clinic.Message) {
	t.Helper()
	_, err := p.SendMessages(t.Context(), p.clinicID(), func(_ context.Context, m clinic.Message) error {
		all = append(all, m)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func who(first, last, mobile string) clinic.OnlinePerson {
	return clinic.OnlinePerson{FirstName: first, LastName: last, Mobile: mobile}
}

// proved takes a browser as far as to the payment, or to the end where there is
// none.
func (p page) proved(t *testing.T, token string, starts time.Time, person clinic.OnlinePerson) (desk.OnlineHold, error) {
	t.Helper()
	if _, err := p.hold(t, token, starts); err != nil {
		t.Fatal(err)
	}
	if err := p.SendCode(t.Context(), p.clinicID(), desk.OnlineWho{Token: token, Who: person}); err != nil {
		t.Fatal(err)
	}
	for _, m := range p.sent(t) {
		if m.Kind == clinic.MessageCode {
			return p.Prove(t.Context(), p.clinicID(), desk.OnlineCode{Token: token, Code: code.FindString(m.Text), Pays: true})
		}
	}
	t.Fatal("no code was sent")
	return desk.OnlineHold{}, nil
}

// started is a payment of the browser at the bank.
func (p page) started(t *testing.T, token string) string {
	t.Helper()
	start, err := p.StartPayment(t.Context(), p.clinicID(), "page 10.0.0.1", token, p.bank, "http://x/pay/1/callback")
	if err != nil {
		t.Fatal(err)
	}
	return start.Reference
}

func (p page) pays(t *testing.T, reference string) desk.PaymentOutcome {
	t.Helper()
	if _, err := p.bank.Choose(reference, "paid"); err != nil {
		t.Fatal(err)
	}
	return p.back(t, reference)
}

// back is the gateway's callback.
func (p page) back(t *testing.T, reference string) desk.PaymentOutcome {
	t.Helper()
	done, err := p.SettlePayment(t.Context(), p.clinicID(), "page 10.0.0.1", reference, p.bank)
	if err != nil {
		t.Fatal(err)
	}
	return done
}

// found is the one patient with the mobile.
func (p page) found(t *testing.T, mobile string) clinic.Patient {
	t.Helper()
	all, _, err := p.MatchingPatients(t.Context(), p.manager, clinic.Patient{Mobile: mobile})
	if err != nil || len(all) != 1 {
		t.Fatalf("%d have the mobile %s, %v", len(all), mobile, err)
	}
	return all[0].Patient
}

// held is what the deposits of a person hold.
func (p page) held(t *testing.T, patient clinic.PatientID) money.Amount {
	t.Helper()
	b, err := p.Balance(t.Context(), p.manager, patient, desk.View{})
	if err != nil {
		t.Fatal(err)
	}
	return b.Deposits
}

func (p page) booked(t *testing.T) (all []store.AppointmentShown) {
	t.Helper()
	err := p.store.Read(t.Context(), p.clinicID(), func(tx *store.Tx) (err error) {
		all, err = tx.Appointments(t.Context(), store.AppointmentQuery{})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func (p page) proven(t *testing.T) {
	t.Helper()
	if _, err := p.Verify(t.Context(), desk.VerifyOptions{}); err != nil {
		t.Error(err)
	}
}

// S35, step by step.
func TestOnlineBookingHoldExpiryAndDoubledCallback(t *testing.T) {
	eachPage(t, func(t *testing.T, p page) {
		starts := at(t, "1405/09/10", 10, 0)
		x, y := p.token(t), p.token(t)
		// 1: X picks the slot, does not pay; 10 minutes pass.
		held, err := p.proved(t, x, starts, who("ایکس", "دیررس", "09121110001"))
		if err != nil || held.Status != clinic.Paying || held.Amount != 5_000_000 {
			t.Fatal(held.Status, held.Amount, err)
		}
		late := p.started(t, x)
		if _, err := p.hold(t, y, starts); fault.Code(err) != "appointment.taken" {
			t.Error("while it is held:", err)
		}
		p.clock.pass(10 * time.Minute)
		if err := p.ExpireHolds(t.Context(), p.clinicID()); err != nil {
			t.Fatal(err)
		}
		if len(p.booked(t)) != 0 {
			t.Error("there is an appointment")
		}
		// 2: Y picks it, pays 5,000,000; the gateway confirms.
		if _, err := p.proved(t, y, starts, who("ایگرگ", "زودرس", "09121110002")); err != nil {
			t.Fatal(err)
		}
		reference := p.started(t, y)
		first := p.pays(t, reference)
		yFile := p.found(t, "09121110002")
		all := p.booked(t)
		if len(all) != 1 || all[0].Status != clinic.Booked || all[0].Patient != yFile.ID || all[0].Channel != clinic.Online || first.Booked != all[0].ID {
			t.Fatalf("%+v", all)
		}
		if got := p.held(t, yFile.ID); got != 5_000_000 || all[0].Deposit != 5_000_000 {
			t.Error("Y:", got, all[0].Deposit)
		}
		// 3: the gateway sends the same callback again.
		if again := p.back(t, reference); again != first || p.held(t, yFile.ID) != 5_000_000 {
			t.Errorf("%+v, want %+v", again, first)
		}
		// 4: X's late payment arrives after the slot was sold.
		if done := p.pays(t, late); done.Booked != 0 || done.Payment.Deposit == 0 {
			t.Errorf("%+v", done)
		}
		xFile := p.found(t, "09121110001")
		activities, err := p.Activities(t.Context(), p.manager, xFile.ID, desk.View{})
		if err != nil || len(activities.Rows) != 1 || activities.Rows[0].Cause != clinic.CauseLateMoney || activities.Rows[0].Note == "" {
			t.Errorf("%+v %v", activities.Rows, err)
		}
		if got := p.held(t, xFile.ID); got != 5_000_000 || len(p.booked(t)) != 1 {
			t.Error("X:", got)
		}
		if h, err := p.OnlineHold(t.Context(), p.clinicID(), "", x); err != nil || !h.Kept || h.Booked != nil {
			t.Errorf("%+v %v", h, err)
		}
		// 5: the accountant refunds X.
		deposits, err := p.Deposits(t.Context(), p.manager, xFile.ID, desk.View{})
		if err != nil || len(deposits.Rows) != 1 || deposits.Rows[0].Appointment != 0 {
			t.Fatalf("%+v %v", deposits.Rows, err)
		}
		_, err = p.RefundDeposit(t.Context(), p.as(clinic.Accountant), desk.RefundDeposit{OnDeposit: desk.OnDeposit{Deposit: deposits.Rows[0].ID},
			Reason: "زمان به دیگری داده شد"})
		if err != nil {
			t.Fatal(err)
		}
		if got := p.held(t, xFile.ID); got != 0 {
			t.Error("X:", got)
		}
		p.proven(t)
	})
}

func TestFiftyCallbacksAtOnceMakeOneDeposit(t *testing.T) {
	eachPage(t, func(t *testing.T, p page) {
		token := p.token(t)
		if _, err := p.proved(t, token, at(t, "1405/09/10", 10, 0), who("سارا", "نوری", "09121110003")); err != nil {
			t.Fatal(err)
		}
		reference := p.started(t, token)
		if _, err := p.bank.Choose(reference, "paid"); err != nil {
			t.Fatal(err)
		}
		var all sync.WaitGroup
		outcomes := make([]desk.PaymentOutcome, 50)
		for i := range outcomes {
			all.Go(func() {
				var err error
				if outcomes[i], err = p.SettlePayment(context.Background(), p.clinicID(), "", reference, p.bank); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		for _, o := range outcomes {
			if o != outcomes[0] || o.Booked == 0 {
				t.Fatalf("%+v and %+v", outcomes[0], o)
			}
		}
		if got := p.held(t, p.found(t, "09121110003").ID); got != 5_000_000 || len(p.booked(t)) != 1 {
			t.Error(got, len(p.booked(t)))
		}
		p.proven(t)
	})
}

// answering is a gateway that says what the test wants.
type answering struct {
	*gateway.Bank
	proof clinic.PaymentProof
	err   error
}

func (a answering) Verify(context.Context, string, money.Amount) (clinic.PaymentProof, error) {
	return a.proof, a.err
}

func TestMoneyThatIsLateOrAnotherAmountIsNeverLost(t *testing.T) {
	eachPage(t, func(t *testing.T, p page) {
		// Late, and the time is still free.
		token := p.token(t)
		if _, err := p.proved(t, token, at(t, "1405/09/10", 10, 0), who("رضا", "دیر", "09121110004")); err != nil {
			t.Fatal(err)
		}
		reference := p.started(t, token)
		p.clock.pass(11 * time.Minute)
		if done := p.pays(t, reference); done.Booked == 0 {
			t.Errorf("%+v", done)
		}
		// Another amount than what was asked for.
		token = p.token(t)
		if _, err := p.proved(t, token, at(t, "1405/09/10", 11, 0), who("مینا", "کم", "09121110005")); err != nil {
			t.Fatal(err)
		}
		reference = p.started(t, token)
		_, err := p.SettlePayment(t.Context(), p.clinicID(), "", reference, answering{p.bank, clinic.PaymentProof{}, errors.New("no answer")})
		refuses(t, err, fault.Unavailable, "online.gateway")
		done, err := p.SettlePayment(t.Context(), p.clinicID(), "", reference, answering{p.bank, clinic.PaymentProof{Status: clinic.PaymentFailed}, nil})
		if err != nil || done.Payment.Deposit != 0 {
			t.Errorf("%+v %v", done, err)
		}
		less := clinic.PaymentProof{Status: clinic.PaymentPaid, Amount: 4_000_000}
		if done, err = p.SettlePayment(t.Context(), p.clinicID(), "", reference, answering{p.bank, less, nil}); err != nil || done.Booked == 0 {
			t.Fatalf("%+v %v", done, err)
		}
		file := p.found(t, "09121110005")
		activities, err := p.Activities(t.Context(), p.manager, file.ID, desk.View{})
		if got := p.held(t, file.ID); err != nil || got != 4_000_000 || len(activities.Rows) != 1 || activities.Rows[0].Note == "" {
			t.Errorf("%v %+v %v", got, activities.Rows, err)
		}
		// Paid twice, by two references: both are kept, one appointment.
		token = p.token(t)
		if _, err := p.proved(t, token, at(t, "1405/09/10", 12, 0), who("نیما", "دوبار", "09121110006")); err != nil {
			t.Fatal(err)
		}
		one, two := p.started(t, token), p.started(t, token)
		p.pays(t, one)
		if done := p.pays(t, two); done.Booked != 0 || p.held(t, p.found(t, "09121110006").ID) != 10_000_000 {
			t.Errorf("%+v", done)
		}
		// Nobody came back from the bank: the job asks.
		token = p.token(t)
		if _, err := p.proved(t, token, at(t, "1405/09/10", 16, 0), who("پرهام", "بسته", "09121110007")); err != nil {
			t.Fatal(err)
		}
		if _, err := p.bank.Choose(p.started(t, token), "late"); err != nil {
			t.Fatal(err)
		}
		for want, wait := range []time.Duration{5 * time.Minute, 15 * time.Minute} {
			p.clock.pass(wait)
			if paid, err := p.AskPayments(t.Context(), p.clinicID(), p.bank); err != nil || paid != want {
				t.Error(paid, err)
			}
		}
		p.proven(t)
	})
}
