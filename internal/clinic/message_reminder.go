package clinic

import (
	"time"
)

// How long before a time, or after a visit, patients hear of it.
const (
	ReminderAhead     = 24 * time.Hour
	ReminderAheadSoon = 2 * time.Hour
	SurveyAfter       = 3 * time.Hour
	SurveyWithin      = 48 * time.Hour
)

// DueReminder is the message that an appointment asks for now, told being when
// the patient was told of its time; "" for none. Who heard of the time within
// the day before it is reminded only two hours before it, and who heard within
// those not at all.
func DueReminder(a Appointment, told, now time.Time) MessageKind {
	if !a.Status.Waits() || a.Status == Proposed || !a.Starts.After(now) {
		return ""
	}
	left := a.Starts.Sub(now)
	switch heard := a.Starts.Sub(told); {
	case left <= ReminderAheadSoon && heard > ReminderAheadSoon:
		return MessageReminderSoon
	case left > ReminderAheadSoon && left <= ReminderAhead && heard > ReminderAhead:
		return MessageReminder
	}
	return ""
}
