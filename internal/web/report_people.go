package web

import (
	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/web/view"
)

// peopleNames are what the address of a list of people with money keeps.
var peopleNames = []string{"q", "min", "age", "sort", "branch"}

// peopleQuery reads it.
func (s *server) peopleQuery(v visit, a listAddress, ages bool) (q desk.PeopleQuery, fields []view.ListField, err error) {
	q = desk.PeopleQuery{Text: a.get("q"), Age: a.get("age"), Sort: a.get("sort"), Branch: clinic.BranchID(a.number("branch")), Cursor: a.cursor, All: asFile(v)}
	min := view.ListField{Name: "min", Label: v.l.T("report.min", "unit", v.l.Unit()), Value: a.get("min")}
	if a.get("min") != "" {
		if q.Min, err = v.l.Display().Parse(a.get("min")); err != nil {
			min.Problem, q.Min = v.l.T("report.min.wrong"), 0
		}
	}
	fields = []view.ListField{{Name: "q", Label: v.l.T("report.text"), Value: q.Text}, min}
	if ages {
		choices := []view.Choice{{Text: v.l.T("list.any")}}
		for i, text := range ageNames(v) {
			choices = append(choices, view.Choice{Value: string(rune('1' + i)), Text: text})
		}
		fields = append(fields, view.ListField{Name: "age", Label: v.l.T("report.age"), Value: q.Age, Choices: choices})
	}
	sort := view.ListField{Name: "sort", Label: v.l.T("report.sort"), Value: q.Sort}
	for _, by := range []string{"amount", "age", "name"} {
		if by != "age" || ages {
			sort.Choices = append(sort.Choices, view.Choice{Value: by, Text: v.l.T("report.sort." + by)})
		}
	}
	branch, err := s.branchField(v, a)
	return q, append(append(fields, sort), branch...), err
}

// ageNames are the columns of a list by age, "۳۱ تا ۶۰ روز".
func ageNames(v visit) (names []string) {
	from := 0
	for _, to := range v.clinic.Rules.Aging {
		names = append(names, v.l.T("report.age.range", "from", from, "to", to))
		from = to + 1
	}
	return append(names, v.l.T("report.age.over", "days", from-1), v.l.T("report.age.future"))
}

// GET /reports/debtors
func (s *server) reportDebtors(v visit) error {
	a := readAddress(v.r, reportsPath+"/debtors", peopleNames...)
	q, fields, err := s.peopleQuery(v, a, true)
	if err != nil {
		return err
	}
	list, err := s.Desk.Debtors(v.r.Context(), v.actor, q)
	if err != nil {
		return err
	}
	p := s.reportPage(v, "debtors", a)
	p.Fields, p.Count, p.Newer, p.Older = fields, list.Count, a.other(list.Newer), a.other(list.Older)
	p.Sums = []view.Fact{sumFact(v, "report.debtors.sum", list.Total.Amount, "debtor")}
	p.Columns = []view.TableColumn{{Text: v.l.T("patients.name")}, {Text: v.l.T("report.owed", "unit", v.l.Unit()), Amount: true}}
	for _, name := range ageNames(v) {
		p.Columns = append(p.Columns, view.TableColumn{Text: name, Amount: true, Wide: true})
	}
	p.Columns = append(p.Columns, view.TableColumn{Text: v.l.T("report.oldest"), Wide: true}, view.TableColumn{Text: v.l.T("report.actions"), Wide: true})
	for _, i := range list.Items {
		row := view.TableRow{ID: "debtor-" + id(i.Patient.ID), Cells: []view.TableCell{personCell(v, "debtor-"+id(i.Patient.ID), i.Patient), amountCell(i.Amount)}}
		for _, part := range i.Aged {
			row.Cells = append(row.Cells, amountCell(part))
		}
		row.Cells = append(row.Cells, view.TableCell{Day: i.Oldest}, view.TableCell{Links: debtorActions(v, i)})
		p.Rows = append(p.Rows, row)
	}
	p.Totals = []view.TableCell{totalCell(v, list.Ledger == nil || *list.Ledger == list.Total.Amount), amountCell(list.Total.Amount)}
	for _, part := range list.Total.Aged {
		p.Totals = append(p.Totals, amountCell(part))
	}
	p.Totals = append(p.Totals, view.TableCell{}, view.TableCell{})
	return s.showReport(v, a, p, true)
}

