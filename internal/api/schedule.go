package api

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/jalali"
)

// weekdays are the days of the week as the API calls them, from Saturday.
var weekdays = []string{"saturday", "sunday", "monday", "tuesday", "wednesday", "thursday", "friday"}

// clock reads HH:MM as minutes of a day, 24:00 being its end; "" is 0. Invalid
// schedule.hours.
func clock(text, field string) (int, error) {
	if text == "" {
		return 0, nil
	}
	if text == "24:00" {
		return 24 * 60, nil
	}
	t, err := time.Parse("15:04", text)
	if err != nil || len(text) != len("15:04") {
		return 0, fault.New(fault.Invalid, "schedule.hours", "%q is no HH:MM", text).At(field)
	}
	return t.Hour()*60 + t.Minute(), nil
}

// hhmm writes minutes of a day.
func hhmm(minutes int) string { return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60) }

// resource is a room or a device.
type resource struct {
	ID       string `json:"id"`
	BranchID string `json:"branch_id"`
	Kind     string `json:"kind" doc:"room or device"`
	Code     string `json:"code"`
	Name     string `json:"name"`
	Capacity int    `json:"capacity" doc:"how many appointments may use it at once"`
	Disabled bool   `json:"disabled"`
	Version  int64  `json:"version"`
}

func showResource(r clinic.Resource) resource {
	return resource{name(r.ID), name(r.Branch), string(r.Kind), r.Code, r.Name, r.Capacity, r.Disabled, r.Version}
}

// workShift is when a provider works in each week.
type workShift struct {
	ID         string `json:"id"`
	ProviderID string `json:"provider_id"`
	BranchID   string `json:"branch_id"`
	RoomID     string `json:"room_id,omitempty"`
	Weekday    string `json:"weekday" doc:"saturday to friday"`
	From       string `json:"from" doc:"HH:MM"`
	Until      string `json:"until" doc:"HH:MM, up to 24:00"`
	Capacity   int    `json:"capacity"`
	ValidFrom  string `json:"valid_from,omitempty"`
	ValidUntil string `json:"valid_until,omitempty"`
	Disabled   bool   `json:"disabled"`
	Version    int64  `json:"version"`
}

func showWorkShift(s clinic.WorkShift) workShift {
	return workShift{name(s.ID), name(s.Provider), name(s.Branch), name(s.Room), weekdays[s.Weekday], hhmm(s.From), hhmm(s.Until), s.Capacity,
		string(s.ValidFrom), string(s.ValidUntil), s.Disabled, s.Version}
}

// exception is a stretch of days on which something else holds than the week
// says.
type exception struct {
	ID          string `json:"id"`
	Kind        string `json:"kind" doc:"leave of a provider, closure of a branch or all, extra time that is worked"`
	ProviderID  string `json:"provider_id,omitempty"`
	BranchID    string `json:"branch_id,omitempty"`
	RoomID      string `json:"room_id,omitempty"`
	First       string `json:"first"`
	FirstJalali string `json:"first_jalali"`
	Last        string `json:"last"`
	LastJalali  string `json:"last_jalali"`
	From        string `json:"from"`
	Until       string `json:"until"`
	Capacity    int    `json:"capacity"`
	Reason      string `json:"reason,omitempty"`
	Disabled    bool   `json:"disabled"`
	Version     int64  `json:"version"`
}

func showException(e clinic.Exception) exception {
	return exception{name(e.ID), string(e.Kind), name(e.Provider), name(e.Branch), name(e.Room), string(e.First), twin(e.First), string(e.Last), twin(e.Last),
		hhmm(e.From), hhmm(e.Until), e.Capacity, e.Reason, e.Disabled, e.Version}
}

// providerServices is what a provider does.
type providerServices struct {
	ProviderID string   `json:"provider_id"`
	ServiceIDs []string `json:"service_ids"`
}

// schedule is everything that says when people work.
type schedule struct {
	Resources  []resource         `json:"resources"`
	WorkShifts []workShift        `json:"work_shifts"`
	Exceptions []exception        `json:"schedule_exceptions" doc:"that are not over"`
	Does       []providerServices `json:"provider_services" doc:"a provider who is not in it does everything"`
}

func (s *server) addSchedule() {
	on := func(method, path, object, says string) call {
		return call{method: method, path: path, right: clinic.WriteSchedules, object: object, says: says, created: method == http.MethodPost}
	}
	add(s, call{method: http.MethodGet, path: "/schedule", right: clinic.ReadAppointments, object: "schedule",
		says: "Rooms and devices, the weeks of all providers, leave and closures"}, s.schedule)
	add(s, on(http.MethodPost, "/resources", "resource", "A new room or device"), s.addResource)
	add(s, on(http.MethodPatch, "/resources/{id}", "resource", "Change a room or device, or switch it off"), s.editResource)
	add(s, on(http.MethodPost, "/work-shifts", "work_shift", "When a provider works each week"), s.addWorkShift)
	add(s, on(http.MethodPatch, "/work-shifts/{id}", "work_shift", "Change it, or switch it off; what is booked stays"), s.editWorkShift)
	add(s, on(http.MethodPost, "/schedule-exceptions", "schedule_exception", "A leave, a closure or extra time; what is booked stays"), s.addException)
	add(s, on(http.MethodPatch, "/schedule-exceptions/{id}", "schedule_exception", "Change one that is not over, or switch it off"), s.editException)
	add(s, call{method: http.MethodGet, path: "/holidays", right: clinic.ReadAppointments, object: "holiday", says: "The holidays of a Jalali year"}, s.holidays)
	add(s, call{method: http.MethodPost, path: "/holidays", right: clinic.WriteSchedules, object: "holiday",
		says: "Set holidays over what was there, make others ordinary days"}, s.saveHolidays)
	add(s, call{method: http.MethodPost, path: "/providers/{id}/services", right: clinic.WriteSchedules, object: "provider",
		says: "What a provider does; nothing is everything"}, s.setProviderServices)
}

