package api

import (
	"context"
	"net/http"
	"reflect"
	"strconv"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
)

// addPackages registers the calls for services that take several sessions.
func (s *server) addPackages() {
	add(s, call{method: http.MethodGet, path: "/admissions/{id}/sessions", right: clinic.ReadStatement, touches: aboutPatients,
		object: "admission", says: "The sessions of an admission"}, s.sessions)
	add(s, call{method: http.MethodPost, path: "/admissions/{id}/lines/{line}/sessions/{session}", right: clinic.PerformServices, touches: aboutPatients,
		object: "admission", says: "Say that a session took place, or plan it for another day"}, s.setSession)
	add(s, call{method: http.MethodPost, path: "/admissions/{id}/lines/{line}/abandon", right: clinic.CancelAdmissions, touches: aboutMoney,
		object: "admission", says: "Give up the rest of a package; used sessions are priced, what is left over becomes credit"}, s.abandon)
}

type session struct {
	Line       int    `json:"line"`
	Number     int    `json:"number"`
	Planned    string `json:"planned"`
	Jalali     string `json:"planned_jalali"`
	Done       string `json:"done,omitempty"`
	ProviderID string `json:"provider_id,omitempty"`
	Status     string `json:"status" doc:"planned, done or cancelled"`
	By         string `json:"by" doc:"who wrote it last"`
}

type sessionList struct {
	Items []session `json:"items"`
}

func (s *server) sessions(ctx context.Context, a clinic.Actor, in *onAdmission) (*answer[sessionList], error) {
	id, err := number[clinic.AdmissionID](in.ID, "admission", "id")
	if err != nil {
		return nil, err
	}
	found, err := s.desk.AdmissionSessions(ctx, a, id)
	if err != nil {
		return nil, err
	}
	list := sessionList{Items: []session{}}
	for _, l := range found.Admission.Lines {
		for _, n := range found.Sessions[l.Line] {
			list.Items = append(list.Items, session{Line: l.Line, Number: n.Number, Planned: string(n.Planned), Jalali: twin(n.Planned),
				Done: string(n.Done), ProviderID: name(n.Provider), Status: string(n.Status), By: n.StaffName})
		}
	}
	return reply(list), nil
}

// postToSession is a call with a body on one session of a line.
type postToSession struct {
	ID      string `path:"id"`
	Line    string `path:"line" doc:"counted from 1"`
	Session string `path:"session" doc:"counted from 1"`
	Key     string `header:"Idempotency-Key" doc:"Names this request; sent again it gets the first answer"`
	RawBody []byte `contentType:"application/json"`
}

func (postToSession) bodyType() reflect.Type { return reflect.TypeFor[sessionForm]() }

type sessionForm struct {
	Status     string `json:"status" doc:"planned or done"`
	Day        string `json:"day,omitempty" doc:"when it took place, today when missing; or when it is planned for"`
	ProviderID string `json:"provider_id,omitempty"`
	DryRun     bool   `json:"dry_run,omitempty"`
}

func (s *server) setSession(ctx context.Context, a clinic.Actor, in *postToSession) (*answer[admitted], error) {
	form, err := decode[sessionForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	cmd := desk.SetSession{Status: clinic.SessionStatus(form.Status), Request: desk.Request{Key: in.Key, DryRun: form.DryRun}}
	if cmd.Admission, cmd.Line, err = lineOf(in.ID, in.Line); err != nil {
		return nil, err
	}
	if cmd.Number, err = strconv.Atoi(in.Session); err != nil {
		return nil, fault.New(fault.Refused, "package.session_none", "the service has no session %q", in.Session)
	}
	today, err := s.today(ctx, a)
	if err != nil {
		return nil, err
	}
	if cmd.Day, err = day(form.Day, "day", today); err != nil {
		return nil, err
	}
	if cmd.Provider, err = number[clinic.ProviderID](form.ProviderID, "provider", "provider_id"); err != nil {
		return nil, err
	}
	return answerAdmitted(a)(s.desk.SetSession(ctx, a, cmd))
}

func (s *server) abandon(ctx context.Context, a clinic.Actor, in *postToLine[reopenForm]) (*answer[admitted], error) {
	form, err := decode[reopenForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	cmd := desk.AbandonPackage{Reason: form.Reason, Seen: form.SeenVersion}
	if cmd.Request, err = keyed(in.Key, form.DryRun); err != nil {
		return nil, err
	}
	if cmd.Admission, cmd.Line, err = lineOf(in.ID, in.Line); err != nil {
		return nil, err
	}
	return answerAdmitted(a)(s.desk.AbandonPackage(ctx, a, cmd))
}
