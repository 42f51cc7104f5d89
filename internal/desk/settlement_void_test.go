package desk_test

import (
	"maps"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/money"
	"daftar/test/engine"
)

// settles books a settlement that pays a part of the admission, moves a part of
// it to the patient and gives a part up.
func (o *till) settles(t *testing.T, insurer clinic.InsurerID, a clinic.AdmissionID) desk.SettledInsurer {
	t.Helper()
	done, err := o.desk.SettleInsurer(t.Context(), o.actor, desk.SettleInsurer{Insurer: insurer, Received: 500_000, Request: o.request(),
		Deductions: []clinic.Deduction{{Admission: a, Amount: 300_000, To: clinic.SettleToPatient}, {Admission: a, Amount: 100_000, To: clinic.SettleWriteOff}}})
	if err != nil {
		t.Fatal(err)
	}
	return done
}

// A settlement that is void leaves every balance as it was before it, whoever
// paid of it since; asked once more with the same key nothing moves.
func TestVoidSettlement(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		o := openTill(t, database)
		insurer := o.insure(t)
		admission := o.admit(t, 1)
		o.receive(t, 3_450_000)
		before := o.accountsOf(t)
		done := o.settles(t, insurer, admission)
		settledDay := o.today()
		o.now = o.now.Add(24 * time.Hour)
		if got := o.balance(t, desk.View{}); got != 300_000 {
			t.Fatalf("the patient owes %v", got)
		}
		seen := o.claims(t, insurer, desk.View{}).Version
		cmd := desk.VoidSettlement{Settlement: done.Settlement.ID, Reason: "نامه اشتباه", Seen: &seen}
		cmd.Request = desk.Request{DryRun: true}
		dry, err := o.desk.VoidSettlement(t.Context(), o.actor, cmd)
		if err != nil || dry.Before.Balance != 150_000 || dry.After.Balance != 1_050_000 || len(dry.Patients) != 1 || dry.Patients[0].Before.Balance != 300_000 || dry.Patients[0].After.Balance != 0 {
			t.Fatalf("asked only: %+v %v", dry, err)
		}
		stale := cmd
		old := seen - 1
		stale.Seen, stale.Request = &old, o.request()
		_, err = o.desk.VoidSettlement(t.Context(), o.actor, stale)
		refuses(t, err, fault.Conflict, "settlement.stale")
		cmd.Request = o.request()
		for range 2 {
			void, err := o.desk.VoidSettlement(t.Context(), o.actor, cmd)
			if err != nil || void.Settlement.Undone.IsZero() || void.After.Balance != 1_050_000 {
				t.Fatalf("%+v %v", void, err)
			}
		}
		after := o.accountsOf(t)
		maps.DeleteFunc(after, func(_ string, sum money.Amount) bool { return sum == 0 })
		maps.DeleteFunc(before, func(_ string, sum money.Amount) bool { return sum == 0 })
		if !maps.Equal(after, before) {
			t.Errorf("the books are %v, before the settlement they were %v", after, before)
		}
		if got := o.balance(t, desk.View{AsOf: settledDay}); got != 300_000 {
			t.Errorf("at the end of the day of the settlement the patient owes %v", got)
		}
		if c := o.claims(t, insurer, desk.View{}); len(c.Claims) != 1 || c.Claims[0].Left() != 1_050_000 || c.Claims[0].Moved != 0 || c.Claims[0].WrittenOff != 0 || c.Claims[0].Paid != 0 || c.Ages.Spans[0] != 1_050_000 {
			t.Errorf("%+v", c.Claims)
		}
		agree(t, o, insurer)
		cmd.Request = o.request()
		_, err = o.desk.VoidSettlement(t.Context(), o.actor, cmd)
		refuses(t, err, fault.Refused, "settlement.voided")
		again := o.settles(t, insurer, admission)
		if again.Settlement.Settlement.Number.Count != 2 {
			t.Errorf("the next settlement has the number %v", again.Settlement.Settlement.Number)
		}
		o.receive(t, 300_000)
		if _, err := o.desk.VoidSettlement(t.Context(), o.actor, desk.VoidSettlement{Settlement: again.Settlement.ID, Reason: "اشتباه", Request: o.request()}); err != nil {
			t.Fatal(err)
		}
		if got := o.balance(t, desk.View{}); got != -300_000 {
			t.Errorf("what was paid since is no credit: %v", got)
		}
		o.proves(t)
	})
}

// A settlement of insurance is voided by who settles, of the own branch; the
// audit says whose accounts it was about.
func TestWhoVoidsSettlements(t *testing.T) {
	o := openTill(t, engine.SQLite(t))
	insurer := o.insure(t)
	done := o.settles(t, insurer, o.admit(t, 1))
	for role, may := range map[clinic.Role]bool{clinic.Receptionist: false, clinic.Supervisor: false, clinic.Accountant: true, clinic.Doctor: false, clinic.Manager: true} {
		a := o.actor
		a.Role = role
		_, err := o.desk.VoidSettlement(t.Context(), a, desk.VoidSettlement{Settlement: done.Settlement.ID, Reason: "اشتباه", Request: desk.Request{DryRun: true}})
		if (err == nil) != may || !may && fault.Code(err) != "permission" {
			t.Errorf("%s: %v", role, err)
		}
	}
	_, err := o.desk.VoidSettlement(t.Context(), o.actor, desk.VoidSettlement{Settlement: 987, Reason: "اشتباه", Request: o.request()})
	refuses(t, err, fault.NotFound, "settlement.none")
	elsewhere := o.actor
	elsewhere.Role, elsewhere.Branch, elsewhere.Granted = clinic.Supervisor, 987, clinic.RightsOf(clinic.SettleInsurers)
	_, err = o.desk.VoidSettlement(t.Context(), elsewhere, desk.VoidSettlement{Settlement: done.Settlement.ID, Reason: "اشتباه", Request: o.request()})
	refuses(t, err, fault.NotFound, "settlement.none")
	if _, err := o.desk.VoidSettlement(t.Context(), o.actor, desk.VoidSettlement{Settlement: done.Settlement.ID, Reason: "اشتباه", Request: o.request()}); err != nil {
		t.Fatal(err)
	}
	log, err := o.desk.AuditLog(t.Context(), o.actor, desk.AuditQuery{Group: "money"})
	if err != nil || len(log.Rows) == 0 || log.Rows[0].Action != "insurer.void" || log.Rows[0].Patient.ID != o.patient {
		t.Errorf("%+v %v", log, err)
	}
}

