package web

import (
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/jalali"
	"daftar/internal/web/view"
)

// cashColumns are the figures of a report of cash.
var cashColumns = []string{"in", "out", "corrected", "shifted", "net"}

// GET /reports/cash?from=&to=&by=&branch=
func (s *server) reportCash(v visit) error {
	a := readAddress(v.r, reportsPath+"/cash", "from", "to", "by", "branch")
	q, fields, err := s.reportQuery(v, a)
	if err != nil {
		return err
	}
	r, err := s.Desk.CashReport(v.r.Context(), v.actor, q)
	if err != nil {
		return err
	}
	p := s.reportPage(v, "cash", a)
	p.Text = v.l.T("report.span", "from", v.l.Day(r.From), "to", v.l.Day(r.To))
	if r.By == "section" {
		p.Text += " " + v.l.T("report.cash.section")
	}
	p.Fields = append(fields, byField(v, r.By, desk.CashGroups))
	f := r.Total
	p.Sums = []view.Fact{sumFact(v, "report.cash.in", f.In, "creditor"), sumFact(v, "report.cash.out", f.Out, "debtor"), sumFact(v, "report.cash.corrected", f.Corrected, ""),
		sumFact(v, "report.cash.shifted", f.Shifted, ""), sumFact(v, "report.cash.net", f.Net(), "")}
	p.Columns = []view.TableColumn{{Text: v.l.T("report.by." + r.By)}}
	for _, c := range cashColumns {
		p.Columns = append(p.Columns, view.TableColumn{Text: v.l.T("report.cash." + c), Amount: true, Wide: c == "corrected" || c == "shifted"})
	}
	p.Columns = append(p.Columns, view.TableColumn{Text: v.l.T("report.count"), Amount: true, Wide: true})
	for _, l := range r.Lines {
		p.Rows = append(p.Rows, view.TableRow{ID: "cash-" + l.Key, Cells: cashCells(v, s.cashName(v, a, r, l), l.CashFigures)})
	}
	p.Totals = cashCells(v, totalCell(v, r.Agrees()), r.Total)
	if r.By == "day" && len(r.Lines) > 1 {
		p.Chart = cashChart(v, r)
	}
	return s.showReport(v, a, p, false)
}

func cashCells(v visit, name view.TableCell, f clinic.CashFigures) []view.TableCell {
	return []view.TableCell{name, amountCell(f.In), amountCell(f.Out), amountCell(f.Corrected), amountCell(f.Shifted), amountCell(f.Net()), textCell(v.l.Number(f.Count))}
}

// cashName names a line and leads to what it is made of.
func (s *server) cashName(v visit, a listAddress, r desk.CashReport, l desk.CashLine) view.TableCell {
	c := view.TableCell{Text: l.Name}
	switch {
	case r.By == "method":
		c.Text = v.l.T("method." + l.Key)
	case r.By == "day":
		c.Text = v.l.Day(l.Day)
	case l.Key == "" || c.Text == "":
		c.Text = v.l.T("report.cash.none." + r.By)
	case r.By == "shift":
		c.Note = v.l.Day(l.Day)
	}
	if r.By == "section" {
		return c
	}
	rows := a
	rows.path = reportsPath + "/cash/rows"
	key := l.Key
	if r.By == "shift" && key == "" {
		key = "0"
	}
	c.URL = rows.with("by", r.By, "key", key, "from", string(r.From), "to", string(r.To))
	return c
}

// cashChart is what came and went by day.
func cashChart(v visit, r desk.CashReport) *view.BarChart {
	chart := &view.BarChart{Title: v.l.T("report.cash.chart"), First: v.l.T("report.cash.in"), Second: v.l.T("report.cash.out")}
	for _, l := range r.Lines {
		chart.Bars = append(chart.Bars, view.Bar{Label: v.l.DayShort(l.Day), First: l.In, Second: l.Out,
			Says: v.l.T("report.cash.bar", "day", v.l.DayLong(l.Day), "in", v.l.Amount(l.In), "out", v.l.Amount(l.Out), "unit", v.l.Unit())})
	}
	return chart
}

