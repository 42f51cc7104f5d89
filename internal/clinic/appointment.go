package clinic

import (
	"slices"
	"time"

	"daftar/internal/farsi"
	"daftar/internal/fault"
)

// SeriesID names appointments that were booked together.
type SeriesID int64

// AppointmentStatus is how far an appointment is.
type AppointmentStatus string

// A proposed appointment was asked for and not promised; a booked one has its
// time, a confirmed one was said yes to again; of one that is checked in the
// patient is here; a fulfilled one became an admission. The others are over.
const (
	Proposed           AppointmentStatus = "proposed"
	Booked             AppointmentStatus = "booked"
	Confirmed          AppointmentStatus = "confirmed"
	CheckedIn          AppointmentStatus = "checked_in"
	Fulfilled          AppointmentStatus = "fulfilled"
	CancelledByPatient AppointmentStatus = "cancelled_by_patient"
	CancelledByClinic  AppointmentStatus = "cancelled_by_clinic"
	NoShow             AppointmentStatus = "no_show"
	EnteredInError     AppointmentStatus = "entered_in_error"
)

// AppointmentStatuses lists the states in the order of their life.
var AppointmentStatuses = []AppointmentStatus{Proposed, Booked, Confirmed, CheckedIn, Fulfilled, CancelledByPatient, CancelledByClinic, NoShow,
	EnteredInError}

// Waits reports whether the patient is still expected.
func (s AppointmentStatus) Waits() bool { return s == Proposed || s == Booked || s == Confirmed }

// TakesTime reports whether nobody else may have the time.
func (s AppointmentStatus) TakesTime() bool { return s.Waits() || s == CheckedIn || s == Fulfilled }

// Channel is how an appointment came.
type Channel string

// At the desk, by telephone, from the public page.
const (
	InPerson Channel = "in_person"
	ByPhone  Channel = "phone"
	Online   Channel = "online"
)

// Channels lists them.
var Channels = []Channel{InPerson, ByPhone, Online}

// Span is a stretch of time, from its first instant until before its last.
type Span struct{ Starts, Ends time.Time }

// Overlaps reports whether the spans share a time; touching ones do not.
func (s Span) Overlaps(o Span) bool { return s.Starts.Before(o.Ends) && o.Starts.Before(s.Ends) }

// Within reports whether the span lies in the opening.
func (s Span) Within(o Opening) bool { return !s.Starts.Before(o.From) && !s.Ends.After(o.Until) }

// Units are the units of the calendar that the span takes, counted from 1970.
func (s Span) Units() (units []int64) {
	const second = int64(SlotUnit / time.Second)
	for u := s.Starts.Unix() / second; u*second < s.Ends.Unix(); u++ {
		units = append(units, u)
	}
	return units
}

// Minutes is how long the span is.
func (s Span) Minutes() int { return int(s.Ends.Sub(s.Starts) / time.Minute) }

// Appointment is a time that a provider keeps for a patient. Its id stays
// when it moves.
type Appointment struct {
	ID       AppointmentID
	Patient  PatientID
	Provider ProviderID
	Service  ServiceID // 0: not said
	Branch   BranchID
	Room     ResourceID // 0: none
	Device   ResourceID // 0: none
	Span
	Seat       int  // of the provider, from 0
	Overbooked bool // beyond the capacity
	Channel    Channel
	Status     AppointmentStatus
	Note       string
	Series     SeriesID
	Moves      int         // how often it was moved
	Admission  AdmissionID // that it became; 0: none
	Reason     string      // why it was cancelled
	Arrived    time.Time   // zero: not
	Ended      time.Time   // when it was cancelled or missed; zero: not
	Recorded   time.Time
	Staff      StaffID
	Version    int64 // rises by one on every write
}

// AppointmentEventKind says what happened to an appointment.
type AppointmentEventKind string

// What happens to appointments.
const (
	EventBooked    AppointmentEventKind = "booked"
	EventConfirmed AppointmentEventKind = "confirmed"
	EventMoved     AppointmentEventKind = "moved"
	EventCheckedIn AppointmentEventKind = "checked_in"
	EventFulfilled AppointmentEventKind = "fulfilled"
	EventCancelled AppointmentEventKind = "cancelled"
	EventNoShow    AppointmentEventKind = "no_show"
	EventRestored  AppointmentEventKind = "restored" // it waits again, or the patient is not here after all
	EventInError   AppointmentEventKind = "entered_in_error"
	EventUndone    AppointmentEventKind = "undone" // what happened before it was taken back
)

