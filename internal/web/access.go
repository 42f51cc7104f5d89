package web

import (
	"net/http"
	"strconv"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/web/view"
)

// staffPath is the list of staff; the pages of one person are below it.
const staffPath = "/settings/staff"

// accessRoutes: staff, roles, permissions, branches.
func (s *server) accessRoutes() []route {
	const one = staffPath + "/{staff}"
	return append(s.signInRoutes(), []route{
		page(staffPath, clinic.WriteStaff, "", s.staffList),
		page(staffPath+"/new", clinic.WriteStaff, "", s.newStaff),
		form(staffPath, clinic.WriteStaff, "", s.addStaff),
		page("/settings/roles", clinic.WriteStaff, "", s.roles),
		page(one, clinic.WriteStaff, "staff", s.staffPage),
		form(one, clinic.WriteStaff, "staff", s.saveStaff),
		form(one+"/password", clinic.WriteStaff, "staff", s.resetPassword),
		form(one+"/disable", clinic.WriteStaff, "staff", s.manage((*desk.Desk).DisableStaff, "disabled")),
		form(one+"/enable", clinic.WriteStaff, "staff", s.manage((*desk.Desk).EnableStaff, "enabled")),
		form(one+"/sign-out", clinic.WriteStaff, "staff", s.manage((*desk.Desk).SignOutStaff, "signed-out")),
		form(one+"/second-factor/remove", clinic.WriteStaff, "staff", s.manage((*desk.Desk).RemoveStaffFactor, "factor-off")),
	}...)
}

// staffOf reads the person of the path. NotFound staff.none for what is no id.
func staffOf(v visit) (clinic.StaffID, error) {
	n, err := strconv.ParseInt(v.r.PathValue("staff"), 10, 64)
	if err != nil || n <= 0 {
		return 0, fault.New(fault.NotFound, "staff.none", "there is no such person")
	}
	return clinic.StaffID(n), nil
}

// GET /settings/staff
func (s *server) staffList(v visit) error {
	all, err := s.Desk.StaffList(v.r.Context(), v.actor)
	if err != nil {
		return err
	}
	p := view.StaffList{Chrome: s.chrome(v, v.l.T("staff.title")), Settings: v.actor.Can(clinic.WriteSettings)}
	p.Chrome.Toast = done(v, "staff")
	for _, e := range all {
		p.Rows = append(p.Rows, staffRow(v, e))
	}
	return s.show(v, view.StaffListPage(p))
}

func staffRow(v visit, e desk.StaffEntry) view.StaffRow {
	return view.StaffRow{ID: id(e.ID), Name: e.Name, Username: e.Username, Role: v.l.T("role." + string(e.Role)), Branch: e.BranchName,
		Disabled: e.Disabled, Seen: e.Seen, Factor: e.Factor, Sessions: e.Sessions, Self: e.ID == v.actor.Staff, Rights: e.Granted != 0 || e.Withdrawn != 0}
}

// GET /settings/roles shows what each role may do.
func (s *server) roles(v visit) error {
	p := view.Roles{Chrome: s.chrome(v, v.l.T("roles.title")), Settings: v.actor.Can(clinic.WriteSettings)}
	for i := range p.Chrome.Nav { // the page stands beside the list of staff
		p.Chrome.Nav[i].On = p.Chrome.Nav[i].URL == staffPath
	}
	for _, r := range clinic.Roles {
		p.Roles = append(p.Roles, v.l.T("role."+string(r)))
	}
	for _, right := range clinic.Permissions {
		row := view.RoleRow{Text: v.l.T("right." + string(right))}
		for _, r := range clinic.Roles {
			row.Given = append(row.Given, r.Preset().Has(right))
		}
		p.Rows = append(p.Rows, row)
	}
	return s.show(v, view.RolesPage(p))
}

// GET /settings/staff/new
func (s *server) newStaff(v visit) error {
	return s.showNewStaff(v, http.StatusOK, view.StaffForm{Branch: id(v.actor.Branch), Role: string(clinic.Receptionist)})
}

