package web

import (
	"slices"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/farsi"
	"daftar/internal/fault"
	"daftar/internal/web/view"
)

// correctionRoutes: voids, corrections, refunds and what is given up.
func (s *server) correctionRoutes() []route {
	var routes []route
	for _, r := range []struct {
		path, object string
		right        clinic.Permission
		build        func(v visit) (moneySheet, error)
	}{
		{"/receipts/{receipt}/void", "receipt", clinic.VoidMoney, s.voidSheet},
		{"/receipts/{receipt}/correct-method", "receipt", clinic.VoidMoney, s.correctMethodSheet},
		{"/receipts/{receipt}/transfer", "receipt", clinic.VoidMoney, s.transferSheet},
		{refundPath, "patient", clinic.RefundMoney, s.refundSheet},
		{"/patients/{patient}/write-off", "patient", clinic.WriteOff, s.writeOffSheet},
		{"/admissions/{admission}/late-discount", "admission", clinic.DiscountLater, s.lateDiscountSheet},
	} {
		routes = append(routes, s.sheetRoutes(r.path, r.right, r.object, r.build)...)
	}
	return append(routes, people(paying(form("/units/{unit}/undo", clinic.VoidMoney, "unit", s.undoUnit))))
}

// refundPath is the form that gives credit back.
const refundPath = "/patients/{patient}/refund"

// unsaid stands for a reason while it is only asked what would happen: that
// does not depend on why.
func unsaid(t *typed, r desk.Request, name string) string {
	if text := t.text(name); text != "" || !r.DryRun {
		return text
	}
	return "…"
}

// receiptSheet is a form about a receipt over the window of whose its money is.
func (s *server) receiptSheet(v visit, name string) (moneySheet, desk.Correctable, error) {
	n := number[clinic.ReceiptID](v.r.PathValue("receipt"))
	if n == 0 {
		return moneySheet{}, desk.Correctable{}, fault.New(fault.NotFound, "receipt.none", "there is no such receipt")
	}
	c, err := s.Desk.ReceiptToCorrect(v.r.Context(), v.actor, n)
	about := v.l.T("correction.about", "number", v.l.Document(c.Receipt.Number.String()), "amount", v.l.Amount(c.Receipt.Amount), "unit", v.l.Unit())
	return moneySheet{name: name, patient: c.Receipt.Patient, tab: "transactions", about: about}, c, err
}

// voidSheet voids a receipt.
func (s *server) voidSheet(v visit) (moneySheet, error) {
	m, c, err := s.receiptSheet(v, "void")
	if err != nil {
		return m, err
	}
	m.danger = true
	m.fields = func(t *typed) []view.SettingField { return []view.SettingField{reasonField(t)} }
	m.do = func(t *typed, r desk.Request, seen *int64) (sheetDone, error) {
		done, err := s.Desk.VoidReceipt(v.r.Context(), v.actor, desk.VoidReceipt{Receipt: c.Receipt.ID, Reason: unsaid(t, r, "reason"), Seen: seen, Request: r})
		return sheetDone{Effect: done.Effect, number: c.Receipt.Number.String(), drawer: true}, err
	}
	return m, nil
}

// correctMethodSheet says by which way a line of a receipt really came.
func (s *server) correctMethodSheet(v visit) (moneySheet, error) {
	m, c, err := s.receiptSheet(v, "correct_method")
	if err != nil {
		return m, err
	}
	var lines []view.Choice
	for _, l := range c.Receipt.Lines {
		lines = append(lines, view.Choice{Value: id(int64(l.Line)), Text: v.l.T("method."+string(l.Method)) + " · " + v.l.Amount(l.Amount)})
	}
	if len(lines) > 0 {
		m.values = map[string]string{"receipt_line": lines[0].Value, "method": string(clinic.POS)}
		if c.Receipt.Lines[0].Method == clinic.POS {
			m.values["method"] = string(clinic.Cash)
		}
	}
	m.fields = func(t *typed) []view.SettingField {
		method := methodField(t, clinic.DeskMethods...)
		method.Focus = true
		return []view.SettingField{choiceField(t, "receipt_line", lines...), method, sheetField(t, "tracking_number", ""), sheetField(t, "last_four", ""), sheetField(t, "reason", "")}
	}
	m.do = func(t *typed, r desk.Request, seen *int64) (sheetDone, error) {
		cmd := desk.CorrectMethod{Receipt: c.Receipt.ID, Line: int(t.id("receipt_line")), Reason: t.text("reason"), Seen: seen, Request: r,
			Is: clinic.MoneyLine{Method: clinic.Method(t.text("method")), TrackingNumber: t.text("tracking_number"), LastFour: t.text("last_four")}}
		done, err := s.Desk.CorrectMethod(v.r.Context(), v.actor, cmd)
		return sheetDone{Effect: done.Effect, number: c.Receipt.Number.String(), drawer: true}, err
	}
	return m, nil
}

