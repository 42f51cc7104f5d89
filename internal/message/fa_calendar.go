package message

// persianCalendar is the calendar.
var persianCalendar = map[string]string{}
