package api

import (
	"context"
	"net/http"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
)

// Wait is a patient who wants an earlier or any time.
type Wait struct {
	ID            string    `json:"id"`
	PatientID     string    `json:"patient_id"`
	ProviderID    string    `json:"provider_id,omitempty" doc:"any when missing"`
	ServiceID     string    `json:"service_id,omitempty"`
	BranchID      string    `json:"branch_id"`
	First         string    `json:"first"`
	FirstJalali   string    `json:"first_jalali"`
	Last          string    `json:"last,omitempty" doc:"open when missing"`
	LastJalali    string    `json:"last_jalali,omitempty"`
	Part          string    `json:"part" doc:"any, morning or afternoon"`
	Note          string    `json:"note,omitempty"`
	Status        string    `json:"status" doc:"waiting, booked or ended"`
	AppointmentID string    `json:"appointment_id,omitempty" doc:"that came of it"`
	Recorded      time.Time `json:"recorded"`
	Version       int64     `json:"version"`
}

func showWait(w clinic.Wait) Wait {
	return Wait{ID: name(w.ID), PatientID: name(w.Patient), ProviderID: name(w.Provider), ServiceID: name(w.Service), BranchID: name(w.Branch),
		First: string(w.First), FirstJalali: twin(w.First), Last: string(w.Last), LastJalali: twin(w.Last), Part: string(w.Part), Note: w.Note,
		Status: string(w.Status), AppointmentID: name(w.Appointment), Recorded: w.Recorded.UTC(), Version: w.Version}
}

// waitRow is a line of the waitlist with names.
type waitRow struct {
	Wait
	Patient    string `json:"patient"`
	FileNumber string `json:"file_number"`
	Mobile     string `json:"mobile,omitempty"`
	Provider   string `json:"provider,omitempty"`
	Service    string `json:"service,omitempty"`
}

func showWaits(all []desk.WaitShown) []waitRow {
	rows := []waitRow{}
	for _, w := range all {
		rows = append(rows, waitRow{showWait(w.Wait), w.PatientName, w.FileNumber.String(), w.Mobile, w.ProviderName, w.ServiceName})
	}
	return rows
}

func (s *server) addWaitlist() {
	add(s, call{method: http.MethodGet, path: "/waitlist", right: clinic.ReadAppointments, touches: aboutPatients, object: "waitlist",
		says: "Who waits for a time, the longest first"}, s.waitlist)
	add(s, call{method: http.MethodPost, path: "/waitlist", right: clinic.WriteAppointments, touches: aboutPatients, object: "waitlist",
		says: "Tell the patient when a time is free", created: true}, s.joinWaitlist)
	add(s, call{method: http.MethodPost, path: "/waitlist/{id}/leave", right: clinic.WriteAppointments, touches: aboutPatients, object: "waitlist",
		says: "The patient does not wait any more"}, s.leaveWaitlist)
}

func (s *server) waitlist(ctx context.Context, a clinic.Actor, _ *nothing) (*answer[list[waitRow]], error) {
	all, err := s.desk.Waitlist(ctx, a)
	if err != nil {
		return nil, err
	}
	return reply(list[waitRow]{Items: showWaits(all)}), nil
}

type waitForm struct {
	PatientID  string `json:"patient_id"`
	ProviderID string `json:"provider_id,omitempty"`
	ServiceID  string `json:"service_id,omitempty"`
	BranchID   string `json:"branch_id,omitempty" doc:"the caller's when missing"`
	First      string `json:"first,omitempty" doc:"today when missing"`
	Last       string `json:"last,omitempty"`
	Part       string `json:"part,omitempty" doc:"any, morning or afternoon"`
	Note       string `json:"note,omitempty"`
	DryRun     bool   `json:"dry_run,omitempty"`
}

// wait turns the form into the line.
func (f waitForm) wait(ctx context.Context, s *server, a clinic.Actor) (w clinic.Wait, err error) {
	w = clinic.Wait{Part: clinic.DayPart(f.Part), Note: f.Note}
	if w.Patient, err = number[clinic.PatientID](f.PatientID, "patient", "patient_id"); err != nil {
		return w, err
	}
	if w.Provider, err = number[clinic.ProviderID](f.ProviderID, "provider", "provider_id"); err != nil {
		return w, err
	}
	if w.Service, err = number[clinic.ServiceID](f.ServiceID, "service", "service_id"); err != nil {
		return w, err
	}
	if w.Branch, err = number[clinic.BranchID](f.BranchID, "branch", "branch_id"); err != nil {
		return w, err
	}
	today, err := s.today(ctx, a)
	if err != nil {
		return w, err
	}
	if w.First, err = day(f.First, "first", today); err != nil {
		return w, err
	}
	w.Last, err = day(f.Last, "last", today)
	return w, err
}

func (s *server) joinWaitlist(ctx context.Context, a clinic.Actor, in *post[waitForm]) (*answer[Wait], error) {
	form, err := decode[waitForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	wait, err := form.wait(ctx, s, a)
	if err != nil {
		return nil, err
	}
	done, err := s.desk.JoinWaitlist(ctx, a, desk.JoinWaitlist{Wait: wait, Request: desk.Request{Key: in.Key, DryRun: form.DryRun}})
	if err != nil {
		return nil, err
	}
	return reply(showWait(done)), nil
}

type leaveForm struct {
	DryRun bool `json:"dry_run,omitempty"`
}

func (s *server) leaveWaitlist(ctx context.Context, a clinic.Actor, in *postTo[leaveForm]) (*answer[Wait], error) {
	form, err := decode[leaveForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	cmd := desk.LeaveWaitlist{Request: desk.Request{Key: in.Key, DryRun: form.DryRun}}
	if cmd.Wait, err = number[clinic.WaitID](in.ID, "waitlist", "id"); err != nil {
		return nil, err
	}
	done, err := s.desk.LeaveWaitlist(ctx, a, cmd)
	if err != nil {
		return nil, err
	}
	return reply(showWait(done)), nil
}
