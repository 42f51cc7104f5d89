package message

// englishShift is shifts, hand-overs and closed days.
var englishShift = map[string]string{
	"fault.shift.none":        "You have no open shift; open one first.",
	"fault.shift.closed":      "The shift is closed; an accountant corrects it, dated today.",
	"fault.shift.open":        "You have an open shift already; close it first.",
	"fault.shift.stale":       "Someone else changed this shift; reload it.",
	"fault.shift.float":       "The float cannot be negative.",
	"fault.books.closed":      "The books are closed up to {day}; date the document today.",
	"audit.action.shift.open": "opened a shift",
}
