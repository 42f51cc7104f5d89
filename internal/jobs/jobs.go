// Package jobs does what nobody has to ask for: every minute it lets the desk
// look after what is due in each clinic. It holds no rule and no state; each job
// is a method of the desk that may run at any time and any number of times. What
// ran and what became of it is written down by the desk (ADR 18).
package jobs

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
)

// every is how often the jobs run by themselves.
const every = time.Minute

// Options are what the jobs work with.
type Options struct {
	Desk *desk.Desk
	Send desk.Send
	Gate desk.Gate // nil: there is no gateway
	Log  *slog.Logger
}

// Loop runs the jobs until it is told to stop.
type Loop struct {
	Options
	kick chan struct{}
	done sync.WaitGroup
}

// New returns the loop before it runs.
func New(o Options) *Loop { return &Loop{Options: o, kick: make(chan struct{}, 1)} }

// Start runs the jobs at once and then every minute until ctx ends. What goes
// wrong is in the log and stops nothing.
func (l *Loop) Start(ctx context.Context) {
	l.done.Go(func() {
		ticks := time.NewTicker(every)
		defer ticks.Stop()
		for {
			l.Run(ctx)
			select {
			case <-ctx.Done():
				return
			case <-ticks.C:
			case <-l.kick:
			}
		}
	})
}

// Kick has the jobs run now, for a message that somebody waits for. It does not
// wait for them.
func (l *Loop) Kick() {
	select {
	case l.kick <- struct{}{}:
	default: // they are about to
	}
}

// Wait returns when the loop has ended.
func (l *Loop) Wait() { l.done.Wait() }

// Run runs every job of every clinic once.
func (l *Loop) Run(ctx context.Context) {
	clinics, err := l.Desk.Clinics(ctx)
	l.note(ctx, "clinics", 0, err)
	for _, c := range clinics {
		for _, job := range clinic.Jobs {
			if ctx.Err() != nil {
				return
			}
			l.note(ctx, job.Name, c, l.Desk.RunJob(ctx, c, job, guarded(l.doing(job.Name))))
		}
	}
}

// deed is what a job does in a clinic; it answers how much that was.
type deed func(ctx context.Context, c clinic.ID) (int, error)

// guarded lets a job that breaks end no more than itself. What a panic says may
// hold a patient's data, so only where it happened is told.
func guarded(do deed) deed {
	return func(ctx context.Context, c clinic.ID) (did int, err error) {
		defer func() {
			if recover() != nil {
				err = fmt.Errorf("panic\n%s", debug.Stack())
			}
		}()
		return do(ctx, c)
	}
}

// doing is what the job of that name does. One without a name here is a mistake
// that the log tells every minute.
func (l *Loop) doing(name string) deed {
	switch name {
	case clinic.JobMessages:
		return func(ctx context.Context, c clinic.ID) (int, error) { return l.Desk.SendMessages(ctx, c, l.Send) }
	case clinic.JobHolds:
		return func(ctx context.Context, c clinic.ID) (int, error) { return 0, l.Desk.ExpireHolds(ctx, c) }
	case clinic.JobPayments:
		return func(ctx context.Context, c clinic.ID) (int, error) {
			if l.Gate == nil {
				return 0, nil
			}
			return l.Desk.AskPayments(ctx, c, l.Gate)
		}
	case clinic.JobReminders:
		return l.Desk.RemindAppointments
	case clinic.JobMissed:
		return l.Desk.MarkMissed
	case clinic.JobActivities:
		return l.Desk.MakeActivities
	case clinic.JobLapse:
		return l.Desk.LapsePoints
	case clinic.JobGifts:
		return l.Desk.GivePointsOfDay
	case clinic.JobGreetings:
		return l.Desk.Greet
	case clinic.JobCampaigns:
		return l.Desk.SendCampaigns
	case clinic.JobTidying:
		return l.Desk.TidyJobs
	}
	return func(context.Context, clinic.ID) (int, error) { return 0, fmt.Errorf("there is no job %s", name) }
}

// note writes down what went wrong, unless the program is ending.
func (l *Loop) note(ctx context.Context, name string, c clinic.ID, err error) {
	if err != nil && ctx.Err() == nil {
		l.Log.ErrorContext(ctx, "job failed", "job", name, "clinic", c, "err", err)
	}
}
