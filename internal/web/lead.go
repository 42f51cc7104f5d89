package web

import (
	"net/http"
	"slices"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/farsi"
	"daftar/internal/fault"
	"daftar/internal/web/view"
)

const (
	leadsPath       = "/leads"
	newLeadPath     = leadsPath + "/new"
	patientLeadPath = "/patients/{patient}/leads/new"
)

func leadPath(l clinic.LeadID) string { return leadsPath + "/" + id(l) }

// leadRoutes: who may want a service, from the first word to the admission.
func (s *server) leadRoutes() []route {
	sheets := slices.Concat(s.sheetRoutes(newLeadPath, clinic.AddLeads, "", s.newLeadSheet),
		s.sheetRoutes(patientLeadPath, clinic.AddLeads, "patient", s.patientLeadSheet),
		s.sheetRoutes(leadsPath+"/{lead}/edit", clinic.WriteLeads, "lead", s.editLeadSheet),
		s.sheetRoutes(leadsPath+"/{lead}/state", clinic.WriteLeads, "lead", s.moveLeadSheet),
		s.sheetRoutes(leadsPath+"/{lead}/activities/new", clinic.WriteActivities, "lead", s.leadActivitySheet))
	for i := range sheets {
		sheets[i].PHI = true
	}
	return append(unpaid(sheets), people(page(leadsPath, clinic.ReadLeads, "", s.leadsPage)), people(page(leadsPath+"/{lead}", clinic.ReadLeads, "lead", s.leadPage)),
		people(form(leadsPath+"/{lead}/convert", clinic.WriteLeads, "lead", s.linkLead)),
		page(contactSettingPath, clinic.WriteSettings, "", s.contactSetting), form(contactSettingPath, clinic.WriteSettings, "", s.saveContactSetting),
		page(contactPath, Public, "", s.contactHere),
		people(page(contactPath+"/{clinic}", Public, "", s.writing(s.contactForm))),
		people(form(contactPath+"/{clinic}", Public, "", s.writing(s.sendContact))),
		page(contactPath+"/{clinic}/done", Public, "", s.writing(s.contactDone)))
}

// leadTones are the tones of the pills of the states.
var leadTones = map[clinic.LeadStatus]string{clinic.LeadNew: "info", clinic.LeadFollowing: "hold", clinic.LeadBooked: "club", clinic.LeadConverted: "ok",
	clinic.LeadLost: "due", clinic.LeadInvalid: "plain"}

// leadOf is the lead that the path names. NotFound lead.none.
func (s *server) leadOf(v visit) (desk.LeadFile, error) {
	n := number[clinic.LeadID](v.r.PathValue("lead"))
	if n == 0 {
		return desk.LeadFile{}, fault.New(fault.NotFound, "lead.none", "there is no such lead")
	}
	return s.Desk.Lead(v.r.Context(), v.actor, n)
}

// GET /leads/{lead}
func (s *server) leadPage(v visit) error {
	l, err := s.leadOf(v)
	if err != nil {
		return err
	}
	return s.showLead(v, http.StatusOK, l, "", "")
}

// showLead shows a lead, with what was typed as the number of its patient's
// file and why it could not be theirs.
func (s *server) showLead(v visit, code int, l desk.LeadFile, file, problem string) error {
	p := view.Lead{Chrome: s.chrome(v, v.l.T("lead.title", "name", l.Name)), Name: l.Name, Status: v.l.T("lead.state." + string(l.Status)), Tone: leadTones[l.Status],
		Mobile: l.Mobile, Note: l.Note, Back: leadsPath, Convert: leadPath(l.ID) + "/convert", Request: s.RequestKey(), Version: id(l.Version), File: file, Problem: problem}
	var err error
	if p.Facts, err = s.leadFacts(v, l); err != nil {
		return err
	}
	p.Actions = leadActions(v, l)
	if l.Patient != 0 {
		p.Patient = &view.TablePatient{Row: "lead-" + id(l.ID), ID: id(l.Person.ID), Name: l.Person.Name(), File: l.Person.FileNumber.String(), Mobile: l.Person.Mobile}
	} else if v.actor.Can(clinic.WriteLeads) {
		p.Links = true
		for _, known := range l.Known {
			p.Known = append(p.Known, view.Choice{Value: id(known.ID), Text: joined(v, known.Name(), v.l.Digits(known.FileNumber.String()))})
		}
	}
	for _, o := range l.Others {
		p.Others = append(p.Others, view.Chip{Text: joined(v, o.Name, v.l.T("lead.state."+string(o.Status)), v.l.Moment(o.Recorded)), URL: leadPath(o.ID)})
	}
	p.Activities = s.leadActivities(v, l)
	for _, e := range l.Events {
		step := view.LeadStep{At: e.At, Text: v.l.T("lead.event." + string(e.Kind)), Who: e.StaffName, Note: v.l.Digits(e.Reason)}
		if e.From != e.To {
			step.State, step.Tone = v.l.T("lead.state."+string(e.To)), leadTones[e.To]
		}
		p.Story = append(p.Story, step)
	}
	s.write(v, code, view.LeadPage(p))
	return nil
}

