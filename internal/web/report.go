package web

import (
	"io"
	"slices"
	"strconv"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/message"
	"daftar/internal/money"
	"daftar/internal/sheet"
	"daftar/internal/web/view"
)

const reportsPath = "/reports"

// reportRoutes: the lists and reports of the desk. Each answers with a file for
// spreadsheets too, with ?format=csv.
func (s *server) reportRoutes() []route {
	return []route{
		page(reportsPath, clinic.ReadMoney, "", s.reports),
		people(page(reportsPath+"/debtors", clinic.ReadMoney, "", s.reportDebtors)),
		people(page(reportsPath+"/creditors", clinic.ReadMoney, "", s.reportCreditors)),
		people(page(reportsPath+"/deposits", clinic.ReadMoney, "", s.reportDeposits)),
		page(reportsPath+"/cash", clinic.ReadReports, "", s.reportCash),
		people(page(reportsPath+"/cash/rows", clinic.ReadReports, "", s.reportCashRows)),
		page(reportsPath+"/services", clinic.ReadReports, "", s.reportServices),
		page(reportsPath+"/crm", clinic.ReadActivities, "", s.reportCRM),
		people(page(reportsPath+"/day", clinic.ReadReports, "", s.reportDay)),
		people(page(reportsPath+"/day/print", clinic.ReadReports, "", s.reportDayPaper)),
		page(reportsPath+"/trial-balance", clinic.ExportBooks, "", s.reportTrial),
		people(page(reportsPath+"/trial-balance/rows", clinic.ExportBooks, "", s.reportTrialRows)),
	}
}

// reportLinks are the lists and reports, each for who may open it; those whose
// page is not of this site are left out.
var reportLinks = []struct {
	key, path string
	needs     clinic.Permission
}{
	{"day", reportsPath + "/day", clinic.ReadReports},
	{"cash", reportsPath + "/cash", clinic.ReadReports},
	{"debtors", reportsPath + "/debtors", clinic.ReadMoney},
	{"creditors", reportsPath + "/creditors", clinic.ReadMoney},
	{"deposits", reportsPath + "/deposits", clinic.ReadMoney},
	{"cheques", "/cheques", clinic.ReadMoney},
	{"instalments", "/instalments", clinic.ReadMoney},
	{"services", reportsPath + "/services", clinic.ReadReports},
	{"crm", reportsPath + "/crm", clinic.ReadActivities},
	{"trial", reportsPath + "/trial-balance", clinic.ExportBooks},
}

// GET /reports
func (s *server) reports(v visit) error {
	p := view.TablePage{Chrome: s.chrome(v, v.l.T("nav.reports")), Name: "reports", Title: v.l.T("nav.reports"), Text: v.l.T("report.index.text"), Count: -1,
		Columns: []view.TableColumn{{Text: v.l.T("report.index.report")}, {Text: v.l.T("report.index.what"), Wide: true}}}
	for _, l := range reportLinks {
		if s.pages[l.path] && v.actor.Can(l.needs) {
			p.Rows = append(p.Rows, view.TableRow{ID: l.key, Cells: []view.TableCell{
				{Text: v.l.T("report." + l.key + ".title"), URL: l.path}, {Text: v.l.T("report." + l.key + ".text")}}})
		}
	}
	return s.show(v, view.TablePageView(p))
}

// reportPage is the frame of a report called name.
func (s *server) reportPage(v visit, name string, a listAddress) view.TablePage {
	return view.TablePage{Chrome: s.chrome(v, v.l.T("report."+name+".title")), Name: name, Title: v.l.T("report." + name + ".title"), Count: -1,
		Text: v.l.T("report." + name + ".text"), Action: a.path, Empty: v.l.T("report." + name + ".empty")}
}

// csvParam asks for the whole list as a file.
const csvParam = "format"

