package message

// englishMoney is what all sheets and lists of money share.
var englishMoney = map[string]string{
	"effect.balance":          "Balance afterwards",
	"effect.deposits":         "Deposits held",
	"effect.drawer":           "Your drawer",
	"table.count":             "{n} rows",
	"fault.money_rules.undo":  "Undoing is possible for 0 to 1440 minutes.",
	"fault.money_rules.days":  "A deposit holds for 0 to 3650 days.",
	"fault.money_rules.aging": "The three ages of a debt have to rise.",
	"fault.money_rules.tiers": "Each tier has hours of its own and a rate up to 100 percent, and the last begins at no hour.",
	"field.amount":            "Amount ({unit})",
	"field.reason":            "Reason",
	"field.method":            "Method",
	"field.note":              "Note",
	"field.place":             "Place",
	"field.tracking_number":   "Tracking number",
	"field.last_four":         "Last four digits of the card",
	"field.destination":       "To card or Sheba",
	"admissions.vat":          "VAT",
	"admissions.beyond":       "The discount is beyond your cap ({percent} %); somebody with a higher one, as the manager, approves it.",
	"admissions.remitted":     "let off since",
	"field.day":               "Day",
}
