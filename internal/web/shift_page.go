package web

import (
	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/web/view"
)

// shiftTones colour the states of a shift.
var shiftTones = map[clinic.ShiftStatus]string{clinic.ShiftOpen: "ok", clinic.ShiftCounted: "hold", clinic.ShiftAwaiting: "due", clinic.ShiftClosed: "plain"}

func shiftColumns(v visit) []view.TableColumn {
	return []view.TableColumn{{Text: v.l.T("till.col.day")}, {Text: v.l.T("till.col.staff")}, {Text: v.l.T("till.col.desk"), Wide: true},
		{Text: v.l.T("shift.float", "unit", v.l.Unit()), Amount: true, Wide: true}, {Text: v.l.T("shift.handed", "unit", v.l.Unit()), Amount: true},
		{Text: v.l.T("shift.difference", "unit", v.l.Unit()), Amount: true}, {Text: v.l.T("till.col.status")}}
}

// shiftRow is a shift in a list; hidden leaves out what the books say.
func shiftRow(v visit, l desk.ListedShift, hidden bool) view.TableRow {
	difference := view.TableCell{Amount: &l.Difference}
	if hidden {
		difference = view.TableCell{Text: v.l.T("word.none")}
	}
	return view.TableRow{ID: "shift-" + id(l.ID), Cells: []view.TableCell{
		{Text: v.l.Day(l.Day), URL: shiftPath(l.ID), Note: v.l.Clock(l.Opened)}, {Text: l.StaffName}, {Text: l.DeskName, Note: l.BranchName},
		{Amount: &l.Float}, {Amount: &l.Handed}, difference,
		{Text: v.l.T("shift.status." + string(l.Status)), Tone: shiftTones[l.Status]}}}
}

// GET /shifts?status=&day=&cursor= lists shifts.
func (s *server) shifts(v visit) error {
	query := v.r.URL.Query()
	q := desk.ShiftQuery{Status: query.Get("status"), Cursor: query.Get("cursor")}
	day := view.ListField{Name: "day", Label: v.l.T("till.col.day"), Value: query.Get("day"), Day: true}
	if day.Value != "" {
		d, err := jalali.Parse(day.Value, s.Desk.Today(v.clinic))
		if e, ok := fault.As(err); ok {
			day.Problem = sentence(v, e)
		}
		q.Day = d
	}
	status := view.ListField{Name: "status", Label: v.l.T("till.col.status"), Value: q.Status, Choices: []view.Choice{{Text: v.l.T("till.all")}}}
	for _, known := range []clinic.ShiftStatus{clinic.ShiftOpen, clinic.ShiftCounted, clinic.ShiftAwaiting, clinic.ShiftClosed} {
		status.Choices = append(status.Choices, view.Choice{Value: string(known), Text: v.l.T("shift.status." + string(known))})
	}
	found, err := s.Desk.ListShifts(v.r.Context(), v.actor, q)
	if err != nil {
		return err
	}
	p := view.TablePage{Chrome: s.chrome(v, v.l.T("shifts.title")), Name: "shifts", Title: v.l.T("shifts.title"), Action: "/shifts", Count: -1,
		Fields: []view.ListField{status, day}, Columns: shiftColumns(v), Empty: v.l.T("shifts.empty"),
		Links: []view.TableLink{{Text: v.l.T("till.title"), URL: "/cashier", Icon: "banknote"}}}
	for _, l := range found.Items {
		p.Rows = append(p.Rows, shiftRow(v, l, found.Blind && l.Status == clinic.ShiftOpen))
	}
	turn := func(cursor string) string {
		if cursor == "" {
			return ""
		}
		return address("/shifts", "status", q.Status, "day", day.Value, "cursor", cursor)
	}
	p.Newer, p.Older = turn(found.Newer), turn(found.Older)
	return s.show(v, view.TablePageView(p))
}

