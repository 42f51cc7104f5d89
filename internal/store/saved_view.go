package store

import (
	"context"
	"fmt"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
)

// AddSavedView keeps a view of a list; one of the same name of the person's is
// replaced.
func (tx *Tx) AddSavedView(ctx context.Context, v clinic.SavedView, saved time.Time) error {
	err := tx.exec(ctx, `
		INSERT INTO saved_view (clinic, id, staff, list, name, query, saved)
		VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (clinic, staff, list, name) DO UPDATE SET query = excluded.query, saved = excluded.saved`,
		tx.clinic, v.ID, v.Staff, v.List, v.Name, v.Query, micros(saved))
	if err != nil {
		return fmt.Errorf("save view: %w", err)
	}
	return nil
}

// SavedViews returns a person's views of a list in the order of their making.
func (tx *Tx) SavedViews(ctx context.Context, staff clinic.StaffID, list string) ([]clinic.SavedView, error) {
	views, err := collect(ctx, tx, func(scan func(...any) error) (clinic.SavedView, error) {
		v := clinic.SavedView{Staff: staff, List: list}
		return v, scan(&v.ID, &v.Name, &v.Query)
	}, `
		SELECT id, name, query FROM saved_view
		WHERE clinic = $1 AND staff = $2 AND list = $3
		ORDER BY id`, tx.clinic, staff, list)
	if err != nil {
		return nil, fmt.Errorf("saved views: %w", err)
	}
	return views, nil
}

// DeleteSavedView takes away one of the person's views. NotFound saved_view.none.
func (tx *Tx) DeleteSavedView(ctx context.Context, staff clinic.StaffID, id clinic.SavedViewID) error {
	n, err := tx.change(ctx, `DELETE FROM saved_view WHERE clinic = $1 AND staff = $2 AND id = $3`, tx.clinic, staff, id)
	if err != nil {
		return fmt.Errorf("delete view: %w", err)
	}
	if n == 0 {
		return fault.New(fault.NotFound, "saved_view.none", "there is no view %d", id)
	}
	return nil
}
