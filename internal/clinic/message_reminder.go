package clinic

import (
	"time"

	"daftar/internal/jalali"
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

// oldest is how many years back birthdays are looked for.
const oldest = 130

// Birthdays are the days on which people were born who have their birthday
// today. Who was born on the 30th of Esfand has it on the 29th in other years.
func Birthdays(today jalali.Day) (days []jalali.Day) {
	date := today.Date()
	for year := date.Year; year > date.Year-oldest; year-- {
		if date.Day <= jalali.MonthDays(year, date.Month) {
			days = append(days, jalali.Date{Year: year, Month: date.Month, Day: date.Day}.Civil())
		}
		if date.Month == 12 && date.Day == 29 && !jalali.Leap(date.Year) && jalali.Leap(year) {
			days = append(days, jalali.Date{Year: year, Month: 12, Day: 30}.Civil())
		}
	}
	return days
}