// showReport shows the page or, when it was asked for, its rows as a file. Who
// may not take people out of the program gets no file that names them.
func (s *server) showReport(v visit, a listAddress, p view.TablePage, people bool) error {
	may := !people || v.actor.Can(clinic.ExportPatients)
	if v.r.URL.Query().Get(csvParam) != "csv" {
		if may {
			p.Links = append(p.Links, view.TableLink{Text: v.l.T("report.csv"), URL: a.with(csvParam, "csv"), Icon: "download"})
		}
		p.Print = true
		return s.show(v, view.TablePageView(p))
	}
	if !may {
		return v.actor.May(clinic.ExportPatients)
	}
	h := v.w.Header()
	h.Set("Content-Type", "text/csv; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="`+p.Name+"-"+string(v.l.Today)+`.csv"`)
	if err := writeTable(v, p); err != nil {
		s.Log.WarnContext(v.r.Context(), "a report was not written whole", "route", v.r.Pattern, "err", err)
	}
	return nil
}

// asFile reports whether the whole list is wanted as a file.
func asFile(v visit) bool { return v.r.URL.Query().Get(csvParam) == "csv" }

// writeTable writes the rows of a page with their totals: amounts in the
// clinic's own unit with Latin digits, days by the Gregorian calendar.
func writeTable(v visit, p view.TablePage) error {
	if _, err := io.WriteString(v.w, "\ufeff"); err != nil { // spreadsheets take it for Persian then
		return err
	}
	var names []string
	for _, c := range p.Columns {
		names = append(names, c.Text)
	}
	table, err := sheet.NewWriter(v.w, names...)
	if err != nil {
		return err
	}
	rows := p.Rows
	if p.Totals != nil {
		rows = append(slices.Clone(rows), view.TableRow{Cells: p.Totals})
	}
	for _, r := range rows {
		cells := make([]string, len(r.Cells))
		for i, c := range r.Cells {
			cells[i] = tableText(v, c)
		}
		if err := table.Row(cells...); err != nil {
			return err
		}
	}
	return table.Close()
}

// tableText is a cell in machine form.
func tableText(v visit, c view.TableCell) string {
	switch {
	case c.Patient != nil:
		return sheet.Text(c.Patient.Name + " (" + c.Patient.File + ")")
	case c.Amount != nil:
		return v.clinic.Currency.Plain(*c.Amount)
	case c.Day != "":
		return string(c.Day)
	}
	return sheet.Text(c.Text)
}

// amountCell is an amount.
func amountCell(a money.Amount) view.TableCell { return view.TableCell{Amount: &a} }

// textCell is plain words.
func textCell(text string) view.TableCell { return view.TableCell{Text: text} }

// personCell is a name that opens the menu, "" for nobody.
func personCell(v visit, row string, p clinic.Patient) view.TableCell {
	if p.ID == 0 {
		return view.TableCell{Text: v.l.T("word.none")}
	}
	return view.TableCell{Patient: &view.TablePatient{Row: row, ID: id(p.ID), Name: p.Name(), File: p.FileNumber.String(), Mobile: p.Mobile}}
}

// totalCell heads the totals and says whether they are what the books say.
func totalCell(v visit, agrees bool) view.TableCell {
	key := "report.agrees"
	if !agrees {
		key = "report.differs"
	}
	return view.TableCell{Text: v.l.T("report.total"), Note: v.l.T(key)}
}

// sumFact is a figure above the rows.
func sumFact(v visit, key string, a money.Amount, tone string) view.Fact {
	shown := v.l.Amount(a)
	if a < 0 {
		shown = "−" + shown
	}
	return view.Fact{Label: v.l.T(key), Value: shown, Unit: v.l.Unit(), Tone: tone}
}

// reportQuery reads ?from=&to=&by=&branch=&known_at=; what is no day is a
// problem of its field.
func (s *server) reportQuery(v visit, a listAddress) (q desk.ReportQuery, fields []view.ListField, err error) {
	problems := map[string]string{}
	q = desk.ReportQuery{From: listDay(v, a, "from", problems), To: listDay(v, a, "to", problems), By: a.get("by"), Branch: clinic.BranchID(a.number("branch"))}
	if q.From != "" && q.To != "" && q.From > q.To {
		problems["from"] = message.Fault(v.l.Lang, fault.New(fault.Invalid, "view.range", "the range is backwards"))
		q.From, q.To = "", ""
	}
	fields = []view.ListField{{Name: "from", Label: v.l.T("list.from"), Value: shownDay(v, a.get("from"), q.From), Day: true, Problem: problems["from"]},
		{Name: "to", Label: v.l.T("list.to"), Value: shownDay(v, a.get("to"), q.To), Day: true, Problem: problems["to"]}}
	branch, err := s.branchField(v, a)
	return q, append(fields, branch...), err
}

// shownDay is what a field of a day shows: what was typed, else the day.
func shownDay(v visit, typed string, day jalali.Day) string {
	if typed != "" || day == "" {
		return typed
	}
	return v.l.DayInput(day)
}

// branchField is the choice of a branch for who sees several.
func (s *server) branchField(v visit, a listAddress) ([]view.ListField, error) {
	if !v.actor.Can(clinic.AllBranches) {
		return nil, nil
	}
	options, err := s.Desk.ListOptions(v.r.Context(), v.actor)
	if err != nil || len(options.Branches) < 2 {
		return nil, err
	}
	return []view.ListField{{Name: "branch", Label: v.l.T("list.branch"), Value: a.get("branch"), Choices: named(v, options.Branches)}}, nil
}

// byField is the choice of what a report is by.
func byField(v visit, by string, groups []string) view.ListField {
	f := view.ListField{Name: "by", Label: v.l.T("report.by"), Value: by}
	for _, g := range groups {
		f.Choices = append(f.Choices, view.Choice{Value: g, Text: v.l.T("report.by." + g)})
	}
	return f
}

// keyNumber is the number of a key, 0 for none.
func keyNumber(key string) int64 {
	n, err := strconv.ParseInt(key, 10, 64)
	if err != nil {
		return 0
	}
	return n
}
