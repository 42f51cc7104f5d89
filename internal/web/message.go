package web

import (
	"strconv"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/web/view"
)

const messagesPath = "/messages"

// messageRoutes: what patients are told.
func (s *server) messageRoutes() []route {
	return []route{
		people(page(messagesPath, clinic.ReadMessages, "", s.messages)),
		people(form(messagesPath+"/{message}/retry", clinic.WriteMessages, "message", s.retryMessage)),
	}
}

// GET /messages
func (s *server) messages(v visit) error {
	a := readAddress(v.r, messagesPath, "status", "kind", "patient")
	q := desk.MessageQuery{Status: a.get("status"), Kind: clinic.MessageKind(a.get("kind")), Patient: clinic.PatientID(a.number("patient")), Cursor: a.cursor}
	found, err := s.Desk.Messages(v.r.Context(), v.actor, q)
	if code := fault.Code(err); code == "message.status" || code == "message.kind" { // an old link
		q.Status, q.Kind = "", ""
		found, err = s.Desk.Messages(v.r.Context(), v.actor, q)
	}
	if err != nil {
		return err
	}
	p := view.Messages{Chrome: s.chrome(v, v.l.T("message.title")), Status: q.Status, Kind: string(q.Kind), Off: !v.clinic.SMS, Settings: v.actor.Can(clinic.WriteSettings)}
	link := func(status string, kind clinic.MessageKind) string {
		return address(messagesPath, "status", status, "kind", string(kind), "patient", optional(q.Patient))
	}
	p.States = []view.Chip{{Text: v.l.T("message.all"), On: q.Status == "", URL: link("", q.Kind)}}
	for _, state := range clinic.MessageStates {
		p.States = append(p.States, view.Chip{Text: v.l.T("message.state." + state), On: q.Status == state, URL: link(state, q.Kind)})
	}
	p.Kinds = []view.Chip{{Text: v.l.T("message.all"), On: q.Kind == "", URL: link(q.Status, "")}}
	for _, kind := range clinic.MessageKinds {
		p.Kinds = append(p.Kinds, view.Chip{Text: v.l.T("message.kind." + string(kind)), On: q.Kind == kind, URL: link(q.Status, kind)})
	}
	if found.Next != "" {
		p.Older = a.page(found.Next)
	}
	for _, i := range found.Items {
		p.Rows = append(p.Rows, s.messageRow(v, i))
	}
	if v.r.URL.Query().Get("retried") != "" {
		p.Chrome.Toast = &view.Toast{Tone: "ok", Title: v.l.T("message.retried")}
	}
	return s.show(v, view.MessagesPage(p))
}

// messageRow is a message as a line of the page.
func (s *server) messageRow(v visit, i desk.MessageItem) view.MessageRow {
	row := view.MessageRow{ID: id(i.ID), Kind: string(i.Kind), Text: i.Text, Secret: i.Kind.Class() == "", Mobile: i.Mobile, Recorded: i.Recorded, Sent: i.Sent,
		Tries: i.Tries, State: i.Status, Error: i.Error}
	if i.Patient != 0 {
		row.Patient = &view.TablePatient{Row: "message-" + row.ID, ID: id(i.Patient), Name: i.PatientName, File: i.FileNumber.String(), Mobile: i.Mobile}
	}
	if i.Error == clinic.MessageInterrupted {
		row.Error, row.Said = "", v.l.T("message.interrupted")
	}
	switch i.Status {
	case clinic.MessageQueued:
		if i.Tries > 0 {
			row.State = "again"
		}
		if i.Tries > 0 || i.Due.After(i.Recorded) {
			row.Due = i.Due
		}
	case clinic.MessageSending:
		if i.Error == clinic.MessageInterrupted {
			row.State = "unknown"
		}
	case clinic.MessageDropped:
		row.Said = ""
		if i.Reason != "" {
			row.Said = v.l.T("message.reason." + string(i.Reason))
		}
	case clinic.MessageFailed:
		if v.actor.Can(clinic.WriteMessages) {
			row.Retry = s.RequestKey()
		}
	}
	return row
}

// POST /messages/{message}/retry
func (s *server) retryMessage(v visit) error {
	n, err := strconv.ParseInt(v.r.PathValue("message"), 10, 64)
	if err != nil || n <= 0 {
		return fault.New(fault.NotFound, "message.none", "there is no such message")
	}
	if _, err := s.Desk.RetryMessage(v.r.Context(), v.actor, desk.RetryMessage{Message: clinic.MessageID(n), Request: requestOf(v)}); err != nil {
		return err
	}
	s.kick()
	return redirect(v, address(messagesPath, "status", v.r.PostFormValue("status"), "kind", v.r.PostFormValue("kind"), "retried", "1"))
}
