package message

// englishRevision is changes of admissions that are in the books.
var englishRevision = map[string]string{
	"event.admission_reopen": "Admission made a draft again",
	"event.admission_again":  "Admission final again",

	"fault.admission.not_final":          "This admission is not final; edit a draft, and admit again what was cancelled.",
	"fault.admission.deposits":           "Choose what becomes of the deposit: open again, or credit.",
	"fault.line.cancelled":               "This service is cancelled already.",
	"fault.line.last":                    "It is the only service left; cancel the admission.",
	"fault.coverage.same":                "These are its insurers already; choose another one.",
	"fault.revision.moved":               "An insurer took over more than is left of the patient's part; take the settlement back first.",
	"fault.revision.insurer_settled":     "An insurer paid or refused its part of this admission; take the settlement back first.",
	"fault.revision.remitted":            "{amount} {unit} of this admission was let off; take that back first.",
	"audit.action.admission.edit":        "Edited a draft",
	"audit.action.admission.reopen":      "Made an admission a draft again",
	"audit.action.admission.coverage":    "Changed an admission's insurers",
	"audit.action.admission.versions":    "Looked at the versions of an admission",
	"audit.action.admission.line_cancel": "Cancelled one service of an admission",

	"fault.service.single_price":      "The price of one session is an amount from nothing up.",
	"fault.package.none":              "This service has no sessions; cancel the service.",
	"fault.package.unused":            "No session took place; cancel the service.",
	"fault.package.used":              "Sessions of this service took place; abandon the package instead of cancelling it.",
	"fault.package.finished":          "All sessions of this package took place; nothing is left to give up.",
	"fault.package.single_price":      "The settings have no price for one session of this service; write it there, or price pro rata.",
	"fault.package.session_none":      "The package has no such session; refresh the list.",
	"fault.package.session_stale":     "Somebody else changed this session; look again and save.",
	"fault.package.session_cancelled": "This session is cancelled.",
	"fault.package.session_status":    "A session is planned or done.",
	"fault.package.session_day":       "Mend the date; a session is done today or before.",
	"audit.action.admission.session":  "Recorded a session",
	"audit.action.admission.sessions": "Looked at the sessions of an admission",
	"audit.action.admission.abandon":  "Gave up the rest of a package",
}
