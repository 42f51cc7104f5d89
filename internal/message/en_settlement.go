package message

// englishSettlement is what insurers pay and cut.
var englishSettlement = map[string]string{
	"fault.settlement.empty":          "Enter what was received, or at least one deduction.",
	"fault.settlement.amount":         "The amount must be more than nothing.",
	"fault.settlement.to":             "Say whether the patient bears the deduction or it is written off.",
	"fault.settlement.chosen":         "{limit} of what was received is left for this admission.",
	"fault.settlement.not_owed":       "This insurer owes nothing for this admission; choose from its open admissions.",
	"fault.settlement.more_than_left": "The insurer owes {limit} for this admission; enter up to that.",
	"fault.settlement.more_than_owed": "The insurer owes {limit} after the deductions; enter up to that.",
	"fault.settlement.none":           "There is no such settlement.",
	"fault.settlement.stale":          "The insurer's account changed meanwhile and is {due} now; look again and submit.",
	"audit.action.insurer.settle":     "Settled with an insurer",
	"audit.action.insurer.read":       "Looked at what an insurer owes",
}
