package desk

import (
	"context"

	"daftar/internal/clinic"
	"daftar/internal/jalali"
)

// Resource adds a room or a device; without a branch it is the actor's.
func (b Batch) Resource(ctx context.Context, r clinic.Resource) (clinic.ResourceID, error) {
	if r.Branch == 0 {
		r.Branch = b.w.actor.Branch
	}
	r, err := r.Check()
	if err != nil {
		return 0, err
	}
	if _, err := b.w.Branch(ctx, r.Branch); err != nil {
		return 0, err
	}
	r.ID = clinic.ResourceID(b.w.id())
	return r.ID, b.w.AddResource(ctx, r)
}

// WorkShift adds when a provider works each week; without a branch it is the
// actor's.
func (b Batch) WorkShift(ctx context.Context, s clinic.WorkShift) (clinic.WorkShiftID, error) {
	if s.Branch == 0 {
		s.Branch = b.w.actor.Branch
	}
	s, err := b.w.workShift(ctx, s)
	return s.ID, err
}

// Exception adds a leave, a closure or extra time.
func (b Batch) Exception(ctx context.Context, e clinic.Exception) (clinic.ExceptionID, error) {
	e, err := b.w.exception(ctx, e)
	return e.ID, err
}

// Holiday writes a holiday over what was there; the others that the program
// knows of its year stay.
func (b Batch) Holiday(ctx context.Context, h clinic.Holiday) error {
	h, err := h.Check()
	if err != nil {
		return err
	}
	if err := b.w.ownYears(ctx, SaveHolidays{Set: []clinic.Holiday{h}}); err != nil {
		return err
	}
	return b.w.SetHoliday(ctx, h)
}

// ProviderServices says what a provider does; nothing is everything.
func (b Batch) ProviderServices(ctx context.Context, p clinic.ProviderID, services []clinic.ServiceID) error {
	return b.w.SetProviderServices(ctx, p, services)
}

// Week is when people work on the days.
func (b Batch) Week(ctx context.Context, first, last jalali.Day) (clinic.Week, error) {
	return b.w.week(ctx, 0, first, last)
}
