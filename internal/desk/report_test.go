package desk_test

import (
	"reflect"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
)

// A report that was issued is made again as it was, whatever was recorded
// since; and what it says of now has grown.
func TestADayIsReportedAgain(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		p := o.register(t, clinic.Patient{FirstName: "زهرا", LastName: "کریمی"})
		receive := func() {
			o.clock.pass(time.Minute)
			if _, err := o.Receive(t.Context(), o.manager, desk.Receive{Patient: p.ID, Lines: cash(5_000_000)}); err != nil {
				t.Fatal(err)
			}
		}
		report := func(q desk.ReportQuery) desk.DayReport {
			r, err := o.DayReport(t.Context(), o.manager, q)
			if err != nil {
				t.Fatal(err)
			}
			return r
		}
		receive()
		issued := report(desk.ReportQuery{})
		if issued.Receipts != 5_000_000 || !issued.Balanced || issued.KnownAt.IsZero() {
			t.Fatalf("the report says %+v", issued)
		}
		receive()
		if again := report(desk.ReportQuery{From: issued.Day, KnownAt: issued.KnownAt}); !reflect.DeepEqual(again, issued) {
			t.Errorf("issued again it says\n%+v, said\n%+v", again, issued)
		}
		if now := report(desk.ReportQuery{}); now.Receipts != 10_000_000 {
			t.Errorf("now it says %d", now.Receipts)
		}
	})
}

// A reader of one branch sees that branch; the desk sees no report of money.
func TestReportsKeepToTheBranch(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		supervisor := o.as(clinic.Supervisor)
		r, err := o.CashReport(t.Context(), supervisor, desk.ReportQuery{})
		if err != nil || r.Branch != supervisor.Branch {
			t.Errorf("the report is of branch %d, %v", r.Branch, err)
		}
		if r, err := o.CashReport(t.Context(), o.manager, desk.ReportQuery{}); err != nil || r.Branch != 0 {
			t.Errorf("the manager's is of branch %d, %v", r.Branch, err)
		}
		_, err = o.CashReport(t.Context(), supervisor, desk.ReportQuery{Branch: supervisor.Branch + 1})
		refuses(t, err, fault.Forbidden, "permission")
		_, err = o.Debtors(t.Context(), o.as(clinic.Receptionist), desk.PeopleQuery{Branch: supervisor.Branch + 1})
		refuses(t, err, fault.Forbidden, "permission")
		_, err = o.DayReport(t.Context(), o.as(clinic.Receptionist), desk.ReportQuery{})
		refuses(t, err, fault.Forbidden, "permission")
		_, err = o.Debtors(t.Context(), o.as(clinic.Doctor), desk.PeopleQuery{})
		refuses(t, err, fault.Forbidden, "permission")
		_, err = o.CashReport(t.Context(), o.manager, desk.ReportQuery{By: "colour"})
		refuses(t, err, fault.Invalid, "report.by")
		_, err = o.Why(t.Context(), o.manager, o.register(t, clinic.Patient{FirstName: "مینا", LastName: "راد"}).ID, "entry-17", desk.View{})
		refuses(t, err, fault.NotFound, "why.none")
	})
}
