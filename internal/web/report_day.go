package web

import (
	"net/http"
	"strings"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/jalali"
	"daftar/internal/ledger"
	"daftar/internal/money"
	"daftar/internal/web/view"
)

// dayLook reads ?day=&branch=&known_at= of a report of a day.
func (s *server) dayLook(v visit, path string) (a listAddress, q desk.ReportQuery, fields []view.ListField, err error) {
	a = readAddress(v.r, path, "day", "branch", "known_at", "paper")
	problems := map[string]string{}
	q = desk.ReportQuery{From: listDay(v, a, "day", problems), Branch: clinic.BranchID(a.number("branch"))}
	if at, err := time.Parse(time.RFC3339Nano, a.get("known_at")); err == nil {
		q.KnownAt = at
	}
	shown := q.From
	if shown == "" {
		shown = v.l.Today
	}
	branch, err := s.branchField(v, a)
	field := view.ListField{Name: "day", Label: v.l.T("report.day_of"), Value: v.l.DayInput(shown), Day: true, Problem: problems["day"]}
	if problems["day"] != "" {
		field.Value = a.get("day")
	}
	return a, q, append([]view.ListField{field}, branch...), err
}

// GET /reports/day?day=&branch=&known_at=
func (s *server) reportDay(v visit) error {
	a, q, fields, err := s.dayLook(v, reportsPath+"/day")
	if err != nil {
		return err
	}
	r, err := s.Desk.DayReport(v.r.Context(), v.actor, q)
	if err != nil {
		return err
	}
	p := s.reportPage(v, "day", a)
	p.Title += " " + v.l.Day(r.Day)
	p.Text = v.l.T("report.day.made", "when", v.l.Moment(r.KnownAt))
	p.Fields = fields
	p.Links = dayLinks(v, a, r.Day)
	for _, paper := range []string{"a4", "80"} {
		p.Links = append(p.Links, view.TableLink{Text: v.l.T("report.day.paper." + paper), Icon: "printer", Main: paper == "a4",
			URL: address(a.path+"/print", "day", string(r.Day), "branch", a.get("branch"), "known_at", r.KnownAt.UTC().Format(time.RFC3339Nano), "paper", paper)})
	}
	p.Sums = []view.Fact{sumFact(v, "report.day.share", r.Charged.Share, "debtor"), sumFact(v, "report.day.receipts", r.Receipts, "creditor"),
		sumFact(v, "report.day.refunds", r.Refunds, ""), sumFact(v, "report.day.corrected", r.Corrected, "")}
	p.Columns, p.Rows = dayFigures(v, r)
	p.Totals = []view.TableCell{totalCell(v, r.Balanced), amountCell(r.Net)}
	p.Totals[0].Text = v.l.T("report.day.net")
	p.Groups = dayGroups(v, r)
	return s.showReport(v, a, p, false)
}

// dayFigures are the figures of a day, a line each; what is nothing is left
// out.
func dayFigures(v visit, r desk.DayReport) (columns []view.TableColumn, rows []view.TableRow) {
	columns = []view.TableColumn{{Text: v.l.T("report.day.figure")}, {Text: v.l.T("report.amount", "unit", v.l.Unit()), Amount: true}}
	line := func(key string, a money.Amount, always bool) {
		if a != 0 || always {
			rows = append(rows, view.TableRow{ID: "day-" + key, Cells: []view.TableCell{textCell(v.l.T("report.day." + key)), amountCell(a)}})
		}
	}
	line("gross", r.Charged.Gross, true)
	line("cancelled", r.Charged.Cancelled, false)
	line("discount", r.Charged.Discount, false)
	line("insurers", r.Charged.Insurers, false)
	line("vat", r.Charged.VAT, false)
	line("share", r.Charged.Share, true)
	line("earned", r.Earned, false)
	line("forfeited", r.Forfeited, false)
	line("late", r.Late, false)
	line("receipts", r.Receipts, true)
	for _, m := range r.Methods {
		rows = append(rows, view.TableRow{ID: "day-method-" + m.Method, Cells: []view.TableCell{{Text: v.l.T("report.day.by", "method", v.l.T("method."+m.Method))}, amountCell(m.Amount)}})
	}
	line("voided", r.Voided, false)
	line("deposits", r.Deposits, false)
	line("applied", r.Applied, false)
	line("refunds", r.Refunds, true)
	line("other_in", r.OtherIn, false)
	line("other_out", r.OtherOut, false)
	line("over_short", r.OverShort, false)
	line("shifted", r.Shifted, false)
	line("corrected", r.Corrected, true)
	line("owed", r.Owed, false)
	return columns, rows
}

