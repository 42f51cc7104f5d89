package web

import (
	"context"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/money"
	"daftar/internal/web/view"
)

// oneAppointment is the sheet of a command on the appointment that the path
// names.
func (s *server) oneAppointment(v visit, name string) (desk.AppointmentItem, moneySheet, error) {
	i, err := s.appointmentOf(v)
	m := moneySheet{name: name, patient: i.Person.ID, tab: appointmentTab, free: true, values: map[string]string{"version": id(i.Version)}}
	if err == nil {
		m.about = appointmentText(v, i.Appointment, i.ProviderName)
		if i.ServiceName != "" {
			m.about += " · " + i.ServiceName
		}
	}
	return i, m, err
}

// onAppointment is what a command on the appointment says. A form that does not
// say which version it saw is not checked.
func onAppointment(i desk.AppointmentItem, t *typed, r desk.Request) desk.OnAppointment {
	on := desk.OnAppointment{Appointment: i.ID, Request: r}
	if version := t.version(); version != 0 {
		on.Version = &version
	}
	return on
}

// changedAppointment is the answer to a command on an appointment as its sheet
// says it; key is the text of its toast.
func (s *server) changedAppointment(t *typed, key string, answer desk.Booked, err error) (sheetDone, error) {
	if err != nil {
		return timeFault(t, err)
	}
	v, was := t.v, answer.Was
	done := sheetDone{Effect: answer.Effect, quiet: answer.Before.Version == answer.After.Version,
		title: v.l.T(key, "when", momentText(v, answer.Appointment.Starts))}
	if len(answer.Suits) == 0 {
		return done, nil
	}
	suits := view.WaitSuits{L: v.l, When: momentText(v, was.Starts)}
	for _, w := range answer.Suits {
		suits.Rows = append(suits.Rows, suitRow(v, was, w))
	}
	done.above = view.SuitsView(suits)
	done.notes = append(done.notes, v.l.T("appointment.suits.count", "n", len(answer.Suits)))
	return done, nil
}

// suitRow is somebody of the waitlist who could have the time of an
// appointment, with the way to book it for them.
func suitRow(v visit, was clinic.Appointment, w desk.WaitShown) view.WaitRow {
	service := w.Service
	if service == 0 {
		service = was.Service
	}
	return view.WaitRow{ID: id(w.ID), Name: w.PatientName, Text: waitText(v, w), Book: address(bookPath(w.Patient), "wait", id(w.ID), "provider", id(was.Provider),
		"service", optional(service), "starts", was.Starts.UTC().Format(rfcTime), "tab", appointmentTab)}
}

// rfcTime is how an address writes an instant.
const rfcTime = "2006-01-02T15:04:05Z07:00"

// rescheduleSheet moves an appointment.
func (s *server) rescheduleSheet(v visit) (moneySheet, error) {
	i, m, err := s.oneAppointment(v, "reschedule")
	if err != nil {
		return m, err
	}
	offer, err := s.Desk.BookingOffer(v.r.Context(), v.actor, i.Person.ID)
	if err != nil {
		return m, err
	}
	m.values["provider"], m.values["service"], m.values["minutes"] = id(i.Provider), optional(i.Service), v.l.Number(i.Minutes())
	(&typed{v: v, values: m.values}).takeTime(i.Starts)
	m.arrive = arriveAt
	m.fields = func(t *typed) []view.SettingField {
		free := "/patients/" + id(i.Person.ID) + "/appointments/free"
		fields := append(s.timeFields(t, offer, free), minutesField(t), sheetField(t, "reason", ""))
		return append(append(fields, overbookField(t)...), sheetField(t, "service", view.HiddenField), sheetField(t, "version", view.HiddenField))
	}
	m.do = func(t *typed, r desk.Request, _ *int64) (sheetDone, error) {
		cmd := desk.Reschedule{OnAppointment: onAppointment(i, t, r), Provider: clinic.ProviderID(t.id("provider")), Starts: t.instant(),
			Minutes: t.number("minutes"), Reason: t.text("reason"), Overbook: t.on("overbook")}
		if len(t.problems) > 0 {
			return sheetDone{}, nil
		}
		answer, err := s.Desk.Reschedule(v.r.Context(), v.actor, cmd)
		done, err := s.changedAppointment(t, "sheet.reschedule.at", answer, err)
		if err == nil {
			done.notes = append([]string{v.l.T("appointment.from_to", "from", momentText(v, answer.Was.Starts), "to", momentText(v, answer.Appointment.Starts)),
				providerName(offer, answer.Appointment.Provider)}, done.notes...)
		}
		return done, err
	}
	return m, nil
}

