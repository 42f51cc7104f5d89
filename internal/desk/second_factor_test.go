package desk_test

import (
	"encoding/base32"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
)

// authenticator shows the codes of a secret.
type authenticator struct {
	o      office
	secret []byte
}

func (a authenticator) code() string { return clinic.TOTP(a.secret, clinic.TOTPStep(a.o.clock.now())) }

// enrol sets up a second factor for a person and returns it with the recovery
// codes.
func (o office) enrol(t *testing.T, s clinic.Staff) (authenticator, []string) {
	t.Helper()
	actor := o.manager
	actor.Staff, actor.Role = s.ID, s.Role
	if err := o.StartFactor(t.Context(), actor); err != nil {
		t.Fatal(err)
	}
	f, err := o.Factor(t.Context(), actor)
	if err != nil || f.On || f.Secret == "" {
		t.Fatalf("%+v, %v", f, err)
	}
	secret, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(f.Secret)
	if err != nil {
		t.Fatal(err)
	}
	a := authenticator{o, secret}
	_, err = o.ConfirmFactor(t.Context(), actor, "000000")
	refuses(t, err, fault.Refused, "login.code")
	codes, err := o.ConfirmFactor(t.Context(), actor, a.code())
	if err != nil || len(codes) != 10 {
		t.Fatalf("%q, %v", codes, err)
	}
	o.clock.pass(time.Minute) // the code is used up
	return a, codes
}

func TestSigningInWithASecondFactor(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		s := o.hire(t, "front1")
		a, recovery := o.enrol(t, s)
		first := func() string {
			t.Helper()
			e, err := o.SignIn(t.Context(), login("front1", goodPassword))
			if err != nil || !e.Code || e.Actor != (clinic.Actor{}) {
				t.Fatalf("%+v, %v", e, err)
			}
			o.sessionIsOver(t, e.Token) // the password alone opens nothing
			return e.Token
		}
		second := func(token, code string) (desk.Entry, error) {
			return o.EnterCode(t.Context(), desk.EnterCode{Token: token, Code: code, Origin: "page 10.0.0.7"})
		}
		token := first()
		for _, wrong := range []string{"", "000000", "x", recovery[0] + "x"} {
			_, err := second(token, wrong)
			refuses(t, err, fault.Refused, "login.code")
		}
		code := a.code()
		e, err := second(token, code)
		if err != nil || e.Actor.Staff != s.ID {
			t.Fatalf("%+v, %v", e, err)
		}
		if _, err := o.Session(t.Context(), e.Token); err != nil {
			t.Error(err)
		}
		_, err = second(token, code)
		refuses(t, err, fault.Refused, "login.over")
		_, err = second(first(), code)
		refuses(t, err, fault.Refused, "login.code") // a used code

		token = first()
		if _, err := second(token, " "+recovery[3]+" "); err != nil {
			t.Errorf("a recovery code: %v", err)
		}
		_, err = second(first(), recovery[3])
		refuses(t, err, fault.Refused, "login.code")

		token = first()
		o.clock.pass(5 * time.Minute)
		_, err = second(token, a.code())
		refuses(t, err, fault.Refused, "login.over")
		_, err = second("1.x", a.code())
		refuses(t, err, fault.Refused, "login.over")

		token = first()
		if err := o.SetPassword(t.Context(), o.manager, s.ID, "another long one"); err != nil {
			t.Fatal(err)
		}
		_, err = second(token, a.code())
		refuses(t, err, fault.Refused, "login.over")
	})
}

func TestGuessingCodesIsSlowedDownWhereverItComesFrom(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		a, _ := o.enrol(t, o.hire(t, "front1"))
		try := func(code, origin string) error {
			l := login("front1", goodPassword)
			l.Origin = origin
			e, err := o.SignIn(t.Context(), l)
			if err != nil {
				t.Fatal(err)
			}
			_, err = o.EnterCode(t.Context(), desk.EnterCode{Token: e.Token, Code: code, Origin: origin})
			return err
		}
		for i := range 10 {
			refuses(t, try("000000", "page 10.0.0."+string(rune('0'+i))), fault.Refused, "login.code")
		}
		refuses(t, try(a.code(), "page 10.1.1.1"), fault.Refused, "login.slow")
		o.clock.pass(time.Second)
		if err := try(a.code(), "page 10.1.1.1"); err != nil {
			t.Error(err)
		}
	})
}

func TestManagersNeedASecondFactorWhereTheClinicSaysSo(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		boss, err := o.AddStaff(t.Context(), o.manager, desk.AddStaff{Password: goodPassword,
			Staff: clinic.Staff{Name: "مدیر دو", Role: clinic.Manager, Username: "boss"}})
		if err != nil {
			t.Fatal(err)
		}
		o.hire(t, "front1")
		enrol := func(username string) bool {
			t.Helper()
			s, err := o.Session(t.Context(), o.signIn(t, username))
			if err != nil {
				t.Fatal(err)
			}
			return s.Enrol
		}
		if enrol("boss") {
			t.Error("asked for though the clinic does not")
		}
		if err := o.RequireSecondFactor(t.Context(), o.manager, true); err != nil {
			t.Fatal(err)
		}
		if !enrol("boss") || enrol("front1") {
			t.Error("the manager and nobody else has to set one up")
		}
		a, _ := o.enrol(t, boss)
		e, err := o.SignIn(t.Context(), login("boss", goodPassword))
		if err != nil || !e.Code {
			t.Fatalf("%+v, %v", e, err)
		}
		if e, err = o.EnterCode(t.Context(), desk.EnterCode{Token: e.Token, Code: a.code()}); err != nil {
			t.Fatal(err)
		}
		if s, err := o.Session(t.Context(), e.Token); err != nil || s.Enrol {
			t.Errorf("%+v, %v", s, err)
		}
		self := e.Actor
		refuses(t, o.RemoveFactor(t.Context(), self, "wrong wrong"), fault.Refused, "password.wrong")
		refuses(t, o.RemoveFactor(t.Context(), self, goodPassword), fault.Refused, "second_factor.required")
		refuses(t, o.StartFactor(t.Context(), self), fault.Refused, "second_factor.on")
		refuses(t, o.RemoveStaffFactor(t.Context(), self, self.Staff), fault.Refused, "staff.self")
		if f, err := o.Factor(t.Context(), self); err != nil || !f.On || f.Secret != "" || f.Address != "" || f.Codes != 10 || !f.Required {
			t.Errorf("shows %+v, %v", f, err)
		}
		if err := o.RemoveStaffFactor(t.Context(), o.manager, boss.ID); err != nil {
			t.Fatal(err)
		}
		o.sessionIsOver(t, e.Token)
		if !enrol("boss") {
			t.Error("a lost factor is not set up anew")
		}
		refuses(t, o.RequireSecondFactor(t.Context(), o.as(clinic.Supervisor), false), fault.Forbidden, "permission")
	})
}
