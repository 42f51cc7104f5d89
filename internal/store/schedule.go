package store

import (
	"context"
	"fmt"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/jalali"
)

const resourceColumns = "branch, kind, code, name, capacity"

// AddResource adds a room or a device. Conflict resource.exists.
func (tx *Tx) AddResource(ctx context.Context, r clinic.Resource) error {
	return tx.add(ctx, "resource", "clinic, id, "+resourceColumns, tx.clinic, r.ID, r.Branch, r.Kind, r.Code, r.Name, r.Capacity)
}

// SaveResource writes a resource. NotFound resource.none, Conflict
// resource.stale, resource.exists.
func (tx *Tx) SaveResource(ctx context.Context, r clinic.Resource, now time.Time) error {
	return tx.edit(ctx, "resource", int64(r.ID), r.Standing, now, resourceColumns, r.Branch, r.Kind, r.Code, r.Name, r.Capacity)
}

// Resources lists the rooms and devices.
func (tx *Tx) Resources(ctx context.Context) ([]clinic.Resource, error) {
	return collect(ctx, tx, func(scan func(...any) error) (r clinic.Resource, err error) {
		return r, scan(append([]any{&r.ID, &r.Branch, &r.Kind, &r.Code, &r.Name, &r.Capacity}, standing(&r.Standing)...)...)
	}, `SELECT id, `+resourceColumns+`, `+standingColumns+` FROM resource WHERE clinic = $1 ORDER BY id`, tx.clinic)
}

const workShiftColumns = "provider, branch, room, weekday, begins, ends, capacity, valid_from, valid_until"

func workShiftValues(s clinic.WorkShift) []any {
	return []any{s.Provider, s.Branch, nullID(s.Room), int(s.Weekday), s.From, s.Until, s.Capacity, s.ValidFrom, s.ValidUntil}
}

// AddWorkShift adds a shift of the week.
func (tx *Tx) AddWorkShift(ctx context.Context, s clinic.WorkShift) error {
	return tx.add(ctx, "work_shift", "clinic, id, "+workShiftColumns, append([]any{tx.clinic, s.ID}, workShiftValues(s)...)...)
}

// SaveWorkShift writes a shift of the week. NotFound work_shift.none, Conflict
// work_shift.stale.
func (tx *Tx) SaveWorkShift(ctx context.Context, s clinic.WorkShift, now time.Time) error {
	return tx.edit(ctx, "work_shift", int64(s.ID), s.Standing, now, workShiftColumns, workShiftValues(s)...)
}

// WorkShifts lists the shifts of the week of a provider, 0 for everybody's, in
// the order of the week.
func (tx *Tx) WorkShifts(ctx context.Context, p clinic.ProviderID) ([]clinic.WorkShift, error) {
	args, condition := []any{tx.clinic}, ""
	if p != 0 {
		args, condition = append(args, p), " AND provider = $2"
	}
	return collect(ctx, tx, func(scan func(...any) error) (s clinic.WorkShift, err error) {
		return s, scan(append([]any{&s.ID, &s.Provider, &s.Branch, &s.Room, &s.Weekday, &s.From, &s.Until, &s.Capacity, &s.ValidFrom, &s.ValidUntil},
			standing(&s.Standing)...)...)
	}, `SELECT id, provider, branch, COALESCE(room, 0), weekday, begins, ends, capacity, valid_from, valid_until, `+standingColumns+`
		FROM work_shift WHERE clinic = $1`+condition+` ORDER BY provider, weekday, begins, id`, args...)
}

const exceptionColumns = "kind, provider, branch, room, first, last, begins, ends, capacity, reason"

func exceptionValues(e clinic.Exception) []any {
	return []any{e.Kind, nullID(e.Provider), nullID(e.Branch), nullID(e.Room), e.First, e.Last, e.From, e.Until, e.Capacity, e.Reason}
}

// AddException adds a leave, a closure or extra time.
func (tx *Tx) AddException(ctx context.Context, e clinic.Exception) error {
	return tx.add(ctx, "schedule_exception", "clinic, id, "+exceptionColumns, append([]any{tx.clinic, e.ID}, exceptionValues(e)...)...)
}

// SaveException writes one. NotFound schedule_exception.none, Conflict
// schedule_exception.stale.
func (tx *Tx) SaveException(ctx context.Context, e clinic.Exception, now time.Time) error {
	return tx.edit(ctx, "schedule_exception", int64(e.ID), e.Standing, now, exceptionColumns, exceptionValues(e)...)
}

