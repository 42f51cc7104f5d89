package web

import (
	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/web/view"
)

func providerRows(v visit, all desk.SettingRows) (rows []view.SettingRow) {
	for _, p := range all.Providers {
		rows = append(rows, view.SettingRow{ID: id(p.ID), Name: p.Name, Cells: []string{orNone(v, v.l.Digits(p.MedicalCouncilNumber))}, Off: p.Disabled})
	}
	return rows
}

func providerValues(v visit, all desk.SettingRows, row int64) (*typed, int64, bool) {
	p, found := find(all.Providers, func(p clinic.Provider) bool { return int64(p.ID) == row })
	if row == 0 {
		p.Booking = clinic.DefaultBookingRules()
	}
	b := p.Booking
	return filled(v, "name", p.Name, "medical_council_number", p.MedicalCouncilNumber, "active", onText(p.Offered()),
		"slot_minutes", numberText(v, b.SlotMinutes), "open_days", numberText(v, b.OpenDays), "notice_minutes", numberText(v, b.NoticeMinutes),
		"cancel_hours", numberText(v, b.CancelHours), "online", onText(b.Online), "biography", b.Biography), p.Version, found || row == 0
}

func providerGroups(v visit, _ desk.SettingRows, t *typed, isNew bool) []view.SettingFields {
	council := input(v, t, "medical_council_number")
	return []view.SettingFields{{Fields: withSwitch(v, t, isNew, nameField(v, t), numeric(council))},
		{Title: v.l.T("settings.provider.booking"), Fields: []view.SettingField{hinted(v, numeric(input(v, t, "slot_minutes"))), hinted(v, numeric(input(v, t, "open_days")))}},
		{Title: v.l.T("settings.provider.online"), Fields: []view.SettingField{switchOf(v, t, "online"), hinted(v, numeric(input(v, t, "notice_minutes"))),
			hinted(v, numeric(input(v, t, "cancel_hours"))), linesOf(v, t, "biography")}}}
}

// hinted gives a field the line under it.
func hinted(v visit, f view.SettingField) view.SettingField {
	f.Hint = v.l.T("settings.field." + f.Name + ".hint")
	return f
}

func switchOf(v visit, t *typed, name string) view.SettingField {
	f := hinted(v, input(v, t, name))
	f.Kind, f.Wide = view.SwitchField, true
	return f
}

func linesOf(v visit, t *typed, name string) view.SettingField {
	f := hinted(v, input(v, t, name))
	f.Kind, f.Wide = view.LinesField, true
	return f
}

// bookingOf are the booking rules of the form; a form that does not show them
// keeps those that are stored.
func (t *typed) bookingOf(stored clinic.BookingRules) clinic.BookingRules {
	if !t.has("slot_minutes") {
		return stored
	}
	b := clinic.BookingRules{SlotMinutes: t.number("slot_minutes"), OpenDays: t.number("open_days"), NoticeMinutes: t.number("notice_minutes"),
		CancelHours: t.number("cancel_hours"), Online: t.on("online"), Biography: t.text("biography")}
	if b.SlotMinutes == 0 {
		b.SlotMinutes = clinic.DefaultBookingRules().SlotMinutes
	}
	return b
}

func saveProvider(s *server, v visit, row int64, t *typed) (int64, error) {
	all, err := s.Desk.SettingRows(v.r.Context(), v.actor)
	if err != nil {
		return 0, err
	}
	p, _ := find(all.Providers, func(p clinic.Provider) bool { return int64(p.ID) == row })
	p.ID, p.Name, p.MedicalCouncilNumber, p.Standing = clinic.ProviderID(row), t.text("name"), t.text("medical_council_number"), t.standing()
	if p.Booking = t.bookingOf(p.Booking); len(t.problems) > 0 {
		return 0, nil
	}
	kept, err := s.Desk.SaveProvider(v.r.Context(), v.actor, desk.Save[clinic.Provider]{Row: p, Request: requestOf(v)})
	return int64(kept.ID), err
}
