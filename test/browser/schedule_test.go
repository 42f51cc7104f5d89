package browser_test

import (
	"context"
	"strconv"
	"time"

	"daftar/internal/clinic"
	office "daftar/internal/desk"
	"daftar/internal/jalali"
	"daftar/test/site"
)

// schedulePages are the pages that say when people work, of a provider with a
// week, a leave on it and a patient who has an appointment then.
func schedulePages(s *site.Site) []judged {
	provider, leave := busyWeek(s)
	return []judged{
		{name: "schedule", as: "manager", path: "/settings/schedule", shows: `.work-shift`},
		{name: "shift-new", as: "manager", path: "/settings/schedule/shifts/new?provider_id=" + provider, shows: `[data-testid=form-work_shift]`},
		{name: "shift-refused", as: "manager", path: "/settings/schedule/shifts/new", shows: `[data-testid=form-work_shift]`,
			click: `[data-testid=form-work_shift] button`, then: `.alert`},
		{name: "exceptions", as: "manager", path: "/settings/schedule/exceptions?done=" + leave, shows: `[data-testid=table-exceptions] table`},
		{name: "exception", as: "manager", path: "/settings/schedule/exceptions/" + leave, shows: `[data-testid=form-exception_leave]`, click: `name-menu a`, then: `[role=menu]`},
		{name: "provider-services", as: "manager", path: "/settings/schedule/services/" + provider, shows: `[data-testid=form-provider_services]`},
		{name: "cancel-many", as: "manager", path: "/appointments/cancel-many?first=2026-12-01&words=x", shows: `[data-testid=row-affected-` + affectedOf(s) + `]`},
		{name: "cancelled", as: "manager", path: "/appointments/cancel-many/done?first=2026-12-02", shows: `[data-testid=table-cancelled]`},
		{name: "holidays", as: "manager", path: "/settings/holidays", shows: `[data-testid=table-holidays]`},
		{name: "holidays-import", as: "manager", path: "/settings/holidays/import", shows: `[data-testid=form-holiday_import]`},
		{name: "holidays-official", as: "manager", path: "/settings/holidays/official?year=1406", shows: `[data-testid=form-holiday_official]`},
		{name: "resources", as: "manager", path: "/settings/resources", shows: `[data-testid=table-resources]`},
		{name: "provider-form", as: "manager", path: "/settings/providers/" + provider, shows: `[data-testid=form-setting]`},
	}
}

// busyWeek makes the week, once for a site, and returns the ids of the provider
// and of the leave.
func busyWeek(s *site.Site) (provider, leave string) {
	ctx := context.Background()
	plan, err := s.Desk.Schedule(ctx, s.Manager)
	if err != nil || len(plan.Providers) == 0 {
		return "", ""
	}
	rad := plan.Providers[0].ID
	provider = strconv.FormatInt(int64(rad), 10)
	if len(plan.Exceptions) > 0 {
		return provider, strconv.FormatInt(int64(plan.Exceptions[0].ID), 10)
	}
	room, _ := s.Desk.SaveResource(ctx, s.Manager, office.Save[clinic.Resource]{Row: clinic.Resource{Branch: s.Manager.Branch, Kind: clinic.Room, Code: "r1", Name: "اتاق ۱"}})
	var week []clinic.WorkShift
	for day := jalali.Saturday; day <= jalali.Thursday; day++ {
		week = append(week, clinic.WorkShift{Provider: rad, Branch: s.Manager.Branch, Room: room.ID, Weekday: day, From: 7*60 + 30, Until: 13*60 + 30, Capacity: 2},
			clinic.WorkShift{Provider: rad, Branch: s.Manager.Branch, Weekday: day, From: 16*60 + 30, Until: 21*60 + 30, ValidUntil: "2027-03-20"})
	}
	_, _ = s.Desk.SaveWorkShifts(ctx, s.Manager, office.Save[[]clinic.WorkShift]{Row: week})
	for i, patient := range []clinic.PatientID{s.Maryam, s.Zahra} {
		starts := time.Date(2026, 12, 1, 6+i, 0, 0, 0, time.UTC) // 9:30 in Tehran, and an hour later
		_, _ = s.Desk.Book(ctx, s.Manager, office.Book{Patient: patient, Provider: rad, Starts: starts, Minutes: 30})
	}
	e, _ := s.Desk.SaveException(ctx, s.Manager, office.Save[clinic.Exception]{Row: clinic.Exception{Kind: clinic.Leave, Provider: rad, First: "2026-12-01", Reason: "همایش"}})
	return provider, strconv.FormatInt(int64(e.ID), 10)
}

// affectedOf is the id of the first appointment on the day of the leave.
func affectedOf(s *site.Site) string {
	items, err := s.Desk.Affected(context.Background(), s.Manager, clinic.Exception{Kind: clinic.Closure, First: "2026-12-01"})
	if err != nil || len(items) == 0 {
		return "none"
	}
	return strconv.FormatInt(int64(items[0].ID), 10)
}
