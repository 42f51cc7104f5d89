package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
)

// ExpireHolds ends the times that were held until the instant at the latest and
// gives their seats back. A payment that is under way may still come: it finds
// its time expired.
func (tx *Tx) ExpireHolds(ctx context.Context, now time.Time) error {
	ids, err := collect(ctx, tx, func(scan func(...any) error) (id int64, err error) { return id, scan(&id) }, `
		SELECT id FROM slot_hold WHERE clinic = $1 AND status IN ('held', 'verified', 'paying') AND expires <= $2`, tx.clinic, micros(now))
	if err != nil {
		return fmt.Errorf("expired holds: %w", err)
	}
	for _, id := range ids {
		if err := tx.FreeSeats(ctx, id); err != nil {
			return err
		}
		if err := tx.exec(ctx, `UPDATE slot_hold SET status = 'expired', version = version + 1 WHERE clinic = $1 AND id = $2`, tx.clinic, id); err != nil {
			return fmt.Errorf("expire hold %d: %w", id, err)
		}
	}
	return nil
}

const holdColumns = `SELECT id, provider, service, starts, ends, branch, room, device, seat, expires, status, token, first_name, last_name, mobile,
	national_code, code, code_sent, codes, tries, amount, COALESCE(reference, ''), paid, COALESCE(patient, 0), COALESCE(appointment, 0),
	COALESCE(deposit, 0), recorded, version
	FROM slot_hold WHERE clinic = $1`

func scanHold(scan func(...any) error) (h clinic.SlotHold, err error) {
	var starts, ends, expires, recorded int64
	var sent, paid sql.NullInt64
	err = scan(&h.ID, &h.Provider, &h.Service, &starts, &ends, &h.Branch, &h.Room, &h.Device, &h.Seat, &expires, &h.Status, &h.Token,
		&h.Who.FirstName, &h.Who.LastName, &h.Who.Mobile, &h.Who.NationalCode, &h.Code, &sent, &h.Codes, &h.Tries, &h.Amount, &h.Reference, &paid,
		&h.Patient, &h.Appointment, &h.Deposit, &recorded, &h.Version)
	h.Starts, h.Ends, h.Expires, h.Recorded = moment(starts), moment(ends), moment(expires), moment(recorded)
	h.CodeSent, h.Paid = someMoment(sent), someMoment(paid)
	return h, err
}

// Hold returns a time that is or was held. NotFound online.none.
func (tx *Tx) Hold(ctx context.Context, id clinic.HoldID) (clinic.SlotHold, error) {
	h, err := scanHold(tx.row(ctx, holdColumns+` AND id = $2`, tx.clinic, id).Scan)
	return h, some(err, "online.none", "hold", id)
}

// HoldByToken returns the one whose browser holds the token of that digest.
// NotFound online.none.
func (tx *Tx) HoldByToken(ctx context.Context, digest []byte) (clinic.SlotHold, error) {
	h, err := scanHold(tx.row(ctx, holdColumns+` AND token = $2`, tx.clinic, digest).Scan)
	return h, some(err, "online.none", "hold", "of a browser")
}

// AddHold writes a time that is held, without its seats.
func (tx *Tx) AddHold(ctx context.Context, h clinic.SlotHold) error {
	const columns = "clinic, id, provider, service, starts, ends, branch, room, device, seat, expires, status, token, recorded"
	err := tx.exec(ctx, insert("slot_hold", columns, 1), tx.clinic, h.ID, h.Provider, h.Service, micros(h.Starts), micros(h.Ends), h.Branch, h.Room,
		h.Device, h.Seat, micros(h.Expires), h.Status, h.Token, micros(h.Recorded))
	if err != nil {
		return fmt.Errorf("hold a time: %w", err)
	}
	return nil
}

// SaveHold writes back one read earlier. Conflict online.stale if it was
// written in between.
func (tx *Tx) SaveHold(ctx context.Context, h clinic.SlotHold) error {
	n, err := tx.change(ctx, `
		UPDATE slot_hold
		SET provider = $4, service = $5, starts = $6, ends = $7, branch = $8, room = $9, device = $10, seat = $11, expires = $12, status = $13,
			first_name = $14, last_name = $15, mobile = $16, national_code = $17, code = $18, code_sent = $19, codes = $20, tries = $21,
			amount = $22, reference = $23, paid = $24, patient = $25, appointment = $26, deposit = $27, version = version + 1
		WHERE clinic = $1 AND id = $2 AND version = $3`, tx.clinic, h.ID, h.Version, h.Provider, h.Service, micros(h.Starts), micros(h.Ends), h.Branch,
		h.Room, h.Device, h.Seat, micros(h.Expires), h.Status, h.Who.FirstName, h.Who.LastName, h.Who.Mobile, h.Who.NationalCode, h.Code,
		nullMoment(h.CodeSent), h.Codes, h.Tries, h.Amount, nullText(h.Reference), nullMoment(h.Paid), nullID(h.Patient), nullID(h.Appointment),
		nullID(h.Deposit))
	if err != nil {
		return fmt.Errorf("save hold %d: %w", h.ID, err)
	}
	if n == 0 {
		return fault.New(fault.Conflict, "online.stale", "the booking was changed meanwhile")
	}
	return nil
}

// MobileUse is how often a mobile was used by the public since the instant: how
// many codes it was sent, and how many appointments were booked with it.
func (tx *Tx) MobileUse(ctx context.Context, mobile string, since time.Time) (codes, booked int, err error) {
	err = tx.row(ctx, `
		SELECT CAST(COALESCE(SUM(codes), 0) AS BIGINT), COUNT(appointment)
		FROM slot_hold WHERE clinic = $1 AND mobile = $2 AND recorded > $3`, tx.clinic, mobile, micros(since)).Scan(&codes, &booked)
	if err != nil {
		return 0, 0, fmt.Errorf("use of a mobile: %w", err)
	}
	return codes, booked, nil
}
