package web

import (
	"slices"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/message"
	"daftar/internal/money"
	"daftar/internal/web/view"
)

func (s *server) admissionRoutes() []route {
	return []route{people(page("/admissions", clinic.ReadStatement, "", s.admissionList))}
}

// What the address of the list holds beside its cursor, and its columns.
var (
	admissionParams  = []string{"from", "to", "status", "pay", "section", "provider", "branch", columnsParam}
	admissionColumns = []string{"at", "number", "name", "section", "services", "providers", "gross", "discount", "insurers", "share", "paid", "left",
		"state", "branch", "user"}
	usualAdmissionColumns = []string{"at", "number", "name", "services", "providers", "gross", "share", "paid", "left", "state"}
)

// GET /admissions
func (s *server) admissionList(v visit) error {
	a := readAddress(v.r, "/admissions", admissionParams...)
	if to, ok := a.columnsChosen(v.r, admissionColumns, usualAdmissionColumns); ok {
		return redirect(v, to)
	}
	q := desk.AdmissionQuery{Status: a.get("status"), Pay: a.get("pay"), Section: clinic.SectionID(a.number("section")),
		Provider: clinic.ProviderID(a.number("provider")), Branch: clinic.BranchID(a.number("branch")), Cursor: a.cursor}
	problems := map[string]string{}
	q.From, q.To = listDay(v, a, "from", problems), listDay(v, a, "to", problems)
	page, err := s.Desk.ListAdmissions(v.r.Context(), v.actor, q)
	if e, ok := fault.As(err); ok && e.Field == "from" && q.To != "" {
		problems["from"], q.From, q.To = message.Fault(v.l.Lang, e), "", ""
		page, err = s.Desk.ListAdmissions(v.r.Context(), v.actor, q)
	}
	if err != nil {
		return err
	}
	p := view.AdmissionList{Chrome: s.chrome(v, v.l.T("admission.list.title")), URL: a.url(), Newer: a.other(page.Newer), Older: a.other(page.Older)}
	if p.Bar, err = s.admissionBar(v, a, q, problems); err != nil {
		return err
	}
	p.Columns = slices.DeleteFunc(slices.Clone(p.Bar.Columns), func(c view.ListColumn) bool { return !c.On })
	for _, i := range page.Items {
		p.Rows = append(p.Rows, admissionLine(v, i))
	}
	if !v.l.NoMoney {
		t := page.Totals
		p.Totals = map[string]money.Amount{"gross": t.Gross, "discount": t.Discount, "insurers": t.Insurers, "share": t.Share, "paid": t.Paid, "left": t.Left}
	}
	return s.show(v, view.AdmissionListPage(p))
}

// listDay reads a typed day of the address; one that is none is a problem of
// its field and is left out.
func listDay(v visit, a listAddress, name string, problems map[string]string) jalali.Day {
	if a.get(name) == "" {
		return ""
	}
	day, err := jalali.Parse(a.get(name), v.l.Today)
	if e, ok := fault.As(err); ok {
		problems[name] = message.Fault(v.l.Lang, e)
		return ""
	}
	return day
}

