package desk

import (
	"context"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/store"
)

// returnToUndo reads a unit that gave a bounced cheque back, by which nothing
// moved. NotFound undo.none.
func (w work) returnToUndo(ctx context.Context, u unit) (unit, error) {
	r, err := w.ReturnOfUnit(ctx, u.id)
	if err != nil {
		return u, err
	}
	if err := w.unpostedMayBeUndone(ctx, u.id, r.Patient, r.Staff, r.Recorded); err != nil {
		return u, err
	}
	u.what, u.returned, u.patients = clinic.EntryChequeReturn, r.Cheque, []clinic.PatientID{r.Patient}
	return u, nil
}

// undoChequeStep makes a cheque what it was before the unit's step, and says so
// in its story. Refused undo.used when it went on since, or came again as
// another.
func (w work) undoChequeStep(ctx context.Context, u unit, id clinic.ChequeID) error {
	q, err := w.Cheque(ctx, id)
	if err != nil {
		return err
	}
	story, err := w.livingStory(ctx, id)
	if err != nil {
		return err
	}
	if len(story) < 2 || story[0].Unit != u.id {
		return used("the cheque went on since")
	}
	q.Status, q.Place = story[1].Status, story[1].Place
	err = w.saveCheque(ctx, q, u.reason, w.now)
	if fault.Code(err) == "cheque.exists" {
		return used("the cheque was taken again since")
	}
	return err
}

// livingStory is what happened to a cheque, the newest first, without what was
// undone and the undoing of it.
func (w work) livingStory(ctx context.Context, id clinic.ChequeID) (story []store.ChequeEvent, err error) {
	all, err := w.ChequeEvents(ctx, id)
	if err != nil {
		return nil, err
	}
	for _, e := range all {
		if e.Unit != 0 {
			done, undoing, err := w.Undone(ctx, e.Unit)
			if err != nil {
				return nil, err
			}
			if done || undoing {
				continue
			}
		}
		story = append(story, e)
	}
	return story, nil
}

// ifOpen is a shift while it is open, 0 afterwards: nothing is added to what was
// counted.
func (w work) ifOpen(ctx context.Context, id clinic.ShiftID) (clinic.ShiftID, error) {
	if id == 0 {
		return 0, nil
	}
	s, err := w.Shift(ctx, id)
	if err != nil || s.Status != clinic.ShiftOpen {
		return 0, err
	}
	return id, nil
}
