package clinic

import (
	"time"

	"daftar/internal/fault"
	"daftar/internal/money"
)

// MessageRules are the choices that a clinic has about all its messages. Quiet
// hours are minutes of its day and may go over midnight; the same twice is none.
type MessageRules struct {
	QuietFrom, QuietUntil int
	Price                 money.Amount // of one part; 0: not known
	Version               int64        // 0: the clinic has not changed them
}

// DefaultMessageRules are what the program proposes: nobody is woken up.
func DefaultMessageRules() MessageRules { return MessageRules{QuietFrom: 21 * 60, QuietUntil: 8 * 60} }

// dayMinutes is how many minutes a day has.
const dayMinutes = 24 * 60

// maxPartPrice keeps a slip of the finger out of the estimates.
const maxPartPrice = 1_000_000

// Check refuses what is no hour or no price. Invalid message_rules.hours,
// message_rules.price.
func (r MessageRules) Check() (MessageRules, error) {
	switch {
	case r.QuietFrom < 0 || r.QuietFrom >= dayMinutes:
		return r, fault.New(fault.Invalid, "message_rules.hours", "an hour of the day is needed").At("quiet_from")
	case r.QuietUntil < 0 || r.QuietUntil >= dayMinutes:
		return r, fault.New(fault.Invalid, "message_rules.hours", "an hour of the day is needed").At("quiet_until")
	case r.Price < 0 || r.Price > maxPartPrice:
		return r, fault.New(fault.Invalid, "message_rules.price", "a part costs up to %d", maxPartPrice).At("part_price")
	}
	return r, nil
}

// Wait is when a message of the kind that is due at the instant may go out: at
// once, or when the quiet hours end that the instant is in.
func (r MessageRules) Wait(k MessageKind, due time.Time, zone *time.Location) time.Time {
	if k.Hurries() || r.QuietFrom == r.QuietUntil {
		return due
	}
	local := due.In(zone)
	minute, day := local.Hour()*60+local.Minute(), local.Day()
	switch over := r.QuietFrom > r.QuietUntil; {
	case over && minute >= r.QuietFrom:
		day++ // they end tomorrow
	case over && minute < r.QuietUntil, !over && minute >= r.QuietFrom && minute < r.QuietUntil:
	default:
		return due
	}
	return time.Date(local.Year(), local.Month(), day, r.QuietUntil/60, r.QuietUntil%60, 0, 0, zone).UTC()
}
