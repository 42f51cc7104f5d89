package web

import (
	"slices"
	"strconv"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/farsi"
	"daftar/internal/jalali"
	"daftar/internal/web/view"
)

const (
	schedulePath   = "/settings/schedule"
	workShiftsPath = schedulePath + "/shifts"
	exceptionsPath = schedulePath + "/exceptions"
)

// scheduleRoutes: when people work.
func (s *server) scheduleRoutes() []route {
	return slices.Concat([]route{
		page(schedulePath, clinic.WriteSchedules, "", s.schedule),
		page(exceptionsPath, clinic.WriteSchedules, "", s.exceptions),
	},
		settingSheet(s.sheetRoutes(workShiftsPath+"/new", clinic.WriteSchedules, "", s.newWorkShiftSheet)),
		settingSheet(s.sheetRoutes(workShiftsPath+"/{work_shift}", clinic.WriteSchedules, "work_shift", s.workShiftSheet)),
		settingSheet(s.sheetRoutes(schedulePath+"/copy", clinic.WriteSchedules, "", s.copyWeekSheet)),
		settingSheet(s.sheetRoutes(schedulePath+"/services/{provider}", clinic.WriteSchedules, "provider", s.providerServicesSheet)),
		namingSheet(s.sheetRoutes(exceptionsPath+"/new", clinic.WriteSchedules, "", s.newExceptionSheet)),
		namingSheet(s.sheetRoutes(exceptionsPath+"/{exception}", clinic.WriteSchedules, "exception", s.exceptionSheet)),
	)
}

// settingSheet marks the routes of a sheet that is about no money and nobody.
func settingSheet(routes []route) []route {
	for i := range routes {
		routes[i].Money, routes[i].PHI = false, false
	}
	return routes
}

// namingSheet marks the routes of a sheet that moves no money and names the
// patients whom it concerns.
func namingSheet(routes []route) []route {
	for i := range routes {
		routes[i].Money, routes[i].PHI = false, true
	}
	return routes
}

// minutesOfDay is how many minutes a day has on the clock.
const minutesOfDay = 24 * 60

// persianPoint is the decimal point that a Persian keyboard writes.
const persianPoint = 0x066b

// clockOf reads a time of day as people type it: 7, 7:30, 7.30, 0730, in any
// digits; nothing is 0. The end of a day is 24:00. What is none is a problem of
// its field.
func (t *typed) clockOf(name string) int {
	text := strings.TrimSpace(farsi.Digits(t.values[name]))
	if text == "" {
		return 0
	}
	hour, minute, cut := strings.Cut(strings.NewReplacer(".", ":", "/", ":", string(rune(persianPoint)), ":").Replace(text), ":")
	if !cut && len(text) > 2 {
		hour, minute = text[:len(text)-2], text[len(text)-2:]
	}
	if minute == "" {
		minute = "0"
	}
	h, err := strconv.ParseUint(strings.TrimSpace(hour), 10, 8)
	m, also := strconv.ParseUint(strings.TrimSpace(minute), 10, 8)
	if n := int(h*60 + m); err == nil && also == nil && m < 60 && n <= minutesOfDay {
		return n
	}
	t.problem(name, t.v.l.T("schedule.clock.wrong"))
	return 0
}

// clockText is a minute of the day as 7:30, in the reader's digits.
func clockText(v visit, minute int) string {
	text := strconv.Itoa(minute / 60)
	if rest := minute % 60; rest < 10 {
		text += ":0" + strconv.Itoa(rest)
	} else {
		text += ":" + strconv.Itoa(rest)
	}
	return v.l.Digits(text)
}

// hoursText is a stretch of a day in words.
func hoursText(v visit, from, until int) string {
	if from == 0 && until == minutesOfDay {
		return v.l.T("schedule.all_day")
	}
	return v.l.T("schedule.hours", "from", clockText(v, from), "until", clockText(v, until))
}

// clockField is a field for a time of day.
func clockField(t *typed, name string) view.SettingField {
	f := sheetField(t, name, "")
	f.Label, f.Latin, f.Wide, f.Hint = t.v.l.T("schedule.field."+name), true, false, t.v.l.T("schedule.clock.hint")
	return f
}

// rosterField is a field whose label is among those of the schedule.
func rosterField(t *typed, name, kind string) view.SettingField {
	f := sheetField(t, name, kind)
	f.Label = t.v.l.T("schedule.field." + name)
	return f
}

// rosterChoice is a field of the schedule with a few known values.
func rosterChoice(t *typed, name string, choices []view.Choice) view.SettingField {
	f := rosterField(t, name, view.ChoiceField)
	f.Choices = choices
	return f
}

// hiddenField carries what the form was read with.
func hiddenField(t *typed, name string) view.SettingField {
	return view.SettingField{Input: view.Input{Name: name, Value: t.text(name)}, Kind: view.HiddenField}
}

// optionalDay reads a day that may be left out.
func (t *typed) optionalDay(name string) jalali.Day {
	if strings.TrimSpace(t.text(name)) == "" {
		return ""
	}
	return t.planDay(name)
}

// planDay reads a day in the reader's calendar; what is none is a problem of its
// field.
func (t *typed) planDay(name string) jalali.Day {
	day, err := t.v.day(t.text(name))
	t.faulty(name, err)
	return day
}

// providerChoices are those who are offered, and kept whatever it is; all says
// what nobody in particular is called, "" for no such choice.
func providerChoices(plan desk.Schedule, all, kept string) (choices []view.Choice) {
	if all != "" {
		choices = append(choices, view.Choice{Text: all})
	}
	for _, p := range plan.Providers {
		if p.Offered() || id(p.ID) == kept {
			choices = append(choices, view.Choice{Value: id(p.ID), Text: p.Name})
		}
	}
	return choices
}

