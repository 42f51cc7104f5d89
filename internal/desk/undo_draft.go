package desk

import (
	"context"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
)

// draftToUndo reads a unit that posted nothing: all that it wrote may be a
// draft of an admission. Refused undo.used when that is a draft no more.
func (w work) draftToUndo(ctx context.Context, u unit) (unit, error) {
	a, err := w.AdmissionOfUnit(ctx, u.id)
	if fault.Of(err) == fault.NotFound {
		return w.onlyTimesToUndo(ctx, u)
	}
	if err != nil {
		return u, err
	}
	if u.times, err = w.timesToUndo(ctx, u.id); err != nil {
		return u, err
	}
	if err := w.unpostedMayBeUndone(ctx, u.id, a.Patient, a.Staff, a.Recorded); err != nil {
		return u, err
	}
	if a.Status != clinic.Draft || a.Booked {
		return u, used("it is no longer the draft that was written")
	}
	u.what, u.draft, u.patients = RowDraft, a.ID, []clinic.PatientID{a.Patient}
	return u, nil
}

// unpostedMayBeUndone is whether the actor may still undo what a unit wrote for
// a patient without posting anything.
func (w work) unpostedMayBeUndone(ctx context.Context, unit int64, patient clinic.PatientID, by clinic.StaffID, done time.Time) error {
	if _, err := w.person(ctx, patient); fault.Of(err) == fault.NotFound {
		return fault.New(fault.NotFound, "undo.none", "there is nothing called %d to undo", unit)
	} else if err != nil {
		return err
	}
	if err := w.clinic.Rules.MayUndo(w.actor, by, done, w.now); err != nil {
		return err
	}
	undone, _, err := w.Undone(ctx, unit)
	if err == nil && undone {
		return fault.New(fault.Refused, "undo.done", "it is undone already")
	}
	return err
}

// undoDraft cancels the draft that a unit wrote.
func (w work) undoDraft(ctx context.Context, u unit) error {
	a, err := w.Admission(ctx, u.draft)
	if err == nil {
		_, err = w.cancel(ctx, a, u.reason, "", w.now)
	}
	return err
}
