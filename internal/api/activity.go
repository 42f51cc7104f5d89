package api

import (
	"context"
	"net/http"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
)

// Activity is something to do about a person, or what was done.
type Activity struct {
	ID        string     `json:"id"`
	PatientID string     `json:"patient_id"`
	Kind      string     `json:"kind" doc:"call_out, call_in, follow_up, reminder, message, visit or social"`
	Subject   string     `json:"subject,omitempty" doc:"missing of one that came by itself"`
	Note      string     `json:"note,omitempty"`
	Result    string     `json:"result,omitempty"`
	Due       string     `json:"due"`
	DueJalali string     `json:"due_jalali"`
	OwnerID   string     `json:"owner_id,omitempty"`
	Status    string     `json:"status" doc:"open, done or cancelled"`
	Cause     string     `json:"cause,omitempty" doc:"why it came by itself: no_show, cancelled or late_money"`
	ObjectID  string     `json:"object_id,omitempty" doc:"of the cause: the appointment"`
	Recorded  time.Time  `json:"recorded"`
	Done      *time.Time `json:"done,omitempty"`
	Version   int64      `json:"version"`
}

func showActivity(a clinic.Activity) Activity {
	return Activity{ID: name(a.ID), PatientID: name(a.Patient), Kind: string(a.Kind), Subject: a.Subject, Note: a.Note, Result: a.Result, Due: string(a.Due),
		DueJalali: twin(a.Due), OwnerID: name(a.Owner), Status: string(a.Status), Cause: string(a.Cause), ObjectID: name(a.Object), Recorded: a.Recorded.UTC(),
		Done: someTime(a.Done), Version: a.Version}
}

// activityRow is an activity with names.
type activityRow struct {
	Activity
	Owner  string `json:"owner,omitempty"`
	Staff  string `json:"staff" doc:"who wrote it"`
	DoneBy string `json:"done_by,omitempty"`
}

func (s *server) addActivities() {
	add(s, call{method: http.MethodGet, path: "/patients/{id}/statement/appointments", right: clinic.ReadStatement, touches: aboutMoney, object: "patient",
		says: "Appointments with what happened to them, and what the patient waits for"}, s.appointmentsTab)
	add(s, call{method: http.MethodGet, path: "/patients/{id}/statement/crm", right: clinic.ReadActivities, touches: aboutMoney, object: "patient",
		says: "What is to be done about a patient, then what was"}, s.activities)
	add(s, call{method: http.MethodPost, path: "/patients/{id}/activities", right: clinic.WriteActivities, touches: aboutPatients, object: "patient",
		says: "Write what is to be done about a patient, or what was done", created: true}, s.addActivity)
	add(s, call{method: http.MethodPost, path: "/activities/{id}/complete", right: clinic.WriteActivities, touches: aboutPatients, object: "activity",
		says: "It is done, with what came of it"}, s.completeActivity)
}

// activitiesTab is the tab of what was done about a person and what is to be
// done.
type activitiesTab struct {
	Header     header        `json:"header"`
	Items      []activityRow `json:"items"`
	NextCursor string        `json:"next_cursor"`
}

func (s *server) activities(ctx context.Context, a clinic.Actor, in *statementQuery) (*answer[activitiesTab], error) {
	id, v, err := s.looked(ctx, a, in)
	if err != nil {
		return nil, err
	}
	tab, err := s.desk.Activities(ctx, a, id, v)
	if err != nil {
		return nil, err
	}
	shown := activitiesTab{Header: showHeader(a, tab.Header), Items: []activityRow{}}
	for _, r := range tab.Rows {
		shown.Items = append(shown.Items, activityRow{showActivity(r.Activity), r.OwnerName, r.StaffName, r.DoneByName})
	}
	return reply(shown), nil
}

type activityForm struct {
	Kind    string `json:"kind" doc:"call_out, call_in, follow_up, reminder, message, visit or social"`
	Subject string `json:"subject"`
	Note    string `json:"note,omitempty"`
	Due     string `json:"due,omitempty" doc:"today when missing"`
	OwnerID string `json:"owner_id,omitempty" doc:"of staff; whoever comes to it when missing"`
	Done    bool   `json:"done,omitempty" doc:"it was done"`
	Result  string `json:"result,omitempty" doc:"what came of it, of one that was done"`
	DryRun  bool   `json:"dry_run,omitempty"`
}

func (s *server) addActivity(ctx context.Context, a clinic.Actor, in *postTo[activityForm]) (*answer[Activity], error) {
	form, err := decode[activityForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	one := clinic.Activity{Kind: clinic.ActivityKind(form.Kind), Subject: form.Subject, Note: form.Note, Result: form.Result}
	if one.Patient, err = number[clinic.PatientID](in.ID, "patient", "id"); err != nil {
		return nil, err
	}
	if one.Owner, err = number[clinic.StaffID](form.OwnerID, "staff", "owner_id"); err != nil {
		return nil, err
	}
	today, err := s.today(ctx, a)
	if err != nil {
		return nil, err
	}
	if one.Due, err = day(form.Due, "due", today); err != nil {
		return nil, err
	}
	done, err := s.desk.AddActivity(ctx, a, desk.AddActivity{Activity: one, Done: form.Done, Request: desk.Request{Key: in.Key, DryRun: form.DryRun}})
	if err != nil {
		return nil, err
	}
	return reply(showActivity(done)), nil
}

type completeForm struct {
	Result string `json:"result,omitempty"`
	DryRun bool   `json:"dry_run,omitempty"`
}

func (s *server) completeActivity(ctx context.Context, a clinic.Actor, in *postTo[completeForm]) (*answer[Activity], error) {
	form, err := decode[completeForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	cmd := desk.CompleteActivity{Result: form.Result, Request: desk.Request{Key: in.Key, DryRun: form.DryRun}}
	if cmd.Activity, err = number[clinic.ActivityID](in.ID, "activity", "id"); err != nil {
		return nil, err
	}
	done, err := s.desk.CompleteActivity(ctx, a, cmd)
	if err != nil {
		return nil, err
	}
	return reply(showActivity(done)), nil
}
