package web

import (
	"strconv"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/money"
	"daftar/internal/web/view"
)

// planAction is the sheet of an admission's instalments, "" when nothing is to
// be agreed on, and whether there is a plan to replace.
func planAction(v visit, h desk.Header, left money.Amount, a clinic.AdmissionID) (path string, planned bool) {
	if left <= 0 || !v.actor.Can(clinic.WriteInstalments) {
		return "", false
	}
	for _, p := range h.Instalments.Plans {
		planned = planned || p.Due.Admission.ID == a
	}
	return address(planPath(a), "tab", "admissions"), planned
}

// planSections are the plans of a person under the ledger.
func planSections(v visit, patient clinic.PatientID, k look, h desk.Header) (sections []view.Body) {
	for _, p := range h.Instalments.Plans {
		shown := planView(v, p)
		a := p.Due.Admission
		shown.URL = k.admission(h, int64(a.ID), desk.RowKey{At: a.At, ID: int64(a.ID)})
		if !k.inPast() {
			shown.Print = planPath(a.ID) + "/print"
			if p.Due.Left() > 0 && v.actor.Can(clinic.WriteInstalments) {
				shown.Replace, shown.Cancel = planPath(a.ID), planPath(a.ID)+"/cancel"
			}
			for i, part := range p.Parts {
				shown.Parts[i].Receive = receivePart(v, patient, part)
			}
		}
		sections = append(sections, view.PlanSection(shown))
	}
	return sections
}

// receivePart is the cashier's sheet with what is left of a part.
func receivePart(v visit, patient clinic.PatientID, p clinic.PlannedPart) string {
	if p.Left == 0 || !v.actor.Can(clinic.ReceiveMoney) {
		return ""
	}
	return address(cashierPath(patient), "tab", "transactions", "amount", id(p.Left))
}

func planView(v visit, p desk.PlanStanding) view.Plan {
	shown := view.Plan{L: v.l, ID: id(p.Plan.ID), Number: p.Due.Admission.Number.String(), Titles: enumerated(v, p.Due.Titles), Unplanned: p.Unplanned}
	for _, part := range p.Parts {
		shown.Parts = append(shown.Parts, view.PlanPart{Line: part.Line, Due: part.Due, Amount: part.Amount, Agreed: part.Agreed, Paid: part.Paid,
			Left: part.Left, State: string(part.State), When: partWhen(v, part)})
		shown.Agreed += part.Amount
		shown.Paid += part.Paid
		shown.Left += part.Left
	}
	return shown
}

// partWhen is how long ago a part was due, or how long there is.
func partWhen(v visit, p clinic.PlannedPart) string {
	switch {
	case p.Left == 0 || p.Days == 0:
		return ""
	case p.Days > 0:
		return v.l.T("instalment.ago", "days", p.Days)
	}
	return v.l.T("instalment.in", "days", -p.Days)
}

// The questions of the list.
const week = "week"

// GET /instalments
func (s *server) instalmentList(v visit) error {
	a := readAddress(v.r, instalmentsPath, "state", "from", "until")
	problems := map[string]string{}
	q := desk.InstalmentQuery{State: a.get("state"), Cursor: a.cursor, From: listDay(v, a, "from", problems), Until: listDay(v, a, "until", problems)}
	if q.State == week {
		q.State, q.From, q.Until = "", v.l.Today.Add(1), v.l.Today.Add(7)
	}
	page, err := s.Desk.ListInstalments(v.r.Context(), v.actor, q)
	if e, ok := fault.As(err); ok && (e.Code == "view.range" || e.Code == "instalment.state" || e.Code == "page.cursor") {
		problems[e.Field] = sentence(v, e)
		page, err = s.Desk.ListInstalments(v.r.Context(), v.actor, desk.InstalmentQuery{})
	}
	if err != nil {
		return err
	}
	p := view.TablePage{Chrome: s.chrome(v, v.l.T("instalment.list.title")), Name: "instalments", Title: v.l.T("instalment.list.title"),
		Text: v.l.T("instalment.list.text"), Action: instalmentsPath, Count: page.Count, Empty: v.l.T("instalment.list.empty"), Print: true,
		Older: a.other(page.Older), Sums: instalmentSums(v, page), Columns: instalmentColumns(v)}
	if a.cursor != "" {
		p.Newer = a.page("") // the list begins with the oldest; there is one way back
	}
	states := []view.Choice{{Text: v.l.T("list.any")}}
	for _, state := range []string{"overdue", "due_today", week, "upcoming"} {
		states = append(states, view.Choice{Value: state, Text: v.l.T("instalment.list." + state)})
	}
	p.Fields = []view.ListField{
		{Name: "state", Label: v.l.T("instalment.state"), Value: a.get("state"), Choices: states, Problem: problems["state"]},
		{Name: "from", Label: v.l.T("list.from"), Value: a.get("from"), Day: true, Problem: problems["from"]},
		{Name: "until", Label: v.l.T("list.to"), Value: a.get("until"), Day: true, Problem: problems["until"]},
	}
	for i, item := range page.Items {
		p.Rows = append(p.Rows, instalmentRow(v, i, item))
	}
	if page.Count > 0 {
		left := page.Left
		p.Totals = make([]view.TableCell, len(p.Columns))
		p.Totals[0].Text, p.Totals[leftColumn].Amount = v.l.T("instalment.sum"), &left
	}
	return s.show(v, view.TablePageView(p))
}

