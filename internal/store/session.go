package store

import (
	"context"
	"fmt"
	"time"

	"daftar/internal/clinic"
)

// Session is one signed-in browser. Token is the SHA-256 of what the browser
// holds, so that who reads the table cannot sign in with it.
type Session struct {
	Token   []byte
	Staff   clinic.Staff
	Created time.Time
	Seen    time.Time
}

// AddSession keeps a new session.
func (tx *Tx) AddSession(ctx context.Context, s Session) error {
	err := tx.exec(ctx, insert("session", "clinic, token, staff, created, seen", 1),
		tx.clinic, s.Token, s.Staff.ID, micros(s.Created), micros(s.Seen))
	if err != nil {
		return fmt.Errorf("add session: %w", err)
	}
	return nil
}

// Session returns the session with the token. NotFound session.none.
func (tx *Tx) Session(ctx context.Context, token []byte) (Session, error) {
	s := Session{Token: token}
	var disabled, created, seen int64
	err := tx.row(ctx, `
		SELECT `+staffColumns+`, t.created, t.seen
		FROM session t JOIN staff s ON s.clinic = t.clinic AND s.id = t.staff
		WHERE t.clinic = $1 AND t.token = $2`, tx.clinic, token).
		Scan(append(staffFields(&s.Staff, &disabled), &created, &seen)...)
	s.Staff.Disabled = disabled == 1
	s.Created, s.Seen = moment(created), moment(seen)
	return s, some(err, "session.none", "session", "")
}

// SessionSeen notes that a session was used.
func (tx *Tx) SessionSeen(ctx context.Context, token []byte, at time.Time) error {
	return tx.exec(ctx, `UPDATE session SET seen = $3 WHERE clinic = $1 AND token = $2`, tx.clinic, token, micros(at))
}

// EndSession ends one session; one that is over already is no error.
func (tx *Tx) EndSession(ctx context.Context, token []byte) error {
	return tx.exec(ctx, `DELETE FROM session WHERE clinic = $1 AND token = $2`, tx.clinic, token)
}

// EndOldSessions removes the sessions that began before began or were last
// used before used.
func (tx *Tx) EndOldSessions(ctx context.Context, began, used time.Time) error {
	return tx.exec(ctx, `
		DELETE FROM session WHERE clinic = $1 AND (created < $2 OR seen < $3)`, tx.clinic, micros(began), micros(used))
}

// Token is the right of a program to act as a person, until Expires. Token is
// the SHA-256 of what the program holds.
type Token struct {
	Token   []byte
	Staff   clinic.Staff
	Created time.Time
	Expires time.Time
}

// AddToken keeps a new token.
func (tx *Tx) AddToken(ctx context.Context, t Token) error {
	err := tx.exec(ctx, insert("api_token", "clinic, token, staff, created, expires", 1),
		tx.clinic, t.Token, t.Staff.ID, micros(t.Created), micros(t.Expires))
	if err != nil {
		return fmt.Errorf("add token: %w", err)
	}
	return nil
}

// Token returns the token with the SHA-256. NotFound token.none.
func (tx *Tx) Token(ctx context.Context, token []byte) (Token, error) {
	t := Token{Token: token}
	var disabled, created, expires int64
	err := tx.row(ctx, `
		SELECT `+staffColumns+`, t.created, t.expires
		FROM api_token t JOIN staff s ON s.clinic = t.clinic AND s.id = t.staff
		WHERE t.clinic = $1 AND t.token = $2`, tx.clinic, token).
		Scan(append(staffFields(&t.Staff, &disabled), &created, &expires)...)
	t.Staff.Disabled = disabled == 1
	t.Created, t.Expires = moment(created), moment(expires)
	return t, some(err, "token.none", "token", "")
}

// SaveSetupToken keeps the SHA-256 of the one token that may set up the
// clinic, in place of an older one.
func (tx *Tx) SaveSetupToken(ctx context.Context, token []byte, expires time.Time) error {
	err := tx.exec(ctx, `
		INSERT INTO setup_token (clinic, token, expires) VALUES ($1, $2, $3)
		ON CONFLICT (clinic) DO UPDATE SET token = $2, expires = $3`, tx.clinic, token, micros(expires))
	if err != nil {
		return fmt.Errorf("setup token: %w", err)
	}
	return nil
}

// UseSetupToken removes the setup token and reports whether it was the given
// one and not yet expired.
func (tx *Tx) UseSetupToken(ctx context.Context, token []byte, now time.Time) (bool, error) {
	n, err := tx.change(ctx, `
		DELETE FROM setup_token WHERE clinic = $1 AND token = $2 AND expires > $3`, tx.clinic, token, micros(now))
	if err != nil {
		return false, fmt.Errorf("setup token: %w", err)
	}
	return n == 1, nil
}
