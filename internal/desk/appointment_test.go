package desk_test

import (
	"sync"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/jalali"
)

// calendar is an office with Dr. Rad, who works from Saturday to Thursday 9 to
// 13 and 16 to 20, and a service of half an hour that asks for a deposit.
type calendar struct {
	office
	rad     clinic.ProviderID
	botox   clinic.ServiceID
	patient clinic.PatientID
}

func eachCalendar(t *testing.T, do func(t *testing.T, c calendar)) {
	eachOffice(t, func(t *testing.T, o office) {
		c := calendar{office: o}
		provider, err := o.SaveProvider(t.Context(), o.manager, desk.Save[clinic.Provider]{Row: clinic.Provider{Name: "دکتر راد"}})
		if err != nil {
			t.Fatal(err)
		}
		c.rad = provider.ID
		for day := jalali.Saturday; day <= jalali.Thursday; day++ {
			for _, hours := range [][2]int{{9, 13}, {16, 20}} {
				_, err := o.SaveWorkShift(t.Context(), o.manager, desk.Save[clinic.WorkShift]{Row: clinic.WorkShift{Provider: c.rad, Branch: o.manager.Branch,
					Weekday: day, From: hours[0] * 60, Until: hours[1] * 60}})
				if err != nil {
					t.Fatal(err)
				}
			}
		}
		section, err := o.SaveSection(t.Context(), o.manager, desk.Save[clinic.Section]{Row: clinic.Section{Code: "skin", Name: "پوست"}})
		if err != nil {
			t.Fatal(err)
		}
		service, err := o.SaveService(t.Context(), o.manager, desk.Save[desk.SaveService]{Row: desk.SaveService{Service: clinic.Service{
			Section: section.ID, Code: "botox", Name: "بوتاکس", Duration: 30, Deposit: clinic.DepositRule{Rate: 5000}}, Price: 20_000_000}})
		if err != nil {
			t.Fatal(err)
		}
		c.botox = service.ID
		c.patient = o.register(t, clinic.Patient{FirstName: "زهرا", LastName: "کریمی", Mobile: "09121234567",
			SMSService: true}).ID
		do(t, c)
	})
}

// at is a clock time of a Jalali day.
func at(t *testing.T, day string, hour, minute int) time.Time {
	t.Helper()
	d, err := jalali.Parse(day, "2026-11-23")
	if err != nil {
		t.Fatal(err)
	}
	zone, err := time.LoadLocation("Asia/Tehran")
	if err != nil {
		t.Fatal(err)
	}
	found, ok := d.At(hour*60+minute, zone)
	if !ok {
		t.Fatalf("%s has no %d:%02d", day, hour, minute)
	}
	return found
}

func (c calendar) book(t *testing.T, cmd desk.Book) desk.Booked {
	t.Helper()
	if cmd.Patient == 0 {
		cmd.Patient = c.patient
	}
	cmd.Provider = c.rad
	done, err := c.Book(t.Context(), c.manager, cmd)
	if err != nil {
		t.Fatal(err)
	}
	return done
}

func (c calendar) bookWith(t *testing.T, starts time.Time, minutes int) error {
	_, err := c.Book(t.Context(), c.as(clinic.Receptionist), desk.Book{Patient: c.patient, Provider: c.rad, Starts: starts, Minutes: minutes})
	return err
}

func TestATimeThatIsNotFreeIsRefusedWithTheReasonAndTheNextOnes(t *testing.T) {
	eachCalendar(t, func(t *testing.T, c calendar) {
		c.book(t, desk.Book{Starts: at(t, "1405/09/10", 10, 0), Service: c.botox})
		_, err := c.SaveException(t.Context(), c.manager, desk.Save[clinic.Exception]{Row: clinic.Exception{Kind: clinic.Leave, Provider: c.rad,
			First: "2026-12-02", From: 9 * 60, Until: 11 * 60, Reason: "همایش"}})
		if err != nil {
			t.Fatal(err)
		}
		for name, one := range map[string]struct {
			starts time.Time
			code   string
			next   string
		}{
			"taken":        {at(t, "1405/09/10", 10, 15), "appointment.taken", "2026-12-01T07:00:00Z,2026-12-01T07:15:00Z,2026-12-01T07:30:00Z"},
			"between":      {at(t, "1405/09/10", 13, 0), "appointment.hours", "2026-12-01T12:30:00Z,2026-12-01T12:45:00Z,2026-12-01T13:00:00Z"},
			"Friday":       {at(t, "1405/09/13", 10, 0), "appointment.day_off", "2026-12-05T05:30:00Z,2026-12-05T05:45:00Z,2026-12-05T06:00:00Z"},
			"leave":        {at(t, "1405/09/11", 10, 45), "appointment.leave", "2026-12-02T07:30:00Z,2026-12-02T07:45:00Z,2026-12-02T08:00:00Z"},
			"over":         {at(t, "1405/09/01", 10, 0), "appointment.past", "2026-11-23T08:00:00Z,2026-11-23T08:15:00Z,2026-11-23T08:30:00Z"},
			"off the grid": {at(t, "1405/09/10", 10, 42), "appointment.step", ""},
			"Nowruz":       {at(t, "1406/01/02", 10, 0), "appointment.holiday", ""},
		} {
			t.Run(name, func(t *testing.T) {
				err := c.bookWith(t, one.starts, 30)
				e, _ := fault.As(err)
				if fault.Code(err) != one.code || one.next != "" && e.Args["next"] != one.next {
					t.Errorf("%v, next %q, want %s %s", err, e.Args["next"], one.code, one.next)
				}
			})
		}
	})
}

