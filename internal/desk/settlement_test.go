package desk_test

import (
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/test/engine"
)

// insure gives the till's patient an insurer that bears 70 % of 1,500,000.
func (o *till) insure(t *testing.T) (insurer clinic.InsurerID) {
	t.Helper()
	err := o.desk.Batch(t.Context(), o.actor, false, func(b desk.Batch) (err error) {
		insurer, err = b.Insurer(t.Context(), clinic.Insurer{Code: "tamin", Name: "تأمین اجتماعی", Kind: clinic.BaseInsurance, Share: 7000})
		if err != nil {
			return err
		}
		if err := b.Tariff(t.Context(), clinic.Tariff{Service: o.service, Insurer: insurer, Price: 1_500_000, ValidFrom: "2026-01-01"}); err != nil {
			return err
		}
		_, err = b.Coverage(t.Context(), clinic.Coverage{Patient: o.patient, Insurer: insurer})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return insurer
}

// claims are what the insurer owes at the moment of the view.
func (o *till) claims(t *testing.T, insurer clinic.InsurerID, v desk.View) desk.InsurerClaims {
	t.Helper()
	c, err := o.desk.InsurerClaims(t.Context(), o.actor, insurer, v)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// The list of settlements leaves out those of other branches, as each one of
// them is not found.
func TestSettlementsOfOtherBranchesAreNotListed(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		o := openTill(t, database)
		insurer := o.insure(t)
		o.admit(t, 1)
		done, err := o.desk.SettleInsurer(t.Context(), o.actor, desk.SettleInsurer{Insurer: insurer, Received: 1000, Note: "نامه", Request: o.request()})
		if err != nil {
			t.Fatal(err)
		}
		own, elsewhere := o.actor, o.actor
		own.Role, elsewhere.Role, elsewhere.Branch = clinic.Supervisor, clinic.Supervisor, 987
		for name, c := range map[string]struct {
			actor clinic.Actor
			want  int
		}{"of all": {o.actor, 1}, "of the same branch": {own, 1}, "of another": {elsewhere, 0}} {
			listed, err := o.desk.InsurerClaims(t.Context(), c.actor, insurer, desk.View{})
			if err != nil || len(listed.Settlements) != c.want || len(listed.Claims) != c.want {
				t.Errorf("%s: %+v, %v", name, listed, err)
			}
		}
		_, _, err = o.desk.InsurerSettlement(t.Context(), elsewhere, done.Settlement.ID)
		refuses(t, err, fault.NotFound, "settlement.none")
	})
}

// The list, the ages, the window and the books say the same of what an insurer
// owes, now and at the end of a day before.
func TestSettleInsurer(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		o := openTill(t, database)
		insurer := o.insure(t)
		first := o.admit(t, 1)
		firstDay := o.desk.Today(settings(t, o))
		o.now = o.now.Add(40 * 24 * time.Hour)
		second := o.admit(t, 2)
		seen := o.claims(t, insurer, desk.View{})
		if len(seen.Claims) != 2 || seen.Ages.Spans != (clinic.Aged{2_100_000, 1_050_000}) {
			t.Fatalf("%+v", seen)
		}
		settle := func(cmd desk.SettleInsurer) (desk.SettledInsurer, error) {
			cmd.Insurer, cmd.Request = insurer, o.request()
			return o.desk.SettleInsurer(t.Context(), o.actor, cmd)
		}
		dry, err := o.desk.SettleInsurer(t.Context(), o.actor, desk.SettleInsurer{Insurer: insurer, Received: 3_150_000, Request: desk.Request{Key: "dry", DryRun: true}})
		if err != nil || dry.Effect.After.Balance != 0 || len(dry.Settlement.Lines) != 2 || dry.Settlement.Lines[0].Admission != first {
			t.Fatalf("asked only: %+v %v", dry, err)
		}
		done, err := settle(desk.SettleInsurer{Received: 1_500_000, Seen: &seen.Version,
			Deductions: []clinic.Deduction{{Admission: first, Amount: 300_000, To: clinic.SettleToPatient}, {Admission: second, Amount: 100_000, To: clinic.SettleWriteOff}}})
		if err != nil {
			t.Fatal(err)
		}
		if done.Settlement.Number.Count != 1 || done.Settlement.Deducted != 400_000 || done.Effect.Before.Balance != 3_150_000 || done.Effect.After.Balance != 1_250_000 {
			t.Errorf("%+v", done)
		}
		if _, err := settle(desk.SettleInsurer{Received: 1, Seen: &seen.Version}); fault.Code(err) != "settlement.stale" {
			t.Errorf("from a stale screen: %v", err)
		}
		if got := o.balance(t, desk.View{}); got != 3*4_500_000-3*1_050_000+300_000 {
			t.Errorf("the patient owes %v", got)
		}
		now := o.claims(t, insurer, desk.View{})
		if len(now.Claims) != 1 || now.Claims[0].Claim != (clinic.Claim{Admission: second, Patient: o.patient, Day: now.Claims[0].Day, Share: 2_100_000, WrittenOff: 100_000, Paid: 750_000}) {
			t.Errorf("%+v", now.Claims)
		}
		before := o.claims(t, insurer, desk.View{AsOf: firstDay})
		if len(before.Claims) != 1 || before.Ages.Total() != 1_050_000 || before.Ages.Spans[0] != 1_050_000 {
			t.Errorf("at the end of the first day: %+v", before)
		}
		agree(t, o, insurer)
		if _, err := o.desk.CancelAdmission(t.Context(), o.actor, desk.CancelAdmission{Admission: first, Reason: "انصراف", Request: o.request()}); err != nil {
			t.Fatal(err)
		}
		if got := o.claims(t, insurer, desk.View{}); got.Ages.Credit != -750_000 || got.Claims[0].Share != 0 || got.Claims[0].Moved != 0 || got.Claims[0].Status != clinic.Cancelled {
			t.Errorf("after the cancellation: %+v", got.Claims[0])
		}
		agree(t, o, insurer)
		page, insurerOf, err := o.desk.InsurerSettlement(t.Context(), o.actor, done.Settlement.ID)
		if err != nil || len(page.Lines) != 4 || insurerOf.ID != insurer {
			t.Errorf("%+v %v", page, err)
		}
		if _, err := o.desk.Verify(t.Context(), desk.VerifyOptions{}); err != nil {
			t.Error(err)
		}
	})
}

