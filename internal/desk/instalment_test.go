package desk_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/money"
	"daftar/internal/store"
	"daftar/test/engine"
)

// plan agrees on instalments of an admission, a month after the other from the
// next one on.
func (o *till) plan(t *testing.T, a clinic.AdmissionID, down money.Amount, count int) desk.InstalmentsPlanned {
	t.Helper()
	p, err := o.desk.PlanInstalments(t.Context(), o.actor, desk.PlanInstalments{Admission: a, Request: o.request(),
		Wish: clinic.PlanWish{DownPayment: down, Count: count, FirstDue: o.today().Date().AddMonths(1).Civil()}})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (o *till) today() jalali.Day {
	zone, _ := time.LoadLocation("Asia/Tehran")
	return jalali.DayOf(o.now, zone)
}

// ages is what is overdue and what is to come, and the balance beside it.
func (o *till) ages(t *testing.T, v desk.View) string {
	t.Helper()
	b, err := o.desk.Balance(t.Context(), o.actor, o.patient, v)
	if err != nil {
		t.Fatal(err)
	}
	h, err := o.desk.Transactions(t.Context(), o.actor, o.patient, v)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := fmt.Sprint(h.Instalments), fmt.Sprint(b.Instalments); got != want {
		t.Errorf("the header says %s, the balance %s", got, want)
	}
	return fmt.Sprintf("overdue %d (%d), upcoming %d, balance %d", b.Instalments.Overdue, b.Instalments.OverdueCount, b.Instalments.Upcoming, b.Balance)
}

// A plan moves no money and no balance; the calendar moves its parts from
// upcoming to overdue, money pays them in order, and the past stays as it was.
func TestAPlanOverTheMonths(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		o := openTill(t, database)
		a := o.admit(t, 2)
		same := func(want string, v desk.View) {
			t.Helper()
			if got := o.ages(t, v); got != want {
				t.Errorf("%s; want %s", got, want)
			}
		}
		o.now = o.now.Add(24 * time.Hour)
		made := o.plan(t, a, 3_000_000, 3)
		if made.Before != made.After || made.Unit != 0 {
			t.Errorf("a plan moved the account: %+v", made.Effect)
		}
		same("overdue 0 (0), upcoming 9000000, balance 9000000", desk.View{})
		agreed := o.today()
		o.now = o.now.Add(24 * time.Hour)
		same("overdue 3000000 (1), upcoming 6000000, balance 9000000", desk.View{})
		o.receive(t, 4_000_000)
		same("overdue 0 (0), upcoming 5000000, balance 5000000", desk.View{})
		o.now = o.now.Add(70 * 24 * time.Hour)
		same("overdue 3000000 (2), upcoming 2000000, balance 5000000", desk.View{})
		same("overdue 0 (0), upcoming 9000000, balance 9000000", desk.View{AsOf: agreed})
		same("overdue 0 (0), upcoming 0, balance 9000000", desk.View{AsOf: agreed.Add(-1)})
		same("overdue 3000000 (1), upcoming 6000000, balance 9000000", desk.View{AsOf: agreed.Add(1), KnownAt: made.Plan.Recorded})
		o.proves(t)
		again := o.replacePlan(t, a, made.Plan.ID)
		if again.Plan.Version != 2 || again.Replaced != made.Plan.ID || again.Plan.Total() != 5_000_000 {
			t.Errorf("the new plan is %+v", again)
		}
		same("overdue 0 (0), upcoming 5000000, balance 5000000", desk.View{})
		same("overdue 3000000 (2), upcoming 2000000, balance 5000000", desk.View{AsOf: o.today().Add(-1)})
		o.proves(t)
		o.unplan(t, a)
		same("overdue 0 (0), upcoming 0, balance 5000000", desk.View{})
		o.proves(t)
	})
}

