package web

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/money"
	"daftar/internal/web/view"
)

// insurersPath is the list of what insurers owe.
const insurersPath = "/insurers"

// settlementRoutes: what insurers pay and cut.
func (s *server) settlementRoutes() []route {
	sheets := append(s.sheetRoutes("/insurers/{insurer}/settle", clinic.SettleInsurers, "insurer", s.settleSheet), s.settlementVoidRoutes()...)
	return append(sheets,
		page(insurersPath, clinic.ReadReports, "", s.showInsurers),
		people(page("/insurers/{insurer}", clinic.ReadReports, "insurer", s.showInsurer)),
		people(page("/settlements/{settlement}", clinic.ReadReports, "settlement", s.showSettlement)))
}

// pathID reads an id of the path. NotFound WHAT.none for what is no id.
func pathID[T ~int64](v visit, what string) (T, error) {
	n, err := strconv.ParseInt(v.r.PathValue(what), 10, 64)
	if err != nil || n <= 0 {
		return 0, fault.New(fault.NotFound, "page.none", "there is no such %s", what)
	}
	return T(n), nil
}

func insurerPath(i clinic.InsurerID) string       { return insurersPath + "/" + id(i) }
func settlementPath(n clinic.SettlementID) string { return "/settlements/" + id(n) }

// asOf is the field of the day and the view of it; a day that cannot be read is
// said at the field, and the list is that of now.
func (s *server) asOf(v visit) (view.ListField, desk.View) {
	f := view.ListField{Name: "as_of", Label: v.l.T("settle.as_of"), Value: v.r.URL.Query().Get("as_of"), Day: true}
	if f.Value == "" {
		return f, desk.View{}
	}
	today := s.Desk.Today(v.clinic)
	day, err := jalali.Parse(f.Value, today)
	if err == nil && day > today {
		err = fault.New(fault.Invalid, "view.future", "%s has not come yet", day)
	}
	if err != nil {
		e, _ := fault.As(err)
		if f.Problem = v.l.T("fault.date.syntax"); e != nil {
			f.Problem = sentence(v, e)
		}
		return f, desk.View{}
	}
	return f, desk.View{AsOf: day}
}

// cell is an amount in a table.
func cell(a money.Amount) view.TableCell { return view.TableCell{Amount: &a} }

// ageColumns are the heads of sums by age.
func ageColumns(v visit, aging [3]int) (columns []view.TableColumn) {
	from := 0
	for _, days := range aging {
		columns = append(columns, view.TableColumn{Text: v.l.T("settle.age", "from", v.l.Number(from), "to", v.l.Number(days)), Amount: true, Wide: true})
		from = days + 1
	}
	return append(columns, view.TableColumn{Text: v.l.T("settle.age.over", "days", v.l.Number(aging[2])), Amount: true, Wide: true},
		view.TableColumn{Text: v.l.T("settle.credit"), Amount: true, Wide: true}, view.TableColumn{Text: v.l.T("settle.total"), Amount: true})
}

func ageCells(a clinic.ClaimAges) (cells []view.TableCell) {
	for _, one := range a.Spans[:clinic.Future] {
		cells = append(cells, cell(one))
	}
	return append(cells, cell(a.Credit), cell(a.Total()))
}

func (s *server) showInsurers(v visit) error {
	field, look := s.asOf(v)
	r, err := s.Desk.Receivables(v.r.Context(), v.actor, look)
	if err != nil {
		return err
	}
	p := view.TablePage{Chrome: s.chrome(v, v.l.T("settle.insurers")), Name: "insurers", Title: v.l.T("settle.insurers"), Text: v.l.T("settle.insurers.text"),
		Action: insurersPath, Fields: []view.ListField{field}, Count: len(r.Items), Empty: v.l.T("settle.insurers.none"), Print: true,
		Columns: append([]view.TableColumn{{Text: v.l.T("settle.insurer")}, {Text: v.l.T("settle.open"), Amount: true, Wide: true}}, ageColumns(v, r.Aging)...)}
	count := 0
	for _, i := range r.Items {
		count += i.Count
		row := view.TableRow{ID: id(i.Insurer.ID), Cells: []view.TableCell{
			{Text: i.Insurer.Name, URL: insurerPath(i.Insurer.ID), Note: v.l.T("settings.kind." + string(i.Insurer.Kind))}, {Text: v.l.Number(i.Count)}}}
		row.Cells = append(row.Cells, ageCells(i.Ages)...)
		p.Rows = append(p.Rows, row)
	}
	p.Totals = append([]view.TableCell{{Text: v.l.T("settle.all")}, {Text: v.l.Number(count)}}, ageCells(r.Total)...)
	return s.show(v, view.TablePageView(p))
}