// stepSheet is the sheet of a command that only moves an appointment to another
// state: nothing is asked.
func (s *server) stepSheet(name string, do func(context.Context, clinic.Actor, desk.OnAppointment) (desk.Booked, error)) func(v visit) (moneySheet, error) {
	return func(v visit) (moneySheet, error) {
		i, m, err := s.oneAppointment(v, "appointment_"+name)
		m.danger = name == "in_error"
		m.fields = func(t *typed) []view.SettingField {
			return []view.SettingField{sheetField(t, "version", view.HiddenField)}
		}
		m.do = func(t *typed, r desk.Request, _ *int64) (sheetDone, error) {
			answer, err := do(v.r.Context(), v.actor, onAppointment(i, t, r))
			return s.changedAppointment(t, "sheet.appointment_"+name+".at", answer, err)
		}
		return m, err
	}
}

// keepField is how much of a deposit is kept, forfeitField whether that is
// confirmed.
func keepField(d clinic.DepositID) string    { return "keep-" + id(d) }
func forfeitField(d clinic.DepositID) string { return "forfeit-" + id(d) }

// forfeitFields let who may confirm what is kept of the deposits of a visit
// that does not happen; nothing for others.
func forfeitFields(t *typed, deposits []clinic.Deposit) (fields []view.SettingField) {
	if !t.v.actor.Can(clinic.ForfeitDeposits) || t.v.l.NoMoney {
		return nil
	}
	for _, d := range deposits {
		if d.Remaining == 0 {
			continue
		}
		confirm, keep := sheetField(t, forfeitField(d.ID), view.SwitchField), sheetField(t, keepField(d.ID), view.AmountField)
		confirm.Label = t.v.l.T("appointment.forfeit", "number", t.v.l.Document(d.Number.String()))
		keep.Label = t.v.l.T("appointment.keep", "unit", t.v.l.Unit())
		keep.Hint = t.v.l.T("appointment.keep.hint", "left", t.v.l.Amount(d.Remaining), "unit", t.v.l.Unit())
		fields = append(fields, confirm, keep)
	}
	return fields
}

// readForfeits reads what is confirmed; an amount that is not said is what the
// tiers propose.
func readForfeits(t *typed, deposits []clinic.Deposit, proposed map[clinic.DepositID]money.Amount) (all []desk.Forfeit) {
	for _, d := range deposits {
		if !t.on(forfeitField(d.ID)) {
			continue
		}
		f := desk.Forfeit{Deposit: d.ID, Amount: t.amount(keepField(d.ID))}
		if strings.TrimSpace(t.text(keepField(d.ID))) == "" {
			f.Amount = proposed[d.ID]
		}
		all = append(all, f)
	}
	return all
}

// whatIsKept says of each deposit what the tiers keep of it and what goes back,
// and who confirms it.
func whatIsKept(v visit, answer desk.Booked, confirmed []desk.Forfeit) (notes []string) {
	if v.l.NoMoney {
		return nil
	}
	waits := false
	for _, d := range answer.Deposits {
		if d.Remaining == 0 {
			continue
		}
		keep := d.ProposeForfeit(v.clinic, answer.Appointment.Ended)
		waits = waits || keep > 0
		notes = append(notes, v.l.T("appointment.kept", "number", v.l.Document(d.Number.String()), "keep", view.Zero(v.l, keep),
			"back", view.Zero(v.l, d.Remaining-keep), "unit", v.l.Unit()))
	}
	if waits && len(confirmed) == 0 {
		notes = append(notes, v.l.T("appointment.kept.later"))
	}
	return notes
}

