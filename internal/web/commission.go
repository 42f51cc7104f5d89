package web

import (
	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/money"
	"daftar/internal/web/view"
)

// commissionsPath is the list of who earns.
const commissionsPath = "/commissions"

// commissionRoutes: what introducers and referrers earn.
func (s *server) commissionRoutes() []route {
	all := append(s.sheetRoutes("/commissions/{earner}/settle", clinic.SettleCommissions, "earner", s.commissionSheet),
		s.sheetRoutes("/commissions/{earner}/rate", clinic.SettleCommissions, "earner", s.rateSheet)...)
	return append(all, people(page(commissionsPath, clinic.ReadCommissions, "", s.showCommissions)),
		people(page("/commissions/{earner}", clinic.ReadCommissions, "earner", s.showCommission)))
}

func commissionPath(e clinic.EarnerID) string { return commissionsPath + "/" + id(e) }

func (s *server) showCommissions(v visit) error {
	all, err := s.Desk.Commissions(v.r.Context(), v.actor)
	if err != nil {
		return err
	}
	which := v.r.URL.Query().Get("kind")
	field := view.ListField{Name: "kind", Label: v.l.T("earner.kind"), Value: which, Choices: []view.Choice{{Text: v.l.T("earner.everybody")},
		{Value: string(clinic.EarnsMarketer), Text: v.l.T("earner.marketer")}, {Value: string(clinic.EarnsReferrer), Text: v.l.T("earner.referrer")},
		{Value: "owed", Text: v.l.T("earner.owed")}}}
	p := view.TablePage{Chrome: s.chrome(v, v.l.T("earner.title")), Name: "commissions", Title: v.l.T("earner.title"), Text: v.l.T("earner.text"),
		Action: commissionsPath, Fields: []view.ListField{field}, Empty: v.l.T("earner.nobody"), Print: true,
		Columns: []view.TableColumn{{Text: v.l.T("earner.name")}, {Text: v.l.T("earner.kind"), Wide: true}, {Text: v.l.T("earner.rate"), Wide: true},
			{Text: v.l.T("earner.accrued"), Amount: true, Wide: true}, {Text: v.l.T("earner.settled"), Amount: true, Wide: true}, {Text: v.l.T("earner.left"), Amount: true}}}
	var accrued, settled money.Amount
	for _, e := range all {
		if which == "owed" && e.Left() == 0 || which != "" && which != "owed" && which != string(e.Kind) {
			continue
		}
		accrued, settled = accrued+e.Accrued, settled+e.Settled
		row := view.TableRow{ID: id(e.ID), Cells: []view.TableCell{{Text: e.Name, URL: commissionPath(e.ID)}, {Text: v.l.T("earner." + string(e.Kind))},
			{Text: rateShown(v, e.Rate)}, cell(e.Accrued), cell(e.Settled), cell(e.Left())}}
		if e.FileNumber != 0 {
			row.Cells[0].Note = v.l.T("earner.file", "number", v.l.Digits(e.FileNumber.String()))
		}
		if !e.Active {
			row.Cells[1].Note = v.l.T("earner.inactive")
		}
		p.Rows = append(p.Rows, row)
	}
	p.Count = len(p.Rows)
	p.Totals = []view.TableCell{{Text: v.l.T("settle.all")}, {}, {}, cell(accrued), cell(settled), cell(accrued - settled)}
	return s.show(v, view.TablePageView(p))
}

// rateShown is a rate with its sign, a dash for none.
func rateShown(v visit, points int) string {
	if points == 0 {
		return v.l.T("word.none")
	}
	return v.l.T("earner.percent", "n", rateText(v, points))
}

