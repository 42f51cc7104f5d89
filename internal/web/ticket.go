package web

import (
	"mime"
	"net/http"
	"strconv"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/web/view"
)

// ticketRoutes: problem reports of the staff.
func (s *server) ticketRoutes() []route {
	return []route{
		page("/tickets", clinic.WriteTickets, "", s.tickets),
		page("/tickets/new", clinic.WriteTickets, "", s.newTicket),
		withFiles(form("/tickets", clinic.WriteTickets, "", s.writeTicket)),
		page("/tickets/{ticket}", clinic.WriteTickets, "ticket", s.ticket),
		withFiles(form("/tickets/{ticket}/replies", clinic.WriteTickets, "ticket", s.replyTicket)),
		page("/tickets/{ticket}/files/{file}", clinic.WriteTickets, "ticket", s.ticketFile),
	}
}

// ticketOf reads the ticket of the path. NotFound ticket.none.
func ticketOf(v visit) (clinic.TicketID, error) {
	n, err := strconv.ParseInt(v.r.PathValue("ticket"), 10, 64)
	if err != nil || n <= 0 {
		return 0, fault.New(fault.NotFound, "ticket.none", "there is no such ticket")
	}
	return clinic.TicketID(n), nil
}

// openTickets is how many reports wait for the reader. A page does not fail
// because they cannot be counted.
func (s *server) openTickets(v visit) int {
	n, err := s.Desk.OpenTickets(v.r.Context(), v.actor)
	if err != nil {
		s.Log.WarnContext(v.r.Context(), "reports were not counted", "err", err)
	}
	return n
}

// GET /tickets
func (s *server) tickets(v visit) error {
	query := v.r.URL.Query()
	q := desk.TicketQuery{Status: clinic.TicketStatus(query.Get("status")), Cursor: query.Get("cursor")}
	list, err := s.Desk.Tickets(v.r.Context(), v.actor, q)
	if err != nil {
		return err
	}
	p := view.Tickets{Chrome: s.chrome(v, v.l.T("ticket.title")), New: "/tickets/new", All: list.Manages}
	for _, status := range append([]clinic.TicketStatus{""}, clinic.TicketStatuses...) {
		p.Filters = append(p.Filters, view.Chip{Text: v.l.T("ticket.status." + orAll(string(status))), On: status == q.Status,
			URL: address("/tickets", "status", string(status))})
	}
	if list.Next != "" {
		p.Older = address("/tickets", "status", string(q.Status), "cursor", list.Next)
	}
	for _, t := range list.Items {
		p.Rows = append(p.Rows, view.TicketRow{ID: id(t.ID), Number: id(t.Number), Subject: t.Subject, Status: string(t.Status), Area: t.Area,
			Staff: t.StaffName, Branch: t.BranchName, Moved: t.Moved})
	}
	return s.show(v, view.TicketsPage(p))
}

// GET /tickets/new?area=&page= opens the form for the page that it came from.
func (s *server) newTicket(v visit) error {
	query := v.r.URL.Query()
	where := clinic.PlainPage(query.Get("page"))
	area := query.Get("area")
	if area == "" {
		area = clinic.AreaOf(where)
	}
	return s.show(v, view.NewTicketPage(s.ticketForm(v, clinic.Ticket{Page: where, Area: area}, nil)))
}

// ticketForm is the form with what was typed.
func (s *server) ticketForm(v visit, t clinic.Ticket, problems []view.FieldProblem) view.NewTicket {
	p := view.NewTicket{Chrome: s.chrome(v, v.l.T("ticket.report")), Request: s.RequestKey(), Page: clinic.PlainPage(t.Page), Build: s.Version,
		User: v.actor.Name, Area: t.Area, Subject: t.Subject, Text: t.Text, Problems: problems}
	for _, a := range clinic.TicketAreas {
		p.Areas = append(p.Areas, view.Choice{Value: a, Text: v.l.T("ticket.area." + a)})
	}
	return p
}

// sentFile is the file of the form, if there is one.
func sentFile(v visit) (desk.FileOf, error) {
	f, found, err := uploaded(v, "file", clinic.MaxAttachment)
	if err != nil || !found {
		return desk.FileOf{}, err
	}
	return desk.FileOf{Name: f.name, Content: f.bytes}, nil
}

// POST /tickets
func (s *server) writeTicket(v visit) error {
	t := readTyped(v)
	ticket := clinic.Ticket{Subject: t.text("subject"), Text: t.text("text"), Area: t.text("area"), Page: t.text("page"), Build: s.Version}
	file, err := sentFile(v)
	if err == nil {
		var kept clinic.Ticket
		kept, err = s.Desk.WriteTicket(v.r.Context(), v.actor, desk.WriteTicket{Ticket: ticket, File: file, Request: requestOf(v)})
		if err == nil {
			return redirect(v, ticketPath(kept.ID)+"?sent=1")
		}
	}
	code, _, err := t.refused(v, err)
	if err != nil {
		return err
	}
	s.write(v, code, view.NewTicketPage(s.ticketForm(v, ticket, t.problems)))
	return nil
}

