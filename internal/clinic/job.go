package clinic

import (
	"strings"
	"time"
)

// Job is something that the program does by itself, again and again.
type Job struct {
	Name  string
	Every time.Duration
}

// The jobs, by name.
const (
	JobMessages   = "messages"
	JobHolds      = "holds"
	JobPayments   = "payments"
	JobMissed     = "missed"
	JobReminders  = "reminders"
	JobGreetings  = "greetings"
	JobActivities = "activities"
	JobLapse      = "points_lapse"
	JobGifts      = "points_gifts"
	JobTidying    = "tidying"
	JobCampaigns  = "campaigns"
)

// Jobs lists them in the order of who waits for them.
var Jobs = []Job{{JobMessages, time.Minute}, {JobHolds, time.Minute}, {JobPayments, time.Minute}, {JobReminders, time.Minute},
	{JobMissed, time.Minute}, {JobCampaigns, time.Minute}, {JobActivities, 10 * time.Minute}, {JobLapse, time.Minute}, {JobGifts, time.Hour}, {JobGreetings, time.Hour}, {JobTidying, 24 * time.Hour}}

// JobRun is one time that a job ran, or is to run because somebody asked. Runs
// that follow each other and found nothing to do are one, counted.
type JobRun struct {
	ID      int64
	Job     string
	Asked   time.Time // by Staff; zero: it came by itself
	Staff   StaffID
	Started time.Time // zero: it waits
	Ended   time.Time // zero: it runs, or the program ended meanwhile
	Runs    int
	Did     int // things
	Error   string
}

// Idle reports whether the run came by itself and found nothing to do, so that
// the next one may take its place.
func (r JobRun) Idle() bool {
	return r.Asked.IsZero() && !r.Ended.IsZero() && r.Did == 0 && r.Error == ""
}

// DueAfter reports whether a job is to run that began last at the instant; the
// zero instant is never. What runs every minute runs whenever it is woken.
func (j Job) DueAfter(last, now time.Time) bool {
	return j.Every <= time.Minute || last.IsZero() || now.Sub(last) >= j.Every
}

// JobRunKept is how long runs are remembered.
const JobRunKept = 30 * 24 * time.Hour

// JobError is what is remembered of an error, without its stack.
func JobError(err error) string {
	first, _, _ := strings.Cut(err.Error(), "\n")
	return shortened(first, 300)
}
