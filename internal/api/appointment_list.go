package api

import (
	"context"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/money"
)

// AppointmentRow is an appointment in a list, with names. Of somebody whom the
// caller may not see only the time is told.
type AppointmentRow struct {
	Appointment
	Patient         string        `json:"patient,omitempty"`
	FileNumber      string        `json:"file_number,omitempty"`
	Mobile          string        `json:"mobile,omitempty"`
	Provider        string        `json:"provider"`
	Service         string        `json:"service,omitempty"`
	Branch          string        `json:"branch"`
	Room            string        `json:"room,omitempty"`
	Staff           string        `json:"staff" doc:"who booked it"`
	Deposit         *money.Amount `json:"deposit,omitempty" doc:"what its deposits hold now"`
	Requested       *money.Amount `json:"requested,omitempty" doc:"of deposits that were asked for and not paid"`
	AdmissionStatus string        `json:"admission_status,omitempty"`
	Progress        string        `json:"progress,omitempty" doc:"of the services of the admission: waiting, in_progress or completed"`
	Message         string        `json:"message,omitempty" doc:"how far the last message about it is"`
	Steps           []string      `json:"steps" doc:"the states that it may go to now"`
}

// span is a stretch of time.
type span struct {
	Starts time.Time `json:"starts"`
	Ends   time.Time `json:"ends"`
}

func showSpan(s clinic.Span) span { return span{s.Starts.UTC(), s.Ends.UTC()} }

// appointmentStep is one thing that happened to an appointment.
type appointmentStep struct {
	Kind     string    `json:"kind" doc:"booked, confirmed, moved, checked_in, fulfilled, cancelled, no_show, restored, entered_in_error or undone"`
	Status   string    `json:"status" doc:"after it"`
	From     span      `json:"from" doc:"where it was"`
	To       span      `json:"to" doc:"where it is after it"`
	Provider string    `json:"provider" doc:"before it"`
	Reason   string    `json:"reason,omitempty"`
	At       time.Time `json:"at"`
	Staff    string    `json:"staff"`
}

// AppointmentStory is an appointment with what happened to it, oldest first.
type AppointmentStory struct {
	AppointmentRow
	History []appointmentStep `json:"history"`
}

// appointmentMessage is a message to the patient about an appointment.
type appointmentMessage struct {
	Kind     string     `json:"kind" doc:"appointment_booked, appointment_moved or appointment_cancelled"`
	Status   string     `json:"status" doc:"queued, sent, failed or dropped"`
	Recorded time.Time  `json:"recorded"`
	Sent     *time.Time `json:"sent,omitempty"`
}

type oneAppointment struct {
	AppointmentStory
	Deposits []BookedDeposit      `json:"deposits" doc:"that are for it; none without the right to see money"`
	Messages []appointmentMessage `json:"messages"`
}

func showRow(a clinic.Actor, c clinic.Clinic, i desk.AppointmentItem) AppointmentRow {
	row := AppointmentRow{Appointment: showAppointment(c, i.Appointment), Provider: i.ProviderName, Service: i.ServiceName, Branch: i.BranchName, Room: i.RoomName,
		Staff: i.StaffName, AdmissionStatus: string(i.AdmissionStatus), Progress: string(i.Progress), Message: i.Message, Steps: []string{}}
	if i.Hidden() {
		row.Service, row.ServiceID, row.Reason, row.AdmissionID, row.Staff = "", "", "", "", ""
		row.AdmissionStatus, row.Progress, row.Message = "", "", ""
		return row
	}
	row.PatientID, row.Patient, row.FileNumber, row.Mobile = name(i.Person.ID), i.Person.Name(), i.Person.FileNumber.String(), i.Mobile
	row.Deposit, row.Requested = seen(a, i.Deposit), seen(a, i.Asked)
	for _, to := range i.To {
		row.Steps = append(row.Steps, string(to))
	}
	return row
}

func showStory(a clinic.Actor, c clinic.Clinic, i desk.AppointmentItem) AppointmentStory {
	story := AppointmentStory{AppointmentRow: showRow(a, c, i), History: []appointmentStep{}}
	for _, e := range i.Steps {
		story.History = append(story.History, appointmentStep{string(e.Kind), string(e.Status), showSpan(e.From), showSpan(e.To), e.ProviderName, e.Reason,
			e.At.UTC(), e.StaffName})
	}
	return story
}

