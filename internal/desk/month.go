package desk

import (
	"context"
	"slices"

	"daftar/internal/clinic"
	"daftar/internal/jalali"
	"daftar/internal/store"
)

// MonthDay is a day of the month overview.
type MonthDay struct {
	Day     jalali.Day
	Holiday string
	Worked  bool // somebody takes appointments
	Taking  int  // appointments that take time
	All     int
}

// Month returns the days from First to Last, at most 62, with how much is
// booked. Invalid date.syntax, availability.range.
func (d *Desk) Month(ctx context.Context, actor clinic.Actor, q CalendarQuery) (days []MonthDay, err error) {
	if err := actor.May(clinic.ReadAppointments); err != nil {
		return nil, err
	}
	if err := checkDays(q.First, q.Last); err != nil {
		return nil, err
	}
	err = d.read(ctx, actor, func(w work) (err error) {
		if branch := w.branch(); branch != 0 {
			q.Branch = branch
		}
		week, err := w.week(ctx, q.Provider, q.First, q.Last)
		if err != nil {
			return err
		}
		providers, err := w.doing(ctx, Wanted{Provider: q.Provider})
		if err != nil {
			return err
		}
		from, until := w.daySpan(q.First, q.Last)
		counts, err := w.AppointmentsByDay(ctx, store.AppointmentQuery{From: from, Until: until, Provider: q.Provider, Branch: q.Branch}, w.clinic.Day)
		if err != nil {
			return err
		}
		for day := q.First; day != "" && day <= q.Last; day = day.Add(1) { // no day follows the last there is
			one := MonthDay{Day: day, Taking: counts[day].Taking, All: counts[day].All}
			if h, off := week.Holiday(day); off {
				one.Holiday = h.Name
			}
			one.Worked = slices.ContainsFunc(providers, func(p clinic.ProviderID) bool {
				return slices.ContainsFunc(week.Openings(p, day), func(o clinic.Opening) bool { return q.Branch == 0 || o.Branch == q.Branch })
			})
			days = append(days, one)
		}
		return nil
	})
	return days, err
}
