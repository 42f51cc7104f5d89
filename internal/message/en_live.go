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
	"live.did.coverage.edit":      "edited an insurance of this file",
	"live.did.admission.discount": "approved the discount of an admission",
	"live.did.admission.perform":  "recorded a service as done",
	"live.did.patient.merge":      "merged this file with another",
	"live.did.patient.unmerge":    "undid the merge of this file",
	"live.did.photo.edit":         "changed the photo of this file",
	"live.did.photo.remove":       "removed the photo of this file",
	"live.colleague":              "{name} ({branch})",
	"live.together":               "Also open with: {people}",
	"live.together.join":          ", ",
	"live.now":                    "; the balance is now {balance}",
	"live.see":                    "Show",
	"live.edit":                   "What you typed stays; both values are shown when you save.",
	"live.rows":                   "{n} new rows",
	"fault.live.closed":           "The server is restarting; try again in a moment.",
}
