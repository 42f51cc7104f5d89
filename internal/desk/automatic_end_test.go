package desk_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/jalali"
)

// bornFrom registers so many people for each of some days, born on that day of
// another year.
func (o office) bornFrom(t *testing.T, first jalali.Day, days, each int) (people []clinic.PatientID) {
	t.Helper()
	err := o.Batch(t.Context(), o.manager, false, func(b desk.Batch) error {
		people = nil
		for n := range days * each {
			born := first.Add(n / each).Date()
			born.Year -= 30
			p, err := b.Patient(t.Context(), clinic.Patient{FirstName: fmt.Sprint("نام", n), LastName: "شمار", BirthDate: born.Civil()})
			if err != nil {
				return err
			}
			people = append(people, p.ID)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return people
}

// endsOften runs a job so many times in programs that end in the middle, then
// once to its end, and returns how many of them did end early.
func (o office) endsOften(t *testing.T, luck *rand.Rand, times, ids int, job func(ctx context.Context, d *desk.Desk) (int, error)) (cuts int) {
	t.Helper()
	for range times {
		if ends(t, o.store, o.clock, o.ids, luck.IntN(ids), luck.IntN(2) == 0, func(ctx context.Context, d *desk.Desk) error {
			_, err := job(ctx, d)
			return err
		}) {
			cuts++
		}
	}
	if _, err := job(t.Context(), o.Desk); err != nil {
		t.Fatal(err)
	}
	return cuts
}

// The program ends a hundred times while it makes the activities of birthdays
// and of those who did not come: each is there once.
func TestAnActivitySurvivesAHundredEnds(t *testing.T) {
	eachTalking(t, func(t *testing.T, p page) {
		luck := rand.New(rand.NewPCG(13, 17))
		c, err := p.Clinic(t.Context(), p.clinicID())
		if err != nil {
			t.Fatal(err)
		}
		c.Activities.Birthday = true
		if c, err = p.SaveClinic(t.Context(), p.manager, desk.Save[clinic.Clinic]{Row: c}); err != nil {
			t.Fatal(err)
		}
		people := p.bornFrom(t, p.Today(c), 9, 5)
		for hour := 16; hour < 20; hour++ {
			p.book(t, desk.Book{Starts: at(t, "1405/09/02", hour, 0)})
		}
		cuts := 0
		for range 9 {
			cuts += p.endsOften(t, luck, 10, 11, func(ctx context.Context, d *desk.Desk) (int, error) { return d.MakeActivities(ctx, p.clinicID()) })
			p.clock.pass(24 * time.Hour)
		}
		cuts += p.endsOften(t, luck, 10, 10, func(ctx context.Context, d *desk.Desk) (int, error) { return d.MarkMissed(ctx, p.clinicID()) })
		if cuts < 50 {
			t.Errorf("only %d ends came in the middle", cuts)
		}
		for _, id := range people {
			p.hasActivities(t, id, clinic.CauseBirthday, 1)
		}
		p.hasActivities(t, p.patient, clinic.CauseNoShow, 4)
	})
}

// hasActivities counts the activities of a patient because of something.
func (p page) hasActivities(t *testing.T, id clinic.PatientID, cause clinic.ActivityCause, want int) {
	t.Helper()
	tab, err := p.Activities(t.Context(), p.manager, id, desk.View{})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, row := range tab.Rows {
		if row.Cause == cause {
			n++
		}
	}
	if n != want {
		t.Errorf("patient %d has %d activities because of %s, want %d", id, n, cause, want)
	}
}

// The program ends a hundred times while it gives the points of birthdays and
// ends those that lapsed: each member has them once, and then none.
func TestPointsSurviveAHundredEnds(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		luck := rand.New(rand.NewPCG(19, 23))
		o.openClub(t)
		c, err := o.Clinic(t.Context(), o.manager.Clinic)
		if err != nil {
			t.Fatal(err)
		}
		people := o.bornFrom(t, o.Today(c), 5, 8)
		for _, id := range people { // who has points is a member
			if _, err := o.AdjustPoints(t.Context(), o.manager, desk.AdjustPoints{Patient: id, Points: 10, Note: "x"}); err != nil {
				t.Fatal(err)
			}
		}
		cuts := 0
		for range 5 {
			cuts += o.endsOften(t, luck, 10, 40, func(ctx context.Context, d *desk.Desk) (int, error) { return d.GivePointsOfDay(ctx, o.manager.Clinic) })
			o.clock.pass(24 * time.Hour)
		}
		for _, id := range people {
			if got := o.points(t, id); got != 10+c.ClubRules.Birthday.Points {
				t.Errorf("member %d has %d points", id, got)
			}
		}
		o.clock.pass(370 * 24 * time.Hour)
		cuts += o.endsOften(t, luck, 50, 150, func(ctx context.Context, d *desk.Desk) (int, error) { return d.LapsePoints(ctx, o.manager.Clinic) })
		if cuts < 50 {
			t.Errorf("only %d ends came in the middle", cuts)
		}
		for _, id := range people {
			if got := o.points(t, id); got != 0 {
				t.Errorf("member %d still has %d points", id, got)
			}
		}
		if _, err := o.Verify(t.Context(), desk.VerifyOptions{}); err != nil {
			t.Error(err)
		}
	})
}
