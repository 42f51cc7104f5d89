package desk_test

import (
	"strconv"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
)

// The report counts what was done in its days, by what came of it and by who did
// it; what is open, was cancelled or was done on another day is not in it.
func TestActivitiesAreCountedByWhatCameOfThem(t *testing.T) {
	eachCalendar(t, func(t *testing.T, c calendar) {
		sara := c.hire(t, clinic.Staff{Name: "سارا", Role: clinic.CRM})
		bySara := clinic.Actor{Clinic: c.manager.Clinic, Staff: sara.ID, Role: clinic.CRM, Branch: c.manager.Branch}
		end := func(actor clinic.Actor, outcome clinic.ActivityOutcome) {
			a := c.call(t, "تماس", 0)
			if _, err := c.CompleteActivity(t.Context(), actor, desk.CompleteActivity{Activity: a.ID, Outcome: outcome}); err != nil {
				t.Fatal(err)
			}
		}
		end(c.manager, clinic.OutcomeDeclined)
		c.clock.pass(48 * time.Hour)
		end(c.manager, clinic.OutcomeAnswered)
		end(bySara, clinic.OutcomeBooked)
		end(bySara, clinic.OutcomeBooked)
		c.call(t, "هنوز نه", 0)

		today := desk.ReportQuery{From: "2026-11-25", To: "2026-11-25"}
		r, err := c.CRMReport(t.Context(), c.manager, today)
		if err != nil || r.Total.Count != 3 || r.Total.Booked != 2 || len(r.Lines) != 2 || r.Lines[0].Key != "booked" || r.Lines[0].Count != 2 || r.Lines[1].Key != "answered" {
			t.Errorf("by outcome: %+v, %v", r, err)
		}
		today.By = "owner"
		r, err = c.CRMReport(t.Context(), c.manager, today)
		if err != nil || len(r.Lines) != 2 || r.Lines[0].Name != "سارا" || r.Lines[0].Key != strconv.FormatInt(int64(sara.ID), 10) || r.Lines[0].Booked != 2 || r.Lines[1].Count != 1 {
			t.Errorf("by owner: %+v, %v", r, err)
		}
		if r, err = c.CRMReport(t.Context(), c.manager, desk.ReportQuery{}); err != nil || r.Total.Count != 4 {
			t.Errorf("the last thirty days: %+v, %v", r, err)
		}
		if _, err := c.CRMReport(t.Context(), c.manager, desk.ReportQuery{By: "method"}); fault.Code(err) != "report.by_activity" {
			t.Errorf("by method: %v", err)
		}
		north, err := c.SaveBranch(t.Context(), c.manager, desk.Save[clinic.Branch]{Row: clinic.Branch{Code: "north", Name: "شمال"}})
		if err != nil {
			t.Fatal(err)
		}
		if r, err = c.CRMReport(t.Context(), c.manager, desk.ReportQuery{Branch: north.ID}); err != nil || r.Total.Count != 0 {
			t.Errorf("of another branch: %+v, %v", r, err)
		}
	})
}
