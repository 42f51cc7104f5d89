package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/jalali"
	"daftar/test/engine"
	"daftar/test/site"
)

// planOf is the schedule of the site.
func planOf(t *testing.T, s *site.Site) desk.Schedule {
	t.Helper()
	plan, err := s.Desk.Schedule(t.Context(), s.Manager)
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

// rad is the id of the site's provider, as forms send it.
func rad(t *testing.T, s *site.Site) string { return numeral(int64(planOf(t, s).Providers[0].ID)) }

// works lets the provider of the site work on each day from 9 to 13 and books
// Maryam on 1405/09/10 at 9:30.
func works(t *testing.T, s *site.Site) desk.Booked {
	t.Helper()
	provider := planOf(t, s).Providers[0].ID
	var week []clinic.WorkShift
	for day := jalali.Saturday; day <= jalali.Friday; day++ {
		week = append(week, clinic.WorkShift{Provider: provider, Branch: s.Manager.Branch, Weekday: day, From: 9 * 60, Until: 13 * 60})
	}
	if _, err := s.Desk.SaveWorkShifts(t.Context(), s.Manager, desk.Save[[]clinic.WorkShift]{Row: week}); err != nil {
		t.Fatal(err)
	}
	starts, _ := jalali.Day("2026-12-01").At(9*60+30, mustZone(t))
	done, err := s.Desk.Book(t.Context(), s.Manager, desk.Book{Patient: s.Maryam, Provider: provider, Starts: starts, Minutes: 30})
	if err != nil {
		t.Fatal(err)
	}
	return done
}

// A supervisor, who has no settings, finds the schedule in the rail and fills a
// week with one form.
func TestASupervisorFillsAWeek(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		s := site.Open(t, database)
		s.Hire(t, clinic.Supervisor)
		p := as(t, s, clinic.Supervisor)
		p.get("/settings").wants(t, http.StatusForbidden)
		p.get("/settings/schedule").wants(t, http.StatusOK, `href="/settings/schedule"`, "دکتر راد", "شنبه", "جمعه")
		p.get("/settings/schedule").lacks(t, `href="/settings"`)
		as(t, s, clinic.Manager).get("/settings").wants(t, http.StatusOK, `href="/settings/schedule"`, `href="/settings/holidays"`, `href="/settings/resources"`)
		sheet := p.get("/settings/schedule/shifts/new")
		sheet.wants(t, http.StatusOK, `name="weekday" value="0"`, `name="weekday" value="6"`)
		form := url.Values{"request": {"w"}, "provider_id": {rad(t, s)}, "weekday": {"0", "2", "4"}, "from": {"۷:۳۰"}, "until": {"1330"},
			"branch_id": {numeral(int64(s.Manager.Branch))}, "capacity": {"۲"}, "valid_from": {"۱۴۰۵/۱۰/۰۱"}}
		preview := p.do(http.MethodPost, "/settings/schedule/shifts/new/preview", form.Encode())
		preview.wants(t, http.StatusOK, "۳ شیفت ثبت می‌شود")
		got := p.do(http.MethodPost, "/settings/schedule/shifts/new", form.Encode())
		got.wants(t, http.StatusSeeOther)
		shifts := planOf(t, s).Shifts
		if len(shifts) != 3 || shifts[1].Weekday != jalali.Monday || shifts[1].From != 7*60+30 || shifts[1].Until != 13*60+30 ||
			shifts[1].Capacity != 2 || shifts[1].ValidFrom != "2026-12-22" {
			t.Fatalf("%+v", shifts)
		}
		p.get("/settings/schedule").wants(t, http.StatusOK, "۷:۳۰ تا ۱۳:۳۰", "ظرفیت ۲ نفر", "از ۱۴۰۵/۱۰/۰۱")
		edit := "/settings/schedule/shifts/" + numeral(int64(shifts[0].ID))
		version := p.get(edit).hidden(t, "version")
		change := []string{"version", version, "weekday", "0", "from", "8", "until", "12.30", "branch_id", numeral(int64(s.Manager.Branch)), "capacity", "1", "active", "on"}
		p.post(edit, append(change, "request", "e1")...).wants(t, http.StatusSeeOther)
		stale := p.post(edit, append(change, "request", "e2")...)
		stale.wants(t, http.StatusConflict, "کاربر دیگری این شیفت کاری را", "اکنون: شنبه ۸:۰۰ تا ۱۲:۳۰", `value="12.30"`)
		p.post(edit, "request", "e3", "version", stale.hidden(t, "version"), "weekday", "0", "from", "8", "until", "12", "branch_id", numeral(int64(s.Manager.Branch))).
			wants(t, http.StatusSeeOther)
		if now := planOf(t, s).Shifts[0]; now.Weekday != jalali.Saturday || !now.Disabled {
			t.Errorf("%+v", now)
		}
	})
}