// GET /reports/cash/rows?from=&to=&by=&key=&branch= shows the lines of money.
func (s *server) reportCashRows(v visit) error {
	a := readAddress(v.r, reportsPath+"/cash/rows", "from", "to", "by", "key", "branch")
	q, fields, err := s.reportQuery(v, a)
	if err != nil {
		return err
	}
	if q.By == "" {
		q.By = "method"
	}
	list, err := s.Desk.CashRows(v.r.Context(), v.actor, q, a.get("key"), a.cursor)
	if err != nil {
		return err
	}
	p := s.reportPage(v, "rows", a)
	p.Fields, p.Newer, p.Older = fields, a.other(list.Newer), a.other(list.Older)
	back := a
	back.path = reportsPath + "/cash"
	p.Links = []view.TableLink{{Text: v.l.T("report.cash.back"), URL: back.with("key", "")}}
	p.Columns = []view.TableColumn{{Text: v.l.T("report.day_of")}, {Text: v.l.T("report.document")}, {Text: v.l.T("patients.name")}, {Text: v.l.T("report.by.method"), Wide: true},
		{Text: v.l.T("report.by.user"), Wide: true}, {Text: v.l.T("report.amount", "unit", v.l.Unit()), Amount: true}}
	var sum clinic.CashFigures
	for _, r := range list.Rows {
		sum = sum.Add(r.Class, max(0, r.Amount), min(0, r.Amount), 1)
		document := view.TableCell{Text: strings.TrimSpace(entryKind(v, r.Kind) + " " + v.l.Document(r.Number.String()))}
		if r.Person.ID != 0 && v.actor.Can(clinic.ReadMoney) {
			document.URL = address("/patients/"+id(r.Person.ID)+"/why", "of", "entry-"+id(r.Entry), "tab", "transactions")
		}
		name := "line-" + id(r.Entry) + "-" + id(int64(r.Line))
		p.Rows = append(p.Rows, view.TableRow{ID: name, Cells: []view.TableCell{{Day: r.Day, Note: v.l.Clock(r.At)}, document, personCell(v, name, r.Person),
			{Text: v.l.T("method." + r.Method), Note: r.Place}, textCell(r.Staff), amountCell(r.Amount)}})
	}
	p.Totals = []view.TableCell{{Text: v.l.T("report.page_total")}, {}, {}, {}, {}, amountCell(sum.Net())}
	return s.showReport(v, a, p, true)
}

// serviceColumns are the figures of a report of services.
var serviceColumns = []string{"quantity", "gross", "discount", "insurers", "vat", "share", "cancelled"}

// GET /reports/services?from=&to=&by=&branch=
func (s *server) reportServices(v visit) error {
	a := readAddress(v.r, reportsPath+"/services", "from", "to", "by", "branch")
	q, fields, err := s.reportQuery(v, a)
	if err != nil {
		return err
	}
	r, err := s.Desk.ServiceReport(v.r.Context(), v.actor, q)
	if err != nil {
		return err
	}
	p := s.reportPage(v, "services", a)
	p.Text = v.l.T("report.span", "from", v.l.Day(r.From), "to", v.l.Day(r.To))
	p.Fields = append(fields, byField(v, r.By, desk.ServiceGroups))
	p.Sums = []view.Fact{sumFact(v, "report.services.income", r.Ledger, ""), sumFact(v, "report.services.discount", r.Total.Discount, ""),
		sumFact(v, "report.services.insurers", r.Total.Insurers, ""), sumFact(v, "report.services.share", r.Total.Share, "")}
	p.Columns = []view.TableColumn{{Text: v.l.T("report.by." + r.By)}}
	for _, c := range serviceColumns {
		p.Columns = append(p.Columns, view.TableColumn{Text: v.l.T("report.services." + c), Amount: true, Wide: c != "gross"})
	}
	cells := func(name view.TableCell, l desk.ServiceSum) []view.TableCell {
		return []view.TableCell{name, textCell(v.l.Number(l.Quantity)), amountCell(l.Gross), amountCell(l.Discount), amountCell(l.Insurers), amountCell(l.VAT),
			amountCell(l.Share), amountCell(l.Cancelled)}
	}
	for _, l := range r.Lines {
		name := l.Name
		if name == "" {
			name = v.l.T("report.services.none")
		}
		p.Rows = append(p.Rows, view.TableRow{ID: "service-" + id(l.Key), Cells: cells(textCell(name), l)})
	}
	p.Totals = cells(totalCell(v, r.Agrees()), r.Total)
	return s.showReport(v, a, p, false)
}

// dayAgo are the days around a day, for ways to the next report.
func dayLinks(v visit, a listAddress, day jalali.Day) []view.TableLink {
	links := []view.TableLink{{Text: v.l.T("report.day.before"), URL: a.with("day", string(day.Add(-1)), "known_at", "")}}
	if day < v.l.Today {
		links = append(links, view.TableLink{Text: v.l.T("report.day.after"), URL: a.with("day", string(day.Add(1)), "known_at", "")})
	}
	return links
}
