package message

// englishReport is the lists and reports of the desk.
var englishReport = map[string]string{
	"fault.report.by_service":    "A report of services is by service, section or provider.",
	"audit.action.report.day":    "saw the report of a day",
	"audit.action.report.cash":   "saw the lines of a cash report",
	"audit.action.deposit.list":  "saw the list of deposits",
	"audit.action.account.read":  "saw the postings of an account",
	"fault.report.sort":          "The list is ordered by amount, age or name.",
	"fault.report.age":           "There is no such age; choose one of the columns.",
	"audit.action.debtor.list":   "saw the list of debtors",
	"audit.action.creditor.list": "saw the list of creditors",
	"fault.report.by":            "A report of cash is by method, user, section, day, shift or branch.",
}
