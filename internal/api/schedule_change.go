package api

import (
	"context"
	"slices"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/jalali"
)

// resourceForm is a room or a device; of a change only what is said.
type resourceForm struct {
	BranchID *string `json:"branch_id,omitempty"`
	Kind     *string `json:"kind,omitempty" doc:"room or device"`
	Code     *string `json:"code,omitempty"`
	Name     *string `json:"name,omitempty"`
	Capacity *int    `json:"capacity,omitempty" doc:"1 when missing"`
	Disabled *bool   `json:"disabled,omitempty"`
	DryRun   bool    `json:"dry_run,omitempty"`
}

// fill writes what the form says.
func (f resourceForm) fill(r *clinic.Resource) error {
	set((*string)(&r.Kind), f.Kind)
	set(&r.Code, f.Code)
	set(&r.Name, f.Name)
	set(&r.Capacity, f.Capacity)
	set(&r.Disabled, f.Disabled)
	return setID(&r.Branch, f.BranchID, "branch", "branch_id")
}

// setID is set for an id.
func setID[T ~int64](to *T, text *string, what, field string) (err error) {
	if text != nil {
		*to, err = number[T](*text, what, field)
	}
	return err
}

// setDay is set for a day.
func setDay(to *jalali.Day, text *string, field string, today jalali.Day) (err error) {
	if text != nil {
		*to, err = day(*text, field, today)
	}
	return err
}

// setClock is set for a clock time.
func setClock(to *int, text *string, field string) (err error) {
	if text != nil {
		*to, err = clock(*text, field)
	}
	return err
}

// first is the first of what was refused.
func first(all ...error) error {
	for _, err := range all {
		if err != nil {
			return err
		}
	}
	return nil
}

// edited is the version that a change of a row names. Invalid request.version.
func edited(header string) (int64, error) {
	version, err := matched(header, nil)
	if err == nil && version == nil {
		err = fault.New(fault.Invalid, "request.version", "the header If-Match is the ETag that was read").At("If-Match")
	}
	if err != nil {
		return 0, err
	}
	return *version, nil
}

// rowOf is the row with the id. NotFound, as what it is.
func rowOf[R any](rows []R, what string, is func(R) bool) (r R, err error) {
	i := slices.IndexFunc(rows, is)
	if i < 0 {
		return r, fault.New(fault.NotFound, what+".none", "there is no such %s", what)
	}
	return rows[i], nil
}

