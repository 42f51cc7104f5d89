package desk_test

import (
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/test/engine"
)

// at is the person as actor.
func (o office) at(s clinic.Staff) clinic.Actor {
	return clinic.Actor{Clinic: o.manager.Clinic, Branch: s.Branch, Staff: s.ID, Name: s.Name, Role: s.Role,
		Granted: s.Granted, Withdrawn: s.Withdrawn}
}

func TestOnesOwnSessions(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		s := o.hire(t, "front1")
		self := o.at(s)
		o.hire(t, "front2")
		stale := o.signIn(t, "front1")
		o.clock.pass(idle - time.Minute)
		one, two, three := o.signIn(t, "front1"), o.signIn(t, "front1"), o.signIn(t, "front1")
		other := o.signIn(t, "front2")
		o.clock.pass(time.Minute) // the stale one is over, though nobody swept it
		own, err := o.OwnSessions(t.Context(), self, one)
		if err != nil || len(own) != 3 {
			t.Fatalf("%+v, %v", own, err)
		}
		o.sessionIsOver(t, stale)
		var name string
		for _, s := range own {
			if s.Origin != "10.0.0.7" || s.Agent != "Firefox · Linux" {
				t.Errorf("%+v", s)
			}
			if s.This {
				name = s.Name
			}
		}
		colleague, err := o.Session(t.Context(), other)
		if err != nil {
			t.Fatal(err)
		}
		if err := o.EndOwnSession(t.Context(), colleague.Actor, name); err != nil {
			t.Fatal(err)
		}
		if _, err := o.Session(t.Context(), one); err != nil {
			t.Errorf("a colleague ended it: %v", err)
		}
		if err := o.EndOwnSession(t.Context(), self, name); err != nil {
			t.Fatal(err)
		}
		o.sessionIsOver(t, one)
		refuses(t, o.EndOwnSession(t.Context(), self, "x"), fault.NotFound, "session.none")
		if err := o.EndOtherSessions(t.Context(), self, two); err != nil {
			t.Fatal(err)
		}
		o.sessionIsOver(t, three)
		for _, stays := range []string{two, other} {
			if _, err := o.Session(t.Context(), stays); err != nil {
				t.Error(err)
			}
		}
	})
}

func TestChangingOnesOwnPassword(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		self := o.at(o.hire(t, "front1"))
		here, elsewhere := o.signIn(t, "front1"), o.signIn(t, "front1")
		const another = "another long one"
		refuses(t, o.ChangePassword(t.Context(), self, here, "wrong wrong", another), fault.Refused, "password.wrong")
		refuses(t, o.ChangePassword(t.Context(), self, here, goodPassword, "12345678"), fault.Invalid, "staff.password")
		if err := o.ChangePassword(t.Context(), self, here, goodPassword, another); err != nil {
			t.Fatal(err)
		}
		if _, err := o.Session(t.Context(), here); err != nil {
			t.Error(err)
		}
		o.sessionIsOver(t, elsewhere)
		_, err := o.SignIn(t.Context(), login("front1", goodPassword))
		refuses(t, err, fault.Refused, "login.wrong")
	})
}

func TestAClinicsOwnLimits(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		o.hire(t, "front1")
		set := func(idle, lasts time.Duration) error {
			return o.SetSessionLimits(t.Context(), o.manager, clinic.SessionLimits{Idle: idle, Lasts: lasts})
		}
		refuses(t, set(2*time.Minute, time.Hour), fault.Invalid, "session.idle")
		refuses(t, set(90*time.Minute, time.Hour), fault.Invalid, "session.idle")
		refuses(t, set(5*time.Minute, 0), fault.Invalid, "session.lasts")
		refuses(t, set(5*time.Minute, 25*time.Hour), fault.Invalid, "session.lasts")
		refuses(t, o.SetSessionLimits(t.Context(), o.as(clinic.Doctor), clinic.UsualSessionLimits), fault.Forbidden, "permission")
		token := o.signIn(t, "front1")
		if err := set(5*time.Minute, time.Hour); err != nil {
			t.Fatal(err)
		}
		if r, err := o.SignInRules(t.Context(), o.manager); err != nil || r.Limits.Idle != 5*time.Minute || r.FactorRequired {
			t.Errorf("%+v, %v", r, err)
		}
		o.clock.pass(4 * time.Minute)
		for range 13 {
			if s, err := o.Session(t.Context(), token); err != nil || s.Final {
				t.Fatalf("%+v, %v", s, err)
			}
			o.clock.pass(4 * time.Minute)
		}
		if s, err := o.Session(t.Context(), token); err != nil || !s.Final || s.Left != 4*time.Minute {
			t.Errorf("near its end: %+v, %v", s, err)
		}
		o.clock.pass(4 * time.Minute)
		o.sessionIsOver(t, token)
	})
}

func TestOneUsernameInTwoClinics(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		o.hire(t, "front1")
		other, err := o.CreateClinic(t.Context(), desk.NewClinic{Name: "دیگری", Currency: "IRR", Zone: "Asia/Tehran", StaffName: "م"})
		if err != nil {
			t.Fatal(err)
		}
		for _, username := range []string{"front1", "only2"} {
			if _, err := o.AddStaff(t.Context(), other, desk.AddStaff{Password: goodPassword,
				Staff: clinic.Staff{Name: "پ", Role: clinic.Doctor, Username: username}}); err != nil {
				t.Fatal(err)
			}
		}
		_, err = o.SignIn(t.Context(), login("front1", goodPassword))
		refuses(t, err, fault.Refused, "login.wrong")
		for id, want := range map[clinic.ID]clinic.Role{1: clinic.Receptionist, 2: clinic.Doctor} {
			l := login("front1", goodPassword)
			l.Clinic = id
			if e, err := o.SignIn(t.Context(), l); err != nil || e.Actor.Clinic != id || e.Actor.Role != want {
				t.Errorf("%+v, %v", e, err)
			}
		}
		if e, err := o.SignIn(t.Context(), login("only2", goodPassword)); err != nil || e.Actor.Clinic != 2 {
			t.Errorf("%+v, %v", e, err)
		}
	})
}

func TestTryingManyNamesFromOnePlaceIsSlowedDown(t *testing.T) {
	o := emptyOffice(t, engine.SQLite(t))
	for i := range 100 {
		_, err := o.SignIn(t.Context(), desk.Login{Username: "name" + string(rune('a'+i%26)) + string(rune('a'+i/26)), Password: "x", Origin: "page 10.0.0.9"})
		refuses(t, err, fault.Refused, "login.wrong")
	}
	_, err := o.SignIn(t.Context(), desk.Login{Username: "another", Password: "x", Origin: "page 10.0.0.9"})
	refuses(t, err, fault.Refused, "login.slow")
	_, err = o.SignIn(t.Context(), desk.Login{Username: "another", Password: "x", Origin: "page 10.0.0.8"})
	refuses(t, err, fault.Refused, "login.wrong")
}
