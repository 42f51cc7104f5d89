package desk

import (
	"context"
	"slices"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/jalali"
)

// week is when people work on the days, everybody for provider 0. A Jalali year
// of which the clinic has no holidays has those that the program knows.
func (w work) week(ctx context.Context, p clinic.ProviderID, first, last jalali.Day) (k clinic.Week, err error) {
	k.Zone = w.clinic.Zone
	if k.Shifts, err = w.WorkShifts(ctx, p); err != nil {
		return k, err
	}
	if k.Exceptions, err = w.Exceptions(ctx, first, last); err != nil {
		return k, err
	}
	k.Holidays, err = w.holidays(ctx, first, last)
	return k, err
}

// holidays are those of the days.
func (w work) holidays(ctx context.Context, first, last jalali.Day) (all []clinic.Holiday, err error) {
	for year := first.Date().Year; year <= last.Date().Year && first.Valid() && last.Valid(); year++ {
		from, until := jalali.YearRange(year)
		own, err := w.Holidays(ctx, from, until)
		if err != nil {
			return nil, err
		}
		if len(own) == 0 {
			own = clinic.OfficialHolidays(year)
		}
		for _, h := range own {
			if first <= h.Day && h.Day <= last {
				all = append(all, h)
			}
		}
	}
	return all, nil
}

// maxDays is how many days one look at the calendar covers.
const maxDays = 62

// calendar is what decides about times of a provider on the days. Refused
// provider.off.
func (w work) calendar(ctx context.Context, wish clinic.Wish, first, last jalali.Day) (c clinic.Calendar, err error) {
	provider, err := w.Provider(ctx, wish.Provider)
	if err == nil && provider.Disabled {
		err = fault.New(fault.Refused, "provider.off", "the provider is switched off").With("provider", provider.Name)
	}
	if err != nil {
		return c, at(err, "provider_id")
	}
	c.Rules, c.Now = provider.Booking, w.now
	if c.Week, err = w.week(ctx, wish.Provider, first, last); err != nil {
		return c, err
	}
	holders := []int64{int64(wish.Provider)}
	add := func(r clinic.ResourceID) {
		if r != 0 && !slices.Contains(holders, int64(r)) {
			holders = append(holders, int64(r))
		}
	}
	add(wish.Device)
	for _, s := range c.Shifts {
		add(s.Room)
	}
	for _, e := range c.Exceptions {
		if e.Provider == wish.Provider {
			add(e.Room)
		}
	}
	if len(holders) > 1 {
		resources, err := w.Resources(ctx)
		if err != nil {
			return c, err
		}
		c.Capacity = map[clinic.ResourceID]int{}
		for _, r := range resources {
			c.Capacity[r.ID] = r.Capacity
		}
	}
	from, _ := first.Bounds(w.clinic.Zone)
	_, until := last.Bounds(w.clinic.Zone)
	c.Busy, err = w.Busy(ctx, holders, clinic.Span{Starts: from, Ends: until})
	return c, err
}

// SaveResource adds or changes a room or a device. Faults are those of Check,
// NotFound branch.none, resource.none, Conflict resource.exists,
// resource.stale.
func (d *Desk) SaveResource(ctx context.Context, actor clinic.Actor, s Save[clinic.Resource]) (clinic.Resource, error) {
	return scheduled(ctx, d, actor, "schedule.resource", s, func(w work, r clinic.Resource) (clinic.Resource, int64, error) {
		r, err := r.Check()
		if err != nil {
			return r, 0, err
		}
		if _, err := w.Branch(ctx, r.Branch); err != nil {
			return r, 0, err
		}
		if err := w.ownResource(ctx, r); err != nil {
			return r, 0, err
		}
		if r.ID == 0 {
			r.ID, r.Standing = clinic.ResourceID(w.id()), clinic.Standing{Version: 1}
			return r, int64(r.ID), w.AddResource(ctx, r)
		}
		err = w.SaveResource(ctx, r, w.now)
		r.Version++
		return r, int64(r.ID), err
	})
}

// ownBranch refuses a branch that is not the one of somebody who sees only one:
// NotFound branch.none.
func (w work) ownBranch(b clinic.BranchID) error {
	if own := w.branch(); own != 0 && b != own {
		return fault.New(fault.NotFound, "branch.none", "there is no branch %d", b).At("branch_id")
	}
	return nil
}

// ownResource refuses a resource that lies, or is to lie, at another branch:
// NotFound branch.none, resource.none.
func (w work) ownResource(ctx context.Context, r clinic.Resource) error {
	if err := w.ownBranch(r.Branch); err != nil || r.ID == 0 || w.branch() == 0 {
		return err
	}
	all, err := w.Resources(ctx)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(all, func(o clinic.Resource) bool { return o.ID == r.ID && o.Branch != w.branch() }) {
		return fault.New(fault.NotFound, "resource.none", "there is no resource %d", r.ID)
	}
	return nil
}

