package intake_test

import (
	"strings"
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/intake"
	"daftar/test/engine"
)

func TestDemoIsALivelyClinic(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		d := open(t, database)
		options := intake.DemoOptions{Patients: 60, Seed: 1, Now: today, Password: "sabz-derakht-91"}
		if _, err := intake.Demo(t.Context(), d, options); err != nil {
			t.Fatal(err)
		}
		proved, err := d.Verify(t.Context(), desk.VerifyOptions{})
		if err != nil || proved.Patients != 60 || proved.Admissions < 200 {
			t.Fatalf("%v %+v", err, proved)
		}
		books := export(t, d, desk.JournalQuery{})
		hledger(t, books, "check", "--strict")
		for _, part := range []string{"admission  ;", "admission_cancel", "transfer  ;", "insurer_payment", "cheque_clear",
			"method:cash+", "expenses:discount", "liabilities:vat", "receivable:insurer:dana", "receivable:insurer:tamin"} {
			if !strings.Contains(books, part) {
				t.Errorf("the books have no %s", part)
			}
		}
		for _, role := range clinic.Roles {
			if _, err := d.SignIn(t.Context(), desk.Login{Username: string(role), Password: options.Password}); err != nil {
				t.Errorf("%s cannot sign in: %v", role, err)
			}
		}
	})
}

func TestDemoIsTheSameForTheSameSeed(t *testing.T) {
	var first string
	for range 2 {
		d := open(t, engine.SQLite(t))
		if _, err := intake.Demo(t.Context(), d, intake.DemoOptions{Patients: 10, Seed: 7, Now: today, Password: "sabz-derakht-91"}); err != nil {
			t.Fatal(err)
		}
		books := export(t, d, desk.JournalQuery{Format: "csv"})
		if first != "" && books != first {
			t.Error("the books differ")
		}
		first = books
	}
}
