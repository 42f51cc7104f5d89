package message

// englishReport is the lists and reports of the desk.
var englishReport = map[string]string{
	"fault.report.sort":          "The list is ordered by amount, age or name.",
	"fault.report.age":           "There is no such age; choose one of the columns.",
	"audit.action.debtor.list":   "saw the list of debtors",
	"audit.action.creditor.list": "saw the list of creditors",
	"fault.report.by":            "A report of cash is by method, user, section, day, shift or branch.",
}
