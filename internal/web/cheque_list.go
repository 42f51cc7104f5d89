package web

import (
	"slices"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/money"
	"daftar/internal/web/view"
)

// chequeTones are the tones of the pills of the states.
var chequeTones = map[string]string{clinic.ChequeInHand: "info", clinic.ChequeBanked: "hold", clinic.ChequeCleared: "ok",
	clinic.ChequeBounced: "due", clinic.ChequeReturned: "plain"}

// GET /cheques is the list by due date; its figures are those of the account.
func (s *server) chequeList(v visit) error {
	query := v.r.URL.Query()
	q := desk.ChequeQuery{Status: query.Get("status"), Due: query.Get("due"), Cursor: query.Get("cursor")}
	page, err := s.Desk.Cheques(v.r.Context(), v.actor, q)
	if e, ok := fault.As(err); ok && e.Kind == fault.Invalid { // an address that somebody typed
		q = desk.ChequeQuery{}
		page, err = s.Desk.Cheques(v.r.Context(), v.actor, q)
	}
	if err != nil {
		return err
	}
	overdue, err := s.Desk.Cheques(v.r.Context(), v.actor, desk.ChequeQuery{Due: desk.DueOverdue, Limit: 1})
	if err != nil {
		return err
	}
	p := view.TablePage{Chrome: s.chrome(v, v.l.T("nav.cheques")), Name: "cheques", Title: v.l.T("nav.cheques"), Text: v.l.T("cheque.list.text"),
		Action: "/cheques", Empty: v.l.T("cheque.list.empty"), Columns: chequeColumns(v, true), Print: true}
	for _, sum := range []struct {
		key, tone string
		of        []desk.ChequeSum
		status    string
	}{{"in_hand", "info", page.Held, clinic.ChequeInHand}, {"banked", "", page.Held, clinic.ChequeBanked}, {"held", "", page.Held, ""}, {"overdue", "debtor", overdue.Sums, ""}} {
		count, amount := chequeTotal(sum.of, sum.status)
		p.Sums = append(p.Sums, view.Fact{Label: v.l.T("cheque.sum." + sum.key), Value: v.l.Amount(amount), Unit: v.l.Unit(),
			Note: v.l.T("cheque.sum.count", "n", count), Tone: sum.tone})
	}
	statuses := []view.Choice{{Text: v.l.T("cheque.status.open")}}
	for _, status := range append(slices.Clone(clinic.ChequeStatuses), "all") {
		statuses = append(statuses, view.Choice{Value: status, Text: v.l.T("cheque.status." + status)})
	}
	dues := []view.Choice{{Text: v.l.T("list.any")}}
	for _, due := range []string{desk.DueToday, desk.DueWeek, desk.DueOverdue} {
		dues = append(dues, view.Choice{Value: due, Text: v.l.T("cheque.due." + due)})
	}
	p.Fields = []view.ListField{{Name: "status", Label: v.l.T("cheque.status"), Value: q.Status, Choices: statuses},
		{Name: "due", Label: v.l.T("cashier.due"), Value: q.Due, Choices: dues}}
	here := []string{"status", q.Status, "due", q.Due, "cursor", q.Cursor}
	changed, err := s.changedCheque(v, page.Items)
	if err != nil {
		return err
	}
	if changed != nil { // what it became leaves the filter: it stands first
		page.Items = append([]desk.ChequeItem{*changed}, page.Items...)
	}
	for _, i := range page.Items {
		row := s.chequeRow(v, i, true, "", here...)
		row.Changed = query.Get(doneParam) == id(i.Cheque.ID)
		p.Rows = append(p.Rows, row)
	}
	var total money.Amount
	p.Count, total = chequeTotal(page.Sums, "")
	p.Totals = []view.TableCell{{Text: v.l.T("cheque.total")}, {}, {Amount: &total}, {}, {}, {}, {}}
	if page.Older != "" {
		p.Older = address("/cheques", "status", q.Status, "due", q.Due, "cursor", page.Older)
	}
	return s.show(v, view.TablePageView(p))
}

// changedCheque is the cheque that was just changed from the list, when it is
// not among the items; nil for none.
func (s *server) changedCheque(v visit, items []desk.ChequeItem) (*desk.ChequeItem, error) {
	done := number[clinic.ChequeID](v.r.URL.Query().Get(doneParam))
	if done == 0 || slices.ContainsFunc(items, func(i desk.ChequeItem) bool { return i.Cheque.ID == done }) {
		return nil, nil
	}
	item, err := s.Desk.ChequeOf(v.r.Context(), v.actor, done)
	if fault.Of(err) == fault.NotFound { // an address that somebody typed
		return nil, nil
	}
	return &item, err
}

