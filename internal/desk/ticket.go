package desk

import (
	"context"
	"strconv"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/store"
)

// ticketsPerPage is how many tickets a page shows.
const ticketsPerPage = 50

// FileOf is a file as it was sent; without content there is none.
type FileOf struct {
	Name    string
	Content []byte
}

// WriteTicket is the form of a problem report. Of Ticket the subject, the text,
// the area, the page and the build are read.
type WriteTicket struct {
	Ticket  clinic.Ticket
	File    FileOf
	Request Request `json:"-"`
}

// WriteTicket reports a problem in the actor's name and branch. Faults are those
// of clinic.Ticket.Check and clinic.CheckAttachment.
func (d *Desk) WriteTicket(ctx context.Context, actor clinic.Actor, cmd WriteTicket) (clinic.Ticket, error) {
	return command(ctx, d, actor, clinic.WriteTickets, "ticket.write", cmd.Request, cmd, func(w work) (clinic.Ticket, error) {
		t, err := cmd.Ticket.Check()
		if err != nil {
			return t, err
		}
		if t.Number, err = w.NextNumber(ctx, store.TicketNumbers, 0); err != nil {
			return t, err
		}
		t.ID, t.Staff, t.Branch = clinic.TicketID(w.id()), w.actor.Staff, w.actor.Branch
		t.Status, t.At, t.Moved, t.Version = clinic.TicketOpen, w.now, w.now, 1
		if err := w.AddTicket(ctx, t); err != nil {
			return t, err
		}
		if err := w.attach(ctx, t.ID, cmd.File); err != nil {
			return t, err
		}
		return t, w.audit(ctx, "ticket.write", 0, int64(t.ID))
	})
}

// attach keeps a file of a ticket, if there is one.
func (w work) attach(ctx context.Context, t clinic.TicketID, f FileOf) error {
	if f.Name == "" && len(f.Content) == 0 {
		return nil
	}
	a, err := clinic.CheckAttachment(f.Name, f.Content)
	if err != nil {
		return err
	}
	a.ID, a.Ticket = clinic.AttachmentID(w.id()), t
	return w.AddAttachment(ctx, a, w.actor.Staff, w.now)
}

// ReplyTicket is an answer to a ticket: a text, another status, a file. Version
// is what was read; 0 answers whatever is there.
type ReplyTicket struct {
	Ticket  clinic.TicketID
	Version int64
	Text    string
	Status  clinic.TicketStatus
	File    FileOf
	Request Request `json:"-"`
}

// ReplyTicket answers a ticket that the actor may see. Faults are those of
// clinic.Ticket.Reply and clinic.CheckAttachment, NotFound ticket.none,
// Conflict ticket.stale.
func (d *Desk) ReplyTicket(ctx context.Context, actor clinic.Actor, cmd ReplyTicket) (clinic.Ticket, error) {
	return command(ctx, d, actor, clinic.WriteTickets, "ticket.reply", cmd.Request, cmd, func(w work) (clinic.Ticket, error) {
		found, err := w.ticket(ctx, cmd.Ticket)
		if err != nil {
			return found.Ticket, err
		}
		t := found.Ticket
		if cmd.Version != 0 && cmd.Version != t.Version {
			return t, fault.New(fault.Conflict, "ticket.stale", "the ticket was answered meanwhile")
		}
		text, next, err := t.Reply(w.actor.Staff, clinic.Answer{Text: cmd.Text, Status: cmd.Status, Manages: w.actor.Can(clinic.ManageTickets)})
		if err != nil {
			return t, err
		}
		t.Status, t.Moved = next, w.now
		if err := w.MoveTicket(ctx, t, w.now); err != nil {
			return t, err
		}
		t.Version++
		reply := clinic.TicketReply{Ticket: t.ID, Staff: w.actor.Staff, Text: text, Status: next, At: w.now}
		if err := w.AddTicketReply(ctx, w.id(), reply); err != nil {
			return t, err
		}
		if err := w.attach(ctx, t.ID, cmd.File); err != nil {
			return t, err
		}
		return t, w.audit(ctx, "ticket.reply", 0, int64(t.ID))
	})
}

