package api

import (
	"context"
	"net/http"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/jalali"
)

// Lead is somebody who may want a service.
type Lead struct {
	ID            string    `json:"id"`
	PatientID     string    `json:"patient_id,omitempty" doc:"missing while the register does not know them"`
	Name          string    `json:"name"`
	Mobile        string    `json:"mobile,omitempty"`
	ServiceID     string    `json:"service_id,omitempty" doc:"that is wanted"`
	Source        string    `json:"acquisition_source,omitempty"`
	IntroducerID  string    `json:"introducer_id,omitempty" doc:"the marketer who sent them"`
	ReferrerID    string    `json:"referrer_id,omitempty"`
	Note          string    `json:"note,omitempty"`
	OwnerID       string    `json:"owner_id,omitempty"`
	State         string    `json:"state" doc:"new, following, booked, converted, lost or invalid"`
	Channel       string    `json:"channel" doc:"staff, or form: the public contact form"`
	AppointmentID string    `json:"appointment_id,omitempty" doc:"that came of it last"`
	AdmissionID   string    `json:"admission_id,omitempty" doc:"that it became"`
	Recorded      time.Time `json:"recorded"`
	Version       int64     `json:"version"`
}

func showLead(l clinic.Lead) Lead {
	return Lead{ID: name(l.ID), PatientID: name(l.Patient), Name: l.Name, Mobile: l.Mobile, ServiceID: name(l.Service), Source: l.Source,
		IntroducerID: name(l.Introducer), ReferrerID: name(l.ReferrerID), Note: l.Note, OwnerID: name(l.Owner), State: string(l.Status), Channel: string(l.Channel),
		AppointmentID: name(l.Appointment), AdmissionID: name(l.Admission), Recorded: l.Recorded.UTC(), Version: l.Version}
}

// LeadRow is a lead with names.
type LeadRow struct {
	Lead
	Service    string     `json:"service,omitempty"`
	Owner      string     `json:"owner,omitempty"`
	Staff      string     `json:"staff" doc:"who recorded it"`
	Introducer string     `json:"introducer,omitempty"`
	Referrer   string     `json:"referrer,omitempty"`
	Next       *afterward `json:"next,omitempty" doc:"what is to be done about it first"`
}

func showLeadRow(l desk.LeadShown) LeadRow {
	row := LeadRow{Lead: showLead(l.Lead), Service: l.ServiceName, Owner: l.OwnerName, Staff: l.StaffName, Introducer: l.IntroducerName, Referrer: l.ReferrerName}
	if n := l.Next; n.ID != 0 {
		row.Next = &afterward{ID: name(n.ID), Kind: string(n.Kind), Due: string(n.Due), DueJalali: twin(n.Due)}
	}
	return row
}

// LeadEvent is one thing that happened to a lead.
type LeadEvent struct {
	Kind   string    `json:"kind" doc:"recorded, moved, worked, booked, time_gone, time_back, admitted, unadmitted, again, linked or edited"`
	From   string    `json:"from,omitempty"`
	To     string    `json:"to"`
	Reason string    `json:"reason,omitempty" doc:"or what was written with it"`
	At     time.Time `json:"at"`
	Staff  string    `json:"staff"`
}

// LeadFile is a lead with what happened to it and what was done about it.
type LeadFile struct {
	LeadRow
	History    []LeadEvent   `json:"history" doc:"the latest first"`
	Activities []ActivityRow `json:"activities" doc:"those to be done by their day, then the others"`
}

