package desk_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/money"
	"daftar/test/engine"
)

// introduce makes a marketer of 5 % who introduced the till's next patient,
// who is the till's patient from now on.
func (o *till) introduce(t *testing.T) clinic.EarnerID {
	t.Helper()
	var marketer clinic.Patient
	err := o.desk.Batch(t.Context(), o.actor, false, func(b desk.Batch) (err error) {
		marketer, err = b.Patient(t.Context(), clinic.Patient{FirstName: "امیر", LastName: "شریفی", MarketerStatus: clinic.Marketing})
		if err != nil {
			return err
		}
		r := clinic.CommissionRate{Kind: clinic.EarnsMarketer, Earner: clinic.EarnerID(marketer.ID), ValidFrom: "2026-01-01", Rate: 500}
		if err := b.CommissionRate(t.Context(), r); err != nil {
			return err
		}
		p, err := b.Patient(t.Context(), clinic.Patient{FirstName: "بهار", LastName: "رضایی", Introducer: marketer.ID})
		o.patient = p.ID
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return clinic.EarnerID(marketer.ID)
}

func (o *till) earned(t interface {
	Helper()
	Fatal(...any)
}, id clinic.EarnerID) money.Amount {
	t.Helper()
	all, err := o.desk.Commissions(context.Background(), o.actor)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		if e.ID == id {
			return e.Accrued
		}
	}
	return 0
}

// A cheque earns nothing before it is money; the cash of its receipt pays after
// it.
func TestCommissionWaitsForCheques(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		o := openTill(t, database)
		marketer := o.introduce(t)
		o.admit(t, 1)
		o.admit(t, 1)
		var cheques []clinic.Cheque
		err := o.desk.Batch(t.Context(), o.actor, false, func(b desk.Batch) (err error) {
			lines := []clinic.MoneyLine{{Method: clinic.ByCheque, Amount: 6_000_000}, {Method: clinic.Cash, Amount: 3_000_000}}
			_, cheques, err = b.Receipt(t.Context(), clinic.Receipt{Patient: o.patient, Lines: lines, At: o.now}, nil)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := o.earned(t, marketer); got != 150_000 {
			t.Errorf("by the cash alone %v is earned", got)
		}
		err = o.desk.Batch(t.Context(), o.actor, false, func(b desk.Batch) error {
			_, err := b.StepCheque(t.Context(), cheques[0], clinic.ClearCheque, "", o.now)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := o.earned(t, marketer); got != 450_000 {
			t.Errorf("after the cheque is collected %v is earned", got)
		}
		if _, err := o.desk.Verify(t.Context(), desk.VerifyOptions{}); err != nil {
			t.Error(err)
		}
	})
}

// What was earned does not change when a share or the introducer does, and a
// merge of the patient's file loses no commission.
func TestTermsOfCommissionStay(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		o := openTill(t, database)
		winner := o.patient
		marketer := o.introduce(t)
		first := o.admit(t, 2)
		o.receive(t, 4_500_000)
		if _, err := o.desk.SetCommissionRate(t.Context(), o.actor, desk.SetCommissionRate{Earner: marketer, Rate: 1000, Request: o.request()}); err != nil {
			t.Fatal(err)
		}
		o.receive(t, 4_500_000)
		if got := o.earned(t, marketer); got != 450_000 {
			t.Errorf("the old admission has earned %v", got)
		}
		o.now = o.now.Add(24 * time.Hour)
		o.admit(t, 1)
		o.receive(t, 4_500_000)
		if got := o.earned(t, marketer); got != 900_000 {
			t.Errorf("with the new share %v is earned", got)
		}
		if _, err := o.desk.MergePatients(t.Context(), o.actor, desk.MergePatients{Loser: o.patient, Winner: winner, Reason: "همان", Request: o.request()}); err != nil {
			t.Fatal(err)
		}
		if _, err := o.desk.CancelAdmission(t.Context(), o.actor, desk.CancelAdmission{Admission: first, Reason: "انصراف", Request: o.request()}); err != nil {
			t.Fatal(err)
		}
		if got := o.earned(t, marketer); got != 450_000 {
			t.Errorf("after the cancellation %v is earned", got)
		}
		if _, err := o.desk.Verify(t.Context(), desk.VerifyOptions{}); err != nil {
			t.Error(err)
		}
	})
}

// Who is one person with the marketer since earns nothing more by the own
// admissions, whichever file stands for both; when the files are two people
// again, what was paid meanwhile is earned.
func TestNobodyEarnsByThemselves(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		for name, merge := range map[string]func(sent, marketer clinic.PatientID) (loser, winner clinic.PatientID){
			"into the marketer": func(sent, marketer clinic.PatientID) (clinic.PatientID, clinic.PatientID) { return sent, marketer },
			"into the sent":     func(sent, marketer clinic.PatientID) (clinic.PatientID, clinic.PatientID) { return marketer, sent },
		} {
			t.Run(name, func(t *testing.T) {
				o := openTill(t, database)
				marketer := o.introduce(t)
				o.admit(t, 2)
				o.receive(t, 4_500_000)
				loser, winner := merge(o.patient, clinic.PatientID(marketer))
				if _, err := o.desk.MergePatients(t.Context(), o.actor, desk.MergePatients{Loser: loser, Winner: winner, Reason: "همان", Request: o.request()}); err != nil {
					t.Fatal(err)
				}
				o.receive(t, 2_500_000)
				if got := o.earned(t, marketer); got != 225_000 {
					t.Errorf("by themselves %v is earned, want what was earned before", got)
				}
				if _, err := o.desk.UnmergePatient(t.Context(), o.actor, desk.UnmergePatient{Loser: loser, Request: o.request()}); err != nil {
					t.Fatal(err)
				}
				o.receive(t, 2_000_000)
				if got := o.earned(t, marketer); got != 450_000 {
					t.Errorf("as two people %v is earned", got)
				}
				if _, err := o.desk.Verify(t.Context(), desk.VerifyOptions{}); err != nil {
					t.Error(err)
				}
			})
		}
	})
}