// chequeTotal is how many cheques of a state there are and how much they are;
// "" is all states.
func chequeTotal(sums []desk.ChequeSum, status string) (count int, amount money.Amount) {
	for _, s := range sums {
		if status == "" || s.Status == status {
			count, amount = count+s.Count, amount+s.Amount
		}
	}
	return count, amount
}

// chequeColumns are the columns of a table of cheques; a list of all has the
// patient too.
func chequeColumns(v visit, patient bool) []view.TableColumn {
	columns := []view.TableColumn{{Text: v.l.T("cashier.due")}}
	if patient {
		columns = append(columns, view.TableColumn{Text: v.l.T("patients.name")})
	}
	return append(columns, view.TableColumn{Text: v.l.T("cheque.amount", "unit", v.l.Unit()), Amount: true}, view.TableColumn{Text: v.l.T("cheque.cheque")},
		view.TableColumn{Text: v.l.T("cheque.status")}, view.TableColumn{Text: v.l.T("cheque.receipt"), Wide: true}, view.TableColumn{Text: v.l.T("cheque.do")})
}

// chequeRow is a cheque with what the actor may do with it; here are the
// questions of the list that it stands in.
func (s *server) chequeRow(v visit, i desk.ChequeItem, patient bool, tab string, here ...string) view.TableRow {
	q := i.Cheque
	due := view.TableCell{Day: q.Due, Text: v.l.T("word.none")}
	if q.Open() && q.Due != "" && q.Due <= v.l.Today {
		key := "today"
		if q.Due < v.l.Today {
			key = "overdue"
		}
		due.Note = v.l.T("cheque.due." + key)
	}
	name := view.TableCell{Text: v.l.Digits(q.SayadID), Note: enumerated(v, joined(v, q.Bank, q.BankBranch, v.l.Digits(q.Number), q.OwnerName))}
	status := view.TableCell{Text: v.l.T("cheque.status." + q.Status), Tone: chequeTones[q.Status], Note: i.Last.Note}
	row := view.TableRow{ID: "cheque-" + id(q.ID), Cells: []view.TableCell{due}, Off: q.Status == clinic.ChequeReturned}
	if patient {
		row.Cells = append(row.Cells, view.TableCell{Patient: &view.TablePatient{Row: id(q.ID), ID: id(i.Person.ID), Name: i.Person.Name(),
			File: i.Person.FileNumber.String(), Mobile: i.Person.Mobile}})
	}
	amount := q.Amount
	number := view.TableCell{Text: v.l.Document(i.Number.String()), URL: printPath(desk.PaperOf{Receipt: q.Receipt})}
	row.Cells = append(row.Cells, view.TableCell{Amount: &amount}, name, status, number, view.TableCell{Links: s.chequeLinks(v, q, tab, here)})
	return row
}

// joined is what is there of the texts, with commas.
func joined(v visit, texts ...string) (all string) {
	for _, t := range texts {
		if t != "" && all != "" {
			all += v.l.T("word.comma")
		}
		all += t
	}
	return all
}

// chequeLinks are the steps that the cheque and the actor allow; with a tab
// they open in the window that shows it, else they lead back to the list, where
// the row is marked.
func (s *server) chequeLinks(v visit, q clinic.Cheque, tab string, here []string) (links []view.TableLink) {
	can, then := q.Steps(), ""
	if tab == "" {
		then = address("/cheques", append(slices.Clone(here), doneParam, id(q.ID))...) + "#row-cheque-" + id(q.ID)
	}
	for _, step := range chequeSteps {
		if slices.Contains(can, step.step) && v.actor.Can(step.right) {
			links = append(links, view.TableLink{Text: v.l.T("cheque.do." + string(step.step)), URL: address(chequePath(q.ID, step.step), "tab", tab, "then", then), Sheet: tab != ""})
		}
	}
	return links
}

// chequeGroup is the sub-list of a patient's cheques, nothing when there are
// none. Of the past nothing is done.
func (s *server) chequeGroup(v visit, patient clinic.PatientID, k look) ([]view.Body, error) {
	if k.inPast() {
		return nil, nil
	}
	items, err := s.Desk.ChequesOf(v.r.Context(), v.actor, patient)
	if err != nil || len(items) == 0 {
		return nil, err
	}
	g := view.TableGroup{Title: v.l.T("nav.cheques"), Columns: chequeColumns(v, false)}
	for _, i := range items {
		g.Rows = append(g.Rows, s.chequeRow(v, i, false, "transactions"))
	}
	return []view.Body{view.SubList(v.l, g)}, nil
}
