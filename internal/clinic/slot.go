package clinic

import (
	"time"

	"daftar/internal/fault"
	"daftar/internal/jalali"
)

// Busy is a span in which one seat of a holder is taken: of a provider, a room
// or a device.
type Busy struct {
	Holder int64
	Seat   int
	Span
}

// Wish is what a free time is looked for: with a provider for so many minutes,
// perhaps with a device.
type Wish struct {
	Provider ProviderID
	Minutes  int
	Branch   BranchID   // 0: any
	Device   ResourceID // 0: none
}

// Seat is one place of a holder that an appointment takes.
type Seat struct {
	Holder int64 // a provider, a room or a device
	Seat   int   // from 0
}

// Slot is a time that can be booked, with all that it takes: the seat of the
// provider first.
type Slot struct {
	Span
	Provider ProviderID
	Branch   BranchID
	Room     ResourceID
	Device   ResourceID
	Seats    []Seat
	Over     bool // a seat lies beyond the capacity
}

// Calendar is what decides whether a time is free: when people work, what is
// taken, and how many may use each room and device at once.
type Calendar struct {
	Week
	Busy     []Busy
	Capacity map[ResourceID]int
	Rules    BookingRules // of the provider
	Now      time.Time
}

// maxOverbooked is how many appointments one time holds beyond its capacity.
const maxOverbooked = 20

// fits is the slot in the opening with the seats that are free, up to so many
// beyond each capacity. Refused appointment.taken, appointment.room_taken.
func (c Calendar) fits(d diary, o Opening, s Span, w Wish, beyond int) (Slot, error) {
	slot := Slot{Span: s, Provider: w.Provider, Branch: o.Branch, Room: o.Room, Device: w.Device}
	for _, h := range []struct {
		id       int64
		capacity int
	}{{int64(w.Provider), o.Capacity}, {int64(o.Room), max(1, c.Capacity[o.Room])}, {int64(w.Device), max(1, c.Capacity[w.Device])}} {
		if h.id == 0 {
			continue
		}
		seat, others, ok := d.freeSeat(h.id, s)
		full := !ok || others >= h.capacity+beyond
		switch {
		case full && len(slot.Seats) == 0:
			return slot, Taken()
		case full:
			return slot, fault.New(fault.Refused, "appointment.room_taken", "the room or the device is in use").At("starts")
		}
		slot.Seats, slot.Over = append(slot.Seats, Seat{h.id, seat}), slot.Over || others >= h.capacity
	}
	return slot, nil
}

// Free returns the free times of the day, in order, each once.
func (c Calendar) Free(w Wish, d jalali.Day) []Slot { return c.free(diaryOf(c.Busy), w, d) }

// FreeOn returns the free times of each of the days.
func (c Calendar) FreeOn(w Wish, days []jalali.Day) [][]Slot {
	taken, all := diaryOf(c.Busy), make([][]Slot, len(days))
	for i, d := range days {
		all[i] = c.free(taken, w, d)
	}
	return all
}

func (c Calendar) free(taken diary, w Wish, d jalali.Day) (all []Slot) {
	step := time.Duration(max(c.Rules.SlotMinutes, unitMinutes)) * time.Minute
	length := time.Duration(w.Minutes) * time.Minute
	for _, o := range c.Openings(w.Provider, d) {
		if w.Branch != 0 && o.Branch != w.Branch {
			continue
		}
		for t := o.From; !t.Add(length).After(o.Until); t = t.Add(step) {
			if t.Before(c.Now) || len(all) > 0 && !all[len(all)-1].Starts.Before(t) {
				continue
			}
			if slot, err := c.fits(taken, o, Span{t, t.Add(length)}, w, 0); err == nil {
				all = append(all, slot)
			}
		}
	}
	return all
}