// leftColumn is the place of what is left among the columns.
const leftColumn = 6

func instalmentColumns(v visit) []view.TableColumn {
	return []view.TableColumn{{Text: v.l.T("instalment.due")}, {Text: v.l.T("patients.name")}, {Text: v.l.T("instalment.part"), Wide: true},
		{Text: v.l.T("admission.list.number"), Wide: true}, {Text: v.l.T("instalment.amount", "unit", v.l.Unit()), Amount: true, Wide: true},
		{Text: v.l.T("instalment.paid"), Amount: true, Wide: true}, {Text: v.l.T("instalment.left"), Amount: true}, {Text: v.l.T("instalment.state"), Wide: true}, {}}
}

func instalmentRow(v visit, i int, item desk.InstalmentItem) view.TableRow {
	plan := item.Plan
	person := view.TablePatient{Row: strconv.Itoa(i), ID: id(item.Person.ID), Name: item.Person.Name(), File: item.Person.FileNumber.String(), Mobile: item.Person.Mobile}
	part := v.l.T("instalment.down")
	if item.Line > 0 {
		part = v.l.T("instalment.line.of", "n", item.Line, "of", plan.Plan.Instalments())
	}
	state, tone := v.l.T("instalment.state."+string(item.State)), map[clinic.PartState]string{clinic.PartOverdue: "debtor", clinic.PartDueToday: "hold",
		clinic.PartPartly: "hold"}[item.State]
	if tone == "" {
		tone = "plain"
	}
	row := view.TableRow{ID: id(plan.Plan.ID) + "-" + strconv.Itoa(item.Line), Cells: []view.TableCell{
		{Day: item.Due, Note: partWhen(v, item.PlannedPart)}, {Patient: &person, Note: v.l.Mobile(item.Person.Mobile)}, {Text: part},
		{Text: v.l.Document(plan.Due.Admission.Number.String()), URL: statementPath(item.Person.ID, "transactions") + "#plan-" + id(plan.Plan.ID),
			Note: enumerated(v, plan.Due.Titles)},
		{Amount: &item.Amount}, {Amount: &item.Paid}, {Amount: &item.Left}, {Text: state, Tone: tone}, {}}}
	if url := receivePart(v, item.Person.ID, item.PlannedPart); url != "" {
		row.Cells[len(row.Cells)-1].Links = []view.TableLink{{Text: v.l.T("admissions.pay"), URL: url}}
	}
	return row
}

// instalmentSums are the figures above the list, of all whatever was asked for.
func instalmentSums(v visit, p desk.InstalmentPage) (sums []view.Fact) {
	for _, f := range []struct {
		key, tone string
		sum       desk.InstalmentSum
	}{{"overdue", "debtor", p.Overdue}, {"due_today", "", p.Today}, {week, "", p.Week}, {"later", "", p.Later}} {
		fact := view.Fact{Label: v.l.T("instalment.list." + f.key), Value: v.l.Digits("0"), Unit: v.l.Unit(), Note: v.l.T("instalment.list.count", "n", f.sum.Count)}
		if f.sum.Left > 0 {
			fact.Value, fact.Tone = v.l.Amount(f.sum.Left), f.tone
		}
		sums = append(sums, fact)
	}
	return sums
}

// GET /admissions/{admission}/instalments/print is a plan on paper.
func (s *server) planPaper(v visit) error {
	admission, err := admissionOf(v)
	if err != nil {
		return err
	}
	plan, err := s.Desk.InstalmentPlan(v.r.Context(), v.actor, admission)
	if err == nil && plan.Plan.ID == 0 {
		err = fault.New(fault.NotFound, "instalment.none", "the admission has no plan")
	}
	if err != nil {
		return err
	}
	paper, err := s.Desk.AdmissionPaper(v.r.Context(), v.actor, admission)
	if err != nil {
		return err
	}
	p := view.PlanPaper{Plan: planView(v, plan), Clinic: v.clinic.Name, Branch: paper.Branch, Day: plan.Plan.Day, Patient: paper.Patient.Name(),
		File: paper.Patient.FileNumber.String(), Owed: plan.Due.Share, Before: min(plan.Plan.Paid, plan.Due.Share),
		Back: statementPath(paper.Patient.ID, "transactions"), Now: v.r.URL.Query().Get("now") != "", Footer: v.clinic.Footer, Head: letterhead(v)}
	if p.Titles == "" { // of an admission that is not in the books
		var titles []string
		for _, l := range paper.Admission.Lines {
			titles = append(titles, l.Title)
		}
		p.Titles = strings.Join(titles, v.l.T("word.comma"))
	}
	if plan.Plan.Ended != "" {
		p.Mark = v.l.T("instalment.mark." + string(plan.Plan.Ended))
	}
	return s.show(v, view.PlanPaperPage(s.chrome(v, v.l.T("instalment.paper")+" "+v.l.Document(p.Number)), p))
}
