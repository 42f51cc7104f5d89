package desk_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/money"
)

func TestAMissedAppointmentIsMarkedOnceAtTheEndOfTheDayAndFollowedUp(t *testing.T) {
	eachCalendar(t, func(t *testing.T, c calendar) {
		booked := c.book(t, desk.Book{Starts: at(t, "1405/09/02", 17, 0), Service: c.botox,
			Deposit: &desk.BookDeposit{Lines: []clinic.MoneyLine{{Method: clinic.Cash, Amount: 10_000_000}}}})
		for _, step := range []struct {
			hour   int
			marked int
		}{{18, 0}, {22, 1}, {23, 0}} {
			c.clock.pass(at(t, "1405/09/02", step.hour, 5).Sub(c.clock.now()))
			marked, err := c.MarkMissed(t.Context(), c.manager.Clinic)
			if err != nil || marked != step.marked {
				t.Errorf("at %d: %d %v", step.hour, marked, err)
			}
		}
		tab, err := c.Activities(t.Context(), c.manager, c.patient, desk.View{})
		if err != nil || len(tab.Rows) != 1 || tab.Rows[0].Cause != clinic.CauseNoShow || tab.Position.Deposits != 10_000_000 {
			t.Errorf("%+v %v", tab.Rows, err)
		}
		item, err := c.Appointment(t.Context(), c.manager, booked.Appointment.ID)
		if err != nil || item.Status != clinic.NoShow {
			t.Error(item.Status, err)
		}
		staff, err := c.Staff(t.Context(), c.manager)
		if err != nil || slices.ContainsFunc(staff, func(s clinic.Staff) bool { return s.ID == clinic.Automatic }) {
			t.Error("the program is on the list of the staff", err)
		}
	})
}

func TestWhenNobodyIsThereEverybodyIsCancelledAndNothingIsKept(t *testing.T) {
	eachCalendar(t, func(t *testing.T, c calendar) {
		for i, amount := range []money.Amount{10_000_000, 5_000_000, 0} {
			p := c.register(t, clinic.Patient{FirstName: fmt.Sprint("بیمار ", i), LastName: "آزمون", Mobile: "0912123456" + fmt.Sprint(i)})
			cmd := desk.Book{Patient: p.ID, Starts: at(t, "1405/09/10", 10+i, 0), Service: c.botox}
			if amount > 0 {
				cmd.Deposit = &desk.BookDeposit{Lines: []clinic.MoneyLine{{Method: clinic.Cash, Amount: amount}}}
			}
			c.book(t, cmd)
		}
		cmd := desk.CancelMany{Provider: c.rad, First: "2026-12-01", Reason: "عدم حضور پزشک", Leave: true}
		_, err := c.CancelMany(t.Context(), c.as(clinic.Receptionist), cmd)
		refuses(t, err, fault.Forbidden, "permission")
		done, err := c.CancelMany(t.Context(), c.as(clinic.Supervisor), cmd)
		if err != nil || len(done.Appointments) != 3 {
			t.Fatal(done, err)
		}
		settings, err := c.Desk.Clinic(t.Context(), c.manager.Clinic)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range done.Appointments {
			tab, err := c.Deposits(t.Context(), c.manager, a.Patient, desk.View{})
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range tab.Rows {
				if d.ProposeForfeit(settings, c.clock.now()) != 0 || d.Proposed != 0 {
					t.Errorf("%+v", d)
				}
			}
			if tab.Activities.Open != 1 {
				t.Errorf("%d follow-ups", tab.Activities.Open)
			}
		}
		refuses(t, c.bookWith(t, at(t, "1405/09/10", 10, 0), 30), fault.Refused, "appointment.leave")
	})
}

func TestOverbookingIsARightAndIsMarked(t *testing.T) {
	eachCalendar(t, func(t *testing.T, c calendar) {
		starts := at(t, "1405/09/10", 11, 0)
		c.book(t, desk.Book{Starts: starts, Minutes: 30})
		over := desk.Book{Patient: c.patient, Provider: c.rad, Starts: starts, Minutes: 30, Overbook: true}
		_, err := c.Book(t.Context(), c.as(clinic.Receptionist), over)
		refuses(t, err, fault.Forbidden, "permission")
		done, err := c.Book(t.Context(), c.as(clinic.Supervisor), over)
		if err != nil || !done.Appointment.Overbooked || done.Appointment.Seat != 1 {
			t.Errorf("%+v %v", done.Appointment, err)
		}
	})
}

func TestFreeTimesAreThoseThatCanBeBooked(t *testing.T) {
	eachCalendar(t, func(t *testing.T, c calendar) {
		c.book(t, desk.Book{Starts: at(t, "1405/09/10", 10, 0), Minutes: 45})
		days, err := c.Availability(t.Context(), c.manager, desk.AvailabilityQuery{Wanted: desk.Wanted{Provider: c.rad, Service: c.botox},
			From: "2026-12-01", To: "2026-12-04"})
		if err != nil || len(days) != 4 {
			t.Fatal(len(days), err)
		}
		if n := len(days[0].Slots); n != 15+15-4 || len(days[1].Slots) != 30 || len(days[3].Slots) != 0 {
			t.Errorf("%d %d %d", n, len(days[1].Slots), len(days[3].Slots))
		}
		for _, s := range days[0].Slots[:8] {
			if err := c.bookWith(t, s.Starts, 5); err != nil && !strings.Contains(err.Error(), "taken") {
				t.Errorf("%v: %v", s.Starts, err)
			}
		}
	})
}

func TestWhoWaitsIsNamedWhenATimeIsLeft(t *testing.T) {
	eachCalendar(t, func(t *testing.T, c calendar) {
		booked := c.book(t, desk.Book{Starts: at(t, "1405/09/10", 17, 0), Service: c.botox})
		waiting := c.register(t, clinic.Patient{FirstName: "مینا", LastName: "راد"})
		for _, part := range []clinic.DayPart{clinic.Morning, clinic.Afternoon} {
			_, err := c.JoinWaitlist(t.Context(), c.manager, desk.JoinWaitlist{Wait: clinic.Wait{Patient: waiting.ID, Provider: c.rad, Part: part}})
			if err != nil {
				t.Fatal(err)
			}
		}
		done, err := c.CancelAppointment(t.Context(), c.manager, desk.CancelAppointment{OnAppointment: desk.OnAppointment{Appointment: booked.Appointment.ID}, Reason: "سفر"})
		if err != nil || len(done.Suits) != 1 || done.Suits[0].Part != clinic.Afternoon {
			t.Fatalf("%+v %v", done.Suits, err)
		}
		c.book(t, desk.Book{Patient: waiting.ID, Starts: booked.Appointment.Starts, Service: c.botox, Wait: done.Suits[0].ID})
		left, err := c.Waitlist(t.Context(), c.manager)
		if err != nil || len(left) != 1 || left[0].Part != clinic.Morning {
			t.Errorf("%+v %v", left, err)
		}
	})
}
