package web

import (
	"net/http"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/money"
	"daftar/internal/web/view"
)

func (s *server) statementRoutes() []route {
	return []route{
		page("/patients/{patient}", clinic.ReadStatement, "patient", s.patient),
		page("/patients/{patient}/statement/{tab}", clinic.ReadStatement, "patient", s.statement),
	}
}

// GET /patients/{patient} leads to the statement.
func (s *server) patient(v visit) error {
	id, err := patientOf(v)
	if err != nil {
		return err
	}
	return redirect(v, statementPath(id, "summary"))
}

func statementPath(patient clinic.PatientID, tab string) string {
	return "/patients/" + id(patient) + "/statement/" + tab
}

// GET /patients/{patient}/statement/{tab}
func (s *server) statement(v visit) error {
	patient, err := patientOf(v)
	if err != nil {
		return err
	}
	tab, ok := s.tab(v.r.PathValue("tab"))
	if !ok {
		return fault.New(fault.NotFound, "page.none", "there is no such tab")
	}
	k := readLook(v, statementPath(patient, tab.key))
	page, h, err := s.window(v, patient, tab, k)
	for k.refused(v, err) {
		page, h, err = s.window(v, patient, tab, k)
	}
	if err != nil {
		return err
	}
	if page.Patient.ID != id(patient) { // an alias leads to the person
		return redirect(v, statementPath(h.Patient.ID, tab.key))
	}
	code := http.StatusOK
	if len(k.problems) > 0 {
		code = http.StatusUnprocessableEntity
	}
	s.showStatement(v, code, page)
	return nil
}

// showStatement answers with the window as a page; the script takes from it
// what it needs.
func (s *server) showStatement(v visit, code int, w view.Statement) {
	s.write(v, code, view.StatementPage(s.chrome(v, v.l.T("statement.title", "name", w.Patient.Name)), w))
}

// window fetches a tab and arranges the window around it.
func (s *server) window(v visit, patient clinic.PatientID, t tab, k look) (view.Statement, desk.Header, error) {
	if err := v.actor.May(t.permission); err != nil {
		return view.Statement{}, desk.Header{}, err
	}
	h, body, err := t.fetch(s, v, patient, k)
	if err != nil {
		return view.Statement{}, h, err
	}
	w := view.Statement{L: v.l, URL: k.url(k.kind, k.cursor), Patient: patientHead(v, h), Filter: k.filter(v, t.kinds), Body: body, Back: "/patients", Print: true}
	for _, other := range s.tabs {
		if v.actor.Can(other.permission) {
			w.Tabs = append(w.Tabs, view.Tab{Key: other.key, URL: k.other(statementPath(patient, other.key)), Count: other.count(h), On: other.key == t.key})
		}
	}
	if v.actor.Can(clinic.ReceiveMoney) {
		w.Actions = append(w.Actions, view.Action{Key: "cashier", URL: k.other(cashierPath(patient), "tab", t.key), Letter: "P", Code: "KeyP", Icon: "banknote", Main: true})
	}
	if v.actor.Can(clinic.WriteAdmissions) {
		w.Actions = append(w.Actions, view.Action{Key: "admission", URL: k.other(admitPath(patient), "tab", t.key), Letter: "A", Code: "KeyA", Icon: "clipboard-pen"})
	}
	w.Facts = facts(v, k, h)
	if v.l.NoMoney {
		return w, h, nil
	}
	w.Balance, w.Note = h.Position.Balance, v.l.Toman(h.Position.Balance)
	w.Explain = explain(v, k, h)
	for _, p := range h.Year {
		w.Year = append(w.Year, view.YearPoint{Day: p.Day, Balance: p.Balance})
	}
	return w, h, nil
}

func patientHead(v visit, h desk.Header) view.PatientHead {
	p := h.Patient
	head := view.PatientHead{ID: id(p.ID), Name: p.Name(), File: p.FileNumber.String(), NationalCode: p.NationalCode, Mobile: p.Mobile,
		Age: p.Age(v.l.Today), Insurance: strings.Join(h.Insurance, " · "), Tags: p.Tags}
	if p.Gender != "" {
		head.Gender = v.l.T("gender." + p.Gender)
	}
	return head
}

// facts are the cells of the strip beside the balance, as of the day of the
// look.
func facts(v visit, k look, h desk.Header) []view.Fact {
	last := view.Fact{Label: v.l.T("fact.last"), Value: v.l.Day(h.LastAdmission), Plain: true}
	if h.LastAdmission != "" {
		last.Note = v.l.DayLong(h.LastAdmission)
	}
	if h.LastAdmission == h.Today && h.Today != "" {
		last.Value = v.l.T("word.today")
	}
	if v.l.NoMoney {
		return []view.Fact{last}
	}
	open := view.Fact{Label: v.l.T("fact.open"), Value: v.l.T("fact.none"), Plain: true}
	if len(h.Open) > 0 {
		open.Value = v.l.T("fact.open.value", "n", len(h.Open))
		open.Note = v.l.T("fact.open.note", "days", k.end(h.Today).Sub(h.Open[0].Admission.Day))
	}
	list := []view.Fact{open}
	credit := view.Fact{Label: v.l.T("fact.credit"), Value: v.l.T("fact.none"), Plain: true}
	if h.Credit > 0 {
		credit = view.Fact{Label: v.l.T("fact.credit"), Value: v.l.Amount(h.Credit), Unit: v.l.Unit(), Note: v.l.T("fact.credit.note"), Tone: "creditor"}
	}
	list = append(list, credit)
	if h.Cheques > 0 {
		list = append(list, view.Fact{Label: v.l.T("fact.cheques"), Value: v.l.Amount(h.Cheques), Unit: v.l.Unit(), Note: v.l.T("fact.cheques.note"), Tone: "info"})
	}
	return append(list, last)
}

// explained bounds how many admissions the side panel names one by one.
const explained = 6

// explain is where the balance comes from: what is left of each admission, and
// the credit. The lines sum to the balance.
func explain(v visit, k look, h desk.Header) []view.ExplainLine {
	var lines []view.ExplainLine
	var rest money.Amount
	for i, d := range h.Open {
		if i >= explained {
			rest += d.Left()
			continue
		}
		lines = append(lines, view.ExplainLine{Text: v.l.T("explain.admission", "number", v.l.Document(d.Admission.Number.String())),
			Detail: d.Titles, URL: k.admission(h.Patient.ID, int64(d.Admission.ID)), Amount: d.Left()})
	}
	if rest != 0 {
		lines = append(lines, view.ExplainLine{Text: v.l.T("explain.more", "n", len(h.Open)-explained), Amount: rest})
	}
	if h.Credit > 0 {
		lines = append(lines, view.ExplainLine{Text: v.l.T("explain.credit"), Amount: -h.Credit})
	} else if h.Credit < 0 {
		lines = append(lines, view.ExplainLine{Text: v.l.T("explain.other"), Amount: -h.Credit})
	}
	return lines
}
