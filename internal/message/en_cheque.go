package message

// englishCheque is cheques.
var englishCheque = map[string]string{
	"fault.cheque.exists":       "A cheque with this Sayad id is held already; read the id on the cheque again.",
	"fault.cheque.due":          "Write the due date of the cheque.",
	"fault.cheque.due_far":      "A cheque may be due up to {years} years from now; look at the date again.",
	"fault.cheque.due_past":     "This cheque was due more than six months ago and is not taken.",
	"fault.cheque.banked":       "This cheque is at the bank; it can be recorded as cleared or bounced.",
	"fault.cheque.cleared":      "This cheque has cleared and no longer changes; to give money back make a refund.",
	"fault.cheque.bounced":      "This cheque has bounced; receive what is owed and return the cheque to its owner.",
	"fault.cheque.returned":     "This cheque was returned to its owner.",
	"fault.cheque.in_hand":      "This cheque is still in hand.",
	"fault.cheque.swap_amount":  "The money for the cheque has to be exactly {amount}.",
	"fault.cheque.filter":       "The list of cheques does not know this status or due date.",
	"fault.receipt.destination": "Where the money came from or went has up to 40 characters.",

	"audit.action.cheque.bank":   "Banked a cheque",
	"audit.action.cheque.clear":  "Cleared a cheque",
	"audit.action.cheque.bounce": "Bounced a cheque",
	"audit.action.cheque.return": "Returned a cheque",
	"audit.action.cheque.swap":   "Swapped a cheque",
	"audit.action.cheque.list":   "Looked at the cheques",
	"audit.action.cheque.read":   "Looked at a cheque",
}
