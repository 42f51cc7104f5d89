package clinic

import (
	"cmp"
	"encoding/json"
	"slices"
	"time"

	"daftar/internal/farsi"
	"daftar/internal/fault"
	"daftar/internal/jalali"
)

// The ids of what a calendar is made of.
type (
	ResourceID  int64
	WorkShiftID int64
	ExceptionID int64
)

// SlotUnit is the grid of the calendar: every appointment begins and ends on
// it, and the database gives each unit of a seat away once.
const SlotUnit = 5 * time.Minute

// unitMinutes is SlotUnit in minutes.
const unitMinutes = int(SlotUnit / time.Minute)

// ResourceKind says what a resource is.
type ResourceKind string

// A room is where a provider works, a device what a service is done with.
const (
	Room   ResourceKind = "room"
	Device ResourceKind = "device"
)

// ResourceKinds lists the kinds.
var ResourceKinds = []ResourceKind{Room, Device}

// Resource is a room or a device of a branch that Capacity appointments may use
// at once.
type Resource struct {
	ID         ResourceID
	Branch     BranchID
	Kind       ResourceKind
	Code, Name string
	Capacity   int
	Standing
}

// maxCapacity is the most people that are served at once.
const maxCapacity = 100

// Check cleans a resource; a capacity of 0 reads as 1. Invalid catalogue.name,
// catalogue.code, resource.kind, schedule.capacity.
func (r Resource) Check() (Resource, error) {
	if err := cleanNamed(&r.Code, &r.Name); err != nil {
		return r, err
	}
	if !slices.Contains(ResourceKinds, r.Kind) {
		return r, fault.New(fault.Invalid, "resource.kind", "there is no resource %q", r.Kind).At("kind")
	}
	return r, checkCapacity(&r.Capacity)
}

func checkCapacity(c *int) error {
	if *c == 0 {
		*c = 1
	}
	if *c < 1 || *c > maxCapacity {
		return fault.New(fault.Invalid, "schedule.capacity", "a capacity is 1 to %d", maxCapacity).At("capacity")
	}
	return nil
}

// WorkShift is when a provider works in each week: on a weekday from a minute
// of the day until another, at a branch, perhaps in a room, with room for
// Capacity appointments at once. It holds on the days from ValidFrom to
// ValidUntil; "" is no bound.
type WorkShift struct {
	ID                    WorkShiftID
	Provider              ProviderID
	Branch                BranchID
	Room                  ResourceID // 0: none
	Weekday               jalali.Weekday
	From, Until           int
	Capacity              int
	ValidFrom, ValidUntil jalali.Day
	Standing
}

// Check refuses what is no shift: Invalid schedule.weekday, schedule.hours,
// schedule.capacity, schedule.range, date.syntax.
func (s WorkShift) Check() (WorkShift, error) {
	if s.Weekday < jalali.Saturday || s.Weekday > jalali.Friday {
		return s, fault.New(fault.Invalid, "schedule.weekday", "a week has seven days").At("weekday")
	}
	if err := checkHours(s.From, s.Until); err != nil {
		return s, err
	}
	if err := checkRange(s.ValidFrom, s.ValidUntil); err != nil {
		return s, err
	}
	return s, checkCapacity(&s.Capacity)
}

// checkHours refuses minutes of a day that are no stretch of it: Invalid
// schedule.hours.
func checkHours(from, until int) error {
	if from < 0 || until > 24*60 || from >= until || from%unitMinutes != 0 || until%unitMinutes != 0 {
		return fault.New(fault.Invalid, "schedule.hours", "hours run from an earlier to a later five minutes of a day").At("from")
	}
	return nil
}

// checkRange refuses days that are none or in the wrong order: Invalid
// date.syntax, schedule.range. "" is no bound.
func checkRange(from, until jalali.Day) error {
	switch {
	case from != "" && !from.Valid():
		return fault.New(fault.Invalid, "date.syntax", "%q is no day", from).At("valid_from")
	case until != "" && !until.Valid():
		return fault.New(fault.Invalid, "date.syntax", "%q is no day", until).At("valid_until")
	case from != "" && until != "" && until < from:
		return fault.New(fault.Invalid, "schedule.range", "the last day is before the first").At("valid_until")
	}
	return nil
}

// holdsOn reports whether the shift is worked on the day.
func (s WorkShift) holdsOn(d jalali.Day) bool {
	return s.Offered() && d.Weekday() == s.Weekday && (s.ValidFrom == "" || s.ValidFrom <= d) && (s.ValidUntil == "" || d <= s.ValidUntil)
}

// ExceptionKind says how a day is not as the week says.
type ExceptionKind string

// Leave is a provider's absence, a closure shuts a branch or the whole clinic,
// extra is time that is worked beside the week's, on holidays too.
const (
	Leave   ExceptionKind = "leave"
	Closure ExceptionKind = "closure"
	Extra   ExceptionKind = "extra"
)

