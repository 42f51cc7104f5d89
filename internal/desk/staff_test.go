package desk_test

import (
	"strings"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
)

func TestSessionsAndTokensDieWithWhatTheyStoodOn(t *testing.T) {
	for name, change := range map[string]func(t *testing.T, o office, id clinic.StaffID) error{
		"a new password": func(t *testing.T, o office, id clinic.StaffID) error {
			return o.SetPassword(t.Context(), o.manager, id, "another long one")
		},
		"a new role": func(t *testing.T, o office, id clinic.StaffID) error {
			return o.SetRole(t.Context(), o.manager, id, clinic.Accountant)
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
				if a, err := o.Session(t.Context(), stays); err != nil || a.Staff != other.ID {
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
		_, _, err := o.SignIn(t.Context(), 1, "front1", goodPassword, "page")
		refuses(t, err, fault.Refused, "login.wrong")
		if _, _, err := o.SignIn(t.Context(), 1, "front1", "another long one", "page"); err != nil {
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
