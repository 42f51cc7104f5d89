package web

import (
	"context"
	"net/http"
	"slices"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/web/view"
)

// GET /settings/staff/{staff}
func (s *server) staffPage(v visit) error {
	who, err := staffOf(v)
	if err != nil {
		return err
	}
	e, err := s.Desk.StaffEntry(v.r.Context(), v.actor, who)
	if err != nil {
		return err
	}
	return s.showStaff(v, http.StatusOK, e, staffFormOf(e))
}

// staffFormOf is the form with what is stored.
func staffFormOf(e desk.StaffEntry) view.StaffForm {
	f := view.StaffForm{Name: e.Name, Username: e.Username, Role: string(e.Role), Branch: id(e.Branch), Version: id(e.Version), States: map[string]string{}}
	for _, right := range clinic.Permissions {
		switch {
		case e.Granted.Has(right):
			f.States[string(right)] = view.RightGranted
		case e.Withdrawn.Has(right):
			f.States[string(right)] = view.RightWithdrawn
		}
	}
	return f
}

// showStaff shows the page of one person with a form as it was typed.
func (s *server) showStaff(v visit, code int, e desk.StaffEntry, f view.StaffForm) error {
	if err := s.prepare(v, &f); err != nil {
		return err
	}
	if own := id(e.Branch); !slices.ContainsFunc(f.Branches, func(c view.Choice) bool { return c.Value == own }) {
		f.Branches = append(f.Branches, view.Choice{Value: own, Text: e.BranchName}) // closed, but the person is there
	}
	p := view.StaffOne{Chrome: s.chrome(v, e.Name), Row: staffRow(v, e), Form: f, Above: !v.actor.Covers(e.Staff)}
	for _, right := range clinic.Permissions {
		given := e.Role.Preset().Has(right)
		p.Rights = append(p.Rights, view.RightRow{Key: string(right), Text: v.l.T("right." + string(right)), Given: given,
			Has: e.Rights().Has(right), State: f.States[string(right)]})
	}
	p.Chrome.Toast = done(v, "staff")
	s.write(v, code, view.StaffOnePage(p))
	return nil
}

// POST /settings/staff/{staff}
func (s *server) saveStaff(v visit) error {
	who, err := staffOf(v)
	if err != nil {
		return err
	}
	f := readStaffForm(v)
	if who == v.actor.Staff {
		return s.renameSelf(v, &f.StaffForm)
	}
	staff, err := f.staff()
	if err == nil {
		staff.ID = who
		_, err = s.Desk.SaveStaff(v.r.Context(), v.actor, desk.SaveStaff{Staff: staff, Request: desk.Request{Key: v.r.PostFormValue("request")}})
	}
	if err != nil {
		return s.refuseStaff(v, who, err, &f.StaffForm)
	}
	return redirect(v, staffPath+"/"+id(who)+"?done=saved")
}

// renameSelf takes the name only: the rest of one's own place is for others.
func (s *server) renameSelf(v visit, f *view.StaffForm) error {
	if err := s.Desk.RenameStaff(v.r.Context(), v.actor, v.actor.Staff, f.Name); err != nil {
		return s.refuseStaff(v, v.actor.Staff, err, f)
	}
	return redirect(v, staffPath+"/"+id(v.actor.Staff)+"?done=saved")
}

// refuseStaff shows the page of a person again, with what was typed when a form
// is given. A form that somebody overtook carries the version of now: who sends
// it again has seen what it is.
func (s *server) refuseStaff(v visit, who clinic.StaffID, refused error, f *view.StaffForm) error {
	e, err := s.Desk.StaffEntry(v.r.Context(), v.actor, who)
	if err != nil {
		return err
	}
	mend := s.mend // a button is refused as a whole, a form at its field
	if f != nil {
		mend = s.mendStaff
	}
	return mend(v, refused, func(code int, problems []view.FieldProblem) error {
		shown := staffFormOf(e)
		if f != nil {
			now := shown
			shown = *f
			shown.Username = e.Username
			if fault.Code(refused) == "staff.stale" {
				shown.Version = now.Version
				problems[0].Text += " " + v.l.T("staff.stale.now", "name", e.Name, "role", v.l.T("role."+string(e.Role)), "branch", e.BranchName)
			}
		}
		shown.Problems = problems
		return s.showStaff(v, code, e, shown)
	})
}

// POST /settings/staff/{staff}/password
func (s *server) resetPassword(v visit) error {
	who, err := staffOf(v)
	if err != nil {
		return err
	}
	if err := s.Desk.SetPassword(v.r.Context(), v.actor, who, v.r.PostFormValue("password")); err != nil {
		return s.refuseStaff(v, who, err, nil)
	}
	return redirect(v, staffPath+"/"+id(who)+"?done=password")
}

// manage makes the handler of a button on the page of a person.
func (s *server) manage(do func(d *desk.Desk, ctx context.Context, actor clinic.Actor, id clinic.StaffID) error, what string) func(v visit) error {
	return func(v visit) error {
		who, err := staffOf(v)
		if err != nil {
			return err
		}
		if err := do(s.Desk, v.r.Context(), v.actor, who); err != nil {
			return s.refuseStaff(v, who, err, nil)
		}
		return redirect(v, staffPath+"/"+id(who)+"?done="+what)
	}
}
