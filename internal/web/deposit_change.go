package web

import (
	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/money"
	"daftar/internal/web/view"
)

// oneDeposit is the sheet of a command on the deposit that the path names.
func (s *server) oneDeposit(v visit, name string) (desk.DepositItem, moneySheet, error) {
	d, err := s.depositOf(v)
	m := moneySheet{name: name, patient: d.Person.ID, tab: depositTab, values: map[string]string{}}
	if err == nil {
		m.about = v.l.T("deposits.about", "number", v.l.Document(d.Number.String()))
	}
	return d, m, err
}

// on is what a command on the deposit says.
func on(d desk.DepositItem, amount *money.Amount, r desk.Request, seen *int64) desk.OnDeposit {
	return desk.OnDeposit{Deposit: d.ID, Amount: amount, Seen: seen, Request: r}
}

// depositDone is the answer of a command on a deposit as a sheet says it.
func depositDone(v visit, answer desk.DepositDone, err error) (sheetDone, error) {
	done := sheetDone{Effect: answer.Effect, number: answer.Deposit.Number.String()}
	if err == nil {
		done.notes = []string{v.l.T("deposit.use.left", "number", v.l.Document(done.number), "left", view.Zero(v.l, answer.Deposit.Remaining), "unit", v.l.Unit())}
	}
	return done, err
}

func (s *server) receiveDepositSheet(v visit) (moneySheet, error) {
	d, m, err := s.oneDeposit(v, "deposit_receive")
	if err != nil {
		return m, err
	}
	m.values = map[string]string{"amount": amountText(v, d.Amount), "method": string(clinic.POS)}
	m.fields = func(t *typed) []view.SettingField {
		return []view.SettingField{sheetField(t, "amount", view.AmountField), methodField(t, depositMethods...), latin(sheetField(t, "tracking_number", ""))}
	}
	m.do = func(t *typed, r desk.Request, seen *int64) (sheetDone, error) {
		lines := []clinic.MoneyLine{{Method: clinic.Method(t.text("method")), Amount: t.amount("amount"), TrackingNumber: t.text("tracking_number")}}
		answer, err := s.Desk.ReceiveDeposit(v.r.Context(), v.actor, desk.ReceiveDeposit{OnDeposit: on(d, nil, r, seen), Lines: lines})
		if err != nil {
			err = atAmount(err)
		}
		return depositDone(v, answer, err)
	}
	return m, nil
}

func (s *server) withdrawSheet(v visit) (moneySheet, error) {
	d, m, err := s.oneDeposit(v, "deposit_withdraw")
	if err != nil {
		return m, err
	}
	m.fields = func(*typed) []view.SettingField { return nil }
	m.do = func(_ *typed, r desk.Request, seen *int64) (sheetDone, error) {
		answer, err := s.Desk.WithdrawDeposit(v.r.Context(), v.actor, on(d, nil, r, seen))
		return sheetDone{Effect: answer.Effect, number: answer.Deposit.Number.String()}, err
	}
	return m, nil
}

func (s *server) unapplySheet(v visit) (moneySheet, error) {
	d, m, err := s.oneDeposit(v, "deposit_unapply")
	if err != nil {
		return m, err
	}
	admissions := []view.Choice{{Text: v.l.T("deposit.unapply.all")}}
	known := map[clinic.AdmissionID]bool{}
	for _, l := range d.Life {
		if l.Admission != 0 && !known[l.Admission] {
			known[l.Admission] = true
			text := v.l.T("explain.admission", "number", v.l.Document(l.Paid.String()))
			admissions = append(admissions, view.Choice{Value: id(l.Admission), Text: text + " · " + enumerated(v, l.Titles)})
		}
	}
	m.fields = func(t *typed) []view.SettingField {
		amount := sheetField(t, "amount", view.AmountField)
		amount.Hint = v.l.T("deposit.unapply.hint")
		return []view.SettingField{choiceField(t, "admission", admissions...), amount}
	}
	m.do = func(t *typed, r desk.Request, seen *int64) (sheetDone, error) {
		answer, err := s.Desk.UnapplyDeposit(v.r.Context(), v.actor, desk.UnapplyDeposit{OnDeposit: on(d, t.partOf("amount"), r, seen),
			Admission: clinic.AdmissionID(t.id("admission"))})
		return depositDone(v, answer, err)
	}
	return m, nil
}