func (s *server) showNewStaff(v visit, code int, f view.StaffForm) error {
	if err := s.prepare(v, &f); err != nil {
		return err
	}
	s.write(v, code, view.StaffNewPage(view.StaffNew{Chrome: s.chrome(v, v.l.T("staff.new")), Form: f}))
	return nil
}

// prepare fills in what a form of a person offers, and its name.
func (s *server) prepare(v visit, f *view.StaffForm) error {
	branches, err := s.Desk.StaffBranches(v.r.Context(), v.actor)
	if err != nil {
		return err
	}
	for _, b := range branches {
		f.Branches = append(f.Branches, view.Choice{Value: id(b.ID), Text: b.Name})
	}
	for _, r := range clinic.Roles {
		if v.actor.Covers(clinic.Staff{Role: r}) || string(r) == f.Role {
			f.Roles = append(f.Roles, view.Choice{Value: string(r), Text: v.l.T("role." + string(r))})
		}
	}
	f.Request = s.RequestKey()
	return nil
}

// POST /settings/staff
func (s *server) addStaff(v visit) error {
	f := readStaffForm(v)
	staff, err := f.staff()
	if err == nil {
		staff, err = s.Desk.AddStaff(v.r.Context(), v.actor, desk.AddStaff{Staff: staff, Password: v.r.PostFormValue("password"),
			Request: desk.Request{Key: v.r.PostFormValue("request")}})
	}
	if err != nil {
		return s.mendStaff(v, err, func(code int, problems []view.FieldProblem) error {
			f.Problems = problems
			return s.showNewStaff(v, code, f.StaffForm)
		})
	}
	return redirect(v, staffPath+"/"+id(staff.ID)+"?done=added")
}

// mendStaff is mend for the forms of a person, of which what the actor may not
// give is refused at the role.
func (s *server) mendStaff(v visit, err error, show func(code int, problems []view.FieldProblem) error) error {
	switch fault.Code(err) {
	case "staff.above":
		err = fault.New(fault.Refused, "staff.above", "more than the actor may give").At("role")
	case "branch.none":
		err = fault.New(fault.Invalid, "branch.none", "no such branch").At("branch")
	}
	return s.mend(v, err, show)
}

// staffForm is the form of a person as it was sent.
type staffForm struct {
	view.StaffForm
}

func readStaffForm(v visit) staffForm {
	f := view.StaffForm{Name: v.r.PostFormValue("name"), Username: v.r.PostFormValue("username"), Role: v.r.PostFormValue("role"),
		Branch: v.r.PostFormValue("branch"), Version: v.r.PostFormValue("version"), States: map[string]string{}}
	for _, right := range clinic.Permissions {
		f.States[string(right)] = v.r.PostFormValue("right." + string(right))
	}
	return staffForm{f}
}

// staff reads the form. Invalid staff.role for a branch or a version that is
// no number: the form was made by hand.
func (f staffForm) staff() (clinic.Staff, error) {
	s := clinic.Staff{Name: f.Name, Username: f.Username, Role: clinic.Role(f.Role)}
	branch, err := strconv.ParseInt(f.Branch, 10, 64)
	if err != nil {
		return s, fault.New(fault.Invalid, "branch.none", "no branch was chosen").At("branch")
	}
	s.Branch = clinic.BranchID(branch)
	if f.Version != "" {
		if s.Version, err = strconv.ParseInt(f.Version, 10, 64); err != nil {
			return s, fault.New(fault.Invalid, "request.form", "the form has no version")
		}
	}
	for _, right := range clinic.Permissions {
		switch f.States[string(right)] {
		case view.RightGranted:
			s.Granted |= clinic.RightsOf(right)
		case view.RightWithdrawn:
			s.Withdrawn |= clinic.RightsOf(right)
		}
	}
	return s, nil
}
