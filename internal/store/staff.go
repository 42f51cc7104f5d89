package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
)

const staffColumns = `s.id, s.branch, s.name, s.role, COALESCE(s.username, ''), CASE WHEN s.disabled IS NULL THEN 0 ELSE 1 END,
	s.granted, s.withdrawn`

// staffFields are where a row of staffColumns is read into; disabled is 1 for
// yes.
func staffFields(s *clinic.Staff, disabled *int64) []any {
	return []any{&s.ID, &s.Branch, &s.Name, &s.Role, &s.Username, disabled, (*rights)(&s.Granted), (*rights)(&s.Withdrawn)}
}

// rights reads a set of permissions from its text.
type rights clinic.Rights

func (r *rights) Scan(value any) error {
	text, ok := value.(string)
	if !ok {
		return fmt.Errorf("rights: %T is no text", value)
	}
	*r = rights(clinic.ParseRights(text))
	return nil
}

func scanStaff(scan func(...any) error) (clinic.Staff, error) {
	var s clinic.Staff
	var disabled int64
	err := scan(staffFields(&s, &disabled)...)
	s.Disabled = disabled == 1
	return s, err
}

// AddStaff adds a person with the encoded password, "" for one who does not
// sign in. Conflict staff.username for one that is taken.
func (tx *Tx) AddStaff(ctx context.Context, s clinic.Staff, password string) error {
	if s.Username != "" {
		_, err := tx.StaffByUsername(ctx, s.Username)
		if err == nil {
			return takenUsername()
		}
		if fault.Of(err) != fault.NotFound {
			return err
		}
	}
	err := tx.exec(ctx, insert("staff", "clinic, id, branch, name, role, username, password, granted, withdrawn", 1),
		tx.clinic, s.ID, s.Branch, s.Name, s.Role, nullText(s.Username), nullText(password), s.Granted.String(), s.Withdrawn.String())
	if err != nil && tx.store.dialect.duplicate(err) {
		return takenUsername()
	}
	if err != nil {
		return fmt.Errorf("add staff %d: %w", s.ID, err)
	}
	return nil
}

func takenUsername() *fault.Error {
	return fault.New(fault.Conflict, "staff.username", "the username is taken").At("username")
}

// Staff returns one person. NotFound staff.none.
func (tx *Tx) Staff(ctx context.Context, id clinic.StaffID) (clinic.Staff, error) {
	s, err := scanStaff(tx.row(ctx, `SELECT `+staffColumns+` FROM staff s WHERE s.clinic = $1 AND s.id = $2`, tx.clinic, id).Scan)
	return s, some(err, "staff.none", "staff", id)
}

// StaffByUsername returns the person who signs in so. NotFound staff.none.
func (tx *Tx) StaffByUsername(ctx context.Context, username string) (clinic.Staff, error) {
	s, err := scanStaff(tx.row(ctx, `
		SELECT `+staffColumns+` FROM staff s
		WHERE s.clinic = $1 AND s.username = $2`, tx.clinic, username).Scan)
	return s, some(err, "staff.none", "staff", username)
}

// AllStaff lists everyone who works or worked here, in the order they came.
func (tx *Tx) AllStaff(ctx context.Context) ([]clinic.Staff, error) {
	all, err := collect(ctx, tx, scanStaff, `
		SELECT `+staffColumns+` FROM staff s WHERE s.clinic = $1 ORDER BY s.id`, tx.clinic)
	if err != nil {
		return nil, fmt.Errorf("staff: %w", err)
	}
	return all, nil
}

// Password returns the encoded password, "" when there is none. NotFound
// staff.none.
func (tx *Tx) Password(ctx context.Context, id clinic.StaffID) (string, error) {
	var encoded sql.NullString
	err := tx.row(ctx, `SELECT password FROM staff WHERE clinic = $1 AND id = $2`, tx.clinic, id).Scan(&encoded)
	return encoded.String, some(err, "staff.none", "staff", id)
}

// SetPassword replaces the encoded password and ends the person's sessions.
// NotFound staff.none.
func (tx *Tx) SetPassword(ctx context.Context, id clinic.StaffID, encoded string) error {
	return tx.changeStaff(ctx, id, "password = $3", encoded)
}

// SaveRole gives a person another role and ends the sessions of the old one.
// NotFound staff.none.
func (tx *Tx) SaveRole(ctx context.Context, id clinic.StaffID, role clinic.Role) error {
	return tx.changeStaff(ctx, id, "role = $3", role)
}

// DisableStaff ends what a person may do here: sessions and tokens die.
// NotFound staff.none.
func (tx *Tx) DisableStaff(ctx context.Context, id clinic.StaffID, at time.Time) error {
	return tx.changeStaff(ctx, id, "disabled = COALESCE(disabled, $3)", micros(at))
}

// changeStaff changes one column of a person; whoever was signed in with what
// held before is signed out, tokens included.
func (tx *Tx) changeStaff(ctx context.Context, id clinic.StaffID, set string, value any) error {
	n, err := tx.change(ctx, `
		UPDATE staff SET version = version + 1, `+set+`
		WHERE clinic = $1 AND id = $2`, tx.clinic, id, value)
	if err == nil && n == 0 {
		return some(sql.ErrNoRows, "staff.none", "staff", id)
	}
	err = errors.Join(err,
		tx.exec(ctx, `DELETE FROM session WHERE clinic = $1 AND staff = $2`, tx.clinic, id),
		tx.exec(ctx, `DELETE FROM api_token WHERE clinic = $1 AND staff = $2`, tx.clinic, id))
	if err != nil {
		return fmt.Errorf("change staff %d: %w", id, err)
	}
	return nil
}