func (s *server) showInsurer(v visit) error {
	insurer, err := pathID[clinic.InsurerID](v, "insurer")
	if err != nil {
		return err
	}
	field, look := s.asOf(v)
	c, err := s.Desk.InsurerClaims(v.r.Context(), v.actor, insurer, look)
	if err != nil {
		return err
	}
	p := view.TablePage{Chrome: s.chrome(v, c.Insurer.Name), Name: "claims", Title: c.Insurer.Name, Text: v.l.T("settle.claims.text"), Action: insurerPath(insurer),
		Fields: []view.ListField{field}, Count: len(c.Claims), Empty: v.l.T("settle.claims.none"), Print: true,
		Links: []view.TableLink{{Text: v.l.T("settle.insurers"), URL: insurersPath}},
		Columns: []view.TableColumn{{Text: v.l.T("settle.patient")}, {Text: v.l.T("settle.admission")}, {Text: v.l.T("settle.day"), Wide: true},
			{Text: v.l.T("settle.share"), Amount: true, Wide: true}, {Text: v.l.T("settle.paid"), Amount: true, Wide: true},
			{Text: v.l.T("settle.deducted"), Amount: true, Wide: true}, {Text: v.l.T("settle.left"), Amount: true}, {Text: v.l.T("settle.days"), Wide: true}}}
	if v.actor.Can(clinic.SettleInsurers) && c.Ages.Total()-c.Ages.Credit > 0 && look.AsOf == "" {
		p.Links = append([]view.TableLink{{Text: v.l.T("settle.do"), URL: insurerPath(insurer) + "/settle", Icon: "banknote", Main: true}}, p.Links...)
	}
	var share, paid, deducted money.Amount
	for _, one := range c.Claims {
		share, paid, deducted = share+one.Share, paid+one.Paid, deducted+one.Moved+one.WrittenOff
		p.Rows = append(p.Rows, s.claimRow(v, c, one))
	}
	p.Totals = []view.TableCell{{Text: v.l.T("settle.all")}, {}, {}, cell(share), cell(paid), cell(deducted), cell(c.Ages.Total()), {}}
	for i, text := range ageColumns(v, c.Aging) {
		p.Sums = append(p.Sums, view.Fact{Label: text.Text, Value: amountOrNone(v, *ageCells(c.Ages)[i].Amount), Unit: v.l.Unit()})
	}
	if p.Groups = s.settlementGroup(v, c); len(c.Claims) == 0 {
		p.Text = p.Empty
	}
	return s.show(v, view.TablePageView(p))
}

// amountOrNone is an amount, nothing being 0.
func amountOrNone(v visit, a money.Amount) string {
	if a == 0 {
		return v.l.Display().Format(0)
	}
	return v.l.Amount(a)
}

// claimRow is one open admission.
func (s *server) claimRow(v visit, c desk.InsurerClaims, one desk.Claimed) view.TableRow {
	number := view.TableCell{Text: v.l.Document(one.Number.String()), URL: statementPath(one.Patient, "admissions"), Note: one.Titles}
	if one.Status == clinic.Cancelled {
		number.Note = v.l.T("settle.cancelled")
	}
	deducted := cell(one.Moved + one.WrittenOff)
	if one.Moved != 0 && one.WrittenOff != 0 {
		deducted.Note = v.l.T("settle.deducted.both", "moved", v.l.Amount(one.Moved), "written", v.l.Amount(one.WrittenOff))
	} else if one.WrittenOff != 0 {
		deducted.Note = v.l.T("settle.to.write_off")
	} else if one.Moved != 0 {
		deducted.Note = v.l.T("settle.to.patient")
	}
	return view.TableRow{ID: id(one.Admission), Cells: []view.TableCell{
		{Patient: &view.TablePatient{Row: "claim-" + id(one.Admission), ID: id(one.Patient), Name: one.PatientName, File: one.FileNumber.String()}},
		number, {Day: one.Day}, cell(one.Share), cell(one.Paid), deducted, cell(one.Left()), {Text: v.l.Number(c.Day.Sub(one.Day))}}}
}

