package desk_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/store"
)

// eachTalking opens a calendar whose clinic sends messages.
func eachTalking(t *testing.T, do func(t *testing.T, p page)) {
	eachCalendar(t, func(t *testing.T, c calendar) {
		settings, err := c.Clinic(t.Context(), c.manager.Clinic)
		if err != nil {
			t.Fatal(err)
		}
		settings.SMS = true
		if _, err := c.SaveClinic(t.Context(), c.manager, desk.Save[clinic.Clinic]{Row: settings}); err != nil {
			t.Fatal(err)
		}
		do(t, page{c, nil})
	})
}

// about lists the messages of a kind, the oldest first.
func (p page) about(t *testing.T, kind clinic.MessageKind) (all []clinic.Message) {
	t.Helper()
	err := p.store.Read(t.Context(), p.clinicID(), func(tx *store.Tx) error {
		all = nil
		found, err := tx.Messages(t.Context(), store.MessageFilter{Kind: kind, Limit: 1000})
		for _, m := range found {
			all = append([]clinic.Message{m.Message}, all...)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// template changes a template.
func (p page) template(t *testing.T, kind clinic.MessageKind, change func(m *clinic.MessageTemplate)) {
	t.Helper()
	all, err := p.MessageSettings(t.Context(), p.manager)
	if err != nil {
		t.Fatal(err)
	}
	row, _ := all.Template(kind)
	change(&row)
	if _, err := p.SaveMessageTemplate(t.Context(), p.manager, desk.Save[clinic.MessageTemplate]{Row: row}); err != nil {
		t.Fatal(err)
	}
}

func (p page) remind(t *testing.T) int {
	t.Helper()
	n, err := p.RemindAppointments(t.Context(), p.clinicID())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// An appointment is reminded once for each of its times, however often and by
// how many programs at once the job runs; one that was moved of its new time.
func TestAMessageRemindsOnceOfEachTime(t *testing.T) {
	eachTalking(t, func(t *testing.T, p page) {
		starts := at(t, "1405/09/10", 10, 0)
		a := p.book(t, desk.Book{Starts: starts}).Appointment
		p.clock.pass(starts.Add(-25 * time.Hour).Sub(p.clock.now()))
		if n := p.remind(t); n != 0 {
			t.Fatalf("%d too early", n)
		}
		p.clock.pass(2 * time.Hour)
		var both sync.WaitGroup
		for range 2 {
			both.Go(func() {
				if _, err := p.RemindAppointments(t.Context(), p.clinicID()); err != nil {
					t.Error(err)
				}
			})
		}
		both.Wait()
		p.remind(t)
		made := p.about(t, clinic.MessageReminder)
		if len(made) != 1 || !strings.Contains(made[0].Text, "دکتر راد") || !strings.Contains(made[0].Text, "۱۰:۰۰") || !made[0].Expires.Equal(starts) {
			t.Fatalf("%+v", made)
		}
		p.sent(t)
		_, err := p.Reschedule(t.Context(), p.manager, desk.Reschedule{OnAppointment: desk.OnAppointment{Appointment: a.ID},
			Starts: at(t, "1405/09/12", 11, 0), Provider: p.rad})
		if err != nil {
			t.Fatal(err)
		}
		if n := p.remind(t); n != 0 {
			t.Errorf("%d at once after it was moved", n)
		}
		p.clock.pass(at(t, "1405/09/11", 11, 30).Sub(p.clock.now()))
		p.remind(t)
		p.clock.pass(at(t, "1405/09/12", 9, 30).Sub(p.clock.now()))
		p.remind(t)
		p.remind(t)
		if made = p.about(t, clinic.MessageReminder); len(made) != 2 || !strings.Contains(made[1].Text, "۱۱:۰۰") {
			t.Errorf("%+v", made)
		}
		if soon := p.about(t, clinic.MessageReminderSoon); len(soon) != 1 {
			t.Errorf("%+v", soon)
		}
	})
}

// A reminder that waits is taken back with its time, and each kind has a switch.
func TestAMessageAboutATimeThatIsGoneIsNotSent(t *testing.T) {
	eachTalking(t, func(t *testing.T, p page) {
		p.template(t, clinic.MessageCancelled, func(m *clinic.MessageTemplate) { m.On = false })
		a := p.book(t, desk.Book{Starts: at(t, "1405/09/10", 10, 0)}).Appointment
		p.sent(t)
		p.clock.pass(at(t, "1405/09/09", 12, 0).Sub(p.clock.now()))
		p.remind(t)
		_, err := p.CancelAppointment(t.Context(), p.manager, desk.CancelAppointment{OnAppointment: desk.OnAppointment{Appointment: a.ID}, Reason: "x"})
		if err != nil {
			t.Fatal(err)
		}
		if all := p.sent(t); len(all) != 0 {
			t.Errorf("%+v", all)
		}
		if made := p.about(t, clinic.MessageReminder); len(made) != 1 || made[0].Reason != clinic.SkipReplaced {
			t.Errorf("%+v", made)
		}
	})
}

// Nobody gets a message of a class that was not agreed to, also when the mind
// was changed while it waited; why is seen. Codes are for who asks for them.
func TestAMessageNeedsConsent(t *testing.T) {
	eachTalking(t, func(t *testing.T, p page) {
		ctx := t.Context()
		p.book(t, desk.Book{Starts: at(t, "1405/09/10", 10, 0)})
		file, err := p.PatientFile(ctx, p.manager, p.patient)
		if err != nil {
			t.Fatal(err)
		}
		if len(file.Consents) != 0 {
			t.Errorf("%+v before anything was said", file.Consents)
		}
		file.Patient.SMSService = false
		if _, err := p.EditPatient(ctx, p.manager, desk.EditPatient{Patient: file.Patient}); err != nil {
			t.Fatal(err)
		}
		if all := p.sent(t); len(all) != 0 {
			t.Errorf("%+v went out after a no", all)
		}
		p.book(t, desk.Book{Starts: at(t, "1405/09/10", 11, 0)})
		for _, m := range p.about(t, clinic.MessageBooked) {
			if m.Status != clinic.MessageDropped || m.Reason != clinic.SkipNoConsent {
				t.Errorf("%+v", m)
			}
		}
		file, err = p.PatientFile(ctx, p.manager, p.patient)
		if err != nil {
			t.Fatal(err)
		}
		if c := file.Consents[clinic.ServiceMessages]; c.Allowed || c.StaffName != "مدیر آزمون" || !c.At.Equal(p.clock.now()) {
			t.Errorf("%+v", c)
		}
		nobody := p.register(t, clinic.Patient{FirstName: "بی", LastName: "موبایل", SMSService: true})
		p.book(t, desk.Book{Patient: nobody.ID, Starts: at(t, "1405/09/10", 12, 0)})
		all := p.about(t, clinic.MessageBooked)
		if last := all[len(all)-1]; last.Reason != clinic.SkipNoMobile {
			t.Errorf("%+v", last)
		}
	})
}

// What is made in quiet hours waits for their end, without counting as a try.
func TestAMessageWaitsInQuietHours(t *testing.T) {
	eachTalking(t, func(t *testing.T, p page) {
		p.clock.pass(at(t, "1405/09/03", 23, 0).Sub(p.clock.now()))
		p.book(t, desk.Book{Starts: at(t, "1405/09/10", 10, 0)})
		if all := p.sent(t); len(all) != 0 {
			t.Errorf("%+v in the night", all)
		}
		if m := p.about(t, clinic.MessageBooked)[0]; m.Status != clinic.MessageQueued || m.Tries != 0 || !m.Due.Equal(at(t, "1405/09/04", 8, 0)) {
			t.Errorf("%+v", m)
		}
		p.clock.pass(9 * time.Hour)
		if all := p.sent(t); len(all) != 1 {
			t.Errorf("%d in the morning", len(all))
		}
	})
}

// Money is told in the transaction that takes it, once the clinic wants it.
func TestAMessageAboutMoney(t *testing.T) {
	eachTalking(t, func(t *testing.T, p page) {
		ctx := t.Context()
		lines := []clinic.MoneyLine{{Method: clinic.Cash, Amount: 1_500_000}}
		receive := func(key string, dry bool) desk.Received {
			got, err := p.Receive(ctx, p.manager, desk.Receive{Patient: p.patient, Lines: lines, Request: desk.Request{Key: key, DryRun: dry}})
			if err != nil {
				t.Fatal(err)
			}
			return got
		}
		receive("1", false)
		if made := p.about(t, clinic.MessageReceipt); len(made) != 0 {
			t.Errorf("a new clinic tells of money: %+v", made)
		}
		for _, kind := range []clinic.MessageKind{clinic.MessageReceipt, clinic.MessageDeposit} {
			p.template(t, kind, func(m *clinic.MessageTemplate) { m.On = true })
		}
		receive("2", true)
		got := receive("3", false)
		receive("3", false)
		made := p.about(t, clinic.MessageReceipt)
		if len(made) != 1 || !strings.Contains(made[0].Text, "۱٬۵۰۰٬۰۰۰ ریال") || !strings.Contains(made[0].Text, "۳٬۰۰۰٬۰۰۰ ریال بستانکار") {
			t.Fatalf("%+v", made)
		}
		if _, err := p.VoidReceipt(ctx, p.manager, desk.VoidReceipt{Receipt: got.Receipt.ID, Reason: "x"}); err != nil {
			t.Fatal(err)
		}
		if made = p.about(t, clinic.MessageReceipt); made[0].Reason != clinic.SkipReplaced {
			t.Errorf("%+v", made)
		}
		if _, err := p.TakeDeposit(ctx, p.manager, desk.TakeDeposit{Patient: p.patient, Lines: lines}); err != nil {
			t.Fatal(err)
		}
		if made = p.about(t, clinic.MessageDeposit); len(made) != 1 || made[0].Status != clinic.MessageQueued {
			t.Errorf("%+v", made)
		}
	})
}

// Who may see messages sees those to people of the own branch, never a code, and
// tries again what was given up.
func TestAMessageIsListedAndTriedAgain(t *testing.T) {
	eachTalking(t, func(t *testing.T, p page) {
		ctx := t.Context()
		_, err := p.Messages(ctx, p.as(clinic.Stockkeeper), desk.MessageQuery{})
		refuses(t, err, fault.Forbidden, "permission")
		_, err = p.Messages(ctx, p.manager, desk.MessageQuery{Status: "x"})
		refuses(t, err, fault.Invalid, "message.status")
		p.book(t, desk.Book{Starts: at(t, "1405/09/10", 10, 0)})
		p.SendMessages(ctx, p.clinicID(), func(context.Context, clinic.Message) error {
			return fault.New(fault.Refused, "message.refused", "no such number")
		})
		list, err := p.Messages(ctx, p.as(clinic.Receptionist), desk.MessageQuery{Status: clinic.MessageFailed})
		if err != nil || len(list.Items) != 1 || list.Items[0].PatientName != "زهرا کریمی" {
			t.Fatalf("%+v %v", list, err)
		}
		m := list.Items[0].ID
		_, err = p.RetryMessage(ctx, p.as(clinic.Receptionist), desk.RetryMessage{Message: m})
		refuses(t, err, fault.Forbidden, "permission")
		for range 2 { // a double click
			if _, err := p.RetryMessage(ctx, p.manager, desk.RetryMessage{Message: m, Request: desk.Request{Key: "k"}}); err != nil {
				t.Fatal(err)
			}
		}
		_, err = p.RetryMessage(ctx, p.manager, desk.RetryMessage{Message: m})
		refuses(t, err, fault.Refused, "message.not_failed")
		_, err = p.RetryMessage(ctx, p.manager, desk.RetryMessage{Message: 99})
		refuses(t, err, fault.NotFound, "message.none")
		if all := p.sent(t); len(all) != 1 {
			t.Errorf("%+v", all)
		}
		elsewhere := p.as(clinic.Supervisor)
		elsewhere.Branch = 12345
		if list, err = p.Messages(ctx, elsewhere, desk.MessageQuery{}); err != nil || len(list.Items) != 0 {
			t.Errorf("another branch sees %+v %v", list, err)
		}
		_, err = p.RetryMessage(ctx, elsewhere, desk.RetryMessage{Message: m})
		refuses(t, err, fault.NotFound, "message.none")
	})
}
