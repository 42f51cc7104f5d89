package desk

import (
	"context"
	"encoding/base32"
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

// recoveryCodes is how many one-time codes stand in for a lost authenticator.
const recoveryCodes = 10

// recoveryBytes is the chance in one of them: enough to be stored without salt.
const recoveryBytes = 10

// EnterCode is the second step of a sign-in. Token is that of the Entry.
type EnterCode struct {
	Token, Code   string
	Origin, Agent string
}

// EnterCode begins the session of somebody who has shown the password, by a
// code of the authenticator or a recovery code. Refused login.over when the
// first step is too long ago, login.code for a wrong or used code, login.slow
// after ten of them, wherever they came from.
func (d *Desk) EnterCode(ctx context.Context, c EnterCode) (Entry, error) {
	over := fault.New(fault.Refused, "login.over", "the sign-in took too long; begin again")
	id, ok := clinicBefore(c.Token, ".")
	if !ok {
		return Entry{}, over
	}
	p, err := d.pending(ctx, id, c.Token)
	if fault.Of(err) == fault.NotFound || err == nil && (p.Staff.Disabled || !d.now().Before(p.Expires)) {
		return Entry{}, over
	}
	if err != nil {
		return Entry{}, err
	}
	name := codeOf(id, p.Staff.ID)
	if err := d.throttle.attempt(name, ofName, d.now()); err != nil {
		return Entry{}, err
	}
	token, err := d.secret(strconv.FormatInt(int64(id), 10) + ".")
	if err != nil {
		return Entry{}, err
	}
	e := Entry{Token: token, Actor: actorOf(id, p.Staff)}
	e.Actor.Origin = c.Origin
	err = d.write(ctx, e.Actor, func(w work) error {
		there, err := w.EndPendingLogin(ctx, p.Token)
		if err != nil {
			return err
		}
		if !there {
			return over
		}
		if err := w.useCode(ctx, p.Staff.ID, c.Code); err != nil {
			return err
		}
		return w.begin(ctx, token, p.Staff, c.Agent)
	})
	if fault.Code(err) == "login.code" {
		if failed := d.auditWrongCode(ctx, e.Actor); failed != nil {
			err = failed
		}
	}
	if err != nil {
		return Entry{}, err
	}
	d.throttle.clear(name)
	return e, nil
}

func (d *Desk) pending(ctx context.Context, id clinic.ID, token string) (p store.PendingLogin, err error) {
	err = d.store.Read(ctx, id, func(tx *store.Tx) (err error) {
		p, err = tx.PendingLogin(ctx, digest(token))
		return err
	})
	return p, err
}

// auditWrongCode writes that somebody who knows the password did not know the
// code.
func (d *Desk) auditWrongCode(ctx context.Context, actor clinic.Actor) error {
	line, write := d.bounded(actor, store.Audit{Action: "session.refused", Detail: "login.code"})
	if !write {
		return nil
	}
	return d.write(ctx, actor, func(w work) error { return w.auditLine(ctx, line) })
}

// codeOf counts wrong codes of a person from everywhere together: whoever comes
// this far knows the password.
func codeOf(id clinic.ID, staff clinic.StaffID) throttled {
	return throttled{clinic: id, username: "code " + strconv.FormatInt(int64(staff), 10)}
}

// useCode uses up a code of the authenticator or a recovery code. Refused
// login.code.
func (w work) useCode(ctx context.Context, staff clinic.StaffID, code string) error {
	f, err := w.SecondFactor(ctx, staff)
	if err != nil {
		return err
	}
	if step, ok := clinic.CheckTOTP(f.Secret, code, w.now, f.LastStep); ok {
		used, err := w.UseStep(ctx, staff, step)
		if err == nil && !used {
			err = wrongCode()
		}
		return err
	}
	used, err := w.UseRecoveryCode(ctx, staff, digest(plainRecoveryCode(code)))
	if err != nil {
		return err
	}
	if !used {
		return wrongCode()
	}
	return w.audit(ctx, "session.recovery", 0, int64(staff))
}

func wrongCode() error {
	return fault.New(fault.Refused, "login.code", "the code is wrong or was used").At("code")
}

// plainRecoveryCode is a recovery code as it was made, however it was typed.
func plainRecoveryCode(typed string) string {
	if len(typed) > 100 {
		return ""
	}
	return strings.ToUpper(strings.NewReplacer(" ", "", "-", "").Replace(farsi.Digits(typed)))
}

// Factor is a person's second factor. Until it is On a Secret waits to be
// confirmed; afterwards it is never shown again.
type Factor struct {
	On       bool
	Since    time.Time
	Codes    int    // recovery codes that are left
	Secret   string // as typed into an authenticator; "" when none waits
	Address  string // what the square for an authenticator holds
	Required bool   // the person may not be without
}

// Factor returns the actor's own second factor.
func (d *Desk) Factor(ctx context.Context, actor clinic.Actor) (f Factor, err error) {
	err = d.read(ctx, actor, func(w work) error {
		rules, err := w.SignInRules(ctx)
		if err != nil {
			return err
		}
		f.Required = rules.FactorRequired && actor.Role == clinic.Manager
		kept, err := w.SecondFactor(ctx, actor.Staff)
		if fault.Of(err) == fault.NotFound {
			return nil
		}
		if err != nil {
			return err
		}
		if f.On = !kept.Confirmed.IsZero(); f.On {
			f.Since, f.Codes = kept.Confirmed, kept.Codes
			return nil
		}
		self, err := w.Staff(ctx, actor.Staff)
		f.Secret, f.Address = clinic.TOTPText(kept.Secret), clinic.TOTPAddress(kept.Secret, w.clinic.Name, self.Username)
		return err
	})
	return f, err
}

// StartFactor makes the actor a new secret, which ConfirmFactor turns on.
// Refused second_factor.on when one is on already.
func (d *Desk) StartFactor(ctx context.Context, actor clinic.Actor) error {
	secret := make([]byte, clinic.TOTPSecretBytes)
	if _, err := io.ReadFull(d.options.Random, secret); err != nil {
		return fmt.Errorf("secret: %w", err)
	}
	return d.write(ctx, actor, func(w work) error {
		kept, err := w.SecondFactor(ctx, actor.Staff)
		if err != nil && fault.Of(err) != fault.NotFound {
			return err
		}
		if !kept.Confirmed.IsZero() {
			return fault.New(fault.Refused, "second_factor.on", "a second factor is on already")
		}
		return w.AddSecondFactor(ctx, actor.Staff, secret)
	})
}

// ConfirmFactor turns the waiting secret on by its first code and returns the
// recovery codes, which are never shown again. NotFound second_factor.none;
// Refused second_factor.on, login.code, login.slow.
func (d *Desk) ConfirmFactor(ctx context.Context, actor clinic.Actor, code string) ([]string, error) {
	name := codeOf(actor.Clinic, actor.Staff)
	if err := d.throttle.attempt(name, ofName, d.now()); err != nil {
		return nil, err
	}
	codes, digests, err := d.newRecoveryCodes()
	if err != nil {
		return nil, err
	}
	err = d.write(ctx, actor, func(w work) error {
		f, err := w.SecondFactor(ctx, actor.Staff)
		if err != nil {
			return err
		}
		if !f.Confirmed.IsZero() {
			return fault.New(fault.Refused, "second_factor.on", "a second factor is on already")
		}
		step, ok := clinic.CheckTOTP(f.Secret, code, w.now, f.LastStep)
		if !ok {
			return wrongCode()
		}
		if _, err := w.UseStep(ctx, actor.Staff, step); err != nil {
			return err
		}
		if err := w.ConfirmSecondFactor(ctx, actor.Staff, w.now, digests); err != nil {
			return err
		}
		return w.audit(ctx, "factor.on", 0, int64(actor.Staff))
	})
	if err != nil {
		return nil, err
	}
	d.throttle.clear(name)
	return codes, nil
}

// newRecoveryCodes makes codes of sixteen letters in groups of four, and what
// is stored of them.
func (d *Desk) newRecoveryCodes() (codes []string, digests [][]byte, err error) {
	for range recoveryCodes {
		b := make([]byte, recoveryBytes)
		if _, err := io.ReadFull(d.options.Random, b); err != nil {
			return nil, nil, fmt.Errorf("recovery code: %w", err)
		}
		c := base32.StdEncoding.EncodeToString(b)
		codes = append(codes, c[:4]+"-"+c[4:8]+"-"+c[8:12]+"-"+c[12:])
		digests = append(digests, digest(c))
	}
	return codes, digests, nil
}

// RemoveFactor turns the actor's own second factor off. Refused password.wrong
// and login.slow for a wrong password, second_factor.required for whom the
// clinic asks for one.
func (d *Desk) RemoveFactor(ctx context.Context, actor clinic.Actor, password string) error {
	if _, err := d.ownPassword(ctx, actor, password, "password_off"); err != nil {
		return err
	}
	return d.write(ctx, actor, func(w work) error {
		rules, err := w.SignInRules(ctx)
		if err != nil {
			return err
		}
		if rules.FactorRequired && actor.Role == clinic.Manager {
			return fault.New(fault.Refused, "second_factor.required", "the clinic asks its managers for a second factor")
		}
		if err := w.RemoveSecondFactor(ctx, actor.Staff); err != nil {
			return err
		}
		return w.audit(ctx, "factor.off", 0, int64(actor.Staff))
	})
}
