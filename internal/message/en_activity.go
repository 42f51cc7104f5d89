package message

// englishActivity is what is done about patients.
var englishActivity = map[string]string{
	"fault.activity.none":            "This activity was not found.",
	"fault.activity.stale":           "Someone else changed this activity; reload the page.",
	"fault.activity.kind":            "Choose what kind of activity it is.",
	"fault.activity.subject":         "Say what it is about.",
	"fault.activity.due":             "Write the day of the activity.",
	"fault.activity.over":            "This activity is no longer open.",
	"audit.action.activity.add":      "Added an activity",
	"audit.action.activity.complete": "Completed an activity",
	"audit.action.activity.read":     "Looked at the activities",
}
