package web

import (
	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/money"
	"daftar/internal/web/view"
)

// GET /deposits is the list of all deposits. Its totals are those of the whole
// list: without a filter what is left is the deposit account of the books.
func (s *server) depositList(v visit) error {
	a := readAddress(v.r, "/deposits", "status", "from", "to")
	problems := map[string]string{}
	q := desk.DepositQuery{State: a.get("status"), Cursor: a.cursor}
	q.From, q.To = listDay(v, a, "from", problems), listDay(v, a, "to", problems)
	if q.From != "" && q.To != "" && q.From > q.To {
		problems["from"], q.From, q.To = v.l.T("fault.view.range"), "", ""
	}
	found, err := s.Desk.ListDeposits(v.r.Context(), v.actor, q)
	if fault.Code(err) == "deposit.filter" { // an old link
		q.State = ""
		found, err = s.Desk.ListDeposits(v.r.Context(), v.actor, q)
	}
	if err != nil {
		return err
	}
	p := view.TablePage{Chrome: s.chrome(v, v.l.T("deposits.title")), Name: "deposits", Title: v.l.T("deposits.title"), Text: v.l.T("deposits.text"),
		Action: "/deposits", Count: found.Count, Empty: v.l.T("deposits.nothing"), Newer: a.other(found.Newer), Older: a.other(found.Older), Print: true}
	states := []view.Choice{{Text: v.l.T("list.any")}}
	for _, state := range []string{"held", "open", "partly_used", "requested", "visit_over", "expired", "closed", "withdrawn"} {
		states = append(states, view.Choice{Value: state, Text: v.l.T("deposit.status." + state)})
	}
	p.Fields = []view.ListField{
		{Name: "status", Label: v.l.T("admission.list.status"), Value: q.State, Choices: states},
		{Name: "from", Label: v.l.T("list.from"), Value: a.get("from"), Day: true, Problem: problems["from"]},
		{Name: "to", Label: v.l.T("list.to"), Value: a.get("to"), Day: true, Problem: problems["to"]},
	}
	for _, c := range []struct {
		key          string
		amount, wide bool
	}{{"deposits.number", false, false}, {"admission.list.person", false, false}, {"deposits.purpose", false, true}, {"deposits.received", true, false},
		{"deposits.used", true, true}, {"deposits.refunded", true, true}, {"deposits.forfeited", true, true}, {"deposits.left", true, false},
		{"admissions.status", false, false}, {"field.expires", false, true}} {
		p.Columns = append(p.Columns, view.TableColumn{Text: v.l.T(c.key), Amount: c.amount, Wide: c.wide})
	}
	for _, i := range found.Items {
		p.Rows = append(p.Rows, depositLine(v, i))
	}
	t := found.Totals
	p.Totals = []view.TableCell{{Text: v.l.T("transactions.total")}, {}, {}, sumCell(t.Received), sumCell(t.Applied + t.Transferred), sumCell(t.Refunded),
		sumCell(t.Forfeited), sumCell(t.Remaining), {}, {}}
	return s.show(v, view.TablePageView(p))
}

func sumCell(a money.Amount) view.TableCell { return view.TableCell{Amount: &a} }

func depositLine(v visit, i desk.DepositItem) view.TableRow {
	received := sumCell(i.Received)
	if i.Status == clinic.DepositRequested || i.Status == clinic.DepositWithdrawn {
		received = sumCell(0)
		received.Note = v.l.T("deposits.asked.amount", "amount", v.l.Amount(i.Amount))
	}
	status := view.TableCell{Text: v.l.T("deposit.status." + string(i.Status)), Tone: view.DepositTone(string(i.Status))}
	if i.Expired {
		status.Note = v.l.T("deposits.expired")
	}
	row := depositRow(v, i.DepositShown)
	purpose := view.TableCell{Text: row.Purpose}
	if row.Planned != "" {
		purpose.Note = v.l.T("deposits.planned", "when", row.Planned)
	}
	number := view.TableCell{Text: v.l.Document(row.Number), URL: address(statementPath(i.Person.ID, depositTab), "open", row.ID), Note: v.l.Day(row.Day)}
	return view.TableRow{ID: "deposit-" + row.ID, Off: i.Status == clinic.DepositWithdrawn, Cells: []view.TableCell{number,
		{Patient: &view.TablePatient{Row: row.ID, ID: id(i.Person.ID), Name: i.Person.Name(), File: i.Person.FileNumber.String(), Mobile: i.Person.Mobile}},
		purpose, received, sumCell(i.Applied + i.Transferred), sumCell(i.Refunded), sumCell(i.Forfeited), sumCell(i.Remaining), status, {Day: i.Expires}}}
}
