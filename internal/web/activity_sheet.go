package web

import (
	"slices"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/web/view"
)

// GET and POST /patients/{patient}/activities/new
func (s *server) activitySheet(v visit) (moneySheet, error) {
	patient, err := patientOf(v)
	if err != nil {
		return moneySheet{}, err
	}
	if _, err := s.Desk.Patient(v.r.Context(), v.actor, patient); err != nil {
		return moneySheet{}, err
	}
	offer, err := s.activityOffer(v, patient)
	if err != nil {
		return moneySheet{}, err
	}
	m := moneySheet{name: "activity", patient: patient, tab: crmTab, free: true,
		values: map[string]string{"kind": string(clinic.CallOut), "due": v.l.Day(v.l.Today), "owner_id": ownSelf(v, offer)}}
	return s.activityForm(v, m, offer, clinic.Activity{Patient: patient}), nil
}

// activityForm completes the sheet that writes an activity about somebody.
func (s *server) activityForm(v visit, m moneySheet, offer desk.ActivityOffer, about clinic.Activity) moneySheet {
	m.fields = func(t *typed) []view.SettingField {
		subject := sheetField(t, "subject", "")
		subject.Required, subject.Focus = true, true
		fields := []view.SettingField{choiceField(t, "kind", kindChoices(v)...), subject, sheetField(t, "due", view.DateField),
			choiceField(t, "owner_id", ownerChoices(v, offer)...), choiceField(t, "service_id", serviceChoices(v, offer)...), sheetField(t, "note", view.LinesField),
			sheetField(t, "done", view.SwitchField), outcomeField(t), sheetField(t, "result", "")}
		return append(fields, nextFields(t, offer)...)
	}
	m.do = func(t *typed, r desk.Request, _ *int64) (sheetDone, error) {
		a := clinic.Activity{Patient: about.Patient, Lead: about.Lead, Kind: clinic.ActivityKind(t.text("kind")), Subject: unsaid(t, r, "subject"),
			Note: t.text("note"), Outcome: clinic.ActivityOutcome(t.text("outcome")), Result: t.text("result"), Due: t.day("due"), Owner: t.chosen("owner_id"),
			Service: clinic.ServiceID(t.chosen("service_id"))}
		cmd := desk.AddActivity{Activity: a, Done: t.on("done"), Next: readNext(t), Request: r}
		if len(t.problems) > 0 {
			return sheetDone{}, nil
		}
		_, err := s.Desk.AddActivity(v.r.Context(), v.actor, cmd)
		return sheetDone{quiet: true}, err
	}
	return m
}

// activityOffer is what the forms about a person offer.
func (s *server) activityOffer(v visit, patient clinic.PatientID) (desk.ActivityOffer, error) {
	return s.Desk.ActivityOffer(v.r.Context(), v.actor, patient)
}

// chosen reads an id of a choice as id does; one that is none is kept as what
// nobody has, so that it is refused.
func (t *typed) chosen(name string) clinic.StaffID {
	if n := t.id(name); n != 0 || t.text(name) == "" {
		return clinic.StaffID(n)
	}
	return -1
}

// ownSelf is the value of the actor among the owners, "" for who is not.
func ownSelf(v visit, offer desk.ActivityOffer) string {
	if slices.ContainsFunc(offer.Owners, func(n desk.Named) bool { return n.ID == int64(v.actor.Staff) }) {
		return id(v.actor.Staff)
	}
	return ""
}

func kindChoices(v visit) (kinds []view.Choice) {
	for _, kind := range clinic.ActivityKinds {
		kinds = append(kinds, view.Choice{Value: string(kind), Text: v.l.T("activity.kind." + string(kind))})
	}
	return kinds
}

func ownerChoices(v visit, offer desk.ActivityOffer) []view.Choice {
	choices := named(v, offer.Owners)
	choices[0].Text = v.l.T("activity.owner.nobody")
	return choices
}

