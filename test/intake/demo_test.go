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
			"receipt_transfer", "method_change", "late_discount", "write_off", "void  ;",
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

// There are codes in every state, one of them used, and a package of which
// sessions were used and some are left.
func TestTheDemoHasCodesAndAPackage(t *testing.T) {
	d := open(t, engine.SQLite(t))
	if _, err := intake.Demo(t.Context(), d, intake.DemoOptions{Patients: 20, Seed: 1, Now: today, Password: "sabz-derakht-91"}); err != nil {
		t.Fatal(err)
	}
	manager, err := d.Operator(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	codes, err := d.DiscountCodes(t.Context(), manager)
	if err != nil {
		t.Fatal(err)
	}
	var used, personal, off int
	for _, c := range codes {
		used += int(c.Used)
		if c.Patient != 0 {
			personal++
		}
		if c.Disabled {
			off++
		}
	}
	if used != 1 || personal != 1 || off != 1 {
		t.Errorf("codes: %d uses, %d for one person, %d switched off", used, personal, off)
	}
	packages := 0
	for _, p := range everyone(t, d, manager) {
		tab, err := d.Admissions(t.Context(), manager, p.ID, desk.View{Limit: 200})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range tab.Rows {
			for _, l := range r.Lines {
				if l.SessionsDone > 0 && l.SessionsDone < l.Sessions {
					packages++
				}
			}
		}
	}
	if packages != 2 {
		t.Errorf("%d packages have sessions used and left", packages)
	}
}

// What was ordered on earlier days is done, and of the drafts some discount
// waits for approval.
func TestTheDemoHasServicesAtEveryStage(t *testing.T) {
	d := open(t, engine.SQLite(t))
	if _, err := intake.Demo(t.Context(), d, intake.DemoOptions{Patients: 120, Seed: 1, Now: today, Password: "sabz-derakht-91"}); err != nil {
		t.Fatal(err)
	}
	clinics, err := d.Clinics(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	manager, err := d.Operator(t.Context(), clinics[0])
	if err != nil {
		t.Fatal(err)
	}
	found := map[clinic.LineStatus]int{}
	waiting, cursor := 0, ""
	for page := 0; page == 0 || cursor != ""; page++ {
		people, err := d.Patients(t.Context(), manager, desk.PatientQuery{Cursor: cursor})
		if err != nil {
			t.Fatal(err)
		}
		cursor = people.Older
		for _, p := range people.Items {
			tab, err := d.Admissions(t.Context(), manager, p.Patient.ID, desk.View{Limit: 200})
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range tab.Rows {
				a := r.Admission
				a.Lines = r.Lines
				for _, l := range a.Lines {
					if a.Status == clinic.Finalized {
						found[l.Status]++
					}
				}
				if a.AwaitsApproval() {
					waiting++
				}
			}
		}
	}
	if found[clinic.LineCompleted] < 100 || found[clinic.LineWaiting] > found[clinic.LineCompleted]/10 || waiting == 0 {
		t.Errorf("services of final admissions: %v; %d drafts wait for approval", found, waiting)
	}
}