// settlementGroup is the table of what was settled before.
func (s *server) settlementGroup(v visit, c desk.InsurerClaims) []view.TableGroup {
	if len(c.Settlements) == 0 {
		return nil
	}
	g := view.TableGroup{Title: v.l.T("settle.past"), Columns: []view.TableColumn{{Text: v.l.T("settle.number")}, {Text: v.l.T("settle.day")},
		{Text: v.l.T("settle.received"), Amount: true}, {Text: v.l.T("settle.deducted"), Amount: true}, {Text: v.l.T("settle.by"), Wide: true}, {Text: v.l.T("settle.note"), Wide: true}, {Text: v.l.T("settle.act")}}}
	for _, one := range c.Settlements {
		void := !one.Undone.IsZero()
		g.Rows = append(g.Rows, view.TableRow{ID: id(one.ID), Off: void, Cells: []view.TableCell{
			{Text: v.l.Document(one.Settlement.Number.String()), URL: settlementPath(one.ID)}, {Day: one.Day}, cell(one.Received), cell(one.Deducted),
			{Text: one.StaffName}, {Text: one.Note}, voidCell(v, void, clinic.SettleInsurers, settlementPath(one.ID)+"/void")}})
	}
	return []view.TableGroup{g}
}

// showSettlement is one settlement with its lines.
func (s *server) showSettlement(v visit) error {
	n, err := pathID[clinic.SettlementID](v, "settlement")
	if err != nil {
		return err
	}
	one, insurer, err := s.Desk.InsurerSettlement(v.r.Context(), v.actor, n)
	if err != nil {
		return err
	}
	title := v.l.T("settle.title", "number", v.l.Document(one.Settlement.Number.String()))
	p := view.TablePage{Chrome: s.chrome(v, title), Name: "settlement", Title: title, Text: one.Note, Count: len(one.Lines), Print: true,
		Links: []view.TableLink{{Text: insurer.Name, URL: insurerPath(insurer.ID)}},
		Sums: []view.Fact{{Label: v.l.T("settle.insurer"), Value: insurer.Name, Plain: true}, {Label: v.l.T("settle.day"), Value: v.l.Day(one.Day)},
			{Label: v.l.T("settle.received"), Value: amountOrNone(v, one.Received), Unit: v.l.Unit()},
			{Label: v.l.T("settle.deducted"), Value: amountOrNone(v, one.Deducted), Unit: v.l.Unit()}, {Label: v.l.T("settle.by"), Value: one.StaffName, Plain: true}},
		Columns: []view.TableColumn{{Text: v.l.T("settle.patient")}, {Text: v.l.T("settle.admission")}, {Text: v.l.T("settle.what")}, {Text: v.l.T("settle.amount"), Amount: true}}}
	for _, l := range one.Lines {
		p.Rows = append(p.Rows, view.TableRow{ID: strconv.Itoa(l.Line), Cells: []view.TableCell{
			{Patient: &view.TablePatient{Row: fmt.Sprint("line-", l.Line), ID: id(l.Patient), Name: l.PatientName, File: l.FileNumber.String()}},
			{Text: v.l.Document(l.Number.String()), URL: statementPath(l.Patient, "admissions")}, {Text: v.l.T("settle.kind." + string(l.Kind)), Tone: settleTones[l.Kind]},
			cell(l.Amount)}})
	}
	p.Totals = []view.TableCell{{Text: v.l.T("settle.all")}, {}, {}, cell(one.Received + one.Deducted)}
	if !one.Undone.IsZero() {
		p.Sums = append(p.Sums, view.Fact{Label: v.l.T("settle.state"), Value: v.l.T("event.voided"), Note: v.l.Day(v.clinic.Day(one.Undone)), Plain: true})
	} else if v.actor.Can(clinic.SettleInsurers) {
		p.Links = append([]view.TableLink{{Text: v.l.T("settle.void"), URL: settlementPath(n) + "/void"}}, p.Links...)
	}
	return s.show(v, view.TablePageView(p))
}

var settleTones = map[clinic.SettlementKind]string{clinic.SettlePaid: "ok", clinic.SettleToPatient: "warn", clinic.SettleWriteOff: "plain"}

// mostDeductions bounds the rows of the form: the oldest are there.
const mostDeductions = 300

