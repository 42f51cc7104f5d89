package desk_test

import (
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/jalali"
)

func TestASeriesIsBookedAsAWholeAndGoesAroundWhatIsTaken(t *testing.T) {
	eachCalendar(t, func(t *testing.T, c calendar) {
		first := at(t, "1405/09/07", 10, 0) // a Saturday
		// A week later the time is taken, and the week after is a leave of two days.
		other := c.register(t, clinic.Patient{FirstName: "علی", LastName: "رضایی"}).ID
		c.book(t, desk.Book{Patient: other, Starts: at(t, "1405/09/14", 10, 0), Minutes: 30})
		c.leaves(t, "2026-12-12", "2026-12-13")
		cmd := desk.BookSeries{Sessions: 4, Every: 7, Book: desk.Book{Patient: c.patient, Provider: c.rad, Service: c.botox, Starts: first,
			Deposit: &desk.BookDeposit{Amount: 10_000_000}}}
		dry := cmd
		dry.Request.DryRun = true
		planned, err := c.BookSeries(t.Context(), c.as(clinic.Receptionist), dry)
		if err != nil || len(planned.Sessions) != 4 {
			t.Fatal(planned.Sessions, err)
		}
		if n := c.count(t); n != 0 {
			t.Fatalf("a dry run left %d", n)
		}
		done, err := c.BookSeries(t.Context(), c.as(clinic.Receptionist), cmd)
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range []time.Time{first, at(t, "1405/09/14", 10, 30), at(t, "1405/09/23", 9, 0), at(t, "1405/09/28", 10, 0)} {
			s := done.Sessions[i]
			if !s.Appointment.Starts.Equal(want) || !planned.Sessions[i].Appointment.Starts.Equal(want) || s.Appointment.Minutes() != 30 {
				t.Errorf("session %d is at %v, planned %v, want %v", i+1, s.Appointment.Starts, planned.Sessions[i].Appointment.Starts, want)
			}
			if s.Appointment.Series == 0 || s.Appointment.Series != done.Appointment.Series {
				t.Errorf("session %d is of series %d, want %d", i+1, s.Appointment.Series, done.Appointment.Series)
			}
		}
		if n := c.count(t); n != 4 {
			t.Errorf("%d are booked, want 4", n)
		}
		if len(done.Deposits) != 1 || done.Deposits[0].Appointment != done.Sessions[0].Appointment.ID {
			t.Errorf("%+v", done.Deposits)
		}
	})
}

func TestASeriesThatFindsNoTimeLeavesNothing(t *testing.T) {
	eachCalendar(t, func(t *testing.T, c calendar) {
		c.leaves(t, "2026-12-12", "2026-12-15") // half a week is not enough to get around it
		cmd := desk.BookSeries{Sessions: 4, Every: 7, Book: desk.Book{Patient: c.patient, Provider: c.rad, Starts: at(t, "1405/09/07", 10, 0)}}
		_, err := c.BookSeries(t.Context(), c.manager, cmd)
		refuses(t, err, fault.Refused, "appointment.series_none")
		if e, _ := fault.As(err); e.Args["session"] != "3" || e.Args["day"] != "2026-12-12" {
			t.Errorf("%v", e.Args)
		}
		if n := c.count(t); n != 0 {
			t.Errorf("%d are booked, want none", n)
		}
		cmd.Sessions = 1
		_, err = c.BookSeries(t.Context(), c.manager, cmd)
		refuses(t, err, fault.Invalid, "appointment.series")
	})
}

// leaves lets the doctor be away on the days.
func (c calendar) leaves(t *testing.T, first, last jalali.Day) {
	t.Helper()
	_, err := c.SaveException(t.Context(), c.manager, desk.Save[clinic.Exception]{Row: clinic.Exception{Kind: clinic.Leave, Provider: c.rad,
		First: first, Last: last, Reason: "سفر"}})
	if err != nil {
		t.Fatal(err)
	}
}

// count is how many appointments the patient has.
func (c calendar) count(t *testing.T) int {
	t.Helper()
	tab, err := c.AppointmentsTab(t.Context(), c.manager, c.patient, desk.View{})
	if err != nil {
		t.Fatal(err)
	}
	return len(tab.Rows)
}

func TestOnlyADepositThatNoExpectedVisitHoldsIsOffered(t *testing.T) {
	eachCalendar(t, func(t *testing.T, c calendar) {
		offered := func() []desk.WaitingDeposit {
			o, err := c.BookingOffer(t.Context(), c.manager, c.patient)
			if err != nil {
				t.Fatal(err)
			}
			return o.Deposits
		}
		booked := c.book(t, desk.Book{Starts: at(t, "1405/09/10", 10, 0), Service: c.botox, Deposit: &desk.BookDeposit{Amount: 1_000_000}})
		if held := offered(); len(held) != 0 {
			t.Fatalf("%+v", held)
		}
		_, err := c.CancelAppointment(t.Context(), c.manager, desk.CancelAppointment{
			OnAppointment: desk.OnAppointment{Appointment: booked.Appointment.ID}, ByClinic: true, Reason: "سفر"})
		if err != nil {
			t.Fatal(err)
		}
		if held := offered(); len(held) != 1 || !held[0].Freed {
			t.Errorf("%+v", held)
		}
	})
}