func TestShiftsAreRefusedAtTheirField(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	p := as(t, s, clinic.Manager)
	for name, c := range map[string]struct {
		typed []string
		says  []string
	}{
		"no weekday":     {[]string{"from", "8", "until", "12"}, []string{`href="#weekday"`, "روز هفته را انتخاب کنید"}},
		"no clock":       {[]string{"weekday", "0", "from", "صبح", "until", "12"}, []string{`value="صبح"`, "ساعت را مانند"}},
		"a minute of 75": {[]string{"weekday", "0", "from", "875", "until", "12"}, []string{`value="875"`, "ساعت را مانند"}},
		"the wrong way":  {[]string{"weekday", "0", "from", "12", "until", "8"}, []string{`href="#from"`, "ساعت پایان باید بعد از آغاز"}},
		"no day":         {[]string{"weekday", "0", "from", "8", "until", "12", "valid_from", "دیر"}, []string{`value="دیر"`, `href="#valid_from"`}},
	} {
		t.Run(name, func(t *testing.T) {
			typed := append([]string{"request", name, "provider_id", rad(t, s), "branch_id", numeral(int64(s.Manager.Branch))}, c.typed...)
			p.post("/settings/schedule/shifts/new", typed...).wants(t, http.StatusUnprocessableEntity, append(c.says, `role="alert"`)...)
		})
	}
	if n := len(planOf(t, s).Shifts); n != 0 {
		t.Errorf("%d shifts were written", n)
	}
}

func TestAWeekIsCopiedAndServicesAreChosen(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	works(t, s)
	p := as(t, s, clinic.Manager)
	first := rad(t, s)
	made, err := s.Desk.SaveProvider(t.Context(), s.Manager, desk.Save[clinic.Provider]{Row: clinic.Provider{Name: "دکتر تازه"}})
	if err != nil {
		t.Fatal(err)
	}
	second := numeral(int64(made.ID))
	p.post("/settings/schedule/copy", "request", "a", "provider_id", first, "to_id", first).wants(t, http.StatusUnprocessableEntity, "یک نفر دیگر")
	p.post("/settings/schedule/copy", "request", "b", "provider_id", second, "to_id", first).wants(t, http.StatusUnprocessableEntity, "شیفتی ندارد")
	p.post("/settings/schedule/copy", "request", "c", "provider_id", first, "to_id", second).wants(t, http.StatusSeeOther)
	p.post("/settings/schedule/copy/preview", "request", "d", "provider_id", first, "to_id", second).wants(t, http.StatusOK, "با شیفت دیگری از همین خدمت‌دهنده هم‌زمان")
	services := "/settings/schedule/services/" + second
	form := p.get(services)
	form.wants(t, http.StatusOK, "بوتاکس", "ویزیت", "همه خدمت‌ها")
	service := planOf(t, s).Services[0].ID
	p.post(services, "request", "e", "service", numeral(int64(service))).wants(t, http.StatusSeeOther)
	p.get(services).wants(t, http.StatusOK, `value="`+numeral(int64(service))+`" checked`)
	if plan := planOf(t, s); len(plan.Shifts) != 14 || len(plan.Does[made.ID]) != 1 {
		t.Errorf("%d shifts, does %v", len(plan.Shifts), plan.Does)
	}
}