// dayGroups are the tables under the figures of a day.
func dayGroups(v visit, r desk.DayReport) (groups []view.TableGroup) {
	if len(r.Corrections) > 0 {
		g := view.TableGroup{Title: v.l.T("report.day.corrections"), Columns: []view.TableColumn{{Text: v.l.T("report.document")}, {Text: v.l.T("patients.name")},
			{Text: v.l.T("report.day.of")}, {Text: v.l.T("report.by.user"), Wide: true}, {Text: v.l.T("report.day.money"), Amount: true}, {Text: v.l.T("report.day.owed"), Amount: true, Wide: true}}}
		for _, c := range r.Corrections {
			name := "correction-" + id(c.Entry)
			g.Rows = append(g.Rows, view.TableRow{ID: name, Cells: []view.TableCell{textCell(strings.TrimSpace(entryKind(v, c.Kind) + " " + v.l.Document(c.Number.String()))),
				personCell(v, name, c.Person), {Day: c.Of}, textCell(c.Staff), amountCell(c.Money), amountCell(c.Owed)}})
		}
		g.Totals = []view.TableCell{textCell(v.l.T("report.total")), {}, {}, {}, amountCell(r.Corrected), amountCell(r.Owed)}
		groups = append(groups, g)
	}
	if len(r.Shifts) > 0 {
		g := view.TableGroup{Title: v.l.T("report.day.shifts"), Columns: []view.TableColumn{{Text: v.l.T("report.by.user")}, {Text: v.l.T("report.day.desk")}, {Text: v.l.T("report.day.opened"), Wide: true},
			{Text: v.l.T("report.day.closed"), Wide: true}, {Text: v.l.T("report.day.float"), Amount: true, Wide: true}, {Text: v.l.T("report.day.expected"), Amount: true, Wide: true},
			{Text: v.l.T("report.day.counted"), Amount: true}, {Text: v.l.T("report.day.difference"), Amount: true}}}
		for _, h := range r.Shifts {
			closed := v.l.T("report.day.still_open")
			counted, difference := view.TableCell{Text: closed}, view.TableCell{}
			if !h.Counted.IsZero() {
				closed, counted, difference = v.l.Clock(h.Counted), amountCell(h.Counts), amountCell(h.Counts-h.Expected)
			}
			g.Rows = append(g.Rows, view.TableRow{ID: "shift-" + id(h.ID), Cells: []view.TableCell{textCell(h.Staff), textCell(h.Desk), textCell(v.l.Clock(h.Opened)), textCell(closed),
				amountCell(h.Float), amountCell(h.Expected), counted, difference}})
		}
		groups = append(groups, g)
	}
	g := view.TableGroup{Title: v.l.T("report.day.places"), Columns: []view.TableColumn{{Text: v.l.T("report.day.place")}, {Text: v.l.T("report.day.opening"), Amount: true, Wide: true},
		{Text: v.l.T("report.cash.in"), Amount: true, Wide: true}, {Text: v.l.T("report.cash.out"), Amount: true, Wide: true}, {Text: v.l.T("report.day.closing"), Amount: true}}}
	var sum desk.PlaceDay
	for _, place := range r.Places {
		sum.Opening, sum.In, sum.Out, sum.Closing = sum.Opening+place.Opening, sum.In+place.In, sum.Out+place.Out, sum.Closing+place.Closing
		name := accountName(v, place.Kind, place.Name)
		g.Rows = append(g.Rows, view.TableRow{ID: "place-" + place.Kind + "-" + id(place.Owner), Cells: []view.TableCell{textCell(name), amountCell(place.Opening), amountCell(place.In),
			amountCell(-place.Out), amountCell(place.Closing)}})
	}
	if len(g.Rows) > 0 {
		g.Totals = []view.TableCell{textCell(v.l.T("report.total")), amountCell(sum.Opening), amountCell(sum.In), amountCell(-sum.Out), amountCell(sum.Closing)}
		groups = append(groups, g)
	}
	return groups
}

