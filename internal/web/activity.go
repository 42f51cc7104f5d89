package web

import (
	"slices"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/web/view"
)

func (s *server) activityRoutes() []route {
	return unpaid(slices.Concat(
		s.sheetRoutes(activityPath, clinic.WriteActivities, "patient", s.activitySheet),
		s.sheetRoutes("/activities/{activity}/complete", clinic.WriteActivities, "activity", s.completeActivitySheet),
	))
}

// unpaid marks the routes of sheets that move no money.
func unpaid(routes []route) []route {
	for i := range routes {
		routes[i].Money = false
	}
	return routes
}

const (
	activityPath = "/patients/{patient}/activities/new"
	crmTab       = "crm"
)

// activityTones are the tones of the pills of the states.
var activityTones = map[clinic.ActivityStatus]string{clinic.ActivityOpen: "info", clinic.ActivityDone: "ok", clinic.ActivityCancelled: "plain"}

// activities fetches the tab of what was done about a person and what is to be.
func (s *server) activities(v visit, patient clinic.PatientID, k look) (desk.Header, view.Body, error) {
	found, err := s.Desk.Activities(v.r.Context(), v.actor, patient, k.view)
	if err != nil {
		return desk.Header{}, nil, err
	}
	t := view.Activities{L: v.l, Table: view.TableGroup{Title: v.l.T("tab.crm")}}
	for _, key := range []string{"due", "kind", "subject", "result", "owner", "status", "do"} {
		t.Table.Columns = append(t.Table.Columns, view.TableColumn{Text: v.l.T("activity." + key), Wide: key == "owner"})
	}
	if v.actor.Can(clinic.WriteActivities) && !k.inPast() {
		t.New = address(strings.Replace(activityPath, "{patient}", id(patient), 1), "tab", crmTab)
	}
	for _, a := range found.Rows {
		t.Table.Rows = append(t.Table.Rows, activityRow(v, found.Header, a, t.New != ""))
	}
	return found.Header, view.ActivitiesTab(t), nil
}

// activityRow is one activity; do says whether something may be done with it.
func activityRow(v visit, h desk.Header, a desk.ActivityShown, do bool) view.TableRow {
	due := view.TableCell{Day: a.Due}
	if a.Overdue(h.Today) {
		due.Note = v.l.T("activity.overdue")
	}
	result := view.TableCell{Text: a.Result, Note: a.Note}
	if a.Result == "" {
		result.Text = v.l.T("word.none")
	}
	if !a.Done.IsZero() {
		result.Note = joined(v, a.Note, a.DoneByName, v.l.Day(v.clinic.Day(a.Done)))
	}
	owner := a.OwnerName
	if owner == "" {
		owner = a.StaffName
	}
	row := view.TableRow{ID: "activity-" + id(a.ID), Off: a.Status == clinic.ActivityCancelled, Cells: []view.TableCell{due,
		{Text: v.l.T("activity.kind." + string(a.Kind))}, {Text: activitySubject(v, a.Activity)}, result, {Text: owner},
		{Text: v.l.T("activity.status." + string(a.Status)), Tone: activityTones[a.Status]}, {}}}
	if do && a.Status == clinic.ActivityOpen {
		row.Cells[6].Links = []view.TableLink{{Text: v.l.T("activity.complete"), URL: address("/activities/"+id(a.ID)+"/complete", "tab", crmTab), Sheet: true}}
	}
	return row
}

// activitySubject is what an activity is about; one that came by itself is
// named by its cause.
func activitySubject(v visit, a clinic.Activity) string {
	if a.Subject == "" && a.Cause != "" {
		return v.l.T("activity.cause." + string(a.Cause))
	}
	return a.Subject
}

// GET and POST /patients/{patient}/activities/new
func (s *server) activitySheet(v visit) (moneySheet, error) {
	patient, err := patientOf(v)
	if err != nil {
		return moneySheet{}, err
	}
	if _, err := s.Desk.Patient(v.r.Context(), v.actor, patient); err != nil {
		return moneySheet{}, err
	}
	m := moneySheet{name: "activity", patient: patient, tab: crmTab, values: map[string]string{"kind": string(clinic.CallOut), "due": v.l.Day(v.l.Today)}}
	m.fields = func(t *typed) []view.SettingField {
		var kinds []view.Choice
		for _, kind := range clinic.ActivityKinds {
			kinds = append(kinds, view.Choice{Value: string(kind), Text: v.l.T("activity.kind." + string(kind))})
		}
		subject := sheetField(t, "subject", "")
		subject.Required, subject.Focus = true, true
		return []view.SettingField{choiceField(t, "kind", kinds...), subject, sheetField(t, "due", view.DateField),
			sheetField(t, "note", view.LinesField), sheetField(t, "done", view.SwitchField), sheetField(t, "result", "")}
	}
	m.do = func(t *typed, r desk.Request, _ *int64) (sheetDone, error) {
		a := clinic.Activity{Patient: patient, Kind: clinic.ActivityKind(t.text("kind")), Subject: unsaid(t, r, "subject"), Note: t.text("note"),
			Result: t.text("result"), Due: t.day("due")}
		if len(t.problems) > 0 {
			return sheetDone{}, nil
		}
		_, err := s.Desk.AddActivity(v.r.Context(), v.actor, desk.AddActivity{Activity: a, Done: t.on("done"), Request: r})
		return sheetDone{quiet: true}, err
	}
	return m, nil
}

// GET and POST /activities/{activity}/complete
func (s *server) completeActivitySheet(v visit) (moneySheet, error) {
	n := number[clinic.ActivityID](v.r.PathValue("activity"))
	if n == 0 {
		return moneySheet{}, fault.New(fault.NotFound, "activity.none", "there is no such activity")
	}
	a, err := s.Desk.Activity(v.r.Context(), v.actor, n)
	if err != nil {
		return moneySheet{}, err
	}
	m := moneySheet{name: "activity_complete", patient: a.Patient, tab: crmTab, about: activitySubject(v, a.Activity)}
	m.fields = func(t *typed) []view.SettingField {
		result := sheetField(t, "result", "")
		result.Focus = true
		return []view.SettingField{result}
	}
	m.do = func(t *typed, r desk.Request, _ *int64) (sheetDone, error) {
		_, err := s.Desk.CompleteActivity(v.r.Context(), v.actor, desk.CompleteActivity{Activity: n, Result: t.text("result"), Request: r})
		return sheetDone{quiet: true}, err
	}
	return m, nil
}
