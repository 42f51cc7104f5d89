package store

import (
	"context"
	"database/sql"
	"fmt"

	"daftar/internal/clinic"
	"daftar/internal/fault"
)

// ListedHandover is a hand-over with the names of who had to do with it and of
// the bank account.
type ListedHandover struct {
	clinic.Handover
	StaffName, ConfirmedByName, ReturnedByName, PlaceName string
}

// AddHandover writes a hand-over that is on its way.
func (tx *Tx) AddHandover(ctx context.Context, h clinic.Handover) error {
	err := tx.exec(ctx, insert("handover", "clinic, id, shift, amount, kind, place, note, at, recorded, staff", 1),
		tx.clinic, h.ID, h.Shift, h.Amount, h.To, h.Place, h.Note, micros(h.At), micros(h.Recorded), h.Staff)
	if err != nil {
		return fmt.Errorf("add hand-over: %w", err)
	}
	return nil
}

// Handovers returns the hand-overs of a shift, oldest first.
func (tx *Tx) Handovers(ctx context.Context, shift clinic.ShiftID) ([]ListedHandover, error) {
	return collect(ctx, tx, func(scan func(...any) error) (h ListedHandover, err error) {
		var at, recorded int64
		var confirmed, returned sql.NullInt64
		err = scan(&h.ID, &h.Shift, &h.Amount, &h.To, &h.Place, &h.Note, &at, &recorded, &h.Staff, &confirmed, &h.ConfirmedBy, &returned, &h.ReturnedBy,
			&h.StaffName, &h.ConfirmedByName, &h.ReturnedByName, &h.PlaceName)
		h.At, h.Recorded, h.Confirmed, h.Returned = moment(at), moment(recorded), someMoment(confirmed), someMoment(returned)
		return h, err
	}, `
		SELECT h.id, h.shift, h.amount, h.kind, h.place, h.note, h.at, h.recorded, h.staff,
			h.confirmed, COALESCE(h.confirmed_by, 0), h.returned, COALESCE(h.returned_by, 0),
			COALESCE(a.name, ''), COALESCE(b.name, ''), COALESCE(r.name, ''), COALESCE(k.name, '')
		FROM handover h
		LEFT JOIN staff a ON a.clinic = h.clinic AND a.id = h.staff
		LEFT JOIN staff b ON b.clinic = h.clinic AND b.id = h.confirmed_by
		LEFT JOIN staff r ON r.clinic = h.clinic AND r.id = h.returned_by
		LEFT JOIN bank_account k ON k.clinic = h.clinic AND k.id = h.place
		WHERE h.clinic = $1 AND h.shift = $2
		ORDER BY h.id`, tx.clinic, shift)
}

// SaveHandover writes that a hand-over came, or was sent back. Conflict
// shift.stale when that was said already.
func (tx *Tx) SaveHandover(ctx context.Context, h clinic.Handover) error {
	n, err := tx.change(ctx, `
		UPDATE handover SET confirmed = $3, confirmed_by = $4, returned = $5, returned_by = $6
		WHERE clinic = $1 AND id = $2 AND confirmed IS NULL AND returned IS NULL`,
		tx.clinic, h.ID, nullMoment(h.Confirmed), nullID(h.ConfirmedBy), nullMoment(h.Returned), nullID(h.ReturnedBy))
	if err != nil {
		return fmt.Errorf("save hand-over %d: %w", h.ID, err)
	}
	if n == 0 {
		return fault.New(fault.Conflict, "shift.stale", "the hand-over was changed by someone else")
	}
	return nil
}