// GET /reports/day/print?day=&known_at=&branch=&paper=a4|80 is the report on
// paper. Its address holds the instant it was made, with which it is printed
// again as it was.
func (s *server) reportDayPaper(v visit) error {
	a, q, _, err := s.dayLook(v, reportsPath+"/day/print")
	if err != nil {
		return err
	}
	r, err := s.Desk.DayReport(v.r.Context(), v.actor, q)
	if err != nil {
		return err
	}
	made := r.KnownAt.UTC().Format(time.RFC3339Nano)
	if q.KnownAt.IsZero() {
		return redirect(v, a.with("known_at", made, "day", string(r.Day)))
	}
	paper := view.ReportPaper{L: v.l, Clinic: r.Clinic, Branch: r.Place, Title: v.l.T("report.day.title"), Day: r.Day, Narrow: a.get("paper") == "80",
		Made: v.l.T("report.day.made", "when", v.l.Moment(r.KnownAt)), Code: made, Back: address(reportsPath+"/day", "day", string(r.Day), "branch", a.get("branch"))}
	columns, rows := dayFigures(v, r)
	total := totalCell(v, r.Balanced)
	total.Text = v.l.T("report.day.net")
	paper.Groups = append([]view.TableGroup{{Title: v.l.T("report.day.figures"), Columns: columns, Rows: rows, Totals: []view.TableCell{total, amountCell(r.Net)}}}, dayGroups(v, r)...)
	s.write(v, http.StatusOK, view.ReportPaperPage(s.chrome(v, paper.Title), paper))
	return nil
}

// GET /reports/trial-balance?as_of=&known_at=
func (s *server) reportTrial(v visit) error {
	a := readAddress(v.r, reportsPath+"/trial-balance", "as_of", "known_at")
	look, fields := s.trialLook(v, a)
	rows, err := s.Desk.TrialBalance(v.r.Context(), v.actor, look)
	if err != nil {
		return err
	}
	p := s.reportPage(v, "trial", a)
	p.Fields = fields
	p.Columns = []view.TableColumn{{Text: v.l.T("why.account")}, {Text: v.l.T("report.trial.unit"), Wide: true},
		{Text: v.l.T("why.debit"), Amount: true}, {Text: v.l.T("why.credit"), Amount: true}}
	sums := map[string][2]money.Amount{}
	var units []string
	for _, r := range rows {
		to := a
		to.path += "/rows"
		name := view.TableCell{Text: accountName(v, r.Kind, r.Name), URL: to.with("kind", r.Kind, "owner", id(r.Owner))}
		unit := unitName(v, r.Unit)
		sum, met := sums[unit]
		if !met {
			units = append(units, unit)
		}
		debit, credit := max(0, r.Balance), max(0, -r.Balance)
		sums[unit] = [2]money.Amount{sum[0] + debit, sum[1] + credit}
		p.Rows = append(p.Rows, view.TableRow{ID: "account-" + r.Kind + "-" + id(r.Owner), Cells: []view.TableCell{name, textCell(unit), amountCell(debit), amountCell(credit)}})
	}
	for _, unit := range units[:min(1, len(units))] {
		p.Totals = []view.TableCell{totalCell(v, sums[unit][0] == sums[unit][1]), textCell(unit), amountCell(sums[unit][0]), amountCell(sums[unit][1])}
	}
	return s.showReport(v, a, p, false)
}

