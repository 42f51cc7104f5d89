package desk

import (
	"context"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/store"
)

// Activity stores something that is to be done about a patient, or with done
// what was done.
func (b Batch) Activity(ctx context.Context, a clinic.Activity, done bool) (clinic.ActivityID, error) {
	w := b.w
	a, err := a.Check(w.today())
	if err != nil {
		return 0, err
	}
	p, err := w.party(ctx, a)
	if err != nil {
		return 0, err
	}
	a.ID, a.Patient, a.Branch, a.Status = clinic.ActivityID(w.id()), p.ID, w.actor.Branch, clinic.ActivityOpen
	a.Recorded, a.Staff, a.Version, a.Cause, a.Object = w.now, w.actor.Staff, 1, "", 0
	if done {
		if a, err = a.Complete(a.Outcome, a.Result, w.actor.Staff, w.now); err != nil {
			return 0, err
		}
	}
	if err := w.Tx.AddActivity(ctx, a); err != nil {
		return 0, err
	}
	return a.ID, w.leadWorked(ctx, a)
}

// CompleteActivity says what came of an activity, and what comes after it.
func (b Batch) CompleteActivity(ctx context.Context, id clinic.ActivityID, outcome clinic.ActivityOutcome, result string, next *clinic.NextActivity) error {
	found, err := b.w.Tx.Activity(ctx, id)
	if err != nil {
		return err
	}
	a, err := found.Complete(outcome, result, b.w.actor.Staff, b.w.now)
	if err != nil {
		return err
	}
	if err := b.w.SaveActivity(ctx, a); err != nil || next == nil {
		return err
	}
	p, err := b.w.party(ctx, a)
	if err != nil {
		return err
	}
	return b.w.plan(ctx, a, p, next)
}

// DropActivity says that an open activity is not to be done any more, and why.
func (b Batch) DropActivity(ctx context.Context, id clinic.ActivityID, reason string) error {
	found, err := b.w.Tx.Activity(ctx, id)
	if err != nil {
		return err
	}
	a, err := found.Cancel(reason, b.w.actor.Staff, b.w.now)
	if err != nil {
		return err
	}
	return b.w.SaveActivity(ctx, a)
}

// ActivitiesAbout lists the activities of a person.
func (b Batch) ActivitiesAbout(ctx context.Context, p clinic.PatientID) (ids []clinic.Activity, err error) {
	found, err := b.w.ActivitiesOf(ctx, clinic.Files{p}, store.Moment{})
	for _, a := range found {
		ids = append(ids, a.Activity)
	}
	return ids, err
}

// Wait stores that a patient waits for a time; without a branch it is the
// actor's.
func (b Batch) Wait(ctx context.Context, wait clinic.Wait) (clinic.WaitID, error) {
	wait, err := b.w.joins(ctx, wait)
	return wait.ID, err
}

// EndWait says that the patient does not wait any more.
func (b Batch) EndWait(ctx context.Context, id clinic.WaitID) error {
	found, err := b.w.waitLine(ctx, id)
	if err != nil {
		return err
	}
	found.Status = clinic.WaitEnded
	return b.w.SaveWait(ctx, found)
}

// Deliver says what became of the messages about an object that wait to be
// sent: sent at the instant, or failed with what the provider of messages said.
func (b Batch) Deliver(ctx context.Context, object int64, at time.Time, failure string) error {
	messages, err := b.w.MessagesAbout(ctx, object)
	if err != nil {
		return err
	}
	for _, m := range messages {
		if m.Status != "queued" {
			continue
		}
		was := m
		m.Status, m.Tries, m.Sent = "sent", 1, at
		if failure != "" {
			m.Status, m.Tries, m.Sent, m.Error = "failed", 8, time.Time{}, failure
		}
		if _, err := b.w.SetMessage(ctx, m, was); err != nil {
			return err
		}
	}
	return nil
}