// A form that is older than the fields of appointments leaves what is stored.
func TestAnOldFormKeepsTheRulesOfBooking(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	p := as(t, s, clinic.Manager)
	device, err := s.Desk.SaveResource(t.Context(), s.Manager, desk.Save[clinic.Resource]{Row: clinic.Resource{Branch: s.Manager.Branch, Kind: clinic.Device, Code: "laser", Name: "لیزر"}})
	if err != nil {
		t.Fatal(err)
	}
	provider, service := "/settings/providers/"+rad(t, s), "/settings/services/"+numeral(int64(planOf(t, s).Services[0].ID))
	code := planOf(t, s).Services[0]
	section := numeral(int64(code.Section))
	p.get(provider).wants(t, http.StatusOK, `name="slot_minutes"`, `name="biography"`, "/settings/schedule/services/")
	p.get(service).wants(t, http.StatusOK, `name="device"`, "لیزر")
	p.post(provider, "request", "a", "version", "1", "name", "دکتر راد", "active", "on", "slot_minutes", "۲۰", "open_days", "30", "notice_minutes", "120",
		"cancel_hours", "48", "online", "on", "biography", "متخصص پوست").wants(t, http.StatusSeeOther)
	p.post(provider, "request", "b", "version", "2", "name", "دکتر راد ۲", "active", "on").wants(t, http.StatusSeeOther)
	p.post(service, "request", "c", "version", "1", "name", code.Name, "code", code.Code, "section", section, "active", "on",
		"device", numeral(int64(device.ID)), "service_online", "on").wants(t, http.StatusSeeOther)
	p.post(service, "request", "d", "version", "2", "name", code.Name, "code", code.Code, "section", section, "active", "on").wants(t, http.StatusSeeOther)
	plan := planOf(t, s)
	if got := plan.Providers[0]; got.Name != "دکتر راد ۲" ||
		got.Booking != (clinic.BookingRules{SlotMinutes: 20, OpenDays: 30, NoticeMinutes: 120, CancelHours: 48, Online: true, Biography: "متخصص پوست"}) {
		t.Errorf("%+v", got)
	}
	if got := plan.Services[0]; got.Device != device.ID || !got.Online {
		t.Errorf("%+v", got)
	}
	rules := clinic.AppointmentRules{HoldMinutes: 12, GraceMinutes: 30, Online: true}
	p.post("/settings/clinic", "request", "e", "version", "1", "name", "مهرگان", "clinic_online", "on", "hold_minutes", "۱۲", "grace_minutes", "30").wants(t, http.StatusSeeOther)
	p.post("/settings/clinic", "request", "f", "version", "2", "name", "مهرگان ۲").wants(t, http.StatusSeeOther)
	p.post("/settings/money", "request", "g", "version", "3").wants(t, http.StatusSeeOther)
	if c, err := s.Desk.Clinic(t.Context(), s.Manager.Clinic); err != nil || c.Appointments != rules || c.Version != 4 {
		t.Errorf("%+v %d, %v", c.Appointments, c.Version, err)
	}
	p.post(provider, "request", "h", "version", "3", "name", "دکتر راد", "active", "on", "slot_minutes", "7").
		wants(t, http.StatusUnprocessableEntity, `href="#slot_minutes"`, `value="7"`)
	p.post("/settings/clinic", "request", "i", "version", "4", "name", "مهرگان", "hold_minutes", "90").
		wants(t, http.StatusUnprocessableEntity, `href="#hold_minutes"`, `value="90"`)
}

func TestWhoMaySayWhenPeopleWork(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	for _, role := range []clinic.Role{clinic.Receptionist, clinic.Doctor} {
		p := as(t, s, role)
		for _, page := range []string{"/settings/schedule", "/settings/schedule/exceptions", "/settings/holidays", "/settings/resources", "/appointments/cancel-many"} {
			p.get(page).wants(t, http.StatusForbidden)
		}
		if got := p.get("/patients"); strings.Contains(got.body, "/settings/schedule") {
			t.Errorf("the rail of the %s leads to the schedule", role)
		}
	}
	p := as(t, s, clinic.Manager)
	for _, page := range []string{"/settings/schedule/shifts/12", "/settings/schedule/exceptions/12", "/settings/schedule/exceptions/new?kind=x",
		"/settings/schedule/services/12", "/settings/holidays/14050910", "/settings/holidays/x", "/settings/resources/12"} {
		p.get(page).wants(t, http.StatusNotFound)
	}
}
