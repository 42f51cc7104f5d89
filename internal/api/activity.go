package api

import (
	"context"
	"net/http"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/jalali"
)

// Activity is something to do about a person, or what was done.
type Activity struct {
	ID        string     `json:"id"`
	PatientID string     `json:"patient_id,omitempty" doc:"missing of a lead that is nobody's patient yet"`
	LeadID    string     `json:"lead_id,omitempty" doc:"the lead that it is about"`
	Kind      string     `json:"kind" doc:"call_out, call_in, follow_up, reminder, message, visit or social"`
	Subject   string     `json:"subject,omitempty" doc:"missing of one that came by itself"`
	Note      string     `json:"note,omitempty"`
	Outcome   string     `json:"outcome,omitempty" doc:"answered, no_answer, busy, call_again, booked or declined"`
	Result    string     `json:"result,omitempty" doc:"what came of it, in words"`
	Due       string     `json:"due"`
	DueJalali string     `json:"due_jalali"`
	OwnerID   string     `json:"owner_id,omitempty"`
	Status    string     `json:"status" doc:"open, done or cancelled"`
	Reason    string     `json:"reason,omitempty" doc:"why it was cancelled"`
	ServiceID string     `json:"service_id,omitempty"`
	Cause     string     `json:"cause,omitempty" doc:"why it came by itself: no_show, cancelled, late_money, bounced_cheque, overdue_instalment, next_session, lapsing_deposit, unseen, satisfaction or birthday"`
	ObjectID  string     `json:"object_id,omitempty" doc:"of the cause: the appointment, cheque, plan, admission, deposit or patient"`
	FollowsID string     `json:"follows_id,omitempty" doc:"the activity that planned it"`
	BookedID  string     `json:"appointment_id,omitempty" doc:"the appointment that came of it"`
	Recorded  time.Time  `json:"recorded"`
	Done      *time.Time `json:"done,omitempty"`
	Version   int64      `json:"version"`
}

func showActivity(a clinic.Activity) Activity {
	return Activity{ID: name(a.ID), PatientID: name(a.Patient), LeadID: name(a.Lead), Kind: string(a.Kind), Subject: a.Subject, Note: a.Note, Outcome: string(a.Outcome), Result: a.Result,
		Due: string(a.Due), DueJalali: twin(a.Due), OwnerID: name(a.Owner), Status: string(a.Status), Reason: a.Reason, ServiceID: name(a.Service),
		Cause: string(a.Cause), ObjectID: name(a.Object), FollowsID: name(a.Follows), BookedID: name(a.Appointment), Recorded: a.Recorded.UTC(),
		Done: someTime(a.Done), Version: a.Version}
}

// ActivityRow is an activity with names.
type ActivityRow struct {
	Activity
	Owner   string     `json:"owner,omitempty"`
	Staff   string     `json:"staff" doc:"who wrote it"`
	DoneBy  string     `json:"done_by,omitempty" doc:"or who cancelled it"`
	Service string     `json:"service,omitempty"`
	Overdue bool       `json:"overdue" doc:"it is open and its day has passed"`
	Next    *afterward `json:"next,omitempty" doc:"the activity that comes after it"`
}

// afterward is what is said of an activity beside the one that it comes after.
type afterward struct {
	ID        string `json:"id"`
	Kind      string `json:"kind"`
	Due       string `json:"due"`
	DueJalali string `json:"due_jalali"`
	Owner     string `json:"owner,omitempty"`
}

func showActivityRow(a desk.ActivityShown, today jalali.Day) ActivityRow {
	row := ActivityRow{Activity: showActivity(a.Activity), Owner: a.OwnerName, Staff: a.StaffName, DoneBy: a.DoneByName, Service: a.ServiceName, Overdue: a.Overdue(today)}
	if n := a.Next; n.ID != 0 {
		row.Next = &afterward{ID: name(n.ID), Kind: string(n.Kind), Due: string(n.Due), DueJalali: twin(n.Due), Owner: n.OwnerName}
	}
	return row
}

func (s *server) addActivities() {
	add(s, call{method: http.MethodGet, path: "/patients/{id}/statement/appointments", right: clinic.ReadStatement, touches: aboutMoney, object: "patient",
		says: "Appointments with what happened to them, and what the patient waits for"}, s.appointmentsTab)
	add(s, call{method: http.MethodGet, path: "/patients/{id}/statement/crm", right: clinic.ReadActivities, touches: aboutMoney, object: "patient",
		says: "What is to be done about a patient, then what was"}, s.activities)
	add(s, call{method: http.MethodPost, path: "/patients/{id}/activities", right: clinic.WriteActivities, touches: aboutPatients, object: "patient",
		says: "Write what is to be done about a patient, or what was done", created: true}, s.addActivity)
	add(s, call{method: http.MethodPost, path: "/activities/{id}/complete", right: clinic.WriteActivities, touches: aboutPatients, object: "activity",
		says: "It is done, with what came of it and what comes after it"}, s.completeActivity)
	add(s, call{method: http.MethodPost, path: "/activities/{id}/next", right: clinic.WriteActivities, touches: aboutPatients, object: "activity",
		says: "Plan what comes after an activity; answers the activity that it comes after"}, s.planActivity)
	add(s, call{method: http.MethodPost, path: "/activities/{id}/reschedule", right: clinic.WriteActivities, touches: aboutPatients, object: "activity",
		says: "Put an activity on another day, or give it to another owner"}, s.rescheduleActivity)
	add(s, call{method: http.MethodPost, path: "/activities/{id}/cancel", right: clinic.WriteActivities, touches: aboutPatients, object: "activity",
		says: "It is not to be done any more, and why"}, s.cancelActivity)
	add(s, call{method: http.MethodPost, path: "/activities/{id}/reopen", right: clinic.WriteActivities, touches: aboutPatients, object: "activity",
		says: "It was not done, or is to be done after all"}, s.reopenActivity)
	add(s, call{method: http.MethodGet, path: "/activities", right: clinic.ReadActivities, touches: aboutPatients, object: "clinic",
		says: "List activities: those of the reader's day, all that are open, or those that are done"}, s.listActivities)
}

// activitiesTab is the tab of what was done about a person and what is to be
// done.
type activitiesTab struct {
	Header     header        `json:"header"`
	Items      []ActivityRow `json:"items"`
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
	shown := activitiesTab{Header: showHeader(a, tab.Header), Items: []ActivityRow{}}
	for _, r := range tab.Rows {
		shown.Items = append(shown.Items, showActivityRow(r, tab.Today))
	}
	return reply(shown), nil
}
