package web

import (
	"net/http"
	"strconv"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/message"
	"daftar/internal/money"
	"daftar/internal/web/view"
)

func (s *server) cashierRoutes() []route {
	return []route{
		page("/patients/{patient}/cashier", clinic.ReceiveMoney, "patient", s.cashier),
		paying(form("/patients/{patient}/receipts", clinic.ReceiveMoney, "patient", s.receive)),
		form("/patients/{patient}/receipts/preview", clinic.ReceiveMoney, "patient", s.preview),
	}
}

// cashierMethods are the methods of the sheet, one line each at most.
var cashierMethods = []clinic.Method{clinic.Cash, clinic.POS, clinic.CardToCard}

func cashierPath(patient clinic.PatientID) string { return "/patients/" + id(patient) + "/cashier" }
func receiptPath(patient clinic.PatientID) string { return "/patients/" + id(patient) + "/receipts" }

// GET /patients/{patient}/cashier shows the sheet over the tab that ?tab=
// names, with what the patient owes as the amount.
func (s *server) cashier(v visit) error {
	patient, err := patientOf(v)
	if err != nil {
		return err
	}
	t := s.tabUnder(v.r.URL.Query().Get("tab"))
	past := readLook(v, "").inPast()
	w, h, err := s.window(v, patient, t, look{path: statementPath(patient, t.key)})
	if err != nil {
		return err
	}
	sheet := s.freshCashier(v, patient, t.key, h)
	sheet.InPast = past
	w.Sheet = view.CashierSheet(sheet)
	s.showStatement(v, http.StatusOK, w)
	return nil
}

// freshCashier is the sheet with what the patient is to pay now as the amount, or
// what ?amount= asks for.
func (s *server) freshCashier(v visit, patient clinic.PatientID, tab string, h desk.Header) view.Cashier {
	form := receiptForm{tab: tab, request: s.RequestKey(), seen: id(h.Position.Version), lines: []view.CashierLine{{Method: string(clinic.Cash)}}}
	owed := dueNow(h)
	if asked := number[money.Amount](v.r.URL.Query().Get("amount")); asked > 0 && asked <= money.Max {
		owed = asked // of an instalment
	}
	if owed > 0 {
		form.lines[0].Value, form.lines[0].Amount = owed, v.l.Amount(owed)
	}
	sheet := form.sheet(v, patient)
	sheet.After = s.outcome(v, patient, form)
	return sheet
}

// tabUnder is the tab that lies under the sheet.
func (s *server) tabUnder(key string) tab {
	if t, ok := s.tab(key); ok {
		return t
	}
	return s.tabs[0]
}

// receiptForm is the sheet as it was typed.
type receiptForm struct {
	tab, request, seen string
	keep               bool // the surplus stays as credit
	lines              []view.CashierLine
	unread             string // why an amount cannot be read; "" when all can
	problems           []view.FieldProblem
	stale              string
}

// readReceiptForm reads the sheet. Amounts that cannot be read are problems;
// empty ones count as lines that are not there.
func readReceiptForm(v visit) receiptForm {
	r := v.r
	f := receiptForm{tab: r.PostFormValue("tab"), request: r.PostFormValue("request"), seen: r.PostFormValue("seen_version"),
		keep: r.PostFormValue("surplus") == "credit"}
	last := 0
	for i := range cashierMethods {
		n := "-" + strconv.Itoa(i)
		line := view.CashierLine{Method: r.PostFormValue("method" + n), Amount: r.PostFormValue("amount" + n), Tracking: r.PostFormValue("tracking" + n)}
		if line.Amount != "" {
			last = i
			value, err := amount(v, line.Amount)
			if e, ok := fault.As(err); ok {
				f.unread = message.Fault(v.l.Lang, e)
				f.problems = append(f.problems, view.FieldProblem{Field: "amount" + n, Text: f.unread})
			}
			line.Value, line.Amount = value, typedAmount(v, line.Amount, value)
		}
		f.lines = append(f.lines, line)
	}
	f.lines = f.lines[:last+1]
	return f
}

// command is the form as the desk takes it, and for each of its lines the one
// of the form.
func (f receiptForm) command(patient clinic.PatientID) (cmd desk.Receive, from []int) {
	cmd = desk.Receive{Patient: patient}
	for i, l := range f.lines {
		if l.Amount == "" {
			continue
		}
		line := clinic.MoneyLine{Method: clinic.Method(l.Method), Amount: l.Value}
		if line.Method != clinic.Cash {
			line.TrackingNumber = l.Tracking
		}
		cmd.Lines, from = append(cmd.Lines, line), append(from, i)
	}
	return cmd, from
}

// sheet is the form as the sheet shows it.
func (f receiptForm) sheet(v visit, patient clinic.PatientID) view.Cashier {
	c := view.Cashier{L: v.l, Patient: id(patient), Tab: f.tab, Action: receiptPath(patient), Preview: receiptPath(patient) + "/preview",
		Back: statementPath(patient, f.tab), Request: f.request, Seen: f.seen, Lines: f.lines, Problems: f.problems, Stale: f.stale}
	for _, m := range cashierMethods {
		c.Methods = append(c.Methods, string(m))
	}
	return c
}

// outcome asks the desk what the form would do, without doing it.
func (s *server) outcome(v visit, patient clinic.PatientID, f receiptForm) view.Outcome {
	o := view.Outcome{L: v.l, Keep: f.keep}
	if f.unread != "" {
		o.Problem = f.unread
		return o
	}
	cmd, _ := f.command(patient)
	if total(cmd.Lines) == 0 {
		return o
	}
	cmd.Request.DryRun = true
	answer, err := s.Desk.Receive(v.r.Context(), v.actor, cmd)
	if err != nil {
		o.Problem = v.l.T("cashier.unknown")
		if e, ok := fault.As(err); ok {
			o.Problem = message.Fault(v.l.Lang, e)
		}
		return o
	}
	o.Suspect = string(clinic.Suspect(v.clinic.Currency, answer.Before.Balance, answer.Receipt.Amount))
	o.Total, o.Before, o.After, o.Surplus = answer.Receipt.Amount, answer.Before.Balance, answer.After.Balance, answer.Surplus
	for _, p := range answer.Pays {
		o.Pays = append(o.Pays, view.PayLine{Number: p.Number.String(), Text: p.Titles, Due: p.Due, Pays: p.Amount})
	}
	return o
}

func total(lines []clinic.MoneyLine) (sum money.Amount) {
	for _, l := range lines {
		sum += l.Amount
	}
	return sum
}

// POST /patients/{patient}/receipts/preview answers what the receipt would do.
func (s *server) preview(v visit) error {
	patient, err := patientOf(v)
	if err != nil {
		return err
	}
	v.l.InToman = formUnit(v) == money.IRT // the sheet above it still shows its own unit
	return s.show(v, view.OutcomeView(s.outcome(v, patient, readReceiptForm(v))))
}