func (s *server) addLeads() {
	add(s, call{method: http.MethodPost, path: "/leads", right: clinic.AddLeads, touches: aboutPatients, object: "clinic", keyed: true,
		says: "Record a lead: of a patient, or of somebody whom the register does not know", created: true}, s.addLead)
	add(s, call{method: http.MethodGet, path: "/leads", right: clinic.ReadLeads, touches: aboutPatients, object: "clinic",
		says: "List leads, the latest first; without the right to all, those that the reader recorded"}, s.listLeads)
	add(s, call{method: http.MethodGet, path: "/leads/{id}", right: clinic.ReadLeads, touches: aboutPatients, object: "lead",
		says: "A lead with what happened to it and what was done about it"}, s.getLead)
	add(s, call{method: http.MethodPost, path: "/leads/{id}/state", right: clinic.WriteLeads, touches: aboutPatients, object: "lead", keyed: true,
		says: "Move a lead to another state; booked and converted come with an appointment and an admission"}, s.moveLead)
	add(s, call{method: http.MethodPost, path: "/leads/{id}/edit", right: clinic.WriteLeads, touches: aboutPatients, object: "lead", keyed: true,
		says: "Write the fields of a lead anew"}, s.editLead)
	add(s, call{method: http.MethodPost, path: "/leads/{id}/convert", right: clinic.WriteLeads, touches: aboutPatients, object: "lead", keyed: true,
		says: "Make a patient of a lead: the one named, or a new one with what is known of the lead"}, s.convertLead)
	add(s, call{method: http.MethodPost, path: "/leads/{id}/activities", right: clinic.WriteActivities, touches: aboutPatients, object: "lead", keyed: true,
		says: "Write what is to be done about a lead, or what was done", created: true}, s.addLeadActivity)
}

type leadForm struct {
	PatientID    string `json:"patient_id,omitempty" doc:"of the register; name and mobile are the file's then"`
	Name         string `json:"name,omitempty"`
	Mobile       string `json:"mobile,omitempty"`
	ServiceID    string `json:"service_id,omitempty" doc:"that is wanted"`
	Source       string `json:"acquisition_source,omitempty"`
	IntroducerID string `json:"introducer_id,omitempty" doc:"the marketer who sent them"`
	ReferrerID   string `json:"referrer_id,omitempty"`
	Note         string `json:"note,omitempty"`
	OwnerID      string `json:"owner_id,omitempty" doc:"of staff; whoever comes to it when missing"`
	SeenVersion  int64  `json:"seen_version,omitempty" doc:"of one that is edited; not looked at when missing"`
	DryRun       bool   `json:"dry_run,omitempty"`
}

// lead reads a form.
func (f leadForm) lead() (l clinic.Lead, err error) {
	l = clinic.Lead{Name: f.Name, Mobile: f.Mobile, Source: f.Source, Note: f.Note}
	if l.Patient, err = number[clinic.PatientID](f.PatientID, "patient", "patient_id"); err != nil {
		return l, err
	}
	if l.Service, err = number[clinic.ServiceID](f.ServiceID, "service", "service_id"); err != nil {
		return l, err
	}
	if l.Introducer, err = number[clinic.PatientID](f.IntroducerID, "patient", "introducer_id"); err != nil {
		return l, err
	}
	if l.ReferrerID, err = number[clinic.ReferrerID](f.ReferrerID, "referrer", "referrer_id"); err != nil {
		return l, err
	}
	l.Owner, err = number[clinic.StaffID](f.OwnerID, "staff", "owner_id")
	return l, err
}

