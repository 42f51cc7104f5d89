package web

import (
	"net/url"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/web/view"
)

func (s *server) patientRoutes() []route {
	return []route{people(page("/patients", clinic.ReadPatients, "", s.patients))}
}

// patientFilters are the chips above the list; "" shows everybody.
var patientFilters = []string{"", "debtor", "creditor", "settled"}

// GET /patients
func (s *server) patients(v visit) error {
	q := readPatientQuery(v)
	page, err := s.Desk.Patients(v.r.Context(), v.actor, q)
	if err != nil {
		return err
	}
	p := view.Patients{Chrome: s.chrome(v, v.l.T("patients.title")), Query: strings.TrimSpace(q.Text), Count: page.Count,
		Suggest: page.Suggest, Receives: v.actor.Can(clinic.ReceiveMoney), URL: patientsURL(q.Text, q.Filter, v.r.URL.Query().Get("cursor")),
		Rows: patientRows(v, page.Items)}
	p.Chrome.Query, p.Chrome.Finds = q.Text, true
	if v.actor.Can(clinic.WritePatients) {
		p.New = address("/patients/new", "q", strings.TrimSpace(q.Text))
	}
	if page.Newer != "" {
		p.Newer = patientsURL(q.Text, q.Filter, page.Newer)
	}
	if page.Older != "" {
		p.Older = patientsURL(q.Text, q.Filter, page.Older)
	}
	if !v.l.NoMoney {
		for _, f := range patientFilters {
			p.Filters = append(p.Filters, view.Chip{Text: v.l.T("patients.filter." + orAll(f)), URL: patientsURL(q.Text, f, ""), On: f == q.Filter})
		}
	}
	return s.show(v, view.PatientsPage(p))
}

func readPatientQuery(v visit) desk.PatientQuery {
	query := v.r.URL.Query()
	return desk.PatientQuery{Text: query.Get("q"), PatientFilter: desk.PatientFilter{Filter: query.Get("filter")}, Cursor: query.Get("cursor")}
}

// patientsURL is the address of a page of the list.
func patientsURL(text, filter, cursor string) string {
	return address("/patients", "q", text, "filter", filter, "cursor", cursor)
}

// address is a path with those of the query's names and values that are given.
func address(path string, pairs ...string) string {
	query := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			query.Set(pairs[i], pairs[i+1])
		}
	}
	if len(query) == 0 {
		return path
	}
	return path + "?" + query.Encode()
}

func orAll(name string) string {
	if name == "" {
		return "all"
	}
	return name
}

func patientRows(v visit, items []desk.PatientItem) []view.PatientRow {
	rows := make([]view.PatientRow, 0, len(items))
	for _, i := range items {
		p := i.Patient
		rows = append(rows, view.PatientRow{ID: id(p.ID), File: p.FileNumber.String(), Name: p.Name(), NationalCode: p.NationalCode,
			Mobile: p.Mobile, Age: p.Age(v.l.Today), Insurance: i.Insurance, LastAdmission: i.LastAdmission, Balance: i.Balance})
	}
	return rows
}
