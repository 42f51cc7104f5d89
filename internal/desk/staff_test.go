package desk_test

import (
	"strings"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/store"
)

func TestSessionsAndTokensDieWithWhatTheyStoodOn(t *testing.T) {
	for name, change := range map[string]func(t *testing.T, o office, id clinic.StaffID) error{
		"a new password": func(t *testing.T, o office, id clinic.StaffID) error {
			return o.SetPassword(t.Context(), o.manager, id, "another long one")
		},
		"a new role": func(t *testing.T, o office, id clinic.StaffID) error {
			return o.SetRole(t.Context(), o.manager, id, clinic.Accountant)
		},
		"other rights": func(t *testing.T, o office, id clinic.StaffID) error {
			return o.SetRights(t.Context(), o.manager, id, clinic.RightsOf(clinic.ReadAudit), 0)
		},
		"another branch": func(t *testing.T, o office, id clinic.StaffID) error {
			return o.SetBranch(t.Context(), o.manager, id, o.branch(t, "west"))
		},
		"being signed out": func(t *testing.T, o office, id clinic.StaffID) error {
			return o.SignOutStaff(t.Context(), o.manager, id)
		},
		"leaving": func(t *testing.T, o office, id clinic.StaffID) error {
			return o.DisableStaff(t.Context(), o.manager, id)
		},
	} {
		t.Run(name, func(t *testing.T) {
			eachOffice(t, func(t *testing.T, o office) {
				s, other := o.hire(t, "front1"), o.hire(t, "front2")
				token, stays := o.signIn(t, "front1"), o.signIn(t, "front2")
				bearer, err := o.CreateToken(t.Context(), o.manager, "front1", time.Hour)
				if err != nil {
					t.Fatal(err)
				}
				if err := change(t, o, s.ID); err != nil {
					t.Fatal(err)
				}
				o.sessionIsOver(t, token)
				_, err = o.TokenActor(t.Context(), bearer)
				refuses(t, err, fault.Forbidden, "token.none")
				if a, err := o.Session(t.Context(), stays); err != nil || a.Actor.Staff != other.ID {
					t.Errorf("a colleague: %+v, %v", a, err)
				}
			})
		})
	}
}

func TestANewPasswordReplacesTheOld(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		s := o.hire(t, "front1")
		if err := o.SetPassword(t.Context(), o.manager, s.ID, "another long one"); err != nil {
			t.Fatal(err)
		}
		_, err := o.SignIn(t.Context(), login("front1", goodPassword))
		refuses(t, err, fault.Refused, "login.wrong")
		if _, err := o.SignIn(t.Context(), login("front1", "another long one")); err != nil {
			t.Error(err)
		}
	})
}

func TestPasswordsThatAreRefused(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		for name, password := range map[string]string{
			"seven characters":      "abcdefg",
			"seven Persian ones":    "شیرشیرش",
			"too long":              strings.Repeat("x", 201),
			"everybody's":           "12345678",
			"everybody's, shouted":  "PassWord123",
			"the username":          "receptionist",
			"the username, shouted": "Receptionist",
			"not a text":            "abcdefgh\xff",
		} {
			t.Run(name, func(t *testing.T) {
				_, err := o.AddStaff(t.Context(), o.manager, desk.AddStaff{Password: password,
					Staff: clinic.Staff{Name: "پذیرش", Role: clinic.Receptionist, Username: "receptionist"}})
				refuses(t, err, fault.Invalid, "staff.password")
				if f, _ := fault.As(err); f == nil || f.Field != "password" {
					t.Errorf("%+v is not at the password", f)
				}
			})
		}
	})
}

func TestStaffWhoCannotBeAdded(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		o.hire(t, "front1")
		good := clinic.Staff{Name: "نام", Role: clinic.Doctor, Username: "doctor1"}
		for name, c := range map[string]struct {
			change func(s *clinic.Staff)
			kind   fault.Kind
			code   string
		}{
			"a username twice":  {func(s *clinic.Staff) { s.Username = "FRONT1" }, fault.Conflict, "staff.username"},
			"an odd username":   {func(s *clinic.Staff) { s.Username = "a b" }, fault.Invalid, "staff.username"},
			"an unknown role":   {func(s *clinic.Staff) { s.Role = "king" }, fault.Invalid, "staff.role"},
			"no name":           {func(s *clinic.Staff) { s.Name = "\u200f " }, fault.Invalid, "staff.name"},
			"an unknown branch": {func(s *clinic.Staff) { s.Branch = 77 }, fault.NotFound, "branch.none"},
		} {
			t.Run(name, func(t *testing.T) {
				s := good
				c.change(&s)
				_, err := o.AddStaff(t.Context(), o.manager, desk.AddStaff{Staff: s, Password: goodPassword})
				refuses(t, err, c.kind, c.code)
			})
		}
		if all, err := o.Staff(t.Context(), o.manager); err != nil || len(all) != 2 {
			t.Errorf("staff: %+v, %v", all, err)
		}
	})
}