func settings(t *testing.T, o *till) clinic.Clinic {
	t.Helper()
	c, err := o.desk.Clinic(t.Context(), o.actor.Clinic)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// agree compares the list of an insurer, the ages of all and the header of the
// only patient.
func agree(t *testing.T, o *till, insurer clinic.InsurerID) {
	t.Helper()
	sum := o.claims(t, insurer, desk.View{}).Ages.Total()
	all, err := o.desk.Receivables(t.Context(), o.actor, desk.View{})
	if err != nil {
		t.Fatal(err)
	}
	window, err := o.desk.Summary(t.Context(), o.actor, o.patient, desk.View{})
	if err != nil {
		t.Fatal(err)
	}
	if all.Total.Total() != sum || window.InsurerDue != sum {
		t.Errorf("the list says %v, the ages %v, the window %v", sum, all.Total.Total(), window.InsurerDue)
	}
}

// Who may not settle is told so, and a receptionist of one branch sees nothing
// of another's people.
func TestWhoSettlesInsurers(t *testing.T) {
	o := openTill(t, engine.SQLite(t))
	insurer := o.insure(t)
	o.admit(t, 1)
	for role, may := range map[clinic.Role]bool{clinic.Receptionist: false, clinic.Supervisor: false, clinic.Accountant: true, clinic.Doctor: false, clinic.Manager: true} {
		a := o.actor
		a.Role = role
		_, err := o.desk.SettleInsurer(t.Context(), a, desk.SettleInsurer{Insurer: insurer, Received: 1, Request: desk.Request{Key: string(role), DryRun: true}})
		if (err == nil) != may {
			t.Errorf("%s: %v", role, err)
		}
	}
	elsewhere := o.actor
	elsewhere.Role, elsewhere.Branch = clinic.Supervisor, 987
	c, err := o.desk.InsurerClaims(t.Context(), elsewhere, insurer, desk.View{})
	if err != nil || len(c.Claims) != 0 || c.Ages.Total() != 0 {
		t.Errorf("somebody of another branch sees %+v %v", c.Claims, err)
	}
	_, err = o.desk.SettleInsurer(t.Context(), o.actor, desk.SettleInsurer{Insurer: 987, Received: 1, Request: o.request()})
	refuses(t, err, fault.NotFound, "insurer.none")
	var day jalali.Day = "2999-01-01"
	_, err = o.desk.InsurerClaims(t.Context(), o.actor, insurer, desk.View{AsOf: day})
	refuses(t, err, fault.Invalid, "view.future")
}