// transferSheet moves the money of a receipt to the patient who had paid it.
func (s *server) transferSheet(v visit) (moneySheet, error) {
	m, c, err := s.receiptSheet(v, "transfer")
	if err != nil {
		return m, err
	}
	m.patient = c.Owner.ID
	m.fields = func(t *typed) []view.SettingField {
		to := sheetField(t, "to_file", "")
		to.Mode, to.Latin, to.Required = "numeric", true, true
		return []view.SettingField{to, reasonField(t)}
	}
	m.do = func(t *typed, r desk.Request, seen *int64) (sheetDone, error) {
		to, err := s.typedFile(t, "to_file")
		if err != nil || to == 0 {
			return sheetDone{}, err
		}
		done, err := s.Desk.TransferReceipt(v.r.Context(), v.actor, desk.TransferReceipt{Receipt: c.Receipt.ID, To: to, Reason: unsaid(t, r, "reason"), Seen: seen, Request: r})
		if e, ok := fault.As(err); ok && e.Field == "to" {
			err = e.At("to_file")
		}
		note := v.l.T("correction.to", "name", done.To.Name(), "number", v.l.Digits(done.To.FileNumber.String()),
			"before", positionIn(v, done.Other.Before.Balance), "after", positionIn(v, done.Other.After.Balance))
		return sheetDone{Effect: done.Effect, number: c.Receipt.Number.String(), drawer: true, notes: []string{note}}, err
	}
	return m, nil
}

// typedFile is the patient with the file number that was typed; 0 with a
// problem when nothing is typed. NotFound patient.none.
func (s *server) typedFile(t *typed, name string) (clinic.PatientID, error) {
	n := number[clinic.FileNumber](strings.TrimSpace(farsi.Digits(t.text(name))))
	if n == 0 {
		t.problem(name, t.v.l.T("correction.to.none"))
		return 0, nil
	}
	p, err := s.Desk.PatientByFileNumber(t.v.r.Context(), t.v.actor, n)
	if e, ok := fault.As(err); ok {
		err = e.At(name)
	}
	return p.ID, err
}

// refundSheet gives credit back.
func (s *server) refundSheet(v visit) (moneySheet, error) {
	patient, err := patientOf(v)
	if err != nil {
		return moneySheet{}, err
	}
	offer, err := s.Desk.RefundOffer(v.r.Context(), v.actor, patient)
	if err != nil {
		return moneySheet{}, err
	}
	m := moneySheet{name: "refund", patient: patient, tab: "transactions", values: map[string]string{"method": string(clinic.CardToCard)}}
	if offer.Limit > 0 {
		m.about = v.l.T("refund.limit", "amount", v.l.Amount(offer.Limit), "unit", v.l.Unit())
		m.values["amount"] = v.l.Amount(offer.Limit)
	} else if err := s.nothingToRefund(v, &m); err != nil {
		return moneySheet{}, err
	}
	if offer.Source == clinic.Cash {
		m.values["method"] = string(clinic.Cash)
	}
	m.fields = func(t *typed) []view.SettingField {
		amount := sheetField(t, "amount", view.AmountField)
		amount.Focus, amount.Required = true, true
		last, other := sheetField(t, "destination", ""), sheetField(t, "override_reason", "")
		last.Latin = true
		if offer.Source != "" {
			other.Hint = v.l.T("refund.source", "method", v.l.T("method."+string(offer.Source)))
		}
		return []view.SettingField{amount, methodField(t, clinic.RefundMethods...), last, sheetField(t, "tracking_number", ""), reasonField(t), other}
	}
	m.do = func(t *typed, r desk.Request, seen *int64) (sheetDone, error) {
		cmd := desk.GiveBack{Patient: patient, Amount: t.amount("amount"), Reason: unsaid(t, r, "reason"), Override: t.text("override_reason"), Seen: seen, Request: r,
			Line: clinic.MoneyLine{Method: clinic.Method(t.text("method")), TrackingNumber: t.text("tracking_number"), Destination: t.text("destination")}}
		if len(t.problems) > 0 {
			return sheetDone{}, nil
		}
		done, err := s.Desk.Refund(v.r.Context(), v.actor, cmd)
		return sheetDone{Effect: done.Effect, number: done.Refund.Number.String(), drawer: cmd.Line.Method == clinic.Cash}, err
	}
	return m, nil
}

// nothingToRefund says that there is no credit, and what can be done instead.
func (s *server) nothingToRefund(v visit, m *moneySheet) error {
	now, err := s.Desk.Balance(v.r.Context(), v.actor, m.patient, desk.View{})
	if err != nil {
		return err
	}
	m.none = v.l.T("refund.nothing", "balance", positionIn(v, now.Balance))
	if now.Deposits > 0 {
		m.none += " " + v.l.T("refund.none.deposits", "amount", v.l.Amount(now.Deposits), "unit", v.l.Unit())
		m.ways = append(m.ways, view.RowAction{Text: v.l.T("refund.none.deposits.do"), Icon: "piggy-bank", URL: statementPath(m.patient, depositTab)})
	}
	m.ways = append(m.ways, view.RowAction{Text: v.l.T("refund.none.void.do"), Icon: "arrow-left-right", URL: statementPath(m.patient, "transactions")},
		view.RowAction{Text: v.l.T("refund.none.cancel.do"), Icon: "clipboard-list", URL: statementPath(m.patient, admissionPage)})
	return nil
}

// withCredit leaves giving back out where there is nothing to give back.
func withCredit(actions []view.Action, h desk.Header) []view.Action {
	return slices.DeleteFunc(actions, func(a view.Action) bool { return a.Key == "refund" && h.Credit <= 0 })
}
