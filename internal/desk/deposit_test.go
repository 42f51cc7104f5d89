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

func (o *till) deposit(t *testing.T, amount money.Amount) clinic.DepositID {
	t.Helper()
	done, err := o.desk.TakeDeposit(t.Context(), o.actor, desk.TakeDeposit{Patient: o.patient, Lines: cash(amount), Request: o.request()})
	if err != nil {
		t.Fatal(err)
	}
	return done.Deposit.ID
}

func (o *till) on(id clinic.DepositID, amount ...money.Amount) desk.OnDeposit {
	on := desk.OnDeposit{Deposit: id, Request: o.request()}
	if len(amount) > 0 {
		on.Amount = &amount[0]
	}
	return on
}

func (o *till) verify(t interface{ Fatal(...any) }, c clinic.ID) {
	if _, err := o.desk.Verify(context.Background(), desk.VerifyOptions{Clinics: []clinic.ID{c}}); err != nil {
		t.Fatal(err)
	}
}

// A deposit is no part of the balance until it is applied; each way out of it
// moves the account, the deposits and the drawer as the ledger says.
func TestTheLifeOfADeposit(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		o := openTill(t, database)
		id := o.deposit(t, 20_000_000)
		first := o.admit(t, 2)
		steps := []struct {
			name     string
			do       func() (desk.DepositDone, error)
			balance  money.Amount
			deposits money.Amount
			drawer   money.Amount
		}{
			{"applied", func() (desk.DepositDone, error) {
				return o.desk.ApplyDeposit(t.Context(), o.actor, desk.ApplyDeposit{OnDeposit: o.on(id), Admission: first})
			}, 0, 11_000_000, 20_000_000},
			{"taken back in part", func() (desk.DepositDone, error) {
				return o.desk.UnapplyDeposit(t.Context(), o.actor, desk.UnapplyDeposit{OnDeposit: o.on(id, 4_000_000), Admission: first})
			}, 4_000_000, 15_000_000, 20_000_000},
			{"moved to the account", func() (desk.DepositDone, error) {
				return o.desk.DepositToAccount(t.Context(), o.actor, o.on(id, 6_000_000))
			}, -2_000_000, 9_000_000, 20_000_000},
			{"refunded in part", func() (desk.DepositDone, error) {
				return o.desk.RefundDeposit(t.Context(), o.actor, desk.RefundDeposit{OnDeposit: o.on(id, 5_000_000), Reason: "انصراف"})
			}, -2_000_000, 4_000_000, 15_000_000},
			{"kept", func() (desk.DepositDone, error) {
				return o.desk.ForfeitDeposit(t.Context(), o.actor, desk.ForfeitDeposit{OnDeposit: o.on(id, 4_000_000), Reason: "نیامد"})
			}, -2_000_000, 0, 15_000_000},
		}
		for _, s := range steps {
			done, err := s.do()
			if err != nil {
				t.Fatalf("%s: %v", s.name, err)
			}
			if done.After.Balance != s.balance || done.After.Deposits != s.deposits || done.Drawer.After != s.drawer || done.Deposit.Remaining != s.deposits {
				t.Errorf("%s: %+v drawer %+v", s.name, done.After, done.Drawer)
			}
			o.verify(t, o.actor.Clinic)
		}
		tab, err := o.desk.Deposits(t.Context(), o.actor, o.patient, desk.View{})
		if err != nil {
			t.Fatal(err)
		}
		row := tab.Rows[0]
		if row.Status != clinic.DepositClosed || row.Applied != 5_000_000 || row.Transferred != 6_000_000 || row.Refunded != 5_000_000 || row.Forfeited != 4_000_000 {
			t.Errorf("the row says %+v", row.DepositSums)
		}
		var life []string
		for _, l := range row.Life {
			life = append(life, fmt.Sprint(l.Kind, " ", l.Amount, " ", l.Holds, " ", l.Paid.Count, " ", l.Refund.Count))
		}
		want := []string{"receive 20000000 20000000 0 0", "apply -9000000 11000000 1 0", "unapply 4000000 15000000 1 0",
			"to_account -6000000 9000000 0 0", "refund -5000000 4000000 0 1", "forfeit -4000000 0 0 0"}
		if fmt.Sprint(life) != fmt.Sprint(want) {
			t.Errorf("its life is %q, want %q", life, want)
		}
	})
}

