package clinic

import (
	"slices"
	"time"

	"daftar/internal/farsi"
	"daftar/internal/fault"
	"daftar/internal/jalali"
)

// ActivityID names an activity.
type ActivityID int64

// ActivityKind says how somebody deals with a person.
type ActivityKind string

// The kinds of activity.
const (
	CallIn   ActivityKind = "call_in"
	CallOut  ActivityKind = "call_out"
	Reminder ActivityKind = "reminder"
	FollowUp ActivityKind = "follow_up"
	Text     ActivityKind = "message"
	Visit    ActivityKind = "visit"
	Social   ActivityKind = "social"
)

// ActivityKinds lists them in the order of the form.
var ActivityKinds = []ActivityKind{CallOut, CallIn, FollowUp, Reminder, Text, Visit, Social}

// ActivityStatus is whether an activity is still to be done.
type ActivityStatus string

// An activity is open, done or cancelled.
const (
	ActivityOpen      ActivityStatus = "open"
	ActivityDone      ActivityStatus = "done"
	ActivityCancelled ActivityStatus = "cancelled"
)

// ActivityCause says why an activity came by itself; its object names what
// caused it, and each cause makes one.
type ActivityCause string

// The causes there are.
const (
	CauseNoShow    ActivityCause = "no_show"    // of an appointment
	CauseCancelled ActivityCause = "cancelled"  // by the clinic: offer another time
	CauseLateMoney ActivityCause = "late_money" // a time was paid after it was given away
)

// Activity is something to do about a person, or what was done.
type Activity struct {
	ID       ActivityID
	Patient  PatientID
	Branch   BranchID
	Kind     ActivityKind
	Subject  string
	Note     string
	Result   string
	Due      jalali.Day
	Owner    StaffID // 0: whoever comes to it
	Status   ActivityStatus
	Cause    ActivityCause // "" for one that somebody wrote
	Object   int64         // of the cause
	Recorded time.Time
	Staff    StaffID
	Done     time.Time // zero: not
	DoneBy   StaffID
	Version  int64
}

// Overdue reports whether the day of an open activity has passed.
func (a Activity) Overdue(today jalali.Day) bool { return a.Status == ActivityOpen && a.Due < today }

// Check cleans an activity; without a day it is for today. Invalid
// activity.kind, activity.subject, activity.due, text.long.
func (a Activity) Check(today jalali.Day) (Activity, error) {
	if err := cleanAll([]field{{"subject", &a.Subject, 200}}); err != nil {
		return a, err
	}
	note, err := farsi.CleanLines(a.Note, 1000)
	if err != nil {
		return a, at(err, "note")
	}
	if a.Note = note; a.Due == "" {
		a.Due = today
	}
	switch {
	case !slices.Contains(ActivityKinds, a.Kind):
		return a, fault.New(fault.Invalid, "activity.kind", "there is no activity %q", a.Kind).At("kind")
	case a.Subject == "" && a.Cause == "":
		return a, fault.New(fault.Invalid, "activity.subject", "what it is about is missing").At("subject")
	case !a.Due.Valid():
		return a, fault.New(fault.Invalid, "activity.due", "%q is no day", a.Due).At("due")
	}
	return a, nil
}

// Complete is the activity done, with its result. Refused activity.over.
func (a Activity) Complete(result string, by StaffID, now time.Time) (Activity, error) {
	if a.Status != ActivityOpen {
		return a, fault.New(fault.Refused, "activity.over", "the activity is %s", a.Status)
	}
	if err := cleanAll([]field{{"result", &result, 300}}); err != nil {
		return a, err
	}
	a.Status, a.Result, a.Done, a.DoneBy = ActivityDone, result, now, by
	return a, nil
}