// Cash of a commission comes back into the drawer it was paid from, into that
// of whoever takes it back, or into the safe; a cashier takes back only what she
// paid in the open shift.
func TestVoidCommissionInCash(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		o := openTill(t, database)
		marketer := o.introduce(t)
		o.admit(t, 2)
		o.receive(t, 9_000_000)
		cashier := o.hire(t, "صندوق‌دار", clinic.Receptionist)
		cashier.Granted = clinic.RightsOf(clinic.SettleCommissions)
		other := cashier
		other.Staff = o.hire(t, "دیگری", clinic.Receptionist).Staff
		accountant := o.hire(t, "حسابدار", clinic.Accountant)
		place := desk.Save[desk.SavePlace]{Row: desk.SavePlace{Kind: clinic.AccountCash, Place: clinic.Place{Branch: o.actor.Branch, Code: "second", Name: "میز دوم"}}}
		another, err := o.desk.SavePlace(t.Context(), o.actor, place)
		if err != nil {
			t.Fatal(err)
		}
		shift, err := o.desk.OpenShift(t.Context(), cashier, desk.OpenShift{Desk: another.ID, Float: 500_000, Request: o.request()})
		if err != nil {
			t.Fatal(err)
		}
		pay := func() clinic.CommissionID {
			t.Helper()
			paid, err := o.desk.SettleCommission(t.Context(), cashier, desk.SettleCommission{Earner: marketer, Amount: new(money.Amount(100_000)), How: clinic.Cash, Request: o.request()})
			if err != nil {
				t.Fatal(err)
			}
			return paid.Settlement.ID
		}
		void := func(who clinic.Actor, id clinic.CommissionID) (desk.VoidedCommission, error) {
			return o.desk.VoidCommission(t.Context(), who, desk.VoidCommission{Settlement: id, Reason: "اشتباه", Request: o.request()})
		}
		first, second := pay(), pay()
		done, err := void(cashier, first)
		if err != nil || done.Drawer == nil || done.Drawer.Before != 300_000 || done.Drawer.After != 400_000 || done.Earner.Left() != 350_000 {
			t.Fatalf("%+v %v", done, err)
		}
		_, err = void(other, second)
		refuses(t, err, fault.Forbidden, "receipt.others")
		third := pay()
		o.close(t, cashier, accountant, shift.Shift.ID, 300_000)
		_, err = void(cashier, second)
		refuses(t, err, fault.Forbidden, "shift.closed")
		safe := o.accountsOf(t)["assets:safe"]
		if _, err := void(accountant, second); err != nil {
			t.Fatal(err)
		}
		if got := o.accountsOf(t)["assets:safe"]; got != safe+100_000 {
			t.Errorf("the safe held %v and holds %v", safe, got)
		}
		held := o.drawerCash(t)
		if done, err = void(o.actor, third); err != nil || done.Drawer.After != held+100_000 {
			t.Errorf("into the drawer of who takes it back: %+v %v", done.Effect, err)
		}
		_, err = void(o.actor, third)
		refuses(t, err, fault.Refused, "settlement.voided")
		if done.Earner.Left() != 450_000 || done.Earner.Settled != 0 {
			t.Errorf("%+v", done.Earner)
		}
		o.proves(t)
	})
}

// close ends a shift with the cash that is in its drawer, which goes to the safe.
func (o *till) close(t *testing.T, who, accountant clinic.Actor, shift clinic.ShiftID, cash money.Amount) {
	t.Helper()
	_, err := o.desk.CountShift(t.Context(), who, desk.CountShift{Shift: shift, Lines: []clinic.ShiftLine{{Method: clinic.Cash, Counted: cash}}, Request: o.request()})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.desk.HandOver(t.Context(), who, desk.HandOver{Shift: shift, Amount: cash, To: clinic.ToSafe, Request: o.request()}); err != nil {
		t.Fatal(err)
	}
	if _, err := o.desk.ConfirmShift(t.Context(), accountant, desk.ConfirmShift{Shift: shift, Request: o.request()}); err != nil {
		t.Fatal(err)
	}
}

// drawerCash is what the actor's drawer should hold.
func (o *till) drawerCash(t *testing.T) money.Amount {
	t.Helper()
	done, err := o.desk.Receive(t.Context(), o.actor, desk.Receive{Patient: o.patient, Lines: cash(1), Request: desk.Request{DryRun: true}})
	if err != nil {
		t.Fatal(err)
	}
	return done.Drawer.Before
}
