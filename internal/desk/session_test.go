package desk_test

import (
	"strings"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/test/drawer"
)

const goodPassword = "شیر و خورشید ۱۲"

// hire adds a receptionist who signs in.
func (o office) hire(t *testing.T, username string) clinic.Staff {
	t.Helper()
	s, err := o.AddStaff(t.Context(), o.manager, desk.AddStaff{Password: goodPassword,
		Staff: clinic.Staff{Name: "پذیرش یک", Role: clinic.Receptionist, Username: username}})
	if err != nil {
		t.Fatal(err)
	}
	drawer.OpenFor(t, o.Desk, o.manager, s)
	return s
}

func (o office) signIn(t *testing.T, username string) string {
	t.Helper()
	e, err := o.SignIn(t.Context(), login(username, goodPassword))
	if err != nil || e.Code {
		t.Fatalf("%+v, %v", e, err)
	}
	return e.Token
}

func login(username, password string) desk.Login {
	return desk.Login{Username: username, Password: password, Origin: "page 10.0.0.7", Agent: "Firefox · Linux"}
}

func TestWhoSignsInIsKnownUntilSigningOut(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		s := o.hire(t, "front1")
		e, err := o.SignIn(t.Context(), login(" Front۱ ", goodPassword))
		token, actor := e.Token, e.Actor
		want := clinic.Actor{Clinic: o.manager.Clinic, Branch: o.manager.Branch, Staff: s.ID, Name: "پذیرش یک",
			Role: clinic.Receptionist, Origin: "page 10.0.0.7"}
		if err != nil || actor != want {
			t.Fatalf("%+v, %v", actor, err)
		}
		if line := o.audit(t)[0]; line.Action != "session.start" || line.Staff != s.ID || line.Origin != "page 10.0.0.7" {
			t.Errorf("audited as %+v", line)
		}
		want.Origin = ""
		if got, err := o.Session(t.Context(), token); err != nil || got.Actor != want || got.Username != "front1" ||
			got.Branch != "main" || got.Left != idle || got.Final || got.Enrol {
			t.Errorf("%+v, %v", got, err)
		}
		other := o.signIn(t, "front1")
		if other == token {
			t.Error("two sign-ins have one token")
		}
		if err := o.SignOut(t.Context(), token, "page"); err != nil {
			t.Error(err)
		}
		o.sessionIsOver(t, token)
		if _, err := o.Session(t.Context(), other); err != nil {
			t.Errorf("the other browser is signed out: %v", err)
		}
		if err := o.SignOut(t.Context(), token, "page"); err != nil {
			t.Errorf("signing out twice: %v", err)
		}
	})
}

func (o office) sessionIsOver(t *testing.T, token string) {
	t.Helper()
	_, err := o.Session(t.Context(), token)
	refuses(t, err, fault.Forbidden, "session.none")
}

// idle and lasts are the limits of a clinic that set none.
var idle, lasts = clinic.UsualSessionLimits.Idle, clinic.UsualSessionLimits.Lasts

func TestASessionDiesOfIdleness(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		o.hire(t, "front1")
		token := o.signIn(t, "front1")
		o.clock.pass(idle - time.Microsecond)
		if _, err := o.Session(t.Context(), token); err != nil {
			t.Errorf("just before: %v", err)
		}
		o.clock.pass(idle)
		o.sessionIsOver(t, token)
	})
}

func TestASessionDiesOfAgeHoweverMuchItIsUsed(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		o.hire(t, "front1")
		token := o.signIn(t, "front1")
		step := idle / 2
		for passed := time.Duration(0); passed < lasts; passed += step {
			if _, err := o.Session(t.Context(), token); err != nil {
				t.Fatalf("after %v: %v", passed, err)
			}
			o.clock.pass(step)
		}
		o.sessionIsOver(t, token)
		o.signIn(t, "front1") // sweeps what is over
		o.sessionIsOver(t, token)
	})
}

func TestAPeekIsNoUse(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		o.hire(t, "front1")
		token := o.signIn(t, "front1")
		o.clock.pass(idle - time.Minute)
		if a, err := o.PeekSession(t.Context(), token); err != nil || a.Left != time.Minute {
			t.Errorf("%+v, %v", a, err)
		}
		o.clock.pass(time.Minute)
		_, err := o.PeekSession(t.Context(), token)
		refuses(t, err, fault.Forbidden, "session.none")
		o.sessionIsOver(t, token)
	})
}

