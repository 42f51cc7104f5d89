package clinic

import (
	"fmt"
	"time"

	"daftar/internal/jalali"
	"daftar/internal/message"
)

// AppointmentText is what a patient is told of an appointment by a message:
// whose it is, when and where.
func AppointmentText(c Clinic, kind MessageKind, name, provider string, starts time.Time) string {
	local := starts.In(c.Zone)
	date := jalali.DayOf(starts, c.Zone)
	clock := message.Persian.Digits(fmt.Sprintf("%d:%02d", local.Hour(), local.Minute()))
	return message.Persian.Text("sms."+string(kind), "name", name, "provider", provider, "weekday", date.Weekday().String(),
		"day", date.Date().Persian(), "clock", clock, "clinic", c.Name)
}

// CodeText is the message that proves a mobile. Telephones look for the code in
// Latin digits.
func CodeText(c Clinic, code string) string {
	return message.Persian.Text("sms."+string(MessageCode), "code", code, "clinic", c.Name)
}
