package desk_test

import (
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/money"
	"daftar/test/engine"
)

// What insurers owe for a patient is their part of what was done less what
// they paid; a cancelled admission leaves what they paid too much.
func TestInsurerDue(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		o := openTill(t, database)
		var insurer clinic.InsurerID
		err := o.desk.Batch(t.Context(), o.actor, false, func(b desk.Batch) (err error) {
			insurer, err = b.Insurer(t.Context(), clinic.Insurer{Code: "tamin", Name: "تأمین اجتماعی", Kind: clinic.BaseInsurance, Share: 7000})
			if err != nil {
				return err
			}
			if err := b.Tariff(t.Context(), clinic.Tariff{Service: o.service, Insurer: insurer, Price: 4_500_000, ValidFrom: "2026-01-01"}); err != nil {
				return err
			}
			_, err = b.Coverage(t.Context(), clinic.Coverage{Patient: o.patient, Insurer: insurer})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		due := func(v desk.View) money.Amount {
			s, err := o.desk.Summary(t.Context(), o.actor, o.patient, v)
			if err != nil {
				t.Fatal(err)
			}
			return s.InsurerDue
		}
		first := o.admit(t, 1)
		if got := due(desk.View{}); got != 3_150_000 {
			t.Errorf("70 %% of 4,500,000 is due, not %v", got)
		}
		o.now = o.now.Add(48 * time.Hour)
		o.admit(t, 1)
		err = o.desk.Batch(t.Context(), o.actor, false, func(b desk.Batch) error {
			return b.InsurerPayment(t.Context(), clinic.InsurerPayment{Insurer: insurer, Admission: first, Patient: o.patient, Amount: 1_000_000}, o.now)
		})
		if err != nil {
			t.Fatal(err)
		}
		o.receive(t, 100_000)
		if got := due(desk.View{}); got != 5_300_000 {
			t.Errorf("two admissions less a payment: %v", got)
		}
		if got := due(desk.View{AsOf: day("1405/07/11")}); got != 3_150_000 {
			t.Errorf("as of the first day: %v", got)
		}
		if _, err := o.desk.CancelAdmission(t.Context(), o.actor, desk.CancelAdmission{Admission: first, Reason: "انصراف", Request: o.request()}); err != nil {
			t.Fatal(err)
		}
		if got := due(desk.View{}); got != 2_150_000 {
			t.Errorf("after the cancellation: %v", got)
		}
	})
}
