package desk_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-ical"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/store"
)

func TestOfTwoPeopleOneHoldsTheTimeAndItIsFreedWhenItExpires(t *testing.T) {
	eachPage(t, func(t *testing.T, p page) {
		starts := at(t, "1405/09/10", 10, 0)
		x, y := p.token(t), p.token(t)
		first, err := p.hold(t, x, starts)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := p.hold(t, x, starts); err != nil || again.ID != first.ID || !again.Expires.Equal(first.Expires) {
			t.Errorf("a double click: %+v %v", again, err)
		}
		_, err = p.hold(t, y, starts)
		refuses(t, err, fault.Refused, "appointment.taken")
		if e, _ := fault.As(err); len(strings.Split(e.Args["next"], ",")) != 3 {
			t.Errorf("next is %q", e.Args["next"])
		}
		if err := p.bookWith(t, starts, 30); fault.Code(err) != "appointment.taken" {
			t.Error("the desk:", err)
		}
		if moved, err := p.hold(t, x, starts.Add(2*time.Hour)); err != nil || moved.ID != first.ID {
			t.Errorf("another time: %+v %v", moved, err)
		}
		if _, err := p.hold(t, y, starts); err != nil {
			t.Error("the first time is free:", err)
		}
		if err := p.ReleaseTime(t.Context(), p.clinicID(), "", y); err != nil {
			t.Fatal(err)
		}
		p.clock.pass(10 * time.Minute)
		if err := p.SendCode(t.Context(), p.clinicID(), desk.OnlineWho{Token: x, Who: who("آ", "ب", "09121110001")}); fault.Code(err) != "online.expired" {
			t.Error(err)
		}
		if err := p.bookWith(t, starts.Add(2*time.Hour), 30); err != nil {
			t.Error("the seat was not freed:", err)
		}
	})
}

func TestWhatThePublicMayNotBook(t *testing.T) {
	eachPage(t, func(t *testing.T, p page) {
		_, err := p.hold(t, p.token(t), p.clock.now().Add(30*time.Minute))
		refuses(t, err, fault.Refused, "online.notice")
		_, err = p.hold(t, p.token(t), at(t, "1405/12/28", 10, 0))
		refuses(t, err, fault.Refused, "appointment.too_far")
		_, err = p.hold(t, p.token(t), at(t, "1405/09/10", 10, 5)) // off the public's grid
		refuses(t, err, fault.Refused, "appointment.taken")
		p.provider(t, func(r *clinic.BookingRules) { r.OpenDays = 3 })
		_, err = p.hold(t, p.token(t), at(t, "1405/09/10", 10, 0))
		refuses(t, err, fault.Refused, "appointment.taken")
		p.service(t, func(s *clinic.Service) { s.Online = false })
		_, err = p.hold(t, p.token(t), at(t, "1405/09/03", 10, 0))
		refuses(t, err, fault.NotFound, "online.none")
		p.service(t, func(s *clinic.Service) { s.Online = true })
		p.provider(t, func(r *clinic.BookingRules) { r.Online = false })
		if all, err := p.OnlineProviders(t.Context(), p.clinicID(), ""); err != nil || len(all) != 0 {
			t.Error(all, err)
		}
		p.rules(t, func(r *clinic.AppointmentRules) { r.Online = false })
		_, err = p.OnlineProviders(t.Context(), p.clinicID(), "")
		refuses(t, err, fault.NotFound, "online.off")
		_, err = p.OnlineProviders(t.Context(), 987, "")
		refuses(t, err, fault.NotFound, "online.off")
	})
}

