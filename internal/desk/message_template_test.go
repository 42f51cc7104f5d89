package desk_test

import (
	"strings"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/store"
)

// A clinic writes its own text; two desks do not write over each other, and a
// form that is sent twice is saved once.
func TestATemplateIsSavedOnce(t *testing.T) {
	eachTalking(t, func(t *testing.T, p page) {
		ctx := t.Context()
		save := func(version int64, text, key string) (clinic.MessageTemplate, error) {
			return p.SaveMessageTemplate(ctx, p.manager, desk.Save[clinic.MessageTemplate]{Request: desk.Request{Key: key},
				Row: clinic.MessageTemplate{Kind: clinic.MessageBooked, Text: text, On: true, Version: version}})
		}
		kept, err := save(0, "{نام}! {ساعت}", "a")
		if err != nil || kept.Version != 1 {
			t.Fatalf("%+v %v", kept, err)
		}
		if again, err := save(0, "{نام}! {ساعت}", "a"); err != nil || again != kept {
			t.Errorf("%+v %v", again, err)
		}
		_, err = save(0, "x", "b")
		refuses(t, err, fault.Conflict, "message_template.stale")
		_, err = save(7, "x", "c")
		refuses(t, err, fault.Conflict, "message_template.stale")
		_, err = save(1, "{نامم}", "d")
		refuses(t, err, fault.Invalid, "template.field")
		if _, err = save(1, "{نام}: {ساعت}", "e"); err != nil {
			t.Fatal(err)
		}
		_, err = p.SaveMessageTemplate(ctx, p.as(clinic.Receptionist), desk.Save[clinic.MessageTemplate]{})
		refuses(t, err, fault.Forbidden, "permission")
		p.book(t, desk.Book{Starts: at(t, "1405/09/10", 10, 0)})
		if made := p.about(t, clinic.MessageBooked); len(made) != 1 || made[0].Text != "زهرا کریمی: ۱۰:۰۰" {
			t.Errorf("%+v", made)
		}
	})
}

func TestTheRulesOfMessagesAreSavedOnce(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		save := func(r clinic.MessageRules) error {
			_, err := o.SaveMessageRules(t.Context(), o.manager, desk.Save[clinic.MessageRules]{Row: r})
			return err
		}
		if err := save(clinic.MessageRules{QuietFrom: 60, QuietUntil: 120, Price: 1500}); err != nil {
			t.Fatal(err)
		}
		refuses(t, save(clinic.MessageRules{}), fault.Conflict, "message_rules.stale")
		refuses(t, save(clinic.MessageRules{QuietFrom: 5000, Version: 1}), fault.Invalid, "message_rules.hours")
		if err := save(clinic.MessageRules{Price: 2000, Version: 1}); err != nil {
			t.Fatal(err)
		}
		all, err := o.MessageSettings(t.Context(), o.manager)
		if err != nil || all.Rules != (clinic.MessageRules{Price: 2000, Version: 2}) || len(all.Templates) != len(clinic.TemplateKinds) {
			t.Errorf("%+v %v", all.Rules, err)
		}
	})
}

// Birthdays are greeted once a year, and who was here is asked once, where the
// clinic wants that.
func TestAGreetingComesOnce(t *testing.T) {
	eachTalking(t, func(t *testing.T, p page) {
		ctx := t.Context()
		born := p.register(t, clinic.Patient{FirstName: "نوروز", LastName: "آذری", Mobile: "09121112233", SMSService: true, BirthDate: "1991-11-23"})
		greet := func() int {
			n, err := p.Greet(ctx, p.clinicID())
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		if n := greet(); n != 0 {
			t.Errorf("%d greeted by a new clinic", n)
		}
		p.template(t, clinic.MessageBirthday, func(m *clinic.MessageTemplate) { m.On = true })
		p.template(t, clinic.MessageSurvey, func(m *clinic.MessageTemplate) { m.On = true })
		if first, second := greet(), greet(); first != 1 || second != 0 {
			t.Errorf("%d, then %d", first, second)
		}
		made := p.about(t, clinic.MessageBirthday)
		if len(made) != 1 || made[0].Patient != born.ID || !strings.Contains(made[0].Text, "نوروز آذری") {
			t.Errorf("%+v", made)
		}
		a := p.book(t, desk.Book{Starts: at(t, "1405/09/03", 10, 0), Service: p.botox}).Appointment
		p.clock.pass(at(t, "1405/09/03", 10, 0).Sub(p.clock.now()))
		on := desk.OnAppointment{Appointment: a.ID}
		if _, err := p.CheckIn(ctx, p.manager, on); err != nil {
			t.Fatal(err)
		}
		if _, err := p.AdmitAppointment(ctx, p.manager, desk.AdmitAppointment{Appointment: a.ID}); err != nil {
			t.Fatal(err)
		}
		p.clock.pass(4 * time.Hour)
		if first, second := greet(), greet(); first != 1 || second != 0 {
			t.Errorf("%d asked, then %d", first, second)
		}
	})
}

// A registration that says something else than what everybody agrees to who was
// not asked says so in lines of its own.
func TestARegistrationSaysWhatIsAgreedTo(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		p := o.register(t, clinic.Patient{FirstName: "زهرا", LastName: "کریمی", SMSAdvertising: true})
		err := o.store.Read(t.Context(), o.manager.Clinic, func(tx *store.Tx) error {
			lines, err := tx.Consents(t.Context(), p.ID)
			if len(lines) != 2 || lines[0].Allowed || !lines[1].Allowed {
				t.Errorf("%+v", lines)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
