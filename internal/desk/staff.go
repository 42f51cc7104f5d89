package desk

import (
	"context"

	"daftar/internal/clinic"
	"daftar/internal/fault"
)

// AddStaff is the form of a person who works at the clinic. Without a username
// the person does not sign in and Password is not looked at.
type AddStaff struct {
	Staff    clinic.Staff
	Password string
	Request  Request `json:"-"`
}

// AddStaff adds a person; without a branch, at the actor's. Invalid staff.name,
// staff.role, staff.username, staff.password; Conflict staff.username; NotFound
// branch.none.
func (d *Desk) AddStaff(ctx context.Context, actor clinic.Actor, a AddStaff) (clinic.Staff, error) {
	if err := actor.May(clinic.WriteSettings); err != nil {
		return clinic.Staff{}, err
	}
	a.Staff.Username = plainUsername(a.Staff.Username)
	a.Staff.Disabled = false
	staff, err := a.Staff.Check()
	if err != nil {
		return staff, err
	}
	var encoded string
	if staff.Username != "" {
		if encoded, err = d.newPassword(ctx, staff.Username, a.Password); err != nil {
			return staff, err
		}
	}
	// The digest of the request leaves the password out: it has no salt.
	return command(ctx, d, actor, clinic.WriteSettings, "staff.add", a.Request, staff, func(w work) (clinic.Staff, error) {
		added := staff
		added.ID = clinic.StaffID(w.id())
		if added.Branch == 0 {
			added.Branch = w.actor.Branch
		} else if _, err := w.Branch(ctx, added.Branch); err != nil {
			return added, err
		}
		if err := w.AddStaff(ctx, added, encoded); err != nil {
			return added, err
		}
		return added, w.audit(ctx, "staff.add", 0, int64(added.ID))
	})
}

// newPassword checks a password and encodes it, outside of any transaction.
func (d *Desk) newPassword(ctx context.Context, username, password string) (string, error) {
	if username == "" {
		return "", fault.New(fault.Invalid, "staff.username", "who has a password has a username").At("username")
	}
	if err := checkPassword(password, username); err != nil {
		return "", err
	}
	return d.hashPassword(ctx, password)
}

// SetPassword gives a person another password; sessions and tokens end.
// NotFound staff.none; Invalid staff.password, and staff.username for one who
// does not sign in.
func (d *Desk) SetPassword(ctx context.Context, actor clinic.Actor, id clinic.StaffID, password string) error {
	staff, err := d.oneStaff(ctx, actor, func(w work) (clinic.Staff, error) { return w.Staff(ctx, id) })
	if err != nil {
		return err
	}
	encoded, err := d.newPassword(ctx, staff.Username, password)
	if err != nil {
		return err
	}
	return d.write(ctx, actor, func(w work) error {
		if err := w.SetPassword(ctx, id, encoded); err != nil {
			return err
		}
		return w.audit(ctx, "staff.password", 0, int64(id))
	})
}

// SetRole gives a person another role; sessions and tokens end. NotFound
// staff.none; Invalid staff.role; Refused staff.self for one's own.
func (d *Desk) SetRole(ctx context.Context, actor clinic.Actor, id clinic.StaffID, role clinic.Role) error {
	if err := notSelf(actor, id); err != nil {
		return err
	}
	staff, err := d.oneStaff(ctx, actor, func(w work) (clinic.Staff, error) { return w.Staff(ctx, id) })
	if err != nil {
		return err
	}
	staff.Role = role
	if _, err := staff.Check(); err != nil {
		return err
	}
	return d.write(ctx, actor, func(w work) error {
		if err := w.SaveRole(ctx, id, role); err != nil {
			return err
		}
		return w.audit(ctx, "staff.role", 0, int64(id))
	})
}

// DisableStaff ends what a person may do here: sessions and tokens die at
// once. NotFound staff.none; Refused staff.self for oneself, so that a manager
// is always left.
func (d *Desk) DisableStaff(ctx context.Context, actor clinic.Actor, id clinic.StaffID) error {
	if err := actor.May(clinic.WriteSettings); err != nil {
		return err
	}
	if err := notSelf(actor, id); err != nil {
		return err
	}
	return d.write(ctx, actor, func(w work) error {
		if err := w.DisableStaff(ctx, id, w.now); err != nil {
			return err
		}
		return w.audit(ctx, "staff.disable", 0, int64(id))
	})
}

func notSelf(actor clinic.Actor, id clinic.StaffID) error {
	if actor.Staff == id {
		return fault.New(fault.Refused, "staff.self", "ask another manager to do this to you")
	}
	return nil
}

// Staff lists everyone who works or worked at the clinic.
func (d *Desk) Staff(ctx context.Context, actor clinic.Actor) (all []clinic.Staff, err error) {
	if err := actor.May(clinic.WriteSettings); err != nil {
		return nil, err
	}
	err = d.read(ctx, actor, func(w work) (err error) {
		all, err = w.AllStaff(ctx)
		return err
	})
	return all, err
}

// StaffByUsername returns the person who signs in so. NotFound staff.none.
func (d *Desk) StaffByUsername(ctx context.Context, actor clinic.Actor, username string) (clinic.Staff, error) {
	return d.oneStaff(ctx, actor, func(w work) (clinic.Staff, error) { return w.StaffByUsername(ctx, plainUsername(username)) })
}

func (d *Desk) oneStaff(ctx context.Context, actor clinic.Actor, find func(w work) (clinic.Staff, error)) (s clinic.Staff, err error) {
	if err := actor.May(clinic.WriteSettings); err != nil {
		return s, err
	}
	err = d.read(ctx, actor, func(w work) (err error) {
		s, err = find(w)
		return err
	})
	return s, err
}

// Operator is who acts on the clinic from the command line, where whoever may
// run the program may do everything: the first of its staff, as a manager.
// NotFound clinic.none.
func (d *Desk) Operator(ctx context.Context, id clinic.ID) (clinic.Actor, error) {
	actor := clinic.Actor{Clinic: id, Role: clinic.Manager, Origin: "command line"}
	all, err := d.Staff(ctx, actor)
	if err != nil {
		return clinic.Actor{}, err
	}
	if len(all) == 0 {
		return clinic.Actor{}, fault.New(fault.NotFound, "staff.none", "clinic %d has no staff", id)
	}
	actor.Staff, actor.Branch, actor.Name = all[0].ID, all[0].Branch, all[0].Name
	return actor, nil
}
