package desk

import (
	"context"

	"daftar/internal/clinic"
	"daftar/internal/fault"
)

// SetPassword gives a person another password; sessions and tokens end.
// NotFound staff.none; Forbidden staff.above; Invalid staff.password, and
// staff.username for one who does not sign in; Refused staff.self for one's
// own, which ChangePassword changes.
func (d *Desk) SetPassword(ctx context.Context, actor clinic.Actor, id clinic.StaffID, password string) error {
	staff, err := d.oneStaff(ctx, actor, func(w work) (clinic.Staff, error) { return w.Staff(ctx, id) })
	if err != nil {
		return err
	}
	encoded, err := d.newPassword(ctx, staff.Username, password)
	if err != nil {
		return err
	}
	if err := notSelf(actor, id); err != nil {
		return err
	}
	return d.write(ctx, actor, func(w work) error {
		if _, err := w.managed(ctx, id); err != nil {
			return err
		}
		if err := w.SetPassword(ctx, id, encoded, nil); err != nil {
			return err
		}
		return w.audit(ctx, "staff.password", 0, int64(id))
	})
}

// SetRole gives a person another role; faults of SaveStaff.
func (d *Desk) SetRole(ctx context.Context, actor clinic.Actor, id clinic.StaffID, role clinic.Role) error {
	return d.changeStaff(ctx, actor, id, func(s *clinic.Staff) { s.Role = role })
}

// SetRights grants and withdraws permissions beside the role's; faults of
// SaveStaff.
func (d *Desk) SetRights(ctx context.Context, actor clinic.Actor, id clinic.StaffID, granted, withdrawn clinic.Rights) error {
	return d.changeStaff(ctx, actor, id, func(s *clinic.Staff) { s.Granted, s.Withdrawn = granted, withdrawn })
}

// SetBranch moves a person to another branch; faults of SaveStaff.
func (d *Desk) SetBranch(ctx context.Context, actor clinic.Actor, id clinic.StaffID, branch clinic.BranchID) error {
	return d.changeStaff(ctx, actor, id, func(s *clinic.Staff) { s.Branch = branch })
}

// RenameStaff corrects a person's name, one's own too. Faults of SaveStaff.
func (d *Desk) RenameStaff(ctx context.Context, actor clinic.Actor, id clinic.StaffID, name string) error {
	return d.changeStaff(ctx, actor, id, func(s *clinic.Staff) { s.Name = name })
}

// DisableStaff ends what a person may do here: sessions and tokens die at
// once. Faults of SaveStaff.
func (d *Desk) DisableStaff(ctx context.Context, actor clinic.Actor, id clinic.StaffID) error {
	return d.changeStaff(ctx, actor, id, func(s *clinic.Staff) { s.Disabled = true })
}

// EnableStaff lets a person who left sign in again. Faults of SaveStaff.
func (d *Desk) EnableStaff(ctx context.Context, actor clinic.Actor, id clinic.StaffID) error {
	return d.changeStaff(ctx, actor, id, func(s *clinic.Staff) { s.Disabled = false })
}

// SaveStaff is the form of a person's place at the clinic. Of Staff it takes
// ID, Name, Role, Branch, Granted, Withdrawn and the Version that was seen.
type SaveStaff struct {
	Staff   clinic.Staff
	Request Request `json:"-"`
}

// SaveStaff changes name, role, branch and rights; but for the name alone,
// sessions and tokens end. NotFound staff.none, branch.none; Invalid
// staff.name, staff.role; Conflict staff.stale; Refused staff.self for one's
// own rights and staff.last for the last who can run the clinic; Forbidden
// staff.above when the actor may not do all that the person may, before or
// after.
func (d *Desk) SaveStaff(ctx context.Context, actor clinic.Actor, f SaveStaff) (clinic.Staff, error) {
	return command(ctx, d, actor, clinic.WriteStaff, "staff.save", f.Request, f.Staff, func(w work) (clinic.Staff, error) {
		return w.changeStaff(ctx, f.Staff.ID, func(s *clinic.Staff) {
			s.Name, s.Role, s.Branch, s.Version = f.Staff.Name, f.Staff.Role, f.Staff.Branch, f.Staff.Version
			s.Granted, s.Withdrawn = f.Staff.Granted, f.Staff.Withdrawn
		})
	})
}

func (d *Desk) changeStaff(ctx context.Context, actor clinic.Actor, id clinic.StaffID, change func(s *clinic.Staff)) error {
	if err := actor.May(clinic.WriteStaff); err != nil {
		return err
	}
	return d.write(ctx, actor, func(w work) error {
		_, err := w.changeStaff(ctx, id, change)
		return err
	})
}