// accountName is an account in words, with its owner where it has a name.
func accountName(v visit, kind, owner string) string {
	name := v.l.T("why.account." + kind)
	if owner != "" {
		name += " — " + owner
	}
	return name
}

// unitName is what amounts of a unit of the books are shown in.
func unitName(v visit, u ledger.Unit) string {
	if u == ledger.PTS {
		return v.l.T("unit.PTS")
	}
	return v.l.Unit()
}

// trialLook reads the moment of a trial balance.
func (s *server) trialLook(v visit, a listAddress) (desk.View, []view.ListField) {
	problems := map[string]string{}
	look := desk.View{AsOf: listDay(v, a, "as_of", problems), Cursor: a.cursor}
	if look.AsOf > v.l.Today {
		problems["as_of"], look.AsOf = v.l.T("fault.view.future"), ""
	}
	known := listDay(v, a, "known_at", problems)
	if at, err := time.Parse(time.RFC3339, a.get("known_at")); err == nil {
		look.KnownAt = at
		delete(problems, "known_at")
	} else if known != "" {
		look.KnownAt = endOf(v, known)
	}
	return look, []view.ListField{{Name: "as_of", Label: v.l.T("report.trial.as_of"), Value: a.get("as_of"), Day: true, Problem: problems["as_of"]},
		{Name: "known_at", Label: v.l.T("report.trial.known_at"), Value: a.get("known_at"), Day: true, Problem: problems["known_at"]}}
}

// endOf is the last instant of a day.
func endOf(v visit, day jalali.Day) time.Time {
	_, until := day.Bounds(v.l.Zone)
	return until.Add(-time.Microsecond)
}

// GET /reports/trial-balance/rows?kind=&owner=&as_of=&known_at= shows what was
// posted to an account.
func (s *server) reportTrialRows(v visit) error {
	a := readAddress(v.r, reportsPath+"/trial-balance/rows", "kind", "owner", "as_of", "known_at")
	look, fields := s.trialLook(v, a)
	owner := keyNumber(a.get("owner"))
	page, err := s.Desk.AccountRows(v.r.Context(), v.actor, a.get("kind"), owner, look)
	if err != nil {
		return err
	}
	p := s.reportPage(v, "trial_rows", a)
	if kind := "why.account." + a.get("kind"); v.l.T(kind) != kind {
		p.Title += ": " + v.l.T(kind)
	}
	p.Fields, p.Newer, p.Older = fields, a.other(page.Newer), a.other(page.Older)
	p.Links = []view.TableLink{{Text: v.l.T("report.trial.title"), URL: address(reportsPath+"/trial-balance", "as_of", a.get("as_of"), "known_at", a.get("known_at"))}}
	p.Columns = []view.TableColumn{{Text: v.l.T("report.day_of")}, {Text: v.l.T("report.document")}, {Text: v.l.T("patients.name")}, {Text: v.l.T("report.by.user"), Wide: true},
		{Text: v.l.T("why.debit"), Amount: true}, {Text: v.l.T("why.credit"), Amount: true}}
	for _, r := range page.Rows {
		whom := page.Persons[r.Patient]
		document := view.TableCell{Text: strings.TrimSpace(entryKind(v, r.Kind) + " " + v.l.Document(r.Number.String()))}
		if whom.ID != 0 && v.actor.Can(clinic.ReadMoney) {
			document.URL = address("/patients/"+id(whom.ID)+"/why", "of", "entry-"+id(r.ID), "tab", "transactions")
		}
		name := "posting-" + id(r.ID) + "-" + id(r.Owner)
		p.Rows = append(p.Rows, view.TableRow{ID: name, Cells: []view.TableCell{{Day: r.Day, Note: v.l.Clock(r.At)}, document, personCell(v, name, whom), textCell(r.Staff),
			amountCell(max(0, r.Amount)), amountCell(max(0, -r.Amount))}})
	}
	return s.showReport(v, a, p, true)
}