// branchChoices are the branches that a person may plan for.
func branchChoices(v visit, plan desk.Schedule, all, kept string) (choices []view.Choice) {
	one := !v.actor.Can(clinic.AllBranches)
	if all != "" && !one {
		choices = append(choices, view.Choice{Text: all})
	}
	for _, b := range plan.Branches {
		if (b.Offered() || id(b.ID) == kept) && (!one || b.ID == v.actor.Branch || id(b.ID) == kept) {
			choices = append(choices, view.Choice{Value: id(b.ID), Text: b.Name})
		}
	}
	return choices
}

// roomChoices are the rooms, with their branch where there are several.
func roomChoices(v visit, plan desk.Schedule, kept string) []view.Choice {
	choices := []view.Choice{{Text: v.l.T("schedule.no_room")}}
	for _, r := range plan.Resources {
		if r.Kind == clinic.Room && (r.Offered() || id(r.ID) == kept) {
			choices = append(choices, view.Choice{Value: id(r.ID), Text: joined(v, r.Name, severalBranch(plan, r.Branch))})
		}
	}
	return choices
}

// severalBranch is the name of a branch where there are several, else "".
func severalBranch(plan desk.Schedule, of clinic.BranchID) string {
	if len(plan.Branches) < 2 {
		return ""
	}
	b, _ := find(plan.Branches, func(b clinic.Branch) bool { return b.ID == of })
	return b.Name
}

func workerName(plan desk.Schedule, of clinic.ProviderID) string {
	p, _ := find(plan.Providers, func(p clinic.Provider) bool { return p.ID == of })
	return p.Name
}

func roomName(plan desk.Schedule, of clinic.ResourceID) string {
	r, _ := find(plan.Resources, func(r clinic.Resource) bool { return r.ID == of })
	return r.Name
}

// GET /settings/schedule
func (s *server) schedule(v visit) error {
	plan, err := s.Desk.Schedule(v.r.Context(), v.actor)
	if err != nil {
		return err
	}
	p := view.SchedulePage{Chrome: s.chrome(v, v.l.T("settings.schedule")), Overview: v.actor.Can(clinic.WriteSettings), Links: []view.TableLink{
		{Text: v.l.T("schedule.shift.new"), URL: workShiftsPath + "/new", Icon: "plus", Main: true},
		{Text: v.l.T("exception.title"), URL: exceptionsPath, Icon: "calendar-off"},
		{Text: v.l.T("settings.holidays"), URL: holidaysPath, Icon: "calendar"},
		{Text: v.l.T("settings.resources"), URL: resourcesPath, Icon: "boxes"}, {Text: v.l.T("settings.feeds"), URL: feedsPath, Icon: "phone"}}}
	if v.actor.Can(clinic.CancelManyAppointments) {
		p.Links = append(p.Links, view.TableLink{Text: v.l.T("cancel_many.title"), URL: cancelManyPath, Icon: "calendar-x"})
	}
	if n := v.r.URL.Query().Get(doneParam); n != "" {
		p.Chrome.Toast = &view.Toast{Tone: "ok", Title: v.l.T("schedule.saved")}
	}
	for _, one := range clinic.Offered(plan.Providers) {
		p.Weeks = append(p.Weeks, providerWeek(v, plan, one))
	}
	return s.show(v, view.SchedulePageView(p))
}

// providerWeek is the week of a provider in words, without what is over.
func providerWeek(v visit, plan desk.Schedule, p clinic.Provider) view.ProviderWeek {
	w := view.ProviderWeek{ID: id(p.ID), Name: p.Name, Text: v.l.T("schedule.does.all"), Links: []view.TableLink{
		{Text: v.l.T("schedule.shift.new"), URL: address(workShiftsPath+"/new", "provider_id", id(p.ID))},
		{Text: v.l.T("schedule.services"), URL: schedulePath + "/services/" + id(p.ID)},
		{Text: v.l.T("schedule.leave.new"), URL: address(exceptionsPath+"/new", "kind", string(clinic.Leave), "provider_id", id(p.ID))}}}
	if n := len(plan.Does[p.ID]); n > 0 {
		w.Text = v.l.T("schedule.does", "n", n)
	}
	any := false
	for day := jalali.Saturday; day <= jalali.Friday; day++ {
		d := view.WeekDay{Name: v.l.T("weekday." + strconv.Itoa(int(day)))}
		for _, shift := range plan.Shifts {
			if shift.Provider == p.ID && shift.Weekday == day && (shift.ValidUntil == "" || shift.ValidUntil >= plan.Today) {
				d.Shifts, any = append(d.Shifts, weekShift(v, plan, shift)), true
			}
		}
		w.Days = append(w.Days, d)
	}
	if any {
		w.Links = append(w.Links, view.TableLink{Text: v.l.T("schedule.copy"), URL: address(schedulePath+"/copy", "provider_id", id(p.ID))})
	}
	return w
}

func weekShift(v visit, plan desk.Schedule, w clinic.WorkShift) view.WeekShift {
	s := view.WeekShift{URL: workShiftsPath + "/" + id(w.ID), Hours: hoursText(v, w.From, w.Until), Off: w.Disabled}
	add := func(text string) {
		if text != "" {
			s.Notes = append(s.Notes, text)
		}
	}
	add(severalBranch(plan, w.Branch))
	add(roomName(plan, w.Room))
	if w.Capacity > 1 {
		add(v.l.T("schedule.capacity", "n", w.Capacity))
	}
	if w.ValidFrom > plan.Today {
		add(v.l.T("schedule.from", "day", v.l.Day(w.ValidFrom)))
	}
	if w.ValidUntil != "" {
		add(v.l.T("schedule.until", "day", v.l.Day(w.ValidUntil)))
	}
	return s
}
