package desk_test

import (
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/jalali"
)

// The place of one who went is not free while somebody who was booked beside
// stays: how many come counts, not which seat has a number.
func TestATimeIsFullWhileSomebodyBookedBesideStays(t *testing.T) {
	eachCalendar(t, func(t *testing.T, c calendar) {
		starts := at(t, "1405/09/10", 11, 0)
		first := c.book(t, desk.Book{Starts: starts, Minutes: 30})
		c.book(t, desk.Book{Starts: starts, Minutes: 30, Overbook: true})
		_, err := c.CancelAppointment(t.Context(), c.manager, desk.CancelAppointment{OnAppointment: desk.OnAppointment{Appointment: first.Appointment.ID}, Reason: "سفر"})
		if err != nil {
			t.Fatal(err)
		}
		refuses(t, c.bookWith(t, starts, 30), fault.Refused, "appointment.taken")
		_, err = c.RestoreAppointment(t.Context(), c.as(clinic.Receptionist), desk.OnAppointment{Appointment: first.Appointment.ID})
		refuses(t, err, fault.Refused, "appointment.taken")
	})
}

// Who cancelled, when and why is known again when taking it back is undone.
func TestUndoingARestoreKnowsWhoCancelled(t *testing.T) {
	eachCalendar(t, func(t *testing.T, c calendar) {
		booked := c.book(t, desk.Book{Starts: at(t, "1405/09/10", 11, 0), Service: c.botox,
			Deposit: &desk.BookDeposit{Lines: []clinic.MoneyLine{{Method: clinic.Cash, Amount: 1_000_000}}}})
		on := desk.OnAppointment{Appointment: booked.Appointment.ID}
		if _, err := c.CancelAppointment(t.Context(), c.manager, desk.CancelAppointment{OnAppointment: on, Reason: "عمل اورژانسی", ByClinic: true}); err != nil {
			t.Fatal(err)
		}
		restored, err := c.RestoreAppointment(t.Context(), c.manager, on)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.UndoUnit(t.Context(), c.manager, desk.UndoUnit{Unit: restored.Unit}); err != nil {
			t.Fatal(err)
		}
		item, err := c.Appointment(t.Context(), c.manager, on.Appointment)
		if err != nil || item.Status != clinic.CancelledByClinic || item.Reason != "عمل اورژانسی" || item.Ended.IsZero() || item.Proposed[0] != 0 {
			t.Errorf("%+v %v %v", item.Appointment, item.Proposed, err)
		}
	})
}

func TestNobodyTakesTheKeyOfAPayment(t *testing.T) {
	eachCalendar(t, func(t *testing.T, c calendar) {
		_, err := c.Book(t.Context(), c.manager, desk.Book{Patient: c.patient, Provider: c.rad, Starts: at(t, "1405/09/10", 11, 0), Request: desk.Request{Key: "gateway A-1"}})
		refuses(t, err, fault.Invalid, "request.key")
	})
}

// Somebody of one branch changes nothing of when people work at another.
func TestTheScheduleOfAnotherBranchStays(t *testing.T) {
	eachCalendar(t, func(t *testing.T, c calendar) {
		north, err := c.SaveBranch(t.Context(), c.manager, desk.Save[clinic.Branch]{Row: clinic.Branch{Code: "north", Name: "شمال"}})
		if err != nil {
			t.Fatal(err)
		}
		there := c.as(clinic.Supervisor)
		there.Branch = north.ID
		plan, err := c.Schedule(t.Context(), c.manager)
		if err != nil {
			t.Fatal(err)
		}
		shift := plan.Shifts[0]
		shift.Disabled = true
		_, err = c.SaveWorkShift(t.Context(), there, desk.Save[clinic.WorkShift]{Row: shift})
		refuses(t, err, fault.NotFound, "branch.none")
		shift.Branch = north.ID
		_, err = c.SaveWorkShift(t.Context(), there, desk.Save[clinic.WorkShift]{Row: shift})
		refuses(t, err, fault.NotFound, "work_shift.none")
		_, err = c.SaveResource(t.Context(), there, desk.Save[clinic.Resource]{Row: clinic.Resource{Branch: c.manager.Branch, Kind: clinic.Room, Code: "x", Name: "x"}})
		refuses(t, err, fault.NotFound, "branch.none")
		_, err = c.SaveException(t.Context(), there, desk.Save[clinic.Exception]{Row: clinic.Exception{Kind: clinic.Leave, Provider: c.rad, First: jalali.Day("2026-12-01")}})
		if err != nil {
			t.Fatal(err)
		}
		if err := c.bookWith(t, at(t, "1405/09/10", 11, 0), 30); err != nil {
			t.Error("a leave at another branch shuts this one:", err)
		}
	})
}
