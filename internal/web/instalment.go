package web

import (
	"strconv"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/message"
	"daftar/internal/money"
	"daftar/internal/web/view"
)

const instalmentsPath = "/instalments"

func planPath(a clinic.AdmissionID) string { return "/admissions/" + id(a) + instalmentsPath }

// instalmentRoutes: instalment plans.
func (s *server) instalmentRoutes() []route {
	routes := []route{
		people(page(instalmentsPath, clinic.ReadMoney, "", s.instalmentList)),
		people(page("/admissions/{admission}/instalments/print", clinic.ReadMoney, "admission", s.planPaper)),
	}
	routes = append(routes, s.sheetRoutes("/admissions/{admission}/instalments", clinic.WriteInstalments, "admission", s.planSheet)...)
	return append(routes, s.sheetRoutes("/admissions/{admission}/instalments/cancel", clinic.WriteInstalments, "admission", s.endPlanSheet)...)
}

// monthsBetween are the ways to space instalments.
var monthsBetween = []int{1, 2, 3, 6, 12}

// usualCount is how many instalments a fresh form proposes.
const usualCount = 4

// planSheet agrees on the instalments of an admission, or on others.
func (s *server) planSheet(v visit) (moneySheet, error) {
	admission, err := admissionOf(v)
	if err != nil {
		return moneySheet{}, err
	}
	standing, err := s.Desk.InstalmentPlan(v.r.Context(), v.actor, admission)
	if err != nil {
		return moneySheet{}, err
	}
	m := moneySheet{name: "plan", patient: standing.Due.Admission.Patient, tab: "transactions", about: planAbout(v, standing)}
	m.values = map[string]string{"instalment_count": numberText(v, usualCount), "every_months": "1", "first_due": v.l.Day(v.l.Today.Date().AddMonths(1).Civil())}
	if standing.InForce() {
		m.name, m.values["replaces_plan"] = "plan_again", id(standing.Plan.ID)
	}
	m.fields = planFields
	m.do = func(t *typed, r desk.Request, seen *int64) (sheetDone, error) {
		cmd := desk.PlanInstalments{Admission: admission, Request: r, Seen: seen, Wish: planWish(t), Replaces: clinic.PlanID(t.id("replaces_plan"))}
		if len(t.problems) > 0 {
			return sheetDone{}, nil
		}
		done, err := s.Desk.PlanInstalments(v.r.Context(), v.actor, cmd)
		if e, ok := fault.As(err); ok {
			err = e.At(planField(t, e.Field))
		}
		return sheetDone{Effect: done.Effect, number: standing.Due.Admission.Number.String(), notes: planNotes(v, done.PlanStanding)}, err
	}
	return m, nil
}

// planField is where a fault of the desk belongs in the form.
func planField(t *typed, field string) string {
	switch {
	case field == "count":
		return "instalment_count"
	case field != "row" && field != "amount":
		return field
	case t.text("instalment_rows") != "":
		return "instalment_rows"
	case field == "row":
		return "first_due"
	}
	return "down_payment"
}

// planAbout names the admission and what is left of it.
func planAbout(v visit, p desk.PlanStanding) string {
	return v.l.T("instalment.about", "number", v.l.Document(p.Due.Admission.Number.String()), "left", v.l.Amount(p.Due.Left()), "unit", v.l.Unit())
}

func planFields(t *typed) []view.SettingField {
	down := sheetField(t, "down_payment", view.AmountField)
	down.Focus = true
	count, first := sheetField(t, "instalment_count", ""), sheetField(t, "first_due", view.DateField)
	count.Mode, count.Latin = "numeric", true
	var every []view.Choice
	for _, n := range monthsBetween {
		text := t.v.l.T("instalment.every", "n", n)
		if n == 1 {
			text = t.v.l.T("instalment.monthly")
		}
		every = append(every, view.Choice{Value: strconv.Itoa(n), Text: text})
	}
	rows := sheetField(t, "instalment_rows", view.LinesField)
	rows.Hint = t.v.l.T("instalment.rows.hint")
	rows.Latin = true
	return []view.SettingField{down, count, first, choiceField(t, "every_months", every...), rows, sheetField(t, "replaces_plan", view.HiddenField)}
}

// planWish reads what was typed. Rows, when there are any, stand for the count.
func planWish(t *typed) (wish clinic.PlanWish) {
	wish.DownPayment = t.amount("down_payment")
	if strings.TrimSpace(t.text("instalment_rows")) != "" {
		wish.Rows = planRows(t)
		return wish
	}
	wish.Count, wish.EveryMonths = t.number("instalment_count"), int(t.id("every_months"))
	if t.text("first_due") == "" {
		return wish
	}
	day, err := t.v.day(t.text("first_due"))
	if e, ok := fault.As(err); ok {
		t.problem("first_due", message.Fault(t.v.l.Lang, e))
	}
	wish.FirstDue = day
	return wish
}

