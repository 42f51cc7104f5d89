package message

// englishCommission is what introducers and referrers earn.
var englishCommission = map[string]string{
	"fault.commission.rate":           "The share is from 0 to 100 percent.",
	"fault.commission.day":            "Enter the day from which the share holds.",
	"fault.commission.how":            "A commission is settled on the marketer's account, in cash, card to card or by bank transfer.",
	"fault.commission.amount":         "The amount must be more than nothing.",
	"fault.commission.no_account":     "A referrer has no file and no account; settle in cash or by transfer.",
	"fault.commission.nothing":        "No commission is left to settle.",
	"fault.commission.more_than_left": "{limit} of this commission is left; settle up to that.",
	"fault.commission.drawer":         "Your drawer holds {limit}; pay up to that in cash, or by transfer.",
	"fault.commission.none":           "There is no such marketer or referrer.",
	"audit.action.commission.settle":  "Settled a commission",
	"audit.action.commission.rate":    "Set a rate of commission",
	"audit.action.commission.read":    "Looked at a commission",
	"audit.action.commission.list":    "Looked at the list of commissions",
}
