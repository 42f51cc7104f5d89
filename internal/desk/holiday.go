package desk

import (
	"context"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/store"
)

// SaveHolidays is the form of a year's holidays: Set are written, Remove
// become ordinary days.
type SaveHolidays struct {
	Set     []clinic.Holiday
	Remove  []jalali.Day
	Request Request `json:"-"`
}

// SaveHolidays changes holidays. The first change of a year keeps the others
// that the program knows of it. Invalid those of Holiday.Check.
func (d *Desk) SaveHolidays(ctx context.Context, actor clinic.Actor, cmd SaveHolidays) (int, error) {
	return command(ctx, d, actor, clinic.WriteSchedules, "schedule.holidays", cmd.Request, cmd, func(w work) (int, error) {
		if err := w.ownYears(ctx, cmd); err != nil {
			return 0, err
		}
		for _, h := range cmd.Set {
			h, err := h.Check()
			if err != nil {
				return 0, err
			}
			if err := w.SetHoliday(ctx, h); err != nil {
				return 0, err
			}
		}
		for _, day := range cmd.Remove {
			if err := w.RemoveHoliday(ctx, day); err != nil {
				return 0, err
			}
		}
		return len(cmd.Set) + len(cmd.Remove), w.audit(ctx, "schedule.holidays", 0, 0)
	})
}

// ownYears writes what the program knows of the years that a change touches and
// the clinic has nothing of yet.
func (w work) ownYears(ctx context.Context, cmd SaveHolidays) error {
	years := map[int]bool{}
	for _, h := range cmd.Set {
		years[h.Day.Date().Year] = true
	}
	for _, day := range cmd.Remove {
		years[day.Date().Year] = true
	}
	for year := range years {
		first, last := jalali.YearRange(year)
		own, err := w.Holidays(ctx, first, last)
		if err != nil {
			return err
		}
		if len(own) > 0 {
			continue
		}
		for _, h := range clinic.OfficialHolidays(year) {
			if err := w.SetHoliday(ctx, h); err != nil {
				return err
			}
		}
	}
	return nil
}

// HolidaysOf lists the holidays of a Jalali year as they hold at the clinic.
// Invalid date.range.
func (d *Desk) HolidaysOf(ctx context.Context, actor clinic.Actor, year int) (all []clinic.Holiday, err error) {
	if err := actor.May(clinic.ReadAppointments); err != nil {
		return nil, err
	}
	first, last := jalali.YearRange(year)
	if first == "" {
		return nil, fault.New(fault.Invalid, "date.range", "there is no year %d", year).At("year")
	}
	err = d.read(ctx, actor, func(w work) (err error) {
		all, err = w.holidays(ctx, first, last)
		return err
	})
	return all, err
}

// BookedHoliday is a holiday with how many appointments lie on it that still
// wait; none on one that is over.
type BookedHoliday struct {
	clinic.Holiday
	Booked int
}

// BookedHolidays lists the holidays of a Jalali year as HolidaysOf does, with
// what is booked on them in the actor's branch or in all. Invalid date.range.
func (d *Desk) BookedHolidays(ctx context.Context, actor clinic.Actor, year int) (all []BookedHoliday, err error) {
	if err := actor.May(clinic.ReadAppointments); err != nil {
		return nil, err
	}
	first, last := jalali.YearRange(year)
	if first == "" {
		return nil, fault.New(fault.Invalid, "date.range", "there is no year %d", year).At("year")
	}
	err = d.read(ctx, actor, func(w work) error {
		own, err := w.holidays(ctx, first, last)
		if err != nil {
			return err
		}
		from, until := w.daySpan(first, last)
		if from.Before(w.now) {
			from = w.now
		}
		counts := map[jalali.Day]store.AppointmentCounts{}
		if from.Before(until) {
			counts, err = w.AppointmentsByDay(ctx, store.AppointmentQuery{From: from, Until: until, Branch: w.branch(), Statuses: expectedStates}, w.clinic.Day)
			if err != nil {
				return err
			}
		}
		for _, h := range own {
			all = append(all, BookedHoliday{h, counts[h.Day].All})
		}
		return nil
	})
	return all, err
}
