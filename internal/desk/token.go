package desk

import (
	"context"
	"strconv"
	"strings"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/store"
)

// bearerPrefix lets a token be recognized where it leaked.
const bearerPrefix = "daftar_"

// CreateToken returns a bearer token with which a program acts as the person,
// until lifetime is over. NotFound staff.none; Forbidden staff.above; Invalid token.expires for a
// lifetime that is not between a minute and five years.
func (d *Desk) CreateToken(ctx context.Context, actor clinic.Actor, username string, lifetime time.Duration) (string, error) {
	if err := actor.May(clinic.WriteStaff); err != nil {
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
		if err == nil {
			staff, err = w.managed(ctx, staff.ID)
		}
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
