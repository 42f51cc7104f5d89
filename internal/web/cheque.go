package web

import (
	"strconv"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/money"
	"daftar/internal/web/view"
)

// chequeSteps are the steps of a cheque, each a sheet of its own.
var chequeSteps = []struct {
	step   clinic.ChequeStep
	right  clinic.Permission
	danger bool
	fields func(s *server, t *typed, q clinic.Cheque) ([]view.SettingField, error)
	do     func(d *desk.Desk, v visit, cmd desk.ChangeCheque) (desk.ChequeChanged, error)
}{
	{clinic.BankCheque, clinic.WriteCheques, false, (*server).accountField,
		func(d *desk.Desk, v visit, cmd desk.ChangeCheque) (desk.ChequeChanged, error) {
			return d.BankCheque(v.r.Context(), v.actor, cmd)
		}},
	{clinic.ClearCheque, clinic.WriteCheques, false, (*server).accountField,
		func(d *desk.Desk, v visit, cmd desk.ChangeCheque) (desk.ChequeChanged, error) {
			return d.ClearCheque(v.r.Context(), v.actor, cmd)
		}},
	{clinic.BounceCheque, clinic.WriteCheques, true, whyField,
		func(d *desk.Desk, v visit, cmd desk.ChangeCheque) (desk.ChequeChanged, error) {
			return d.BounceCheque(v.r.Context(), v.actor, cmd)
		}},
	{clinic.SwapCheque, clinic.ReceiveMoney, false, swapFields,
		func(d *desk.Desk, v visit, cmd desk.ChangeCheque) (desk.ChequeChanged, error) {
			return d.SwapCheque(v.r.Context(), v.actor, cmd)
		}},
	{clinic.ReturnCheque, clinic.ReceiveMoney, true, whyField,
		func(d *desk.Desk, v visit, cmd desk.ChangeCheque) (desk.ChequeChanged, error) {
			return d.ReturnCheque(v.r.Context(), v.actor, cmd)
		}},
}

// chequeRoutes: cheques.
func (s *server) chequeRoutes() []route {
	routes := []route{people(page("/cheques", clinic.ReadMoney, "", s.chequeList))}
	for i := range chequeSteps {
		routes = append(routes, s.sheetRoutes("/cheques/{cheque}/"+string(chequeSteps[i].step), chequeSteps[i].right, "cheque",
			func(v visit) (moneySheet, error) { return s.chequeSheet(v, i) })...)
	}
	return routes
}

func chequePath(q clinic.ChequeID, step clinic.ChequeStep) string {
	return "/cheques/" + id(q) + "/" + string(step)
}

// chequeSheet is the sheet of the i-th step.
func (s *server) chequeSheet(v visit, i int) (m moneySheet, err error) {
	n, err := strconv.ParseInt(v.r.PathValue("cheque"), 10, 64)
	if err != nil || n <= 0 {
		return m, fault.New(fault.NotFound, "cheque.none", "there is no such cheque")
	}
	item, err := s.Desk.ChequeOf(v.r.Context(), v.actor, clinic.ChequeID(n))
	if err != nil {
		return m, err
	}
	step, q := chequeSteps[i], item.Cheque
	m = moneySheet{name: "cheque-" + string(step.step), patient: item.Person.ID, tab: "transactions", about: chequeAbout(v, q), danger: step.danger,
		values: map[string]string{"method": string(clinic.Cash)}}
	if q.Place != 0 {
		m.values["place"] = id(q.Place)
	}
	if _, err := step.fields(s, &typed{v: v, values: m.values}, q); err != nil {
		return m, err
	}
	m.fields = func(t *typed) []view.SettingField {
		fields, err := step.fields(s, t, q)
		if err != nil {
			t.problem("", v.l.T("cashier.unknown"))
		}
		return fields
	}
	m.do = func(t *typed, r desk.Request, seen *int64) (sheetDone, error) {
		cmd := desk.ChangeCheque{Cheque: q.ID, Place: clinic.PlaceID(t.id("place")), Reason: t.text("reason"), Seen: seen, Request: r}
		if step.step == clinic.SwapCheque {
			cmd.Lines = swapLines(t, q.Amount)
		}
		done, err := step.do(s.Desk, v, cmd)
		return sheetDone{Effect: done.Effect, number: chequeNumber(q), drawer: step.step == clinic.SwapCheque}, err
	}
	return m, nil
}

// chequeAbout says which cheque it is: its amount, bank and due date.
func chequeAbout(v visit, q clinic.Cheque) string {
	text := v.l.Amount(q.Amount) + " " + v.l.Unit()
	if q.Bank != "" {
		text += " · " + q.Bank
	}
	if q.Due != "" {
		text += " · " + v.l.T("receipt.line.due", "value", v.l.Day(q.Due))
	}
	return text
}

// chequeNumber is how a cheque is called: its own number, else its Sayad id.
func chequeNumber(q clinic.Cheque) string {
	if q.Number != "" {
		return q.Number
	}
	return q.SayadID
}

// accountField chooses the bank account, when there are several.
func (s *server) accountField(t *typed, _ clinic.Cheque) ([]view.SettingField, error) {
	places, err := s.Desk.MoneyPlaces(t.v.r.Context(), t.v.actor)
	if err != nil || len(places.Accounts) < 2 {
		return nil, err
	}
	var choices []view.Choice
	for _, p := range places.Accounts {
		choices = append(choices, view.Choice{Value: id(p.ID), Text: p.Name})
	}
	f := choiceField(t, "place", choices...)
	f.Label = t.v.l.T("cashier.account")
	return []view.SettingField{f}, nil
}

// whyField asks for a reason, which may be left out.
func whyField(_ *server, t *typed, _ clinic.Cheque) ([]view.SettingField, error) {
	f := reasonField(t)
	f.Required = false
	return []view.SettingField{f}, nil
}

// swapFields are the money that a cheque is swapped for: by one method, and
// what of it by another.
func swapFields(_ *server, t *typed, _ clinic.Cheque) ([]view.SettingField, error) {
	method := methodField(t, clinic.DeskMethods...)
	tracking := sheetField(t, "tracking_number", "")
	tracking.Latin = true
	part := sheetField(t, "cash_part", view.AmountField)
	return []view.SettingField{method, tracking, part}, nil
}

// swapLines are the lines of the form: the whole amount by the method, less
// what is paid in cash beside it.
func swapLines(t *typed, whole money.Amount) []clinic.MoneyLine {
	line := clinic.MoneyLine{Method: clinic.Method(t.text("method")), Amount: whole}
	if line.Method != clinic.Cash {
		line.TrackingNumber = t.text("tracking_number")
	}
	cash := t.amount("cash_part")
	if cash == 0 || line.Method == clinic.Cash {
		return []clinic.MoneyLine{line}
	}
	line.Amount -= cash
	return []clinic.MoneyLine{line, {Method: clinic.Cash, Amount: cash}}
}
