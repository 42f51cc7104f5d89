package web

import (
	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/money"
	"daftar/internal/web/view"
)

// shiftRoutes: shifts, hand-overs and closed days.
func (s *server) shiftRoutes() []route {
	routes := []route{
		people(page("/cashier", clinic.ReceiveMoney, "", s.till)),
		page("/shifts", clinic.ReceiveMoney, "", s.shifts),
		people(page("/shifts/{shift}", clinic.ReceiveMoney, "shift", s.shift)),
	}
	routes = append(routes, s.sheetRoutes("/shifts/open", clinic.ReceiveMoney, "", s.openShiftSheet)...)
	routes = append(routes, s.sheetRoutes("/shifts/{shift}/count", clinic.ReceiveMoney, "shift", s.countSheet)...)
	routes = append(routes, s.sheetRoutes("/shifts/{shift}/handover", clinic.ReceiveMoney, "shift", s.handoverSheet)...)
	routes = append(routes, s.sheetRoutes("/shifts/{shift}/confirm", clinic.ConfirmShifts, "shift", s.confirmShiftSheet)...)
	routes = append(routes, s.sheetRoutes("/shifts/{shift}/reopen", clinic.ReopenShifts, "shift", s.reopenShiftSheet)...)
	return append(routes, s.dayRoutes()...)
}

// tillRows bounds the rows of money on a page; totals are those of all.
const tillRows = 200

// GET /cashier is the actor's shift: what it holds now, what came and went, and
// the way to what comes next.
func (s *server) till(v visit) error {
	p := view.TablePage{Chrome: s.chrome(v, v.l.T("till.title")), Name: "till", Title: v.l.T("till.title"), Action: "/cashier", Count: -1,
		Empty: v.l.T("till.no_shift")}
	sheet, found, err := s.Desk.OwnShift(v.r.Context(), v.actor)
	if err != nil {
		return err
	}
	if !found {
		p.Links = append(p.Links, view.TableLink{Text: v.l.T("shift.open.do"), URL: "/shifts/open", Icon: "lock-open", Main: true})
	} else if err := s.fillTill(v, &p, sheet); err != nil {
		return err
	}
	p.Links = append(p.Links, view.TableLink{Text: v.l.T("till.shifts"), URL: "/shifts", Icon: "history"})
	if v.actor.Can(clinic.CloseDays) || v.actor.Can(clinic.ReopenDays) {
		p.Links = append(p.Links, view.TableLink{Text: v.l.T("days.title"), URL: "/days", Icon: "calendar"})
	}
	if v.actor.Can(clinic.ConfirmShifts) {
		g, err := s.awaiting(v)
		if err != nil {
			return err
		}
		if g != nil {
			p.Groups = append([]view.TableGroup{*g}, p.Groups...)
		}
	}
	return s.show(v, view.TablePageView(p))
}

// fillTill shows the shift on the page of the till.
func (s *server) fillTill(v visit, p *view.TablePage, sheet desk.ShiftSheet) error {
	p.Text = v.l.T("till.since", "desk", sheet.DeskName, "day", v.l.Day(sheet.Day), "time", v.l.Clock(sheet.Opened))
	p.Empty = v.l.T("till.empty")
	p.Links = shiftLinks(v, sheet)
	if sheet.Status == clinic.ShiftOpen {
		p.Links = append([]view.TableLink{{Text: v.l.T("till.find"), URL: "/patients", Icon: "search", Main: true}}, p.Links...)
	}
	if sheet.Hidden {
		p.Text += " " + v.l.T("shift.hidden")
	}
	p.Sums = shiftSums(v, sheet)
	rows, err := s.shiftRows(v, sheet)
	if err != nil {
		return err
	}
	p.Columns, p.Rows, p.Totals = rows.Columns, rows.Rows, rows.Totals
	if flows := flowGroup(v, sheet); flows != nil {
		p.Groups = append(p.Groups, *flows)
	}
	return nil
}

// shiftSums are what the shift holds by method and place.
func shiftSums(v visit, sheet desk.ShiftSheet) (sums []view.Fact) {
	label := "till.holds"
	if sheet.Status != clinic.ShiftOpen {
		label = "till.counted"
	}
	for i, l := range sheet.Lines {
		f := view.Fact{Label: v.l.T(label, "method", lineName(v, l)), Value: v.l.Amount(l.Counted), Unit: v.l.Unit()}
		switch {
		case sheet.Hidden:
			f.Value, f.Unit, f.Plain = v.l.T("word.none"), "", true
		case l.Difference() < 0:
			f.Tone, f.Note = "debtor", differenceText(v, l)
		case l.Difference() > 0:
			f.Tone, f.Note = "info", differenceText(v, l)
		case i == 0:
			f.Note = v.l.T("till.float", "amount", v.l.Amount(sheet.Float))
		case l.Number > 0:
			f.Note = v.l.T("till.slips", "n", l.Number)
		}
		sums = append(sums, f)
	}
	return sums
}

// shiftLinks are what may be done with a shift as it stands.
func shiftLinks(v visit, sheet desk.ShiftSheet) (links []view.TableLink) {
	own := sheet.Staff == v.actor.Staff
	path := shiftPath(sheet.ID)
	link := func(key, icon string, main bool) {
		links = append(links, view.TableLink{Text: v.l.T("shift." + key + ".do"), URL: path + "/" + key, Icon: icon, Main: main})
	}
	confirms := v.actor.Can(clinic.ConfirmShifts)
	switch sheet.Status {
	case clinic.ShiftOpen:
		if own || confirms {
			link("count", "hand-coins", false)
		}
	case clinic.ShiftCounted:
		if own || confirms {
			link("handover", "vault", true)
		}
		if confirms && sheet.Holds() == 0 {
			link("confirm", "check", false)
		}
	case clinic.ShiftAwaiting:
		if confirms && (!own || v.actor.Role == clinic.Manager) {
			link("confirm", "check", true)
		}
	}
	if sheet.Status != clinic.ShiftOpen && v.actor.Can(clinic.ReopenShifts) {
		link("reopen", "undo-2", false)
	}
	return links
}