// Who paid learns nothing of what another earned: not in any tab, not in the
// export. Who earned learns in the own account what was settled there, and not
// by whom it was earned.
func TestCommissionIsHiddenFromWhoPaid(t *testing.T) {
	o := openTill(t, engine.SQLite(t))
	marketer := o.introduce(t)
	o.admit(t, 1)
	o.receive(t, 4_500_000)
	for _, nothing := range []money.Amount{0, -1} {
		_, err := o.desk.SettleCommission(t.Context(), o.actor, desk.SettleCommission{Earner: marketer, Amount: &nothing, How: clinic.OnAccount, Request: o.request()})
		refuses(t, err, fault.Invalid, "commission.amount")
	}
	if _, err := o.desk.SettleCommission(t.Context(), o.actor, desk.SettleCommission{Earner: marketer, How: clinic.OnAccount, Request: o.request()}); err != nil {
		t.Fatal(err)
	}
	kinds := func(patient clinic.PatientID) string {
		s, err := o.desk.Summary(t.Context(), o.actor, patient, desk.View{})
		if err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, r := range s.Rows {
			all = append(all, r.Kind)
		}
		x, err := o.desk.ExportTransactions(t.Context(), o.actor, patient, desk.View{})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range x.Rows {
			all = append(all, r.Kind)
		}
		return fmt.Sprint(all, s.Position.Balance)
	}
	if got := kinds(o.patient); got != "[receipt admission registration receipt admission] 0" {
		t.Errorf("who paid sees %s", got)
	}
	if got := kinds(clinic.PatientID(marketer)); got != "[commission_paid registration commission_paid] -225000" {
		t.Errorf("who earned sees %s", got)
	}
	for role, may := range map[clinic.Role]bool{clinic.Receptionist: false, clinic.Supervisor: false, clinic.Accountant: true, clinic.Doctor: false, clinic.CRM: false} {
		a := o.actor
		a.Role = role
		if _, err := o.desk.Commission(t.Context(), a, marketer); (err == nil) != may {
			t.Errorf("%s: %v", role, err)
		}
	}
	_, err := o.desk.SettleCommission(t.Context(), o.actor, desk.SettleCommission{Earner: 987, How: clinic.Cash, Request: o.request()})
	refuses(t, err, fault.NotFound, "commission.none")
}

// However money comes and goes, what is earned is the share of what pays, and
// the books prove themselves.
func TestCommissionFollowsTheMoney(t *testing.T) {
	o := openTill(t, engine.SQLite(t))
	marketer := o.introduce(t)
	var admissions []clinic.AdmissionID
	rapid.Check(t, func(rt *rapid.T) {
		for range rapid.IntRange(1, 4).Draw(rt, "steps") {
			o.now = o.now.Add(time.Minute)
			switch rapid.IntRange(0, 2).Draw(rt, "step") {
			case 0:
				admissions = append(admissions, o.admit(t, rapid.Int64Range(1, 3).Draw(rt, "quantity")))
			case 1:
				o.receive(t, money.Amount(rapid.Int64Range(1, 9_999_999).Draw(rt, "amount")))
			case 2:
				if len(admissions) > 0 {
					last := len(admissions) - 1
					_, err := o.desk.CancelAdmission(t.Context(), o.actor, desk.CancelAdmission{Admission: admissions[last], Reason: "انصراف", Request: o.request()})
					if err != nil {
						rt.Fatal(err)
					}
					admissions = admissions[:last]
				}
			}
		}
		tab, err := o.desk.Admissions(t.Context(), o.actor, o.patient, desk.View{Limit: 200})
		if err != nil {
			rt.Fatal(err)
		}
		var want money.Amount
		for _, a := range tab.Rows {
			want += a.Paid.Share(500)
		}
		if got := o.earned(rt, marketer); got != want {
			rt.Fatalf("%v is earned, want %v", got, want)
		}
	})
	if _, err := o.desk.Verify(t.Context(), desk.VerifyOptions{}); err != nil {
		t.Error(err)
	}
}
