package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/message"
	"daftar/internal/web/view"
)

// registerRoutes: the form of a patient: search, register, edit, photo.
func (s *server) registerRoutes() []route {
	return []route{
		people(page("/patients/new", clinic.WritePatients, "", s.newPatient)),
		people(withFiles(form("/patients", clinic.WritePatients, "", s.register))),
		people(form("/patients/similar", clinic.WritePatients, "", s.matches)),
		page("/patients/{patient}/edit", clinic.WritePatients, "patient", s.editPatient),
		withFiles(form("/patients/{patient}/edit", clinic.WritePatients, "patient", s.savePatient)),
		page("/patients/{patient}/photo", clinic.ReadPatients, "patient", s.photo),
		withFiles(form("/patients/{patient}/photo", clinic.WritePatients, "patient", s.setPhoto)),
	}
}

func editPath(patient clinic.PatientID) string  { return "/patients/" + id(patient) + "/edit" }
func photoPath(patient clinic.PatientID) string { return "/patients/" + id(patient) + "/photo" }

// GET /patients/new?q=&then=&lead= is the form with what was searched for filled
// in, or what is known of a lead.
func (s *server) newPatient(v visit) error {
	choices, err := s.Desk.FormChoices(v.r.Context(), v.actor)
	if err != nil {
		return err
	}
	query := v.r.URL.Query()
	f := patientForm{fields: prefilled(v, query.Get("q")), service: true, request: s.RequestKey(), then: query.Get("then")}
	if err := s.leadFields(v, &f, choices); err != nil {
		return err
	}
	shown, err := s.patientForm(v, f, choices)
	if err != nil {
		return err
	}
	return s.show(v, view.PatientFormPage(shown))
}

// POST /patients registers. A refusal shows the same form with everything that
// was typed.
func (s *server) register(v visit) error {
	choices, err := s.Desk.FormChoices(v.r.Context(), v.actor)
	if err != nil {
		return err
	}
	f := readPatientForm(v, choices)
	if f.sound() {
		cmd := desk.RegisterPatient{Patient: f.patient, Referrer: f.referrer, Insurance: &f.insurance, AskSimilar: !f.different, Lead: f.lead}
		cmd.Request.Key = f.request
		p, err := s.Desk.RegisterPatient(v.r.Context(), v.actor, cmd)
		if err == nil {
			return s.registered(v, p.ID, f)
		}
		if err := s.refusePatient(v, &f, err); err != nil {
			return err
		}
	}
	shown, err := s.patientForm(v, f, choices)
	if err != nil {
		return err
	}
	s.write(v, f.status, view.PatientFormPage(shown))
	return nil
}

// registered keeps the picture and goes on to the statement, or to where the
// form was opened from.
func (s *server) registered(v visit, patient clinic.PatientID, f patientForm) error {
	var err error
	switch {
	case len(f.photo) > 0:
		err = s.Desk.SetPhoto(v.r.Context(), v.actor, patient, f.photo)
	case f.noPhoto:
		err = s.Desk.RemovePhoto(v.r.Context(), v.actor, patient)
	}
	if err != nil {
		return err
	}
	return redirect(v, f.next(v, patient))
}

// GET /patients/{patient}/edit
func (s *server) editPatient(v visit) error {
	file, err := s.patientFile(v)
	if err != nil {
		return err
	}
	f := writtenForm(v, file)
	f.request, f.then, f.opened = s.RequestKey(), v.r.URL.Query().Get("then"), f.shownValues()
	return s.showPatientFile(v, http.StatusOK, f, file)
}

// patientFile reads the patient of the path. Who is the introducer now may stay
// so, a marketer or no longer.
func (s *server) patientFile(v visit) (desk.PatientFile, error) {
	patient, err := patientOf(v)
	if err != nil {
		return desk.PatientFile{}, err
	}
	file, err := s.Desk.PatientFile(v.r.Context(), v.actor, patient)
	if file.Introducer.ID != 0 && !slices.ContainsFunc(file.Marketers, func(p clinic.Patient) bool { return p.ID == file.Introducer.ID }) {
		file.Marketers = append(file.Marketers, file.Introducer)
	}
	return file, err
}

// showPatientFile shows the form of a patient who is registered.
func (s *server) showPatientFile(v visit, code int, f patientForm, file desk.PatientFile) error {
	f.patient.ID = file.Patient.ID
	shown, err := s.patientForm(v, f, file.FormChoices)
	if err != nil {
		return err
	}
	if file.Photo {
		shown.Photo = photoPath(file.Patient.ID)
	}
	opened, err := json.Marshal(f.opened)
	if err != nil {
		return fmt.Errorf("form as opened: %w", err)
	}
	shown.Opened = string(opened)
	shown.Chrome.Title = v.l.T("register.title.edit", "name", file.Patient.Name())
	s.write(v, code, view.PatientFormPage(shown))
	return nil
}

// POST /patients/{patient}/edit writes the form back. When somebody else was
// faster it shows what they wrote, keeps what was typed and may be sent again.
func (s *server) savePatient(v visit) error {
	file, err := s.patientFile(v)
	if err != nil {
		return err
	}
	f := readPatientForm(v, file.FormChoices)
	f.patient.ID = file.Patient.ID
	if f.sound() {
		err := s.saved(v, f, file)
		if err == nil {
			return s.registered(v, file.Patient.ID, f)
		}
		if fault.Code(err) == "patient.stale" {
			if file, err = s.patientFile(v); err != nil {
				return err
			}
			if err := s.outdated(v, &f, file); err != nil {
				return err
			}
			f.request = s.RequestKey()
		} else if err := s.refusePatient(v, &f, err); err != nil {
			return err
		}
	}
	return s.showPatientFile(v, f.status, f, file)
}

