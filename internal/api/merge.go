package api

import (
	"context"
	"net/http"

	"daftar/internal/clinic"
	"daftar/internal/desk"
)

type mergeForm struct {
	Into   string `json:"into" doc:"The file that stands for the person from now on"`
	Reason string `json:"reason,omitempty"`
	DryRun bool   `json:"dry_run,omitempty"`
}

type unmergeForm struct {
	Reason string `json:"reason,omitempty"`
	DryRun bool   `json:"dry_run,omitempty"`
}

// mergedPerson is the person as one, or the file that stands for itself again.
type mergedPerson struct {
	Patient Patient `json:"patient"`
	Position
}

func (s *server) addMerges() {
	add(s, call{method: http.MethodPost, path: "/patients/{id}/merge", right: clinic.MergePatients, touches: aboutPatients,
		object: "patient", says: "Link a file to another of the same person; nothing is rewritten"}, s.merge)
	add(s, call{method: http.MethodPost, path: "/patients/{id}/unmerge", right: clinic.MergePatients, touches: aboutPatients,
		object: "patient", says: "Take the link of a merged file away"}, s.unmerge)
}

func (s *server) merge(ctx context.Context, a clinic.Actor, in *postTo[mergeForm]) (*answer[mergedPerson], error) {
	form, err := decode[mergeForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	loser, err := number[clinic.PatientID](in.ID, "patient", "id")
	if err != nil {
		return nil, err
	}
	winner, err := number[clinic.PatientID](form.Into, "patient", "into")
	if err != nil {
		return nil, err
	}
	done, err := s.desk.MergePatients(ctx, a, desk.MergePatients{Loser: loser, Winner: winner, Reason: form.Reason,
		Request: desk.Request{Key: in.Key, DryRun: form.DryRun}})
	return replyMerged(a, done, err)
}

func (s *server) unmerge(ctx context.Context, a clinic.Actor, in *postTo[unmergeForm]) (*answer[mergedPerson], error) {
	form, err := decode[unmergeForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	loser, err := number[clinic.PatientID](in.ID, "patient", "id")
	if err != nil {
		return nil, err
	}
	done, err := s.desk.UnmergePatient(ctx, a, desk.UnmergePatient{Loser: loser, Reason: form.Reason,
		Request: desk.Request{Key: in.Key, DryRun: form.DryRun}})
	return replyMerged(a, done, err)
}

func replyMerged(a clinic.Actor, m desk.Merged, err error) (*answer[mergedPerson], error) {
	if err != nil {
		return nil, err
	}
	return reply(mergedPerson{showPatient(m.Patient), showPosition(a, m.After)}), nil
}