// Place says where an appointment goes that is wanted at a span: its branch,
// room and seats. With over it may have seats beyond the capacity.
//
// Refused appointment.past, appointment.too_far beyond the opening window,
// appointment.holiday, appointment.closed, appointment.leave with the reason,
// appointment.day_off, appointment.hours outside the shifts,
// appointment.room_taken, and appointment.taken when the provider's seats are
// given away.
func (c Calendar) Place(w Wish, s Span, over bool) (Slot, error) {
	day := jalali.DayOf(s.Starts, c.Zone)
	if err := c.timely(s, day); err != nil {
		return Slot{}, err
	}
	openings := c.Openings(w.Provider, day)
	var within []Opening
	for _, o := range openings {
		if s.Within(o) && (w.Branch == 0 || o.Branch == w.Branch) {
			within = append(within, o)
		}
	}
	if len(within) == 0 {
		return Slot{}, c.shut(w, s, day, len(openings) > 0)
	}
	beyond := 0
	if over {
		beyond = maxOverbooked
	}
	slot, refusal, taken := Slot{}, error(nil), diaryOf(c.Busy)
	for _, o := range within {
		found, err := c.fits(taken, o, s, w, beyond)
		if err == nil && (refusal != nil || slot.Seats == nil || slot.Over && !found.Over) {
			slot, refusal = found, nil
		} else if err != nil && slot.Seats == nil {
			refusal = err
		}
	}
	return slot, refusal
}

// Was is where an appointment was that is written down when its time has begun,
// whatever the week says: its seats are those that were free, the first of the
// provider unless others had it; room 0 is none. Refused appointment.taken when
// far too many had that time.
func (c Calendar) Was(w Wish, room ResourceID, s Span) (Slot, error) {
	return c.fits(diaryOf(c.Busy), Opening{Branch: w.Branch, Room: room, Capacity: 1}, s, w, maxOverbooked)
}

// Taken is the refusal of a time that somebody else has.
func Taken() *fault.Error {
	return fault.New(fault.Refused, "appointment.taken", "that time was taken just now").At("starts")
}

// LastDay is the last day that may be booked. A time further ahead than ten
// years is a slip.
func (r BookingRules) LastDay(today jalali.Day) jalali.Day {
	if r.OpenDays == 0 {
		return today.Add(maxRuleDays)
	}
	return today.Add(r.OpenDays)
}

// timely refuses a span that is over or lies beyond the opening window.
func (c Calendar) timely(s Span, day jalali.Day) error {
	if s.Starts.Before(c.Now.Truncate(SlotUnit)) {
		return pastTime()
	}
	if last := c.Rules.LastDay(jalali.DayOf(c.Now, c.Zone)); !day.Valid() || day > last {
		return fault.New(fault.Refused, "appointment.too_far", "times are given up to %s", last).With("day", string(last)).At("starts")
	}
	return nil
}

// shut says why nobody works at the span.
func (c Calendar) shut(w Wish, s Span, day jalali.Day, works bool) error {
	if h, off := c.Holiday(day); off && !works {
		return fault.New(fault.Refused, "appointment.holiday", "%s is a holiday: %s", day, h.Name).With("day", string(day)).With("name", h.Name).At("starts")
	}
	for _, e := range c.Exceptions {
		if e.Kind == Extra || !e.concerns(w.Provider, e.Branch, day) || w.Branch != 0 && e.Branch != 0 && e.Branch != w.Branch {
			continue
		}
		from, ok := day.At(e.From, c.Zone)
		until, also := day.At(e.Until, c.Zone)
		if ok && also && s.Overlaps(Span{from, until}) {
			code := "appointment.leave"
			if e.Kind == Closure {
				code = "appointment.closed"
			}
			return fault.New(fault.Refused, code, "nobody is there: %s", e.Reason).With("day", string(day)).With("reason", e.Reason).At("starts")
		}
	}
	if !works {
		return fault.New(fault.Refused, "appointment.day_off", "the provider does not work on that day").With("day", string(day)).
			With("weekday", day.Weekday().String()).At("starts")
	}
	return fault.New(fault.Refused, "appointment.hours", "the provider does not work at that time").With("day", string(day)).At("starts")
}