// What would be wrong is refused with what is possible, and moves nothing.
func TestDepositsThatAreRefused(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		o := openTill(t, database)
		id := o.deposit(t, 10_000_000)
		admission := o.admit(t, 1)
		draft, err := o.desk.Admit(t.Context(), o.actor, desk.Admit{Patient: o.patient, Draft: true, Lines: []desk.OrderedLine{{Service: o.service, Quantity: 1}}})
		if err != nil {
			t.Fatal(err)
		}
		stranger, own := o.another(t, "غریبه"), o.patient
		o.patient = stranger
		others := o.admit(t, 1)
		o.patient = own
		_, err = o.desk.DepositToAccount(t.Context(), o.actor, o.on(17))
		refuses(t, err, fault.NotFound, "deposit.none")
		_, err = o.desk.TakeDeposit(t.Context(), o.actor, desk.TakeDeposit{Patient: own, Amount: 5, Service: 17})
		refuses(t, err, fault.NotFound, "service.none")
		apply := func(a clinic.AdmissionID, amount ...money.Amount) error {
			_, err := o.desk.ApplyDeposit(t.Context(), o.actor, desk.ApplyDeposit{OnDeposit: o.on(id, amount...), Admission: a})
			return err
		}
		receptionist, shiftless, stale := o.actor, o.actor, int64(0)
		receptionist.Role, shiftless.Staff = clinic.Receptionist, 999
		before := o.balance(t, desk.View{})
		for name, tt := range map[string]struct {
			err  error
			kind fault.Kind
			code string
		}{
			"more than is due":         {apply(admission, 4_500_001), fault.Refused, "deposit.more_than_due"},
			"a draft":                  {apply(draft.Admission.ID), fault.Refused, "deposit.not_final"},
			"another person's":         {apply(others), fault.Refused, "deposit.other"},
			"an admission that is not": {apply(17), fault.NotFound, "admission.none"},
			"by cheque": {func() error {
				_, err := o.desk.TakeDeposit(t.Context(), o.actor, desk.TakeDeposit{Patient: o.patient, Lines: []clinic.MoneyLine{{Method: clinic.ByCheque, Amount: 5}}})
				return err
			}(), fault.Refused, "deposit.cheque"},
			"without a shift": {func() error {
				_, err := o.desk.TakeDeposit(t.Context(), shiftless, desk.TakeDeposit{Patient: o.patient, Lines: cash(5)})
				return err
			}(), fault.Refused, "shift.none"},
			"from a stale screen": {func() error {
				_, err := o.desk.TakeDeposit(t.Context(), o.actor, desk.TakeDeposit{Patient: o.patient, Lines: cash(5), Seen: &stale})
				return err
			}(), fault.Conflict, "account.stale"},
			"refunded by a receptionist": {func() error {
				_, err := o.desk.RefundDeposit(t.Context(), receptionist, desk.RefundDeposit{OnDeposit: o.on(id), Reason: "x"})
				return err
			}(), fault.Forbidden, "permission"},
			"kept by a receptionist": {func() error {
				_, err := o.desk.ForfeitDeposit(t.Context(), receptionist, desk.ForfeitDeposit{OnDeposit: o.on(id), Reason: "x"})
				return err
			}(), fault.Forbidden, "permission"},
			"credit that is not there": {func() error {
				_, err := o.desk.CreditToDeposit(t.Context(), o.actor, desk.CreditToDeposit{TakeDeposit: desk.TakeDeposit{Patient: o.patient, Amount: 5, Request: o.request()}})
				return err
			}(), fault.Refused, "spending.more_than_credit"},
		} {
			if fault.Of(tt.err) != tt.kind || fault.Code(tt.err) != tt.code {
				t.Errorf("%s: %v, want %s", name, tt.err, tt.code)
			}
		}
		if after := o.balance(t, desk.View{}); after != before {
			t.Errorf("the balance moved from %v to %v", before, after)
		}
		o.verify(t, o.actor.Clinic)
	})
}

