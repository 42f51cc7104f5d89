package web

import (
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/web/view"
)

// bookMethods are how the deposit of an appointment comes when it is booked.
var bookMethods = []clinic.Method{clinic.POS, clinic.Cash, clinic.CardToCard}

// bookSheet books a time, or a series of them, for the patient of the path.
func (s *server) bookSheet(v visit) (m moneySheet, err error) {
	patient, err := patientOf(v)
	if err != nil {
		return m, err
	}
	offer, err := s.Desk.BookingOffer(v.r.Context(), v.actor, patient)
	if err != nil {
		return m, err
	}
	query := v.r.URL.Query()
	m = moneySheet{name: "appointment", patient: patient, tab: appointmentTab, values: map[string]string{"service": query.Get("service"),
		"channel": string(clinic.InPerson), "wait": query.Get("wait"), "activity": query.Get("activity"), "lead": query.Get("lead")}}
	if len(offer.Providers) == 1 {
		m.values["provider"] = id(offer.Providers[0].ID)
	}
	m.arrive = func(t *typed) {
		arriveAt(t)
		if !query.Has("request") {
			chooseDeposits(t, offer)
			return
		}
		for _, d := range offer.Deposits { // a box that was cleared says nothing
			t.values[useField(d)] = query.Get(useField(d))
		}
	}
	m.fields = func(t *typed) []view.SettingField { return s.bookFields(t, patient, offer) }
	m.do = func(t *typed, r desk.Request, seen *int64) (sheetDone, error) {
		cmd, ok := readBook(t, offer)
		cmd.Patient, cmd.Request = patient, r
		if cmd.Deposit != nil && cmd.Deposit.Lines != nil {
			cmd.Seen = seen
		}
		sessions, every := t.number("sessions"), t.number("every")
		if !ok || len(t.problems) > 0 {
			return sheetDone{}, nil
		}
		if sessions > 1 {
			answer, err := s.Desk.BookSeries(v.r.Context(), v.actor, desk.BookSeries{Book: cmd, Sessions: sessions, Every: every})
			return bookedSeries(t, offer, answer, err)
		}
		answer, err := s.Desk.Book(v.r.Context(), v.actor, cmd)
		return booked(t, offer, answer, err)
	}
	return m, nil
}

// bookFields are the fields of the sheet that books.
func (s *server) bookFields(t *typed, patient clinic.PatientID, offer desk.BookingOffer) []view.SettingField {
	l, free := t.v.l, "/patients/"+id(patient)+"/appointments/free"
	services := []view.Choice{{Text: l.T("word.none")}}
	for _, p := range offer.Services {
		services = append(services, view.Choice{Value: id(p.ID), Text: p.Name})
	}
	var channels []view.Choice
	for _, c := range clinic.Channels[:2] { // the third books by itself
		channels = append(channels, view.Choice{Value: string(c), Text: l.T("appointment.channel." + string(c))})
	}
	fields := append([]view.SettingField{choiceField(t, "service", services...)}, s.timeFields(t, offer, free)...)
	fields = append(fields, minutesField(t), choiceField(t, "channel", channels...), sheetField(t, "note", ""))
	fields = append(fields, overbookField(t)...)
	sessions, every := latin(sheetField(t, "sessions", "")), latin(sheetField(t, "every", ""))
	sessions.Mode, every.Mode, sessions.Hint = "numeric", "numeric", l.T("field.sessions.hint")
	fields = append(fields, sessions, every)
	if t.v.actor.Can(clinic.WriteDeposits) && !l.NoMoney {
		group := s.depositGroup(t, patient, offer)
		group.Source, group.When = free+"?part=deposit", "change from:#service"
		fields = append(fields, group)
	}
	for _, name := range []string{"wait", "activity", "lead"} { // what it comes of
		if t.text(name) != "" {
			fields = append(fields, sheetField(t, name, view.HiddenField))
		}
	}
	return fields
}

// minutesField is how long it takes; nothing is as long as the service.
func minutesField(t *typed) view.SettingField {
	f := latin(sheetField(t, "minutes", ""))
	f.Mode, f.Hint = "numeric", t.v.l.T("field.minutes.hint")
	return f
}

// overbookField lets who may book beyond the capacity; nothing for others.
func overbookField(t *typed) []view.SettingField {
	if !t.v.actor.Can(clinic.OverbookAppointments) {
		return nil
	}
	f := sheetField(t, "overbook", view.SwitchField)
	f.Hint = t.v.l.T("field.overbook.hint")
	return []view.SettingField{f}
}

// useField is the field that lets a deposit be for the appointment.
func useField(d desk.WaitingDeposit) string { return "use-" + id(d.ID) }

// chooseDeposits chooses what the deposits of an appointment most likely are:
// those that lost their visit or are for the same service, else what the
// service asks for.
func chooseDeposits(t *typed, offer desk.BookingOffer) {
	has := false
	for _, d := range offer.Deposits {
		t.values[useField(d)] = ""
		if d.Freed || d.Service != 0 && int64(d.Service) == t.id("service") {
			t.values[useField(d)], has = "on", true
		}
	}
	if need := required(offer.Catalogue, t); need > 0 && !has && t.v.actor.Can(clinic.WriteDeposits) {
		t.values["amount"], t.values["method"] = amountText(t.v, need), askOnly
	}
}