// undone is a sheet of a visit that does not happen. do carries out the command
// with what is confirmed of the deposits.
func (s *server) undone(m *moneySheet, v visit, i desk.AppointmentItem, first desk.Booked, fields func(t *typed) []view.SettingField,
	do func(t *typed, on desk.OnAppointment, f []desk.Forfeit) (desk.Booked, error)) {
	proposed := map[clinic.DepositID]money.Amount{}
	for _, d := range first.Deposits {
		proposed[d.ID] = d.ProposeForfeit(v.clinic, first.Appointment.Ended)
		m.values[keepField(d.ID)] = amountText(v, proposed[d.ID])
	}
	m.fields = func(t *typed) []view.SettingField {
		return append(append(fields(t), forfeitFields(t, first.Deposits)...), sheetField(t, "version", view.HiddenField))
	}
	m.do = func(t *typed, r desk.Request, _ *int64) (sheetDone, error) {
		forfeits := readForfeits(t, first.Deposits, proposed)
		if len(t.problems) > 0 {
			return sheetDone{}, nil
		}
		answer, err := do(t, onAppointment(i, t, r), forfeits)
		done, err := s.changedAppointment(t, "sheet."+m.name+".at", answer, err)
		if err == nil {
			done.notes = append(whatIsKept(v, answer, forfeits), done.notes...)
		}
		return done, err
	}
	m.danger = true
}

// cancelAppointmentSheet cancels an appointment for a reason.
func (s *server) cancelAppointmentSheet(v visit) (moneySheet, error) {
	i, m, err := s.oneAppointment(v, "cancel_appointment")
	if err != nil {
		return m, err
	}
	offer, err := s.Desk.BookingOffer(v.r.Context(), v.actor, i.Person.ID)
	if err != nil {
		return m, err
	}
	reasons := []view.Choice{{Text: v.l.T("appointment.reason.other")}}
	for _, r := range offer.Reasons {
		reasons = append(reasons, view.Choice{Value: itemName(v, r), Text: itemName(v, r)})
	}
	fields := func(t *typed) []view.SettingField {
		text := sheetField(t, "reason_text", "")
		text.Hint = v.l.T("field.reason_text.hint")
		return []view.SettingField{choiceField(t, "by", view.Choice{Value: "patient", Text: v.l.T("appointment.by.patient")},
			view.Choice{Value: "clinic", Text: v.l.T("appointment.by.clinic")}), choiceField(t, "reason", reasons...), text}
	}
	do := func(t *typed, on desk.OnAppointment, f []desk.Forfeit) (desk.Booked, error) {
		reason := joined(v, strings.TrimSpace(t.text("reason")), strings.TrimSpace(t.text("reason_text")))
		if reason == "" && on.Request.DryRun {
			reason = "…" // what is kept does not depend on why
		}
		return s.Desk.CancelAppointment(v.r.Context(), v.actor, desk.CancelAppointment{OnAppointment: on, ByClinic: t.text("by") == "clinic", Reason: reason, Forfeits: f})
	}
	dry := desk.OnAppointment{Appointment: i.ID, Request: desk.Request{DryRun: true}}
	first, err := s.Desk.CancelAppointment(v.r.Context(), v.actor, desk.CancelAppointment{OnAppointment: dry, Reason: v.l.T("sheet.cancel_appointment.title")})
	s.undone(&m, v, i, first, fields, do)
	return m.impossible(v, err)
}

// missSheet marks an appointment as missed.
func (s *server) missSheet(v visit) (moneySheet, error) {
	i, m, err := s.oneAppointment(v, "no_show")
	if err != nil {
		return m, err
	}
	dry := desk.OnAppointment{Appointment: i.ID, Request: desk.Request{DryRun: true}}
	first, err := s.Desk.MissAppointment(v.r.Context(), v.actor, desk.MissAppointment{OnAppointment: dry})
	s.undone(&m, v, i, first, func(*typed) []view.SettingField { return nil },
		func(_ *typed, on desk.OnAppointment, f []desk.Forfeit) (desk.Booked, error) {
			return s.Desk.MissAppointment(v.r.Context(), v.actor, desk.MissAppointment{OnAppointment: on, Forfeits: f})
		})
	return m.impossible(v, err)
}

// impossible is the sheet, which says why there is nothing to do when that is
// refused whatever is said.
func (m moneySheet) impossible(v visit, err error) (moneySheet, error) {
	if e, ok := fault.As(err); ok && e.Kind == fault.Refused {
		m.none = sentence(v, e)
		return m, nil
	}
	return m, err
}
