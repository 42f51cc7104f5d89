package api

import (
	"context"
	"net/http"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
)

// messageRow is a message to a patient.
type messageRow struct {
	ID        string     `json:"id"`
	PatientID string     `json:"patient_id,omitempty"`
	Patient   string     `json:"patient,omitempty"`
	Mobile    string     `json:"mobile"`
	Kind      string     `json:"kind"`
	Text      string     `json:"text" doc:"empty for a one_time_code"`
	Status    string     `json:"status" doc:"queued, sending, sent, failed or dropped"`
	Reason    string     `json:"reason,omitempty" doc:"of one that is dropped: no_mobile, no_consent, late, replaced or stopped"`
	Tries     int        `json:"tries"`
	Error     string     `json:"error,omitempty" doc:"what the service said the last time"`
	Due       time.Time  `json:"due" doc:"when one that is queued is sent"`
	Recorded  time.Time  `json:"recorded"`
	Sent      *time.Time `json:"sent,omitempty"`
}

func showMessage(m clinic.Message) messageRow {
	return messageRow{ID: name(m.ID), PatientID: name(m.Patient), Mobile: m.Mobile, Kind: string(m.Kind), Text: m.Text, Status: m.Status,
		Reason: string(m.Reason), Tries: m.Tries, Error: m.Error, Due: m.Due.UTC(), Recorded: m.Recorded.UTC(), Sent: someTime(m.Sent)}
}

// messageQuery are the parameters of GET /messages.
type messageQuery struct {
	Status  string `query:"status" doc:"queued, sending, sent, failed or dropped"`
	Kind    string `query:"kind"`
	Patient string `query:"patient_id"`
	Cursor  string `query:"cursor"`
}

// retryForm is the body of POST /messages/{id}/retry.
type retryForm struct {
	DryRun bool `json:"dry_run,omitempty"`
}

func (s *server) addMessages() {
	add(s, call{method: http.MethodGet, path: "/messages", right: clinic.ReadMessages, object: "message", touches: aboutPatients,
		says: "What patients are told, the newest first"}, s.messages)
	add(s, call{method: http.MethodPost, path: "/messages/{id}/retry", right: clinic.WriteMessages, object: "message", touches: aboutPatients,
		says: "Try a message again that was given up"}, s.retryMessage)
}

func (s *server) messages(ctx context.Context, a clinic.Actor, in *messageQuery) (*answer[list[messageRow]], error) {
	q := desk.MessageQuery{Status: in.Status, Kind: clinic.MessageKind(in.Kind), Cursor: in.Cursor}
	if in.Patient != "" {
		var err error
		if q.Patient, err = number[clinic.PatientID](in.Patient, "patient", "patient_id"); err != nil {
			return nil, err
		}
	}
	found, err := s.desk.Messages(ctx, a, q)
	if err != nil {
		return nil, err
	}
	all := list[messageRow]{Items: []messageRow{}, NextCursor: found.Next}
	for _, i := range found.Items {
		row := showMessage(i.Message)
		row.Patient = i.PatientName
		all.Items = append(all.Items, row)
	}
	return reply(all), nil
}

func (s *server) retryMessage(ctx context.Context, a clinic.Actor, in *postTo[retryForm]) (*answer[messageRow], error) {
	form, err := decode[retryForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	id, err := number[clinic.MessageID](in.ID, "message", "id")
	if err != nil {
		return nil, err
	}
	m, err := s.desk.RetryMessage(ctx, a, desk.RetryMessage{Message: id, Request: desk.Request{Key: in.Key, DryRun: form.DryRun}})
	if err != nil {
		return nil, err
	}
	return reply(showMessage(m)), nil
}