// depositGroup are the fields of the deposit that comes with an appointment.
func (s *server) depositGroup(t *typed, patient clinic.PatientID, offer desk.BookingOffer) view.SettingField {
	l := t.v.l
	group := view.SettingField{Kind: view.GroupField, Input: view.Input{Name: "deposit-fields", Wide: true}}
	for _, d := range offer.Deposits {
		use := sheetField(t, useField(d), view.SwitchField)
		held := d.Remaining
		if held == 0 {
			held = d.Amount
		}
		use.Label = l.T("appointment.use", "number", l.Document(d.Number.String()), "amount", l.Amount(held), "unit", l.Unit())
		use.Hint = depositPurpose(t.v, desk.DepositShown{HeldDeposit: d.HeldDeposit})
		group.Group = append(group.Group, use)
	}
	method := choiceField(t, "method", view.Choice{Text: l.T("appointment.deposit.none")}, view.Choice{Value: askOnly, Text: l.T("deposit.method.requested")})
	method.Label = l.T("field.deposit")
	if t.v.actor.Can(clinic.ReceiveMoney) {
		for _, one := range bookMethods {
			method.Choices = append(method.Choices, view.Choice{Value: string(one), Text: l.T("appointment.deposit.now", "method", l.T("method."+string(one)))})
		}
	}
	amount := sheetField(t, "amount", view.AmountField)
	if need := required(offer.Catalogue, t); need > 0 {
		amount.Hint = l.T("deposit.required", "amount", l.Amount(need), "unit", l.Unit())
	}
	group.Group = append(group.Group, method, amount, latin(sheetField(t, "tracking_number", "")))
	return group
}

// readBook reads the form, and false when something of it cannot be read.
func readBook(t *typed, offer desk.BookingOffer) (cmd desk.Book, ok bool) {
	cmd = desk.Book{Provider: clinic.ProviderID(t.id("provider")), Service: clinic.ServiceID(t.id("service")), Starts: t.instant(), Minutes: t.number("minutes"),
		Channel: clinic.Channel(t.text("channel")), Note: t.text("note"), Overbook: t.on("overbook"), Wait: clinic.WaitID(t.id("wait")),
		Activity: clinic.ActivityID(t.id("activity")), Lead: clinic.LeadID(t.id("lead"))}
	if cmd.Provider == 0 {
		t.problem("provider", t.v.l.T("appointment.provider"))
	}
	for _, d := range offer.Deposits {
		if t.on(useField(d)) {
			cmd.Use = append(cmd.Use, d.ID)
		}
	}
	method := t.text("method")
	amount := t.amount("amount")
	if method == "" {
		return cmd, len(t.problems) == 0
	}
	if amount == 0 && strings.TrimSpace(t.text("amount")) == "" {
		amount = required(offer.Catalogue, t)
	}
	cmd.Deposit = &desk.BookDeposit{Amount: amount}
	if method != askOnly {
		cmd.Deposit.Lines = []clinic.MoneyLine{{Method: clinic.Method(method), Amount: amount, TrackingNumber: t.text("tracking_number")}}
	}
	return cmd, len(t.problems) == 0
}

// booked is the answer to a booking as its sheet says it.
func booked(t *typed, offer desk.BookingOffer, answer desk.Booked, err error) (sheetDone, error) {
	if err != nil {
		return timeFault(t, atAmount(err))
	}
	v, a := t.v, answer.Appointment
	done := sheetDone{Effect: answer.Effect, quiet: answer.Before.Version == answer.After.Version,
		title: v.l.T("sheet.appointment.at", "when", momentText(v, a.Starts)), notes: []string{appointmentText(v, a, providerName(offer, a.Provider))}}
	if a.Overbooked {
		done.warnings = append(done.warnings, v.l.T("appointment.over_capacity"))
	}
	for _, d := range answer.Deposits {
		amount, key := d.Remaining, "appointment.with.held"
		if d.Status() == clinic.DepositRequested {
			amount, key = d.Amount, "appointment.with.asked"
		}
		if amount > 0 && !v.l.NoMoney {
			done.notes = append(done.notes, v.l.T(key, "amount", v.l.Amount(amount), "unit", v.l.Unit()))
		}
	}
	return done, nil
}

// bookedSeries is the answer to the booking of a series.
func bookedSeries(t *typed, offer desk.BookingOffer, answer desk.SeriesBooked, err error) (sheetDone, error) {
	done, err := booked(t, offer, answer.Booked, err)
	if err != nil {
		return done, err
	}
	v := t.v
	done.title = v.l.T("sheet.appointment.series", "n", len(answer.Sessions), "when", momentText(v, answer.Appointment.Starts))
	for i, session := range answer.Sessions[1:] {
		text := v.l.T("appointment.session", "n", i+2, "when", momentText(v, session.Appointment.Starts))
		if !session.Appointment.Starts.Equal(session.Wanted) {
			text = v.l.T("appointment.session.near", "n", i+2, "when", momentText(v, session.Appointment.Starts), "wanted", momentText(v, session.Wanted))
		}
		done.notes = append(done.notes, text)
	}
	return done, nil
}

// appointmentText says when an appointment is, and with whom.
func appointmentText(v visit, a clinic.Appointment, provider string) string {
	return v.l.T("appointment.text", "when", momentText(v, a.Starts), "until", v.l.Clock(a.Ends), "provider", provider)
}

func providerName(offer desk.BookingOffer, p clinic.ProviderID) string {
	for _, one := range offer.Providers {
		if one.ID == p {
			return one.Name
		}
	}
	return ""
}