// leadFacts is what is known of a lead, without what is not.
func (s *server) leadFacts(v visit, l desk.LeadFile) (facts []view.LeadFact, err error) {
	owner, source, visit := l.OwnerName, "", ""
	if owner == "" {
		owner = v.l.T("activity.owner.nobody")
	}
	if l.Source != "" {
		choices, err := s.choices(v, clinic.AcquisitionSources, l.Source)
		if err != nil {
			return nil, err
		}
		for _, c := range choices {
			if c.Value == l.Source {
				source = c.Text
			}
		}
	}
	if l.Visit != nil {
		visit = joined(v, momentText(v, l.Visit.Starts), v.l.T("appointment.status."+string(l.Visit.Status)))
	}
	recorded := joined(v, v.l.Day(v.clinic.Day(l.Recorded)), l.StaffName)
	if l.Channel == clinic.LeadByForm {
		recorded = joined(v, v.l.Day(v.clinic.Day(l.Recorded)), v.l.T("lead.channel.form"))
	}
	for _, f := range []struct{ key, text string }{{"service", l.ServiceName}, {"owner", owner}, {"source", source}, {"introducer", l.IntroducerName},
		{"referrer", l.ReferrerName}, {"visit", visit}, {"recorded", recorded}} {
		if f.text != "" {
			facts = append(facts, view.LeadFact{Label: v.l.T("lead." + f.key), Text: f.text})
		}
	}
	return facts, nil
}

// leadActions are what may be done with a lead, the likeliest first. Who is no
// patient yet becomes one on the way to an appointment.
func leadActions(v visit, l desk.LeadFile) (links []view.TableLink) {
	add := func(key, url, icon string, may bool) {
		if may {
			links = append(links, view.TableLink{Text: v.l.T("lead.do." + key), URL: url, Icon: icon, Main: len(links) == 0 && key != "edit"})
		}
	}
	path, writes := leadPath(l.ID), v.actor.Can(clinic.WriteLeads)
	service := ""
	if l.Service != 0 {
		service = id(l.Service)
	}
	if a := l.Visit; a != nil && v.clinic.Day(a.Starts) == v.l.Today { // they come today, or are here
		add("check_in", address("/appointments/"+id(a.ID)+"/check-in", "then", path), "user-check", a.Status.Waits() && v.actor.Can(clinic.WriteAppointments))
		add("admit", address("/patients/"+id(l.Person.ID)+"/admit", "appointment", id(a.ID)), "clipboard-pen", a.Status == clinic.CheckedIn && v.actor.Can(clinic.WriteAdmissions))
	}
	add("call", path+"/activities/new", "phone", v.actor.Can(clinic.WriteActivities) && l.Status != clinic.LeadInvalid && l.Status != clinic.LeadConverted)
	if l.Patient == 0 {
		registers := writes && v.actor.Can(clinic.WritePatients)
		// The address of the form goes on to the appointment by itself.
		add("book", address("/patients/new", "lead", id(l.ID), "then", address("/patients/{patient}/appointments/new", "lead", id(l.ID), "service", service, "then", path)),
			"calendar-plus", registers && v.actor.Can(clinic.WriteAppointments) && l.Goes(clinic.LeadTimeBooked, clinic.LeadBooked))
		add("convert", address("/patients/new", "lead", id(l.ID)), "user-plus", registers)
	} else {
		add("book", address(bookPath(l.Person.ID), "lead", id(l.ID), "service", service, "then", path), "calendar-plus",
			writes && v.actor.Can(clinic.WriteAppointments) && l.Goes(clinic.LeadTimeBooked, clinic.LeadBooked))
	}
	for _, to := range l.Ways() {
		add("move."+string(to), address(path+"/state", "to", string(to)), "", writes)
	}
	add("edit", path+"/edit", "square-pen", writes)
	return links
}

