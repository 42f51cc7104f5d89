package desk

import (
	"context"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/store"
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
// branch.none; Forbidden staff.above for one who would do what the actor may
// not.
func (d *Desk) AddStaff(ctx context.Context, actor clinic.Actor, a AddStaff) (clinic.Staff, error) {
	if err := actor.May(clinic.WriteStaff); err != nil {
		return clinic.Staff{}, err
	}
	a.Staff.Username = plainUsername(a.Staff.Username)
	a.Staff.Disabled, a.Staff.Version = false, 0
	staff, err := a.Staff.Settled().Check()
	if err == nil && !actor.Covers(staff) {
		err = aboveActor()
	}
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
	return command(ctx, d, actor, clinic.WriteStaff, "staff.add", a.Request, staff, func(w work) (clinic.Staff, error) {
		added := staff
		added.ID = clinic.StaffID(w.id())
		if added.Branch == 0 {
			added.Branch = w.actor.Branch
		} else if err := w.mayPlaceAt(ctx, added.Branch); err != nil {
			return added, err
		}
		if err := w.AddStaff(ctx, added, encoded); err != nil {
			return added, err
		}
		added.Version = 1
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

// Staff lists everyone who works or worked at the clinic.
func (d *Desk) Staff(ctx context.Context, actor clinic.Actor) (all []clinic.Staff, err error) {
	if err := actor.May(clinic.WriteStaff); err != nil {
		return nil, err
	}
	err = d.read(ctx, actor, func(w work) (err error) {
		all, err = w.AllStaff(ctx)
		return err
	})
	return all, err
}

// StaffEntry is one person in the list of staff: where, when last at work, and
// whether a second factor is asked for.
type StaffEntry = store.StaffEntry

// StaffList lists those who work or worked at the branches that the actor sees.
func (d *Desk) StaffList(ctx context.Context, actor clinic.Actor) (all []StaffEntry, err error) {
	if err := actor.May(clinic.WriteStaff); err != nil {
		return nil, err
	}
	err = d.read(ctx, actor, func(w work) (err error) {
		all, err = w.StaffEntries(ctx, w.branch(), 0)
		return err
	})
	return all, err
}

// StaffEntry returns one of StaffList. NotFound staff.none.
func (d *Desk) StaffEntry(ctx context.Context, actor clinic.Actor, id clinic.StaffID) (StaffEntry, error) {
	if err := actor.May(clinic.WriteStaff); err != nil {
		return StaffEntry{}, err
	}
	var one []StaffEntry
	err := d.read(ctx, actor, func(w work) (err error) {
		one, err = w.StaffEntries(ctx, w.branch(), id)
		return err
	})
	if err == nil && len(one) == 0 {
		err = fault.New(fault.NotFound, "staff.none", "there is no staff %d", id)
	}
	if err != nil {
		return StaffEntry{}, err
	}
	return one[0], nil
}

// StaffBranches lists the branches at which the actor may place people.
func (d *Desk) StaffBranches(ctx context.Context, actor clinic.Actor) (all []clinic.Branch, err error) {
	if err := actor.May(clinic.WriteStaff); err != nil {
		return nil, err
	}
	err = d.read(ctx, actor, func(w work) (err error) {
		branches, err := w.Branches(ctx)
		for _, b := range clinic.Offered(branches) {
			if scope := w.branch(); scope == 0 || b.ID == scope {
				all = append(all, b)
			}
		}
		return err
	})
	return all, err
}

// StaffByUsername returns the person who signs in so. NotFound staff.none.
func (d *Desk) StaffByUsername(ctx context.Context, actor clinic.Actor, username string) (clinic.Staff, error) {
	return d.oneStaff(ctx, actor, func(w work) (clinic.Staff, error) { return w.StaffByUsername(ctx, plainUsername(username)) })
}

func (d *Desk) oneStaff(ctx context.Context, actor clinic.Actor, find func(w work) (clinic.Staff, error)) (s clinic.Staff, err error) {
	if err := actor.May(clinic.WriteStaff); err != nil {
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