// planRows reads an instalment from each line: a day and an amount.
func planRows(t *typed) (rows []clinic.Instalment) {
	for line := range strings.Lines(t.text("instalment_rows")) {
		if strings.TrimSpace(line) == "" {
			continue
		}
		day, sum, _ := strings.Cut(strings.TrimSpace(line), " ")
		due, err := t.v.day(day)
		value, wrong := amount(t.v, strings.TrimSpace(sum))
		if err != nil || wrong != nil {
			t.problem("instalment_rows", t.v.l.T("fault.instalment.row", "line", len(rows)+1))
			return rows
		}
		rows = append(rows, clinic.Instalment{Due: due, Amount: value})
	}
	return rows
}

// planNotes are the parts of a plan, a line each, for the preview.
func planNotes(v visit, p desk.PlanStanding) (notes []string) {
	for _, part := range p.Parts {
		key := "instalment.note"
		if part.Line == 0 {
			key = "instalment.note.down"
		}
		notes = append(notes, v.l.T(key, "n", part.Line, "day", v.l.Day(part.Due), "amount", v.l.Amount(part.Amount), "unit", v.l.Unit()))
	}
	return notes
}

// endPlanSheet ends a plan for a reason.
func (s *server) endPlanSheet(v visit) (moneySheet, error) {
	admission, err := admissionOf(v)
	if err != nil {
		return moneySheet{}, err
	}
	standing, err := s.Desk.InstalmentPlan(v.r.Context(), v.actor, admission)
	if err != nil {
		return moneySheet{}, err
	}
	m := moneySheet{name: "plan_end", patient: standing.Due.Admission.Patient, tab: "transactions", about: planAbout(v, standing)}
	m.fields = func(t *typed) []view.SettingField { return []view.SettingField{reasonField(t)} }
	m.do = func(t *typed, r desk.Request, seen *int64) (sheetDone, error) {
		if r.DryRun && t.text("reason") == "" {
			t.values["reason"] = "…" // what it does does not depend on why
			defer delete(t.values, "reason")
		}
		done, err := s.Desk.CancelInstalments(v.r.Context(), v.actor, desk.CancelInstalments{Admission: admission, Reason: t.text("reason"), Seen: seen, Request: r})
		return sheetDone{Effect: done.Effect, number: standing.Due.Admission.Number.String(), notes: []string{
			v.l.T("instalment.end.note", "amount", v.l.Amount(standing.Due.Left()), "unit", v.l.Unit())}}, err
	}
	return m, nil
}

// instalmentFacts are the cells of the strip about plans.
func instalmentFacts(v visit, i desk.Instalments) (list []view.Fact) {
	if i.Overdue > 0 {
		list = append(list, view.Fact{Label: v.l.T("fact.overdue"), Value: v.l.Amount(i.Overdue), Unit: v.l.Unit(), Tone: "debtor",
			Note: v.l.T("fact.overdue.note", "n", i.OverdueCount)})
	}
	if i.Upcoming > 0 {
		fact := view.Fact{Label: v.l.T("fact.upcoming"), Value: v.l.Amount(i.Upcoming), Unit: v.l.Unit()}
		if next, ok := nextPart(i); ok {
			fact.Note = v.l.T("fact.upcoming.note", "day", v.l.Day(next.Due))
		}
		list = append(list, fact)
	}
	return list
}

// nextPart is the part that is due next, today or later.
func nextPart(i desk.Instalments) (next clinic.PlannedPart, found bool) {
	for _, p := range i.Plans {
		for _, part := range p.Parts {
			if part.Left > 0 && part.Days <= 0 && (!found || part.Due < next.Due) {
				next, found = part, true
			}
		}
	}
	return next, found
}

// planned adds what plans say to the facts of a next action.
func planned(c *clinic.Circumstances, i desk.Instalments) {
	c.Overdue, c.OverdueCount = i.Overdue, i.OverdueCount
	for _, p := range i.Plans {
		for _, part := range p.Parts {
			if part.Left > 0 && part.Days > 0 {
				c.OverdueDays = max(c.OverdueDays, part.Days)
			}
			if part.Days < 0 {
				c.Waiting += part.Left
			}
		}
	}
}

// dueNow is what the patient is to pay now: all that is owed but for
// instalments whose day has not come; where that is nothing, the next of them.
func dueNow(h desk.Header) money.Amount {
	var c clinic.Circumstances
	planned(&c, h.Instalments)
	due := h.Position.Balance - c.Waiting
	if next, ok := nextPart(h.Instalments); ok && due <= 0 && h.Position.Balance > 0 {
		return min(next.Left, h.Position.Balance)
	}
	return due
}

// overdueText says which instalment is overdue, or how many are.
func overdueText(v visit, i desk.Instalments) string {
	pairs := []any{"amount", v.l.Amount(i.Overdue), "unit", v.l.Unit(), "n", i.OverdueCount}
	for _, p := range i.Plans {
		for _, part := range p.Parts {
			if part.Left == 0 || part.Days <= 0 {
				continue
			}
			pairs = append(pairs, "line", part.Line, "of", p.Plan.Instalments(), "days", part.Days)
			switch {
			case i.OverdueCount > 1:
				return v.l.T("next.overdue.many", pairs...)
			case part.Line == 0:
				return v.l.T("next.overdue.down", pairs...)
			}
			return v.l.T("next.overdue", pairs...)
		}
	}
	return ""
}
