package clinic

import (
	"testing"
	"time"

	"daftar/internal/fault"
	"daftar/internal/jalali"
)

const activityDay = jalali.Day("2026-11-23")

// Only what is open can be done, moved or cancelled; only what somebody ended
// can be opened again.
func TestAnActivityEndsOnce(t *testing.T) {
	now := time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
	open := Activity{ID: 1, Kind: CallOut, Subject: "x", Due: activityDay, Status: ActivityOpen}
	done, err := open.Complete(OutcomeBusy, " خط مشغول ", 7, now)
	if err != nil || done.Status != ActivityDone || done.Result != "خط مشغول" || done.DoneBy != 7 || !done.Done.Equal(now) {
		t.Fatal(done, err)
	}
	cancelled, err := open.Cancel("نمی‌خواهد", 7, now)
	if err != nil || cancelled.Status != ActivityCancelled {
		t.Fatal(cancelled, err)
	}
	for name, over := range map[string]Activity{"done": done, "cancelled": cancelled} {
		if _, err := over.Complete("", "", 7, now); fault.Code(err) != "activity.over" {
			t.Errorf("%s is completed: %v", name, err)
		}
		if _, err := over.Reschedule(activityDay, 0, activityDay); fault.Code(err) != "activity.over" {
			t.Errorf("%s is moved: %v", name, err)
		}
		if _, err := over.Cancel("x", 7, now); fault.Code(err) != "activity.over" {
			t.Errorf("%s is cancelled: %v", name, err)
		}
		if again, err := over.Reopen(); err != nil || again != open {
			t.Errorf("%s is opened as %+v %v", name, again, err)
		}
	}
	if _, err := cancelled.Next(NextActivity{Due: activityDay}, "", activityDay); fault.Code(err) != "activity.over" {
		t.Error("something comes after what was cancelled", err)
	}
	withdrawn := open
	withdrawn.Status = ActivityCancelled
	if _, err := withdrawn.Reopen(); fault.Code(err) != "activity.withdrawn" {
		t.Error(err)
	}
}

// Handing on what is overdue leaves its day; a new day is not behind.
func TestAnOverdueActivityIsHandedOn(t *testing.T) {
	late := Activity{Due: activityDay.Add(-3), Status: ActivityOpen}
	if a, err := late.Reschedule(late.Due, 5, activityDay); err != nil || a.Owner != 5 || !a.Overdue(activityDay) {
		t.Error(a, err)
	}
	if _, err := late.Reschedule(late.Due.Add(1), 0, activityDay); fault.Code(err) != "activity.past" {
		t.Error(err)
	}
}

// What comes after an activity is like it unless something else is said.
func TestTheNextActivityIsLikeTheOneBefore(t *testing.T) {
	a := Activity{ID: 4, Patient: 2, Branch: 3, Kind: CallOut, Service: 9, Status: ActivityOpen}
	n, err := a.Next(NextActivity{Due: activityDay.Add(2), Owner: 6}, "قیمت", activityDay)
	want := Activity{Patient: 2, Branch: 3, Kind: CallOut, Subject: "قیمت", Service: 9, Due: activityDay.Add(2), Owner: 6, Status: ActivityOpen, Follows: 4}
	if err != nil || n != want {
		t.Errorf("%+v %v", n, err)
	}
	if n, err = a.Next(NextActivity{Kind: Visit, Subject: "دیدن", Due: activityDay}, "قیمت", activityDay); err != nil || n.Kind != Visit || n.Subject != "دیدن" {
		t.Errorf("%+v %v", n, err)
	}
}

func TestActivityRulesAreReadAsTheyWereWritten(t *testing.T) {
	r := DefaultActivityRules()
	for _, cause := range ActivityCauses {
		*r.Switch(cause) = !r.Makes(cause)
	}
	r.UnseenMonths = 9
	if back, err := ParseActivityRules(r.String()); err != nil || back != r {
		t.Errorf("%+v %v", back, err)
	}
	if old, err := ParseActivityRules(""); err != nil || old != DefaultActivityRules() || old.Makes(CauseUnseen) || !old.Makes(CauseNoShow) {
		t.Errorf("%+v %v", old, err)
	}
	if r.Makes("smoke") {
		t.Error("there is a cause that is none")
	}
	for field, change := range map[string]func(*ActivityRules){"session_days": func(r *ActivityRules) { r.SessionDays = -1 }, "lapse_days": func(r *ActivityRules) { r.DepositDays = 91 },
		"satisfaction_days": func(r *ActivityRules) { r.SatisfactionDays = 91 }, "unseen_months": func(r *ActivityRules) { r.UnseenMonths = 0 }} {
		wrong := DefaultActivityRules()
		change(&wrong)
		_, err := wrong.Check()
		if e, ok := fault.As(err); !ok || e.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
}
