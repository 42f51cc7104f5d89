package web

import (
	"net/http"
	"strconv"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/farsi"
	"daftar/internal/fault"
	"daftar/internal/message"
	"daftar/internal/web/view"
)

// mergeRoutes: linking two files of one person and taking the link away.
func (s *server) mergeRoutes() []route {
	return []route{
		page("/patients/{patient}/merge", clinic.MergePatients, "patient", s.mergeForm),
		form("/patients/{patient}/merge", clinic.MergePatients, "patient", s.merge),
		form("/patients/{patient}/unmerge", clinic.MergePatients, "patient", s.unmerge),
	}
}

// GET /patients/{patient}/merge?q=&into= asks which file the patient's is the
// same person as, then shows both beside each other.
func (s *server) mergeForm(v visit) error {
	patient, err := patientOf(v)
	if err != nil {
		return err
	}
	query := v.r.URL.Query()
	m, err := s.mergePage(v, patient, query.Get("q"), query.Get("into"))
	if err != nil {
		return err
	}
	return s.show(v, view.MergePage(m))
}

func (s *server) mergePage(v visit, patient clinic.PatientID, q, into string) (view.Merge, error) {
	m := view.Merge{Chrome: s.chrome(v, v.l.T("merge.title")), Query: q, Request: s.RequestKey(), Action: mergePath(patient)}
	loser, err := s.Desk.File(v.r.Context(), v.actor, patient)
	if err != nil {
		return m, err
	}
	m.Loser = mergeFile(v, loser)
	if m.Loser.Alias { // it is merged already; that can only be taken away
		m.Aliases = []view.MergeAlias{s.mergeAlias(loser.Patient)}
		return m, nil
	}
	for _, alias := range loser.Merged {
		m.Aliases = append(m.Aliases, s.mergeAlias(alias))
	}
	if winner, err := strconv.ParseInt(into, 10, 64); err == nil {
		found, err := s.Desk.File(v.r.Context(), v.actor, clinic.PatientID(winner))
		if err != nil {
			return m, err
		}
		other := mergeFile(v, found)
		m.Winner = &other
		for _, field := range clinic.Different(loser.Patient, found.Patient) {
			m.Different = append(m.Different, v.l.T("merge.different."+field))
		}
		m.Swap = address(mergePath(found.Patient.ID), "into", m.Loser.ID)
		return m, nil
	}
	if strings.TrimSpace(q) == "" {
		return m, s.alike(v, loser.Patient, &m)
	}
	found, err := s.Desk.Patients(v.r.Context(), v.actor, desk.PatientQuery{Text: q, Limit: 20})
	if err != nil {
		return m, err
	}
	for _, i := range found.Items {
		offer(v, loser.Patient, i.Patient, &m)
	}
	return m, nil
}

// mergeAlias is a merged file with what takes the merge away.
func (s *server) mergeAlias(p clinic.Patient) view.MergeAlias {
	return view.MergeAlias{Name: p.Name(), File: p.FileNumber.String(), Undo: "/patients/" + id(p.ID) + "/unmerge", Request: s.RequestKey()}
}

// alike offers the files that may be the same person.
func (s *server) alike(v visit, p clinic.Patient, m *view.Merge) error {
	same, err := s.Desk.SimilarPatients(v.r.Context(), v.actor, p)
	if err != nil {
		return err
	}
	for _, other := range same {
		offer(v, p, other, m)
	}
	return nil
}

// offer adds a file that can be chosen.
func offer(v visit, p, other clinic.Patient, m *view.Merge) {
	if other.ID != p.ID {
		m.Found = append(m.Found, view.MergeChoice{URL: address(mergePath(p.ID), "into", id(other.ID)), Name: other.Name(),
			File: other.FileNumber.String(), Mobile: other.Mobile, Code: other.NationalCode, Age: other.Age(v.l.Today)})
	}
}

func mergePath(patient clinic.PatientID) string { return "/patients/" + id(patient) + "/merge" }

func mergeFile(v visit, f desk.File) view.MergeFile {
	p := f.Patient
	file := view.MergeFile{ID: id(p.ID), Name: p.Name(), File: p.FileNumber.String(), Code: p.NationalCode, Mobile: p.Mobile, Father: p.FatherName,
		Age: p.Age(v.l.Today), Registered: v.clinic.Day(p.Registered), Admissions: f.Counts.Admissions, Transactions: f.Counts.Transactions,
		Balance: f.Position.Balance, Alias: p.MergedInto != 0}
	return file
}

// POST /patients/{patient}/merge links the file to the one chosen.
func (s *server) merge(v visit) error {
	patient, err := patientOf(v)
	if err != nil {
		return err
	}
	winner, err := strconv.ParseInt(farsi.Digits(v.r.PostFormValue("into")), 10, 64)
	if err != nil {
		return fault.New(fault.NotFound, "patient.none", "there is no such patient")
	}
	done, err := s.Desk.MergePatients(v.r.Context(), v.actor, desk.MergePatients{Loser: patient, Winner: clinic.PatientID(winner),
		Reason: v.r.PostFormValue("reason"), Request: desk.Request{Key: v.r.PostFormValue("request")}})
	if e, ok := fault.As(err); ok && (e.Kind == fault.Refused || e.Kind == fault.Invalid) {
		m, err := s.mergePage(v, patient, "", id(winner))
		if err != nil {
			return err
		}
		m.Reason, m.Problems = v.r.PostFormValue("reason"), []view.FieldProblem{{Field: e.Field, Text: message.Fault(v.l.Lang, e)}}
		s.write(v, http.StatusUnprocessableEntity, view.MergePage(m))
		return nil
	}
	if err != nil {
		return err
	}
	return redirect(v, statementPath(done.Patient.ID, "summary"))
}

// POST /patients/{patient}/unmerge lets an alias stand for itself again.
func (s *server) unmerge(v visit) error {
	patient, err := patientOf(v)
	if err != nil {
		return err
	}
	done, err := s.Desk.UnmergePatient(v.r.Context(), v.actor, desk.UnmergePatient{Loser: patient,
		Request: desk.Request{Key: v.r.PostFormValue("request")}})
	if err != nil {
		return err
	}
	return redirect(v, statementPath(done.Patient.ID, "summary"))
}
