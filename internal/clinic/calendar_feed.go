package clinic

import (
	"time"

	"daftar/internal/message"
)

// FeedID names a calendar feed.
type FeedID int64

// Feed is a calendar of a provider's appointments that a phone subscribes to.
// Who has its address reads it, so only the address's digest is kept.
type Feed struct {
	ID       FeedID
	Provider ProviderID
	Token    []byte
	Created  time.Time
	Revoked  time.Time // zero: it runs
	Staff    StaffID
}

// What a feed shows: the days around now.
const (
	FeedDaysBack  = 30
	FeedDaysAhead = 180
)

// FeedText is what a calendar that others keep says of an appointment: the
// service, the initials and the file number, never the name.
func FeedText(service string, p Patient) string {
	letters := ""
	for _, part := range []string{p.FirstName, p.LastName} {
		for _, r := range part {
			letters += string(r) + "."
			break
		}
	}
	if service == "" {
		service = message.Persian.Text("feed.visit")
	}
	return message.Persian.Text("feed.event", "service", service, "letters", letters, "file", p.FileNumber.String())
}
