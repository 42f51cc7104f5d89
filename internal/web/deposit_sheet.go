package web

import (
	"strings"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/farsi"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/money"
	"daftar/internal/web/view"
)

// askOnly is the method of a deposit that is only asked for.
const askOnly = "requested"

// depositMethods are how a deposit comes, in the order of the desk.
var depositMethods = []clinic.Method{clinic.POS, clinic.Cash, clinic.CardToCard, clinic.BankTransfer}

// depositSheet takes a deposit.
func (s *server) depositSheet(v visit) (m moneySheet, err error) {
	patient, err := patientOf(v)
	if err != nil {
		return m, err
	}
	if _, err := s.Desk.Patient(v.r.Context(), v.actor, patient); err != nil {
		return m, err
	}
	offer, err := s.Desk.Catalogue(v.r.Context(), v.actor)
	if err != nil {
		return m, err
	}
	m = moneySheet{name: "deposit", patient: patient, tab: depositTab, values: map[string]string{"method": string(clinic.POS), "service": v.r.URL.Query().Get("service")}}
	came, err := s.visitOf(v, &m)
	if err != nil {
		return m, err
	}
	m.fields = func(t *typed) []view.SettingField {
		amount := sheetField(t, "amount", view.AmountField)
		method := methodField(t, depositMethods...)
		method.Choices = append(method.Choices, view.Choice{Value: askOnly, Text: v.l.T("deposit.method.requested")})
		if need := required(offer, t); need > 0 {
			amount.Hint = v.l.T("deposit.required", "amount", v.l.Amount(need), "unit", v.l.Unit())
		}
		money := []view.SettingField{amount, method, latin(sheetField(t, "tracking_number", ""))}
		if came.ID != 0 {
			return append(money, sheetField(t, "expires", view.DateField), sheetField(t, "service", view.HiddenField), sheetField(t, "appointment", view.HiddenField))
		}
		return append(money, depositForFields(t, offer)...)
	}
	m.do = func(t *typed, r desk.Request, seen *int64) (done sheetDone, err error) {
		cmd, ok := readDepositFor(t)
		cmd.Patient, cmd.Seen, cmd.Request, cmd.Appointment = patient, seen, r, came.ID
		if came.ID != 0 {
			cmd.Service, cmd.Provider, cmd.Planned, cmd.Purpose = came.Service, came.Provider, came.Starts, came.ServiceName
		}
		if cmd.Amount = t.amount("amount"); t.text("amount") == "" {
			cmd.Amount = required(offer, t)
		}
		if !ok || len(t.problems) > 0 {
			return done, nil
		}
		if t.text("method") != askOnly {
			cmd.Lines = []clinic.MoneyLine{{Method: clinic.Method(t.text("method")), Amount: cmd.Amount, TrackingNumber: t.text("tracking_number")}}
		}
		answer, err := s.Desk.TakeDeposit(v.r.Context(), v.actor, cmd)
		if err != nil {
			return done, atAmount(err)
		}
		if answer.Owes > 0 {
			done.warnings = append(done.warnings, v.l.T("deposit.owes", "amount", v.l.Amount(answer.Owes), "unit", v.l.Unit()))
		}
		if answer.Deposit.Expires != "" {
			done.notes = append(done.notes, v.l.T("deposits.expires", "day", v.l.Day(answer.Deposit.Expires)))
		}
		done.Effect, done.number = answer.Effect, answer.Deposit.Number.String()
		return done, nil
	}
	return m, nil
}

// visitOf is the appointment that a deposit is taken for, which says what it is
// for; the zero one when the form names none. NotFound appointment.none.
func (s *server) visitOf(v visit, m *moneySheet) (i desk.AppointmentItem, err error) {
	n := number[clinic.AppointmentID](v.r.PostFormValue("appointment"))
	if n == 0 {
		n = number[clinic.AppointmentID](v.r.URL.Query().Get("appointment"))
	}
	if n == 0 {
		return i, nil
	}
	if i, err = s.Desk.Appointment(v.r.Context(), v.actor, n); err != nil {
		return i, err
	}
	m.about = appointmentText(v, i.Appointment, i.ProviderName)
	m.values["service"], m.values["appointment"] = optional(i.Service), id(n)
	return i, nil
}