// settleSheet is the form of a settlement.
func (s *server) settleSheet(v visit) (m moneySheet, err error) {
	insurer, err := pathID[clinic.InsurerID](v, "insurer")
	if err != nil {
		return m, err
	}
	c, err := s.Desk.InsurerClaims(v.r.Context(), v.actor, insurer, desk.View{})
	if err != nil {
		return m, err
	}
	var open []desk.Claimed
	for _, one := range c.Claims {
		if one.Left() > 0 && len(open) < mostDeductions {
			open = append(open, one)
		}
	}
	m = moneySheet{name: "settle", about: c.Insurer.Name, back: insurerPath(insurer), values: map[string]string{}}
	for _, one := range open {
		m.extras = append(m.extras, "deduct-"+id(one.Admission))
	}
	m.fields = func(t *typed) []view.SettingField {
		received := sheetField(t, "received", view.AmountField)
		received.Label = v.l.T("settle.received.label", "unit", v.l.Unit())
		received.Hint = v.l.T("settle.owed", "amount", v.l.Amount(c.Ages.Total()-c.Ages.Credit), "unit", v.l.Unit())
		fields := []view.SettingField{received}
		if len(c.Banks) > 1 {
			var banks []view.Choice
			for _, b := range c.Banks {
				banks = append(banks, view.Choice{Value: id(b.ID), Text: b.Name})
			}
			fields = append(fields, choiceField(t, "place", banks...))
		}
		return append(fields, sheetField(t, "note", ""))
	}
	m.extra = func(t *typed) templ.Component { return view.DeductionTable(deductions(v, c, open, t)) }
	m.do = func(t *typed, r desk.Request, _ *int64) (sheetDone, error) { return s.settle(v, c, t, r) }
	return m, nil
}

// deductions are the rows of the form.
func deductions(v visit, c desk.InsurerClaims, open []desk.Claimed, t *typed) view.Deductions {
	d := view.Deductions{L: v.l, Version: id(c.Version), Problems: t.problems}
	for _, one := range open {
		n := id(one.Admission)
		d.Rows = append(d.Rows, view.DeductionRow{ID: n, Number: v.l.Document(one.Number.String()), Patient: one.PatientName, Day: v.l.Day(one.Day),
			Left: one.Left(), Amount: t.text("deduct-" + n), To: t.text("to-" + n)})
	}
	if len(open) == mostDeductions {
		d.More = v.l.T("settle.more", "n", v.l.Number(mostDeductions))
	}
	return d
}

// settle reads the form and carries it out. What a dry run would do is said in
// notes.
func (s *server) settle(v visit, c desk.InsurerClaims, t *typed, r desk.Request) (done sheetDone, err error) {
	cmd := desk.SettleInsurer{Insurer: c.Insurer.ID, Received: t.amount("received"), Place: clinic.PlaceID(t.id("place")), Note: t.text("note"), Request: r}
	// What was typed is read whatever is open now, so that the form sent twice
	// is the same form.
	for _, name := range slices.Sorted(maps.Keys(t.values)) {
		n, ok := strings.CutPrefix(name, "deduct-")
		admission, err := strconv.ParseInt(n, 10, 64)
		if !ok || err != nil {
			continue
		}
		if amount := t.amount(name); amount != 0 {
			cmd.Deductions = append(cmd.Deductions, clinic.Deduction{Admission: clinic.AdmissionID(admission), Amount: amount, To: clinic.SettlementKind(t.text("to-" + n))})
		}
	}
	if len(t.problems) > 0 {
		return done, nil
	}
	if seen := t.id("version"); seen != 0 && !r.DryRun {
		cmd.Seen = &seen
	}
	settled, err := s.Desk.SettleInsurer(v.r.Context(), v.actor, cmd)
	if err != nil {
		return done, err
	}
	done.Effect, done.number, done.next = settled.Effect, settled.Settlement.Settlement.Number.String(), settlementPath(settled.Settlement.ID)
	sums, counts := map[clinic.SettlementKind]money.Amount{}, map[clinic.SettlementKind]int{}
	for _, l := range settled.Settlement.Lines {
		sums[l.Kind] += l.Amount
		counts[l.Kind]++
	}
	for _, kind := range []clinic.SettlementKind{clinic.SettlePaid, clinic.SettleToPatient, clinic.SettleWriteOff} {
		if counts[kind] > 0 {
			done.notes = append(done.notes, v.l.T("settle.note."+string(kind), "amount", v.l.Amount(sums[kind]), "unit", v.l.Unit(), "n", v.l.Number(counts[kind])))
		}
	}
	done.notes = append(done.notes, v.l.T("settle.note.left", "amount", amountOrNone(v, settled.After.Balance), "unit", v.l.Unit()))
	return done, nil
}
