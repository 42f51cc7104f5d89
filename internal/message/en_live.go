package message

// englishLive is what colleagues do while a page is open.
var englishLive = map[string]string{
	"live.who":                    "{who} {did} at {at}",
	"live.did":                    "changed this file",
	"live.did.patient.register":   "made this file",
	"live.did.patient.edit":       "edited the details of this file",
	"live.did.coverage.add":       "added an insurance to this file",
	"live.did.receipt.write":      "took a payment",
	"live.did.admission.write":    "made an admission",
	"live.did.admission.finalize": "finalized an admission",
	"live.did.admission.cancel":   "cancelled an admission",
	"live.colleague":              "{name} ({branch})",
	"live.together":               "Also open with: {people}",
	"live.together.join":          ", ",
	"live.now":                    "; the balance is now {balance}",
	"live.see":                    "Show",
	"live.edit":                   "What you typed stays; both values are shown when you save.",
	"live.rows":                   "{n} new rows",
	"fault.live.closed":           "The server is restarting; try again in a moment.",
}