func (o *till) replacePlan(t *testing.T, a clinic.AdmissionID, replaces clinic.PlanID) desk.InstalmentsPlanned {
	t.Helper()
	p, err := o.desk.PlanInstalments(t.Context(), o.actor, desk.PlanInstalments{Admission: a, Request: o.request(), Replaces: replaces,
		Wish: clinic.PlanWish{Count: 2, FirstDue: o.today().Add(5)}})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (o *till) unplan(t *testing.T, a clinic.AdmissionID) {
	t.Helper()
	if _, err := o.desk.CancelInstalments(t.Context(), o.actor, desk.CancelInstalments{Admission: a, Reason: "یک‌جا می‌پردازد", Request: o.request()}); err != nil {
		t.Fatal(err)
	}
}

func TestPlansAreRefused(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		o := openTill(t, database)
		a := o.admit(t, 2)
		wish := clinic.PlanWish{Count: 2, FirstDue: o.today()}
		ask := func(actor clinic.Actor, cmd desk.PlanInstalments) error {
			cmd.Request = o.request()
			_, err := o.desk.PlanInstalments(t.Context(), actor, cmd)
			return err
		}
		accountant := o.actor
		accountant.Role = clinic.Accountant
		refuses(t, ask(accountant, desk.PlanInstalments{Admission: a, Wish: wish}), fault.Forbidden, "permission")
		refuses(t, ask(o.actor, desk.PlanInstalments{Admission: 987, Wish: wish}), fault.NotFound, "admission.none")
		stale := int64(7)
		refuses(t, ask(o.actor, desk.PlanInstalments{Admission: a, Wish: wish, Seen: &stale}), fault.Conflict, "account.stale")
		refuses(t, ask(o.actor, desk.PlanInstalments{Admission: a, Wish: wish, Replaces: 7}), fault.Conflict, "instalment.stale")
		p := o.plan(t, a, 0, 2)
		refuses(t, ask(o.actor, desk.PlanInstalments{Admission: a, Wish: wish}), fault.Conflict, "instalment.exists")
		o.unplan(t, a)
		refuses(t, ask(o.actor, desk.PlanInstalments{Admission: a, Wish: wish, Replaces: p.Plan.ID}), fault.Conflict, "instalment.stale")
		_, err := o.desk.CancelInstalments(t.Context(), o.actor, desk.CancelInstalments{Admission: a, Reason: "x", Request: o.request()})
		refuses(t, err, fault.Refused, "instalment.none")
		o.proves(t)
	})
}

// A repeated request makes one plan; of many at once one holds.
func TestOnePlanHolds(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		o := openTill(t, database)
		a := o.admit(t, 2)
		cmd := desk.PlanInstalments{Admission: a, Request: o.request(), Wish: clinic.PlanWish{Count: 2, FirstDue: o.today()}}
		first, err := o.desk.PlanInstalments(t.Context(), o.actor, cmd)
		if err != nil {
			t.Fatal(err)
		}
		again, err := o.desk.PlanInstalments(t.Context(), o.actor, cmd)
		if err != nil || again.Plan.ID != first.Plan.ID {
			t.Errorf("repeated: %+v, %v", again.Plan, err)
		}
		b := o.admit(t, 1)
		var wait sync.WaitGroup
		errs := make([]error, 8)
		for i := range errs {
			c := desk.PlanInstalments{Admission: b, Request: o.request(), Wish: cmd.Wish}
			wait.Go(func() { _, errs[i] = o.desk.PlanInstalments(t.Context(), o.actor, c) })
		}
		wait.Wait()
		done := 0
		for _, err := range errs {
			if err == nil {
				done++
			} else if fault.Code(err) != "instalment.exists" && fault.Code(err) != "instalment.stale" {
				t.Error(err)
			}
		}
		if done != 1 {
			t.Errorf("%d plans of one admission were made", done)
		}
		o.proves(t)
	})
}