// creditSheet turns credit into a deposit.
func (s *server) creditSheet(v visit) (m moneySheet, err error) {
	patient, err := patientOf(v)
	if err != nil {
		return m, err
	}
	offer, err := s.Desk.Catalogue(v.r.Context(), v.actor)
	if err != nil {
		return m, err
	}
	now, err := s.Desk.Balance(v.r.Context(), v.actor, patient, desk.View{})
	if err != nil {
		return m, err
	}
	m = moneySheet{name: "credit_to_deposit", patient: patient, tab: depositTab, values: map[string]string{"amount": amountText(v, max(0, -now.Balance))}}
	m.fields = func(t *typed) []view.SettingField {
		return append([]view.SettingField{sheetField(t, "amount", view.AmountField)}, depositForFields(t, offer)...)
	}
	m.do = func(t *typed, r desk.Request, seen *int64) (done sheetDone, err error) {
		cmd, ok := readDepositFor(t)
		cmd.Patient, cmd.Amount, cmd.Seen, cmd.Request = patient, t.amount("amount"), seen, r
		if !ok || len(t.problems) > 0 {
			return done, nil
		}
		answer, err := s.Desk.CreditToDeposit(v.r.Context(), v.actor, desk.CreditToDeposit{TakeDeposit: cmd})
		done.Effect, done.number = answer.Effect, answer.Deposit.Number.String()
		return done, err
	}
	return m, nil
}

// required is the deposit that the chosen service asks for.
func required(offer desk.Catalogue, t *typed) money.Amount {
	for _, p := range offer.Services {
		if int64(p.ID) == t.id("service") {
			return p.Deposit.Of(p.Price)
		}
	}
	return 0
}

// depositForFields say what a deposit is for.
func depositForFields(t *typed, offer desk.Catalogue) []view.SettingField {
	services := []view.Choice{{Text: t.v.l.T("word.none")}}
	for _, p := range offer.Services {
		services = append(services, view.Choice{Value: id(p.ID), Text: p.Name})
	}
	providers := []view.Choice{{Text: t.v.l.T("word.none")}}
	for _, p := range offer.Providers {
		providers = append(providers, view.Choice{Value: id(p.ID), Text: p.Name})
	}
	clock := latin(sheetField(t, "planned_clock", ""))
	clock.Mode = "numeric"
	return []view.SettingField{choiceField(t, "service", services...), sheetField(t, "purpose", ""), choiceField(t, "provider", providers...),
		sheetField(t, "planned", view.DateField), clock, sheetField(t, "expires", view.DateField)}
}

// latin is a field that is written from left to right.
func latin(f view.SettingField) view.SettingField {
	f.Latin = true
	return f
}

// readDepositFor reads what a deposit is for, and false when something of it
// cannot be read.
func readDepositFor(t *typed) (cmd desk.TakeDeposit, ok bool) {
	cmd = desk.TakeDeposit{Purpose: t.text("purpose"), Service: clinic.ServiceID(t.id("service")), Provider: clinic.ProviderID(t.id("provider"))}
	cmd.Planned = t.visit()
	cmd.Expires = t.day("expires")
	return cmd, len(t.problems) == 0
}

// day reads a day; what is none is a problem of the field.
func (t *typed) day(name string) jalali.Day {
	if strings.TrimSpace(t.text(name)) == "" {
		return ""
	}
	d, err := jalali.Parse(t.text(name), t.v.l.Today)
	if e, ok := fault.As(err); ok {
		t.problem(name, sentence(t.v, e))
		return ""
	}
	return d
}

// visit reads the day and the time of a planned visit; without a time it is the
// end of the day.
func (t *typed) visit() time.Time {
	d := t.day("planned")
	if d == "" {
		return time.Time{}
	}
	from, until := d.Bounds(t.v.clinic.Zone)
	text := strings.TrimSpace(farsi.Digits(t.text("planned_clock")))
	if text == "" {
		return until.Add(-time.Minute)
	}
	if !strings.Contains(text, ":") {
		text += ":00"
	}
	clock, err := time.Parse("15:04", text)
	if err != nil {
		t.problem("planned_clock", t.v.l.T("deposit.clock"))
		return time.Time{}
	}
	return from.Add(time.Duration(clock.Hour())*time.Hour + time.Duration(clock.Minute())*time.Minute)
}