// leadActivities are what was done about a lead and what is to be done, nil for
// who may not see it.
func (s *server) leadActivities(v visit, l desk.LeadFile) *view.TableGroup {
	if !v.actor.Can(clinic.ReadActivities) {
		return nil
	}
	t := &view.TableGroup{Title: v.l.T("lead.activities")}
	for _, key := range []string{"due", "kind", "subject", "result", "owner", "next", "status", "do"} {
		t.Columns = append(t.Columns, view.TableColumn{Text: v.l.T("activity." + key), Wide: slices.Contains(activityWide, key)})
	}
	for _, a := range l.Activities {
		a.Patient = l.Patient
		row := activityRow(v, a, v.l.T("activity.kind."+string(a.Kind)))
		if row.Cells[2].URL == leadPath(l.ID) {
			row.Cells[2].URL = "" // it is this page
		}
		if v.actor.Can(clinic.WriteActivities) {
			do := &row.Cells[len(row.Cells)-1]
			do.Links, do.More = activityLinks(v, a, "then", leadPath(l.ID))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// POST /leads/{lead}/convert says that the lead is a patient of the register:
// one of those who have the mobile, or the one with the number on the file.
func (s *server) linkLead(v visit) error {
	l, err := s.leadOf(v)
	if err != nil {
		return err
	}
	t := readTyped(v)
	cmd := desk.LinkLead{OnLead: desk.OnLead{Lead: l.ID, Seen: t.version(), Request: requestOf(v)}, Patient: clinic.PatientID(t.id("patient"))}
	if cmd.Patient == 0 {
		file := number[clinic.FileNumber](farsi.Digits(t.text("file_number")))
		p, err := s.Desk.PatientByFileNumber(v.r.Context(), v.actor, file)
		if e, ok := fault.As(err); ok && e.Kind == fault.NotFound {
			return s.showLead(v, http.StatusUnprocessableEntity, l, t.text("file_number"), sentence(v, e))
		}
		if err != nil {
			return err
		}
		cmd.Patient = p.ID
	}
	_, err = s.Desk.LinkLead(v.r.Context(), v.actor, cmd)
	if e, ok := fault.As(err); ok && (e.Kind == fault.Conflict || e.Kind == fault.NotFound && e.Code == "patient.none") {
		if l, err = s.leadOf(v); err != nil {
			return err
		}
		return s.showLead(v, http.StatusConflict, l, t.text("file_number"), sentence(v, e))
	}
	if err != nil {
		return err
	}
	return redirect(v, leadPath(l.ID))
}

// leadFields prefills the form of a new patient from the lead that they come
// of.
func (s *server) leadFields(v visit, f *patientForm, choices desk.FormChoices) error {
	n := number[clinic.LeadID](v.r.URL.Query().Get("lead"))
	if n == 0 || !v.actor.Can(clinic.WriteLeads) {
		return nil
	}
	l, err := s.Desk.Lead(v.r.Context(), v.actor, n)
	if err != nil {
		return err
	}
	if f.lead = l.ID; f.then == "" {
		f.then = leadPath(l.ID)
	}
	p := l.AsPatient()
	f.fields = map[string]string{"first_name": p.FirstName, "last_name": p.LastName, "mobile": v.l.Digits(p.Mobile), "acquisition_source": p.AcquisitionSource}
	for _, p := range choices.Marketers {
		if p.ID == l.Introducer {
			f.fields["introducer"] = introducerLabel(p)
		}
	}
	for _, r := range choices.Referrers {
		if r.ID == l.ReferrerID {
			f.fields["referrer"] = r.Label()
		}
	}
	return nil
}
