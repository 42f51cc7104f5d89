package api

import (
	"context"

	"daftar/internal/clinic"
	"daftar/internal/desk"
)

type activityForm struct {
	Kind      string    `json:"kind" doc:"call_out, call_in, follow_up, reminder, message, visit or social"`
	Subject   string    `json:"subject"`
	Note      string    `json:"note,omitempty"`
	Due       string    `json:"due,omitempty" doc:"today when missing"`
	OwnerID   string    `json:"owner_id,omitempty" doc:"of staff; whoever comes to it when missing"`
	ServiceID string    `json:"service_id,omitempty"`
	Done      bool      `json:"done,omitempty" doc:"it was done"`
	Outcome   string    `json:"outcome,omitempty" doc:"of one that was done: answered, no_answer, busy, call_again, booked or declined"`
	Result    string    `json:"result,omitempty" doc:"what came of it in words, of one that was done"`
	Next      *NextForm `json:"next,omitempty" doc:"what comes after it"`
	DryRun    bool      `json:"dry_run,omitempty"`
}

// NextForm is what comes after an activity.
type NextForm struct {
	Kind    string `json:"kind,omitempty" doc:"as the one before when missing"`
	Subject string `json:"subject,omitempty" doc:"as the one before when missing"`
	Due     string `json:"due"`
	OwnerID string `json:"owner_id,omitempty" doc:"of staff; whoever comes to it when missing"`
}

// next reads what comes after an activity; nil when nothing does.
func (s *server) next(ctx context.Context, a clinic.Actor, form *NextForm) (*clinic.NextActivity, error) {
	if form == nil {
		return nil, nil
	}
	today, err := s.today(ctx, a)
	if err != nil {
		return nil, err
	}
	next := clinic.NextActivity{Kind: clinic.ActivityKind(form.Kind), Subject: form.Subject}
	if next.Due, err = day(form.Due, "next_due", today); err != nil {
		return nil, err
	}
	next.Owner, err = number[clinic.StaffID](form.OwnerID, "staff", "next_owner_id")
	return &next, err
}

