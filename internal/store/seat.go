package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"daftar/internal/clinic"
)

// errSeatTaken is the cause of a refusal by the key of the seats.
var errSeatTaken = errors.New("the seat was taken meanwhile")

// TakeSeats gives the seats of a slot to a booking: an appointment or a time
// that is held. Refused appointment.taken when the database has given one of
// their units away.
func (tx *Tx) TakeSeats(ctx context.Context, booking int64, slot clinic.Slot) error {
	units := slot.Units()
	for _, s := range slot.Seats {
		args := make([]any, 0, 4*len(units))
		for _, u := range units {
			args = append(args, tx.clinic, s.Holder, u, s.Seat)
		}
		err := tx.exec(ctx, insert("seat_unit", "clinic, holder, unit, seat", len(units)), args...)
		if err == nil {
			err = tx.exec(ctx, insert("seat_taken", "clinic, holder, starts, seat, ends, booking", 1), tx.clinic, s.Holder,
				micros(slot.Starts), s.Seat, micros(slot.Ends), booking)
		}
		if err != nil && tx.store.dialect.duplicate(err) {
			return clinic.Taken().Because(errors.Join(errSeatTaken, err))
		}
		if err != nil {
			return fmt.Errorf("take seats: %w", err)
		}
	}
	return nil
}

// FreeSeats gives back all that a booking takes.
func (tx *Tx) FreeSeats(ctx context.Context, booking int64) error {
	taken, err := collect(ctx, tx, scanBusy, `SELECT holder, seat, starts, ends FROM seat_taken WHERE clinic = $1 AND booking = $2`, tx.clinic, booking)
	if err != nil {
		return fmt.Errorf("seats of %d: %w", booking, err)
	}
	for _, b := range taken {
		units := b.Units()
		err := tx.exec(ctx, `DELETE FROM seat_unit WHERE clinic = $1 AND holder = $2 AND seat = $3 AND unit >= $4 AND unit <= $5`,
			tx.clinic, b.Holder, b.Seat, units[0], units[len(units)-1])
		if err != nil {
			return fmt.Errorf("free seats of %d: %w", booking, err)
		}
	}
	return tx.exec(ctx, `DELETE FROM seat_taken WHERE clinic = $1 AND booking = $2`, tx.clinic, booking)
}

// HandSeats lets another booking have what one takes.
func (tx *Tx) HandSeats(ctx context.Context, from, to int64) error {
	return tx.exec(ctx, `UPDATE seat_taken SET booking = $3 WHERE clinic = $1 AND booking = $2`, tx.clinic, from, to)
}

func scanBusy(scan func(...any) error) (b clinic.Busy, err error) {
	var starts, ends int64
	err = scan(&b.Holder, &b.Seat, &starts, &ends)
	b.Starts, b.Ends = moment(starts), moment(ends)
	return b, err
}

// longest is more than any booking takes.
const longest = 24 * time.Hour

// Busy lists what is taken of the holders in the span, in the order of time.
func (tx *Tx) Busy(ctx context.Context, holders []int64, s clinic.Span) ([]clinic.Busy, error) {
	args := arguments{tx.clinic, micros(s.Starts.Add(-longest)), micros(s.Ends), micros(s.Starts)}
	busy, err := collect(ctx, tx, scanBusy, `
		SELECT holder, seat, starts, ends FROM seat_taken
		WHERE clinic = $1 AND `+among(&args, "holder", holders)+` AND starts > $2 AND starts < $3 AND ends > $4
		ORDER BY starts, holder, seat`, args...)
	if err != nil {
		return nil, fmt.Errorf("what is taken: %w", err)
	}
	return busy, nil
}

// ForgetSeats forgets what was taken before the instant; nothing is booked
// there any more. It returns how many spans that were.
func (tx *Tx) ForgetSeats(ctx context.Context, before time.Time) (int64, error) {
	limit := clinic.Span{Starts: before, Ends: before.Add(clinic.SlotUnit)}.Units()[0]
	if err := tx.exec(ctx, `DELETE FROM seat_unit WHERE clinic = $1 AND unit < $2`, tx.clinic, limit); err != nil {
		return 0, fmt.Errorf("forget seats: %w", err)
	}
	return tx.change(ctx, `DELETE FROM seat_taken WHERE clinic = $1 AND ends <= $2`, tx.clinic, micros(before))
}
