package web

import (
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/message"
	"daftar/internal/web/view"
)

const codesPath = "/settings/discount_codes"

// discountCodeRoutes: discount codes.
func (s *server) discountCodeRoutes() []route {
	all := []route{page(codesPath, clinic.WriteSettings, "", s.discountCodes)}
	all = append(all, s.sheetRoutes(codesPath+"/new", clinic.WriteSettings, "", s.newCodeSheet)...)
	return append(all, s.sheetRoutes(codesPath+"/{code}/switch", clinic.WriteSettings, "", s.switchCodeSheet)...)
}

// GET /settings/discount_codes
func (s *server) discountCodes(v visit) error {
	all, err := s.Desk.DiscountCodes(v.r.Context(), v.actor)
	if err != nil {
		return err
	}
	title := v.l.T("settings.discount_codes")
	p := view.TablePage{Chrome: s.chrome(v, title), Name: "discount_codes", Title: title, Text: v.l.T("settings.discount_codes.text"),
		Links: []view.TableLink{{Text: v.l.T("codes.new"), URL: codesPath + "/new", Icon: "plus", Main: true}}, Count: len(all), Empty: v.l.T("codes.empty")}
	for _, key := range []string{"code", "gives", "valid", "used", "by", "note"} {
		p.Columns = append(p.Columns, view.TableColumn{Text: v.l.T("codes." + key), Amount: key == "gives" || key == "used", Wide: key == "by" || key == "note"})
	}
	p.Columns = append(p.Columns, view.TableColumn{Text: ""})
	for _, c := range all {
		p.Rows = append(p.Rows, codeRow(v, c))
	}
	return s.show(v, view.TablePageView(p))
}

func codeRow(v visit, c clinic.DiscountCode) view.TableRow {
	gives := view.TableCell{Amount: &c.Amount}
	if c.Percent > 0 {
		gives = view.TableCell{Text: v.l.T("line.percent", "percent", v.l.Digits(clinic.PercentText(c.Percent)))}
		if c.Most > 0 {
			gives.Note = v.l.T("codes.most", "amount", v.l.Amount(c.Most))
		}
	}
	valid := v.l.T("codes.from", "day", v.l.Day(c.ValidFrom))
	if c.ValidTo != "" {
		valid = v.l.T("codes.until", "from", v.l.Day(c.ValidFrom), "to", v.l.Day(c.ValidTo))
	}
	key := "codes.off"
	if c.Disabled {
		key = "codes.on"
	}
	return view.TableRow{ID: id(c.ID), Off: c.Disabled || c.Used >= c.Uses, Cells: []view.TableCell{{Text: c.Code}, gives, {Text: valid},
		{Text: v.l.T("codes.count", "used", v.l.Digits(id(c.Used)), "uses", v.l.Digits(id(c.Uses)))}, {Text: c.StaffName}, {Text: c.Note},
		{Links: []view.TableLink{{Text: v.l.T(key), URL: codesPath + "/" + id(c.ID) + "/switch"}}}}}
}

func (s *server) newCodeSheet(v visit) (moneySheet, error) {
	services, err := s.Desk.PriceList(v.r.Context(), v.actor)
	m := moneySheet{name: "code", back: codesPath, values: map[string]string{"uses": v.l.Digits("1")}}
	m.fields = func(t *typed) []view.SettingField {
		code := sheetField(t, "code", "")
		code.Required, code.Latin = true, true
		uses := plain(t, "uses", v.l.T("field.uses"))
		choices := []view.Choice{{Text: v.l.T("codes.all_services")}}
		for _, p := range services {
			if !p.Disabled {
				choices = append(choices, view.Choice{Value: id(p.ID), Text: p.Name})
			}
		}
		return []view.SettingField{code, sheetField(t, "amount", view.AmountField), sheetField(t, "percent", view.RateField),
			sheetField(t, "most", view.AmountField), sheetField(t, "valid_to", view.DateField), uses, choiceField(t, "service", choices...),
			sheetField(t, "combinable", view.SwitchField), sheetField(t, "note", "")}
	}
	m.do = func(t *typed, r desk.Request, _ *int64) (sheetDone, error) {
		c := clinic.DiscountCode{Code: t.text("code"), Amount: t.amount("amount"), Percent: t.rate("percent"), Most: t.amount("most"),
			Uses: int64(t.number("uses")), Combinable: t.on("combinable"), Note: t.text("note")}
		if text := strings.TrimSpace(t.text("valid_to")); text != "" {
			day, err := jalali.Parse(text, s.Desk.Today(v.clinic))
			if e, ok := fault.As(err); ok {
				t.problem("valid_to", message.Fault(v.l.Lang, e))
				return sheetDone{}, nil
			}
			c.ValidTo = day
		}
		if service := t.id("service"); service != 0 {
			c.Services = []clinic.ServiceID{clinic.ServiceID(service)}
		}
		made, err := s.Desk.AddDiscountCode(v.r.Context(), v.actor, desk.AddDiscountCode{Code: c, Request: r})
		return sheetDone{number: made.Code}, err
	}
	return m, err
}

// switchCodeSheet switches a code off, or on when it is off.
func (s *server) switchCodeSheet(v visit) (moneySheet, error) {
	all, err := s.Desk.DiscountCodes(v.r.Context(), v.actor)
	if err != nil {
		return moneySheet{}, err
	}
	c, found := find(all, func(c clinic.DiscountCode) bool { return id(c.ID) == v.r.PathValue("code") })
	if !found {
		return moneySheet{}, fault.New(fault.NotFound, "discount_code.none", "there is no such code")
	}
	m := moneySheet{name: "code_off", about: c.Code, back: codesPath}
	if c.Disabled {
		m.name = "code_on"
	}
	m.fields = func(*typed) []view.SettingField { return nil }
	m.do = func(_ *typed, r desk.Request, _ *int64) (sheetDone, error) {
		_, err := s.Desk.SwitchDiscountCode(v.r.Context(), v.actor, desk.SwitchDiscountCode{Code: c.ID, Off: !c.Disabled, Request: r})
		return sheetDone{number: c.Code}, err
	}
	return m, nil
}
