package web

import (
	"slices"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/web/view"
)

// GET and POST /leads/new: of somebody whom the register may not know.
func (s *server) newLeadSheet(v visit) (moneySheet, error) {
	return s.addLeadSheet(v, moneySheet{name: "lead", back: leadsPath}, 0)
}

// GET and POST /patients/{patient}/leads/new: of a patient, for a service.
func (s *server) patientLeadSheet(v visit) (moneySheet, error) {
	patient, err := patientOf(v)
	if err != nil {
		return moneySheet{}, err
	}
	if _, err := s.Desk.Patient(v.r.Context(), v.actor, patient); err != nil {
		return moneySheet{}, err
	}
	m := moneySheet{name: "lead", patient: patient, tab: "summary"}
	if v.actor.Can(clinic.ReadActivities) {
		m.tab = crmTab
	}
	return s.addLeadSheet(v, m, patient)
}

// addLeadSheet records a lead; of a patient the name and the mobile are the
// file's.
func (s *server) addLeadSheet(v visit, m moneySheet, patient clinic.PatientID) (moneySheet, error) {
	offer, err := s.leadOffer(v)
	if err != nil {
		return m, err
	}
	m.free, m.values = true, map[string]string{"owner_id": ""}
	if slices.ContainsFunc(offer.Owners, func(n desk.Named) bool { return n.ID == int64(v.actor.Staff) }) {
		m.values["owner_id"] = id(v.actor.Staff)
	}
	for _, name := range []string{"name", "mobile"} { // that somebody was looked for by
		m.values[name] = v.r.URL.Query().Get(name)
	}
	m.fields = func(t *typed) []view.SettingField { return s.leadForm(t, offer, patient != 0, "") }
	m.do = func(t *typed, r desk.Request, _ *int64) (sheetDone, error) {
		l := clinic.Lead{Patient: patient, Name: unsaid(t, r, "name"), Mobile: t.text("mobile"), Service: clinic.ServiceID(t.chosen("service_id")),
			Source: t.text("acquisition_source"), Introducer: clinic.PatientID(t.chosen("introducer_id")), ReferrerID: clinic.ReferrerID(t.chosen("referrer_id")),
			Note: t.text("note"), Owner: t.chosen("owner_id")}
		if r.DryRun && l.Mobile == "" {
			l.Mobile = unsaidMobile // a form that is not filled in yet is not told what it lacks
		}
		added, err := s.Desk.RecordLead(v.r.Context(), v.actor, desk.RecordLead{Lead: l, Request: r})
		return sheetDone{quiet: true, next: leadPath(added.ID)}, err
	}
	return m, nil
}

// unsaidMobile stands for a number while a form is only tried.
const unsaidMobile = "09120000000"

// sheetOffer is what the forms of leads offer, with the sources.
type sheetOffer struct {
	desk.LeadOffer
	sources []view.Choice
}

func (s *server) leadOffer(v visit) (o sheetOffer, err error) {
	if o.LeadOffer, err = s.Desk.LeadOffer(v.r.Context(), v.actor); err != nil {
		return o, err
	}
	o.sources, err = s.choices(v, clinic.AcquisitionSources, "")
	return o, err
}

// leadForm are the fields of a lead; source is the one that is written, offered
// or not.
func (s *server) leadForm(t *typed, o sheetOffer, patient bool, source string) (fields []view.SettingField) {
	none := view.Choice{Text: t.v.l.T("word.none")}
	if !patient {
		name, mobile := sheetField(t, "name", ""), latin(sheetField(t, "mobile", ""))
		name.Label, mobile.Label = t.v.l.T("lead.name"), t.v.l.T("lead.mobile")
		name.Required, name.Focus, mobile.Required, mobile.Mode = true, true, true, "tel"
		fields = append(fields, name, mobile)
	}
	sources := append([]view.Choice{none}, o.sources...)
	if source != "" && !slices.ContainsFunc(sources, func(c view.Choice) bool { return c.Value == source }) {
		sources = append(sources, view.Choice{Value: source, Text: source})
	}
	choose := func(name, label string, choices []view.Choice) view.SettingField {
		f := choiceField(t, name, choices...)
		f.Label = t.v.l.T(label)
		return f
	}
	noneOf := func(all []desk.Named) []view.Choice { return append([]view.Choice{none}, named(t.v, all)[1:]...) }
	owners := noneOf(o.Owners)
	owners[0].Text = t.v.l.T("activity.owner.nobody")
	return append(fields, choose("service_id", "lead.service", noneOf(o.Services)), choose("acquisition_source", "lead.source", sources),
		choose("introducer_id", "lead.introducer", append([]view.Choice{none}, marketerChoices(o.LeadOffer)...)), choose("referrer_id", "lead.referrer", noneOf(o.Referrers)),
		choose("owner_id", "lead.owner", owners), sheetField(t, "note", view.LinesField))
}

// leadSheetOf is the sheet of a command about the lead that the path names.
func (s *server) leadSheetOf(v visit, name string) (m moneySheet, l desk.LeadFile, err error) {
	if l, err = s.leadOf(v); err != nil {
		return m, l, err
	}
	return moneySheet{name: name, about: l.Name, back: leadPath(l.ID), free: true, values: map[string]string{"version": id(l.Version)}}, l, nil
}

