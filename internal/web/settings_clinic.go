package web

import (
	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/money"
	"daftar/internal/web/view"
)

// clinicValues is the clinic as its form shows it.
func clinicValues(v visit, c clinic.Clinic) *typed {
	return filled(v, "name", c.Name, "licence", c.Licence, "address", c.Address, "phone", c.Phone, "footer", c.Footer,
		"display", c.Display().Code, "club", onText(c.Club), "sms", onText(c.SMS),
		"hold_minutes", numberText(v, c.Appointments.HoldMinutes), "grace_minutes", numberText(v, c.Appointments.GraceMinutes),
		"no_shows_block", numberText(v, c.Appointments.NoShowsBlock), "clinic_online", onText(c.Appointments.Online))
}

// clinicPage is the form of the clinic with what was typed.
func (s *server) clinicPage(v visit, version int64, t *typed) view.SettingForm {
	field := func(name, kind, hint string) view.SettingField {
		f := input(v, t, name)
		f.Kind = kind
		if hint != "" {
			f.Hint = v.l.T("settings.field." + hint + ".hint")
		}
		return f
	}
	footer, club, sms := field("footer", view.LinesField, "footer"), field("club", view.SwitchField, "club"), field("sms", view.SwitchField, "sms")
	footer.Wide, club.Wide, sms.Wide = true, true, true
	currency := field("currency", view.FixedField, "currency")
	currency.Value = v.l.T("unit." + v.clinic.Currency.Code)
	display := field("display", view.ChoiceField, "display")
	units := []money.Currency{v.clinic.Currency}
	if v.clinic.Currency == money.IRR {
		units = append(units, money.IRT)
	}
	for _, u := range units {
		display.Choices = append(display.Choices, view.Choice{Value: u.Code, Text: v.l.T("unit." + u.Code)})
	}
	address := field("address", "", "")
	address.Wide = true
	title := v.l.T("settings.clinic")
	return view.SettingForm{Chrome: s.chrome(v, title), Title: title, Back: "/settings", Action: "/settings/clinic", Request: s.RequestKey(),
		Version: id(version), Problems: t.problems, Groups: []view.SettingFields{
			{Title: v.l.T("settings.clinic.receipt"), Fields: []view.SettingField{nameField(v, t), field("licence", "", ""), field("phone", "", ""), address, footer}},
			{Title: v.l.T("settings.clinic.money"), Fields: []view.SettingField{currency, display}},
			{Title: v.l.T("settings.clinic.parts"), Fields: []view.SettingField{club, sms}},
			{Title: v.l.T("settings.clinic.appointments"), Fields: []view.SettingField{switchOf(v, t, "clinic_online"), hinted(v, numeric(input(v, t, "hold_minutes"))),
				hinted(v, numeric(input(v, t, "grace_minutes"))), hinted(v, numeric(input(v, t, "no_shows_block")))}},
		}}
}

// GET /settings/clinic
func (s *server) clinicForm(v visit) error {
	p := s.clinicPage(v, v.clinic.Version, clinicValues(v, v.clinic))
	if v.r.URL.Query().Get("saved") != "" {
		p.Chrome.Toast = &view.Toast{Tone: "ok", Title: v.l.T("settings.saved", "name", v.clinic.Name)}
	}
	return s.show(v, view.SettingFormPage(p))
}

// POST /settings/clinic
func (s *server) saveClinic(v visit) error {
	t := readTyped(v)
	c := v.clinic
	c.Name, c.Licence, c.Address, c.Phone, c.Footer = t.text("name"), t.text("licence"), t.text("address"), t.text("phone"), t.text("footer")
	c.Toman, c.Club, c.SMS, c.Version = t.text("display") == money.IRT.Code, t.on("club"), t.on("sms"), t.version()
	c.Appointments = t.appointmentRules(c.Appointments)
	var err error
	if len(t.problems) == 0 {
		_, err = s.Desk.SaveClinic(v.r.Context(), v.actor, desk.Save[clinic.Clinic]{Row: c, Request: requestOf(v)})
	}
	if err == nil && len(t.problems) == 0 {
		return redirect(v, "/settings/clinic?saved=1")
	}
	code, stale, err := t.refused(v, err)
	if err != nil {
		return err
	}
	now, err := s.Desk.Clinic(v.r.Context(), v.clinic.ID)
	if err != nil {
		return err
	}
	version := t.version()
	if stale {
		version = now.Version
	}
	p := s.clinicPage(v, version, t)
	if p.Stale = stale; stale {
		tellNow(v, p.Groups, clinicValues(v, now))
	}
	s.write(v, code, view.SettingFormPage(p))
	return nil
}

// appointmentRules are those of the form; a form that does not show them keeps
// those that are stored.
func (t *typed) appointmentRules(stored clinic.AppointmentRules) clinic.AppointmentRules {
	if !t.has("hold_minutes") {
		return stored
	}
	r := clinic.AppointmentRules{HoldMinutes: t.number("hold_minutes"), GraceMinutes: t.number("grace_minutes"), NoShowsBlock: t.number("no_shows_block"),
		Online: t.on("clinic_online")}
	if r.HoldMinutes == 0 {
		r.HoldMinutes = clinic.DefaultAppointmentRules().HoldMinutes
	}
	return r
}