// Exceptions lists what is not as the week says on the days, in their order;
// last "" is every later one.
func (tx *Tx) Exceptions(ctx context.Context, first, last jalali.Day) ([]clinic.Exception, error) {
	if last == "" {
		last = "9999-12-31"
	}
	return collect(ctx, tx, func(scan func(...any) error) (e clinic.Exception, err error) {
		return e, scan(append([]any{&e.ID, &e.Kind, &e.Provider, &e.Branch, &e.Room, &e.First, &e.Last, &e.From, &e.Until, &e.Capacity, &e.Reason},
			standing(&e.Standing)...)...)
	}, `SELECT id, kind, COALESCE(provider, 0), COALESCE(branch, 0), COALESCE(room, 0), first, last, begins, ends, capacity, reason, `+standingColumns+`
		FROM schedule_exception WHERE clinic = $1 AND last >= $2 AND first <= $3 ORDER BY first, id`, tx.clinic, first, last)
}

// SetHoliday writes a holiday over what was there.
func (tx *Tx) SetHoliday(ctx context.Context, h clinic.Holiday) error {
	err := tx.exec(ctx, `
		INSERT INTO holiday (clinic, day, name, worked) VALUES ($1, $2, $3, $4)
		ON CONFLICT (clinic, day) DO UPDATE SET name = excluded.name, worked = excluded.worked`, tx.clinic, h.Day, h.Name, bit(h.Worked))
	if err != nil {
		return fmt.Errorf("holiday %s: %w", h.Day, err)
	}
	return nil
}

// RemoveHoliday makes a holiday an ordinary day.
func (tx *Tx) RemoveHoliday(ctx context.Context, d jalali.Day) error {
	return tx.exec(ctx, `DELETE FROM holiday WHERE clinic = $1 AND day = $2`, tx.clinic, d)
}

// Holidays lists the holidays of the days, in order.
func (tx *Tx) Holidays(ctx context.Context, first, last jalali.Day) ([]clinic.Holiday, error) {
	return collect(ctx, tx, func(scan func(...any) error) (h clinic.Holiday, err error) {
		return h, scan(&h.Day, &h.Name, &h.Worked)
	}, `SELECT day, name, worked FROM holiday WHERE clinic = $1 AND day >= $2 AND day <= $3 ORDER BY day`, tx.clinic, first, last)
}

// ProviderServices says which services each provider does; one that is not in
// it does all.
func (tx *Tx) ProviderServices(ctx context.Context) (map[clinic.ProviderID][]clinic.ServiceID, error) {
	does := map[clinic.ProviderID][]clinic.ServiceID{}
	_, err := collect(ctx, tx, func(scan func(...any) error) (none struct{}, err error) {
		var p clinic.ProviderID
		var s clinic.ServiceID
		err = scan(&p, &s)
		does[p] = append(does[p], s)
		return none, err
	}, `SELECT provider, service FROM provider_service WHERE clinic = $1 ORDER BY provider, service`, tx.clinic)
	if err != nil {
		return nil, fmt.Errorf("services of providers: %w", err)
	}
	return does, nil
}

// SetProviderServices writes what a provider does; nothing is everything.
func (tx *Tx) SetProviderServices(ctx context.Context, p clinic.ProviderID, services []clinic.ServiceID) error {
	if err := tx.exec(ctx, `DELETE FROM provider_service WHERE clinic = $1 AND provider = $2`, tx.clinic, p); err != nil {
		return fmt.Errorf("services of provider %d: %w", p, err)
	}
	for _, s := range services {
		if err := tx.add(ctx, "provider_service", "clinic, provider, service", tx.clinic, p, s); err != nil {
			return err
		}
	}
	return nil
}

// DepositsForAppointment lists the deposits that are for an appointment.
func (tx *Tx) DepositsForAppointment(ctx context.Context, id clinic.AppointmentID) ([]clinic.Deposit, error) {
	return collect(ctx, tx, scanDeposit, `
		SELECT `+depositFields+`
		FROM deposit d
		LEFT JOIN (SELECT `+depositSums+` FROM deposit_movement WHERE clinic = $1 AND deposit IN (
			SELECT id FROM deposit WHERE clinic = $1 AND appointment = $2) GROUP BY deposit) v ON v.deposit = d.id
		WHERE d.clinic = $1 AND d.appointment = $2
		ORDER BY d.id`, tx.clinic, id)
}
