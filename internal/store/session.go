package store

import (
	"context"
	"errors"
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
	Origin  string
	Agent   string // family of the browser

	// What a request needs to know beside, read with it; not kept here.
	Branch         string // name of the person's branch
	Limits         clinic.SessionLimits
	Factor         bool // the person has a second factor
	FactorRequired bool // managers need one
}

// AddSession keeps a new session.
func (tx *Tx) AddSession(ctx context.Context, s Session) error {
	err := tx.exec(ctx, insert("session", "clinic, token, staff, created, seen, origin, agent", 1),
		tx.clinic, s.Token, s.Staff.ID, micros(s.Created), micros(s.Seen), s.Origin, s.Agent)
	if err != nil {
		return fmt.Errorf("add session: %w", err)
	}
	return tx.StaffSeen(ctx, s.Staff.ID, s.Seen)
}

// Session returns the session with the token, whole but for Origin and Agent.
// NotFound session.none.
func (tx *Tx) Session(ctx context.Context, token []byte) (Session, error) {
	s := Session{Token: token}
	var disabled, created, seen, idle, hours, required, factor int64
	err := tx.row(ctx, `
		SELECT `+staffColumns+`, t.created, t.seen, b.name, c.session_idle_minutes, c.session_hours, c.second_factor_required,
			CASE WHEN f.staff IS NULL THEN 0 ELSE 1 END
		FROM session t
		JOIN staff s ON s.clinic = t.clinic AND s.id = t.staff
		JOIN branch b ON b.clinic = s.clinic AND b.id = s.branch
		JOIN clinic c ON c.clinic = t.clinic
		LEFT JOIN second_factor f ON f.clinic = t.clinic AND f.staff = t.staff AND f.confirmed IS NOT NULL
		WHERE t.clinic = $1 AND t.token = $2`, tx.clinic, token).
		Scan(append(staffFields(&s.Staff, &disabled), &created, &seen, &s.Branch, &idle, &hours, &required, &factor)...)
	s.Staff.Disabled = disabled == 1
	s.Created, s.Seen = moment(created), moment(seen)
	s.Limits = sessionLimits(idle, hours)
	s.FactorRequired, s.Factor = required == 1, factor == 1
	return s, some(err, "session.none", "session", "")
}

func sessionLimits(minutes, hours int64) clinic.SessionLimits {
	return clinic.SessionLimits{Idle: time.Duration(minutes) * time.Minute, Lasts: time.Duration(hours) * time.Hour}
}

// SessionsOf lists a person's sessions, the one used last first.
func (tx *Tx) SessionsOf(ctx context.Context, staff clinic.StaffID) ([]Session, error) {
	all, err := collect(ctx, tx, func(scan func(...any) error) (s Session, err error) {
		var created, seen int64
		err = scan(&s.Token, &created, &seen, &s.Origin, &s.Agent)
		s.Created, s.Seen = moment(created), moment(seen)
		return s, err
	}, `
		SELECT token, created, seen, origin, agent FROM session
		WHERE clinic = $1 AND staff = $2
		ORDER BY seen DESC, created DESC`, tx.clinic, staff)
	if err != nil {
		return nil, fmt.Errorf("sessions of staff %d: %w", staff, err)
	}
	return all, nil
}

// SessionSeen notes that a session was used.
func (tx *Tx) SessionSeen(ctx context.Context, token []byte, staff clinic.StaffID, at time.Time) error {
	err := tx.exec(ctx, `UPDATE session SET seen = $3 WHERE clinic = $1 AND token = $2`, tx.clinic, token, micros(at))
	if err != nil {
		return err
	}
	return tx.StaffSeen(ctx, staff, at)
}

// EndSession ends one session; one that is over already is no error.
func (tx *Tx) EndSession(ctx context.Context, token []byte) error {
	return tx.exec(ctx, `DELETE FROM session WHERE clinic = $1 AND token = $2`, tx.clinic, token)
}

// EndSessionOf ends one session if it is the person's own.
func (tx *Tx) EndSessionOf(ctx context.Context, staff clinic.StaffID, token []byte) error {
	return tx.exec(ctx, `DELETE FROM session WHERE clinic = $1 AND token = $2 AND staff = $3`, tx.clinic, token, staff)
}

// EndSessions ends all sessions of a person but the one with the SHA-256 keep,
// nil for none, and the tokens and half-made sign-ins.
func (tx *Tx) EndSessions(ctx context.Context, staff clinic.StaffID, keep []byte) error {
	if keep == nil {
		keep = []byte{}
	}
	err := errors.Join(
		tx.exec(ctx, `DELETE FROM session WHERE clinic = $1 AND staff = $2 AND token <> $3`, tx.clinic, staff, keep),
		tx.exec(ctx, `DELETE FROM api_token WHERE clinic = $1 AND staff = $2`, tx.clinic, staff),
		tx.exec(ctx, `DELETE FROM pending_login WHERE clinic = $1 AND staff = $2`, tx.clinic, staff))
	if err != nil {
		return fmt.Errorf("end sessions of staff %d: %w", staff, err)
	}
	return nil
}

// EndOldSessions removes the sessions that began before began or were last
// used before used.
func (tx *Tx) EndOldSessions(ctx context.Context, began, used time.Time) error {
	return tx.exec(ctx, `
		DELETE FROM session WHERE clinic = $1 AND (created < $2 OR seen < $3)`, tx.clinic, micros(began), micros(used))
}

// SignInRules are what a clinic asks of everybody who signs in.
type SignInRules struct {
	Limits         clinic.SessionLimits
	FactorRequired bool // of managers
}

// SignInRules returns the clinic's. NotFound clinic.none.
func (tx *Tx) SignInRules(ctx context.Context) (SignInRules, error) {
	var minutes, hours, required int64
	err := tx.row(ctx, `
		SELECT session_idle_minutes, session_hours, second_factor_required FROM clinic
		WHERE clinic = $1`, tx.clinic).Scan(&minutes, &hours, &required)
	return SignInRules{sessionLimits(minutes, hours), required == 1}, some(err, "clinic.none", "clinic", tx.clinic)
}

// SaveSignInRules changes them.
func (tx *Tx) SaveSignInRules(ctx context.Context, r SignInRules) error {
	required := 0
	if r.FactorRequired {
		required = 1
	}
	return tx.exec(ctx, `
		UPDATE clinic SET session_idle_minutes = $2, session_hours = $3, second_factor_required = $4
		WHERE clinic = $1`, tx.clinic, int64(r.Limits.Idle/time.Minute), int64(r.Limits.Lasts/time.Hour), required)
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
