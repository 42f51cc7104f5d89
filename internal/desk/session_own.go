package desk

import (
	"context"
	"encoding/hex"
	"strings"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/store"
)

// OwnSession is one of a person's own sessions.
type OwnSession struct {
	Name    string // by which EndOwnSession knows it
	Origin  string
	Agent   string
	Created time.Time
	Seen    time.Time
	This    bool // the one that asks
}

// OwnSessions lists the actor's sessions that are not over, the one used last
// first. token is what the asking browser holds.
func (d *Desk) OwnSessions(ctx context.Context, actor clinic.Actor, token string) (own []OwnSession, err error) {
	err = d.read(ctx, actor, func(w work) error {
		rules, err := w.SignInRules(ctx)
		if err != nil {
			return err
		}
		all, err := w.SessionsOf(ctx, actor.Staff)
		this := sessionName(digest(token))
		for _, s := range all {
			if end, _ := rules.Limits.End(s.Created, s.Seen); !w.now.Before(end) {
				continue
			}
			name := sessionName(s.Token)
			own = append(own, OwnSession{name, strings.TrimPrefix(s.Origin, "page "), s.Agent, s.Created, s.Seen, name == this})
		}
		return err
	})
	return own, err
}

// sessionName is what a session is called on the page: of what is stored, from
// which nobody learns what the browser holds.
func sessionName(token []byte) string { return hex.EncodeToString(token) }

// EndOwnSession ends one of the actor's sessions; one that is over or somebody
// else's is left alone.
func (d *Desk) EndOwnSession(ctx context.Context, actor clinic.Actor, name string) error {
	token, err := hex.DecodeString(name)
	if err != nil {
		return fault.New(fault.NotFound, "session.none", "there is no such session")
	}
	return d.write(ctx, actor, func(w work) error {
		if err := w.EndSessionOf(ctx, actor.Staff, token); err != nil {
			return err
		}
		return w.audit(ctx, "session.end", 0, int64(actor.Staff))
	})
}

// EndOtherSessions ends all of the actor's sessions and tokens but the session
// that asks.
func (d *Desk) EndOtherSessions(ctx context.Context, actor clinic.Actor, token string) error {
	return d.write(ctx, actor, func(w work) error {
		if err := w.EndSessions(ctx, actor.Staff, digest(token)); err != nil {
			return err
		}
		return w.audit(ctx, "session.end_others", 0, int64(actor.Staff))
	})
}

// ChangePassword replaces the actor's own password; all sessions and tokens
// end but the session that asks. Refused password.wrong and login.slow for a
// wrong old one; Invalid staff.password.
func (d *Desk) ChangePassword(ctx context.Context, actor clinic.Actor, token, old, password string) error {
	self, err := d.ownPassword(ctx, actor, old, "old")
	if err != nil {
		return err
	}
	encoded, err := d.newPassword(ctx, self.Username, password)
	if err != nil {
		return err
	}
	return d.write(ctx, actor, func(w work) error {
		if err := w.SetPassword(ctx, actor.Staff, encoded, digest(token)); err != nil {
			return err
		}
		return w.audit(ctx, "staff.password", 0, int64(actor.Staff))
	})
}

// ownPassword checks the actor's password once more, for what a borrowed
// browser must not do. Refused password.wrong at the field, login.slow.
func (d *Desk) ownPassword(ctx context.Context, actor clinic.Actor, password, field string) (self clinic.Staff, err error) {
	var encoded string
	err = d.store.Read(ctx, actor.Clinic, func(tx *store.Tx) (err error) {
		if self, err = tx.Staff(ctx, actor.Staff); err == nil {
			encoded, err = tx.Password(ctx, actor.Staff)
		}
		return err
	})
	if err != nil {
		return self, err
	}
	name := throttled{actor.Clinic, self.Username, "own"}
	if err := d.throttle.attempt(name, ofName, d.now()); err != nil {
		return self, err
	}
	fits, err := d.passwordFits(ctx, encoded, password)
	if err == nil && !fits {
		err = fault.New(fault.Refused, "password.wrong", "the password is wrong").At(field)
	}
	if err == nil {
		d.throttle.clear(name)
	}
	return self, err
}

// SignInRules are what the clinic asks of everybody who signs in.
type SignInRules = store.SignInRules

// SignInRules returns the clinic's.
func (d *Desk) SignInRules(ctx context.Context, actor clinic.Actor) (r SignInRules, err error) {
	if err := actor.May(clinic.WriteSettings); err != nil {
		return r, err
	}
	err = d.read(ctx, actor, func(w work) (err error) {
		r, err = w.SignInRules(ctx)
		return err
	})
	return r, err
}

// SetSessionLimits changes when sessions end, of those under way too. Invalid
// session.idle, session.lasts.
func (d *Desk) SetSessionLimits(ctx context.Context, actor clinic.Actor, l clinic.SessionLimits) error {
	if err := l.Check(); err != nil {
		return err
	}
	return d.changeSignInRules(ctx, actor, "settings.session", func(r *SignInRules) { r.Limits = l })
}

// RequireSecondFactor says whether managers work only with a second factor.
func (d *Desk) RequireSecondFactor(ctx context.Context, actor clinic.Actor, required bool) error {
	return d.changeSignInRules(ctx, actor, "settings.factor", func(r *SignInRules) { r.FactorRequired = required })
}

func (d *Desk) changeSignInRules(ctx context.Context, actor clinic.Actor, action string, change func(r *SignInRules)) error {
	if err := actor.May(clinic.WriteSettings); err != nil {
		return err
	}
	return d.write(ctx, actor, func(w work) error {
		r, err := w.SignInRules(ctx)
		if err != nil {
			return err
		}
		change(&r)
		if err := w.SaveSignInRules(ctx, r); err != nil {
			return err
		}
		return w.audit(ctx, action, 0, 0)
	})
}