func TestOnlyManagersManageStaff(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		s := o.hire(t, "front1")
		for _, role := range clinic.Roles {
			if role == clinic.Manager {
				continue
			}
			a := o.as(role)
			_, add := o.AddStaff(t.Context(), a, desk.AddStaff{Staff: s, Password: goodPassword})
			_, list := o.Staff(t.Context(), a)
			_, one := o.StaffByUsername(t.Context(), a, "front1")
			for _, err := range []error{add, list, one, o.SetPassword(t.Context(), a, s.ID, goodPassword),
				o.SetRole(t.Context(), a, s.ID, clinic.Doctor), o.DisableStaff(t.Context(), a, s.ID)} {
				refuses(t, err, fault.Forbidden, "permission")
			}
		}
		refuses(t, o.DisableStaff(t.Context(), o.manager, o.manager.Staff), fault.Refused, "staff.self")
		refuses(t, o.SetRole(t.Context(), o.manager, o.manager.Staff, clinic.Doctor), fault.Refused, "staff.self")
		refuses(t, o.SetRole(t.Context(), o.manager, s.ID, "king"), fault.Invalid, "staff.role")
		refuses(t, o.DisableStaff(t.Context(), o.manager, 99), fault.NotFound, "staff.none")
		refuses(t, o.SetPassword(t.Context(), o.manager, 99, goodPassword), fault.NotFound, "staff.none")
		refuses(t, o.SetPassword(t.Context(), o.manager, o.manager.Staff, goodPassword), fault.Invalid, "staff.username")
	})
}

// branch adds a branch to the clinic.
func (o office) branch(t *testing.T, code string) clinic.BranchID {
	t.Helper()
	id := clinic.BranchID(o.ids.Next())
	err := o.store.Write(t.Context(), o.manager.Clinic, func(tx *store.Tx) error {
		return tx.AddBranch(t.Context(), clinic.Branch{ID: id, Code: code, Name: code})
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestANewNameSignsNobodyOut(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		s := o.hire(t, "front1")
		token := o.signIn(t, "front1")
		if err := o.RenameStaff(t.Context(), o.manager, s.ID, "نام تازه"); err != nil {
			t.Fatal(err)
		}
		if now, err := o.Session(t.Context(), token); err != nil || now.Actor.Name != "نام تازه" {
			t.Errorf("%+v, %v", now, err)
		}
		refuses(t, o.RenameStaff(t.Context(), o.manager, s.ID, " "), fault.Invalid, "staff.name")
	})
}

func TestWhoLeftMayComeBack(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		s := o.hire(t, "front1")
		for range 2 {
			if err := o.DisableStaff(t.Context(), o.manager, s.ID); err != nil {
				t.Fatal(err)
			}
		}
		_, err := o.SignIn(t.Context(), login("front1", goodPassword))
		refuses(t, err, fault.Refused, "login.wrong")
		if err := o.EnableStaff(t.Context(), o.manager, s.ID); err != nil {
			t.Fatal(err)
		}
		o.signIn(t, "front1")
	})
}

func TestTheFormOfAPersonsPlace(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		s := o.hire(t, "front1")
		s.Role, s.Branch, s.Name = clinic.Accountant, o.branch(t, "west"), "تازه"
		s.Granted = clinic.RightsOf(clinic.WriteAdmissions, clinic.ReadMoney) // the second the role has anyway
		s.Withdrawn = clinic.RightsOf(clinic.ExportBooks, clinic.WriteStaff)  // the second it has not
		form := desk.SaveStaff{Staff: s, Request: desk.Request{Key: "a"}}
		saved, err := o.SaveStaff(t.Context(), o.manager, form)
		if err != nil || saved.Version != 2 || saved.Granted != clinic.RightsOf(clinic.WriteAdmissions) || saved.Withdrawn != clinic.RightsOf(clinic.ExportBooks) {
			t.Fatalf("%+v, %v", saved, err)
		}
		if again, err := o.SaveStaff(t.Context(), o.manager, form); err != nil || again != saved {
			t.Errorf("sent twice: %+v, %v", again, err)
		}
		form.Request.Key = "b"
		_, err = o.SaveStaff(t.Context(), o.manager, form)
		refuses(t, err, fault.Conflict, "staff.stale")
		e, err := o.StaffEntry(t.Context(), o.manager, s.ID)
		if err != nil || e.Staff != saved || e.BranchName != "west" || e.Factor || !e.Seen.IsZero() {
			t.Errorf("%+v, %v", e, err)
		}
		o.signIn(t, "front1")
		if e, err := o.StaffEntry(t.Context(), o.manager, s.ID); err != nil || !e.Seen.Equal(o.clock.now()) || e.Sessions != 1 {
			t.Errorf("after signing in: %+v, %v", e, err)
		}
		actions := map[string]bool{}
		for _, line := range o.audit(t) {
			actions[line.Action] = true
		}
		for _, want := range []string{"staff.role", "staff.branch", "staff.rights", "staff.rename"} {
			if !actions[want] {
				t.Errorf("the audit lacks %s", want)
			}
		}
	})
}