// ticket returns a ticket that the actor may see: an own one, or one of a
// branch that they look after. NotFound ticket.none otherwise, as for one that
// does not exist.
func (w work) ticket(ctx context.Context, id clinic.TicketID) (store.TicketItem, error) {
	t, err := w.Ticket(ctx, id)
	if err != nil {
		return store.TicketItem{}, err
	}
	scope := w.branch()
	if t.Staff != w.actor.Staff && (!w.actor.Can(clinic.ManageTickets) || scope != 0 && t.Branch != scope) {
		return store.TicketItem{}, fault.New(fault.NotFound, "ticket.none", "there is no ticket %d", id)
	}
	return t, nil
}

// TicketPage is a ticket with all that was said about it.
type TicketPage struct {
	store.TicketItem
	Replies []store.TicketReplyItem
	Files   []clinic.Attachment // without content
	Manages bool                // the actor looks after tickets
}

// Ticket returns a ticket that the actor may see. NotFound ticket.none.
func (d *Desk) Ticket(ctx context.Context, actor clinic.Actor, id clinic.TicketID) (p TicketPage, err error) {
	if err := actor.May(clinic.WriteTickets); err != nil {
		return p, err
	}
	p.Manages = actor.Can(clinic.ManageTickets)
	err = d.read(ctx, actor, func(w work) (err error) {
		if p.TicketItem, err = w.ticket(ctx, id); err != nil {
			return err
		}
		if p.Replies, err = w.TicketReplies(ctx, id); err != nil {
			return err
		}
		p.Files, err = w.Attachments(ctx, id)
		return err
	})
	return p, err
}

// TicketFile returns a file of a ticket that the actor may see. NotFound
// ticket.none, attachment.none.
func (d *Desk) TicketFile(ctx context.Context, actor clinic.Actor, ticket clinic.TicketID, id clinic.AttachmentID) (a clinic.Attachment, err error) {
	if err := actor.May(clinic.WriteTickets); err != nil {
		return a, err
	}
	err = d.read(ctx, actor, func(w work) (err error) {
		if _, err := w.ticket(ctx, ticket); err != nil {
			return err
		}
		a, err = w.Attachment(ctx, ticket, id)
		return err
	})
	return a, err
}

// TicketQuery asks for tickets: "" is any status; Mine leaves out what others
// wrote; Cursor is Next of the page before.
type TicketQuery struct {
	Status clinic.TicketStatus
	Mine   bool
	Cursor string
}

// TicketList is one page of tickets, the newest first.
type TicketList struct {
	Items   []store.TicketItem
	Next    string // "" on the last page
	Manages bool   // the actor looks after tickets
}

// Tickets lists the actor's own tickets and, for one who looks after tickets,
// those of their branches. Invalid page.cursor.
func (d *Desk) Tickets(ctx context.Context, actor clinic.Actor, q TicketQuery) (l TicketList, err error) {
	if err := actor.May(clinic.WriteTickets); err != nil {
		return l, err
	}
	l.Manages = actor.Can(clinic.ManageTickets)
	before := int64(0)
	if q.Cursor != "" {
		if before, err = strconv.ParseInt(q.Cursor, 10, 64); err != nil || before <= 0 {
			return l, fault.New(fault.Invalid, "page.cursor", "there is no such page")
		}
	}
	err = d.read(ctx, actor, func(w work) (err error) {
		l.Items, err = w.Tickets(ctx, store.TicketFilter{Staff: actor.Staff, All: l.Manages && !q.Mine, Branch: w.branch(),
			Status: q.Status, Before: clinic.TicketID(before), Limit: ticketsPerPage + 1})
		return err
	})
	if len(l.Items) > ticketsPerPage {
		l.Items = l.Items[:ticketsPerPage]
		l.Next = strconv.FormatInt(int64(l.Items[ticketsPerPage-1].ID), 10)
	}
	return l, err
}

// OpenTickets counts what waits for the actor, who looks after tickets; it is
// 0 for others.
func (d *Desk) OpenTickets(ctx context.Context, actor clinic.Actor) (n int, err error) {
	if !actor.Can(clinic.ManageTickets) {
		return 0, nil
	}
	err = d.read(ctx, actor, func(w work) (err error) {
		n, err = w.CountTickets(ctx, store.TicketFilter{Staff: actor.Staff, All: true, Branch: w.branch(), Status: clinic.TicketOpen})
		return err
	})
	return n, err
}
