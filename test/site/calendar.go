package site

import (
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/jalali"
)

// Calendar is what a clinic with appointments has beside its people: دکتر راد
// and دکتر سهرابی, who work from Saturday to Wednesday 9 to 13 and 16 to 20, and
// today's appointments.
type Calendar struct {
	Rad, Sohrabi clinic.ProviderID
	Today        jalali.Day
	Booked       clinic.AppointmentID // Maryam's, 12:00 to 12:30 with Rad
	CheckedIn    clinic.AppointmentID // Zahra's, 12:30 to 13:00 with Rad
	Tomorrow     clinic.AppointmentID // Ali's, 10:00 with Sohrabi
	Waiting      clinic.WaitID        // Ali waits for Rad
}

// LivelyCalendar gives the clinic working hours and appointments.
func (s *Site) LivelyCalendar(t testing.TB) (c Calendar) {
	t.Helper()
	ctx := t.Context()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	c.Rad, c.Today = s.doctor, "2026-11-24"
	other, err := s.Desk.SaveProvider(ctx, s.Manager, desk.Save[clinic.Provider]{Row: clinic.Provider{Name: "دکتر سهرابی"}})
	must(err)
	c.Sohrabi = other.ID
	room, err := s.Desk.SaveResource(ctx, s.Manager, desk.Save[clinic.Resource]{Row: clinic.Resource{Branch: s.Manager.Branch, Kind: clinic.Room, Code: "3", Name: "اتاق ۳", Capacity: 2}})
	must(err)
	for _, p := range []clinic.ProviderID{c.Rad, c.Sohrabi} {
		for day := jalali.Saturday; day <= jalali.Wednesday; day++ {
			for _, hours := range [][2]int{{9, 13}, {16, 20}} {
				_, err := s.Desk.SaveWorkShift(ctx, s.Manager, desk.Save[clinic.WorkShift]{Row: clinic.WorkShift{Provider: p, Branch: s.Manager.Branch,
					Room: room.ID, Weekday: day, From: hours[0] * 60, Until: hours[1] * 60}})
				must(err)
			}
		}
	}
	_, err = s.Desk.SaveException(ctx, s.Manager, desk.Save[clinic.Exception]{Row: clinic.Exception{Kind: clinic.Leave, Provider: c.Sohrabi,
		First: c.Today, From: 18 * 60, Until: 20 * 60, Reason: "همایش"}})
	must(err)
	book := func(patient clinic.PatientID, provider clinic.ProviderID, day jalali.Day, minute, minutes int, over bool) clinic.AppointmentID {
		t.Helper()
		starts, ok := day.At(minute, s.Zone(t))
		if !ok {
			t.Fatalf("%s has no minute %d", day, minute)
		}
		done, err := s.Desk.Book(ctx, s.Manager, desk.Book{Patient: patient, Provider: provider, Service: s.visit, Starts: starts, Minutes: minutes, Overbook: over})
		must(err)
		return done.Appointment.ID
	}
	c.Booked = book(s.Maryam, c.Rad, c.Today, 12*60, 30, false)
	c.CheckedIn = book(s.Zahra, c.Rad, c.Today, 12*60+30, 30, false)
	_, err = s.Desk.CheckIn(ctx, s.Manager, desk.OnAppointment{Appointment: c.CheckedIn})
	must(err)
	book(s.Ali, c.Rad, c.Today, 16*60, 45, false)
	book(s.Zahra, c.Rad, c.Today, 16*60+15, 15, true)
	c.Tomorrow = book(s.Ali, c.Sohrabi, c.Today.Add(1), 10*60, 60, false)
	wait, err := s.Desk.JoinWaitlist(ctx, s.Manager, desk.JoinWaitlist{Wait: clinic.Wait{Patient: s.Ali, Provider: c.Rad, Part: clinic.Morning}})
	must(err)
	c.Waiting = wait.ID
	return c
}

// Zone is where the clinic is.
func (s *Site) Zone(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Tehran")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}
