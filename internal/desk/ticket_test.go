package desk_test

import (
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
)

// worker adds somebody who works at a branch.
func (o office) worker(t *testing.T, name string, role clinic.Role, branch clinic.BranchID) clinic.Actor {
	t.Helper()
	s, err := o.AddStaff(t.Context(), o.manager, desk.AddStaff{Staff: clinic.Staff{Name: name, Role: role, Branch: branch}})
	if err != nil {
		t.Fatal(err)
	}
	a := o.manager
	a.Staff, a.Branch, a.Role, a.Name = s.ID, s.Branch, role, name
	return a
}

func (o office) write(t *testing.T, by clinic.Actor, subject string) clinic.Ticket {
	t.Helper()
	ticket, err := o.WriteTicket(t.Context(), by, desk.WriteTicket{Ticket: clinic.Ticket{Subject: subject, Text: "شرح", Page: "/patients/12"}})
	if err != nil {
		t.Fatal(err)
	}
	return ticket
}

// Everybody sees what they wrote; who looks after tickets sees those of their
// branches. To others a ticket is as one that does not exist.
func TestWhoSeesATicket(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		ctx := t.Context()
		north, err := o.SaveBranch(ctx, o.manager, row(clinic.Branch{Code: "north", Name: "شمال"}))
		if err != nil {
			t.Fatal(err)
		}
		other, err := o.CreateClinic(ctx, desk.NewClinic{Name: "دیگری", Currency: "IRR", Zone: "Asia/Tehran", StaffName: "م"})
		if err != nil {
			t.Fatal(err)
		}
		author := o.worker(t, "انباردار", clinic.Stockkeeper, 0)
		far := o.worker(t, "پذیرش شمال", clinic.Receptionist, north.ID)
		helper, farHelper := o.worker(t, "کمک", clinic.Receptionist, 0), o.worker(t, "کمک شمال", clinic.Receptionist, north.ID)
		helper.Granted, farHelper.Granted = clinic.RightsOf(clinic.ManageTickets), clinic.RightsOf(clinic.ManageTickets)
		ticket, theirs := o.write(t, author, "چاپ"), o.write(t, far, "جستجو")
		if ticket.Number != 1 || theirs.Number != 2 || ticket.Page != "/patients/{}" || ticket.Status != clinic.TicketOpen {
			t.Errorf("%+v, %+v", ticket, theirs)
		}
		for name, c := range map[string]struct {
			who   clinic.Actor
			sees  bool
			count int
		}{
			"the author":               {author, true, 1},
			"a colleague":              {far, false, 1},
			"another at the branch":    {o.worker(t, "دیگر", clinic.Receptionist, 0), false, 0},
			"a manager":                {o.manager, true, 2},
			"a helper of the branch":   {helper, true, 1},
			"a helper of another":      {farHelper, false, 1},
			"another clinic's manager": {other, false, 0},
		} {
			t.Run(name, func(t *testing.T) {
				_, err := o.Ticket(ctx, c.who, ticket.ID)
				if c.sees != (err == nil) {
					t.Errorf("sees it: %v", err)
				}
				if !c.sees {
					refuses(t, err, fault.NotFound, "ticket.none")
					_, err = o.ReplyTicket(ctx, c.who, desk.ReplyTicket{Ticket: ticket.ID, Text: "x"})
					refuses(t, err, fault.NotFound, "ticket.none")
				}
				list, err := o.Tickets(ctx, c.who, desk.TicketQuery{})
				if err != nil || len(list.Items) != c.count {
					t.Errorf("lists %d, %v; want %d", len(list.Items), err, c.count)
				}
			})
		}
		for who, want := range map[*clinic.Actor]int{&author: 0, &o.manager: 2, &helper: 1} {
			if n, err := o.OpenTickets(ctx, *who); err != nil || n != want {
				t.Errorf("%s: %d wait, %v; want %d", who.Name, n, err, want)
			}
		}
	})
}

