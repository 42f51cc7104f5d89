package desk_test

import (
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/jalali"
)

// nowruz is 1406/01/01.
const nowruz = jalali.Day("2027-03-21")

func TestTheFirstChangeOfAYearKeepsItsOtherHolidays(t *testing.T) {
	eachCalendar(t, func(t *testing.T, c calendar) {
		ctx := t.Context()
		official := clinic.OfficialHolidays(1406)
		own := clinic.Holiday{Day: "2027-05-01", Name: "روز درمانگاه"}
		n, err := c.SaveHolidays(ctx, c.as(clinic.Supervisor), desk.SaveHolidays{Set: []clinic.Holiday{own}})
		if err != nil || n != 1 {
			t.Fatal(n, err)
		}
		c.audited(t, "schedule.holidays", 0)
		all := c.holidays(t, 1406)
		if len(all) != len(official)+1 || all[nowruz].Name == "" || all[own.Day].Name != own.Name {
			t.Errorf("%d of %d and one: %v", len(all), len(official), all)
		}
		worked := all[nowruz]
		worked.Worked = true
		if _, err = c.SaveHolidays(ctx, c.manager, desk.SaveHolidays{Set: []clinic.Holiday{worked}, Remove: []jalali.Day{own.Day}}); err != nil {
			t.Fatal(err)
		}
		if all = c.holidays(t, 1406); len(all) != len(official) || !all[nowruz].Worked || all[nowruz.Add(1)].Worked {
			t.Errorf("%d: %+v", len(all), all[nowruz])
		}
		if other := c.holidays(t, 1405); len(other) != len(clinic.OfficialHolidays(1405)) {
			t.Errorf("another year has %d", len(other))
		}
	})
}

// holidays are those of a year by their day.
func (c calendar) holidays(t *testing.T, year int) map[jalali.Day]clinic.Holiday {
	t.Helper()
	all, err := c.HolidaysOf(t.Context(), c.manager, year)
	if err != nil {
		t.Fatal(err)
	}
	found := map[jalali.Day]clinic.Holiday{}
	for _, h := range all {
		found[h.Day] = h
	}
	return found
}

func TestRefusedHolidaysChangeNothing(t *testing.T) {
	eachCalendar(t, func(t *testing.T, c calendar) {
		good := clinic.Holiday{Day: "2027-05-01", Name: "روز درمانگاه"}
		for name, one := range map[string]struct {
			bad  clinic.Holiday
			code string
		}{
			"no name": {clinic.Holiday{Day: "2027-05-02"}, "catalogue.name"},
			"no day":  {clinic.Holiday{Day: "2027-02-30", Name: "ن"}, "date.syntax"},
		} {
			t.Run(name, func(t *testing.T) {
				_, err := c.SaveHolidays(t.Context(), c.manager, desk.SaveHolidays{Set: []clinic.Holiday{good, one.bad}})
				refuses(t, err, fault.Invalid, one.code)
			})
		}
		_, err := c.SaveHolidays(t.Context(), c.as(clinic.Receptionist), desk.SaveHolidays{Set: []clinic.Holiday{good}})
		refuses(t, err, fault.Forbidden, "permission")
		if _, there := c.holidays(t, 1406)[good.Day]; there {
			t.Error("half of a refused change was written")
		}
	})
}

func TestHolidaysSayWhatIsBookedOnThem(t *testing.T) {
	eachCalendar(t, func(t *testing.T, c calendar) {
		ctx := t.Context()
		day := jalali.Day("2026-12-01")
		c.book(t, desk.Book{Starts: at(t, "1405/09/10", 9, 0), Service: c.botox})
		gone := c.book(t, desk.Book{Starts: at(t, "1405/09/10", 10, 0), Service: c.botox})
		_, err := c.CancelAppointment(ctx, c.manager, desk.CancelAppointment{Reason: "سفر",
			OnAppointment: desk.OnAppointment{Appointment: gone.Appointment.ID, Version: &gone.Appointment.Version}})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.SaveHolidays(ctx, c.manager, desk.SaveHolidays{Set: []clinic.Holiday{{Day: day, Name: "برف"}}}); err != nil {
			t.Fatal(err)
		}
		all, err := c.BookedHolidays(ctx, c.manager, 1405)
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range all {
			if want := map[bool]int{true: 1}[h.Day == day]; h.Booked != want {
				t.Errorf("%s has %d, want %d", h.Day, h.Booked, want)
			}
		}
		_, err = c.BookedHolidays(ctx, c.manager, -5000)
		refuses(t, err, fault.Invalid, "date.range")
		_, err = c.BookedHolidays(ctx, c.as(clinic.Stockkeeper), 1405)
		refuses(t, err, fault.Forbidden, "permission")
	})
}

// A form that is older than the booking rules leaves them as they are.
func TestASaveWithoutRulesKeepsThem(t *testing.T) {
	eachCalendar(t, func(t *testing.T, c calendar) {
		ctx := t.Context()
		rules := clinic.BookingRules{SlotMinutes: 20, OpenDays: 30, Online: true, Biography: "متخصص پوست"}
		p, err := c.SaveProvider(ctx, c.manager, row(clinic.Provider{ID: c.rad, Name: "دکتر راد", Booking: rules, Standing: clinic.Standing{Version: 1}}))
		if err != nil {
			t.Fatal(err)
		}
		if p, err = c.SaveProvider(ctx, c.manager, row(clinic.Provider{ID: c.rad, Name: "دکتر راد ۲", Standing: p.Standing})); err != nil || p.Booking != rules {
			t.Errorf("%+v, %v", p, err)
		}
		_, err = c.SaveProvider(ctx, c.manager, row(clinic.Provider{ID: 12, Name: "کسی"}))
		refuses(t, err, fault.NotFound, "provider.none")
		now, err := c.Clinic(ctx, c.manager.Clinic)
		if err != nil {
			t.Fatal(err)
		}
		now.Appointments = clinic.AppointmentRules{HoldMinutes: 7, GraceMinutes: 20, NoShowsBlock: 2, Online: true}
		saved, err := c.SaveClinic(ctx, c.manager, row(now))
		if err != nil {
			t.Fatal(err)
		}
		old := saved
		old.Appointments = clinic.AppointmentRules{}
		if saved, err = c.SaveClinic(ctx, c.manager, row(old)); err != nil || saved.Appointments != now.Appointments {
			t.Errorf("%+v, %v", saved.Appointments, err)
		}
		_, err = c.SaveService(ctx, c.manager, row(desk.SaveService{Service: clinic.Service{Code: "x", Name: "ن", Device: 12, Section: c.section(t, "x").ID}, Price: 1}))
		refuses(t, err, fault.NotFound, "resource.none")
	})
}