func TestACodeIsTriedFiveTimesAndSentAgainAfterAMinute(t *testing.T) {
	eachPage(t, func(t *testing.T, p page) {
		ctx, c, token := t.Context(), p.clinicID(), p.token(t)
		ask := desk.OnlineWho{Token: token, Who: who("آ", "ب", "09121110001")}
		if _, err := p.hold(t, token, at(t, "1405/09/10", 10, 0)); err != nil {
			t.Fatal(err)
		}
		_, err := p.Prove(ctx, c, desk.OnlineCode{Token: token, Code: "123456"})
		refuses(t, err, fault.Refused, "online.code_none")
		for range 2 { // a double click sends one code
			if err := p.SendCode(ctx, c, ask); err != nil {
				t.Fatal(err)
			}
		}
		sent := p.sent(t)
		if len(sent) != 1 || len(p.sent(t)) != 0 {
			t.Fatalf("%+v", sent)
		}
		right := code.FindString(sent[0].Text)
		wrong := "000000"
		if right == wrong {
			wrong = "111111"
		}
		for range 5 {
			_, err := p.Prove(ctx, c, desk.OnlineCode{Token: token, Code: wrong})
			refuses(t, err, fault.Refused, "online.code_wrong")
		}
		_, err = p.Prove(ctx, c, desk.OnlineCode{Token: token, Code: right})
		refuses(t, err, fault.Refused, "online.code_tries")
		ask.Again = true
		refuses(t, p.SendCode(ctx, c, ask), fault.Refused, "online.code_soon")
		p.clock.pass(time.Minute)
		if err := p.SendCode(ctx, c, ask); err != nil {
			t.Fatal(err)
		}
		right = code.FindString(p.sent(t)[0].Text)
		for range 2 {
			h, err := p.Prove(ctx, c, desk.OnlineCode{Token: token, Code: " " + right, Pays: false})
			if err != nil || h.Booked == nil {
				t.Fatal(h.Status, err)
			}
		}
		// Without a gateway the deposit is asked for at the desk.
		all := p.booked(t)
		if len(all) != 1 || all[0].Asked != 5_000_000 || all[0].Deposit != 0 {
			t.Errorf("%+v", all)
		}
	})
}

// free takes deposits away, so that booking ends with the code.
func (p page) free(t *testing.T) {
	t.Helper()
	p.service(t, func(s *clinic.Service) { s.Deposit = clinic.DepositRule{} })
}

func TestWhoIsKnownGetsTheSameAnswers(t *testing.T) {
	eachPage(t, func(t *testing.T, p page) {
		p.free(t)
		loser := p.register(t, clinic.Patient{FirstName: "زهرا", LastName: "كريمي", Mobile: "09121234567", NationalCode: "0012345679"})
		if _, err := p.MergePatients(t.Context(), p.manager, desk.MergePatients{Winner: p.patient, Loser: loser.ID, Reason: "یک نفر"}); err != nil {
			t.Fatal(err)
		}
		day := at(t, "1405/09/10", 9, 0)
		for i, one := range []struct {
			person clinic.OnlinePerson
			known  bool
		}{
			{who("زهرا", "کریمي", "۰۹۱۲ ۱۲۳ ۴۵۶۷"), true},
			{who("زهره", "کریمی", "09121234567"), false},
			{who("زهرا", "کریمی", "09121239999"), false},
			{clinic.OnlinePerson{FirstName: "زری", LastName: "ک", Mobile: "09121238888", NationalCode: "0012345679"}, false},
		} {
			h, err := p.proved(t, p.token(t), day.Add(time.Duration(i)*time.Hour), one.person)
			if err != nil || h.Booked == nil || h.Status != clinic.HoldDone {
				t.Fatal(i, h.Status, err)
			}
			if h.Booked.Patient == p.patient != one.known {
				t.Errorf("%d is of file %d, %d is known", i, h.Booked.Patient, p.patient)
			}
			if h.Who.FirstName != one.person.FirstName {
				t.Errorf("%d is shown as %+v", i, h.Who)
			}
		}
		file := p.found(t, "09121239999")
		if file.AcquisitionSource != "website" {
			t.Error(file.AcquisitionSource)
		}
		if other := p.found(t, "09121238888"); other.NationalCode != "" {
			t.Error("a code that is another's:", other.NationalCode)
		}
		p.proven(t)
	})
}