// admissionBar arranges what the list can be limited to.
func (s *server) admissionBar(v visit, a listAddress, q desk.AdmissionQuery, problems map[string]string) (view.ListBar, error) {
	b := view.ListBar{L: v.l, List: "admissions", Action: a.path, Query: a.query()}
	options, err := s.Desk.ListOptions(v.r.Context(), v.actor)
	if err != nil {
		return b, err
	}
	b.Quick = []view.ChipGroup{dayChips(v, a, q)}
	statuses := []view.Choice{{Text: v.l.T("list.any")}}
	for _, status := range []clinic.AdmissionStatus{clinic.Draft, clinic.Finalized, clinic.Cancelled} {
		statuses = append(statuses, view.Choice{Value: string(status), Text: v.l.T("status." + string(status))})
	}
	statuses = append(statuses, view.Choice{Value: desk.AwaitingApproval, Text: v.l.T("admissions.waits")})
	pays := []view.Choice{{Text: v.l.T("list.any")}}
	for _, pay := range []string{"unpaid", "partially_paid", "settled", "overpayment"} {
		pays = append(pays, view.Choice{Value: pay, Text: v.l.T("pay." + pay)})
	}
	b.Fields = []view.ListField{
		{Name: "from", Label: v.l.T("list.from"), Value: a.get("from"), Day: true, Problem: problems["from"]},
		{Name: "to", Label: v.l.T("list.to"), Value: a.get("to"), Day: true, Problem: problems["to"]},
		{Name: "status", Label: v.l.T("admission.list.status"), Value: a.get("status"), Choices: statuses},
	}
	if !v.l.NoMoney {
		b.Fields = append(b.Fields, view.ListField{Name: "pay", Label: v.l.T("admission.list.pay"), Value: a.get("pay"), Choices: pays})
	}
	b.Fields = append(b.Fields,
		view.ListField{Name: "section", Label: v.l.T("list.section"), Value: a.get("section"), Choices: named(v, options.Sections)},
		view.ListField{Name: "provider", Label: v.l.T("list.provider"), Value: a.get("provider"), Choices: named(v, options.Providers)})
	if len(options.Branches) > 1 {
		b.Fields = append(b.Fields, view.ListField{Name: "branch", Label: v.l.T("list.branch"), Value: a.get("branch"), Choices: named(v, options.Branches)})
	}
	finishBar(v, a, &b)
	b.Kept2 = a.kept(columnsParam)
	on := a.columns(admissionColumns, usualAdmissionColumns)
	for _, key := range admissionColumns {
		text := map[string]string{"name": "admission.list.person", "section": "list.section", "providers": "list.provider", "branch": "list.branch"}[key]
		if text == "" {
			text = "admission.list." + key
		}
		if v.l.NoMoney && slices.Contains([]string{"gross", "discount", "insurers", "share", "paid", "left"}, key) {
			continue
		}
		label := v.l.T(text)
		if key == "left" {
			label += " (" + v.l.Unit() + ")" // beside it stand the others of the same unit
		}
		b.Columns = append(b.Columns, view.ListColumn{Key: key, Text: label, On: slices.Contains(on, key)})
	}
	b.Views, err = s.savedViews(v, a, "admissions")
	return b, err
}

// dayChips are the ranges that are asked for most.
func dayChips(v visit, a listAddress, q desk.AdmissionQuery) view.ChipGroup {
	g := view.ChipGroup{Label: v.l.T("admission.list.range")}
	today := v.l.Today
	saturday := today.Add(-int(today.Weekday()))
	for _, c := range []struct {
		key      string
		from, to jalali.Day
	}{{"all", "", ""}, {"today", today, today}, {"yesterday", today.Add(-1), today.Add(-1)}, {"week", saturday, saturday.Add(6)}} {
		from, to := "", ""
		if c.from != "" {
			from, to = c.from.Date().String(), c.to.Date().String()
		}
		g.Chips = append(g.Chips, view.Chip{Text: v.l.T("admission.list.day." + c.key), URL: a.with("from", from, "to", to),
			On: q.From == c.from && q.To == c.to})
	}
	return g
}

func admissionLine(v visit, i desk.AdmissionItem) view.AdmissionLine {
	a := i.Admission
	line := view.AdmissionLine{ID: id(a.ID), Number: a.Number.String(), URL: statementPath(i.Person.ID, "admissions") + "#admission-" + id(a.ID),
		Day: a.Day, At: a.At, Patient: id(i.Person.ID), File: i.Person.FileNumber.String(), Name: i.Person.Name(), Mobile: i.Person.Mobile,
		Section: i.Section, Status: string(a.Status), Branch: i.BranchName, User: i.StaffName, Cancelled: a.Status == clinic.Cancelled}
	var lines []view.ServiceLine
	for _, l := range i.Lines {
		lines = append(lines, view.ServiceLine{Service: l.Title, Provider: i.Providers[l.Provider]})
	}
	line.Services, line.Providers = view.ServicesText(v.l, lines), view.ProvidersText(lines)
	if v.l.NoMoney {
		return line
	}
	line.Amounts = map[string]money.Amount{"gross": a.Gross, "discount": a.Discount, "insurers": a.Gross - a.Discount + a.VAT - i.Share - i.Remitted,
		"share": i.Share, "paid": i.Paid}
	line.Waits = waits(i.AdmissionRow)
	if a.Status == clinic.Finalized {
		line.Amounts["left"], line.Pay = i.Left(), payStatus(i.Share, i.Paid)
	}
	return line
}
