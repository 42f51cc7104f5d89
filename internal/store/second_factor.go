package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"daftar/internal/clinic"
)

// SecondFactor is a person's secret for codes. Until it is Confirmed by a
// first code nothing asks for it.
type SecondFactor struct {
	Secret    []byte
	Confirmed time.Time // zero: not yet
	LastStep  int64     // of the code used last
	Codes     int       // recovery codes that are left
}

// SecondFactor returns a person's. NotFound second_factor.none.
func (tx *Tx) SecondFactor(ctx context.Context, staff clinic.StaffID) (SecondFactor, error) {
	var f SecondFactor
	var confirmed sql.NullInt64
	err := tx.row(ctx, `
		SELECT f.secret, f.confirmed, f.last_step,
			(SELECT COUNT(*) FROM recovery_code r WHERE r.clinic = f.clinic AND r.staff = f.staff)
		FROM second_factor f
		WHERE f.clinic = $1 AND f.staff = $2`, tx.clinic, staff).Scan(&f.Secret, &confirmed, &f.LastStep, &f.Codes)
	if confirmed.Valid {
		f.Confirmed = moment(confirmed.Int64)
	}
	return f, some(err, "second_factor.none", "second factor", "")
}

// AddSecondFactor keeps a secret that is not confirmed yet, in place of an
// older one.
func (tx *Tx) AddSecondFactor(ctx context.Context, staff clinic.StaffID, secret []byte) error {
	if err := tx.RemoveSecondFactor(ctx, staff); err != nil {
		return err
	}
	return tx.exec(ctx, insert("second_factor", "clinic, staff, secret", 1), tx.clinic, staff, secret)
}

// ConfirmSecondFactor turns the secret on and keeps the SHA-256 of the recovery
// codes.
func (tx *Tx) ConfirmSecondFactor(ctx context.Context, staff clinic.StaffID, at time.Time, codes [][]byte) error {
	err := tx.exec(ctx, `UPDATE second_factor SET confirmed = $3 WHERE clinic = $1 AND staff = $2`, tx.clinic, staff, micros(at))
	for _, code := range codes {
		err = errors.Join(err, tx.exec(ctx, insert("recovery_code", "clinic, staff, code", 1), tx.clinic, staff, code))
	}
	if err != nil {
		return fmt.Errorf("confirm second factor of staff %d: %w", staff, err)
	}
	return nil
}

// UseStep notes the step of a code that was used, and reports false when it or
// a later one was used already.
func (tx *Tx) UseStep(ctx context.Context, staff clinic.StaffID, step int64) (bool, error) {
	n, err := tx.change(ctx, `
		UPDATE second_factor SET last_step = $3
		WHERE clinic = $1 AND staff = $2 AND last_step < $3`, tx.clinic, staff, step)
	return n == 1, err
}

// UseRecoveryCode removes the code with the SHA-256 and reports whether there
// was one.
func (tx *Tx) UseRecoveryCode(ctx context.Context, staff clinic.StaffID, code []byte) (bool, error) {
	n, err := tx.change(ctx, `
		DELETE FROM recovery_code WHERE clinic = $1 AND staff = $2 AND code = $3`, tx.clinic, staff, code)
	return n == 1, err
}

// RemoveSecondFactor forgets a person's secret and recovery codes.
func (tx *Tx) RemoveSecondFactor(ctx context.Context, staff clinic.StaffID) error {
	err := errors.Join(
		tx.exec(ctx, `DELETE FROM recovery_code WHERE clinic = $1 AND staff = $2`, tx.clinic, staff),
		tx.exec(ctx, `DELETE FROM second_factor WHERE clinic = $1 AND staff = $2`, tx.clinic, staff))
	if err != nil {
		return fmt.Errorf("remove second factor of staff %d: %w", staff, err)
	}
	return nil
}

// PendingLogin is somebody who has shown the password and still owes the code.
// Token is the SHA-256 of what the browser holds.
type PendingLogin struct {
	Token   []byte
	Staff   clinic.Staff
	Expires time.Time
}

// AddPendingLogin keeps one and forgets those that are over.
func (tx *Tx) AddPendingLogin(ctx context.Context, p PendingLogin, now time.Time) error {
	if err := tx.exec(ctx, `DELETE FROM pending_login WHERE clinic = $1 AND expires <= $2`, tx.clinic, micros(now)); err != nil {
		return err
	}
	return tx.exec(ctx, insert("pending_login", "clinic, token, staff, expires", 1),
		tx.clinic, p.Token, p.Staff.ID, micros(p.Expires))
}

// PendingLogin returns the one with the token. NotFound login.over.
func (tx *Tx) PendingLogin(ctx context.Context, token []byte) (PendingLogin, error) {
	p := PendingLogin{Token: token}
	var disabled, expires int64
	err := tx.row(ctx, `
		SELECT `+staffColumns+`, p.expires
		FROM pending_login p JOIN staff s ON s.clinic = p.clinic AND s.id = p.staff
		WHERE p.clinic = $1 AND p.token = $2`, tx.clinic, token).Scan(append(staffFields(&p.Staff, &disabled), &expires)...)
	p.Staff.Disabled, p.Expires = disabled == 1, moment(expires)
	return p, some(err, "login.over", "sign-in", "")
}

// EndPendingLogin forgets one and reports whether it was there.
func (tx *Tx) EndPendingLogin(ctx context.Context, token []byte) (bool, error) {
	n, err := tx.change(ctx, `DELETE FROM pending_login WHERE clinic = $1 AND token = $2`, tx.clinic, token)
	return n == 1, err
}
