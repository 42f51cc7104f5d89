package site

import (
	"context"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/jalali"
	"daftar/internal/money"
)

// Calendar lets the doctor of the clinic work every day but Friday from 9 to 13
// and from 16 to 20, and the botox last half an hour and ask for half its price
// as a deposit. It returns who does it and what.
func (s *Site) Calendar(t testing.TB) (clinic.ProviderID, clinic.ServiceID) {
	t.Helper()
	ctx := context.Background()
	for day := jalali.Saturday; day <= jalali.Thursday; day++ {
		for _, hours := range [][2]int{{9, 13}, {16, 20}} {
			_, err := s.Desk.SaveWorkShift(ctx, s.Manager, desk.Save[clinic.WorkShift]{Row: clinic.WorkShift{Provider: s.doctor, Branch: s.Manager.Branch,
				Weekday: day, From: hours[0] * 60, Until: hours[1] * 60}})
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	offer, err := s.Desk.Catalogue(ctx, s.Manager)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range offer.Services {
		if p.ID != s.botox {
			continue
		}
		p.Service.Duration, p.Service.Deposit = 30, clinic.DepositRule{Rate: 5000}
		if _, err := s.Desk.SaveService(ctx, s.Manager, desk.Save[desk.SaveService]{Row: desk.SaveService{Service: p.Service, Price: p.Price}}); err != nil {
			t.Fatal(err)
		}
	}
	return s.doctor, s.botox
}

// Book keeps a time for somebody, half an hour of botox, with a deposit that is
// paid in cash when it is not 0.
func (s *Site) Book(t testing.TB, patient clinic.PatientID, starts time.Time, deposit money.Amount) clinic.AppointmentID {
	t.Helper()
	cmd := desk.Book{Patient: patient, Provider: s.doctor, Service: s.botox, Starts: starts}
	if deposit > 0 {
		cmd.Deposit = &desk.BookDeposit{Amount: deposit, Lines: []clinic.MoneyLine{{Method: clinic.Cash, Amount: deposit}}}
	}
	done, err := s.Desk.Book(context.Background(), s.Manager, cmd)
	if err != nil {
		t.Fatal(err)
	}
	return done.Appointment.ID
}

// Wait puts somebody on the waitlist, for any time with anybody.
func (s *Site) Wait(t testing.TB, patient clinic.PatientID) {
	t.Helper()
	if _, err := s.Desk.JoinWaitlist(context.Background(), s.Manager, desk.JoinWaitlist{Wait: clinic.Wait{Patient: patient}}); err != nil {
		t.Fatal(err)
	}
}
