package desk

import (
	"context"
	"slices"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/store"
)

// RunJob runs a job of a clinic when it is due or asked for, and writes down
// when it began and ended, how much it did and what went wrong. What it does
// runs outside any transaction of this; it answers how much it did.
func (d *Desk) RunJob(ctx context.Context, c clinic.ID, job clinic.Job, do func(ctx context.Context, c clinic.ID) (int, error)) error {
	var run clinic.JobRun
	due := false
	err := d.write(ctx, byItself(c), func(w work) (err error) {
		run, due, err = w.nextRun(ctx, job)
		if err != nil || !due {
			return err
		}
		return w.BeginJob(ctx, run)
	})
	if err != nil || !due {
		return err
	}
	did, failed := do(ctx, c)
	if ctx.Err() != nil {
		return ctx.Err() // the program ends: a run without an end
	}
	run.Did, run.Ended = did, d.now()
	if failed != nil {
		run.Error = clinic.JobError(failed)
	}
	err = d.write(ctx, byItself(c), func(w work) error { return w.EndJob(ctx, run) })
	if failed != nil {
		return failed
	}
	return err
}

// nextRun is the run that is to begin now: the one that was asked for, the last
// one once more when that found nothing to do, or a new one; false when the job
// is not due.
func (w work) nextRun(ctx context.Context, job clinic.Job) (run clinic.JobRun, due bool, err error) {
	last, err := w.JobRuns(ctx, job.Name, 2)
	if err != nil {
		return run, false, err
	}
	run = clinic.JobRun{ID: w.id(), Job: job.Name, Started: w.now, Runs: 1}
	var began time.Time
	for i, r := range last {
		switch {
		case r.Started.IsZero():
			r.JobRun.Started = w.now
			return r.JobRun, true, nil
		case i == 0 && r.Idle():
			run.ID, run.Runs = r.ID, r.Runs+1
		}
		if r.Started.After(began) {
			began = r.Started
		}
	}
	return run, job.DueAfter(began, w.now), nil
}

// TidyJobs forgets the runs of long ago and returns how many.
func (d *Desk) TidyJobs(ctx context.Context, c clinic.ID) (forgotten int, err error) {
	err = d.write(ctx, byItself(c), func(w work) error {
		n, err := w.ForgetJobs(ctx, w.now.Add(-clinic.JobRunKept))
		forgotten = int(n)
		return err
	})
	return forgotten, err
}

// runsShown is how many runs of a job its page shows.
const runsShown = 5

// JobRun is a run with who asked for it.
type JobRun = store.JobRunItem

// JobState is a job with its last runs, the newest first, and when it runs
// next: the zero instant is as soon as the program comes to it.
type JobState struct {
	clinic.Job
	Runs []JobRun
	Next time.Time
}

// Jobs returns what the program does by itself.
func (d *Desk) Jobs(ctx context.Context, actor clinic.Actor) (all []JobState, err error) {
	if err := actor.May(clinic.WriteSettings); err != nil {
		return nil, err
	}
	err = d.read(ctx, actor, func(w work) error {
		all = nil
		for _, job := range clinic.Jobs {
			runs, err := w.JobRuns(ctx, job.Name, runsShown)
			if err != nil {
				return err
			}
			s := JobState{Job: job, Runs: runs}
			if len(runs) > 0 && !runs[0].Started.IsZero() {
				s.Next = runs[0].Started.Add(job.Every)
			}
			all = append(all, s)
		}
		return nil
	})
	return all, err
}

// AskJob is the command "run this job now".
type AskJob struct {
	Job     string
	Request Request `json:"-"`
}

// AskJob carries out the command: the job runs when the program comes to it the
// next time. NotFound job.none.
func (d *Desk) AskJob(ctx context.Context, actor clinic.Actor, cmd AskJob) (clinic.JobRun, error) {
	return command(ctx, d, actor, clinic.WriteSettings, "job.run", cmd.Request, cmd, func(w work) (clinic.JobRun, error) {
		run := clinic.JobRun{ID: w.id(), Job: cmd.Job, Asked: w.now, Staff: w.actor.Staff}
		if !slices.ContainsFunc(clinic.Jobs, func(j clinic.Job) bool { return j.Name == cmd.Job }) {
			return run, fault.New(fault.NotFound, "job.none", "there is no job %q", cmd.Job)
		}
		if err := w.Tx.AskJob(ctx, run); err != nil {
			return run, err
		}
		return run, w.audit(ctx, "job.run", 0, run.ID)
	})
}
