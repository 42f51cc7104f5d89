package clinic

import (
	"cmp"
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

// ActivityOutcome says what came of dealing with a person; "" is not said.
type ActivityOutcome string

// What can come of it.
const (
	OutcomeAnswered ActivityOutcome = "answered"
	OutcomeNoAnswer ActivityOutcome = "no_answer"
	OutcomeBusy     ActivityOutcome = "busy"
	OutcomeAgain    ActivityOutcome = "call_again"
	OutcomeBooked   ActivityOutcome = "booked"
	OutcomeDeclined ActivityOutcome = "declined"
)

// ActivityOutcomes lists them in the order of the form.
var ActivityOutcomes = []ActivityOutcome{OutcomeAnswered, OutcomeNoAnswer, OutcomeBusy, OutcomeAgain, OutcomeBooked, OutcomeDeclined}

// Activity is something to do about a person, or what was done.
type Activity struct {
	ID          ActivityID
	Patient     PatientID // 0: of a lead that is nobody's patient yet
	Lead        LeadID    `json:",omitempty"` // that it is about; 0: none
	Branch      BranchID
	Kind        ActivityKind
	Subject     string
	Note        string
	Outcome     ActivityOutcome `json:",omitempty"` // of one that is done
	Result      string          // in words
	Due         jalali.Day
	Owner       StaffID // 0: whoever comes to it
	Status      ActivityStatus
	Service     ServiceID     `json:",omitempty"` // 0: not said
	Cause       ActivityCause // "" for one that somebody wrote
	Object      int64         // of the cause
	Part        int64         `json:",omitempty"` // of the object: which instalment, session or year
	Follows     ActivityID    `json:",omitempty"` // the one that planned it
	Appointment AppointmentID `json:",omitempty"` // that came of it
	Reason      string        `json:",omitempty"` // of one that somebody cancelled
	Recorded    time.Time
	Staff       StaffID
	Done        time.Time // or cancelled; zero: neither
	DoneBy      StaffID
	Version     int64
}

// Overdue reports whether the day of an open activity has passed.
func (a Activity) Overdue(today jalali.Day) bool { return a.Status == ActivityOpen && a.Due < today }

// latestDue is how far ahead something may be planned.
const latestDue = 5 * 366

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

// CheckNew is Check of one that somebody writes now: what is to be done is not
// behind, what was done is not ahead, and only that has an outcome. Invalid
// activity.past, activity.far, activity.ahead and activity.undone besides.
func (a Activity) CheckNew(today jalali.Day, done bool) (Activity, error) {
	a, err := a.Check(today)
	switch {
	case err != nil:
		return a, err
	case done && a.Due > today:
		return a, fault.New(fault.Invalid, "activity.ahead", "what was done is not ahead").At("due")
	case done:
		return a, nil
	case a.Outcome != "":
		return a, fault.New(fault.Invalid, "activity.undone", "only what was done has an outcome").At("outcome")
	case a.Result != "":
		return a, fault.New(fault.Invalid, "activity.undone", "only what was done has a result").At("result")
	}
	return a, checkAhead(a.Due, today)
}

// checkAhead refuses a day on which nothing can be done any more, or that is too
// far away to be meant. Invalid activity.due, activity.past, activity.far.
func checkAhead(due, today jalali.Day) error {
	switch {
	case !due.Valid():
		return fault.New(fault.Invalid, "activity.due", "%q is no day", due).At("due")
	case due < today:
		return fault.New(fault.Invalid, "activity.past", "the day has passed").At("due")
	case due > today.Add(latestDue):
		return fault.New(fault.Invalid, "activity.far", "the day is more than five years away").At("due")
	}
	return nil
}

// open refuses an activity that is over: Refused activity.over.
func (a Activity) open() error {
	if a.Status != ActivityOpen {
		return fault.New(fault.Refused, "activity.over", "the activity is %s", a.Status)
	}
	return nil
}

// Complete is the activity done, with what came of it. Refused activity.over;
// Invalid activity.outcome, text.long.
func (a Activity) Complete(outcome ActivityOutcome, result string, by StaffID, now time.Time) (Activity, error) {
	if err := a.open(); err != nil {
		return a, err
	}
	if outcome != "" && !slices.Contains(ActivityOutcomes, outcome) {
		return a, fault.New(fault.Invalid, "activity.outcome", "there is no outcome %q", outcome).At("outcome")
	}
	if err := cleanAll([]field{{"result", &result, 300}}); err != nil {
		return a, err
	}
	a.Status, a.Outcome, a.Result, a.Done, a.DoneBy = ActivityDone, outcome, result, now, by
	return a, nil
}

// Reschedule is the activity on another day, of another owner. Refused
// activity.over; Invalid activity.due, activity.past, activity.far.
func (a Activity) Reschedule(due jalali.Day, owner StaffID, today jalali.Day) (Activity, error) {
	if err := a.open(); err != nil {
		return a, err
	}
	if due != a.Due { // handing on what is overdue leaves it overdue
		if err := checkAhead(due, today); err != nil {
			return a, err
		}
	}
	a.Due, a.Owner = due, owner
	return a, nil
}

// Cancel is the activity that is not to be done any more, and why. Refused
// activity.over; Invalid activity.reason, text.long.
func (a Activity) Cancel(reason string, by StaffID, now time.Time) (Activity, error) {
	if err := a.open(); err != nil {
		return a, err
	}
	if err := cleanAll([]field{{"reason", &reason, 300}}); err != nil {
		return a, err
	}
	if reason == "" {
		return a, fault.New(fault.Invalid, "activity.reason", "say why it is not to be done").At("reason")
	}
	a.Status, a.Reason, a.Done, a.DoneBy = ActivityCancelled, reason, now, by
	return a, nil
}

// Reopen is the activity to be done again: it was completed or cancelled by
// mistake. Refused activity.open when it is, activity.booked when an
// appointment came of it, activity.withdrawn when its cause was undone.
func (a Activity) Reopen() (Activity, error) {
	switch {
	case a.Status == ActivityOpen:
		return a, fault.New(fault.Refused, "activity.open", "the activity is open")
	case a.Appointment != 0:
		return a, fault.New(fault.Refused, "activity.booked", "an appointment came of it")
	case a.Status == ActivityCancelled && a.Reason == "":
		return a, fault.New(fault.Refused, "activity.withdrawn", "what caused it was undone")
	}
	a.Status, a.Outcome, a.Result, a.Reason, a.Done, a.DoneBy = ActivityOpen, "", "", "", time.Time{}, 0
	return a, nil
}

// NextActivity is what comes after another activity. Without a kind it is of
// the same, without a subject about the same.
type NextActivity struct {
	Kind    ActivityKind
	Subject string `json:",omitempty"`
	Due     jalali.Day
	Owner   StaffID
}

// Next is the activity that comes after a; about is its subject in words, also
// of one that came by itself. Faults are at next_kind, next_subject and
// next_due. Refused activity.over after one that was cancelled; Invalid those
// of Check, activity.past, activity.far.
func (a Activity) Next(n NextActivity, about string, today jalali.Day) (Activity, error) {
	if a.Status == ActivityCancelled {
		return a, fault.New(fault.Refused, "activity.over", "the activity is %s", a.Status)
	}
	next := Activity{Patient: a.Patient, Lead: a.Lead, Branch: a.Branch, Kind: cmp.Or(n.Kind, a.Kind), Subject: cmp.Or(n.Subject, about), Due: n.Due, Owner: n.Owner,
		Service: a.Service, Status: ActivityOpen, Follows: a.ID}
	if n.Due == "" {
		return next, fault.New(fault.Invalid, "activity.due", "the day of the next activity is missing").At("next_due")
	}
	next, err := next.CheckNew(today, false)
	if e, ok := fault.As(err); ok {
		return next, e.At("next_" + e.Field)
	}
	return next, err
}
