package web

import (
	"net/http"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/message"
	"daftar/internal/web/view"
)

// explainRoutes: why a number is what it is.
func (s *server) explainRoutes() []route {
	return []route{people(page("/patients/{patient}/why", clinic.ReadMoney, "patient", s.why))}
}

// why is the address of the sheet that explains a figure, over the tab of the
// look and at its moment.
func (k look) why(h desk.Header, of string) string {
	return k.other("/patients/"+id(h.Patient.ID)+"/why", "of", of, "tab", k.path[strings.LastIndexByte(k.path, '/')+1:])
}

// explainAdmission leads from the figures of an admission to why they are so.
func explainAdmission(v visit, k look, h desk.Header, r desk.AdmissionRow, row *view.AdmissionRow) {
	if v.l.NoMoney {
		return
	}
	row.Why = k.why(h, "admission-"+row.ID)
	for i, p := range r.Payments {
		if p.Kind == clinic.FundReceipt {
			row.Payments[i].Why = k.why(h, "receipt-"+id(p.Fund))
		}
	}
}

// GET /patients/{patient}/why?of=&tab=&as_of=&known_at=
func (s *server) why(v visit) error {
	patient, err := patientOf(v)
	if err != nil {
		return err
	}
	under := s.tabUnder(v.r.URL.Query().Get("tab"))
	if v.r.URL.Query().Get("tab") == "" {
		under = s.tabUnder("transactions")
	}
	path := statementPath(patient, under.key)
	asked := readLook(v, path)
	// The window under the sheet is at the same moment, on its first page.
	k := look{path: path, asOfIn: asked.asOfIn, knownIn: asked.knownIn, asOf: asked.asOf, known: asked.known, problems: asked.problems}
	k.view.AsOf, k.view.KnownAt = asked.view.AsOf, asked.view.KnownAt
	y, err := s.Desk.Why(v.r.Context(), v.actor, patient, v.r.URL.Query().Get("of"), k.view)
	if err != nil {
		return err
	}
	w, h, err := s.window(v, patient, under, k)
	if err != nil {
		return err
	}
	w.Sheet = view.WhySheet(whySheet(v, k, h, y))
	s.showStatement(v, http.StatusOK, w)
	return nil
}

// whySheet arranges an explanation.
func whySheet(v visit, k look, h desk.Header, y desk.Why) view.Why {
	sheet := view.Why{L: v.l, Of: y.Of, Says: y.Says(v.l), Amount: y.Amount, Signed: y.Signed, More: y.More, InPast: k.inPast(), Back: k.url("", "")}
	for _, p := range y.Parts {
		sheet.Parts = append(sheet.Parts, view.WhyLine{Text: p.Says(v.l), URL: partURL(k, h, p), Amount: p.Amount})
		for _, deep := range p.Parts {
			sheet.Parts = append(sheet.Parts, view.WhyLine{Text: deep.Says(v.l), URL: partURL(k, h, deep), Amount: deep.Amount, Deep: true})
		}
	}
	for _, kind := range y.Kinds {
		sheet.Kinds = append(sheet.Kinds, view.WhyLine{Text: entryKind(v, kind.Kind), Note: v.l.T("why.kind.count", "n", kind.Count), Amount: kind.Amount})
	}
	for _, e := range y.Entries {
		sheet.Entries = append(sheet.Entries, whyEntry(v, k, h, e))
	}
	for _, e := range y.Unit {
		sheet.Unit = append(sheet.Unit, whyEntry(v, k, h, e))
	}
	return sheet
}

// entryKind is a kind of entry in words.
func entryKind(v visit, kind string) string {
	for _, key := range []string{"event." + kind, "report.kind." + kind} {
		if message.Has(key) {
			return v.l.T(key)
		}
	}
	return v.l.T("event.other")
}

// partURL leads to what a part is about: another explanation.
func partURL(k look, h desk.Header, p desk.WhyPart) string {
	switch {
	case p.ID == 0:
		return ""
	case p.Kind == "admission", p.Kind == "pays":
		return k.why(h, "admission-"+id(p.ID))
	case p.Kind == "payment.receipt", p.Kind == "fund.receipt":
		return k.why(h, "receipt-"+id(p.ID))
	}
	return ""
}

// whyEntry is an entry in words: when it counts, who recorded it and when,
// what it takes back or what took it back.
func whyEntry(v visit, k look, h desk.Header, e desk.ToldEntry) view.WhyEntry {
	shown := view.WhyEntry{ID: id(e.ID), Title: strings.TrimSpace(entryKind(v, e.Kind) + " " + v.l.Document(e.Number.String())),
		URL: k.why(h, "entry-"+id(e.ID)), Reversed: e.ReversedBy != 0,
		Facts: []string{v.l.T("why.counts", "day", v.l.Day(e.Day)),
			v.l.T("why.recorded", "user", e.Staff, "when", v.l.Moment(e.Recorded), "branch", e.Branch)}}
	if e.Unit != 0 {
		shown.Facts = append(shown.Facts, v.l.T("why.unit_no", "unit", v.l.Digits(id(e.Unit))))
	}
	if e.Reverses != 0 {
		shown.Facts = append(shown.Facts, v.l.T("why.reverses"))
	}
	if e.ReversedBy != 0 {
		shown.Facts = append(shown.Facts, v.l.T("why.reversed", "day", v.l.Day(e.Undone)))
	}
	for _, p := range e.Postings {
		account := v.l.T("why.account." + p.Kind)
		if p.Label != "" {
			account += " — " + p.Label
		}
		shown.Postings = append(shown.Postings, view.WhyPosting{Account: account, Amount: p.Amount})
	}
	return shown
}
