package web

import (
	"strconv"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/web/view"
)

func serviceRows(v visit, all desk.SettingRows) (rows []view.SettingRow) {
	sections := map[clinic.SectionID]string{}
	for _, s := range all.Sections {
		sections[s.ID] = s.Name
	}
	for _, s := range all.Services {
		rows = append(rows, view.SettingRow{ID: id(s.ID), Name: s.Name, Off: s.Disabled,
			Cells: []string{s.Code, sections[s.Section], v.l.Number(s.Sessions), orNone(v, rateText(v, s.VAT))},
			More:  &view.SettingMore{Text: v.l.T("settings.tariffs"), URL: tariffPath(s.ID)}})
	}
	return rows
}

func serviceValues(v visit, all desk.SettingRows, row int64) (*typed, int64, bool) {
	s, found := find(all.Services, func(s clinic.Service) bool { return int64(s.ID) == row })
	return filled(v, "name", s.Name, "code", s.Code, "section", id(s.Section), "vat", rateText(v, s.VAT),
		"duration", numberText(v, s.Duration), "sessions", numberText(v, max(s.Sessions, 1)), "interval", numberText(v, s.Interval), "single_price", amountText(v, s.SinglePrice),
		"deposit", amountText(v, s.Deposit.Amount), "deposit_rate", rateText(v, s.Deposit.Rate),
		"marketer_rate", rateText(v, s.Commission.Marketer), "referrer_rate", rateText(v, s.Commission.Referrer),
		"provider_rate", rateText(v, s.Commission.Provider), "device", id(s.Device), "service_online", onText(s.Online), "club_percent", v.l.Digits(strconv.Itoa(100+s.ClubBonus)), "active", onText(s.Offered())), s.Version, found || row == 0
}

func serviceGroups(v visit, all desk.SettingRows, t *typed, isNew bool) []view.SettingFields {
	field := func(name, hint string) view.SettingField {
		f := numeric(input(v, t, name))
		if hint != "" {
			f.Hint = v.l.T("settings.field." + hint + ".hint")
		}
		return f
	}
	money := func(name, hint string) view.SettingField {
		f := field(name, hint)
		f.Kind, f.Latin = view.AmountField, false
		if text := t.text(name); text != "" {
			f.Amount, _ = amount(v, text)
		}
		return f
	}
	section := input(v, t, "section")
	section.Kind, section.Required = view.ChoiceField, true
	for _, s := range all.Sections {
		if s.Offered() || id(s.ID) == t.text("section") {
			section.Choices = append(section.Choices, view.Choice{Value: id(s.ID), Text: s.Name})
		}
	}
	what := []view.SettingField{nameField(v, t), codeField(v, t), section, field("duration", "")}
	if isNew {
		price := money("price", "price")
		price.Required = true
		what = append(what, price)
	}
	return []view.SettingFields{
		{Fields: append(withSwitch(v, t, isNew, what...), field("vat", "vat"))},
		{Title: v.l.T("settings.service.booking"), Fields: []view.SettingField{deviceField(v, all, t), switchOf(v, t, "service_online")}},
		{Title: v.l.T("settings.service.sessions"), Fields: []view.SettingField{field("sessions", "sessions"), field("interval", ""), money("single_price", "single_price")}},
		{Title: v.l.T("settings.service.deposit"), Fields: []view.SettingField{money("deposit", "deposit"), field("deposit_rate", "")}},
		{Title: v.l.T("settings.service.commission"), Fields: []view.SettingField{field("marketer_rate", "commission"), field("referrer_rate", ""), field("provider_rate", "")}},
		{Title: v.l.T("settings.service.club"), Fields: []view.SettingField{field("club_percent", "club_percent")}},
	}
}

// deviceField is the device that an appointment for the service takes.
func deviceField(v visit, all desk.SettingRows, t *typed) view.SettingField {
	f := hinted(v, input(v, t, "device"))
	f.Kind, f.Choices = view.ChoiceField, []view.Choice{{Value: "0", Text: v.l.T("settings.no_device")}}
	for _, r := range all.Resources {
		if r.Kind == clinic.Device && (r.Offered() || id(r.ID) == t.text("device")) {
			f.Choices = append(f.Choices, view.Choice{Value: id(r.ID), Text: r.Name})
		}
	}
	return f
}

// readLater reads the fields of a service that forms of before do not have; such
// a form keeps what is stored.
func (s *server) readLater(v visit, service *clinic.Service, t *typed) error {
	all, err := s.Desk.SettingRows(v.r.Context(), v.actor)
	stored, _ := find(all.Services, func(s clinic.Service) bool { return s.ID == service.ID })
	service.Device, service.Online, service.ClubBonus = stored.Device, stored.Online, stored.ClubBonus
	if t.has("device") {
		service.Device, service.Online = clinic.ResourceID(t.id("device")), t.on("service_online")
	}
	if t.has("club_percent") {
		service.ClubBonus = t.number("club_percent") - 100
	}
	return err
}

func saveService(s *server, v visit, row int64, t *typed) (int64, error) {
	service := clinic.Service{ID: clinic.ServiceID(row), Section: clinic.SectionID(t.id("section")), Name: t.text("name"), Code: t.text("code"),
		VAT: t.rate("vat"), Duration: t.number("duration"), Sessions: t.number("sessions"), Interval: t.number("interval"), SinglePrice: t.amount("single_price"),
		Deposit:    clinic.DepositRule{Amount: t.amount("deposit"), Rate: t.rate("deposit_rate")},
		Commission: clinic.Commission{Marketer: t.rate("marketer_rate"), Referrer: t.rate("referrer_rate"), Provider: t.rate("provider_rate")},
		Standing:   t.standing()}
	if err := s.readLater(v, &service, t); err != nil {
		return 0, err
	}
	form := desk.SaveService{Service: service}
	if row == 0 {
		if form.Price = t.amount("price"); strings.TrimSpace(t.text("price")) == "" {
			t.problem("price", v.l.T("fault.money.empty"))
		}
	}
	if len(t.problems) > 0 {
		return 0, nil
	}
	kept, err := s.Desk.SaveService(v.r.Context(), v.actor, desk.Save[desk.SaveService]{Row: form, Request: requestOf(v)})
	return int64(kept.ID), err
}