// Somebody with the right to manage staff neither climbs nor sees other
// branches.
func TestNobodyGivesMoreThanTheyHave(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		helper, other := o.hire(t, "helper"), o.hire(t, "front1")
		boss, err := o.AddStaff(t.Context(), o.manager, desk.AddStaff{Password: goodPassword,
			Staff: clinic.Staff{Name: "م", Role: clinic.Manager, Username: "boss"}})
		if err != nil {
			t.Fatal(err)
		}
		far := o.hire(t, "far1")
		west := o.branch(t, "west")
		if err := o.SetBranch(t.Context(), o.manager, far.ID, west); err != nil {
			t.Fatal(err)
		}
		helper.Granted = clinic.RightsOf(clinic.WriteStaff)
		a := o.at(helper)
		_, err = o.AddStaff(t.Context(), a, desk.AddStaff{Password: goodPassword, Staff: clinic.Staff{Name: "x", Role: clinic.Manager, Username: "climber"}})
		refuses(t, err, fault.Forbidden, "staff.above")
		refuses(t, o.SetRole(t.Context(), a, other.ID, clinic.Supervisor), fault.Forbidden, "staff.above")
		refuses(t, o.SetRights(t.Context(), a, other.ID, clinic.RightsOf(clinic.ReadAudit), 0), fault.Forbidden, "staff.above")
		refuses(t, o.SetRights(t.Context(), a, helper.ID, 0, clinic.RightsOf(clinic.ReadMoney)), fault.Refused, "staff.self")
		refuses(t, o.SetPassword(t.Context(), a, boss.ID, "another long one"), fault.Forbidden, "staff.above")
		refuses(t, o.DisableStaff(t.Context(), a, boss.ID), fault.Forbidden, "staff.above")
		refuses(t, o.SignOutStaff(t.Context(), a, boss.ID), fault.Forbidden, "staff.above")
		refuses(t, o.RemoveStaffFactor(t.Context(), a, boss.ID), fault.Forbidden, "staff.above")
		_, err = o.CreateToken(t.Context(), a, "boss", time.Hour)
		refuses(t, err, fault.Forbidden, "staff.above")
		refuses(t, o.DisableStaff(t.Context(), a, far.ID), fault.NotFound, "staff.none")
		refuses(t, o.SetBranch(t.Context(), a, other.ID, west), fault.NotFound, "branch.none")
		_, err = o.StaffEntry(t.Context(), a, far.ID)
		refuses(t, err, fault.NotFound, "staff.none")
		if all, err := o.StaffList(t.Context(), a); err != nil || len(all) != 4 {
			t.Errorf("sees %d, %v", len(all), err)
		}
		if all, err := o.StaffBranches(t.Context(), a); err != nil || len(all) != 1 {
			t.Errorf("places at %d, %v", len(all), err)
		}
		if err := o.SetRole(t.Context(), a, other.ID, clinic.Doctor); err != nil {
			t.Errorf("what the helper may do: %v", err)
		}
	})
}

func TestSomebodyIsLeftWhoCanRunTheClinic(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		manager := func(username string) clinic.StaffID {
			s, err := o.AddStaff(t.Context(), o.manager, desk.AddStaff{Password: goodPassword,
				Staff: clinic.Staff{Name: "م", Role: clinic.Manager, Username: username}})
			if err != nil {
				t.Fatal(err)
			}
			return s.ID
		}
		first, second := manager("boss1"), manager("boss2")
		if err := o.DisableStaff(t.Context(), o.manager, first); err != nil {
			t.Fatal(err)
		}
		refuses(t, o.DisableStaff(t.Context(), o.manager, second), fault.Refused, "staff.last")
		refuses(t, o.SetRole(t.Context(), o.manager, second, clinic.Doctor), fault.Refused, "staff.last")
		refuses(t, o.SetRights(t.Context(), o.manager, second, 0, clinic.RightsOf(clinic.WriteStaff)), fault.Refused, "staff.last")
		if err := o.EnableStaff(t.Context(), o.manager, first); err != nil {
			t.Fatal(err)
		}
		if err := o.SetRole(t.Context(), o.manager, second, clinic.Doctor); err != nil {
			t.Error(err)
		}
	})
}