func TestWhoDidNotComeTooOftenIsToldToCall(t *testing.T) {
	eachPage(t, func(t *testing.T, p page) {
		p.free(t)
		p.rules(t, func(r *clinic.AppointmentRules) { r.NoShowsBlock = 2 })
		for day := range 2 {
			p.book(t, desk.Book{Starts: at(t, "1405/09/03", 10, 0).AddDate(0, 0, day)})
		}
		p.clock.pass(5 * 24 * time.Hour)
		if marked, err := p.MarkMissed(t.Context(), p.clinicID()); err != nil || marked != 2 {
			t.Fatal(marked, err)
		}
		_, err := p.proved(t, p.token(t), at(t, "1405/09/10", 10, 0), who("هر", "کس", "09121234567"))
		refuses(t, err, fault.Refused, "online.blocked")
		if e, _ := fault.As(err); e.Args["phone"] != "02188001122" {
			t.Errorf("%+v", e.Args)
		}
		// Three bookings a day with one mobile.
		for i := range 4 {
			_, err := p.proved(t, p.token(t), at(t, "1405/09/11", 10, 0).Add(time.Duration(i)*time.Hour/2), who("سه", "بار", "09121110009"))
			if i < 3 && err != nil {
				t.Fatal(i, err)
			}
			if i == 3 {
				refuses(t, err, fault.Refused, "online.many")
			}
		}
	})
}

func TestThePublicCancelsUntilSoManyHoursBefore(t *testing.T) {
	eachPage(t, func(t *testing.T, p page) {
		p.free(t)
		token, starts := p.token(t), at(t, "1405/09/04", 10, 0)
		if _, err := p.proved(t, token, starts, who("آ", "ب", "09121110001")); err != nil {
			t.Fatal(err)
		}
		_, err := p.CancelOnline(t.Context(), p.clinicID(), "", p.token(t))
		refuses(t, err, fault.NotFound, "online.none")
		for range 2 {
			if h, err := p.CancelOnline(t.Context(), p.clinicID(), "", token); err != nil || h.Booked.Status != clinic.CancelledByPatient {
				t.Fatal(h.Booked, err)
			}
		}
		again := p.token(t)
		if _, err := p.proved(t, again, starts, who("آ", "ب", "09121110001")); err != nil {
			t.Fatal("the time is free:", err)
		}
		p.clock.pass(starts.Sub(p.clock.now()) - 23*time.Hour)
		_, err = p.CancelOnline(t.Context(), p.clinicID(), "", again)
		refuses(t, err, fault.Refused, "online.cancel_late")
	})
}

func TestAPlaceIsSlowedDown(t *testing.T) {
	eachPage(t, func(t *testing.T, p page) {
		var err error
		for range 1000 {
			if _, err = p.OnlineProviders(t.Context(), p.clinicID(), "page 10.0.0.9"); err != nil {
				break
			}
		}
		refuses(t, err, fault.Refused, "online.slow")
		if _, err := p.OnlineProviders(t.Context(), p.clinicID(), "page 10.0.0.8"); err != nil {
			t.Error("another place:", err)
		}
		p.clock.pass(time.Minute)
		if _, err := p.OnlineProviders(t.Context(), p.clinicID(), "page 10.0.0.9"); err != nil {
			t.Error("a minute later:", err)
		}
	})
}

