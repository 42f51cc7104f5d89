package desk

import (
	"context"
	"slices"
	"strconv"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/store"
)

// messagesPerPage is how many messages a page shows.
const messagesPerPage = 50

// MessageQuery asks for messages: "" is any, of Patient 0 anybody's; Cursor is
// Next of the page before.
type MessageQuery struct {
	Status  string
	Kind    clinic.MessageKind
	Patient clinic.PatientID
	Cursor  string
}

// MessageItem is a message with whom it is for.
type MessageItem = store.MessageItem

// MessageList is one page of messages, the newest first.
type MessageList struct {
	Items []MessageItem
	Next  string // "" on the last page
}

func (l MessageList) shown() (people []clinic.PatientID) {
	for _, i := range l.Items {
		if i.Patient != 0 && !slices.Contains(people, i.Patient) {
			people = append(people, i.Patient)
		}
	}
	return people
}

// Messages lists the messages to the people whom the actor may see; those to
// mobiles of nobody known to who sees every branch, and those of a campaign for
// debtors, say, to who may see money. A code is a key: its text is
// shown to nobody. The audit says whom it showed. Invalid message.status,
// message.kind, page.cursor.
func (d *Desk) Messages(ctx context.Context, actor clinic.Actor, q MessageQuery) (l MessageList, err error) {
	if err := actor.May(clinic.ReadMessages); err != nil {
		return l, err
	}
	before := int64(0)
	if q.Cursor != "" {
		if before, err = strconv.ParseInt(q.Cursor, 10, 64); err != nil || before <= 0 {
			return l, fault.New(fault.Invalid, "page.cursor", "there is no such page")
		}
	}
	switch {
	case q.Status != "" && !slices.Contains(clinic.MessageStates, q.Status):
		return l, fault.New(fault.Invalid, "message.status", "there is no state %q", q.Status).At("status")
	case q.Kind != "" && !slices.Contains(clinic.MessageKinds, q.Kind):
		return l, fault.New(fault.Invalid, "message.kind", "there is no message %q", q.Kind).At("kind")
	}
	err = d.write(ctx, actor, func(w work) (err error) {
		l = MessageList{}
		l.Items, err = w.Messages(ctx, store.MessageFilter{NoMoney: !actor.Can(clinic.ReadMoney), Branch: w.branch(), Status: q.Status, Kind: q.Kind, Patient: q.Patient,
			Before: clinic.MessageID(before), Limit: messagesPerPage + 1})
		if err != nil {
			return err
		}
		if len(l.Items) > messagesPerPage {
			l.Items = l.Items[:messagesPerPage]
			l.Next = strconv.FormatInt(int64(l.Items[messagesPerPage-1].ID), 10)
		}
		for i := range l.Items {
			l.Items[i].Message = w.guarded(l.Items[i].Message)
		}
		return w.auditRead(ctx, "message.list", q.Patient, shownIn(l))
	})
	return l, err
}

// guarded is a message as the actor may read it: without a code, and with the
// end of the mobile only for who may not see the whole.
func (w work) guarded(m clinic.Message) clinic.Message {
	if m.Kind.Class() == "" {
		m.Text = ""
	}
	m.Mobile = w.masked(clinic.Patient{Mobile: m.Mobile}).Mobile
	return m
}

// RetryMessage is the command "try this message again", for one that failed.
type RetryMessage struct {
	Message clinic.MessageID
	Request Request `json:"-"`
}

// RetryMessage carries out the command. NotFound message.none; Refused
// message.not_failed, message.late.
func (d *Desk) RetryMessage(ctx context.Context, actor clinic.Actor, cmd RetryMessage) (clinic.Message, error) {
	return command(ctx, d, actor, clinic.WriteMessages, "message.retry", cmd.Request, cmd, func(w work) (clinic.Message, error) {
		was, err := w.visibleMessage(ctx, cmd.Message)
		if err != nil {
			return was, err
		}
		m, err := was.Again(w.now)
		if err != nil {
			return m, err
		}
		if _, err := w.SetMessage(ctx, m, was); err != nil {
			return m, err
		}
		return w.guarded(m), w.audit(ctx, "message.retry", m.Patient, int64(m.ID))
	})
}

// visibleMessage is a message to somebody whom the actor may see. NotFound
// message.none otherwise, as for one that does not exist.
func (w work) visibleMessage(ctx context.Context, id clinic.MessageID) (clinic.Message, error) {
	m, err := w.Tx.Message(ctx, id)
	if err != nil {
		return m, err
	}
	none := fault.New(fault.NotFound, "message.none", "there is no message %d", id)
	if m.Kind == clinic.MessageCampaign && !w.actor.Can(clinic.ReadMoney) {
		if c, err := w.Tx.Campaign(ctx, clinic.CampaignID(m.Object)); err != nil || c.Money {
			return clinic.Message{}, none
		}
	}
	if m.Patient == 0 {
		if w.branch() != 0 {
			return clinic.Message{}, none
		}
		return m, nil
	}
	_, err = w.person(ctx, m.Patient)
	if fault.Of(err) == fault.NotFound {
		return clinic.Message{}, none
	}
	return m, err
}