func serviceChoices(v visit, offer desk.ActivityOffer) []view.Choice {
	choices := named(v, offer.Services)
	choices[0].Text = v.l.T("word.none")
	return choices
}

// outcomeField is what came of it, of a list.
func outcomeField(t *typed) view.SettingField {
	outcomes := []view.Choice{{Text: t.v.l.T("word.none")}}
	for _, o := range clinic.ActivityOutcomes {
		outcomes = append(outcomes, view.Choice{Value: string(o), Text: t.v.l.T("activity.outcome." + string(o))})
	}
	return choiceField(t, "outcome", outcomes...)
}

// nextFields plan what comes after an activity, in the same form.
func nextFields(t *typed, offer desk.ActivityOffer) []view.SettingField {
	kinds := append([]view.Choice{{Text: t.v.l.T("activity.next.none")}}, kindChoices(t.v)...)
	kind := choiceField(t, "next_kind", kinds...)
	kind.Label = t.v.l.T("activity.next")
	due, owner, subject := sheetField(t, "next_due", view.DateField), choiceField(t, "next_owner_id", ownerChoices(t.v, offer)...), sheetField(t, "next_subject", "")
	subject.Hint = t.v.l.T("field.next_subject.hint")
	return []view.SettingField{kind, due, owner, subject}
}

// readNext reads what comes after an activity; nil when nothing was said of it.
// Who is to come to it alone says nothing: the form proposes somebody.
func readNext(t *typed) *clinic.NextActivity {
	if t.text("next_kind") == "" && t.text("next_due") == "" && t.text("next_subject") == "" {
		return nil
	}
	return &clinic.NextActivity{Kind: clinic.ActivityKind(t.text("next_kind")), Subject: t.text("next_subject"), Due: t.day("next_due"), Owner: t.chosen("next_owner_id")}
}

// activitySheetOf is the sheet of a command about the activity that the path
// names.
func (s *server) activitySheetOf(v visit, name string) (m moneySheet, a desk.ActivityShown, err error) {
	n := number[clinic.ActivityID](v.r.PathValue("activity"))
	if n == 0 {
		return m, a, fault.New(fault.NotFound, "activity.none", "there is no such activity")
	}
	if a, err = s.Desk.Activity(v.r.Context(), v.actor, n); err != nil {
		return m, a, err
	}
	m = moneySheet{name: name, patient: a.Patient, tab: crmTab, about: activitySubject(v, a.Activity), free: true}
	if a.Patient == 0 { // of a lead that is nobody's patient yet: a page of its own
		m.back = leadPath(a.Lead)
	}
	m.fields = func(*typed) []view.SettingField { return nil }
	return m, a, nil
}

// GET and POST /activities/{activity}/complete
func (s *server) completeActivitySheet(v visit) (moneySheet, error) {
	m, a, err := s.activitySheetOf(v, "activity_complete")
	if err != nil {
		return m, err
	}
	offer, err := s.activityOffer(v, a.Patient)
	if err != nil {
		return m, err
	}
	m.values = map[string]string{"next_owner_id": ownSelf(v, offer)}
	m.fields = func(t *typed) []view.SettingField {
		outcome := outcomeField(t)
		outcome.Focus = true
		return append([]view.SettingField{outcome, sheetField(t, "result", "")}, nextFields(t, offer)...)
	}
	m.do = func(t *typed, r desk.Request, _ *int64) (sheetDone, error) {
		cmd := desk.CompleteActivity{Activity: a.ID, Outcome: clinic.ActivityOutcome(t.text("outcome")), Result: t.text("result"), Next: readNext(t), Request: r}
		if len(t.problems) > 0 {
			return sheetDone{}, nil
		}
		_, err := s.Desk.CompleteActivity(v.r.Context(), v.actor, cmd)
		return sheetDone{quiet: true}, err
	}
	return m, nil
}

