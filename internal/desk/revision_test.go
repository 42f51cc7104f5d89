package desk_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/money"
	"daftar/test/engine"
)

// ward is a till with services and insurers of several kinds.
type ward struct {
	*till
	services []clinic.ServiceID
	insurers []desk.Insurers
}

func openWard(t *testing.T, database string) *ward {
	o := &ward{till: openTill(t, database)}
	err := o.desk.Batch(t.Context(), o.actor, false, func(b desk.Batch) error {
		section, err := b.Section(t.Context(), clinic.Section{Code: "laser", Name: "لیزر"})
		if err != nil {
			return err
		}
		base, err := b.Insurer(t.Context(), clinic.Insurer{Code: "base", Name: "پایه", Kind: clinic.BaseInsurance, Share: 7000})
		if err != nil {
			return err
		}
		more, err := b.Insurer(t.Context(), clinic.Insurer{Code: "more", Name: "تکمیلی", Kind: clinic.SupplementaryInsurance, Share: 8000})
		if err != nil {
			return err
		}
		taxed, err := b.Service(t.Context(), desk.NewService{Section: section, Code: "taxed", Name: "کرم", VAT: 1000, Price: 850_001})
		if err != nil {
			return err
		}
		six, err := b.Service(t.Context(), desk.NewService{Section: section, Code: "six", Name: "شش جلسه", Price: 1_000_000, Sessions: 6, SinglePrice: 190_000})
		if err != nil {
			return err
		}
		o.services = []clinic.ServiceID{o.service, taxed, six}
		o.insurers = []desk.Insurers{{}, {Base: base}, {Base: base, Supplementary: more}}
		return b.Tariff(t.Context(), clinic.Tariff{Service: o.service, Insurer: base, Price: 1_500_000})
	})
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func eachWard(t *testing.T, do func(t *testing.T, o *ward)) {
	engine.Each(t, func(t *testing.T, database string) { do(t, openWard(t, database)) })
}

// However admissions change while money comes, the books prove themselves, what
// each admission moved is what it is now (verify says both), and the report of
// services is what the books say.
func TestAdmissionsChangeInTheBooks(t *testing.T) {
	eachWard(t, func(t *testing.T, o *ward) {
		rapid.Check(t, func(r *rapid.T) {
			first := o.today()
			for range rapid.IntRange(3, 9).Draw(r, "steps") {
				o.now = o.now.Add(time.Duration(rapid.IntRange(1, 40).Draw(r, "hours")) * time.Hour)
				if err := o.step(t, r); fault.Of(err) == fault.Internal && err != nil {
					r.Fatal(err)
				}
			}
			if _, err := o.desk.Verify(t.Context(), desk.VerifyOptions{}); err != nil {
				r.Fatal(err)
			}
			o.servicesAgree(t, r, first, o.today())
		})
	})
}

// step does one thing to an admission, or takes money; a refusal is as good.
func (o *ward) step(t *testing.T, r *rapid.T) error {
	all, err := o.desk.Admissions(t.Context(), o.actor, o.patient, desk.View{Limit: 5})
	if err != nil {
		return err
	}
	what := rapid.SampledFrom([]string{"admit", "pay", "line", "line", "cover", "reopen", "edit", "final", "final", "cancel", "session", "abandon", "late"}).Draw(r, "step")
	if what == "pay" {
		amount := money.Amount(rapid.Int64Range(1, 5_000_000).Draw(r, "amount"))
		_, err := o.desk.Receive(t.Context(), o.actor, desk.Receive{Patient: o.patient, Lines: cash(amount), Request: o.request()})
		return err
	}
	if what == "admit" || len(all.Rows) == 0 {
		_, err := o.desk.Admit(t.Context(), o.actor, desk.Admit{Patient: o.patient, Lines: o.wanted(r), Draft: rapid.Bool().Draw(r, "draft"), Request: o.request()})
		return err
	}
	a := all.Rows[rapid.IntRange(0, len(all.Rows)-1).Draw(r, "admission")]
	return o.change(t, r, what, a.Admission.ID, rapid.IntRange(1, len(a.Lines)).Draw(r, "line"))
}

func (o *ward) wanted(r *rapid.T) (lines []desk.OrderedLine) {
	for range rapid.IntRange(1, 3).Draw(r, "lines") {
		l := desk.OrderedLine{Service: rapid.SampledFrom(o.services).Draw(r, "service"), Quantity: rapid.Int64Range(1, 2).Draw(r, "quantity")}
		if rapid.Bool().Draw(r, "discounted") {
			l.Discount = clinic.Discount{Percent: rapid.IntRange(1, 10000).Draw(r, "percent"), Reason: "همکار"}
		}
		lines = append(lines, l)
	}
	return lines
}

func (o *ward) change(t *testing.T, r *rapid.T, what string, a clinic.AdmissionID, line int) (err error) {
	ctx := t.Context()
	switch what {
	case "line":
		_, err = o.desk.CancelLine(ctx, o.actor, desk.CancelLine{Admission: a, Line: line, Reason: "x", Request: o.request()})
	case "cover":
		_, err = o.desk.CoverAdmission(ctx, o.actor, desk.CoverAdmission{Admission: a, Insurers: rapid.SampledFrom(o.insurers).Draw(r, "insurers"), Request: o.request()})
	case "reopen":
		_, err = o.desk.ReopenAdmission(ctx, o.actor, desk.ReopenAdmission{Admission: a, Reason: "x", Request: o.request()})
	case "edit":
		lines := []desk.EditedLine{{Line: line, Same: true, OrderedLine: desk.OrderedLine{Quantity: rapid.Int64Range(0, 3).Draw(r, "quantity")}}}
		for _, l := range o.wanted(r)[1:] {
			lines = append(lines, desk.EditedLine{OrderedLine: l})
		}
		_, err = o.desk.EditDraft(ctx, o.actor, desk.EditDraft{Admission: a, Lines: lines, Request: o.request()})
	case "final":
		_, err = o.desk.FinalizeAdmission(ctx, o.actor, desk.FinalizeAdmission{Admission: a, Request: o.request()})
	case "cancel":
		_, err = o.desk.CancelAdmission(ctx, o.actor, desk.CancelAdmission{Admission: a, Reason: "x", Request: o.request()})
	case "late":
		_, err = o.desk.DiscountLater(ctx, o.actor, desk.DiscountLater{Admission: a, Request: o.request(),
			Discount: clinic.Discount{Percent: rapid.IntRange(1, 10000).Draw(r, "percent"), Reason: "x"}})
	case "session":
		_, err = o.desk.SetSession(ctx, o.actor, desk.SetSession{Admission: a, Line: line, Number: rapid.IntRange(1, 6).Draw(r, "session"),
			Status: clinic.SessionDone, Request: o.request()})
	case "abandon":
		_, err = o.desk.AbandonPackage(ctx, o.actor, desk.AbandonPackage{Admission: a, Line: line, Reason: "x", Request: o.request()})
	}
	return err
}
