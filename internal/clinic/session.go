package clinic

import (
	"time"

	"daftar/internal/fault"
)

// SessionLimits are how long a person stays signed in: without doing anything,
// and whatever happens.
type SessionLimits struct {
	Idle, Lasts time.Duration
}

// UsualSessionLimits are those of a clinic that set none.
var UsualSessionLimits = SessionLimits{Idle: 15 * time.Minute, Lasts: 12 * time.Hour}

// Check refuses limits that nobody can work with and those that forget to
// limit: Invalid session.idle for other than 3 to 60 whole minutes,
// session.lasts for other than 1 to 24 whole hours.
func (l SessionLimits) Check() error {
	if l.Idle < 3*time.Minute || l.Idle > time.Hour || l.Idle%time.Minute != 0 {
		return fault.New(fault.Invalid, "session.idle", "unused sessions end after 3 to 60 minutes").At("idle")
	}
	if l.Lasts < time.Hour || l.Lasts > 24*time.Hour || l.Lasts%time.Hour != 0 {
		return fault.New(fault.Invalid, "session.lasts", "sessions end after 1 to 24 hours").At("lasts")
	}
	return nil
}

// End is when a session that began at began and was used last at seen is over.
// final says that further use does not move it.
func (l SessionLimits) End(began, seen time.Time) (end time.Time, final bool) {
	end = seen.Add(l.Idle)
	if last := began.Add(l.Lasts); !end.Before(last) {
		return last, true
	}
	return end, false
}
