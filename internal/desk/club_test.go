package desk_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
)

// openClub switches the customer club on.
func (o office) openClub(t *testing.T) {
	t.Helper()
	c, err := o.Clinic(t.Context(), o.manager.Clinic)
	if err == nil {
		c.Club = true
		_, err = o.SaveClinic(t.Context(), o.manager, desk.Save[clinic.Clinic]{Row: c})
	}
	if err != nil {
		t.Fatal(err)
	}
}

// points are what a patient can spend.
func (o office) points(t *testing.T, p clinic.PatientID) int64 {
	t.Helper()
	b, err := o.Balance(t.Context(), o.manager, p, desk.View{})
	if err != nil {
		t.Fatal(err)
	}
	return b.Points
}

// Fifty desks turn the points of one patient into codes at once: no point is
// spent twice, and one request sent fifty times makes one code.
func TestPointsAreSpentOnce(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		o.openClub(t)
		p := o.register(t, clinic.Patient{FirstName: "زهرا", LastName: "کریمی"})
		if _, err := o.AdjustPoints(t.Context(), o.manager, desk.AdjustPoints{Patient: p.ID, Points: 1050, Note: "x"}); err != nil {
			t.Fatal(err)
		}
		at := func(key func(n int) string) (made int64) {
			var done atomic.Int64
			var all sync.WaitGroup
			for n := range 50 {
				all.Go(func() {
					_, err := o.RedeemPoints(t.Context(), o.manager, desk.RedeemPoints{Patient: p.ID, Points: 100, Request: desk.Request{Key: key(n)}})
					switch {
					case err == nil:
						done.Add(1)
					case fault.Code(err) != "club.short":
						t.Error(err)
					}
				})
			}
			all.Wait()
			return done.Load()
		}
		if at(func(int) string { return "one" }) != 50 || o.points(t, p.ID) != 950 {
			t.Errorf("one request fifty times: %d points left, want 950", o.points(t, p.ID))
		}
		if made := at(func(n int) string { return fmt.Sprint("n", n) }); made != 9 || o.points(t, p.ID) != 50 {
			t.Errorf("%d codes of 950 points, %d left", made, o.points(t, p.ID))
		}
		r, err := o.ClubReport(t.Context(), o.manager, 0)
		if err != nil || r.Count != 1 || r.Points != 50 || r.Worth != 50_000 || len(r.Members) != 1 || r.Members[0].Lifetime != 1050 || len(r.Months) != 12 {
			t.Fatalf("the report: %+v, %v", r, err)
		}
		if now := r.Months[11]; now.Given != 1050 || now.Spent != 1000 || now.Expired != 0 {
			t.Errorf("this month: %+v", now)
		}
		o.clock.pass(40 * 24 * time.Hour)
		if _, err := o.AdjustPoints(t.Context(), o.manager, desk.AdjustPoints{Patient: p.ID, Points: -20, Note: "x"}); err != nil {
			t.Fatal(err)
		}
		tab, err := o.Club(t.Context(), o.manager, p.ID, desk.View{})
		if err != nil || len(tab.Months) != 12 {
			t.Fatalf("the tab: %+v, %v", tab.Months, err)
		}
		if before, then, now := tab.Months[9], tab.Months[10], tab.Months[11]; before.Left != 0 || then.Given != 1050 || then.Spent != 1000 || then.Left != 50 || now.Given != -20 || now.Left != 30 {
			t.Errorf("the points over time: %+v", tab.Months)
		}
		if _, err := o.Verify(t.Context(), desk.VerifyOptions{}); err != nil {
			t.Error(err)
		}
	})
}

