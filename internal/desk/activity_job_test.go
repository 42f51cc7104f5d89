package desk_test

import (
	"sync"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/money"
	"daftar/test/engine"
)

// allCauses switches every cause on.
func (o *till) allCauses(t *testing.T) {
	t.Helper()
	c, err := o.desk.Clinic(t.Context(), o.actor.Clinic)
	if err != nil {
		t.Fatal(err)
	}
	c.Activities.Unseen, c.Activities.Satisfaction, c.Activities.Birthday = true, true, true
	if _, err := o.desk.SaveClinic(t.Context(), o.actor, desk.Save[clinic.Clinic]{Row: c}); err != nil {
		t.Fatal(err)
	}
}

// runs lets the job run twice, and in two goroutines at once; together they
// make so many activities.
func (o *till) runs(t *testing.T, want int) {
	t.Helper()
	var all sync.WaitGroup
	made := make([]int, 4)
	run := func(i int) {
		n, err := o.desk.MakeActivities(t.Context(), o.actor.Clinic)
		if made[i] = n; err != nil {
			t.Error(err)
		}
	}
	for i := range 2 {
		all.Go(func() { run(i) })
	}
	all.Wait()
	run(2)
	run(3)
	if sum := made[0] + made[1] + made[2] + made[3]; sum != want {
		t.Errorf("the job made %v, want %d in all", made, want)
	}
}

// because is the one activity that is open because of something.
func (o *till) because(t *testing.T, cause clinic.ActivityCause) (a desk.ActivityShown) {
	t.Helper()
	n := 0
	for _, row := range o.activities(t) {
		if row.Cause == cause && row.Status == clinic.ActivityOpen {
			a, n = row, n+1
		}
	}
	if n != 1 {
		t.Errorf("%d are open because of %s", n, cause)
	}
	return a
}

func (o *till) activities(t *testing.T) []desk.ActivityShown {
	t.Helper()
	tab, err := o.desk.Activities(t.Context(), o.actor, o.patient, desk.View{})
	if err != nil {
		t.Fatal(err)
	}
	return tab.Rows
}

func (o *till) days(n int) { o.now = o.now.Add(time.Duration(n) * 24 * time.Hour) }

// A cheque that bounced is followed up once; when it is settled there is nothing
// to follow up any more. What somebody cancelled does not come again.
func TestABouncedChequeIsFollowedUpOnce(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		o := openTill(t, database)
		o.admit(t, 2)
		got := o.take(t, o.cheque(1, 4_000_000), o.cheque(2, 1_000_000))
		for _, q := range got.Cheques {
			if _, err := o.desk.BounceCheque(t.Context(), o.actor, desk.ChangeCheque{Cheque: q.ID, Reason: "کسری", Request: o.request()}); err != nil {
				t.Fatal(err)
			}
		}
		o.runs(t, 2)
		for _, a := range o.activities(t) {
			if a.Cause != clinic.CauseBounced || a.Due != o.today() || a.StaffName != "برنامه" && a.Staff != clinic.Automatic {
				t.Errorf("%+v", a)
			}
		}
		if _, err := o.desk.ReturnCheque(t.Context(), o.actor, desk.ChangeCheque{Cheque: got.Cheques[0].ID, Reason: "x", Request: o.request()}); err != nil {
			t.Fatal(err)
		}
		o.runs(t, 0)
		left := o.because(t, clinic.CauseBounced)
		if left.Object != int64(got.Cheques[1].ID) {
			t.Errorf("%+v", left)
		}
		if _, err := o.desk.CancelActivity(t.Context(), o.actor, desk.CancelActivity{Activity: left.ID, Reason: "خودش آمد"}); err != nil {
			t.Fatal(err)
		}
		o.runs(t, 0)
	})
}

// Each part of a plan that is late is followed up; one that is paid is not.
func TestAnOverdueInstalmentIsFollowedUpOnce(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		o := openTill(t, database)
		a := o.admit(t, 2)
		o.plan(t, a, 3_000_000, 3)
		o.runs(t, 0)
		o.days(1)
		o.runs(t, 1)
		if got := o.because(t, clinic.CauseInstalment); got.Part != 0 {
			t.Errorf("%+v", got)
		}
		o.receive(t, 3_000_000)
		o.runs(t, 0)
		if rows := o.activities(t); len(rows) != 1 || rows[0].Status != clinic.ActivityCancelled {
			t.Errorf("%+v", rows)
		}
		o.days(62) // two more are late by now, one of them for longer than is looked back
		o.runs(t, 1)
		if got := o.because(t, clinic.CauseInstalment); got.Part != 2 {
			t.Errorf("%+v", got)
		}
	})
}

