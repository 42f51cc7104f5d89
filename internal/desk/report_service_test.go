package desk_test

import (
	"reflect"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/jalali"
	"daftar/internal/money"
)

// failer is what a law is proved with.
type failer interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

// kindsAt sums the accounts by kind at the end of a day.
func (o *till) kindsAt(t *testing.T, r failer, day jalali.Day) map[string]money.Amount {
	r.Helper()
	rows, err := o.desk.TrialBalance(t.Context(), o.actor, desk.View{AsOf: day})
	if err != nil {
		r.Fatal(err)
	}
	sums := map[string]money.Amount{}
	for _, row := range rows {
		sums[row.Kind] += row.Balance
	}
	return sums
}

// servicesAgree proves the report of services of the days from first to last:
// by whatever it is, it is what the books moved by, and so is each of its days.
func (o *till) servicesAgree(t *testing.T, r failer, first, last jalali.Day) {
	r.Helper()
	before := o.kindsAt(t, r, first.Add(-1))
	for day := first; day <= last; day = day.Add(1) {
		after := o.kindsAt(t, r, day)
		o.servicesAre(t, r, day, day, before, after)
		before = after
	}
	o.servicesAre(t, r, first, last, o.kindsAt(t, r, first.Add(-1)), before)
}

func (o *till) servicesAre(t *testing.T, r failer, from, to jalali.Day, before, after map[string]money.Amount) {
	r.Helper()
	for _, by := range desk.ServiceGroups {
		report, err := o.desk.ServiceReport(t.Context(), o.actor, desk.ReportQuery{From: from, To: to, By: by})
		if err != nil {
			r.Fatal(err)
		}
		got := report.Total
		for name, sums := range map[string][2]money.Amount{
			"income":   {got.Gross - got.Cancelled, before[clinic.AccountIncome] - after[clinic.AccountIncome]},
			"discount": {got.Discount, after[clinic.AccountDiscount] - before[clinic.AccountDiscount]},
			"vat":      {got.VAT, before[clinic.AccountVAT] - after[clinic.AccountVAT]},
			"insurers": {got.Insurers, after[clinic.AccountInsurer] - before[clinic.AccountInsurer]},
		} {
			if sums[0] != sums[1] {
				r.Fatalf("%s to %s by %s the %s is %d, in the books %d", from, to, by, name, sums[0], sums[1])
			}
		}
		if !report.Agrees() || report.Changed != 0 {
			r.Fatalf("%s to %s by %s the report is not what the books say: %+v", from, to, by, report)
		}
		for _, l := range append(report.Lines, got) {
			if l.Gross-l.Cancelled+l.VAT != l.Discount+l.Insurers+l.Share || l.Gross < 0 || l.Cancelled < 0 {
				r.Fatalf("%s to %s by %s the parts of %q are not its price: %+v", from, to, by, l.Name, l)
			}
		}
	}
}

// A service that was taken off, another insurer and a discount after the bill
// are in the report of their own day; the report of the day before stays.
func TestServicesAreReportedAsTheyChange(t *testing.T) {
	eachWard(t, func(t *testing.T, o *ward) {
		first := o.today()
		done, err := o.desk.Admit(t.Context(), o.actor, desk.Admit{Patient: o.patient, Request: o.request(),
			Lines: []desk.OrderedLine{{Service: o.service, Quantity: 1, Discount: clinic.Discount{Percent: 1000, Reason: "همکار"}}, {Service: o.services[1], Quantity: 2}}})
		if err != nil {
			t.Fatal(err)
		}
		issued, err := o.desk.ServiceReport(t.Context(), o.actor, desk.ReportQuery{From: first})
		if err != nil {
			t.Fatal(err)
		}
		o.now = o.now.Add(24 * time.Hour)
		a := done.Admission.ID
		for step, do := range []func() error{
			func() error {
				_, err := o.desk.CoverAdmission(t.Context(), o.actor, desk.CoverAdmission{Admission: a, Insurers: o.insurers[1], Request: o.request()})
				return err
			},
			func() error {
				_, err := o.desk.DiscountLater(t.Context(), o.actor, desk.DiscountLater{Admission: a, Discount: clinic.Discount{Amount: 777_777, Reason: "گله"}, Request: o.request()})
				return err
			},
			func() error {
				_, err := o.desk.CancelLine(t.Context(), o.actor, desk.CancelLine{Admission: a, Line: 2, Reason: "نشد", Request: o.request()})
				return err
			},
		} {
			if err := do(); err != nil {
				t.Fatal(step, err)
			}
			o.servicesAgree(t, t, first, o.today())
		}
		again, err := o.desk.ServiceReport(t.Context(), o.actor, desk.ReportQuery{From: first, To: first})
		if err != nil || !reflect.DeepEqual(again.Lines, issued.Lines) {
			t.Errorf("of the day before it says\n%+v, said\n%+v %v", again.Lines, issued.Lines, err)
		}
		changed, err := o.desk.ServiceReport(t.Context(), o.actor, desk.ReportQuery{From: o.today()})
		if err != nil || changed.Total.Gross != 0 || changed.Total.Cancelled != 1_700_002 || changed.Total.Quantity != -2 {
			t.Errorf("what changed is %+v %v", changed.Total, err)
		}
	})
}
