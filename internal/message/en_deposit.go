package message

// englishDeposit is deposits.
var englishDeposit = map[string]string{
	"fault.deposit.none":                "This deposit was not found.",
	"fault.deposit.stale":               "Someone else changed this deposit; reload the page.",
	"fault.deposit.amount":              "The amount must be more than zero.",
	"fault.deposit.expires":             "A deposit holds until today or later.",
	"fault.deposit.cheque":              "A deposit is not taken by cheque: choose cash, card or transfer, or take the cheque at the cash desk.",
	"fault.deposit.not_requested":       "This deposit no longer waits for its money; reload the page.",
	"fault.deposit.more_than_requested": "{limit} was asked for; take another deposit for more.",
	"fault.deposit.empty":               "This deposit holds nothing.",
	"fault.deposit.more_than_left":      "This deposit holds {limit}; enter less.",
	"fault.deposit.not_due":             "Nothing is left to pay of this admission.",
	"fault.deposit.more_than_due":       "Only {limit} is left of this admission; enter less.",
	"fault.deposit.over":                "This deposit holds nothing that could be for something else.",
	"fault.deposit.same":                "Nothing was changed.",
	"fault.deposit.other":               "This admission is another person's; choose one of this person's.",
	"fault.deposit.not_final":           "A deposit pays finalized admissions only; this one is a draft or cancelled.",
	"fault.deposit.not_applied":         "This deposit was not used here.",
	"fault.deposit.more_than_applied":   "Only {limit} of this deposit is used and can come back.",
	"fault.deposit.reason":              "Say why the deposit is kept.",

	"audit.action.deposit.request":     "Asked for a deposit",
	"audit.action.deposit.receive":     "Took a deposit",
	"audit.action.deposit.withdraw":    "Took back the request for a deposit",
	"audit.action.deposit.apply":       "Used a deposit for an admission",
	"audit.action.deposit.unapply":     "Took back the use of a deposit",
	"audit.action.deposit.to_account":  "Moved a deposit to the account",
	"audit.action.deposit.refund":      "Gave a deposit back",
	"audit.action.deposit.forfeit":     "Kept a deposit",
	"audit.action.deposit.move":        "Let a deposit be for something else",
	"audit.action.deposit.from_credit": "Made credit a deposit",
}