// ownWorkShift refuses a shift that is, or is to be, at another branch: NotFound
// branch.none, work_shift.none.
func (w work) ownWorkShift(ctx context.Context, s clinic.WorkShift) error {
	if err := w.ownBranch(s.Branch); err != nil || s.ID == 0 || w.branch() == 0 {
		return err
	}
	all, err := w.WorkShifts(ctx, 0)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(all, func(o clinic.WorkShift) bool { return o.ID == s.ID && o.Branch != w.branch() }) {
		return fault.New(fault.NotFound, "work_shift.none", "there is no shift %d", s.ID)
	}
	return nil
}

// scheduled carries out the form of a row of the schedule.
func scheduled[R any](ctx context.Context, d *Desk, actor clinic.Actor, action string, s Save[R],
	do func(w work, row R) (kept R, id int64, err error)) (R, error) {
	return command(ctx, d, actor, clinic.WriteSchedules, action, s.Request, s.Row, func(w work) (R, error) {
		row, id, err := do(w, s.Row)
		if err != nil {
			return row, err
		}
		return row, w.audit(ctx, action, 0, id)
	})
}

// placedAt refuses a provider, a branch or a room that is not there or lies at
// another branch: NotFound provider.none, branch.none, resource.none.
func (w work) placedAt(ctx context.Context, p clinic.ProviderID, b clinic.BranchID, room clinic.ResourceID) error {
	if p != 0 {
		if _, err := w.Provider(ctx, p); err != nil {
			return at(err, "provider_id")
		}
	}
	if b != 0 {
		if _, err := w.Branch(ctx, b); err != nil {
			return at(err, "branch_id")
		}
	}
	if room == 0 {
		return nil
	}
	resources, err := w.Resources(ctx)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(resources, func(r clinic.Resource) bool {
		return r.ID == room && (b == 0 || r.Branch == b) && r.Kind == clinic.Room
	}) {
		return fault.New(fault.NotFound, "resource.none", "there is no room %d at the branch", room).At("room_id")
	}
	return nil
}

// SaveWorkShift adds or changes when a provider works each week. What is booked
// stays. Faults are those of Check, NotFound provider.none, branch.none,
// resource.none, work_shift.none, Conflict work_shift.stale.
func (d *Desk) SaveWorkShift(ctx context.Context, actor clinic.Actor, s Save[clinic.WorkShift]) (clinic.WorkShift, error) {
	return scheduled(ctx, d, actor, "schedule.shift", s, func(w work, row clinic.WorkShift) (clinic.WorkShift, int64, error) {
		row, err := w.workShift(ctx, row)
		return row, int64(row.ID), err
	})
}

// SaveWorkShifts adds or changes several shifts at once, all or none: the same
// hours on several weekdays, or a week that is copied. Faults are those of
// SaveWorkShift, and Invalid schedule.weekday for none at all.
func (d *Desk) SaveWorkShifts(ctx context.Context, actor clinic.Actor, s Save[[]clinic.WorkShift]) ([]clinic.WorkShift, error) {
	return command(ctx, d, actor, clinic.WriteSchedules, "schedule.shift", s.Request, s.Row, func(w work) (kept []clinic.WorkShift, err error) {
		if len(s.Row) == 0 {
			return nil, fault.New(fault.Invalid, "schedule.weekday", "there is no weekday").At("weekday")
		}
		for _, row := range s.Row {
			if row, err = w.workShift(ctx, row); err != nil {
				return nil, err
			}
			if err := w.audit(ctx, "schedule.shift", 0, int64(row.ID)); err != nil {
				return nil, err
			}
			kept = append(kept, row)
		}
		return kept, nil
	})
}

// workShift checks and stores a shift of the week.
func (w work) workShift(ctx context.Context, row clinic.WorkShift) (clinic.WorkShift, error) {
	row, err := row.Check()
	if err != nil {
		return row, err
	}
	if row.Provider == 0 {
		return row, fault.New(fault.Invalid, "exception.provider", "whose it is is missing").At("provider_id")
	}
	if row.Branch == 0 {
		row.Branch = w.actor.Branch
	}
	if err := w.placedAt(ctx, row.Provider, row.Branch, row.Room); err != nil {
		return row, err
	}
	if err := w.ownWorkShift(ctx, row); err != nil {
		return row, err
	}
	if row.ID == 0 {
		row.ID, row.Standing = clinic.WorkShiftID(w.id()), clinic.Standing{Version: 1}
		return row, w.AddWorkShift(ctx, row)
	}
	err = w.SaveWorkShift(ctx, row, w.now)
	row.Version++
	return row, err
}