// The list shows every part with something left, of those the actor may see,
// in the order of the days; pages are the whole.
func TestTheListOfInstalments(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		o := openTill(t, database)
		for i := range 3 {
			o.plan(t, o.admit(t, int64(i+1)), 1_000_000, 3)
		}
		o.receive(t, 1_500_000) // the down payment of the first, and a part of its first instalment
		o.now = o.now.Add(31 * 24 * time.Hour)
		list := func(q desk.InstalmentQuery) desk.InstalmentPage {
			t.Helper()
			p, err := o.desk.ListInstalments(t.Context(), o.actor, q)
			if err != nil {
				t.Fatal(err)
			}
			return p
		}
		whole := list(desk.InstalmentQuery{Limit: 200})
		b, err := o.desk.Balance(t.Context(), o.actor, o.patient, desk.View{})
		if err != nil {
			t.Fatal(err)
		}
		if whole.Count != 11 || whole.Left != b.Balance || whole.Overdue.Left != b.Instalments.Overdue ||
			whole.Today.Left+whole.Week.Left+whole.Later.Left != b.Instalments.Upcoming {
			t.Errorf("the list has %d rows of %d, overdue %+v; the balance is %+v", whole.Count, whole.Left, whole.Overdue, b)
		}
		var paged []desk.InstalmentItem
		for cursor := ""; ; {
			p := list(desk.InstalmentQuery{Limit: 3, Cursor: cursor})
			paged = append(paged, p.Items...)
			if cursor = p.Older; cursor == "" {
				break
			}
		}
		if got, want := fmt.Sprint(paged), fmt.Sprint(whole.Items); got != want {
			t.Errorf("the pages are\n%s, the list is\n%s", got, want)
		}
		if p := list(desk.InstalmentQuery{State: "overdue"}); p.Count != whole.Overdue.Count || p.Left != whole.Overdue.Left {
			t.Errorf("overdue: %d of %d, want %+v", p.Count, p.Left, whole.Overdue)
		}
		if p := list(desk.InstalmentQuery{State: "upcoming", Until: o.today().Add(45)}); p.Count != 3 {
			t.Errorf("due in 45 days: %d", p.Count)
		}
		elsewhere := o.actor
		elsewhere.Role, elsewhere.Branch = clinic.Receptionist, 99
		if p, err := o.desk.ListInstalments(t.Context(), elsewhere, desk.InstalmentQuery{}); err != nil || len(p.Items) != 0 || p.Overdue.Count != 0 {
			t.Errorf("another branch sees %+v, %v", p, err)
		}
		for _, q := range []desk.InstalmentQuery{{State: "x"}, {Cursor: "x"}, {Limit: 201}, {From: "2027-01-02", Until: "2027-01-01"}} {
			if _, err := o.desk.ListInstalments(t.Context(), o.actor, q); fault.Of(err) != fault.Invalid {
				t.Errorf("%+v: %v", q, err)
			}
		}
	})
}

// A plan of a file that is merged into another stands in the person's header,
// and ends with its admission.
func TestPlansOfMergedFilesAndCancelledAdmissions(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		o := openTill(t, database)
		a := o.admit(t, 2)
		o.plan(t, a, 0, 3)
		loser, winner := o.patient, o.another(t, "کریمی‌نژاد")
		o.merge(t, loser, winner)
		o.patient = winner
		if got := o.ages(t, desk.View{}); got != "overdue 0 (0), upcoming 9000000, balance 9000000" {
			t.Error(got)
		}
		if _, err := o.desk.CancelAdmission(t.Context(), o.actor, desk.CancelAdmission{Admission: a, Reason: "انصراف", Request: o.request()}); err != nil {
			t.Fatal(err)
		}
		if got := o.ages(t, desk.View{}); got != "overdue 0 (0), upcoming 0, balance 0" {
			t.Error(got)
		}
		s, err := o.desk.InstalmentPlan(t.Context(), o.actor, a)
		if err != nil || s.Plan.Ended != clinic.PlanCancelled {
			t.Errorf("the plan of a cancelled admission: %+v, %v", s.Plan, err)
		}
		o.proves(t)
	})
}

