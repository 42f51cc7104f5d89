package web

import (
	"strconv"

	"daftar/internal/desk"
	"daftar/internal/web/view"
)

// GET /reports/crm?from=&to=&by=&branch= is what was done about people and what
// came of it.
func (s *server) reportCRM(v visit) error {
	a := readAddress(v.r, reportsPath+"/crm", "from", "to", "by", "branch")
	q, fields, err := s.reportQuery(v, a)
	if err != nil {
		return err
	}
	r, err := s.Desk.CRMReport(v.r.Context(), v.actor, q)
	if err != nil {
		return err
	}
	p := s.reportPage(v, "crm", a)
	p.Text = v.l.T("report.span", "from", v.l.Day(r.From), "to", v.l.Day(r.To))
	fields[0].Value, fields[1].Value = shownDay(v, a.get("from"), r.From), shownDay(v, a.get("to"), r.To)
	p.Fields = append(fields, byField(v, r.By, desk.CRMGroups))
	p.Sums = []view.Fact{{Label: v.l.T("report.crm.done"), Value: v.l.Number(r.Total.Count)},
		{Label: v.l.T("report.crm.ended_booked"), Value: v.l.Number(r.Total.Booked), Note: shareText(v, r.Total.Booked, r.Total.Count)}}
	p.Columns = []view.TableColumn{{Text: v.l.T("report.by." + r.By)}, {Text: v.l.T("report.crm.done"), Amount: true}, {Text: v.l.T("report.crm.share")}}
	if r.By != "outcome" {
		p.Columns = append(p.Columns, view.TableColumn{Text: v.l.T("report.crm.booked"), Amount: true})
	}
	for _, l := range r.Lines {
		row := view.TableRow{ID: "crm-" + l.Key, Cells: []view.TableCell{textCell(crmName(v, r.By, l)), textCell(v.l.Number(l.Count)), shareCell(v, l.Count, r.Total.Count)}}
		if r.By != "outcome" {
			row.Cells = append(row.Cells, textCell(v.l.Number(l.Booked)))
		}
		p.Rows = append(p.Rows, row)
	}
	if r.Funnel != nil {
		p.Groups = []view.TableGroup{leadFunnel(v, *r.Funnel)}
	}
	return s.showReport(v, a, p, false)
}

// leadFunnel is how far the leads came that were recorded in the days, each step
// as a part of all of them.
func leadFunnel(v visit, f desk.LeadFunnel) view.TableGroup {
	g := view.TableGroup{Title: v.l.T("report.crm.funnel"), Columns: []view.TableColumn{{Text: v.l.T("report.crm.reached")}, {Text: v.l.T("report.crm.leads"), Amount: true},
		{Text: v.l.T("report.crm.share")}}}
	for _, step := range []struct {
		name string
		n    int
	}{{v.l.T("report.crm.recorded"), f.Recorded}, {v.l.T("lead.state.following"), f.Following}, {v.l.T("lead.state.booked"), f.Booked},
		{v.l.T("lead.state.converted"), f.Converted}, {v.l.T("lead.state.lost"), f.Lost}, {v.l.T("lead.state.invalid"), f.Invalid}} {
		g.Rows = append(g.Rows, view.TableRow{ID: "funnel-" + strconv.Itoa(len(g.Rows)), Cells: []view.TableCell{textCell(step.name), textCell(v.l.Number(step.n)), shareCell(v, step.n, f.Recorded)}})
	}
	return g
}

// crmName names a group.
func crmName(v visit, by string, l desk.CRMLine) string {
	switch {
	case by == "owner" && l.Name != "":
		return l.Name
	case by == "owner" || l.Key == "":
		return v.l.T("report.crm.none." + by)
	}
	return v.l.T("activity." + by + "." + l.Key)
}

// shareText is a part of a whole in percent; "" of nothing.
func shareText(v visit, part, whole int) string {
	if whole == 0 {
		return ""
	}
	return v.l.T("report.share", "n", v.l.Digits(strconv.Itoa((100*part+whole/2)/whole)))
}

// shareCell is the same with a bar.
func shareCell(v visit, part, whole int) view.TableCell {
	return view.TableCell{Text: shareText(v, part, whole), Bar: float64(part) / float64(max(whole, 1))}
}
