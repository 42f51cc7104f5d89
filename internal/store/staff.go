package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
)

const staffColumns = `s.id, s.branch, s.name, s.role, COALESCE(s.username, ''), CASE WHEN s.disabled IS NULL THEN 0 ELSE 1 END,
	s.granted, s.withdrawn, s.version`

// staffFields are where a row of staffColumns is read into; disabled is 1 for
// yes.
func staffFields(s *clinic.Staff, disabled *int64) []any {
	return []any{&s.ID, &s.Branch, &s.Name, &s.Role, &s.Username, disabled, (*rights)(&s.Granted), (*rights)(&s.Withdrawn), &s.Version}
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
		SELECT `+staffColumns+` FROM staff s WHERE s.clinic = $1 AND s.id <> $2 ORDER BY s.id`, tx.clinic, clinic.Automatic)
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

// SetPassword replaces the encoded password and ends the person's sessions and
// tokens, but the session with the SHA-256 keep; nil keeps none. NotFound
// staff.none.
func (tx *Tx) SetPassword(ctx context.Context, id clinic.StaffID, encoded string, keep []byte) error {
	n, err := tx.change(ctx, `
		UPDATE staff SET version = version + 1, password = $3
		WHERE clinic = $1 AND id = $2`, tx.clinic, id, encoded)
	if err == nil && n == 0 {
		return some(sql.ErrNoRows, "staff.none", "staff", id)
	}
	if err != nil {
		return fmt.Errorf("set password of staff %d: %w", id, err)
	}
	return tx.EndSessions(ctx, id, keep)
}

// SaveStaff writes what can change about a person over the version that s
// carries. Conflict staff.stale when somebody else was first.
func (tx *Tx) SaveStaff(ctx context.Context, s clinic.Staff, at time.Time) error {
	disabled := 0
	if s.Disabled {
		disabled = 1
	}
	n, err := tx.change(ctx, `
		UPDATE staff SET version = version + 1, name = $4, role = $5, branch = $6, granted = $7, withdrawn = $8,
			disabled = CASE WHEN $9 = 0 THEN NULL ELSE COALESCE(disabled, CAST($10 AS BIGINT)) END
		WHERE clinic = $1 AND id = $2 AND version = $3`,
		tx.clinic, s.ID, s.Version, s.Name, s.Role, s.Branch, s.Granted.String(), s.Withdrawn.String(), disabled, micros(at))
	if err != nil {
		return fmt.Errorf("save staff %d: %w", s.ID, err)
	}
	if n == 0 {
		return fault.New(fault.Conflict, "staff.stale", "somebody else changed this person first")
	}
	return nil
}

// StaffSeen notes that a person was at work.
func (tx *Tx) StaffSeen(ctx context.Context, id clinic.StaffID, at time.Time) error {
	return tx.exec(ctx, `UPDATE staff SET seen = $3 WHERE clinic = $1 AND id = $2`, tx.clinic, id, micros(at))
}

// StaffEntry is one person in the list of staff.
type StaffEntry struct {
	clinic.Staff
	BranchName string
	Seen       time.Time // last at work; zero: never
	Factor     bool      // signs in with a second factor
	Sessions   int       // open now, those that nobody swept yet included
}

// StaffEntries lists who works or worked at the branch, 0 for all, in the order
// they came; one limits it to that person, 0 does not.
func (tx *Tx) StaffEntries(ctx context.Context, branch clinic.BranchID, one clinic.StaffID) ([]StaffEntry, error) {
	all, err := collect(ctx, tx, func(scan func(...any) error) (e StaffEntry, err error) {
		var disabled, seen, factor int64
		err = scan(append(staffFields(&e.Staff, &disabled), &e.BranchName, &seen, &factor, &e.Sessions)...)
		e.Disabled, e.Factor, e.Seen = disabled == 1, factor == 1, moment(seen)
		if seen == 0 {
			e.Seen = time.Time{}
		}
		return e, err
	}, `
		SELECT `+staffColumns+`, b.name, COALESCE(s.seen, 0), CASE WHEN f.staff IS NULL THEN 0 ELSE 1 END,
			(SELECT COUNT(*) FROM session t WHERE t.clinic = s.clinic AND t.staff = s.id)
		FROM staff s
		JOIN branch b ON b.clinic = s.clinic AND b.id = s.branch
		LEFT JOIN second_factor f ON f.clinic = s.clinic AND f.staff = s.id AND f.confirmed IS NOT NULL
		WHERE s.clinic = $1 AND (CAST($2 AS BIGINT) = 0 OR s.branch = CAST($2 AS BIGINT))
			AND (CAST($3 AS BIGINT) = 0 OR s.id = CAST($3 AS BIGINT))
		ORDER BY s.id`, tx.clinic, branch, one)
	if err != nil {
		return nil, fmt.Errorf("staff: %w", err)
	}
	return all, nil
}

// ClinicsOf lists the clinics in which somebody signs in by the username. It is
// asked outside of any clinic.
func (s *Store) ClinicsOf(ctx context.Context, username string) ([]clinic.ID, error) {
	var ids []clinic.ID
	err := s.Read(ctx, 0, func(tx *Tx) (err error) {
		ids, err = collect(ctx, tx, func(scan func(...any) error) (id clinic.ID, err error) {
			return id, scan(&id)
		}, `SELECT clinic FROM staff WHERE username = $1 AND disabled IS NULL ORDER BY clinic`, username)
		return err
	})
	return ids, err
}
