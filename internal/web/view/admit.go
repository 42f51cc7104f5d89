package view

import (
	"strconv"

	"github.com/a-h/templ"

	"daftar/internal/money"
)

// Admit is the sheet of a new admission.
type Admit struct {
	L             Locale
	Patient       string // id
	Tab           string // the tab under the sheet, where success leads back
	Action        string // path that records
	Preview       string // path that answers what would be
	Back          string // path without the sheet
	Request       string // names this form for ever; see desk
	Lines         []AdmitLine
	Providers     []Choice
	BaseChoices   []Choice
	Base          string // id of the insurer; "" is none
	Supplements   []Choice
	Supplementary string
	Cap           string   // the most that the person may give, "10"; "" when there is no limit
	Receives      bool     // the person may take money
	Reasons       []string // that a discount may have; others may be written
	Focus         string   // the field to go on at
	After         AdmitOutcome
	Problems      []FieldProblem
	InPast        bool   // the window shows another day than now
	Still         bool   // the sheet was open before, so that it does not arrive again
	Code          string // of a discount, as typed
	Appointment   string // id of the one that the patient came for; "" for none
}

// AdmitLine is one wanted service as it was typed.
type AdmitLine struct {
	Service   string
	ServiceID string // what Service was picked as; "" when it was only typed
	Quantity  string
	Provider  string // id; "" is nobody
	Discount  string
	Unit      string // "amount" or "percent"
	Reason    string
}

// AdmitOutcome is what the admission would do.
type AdmitOutcome struct {
	L       Locale
	Lines   []AdmitPrice
	Sums    AdmitPrice // of all lines
	Before  money.Amount
	After   money.Amount
	Problem string // why it would be refused; "" when it would not
	Loses   string // what of a discount code would be lost; "" for nothing
	Asks    bool   // a draft may ask for approval of the discount instead
}

// AdmitPrice is the price of a line or of all, and who bears it.
type AdmitPrice struct {
	Title         string
	Quantity      int
	Gross         money.Amount
	Base          money.Amount
	Supplementary money.Amount
	Discount      money.Amount
	VAT           money.Amount
	Patient       money.Amount
}

// PickedService is a service in the list under a search.
type PickedService struct {
	ID, Name, Code, Section string
	Price                   money.Amount
}

// focus is the field where the person goes on: the first to mend, else the one
// that is asked for.
func (a Admit) focus() string {
	if len(a.Problems) > 0 {
		return a.Problems[0].Field
	}
	return a.Focus
}

// wrong is what is wrong with a field of the i-th line.
func (a Admit) wrong(name string, i int) string { return problemOf(a.Problems, lineField(name, i)) }

// discounts reports whether the discount of the i-th line is to be seen.
func (a Admit) discounts(i int) bool {
	l := a.Lines[i]
	return l.Discount != "" || l.Reason != "" || a.wrong("discount", i) != "" || a.wrong("reason", i) != ""
}

// main is what the main button does.
func (a Admit) main() string {
	if a.Receives {
		return "receive"
	}
	return "final"
}

// lineAttributes are those of the field called name of the i-th line.
func (a Admit) lineAttributes(name string, i int) templ.Attributes {
	field := lineField(name, i)
	at := templ.Attributes{"id": field, "name": field, "autocomplete": "off", "data-testid": field}
	if a.focus() == field {
		at["autofocus"] = true
	}
	if name == "reason" {
		at["list"] = "discount-reasons"
	}
	if a.wrong(name, i) != "" {
		at["aria-invalid"], at["aria-describedby"] = "true", field+"-note"
	}
	return at
}

func rials(a money.Amount) string { return strconv.FormatInt(int64(a), 10) }