func (s *server) addActivity(ctx context.Context, a clinic.Actor, in *postTo[activityForm]) (*answer[Activity], error) {
	form, err := decode[activityForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	patient, err := number[clinic.PatientID](in.ID, "patient", "id")
	if err != nil {
		return nil, err
	}
	return s.writeActivity(ctx, a, clinic.Activity{Patient: patient}, form, desk.Request{Key: in.Key, DryRun: form.DryRun})
}

// writeActivity writes the activity of a form about somebody.
func (s *server) writeActivity(ctx context.Context, a clinic.Actor, about clinic.Activity, form activityForm, r desk.Request) (_ *answer[Activity], err error) {
	one := clinic.Activity{Patient: about.Patient, Lead: about.Lead, Kind: clinic.ActivityKind(form.Kind), Subject: form.Subject, Note: form.Note,
		Outcome: clinic.ActivityOutcome(form.Outcome), Result: form.Result}
	if one.Owner, err = number[clinic.StaffID](form.OwnerID, "staff", "owner_id"); err != nil {
		return nil, err
	}
	if one.Service, err = number[clinic.ServiceID](form.ServiceID, "service", "service_id"); err != nil {
		return nil, err
	}
	today, err := s.today(ctx, a)
	if err != nil {
		return nil, err
	}
	if one.Due, err = day(form.Due, "due", today); err != nil {
		return nil, err
	}
	cmd := desk.AddActivity{Activity: one, Done: form.Done, Request: r}
	if cmd.Next, err = s.next(ctx, a, form.Next); err != nil {
		return nil, err
	}
	done, err := s.desk.AddActivity(ctx, a, cmd)
	return activityAnswer(done, err)
}

// activityAnswer is what commands about an activity answer.
func activityAnswer(a clinic.Activity, err error) (*answer[Activity], error) {
	if err != nil {
		return nil, err
	}
	return reply(showActivity(a)), nil
}

type completeForm struct {
	Outcome string    `json:"outcome,omitempty" doc:"answered, no_answer, busy, call_again, booked or declined"`
	Result  string    `json:"result,omitempty" doc:"what came of it, in words"`
	Next    *NextForm `json:"next,omitempty" doc:"what comes after it"`
	DryRun  bool      `json:"dry_run,omitempty"`
}

func (s *server) completeActivity(ctx context.Context, a clinic.Actor, in *postTo[completeForm]) (*answer[Activity], error) {
	form, err := decode[completeForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	cmd := desk.CompleteActivity{Outcome: clinic.ActivityOutcome(form.Outcome), Result: form.Result, Request: desk.Request{Key: in.Key, DryRun: form.DryRun}}
	if cmd.Activity, err = number[clinic.ActivityID](in.ID, "activity", "id"); err != nil {
		return nil, err
	}
	if cmd.Next, err = s.next(ctx, a, form.Next); err != nil {
		return nil, err
	}
	done, err := s.desk.CompleteActivity(ctx, a, cmd)
	return activityAnswer(done, err)
}

type planActivityForm struct {
	NextForm
	DryRun bool `json:"dry_run,omitempty"`
}

func (s *server) planActivity(ctx context.Context, a clinic.Actor, in *postTo[planActivityForm]) (*answer[Activity], error) {
	form, err := decode[planActivityForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	next, err := s.next(ctx, a, &form.NextForm)
	if err != nil {
		return nil, err
	}
	cmd := desk.PlanActivity{Next: *next, Request: desk.Request{Key: in.Key, DryRun: form.DryRun}}
	if cmd.Activity, err = number[clinic.ActivityID](in.ID, "activity", "id"); err != nil {
		return nil, err
	}
	done, err := s.desk.PlanActivity(ctx, a, cmd)
	return activityAnswer(done, err)
}

type rescheduleActivityForm struct {
	Due         string `json:"due"`
	OwnerID     string `json:"owner_id,omitempty" doc:"of staff; whoever comes to it when missing"`
	SeenVersion int64  `json:"seen_version,omitempty" doc:"that it is based on; not looked at when missing"`
	DryRun      bool   `json:"dry_run,omitempty"`
}

func (s *server) rescheduleActivity(ctx context.Context, a clinic.Actor, in *postTo[rescheduleActivityForm]) (*answer[Activity], error) {
	form, err := decode[rescheduleActivityForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	cmd := desk.RescheduleActivity{Seen: form.SeenVersion, Request: desk.Request{Key: in.Key, DryRun: form.DryRun}}
	if cmd.Activity, err = number[clinic.ActivityID](in.ID, "activity", "id"); err != nil {
		return nil, err
	}
	if cmd.Owner, err = number[clinic.StaffID](form.OwnerID, "staff", "owner_id"); err != nil {
		return nil, err
	}
	today, err := s.today(ctx, a)
	if err != nil {
		return nil, err
	}
	if cmd.Due, err = day(form.Due, "due", today); err != nil {
		return nil, err
	}
	done, err := s.desk.RescheduleActivity(ctx, a, cmd)
	return activityAnswer(done, err)
}

type cancelActivityForm struct {
	Reason string `json:"reason"`
	DryRun bool   `json:"dry_run,omitempty"`
}

func (s *server) cancelActivity(ctx context.Context, a clinic.Actor, in *postTo[cancelActivityForm]) (*answer[Activity], error) {
	form, err := decode[cancelActivityForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	cmd := desk.CancelActivity{Reason: form.Reason, Request: desk.Request{Key: in.Key, DryRun: form.DryRun}}
	if cmd.Activity, err = number[clinic.ActivityID](in.ID, "activity", "id"); err != nil {
		return nil, err
	}
	done, err := s.desk.CancelActivity(ctx, a, cmd)
	return activityAnswer(done, err)
}

type reopenActivityForm struct {
	DryRun bool `json:"dry_run,omitempty"`
}

func (s *server) reopenActivity(ctx context.Context, a clinic.Actor, in *postTo[reopenActivityForm]) (*answer[Activity], error) {
	form, err := decode[reopenActivityForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	cmd := desk.ReopenActivity{Request: desk.Request{Key: in.Key, DryRun: form.DryRun}}
	if cmd.Activity, err = number[clinic.ActivityID](in.ID, "activity", "id"); err != nil {
		return nil, err
	}
	done, err := s.desk.ReopenActivity(ctx, a, cmd)
	return activityAnswer(done, err)
}

type activityQuery struct {
	View   string `query:"view" doc:"open or done; without it the reader's day: what is theirs or nobody's and due today or overdue"`
	Owner  string `query:"owner" doc:"id of staff, me or nobody"`
	Kind   string `query:"kind"`
	Cause  string `query:"cause" doc:"why it came by itself"`
	Due    string `query:"due" doc:"today, week or overdue"`
	Cursor string `query:"cursor"`
	Limit  limit  `query:"limit"`
}

// listedActivity is an activity in the list of all.
type listedActivity struct {
	ActivityRow
	PatientName string `json:"patient_name"`
	FileNumber  string `json:"file_number"`
}

type activityList struct {
	Items      []listedActivity `json:"items"`
	Count      int              `json:"count" doc:"of the whole list, whatever the page"`
	Open       int              `json:"open" doc:"of all that the reader may see"`
	Overdue    int              `json:"overdue" doc:"of those that are open"`
	Mine       int              `json:"mine" doc:"in the reader's day"`
	NextCursor string           `json:"next_cursor"`
}

func (s *server) listActivities(ctx context.Context, a clinic.Actor, in *activityQuery) (*answer[activityList], error) {
	if err := in.Limit.check(); err != nil {
		return nil, err
	}
	today, err := s.today(ctx, a)
	if err != nil {
		return nil, err
	}
	page, err := s.desk.ListActivities(ctx, a, desk.ActivityQuery{View: in.View, Owner: in.Owner, Kind: clinic.ActivityKind(in.Kind),
		Cause: clinic.ActivityCause(in.Cause), Due: in.Due, Cursor: in.Cursor, Limit: in.Limit.Rows})
	if err != nil {
		return nil, err
	}
	list := activityList{Items: []listedActivity{}, Count: page.Count, Open: page.Open, Overdue: page.Overdue, Mine: page.Mine, NextCursor: page.Older}
	for _, i := range page.Items {
		shown := listedActivity{ActivityRow: showActivityRow(i.ActivityShown, today), PatientName: i.Person.Name(), FileNumber: i.Person.FileNumber.String()}
		shown.PatientID = name(i.Person.ID)
		list.Items = append(list.Items, shown)
	}
	return reply(list), nil
}
