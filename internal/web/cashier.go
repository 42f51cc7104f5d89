package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/money"
	"daftar/internal/web/view"
)

func (s *server) cashierRoutes() []route {
	return append(s.receiptPrintRoutes(),
		page("/patients/{patient}/cashier", clinic.ReceiveMoney, "patient", s.cashier),
		paying(form("/patients/{patient}/receipts", clinic.ReceiveMoney, "patient", s.receive)),
		form("/patients/{patient}/receipts/preview", clinic.ReceiveMoney, "patient", s.preview),
	)
}

// cashierMethods are the methods of the sheet, cashierLines how many lines it
// has at most.
var cashierMethods = clinic.ReceiptMethods

const cashierLines = 4

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
	sheet, err := s.freshCashier(v, patient, t.key, h)
	if err != nil {
		return err
	}
	sheet.InPast = past
	w.Sheet = view.CashierSheet(sheet)
	s.showStatement(v, http.StatusOK, w)
	return nil
}

// freshCashier is the sheet with what the patient is to pay now as the amount, or
// what ?amount= asks for.
func (s *server) freshCashier(v visit, patient clinic.PatientID, tab string, h desk.Header) (view.Cashier, error) {
	form := receiptForm{tab: tab, request: s.RequestKey(), seen: id(h.Position.Version), lines: []view.CashierLine{{Method: string(clinic.Cash)}}}
	owed := dueNow(h)
	if asked := number[money.Amount](v.r.URL.Query().Get("amount")); asked > 0 && asked <= money.Max {
		owed = asked // of an instalment
	}
	if owed > 0 {
		form.lines[0].Value, form.lines[0].Amount = owed, v.l.Amount(owed)
	}
	return s.cashierSheet(v, patient, form, h)
}

// tabUnder is the tab that lies under the sheet.
func (s *server) tabUnder(key string) tab {
	if t, ok := s.tab(key); ok {
		return t
	}
	return s.tabs[0]
}

// outcome asks the desk what the form would do, without doing it.
func (s *server) outcome(v visit, patient clinic.PatientID, f receiptForm) view.Outcome {
	o := view.Outcome{L: v.l, Keep: f.keep, Deposit: v.actor.Can(clinic.WriteDeposits)}
	if f.unread != "" {
		o.Problem = f.unread
		return o
	}
	cmd, from := f.command(patient)
	if total(cmd.Lines) == 0 {
		return o
	}
	cmd.Request.DryRun = true
	answer, err := s.Desk.Receive(v.r.Context(), v.actor, cmd)
	if fault.Code(err) == "spending.more_than_credit" { // a deposit was chosen before the cheque
		o.Keep, cmd.Surplus = "", ""
		answer, err = s.Desk.Receive(v.r.Context(), v.actor, cmd)
	}
	if err != nil {
		o.Problem = v.l.T("cashier.unknown")
		if e, ok := fault.As(err); ok {
			o.Problem = sentence(v, e)
			o.Wanting = f.wanting(formField(e.Field, from))
		}
		return o
	}
	o.Suspect = string(clinic.Suspect(v.clinic.Currency, answer.Before.Balance, answer.Receipt.Amount))
	o.Total, o.Before, o.After, o.Surplus = answer.Receipt.Amount, answer.Before.Balance, answer.After.Balance, answer.Surplus
	if len(answer.Cheques) > 0 {
		o.Cheques, o.Deposit = o.Deposit, false
	}
	o.Changes = watchedChanges(answer.Effect, false)
	for _, p := range answer.Pays {
		o.Pays = append(o.Pays, view.PayLine{Number: p.Number.String(), Text: p.Titles, Due: p.Due, Pays: p.Amount})
	}
	return o
}

// wanting reports that a field of a line is still to be typed.
func (f receiptForm) wanting(field string) bool {
	name, number, _ := strings.Cut(field, "-")
	i, err := strconv.Atoi(number)
	return err == nil && i >= 0 && i < len(f.lines) && slices.Contains(lineFields, name) && f.lines[i].More[name] == ""
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