// SaveException adds or changes a leave, a closure or extra time. What is
// booked stays: see Affected. What somebody of one branch writes holds at that
// branch. Faults are those of Check, NotFound provider.none, branch.none,
// resource.none, schedule_exception.none, Conflict schedule_exception.stale.
func (d *Desk) SaveException(ctx context.Context, actor clinic.Actor, s Save[clinic.Exception]) (clinic.Exception, error) {
	return scheduled(ctx, d, actor, "schedule.exception", s, func(w work, row clinic.Exception) (clinic.Exception, int64, error) {
		if w.branch() != 0 && (row.ID == 0 || row.Kind == clinic.Closure) {
			row.Branch = w.branch()
		}
		if err := w.ownException(ctx, row.ID); err != nil {
			return row, 0, err
		}
		row, err := w.exception(ctx, row)
		return row, int64(row.ID), err
	})
}

// ownException refuses to change what holds at another branch, or at all, to
// somebody of one: NotFound schedule_exception.none.
func (w work) ownException(ctx context.Context, id clinic.ExceptionID) error {
	if id == 0 || w.branch() == 0 {
		return nil
	}
	all, err := w.Exceptions(ctx, "0001-01-01", "")
	if err != nil {
		return err
	}
	for _, e := range all {
		everywhere := e.Branch == 0 && e.Kind != clinic.Closure // a leave of all branches is of this one too
		if e.ID == id && e.Branch != w.branch() && !everywhere {
			return fault.New(fault.NotFound, "schedule_exception.none", "it is of another branch")
		}
	}
	return nil
}

// exception checks and stores an exception.
func (w work) exception(ctx context.Context, row clinic.Exception) (clinic.Exception, error) {
	row, err := row.Check()
	if err != nil {
		return row, err
	}
	if row.Kind == clinic.Extra && row.Branch == 0 {
		row.Branch = w.actor.Branch
	}
	if err := w.placedAt(ctx, row.Provider, row.Branch, row.Room); err != nil {
		return row, err
	}
	if row.ID == 0 {
		row.ID, row.Standing = clinic.ExceptionID(w.id()), clinic.Standing{Version: 1}
		return row, w.AddException(ctx, row)
	}
	err = w.SaveException(ctx, row, w.now)
	row.Version++
	return row, err
}

// SetProviderServices says what a provider does; nothing is everything.
// NotFound provider.none, service.none.
func (d *Desk) SetProviderServices(ctx context.Context, actor clinic.Actor, p clinic.ProviderID, services []clinic.ServiceID, r Request) error {
	_, err := command(ctx, d, actor, clinic.WriteSchedules, "schedule.services", r, services, func(w work) (bool, error) {
		if _, err := w.Provider(ctx, p); err != nil {
			return false, err
		}
		for _, s := range services {
			if _, err := w.Service(ctx, s); err != nil {
				return false, err
			}
		}
		if err := w.Tx.SetProviderServices(ctx, p, slices.Compact(slices.Sorted(slices.Values(services)))); err != nil {
			return false, err
		}
		return true, w.audit(ctx, "schedule.services", 0, int64(p))
	})
	return err
}

// Schedule is everything that says when people work, for the pages of the
// settings and the calendar.
type Schedule struct {
	Providers  []clinic.Provider
	Branches   []clinic.Branch
	Services   []clinic.Service
	Resources  []clinic.Resource
	Shifts     []clinic.WorkShift
	Exceptions []clinic.Exception // that are not over
	Does       map[clinic.ProviderID][]clinic.ServiceID
	Today      jalali.Day
}

// Schedule returns it. Forbidden without the right to see appointments.
func (d *Desk) Schedule(ctx context.Context, actor clinic.Actor) (s Schedule, err error) {
	if err := actor.May(clinic.ReadAppointments); err != nil {
		return s, err
	}
	err = d.read(ctx, actor, func(w work) (err error) {
		s.Today = w.today()
		if s.Providers, err = w.Tx.Providers(ctx); err != nil {
			return err
		}
		if s.Branches, err = w.Branches(ctx); err != nil {
			return err
		}
		if s.Services, err = w.Services(ctx); err != nil {
			return err
		}
		if s.Resources, err = w.Resources(ctx); err != nil {
			return err
		}
		if s.Shifts, err = w.WorkShifts(ctx, 0); err != nil {
			return err
		}
		if s.Exceptions, err = w.Exceptions(ctx, s.Today, ""); err != nil {
			return err
		}
		s.Does, err = w.ProviderServices(ctx)
		return err
	})
	return s, err
}

// daySpan is the stretch of time that whole days are.
func (w work) daySpan(first, last jalali.Day) (from, until time.Time) {
	from, _ = first.Bounds(w.clinic.Zone)
	_, until = last.Bounds(w.clinic.Zone)
	return from, until
}
