package api

import (
	"context"
	"net/http"
	"slices"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
)

// ticketForm is the body of POST /tickets. Area, page and build say where the
// problem was met; ids and queries of the page are dropped.
type ticketForm struct {
	Subject string `json:"subject"`
	Text    string `json:"text" doc:"never names a patient"`
	Area    string `json:"area,omitempty" doc:"patients, statement, admissions, cashier, settings, access or other; found from the page when empty"`
	Page    string `json:"page,omitempty"`
	Build   string `json:"build,omitempty" doc:"version of the program that met the problem"`
	DryRun  bool   `json:"dry_run,omitempty"`
}

// replyForm is the body of POST /tickets/{id}/replies.
type replyForm struct {
	Text   string `json:"text,omitempty"`
	Status string `json:"status,omitempty" doc:"open, in_progress, answered or closed; what follows from the text when empty"`
	DryRun bool   `json:"dry_run,omitempty"`
}

type ticket struct {
	ID      string    `json:"id"`
	Number  int64     `json:"number"`
	Subject string    `json:"subject"`
	Text    string    `json:"text"`
	Status  string    `json:"status"`
	Area    string    `json:"area"`
	Page    string    `json:"page"`
	Build   string    `json:"build,omitempty"`
	At      time.Time `json:"at"`
	Moved   time.Time `json:"moved"`
}

func showTicket(t clinic.Ticket) ticket {
	return ticket{name(t.ID), t.Number, t.Subject, t.Text, string(t.Status), t.Area, t.Page, t.Build, t.At.UTC(), t.Moved.UTC()}
}

// ticketQuery are the parameters of GET /tickets.
type ticketQuery struct {
	Status string `query:"status" doc:"open, in_progress, answered or closed"`
	Cursor string `query:"cursor"`
}

func (s *server) addTickets() {
	add(s, call{method: http.MethodGet, path: "/tickets", right: clinic.WriteTickets, object: "ticket",
		says: "Own problem reports; those of the branch to who looks after them"}, s.tickets)
	add(s, call{method: http.MethodPost, path: "/tickets", right: clinic.WriteTickets, object: "ticket", says: "Report a problem", created: true}, s.writeTicket)
	add(s, call{method: http.MethodPost, path: "/tickets/{id}/replies", right: clinic.WriteTickets, object: "ticket",
		says: "Answer a problem report", created: true}, s.replyTicket)
}

func (s *server) tickets(ctx context.Context, a clinic.Actor, in *ticketQuery) (*answer[list[ticket]], error) {
	status := clinic.TicketStatus(in.Status)
	if status != "" && !slices.Contains(clinic.TicketStatuses, status) {
		return nil, fault.New(fault.Invalid, "ticket.status", "there is no status %q", status).At("status")
	}
	found, err := s.desk.Tickets(ctx, a, desk.TicketQuery{Status: status, Cursor: in.Cursor})
	if err != nil {
		return nil, err
	}
	all := list[ticket]{Items: []ticket{}, NextCursor: found.Next}
	for _, t := range found.Items {
		all.Items = append(all.Items, showTicket(t.Ticket))
	}
	return reply(all), nil
}

func (s *server) writeTicket(ctx context.Context, a clinic.Actor, in *post[ticketForm]) (*answer[ticket], error) {
	form, err := decode[ticketForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	kept, err := s.desk.WriteTicket(ctx, a, desk.WriteTicket{Request: desk.Request{Key: in.Key, DryRun: form.DryRun},
		Ticket: clinic.Ticket{Subject: form.Subject, Text: form.Text, Area: form.Area, Page: form.Page, Build: form.Build}})
	if err != nil {
		return nil, err
	}
	return reply(showTicket(kept)), nil
}

func (s *server) replyTicket(ctx context.Context, a clinic.Actor, in *postTo[replyForm]) (*answer[ticket], error) {
	form, err := decode[replyForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	id, err := number[clinic.TicketID](in.ID, "ticket", "id")
	if err != nil {
		return nil, err
	}
	kept, err := s.desk.ReplyTicket(ctx, a, desk.ReplyTicket{Ticket: id, Text: form.Text, Status: clinic.TicketStatus(form.Status),
		Request: desk.Request{Key: in.Key, DryRun: form.DryRun}})
	if err != nil {
		return nil, err
	}
	return reply(showTicket(kept)), nil
}