func (s *server) schedule(ctx context.Context, a clinic.Actor, _ *nothing) (*answer[schedule], error) {
	all, err := s.desk.Schedule(ctx, a)
	if err != nil {
		return nil, err
	}
	shown := schedule{Resources: []resource{}, WorkShifts: []workShift{}, Exceptions: []exception{}, Does: []providerServices{}}
	for _, r := range all.Resources {
		shown.Resources = append(shown.Resources, showResource(r))
	}
	for _, w := range all.Shifts {
		shown.WorkShifts = append(shown.WorkShifts, showWorkShift(w))
	}
	for _, e := range all.Exceptions {
		shown.Exceptions = append(shown.Exceptions, showException(e))
	}
	for _, p := range all.Providers {
		if does := all.Does[p.ID]; len(does) > 0 {
			shown.Does = append(shown.Does, providerServices{name(p.ID), namesOf(does)})
		}
	}
	return reply(shown), nil
}

// namesOf writes ids.
func namesOf[T ~int64](ids []T) []string {
	names := []string{}
	for _, id := range ids {
		names = append(names, name(id))
	}
	return names
}

type servicesForm struct {
	ServiceIDs []string `json:"service_ids"`
	DryRun     bool     `json:"dry_run,omitempty"`
}

func (s *server) setProviderServices(ctx context.Context, a clinic.Actor, in *postTo[servicesForm]) (*answer[providerServices], error) {
	form, err := decode[servicesForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	provider, err := number[clinic.ProviderID](in.ID, "provider", "id")
	if err != nil {
		return nil, err
	}
	var services []clinic.ServiceID
	for _, text := range form.ServiceIDs {
		id, err := number[clinic.ServiceID](text, "service", "service_ids")
		if err != nil {
			return nil, err
		}
		services = append(services, id)
	}
	if err := s.desk.SetProviderServices(ctx, a, provider, services, desk.Request{Key: in.Key, DryRun: form.DryRun}); err != nil {
		return nil, err
	}
	slices.Sort(services)
	return reply(providerServices{name(provider), namesOf(slices.Compact(services))}), nil
}

// holiday is a day on which nobody works, unless this clinic does.
type holiday struct {
	Day       string `json:"day"`
	DayJalali string `json:"day_jalali"`
	Name      string `json:"name"`
	Worked    bool   `json:"worked" doc:"this clinic works all the same"`
}

type holidayQuery struct {
	Year int `query:"year" doc:"Jalali; this one when missing"`
}

func (s *server) holidays(ctx context.Context, a clinic.Actor, in *holidayQuery) (*answer[list[holiday]], error) {
	today, err := s.today(ctx, a)
	if err != nil {
		return nil, err
	}
	year := in.Year
	if year == 0 {
		year = today.Date().Year
	}
	all, err := s.desk.HolidaysOf(ctx, a, year)
	if err != nil {
		return nil, err
	}
	shown := list[holiday]{Items: []holiday{}}
	for _, h := range all {
		shown.Items = append(shown.Items, holiday{string(h.Day), twin(h.Day), h.Name, h.Worked})
	}
	return reply(shown), nil
}

type setHoliday struct {
	Day    string `json:"day"`
	Name   string `json:"name"`
	Worked bool   `json:"worked,omitempty"`
}

type holidaysForm struct {
	Set    []setHoliday `json:"set,omitempty"`
	Remove []string     `json:"remove,omitempty" doc:"days that are ordinary ones"`
	DryRun bool         `json:"dry_run,omitempty"`
}

type holidaysSaved struct {
	Changed int `json:"changed"`
}

// save turns the form into the command. Invalid date.syntax for a missing day.
func (f holidaysForm) save(today jalali.Day) (cmd desk.SaveHolidays, err error) {
	read := func(text, field string) (jalali.Day, error) {
		d, err := day(text, field, today)
		if err == nil && d == "" {
			err = fault.New(fault.Invalid, "date.syntax", "the day is missing").At(field)
		}
		return d, err
	}
	for _, h := range f.Set {
		one := clinic.Holiday{Name: strings.TrimSpace(h.Name), Worked: h.Worked}
		if one.Day, err = read(h.Day, "day"); err != nil {
			return cmd, err
		}
		cmd.Set = append(cmd.Set, one)
	}
	for _, text := range f.Remove {
		d, err := read(text, "remove")
		if err != nil {
			return cmd, err
		}
		cmd.Remove = append(cmd.Remove, d)
	}
	return cmd, nil
}

func (s *server) saveHolidays(ctx context.Context, a clinic.Actor, in *post[holidaysForm]) (*answer[holidaysSaved], error) {
	form, err := decode[holidaysForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	today, err := s.today(ctx, a)
	if err != nil {
		return nil, err
	}
	cmd, err := form.save(today)
	if err != nil {
		return nil, err
	}
	cmd.Request = desk.Request{Key: in.Key, DryRun: form.DryRun}
	n, err := s.desk.SaveHolidays(ctx, a, cmd)
	if err != nil {
		return nil, err
	}
	return reply(holidaysSaved{n}), nil
}
