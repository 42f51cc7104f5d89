package clinic

import (
	"strings"
	"time"

	"daftar/internal/fault"
)

// MessageID names a message.
type MessageID int64

// Message is a text to a mobile that is sent after the command that asked for
// it.
type Message struct {
	ID       MessageID
	Patient  PatientID // 0: not known
	Mobile   string
	Kind     MessageKind
	Text     string
	Object   int64  // what it is about: an appointment, a receipt, a deposit
	Occasion string // which time of it; one message for each. "" for any number
	Status   string
	Reason   SkipReason // why it is dropped
	Tries    int
	Error    string // of the last try
	Due      time.Time
	Expires  time.Time // from then on it is worth nothing; zero: never
	Recorded time.Time
	Sent     time.Time
}

// The states of a message. A queued one is due at Due; one that is being sent
// is given up waiting for at Due, since whoever sent it is gone. A failed one is
// tried no more by itself. A dropped one is not wanted; Reason says why.
const (
	MessageQueued  = "queued"
	MessageSending = "sending"
	MessageSent    = "sent"
	MessageFailed  = "failed"
	MessageDropped = "dropped"
)

// MessageStates lists them in the order of the filter.
var MessageStates = []string{MessageQueued, MessageSending, MessageSent, MessageFailed, MessageDropped}

// SkipReason says why a message is not sent.
type SkipReason string

// The reasons there are.
const (
	SkipNoMobile  SkipReason = "no_mobile"
	SkipNoConsent SkipReason = "no_consent"
	SkipLate      SkipReason = "late"     // nobody waits for it any more
	SkipReplaced  SkipReason = "replaced" // what it is about has changed, or was taken back
	SkipShared    SkipReason = "shared"   // the mobile has the message by somebody else of the campaign
	SkipStopped   SkipReason = "stopped"  // the campaign was stopped
)

// How messages are tried again, and how long a code is worth sending.
const (
	messageTries = 8
	messageRetry = time.Minute // doubled with each try
	messageRest  = time.Hour   // the longest wait
	messageLease = 10 * time.Minute
	codeWorth    = 10 * time.Minute
)

// MessageInterrupted is the error of a message whose sending nobody finished:
// it may have gone out or not.
const MessageInterrupted = "interrupted"

// Skip is the message as one that is not sent.
func (m Message) Skip(why SkipReason) Message {
	m.Status, m.Reason = MessageDropped, why
	return m
}

// Worthless reports whether nobody waits for the message any more.
func (m Message) Worthless(now time.Time) bool {
	return m.Kind == MessageCode && now.Sub(m.Recorded) >= codeWorth || !m.Expires.IsZero() && !now.Before(m.Expires)
}

// Take is a message that is due as it is stored before it is handed over; who
// stored it so has it for ten minutes. One that was being sent when the program
// ended may have gone out or not: it is handed over again under the same id, by
// which the service knows it. One that is made in quiet hours waits until they
// end, one that nobody waits for any more is dropped.
func (m Message) Take(r MessageRules, zone *time.Location, now time.Time) Message {
	unknown := m.Status == MessageSending
	if unknown {
		m.Error = MessageInterrupted
	}
	if m.Worthless(now) {
		return m.Skip(SkipLate)
	}
	if unknown && m.Tries >= messageTries {
		m.Status = MessageFailed
		return m
	}
	if until := r.Wait(m.Kind, now, zone); until.After(now) {
		m.Status, m.Due = MessageQueued, until
		return m
	}
	m.Status, m.Due = MessageSending, now.Add(messageLease)
	m.Tries++
	return m
}

// After is a message after it was handed over: sent, or to be tried again
// later, each time after twice as long, eight times at most. What the service
// refuses for good (fault.Refused) is not tried again by itself.
func (m Message) After(err error, now time.Time) Message {
	if err == nil {
		m.Status, m.Error, m.Sent = MessageSent, "", now
		return m
	}
	m.Error = err.Error()
	if e, ok := fault.As(err); ok {
		m.Error = strings.TrimPrefix(m.Error, e.Code+": ") // for people
	}
	m.Error = shortened(m.Error, 300)
	m.Status, m.Due = MessageQueued, now.Add(min(messageRest, messageRetry<<min(m.Tries-1, messageTries)))
	if m.Tries >= messageTries || fault.Of(err) == fault.Refused {
		m.Status = MessageFailed
	}
	return m
}

// shortened is the text without what is beyond so many letters.
func shortened(text string, letters int) string {
	if all := []rune(text); len(all) > letters {
		return string(all[:letters])
	}
	return text
}

// Again is a message that failed, to be tried from the beginning. Refused
// message.not_failed for another, message.late for one that nobody waits for.
func (m Message) Again(now time.Time) (Message, error) {
	if m.Status != MessageFailed {
		return m, fault.New(fault.Refused, "message.not_failed", "the message is %s", m.Status)
	}
	if m.Worthless(now) {
		return m, fault.New(fault.Refused, "message.late", "nobody waits for the message any more")
	}
	m.Status, m.Tries, m.Due = MessageQueued, 0, now
	return m, nil
}
