package web

import (
	"strconv"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/web/view"
)

// appointmentsPath is the calendar.
const appointmentsPath = "/appointments"

// calendarRoutes: the calendar, for whom a time is, the first free times and
// the list of a day on paper.
func (s *server) calendarRoutes() []route {
	return []route{
		people(page(appointmentsPath, clinic.ReadAppointments, "", s.calendar)),
		people(page(appointmentsPath+"/new", clinic.WriteAppointments, "", s.newAppointment)),
		page(appointmentsPath+"/free", clinic.ReadAppointments, "", s.firstFree),
		people(page(appointmentsPath+"/print", clinic.ReadAppointments, "", s.dayPaper)),
	}
}

// calendarViews are the views of the calendar; the first is the usual one.
var calendarViews = []struct {
	name string
	show func(s *server, c *calendarVisit) error
}{
	{"day", (*server).dayView},
	{"week", (*server).weekView},
	{"month", (*server).monthView},
	{"list", (*server).listView},
	{"queue", (*server).queueView},
	{"waitlist", (*server).waitlistView},
}

// calendarParams are what the address of the calendar holds beside its cursor.
var calendarParams = []string{"view", "day", "provider", "branch", "status", "from", "to", "order"}

// mostShown is within how many days of its day a view stays; a day must have so
// many on both sides.
const mostShown = 62

// calendarVisit is a visit of the calendar with what its address says.
type calendarVisit struct {
	visit
	a        listAddress
	day      jalali.Day
	provider clinic.ProviderID
	branch   clinic.BranchID
	options  desk.ListOptions
	now      time.Time // where a view has read it: only what can still be is offered
	page     view.CalendarPage
}

// GET /appointments?view=&day=&provider=&branch= is the calendar.
func (s *server) calendar(v visit) error {
	c := &calendarVisit{visit: v, a: readAddress(v.r, appointmentsPath, calendarParams...), day: v.l.Today}
	if day := jalali.Day(c.a.get("day")); day.Add(-mostShown) != "" && day.Add(mostShown) != "" {
		c.day = day
	} else {
		c.a.values.Del("day")
	}
	c.provider, c.branch = clinic.ProviderID(c.a.number("provider")), clinic.BranchID(c.a.number("branch"))
	at := 0
	for i, one := range calendarViews {
		if one.name == c.a.get("view") {
			at = i
		}
	}
	c.page = view.CalendarPage{Chrome: s.chrome(v, v.l.T("nav.appointments")), View: calendarViews[at].name, URL: c.a.url(), Day: c.day,
		FreeURL: address(appointmentsPath+"/free", "provider", c.a.get("provider"), "then", c.a.url())}
	if v.actor.Can(clinic.WriteAppointments) {
		c.page.NewURL = address(appointmentsPath+"/new", "provider", c.a.get("provider"), "then", c.a.url())
	}
	for _, one := range calendarViews {
		name := one.name
		if name == calendarViews[0].name {
			name = ""
		}
		c.page.Views = append(c.page.Views, view.Chip{Text: v.l.T("calendar.view." + one.name), On: one.name == c.page.View,
			URL: c.a.with("view", name, "status", "", "from", "", "to", "", "order", "")})
	}
	var err error
	if c.options, err = s.Desk.ListOptions(v.r.Context(), v.actor); err != nil {
		return err
	}
	if err := calendarViews[at].show(s, c); err != nil {
		return err
	}
	if err := s.sayDone(c); err != nil {
		return err
	}
	return s.show(v, view.CalendarPageView(c.page))
}

// sayDone says of the appointment that was just changed where it is now.
func (s *server) sayDone(c *calendarVisit) error {
	done := number[clinic.AppointmentID](c.r.URL.Query().Get(doneParam))
	if done == 0 {
		return nil
	}
	i, err := s.Desk.Appointment(c.r.Context(), c.actor, done)
	if fault.Of(err) == fault.NotFound { // an address that somebody typed
		return nil
	}
	if err != nil {
		return err
	}
	c.page.Chrome.Toast = &view.Toast{Tone: "ok", Title: c.l.T("calendar.done", "name", i.Person.Name(), "status", c.l.T("appointment.status."+string(i.Status))),
		Text: c.whenText(i.Starts) + " · " + i.ProviderName}
	if n := len(i.Steps); n > 0 && i.Steps[n-1].Kind != clinic.EventUndone {
		s.offerUndo(c.visit, c.page.Chrome.Toast, i.Steps[n-1].Unit, i.Person.ID, appointmentTab)
		if undo := c.page.Chrome.Toast.Undo; undo != nil {
			undo.Then = c.r.URL.RequestURI()
		}
	}
	return nil
}

