package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
)

// TicketNumbers is the series of the tickets, one for ever.
const TicketNumbers = "ticket"

// TicketItem is a ticket with who wrote it.
type TicketItem struct {
	clinic.Ticket
	StaffName  string
	BranchName string
}

const ticketColumns = `
	SELECT t.id, t.number, t.subject, t.text, t.status, t.area, t.page, t.build, t.staff, t.branch, t.at, t.moved, t.version, s.name, b.name
	FROM ticket t
	JOIN staff s ON s.clinic = t.clinic AND s.id = t.staff
	JOIN branch b ON b.clinic = t.clinic AND b.id = t.branch
	WHERE t.clinic = $1`

func scanTicket(scan func(...any) error) (i TicketItem, err error) {
	var at, moved int64
	err = scan(&i.ID, &i.Number, &i.Subject, &i.Text, &i.Status, &i.Area, &i.Page, &i.Build, &i.Staff, &i.Branch, &at, &moved,
		&i.Version, &i.StaffName, &i.BranchName)
	i.At, i.Moved = moment(at), moment(moved)
	return i, err
}

// AddTicket adds a ticket.
func (tx *Tx) AddTicket(ctx context.Context, t clinic.Ticket) error {
	return tx.add(ctx, "ticket", "clinic, id, number, subject, text, status, area, page, build, staff, branch, at, moved",
		tx.clinic, t.ID, t.Number, t.Subject, t.Text, t.Status, t.Area, t.Page, t.Build, t.Staff, t.Branch, micros(t.At), micros(t.Moved))
}

// Ticket returns one ticket. NotFound ticket.none.
func (tx *Tx) Ticket(ctx context.Context, id clinic.TicketID) (TicketItem, error) {
	t, err := scanTicket(tx.row(ctx, ticketColumns+` AND t.id = $2`, tx.clinic, id).Scan)
	return t, some(err, "ticket.none", "ticket", id)
}

// TicketFilter says which tickets: those that the person wrote and, when All
// is set, those of the branch, 0 being every branch. Status "" is any; tickets
// before the id Before, 0 being the newest.
type TicketFilter struct {
	Staff  clinic.StaffID
	All    bool
	Branch clinic.BranchID
	Status clinic.TicketStatus
	Before clinic.TicketID
	Limit  int
}

// where is the condition of the filter, its values from $2 on.
func (f TicketFilter) where() (string, []any) {
	parts, values := "", []any{}
	condition := func(text string, value any) {
		values = append(values, value)
		parts += " AND " + strings.ReplaceAll(text, "?", fmt.Sprintf("$%d", len(values)+1))
	}
	switch {
	case !f.All:
		condition("t.staff = ?", f.Staff)
	case f.Branch != 0:
		condition("(t.staff = ?", f.Staff)
		values = append(values, f.Branch)
		parts += fmt.Sprintf(" OR t.branch = $%d)", len(values)+1)
	}
	if f.Status != "" {
		condition("t.status = ?", f.Status)
	}
	if f.Before != 0 {
		condition("t.id < ?", f.Before)
	}
	return parts, values
}

// Tickets lists tickets, the newest first.
func (tx *Tx) Tickets(ctx context.Context, f TicketFilter) ([]TicketItem, error) {
	where, values := f.where()
	args := append([]any{tx.clinic}, values...)
	return collect(ctx, tx, scanTicket, ticketColumns+where+fmt.Sprintf(` ORDER BY t.id DESC LIMIT %d`, f.Limit), args...)
}

// CountTickets counts the tickets of the filter.
func (tx *Tx) CountTickets(ctx context.Context, f TicketFilter) (n int, err error) {
	where, values := f.where()
	err = tx.row(ctx, `SELECT COUNT(*) FROM ticket t WHERE t.clinic = $1`+where, append([]any{tx.clinic}, values...)...).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count tickets: %w", err)
	}
	return n, nil
}

// MoveTicket gives a ticket another status over the version that was read.
// Conflict ticket.stale.
func (tx *Tx) MoveTicket(ctx context.Context, t clinic.Ticket, now time.Time) error {
	n, err := tx.change(ctx, `
		UPDATE ticket SET status = $4, moved = $5, version = version + 1
		WHERE clinic = $1 AND id = $2 AND version = $3`, tx.clinic, t.ID, t.Version, t.Status, micros(now))
	if err != nil {
		return fmt.Errorf("move ticket: %w", err)
	}
	if n == 0 {
		return fault.New(fault.Conflict, "ticket.stale", "the ticket was answered meanwhile")
	}
	return nil
}

// TicketReplyItem is a reply with who wrote it.
type TicketReplyItem struct {
	clinic.TicketReply
	StaffName string
}

// AddTicketReply adds a reply.
func (tx *Tx) AddTicketReply(ctx context.Context, id int64, r clinic.TicketReply) error {
	return tx.add(ctx, "ticket_reply", "clinic, id, ticket, staff, text, status, at", tx.clinic, id, r.Ticket, r.Staff, r.Text, r.Status, micros(r.At))
}

// TicketReplies lists the replies to a ticket, the oldest first.
func (tx *Tx) TicketReplies(ctx context.Context, id clinic.TicketID) ([]TicketReplyItem, error) {
	return collect(ctx, tx, func(scan func(...any) error) (r TicketReplyItem, err error) {
		var at int64
		err = scan(&r.Ticket, &r.Staff, &r.Text, &r.Status, &at, &r.StaffName)
		r.At = moment(at)
		return r, err
	}, `
		SELECT r.ticket, r.staff, r.text, r.status, r.at, s.name
		FROM ticket_reply r JOIN staff s ON s.clinic = r.clinic AND s.id = r.staff
		WHERE r.clinic = $1 AND r.ticket = $2
		ORDER BY r.id`, tx.clinic, id)
}

// AddAttachment adds a file of a ticket.
func (tx *Tx) AddAttachment(ctx context.Context, a clinic.Attachment, by clinic.StaffID, now time.Time) error {
	return tx.add(ctx, "attachment", "clinic, id, ticket, name, kind, size, content, staff, at",
		tx.clinic, a.ID, a.Ticket, a.Name, a.Kind, a.Size, a.Content, by, micros(now))
}

// Attachments lists the files of a ticket without their content.
func (tx *Tx) Attachments(ctx context.Context, id clinic.TicketID) ([]clinic.Attachment, error) {
	return collect(ctx, tx, func(scan func(...any) error) (clinic.Attachment, error) {
		a := clinic.Attachment{Ticket: id}
		return a, scan(&a.ID, &a.Name, &a.Kind, &a.Size)
	}, `SELECT id, name, kind, size FROM attachment WHERE clinic = $1 AND ticket = $2 ORDER BY id`, tx.clinic, id)
}

// Attachment returns one file of a ticket. NotFound attachment.none.
func (tx *Tx) Attachment(ctx context.Context, ticket clinic.TicketID, id clinic.AttachmentID) (clinic.Attachment, error) {
	a := clinic.Attachment{ID: id, Ticket: ticket}
	err := tx.row(ctx, `SELECT name, kind, size, content FROM attachment WHERE clinic = $1 AND ticket = $2 AND id = $3`, tx.clinic, ticket, id).
		Scan(&a.Name, &a.Kind, &a.Size, &a.Content)
	return a, some(err, "attachment.none", "attachment", id)
}
