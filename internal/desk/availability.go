package desk

import (
	"context"
	"slices"
	"strings"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/jalali"
)

// Wanted is what a time is looked for. Without a provider it is of anybody who
// does the service; without minutes as long as the service or a slot.
type Wanted struct {
	Provider clinic.ProviderID
	Service  clinic.ServiceID
	Branch   clinic.BranchID
	Minutes  int
}

// AvailabilityQuery asks for the free times of the days from From to To, at
// most 62 days.
type AvailabilityQuery struct {
	Wanted
	From, To jalali.Day
}

// FreeDay are the free times of a day, in order. Holiday is its name on one
// that nobody works.
type FreeDay struct {
	Day     jalali.Day
	Holiday string
	Slots   []clinic.Slot
}

// Availability returns the free times of each day; the times of several
// providers stand side by side, in order. Invalid date.syntax,
// availability.range; NotFound provider.none, service.none; Refused
// provider.off, service.off, appointment.not_offered.
func (d *Desk) Availability(ctx context.Context, actor clinic.Actor, q AvailabilityQuery) (days []FreeDay, err error) {
	if err := actor.May(clinic.ReadAppointments); err != nil {
		return nil, err
	}
	if err := checkDays(q.From, q.To); err != nil {
		return nil, err
	}
	err = d.read(ctx, actor, func(w work) (err error) {
		days, err = w.free(ctx, q.Wanted, q.From, q.To)
		return err
	})
	return days, err
}

// checkDays refuses days that are none, in the wrong order or too many: Invalid
// date.syntax, availability.range.
func checkDays(from, to jalali.Day) error {
	switch {
	case !from.Valid():
		return fault.New(fault.Invalid, "date.syntax", "%q is no day", from).At("from")
	case !to.Valid():
		return fault.New(fault.Invalid, "date.syntax", "%q is no day", to).At("to")
	case to < from || to.Sub(from) >= maxDays:
		return fault.New(fault.Invalid, "availability.range", "1 to %d days are looked at at once", maxDays).At("to")
	}
	return nil
}

// free returns the free times of the days.
func (w work) free(ctx context.Context, q Wanted, from, to jalali.Day) ([]FreeDay, error) {
	providers, err := w.doing(ctx, q)
	if err != nil {
		return nil, err
	}
	days := make([]FreeDay, to.Sub(from)+1)
	for i := range days {
		days[i].Day = from.Add(i)
	}
	holidays, err := w.holidays(ctx, from, to)
	if err != nil {
		return nil, err
	}
	for _, h := range holidays {
		if !h.Worked {
			days[h.Day.Sub(from)].Holiday = h.Name
		}
	}
	for _, p := range providers {
		one := q
		one.Provider = p
		wish, err := w.wish(ctx, one)
		if err != nil {
			return nil, err
		}
		c, err := w.calendar(ctx, wish, from, to)
		if err != nil {
			return nil, err
		}
		last := min(to, c.Rules.LastDay(w.today()))
		var open []jalali.Day
		for day := from; day <= last; day = day.Add(1) {
			open = append(open, day)
		}
		for i, slots := range c.FreeOn(wish, open) {
			days[i].Slots = append(days[i].Slots, slots...)
		}
	}
	if len(providers) > 1 {
		for i := range days {
			slices.SortStableFunc(days[i].Slots, func(a, b clinic.Slot) int { return a.Starts.Compare(b.Starts) })
		}
	}
	return days, nil
}

// doing are the providers that a time is looked for with: the one that is
// named, or all that are offered and do the service.
func (w work) doing(ctx context.Context, q Wanted) (ids []clinic.ProviderID, err error) {
	if q.Provider != 0 {
		return []clinic.ProviderID{q.Provider}, nil
	}
	all, err := offered(w.Tx.Providers(ctx))
	if err != nil {
		return nil, err
	}
	does, err := w.ProviderServices(ctx)
	if err != nil {
		return nil, err
	}
	for _, p := range all {
		if own := does[p.ID]; q.Service == 0 || len(own) == 0 || slices.Contains(own, q.Service) {
			ids = append(ids, p.ID)
		}
	}
	return ids, nil
}

// How far ahead the next free times are looked for, and in which pieces.
const (
	searchDays  = 120
	searchPiece = 14
)

// NextFree returns the first free times from the instant on, at most n, within
// 120 days. Faults are those of Availability.
func (d *Desk) NextFree(ctx context.Context, actor clinic.Actor, q Wanted, from time.Time, n int) (slots []clinic.Slot, err error) {
	if err := actor.May(clinic.ReadAppointments); err != nil {
		return nil, err
	}
	err = d.read(ctx, actor, func(w work) (err error) {
		slots, err = w.nextFree(ctx, q, from, n)
		return err
	})
	return slots, err
}

func (w work) nextFree(ctx context.Context, q Wanted, from time.Time, n int) (slots []clinic.Slot, err error) {
	if from.Before(w.now) {
		from = w.now
	}
	first := w.clinic.Day(from)
	for day := first; day != "" && day.Sub(first) < searchDays; day = day.Add(searchPiece) {
		days, err := w.free(ctx, q, day, day.Add(searchPiece-1))
		if err != nil {
			return nil, err
		}
		for _, d := range days {
			for _, s := range d.Slots {
				if len(slots) == n {
					return slots, nil
				}
				if !s.Starts.Before(from) {
					slots = append(slots, s)
				}
			}
		}
	}
	return slots, nil
}

// elsewhere are the refusals that another time answers.
var elsewhere = []string{"appointment.taken", "appointment.room_taken", "appointment.past", "appointment.holiday", "appointment.leave",
	"appointment.closed", "appointment.day_off", "appointment.hours", "appointment.too_far"}

// nextOffered is how many other times a refusal offers.
const nextOffered = 3

// withNext adds to the refusal of a time the next free ones, as "next":
// instants with commas between.
func (d *Desk) withNext(ctx context.Context, actor clinic.Actor, q Wanted, from time.Time, err error) error {
	e, ok := fault.As(err)
	if !ok || !slices.Contains(elsewhere, e.Code) {
		return err
	}
	slots, failed := d.NextFree(ctx, actor, q, from, nextOffered)
	if failed != nil || len(slots) == 0 {
		return err
	}
	var next []string
	for _, s := range slots {
		next = append(next, s.Starts.UTC().Format(time.RFC3339))
	}
	return e.With("next", strings.Join(next, ","))
}
