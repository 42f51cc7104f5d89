package desk_test

import (
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
)

func TestWhatWasDoneToAnAppointmentIsUndoneAsOne(t *testing.T) {
	eachCalendar(t, func(t *testing.T, c calendar) {
		undo := func(unit int64) error {
			_, err := c.UndoUnit(t.Context(), c.manager, desk.UndoUnit{Unit: unit})
			return err
		}
		now := func(id clinic.AppointmentID) desk.AppointmentItem {
			item, err := c.Appointment(t.Context(), c.manager, id)
			if err != nil {
				t.Fatal(err)
			}
			return item
		}
		first, second := at(t, "1405/09/10", 10, 0), at(t, "1405/09/10", 17, 0)
		booked := c.book(t, desk.Book{Starts: first, Service: c.botox,
			Deposit: &desk.BookDeposit{Lines: []clinic.MoneyLine{{Method: clinic.Cash, Amount: 10_000_000}}}})
		on := desk.OnAppointment{Appointment: booked.Appointment.ID}

		moved, err := c.Reschedule(t.Context(), c.manager, desk.Reschedule{OnAppointment: on, Starts: second})
		if err != nil || moved.Unit == 0 {
			t.Fatal(moved.Unit, err)
		}
		refuses(t, undo(booked.Unit), fault.Refused, "undo.used")
		if err := undo(moved.Unit); err != nil {
			t.Fatal(err)
		}
		if a := now(on.Appointment); !a.Starts.Equal(first) || a.Moves != 0 || a.Status != clinic.Booked || a.Steps[len(a.Steps)-1].Kind != clinic.EventUndone {
			t.Errorf("%+v", a)
		}
		refuses(t, c.bookWith(t, first, 30), fault.Refused, "appointment.taken")
		if err := c.bookWith(t, second, 30); err != nil {
			t.Error("what the move took is not free:", err)
		}

		cancelled, err := c.CancelAppointment(t.Context(), c.manager, desk.CancelAppointment{OnAppointment: on, Reason: "سفر", ByClinic: true,
			Forfeits: []desk.Forfeit{{Deposit: booked.Deposits[0].ID, Amount: 2_000_000}}})
		if err != nil || cancelled.After.Deposits != 8_000_000 {
			t.Fatal(cancelled.After, err)
		}
		if err := undo(cancelled.Unit); err != nil {
			t.Fatal(err)
		}
		tab, err := c.Deposits(t.Context(), c.manager, c.patient, desk.View{})
		if err != nil || tab.Position.Deposits != 10_000_000 || tab.Activities.Open != 0 || !tab.Rows[0].VisitOver.IsZero() {
			t.Errorf("%+v %+v %v", tab.Position, tab.Rows[0], err)
		}
		if a := now(on.Appointment); a.Status != clinic.Booked || a.Reason != "" {
			t.Errorf("%+v", a)
		}

		cancelled, err = c.CancelAppointment(t.Context(), c.manager, desk.CancelAppointment{OnAppointment: on, Reason: "سفر"})
		if err != nil {
			t.Fatal(err)
		}
		if err := c.bookWith(t, first, 30); err != nil {
			t.Fatal(err)
		}
		refuses(t, undo(cancelled.Unit), fault.Refused, "appointment.taken")
		c.clock.pass(time.Hour)
		refuses(t, undo(cancelled.Unit), fault.Refused, "undo.late")
	})
}

func TestUndoingABookingTakesItsDepositBackAndUndoingAnAdmissionLeavesThePatientHere(t *testing.T) {
	eachCalendar(t, func(t *testing.T, c calendar) {
		booked := c.book(t, desk.Book{Starts: at(t, "1405/09/02", 17, 0), Service: c.botox,
			Deposit: &desk.BookDeposit{Lines: []clinic.MoneyLine{{Method: clinic.Cash, Amount: 10_000_000}}}})
		on := desk.OnAppointment{Appointment: booked.Appointment.ID}
		if _, err := c.CheckIn(t.Context(), c.manager, on); err != nil {
			t.Fatal(err)
		}
		admitted, err := c.AdmitAppointment(t.Context(), c.manager, desk.AdmitAppointment{Appointment: on.Appointment})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.UndoUnit(t.Context(), c.manager, desk.UndoUnit{Unit: admitted.Unit}); err != nil {
			t.Fatal(err)
		}
		item, err := c.Appointment(t.Context(), c.manager, on.Appointment)
		if err != nil || item.Status != clinic.CheckedIn || item.Admission != 0 {
			t.Errorf("%+v %v", item.Appointment, err)
		}

		again := c.book(t, desk.Book{Starts: at(t, "1405/09/03", 17, 0), Service: c.botox,
			Deposit: &desk.BookDeposit{Lines: []clinic.MoneyLine{{Method: clinic.Cash, Amount: 5_000_000}}}})
		undone, err := c.UndoUnit(t.Context(), c.manager, desk.UndoUnit{Unit: again.Unit})
		if err != nil || undone.After.Deposits != 10_000_000 {
			t.Fatal(undone.After, err)
		}
		item, err = c.Appointment(t.Context(), c.manager, again.Appointment.ID)
		if err != nil || item.Status != clinic.EnteredInError {
			t.Error(item.Status, err)
		}
	})
}
