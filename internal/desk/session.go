package desk

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/farsi"
	"daftar/internal/fault"
	"daftar/internal/store"
)

// How long a session lasts: since its beginning, and since it was last used.
const (
	SessionLasts = 12 * time.Hour
	SessionIdle  = time.Hour
)

// seenEvery is how often the use of a session is written down; the idle time
// is exact to it.
const seenEvery = time.Minute

// SignIn begins a session and returns what the browser is to hold, with the
// person. Refused login.wrong for every mistake, so that nobody learns which
// names exist; Refused login.slow, with the seconds to wait, after ten of them.
func (d *Desk) SignIn(ctx context.Context, id clinic.ID, username, password, origin string) (string, clinic.Actor, error) {
	username = knownUsername(username)
	name := throttled{id, username, origin}
	if err := d.throttle.attempt(name, d.now()); err != nil {
		return "", clinic.Actor{}, err
	}
	staff, err := d.authenticate(ctx, id, username, password)
	if err != nil {
		return "", clinic.Actor{}, err
	}
	d.throttle.clear(name)
	token, err := d.secret(strconv.FormatInt(int64(id), 10) + ".")
	if err != nil {
		return "", clinic.Actor{}, err
	}
	actor := actorOf(id, staff)
	actor.Origin = origin
	err = d.write(ctx, actor, func(w work) error {
		if err := w.EndOldSessions(ctx, w.now.Add(-SessionLasts), w.now.Add(-SessionIdle)); err != nil {
			return err
		}
		// The person may have been disabled while the password was hashed.
		now, err := w.Staff(ctx, staff.ID)
		if err != nil {
			return err
		}
		if now != staff {
			return wrongLogin()
		}
		s := store.Session{Token: digest(token), Staff: staff, Created: w.now, Seen: w.now}
		if err := w.AddSession(ctx, s); err != nil {
			return err
		}
		return w.audit(ctx, "session.start", 0, 0)
	})
	if err != nil {
		return "", clinic.Actor{}, err
	}
	return token, actor, nil
}

// plainUsername is a username as it is stored, whatever keyboard it was typed
// on.
func plainUsername(typed string) string {
	return strings.ToLower(strings.TrimSpace(farsi.Digits(typed)))
}

// knownUsername is plainUsername, or "" for what can be nobody's: it may be
// long, and no text at all.
func knownUsername(typed string) string {
	if len(typed) > 200 {
		return ""
	}
	u := plainUsername(typed)
	if strings.Trim(u, "abcdefghijklmnopqrstuvwxyz0123456789._-") != "" {
		return ""
	}
	return u
}

func wrongLogin() error {
	return fault.New(fault.Refused, "login.wrong", "the username or the password is wrong")
}

// authenticate returns the person behind username and password. Refused
// login.wrong after the same time whatever was wrong.
func (d *Desk) authenticate(ctx context.Context, id clinic.ID, username, password string) (clinic.Staff, error) {
	var staff clinic.Staff
	var encoded string
	err := d.store.Read(ctx, id, func(tx *store.Tx) (err error) {
		if staff, err = tx.StaffByUsername(ctx, username); err == nil {
			encoded, err = tx.Password(ctx, staff.ID)
		}
		return err
	})
	if err != nil && fault.Of(err) != fault.NotFound {
		return staff, err
	}
	fits, err := d.passwordFits(ctx, encoded, password)
	if err != nil {
		return staff, err
	}
	if !fits || staff.Disabled {
		return staff, wrongLogin()
	}
	return staff, nil
}

func actorOf(id clinic.ID, s clinic.Staff) clinic.Actor {
	return clinic.Actor{Clinic: id, Branch: s.Branch, Staff: s.ID, Name: s.Name, Role: s.Role,
		Granted: s.Granted, Withdrawn: s.Withdrawn}
}

// Session returns the person behind what a browser holds; the caller fills in
// Origin. It counts as use. Forbidden session.none when it is unknown, too old,
// too long unused, or the person was disabled.
func (d *Desk) Session(ctx context.Context, token string) (clinic.Actor, error) {
	s, id, err := d.session(ctx, token)
	if err != nil {
		return clinic.Actor{}, err
	}
	if now := d.now(); now.Sub(s.Seen) >= seenEvery {
		err = d.store.Write(ctx, id, func(tx *store.Tx) error { return tx.SessionSeen(ctx, s.Token, now) })
	}
	return actorOf(id, s.Staff), err
}

// PeekSession is Session for what a page asks by itself: it does not count as
// use.
func (d *Desk) PeekSession(ctx context.Context, token string) (clinic.Actor, error) {
	s, id, err := d.session(ctx, token)
	if err != nil {
		return clinic.Actor{}, err
	}
	return actorOf(id, s.Staff), nil
}

