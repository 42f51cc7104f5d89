package desk_test

import (
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/store"
	"daftar/test/engine"
)

func setupForm(token string) desk.Setup {
	return desk.Setup{Token: token, ClinicName: "درمانگاه نور", Name: "مریم مدیر", Username: "Manager1", Password: goodPassword,
		Currency: "IRR", Zone: "Asia/Tehran", PlaceNames: desk.PlaceNames{Branch: "شعبه مرکزی"}}
}

func TestATokenSetsUpAClinicOnce(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		o := emptyOffice(t, database)
		old, err := o.NewSetupToken(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		token, err := o.NewSetupToken(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		_, err = o.Setup(t.Context(), setupForm(old))
		refuses(t, err, fault.Refused, "setup.token")
		manager, err := o.Setup(t.Context(), setupForm(token))
		if err != nil || manager.Role != clinic.Manager || manager.Clinic != 1 {
			t.Fatalf("%+v, %v", manager, err)
		}
		e, err := o.SignIn(t.Context(), desk.Login{Username: "manager1", Password: goodPassword})
		if err != nil || e.Actor != manager {
			t.Errorf("%+v signs in, %v", e.Actor, err)
		}
		if s, err := o.Session(t.Context(), e.Token); err != nil || !s.Enrol {
			t.Errorf("works without a second factor: %+v, %v", s, err)
		}
		_, err = o.Setup(t.Context(), setupForm(token))
		refuses(t, err, fault.Refused, "setup.token")
		if ids, err := o.Clinics(t.Context()); err != nil || len(ids) != 1 {
			t.Errorf("clinics %v, %v", ids, err)
		}
	})
}

func TestWhatASetupRefuses(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		o := emptyOffice(t, database)
		token, err := o.NewSetupToken(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for name, c := range map[string]struct {
			change func(s *desk.Setup)
			kind   fault.Kind
			code   string
		}{
			"no token":           {func(s *desk.Setup) { s.Token = "" }, fault.Refused, "setup.token"},
			"another token":      {func(s *desk.Setup) { s.Token = "1.abc" }, fault.Refused, "setup.token"},
			"for another clinic": {func(s *desk.Setup) { s.Token = "2" + token[1:] }, fault.Refused, "setup.token"},
			"a weak password":    {func(s *desk.Setup) { s.Password = "12345678" }, fault.Invalid, "staff.password"},
			"no username":        {func(s *desk.Setup) { s.Username = "" }, fault.Invalid, "staff.username"},
			"no manager":         {func(s *desk.Setup) { s.Name = "" }, fault.Invalid, "staff.name"},
			"no name":            {func(s *desk.Setup) { s.ClinicName = " " }, fault.Invalid, "clinic.name"},
			"an unknown zone":    {func(s *desk.Setup) { s.Zone = "Mars/Base" }, fault.Invalid, "clinic.zone"},
			"the server's zone":  {func(s *desk.Setup) { s.Zone = "Local" }, fault.Invalid, "clinic.zone"},
			"another money":      {func(s *desk.Setup) { s.Currency = "BTC" }, fault.Invalid, "money.currency"},
		} {
			t.Run(name, func(t *testing.T) {
				form := setupForm(token)
				c.change(&form)
				_, err := o.Setup(t.Context(), form)
				refuses(t, err, c.kind, c.code)
			})
		}
		o.clock.pass(24 * time.Hour)
		_, err = o.Setup(t.Context(), setupForm(token))
		refuses(t, err, fault.Refused, "setup.token")
	})
}

func TestANewClinicHasItsPlaces(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		again := desk.NewClinic{ID: o.manager.Clinic, Name: "دوباره", Currency: "IRR", Zone: "Asia/Tehran", StaffName: "م"}
		_, err := o.CreateClinic(t.Context(), again)
		refuses(t, err, fault.Conflict, "clinic.exists")
		again.ID = 0
		second, err := o.CreateClinic(t.Context(), again)
		if err != nil || second.Clinic != 2 {
			t.Fatalf("%+v, %v", second, err)
		}
		for kind, want := range map[string][]string{clinic.AccountCash: {"main"}, clinic.AccountPOS: {"main"},
			clinic.AccountBank: {"main", "card"}} {
			err := o.store.Read(t.Context(), second.Clinic, func(tx *store.Tx) error {
				places, err := tx.Places(t.Context(), kind, second.Branch)
				if err != nil || len(places) != len(want) {
					t.Errorf("%s: %+v, %v; want %v", kind, places, err, want)
				}
				for i := range places {
					if i < len(want) && places[i].Code != want[i] {
						t.Errorf("%s: %+v, want %v", kind, places, want)
					}
				}
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		}
		if a, err := o.Operator(t.Context(), 2); err != nil || a.Staff != second.Staff || !a.Can(clinic.WriteSettings) {
			t.Errorf("operator %+v, %v", a, err)
		}
		_, err = o.Operator(t.Context(), 3)
		refuses(t, err, fault.NotFound, "clinic.none")
	})
}

func TestClinicsDoNotSeeEachOther(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		p := o.register(t, whole)
		other, err := o.CreateClinic(t.Context(), desk.NewClinic{Name: "دیگری", Currency: "USD", Zone: "Asia/Tehran", StaffName: "م"})
		if err != nil {
			t.Fatal(err)
		}
		_, err = o.Patient(t.Context(), other, p.ID)
		refuses(t, err, fault.NotFound, "patient.none")
		for _, text := range []string{"", "علی", whole.NationalCode} {
			page, err := o.Patients(t.Context(), other, desk.PatientQuery{Text: text})
			if err != nil || len(page.Items) != 0 {
				t.Errorf("%q shows %q, %v", text, names(page), err)
			}
		}
		o.hire(t, "front1")
		_, err = o.SignIn(t.Context(), desk.Login{Clinic: other.Clinic, Username: "front1", Password: goodPassword})
		refuses(t, err, fault.Refused, "login.wrong")
		token := o.signIn(t, "front1")
		o.sessionIsOver(t, "2"+token[1:])
		twin := whole
		twin.Introducer = 0
		if _, err := o.RegisterPatient(t.Context(), other, desk.RegisterPatient{Patient: twin}); err != nil {
			t.Errorf("the same person in another clinic: %v", err)
		}
	})
}