// saved carries out the edit. What the form does not show stays: the branch,
// and an introducer whom the person may not see.
func (s *server) saved(v visit, f patientForm, file desk.PatientFile) error {
	version, err := strconv.ParseInt(f.version, 10, 64)
	if err != nil {
		return fault.New(fault.Invalid, "request.key", "the form has no version")
	}
	p := f.patient
	if p.ID, err = patientOf(v); err != nil { // the file that the form was opened for, merged since or not
		return err
	}
	p.Version, p.Branch = version, file.Patient.Branch
	if p.Introducer == 0 && file.Introducer.ID == 0 {
		p.Introducer = file.Patient.Introducer
	}
	cmd := desk.EditPatient{Patient: p, Referrer: f.referrer, Insurance: &f.insurance}
	cmd.Request.Key = f.request
	_, err = s.Desk.EditPatient(v.r.Context(), v.actor, cmd)
	return err
}

// refusePatient turns what the desk says into problems of the form; what no
// form can mend is an error.
func (s *server) refusePatient(v visit, f *patientForm, err error) error {
	e, ok := fault.As(err)
	if !ok || e.Kind != fault.Invalid && e.Kind != fault.Conflict && e.Kind != fault.Refused && e.Field == "" {
		return err
	}
	f.status = http.StatusUnprocessableEntity
	if e.Kind == fault.Conflict {
		f.status = http.StatusConflict
	}
	if e.Code == "patient.similar" {
		similar, err := s.Desk.SimilarPatients(v.r.Context(), v.actor, f.patient)
		for _, p := range similar {
			f.similar = append(f.similar, patientMatch(v, desk.Match{Patient: p, Why: desk.SamePerson}))
		}
		return err
	}
	if e.Args["patient"] != "" && v.actor.Can(clinic.ReadStatement) {
		f.taken = &view.TakenCode{File: e.Args["file_number"], URL: "/patients/" + e.Args["patient"] + "/statement/summary"}
	}
	f.problems = append(f.problems, view.FieldProblem{Field: e.Field, Text: message.Fault(v.l.Lang, e)})
	return nil
}

// patientForm arranges the form, with who is known by what it holds.
func (s *server) patientForm(v visit, f patientForm, choices desk.FormChoices) (view.PatientForm, error) {
	found, err := s.matching(v, f.fields, f.patient.ID)
	if err != nil {
		return view.PatientForm{}, err
	}
	offers, err := s.offers(v, f.fields, choices)
	if err != nil {
		return view.PatientForm{}, err
	}
	shown := view.PatientForm{Chrome: s.chrome(v, v.l.T("register.title.new")), New: f.patient.ID == 0, Action: "/patients", Search: "/patients/similar",
		Back: f.back(), Request: f.request, Version: f.version, Then: f.then, Lead: someID(f.lead), Fields: f.fields, Service: f.service, Ads: f.advertising, Consents: f.consents,
		Offers: offers, SetsNumber: v.actor.Can(clinic.SetFileNumber), Focus: f.firstEmpty(),
		Problems: f.problems, Taken: f.taken, Similar: f.similar, Stale: f.stale, Matches: found, Receives: v.actor.Can(clinic.ReceiveMoney)}
	if !shown.New {
		shown.Action, shown.Patient = editPath(f.patient.ID), id(f.patient.ID)
		shown.Back = statementPath(f.patient.ID, "summary")
		if !v.actor.Can(clinic.ReadStatement) {
			shown.Back = "/patients"
		}
	}
	return shown, nil
}

// offers are the values to choose from. What is written and offered no more
// stays a choice.
func (s *server) offers(v visit, fields map[string]string, choices desk.FormChoices) (o view.Offers, err error) {
	o = view.Offers{Base: []view.Choice{{Text: v.l.T("register.self_pay")}}, Supplementary: []view.Choice{{Text: v.l.T("register.no_supplementary")}}}
	for _, i := range choices.Insurers {
		c := view.Choice{Value: id(i.ID), Text: i.Name}
		if !i.Offered() && c.Value != fields["base_insurer"] && c.Value != fields["supplementary_insurer"] {
			continue
		}
		if i.Kind == clinic.BaseInsurance {
			o.Base = append(o.Base, c)
		} else {
			o.Supplementary = append(o.Supplementary, c)
		}
	}
	sources, err := s.choices(v, clinic.AcquisitionSources, fields["acquisition_source"])
	if err != nil {
		return o, err
	}
	o.Sources = append([]view.Choice{{Text: v.l.T("word.none")}}, sources...)
	tags, err := s.choices(v, clinic.PatientTags, "")
	if err != nil {
		return o, err
	}
	for _, t := range tags {
		o.Tags = append(o.Tags, t.Text)
	}
	o.Tags = append(o.Tags, choices.Tags...)
	slices.Sort(o.Tags)
	o.Tags = slices.Compact(o.Tags)
	for _, r := range choices.Referrers {
		o.Referrers = append(o.Referrers, r.Label())
	}
	for _, p := range choices.Marketers {
		o.Marketers = append(o.Marketers, introducerLabel(p))
	}
	return o, nil
}
