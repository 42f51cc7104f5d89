package desk

import (
	"context"

	"daftar/internal/clinic"
	"daftar/internal/fault"
)

// draftToUndo reads a unit that posted nothing: all that it wrote may be a
// draft of an admission. Refused undo.used when that is a draft no more.
func (w work) draftToUndo(ctx context.Context, u unit) (unit, error) {
	a, err := w.AdmissionOfUnit(ctx, u.id)
	if err != nil {
		return u, err
	}
	if _, err := w.person(ctx, a.Patient); fault.Of(err) == fault.NotFound {
		return u, fault.New(fault.NotFound, "undo.none", "there is nothing called %d to undo", u.id)
	} else if err != nil {
		return u, err
	}
	if err := w.clinic.Rules.MayUndo(w.actor, a.Staff, a.Recorded, w.now); err != nil {
		return u, err
	}
	done, _, err := w.Undone(ctx, u.id)
	if err != nil {
		return u, err
	}
	if done {
		return u, fault.New(fault.Refused, "undo.done", "it is undone already")
	}
	if a.Status != clinic.Draft || a.Booked {
		return u, used("it is no longer the draft that was written")
	}
	u.what, u.draft, u.patients = RowDraft, a.ID, []clinic.PatientID{a.Patient}
	return u, nil
}

// undoDraft cancels the draft that a unit wrote.
func (w work) undoDraft(ctx context.Context, u unit) error {
	a, err := w.Admission(ctx, u.draft)
	if err == nil {
		_, err = w.cancel(ctx, a, u.reason, "", w.now)
	}
	return err
}