func TestATokenThatWasNeverGiven(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		o.hire(t, "front1")
		token := o.signIn(t, "front1")
		for _, wrong := range []string{"", ".", "1", "1.", "x." + token[2:], "2" + token[1:], token + "x", token[:len(token)-1],
			"-1" + token[1:], strings.Repeat("1", 200) + ".a", "99999999999999999999" + token[1:]} {
			o.sessionIsOver(t, wrong)
			_, err := o.TokenActor(t.Context(), wrong)
			refuses(t, err, fault.Forbidden, "token.none")
			_, err = o.TokenActor(t.Context(), "daftar_"+wrong)
			refuses(t, err, fault.Forbidden, "token.none")
		}
	})
}

func TestEveryWrongSignInLooksTheSame(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		o.hire(t, "front1")
		gone := o.hire(t, "gone1")
		if err := o.DisableStaff(t.Context(), o.manager, gone.ID); err != nil {
			t.Fatal(err)
		}
		for name, c := range map[string]struct {
			clinic             clinic.ID
			username, password string
		}{
			"a wrong password":   {1, "front1", goodPassword + "x"},
			"no password":        {1, "front1", ""},
			"a huge password":    {1, "front1", strings.Repeat("x", 100_000)},
			"an unknown name":    {1, "front2", goodPassword},
			"no name":            {1, "", goodPassword},
			"somebody disabled":  {1, "gone1", goodPassword},
			"an unknown clinic":  {9, "front1", goodPassword},
			"a name with a zero": {1, "front1\x00", goodPassword},
		} {
			t.Run(name, func(t *testing.T) {
				e, err := o.SignIn(t.Context(), desk.Login{Clinic: c.clinic, Username: c.username, Password: c.password})
				refuses(t, err, fault.Refused, "login.wrong")
				if e != (desk.Entry{}) {
					t.Errorf("and still: %+v", e)
				}
			})
		}
	})
}

func TestGuessingIsSlowedDown(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		o.hire(t, "front1")
		o.hire(t, "front2")
		try := func(password string) error {
			_, err := o.SignIn(t.Context(), login("front1", password))
			return err
		}
		for range 10 {
			refuses(t, try("wrong"), fault.Refused, "login.wrong")
		}
		for _, wait := range []time.Duration{time.Second, 2 * time.Second, 4 * time.Second} {
			err := try(goodPassword)
			refuses(t, err, fault.Refused, "login.slow")
			if f, _ := fault.As(err); f == nil || f.Args["seconds"] != strings.TrimSuffix(wait.String(), "s") {
				t.Errorf("%+v, want %v", f, wait)
			}
			o.clock.pass(wait)
			refuses(t, try("wrong"), fault.Refused, "login.wrong")
		}
		o.signIn(t, "front2") // others are not held up
		o.clock.pass(8 * time.Second)
		if err := try(goodPassword); err != nil {
			t.Errorf("the right password after waiting: %v", err)
		}
		refuses(t, try("wrong"), fault.Refused, "login.wrong")
		refuses(t, try("wrong"), fault.Refused, "login.wrong")
	})
}

func TestABearerTokenActsUntilItExpires(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		s := o.hire(t, "front1")
		bearer, err := o.CreateToken(t.Context(), o.manager, "front1", 30*24*time.Hour)
		if err != nil || !strings.HasPrefix(bearer, "daftar_1_") {
			t.Fatalf("%q, %v", bearer, err)
		}
		want := clinic.Actor{Clinic: 1, Branch: s.Branch, Staff: s.ID, Name: s.Name, Role: s.Role}
		o.clock.pass(30*24*time.Hour - time.Microsecond)
		if got, err := o.TokenActor(t.Context(), bearer); err != nil || got != want {
			t.Errorf("%+v, %v", got, err)
		}
		o.clock.pass(time.Microsecond)
		_, err = o.TokenActor(t.Context(), bearer)
		refuses(t, err, fault.Forbidden, "token.none")

		_, err = o.CreateToken(t.Context(), o.manager, "nobody", time.Hour)
		refuses(t, err, fault.NotFound, "staff.none")
		_, err = o.CreateToken(t.Context(), o.manager, "front1", 0)
		refuses(t, err, fault.Invalid, "token.expires")
		_, err = o.CreateToken(t.Context(), o.as(clinic.Supervisor), "front1", time.Hour)
		refuses(t, err, fault.Forbidden, "permission")
	})
}
