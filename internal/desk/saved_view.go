package desk

import (
	"context"

	"daftar/internal/clinic"
	"daftar/internal/fault"
)

// mostViews bounds a person's views of one list: they stand side by side.
const mostViews = 20

// SavedViews returns the actor's own views of a list.
func (d *Desk) SavedViews(ctx context.Context, actor clinic.Actor, list string) (views []clinic.SavedView, err error) {
	if err := actor.May(clinic.ReadPatients); err != nil {
		return nil, err
	}
	err = d.read(ctx, actor, func(w work) (err error) {
		views, err = w.SavedViews(ctx, actor.Staff, list)
		return err
	})
	return views, err
}

// SaveView keeps a view of a list for the actor; one of the same name is
// replaced. Faults are those of clinic.SavedView.Check, and Refused
// saved_view.many.
func (d *Desk) SaveView(ctx context.Context, actor clinic.Actor, v clinic.SavedView) error {
	_, err := command(ctx, d, actor, clinic.ReadPatients, "view.save", Request{}, v, func(w work) (struct{}, error) {
		v, err := v.Check()
		if err != nil {
			return struct{}{}, err
		}
		known, err := w.SavedViews(ctx, actor.Staff, v.List)
		if err != nil {
			return struct{}{}, err
		}
		if len(known) >= mostViews {
			return struct{}{}, fault.New(fault.Refused, "saved_view.many", "a list has at most %d views", mostViews)
		}
		v.ID, v.Staff = clinic.SavedViewID(w.id()), actor.Staff
		if err := w.AddSavedView(ctx, v, w.now); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, w.audit(ctx, "view.save", 0, 0)
	})
	return err
}

// DeleteView takes away one of the actor's views. NotFound saved_view.none, as
// for another person's.
func (d *Desk) DeleteView(ctx context.Context, actor clinic.Actor, id clinic.SavedViewID) error {
	_, err := command(ctx, d, actor, clinic.ReadPatients, "view.delete", Request{}, id, func(w work) (struct{}, error) {
		if err := w.DeleteSavedView(ctx, actor.Staff, id); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, w.audit(ctx, "view.delete", 0, 0)
	})
	return err
}