// ExceptionKinds lists the kinds.
var ExceptionKinds = []ExceptionKind{Leave, Closure, Extra}

// Exception is a stretch of days on which something else holds than what the
// week says: on each day from First to Last the minutes From until Until. Leave
// and extra are of one provider, a closure of a branch, 0 for all of them.
type Exception struct {
	ID          ExceptionID
	Kind        ExceptionKind
	Provider    ProviderID
	Branch      BranchID
	Room        ResourceID // of extra
	First, Last jalali.Day
	From, Until int // both 0: the whole day
	Capacity    int // of extra
	Reason      string
	Standing
}

// maxExceptionDays bounds how long a leave is.
const maxExceptionDays = 400

// Check cleans an exception. Invalid exception.kind, exception.provider,
// exception.days, schedule.hours, schedule.capacity, text.long.
func (e Exception) Check() (Exception, error) {
	reason, err := farsi.Clean(e.Reason, 200)
	if err != nil {
		return e, at(err, "reason")
	}
	if e.Reason = reason; e.Last == "" {
		e.Last = e.First
	}
	switch {
	case !slices.Contains(ExceptionKinds, e.Kind):
		return e, fault.New(fault.Invalid, "exception.kind", "there is no exception %q", e.Kind).At("kind")
	case e.Kind == Closure && e.Provider != 0:
		return e, fault.New(fault.Invalid, "exception.provider", "a closure is nobody's").At("provider_id")
	case e.Kind != Closure && e.Provider == 0:
		return e, fault.New(fault.Invalid, "exception.provider", "whose it is is missing").At("provider_id")
	case !e.First.Valid():
		return e, fault.New(fault.Invalid, "date.syntax", "%q is no day", e.First).At("first")
	case !e.Last.Valid():
		return e, fault.New(fault.Invalid, "date.syntax", "%q is no day", e.Last).At("last")
	case e.Last < e.First || e.Last.Sub(e.First) > maxExceptionDays:
		return e, fault.New(fault.Invalid, "exception.days", "it ends after it begins, within %d days", maxExceptionDays).At("last")
	}
	if e.From == 0 && e.Until == 0 {
		if e.Kind == Extra {
			return e, fault.New(fault.Invalid, "schedule.hours", "extra time has hours").At("from")
		}
		e.Until = 24 * 60
	}
	if err := checkHours(e.From, e.Until); err != nil {
		return e, err
	}
	if e.Kind != Extra {
		e.Capacity, e.Room = 1, 0
	}
	return e, checkCapacity(&e.Capacity)
}

// concerns reports whether the exception holds for the provider at the branch
// on the day.
func (e Exception) concerns(p ProviderID, b BranchID, d jalali.Day) bool {
	return e.Offered() && e.First <= d && d <= e.Last && (e.Provider == 0 || e.Provider == p) && (e.Branch == 0 || e.Branch == b)
}

// Holiday is a day on which nobody works, unless Worked says that this clinic
// does all the same.
type Holiday struct {
	Day    jalali.Day
	Name   string
	Worked bool
}

// Check cleans a holiday. Invalid date.syntax, catalogue.name.
func (h Holiday) Check() (Holiday, error) {
	if !h.Day.Valid() {
		return h, fault.New(fault.Invalid, "date.syntax", "%q is no day", h.Day).At("day")
	}
	return h, cleanName(&h.Name)
}

// BookingRules are how a provider is booked.
type BookingRules struct {
	SlotMinutes   int    `json:"slot_minutes"`   // free times begin so far apart, and an appointment without a service lasts so long
	OpenDays      int    `json:"open_days"`      // how many days ahead may be booked; 0: ten years
	NoticeMinutes int    `json:"notice_minutes"` // the public books so long before at the latest
	CancelHours   int    `json:"cancel_hours"`   // the public cancels so long before at the latest
	Online        bool   `json:"online"`         // the public may book
	Biography     string `json:"biography"`      // on the public page
}

// DefaultBookingRules are what the program proposes.
func DefaultBookingRules() BookingRules {
	return BookingRules{SlotMinutes: 15, NoticeMinutes: 60, CancelHours: 24}
}

// ParseBookingRules reads what String wrote; what is not said is as proposed.
func ParseBookingRules(text string) (BookingRules, error) {
	r := DefaultBookingRules()
	if text == "" {
		return r, nil
	}
	return r, unmarshalRules(text, &r)
}

// unmarshalRules reads what rulesText wrote.
func unmarshalRules(text string, into any) error { return json.Unmarshal([]byte(text), into) }

// String is how the rules are stored.
func (r BookingRules) String() string { return rulesText(r) }

// rulesText is how a set of rules is stored.
func rulesText(rules any) string {
	text, err := json.Marshal(rules)
	if err != nil {
		panic("rules are no JSON: " + err.Error())
	}
	return string(text)
}

