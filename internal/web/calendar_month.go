package web

import (
	"daftar/internal/desk"
	"daftar/internal/jalali"
	"daftar/internal/web/view"
)

// monthView is the month of the reader's calendar, in whole weeks.
func (s *server) monthView(c *calendarVisit) error {
	first, last := c.l.MonthOf(c.day)
	from, to := first.WeekStart(), last.WeekStart().Add(6)
	days, err := s.Desk.Month(c.r.Context(), c.actor, desk.CalendarQuery{First: from, Last: to, Provider: c.provider, Branch: c.branch})
	if err != nil {
		return err
	}
	for i, d := range days {
		if i%7 == 0 {
			c.page.Month = append(c.page.Month, view.MonthWeek{})
		}
		cell := view.MonthCell{StripDay: c.stripDay(d, c.a.with("view", "", "day", c.named(d.Day))), Other: d.Day < first || d.Day > last}
		cell.On = false // the month has no day of its own
		c.page.Month[i/7][i%7] = cell
	}
	c.page.Title = c.l.Month(c.day)
	c.page.Earlier, c.page.Later = c.a.with("day", c.named(startOf(c, first.Add(-1)))), c.a.with("day", c.named(last.Add(1)))
	c.page.TodayURL = c.a.with("day", "")
	c.providerFilter(true)
	return nil
}

// startOf is the first day of the month of d.
func startOf(c *calendarVisit, d jalali.Day) jalali.Day {
	first, _ := c.l.MonthOf(d)
	return first
}