// The drawer gives no more cash than it holds, and the same key takes once.
func TestDepositsAndTheDrawer(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		o := openTill(t, database)
		cmd := desk.TakeDeposit{Patient: o.patient, Lines: []clinic.MoneyLine{{Method: clinic.POS, Amount: 9_000_000}}, Request: o.request()}
		first, err := o.desk.TakeDeposit(t.Context(), o.actor, cmd)
		if err != nil {
			t.Fatal(err)
		}
		again, err := o.desk.TakeDeposit(t.Context(), o.actor, cmd)
		if err != nil || again.Deposit.ID != first.Deposit.ID {
			t.Errorf("the same key took %v then %v, %v", first.Deposit.ID, again.Deposit.ID, err)
		}
		_, err = o.desk.RefundDeposit(t.Context(), o.actor, desk.RefundDeposit{OnDeposit: o.on(first.Deposit.ID), Reason: "انصراف",
			Line: clinic.MoneyLine{Method: clinic.Cash}, Override: "کارت ندارد"})
		refuses(t, err, fault.Refused, "refund.drawer")
		done, err := o.desk.RefundDeposit(t.Context(), o.actor, desk.RefundDeposit{OnDeposit: o.on(first.Deposit.ID), Reason: "انصراف"})
		if err != nil || done.Refund.Number.Count != 1 || done.Deposit.Status() != clinic.DepositClosed {
			t.Errorf("refunded to the card: %+v %v", done.Refund, err)
		}
	})
}

// Credit of any file of a person becomes one deposit; the deposit pays an
// admission of any of them, and comes back to where it was.
func TestDepositsOfMergedFiles(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		o := openTill(t, database)
		winner, loser := o.patient, o.another(t, "دوم")
		o.receive(t, 3_000_000)
		o.patient = loser
		o.receive(t, 5_000_000)
		o.merge(t, loser, winner)
		done, err := o.desk.CreditToDeposit(t.Context(), o.actor, desk.CreditToDeposit{TakeDeposit: desk.TakeDeposit{Patient: loser, Amount: 8_000_000, Request: o.request()}})
		if err != nil || done.After.Balance != 0 || done.After.Deposits != 8_000_000 || done.Deposit.Patient != winner {
			t.Fatalf("credit of both: %+v %v", done.After, err)
		}
		o.verify(t, o.actor.Clinic)
		o.unmerge(t, loser)
		o.patient = loser
		admission := o.admit(t, 1)
		o.merge(t, loser, winner)
		id := done.Deposit.ID
		if done, err = o.desk.ApplyDeposit(t.Context(), o.actor, desk.ApplyDeposit{OnDeposit: o.on(id), Admission: admission}); err != nil || done.After.Balance != 0 {
			t.Fatalf("applied to the other file: %+v %v", done.After, err)
		}
		o.verify(t, o.actor.Clinic)
		o.unmerge(t, loser)
		if got := o.balance(t, desk.View{}); got != 0 {
			t.Errorf("alone again the file owes %v", got)
		}
		if done, err = o.desk.UnapplyDeposit(t.Context(), o.actor, desk.UnapplyDeposit{OnDeposit: o.on(id)}); err != nil || done.After.Deposits != 8_000_000 {
			t.Fatalf("taken back: %+v %v", done.After, err)
		}
		if got := o.balance(t, desk.View{}); got != 4_500_000 {
			t.Errorf("the file owes %v", got)
		}
		o.verify(t, o.actor.Clinic)
	})
}