// AppointmentEvent is one thing that happened to an appointment. Facts: none is
// changed. From and To say which time it had before and has after.
type AppointmentEvent struct {
	Appointment AppointmentID
	Kind        AppointmentEventKind
	Status      AppointmentStatus // after it
	From, To    Span
	Provider    ProviderID // before it
	Reason      string
	At          time.Time
	Staff       StaffID
}

// maxAppointment is how long one appointment is at most.
const maxAppointment = 12 * 60

// CheckMinutes refuses a length that no appointment has, 0 being none that is
// said: Invalid appointment.length.
func CheckMinutes(minutes int) error {
	if minutes < 0 || minutes > maxAppointment {
		return fault.New(fault.Invalid, "appointment.length", "an appointment takes 5 minutes to 12 hours, in fives").At("minutes")
	}
	return nil
}

// CheckAppointment cleans what is said of an appointment. Invalid
// appointment.step off the grid, appointment.length, appointment.channel,
// text.long.
func CheckAppointment(a Appointment) (Appointment, error) {
	note, err := farsi.Clean(a.Note, 300)
	if err != nil {
		return a, at(err, "note")
	}
	a.Note = note
	if a.Channel == "" {
		a.Channel = InPerson
	}
	length := a.Minutes()
	switch {
	case a.Starts.Truncate(SlotUnit) != a.Starts:
		return a, fault.New(fault.Invalid, "appointment.step", "appointments begin every %d minutes", unitMinutes).At("starts")
	case length < unitMinutes || length > maxAppointment || length%unitMinutes != 0:
		return a, fault.New(fault.Invalid, "appointment.length", "an appointment takes 5 minutes to 12 hours, in fives").At("minutes")
	case !slices.Contains(Channels, a.Channel):
		return a, fault.New(fault.Invalid, "appointment.channel", "there is no channel %q", a.Channel).At("channel")
	}
	return a, nil
}

// Move is the appointment at another time, perhaps with another provider.
// Refused appointment.over when nobody is expected any more.
func (a Appointment) Move(to Span, provider ProviderID) (Appointment, error) {
	if !a.Status.Waits() {
		return a, fault.New(fault.Refused, "appointment.over", "the appointment is %s", a.Status).With("status", string(a.Status))
	}
	if a.Span == to && a.Provider == provider {
		return a, fault.New(fault.Invalid, "appointment.same", "the appointment is there already").At("starts")
	}
	a.Span, a.Provider = to, provider
	a.Moves++
	return a, nil
}

// steps are the states that an appointment goes to from each.
var steps = map[AppointmentStatus][]AppointmentStatus{
	Proposed:  {Booked, Confirmed, CheckedIn, CancelledByPatient, CancelledByClinic, NoShow, EnteredInError},
	Booked:    {Confirmed, CheckedIn, Fulfilled, CancelledByPatient, CancelledByClinic, NoShow, EnteredInError},
	Confirmed: {CheckedIn, Fulfilled, CancelledByPatient, CancelledByClinic, NoShow, EnteredInError},
	CheckedIn: {Fulfilled, Booked, CancelledByPatient, CancelledByClinic, EnteredInError},
	NoShow:    {CheckedIn, CancelledByPatient},
}

// Step is the appointment in another state. admitted says whether the admission
// that it became is live. Refused appointment.step_back when its state allows
// none, appointment.admitted while its admission is live, appointment.not_over
// for a no-show before its end.
func (a Appointment) Step(to AppointmentStatus, now time.Time, admitted bool) (Appointment, error) {
	from := a.Status
	if from == Fulfilled {
		if admitted {
			return a, fault.New(fault.Refused, "appointment.admitted", "the appointment is an admission")
		}
		from = CheckedIn
	}
	if !slices.Contains(steps[from], to) {
		return a, fault.New(fault.Refused, "appointment.status", "an appointment that is %s does not become %s", a.Status, to).
			With("status", string(a.Status))
	}
	if to == NoShow && now.Before(a.Ends) {
		return a, fault.New(fault.Refused, "appointment.not_over", "its time is not over")
	}
	a.Status = to
	switch to {
	case CheckedIn:
		a.Arrived, a.Ended = now, time.Time{}
	case Booked:
		a.Arrived, a.Ended, a.Reason = time.Time{}, time.Time{}, ""
	case CancelledByPatient, CancelledByClinic, NoShow, EnteredInError:
		a.Ended = now
	}
	return a, nil
}

