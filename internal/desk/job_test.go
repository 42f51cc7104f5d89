package desk_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
)

// Runs are written down: what did something or failed has a row of its own, what
// found nothing to do shares one; who asks gets the next run.
func TestRunsOfJobsAreWrittenDown(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		ctx, c := t.Context(), o.manager.Clinic
		hourly := clinic.Job{Name: clinic.JobGreetings, Every: time.Hour}
		ran := 0
		run := func(did int, failed error) {
			err := o.RunJob(ctx, c, hourly, func(context.Context, clinic.ID) (int, error) {
				ran++
				o.clock.pass(time.Second)
				return did, failed
			})
			if !errors.Is(err, failed) {
				t.Fatal(err)
			}
		}
		state := func() desk.JobState {
			all, err := o.Jobs(ctx, o.manager)
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range all {
				if s.Name == hourly.Name {
					return s
				}
			}
			return desk.JobState{}
		}
		run(0, nil)
		run(0, nil) // not due
		if ran != 1 {
			t.Errorf("it ran %d times within an hour", ran)
		}
		o.clock.pass(time.Hour)
		run(0, nil)
		if s := state(); len(s.Runs) != 1 || s.Runs[0].Runs != 2 || s.Runs[0].Ended.Sub(s.Runs[0].Started) != time.Second {
			t.Errorf("%+v", s)
		}
		for range 2 { // a double click
			if _, err := o.AskJob(ctx, o.manager, desk.AskJob{Job: hourly.Name}); err != nil {
				t.Fatal(err)
			}
		}
		if s := state(); len(s.Runs) != 2 || !s.Runs[0].Started.IsZero() || s.Runs[0].StaffName != "مدیر آزمون" {
			t.Errorf("%+v", s)
		}
		run(3, errors.New("the line is busy\nand its stack"))
		if s := state(); ran != 3 || len(s.Runs) != 2 || s.Runs[0].Error != "the line is busy" || s.Runs[0].Did != 3 {
			t.Errorf("%d %+v", ran, s)
		}
		_, err := o.AskJob(ctx, o.manager, desk.AskJob{Job: "nothing"})
		refuses(t, err, fault.NotFound, "job.none")
		_, err = o.AskJob(ctx, o.as(clinic.Receptionist), desk.AskJob{Job: hourly.Name})
		refuses(t, err, fault.Forbidden, "permission")
		o.clock.pass(clinic.JobRunKept + time.Hour)
		if n, err := o.TidyJobs(ctx, c); err != nil || n != 2 {
			t.Errorf("%d forgotten, %v", n, err)
		}
	})
}
