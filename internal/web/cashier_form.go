package web

import (
	"strconv"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/message"
	"daftar/internal/money"
	"daftar/internal/web/view"
)

// receiptForm is the sheet as it was typed.
type receiptForm struct {
	tab, request, seen string
	keep               string // what becomes of the surplus: "credit", "deposit"; "" is not said
	print              string // the size of the paper, when it is to be printed at once
	lines              []view.CashierLine
	due                map[int]jalali.Day // of the cheque in a line
	parts              map[string]string  // what was typed for an admission, by its id
	choices            []clinic.Choice    // and reads as
	unread             string             // why something cannot be read; "" when all can
	problems           []view.FieldProblem
	stale              string
	noShift            bool
}

// lineFields are the fields of a line beside amount and method.
var lineFields = []string{"terminal", "account", "tracking", "last_four", "destination", "sayad", "due", "number", "bank", "bank_branch",
	"owner", "owner_code", "confirmed"}

// readReceiptForm reads the sheet. Amounts and days that cannot be read are
// problems; empty amounts count as lines that are not there.
func readReceiptForm(v visit) receiptForm {
	r := v.r
	f := receiptForm{tab: r.PostFormValue("tab"), request: r.PostFormValue("request"), seen: r.PostFormValue("seen_version"),
		print: r.PostFormValue("print"), parts: map[string]string{}, due: map[int]jalali.Day{}}
	if keep := r.PostFormValue("surplus"); keep == "credit" || keep == "deposit" {
		f.keep = keep
	}
	last := 0
	for i := range cashierLines {
		n := "-" + strconv.Itoa(i)
		line := view.CashierLine{Method: r.PostFormValue("method" + n), Amount: r.PostFormValue("amount" + n), More: map[string]string{}}
		for _, key := range lineFields {
			line.More[key] = r.PostFormValue(key + n)
		}
		if line.Amount != "" {
			last = i
			line.Value = f.amount(v, "amount"+n, line.Amount)
			line.Amount = typedAmount(v, line.Amount, line.Value)
			if line.Method == string(clinic.ByCheque) && line.More["due"] != "" {
				day, err := jalali.Parse(line.More["due"], v.l.Today)
				f.problem(v, "due"+n, err)
				f.due[i] = day
			}
		}
		f.lines = append(f.lines, line)
	}
	f.lines = f.lines[:last+1]
	for name, typed := range r.PostForm {
		if id, ok := strings.CutPrefix(name, "part-"); ok && strings.TrimSpace(typed[0]) != "" {
			f.part(v, id, typed[0])
		}
	}
	return f
}

// part reads what an admission is to get.
func (f *receiptForm) part(v visit, id, typed string) {
	f.parts[id] = typed
	admission, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return
	}
	value := f.amount(v, "part-"+id, typed)
	f.parts[id] = typedAmount(v, typed, value)
	if value != 0 {
		f.choices = append(f.choices, clinic.Choice{Admission: clinic.AdmissionID(admission), Amount: value})
	}
}

// amount reads an amount; what cannot be read is a problem of its field.
func (f *receiptForm) amount(v visit, field, typed string) money.Amount {
	value, err := amount(v, typed)
	f.problem(v, field, err)
	return value
}

func (f *receiptForm) problem(v visit, field string, err error) {
	if e, ok := fault.As(err); ok {
		f.unread = message.Fault(v.l.Lang, e)
		f.problems = append(f.problems, view.FieldProblem{Field: field, Text: f.unread})
	}
}

// command is the form as the desk takes it, and for each of its lines the one
// of the form.
func (f receiptForm) command(patient clinic.PatientID) (cmd desk.Receive, from []int) {
	cmd = desk.Receive{Patient: patient, Allocations: f.choices, Surplus: f.keep}
	for i, l := range f.lines {
		if l.Amount == "" {
			continue
		}
		cmd.Lines, from = append(cmd.Lines, moneyLine(l, f.due[i])), append(from, i)
	}
	return cmd, from
}

// moneyLine is a line of the form as the desk takes it: of what was typed only
// what the method has.
func moneyLine(l view.CashierLine, due jalali.Day) clinic.MoneyLine {
	line := clinic.MoneyLine{Method: clinic.Method(l.Method), Amount: l.Value}
	place := ""
	switch line.Method {
	case clinic.Cash:
		return line
	case clinic.ByCheque:
		line.Cheque = &clinic.Cheque{SayadID: l.More["sayad"], Due: due, Number: l.More["number"], Bank: l.More["bank"], BankBranch: l.More["bank_branch"],
			OwnerName: l.More["owner"], OwnerNationalCode: l.More["owner_code"], Confirmed: l.More["confirmed"] == "on"}
		return line
	case clinic.POS:
		place, line.LastFour = l.More["terminal"], l.More["last_four"]
	case clinic.CardToCard:
		place, line.LastFour = l.More["account"], l.More["last_four"]
	default:
		place, line.Destination = l.More["account"], l.More["destination"]
	}
	line.TrackingNumber = l.More["tracking"]
	if n, err := strconv.ParseInt(place, 10, 64); err == nil {
		line.Place = clinic.PlaceID(n)
	}
	return line
}