// seenLead is what a form says of the lead that it is about. A form that is only
// tried is not asked what it has seen.
func seenLead(t *typed, r desk.Request, l desk.LeadFile) desk.OnLead {
	on := desk.OnLead{Lead: l.ID, Request: r}
	if !r.DryRun {
		on.Seen = t.version()
	}
	return on
}

// GET and POST /leads/{lead}/edit
func (s *server) editLeadSheet(v visit) (moneySheet, error) {
	m, l, err := s.leadSheetOf(v, "lead_edit")
	if err != nil {
		return m, err
	}
	offer, err := s.leadOffer(v)
	if err != nil {
		return m, err
	}
	keep := func(all []desk.Named, one int64, name string) []desk.Named { // who could once
		if one == 0 || slices.ContainsFunc(all, func(n desk.Named) bool { return n.ID == one }) {
			return all
		}
		return append(all, desk.Named{ID: one, Name: name})
	}
	offer.Owners, offer.Services = keep(offer.Owners, int64(l.Owner), l.OwnerName), keep(offer.Services, int64(l.Service), l.ServiceName)
	if l.Introducer != 0 && !slices.ContainsFunc(offer.Marketers, func(p clinic.Patient) bool { return p.ID == l.Introducer }) {
		offer.Marketers = append(offer.Marketers, clinic.Patient{ID: l.Introducer, LastName: l.IntroducerName})
	}
	for name, value := range map[string]string{"name": l.Name, "mobile": v.l.Digits(l.Mobile), "acquisition_source": l.Source, "note": l.Note,
		"service_id": someID(l.Service), "introducer_id": someID(l.Introducer), "referrer_id": someID(l.ReferrerID), "owner_id": someID(l.Owner)} {
		m.values[name] = value
	}
	m.fields = func(t *typed) []view.SettingField {
		return append(s.leadForm(t, offer, l.Patient != 0, l.Source), sheetField(t, "version", view.HiddenField))
	}
	m.do = func(t *typed, r desk.Request, _ *int64) (sheetDone, error) {
		cmd := desk.EditLead{OnLead: seenLead(t, r, l), Name: t.text("name"), Mobile: t.text("mobile"), Service: clinic.ServiceID(t.chosen("service_id")),
			Source: t.text("acquisition_source"), Introducer: clinic.PatientID(t.chosen("introducer_id")), ReferrerID: clinic.ReferrerID(t.chosen("referrer_id")),
			Note: t.text("note"), Owner: t.chosen("owner_id")}
		_, err := s.Desk.EditLead(v.r.Context(), v.actor, cmd)
		return sheetDone{quiet: true}, err
	}
	return m, nil
}

// someID writes an id as the choice that it is, "" for none.
func someID[T ~int64](n T) string {
	if n == 0 {
		return ""
	}
	return id(n)
}

// GET and POST /leads/{lead}/state?to=
func (s *server) moveLeadSheet(v visit) (moneySheet, error) {
	m, l, err := s.leadSheetOf(v, "lead_state")
	if err != nil {
		return m, err
	}
	var states []view.Choice
	for _, to := range l.Ways() {
		states = append(states, view.Choice{Value: string(to), Text: v.l.T("lead.state." + string(to))})
	}
	if m.values["state"] = v.r.URL.Query().Get("to"); len(states) == 0 {
		m.none = v.l.T("lead.no_ways", "state", v.l.T("lead.state."+string(l.Status)))
	} else if !slices.ContainsFunc(states, func(c view.Choice) bool { return c.Value == m.values["state"] }) {
		m.values["state"] = states[0].Value
	}
	m.fields = func(t *typed) []view.SettingField {
		state, reason := choiceField(t, "state", states...), sheetField(t, "reason", "")
		state.Label, reason.Hint, reason.Focus = v.l.T("lead.state"), v.l.T("lead.reason.hint"), true
		return []view.SettingField{state, reason, sheetField(t, "version", view.HiddenField)}
	}
	m.do = func(t *typed, r desk.Request, _ *int64) (sheetDone, error) {
		_, err := s.Desk.MoveLead(v.r.Context(), v.actor, desk.MoveLead{OnLead: seenLead(t, r, l), To: clinic.LeadStatus(t.text("state")), Reason: unsaid(t, r, "reason")})
		return sheetDone{quiet: true}, err
	}
	return m, nil
}

// GET and POST /leads/{lead}/activities/new: what was done about a lead, or is to
// be done, and what comes after it.
func (s *server) leadActivitySheet(v visit) (moneySheet, error) {
	m, l, err := s.leadSheetOf(v, "activity")
	if err != nil {
		return m, err
	}
	offer, err := s.activityOffer(v, l.Patient)
	if err != nil {
		return m, err
	}
	m.values = map[string]string{"kind": string(clinic.CallOut), "due": v.l.Day(v.l.Today), "owner_id": ownSelf(v, offer), "service_id": someID(l.Service),
		"subject": l.ServiceName, "done": "on", "next_owner_id": ownSelf(v, offer)}
	return s.activityForm(v, m, offer, clinic.Activity{Patient: l.Patient, Lead: l.ID}), nil
}
