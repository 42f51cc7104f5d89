// Package jobs does what nobody has to ask for: every minute it lets the desk
// look after what is due in each clinic. It holds no rule and no state; each job
// is a method of the desk that may run at any time and any number of times.
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
		for _, job := range l.jobs() {
			if ctx.Err() != nil {
				return
			}
			l.note(ctx, job.name, c, guarded(ctx, c, job.do))
		}
	}
}

// guarded lets a job that breaks end no more than itself. What a panic says may
// hold a patient's data, so only where it happened is told.
func guarded(ctx context.Context, c clinic.ID, do func(ctx context.Context, c clinic.ID) error) (err error) {
	defer func() {
		if recover() != nil {
			err = fmt.Errorf("panic: %s", debug.Stack())
		}
	}()
	return do(ctx, c)
}

type job struct {
	name string
	do   func(ctx context.Context, c clinic.ID) error
}

// jobs are in the order of who waits for them.
func (l *Loop) jobs() []job {
	return []job{
		{"messages", func(ctx context.Context, c clinic.ID) error {
			_, err := l.Desk.SendMessages(ctx, c, l.Send)
			return err
		}},
		{"holds", l.Desk.ExpireHolds},
		{"payments", func(ctx context.Context, c clinic.ID) error {
			if l.Gate == nil {
				return nil
			}
			_, err := l.Desk.AskPayments(ctx, c, l.Gate)
			return err
		}},
		{"missed appointments", func(ctx context.Context, c clinic.ID) error { _, err := l.Desk.MarkMissed(ctx, c); return err }},
		{"activities", func(ctx context.Context, c clinic.ID) error { _, err := l.Desk.MakeActivities(ctx, c); return err }},
	}
}

// note writes down what went wrong, unless the program is ending.
func (l *Loop) note(ctx context.Context, name string, c clinic.ID, err error) {
	if err != nil && ctx.Err() == nil {
		l.Log.ErrorContext(ctx, "job failed", "job", name, "clinic", c, "err", err)
	}
}
