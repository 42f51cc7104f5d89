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
}