// Check cleans the rules; nothing at all is what the program proposes. Invalid
// booking_rules.slot, booking_rules.open, booking_rules.notice,
// booking_rules.cancel, text.long.
func (r BookingRules) Check() (BookingRules, error) {
	if r == (BookingRules{}) {
		return DefaultBookingRules(), nil
	}
	text, err := farsi.CleanLines(r.Biography, 2000)
	if err != nil {
		return r, at(err, "biography")
	}
	r.Biography = text
	switch {
	case r.SlotMinutes < unitMinutes || r.SlotMinutes > 8*60 || r.SlotMinutes%unitMinutes != 0:
		return r, fault.New(fault.Invalid, "booking_rules.slot", "a slot is 5 minutes to 8 hours, in fives").At("slot_minutes")
	case r.OpenDays < 0 || r.OpenDays > maxRuleDays:
		return r, fault.New(fault.Invalid, "booking_rules.open", "days ahead are up to ten years").At("open_days")
	case r.NoticeMinutes < 0 || r.NoticeMinutes > 60*24*30:
		return r, fault.New(fault.Invalid, "booking_rules.notice", "the notice is up to 30 days").At("notice_minutes")
	case r.CancelHours < 0 || r.CancelHours > 24*30:
		return r, fault.New(fault.Invalid, "booking_rules.cancel", "cancelling ends up to 30 days before").At("cancel_hours")
	}
	return r, nil
}

// Week is all that says when providers work in a stretch of days.
type Week struct {
	Zone       *time.Location
	Shifts     []WorkShift
	Exceptions []Exception
	Holidays   []Holiday // of those days
}

// Opening is a stretch of time in which a provider takes appointments.
type Opening struct {
	Branch      BranchID
	Room        ResourceID
	Capacity    int
	From, Until time.Time
}

// minutes is a stretch of a day.
type minutes struct{ from, until int }

// without is what is left of the stretch outside the other.
func (m minutes) without(o minutes) (left []minutes) {
	if o.until <= m.from || o.from >= m.until {
		return []minutes{m}
	}
	if m.from < o.from {
		left = append(left, minutes{m.from, o.from})
	}
	if o.until < m.until {
		left = append(left, minutes{o.until, m.until})
	}
	return left
}

// Holiday returns the holiday on the day, and false when it is worked.
func (w Week) Holiday(d jalali.Day) (Holiday, bool) {
	i := slices.IndexFunc(w.Holidays, func(h Holiday) bool { return h.Day == d })
	if i < 0 || w.Holidays[i].Worked {
		return Holiday{}, false
	}
	return w.Holidays[i], true
}

// Openings are when the provider takes appointments on the day, in order: the
// shifts of the weekday unless it is a holiday, without leave and closures, and
// what is worked besides. Times that the clocks pass over are left out.
func (w Week) Openings(p ProviderID, d jalali.Day) (all []Opening) {
	add := func(b BranchID, room ResourceID, capacity int, span minutes, shut ...ExceptionKind) {
		left := []minutes{span}
		for _, e := range w.Exceptions {
			if !slices.Contains(shut, e.Kind) || !e.concerns(p, b, d) {
				continue
			}
			var rest []minutes
			for _, m := range left {
				rest = append(rest, m.without(minutes{e.From, e.Until})...)
			}
			left = rest
		}
		for _, m := range left {
			from, ok := d.At(m.from, w.Zone)
			until, also := d.At(m.until, w.Zone)
			if ok && also {
				all = append(all, Opening{Branch: b, Room: room, Capacity: capacity, From: from, Until: until})
			}
		}
	}
	if _, off := w.Holiday(d); !off {
		for _, s := range w.Shifts {
			if s.Provider == p && s.holdsOn(d) {
				add(s.Branch, s.Room, s.Capacity, minutes{s.From, s.Until}, Leave, Closure)
			}
		}
	}
	for _, e := range w.Exceptions {
		if e.Kind == Extra && e.Provider == p && e.concerns(p, e.Branch, d) {
			add(e.Branch, e.Room, e.Capacity, minutes{e.From, e.Until}, Closure)
		}
	}
	slices.SortStableFunc(all, func(a, b Opening) int { return cmp.Or(a.From.Compare(b.From), a.Until.Compare(b.Until)) })
	return all
}

// Shut lists the leave and the closures that concern the provider on the day, at
// the branch, 0 for any.
func (w Week) Shut(p ProviderID, b BranchID, d jalali.Day) (all []Exception) {
	for _, e := range w.Exceptions {
		at := b
		if b == 0 {
			at = e.Branch
		}
		if e.Kind != Extra && e.concerns(p, at, d) {
			all = append(all, e)
		}
	}
	return all
}

// OfficialHolidays are the holidays of a Jalali year as the program knows them.
func OfficialHolidays(year int) (all []Holiday) {
	for _, h := range jalali.Holidays(year) {
		all = append(all, Holiday{Day: h.Day, Name: h.Name})
	}
	return all
}
