package message

// englishCorrection is voids, corrections, refunds and what is given up.
var englishCorrection = map[string]string{
	"fault.fund.none":                 "This receipt was not found; reload the page.",
	"fault.fund.spent":                "Only {limit} of this receipt is still on the account; no more can be taken back.",
	"fault.spending.amount":           "The amount must be more than zero.",
	"fault.spending.more_than_credit": "At most {limit} of collected credit is there; type less.",
}