func ticketPath(t clinic.TicketID) string { return "/tickets/" + id(t) }

// GET /tickets/{ticket}
func (s *server) ticket(v visit) error {
	ticket, err := ticketOf(v)
	if err != nil {
		return err
	}
	p, err := s.ticketPage(v, ticket)
	if err != nil {
		return err
	}
	if v.r.URL.Query().Get("sent") != "" {
		p.Chrome.Toast = &view.Toast{Tone: "ok", Title: v.l.T("ticket.sent", "number", v.l.Digits(p.Number))}
	}
	return s.show(v, view.TicketPage(p))
}

// ticketPage is the page of a ticket.
func (s *server) ticketPage(v visit, ticket clinic.TicketID) (p view.Ticket, err error) {
	t, err := s.Desk.Ticket(v.r.Context(), v.actor, ticket)
	if err != nil {
		return p, err
	}
	p = view.Ticket{Chrome: s.chrome(v, v.l.T("ticket.title")), ID: id(t.ID), Number: id(t.Number), Subject: t.Subject, Status: string(t.Status),
		Area: t.Area, Page: t.Page, Build: t.Build, Branch: t.BranchName, Request: s.RequestKey(), Version: id(t.Version),
		Words: []view.TicketWord{{Staff: t.StaffName, Text: t.Text, At: t.At}}}
	for _, r := range t.Replies {
		p.Words = append(p.Words, view.TicketWord{Staff: r.StaffName, Text: r.Text, Status: string(r.Status), At: r.At, Theirs: r.Staff != t.Staff})
	}
	for _, f := range t.Files {
		size := v.l.T("ticket.kilobytes", "n", (f.Size+1023)/1024)
		p.Files = append(p.Files, view.TicketFile{Name: f.Name, Size: size, URL: ticketPath(t.ID) + "/files/" + id(f.ID)})
	}
	p.Statuses = []view.Choice{{Text: v.l.T("ticket.next.own")}}
	for _, next := range clinic.TicketStatuses {
		if next != t.Status && (t.Manages || next == clinic.TicketClosed) {
			p.Statuses = append(p.Statuses, view.Choice{Value: string(next), Text: v.l.T("ticket.status." + string(next))})
		}
	}
	return p, nil
}

// POST /tickets/{ticket}/replies
func (s *server) replyTicket(v visit) error {
	ticket, err := ticketOf(v)
	if err != nil {
		return err
	}
	t := readTyped(v)
	file, err := sentFile(v)
	if err == nil {
		_, err = s.Desk.ReplyTicket(v.r.Context(), v.actor, desk.ReplyTicket{Ticket: ticket, Version: t.version(), Text: t.text("text"),
			Status: clinic.TicketStatus(t.text("status")), File: file, Request: requestOf(v)})
		if err == nil {
			return redirect(v, ticketPath(ticket))
		}
	}
	code, stale, err := t.refused(v, err)
	if err != nil {
		return err
	}
	p, err := s.ticketPage(v, ticket)
	if err != nil {
		return err
	}
	p.Text, p.Next, p.Problems, p.Stale = t.text("text"), t.text("status"), t.problems, stale
	s.write(v, code, view.TicketPage(p))
	return nil
}

// GET /tickets/{ticket}/files/{file} hands out a file to be kept, never to be
// shown as a page of this site.
func (s *server) ticketFile(v visit) error {
	ticket, err := ticketOf(v)
	if err != nil {
		return err
	}
	n, err := strconv.ParseInt(v.r.PathValue("file"), 10, 64)
	if err != nil || n <= 0 {
		return fault.New(fault.NotFound, "attachment.none", "there is no such file")
	}
	f, err := s.Desk.TicketFile(v.r.Context(), v.actor, ticket, clinic.AttachmentID(n))
	if err != nil {
		return err
	}
	h := v.w.Header()
	h.Set("Content-Type", f.Kind)
	if f.Kind == "text/plain" {
		h.Set("Content-Type", "text/plain; charset=utf-8")
	}
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": f.Name}))
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Content-Length", strconv.Itoa(len(f.Content)))
	v.w.WriteHeader(http.StatusOK)
	_, err = v.w.Write(f.Content)
	if err != nil {
		s.Log.WarnContext(v.r.Context(), "file was not written whole", "err", err)
	}
	return nil
}
