package web

import (
	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/jalali"
	"daftar/internal/web/view"
)

// GET /appointments/print?day=&provider=&branch= is the list of a day on paper.
func (s *server) dayPaper(v visit) error {
	a := readAddress(v.r, appointmentsPath, "day", "provider", "branch")
	c := &calendarVisit{visit: v, a: a, day: v.l.Today, provider: clinic.ProviderID(a.number("provider")), branch: clinic.BranchID(a.number("branch"))}
	if day := jalali.Day(a.get("day")); day.Valid() {
		c.day = day
	}
	found, err := s.Desk.Calendar(v.r.Context(), v.actor, desk.CalendarQuery{First: c.day, Last: c.day, Provider: c.provider, Branch: c.branch})
	if err != nil {
		return err
	}
	p := view.DayPaper{Clinic: v.clinic.Name, Branch: v.at.Branch, Head: letterhead(v), Day: c.day, Holiday: found.Holidays[c.day], Back: a.url(),
		Now: v.r.URL.Query().Get("now") != "", At: found.Now}
	for _, column := range found.Columns {
		part := view.DayPaperPart{Provider: column.Provider.Name, Hours: c.hoursText(column)}
		for _, i := range column.Items {
			if i.Status != clinic.EnteredInError {
				part.Rows = append(part.Rows, c.paperRow(i))
			}
		}
		p.Parts = append(p.Parts, part)
	}
	return s.show(v, view.DayPaperPage(s.chrome(v, v.l.T("calendar.paper")), p))
}

// paperRow is an appointment on paper.
func (c *calendarVisit) paperRow(i desk.AppointmentItem) view.DayPaperRow {
	status, _ := c.statusOf(i)
	if i.Overbooked {
		status += c.l.T("word.comma") + c.l.T("calendar.extra")
	}
	row := view.DayPaperRow{Clock: c.l.ClockOf(c.minuteOf(i.Starts)) + "–" + c.l.ClockOf(c.minuteOf(i.Ends)), Name: c.l.T("calendar.hidden"), Service: i.ServiceName,
		Status: status, Note: i.Note, Off: !onBoard(i)}
	if !i.Hidden() {
		row.Name, row.File, row.Phone = i.Person.Name(), c.l.Digits(i.Person.FileNumber.String()), c.l.Mobile(i.Mobile)
	}
	return row
}
