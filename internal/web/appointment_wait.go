package web

import (
	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/web/view"
)

// waitSheet puts the patient of the path on the waitlist.
func (s *server) waitSheet(v visit) (m moneySheet, err error) {
	patient, err := patientOf(v)
	if err != nil {
		return m, err
	}
	offer, err := s.Desk.BookingOffer(v.r.Context(), v.actor, patient)
	if err != nil {
		return m, err
	}
	m = moneySheet{name: "wait", patient: patient, tab: appointmentTab, free: true, values: map[string]string{"first": v.l.Day(v.l.Today)}}
	m.fields = func(t *typed) []view.SettingField {
		services := []view.Choice{{Text: v.l.T("word.none")}}
		for _, p := range offer.Services {
			services = append(services, view.Choice{Value: id(p.ID), Text: p.Name})
		}
		var parts []view.Choice
		for _, p := range clinic.DayParts {
			parts = append(parts, view.Choice{Value: string(p), Text: v.l.T("wait.part." + string(p))})
		}
		return []view.SettingField{choiceField(t, "service", services...), providerField(t, offer), sheetField(t, "first", view.DateField),
			sheetField(t, "last", view.DateField), choiceField(t, "part", parts...), sheetField(t, "note", "")}
	}
	m.do = func(t *typed, r desk.Request, _ *int64) (sheetDone, error) {
		wait := clinic.Wait{Patient: patient, Provider: clinic.ProviderID(t.id("provider")), Service: clinic.ServiceID(t.id("service")), First: t.day("first"),
			Last: t.day("last"), Part: clinic.DayPart(t.text("part")), Note: t.text("note")}
		if len(t.problems) > 0 {
			return sheetDone{}, nil
		}
		_, err := s.Desk.JoinWaitlist(v.r.Context(), v.actor, desk.JoinWaitlist{Wait: wait, Request: r})
		return sheetDone{quiet: true}, err
	}
	return m, nil
}

// leaveSheet takes a line off the waitlist.
func (s *server) leaveSheet(v visit) (m moneySheet, err error) {
	n := number[clinic.WaitID](v.r.PathValue("wait"))
	if n == 0 {
		return m, fault.New(fault.NotFound, "waitlist.none", "there is no such line")
	}
	line, err := s.Desk.WaitLine(v.r.Context(), v.actor, n)
	if err != nil {
		return m, err
	}
	m = moneySheet{name: "wait_leave", patient: line.Patient, tab: appointmentTab, free: true, about: waitText(v, line), values: map[string]string{}}
	m.fields = func(*typed) []view.SettingField { return nil }
	m.do = func(_ *typed, r desk.Request, _ *int64) (sheetDone, error) {
		_, err := s.Desk.LeaveWaitlist(v.r.Context(), v.actor, desk.LeaveWaitlist{Wait: n, Request: r})
		return sheetDone{quiet: true}, err
	}
	return m, nil
}