// A deposit that still holds something is told of before it lapses.
func TestALapsingDepositIsToldOfOnce(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		o := openTill(t, database)
		take := func(amount money.Amount, days int) clinic.DepositID {
			d, err := o.desk.TakeDeposit(t.Context(), o.actor, desk.TakeDeposit{Patient: o.patient, Lines: cash(amount), Expires: o.today().Add(days), Request: o.request()})
			if err != nil {
				t.Fatal(err)
			}
			return d.Deposit.ID
		}
		soon := take(1_000_000, 10)
		take(2_000_000, 100)
		o.runs(t, 1)
		if got := o.because(t, clinic.CauseDeposit); got.Object != int64(soon) || got.Kind != clinic.Reminder {
			t.Errorf("%+v", got)
		}
		if _, err := o.desk.RefundDeposit(t.Context(), o.actor, desk.RefundDeposit{OnDeposit: desk.OnDeposit{Deposit: soon, Request: o.request()}, Line: clinic.MoneyLine{Method: clinic.Cash}, Reason: "x"}); err != nil {
			t.Fatal(err)
		}
		o.runs(t, 0)
		if rows := o.activities(t); rows[0].Status != clinic.ActivityCancelled {
			t.Errorf("%+v", rows)
		}
	})
}

// Some days after a visit somebody asks how it was; who does not come for half a
// year is sent for; on the birthday somebody calls. None of it unless the clinic
// wants it.
func TestWhatIsOffByDefaultComesWhenItIsWanted(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		o := openTill(t, database)
		born := o.today().Date()
		born.Year -= 30
		p, err := o.desk.Patient(t.Context(), o.actor, o.patient)
		if err != nil {
			t.Fatal(err)
		}
		p.BirthDate = born.Civil()
		if _, err := o.desk.EditPatient(t.Context(), o.actor, desk.EditPatient{Patient: p}); err != nil {
			t.Fatal(err)
		}
		first := o.admit(t, 1)
		o.runs(t, 0)
		o.allCauses(t)
		o.runs(t, 1)
		if got := o.because(t, clinic.CauseBirthday); got.Part != int64(born.Year+30) || got.Kind != clinic.CallOut {
			t.Errorf("%+v", got)
		}
		o.days(2)
		o.runs(t, 1)
		if got := o.because(t, clinic.CauseSatisfaction); got.Object != int64(first) {
			t.Errorf("%+v", got)
		}
		o.days(170)
		o.runs(t, 0)
		o.days(15)
		o.runs(t, 1)
		if got := o.because(t, clinic.CauseUnseen); got.Object != int64(first) {
			t.Errorf("%+v", got)
		}
		o.days(3)
		o.runs(t, 0)
	})
}

// The next session of a package is told of when no time is booked for it, one
// session at a time.
func TestTheNextSessionIsToldOfOnce(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		o := openTill(t, database)
		var six clinic.ServiceID
		err := o.desk.Batch(t.Context(), o.actor, false, func(b desk.Batch) error {
			section, err := b.Section(t.Context(), clinic.Section{Code: "laser", Name: "لیزر"})
			if err == nil {
				six, err = b.Service(t.Context(), desk.NewService{Section: section, Code: "six", Name: "شش جلسه", Price: 1_000_000, Sessions: 6, Interval: 20})
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		admitted, err := o.desk.Admit(t.Context(), o.actor, desk.Admit{Patient: o.patient, Request: o.request(), Lines: []desk.OrderedLine{{Service: six, Quantity: 1}}})
		if err != nil {
			t.Fatal(err)
		}
		o.runs(t, 1)
		got := o.because(t, clinic.CauseSession)
		if got.Object != int64(admitted.Admission.ID) || clinic.SessionOf(got.Part) != 1 || got.Service != six || got.ServiceName != "شش جلسه" {
			t.Errorf("%+v", got)
		}
	})
}

// A cause that the clinic has switched off makes nothing.
func TestACauseThatIsOffMakesNothing(t *testing.T) {
	eachCalendar(t, func(t *testing.T, c calendar) {
		settings, err := c.Desk.Clinic(t.Context(), c.manager.Clinic)
		if err != nil {
			t.Fatal(err)
		}
		settings.Activities.Cancelled = false
		if _, err := c.SaveClinic(t.Context(), c.manager, desk.Save[clinic.Clinic]{Row: settings}); err != nil {
			t.Fatal(err)
		}
		booked := c.book(t, desk.Book{Starts: at(t, "1405/09/10", 10, 0)})
		_, err = c.CancelAppointment(t.Context(), c.manager, desk.CancelAppointment{OnAppointment: desk.OnAppointment{Appointment: booked.Appointment.ID}, ByClinic: true, Reason: "x"})
		if err != nil || len(c.crm(t)) != 0 {
			t.Errorf("%+v %v", c.crm(t), err)
		}
	})
}