// changeStaff carries out one change of a person and writes in the audit each
// thing that became another.
func (w work) changeStaff(ctx context.Context, id clinic.StaffID, change func(s *clinic.Staff)) (clinic.Staff, error) {
	old, err := w.managed(ctx, id)
	if err != nil {
		return old, err
	}
	now := old
	change(&now)
	if now, err = now.Settled().Check(); err != nil {
		return old, err
	}
	if now == old {
		return old, nil
	}
	if err := w.changeIsAllowed(ctx, old, now); err != nil {
		return old, err
	}
	if err := w.SaveStaff(ctx, now, w.now); err != nil {
		return old, err
	}
	now.Version++
	changed := 0
	for _, c := range []struct {
		action string
		is     bool
	}{
		{"staff.rename", now.Name != old.Name},
		{"staff.role", now.Role != old.Role},
		{"staff.branch", now.Branch != old.Branch},
		{"staff.rights", now.Granted != old.Granted || now.Withdrawn != old.Withdrawn},
		{"staff.disable", now.Disabled && !old.Disabled},
		{"staff.enable", !now.Disabled && old.Disabled},
	} {
		if !c.is {
			continue
		}
		if c.action != "staff.rename" {
			changed++
		}
		if err := w.audit(ctx, c.action, 0, int64(id)); err != nil {
			return old, err
		}
	}
	if changed == 0 {
		return now, nil
	}
	return now, w.EndSessions(ctx, id, nil)
}

// changeIsAllowed guards against climbing and against a clinic that nobody can
// run.
func (w work) changeIsAllowed(ctx context.Context, old, now clinic.Staff) error {
	if now.Branch != old.Branch {
		if err := w.mayPlaceAt(ctx, now.Branch); err != nil {
			return err
		}
	}
	renamed := old
	renamed.Name, renamed.Version = now.Name, now.Version
	if now != renamed {
		if err := notSelf(w.actor, old.ID); err != nil {
			return err
		}
	}
	if !w.actor.Covers(now) {
		return aboveActor()
	}
	if !old.Keeps() || now.Keeps() {
		return nil
	}
	all, err := w.AllStaff(ctx)
	if err != nil {
		return err
	}
	for _, s := range all {
		if s.ID != old.ID && s.Keeps() {
			return nil
		}
	}
	return fault.New(fault.Refused, "staff.last", "somebody has to be left who can run the clinic")
}

// mayPlaceAt refuses a branch that does not exist, is closed or, to whom sees
// one branch, is another: NotFound branch.none.
func (w work) mayPlaceAt(ctx context.Context, branch clinic.BranchID) error {
	b, err := w.Branch(ctx, branch)
	if err != nil {
		return err
	}
	if scope := w.branch(); scope != 0 && branch != scope || !b.Offered() {
		return fault.New(fault.NotFound, "branch.none", "there is no branch %d", branch).At("branch")
	}
	return nil
}

// managed returns a person whom the actor may manage: of a branch that the
// actor sees, and with no right that the actor lacks. NotFound staff.none;
// Forbidden staff.above.
func (w work) managed(ctx context.Context, id clinic.StaffID) (clinic.Staff, error) {
	s, err := w.Staff(ctx, id)
	if err != nil {
		return s, err
	}
	if scope := w.branch(); scope != 0 && s.Branch != scope {
		return clinic.Staff{}, fault.New(fault.NotFound, "staff.none", "there is no staff %d", id)
	}
	if !w.actor.Covers(s) {
		return clinic.Staff{}, aboveActor()
	}
	return s, nil
}

func aboveActor() error {
	return fault.New(fault.Forbidden, "staff.above", "this person may or would do more than you")
}

// SignOutStaff ends a person's sessions and tokens everywhere. NotFound
// staff.none; Forbidden staff.above.
func (d *Desk) SignOutStaff(ctx context.Context, actor clinic.Actor, id clinic.StaffID) error {
	return d.manage(ctx, actor, id, "staff.signout", func(w work) error { return w.EndSessions(ctx, id, nil) })
}

// RemoveStaffFactor takes away the second factor of a person who lost it;
// sessions and tokens end. NotFound staff.none; Forbidden staff.above; Refused
// staff.self for one's own, which RemoveFactor removes.
func (d *Desk) RemoveStaffFactor(ctx context.Context, actor clinic.Actor, id clinic.StaffID) error {
	if err := notSelf(actor, id); err != nil {
		return err
	}
	return d.manage(ctx, actor, id, "staff.factor_off", func(w work) error {
		if err := w.RemoveSecondFactor(ctx, id); err != nil {
			return err
		}
		return w.EndSessions(ctx, id, nil)
	})
}

// manage does something to a person whom the actor may manage.
func (d *Desk) manage(ctx context.Context, actor clinic.Actor, id clinic.StaffID, action string, do func(w work) error) error {
	if err := actor.May(clinic.WriteStaff); err != nil {
		return err
	}
	return d.write(ctx, actor, func(w work) error {
		if _, err := w.managed(ctx, id); err != nil {
			return err
		}
		if err := do(w); err != nil {
			return err
		}
		return w.audit(ctx, action, 0, int64(id))
	})
}

func notSelf(actor clinic.Actor, id clinic.StaffID) error {
	if actor.Staff == id {
		return fault.New(fault.Refused, "staff.self", "ask another manager to do this to you")
	}
	return nil
}