func TestOfTwoHundredBookingsOfOneTimeOneComesThrough(t *testing.T) {
	eachCalendar(t, func(t *testing.T, c calendar) {
		starts := at(t, "1405/09/10", 11, 0)
		codes := c.together(t, 200, func(int) (time.Time, int) { return starts, 30 })
		if codes[""] != 1 || codes["appointment.taken"] != 199 {
			t.Errorf("%v", codes)
		}
	})
}

// together books at once from so many desks and counts what came of it by the
// code of the refusal.
func (c calendar) together(t *testing.T, n int, when func(i int) (time.Time, int)) map[string]int {
	t.Helper()
	var mu sync.Mutex
	var all sync.WaitGroup
	codes := map[string]int{}
	for i := range n {
		all.Go(func() {
			starts, minutes := when(i)
			err := c.bookWith(t, starts, minutes)
			code := fault.Code(err)
			if err != nil && code == "" {
				code = err.Error()
			}
			mu.Lock()
			defer mu.Unlock()
			codes[code]++
		})
	}
	all.Wait()
	return codes
}

func TestFiftyOverlappingTimesLeaveNoOverlapAndTouchingOnesAreBothThere(t *testing.T) {
	eachCalendar(t, func(t *testing.T, c calendar) {
		from := at(t, "1405/09/10", 9, 0)
		codes := c.together(t, 50, func(i int) (time.Time, int) { return from.Add(time.Duration(i%25) * 5 * time.Minute), 15 + i%4*10 })
		if codes[""] == 0 || codes[""]+codes["appointment.taken"] != 50 {
			t.Fatalf("%v", codes)
		}
		page, err := c.Calendar(t.Context(), c.manager, desk.CalendarQuery{First: "2026-12-01", Last: "2026-12-01"})
		if err != nil {
			t.Fatal(err)
		}
		items := page.Columns[0].Items
		if len(items) != codes[""] {
			t.Errorf("%d are on the calendar, %d were booked", len(items), codes[""])
		}
		for i, one := range items {
			for _, other := range items[:i] {
				if one.Overlaps(other.Span) {
					t.Errorf("%v overlaps %v", one.Span, other.Span)
				}
			}
		}
		next := at(t, "1405/09/12", 9, 0)
		if err := c.bookWith(t, next, 30); err != nil {
			t.Error(err)
		}
		if err := c.bookWith(t, next.Add(30*time.Minute), 30); err != nil {
			t.Error("touching:", err)
		}
	})
}

func TestAMovedAppointmentKeepsItsNameAndTakesItsDepositAlong(t *testing.T) {
	eachCalendar(t, func(t *testing.T, c calendar) {
		first := at(t, "1405/09/10", 10, 0)
		booked := c.book(t, desk.Book{Starts: first, Service: c.botox,
			Deposit: &desk.BookDeposit{Lines: []clinic.MoneyLine{{Method: clinic.POS, Amount: 10_000_000}}}})
		if booked.After.Deposits != 10_000_000 || len(booked.Deposits) != 1 || !booked.Deposits[0].Planned.Equal(first) {
			t.Fatalf("%+v", booked)
		}
		to := at(t, "1405/09/14", 16, 30)
		move := desk.Reschedule{OnAppointment: desk.OnAppointment{Appointment: booked.Appointment.ID}, Starts: to}
		moved, err := c.Reschedule(t.Context(), c.as(clinic.Receptionist), move)
		if err != nil {
			t.Fatal(err)
		}
		if a := moved.Appointment; a.ID != booked.Appointment.ID || a.Moves != 1 || !a.Starts.Equal(to) || a.Minutes() != 30 {
			t.Errorf("%+v", a)
		}
		if d := moved.Deposits[0]; !d.Planned.Equal(to) || d.Remaining != 10_000_000 {
			t.Errorf("%+v", d)
		}
		if err := c.bookWith(t, first, 30); err != nil {
			t.Error("the old time is not free:", err)
		}
		_, err = c.Reschedule(t.Context(), c.manager, move)
		refuses(t, err, fault.Invalid, "appointment.same")
		version := int64(1)
		move.Version, move.Starts = &version, to.Add(time.Hour)
		_, err = c.Reschedule(t.Context(), c.manager, move)
		refuses(t, err, fault.Conflict, "appointment.stale")
		item, err := c.Appointment(t.Context(), c.manager, booked.Appointment.ID)
		if err != nil || len(item.Steps) != 2 || !item.Steps[1].From.Starts.Equal(first) || !item.Steps[1].To.Starts.Equal(to) {
			t.Errorf("%+v %v", item.Steps, err)
		}
	})
}