// GET and POST /activities/{activity}/next
func (s *server) nextActivitySheet(v visit) (moneySheet, error) {
	m, a, err := s.activitySheetOf(v, "activity_next")
	if err != nil {
		return m, err
	}
	offer, err := s.activityOffer(v, a.Patient)
	if err != nil {
		return m, err
	}
	m.values = map[string]string{"next_kind": string(a.Kind), "next_owner_id": ownSelf(v, offer)}
	m.fields = func(t *typed) []view.SettingField {
		fields := nextFields(t, offer)
		fields[0].Choices = fields[0].Choices[1:] // there is a next one
		fields[1].Required, fields[1].Focus = true, true
		return fields
	}
	m.do = func(t *typed, r desk.Request, _ *int64) (sheetDone, error) {
		next := readNext(t)
		if len(t.problems) > 0 || next == nil {
			return sheetDone{}, nil
		}
		_, err := s.Desk.PlanActivity(v.r.Context(), v.actor, desk.PlanActivity{Activity: a.ID, Next: *next, Request: r})
		return sheetDone{quiet: true}, err
	}
	return m, nil
}

// GET and POST /activities/{activity}/reschedule
func (s *server) rescheduleActivitySheet(v visit) (moneySheet, error) {
	m, a, err := s.activitySheetOf(v, "activity_reschedule")
	if err != nil {
		return m, err
	}
	offer, err := s.activityOffer(v, a.Patient)
	if err != nil {
		return m, err
	}
	owner := ""
	if a.Owner != 0 {
		owner = id(a.Owner)
		if !slices.ContainsFunc(offer.Owners, func(n desk.Named) bool { return n.ID == int64(a.Owner) }) {
			offer.Owners = append(offer.Owners, desk.Named{ID: int64(a.Owner), Name: a.OwnerName}) // who could once
		}
	}
	m.values = map[string]string{"due": v.l.Day(a.Due), "owner_id": owner, "version": id(a.Version)}
	m.fields = func(t *typed) []view.SettingField {
		due := sheetField(t, "due", view.DateField)
		due.Focus = true
		return []view.SettingField{due, choiceField(t, "owner_id", ownerChoices(v, offer)...), sheetField(t, "version", view.HiddenField)}
	}
	m.do = func(t *typed, r desk.Request, _ *int64) (sheetDone, error) {
		cmd := desk.RescheduleActivity{Activity: a.ID, Due: t.day("due"), Owner: t.chosen("owner_id"), Seen: t.id("version"), Request: r}
		if len(t.problems) > 0 {
			return sheetDone{}, nil
		}
		_, err := s.Desk.RescheduleActivity(v.r.Context(), v.actor, cmd)
		return sheetDone{quiet: true}, err
	}
	return m, nil
}

// GET and POST /activities/{activity}/cancel
func (s *server) cancelActivitySheet(v visit) (moneySheet, error) {
	m, a, err := s.activitySheetOf(v, "activity_cancel")
	m.fields = func(t *typed) []view.SettingField {
		reason := reasonField(t)
		reason.Focus = true
		return []view.SettingField{reason}
	}
	m.do = func(t *typed, r desk.Request, _ *int64) (sheetDone, error) {
		_, err := s.Desk.CancelActivity(v.r.Context(), v.actor, desk.CancelActivity{Activity: a.ID, Reason: unsaid(t, r, "reason"), Request: r})
		return sheetDone{quiet: true}, err
	}
	return m, err
}

// GET and POST /activities/{activity}/reopen
func (s *server) reopenActivitySheet(v visit) (moneySheet, error) {
	m, a, err := s.activitySheetOf(v, "activity_reopen")
	m.do = func(_ *typed, r desk.Request, _ *int64) (sheetDone, error) {
		_, err := s.Desk.ReopenActivity(v.r.Context(), v.actor, desk.ReopenActivity{Activity: a.ID, Request: r})
		return sheetDone{quiet: true}, err
	}
	return m, err
}