// atAmount leads the faults of a line of money to the field of the amount.
func atAmount(err error) error {
	e, ok := fault.As(err)
	if !ok {
		return err
	}
	if name, _, found := strings.Cut(e.Field, "-"); found {
		if name == "tracking" {
			name = "tracking_number"
		}
		return e.At(name)
	}
	return e
}

// partOf is the amount of a form, nil when the field is empty: then it is as
// much as makes sense.
func (t *typed) partOf(name string) *money.Amount {
	if strings.TrimSpace(t.text(name)) == "" {
		return nil
	}
	a := t.amount(name)
	return &a
}

// useSheet pays an admission with a deposit.
func (s *server) useSheet(v visit) (m moneySheet, err error) {
	patient, err := patientOf(v)
	if err != nil {
		return m, err
	}
	tab, err := s.Desk.Deposits(v.r.Context(), v.actor, patient, desk.View{})
	if err != nil {
		return m, err
	}
	var deposits, admissions []view.Choice
	for i := len(tab.Rows) - 1; i >= 0; i-- { // the oldest first
		if r := tab.Rows[i]; r.Remaining > 0 {
			text := v.l.T("deposit.choice", "number", v.l.Document(r.Number.String()), "amount", v.l.Amount(r.Remaining), "for", depositPurpose(v, r))
			deposits = append(deposits, view.Choice{Value: id(r.ID), Text: strings.TrimSpace(text)})
		}
	}
	for _, d := range tab.Open {
		text := v.l.T("deposit.choice", "number", v.l.Document(d.Admission.Number.String()), "amount", v.l.Amount(d.Left()), "for", enumerated(v, d.Titles))
		admissions = append(admissions, view.Choice{Value: id(d.Admission.ID), Text: strings.TrimSpace(text)})
	}
	if len(deposits) == 0 {
		deposits = []view.Choice{{Text: v.l.T("deposit.none.held")}}
	}
	if len(admissions) == 0 {
		admissions = []view.Choice{{Text: v.l.T("deposit.none.due")}}
	}
	first := v.r.URL.Query().Get("deposit")
	if first == "" {
		first = deposits[0].Value
	}
	paid := v.r.URL.Query().Get("admission")
	if paid == "" {
		paid = admissions[0].Value
	}
	m = moneySheet{name: "deposit_use", patient: patient, tab: depositTab, values: map[string]string{"deposit": first, "admission": paid}}
	m.fields = func(t *typed) []view.SettingField {
		amount := sheetField(t, "amount", view.AmountField)
		amount.Hint = v.l.T("deposit.use.hint")
		return []view.SettingField{choiceField(t, "deposit", deposits...), choiceField(t, "admission", admissions...), amount}
	}
	m.do = func(t *typed, r desk.Request, seen *int64) (done sheetDone, err error) {
		answer, err := s.Desk.ApplyDeposit(v.r.Context(), v.actor, desk.ApplyDeposit{Admission: clinic.AdmissionID(t.id("admission")),
			OnDeposit: desk.OnDeposit{Deposit: clinic.DepositID(t.id("deposit")), Amount: t.partOf("amount"), Seen: seen, Request: r}})
		if e, ok := fault.As(err); ok {
			if e.Field == "admission_id" {
				return done, e.At("admission")
			}
			if e.Code == "deposit.none" || e.Code == "deposit.empty" {
				return done, e.At("deposit")
			}
		}
		if err == nil {
			done.notes = []string{v.l.T("deposit.use.left", "number", v.l.Document(answer.Deposit.Number.String()),
				"left", v.l.Amount(answer.Deposit.Remaining), "unit", v.l.Unit())}
		}
		done.Effect, done.number = answer.Effect, answer.Deposit.Number.String()
		return done, err
	}
	return m, nil
}