func (s *server) appointment(ctx context.Context, a clinic.Actor, in *onPatient) (*answer[oneAppointment], error) {
	id, err := number[clinic.AppointmentID](in.ID, "appointment", "id")
	if err != nil {
		return nil, err
	}
	i, err := s.desk.Appointment(ctx, a, id)
	if err != nil {
		return nil, err
	}
	c, err := s.desk.Clinic(ctx, a.Clinic)
	if err != nil {
		return nil, err
	}
	shown := oneAppointment{AppointmentStory: showStory(a, c, i), Deposits: showBookedDeposits(a, i.Deposits, i.Proposed),
		Messages: []appointmentMessage{}}
	for _, m := range i.Messages {
		shown.Messages = append(shown.Messages, appointmentMessage{string(m.Kind), m.Status, m.Recorded.UTC(), someTime(m.Sent)})
	}
	return &answer[oneAppointment]{ETag: etag(i.Version), Body: shown}, nil
}

type appointmentQuery struct {
	From       string `query:"from" doc:"first day, 2026-11-23 or 1405/09/02"`
	To         string `query:"to" doc:"last day"`
	ProviderID string `query:"provider_id"`
	Status     string `query:"status" doc:"one of the states, or waits: whoever is still expected"`
	Order      string `query:"order" doc:"oldest first, or newest"`
	Cursor     string `query:"cursor"`
	Limit      limit  `query:"limit"`
}

// query turns the parameters into the question. Invalid appointment.filter for
// an order that is none.
func (in *appointmentQuery) query(ctx context.Context, s *server, a clinic.Actor) (q desk.AppointmentQuery, err error) {
	q = desk.AppointmentQuery{Status: in.Status, Newest: in.Order == "newest", Cursor: in.Cursor, Limit: in.Limit.Rows}
	if err := in.Limit.check(); err != nil {
		return q, err
	}
	if in.Order != "" && in.Order != "newest" && in.Order != "oldest" {
		return q, fault.New(fault.Invalid, "appointment.filter", "an order is oldest or newest").At("order")
	}
	today, err := s.today(ctx, a)
	if err != nil {
		return q, err
	}
	if q.From, err = day(in.From, "from", today); err != nil {
		return q, err
	}
	if q.To, err = day(in.To, "to", today); err != nil {
		return q, err
	}
	q.Provider, err = number[clinic.ProviderID](in.ProviderID, "provider", "provider_id")
	return q, err
}

func (s *server) listAppointments(ctx context.Context, a clinic.Actor, in *appointmentQuery) (*answer[list[AppointmentRow]], error) {
	q, err := in.query(ctx, s, a)
	if err != nil {
		return nil, err
	}
	page, err := s.desk.ListAppointments(ctx, a, q)
	if err != nil {
		return nil, err
	}
	c, err := s.desk.Clinic(ctx, a.Clinic)
	if err != nil {
		return nil, err
	}
	all := list[AppointmentRow]{Items: []AppointmentRow{}, NextCursor: page.Next}
	for _, i := range page.Items {
		all.Items = append(all.Items, showRow(a, c, i))
	}
	return reply(all), nil
}

// appointmentsTab is the tab of a person's appointments.
type appointmentsTab struct {
	Header     header             `json:"header"`
	Items      []AppointmentStory `json:"items" doc:"the latest first"`
	Waiting    []waitRow          `json:"waiting" doc:"what the person waits for"`
	NextCursor string             `json:"next_cursor"`
}

func (s *server) appointmentsTab(ctx context.Context, a clinic.Actor, in *statementQuery) (*answer[appointmentsTab], error) {
	id, v, err := s.looked(ctx, a, in)
	if err != nil {
		return nil, err
	}
	tab, err := s.desk.AppointmentsTab(ctx, a, id, v)
	if err != nil {
		return nil, err
	}
	c, err := s.desk.Clinic(ctx, a.Clinic)
	if err != nil {
		return nil, err
	}
	shown := appointmentsTab{Header: showHeader(a, tab.Header), Items: []AppointmentStory{}, Waiting: showWaits(tab.Waiting)}
	for _, i := range tab.Rows {
		shown.Items = append(shown.Items, showStory(a, c, i))
	}
	return reply(shown), nil
}

// nextAppointment is the first appointment of a person that is not over.
type nextAppointment struct {
	ID       string    `json:"id"`
	Starts   time.Time `json:"starts"`
	Provider string    `json:"provider"`
}

func showNext(expected []desk.AppointmentShown) *nextAppointment {
	if len(expected) == 0 {
		return nil
	}
	first := expected[0]
	return &nextAppointment{name(first.ID), first.Starts.UTC(), first.ProviderName}
}
