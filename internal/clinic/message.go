package clinic

import "time"

// The states of a message. A queued one is due at Due; one that is being sent
// is given up waiting for at Due. A dropped one is not wanted any more.
const (
	MessageQueued  = "queued"
	MessageSending = "sending"
	MessageSent    = "sent"
	MessageFailed  = "failed"
	MessageDropped = "dropped"
)

// How messages are tried again, and how long a code is worth sending.
const (
	messageTries = 5
	messageRetry = time.Minute // doubled with each try
	messageLease = 10 * time.Minute
	codeWorth    = 10 * time.Minute
)

// interrupted marks a message whose sending nobody finished.
const interrupted = "interrupted"

// Take is a message that is due as it is stored before it is handed over. One
// that was being sent when the program ended may have gone out or not: it is
// sent once more after ten minutes, since a message twice is better than none,
// and fails when that ends in the same way. A code that nobody waits for any
// more is dropped.
func (m Message) Take(now time.Time) Message {
	switch {
	case m.Kind == MessageCode && now.Sub(m.Recorded) >= codeWorth:
		m.Status = MessageDropped
		return m
	case m.Status == MessageSending && m.Error == interrupted:
		m.Status = MessageFailed
		return m
	case m.Status == MessageSending:
		m.Error = interrupted
	}
	m.Status, m.Due = MessageSending, now.Add(messageLease)
	m.Tries++
	return m
}

// After is a message after it was handed over: sent, or to be tried again
// later, five times at most.
func (m Message) After(err error, now time.Time) Message {
	if err == nil {
		m.Status, m.Error, m.Sent = MessageSent, "", now
		return m
	}
	if m.Error = err.Error(); len(m.Error) > 300 {
		m.Error = m.Error[:300]
	}
	m.Status, m.Due = MessageQueued, now.Add(messageRetry<<min(m.Tries-1, messageTries))
	if m.Tries >= messageTries {
		m.Status = MessageFailed
	}
	return m
}