func (s *server) showCommission(v visit) error {
	earner, err := pathID[clinic.EarnerID](v, "earner")
	if err != nil {
		return err
	}
	c, err := s.Desk.Commission(v.r.Context(), v.actor, earner)
	if err != nil {
		return err
	}
	e := c.Earner
	p := view.TablePage{Chrome: s.chrome(v, e.Name), Name: "commission", Title: e.Name, Text: v.l.T("earner.text." + string(e.Kind)), Count: len(c.Rows),
		Empty: v.l.T("earner.rows.none"), Print: true, Links: []view.TableLink{{Text: v.l.T("earner.title"), URL: commissionsPath}},
		Sums: []view.Fact{{Label: v.l.T("earner.rate"), Value: rateShown(v, e.Rate)}, {Label: v.l.T("earner.accrued"), Value: amountOrNone(v, e.Accrued), Unit: v.l.Unit()},
			{Label: v.l.T("earner.settled"), Value: amountOrNone(v, e.Settled), Unit: v.l.Unit()},
			{Label: v.l.T("earner.left"), Value: amountOrNone(v, e.Left()), Unit: v.l.Unit(), Tone: map[bool]string{true: "debtor"}[e.Left() < 0]}},
		Columns: []view.TableColumn{{Text: v.l.T("settle.patient")}, {Text: v.l.T("settle.admission")}, {Text: v.l.T("settle.day"), Wide: true},
			{Text: v.l.T("earner.base"), Amount: true, Wide: true}, {Text: v.l.T("earner.rate"), Wide: true}, {Text: v.l.T("earner.amount"), Amount: true}}}
	if v.actor.Can(clinic.SettleCommissions) {
		links := []view.TableLink{{Text: v.l.T("earner.set_rate"), URL: commissionPath(earner) + "/rate"}}
		if e.Left() > 0 {
			links = append([]view.TableLink{{Text: v.l.T("earner.do"), URL: commissionPath(earner) + "/settle", Icon: "hand-coins", Main: true}}, links...)
		}
		p.Links = append(links, p.Links...)
	}
	for _, r := range c.Rows {
		p.Rows = append(p.Rows, view.TableRow{ID: id(r.ID), Cells: []view.TableCell{
			{Patient: &view.TablePatient{Row: "earned-" + id(r.ID), ID: id(r.Patient), Name: r.PatientName, File: r.FileNumber.String()}},
			{Text: v.l.Document(r.Number.String()), URL: statementPath(r.Patient, "admissions")}, {Day: r.Day}, cell(r.Base), {Text: rateShown(v, r.Rate)}, cell(r.Amount)}})
	}
	p.Totals = []view.TableCell{{Text: v.l.T("settle.all")}, {}, {}, {}, {}, cell(e.Accrued)}
	p.Groups = commissionGroups(v, c)
	return s.show(v, view.TablePageView(p))
}

// commissionGroups are what was settled and the rates.
func commissionGroups(v visit, c desk.EarnerCommissions) (groups []view.TableGroup) {
	if len(c.Settlements) > 0 {
		g := view.TableGroup{Title: v.l.T("earner.past"), Columns: []view.TableColumn{{Text: v.l.T("settle.number")}, {Text: v.l.T("settle.day")},
			{Text: v.l.T("earner.how")}, {Text: v.l.T("settle.by"), Wide: true}, {Text: v.l.T("settle.note"), Wide: true}, {Text: v.l.T("earner.amount"), Amount: true}, {Text: v.l.T("settle.act")}}}
		for _, one := range c.Settlements {
			g.Rows = append(g.Rows, view.TableRow{ID: id(one.ID), Off: one.Undone, Cells: []view.TableCell{{Text: v.l.Document(one.Number.String())}, {Day: one.Day},
				{Text: v.l.T("earner.how." + string(one.How))}, {Text: one.StaffName}, {Text: one.Note}, cell(one.Amount),
				voidCell(v, one.Undone, clinic.SettleCommissions, commissionsPath+"/settlements/"+id(one.ID)+"/void")}})
		}
		groups = append(groups, g)
	}
	if len(c.Rates) > 0 {
		g := view.TableGroup{Title: v.l.T("earner.rates"), Columns: []view.TableColumn{{Text: v.l.T("earner.from")}, {Text: v.l.T("earner.rate")}}}
		for _, r := range c.Rates {
			g.Rows = append(g.Rows, view.TableRow{ID: "rate-" + string(r.ValidFrom), Cells: []view.TableCell{{Day: r.ValidFrom}, {Text: rateShown(v, r.Rate)}}})
		}
		groups = append(groups, g)
	}
	return groups
}

