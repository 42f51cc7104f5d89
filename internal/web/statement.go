package web

import (
	"net/http"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/web/view"
)

func (s *server) statementRoutes() []route {
	return []route{
		page("/patients/{patient}", clinic.ReadStatement, "patient", s.patient),
		page("/patients/{patient}/statement/{tab}", clinic.ReadStatement, "patient", s.statement),
		page("/patients/{patient}/statement/transactions.csv", clinic.ReadMoney, "patient", s.exportTransactions),
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
	w := view.Statement{L: v.l, URL: k.url(k.kind, k.cursor), Patient: s.patientHead(v, h), Filter: k.filter(v, t, h), Body: body, Back: "/patients",
		Print: true, Clinic: v.clinic.Name, Page: clinic.PlainPage(statementPath(patient, t.key)), Reports: v.actor.Can(clinic.WriteTickets)}
	w.Filter.Export = s.exportURL(v, patient, t, k)
	for _, other := range s.tabs {
		if v.actor.Can(other.permission) && (other.key != clubTab || v.clinic.Club) {
			w.Tabs = append(w.Tabs, view.Tab{Key: other.key, URL: k.other(statementPath(patient, other.key)), Count: other.count(h), On: other.key == t.key})
		}
	}
	w.Actions = withCredit(s.windowActions(v, patient, t, k), h)
	w.Facts = facts(v, k, h)
	w.Next = s.nextLine(v, patient, t, k, h)
	if v.l.NoMoney {
		return w, h, nil
	}
	w.Balance, w.Note = h.Position.Balance, v.l.Toman(h.Position.Balance)
	w.Explain = explain(v, k, h)
	w.Why = k.why(h, "balance")
	for _, p := range h.Year {
		w.Year = append(w.Year, view.YearPoint{Day: p.Day, Balance: p.Balance})
	}
	return w, h, nil
}

// patientHead is who the window is about.
func (s *server) patientHead(v visit, h desk.Header) view.PatientHead {
	p := h.Patient
	head := view.PatientHead{ID: id(p.ID), Name: p.Name(), File: p.FileNumber.String(), NationalCode: p.NationalCode, Mobile: p.Mobile,
		Masked: !v.actor.Can(clinic.ReadMobile), Age: p.Age(v.l.Today), Insurance: strings.Join(h.Insurance, " · "), Tags: p.Tags}
	if !h.Photo.IsZero() {
		head.PhotoURL = photoPath(p.ID)
	}
	if p.NationalCode == "" {
		head.ForeignID = p.ForeignID
	}
	if p.Gender != "" {
		head.Gender = v.l.T("gender." + p.Gender)
	}
	if p.MarketerStatus == "active" {
		head.Flags = append(head.Flags, view.Flag{Text: v.l.T("flag.marketer"), Tone: "info"})
	}
	if h.Bounced > 0 && !v.l.NoMoney {
		head.Flags = append(head.Flags, view.Flag{Text: v.l.T("flag.bounced"), Note: v.l.T("flag.bounced.note", "n", h.Bounced), Tone: "due"})
	}
	if len(h.Merged) > 0 {
		var files []string
		for _, m := range h.Merged {
			files = append(files, v.l.Digits(m.Patient.FileNumber.String()))
		}
		head.Flags = append(head.Flags, view.Flag{Text: v.l.T("flag.merged"), Note: v.l.T("flag.merged.note", "files", strings.Join(files, v.l.T("word.comma")))})
	}
	return head
}