// whenText is a day and a time in words.
func (v visit) whenText(at time.Time) string {
	return v.l.T("calendar.when", "day", v.l.DayLong(v.clinic.Day(at)), "clock", v.l.ClockOf(v.minuteOf(at)))
}

// minuteOf is what the clocks of the clinic show, in minutes of the day.
func (v visit) minuteOf(at time.Time) int {
	local := at.In(v.clinic.Zone)
	return local.Hour()*60 + local.Minute()
}

// strip puts the week around the day above the view; each day leads to the same
// view, or to the day from views that have none.
func (s *server) strip(c *calendarVisit) error {
	saturday := c.day.WeekStart()
	days, err := s.Desk.Month(c.r.Context(), c.actor, desk.CalendarQuery{First: saturday, Last: saturday.Add(6), Provider: c.provider, Branch: c.branch})
	if err != nil {
		return err
	}
	for _, d := range days {
		c.page.Days = append(c.page.Days, c.stripDay(d, c.a.with("day", c.named(d.Day))))
	}
	c.page.Earlier, c.page.Later = c.a.with("day", c.named(c.day.Add(-7))), c.a.with("day", c.named(c.day.Add(7)))
	c.page.Before, c.page.Behind = c.a.with("day", c.named(c.day.Add(-1))), c.a.with("day", c.named(c.day.Add(1)))
	c.page.TodayURL, c.page.Title = c.a.with("day", ""), c.l.Month(c.day)
	return nil
}

// named is a day in the address; today needs none.
func (c *calendarVisit) named(d jalali.Day) string {
	if d == c.l.Today {
		return ""
	}
	return string(d)
}

func (c *calendarVisit) stripDay(d desk.MonthDay, url string) view.StripDay {
	return view.StripDay{Day: d.Day, URL: url, Number: c.l.DayNumber(d.Day), Count: d.Taking, Holiday: d.Holiday, Off: !d.Worked,
		On: d.Day == c.day, Today: d.Day == c.l.Today}
}

// mostChips is how many providers are chips; more are a choice.
const mostChips = 10

// providerFilter offers the providers, and the branches to who sees several.
func (c *calendarVisit) providerFilter(all bool) {
	var kept []string
	if len(c.options.Providers) <= mostChips {
		if all {
			c.page.Providers = append(c.page.Providers, view.Chip{Text: c.l.T("calendar.everybody"), URL: c.a.with("provider", ""), On: c.provider == 0})
		}
		for _, p := range c.options.Providers {
			c.page.Providers = append(c.page.Providers, view.Chip{Text: p.Name, URL: c.a.with("provider", strconv.FormatInt(p.ID, 10)),
				On: int64(c.provider) == p.ID})
		}
	} else {
		c.page.Fields = append(c.page.Fields, view.ListField{Name: "provider", Label: c.l.T("list.provider"), Value: c.a.get("provider"), Choices: named(c.visit, c.options.Providers)})
		kept = append(kept, "provider")
	}
	c.branchField()
	c.page.Kept = c.a.kept(append(kept, "branch")...)
}

// branchField asks for the branch where there are several to see.
func (c *calendarVisit) branchField() {
	if len(c.options.Branches) > 1 {
		c.page.Fields = append(c.page.Fields, view.ListField{Name: "branch", Label: c.l.T("list.branch"), Value: c.a.get("branch"), Choices: named(c.visit, c.options.Branches)})
	}
}

// then is where a change of an appointment leads back to: this very page, with
// the appointment marked.
func (c *calendarVisit) then(a clinic.AppointmentID) string {
	row := "#ap-"
	switch c.page.View {
	case "list":
		row = "#row-appointment-"
	case "queue":
		row = "#queue-appointment-"
	}
	return c.a.with("cursor", c.a.cursor, doneParam, id(a)) + row + id(a)
}