func TestWhatACancelledVisitKeepsGoesByWhenItWasCancelled(t *testing.T) {
	eachCalendar(t, func(t *testing.T, c calendar) {
		booked := c.book(t, desk.Book{Starts: at(t, "1405/09/08", 10, 0), Service: c.botox,
			Deposit: &desk.BookDeposit{Lines: []clinic.MoneyLine{{Method: clinic.Cash, Amount: 10_000_000}}}})
		cancel := desk.CancelAppointment{OnAppointment: desk.OnAppointment{Appointment: booked.Appointment.ID}}
		_, err := c.CancelAppointment(t.Context(), c.manager, cancel)
		refuses(t, err, fault.Invalid, "appointment.reason")
		cancel.Reason = "سفر"
		cancel.Forfeits = []desk.Forfeit{{Deposit: booked.Deposits[0].ID, Amount: 2_000_000}}
		_, err = c.CancelAppointment(t.Context(), c.as(clinic.Receptionist), cancel)
		refuses(t, err, fault.Forbidden, "permission")
		cancel.Forfeits = nil
		done, err := c.CancelAppointment(t.Context(), c.as(clinic.Receptionist), cancel)
		if err != nil || done.After.Deposits != 10_000_000 {
			t.Fatal(done.After, err)
		}
		waiting, err := c.ListDeposits(t.Context(), c.manager, desk.DepositQuery{State: "visit_over"})
		if err != nil || waiting.Count != 1 {
			t.Errorf("%d deposits wait for somebody to say what is kept: %v", waiting.Count, err)
		}
		c.clock.pass(30 * 24 * time.Hour)
		settings, err := c.Desk.Clinic(t.Context(), c.manager.Clinic)
		if err != nil {
			t.Fatal(err)
		}
		if got := done.Deposits[0].ProposeForfeit(settings, c.clock.now()); got != 2_000_000 {
			t.Errorf("%v is proposed", got)
		}
		_, err = c.CheckIn(t.Context(), c.manager, cancel.OnAppointment)
		refuses(t, err, fault.Refused, "appointment.status")
		_, err = c.RestoreAppointment(t.Context(), c.manager, cancel.OnAppointment)
		refuses(t, err, fault.Refused, "appointment.past")
	})
}

func TestWhoIsHereBecomesAnAdmissionAndIsNotCancelledWhileItLives(t *testing.T) {
	eachCalendar(t, func(t *testing.T, c calendar) {
		booked := c.book(t, desk.Book{Starts: at(t, "1405/09/02", 17, 0), Service: c.botox})
		on := desk.OnAppointment{Appointment: booked.Appointment.ID}
		_, err := c.MissAppointment(t.Context(), c.manager, desk.MissAppointment{OnAppointment: on})
		refuses(t, err, fault.Refused, "appointment.not_over")
		if _, err := c.CheckIn(t.Context(), c.as(clinic.Receptionist), on); err != nil {
			t.Fatal(err)
		}
		admitted, err := c.AdmitAppointment(t.Context(), c.as(clinic.Receptionist), desk.AdmitAppointment{Appointment: on.Appointment, Request: desk.Request{Key: "once"}})
		if err != nil || admitted.After.Balance != 20_000_000 {
			t.Fatal(admitted.After, err)
		}
		again, err := c.AdmitAppointment(t.Context(), c.as(clinic.Receptionist), desk.AdmitAppointment{Appointment: on.Appointment, Request: desk.Request{Key: "once"}})
		if err != nil || again.Admission.ID != admitted.Admission.ID {
			t.Error(again.Admission.ID, err)
		}
		_, err = c.AdmitAppointment(t.Context(), c.manager, desk.AdmitAppointment{Appointment: on.Appointment})
		refuses(t, err, fault.Refused, "appointment.admitted")
		cancel := desk.CancelAppointment{OnAppointment: on, Reason: "سفر"}
		_, err = c.CancelAppointment(t.Context(), c.manager, cancel)
		refuses(t, err, fault.Refused, "appointment.admitted")
		if _, err := c.CancelAdmission(t.Context(), c.manager, desk.CancelAdmission{Admission: admitted.Admission.ID, Reason: "اشتباه"}); err != nil {
			t.Fatal(err)
		}
		if _, err := c.CancelAppointment(t.Context(), c.manager, cancel); err != nil {
			t.Error(err)
		}
	})
}