func TestMessagesAreTriedAgainAndNeverLost(t *testing.T) {
	eachPage(t, func(t *testing.T, p page) {
		ctx, c := t.Context(), p.clinicID()
		settings, err := p.Clinic(ctx, c)
		if err != nil {
			t.Fatal(err)
		}
		settings.SMS = true
		if _, err := p.SaveClinic(ctx, p.manager, desk.Save[clinic.Clinic]{Row: settings}); err != nil {
			t.Fatal(err)
		}
		booked := p.book(t, desk.Book{Starts: at(t, "1405/09/10", 10, 0)}).Appointment
		state := func() (m clinic.Message) {
			err := p.store.Read(ctx, c, func(tx *store.Tx) error {
				all, err := tx.MessagesAbout(ctx, int64(booked.ID))
				m = all[0]
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return m
		}
		fails := func(context.Context, clinic.Message) error { return errors.New("the line is busy") }
		waits := []time.Duration{0, time.Minute, 2 * time.Minute, 4 * time.Minute, 8 * time.Minute, 16 * time.Minute, 32 * time.Minute, time.Hour}
		for try, wait := range waits {
			p.clock.pass(wait - time.Second)
			if _, err := p.SendMessages(ctx, c, fails); err != nil {
				t.Fatal(err)
			}
			if m := state(); m.Tries != try {
				t.Errorf("try %d came too early: %+v", try, m)
			}
			p.clock.pass(time.Second)
			if _, err := p.SendMessages(ctx, c, fails); err != nil {
				t.Fatal(err)
			}
		}
		if m := state(); m.Status != clinic.MessageFailed || m.Tries != 8 || m.Error != "the line is busy" {
			t.Errorf("%+v", m)
		}
		// The program ends while a message is being sent.
		booked = p.book(t, desk.Book{Starts: at(t, "1405/09/10", 11, 0)}).Appointment
		crash := func(context.Context, clinic.Message) error { panic("out of power") }
		for times := range 9 {
			want := clinic.MessageSending
			if times == 8 {
				want = clinic.MessageFailed
			}
			func() {
				defer func() { recover() }()
				p.SendMessages(ctx, c, crash)
			}()
			if m := state(); m.Status != want {
				t.Errorf("after %d: %+v", times, m)
			}
			if len(p.sent(t)) != 0 {
				t.Error("it was sent before it was due again")
			}
			p.clock.pass(10 * time.Minute)
		}
	})
}

func TestAFeedShowsAppointmentsWithoutNames(t *testing.T) {
	eachPage(t, func(t *testing.T, p page) {
		ctx := t.Context()
		_, err := p.MakeFeed(ctx, p.as(clinic.Receptionist), p.rad)
		refuses(t, err, fault.Forbidden, "permission")
		secret, err := p.MakeFeed(ctx, p.manager, p.rad)
		if err != nil {
			t.Fatal(err)
		}
		moved := p.book(t, desk.Book{Starts: at(t, "1405/09/10", 10, 0), Service: p.botox}).Appointment
		gone := p.book(t, desk.Book{Starts: at(t, "1405/09/10", 12, 0)}).Appointment
		read := func() map[string]ical.Event {
			text, err := p.Feed(ctx, "", secret)
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(string(text), "کریمی") || strings.Contains(string(text), "0912") {
				t.Errorf("the calendar tells who it is:\n%s", text)
			}
			calendar, err := ical.NewDecoder(bytes.NewReader(text)).Decode()
			if err != nil {
				t.Fatal(err)
			}
			events := map[string]ical.Event{}
			for _, e := range calendar.Events() {
				start, err := e.DateTimeStart(nil)
				if err != nil {
					t.Fatal(err)
				}
				events[start.UTC().Format(time.RFC3339)] = e
			}
			return events
		}
		value := func(e ical.Event, name string) string { return e.Props.Get(name).Value }
		before := read()[moved.Starts.UTC().Format(time.RFC3339)]
		if s := value(before, "SUMMARY"); !strings.Contains(s, "بوتاکس") || !strings.Contains(s, "ز.ک.") || !strings.Contains(s, "1001") {
			t.Error(s)
		}
		p.clock.pass(time.Hour)
		to := at(t, "1405/09/11", 16, 0)
		if _, err := p.Reschedule(ctx, p.manager, desk.Reschedule{OnAppointment: desk.OnAppointment{Appointment: moved.ID}, Starts: to}); err != nil {
			t.Fatal(err)
		}
		_, err = p.CancelAppointment(ctx, p.manager, desk.CancelAppointment{OnAppointment: desk.OnAppointment{Appointment: gone.ID}, Reason: "سفر"})
		if err != nil {
			t.Fatal(err)
		}
		all := read()
		after, cancelled := all[to.UTC().Format(time.RFC3339)], all[gone.Starts.UTC().Format(time.RFC3339)]
		if len(all) != 2 || value(after, "UID") != value(before, "UID") || value(after, "SEQUENCE") <= value(before, "SEQUENCE") ||
			value(after, "DTSTAMP") <= value(before, "DTSTAMP") || value(after, "STATUS") != "CONFIRMED" || value(cancelled, "STATUS") != "CANCELLED" {
			t.Errorf("%v\n%v\n%v", before, after, cancelled)
		}
		feeds, err := p.Feeds(ctx, p.manager)
		if err != nil || len(feeds.Feeds) != 1 {
			t.Fatal(feeds, err)
		}
		refuses(t, p.RevokeFeed(ctx, p.as(clinic.Doctor), feeds.Feeds[0].ID), fault.Forbidden, "permission")
		if err := p.RevokeFeed(ctx, p.manager, feeds.Feeds[0].ID); err != nil {
			t.Fatal(err)
		}
		for _, wrong := range []string{secret, secret + "x", "1.x", "", "x", "9." + secret} {
			_, err := p.Feed(ctx, "", wrong)
			refuses(t, err, fault.NotFound, "feed.none")
		}
	})
}