// GET /shifts/{shift} is a shift with all that belongs to it; printed it is the
// report of the shift.
func (s *server) shift(v visit) error {
	sheet, err := s.shiftIn(v)
	if err != nil {
		return err
	}
	title := v.l.T("shift.title", "name", sheet.StaffName)
	p := view.TablePage{Chrome: s.chrome(v, title), Name: "shift", Title: title, Action: shiftPath(sheet.ID), Count: -1, Print: true,
		Text:  v.l.T("shift.text", "desk", sheet.DeskName, "branch", sheet.BranchName, "day", v.l.DayLong(sheet.Day), "time", v.l.Clock(sheet.Opened)),
		Links: append(shiftLinks(v, sheet), view.TableLink{Text: v.l.T("till.shifts"), URL: "/shifts", Icon: "history"})}
	p.Sums = append([]view.Fact{{Label: v.l.T("till.col.status"), Value: v.l.T("shift.status." + string(sheet.Status)), Plain: true, Note: sheet.Note}}, shiftSums(v, sheet)...)
	if sheet.Hidden {
		p.Text += " " + v.l.T("shift.hidden")
	}
	if g := countGroup(v, sheet); g != nil {
		p.Groups = append(p.Groups, *g)
	}
	if g := flowGroup(v, sheet); g != nil {
		p.Groups = append(p.Groups, *g)
	}
	if g := handoverGroup(v, sheet); g != nil {
		p.Groups = append(p.Groups, *g)
	}
	rows, err := s.shiftRows(v, sheet)
	if err != nil {
		return err
	}
	if len(rows.Rows) > 0 {
		p.Groups = append(p.Groups, rows)
	}
	p.Groups = append(p.Groups, eventGroup(v, sheet))
	return s.show(v, view.TablePageView(p))
}

// countGroup is what was expected and what was counted, nil before the count.
func countGroup(v visit, sheet desk.ShiftSheet) *view.TableGroup {
	if sheet.Status == clinic.ShiftOpen || sheet.Hidden {
		return nil
	}
	unit := v.l.Unit()
	g := view.TableGroup{Title: v.l.T("shift.count"), Columns: []view.TableColumn{{Text: v.l.T("till.col.method")},
		{Text: v.l.T("shift.expected", "unit", unit), Amount: true}, {Text: v.l.T("shift.counted", "unit", unit), Amount: true},
		{Text: v.l.T("shift.difference", "unit", unit), Amount: true}}}
	for _, l := range sheet.Lines {
		name := view.TableCell{Text: lineName(v, l)}
		if l.Method != clinic.Cash && l.Number > 0 {
			name.Note = v.l.T("till.slips", "n", l.Number)
		}
		difference := l.Difference()
		g.Rows = append(g.Rows, view.TableRow{ID: "count-" + l.Field(), Cells: []view.TableCell{name, {Amount: &l.Expected}, {Amount: &l.Counted}, {Amount: &difference}}})
	}
	return &g
}

// handoverGroup are the hand-overs of a shift, nil for none.
func handoverGroup(v visit, sheet desk.ShiftSheet) *view.TableGroup {
	if len(sheet.Handovers) == 0 {
		return nil
	}
	g := view.TableGroup{Title: v.l.T("shift.handovers"), Columns: []view.TableColumn{{Text: v.l.T("till.col.time")}, {Text: v.l.T("till.col.staff")},
		{Text: v.l.T("handover.to")}, {Text: v.l.T("till.col.amount", "unit", v.l.Unit()), Amount: true}, {Text: v.l.T("till.col.status")}}}
	for _, h := range sheet.Handovers {
		to := view.TableCell{Text: v.l.T("handover.to." + string(h.To)), Note: h.PlaceName}
		state := view.TableCell{Text: v.l.T("handover.waiting"), Tone: "due"}
		switch {
		case !h.Confirmed.IsZero():
			state = view.TableCell{Text: v.l.T("handover.confirmed"), Tone: "ok", Note: h.ConfirmedByName}
		case !h.Returned.IsZero():
			state = view.TableCell{Text: v.l.T("handover.returned"), Tone: "hold", Note: h.ReturnedByName}
		}
		g.Rows = append(g.Rows, view.TableRow{ID: "handover-" + id(h.ID), Off: !h.Returned.IsZero(), Cells: []view.TableCell{
			{Text: v.l.Clock(h.At), Note: h.Note}, {Text: h.StaffName}, to, {Amount: &h.Amount}, state}})
	}
	return &g
}

// eventGroup is what became of a shift.
func eventGroup(v visit, sheet desk.ShiftSheet) view.TableGroup {
	g := view.TableGroup{Title: v.l.T("shift.history"), Columns: []view.TableColumn{{Text: v.l.T("till.col.time")}, {Text: v.l.T("till.col.staff")},
		{Text: v.l.T("till.col.status")}, {Text: v.l.T("till.col.note")}}}
	for i, e := range sheet.Events {
		g.Rows = append(g.Rows, view.TableRow{ID: "event-" + id(int64(i)), Cells: []view.TableCell{{Text: v.l.Moment(e.At)}, {Text: e.StaffName},
			{Text: v.l.T("shift.status." + string(e.Status)), Tone: shiftTones[e.Status]}, {Text: e.Note}}})
	}
	return g
}