// debtorActions are what is done about a debt, each for who may. A discount is
// of one admission: of the only one that is open, or of one to be chosen in the
// tab.
func debtorActions(v visit, p desk.PersonMoney) (links []view.TableLink) {
	patient := "/patients/" + id(p.Patient.ID)
	late := address(statementPath(p.Patient.ID, "admissions"))
	if p.Only != 0 {
		late = address("/admissions/"+id(p.Only)+"/late-discount", "tab", "admissions")
	}
	for _, act := range []struct {
		key, url string
		needs    clinic.Permission
	}{
		{"receive", address(patient+"/cashier", "tab", "summary"), clinic.ReceiveMoney},
		{"late_discount", late, clinic.DiscountLater},
		{"write_off", address(patient+"/write-off", "tab", "summary"), clinic.WriteOff},
	} {
		if v.actor.Can(act.needs) {
			links = append(links, view.TableLink{Text: v.l.T("report.do." + act.key), URL: act.url, Main: len(links) == 0})
		}
	}
	return links
}

// GET /reports/creditors
func (s *server) reportCreditors(v visit) error {
	a := readAddress(v.r, reportsPath+"/creditors", peopleNames...)
	q, fields, err := s.peopleQuery(v, a, false)
	if err != nil {
		return err
	}
	list, err := s.Desk.Creditors(v.r.Context(), v.actor, q)
	if err != nil {
		return err
	}
	p := s.reportPage(v, "creditors", a)
	p.Fields, p.Count, p.Newer, p.Older = fields, list.Count, a.other(list.Newer), a.other(list.Older)
	p.Sums = []view.Fact{sumFact(v, "report.creditors.sum", list.Total.Amount, "creditor")}
	p.Columns = []view.TableColumn{{Text: v.l.T("patients.name")}, {Text: v.l.T("report.credit", "unit", v.l.Unit()), Amount: true}, {Text: v.l.T("report.from_what"), Wide: true}}
	for _, i := range list.Items {
		what := ""
		for n, part := range i.Parts {
			if n > 0 {
				what += " "
			}
			what += part.Says(v.l)
		}
		name := "creditor-" + id(i.Patient.ID)
		p.Rows = append(p.Rows, view.TableRow{ID: name, Cells: []view.TableCell{personCell(v, name, i.Patient), amountCell(i.Amount), textCell(what)}})
	}
	p.Totals = []view.TableCell{totalCell(v, list.Ledger == nil || *list.Ledger == list.Total.Amount), amountCell(list.Total.Amount), {}}
	return s.showReport(v, a, p, true)
}

// GET /reports/deposits
func (s *server) reportDeposits(v visit) error {
	a := readAddress(v.r, reportsPath+"/deposits", "branch")
	fields, err := s.branchField(v, a)
	if err != nil {
		return err
	}
	r, err := s.Desk.DepositReport(v.r.Context(), v.actor, desk.PeopleQuery{Branch: clinic.BranchID(a.number("branch")), Cursor: a.cursor, All: asFile(v)})
	if err != nil {
		return err
	}
	p := s.reportPage(v, "deposits", a)
	p.Fields, p.Count, p.Newer, p.Older = fields, r.Count, a.other(r.Newer), a.other(r.Older)
	p.Sums = []view.Fact{sumFact(v, "report.deposits.sum", r.Total, "")}
	for i, name := range ageNames(v) {
		if r.Aged[i] != 0 {
			p.Sums = append(p.Sums, view.Fact{Label: name, Value: v.l.Amount(r.Aged[i]), Unit: v.l.Unit()})
		}
	}
	p.Columns = []view.TableColumn{{Text: v.l.T("report.document")}, {Text: v.l.T("patients.name")}, {Text: v.l.T("report.purpose"), Wide: true},
		{Text: v.l.T("report.day_of")}, {Text: v.l.T("report.held", "unit", v.l.Unit()), Amount: true}}
	for _, i := range r.Items {
		name := "deposit-" + id(i.ID)
		p.Rows = append(p.Rows, view.TableRow{ID: name, Cells: []view.TableCell{textCell(v.l.Document(i.Number.String())), personCell(v, name, i.Person),
			textCell(i.Text), {Day: i.Day, Note: v.l.T("report.days_old", "n", i.Days)}, amountCell(i.Left)}})
	}
	p.Totals = []view.TableCell{totalCell(v, r.Ledger == nil || *r.Ledger == r.Total), {}, {}, {}, amountCell(r.Total)}
	if len(r.Purposes) > 1 {
		g := view.TableGroup{Title: v.l.T("report.by_purpose"), Columns: []view.TableColumn{{Text: v.l.T("report.purpose")}, {Text: v.l.T("report.count"), Amount: true}, {Text: v.l.T("report.held", "unit", v.l.Unit()), Amount: true}}}
		for _, sum := range r.Purposes {
			text := sum.Purpose
			if text == "" {
				text = v.l.T("word.none")
			}
			g.Rows = append(g.Rows, view.TableRow{ID: "purpose-" + sum.Purpose, Cells: []view.TableCell{textCell(text), textCell(v.l.Number(sum.Count)), amountCell(sum.Amount)}})
		}
		p.Groups = append(p.Groups, g)
	}
	return s.showReport(v, a, p, true)
}