// cashierSheet is the form as the sheet shows it, with what it would do.
func (s *server) cashierSheet(v visit, patient clinic.PatientID, f receiptForm, h desk.Header) (view.Cashier, error) {
	c := view.Cashier{L: v.l, Patient: id(patient), Tab: f.tab, Action: receiptPath(patient), Preview: receiptPath(patient) + "/preview",
		Back: statementPath(patient, f.tab), Request: f.request, Seen: f.seen, Lines: f.lines, Problems: f.problems, Stale: f.stale,
		Count: cashierLines, Print: s.pages["/receipts/{receipt}/print"]}
	for _, m := range cashierMethods {
		c.Methods = append(c.Methods, string(m))
	}
	places, err := s.Desk.MoneyPlaces(v.r.Context(), v.actor)
	if err != nil {
		return c, err
	}
	for _, p := range places.Terminals {
		c.Terminals = append(c.Terminals, view.Choice{Value: id(p.ID), Text: p.Name})
	}
	if len(places.Accounts) > 1 {
		c.Accounts = append(c.Accounts, view.Choice{Text: v.l.T("cashier.account.usual")})
	}
	for _, p := range places.Accounts {
		c.Accounts = append(c.Accounts, view.Choice{Value: id(p.ID), Text: p.Name})
	}
	for _, d := range h.Open {
		if d.Left() > 0 {
			c.Open = append(c.Open, view.OpenPart{ID: id(d.Admission.ID), Number: d.Admission.Number.String(), Text: enumerated(v, d.Titles),
				Left: d.Left(), Typed: f.parts[id(d.Admission.ID)]})
		}
	}
	if f.noShift {
		c.NoShift = "/shifts/open"
	}
	c.Links, c.Held = s.moneyLinks(v, patient, f.tab, cashierAction), s.heldMoney(v, patient, f.tab, h)
	c.After = s.outcome(v, patient, f)
	return c, nil
}

// cashierAction is the key of the sheet among moneyActions.
const cashierAction = "cashier"

// moneyActions are the sheets about money of a patient that lie beside each
// other; one whose page is not of this site is left out.
var moneyActions = []struct {
	key, path string
	needs     clinic.Permission
}{
	{cashierAction, "/patients/{patient}/cashier", clinic.ReceiveMoney},
	{"refund", "/patients/{patient}/refund", clinic.RefundMoney},
	{"deposit", "/patients/{patient}/deposits/new", clinic.WriteDeposits},
	{"apply", depositApplyPath, clinic.WriteDeposits},
}

// depositApplyPath is the sheet that pays an admission with a deposit.
const depositApplyPath = "/patients/{patient}/deposits/use"

// moneyLinks are the ways to the other sheets about money.
func (s *server) moneyLinks(v visit, patient clinic.PatientID, tab, on string) (links []view.SheetLink) {
	for _, a := range moneyActions {
		if s.pages[a.path] && v.actor.Can(a.needs) {
			links = append(links, view.SheetLink{Text: v.l.T("cashier.link." + a.key), On: a.key == on,
				URL: address(strings.Replace(a.path, "{patient}", id(patient), 1), "tab", tab)})
		}
	}
	return links
}

// heldMoney is what can be used before money is asked for: deposits, and credit
// that pays what comes next by itself.
func (s *server) heldMoney(v visit, patient clinic.PatientID, tab string, h desk.Header) (notes []view.SheetNote) {
	if held := h.Position.Deposits; held > 0 {
		note := view.SheetNote{Text: v.l.T("cashier.held.deposit", "amount", v.l.Amount(held), "unit", v.l.Unit())}
		if s.pages[depositApplyPath] && v.actor.Can(clinic.WriteDeposits) && len(h.Open) > 0 {
			note.Do, note.URL = v.l.T("cashier.held.apply"), address(strings.Replace(depositApplyPath, "{patient}", id(patient), 1), "tab", tab)
		}
		notes = append(notes, note)
	}
	if h.Credit > 0 {
		notes = append(notes, view.SheetNote{Text: v.l.T("cashier.held.credit", "amount", v.l.Amount(h.Credit), "unit", v.l.Unit())})
	}
	return notes
}
