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
)

// call writes that somebody is to be called.
func (c calendar) call(t *testing.T, subject string, owner clinic.StaffID) clinic.Activity {
	t.Helper()
	a, err := c.AddActivity(t.Context(), c.manager, desk.AddActivity{Activity: clinic.Activity{Patient: c.patient, Kind: clinic.CallOut, Subject: subject, Owner: owner}})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// hire adds somebody to the staff of a branch; 0 is the manager's.
func (c calendar) hire(t *testing.T, s clinic.Staff) clinic.Staff {
	t.Helper()
	s, err := c.AddStaff(t.Context(), c.manager, desk.AddStaff{Staff: s})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (c calendar) crm(t *testing.T) []desk.ActivityShown {
	t.Helper()
	tab, err := c.Activities(t.Context(), c.manager, c.patient, desk.View{})
	if err != nil {
		t.Fatal(err)
	}
	return tab.Rows
}

// A call ends with what came of it and with what comes after it, once, however
// often the form is sent.
func TestACallEndsWithItsOutcomeAndTheNextOne(t *testing.T) {
	eachCalendar(t, func(t *testing.T, c calendar) {
		sara := c.hire(t, clinic.Staff{Name: "سارا", Role: clinic.CRM})
		a := c.call(t, "قیمت ایمپلنت", sara.ID)
		cmd := desk.CompleteActivity{Activity: a.ID, Outcome: clinic.OutcomeAgain, Result: "هفته بعد", Request: desk.Request{Key: "once"},
			Next: &clinic.NextActivity{Due: "2026-11-30", Owner: sara.ID}}
		dry := cmd
		dry.Request = desk.Request{DryRun: true}
		if done, err := c.CompleteActivity(t.Context(), c.manager, dry); err != nil || done.Status != clinic.ActivityDone || len(c.crm(t)) != 1 {
			t.Fatal(done, err)
		}
		for range 2 {
			done, err := c.CompleteActivity(t.Context(), c.manager, cmd)
			if err != nil || done.Outcome != clinic.OutcomeAgain || done.Version != 2 {
				t.Fatal(done, err)
			}
		}
		rows := c.crm(t)
		if len(rows) != 2 {
			t.Fatalf("%+v", rows)
		}
		next, first := rows[0], rows[1]
		if next.Follows != a.ID || next.Kind != clinic.CallOut || next.Subject != "قیمت ایمپلنت" || next.Due != "2026-11-30" || next.OwnerName != "سارا" ||
			first.Next.ID != next.ID || first.Next.OwnerName != "سارا" || first.Result != "هفته بعد" {
			t.Errorf("%+v\n%+v", next, first)
		}
		cmd.Request.Key = "again"
		_, err := c.CompleteActivity(t.Context(), c.manager, cmd)
		refuses(t, err, fault.Refused, "activity.over")
		_, err = c.PlanActivity(t.Context(), c.manager, desk.PlanActivity{Activity: a.ID, Next: *cmd.Next})
		refuses(t, err, fault.Conflict, "activity.followed")

		// What was not meant is taken back: the next one is cancelled, then planned anew.
		if _, err := c.CancelActivity(t.Context(), c.manager, desk.CancelActivity{Activity: next.ID, Reason: "خودش زنگ زد"}); err != nil {
			t.Fatal(err)
		}
		if _, err = c.PlanActivity(t.Context(), c.manager, desk.PlanActivity{Activity: a.ID, Next: clinic.NextActivity{Kind: clinic.Visit, Due: "2026-12-01"}}); err != nil {
			t.Fatal(err)
		}
		_, err = c.ReopenActivity(t.Context(), c.manager, desk.ReopenActivity{Activity: next.ID})
		refuses(t, err, fault.Conflict, "activity.followed")
		open, err := c.ReopenActivity(t.Context(), c.manager, desk.ReopenActivity{Activity: a.ID})
		if err != nil || open.Status != clinic.ActivityOpen || open.Outcome != "" || !open.Done.IsZero() {
			t.Errorf("%+v %v", open, err)
		}
	})
}

// What cannot be is refused at the field where it was written.
func TestActivitiesAreRefusedAtTheirField(t *testing.T) {
	eachCalendar(t, func(t *testing.T, c calendar) {
		doctor := c.hire(t, clinic.Staff{Name: "دکتر", Role: clinic.Doctor})
		fine := clinic.Activity{Patient: c.patient, Kind: clinic.CallOut, Subject: "x"}
		for name, one := range map[string]struct {
			change      func(cmd *desk.AddActivity)
			code, field string
		}{
			"a kind that is none":          {func(cmd *desk.AddActivity) { cmd.Activity.Kind = "smoke" }, "activity.kind", "kind"},
			"no subject":                   {func(cmd *desk.AddActivity) { cmd.Activity.Subject = " " }, "activity.subject", "subject"},
			"a long subject":               {func(cmd *desk.AddActivity) { cmd.Activity.Subject = strings.Repeat("x", 201) }, "text.long", "subject"},
			"a long note":                  {func(cmd *desk.AddActivity) { cmd.Activity.Note = strings.Repeat("x", 1001) }, "text.long", "note"},
			"yesterday":                    {func(cmd *desk.AddActivity) { cmd.Activity.Due = "2026-11-22" }, "activity.past", "due"},
			"a day that is none":           {func(cmd *desk.AddActivity) { cmd.Activity.Due = "2026-13-40" }, "activity.due", "due"},
			"a day far away":               {func(cmd *desk.AddActivity) { cmd.Activity.Due = "2099-01-01" }, "activity.far", "due"},
			"done tomorrow":                {func(cmd *desk.AddActivity) { cmd.Done, cmd.Activity.Due = true, "2026-11-24" }, "activity.ahead", "due"},
			"an outcome of nothing":        {func(cmd *desk.AddActivity) { cmd.Activity.Outcome = clinic.OutcomeBusy }, "activity.undone", "outcome"},
			"an outcome that is none":      {func(cmd *desk.AddActivity) { cmd.Done, cmd.Activity.Outcome = true, "smoke" }, "activity.outcome", "outcome"},
			"an owner who is nobody":       {func(cmd *desk.AddActivity) { cmd.Activity.Owner = 77 }, "staff.none", "owner_id"},
			"an owner without the right":   {func(cmd *desk.AddActivity) { cmd.Activity.Owner = doctor.ID }, "activity.owner", "owner_id"},
			"the program as owner":         {func(cmd *desk.AddActivity) { cmd.Activity.Owner = clinic.Automatic }, "staff.none", "owner_id"},
			"a service that is none":       {func(cmd *desk.AddActivity) { cmd.Activity.Service = 77 }, "service.none", "service_id"},
			"a next one without a day":     {func(cmd *desk.AddActivity) { cmd.Next = &clinic.NextActivity{} }, "activity.due", "next_due"},
			"a next one of yesterday":      {func(cmd *desk.AddActivity) { cmd.Next = &clinic.NextActivity{Due: "2026-11-22"} }, "activity.past", "next_due"},
			"a next one of a strange kind": {func(cmd *desk.AddActivity) { cmd.Next = &clinic.NextActivity{Due: "2026-11-24", Kind: "smoke"} }, "activity.kind", "next_kind"},
			"a next one of nobody's": {func(cmd *desk.AddActivity) { cmd.Next = &clinic.NextActivity{Due: "2026-11-24", Owner: doctor.ID} },
				"activity.owner", "next_owner_id"},
		} {
			t.Run(name, func(t *testing.T) {
				cmd := desk.AddActivity{Activity: fine}
				one.change(&cmd)
				_, err := c.AddActivity(t.Context(), c.manager, cmd)
				if e, ok := fault.As(err); !ok || e.Code != one.code || e.Field != one.field {
					t.Errorf("%v at %q", err, e.Field)
				}
			})
		}
		if rows := c.crm(t); len(rows) != 0 {
			t.Errorf("what was refused is there: %+v", rows)
		}
		a := c.call(t, "x", 0)
		_, err := c.CancelActivity(t.Context(), c.manager, desk.CancelActivity{Activity: a.ID})
		refuses(t, err, fault.Invalid, "activity.reason")
		_, err = c.RescheduleActivity(t.Context(), c.manager, desk.RescheduleActivity{Activity: a.ID, Due: "2026-11-20"})
		refuses(t, err, fault.Invalid, "activity.past")
		moved, err := c.RescheduleActivity(t.Context(), c.manager, desk.RescheduleActivity{Activity: a.ID, Due: "2026-11-25", Seen: 1})
		if err != nil || moved.Due != "2026-11-25" {
			t.Error(moved, err)
		}
		_, err = c.RescheduleActivity(t.Context(), c.manager, desk.RescheduleActivity{Activity: a.ID, Due: "2026-11-26", Seen: 1})
		refuses(t, err, fault.Conflict, "activity.stale")
		_, err = c.ReopenActivity(t.Context(), c.manager, desk.ReopenActivity{Activity: a.ID})
		refuses(t, err, fault.Refused, "activity.open")
		_, err = c.CompleteActivity(t.Context(), c.as(clinic.Supervisor), desk.CompleteActivity{Activity: a.ID})
		refuses(t, err, fault.Forbidden, "permission")
	})
}

// Of several desks that complete one activity at once one does, and one next
// activity is planned.
func TestOfManyWhoCompleteOneDoes(t *testing.T) {
	eachCalendar(t, func(t *testing.T, c calendar) {
		a := c.call(t, "x", 0)
		var all sync.WaitGroup
		codes := make([]string, 8)
		for i := range codes {
			all.Go(func() {
				_, err := c.CompleteActivity(t.Context(), c.manager, desk.CompleteActivity{Activity: a.ID, Request: desk.Request{Key: fmt.Sprint("k", i)},
					Next: &clinic.NextActivity{Due: "2026-11-30"}})
				if codes[i] = fault.Code(err); err != nil && codes[i] == "" {
					codes[i] = err.Error()
				}
			})
		}
		all.Wait()
		count := map[string]int{}
		for _, code := range codes {
			count[code]++
		}
		if count[""] != 1 || count["activity.over"]+count["activity.stale"] != 7 || len(c.crm(t)) != 2 {
			t.Errorf("%v, %d rows", count, len(c.crm(t)))
		}
	})
}

// The people of another branch, and what is to be done about them, do not exist
// for who may not see them.
func TestActivitiesOfAnotherBranchAreNotThere(t *testing.T) {
	eachCalendar(t, func(t *testing.T, c calendar) {
		north, err := c.SaveBranch(t.Context(), c.manager, desk.Save[clinic.Branch]{Row: clinic.Branch{Code: "north", Name: "شمال"}})
		if err != nil {
			t.Fatal(err)
		}
		a := c.call(t, "x", 0)
		stranger := c.as(clinic.Receptionist)
		stranger.Branch = north.ID
		for name, ask := range map[string]func() error{
			"complete": func() error {
				_, err := c.CompleteActivity(t.Context(), stranger, desk.CompleteActivity{Activity: a.ID})
				return err
			},
			"next": func() error {
				_, err := c.PlanActivity(t.Context(), stranger, desk.PlanActivity{Activity: a.ID, Next: clinic.NextActivity{Due: "2026-11-30"}})
				return err
			},
			"reschedule": func() error {
				_, err := c.RescheduleActivity(t.Context(), stranger, desk.RescheduleActivity{Activity: a.ID, Due: "2026-11-30"})
				return err
			},
			"cancel": func() error {
				_, err := c.CancelActivity(t.Context(), stranger, desk.CancelActivity{Activity: a.ID, Reason: "x"})
				return err
			},
			"reopen": func() error {
				_, err := c.ReopenActivity(t.Context(), stranger, desk.ReopenActivity{Activity: a.ID})
				return err
			},
			"look": func() error { _, err := c.ActivityOf(t.Context(), stranger, a.ID); return err },
		} {
			if err := ask(); fault.Code(err) != "activity.none" {
				t.Errorf("%s: %v", name, err)
			}
		}
		page, err := c.ListActivities(t.Context(), stranger, desk.ActivityQuery{View: desk.ActivitiesOpen})
		if err != nil || len(page.Items) != 0 || page.Open != 0 {
			t.Errorf("%+v %v", page, err)
		}
		// Who only sees the north cannot own what is about somebody else.
		far := c.hire(t, clinic.Staff{Name: "شمالی", Role: clinic.CRM, Branch: north.ID})
		_, err = c.RescheduleActivity(t.Context(), c.manager, desk.RescheduleActivity{Activity: a.ID, Due: a.Due, Owner: far.ID})
		refuses(t, err, fault.Refused, "activity.owner")
		offer, err := c.ActivityOffer(t.Context(), c.manager, c.patient)
		if err != nil || len(offer.Owners) != 1 || len(offer.Services) != 1 {
			t.Errorf("%+v %v", offer, err)
		}
	})
}

// My day is what is mine or nobody's until today, what is overdue first; the
// pages of a list follow each other without a gap.
func TestTheListsOfActivities(t *testing.T) {
	eachCalendar(t, func(t *testing.T, c calendar) {
		sara := c.hire(t, clinic.Staff{Name: "سارا", Role: clinic.CRM})
		me := c.manager.Staff
		for i, one := range []struct {
			due   int
			owner clinic.StaffID
			kind  clinic.ActivityKind
		}{{0, me, clinic.CallOut}, {0, 0, clinic.Visit}, {0, sara.ID, clinic.CallOut}, {2, me, clinic.CallOut}, {2, 0, clinic.Text}, {4, sara.ID, clinic.CallIn}} {
			_, err := c.AddActivity(t.Context(), c.manager, desk.AddActivity{Activity: clinic.Activity{Patient: c.patient, Kind: one.kind, Subject: fmt.Sprint(i), Owner: one.owner,
				Due: clinic.Clinic{Zone: at(t, "1405/09/02", 8, 0).Location()}.Day(c.clock.now()).Add(one.due)}})
			if err != nil {
				t.Fatal(err)
			}
		}
		c.clock.pass(48 * time.Hour)
		list := func(q desk.ActivityQuery) string {
			t.Helper()
			var all []string
			for pages := 0; ; pages++ {
				page, err := c.ListActivities(t.Context(), c.manager, q)
				if err != nil {
					t.Fatal(err)
				}
				for _, i := range page.Items {
					all = append(all, i.Subject)
				}
				if q.Cursor = page.Older; q.Cursor == "" || pages > 10 {
					if page.Count != len(all) || page.Open != 6 || page.Overdue != 3 || page.Mine != 4 {
						t.Errorf("%+v: counts %d %d %d %d", q, page.Count, page.Open, page.Overdue, page.Mine)
					}
					return strings.Join(all, "")
				}
			}
		}
		for want, q := range map[string]desk.ActivityQuery{
			"0134":   {Limit: 1},
			"012345": {View: desk.ActivitiesOpen, Limit: 4},
			"25":     {View: desk.ActivitiesOpen, Owner: fmt.Sprint(int64(sara.ID))},
			"14":     {View: desk.ActivitiesOpen, Owner: desk.OwnerNobody},
			"03":     {View: desk.ActivitiesOpen, Owner: desk.OwnerMe},
			"01":     {Due: desk.DueOverdue},
			"34":     {Due: desk.DueToday},
			"345":    {View: desk.ActivitiesOpen, Due: desk.DueWeek},
			"1":      {Kind: clinic.Visit},
			"":       {View: desk.ActivitiesOpen, Cause: clinic.CauseNoShow},
		} {
			if got := list(q); got != want {
				t.Errorf("%+v: %q, want %q", q, got, want)
			}
		}
		for _, q := range []desk.ActivityQuery{{View: "x"}, {Owner: "x"}, {Kind: "x"}, {Cause: "x"}, {Due: "x"}} {
			_, err := c.ListActivities(t.Context(), c.manager, q)
			refuses(t, err, fault.Invalid, "activity.filter")
		}
	})
}

// What is done is listed the latest first.
func TestTheListOfWhatIsDone(t *testing.T) {
	eachCalendar(t, func(t *testing.T, c calendar) {
		for _, subject := range []string{"x", "y", "z"} {
			c.call(t, subject, 0)
		}
		for _, a := range c.crm(t) {
			c.clock.pass(time.Minute)
			if _, err := c.CompleteActivity(t.Context(), c.manager, desk.CompleteActivity{Activity: a.ID}); err != nil {
				t.Fatal(err)
			}
		}
		first, err := c.ListActivities(t.Context(), c.manager, desk.ActivityQuery{View: desk.ActivitiesDone, Limit: 2})
		if err != nil || len(first.Items) != 2 || first.Count != 3 || !first.Items[1].Done.Before(first.Items[0].Done) {
			t.Fatalf("%+v %v", first, err)
		}
		last, err := c.ListActivities(t.Context(), c.manager, desk.ActivityQuery{View: desk.ActivitiesDone, Limit: 2, Cursor: first.Older})
		if err != nil || len(last.Items) != 1 || last.Older != "" {
			t.Errorf("%+v %v", last, err)
		}
		_, err = c.ListActivities(t.Context(), c.manager, desk.ActivityQuery{View: desk.ActivitiesDone, Cursor: "2026-01-01.x"})
		refuses(t, err, fault.Invalid, "page.cursor")
	})
}

// Booking from an activity completes it; undoing the booking opens it again.
func TestAnAppointmentComesOfAnActivity(t *testing.T) {
	eachCalendar(t, func(t *testing.T, c calendar) {
		a := c.call(t, "بوتاکس", 0)
		cmd := desk.Book{Patient: c.patient, Provider: c.rad, Service: c.botox, Starts: at(t, "1405/09/10", 10, 0), Activity: a.ID}
		noRight := c.as(clinic.Supervisor)
		_, err := c.Book(t.Context(), noRight, cmd)
		refuses(t, err, fault.Forbidden, "permission")
		booked := c.book(t, cmd)
		row := c.crm(t)[0]
		if row.Status != clinic.ActivityDone || row.Outcome != clinic.OutcomeBooked || row.Appointment != booked.Appointment.ID {
			t.Errorf("%+v", row)
		}
		cmd.Starts = at(t, "1405/09/10", 11, 0)
		_, err = c.Book(t.Context(), c.manager, cmd)
		refuses(t, err, fault.Refused, "activity.over")
		_, err = c.ReopenActivity(t.Context(), c.manager, desk.ReopenActivity{Activity: a.ID})
		refuses(t, err, fault.Refused, "activity.booked")
		if _, err := c.UndoUnit(t.Context(), c.manager, desk.UndoUnit{Unit: booked.Unit}); err != nil {
			t.Fatal(err)
		}
		if row := c.crm(t)[0]; row.Status != clinic.ActivityOpen || row.Appointment != 0 {
			t.Errorf("%+v", row)
		}
		other := c.register(t, clinic.Patient{FirstName: "مینا", LastName: "راد"})
		cmd.Patient = other.ID
		_, err = c.Book(t.Context(), c.manager, cmd)
		refuses(t, err, fault.NotFound, "activity.none")
	})
}

// What was done stands on the summary when it was done, for who may read it.
func TestWhatWasDoneIsOnTheSummary(t *testing.T) {
	eachCalendar(t, func(t *testing.T, c calendar) {
		a := c.call(t, "قیمت ایمپلنت", 0)
		c.call(t, "باز", 0)
		before := c.clock.now()
		c.clock.pass(24 * time.Hour)
		_, err := c.CompleteActivity(t.Context(), c.manager, desk.CompleteActivity{Activity: a.ID, Outcome: clinic.OutcomeAnswered, Result: "می‌آید"})
		if err != nil {
			t.Fatal(err)
		}
		for name, one := range map[string]struct {
			role clinic.Role
			view desk.View
			rows int
		}{
			"all":             {clinic.Manager, desk.View{}, 2},
			"activities":      {clinic.Manager, desk.View{Kind: desk.RowActivity}, 1},
			"yesterday":       {clinic.Manager, desk.View{KnownAt: before}, 1},
			"as of yesterday": {clinic.Manager, desk.View{AsOf: "2026-11-23"}, 1},
			"a doctor":        {clinic.Doctor, desk.View{}, 1},
		} {
			s, err := c.Summary(t.Context(), c.as(one.role), c.patient, one.view)
			if err != nil || len(s.Rows) != one.rows || s.Count != one.rows || one.view.Kind == "" && s.Events != one.rows {
				t.Errorf("%s: %d rows of %d, %d events, %v", name, len(s.Rows), s.Count, s.Events, err)
			}
		}
		s, err := c.Summary(t.Context(), c.manager, c.patient, desk.View{Kind: desk.RowActivity})
		if r := s.Rows[0]; err != nil || r.Titles != "قیمت ایمپلنت" || r.Status != "answered" || r.Reason != "می‌آید" || r.Document != int64(a.ID) || r.Staff == "" {
			t.Errorf("%+v %v", r, err)
		}
	})
}
