package web

import (
	"cmp"
	"slices"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/web/view"
)

// longWait is after how many minutes somebody has waited too long.
const longWait = 30

// queueView is today's queue: who is expected, who waits here, who is being
// treated and who is done.
func (s *server) queueView(c *calendarVisit) error {
	found, err := s.Desk.Calendar(c.r.Context(), c.actor, desk.CalendarQuery{First: c.l.Today, Last: c.l.Today, Branch: c.branch})
	if err != nil {
		return err
	}
	c.now = found.Now
	groups := map[string][]view.QueueItem{}
	var all []desk.AppointmentItem
	for _, column := range found.Columns {
		if c.provider == 0 || column.Provider.ID == c.provider {
			all = append(all, column.Items...)
		}
	}
	slices.SortStableFunc(all, func(a, b desk.AppointmentItem) int { return a.Starts.Compare(b.Starts) })
	waiting := slices.Clone(all)
	slices.SortStableFunc(waiting, func(a, b desk.AppointmentItem) int { return a.Arrived.Compare(b.Arrived) })
	for _, key := range queueGroups {
		order := all
		if key == "waiting" {
			order = waiting // who came first
		}
		for _, i := range order {
			if queueGroup(i) == key {
				groups[key] = append(groups[key], c.queueItem(i, key))
			}
		}
		c.page.Queue = append(c.page.Queue, view.QueueGroup{Key: key, Title: c.l.T("calendar.queue." + key), Items: groups[key]})
	}
	c.providerFilter(true)
	return nil
}

// queueGroups are how far people of the day are.
var queueGroups = []string{"expected", "waiting", "room", "done"}

// queueGroup is the group of an appointment, "" for who does not come.
func queueGroup(i desk.AppointmentItem) string {
	switch {
	case i.Status.Waits():
		return "expected"
	case i.Status == clinic.CheckedIn, i.Status == clinic.Fulfilled && i.Progress == clinic.LineWaiting:
		return "waiting"
	case i.Status == clinic.Fulfilled && i.Progress == clinic.LineInProgress:
		return "room"
	case i.Status == clinic.Fulfilled:
		return "done"
	}
	return ""
}

func (c *calendarVisit) queueItem(i desk.AppointmentItem, group string) view.QueueItem {
	status, tone := c.statusOf(i)
	item := view.QueueItem{ID: id(i.ID), Patient: c.patientOf(i), Clock: c.l.ClockOf(c.minuteOf(i.Starts)), Provider: i.ProviderName, Service: i.ServiceName,
		Phone: c.l.Mobile(i.Mobile), Status: status, Tone: tone}
	switch group {
	case "waiting":
		item.Since = i.Arrived
	case "expected":
		if i.Starts.Before(c.now) {
			item.Since = i.Starts
		}
	}
	if !item.Since.IsZero() {
		minutes := max(0, int(c.now.Sub(item.Since)/time.Minute))
		item.Words = c.l.T("calendar.queue.since."+group, "n", "{n}")
		item.Wait, item.Long = c.l.T("calendar.queue.since."+group, "n", minutes), minutes >= longWait
	}
	for _, link := range c.appointmentLinks(i) {
		if slices.Contains([]string{"check-in", "admit", "undo-check-in", "no-show"}, link.Icon) {
			link.Main, link.Icon = link.Icon == "check-in" && group == "expected" || link.Icon == "admit" && group == "waiting", ""
			item.Links = append(item.Links, link)
		}
	}
	return item
}

// waitlistView is who waits for a time.
func (s *server) waitlistView(c *calendarVisit) error {
	all, err := s.Desk.Waitlist(c.r.Context(), c.actor)
	if err != nil {
		return err
	}
	c.page.Empty, c.page.EmptyText = c.l.T("calendar.empty.waitlist"), c.l.T("calendar.empty.waitlist.text")
	c.page.Table = &view.TableGroup{Title: c.l.T("calendar.view.waitlist")}
	for _, key := range []string{"name", "since", "wants", "days", "note", "do"} {
		c.page.Table.Columns = append(c.page.Table.Columns, view.TableColumn{Text: c.l.T("calendar.column." + key), Wide: key == "note" || key == "since"})
	}
	for _, w := range all {
		if c.provider == 0 || cmp.Or(w.Provider, c.provider) == c.provider {
			c.page.Table.Rows = append(c.page.Table.Rows, c.waitRow(w.Wait, waiter{w.PatientName, w.FileNumber, w.Mobile, w.ProviderName, w.ServiceName}))
		}
	}
	c.providerFilter(true)
	return nil
}

// waiter is who waits, and for whom and what, by name.
type waiter struct {
	name              string
	file              clinic.FileNumber
	mobile            string
	provider, service string
}

// waitRow is somebody who waits.
func (c *calendarVisit) waitRow(w clinic.Wait, who waiter) view.TableRow {
	since := c.clinic.Day(w.Recorded)
	wants := who.provider
	if wants == "" {
		wants = c.l.T("calendar.wait.anybody")
	}
	days := c.l.T("calendar.wait.from", "day", c.l.DayShort(w.First))
	if w.Last != "" {
		days = c.l.T("calendar.wait.between", "from", c.l.DayShort(w.First), "to", c.l.DayShort(w.Last))
	}
	row := view.TableRow{ID: "wait-" + id(w.ID), Cells: []view.TableCell{
		{Patient: &view.TablePatient{Row: "wait-" + id(w.ID), ID: id(w.Patient), Name: who.name, File: who.file.String(), Mobile: who.mobile}, Note: c.l.Mobile(who.mobile)},
		{Day: since, Note: c.l.T("calendar.wait.days", "n", c.l.Today.Sub(since))}, {Text: wants, Note: who.service},
		{Text: days, Note: c.l.T("calendar.wait.part." + string(w.Part))}, {Text: w.Note}, {}}}
	if !c.actor.Can(clinic.WriteAppointments) {
		return row
	}
	here := c.a.url()
	pairs := []string{"wait", id(w.ID), "then", here}
	if w.Provider != 0 {
		pairs = append(pairs, "provider", id(w.Provider))
	}
	if w.Service != 0 {
		pairs = append(pairs, "service", id(w.Service))
	}
	row.Cells[len(row.Cells)-1].Links = []view.TableLink{
		{Text: c.l.T("calendar.wait.book"), URL: address("/patients/"+id(w.Patient)+"/appointments/new", pairs...), Main: true},
		{Text: c.l.T("calendar.wait.leave"), URL: address("/waitlist/"+id(w.ID)+"/leave", "then", here)},
	}
	return row
}