// What the rules never write, the proofs find.
func TestTheProofsFindWrongPlans(t *testing.T) {
	row := func(line int, due jalali.Day, amount money.Amount) clinic.Instalment {
		return clinic.Instalment{Line: line, Due: due, Amount: amount}
	}
	const day = jalali.Day("2026-11-23")
	for name, parts := range map[string][]clinic.Instalment{
		"every plan is the sum of its instalments":   {row(1, day, 99)},
		"the days of a plan rise and begin with it":  {row(1, day.Add(2), 50), row(2, day.Add(2), 50)},
		"an admission has one plan in force at most": {row(1, day, 100)},
		"every plan is of its admission's patient":   {row(0, day, 100)},
		"": {row(0, day, 40), row(1, day, 40), row(2, day.Add(1), 20)},
	} {
		database := engine.SQLite(t)
		o := openTill(t, database)
		a := o.admit(t, 1)
		raw, err := store.Open(t.Context(), database)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { raw.Close() })
		err = raw.Write(t.Context(), o.actor.Clinic, func(tx *store.Tx) error {
			p := clinic.InstalmentPlan{ID: 1, Admission: a, Patient: o.patient, Version: 1, Share: 120, Paid: 20, Day: day, At: o.now, Recorded: o.now,
				Staff: o.actor.Staff, Parts: parts}
			if name == "every plan is of its admission's patient" {
				p.Patient = 987
			}
			if err := tx.AddPlan(t.Context(), p, 0); err != nil || name != "an admission has one plan in force at most" {
				return err
			}
			p.ID, p.Version = 2, 2
			return tx.AddPlan(t.Context(), p, 0)
		})
		if err != nil {
			t.Fatal(err)
		}
		_, err = o.desk.Verify(t.Context(), desk.VerifyOptions{})
		if name == "" && err != nil || name != "" && (err == nil || !strings.Contains(err.Error(), name)) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What an insurer takes over shrinks the last instalments first; what it denies
// is owed beside the plan, at once.
func TestThePlanFollowsTheDebt(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		o := openTill(t, database)
		a := o.admit(t, 2)
		o.plan(t, a, 3_000_000, 3)
		o.receive(t, 4_500_000)
		var insurer clinic.InsurerID
		move := func(from, to clinic.InsurerID, amount money.Amount) {
			t.Helper()
			o.now = o.now.Add(time.Hour)
			err := o.desk.Batch(t.Context(), o.actor, false, func(b desk.Batch) (err error) {
				if insurer == 0 {
					insurer, err = b.Insurer(t.Context(), clinic.Insurer{Code: "base", Name: "پایه", Kind: clinic.BaseInsurance, Share: 7000})
				}
				if err != nil || amount == 0 {
					return err
				}
				return b.MoveShare(t.Context(), clinic.ShareTransfer{Admission: a, Patient: o.patient, From: from, To: to, Amount: amount, Reason: "x"}, o.now)
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		stands := func(want string) {
			t.Helper()
			s, err := o.desk.InstalmentPlan(t.Context(), o.actor, a)
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			for _, p := range s.Parts {
				got += fmt.Sprintf("%d/%d %s, ", p.Paid, p.Amount, p.State)
			}
			if got += fmt.Sprintf("beside %d", s.Unplanned); got != want {
				t.Errorf("%s; want %s", got, want)
			}
			o.proves(t)
		}
		stands("3000000/3000000 paid, 1500000/2000000 partly_paid, 0/2000000 upcoming, 0/2000000 upcoming, beside 0")
		move(0, 0, 0)
		move(clinic.PatientPays, insurer, 3_000_000)
		stands("3000000/3000000 paid, 1500000/2000000 partly_paid, 0/1000000 upcoming, 0/0 let_off, beside 0")
		move(clinic.PatientPays, insurer, 5_000_000) // more than was unpaid: the rest is credit
		stands("1000000/1000000 paid, 0/0 let_off, 0/0 let_off, 0/0 let_off, beside 0")
		move(insurer, clinic.PatientPays, 8_000_000) // the credit pays again
		stands("3000000/3000000 paid, 1500000/2000000 partly_paid, 0/2000000 upcoming, 0/2000000 upcoming, beside 0")
		o.now = o.now.Add(24 * time.Hour)
		if got := o.ages(t, desk.View{}); got != "overdue 0 (0), upcoming 4500000, balance 4500000" {
			t.Error(got)
		}
	})
}