// shiftRows are the lines of money of a shift. Where the clinic counts blind
// they have no total before the count.
func (s *server) shiftRows(v visit, sheet desk.ShiftSheet) (g view.TableGroup, err error) {
	lines, err := s.Desk.ShiftMoney(v.r.Context(), v.actor, sheet.ID, tillRows)
	if err != nil {
		return g, err
	}
	g = view.TableGroup{Title: v.l.T("shift.money"), Columns: []view.TableColumn{{Text: v.l.T("till.col.time")}, {Text: v.l.T("till.col.patient")},
		{Text: v.l.T("till.col.document")}, {Text: v.l.T("till.col.method")}, {Text: v.l.T("till.col.amount", "unit", v.l.Unit()), Amount: true}}}
	for _, r := range lines.Rows {
		kind := view.TableCell{Text: v.l.T("till.kind." + r.Kind)}
		if r.Number.Count != 0 {
			kind.Note = v.l.Document(r.Number.String())
		}
		method := view.TableCell{Text: v.l.T("method." + string(r.Method)), Note: r.PlaceName}
		if r.TrackingNumber != "" {
			method.Note = v.l.Digits(r.TrackingNumber)
		}
		person := view.TableCell{Text: v.l.T("word.none")}
		row := id(r.Entry) + "-" + id(int64(r.Line))
		if r.Person.ID != 0 {
			person = view.TableCell{Patient: &view.TablePatient{Row: row, ID: id(r.Person.ID), Name: r.Person.Name(), File: v.l.Digits(r.Person.FileNumber.String()), Mobile: r.Person.Mobile}}
		}
		amount := r.Amount
		g.Rows = append(g.Rows, view.TableRow{ID: "money-" + row, Cells: []view.TableCell{{Text: v.l.Clock(r.At)}, person, kind, method, {Amount: &amount}}})
	}
	if len(g.Rows) > 0 && !sheet.Hidden {
		total, count := money.Amount(0), 0
		for _, f := range sheet.Flows {
			total, count = total+f.Amount, count+f.Number
		}
		note := v.l.T("table.count", "n", count)
		if lines.More {
			note = v.l.T("till.last", "n", len(g.Rows), "all", count)
		}
		g.Totals = []view.TableCell{{Text: v.l.T("till.col.total"), Note: note}, {}, {}, {}, {Amount: &total}}
	}
	return g, nil
}

// flowGroup is where the money of a shift came from and went to, by kind and
// method; its total with the float is what the shift holds.
func flowGroup(v visit, sheet desk.ShiftSheet) *view.TableGroup {
	if sheet.Hidden || len(sheet.Flows) == 0 && sheet.Float == 0 {
		return nil
	}
	g := view.TableGroup{Title: v.l.T("shift.flows"), Columns: []view.TableColumn{{Text: v.l.T("till.col.document")}, {Text: v.l.T("till.col.method")},
		{Text: v.l.T("till.col.number"), Amount: true}, {Text: v.l.T("till.col.amount", "unit", v.l.Unit()), Amount: true}}}
	float, total := sheet.Float, sheet.Float
	g.Rows = append(g.Rows, view.TableRow{ID: "flow-float", Cells: []view.TableCell{{Text: v.l.T("till.kind.shift_float")}, {Text: v.l.T("method.cash")}, {}, {Amount: &float}}})
	for i, f := range sheet.Flows {
		amount := f.Amount
		total += amount
		g.Rows = append(g.Rows, view.TableRow{ID: "flow-" + id(int64(i)), Cells: []view.TableCell{{Text: v.l.T("till.kind." + f.Kind)},
			{Text: v.l.T("method." + string(f.Method))}, {Text: v.l.Number(f.Number)}, {Amount: &amount}}})
	}
	if left := -sheet.Left; left != 0 {
		total += left
		g.Rows = append(g.Rows, view.TableRow{ID: "flow-left", Cells: []view.TableCell{{Text: v.l.T("till.kind.left")}, {Text: v.l.T("method.cash")}, {}, {Amount: &left}}})
	}
	g.Totals = []view.TableCell{{Text: v.l.T("till.holds_all")}, {}, {}, {Amount: &total}}
	return &g
}

// awaiting are the shifts that wait to be confirmed, nil for none.
func (s *server) awaiting(v visit) (*view.TableGroup, error) {
	page, err := s.Desk.ListShifts(v.r.Context(), v.actor, desk.ShiftQuery{Status: string(clinic.ShiftAwaiting), Limit: 50})
	if err != nil {
		return nil, err
	}
	g := view.TableGroup{Title: v.l.T("till.awaiting"), Columns: shiftColumns(v)}
	for _, l := range page.Items {
		if l.Staff == v.actor.Staff && v.actor.Role != clinic.Manager {
			continue // somebody else confirms it
		}
		row := shiftRow(v, l, false)
		row.Cells[len(row.Cells)-1].Links = []view.TableLink{{Text: v.l.T("shift.confirm.do"), URL: shiftPath(l.ID) + "/confirm", Icon: "check"}}
		g.Rows = append(g.Rows, row)
	}
	if len(g.Rows) == 0 {
		return nil, nil
	}
	return &g, nil
}