// commissionSheet is the form of a settlement of commission.
func (s *server) commissionSheet(v visit) (m moneySheet, err error) {
	earner, err := pathID[clinic.EarnerID](v, "earner")
	if err != nil {
		return m, err
	}
	c, err := s.Desk.Commission(v.r.Context(), v.actor, earner)
	if err != nil {
		return m, err
	}
	left := c.Earner.Left()
	m = moneySheet{name: "commission", about: c.Earner.Name, back: commissionPath(earner), values: map[string]string{"amount": amountText(v, max(0, left)), "how": "cash"}}
	hows := []clinic.Method{clinic.Cash, clinic.BankTransfer, clinic.CardToCard}
	if c.Earner.Kind == clinic.EarnsMarketer {
		hows = append([]clinic.Method{clinic.OnAccount}, hows...)
		m.values["how"] = string(clinic.OnAccount)
	}
	m.fields = func(t *typed) []view.SettingField {
		amount := sheetField(t, "amount", view.AmountField)
		amount.Hint = v.l.T("earner.left.hint", "amount", amountOrNone(v, left), "unit", v.l.Unit())
		var choices []view.Choice
		for _, how := range hows {
			choices = append(choices, view.Choice{Value: string(how), Text: v.l.T("earner.how." + string(how))})
		}
		how := choiceField(t, "how", choices...)
		if c.Earner.Kind == clinic.EarnsMarketer {
			how.Hint = v.l.T("earner.account", "balance", v.l.Position(c.Account.Balance))
		}
		return []view.SettingField{amount, how, sheetField(t, "tracking_number", ""), sheetField(t, "destination", ""), sheetField(t, "note", "")}
	}
	m.do = func(t *typed, r desk.Request, _ *int64) (done sheetDone, err error) {
		cmd := desk.SettleCommission{Earner: earner, Amount: t.partOf("amount"), How: clinic.Method(t.text("how")), TrackingNumber: t.text("tracking_number"),
			Destination: t.text("destination"), Note: t.text("note"), Request: r}
		if len(t.problems) > 0 {
			return done, nil
		}
		settled, err := s.Desk.SettleCommission(v.r.Context(), v.actor, cmd)
		if err != nil {
			return done, err
		}
		done.Effect, done.number = settled.Effect, settled.Settlement.Number.String()
		if settled.Settlement.How == clinic.OnAccount {
			done.notes = append(done.notes, v.l.T("earner.note.account", "before", v.l.Position(settled.Before.Balance), "after", v.l.Position(settled.After.Balance)))
		}
		done.notes = append(done.notes, v.l.T("earner.note.left", "amount", amountOrNone(v, settled.Earner.Left()), "unit", v.l.Unit()))
		return done, nil
	}
	return m, nil
}

// rateSheet is the form of an earner's share.
func (s *server) rateSheet(v visit) (m moneySheet, err error) {
	earner, err := pathID[clinic.EarnerID](v, "earner")
	if err != nil {
		return m, err
	}
	c, err := s.Desk.Commission(v.r.Context(), v.actor, earner)
	if err != nil {
		return m, err
	}
	m = moneySheet{name: "commission_rate", about: c.Earner.Name, back: commissionPath(earner), values: map[string]string{"rate": rateText(v, c.Earner.Rate)}}
	m.fields = func(t *typed) []view.SettingField {
		rate := sheetField(t, "rate", "")
		rate.Hint = v.l.T("earner.rate.hint")
		return []view.SettingField{rate}
	}
	m.do = func(t *typed, r desk.Request, _ *int64) (done sheetDone, err error) {
		cmd := desk.SetCommissionRate{Earner: earner, Rate: t.rate("rate"), Request: r}
		if len(t.problems) > 0 {
			return done, nil
		}
		set, err := s.Desk.SetCommissionRate(v.r.Context(), v.actor, cmd)
		if err == nil {
			done.notes = append(done.notes, v.l.T("earner.note.rate", "rate", rateShown(v, set.Rate)))
		}
		return done, err
	}
	return m, nil
}
