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

// seenEvery is how often the use of a session is written down; the idle time
// is exact to it.
const seenEvery = time.Minute

// codeLasts is how long somebody who has shown the password may take for the
// code.
const codeLasts = 5 * time.Minute

// Login is the form of a person who comes to work.
type Login struct {
	Clinic             clinic.ID // 0: the one in which the username is known
	Username, Password string
	Origin             string // for the audit
	Agent              string // family of the browser, for the person's own list
}

// Entry is what the browser of somebody who signed in is to hold. With Code the
// password was right and Token is good for EnterCode only; Actor is empty.
type Entry struct {
	Token string
	Code  bool
	Actor clinic.Actor
}

// SignIn begins a session, or the second step of one. Refused login.wrong for
// every mistake, so that nobody learns which names exist; a username that
// several clinics know needs the clinic. Refused login.slow, with the seconds
// to wait, after ten mistakes with a name or many from one place.
func (d *Desk) SignIn(ctx context.Context, l Login) (Entry, error) {
	l.Username = knownUsername(l.Username)
	id, err := d.clinicOf(ctx, l)
	if err != nil {
		return Entry{}, err
	}
	name, place := throttled{id, l.Username, l.Origin}, throttled{origin: l.Origin}
	if err := d.throttle.attempt(name, ofName, d.now()); err != nil {
		return Entry{}, err
	}
	if err := d.throttle.attempt(place, ofPlace, d.now()); err != nil {
		return Entry{}, err
	}
	staff, err := d.authenticate(ctx, id, l.Username, l.Password)
	if err != nil {
		return Entry{}, err
	}
	d.throttle.clear(name, place)
	return d.enter(ctx, id, staff, l)
}

// clinicOf is where somebody signs in; 0 when no clinic or several know the
// username.
func (d *Desk) clinicOf(ctx context.Context, l Login) (clinic.ID, error) {
	if l.Clinic != 0 || l.Username == "" {
		return l.Clinic, nil
	}
	ids, err := d.store.ClinicsOf(ctx, l.Username)
	if err != nil || len(ids) != 1 {
		return 0, err
	}
	return ids[0], nil
}

// Vouched is a sign-in for which a service vouches instead of a password.
type Vouched struct {
	Usernames []string // any of them; the first that is known counts
	Origin    string
	Agent     string
}

// SignInVouched begins a session, or the second step of one, for a person whom
// a service vouches for. Refused login.wrong when none of the usernames is one
// person's who may sign in.
func (d *Desk) SignInVouched(ctx context.Context, v Vouched) (Entry, error) {
	for _, typed := range v.Usernames {
		l := Login{Username: knownUsername(typed), Origin: v.Origin, Agent: v.Agent}
		id, err := d.clinicOf(ctx, l)
		if err != nil {
			return Entry{}, err
		}
		if id == 0 {
			continue
		}
		var staff clinic.Staff
		err = d.store.Read(ctx, id, func(tx *store.Tx) (err error) {
			staff, err = tx.StaffByUsername(ctx, l.Username)
			return err
		})
		if err != nil {
			return Entry{}, err
		}
		return d.enter(ctx, id, staff, l)
	}
	return Entry{}, wrongLogin()
}

// enter begins the session of somebody who is known by the password, or asks
// for the code.
func (d *Desk) enter(ctx context.Context, id clinic.ID, staff clinic.Staff, l Login) (Entry, error) {
	token, err := d.secret(strconv.FormatInt(int64(id), 10) + ".")
	if err != nil {
		return Entry{}, err
	}
	e := Entry{Token: token, Actor: actorOf(id, staff)}
	e.Actor.Origin = l.Origin
	err = d.write(ctx, e.Actor, func(w work) error {
		// The person may have been disabled while the password was hashed.
		now, err := w.Staff(ctx, staff.ID)
		if err != nil {
			return err
		}
		if now != staff {
			return wrongLogin()
		}
		f, err := w.SecondFactor(ctx, staff.ID)
		if err != nil && fault.Of(err) != fault.NotFound {
			return err
		}
		if e.Code = !f.Confirmed.IsZero(); e.Code {
			p := store.PendingLogin{Token: digest(token), Staff: staff, Expires: w.now.Add(codeLasts)}
			return w.AddPendingLogin(ctx, p, w.now)
		}
		return w.begin(ctx, token, staff, l.Agent)
	})
	if err != nil {
		return Entry{}, err
	}
	if e.Code {
		e.Actor = clinic.Actor{}
	}
	return e, nil
}

// begin keeps a new session and sweeps those that are over.
func (w work) begin(ctx context.Context, token string, staff clinic.Staff, agent string) error {
	rules, err := w.SignInRules(ctx)
	if err != nil {
		return err
	}
	if err := w.EndOldSessions(ctx, w.now.Add(-rules.Limits.Lasts), w.now.Add(-rules.Limits.Idle)); err != nil {
		return err
	}
	s := store.Session{Token: digest(token), Staff: staff, Created: w.now, Seen: w.now, Origin: w.actor.Origin, Agent: agent}
	if err := w.AddSession(ctx, s); err != nil {
		return err
	}
	return w.audit(ctx, "session.start", 0, 0)
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

// Session is a person at work.
type Session struct {
	Actor    clinic.Actor // the caller fills in Origin
	Username string
	Branch   string        // name of the person's branch
	Left     time.Duration // until it ends unless it is used
	Final    bool          // use does not help: its whole time is over then
	Enrol    bool          // nothing may be done before a second factor is set up
}

// Session returns the session of what a browser holds. It counts as use.
// Forbidden session.none when it is unknown, too old, too long unused, or the
// person was disabled.
func (d *Desk) Session(ctx context.Context, token string) (Session, error) {
	s, id, err := d.session(ctx, token)
	if err != nil {
		return Session{}, err
	}
	now := d.now()
	if now.Sub(s.Seen) >= seenEvery {
		s.Seen = now
		err = d.store.Write(ctx, id, func(tx *store.Tx) error { return tx.SessionSeen(ctx, s.Token, s.Staff.ID, now) })
	}
	return sessionOf(id, s, now), err
}

// PeekSession is Session for what a page asks by itself: it does not count as
// use.
func (d *Desk) PeekSession(ctx context.Context, token string) (Session, error) {
	s, id, err := d.session(ctx, token)
	if err != nil {
		return Session{}, err
	}
	return sessionOf(id, s, d.now()), nil
}

func sessionOf(id clinic.ID, s store.Session, now time.Time) Session {
	end, final := s.Limits.End(s.Created, s.Seen)
	return Session{Actor: actorOf(id, s.Staff), Username: s.Staff.Username, Branch: s.Branch, Left: end.Sub(now), Final: final,
		Enrol: s.FactorRequired && s.Staff.Role == clinic.Manager && !s.Factor}
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
	if end, _ := s.Limits.End(s.Created, s.Seen); s.Staff.Disabled || !d.now().Before(end) {
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
