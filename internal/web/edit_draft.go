package web

import (
	"strconv"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/jalali"
	"daftar/internal/web/view"
)

// newLines is how many services a draft may get more in one go.
const newLines = 3

// editSheet changes the services of a draft: quantities (0 removes one),
// percentages of discount, further services, and who bears a part.
func (s *server) editSheet(v visit) (moneySheet, error) {
	a, m, err := s.admissionSheet(v, "edit")
	if err != nil {
		return m, err
	}
	offer, err := s.Desk.Offer(v.r.Context(), v.actor, a.Patient)
	m.values = map[string]string{"base_insurer": optional(a.BaseInsurer), "supplementary_insurer": optional(a.SupplementaryInsurer),
		"version": id(a.Version)}
	for _, l := range a.LiveLines() {
		m.values["quantity-"+strconv.Itoa(l.Line)] = v.l.Digits(strconv.FormatInt(l.Quantity, 10))
	}
	m.fields = func(t *typed) []view.SettingField { return editFields(t, a, offer) }
	m.do = func(t *typed, r desk.Request, _ *int64) (sheetDone, error) {
		return revised(s.Desk.EditDraft(v.r.Context(), v.actor, editCommand(t, a, r)))
	}
	return m, err
}

// plain is a field with a label of its own.
func plain(t *typed, name, label string) view.SettingField {
	f := sheetField(t, name, "")
	f.Label, f.Mode, f.Latin, f.Wide = label, "numeric", true, false
	return f
}

func editFields(t *typed, a clinic.Admission, offer desk.Offer) (fields []view.SettingField) {
	for _, l := range a.LiveLines() {
		n := strconv.Itoa(l.Line)
		fields = append(fields, plain(t, "quantity-"+n, t.v.l.T("edit.quantity", "service", l.Title)))
		t.number("quantity-" + n)
	}
	services := []view.Choice{{Text: t.v.l.T("word.none")}}
	for _, o := range offer.Services {
		services = append(services, view.Choice{Value: id(o.ID), Text: o.Name})
	}
	for i := range newLines {
		f := choiceField(t, "service-"+strconv.Itoa(i), services...)
		f.Label = t.v.l.T("edit.service")
		fields = append(fields, f)
	}
	return append(fields, insurerFields(t, offer)...)
}

func editCommand(t *typed, a clinic.Admission, r desk.Request) desk.EditDraft {
	insurers := typedInsurers(t)
	cmd := desk.EditDraft{Admission: a.ID, Coverage: &insurers, Seen: a.Version, Request: r}
	for _, l := range a.LiveLines() {
		if n := t.number("quantity-" + strconv.Itoa(l.Line)); n > 0 {
			cmd.Lines = append(cmd.Lines, desk.EditedLine{Line: l.Line, Same: true, OrderedLine: desk.OrderedLine{Quantity: int64(n)}})
		}
	}
	for i := range newLines {
		if service := t.id("service-" + strconv.Itoa(i)); service != 0 {
			cmd.Lines = append(cmd.Lines, desk.EditedLine{OrderedLine: desk.OrderedLine{Service: clinic.ServiceID(service), Quantity: 1}})
		}
	}
	return cmd
}

// sessionSheet says of one session of a service that it took place, or plans
// it for another day. It begins with the next one.
func (s *server) sessionSheet(v visit) (moneySheet, error) {
	a, l, m, err := s.lineSheet(v, "session")
	if err != nil {
		return m, err
	}
	found, err := s.Desk.AdmissionSessions(v.r.Context(), v.actor, a.ID)
	if err != nil {
		return m, err
	}
	if clinic.Abandoned(found.Sessions[l.Line]) {
		return m, clinic.PackageAbandoned()
	}
	today := s.Desk.Today(v.clinic)
	var choices []view.Choice
	next := ""
	for _, n := range found.Sessions[l.Line] {
		day, status := n.Planned, n.Status
		if status == clinic.SessionDone {
			day = n.Done
		} else if next == "" && status == clinic.SessionPlanned {
			next = strconv.Itoa(n.Number)
		}
		choices = append(choices, view.Choice{Value: strconv.Itoa(n.Number),
			Text: v.l.T("session.choice", "n", v.l.Number(n.Number), "day", v.l.Day(day), "status", v.l.T("session."+string(status)))})
	}
	m.values = map[string]string{"session": next, "session_status": string(clinic.SessionDone), "day": v.l.Day(today)}
	m.fields = func(t *typed) []view.SettingField {
		return []view.SettingField{choiceField(t, "session", choices...),
			choiceField(t, "session_status", view.Choice{Value: "done", Text: v.l.T("session.done")}, view.Choice{Value: "planned", Text: v.l.T("session.planned")}),
			sheetField(t, "day", view.DateField)}
	}
	m.do = func(t *typed, r desk.Request, _ *int64) (sheetDone, error) {
		day, err := jalali.Parse(t.text("day"), today)
		if err != nil {
			return sheetDone{}, err
		}
		return revised(s.Desk.SetSession(v.r.Context(), v.actor, desk.SetSession{Admission: a.ID, Line: l.Line, Number: int(t.id("session")),
			Status: clinic.SessionStatus(t.text("session_status")), Day: day, Request: r}))
	}
	return m, err
}
