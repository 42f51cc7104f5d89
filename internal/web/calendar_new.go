package web

import (
	"strings"
	"time"
	"unicode/utf8"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/web/view"
)

// bookingParams are what a chosen time is handed on with.
var bookingParams = []string{"provider", "service", "starts", "wait", "then"}

// bookingOf is the sheet in which a patient gets the time of the address; of a
// patient who is to be registered the id is a word that the form replaces.
func bookingOf(a listAddress, patient string) string {
	var pairs []string
	for _, name := range bookingParams {
		pairs = append(pairs, name, a.get(name))
	}
	return address("/patients/"+patient+"/appointments/new", pairs...)
}

// GET /appointments/new?provider=&service=&starts=&q= asks for whom a time is.
func (s *server) newAppointment(v visit) error {
	a := readAddress(v.r, appointmentsPath+"/new", bookingParams...)
	a.values.Set("then", backTo(v, a.get("then")))
	p := view.AppointmentPatient{Chrome: s.chrome(v, v.l.T("calendar.new")), Query: strings.TrimSpace(v.r.URL.Query().Get("q")), Kept: a.kept(),
		Search: a.url(), Back: a.get("then")}
	if starts, err := time.Parse(time.RFC3339, a.get("starts")); err == nil {
		p.When = v.whenText(starts)
		options, err := s.Desk.ListOptions(v.r.Context(), v.actor)
		if err != nil {
			return err
		}
		for _, one := range options.Providers {
			if one.ID == a.number("provider") {
				p.When += " · " + one.Name
			}
		}
	}
	if v.actor.Can(clinic.WritePatients) {
		p.Register = address("/patients/new", "q", p.Query, "then", strings.ReplaceAll(bookingOf(a, "PATIENT"), "PATIENT", "{patient}"))
	}
	if p.Short = utf8.RuneCountInString(p.Query) == 1; p.Query != "" && !p.Short {
		found, more, err := s.offeredPatients(v, p.Query)
		if err != nil {
			return err
		}
		p.More = more
		for _, i := range found {
			p.Found = append(p.Found, view.PatientOffer{ID: i.Patient, Name: i.Text, Detail: i.Detail, URL: bookingOf(a, i.Patient)})
		}
	}
	return s.show(v, view.AppointmentPatientPage(p))
}

// backTo is where a page of the calendar leads back to.
func backTo(v visit, then string) string {
	if then == "" {
		return appointmentsPath
	}
	return localPath(then)
}

// mostFree is how many free times are looked for at once.
const mostFree = 48

// GET /appointments/free?provider=&service=&from= are the first free times.
func (s *server) firstFree(v visit) error {
	a := readAddress(v.r, appointmentsPath+"/free", "provider", "service", "from", "then")
	a.values.Set("then", backTo(v, a.get("then")))
	schedule, err := s.Desk.Schedule(v.r.Context(), v.actor)
	if err != nil {
		return err
	}
	problems := map[string]string{}
	from := listDay(v, a, "from", problems)
	if from == "" {
		from = v.l.Today
	}
	p := view.CalendarFree{Chrome: s.chrome(v, v.l.T("calendar.free")), Back: a.get("then"), Kept: a.kept("provider", "service", "from"),
		Fields: []view.ListField{
			{Name: "provider", Label: v.l.T("list.provider"), Value: a.get("provider"), Choices: offeredProviders(v, schedule.Providers)},
			{Name: "service", Label: v.l.T("line.service"), Value: a.get("service"), Choices: offeredServices(v, schedule.Services)},
			{Name: "from", Label: v.l.T("list.from"), Value: v.l.DayInput(from), Day: true, Problem: problems["from"]}}}
	starts, _ := from.Bounds(v.clinic.Zone)
	wanted := desk.Wanted{Provider: clinic.ProviderID(a.number("provider")), Service: clinic.ServiceID(a.number("service")), Branch: v.actor.Branch}
	if wanted.Provider == 0 && wanted.Service == 0 {
		wanted.Minutes = clinic.DefaultBookingRules().SlotMinutes // nothing says how long
	}
	slots, err := s.Desk.NextFree(v.r.Context(), v.actor, wanted, starts, mostFree)
	if e, ok := fault.As(err); ok && e.Kind != fault.Forbidden {
		p.Problem, err = sentence(v, e), nil
	}
	if err != nil {
		return err
	}
	names := map[clinic.ProviderID]string{}
	for _, one := range schedule.Providers {
		names[one.ID] = one.Name
	}
	for _, slot := range slots {
		p.Days = addFree(v, p.Days, slot, v.clinic.Day(slot.Starts), a, names)
	}
	return s.show(v, view.CalendarFreePage(p))
}

// addFree adds a free time to its day.
func addFree(v visit, days []view.CalendarFreeDay, slot clinic.Slot, day jalali.Day, a listAddress, names map[clinic.ProviderID]string) []view.CalendarFreeDay {
	text := v.l.ClockOf(v.minuteOf(slot.Starts))
	if a.get("provider") == "" {
		text += " · " + names[slot.Provider]
	}
	if n := len(days); n == 0 || days[n-1].Day != day {
		days = append(days, view.CalendarFreeDay{Day: day})
	}
	path := appointmentsPath + "/new"
	if !v.actor.Can(clinic.WriteAppointments) {
		path = appointmentsPath // who may not book looks at the day
	}
	url := address(path, "provider", id(slot.Provider), "service", a.get("service"), "starts", slot.Starts.UTC().Format(time.RFC3339), "then", a.get("then"))
	if path == appointmentsPath {
		url = address(path, "provider", id(slot.Provider), "day", string(day))
	}
	days[len(days)-1].Times = append(days[len(days)-1].Times, view.Chip{Text: text, URL: url})
	return days
}

// offeredProviders are the providers to choose from.
func offeredProviders(v visit, all []clinic.Provider) []view.Choice {
	choices := []view.Choice{{Text: v.l.T("list.any")}}
	for _, p := range clinic.Offered(all) {
		choices = append(choices, view.Choice{Value: id(p.ID), Text: p.Name})
	}
	return choices
}

// offeredServices are the services to choose from.
func offeredServices(v visit, all []clinic.Service) []view.Choice {
	choices := []view.Choice{{Text: v.l.T("list.any")}}
	for _, one := range clinic.Offered(all) {
		choices = append(choices, view.Choice{Value: id(one.ID), Text: one.Name})
	}
	return choices
}