func TestATicketIsAnsweredAndReopened(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		ctx := t.Context()
		author := o.worker(t, "پذیرش", clinic.Receptionist, 0)
		ticket := o.write(t, author, "چاپ")
		answered, err := o.ReplyTicket(ctx, o.manager, desk.ReplyTicket{Ticket: ticket.ID, Version: 1, Text: "درست شد"})
		if err != nil || answered.Status != clinic.TicketAnswered {
			t.Fatalf("%+v, %v", answered, err)
		}
		_, err = o.ReplyTicket(ctx, o.manager, desk.ReplyTicket{Ticket: ticket.ID, Version: 1, Status: clinic.TicketClosed})
		refuses(t, err, fault.Conflict, "ticket.stale")
		file := desk.FileOf{Name: "a.png", Content: []byte("\x89PNG\r\n\x1a\nx")}
		again := desk.ReplyTicket{Ticket: ticket.ID, Text: "هنوز هست", File: file, Request: desk.Request{Key: "once"}}
		for range 2 { // the second is a repeated press
			if open, err := o.ReplyTicket(ctx, author, again); err != nil || open.Status != clinic.TicketOpen {
				t.Fatalf("%+v, %v", open, err)
			}
		}
		page, err := o.Ticket(ctx, author, ticket.ID)
		if err != nil || len(page.Replies) != 2 || len(page.Files) != 1 || page.Status != clinic.TicketOpen || page.Version != 3 {
			t.Fatalf("%+v, %v", page, err)
		}
		kept, err := o.TicketFile(ctx, o.manager, ticket.ID, page.Files[0].ID)
		if err != nil || string(kept.Content) != string(file.Content) || kept.Kind != "image/png" {
			t.Errorf("%+v, %v", kept, err)
		}
		stranger := o.worker(t, "دیگر", clinic.Receptionist, 0)
		_, err = o.TicketFile(ctx, stranger, ticket.ID, page.Files[0].ID)
		refuses(t, err, fault.NotFound, "ticket.none")
		mine := o.write(t, stranger, "از آنِ من")
		_, err = o.TicketFile(ctx, stranger, mine.ID, page.Files[0].ID)
		refuses(t, err, fault.NotFound, "attachment.none")
		_, err = o.WriteTicket(ctx, author, desk.WriteTicket{Ticket: clinic.Ticket{Subject: "x", Text: "y"}, File: desk.FileOf{Name: "a.png", Content: []byte("<html>")}})
		refuses(t, err, fault.Invalid, "file.kind")
		if list, err := o.Tickets(ctx, author, desk.TicketQuery{}); err != nil || len(list.Items) != 1 {
			t.Errorf("a refused file leaves %d tickets, %v", len(list.Items), err)
		}
	})
}

func TestTicketsComeInPages(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		for range 51 {
			o.write(t, o.manager, "چاپ")
		}
		first, err := o.Tickets(t.Context(), o.manager, desk.TicketQuery{})
		if err != nil || len(first.Items) != 50 || first.Next == "" || first.Items[0].Number != 51 {
			t.Fatalf("%d, %q, %v", len(first.Items), first.Next, err)
		}
		last, err := o.Tickets(t.Context(), o.manager, desk.TicketQuery{Cursor: first.Next})
		if err != nil || len(last.Items) != 1 || last.Next != "" || last.Items[0].Number != 1 {
			t.Errorf("%d, %q, %v", len(last.Items), last.Next, err)
		}
		_, err = o.Tickets(t.Context(), o.manager, desk.TicketQuery{Cursor: "x"})
		refuses(t, err, fault.Invalid, "page.cursor")
		if closed, err := o.Tickets(t.Context(), o.manager, desk.TicketQuery{Status: clinic.TicketClosed}); err != nil || len(closed.Items) != 0 {
			t.Errorf("%d closed, %v", len(closed.Items), err)
		}
	})
}
