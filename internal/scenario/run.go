package scenario

import (
	"context"
	"errors"
	"fmt"
	"time"

	"daftar/internal/clinic"
)

// Run plays a scenario on a fresh installation. What is not as the file says is
// a *Wrong, the first one.
func Run(ctx context.Context, f File, host Host) (err error) {
	zone, err := time.LoadLocation("Asia/Tehran")
	if err != nil {
		return fmt.Errorf("time zone: %w", err)
	}
	w := &world{ctx: ctx, host: host, zone: zone, tokens: map[string]string{}, patients: map[string]person{},
		admissions: map[string]admitted{}, sent: map[string]request{}, services: map[string]clinic.ServiceID{}, codes: map[string]string{},
		insurers: map[string]insurer{}, referrers: map[string]clinic.ReferrerID{}, opens: f.shifts, ownShifts: map[string]string{}, receipts: map[string][]string{},
		asked: map[string]account{}, clubCodes: map[string]string{}, campaigns: map[string]string{}}
	defer func() {
		if w.site.Close != nil {
			err = errors.Join(err, w.site.Close())
		}
	}()
	for _, s := range f.steps {
		if err := w.play(s); err != nil {
			return &Wrong{f.Name, s.line, s.text, err}
		}
	}
	if err := w.closed(); err != nil {
		last := f.steps[len(f.steps)-1]
		return &Wrong{f.Name, last.line, last.text, fmt.Errorf("at the end: %w", err)}
	}
	return nil
}

// play carries out one step and checks what is always true.
func (w *world) play(s step) error {
	if s.together != nil {
		if err := w.together(s.together); err != nil {
			return err
		}
	} else if err := s.do(w); err != nil {
		return err
	}
	if s.still {
		return nil
	}
	w.tick()
	return w.invariants()
}

// together carries out steps at once and reports the first that went wrong.
func (w *world) together(steps []step) error {
	failed := make([]error, len(steps))
	var tasks []func()
	for i, s := range steps {
		tasks = append(tasks, func() { failed[i] = s.do(w) })
	}
	w.host.Parallel(tasks)
	for i, err := range failed {
		if err != nil {
			return fmt.Errorf("line %d: %w", steps[i].line, err)
		}
	}
	return nil
}
