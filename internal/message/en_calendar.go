package message

// englishCalendar is the calendar.
var englishCalendar = map[string]string{}