func (s *server) toAccountSheet(v visit) (moneySheet, error) {
	d, m, err := s.oneDeposit(v, "deposit_account")
	if err != nil {
		return m, err
	}
	m.values["amount"] = amountText(v, d.Remaining)
	m.fields = func(t *typed) []view.SettingField {
		return []view.SettingField{sheetField(t, "amount", view.AmountField)}
	}
	m.do = func(t *typed, r desk.Request, seen *int64) (sheetDone, error) {
		answer, err := s.Desk.DepositToAccount(v.r.Context(), v.actor, on(d, t.partOf("amount"), r, seen))
		return depositDone(v, answer, err)
	}
	return m, nil
}

func (s *server) refundDepositSheet(v visit) (moneySheet, error) {
	d, m, err := s.oneDeposit(v, "deposit_refund")
	if err != nil {
		return m, err
	}
	m.danger = true
	m.values["amount"] = amountText(v, d.Remaining)
	var came []clinic.MoneyLine
	for _, method := range d.Methods {
		came = append(came, clinic.MoneyLine{Method: clinic.Method(method), Amount: 1})
	}
	m.values["method"] = string(clinic.BackBy(came))
	m.fields = func(t *typed) []view.SettingField {
		override := sheetField(t, "override_reason", "")
		override.Hint = v.l.T("deposit.override.hint")
		return []view.SettingField{sheetField(t, "amount", view.AmountField), methodField(t, clinic.CardToCard, clinic.Cash, clinic.BankTransfer),
			reasonField(t), latin(sheetField(t, "last_four", "")), latin(sheetField(t, "tracking_number", "")), override}
	}
	m.do = func(t *typed, r desk.Request, seen *int64) (sheetDone, error) {
		cmd := desk.RefundDeposit{OnDeposit: on(d, t.partOf("amount"), r, seen), Reason: t.text("reason"), Override: t.text("override_reason"),
			Line: clinic.MoneyLine{Method: clinic.Method(t.text("method")), TrackingNumber: t.text("tracking_number"), LastFour: t.text("last_four")}}
		answer, err := s.Desk.RefundDeposit(v.r.Context(), v.actor, cmd)
		if err != nil {
			err = atAmount(err)
		}
		return depositDone(v, answer, err)
	}
	return m, nil
}

func (s *server) forfeitSheet(v visit) (moneySheet, error) {
	d, m, err := s.oneDeposit(v, "deposit_forfeit")
	if err != nil {
		return m, err
	}
	m.danger = true
	m.values["amount"] = amountText(v, d.Proposed)
	m.fields = func(t *typed) []view.SettingField {
		amount := sheetField(t, "amount", view.AmountField)
		amount.Hint = v.l.T("deposit.forfeit.hint", "proposed", view.Zero(v.l, d.Proposed), "left", v.l.Amount(d.Remaining), "unit", v.l.Unit())
		return []view.SettingField{amount, reasonField(t)}
	}
	m.do = func(t *typed, r desk.Request, seen *int64) (sheetDone, error) {
		answer, err := s.Desk.ForfeitDeposit(v.r.Context(), v.actor, desk.ForfeitDeposit{OnDeposit: on(d, t.partOf("amount"), r, seen), Reason: t.text("reason")})
		return depositDone(v, answer, err)
	}
	return m, nil
}

func (s *server) moveSheet(v visit) (moneySheet, error) {
	d, m, err := s.oneDeposit(v, "deposit_move")
	if err != nil {
		return m, err
	}
	offer, err := s.Desk.Catalogue(v.r.Context(), v.actor)
	if err != nil {
		return m, err
	}
	m.values = map[string]string{"purpose": d.Purpose, "service": id(d.Service), "provider": id(d.Provider)}
	if !d.Planned.IsZero() {
		m.values["planned"], m.values["planned_clock"] = v.l.Day(v.clinic.Day(d.Planned)), plannedClock(v, d.Planned)
	}
	m.fields = func(t *typed) []view.SettingField {
		all := depositForFields(t, offer)
		return all[:len(all)-1] // how long it holds follows from the visit
	}
	m.do = func(t *typed, r desk.Request, seen *int64) (sheetDone, error) {
		said, ok := readDepositFor(t)
		if !ok {
			return sheetDone{}, nil
		}
		answer, err := s.Desk.MoveDeposit(v.r.Context(), v.actor, desk.MoveDeposit{OnDeposit: on(d, nil, r, seen),
			To: clinic.DepositMove{Planned: &said.Planned, Purpose: &said.Purpose, Service: &said.Service, Provider: &said.Provider}})
		return depositDone(v, answer, err)
	}
	return m, nil
}