// Restore is a cancelled or missed appointment that waits again. Refused
// appointment.status for others, appointment.past when its time is over.
func (a Appointment) Restore(now time.Time) (Appointment, error) {
	switch {
	case a.Status != CancelledByPatient && a.Status != CancelledByClinic && a.Status != NoShow:
		return a, fault.New(fault.Refused, "appointment.status", "an appointment that is %s is not restored", a.Status).With("status", string(a.Status))
	case !now.Before(a.Ends):
		return a, pastTime()
	}
	a.Status, a.Ended, a.Reason = Booked, time.Time{}, ""
	return a, nil
}

// Undo is the appointment as it was before the last thing that happened to it,
// which left it as now: back in the state that the event before left, at the time
// and with the provider of then. One that was only booked is an error now.
func (a Appointment) Undo(last, before AppointmentEvent, now time.Time) Appointment {
	if last.Kind == EventBooked {
		a.Status, a.Ended = EnteredInError, now
		return a
	}
	if last.Kind == EventMoved {
		a.Moves--
	}
	a.Status, a.Span, a.Provider = before.Status, last.From, last.Provider
	a.Ended, a.Reason = before.At, before.Reason
	if a.Status.TakesTime() {
		a.Ended, a.Reason = time.Time{}, ""
	}
	if a.Status != Fulfilled {
		a.Admission = 0
	}
	if a.Status.Waits() {
		a.Arrived = time.Time{}
	}
	return a
}

// Steps are the states that the appointment may go to now.
func (a Appointment) Steps(now time.Time, admitted bool) (to []AppointmentStatus) {
	for _, s := range AppointmentStatuses {
		if _, err := a.Step(s, now, admitted); err == nil {
			to = append(to, s)
		}
	}
	return to
}

// Missed reports whether the patient did not come although the time is over by
// the grace that the clinic gives.
func (a Appointment) Missed(r AppointmentRules, now time.Time) bool {
	return (a.Status == Booked || a.Status == Confirmed || a.Status == Proposed) && !now.Before(a.Ends.Add(time.Duration(r.GraceMinutes)*time.Minute))
}

// DueToday refuses an appointment of another day: Refused
// appointment.not_today.
func DueToday(c Clinic, a Appointment, now time.Time) error {
	if day := c.Day(a.Starts); day != c.Day(now) {
		return fault.New(fault.Refused, "appointment.not_today", "the appointment is on %s", day).With("day", string(day))
	}
	return nil
}

// pastTime is the refusal of a time that is over.
func pastTime() error {
	return fault.New(fault.Refused, "appointment.past", "that time is over").At("starts")
}

// AppointmentRules are the choices that a clinic has in how it books.
type AppointmentRules struct {
	HoldMinutes  int  `json:"hold_minutes"`   // how long a time is kept for somebody of the public who has not finished
	GraceMinutes int  `json:"grace_minutes"`  // after the end of a missed time before it is a no-show
	NoShowsBlock int  `json:"no_shows_block"` // so many and the public page is closed to the person; 0: never
	Online       bool `json:"online"`         // the public may book
}

// DefaultAppointmentRules are what the program proposes (rule 3.8 of Iran's
// numbers).
func DefaultAppointmentRules() AppointmentRules {
	return AppointmentRules{HoldMinutes: 10, GraceMinutes: 15, NoShowsBlock: 3}
}

// ParseAppointmentRules reads what String wrote; what is not said is as
// proposed.
func ParseAppointmentRules(text string) (AppointmentRules, error) {
	r := DefaultAppointmentRules()
	if text == "" {
		return r, nil
	}
	return r, unmarshalRules(text, &r)
}

// String is how the rules are stored.
func (r AppointmentRules) String() string { return rulesText(r) }

// Check refuses what is no rule; nothing at all is what the program proposes.
// Invalid appointment_rules.hold, appointment_rules.grace,
// appointment_rules.no_shows.
func (r AppointmentRules) Check() (AppointmentRules, error) {
	switch {
	case r == AppointmentRules{}:
		return DefaultAppointmentRules(), nil
	case r.HoldMinutes < 1 || r.HoldMinutes > 60:
		return r, fault.New(fault.Invalid, "appointment_rules.hold", "a time is held 1 to 60 minutes").At("hold_minutes")
	case r.GraceMinutes < 0 || r.GraceMinutes > 24*60:
		return r, fault.New(fault.Invalid, "appointment_rules.grace", "the grace is up to a day").At("grace_minutes")
	case r.NoShowsBlock < 0 || r.NoShowsBlock > 100:
		return r, fault.New(fault.Invalid, "appointment_rules.no_shows", "up to 100 missed appointments").At("no_shows_block")
	}
	return r, nil
}