func (s *server) addResource(ctx context.Context, a clinic.Actor, in *post[resourceForm]) (*answer[resource], error) {
	form, err := decode[resourceForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	row := clinic.Resource{Branch: a.Branch}
	if err := form.fill(&row); err != nil {
		return nil, err
	}
	return s.saveResource(ctx, a, row, desk.Request{Key: in.Key, DryRun: form.DryRun})
}

func (s *server) editResource(ctx context.Context, a clinic.Actor, in *versioned[resourceForm]) (*answer[resource], error) {
	form, err := decode[resourceForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	version, err := edited(in.IfMatch)
	if err != nil {
		return nil, err
	}
	all, err := s.desk.Schedule(ctx, a)
	if err != nil {
		return nil, err
	}
	row, err := rowOf(all.Resources, "resource", func(r clinic.Resource) bool { return name(r.ID) == in.ID })
	if err != nil {
		return nil, err
	}
	if err := form.fill(&row); err != nil {
		return nil, err
	}
	row.Version = version
	return s.saveResource(ctx, a, row, desk.Request{Key: in.Key, DryRun: form.DryRun})
}

func (s *server) saveResource(ctx context.Context, a clinic.Actor, row clinic.Resource, r desk.Request) (*answer[resource], error) {
	done, err := s.desk.SaveResource(ctx, a, desk.Save[clinic.Resource]{Row: row, Request: r})
	if err != nil {
		return nil, err
	}
	return &answer[resource]{ETag: etag(done.Version), Body: showResource(done)}, nil
}

// workShiftForm is when a provider works each week; of a change only what is
// said.
type workShiftForm struct {
	ProviderID *string `json:"provider_id,omitempty"`
	BranchID   *string `json:"branch_id,omitempty" doc:"the caller's when missing"`
	RoomID     *string `json:"room_id,omitempty"`
	Weekday    *string `json:"weekday,omitempty" doc:"saturday to friday"`
	From       *string `json:"from,omitempty" doc:"HH:MM"`
	Until      *string `json:"until,omitempty" doc:"HH:MM, up to 24:00"`
	Capacity   *int    `json:"capacity,omitempty" doc:"1 when missing"`
	ValidFrom  *string `json:"valid_from,omitempty"`
	ValidUntil *string `json:"valid_until,omitempty"`
	Disabled   *bool   `json:"disabled,omitempty"`
	DryRun     bool    `json:"dry_run,omitempty"`
}

// fill writes what the form says. Invalid schedule.weekday.
func (f workShiftForm) fill(s *clinic.WorkShift, today jalali.Day) error {
	set(&s.Capacity, f.Capacity)
	set(&s.Disabled, f.Disabled)
	if f.Weekday != nil {
		s.Weekday = jalali.Weekday(slices.Index(weekdays, *f.Weekday))
	}
	return first(setID(&s.Provider, f.ProviderID, "provider", "provider_id"), setID(&s.Branch, f.BranchID, "branch", "branch_id"),
		setID(&s.Room, f.RoomID, "resource", "room_id"), setClock(&s.From, f.From, "from"), setClock(&s.Until, f.Until, "until"),
		setDay(&s.ValidFrom, f.ValidFrom, "valid_from", today), setDay(&s.ValidUntil, f.ValidUntil, "valid_until", today))
}

func (s *server) addWorkShift(ctx context.Context, a clinic.Actor, in *post[workShiftForm]) (*answer[workShift], error) {
	form, err := decode[workShiftForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	today, err := s.today(ctx, a)
	if err != nil {
		return nil, err
	}
	row := clinic.WorkShift{Branch: a.Branch, Weekday: -1}
	if err := form.fill(&row, today); err != nil {
		return nil, err
	}
	return s.saveWorkShift(ctx, a, row, desk.Request{Key: in.Key, DryRun: form.DryRun})
}

func (s *server) editWorkShift(ctx context.Context, a clinic.Actor, in *versioned[workShiftForm]) (*answer[workShift], error) {
	form, err := decode[workShiftForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	version, err := edited(in.IfMatch)
	if err != nil {
		return nil, err
	}
	all, err := s.desk.Schedule(ctx, a)
	if err != nil {
		return nil, err
	}
	row, err := rowOf(all.Shifts, "work_shift", func(w clinic.WorkShift) bool { return name(w.ID) == in.ID })
	if err != nil {
		return nil, err
	}
	if err := form.fill(&row, all.Today); err != nil {
		return nil, err
	}
	row.Version = version
	return s.saveWorkShift(ctx, a, row, desk.Request{Key: in.Key, DryRun: form.DryRun})
}

func (s *server) saveWorkShift(ctx context.Context, a clinic.Actor, row clinic.WorkShift, r desk.Request) (*answer[workShift], error) {
	done, err := s.desk.SaveWorkShift(ctx, a, desk.Save[clinic.WorkShift]{Row: row, Request: r})
	if err != nil {
		return nil, err
	}
	return &answer[workShift]{ETag: etag(done.Version), Body: showWorkShift(done)}, nil
}

// exceptionForm is a leave, a closure or extra time; of a change only what is
// said.
type exceptionForm struct {
	Kind       *string `json:"kind,omitempty" doc:"leave, closure or extra"`
	ProviderID *string `json:"provider_id,omitempty" doc:"of leave and extra"`
	BranchID   *string `json:"branch_id,omitempty" doc:"every branch when missing; of extra the caller's"`
	RoomID     *string `json:"room_id,omitempty" doc:"of extra"`
	First      *string `json:"first,omitempty"`
	Last       *string `json:"last,omitempty" doc:"the first when missing"`
	From       *string `json:"from,omitempty" doc:"HH:MM; the whole day when missing"`
	Until      *string `json:"until,omitempty" doc:"HH:MM, up to 24:00"`
	Capacity   *int    `json:"capacity,omitempty" doc:"of extra; 1 when missing"`
	Reason     *string `json:"reason,omitempty"`
	Disabled   *bool   `json:"disabled,omitempty"`
	DryRun     bool    `json:"dry_run,omitempty"`
}

// fill writes what the form says.
func (f exceptionForm) fill(e *clinic.Exception, today jalali.Day) error {
	set((*string)(&e.Kind), f.Kind)
	set(&e.Capacity, f.Capacity)
	set(&e.Reason, f.Reason)
	set(&e.Disabled, f.Disabled)
	return first(setID(&e.Provider, f.ProviderID, "provider", "provider_id"), setID(&e.Branch, f.BranchID, "branch", "branch_id"),
		setID(&e.Room, f.RoomID, "resource", "room_id"), setClock(&e.From, f.From, "from"), setClock(&e.Until, f.Until, "until"),
		setDay(&e.First, f.First, "first", today), setDay(&e.Last, f.Last, "last", today))
}

func (s *server) addException(ctx context.Context, a clinic.Actor, in *post[exceptionForm]) (*answer[exception], error) {
	form, err := decode[exceptionForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	today, err := s.today(ctx, a)
	if err != nil {
		return nil, err
	}
	var row clinic.Exception
	if err := form.fill(&row, today); err != nil {
		return nil, err
	}
	return s.saveException(ctx, a, row, desk.Request{Key: in.Key, DryRun: form.DryRun})
}

func (s *server) editException(ctx context.Context, a clinic.Actor, in *versioned[exceptionForm]) (*answer[exception], error) {
	form, err := decode[exceptionForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	version, err := edited(in.IfMatch)
	if err != nil {
		return nil, err
	}
	all, err := s.desk.Schedule(ctx, a)
	if err != nil {
		return nil, err
	}
	row, err := rowOf(all.Exceptions, "schedule_exception", func(e clinic.Exception) bool { return name(e.ID) == in.ID })
	if err != nil {
		return nil, err
	}
	if err := form.fill(&row, all.Today); err != nil {
		return nil, err
	}
	row.Version = version
	return s.saveException(ctx, a, row, desk.Request{Key: in.Key, DryRun: form.DryRun})
}

func (s *server) saveException(ctx context.Context, a clinic.Actor, row clinic.Exception, r desk.Request) (*answer[exception], error) {
	done, err := s.desk.SaveException(ctx, a, desk.Save[clinic.Exception]{Row: row, Request: r})
	if err != nil {
		return nil, err
	}
	return &answer[exception]{ETag: etag(done.Version), Body: showException(done)}, nil
}
