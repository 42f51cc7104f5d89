package web

import (
	"slices"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/web/view"
)

// listView is the list of all appointments.
func (s *server) listView(c *calendarVisit) error {
	problems := map[string]string{}
	q := desk.AppointmentQuery{Status: c.a.get("status"), Provider: c.provider, Newest: c.a.get("order") == "newest", Cursor: c.a.cursor}
	q.From, q.To = listDay(c.visit, c.a, "from", problems), listDay(c.visit, c.a, "to", problems)
	if q.From == "" && q.To == "" && !q.Newest && problems["from"] == "" {
		q.From = c.l.Today // what is ahead
	}
	found, err := s.Desk.ListAppointments(c.r.Context(), c.actor, q)
	if e, ok := fault.As(err); ok && e.Kind == fault.Invalid { // an address that somebody typed
		field := e.Field
		if field == "" {
			field = "status"
		}
		problems[field] = sentence(c.visit, e)
		q.Status, q.From, q.To, q.Cursor = "", c.l.Today, "", ""
		found, err = s.Desk.ListAppointments(c.r.Context(), c.actor, q)
	}
	if err != nil {
		return err
	}
	c.listFields(q, problems)
	c.page.Empty, c.page.EmptyText = c.l.T("calendar.empty.list"), c.l.T("calendar.empty.list.text")
	if c.a.cursor != "" {
		c.page.Newer = c.a.page("") // the list has one order; there is one way back
	}
	c.page.Older = c.a.other(found.Next)
	c.page.Table = &view.TableGroup{Title: c.l.T("calendar.view.list"), Columns: c.listColumns()}
	for _, i := range found.Items {
		c.page.Table.Rows = append(c.page.Table.Rows, c.listRow(i))
	}
	return nil
}

// listFields are the questions of the list.
func (c *calendarVisit) listFields(q desk.AppointmentQuery, problems map[string]string) {
	statuses := []view.Choice{{Text: c.l.T("list.any")}, {Value: desk.StatusWaits, Text: c.l.T("calendar.waits")}}
	for _, status := range clinic.AppointmentStatuses {
		statuses = append(statuses, view.Choice{Value: string(status), Text: c.l.T("appointment.status." + string(status))})
	}
	orders := []view.Choice{{Text: c.l.T("calendar.order.oldest")}, {Value: "newest", Text: c.l.T("calendar.order.newest")}}
	from := c.a.get("from")
	if from == "" && q.From != "" {
		from = c.l.DayInput(q.From)
	}
	c.page.Fields = []view.ListField{
		{Name: "status", Label: c.l.T("calendar.column.status"), Value: q.Status, Choices: statuses, Problem: problems["status"]},
		{Name: "provider", Label: c.l.T("list.provider"), Value: c.a.get("provider"), Choices: named(c.visit, c.options.Providers)},
		{Name: "from", Label: c.l.T("list.from"), Value: from, Day: true, Problem: problems["from"]},
		{Name: "to", Label: c.l.T("list.to"), Value: c.a.get("to"), Day: true, Problem: problems["to"]},
		{Name: "order", Label: c.l.T("calendar.order"), Value: c.a.get("order"), Choices: orders},
	}
	c.page.Kept = c.a.kept("status", "provider", "from", "to", "order", "day")
}

func (c *calendarVisit) listColumns() (columns []view.TableColumn) {
	for _, key := range []string{"when", "name", "provider", "service", "deposit", "status", "do"} {
		if key == "deposit" && c.l.NoMoney {
			continue
		}
		columns = append(columns, view.TableColumn{Text: c.l.T("calendar.column."+key, "unit", c.l.Unit()), Amount: key == "deposit",
			Wide: slices.Contains([]string{"service", "deposit", "do"}, key)})
	}
	return columns
}

func (c *calendarVisit) listRow(i desk.AppointmentItem) view.TableRow {
	day := c.clinic.Day(i.Starts)
	name := view.TableCell{Text: c.l.T("calendar.hidden")}
	if patient := c.patientOf(i); patient != nil {
		name = view.TableCell{Patient: patient, Note: c.l.Mobile(i.Mobile)}
	}
	status, tone := c.statusOf(i)
	state := view.TableCell{Text: status, Tone: tone, Note: i.Reason}
	if i.Overbooked {
		state.Note = strings.TrimSpace(c.l.T("calendar.extra") + " " + state.Note)
	}
	row := view.TableRow{ID: "appointment-" + id(i.ID), Changed: c.r.URL.Query().Get(doneParam) == id(i.ID),
		Off: i.Status == clinic.CancelledByPatient || i.Status == clinic.CancelledByClinic || i.Status == clinic.EnteredInError}
	row.Cells = []view.TableCell{{Day: day, Note: c.l.T("calendar.clock", "weekday", c.l.Weekday(day), "clock", c.l.ClockOf(c.minuteOf(i.Starts)))},
		name, {Text: i.ProviderName}, {Text: i.ServiceName, Note: i.Note}}
	if !c.l.NoMoney {
		deposit := i.Deposit
		row.Cells = append(row.Cells, view.TableCell{Amount: &deposit})
	}
	links := c.appointmentLinks(i)
	for at := range links {
		links[at].Icon = ""
	}
	return view.TableRow{ID: row.ID, Changed: row.Changed, Off: row.Off, Cells: append(row.Cells, state, view.TableCell{Links: links[:min(3, len(links))]})}
}