func (s *server) addLead(ctx context.Context, a clinic.Actor, in *post[leadForm]) (*answer[Lead], error) {
	form, err := decode[leadForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	var cmd desk.RecordLead
	if cmd.Lead, err = form.lead(); err != nil {
		return nil, err
	}
	if cmd.Request, err = keyed(in.Key, form.DryRun); err != nil {
		return nil, err
	}
	l, err := s.desk.RecordLead(ctx, a, cmd)
	return leadAnswer(l, err)
}

// leadAnswer is what commands about a lead answer.
func leadAnswer(l clinic.Lead, err error) (*answer[Lead], error) {
	if err != nil {
		return nil, err
	}
	return reply(showLead(l)), nil
}

// onLead reads which lead a command is about.
func onLead(id, key string, seen int64, dryRun bool) (on desk.OnLead, err error) {
	on.Seen = seen
	if on.Lead, err = number[clinic.LeadID](id, "lead", "id"); err != nil {
		return on, err
	}
	on.Request, err = keyed(key, dryRun)
	return on, err
}

type moveLeadForm struct {
	State       string `json:"state" doc:"following, lost or invalid"`
	Reason      string `json:"reason,omitempty" doc:"needed for a lost lead"`
	SeenVersion int64  `json:"seen_version,omitempty" doc:"that it is based on; not looked at when missing"`
	DryRun      bool   `json:"dry_run,omitempty"`
}

func (s *server) moveLead(ctx context.Context, a clinic.Actor, in *postTo[moveLeadForm]) (*answer[Lead], error) {
	form, err := decode[moveLeadForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	on, err := onLead(in.ID, in.Key, form.SeenVersion, form.DryRun)
	if err != nil {
		return nil, err
	}
	l, err := s.desk.MoveLead(ctx, a, desk.MoveLead{OnLead: on, To: clinic.LeadStatus(form.State), Reason: form.Reason})
	return leadAnswer(l, err)
}

func (s *server) editLead(ctx context.Context, a clinic.Actor, in *postTo[leadForm]) (*answer[Lead], error) {
	form, err := decode[leadForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	on, err := onLead(in.ID, in.Key, form.SeenVersion, form.DryRun)
	if err != nil {
		return nil, err
	}
	if form.PatientID != "" {
		return nil, fault.New(fault.Invalid, "lead.edit_patient", "a lead becomes a patient by convert").At("patient_id")
	}
	l, err := form.lead()
	if err != nil {
		return nil, err
	}
	l, err = s.desk.EditLead(ctx, a, desk.EditLead{OnLead: on, Name: l.Name, Mobile: l.Mobile, Service: l.Service, Source: l.Source, Introducer: l.Introducer,
		ReferrerID: l.ReferrerID, Note: l.Note, Owner: l.Owner})
	return leadAnswer(l, err)
}

type convertForm struct {
	PatientID   string `json:"patient_id,omitempty" doc:"of the register; a new patient when missing"`
	FirstName   string `json:"first_name,omitempty" doc:"of a new patient; out of the lead's name when missing"`
	LastName    string `json:"last_name,omitempty"`
	AskSimilar  bool   `json:"ask_similar,omitempty" doc:"of a new patient: refuse with patient.similar while others look alike"`
	SeenVersion int64  `json:"seen_version,omitempty" doc:"of the lead, when it is a patient of the register; not looked at when missing"`
	DryRun      bool   `json:"dry_run,omitempty"`
}

func (s *server) convertLead(ctx context.Context, a clinic.Actor, in *postTo[convertForm]) (*answer[Lead], error) {
	form, err := decode[convertForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	on, err := onLead(in.ID, in.Key, form.SeenVersion, form.DryRun)
	if err != nil {
		return nil, err
	}
	patient, err := number[clinic.PatientID](form.PatientID, "patient", "patient_id")
	if err != nil {
		return nil, err
	}
	if patient != 0 {
		if form.FirstName != "" || form.LastName != "" {
			return nil, fault.New(fault.Invalid, "lead.convert_name", "the patient of the register has a name").At("first_name")
		}
		l, err := s.desk.LinkLead(ctx, a, desk.LinkLead{OnLead: on, Patient: patient})
		return leadAnswer(l, err)
	}
	known, err := s.desk.Lead(ctx, a, on.Lead)
	if err != nil {
		return nil, err
	}
	if known.Patient != 0 { // refused as linking it again is, with the patient
		l, err := s.desk.LinkLead(ctx, a, desk.LinkLead{OnLead: on, Patient: known.Patient})
		return leadAnswer(l, err)
	}
	if on.Seen != 0 && on.Seen != known.Version {
		return nil, fault.New(fault.Conflict, "lead.stale", "the lead was changed by someone else")
	}
	p := known.AsPatient()
	if form.FirstName != "" || form.LastName != "" {
		p.FirstName, p.LastName = form.FirstName, form.LastName
	}
	p, err = s.desk.RegisterPatient(ctx, a, desk.RegisterPatient{Patient: p, AskSimilar: form.AskSimilar, Lead: on.Lead, Request: on.Request})
	if err != nil {
		return nil, err
	}
	if form.DryRun {
		known.Lead.Patient = p.ID
	} else if known, err = s.desk.Lead(ctx, a, on.Lead); err != nil {
		return nil, err
	}
	return reply(showLead(known.Lead)), nil
}

func (s *server) addLeadActivity(ctx context.Context, a clinic.Actor, in *postTo[activityForm]) (*answer[Activity], error) {
	form, err := decode[activityForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	on, err := onLead(in.ID, in.Key, 0, form.DryRun)
	if err != nil {
		return nil, err
	}
	return s.writeActivity(ctx, a, clinic.Activity{Lead: on.Lead}, form, on.Request)
}

type leadQuery struct {
	State      string `query:"state" doc:"one of the states, or open"`
	Owner      string `query:"owner" doc:"id of staff, me or nobody"`
	Source     string `query:"source"`
	Introducer string `query:"introducer_id"`
	Service    string `query:"service_id"`
	Channel    string `query:"channel" doc:"staff or form"`
	Text       string `query:"q" doc:"part of the name or the mobile"`
	Cursor     string `query:"cursor"`
	Limit      limit  `query:"limit"`
}

type leadList struct {
	Items      []LeadRow  `json:"items"`
	Count      int        `json:"count" doc:"of the whole list, whatever the page"`
	Counts     LeadCounts `json:"counts" doc:"of the list by state, whatever the state that was asked for"`
	NextCursor string     `json:"next_cursor"`
}

// LeadCounts is how many leads are in each state.
type LeadCounts struct {
	New       int `json:"new"`
	Following int `json:"following"`
	Booked    int `json:"booked"`
	Converted int `json:"converted"`
	Lost      int `json:"lost"`
	Invalid   int `json:"invalid"`
}

func (s *server) listLeads(ctx context.Context, a clinic.Actor, in *leadQuery) (*answer[leadList], error) {
	if err := in.Limit.check(); err != nil {
		return nil, err
	}
	q := desk.LeadQuery{State: in.State, Owner: in.Owner, Source: in.Source, Channel: clinic.LeadChannel(in.Channel), Text: in.Text, Cursor: in.Cursor, Limit: int(in.Limit.Rows)}
	var err error
	if q.Introducer, err = number[clinic.PatientID](in.Introducer, "patient", "introducer_id"); err != nil {
		return nil, err
	}
	if q.Service, err = number[clinic.ServiceID](in.Service, "service", "service_id"); err != nil {
		return nil, err
	}
	page, err := s.desk.ListLeads(ctx, a, q)
	if err != nil {
		return nil, err
	}
	n := page.Counts
	list := leadList{Items: []LeadRow{}, Count: page.Count, NextCursor: page.Older, Counts: LeadCounts{New: n[clinic.LeadNew], Following: n[clinic.LeadFollowing],
		Booked: n[clinic.LeadBooked], Converted: n[clinic.LeadConverted], Lost: n[clinic.LeadLost], Invalid: n[clinic.LeadInvalid]}}
	for _, l := range page.Items {
		list.Items = append(list.Items, showLeadRow(l))
	}
	return reply(list), nil
}

type leadIn struct {
	ID string `path:"id"`
}

func (s *server) getLead(ctx context.Context, a clinic.Actor, in *leadIn) (*answer[LeadFile], error) {
	id, err := number[clinic.LeadID](in.ID, "lead", "id")
	if err != nil {
		return nil, err
	}
	l, err := s.desk.Lead(ctx, a, id)
	if err != nil {
		return nil, err
	}
	today, err := s.today(ctx, a)
	if err != nil {
		return nil, err
	}
	return reply(showLeadFile(l, today)), nil
}

func showLeadFile(l desk.LeadFile, today jalali.Day) LeadFile {
	f := LeadFile{LeadRow: showLeadRow(l.LeadShown), History: []LeadEvent{}, Activities: []ActivityRow{}}
	for _, e := range l.Events {
		f.History = append(f.History, LeadEvent{Kind: string(e.Kind), From: string(e.From), To: string(e.To), Reason: e.Reason, At: e.At.UTC(), Staff: e.StaffName})
	}
	for _, one := range l.Activities {
		f.Activities = append(f.Activities, showActivityRow(one, today))
	}
	return f
}