// The jobs of the club may run at any time and together: a birthday and the end
// of a lot each count once.
func TestClubJobsRunAnyNumberOfTimes(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		o.openClub(t)
		c, err := o.Clinic(t.Context(), o.manager.Clinic)
		if err != nil {
			t.Fatal(err)
		}
		born := o.Today(c).Date()
		born.Year -= 30
		p := o.register(t, clinic.Patient{FirstName: "زهرا", LastName: "کریمی", BirthDate: born.Civil()})
		if _, err := o.AdjustPoints(t.Context(), o.manager, desk.AdjustPoints{Patient: p.ID, Points: 300, Note: "x"}); err != nil {
			t.Fatal(err)
		}
		together := func(job func(c clinic.ID) (int, error)) int64 {
			var sum atomic.Int64
			var all sync.WaitGroup
			for range 8 {
				all.Go(func() {
					n, err := job(o.manager.Clinic)
					if err != nil {
						t.Error(err)
					}
					sum.Add(int64(n))
				})
			}
			all.Wait()
			return sum.Load()
		}
		if gifts := together(func(c clinic.ID) (int, error) { return o.GivePointsOfDay(t.Context(), c) }); gifts != 1 || o.points(t, p.ID) != 450 {
			t.Errorf("%d gifts, %d points", gifts, o.points(t, p.ID))
		}
		o.clock.pass(366 * 24 * time.Hour)
		if ended := together(func(c clinic.ID) (int, error) { return o.LapsePoints(t.Context(), c) }); ended != 2 || o.points(t, p.ID) != 0 {
			t.Errorf("%d lots ended, %d points left", ended, o.points(t, p.ID))
		}
		if _, err := o.Verify(t.Context(), desk.VerifyOptions{}); err != nil {
			t.Error(err)
		}
	})
}

// While the club is off nothing is earned and nothing shows, but what goes back
// takes its points along.
func TestAClubThatIsOff(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		p := o.register(t, clinic.Patient{FirstName: "زهرا", LastName: "کریمی"})
		if _, err := o.AdjustPoints(t.Context(), o.manager, desk.AdjustPoints{Patient: p.ID, Points: 5, Note: "x"}); fault.Code(err) != "club.off" {
			t.Errorf("by hand: %v", err)
		}
		if _, err := o.RedeemPoints(t.Context(), o.manager, desk.RedeemPoints{Patient: p.ID, Points: 500}); fault.Code(err) != "club.off" {
			t.Errorf("redeemed: %v", err)
		}
		if _, err := o.Club(t.Context(), o.manager, p.ID, desk.View{}); fault.Code(err) != "club.off" {
			t.Errorf("the tab: %v", err)
		}
		if _, err := o.ClubReport(t.Context(), o.manager, 0); fault.Code(err) != "club.off" {
			t.Errorf("the page: %v", err)
		}
		if n, err := o.GivePointsOfDay(t.Context(), o.manager.Clinic); n != 0 || err != nil {
			t.Errorf("the job: %d, %v", n, err)
		}
	})
}

// What a code could give beyond the patient's share is said before it is lost.
func TestWhatACodeLosesIsSaid(t *testing.T) {
	eachCalendar(t, func(t *testing.T, c calendar) {
		c.openClub(t)
		if _, err := c.AdjustPoints(t.Context(), c.manager, desk.AdjustPoints{Patient: c.patient, Points: 30_000, Note: "x"}); err != nil {
			t.Fatal(err)
		}
		code, err := c.RedeemPoints(t.Context(), c.manager, desk.RedeemPoints{Patient: c.patient, Points: 30_000})
		if err != nil {
			t.Fatal(err)
		}
		order := desk.Admit{Patient: c.patient, Lines: []desk.OrderedLine{{Service: c.botox, Quantity: 1}}, Request: desk.Request{DryRun: true}}
		plain, err := c.Admit(t.Context(), c.manager, order)
		if err != nil || plain.CodeUnused != 0 {
			t.Fatal(plain.CodeUnused, err)
		}
		order.Code = code.Code.Code
		with, err := c.Admit(t.Context(), c.manager, order)
		if share := plain.Admission.PatientShare; err != nil || share <= 0 || share >= code.Code.Amount || with.CodeUnused != code.Code.Amount-share {
			t.Errorf("%d of %d for %d are unused, %v", with.CodeUnused, code.Code.Amount, share, err)
		}
	})
}