// Whatever is done with deposits, in whatever order and whichever files are one
// person, each deposit received what it gave away and holds, and the books prove
// themselves.
func TestDepositsKeepTheBooks(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		o := openTill(t, database)
		rapid.Check(t, func(r *rapid.T) { o.depositStory(t, r) })
	})
}

func (o *till) depositStory(t *testing.T, r *rapid.T) {
	files := []clinic.PatientID{o.another(t, "یک"), o.another(t, "دیگر"), o.another(t, "سوم")}
	var deposits []clinic.DepositID
	var admissions []clinic.AdmissionID
	some := func(what string) money.Amount { return money.Amount(rapid.Int64Range(1, 12_000_000).Draw(r, what)) }
	for range rapid.IntRange(1, 16).Draw(r, "steps") {
		o.now = o.now.Add(time.Minute)
		i := rapid.IntRange(0, 2).Draw(r, "file")
		o.patient = files[i]
		var on desk.OnDeposit
		var admission clinic.AdmissionID
		if len(deposits) > 0 {
			on = o.on(rapid.SampledFrom(deposits).Draw(r, "deposit"))
			if rapid.Bool().Draw(r, "said") {
				a := some("amount")
				on.Amount = &a
			}
		}
		if len(admissions) > 0 {
			admission = rapid.SampledFrom(admissions).Draw(r, "admission")
		}
		var made desk.DepositDone
		var err error
		switch rapid.SampledFrom([]string{"take", "take", "admit", "admit", "pay", "apply", "apply", "unapply", "account", "refund", "forfeit", "credit", "cancel", "merge", "unmerge"}).Draw(r, "step") {
		case "take":
			deposits = append(deposits, o.deposit(t, some("deposit")))
		case "admit":
			admissions = append(admissions, o.admit(t, rapid.Int64Range(1, 3).Draw(r, "quantity")))
		case "pay":
			o.receive(t, some("receipt"))
		case "apply":
			made, err = o.desk.ApplyDeposit(t.Context(), o.actor, desk.ApplyDeposit{OnDeposit: on, Admission: admission})
		case "unapply":
			made, err = o.desk.UnapplyDeposit(t.Context(), o.actor, desk.UnapplyDeposit{OnDeposit: on, Admission: admission})
		case "account":
			made, err = o.desk.DepositToAccount(t.Context(), o.actor, on)
		case "refund":
			made, err = o.desk.RefundDeposit(t.Context(), o.actor, desk.RefundDeposit{OnDeposit: on, Reason: "آزمون"})
		case "forfeit":
			made, err = o.desk.ForfeitDeposit(t.Context(), o.actor, desk.ForfeitDeposit{OnDeposit: on, Reason: "آزمون"})
		case "credit":
			credit := max(1, -o.balance(t, desk.View{}))
			made, err = o.desk.CreditToDeposit(t.Context(), o.actor, desk.CreditToDeposit{TakeDeposit: desk.TakeDeposit{Patient: o.patient,
				Amount: money.Amount(rapid.Int64Range(1, int64(credit)).Draw(r, "credit")), Request: o.request()}})
			if err == nil {
				deposits = append(deposits, made.Deposit.ID)
			}
		case "cancel":
			_, err = o.desk.CancelAdmission(t.Context(), o.actor, desk.CancelAdmission{Admission: admission, Reason: "آزمون"})
		case "merge":
			_, err = o.desk.MergePatients(t.Context(), o.actor, desk.MergePatients{Loser: files[i], Winner: files[(i+1)%3], Reason: "آزمون"})
		case "unmerge":
			_, err = o.desk.UnmergePatient(t.Context(), o.actor, desk.UnmergePatient{Loser: files[i]})
		}
		if err != nil && fault.Of(err) == fault.Internal {
			r.Fatal(err)
		}
		if d := made.Deposit; d.Received != d.Applied+d.Refunded+d.Forfeited+d.Transferred+d.Remaining {
			r.Fatalf("the deposit says %+v", d.DepositSums)
		}
	}
	o.verify(r, o.actor.Clinic)
}