// session finds a session that is not over. Forbidden session.none.
func (d *Desk) session(ctx context.Context, token string) (s store.Session, id clinic.ID, err error) {
	none := fault.New(fault.Forbidden, "session.none", "the session is over; sign in again")
	id, ok := clinicBefore(token, ".")
	if !ok {
		return s, id, none
	}
	err = d.store.Read(ctx, id, func(tx *store.Tx) (err error) {
		s, err = tx.Session(ctx, digest(token))
		return err
	})
	if fault.Of(err) == fault.NotFound {
		return s, id, none
	}
	if err != nil {
		return s, id, err
	}
	now := d.now()
	if s.Staff.Disabled || !now.Before(s.Created.Add(SessionLasts)) || !now.Before(s.Seen.Add(SessionIdle)) {
		return s, id, none
	}
	return s, id, nil
}

// SignOut ends a session on the server. One that is over already is no error.
func (d *Desk) SignOut(ctx context.Context, token, origin string) error {
	id, ok := clinicBefore(token, ".")
	if !ok {
		return nil
	}
	return d.write(ctx, clinic.Actor{Clinic: id, Origin: origin}, func(w work) error {
		s, err := w.Session(ctx, digest(token))
		if fault.Of(err) == fault.NotFound {
			return nil
		}
		if err != nil {
			return err
		}
		if err := w.EndSession(ctx, s.Token); err != nil {
			return err
		}
		w.actor.Staff = s.Staff.ID
		return w.audit(ctx, "session.end", 0, 0)
	})
}

// bearerPrefix lets a token be recognized where it leaked.
const bearerPrefix = "daftar_"

// CreateToken returns a bearer token with which a program acts as the person,
// until lifetime is over. NotFound staff.none; Invalid token.expires for a
// lifetime that is not between a minute and five years.
func (d *Desk) CreateToken(ctx context.Context, actor clinic.Actor, username string, lifetime time.Duration) (string, error) {
	if err := actor.May(clinic.WriteSettings); err != nil {
		return "", err
	}
	if lifetime < time.Minute || lifetime > 5*366*24*time.Hour {
		return "", fault.New(fault.Invalid, "token.expires", "a token lasts a minute to five years").At("expires")
	}
	token, err := d.secret(bearerPrefix + strconv.FormatInt(int64(actor.Clinic), 10) + "_")
	if err != nil {
		return "", err
	}
	err = d.write(ctx, actor, func(w work) error {
		staff, err := w.StaffByUsername(ctx, plainUsername(username))
		if err != nil {
			return err
		}
		t := store.Token{Token: digest(token), Staff: staff, Created: w.now, Expires: w.now.Add(lifetime)}
		if err := w.AddToken(ctx, t); err != nil {
			return err
		}
		return w.audit(ctx, "token.add", 0, int64(staff.ID))
	})
	if err != nil {
		return "", err
	}
	return token, nil
}

// TokenActor returns the person a bearer token acts as; the caller fills in
// Origin. Forbidden token.none when it is unknown, expired, or the person was
// disabled.
func (d *Desk) TokenActor(ctx context.Context, bearer string) (clinic.Actor, error) {
	none := fault.New(fault.Forbidden, "token.none", "the token is not valid")
	rest, ok := strings.CutPrefix(bearer, bearerPrefix)
	if !ok {
		return clinic.Actor{}, none
	}
	id, ok := clinicBefore(rest, "_")
	if !ok {
		return clinic.Actor{}, none
	}
	var t store.Token
	err := d.store.Read(ctx, id, func(tx *store.Tx) (err error) {
		t, err = tx.Token(ctx, digest(bearer))
		return err
	})
	if fault.Of(err) == fault.NotFound {
		return clinic.Actor{}, none
	}
	if err != nil {
		return clinic.Actor{}, err
	}
	if t.Staff.Disabled || !d.now().Before(t.Expires) {
		return clinic.Actor{}, none
	}
	return actorOf(id, t.Staff), nil
}

// secret returns prefix and 256 bits of chance.
func (d *Desk) secret(prefix string) (string, error) {
	b := make([]byte, 32)
	if _, err := io.ReadFull(d.options.Random, b); err != nil {
		return "", fmt.Errorf("secret: %w", err)
	}
	return prefix + base64.RawURLEncoding.EncodeToString(b), nil
}

// digest is what is stored of a secret. It has enough chance in it to need no
// salt.
func digest(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}

// clinicBefore reads the clinic in front of the separator of a token.
func clinicBefore(token, separator string) (clinic.ID, bool) {
	number, _, found := strings.Cut(token, separator)
	id, err := strconv.ParseInt(number, 10, 64)
	return clinic.ID(id), found && err == nil && id > 0 && len(token) < 100
}
