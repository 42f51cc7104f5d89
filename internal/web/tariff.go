package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/message"
	"daftar/internal/web/view"
)

func tariffPath(s clinic.ServiceID) string { return "/settings/tariffs/" + id(s) }

// serviceOf reads the service of the path. NotFound service.none.
func serviceOf(v visit) (clinic.ServiceID, error) {
	n, err := strconv.ParseInt(v.r.PathValue("service"), 10, 64)
	if err != nil || n <= 0 {
		return 0, fault.New(fault.NotFound, "service.none", "there is no such service")
	}
	return clinic.ServiceID(n), nil
}

// GET /settings/tariffs lists what everything costs today.
func (s *server) priceList(v visit) error {
	all, err := s.Desk.PriceList(v.r.Context(), v.actor)
	if err != nil {
		return err
	}
	title := v.l.T("settings.tariffs")
	p := view.SettingList{Chrome: s.chrome(v, title), Title: title, Text: v.l.T("settings.tariffs.text"),
		Columns: []string{v.l.T("settings.code"), v.l.T("tariff.free", "unit", v.l.Unit())}, Numbers: []bool{false, true}, Overview: v.actor.Can(clinic.WriteSettings)}
	// A price is no account of a patient: whoever reads tariffs sees it.
	v.l.NoMoney = false
	for _, service := range all {
		price := v.l.T("word.none")
		if service.HasPrice {
			price = v.l.Amount(service.Price)
		}
		p.Rows = append(p.Rows, view.SettingRow{ID: id(service.ID), Name: service.Name, URL: tariffPath(service.ID),
			Cells: []string{service.Code, price}, Off: service.Disabled})
	}
	slices.SortStableFunc(p.Rows, func(a, b view.SettingRow) int { return bit(a.Off) - bit(b.Off) })
	return s.show(v, view.SettingListPage(p))
}

// GET /settings/tariffs/{service}
func (s *server) tariffs(v visit) error {
	service, err := serviceOf(v)
	if err != nil {
		return err
	}
	page, err := s.tariffPage(v, service, filled(v, "valid_from", v.l.Day(v.l.Today)))
	if err != nil {
		return err
	}
	return s.show(v, view.TariffsPage(page))
}

// tariffPage is the page with what was typed.
func (s *server) tariffPage(v visit, service clinic.ServiceID, t *typed) (p view.Tariffs, err error) {
	all, err := s.Desk.ServiceTariffs(v.r.Context(), v.actor, service)
	if err != nil {
		return p, err
	}
	v.l.NoMoney = false
	p = view.Tariffs{Chrome: s.chrome(v, all.Service.Name), Service: all.Service.Name, Back: "/settings/tariffs", Problems: t.problems}
	payers := []view.Choice{{Value: id(clinic.FreeTariff), Text: v.l.T("tariff.payer.free")}}
	p.Rows = tariffRows(v, all.Tariffs, clinic.FreeTariff, payers[0].Text)
	for _, i := range all.Insurers {
		p.Rows = append(p.Rows, tariffRows(v, all.Tariffs, i.ID, i.Name)...)
		if i.Offered() {
			payers = append(payers, view.Choice{Value: id(i.ID), Text: i.Name})
		}
	}
	if !v.actor.Can(clinic.WriteSettings) {
		return p, nil
	}
	payer, from, price := input(v, t, "insurer"), input(v, t, "valid_from"), input(v, t, "price")
	payer.Kind, payer.Choices = view.ChoiceField, payers
	from.Kind, from.Hint, from.Required = view.DateField, v.l.T("tariff.from.hint"), true
	price.Kind, price.Required, price.Label = view.AmountField, true, v.l.T("tariff.price", "unit", v.l.Unit())
	if text := t.text("price"); text != "" {
		price.Amount, _ = amount(v, text)
	}
	p.Action, p.Request, p.Form = tariffPath(service), s.RequestKey(), []view.SettingField{payer, from, price}
	return p, nil
}

// tariffRows are the prices for one payer, the newest first.
func tariffRows(v visit, all []clinic.Tariff, payer clinic.InsurerID, name string) (rows []view.TariffRow) {
	state := "later"
	for _, t := range slices.Backward(all) {
		if t.Insurer != payer {
			continue
		}
		switch {
		case t.ValidFrom <= v.l.Today && state == "later":
			state = "now"
		case state != "later":
			state = "over"
		}
		from := v.l.T("tariff.always")
		if t.ValidFrom > "0001-01-01" {
			from = v.l.Day(t.ValidFrom)
		}
		rows = append(rows, view.TariffRow{Payer: name, From: from, Price: t.Price, State: state})
	}
	return rows
}

// POST /settings/tariffs/{service}
func (s *server) addTariff(v visit) error {
	service, err := serviceOf(v)
	if err != nil {
		return err
	}
	t := readTyped(v)
	tariff := clinic.Tariff{Service: service, Insurer: clinic.InsurerID(t.id("insurer")), Price: t.amount("price")}
	if strings.TrimSpace(t.text("price")) == "" {
		t.problem("price", v.l.T("fault.money.empty"))
	}
	if tariff.ValidFrom, err = v.day(t.text("valid_from")); err != nil {
		if e, ok := fault.As(err); ok {
			t.problem("valid_from", message.Fault(v.l.Lang, e))
		}
	}
	if len(t.problems) == 0 {
		_, err = s.Desk.AddTariff(v.r.Context(), v.actor, desk.Save[clinic.Tariff]{Row: tariff, Request: requestOf(v)})
		if err == nil {
			return redirect(v, tariffPath(service))
		}
		if _, _, err = t.refused(v, err); err != nil {
			return err
		}
	}
	p, err := s.tariffPage(v, service, t)
	if err != nil {
		return err
	}
	s.write(v, http.StatusUnprocessableEntity, view.TariffsPage(p))
	return nil
}
