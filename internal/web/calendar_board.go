package web

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/web/view"
)

// dayView is the board of a day, a column for each provider.
func (s *server) dayView(c *calendarVisit) error {
	if err := s.strip(c); err != nil {
		return err
	}
	found, err := s.Desk.Calendar(c.r.Context(), c.actor, desk.CalendarQuery{First: c.day, Last: c.day, Provider: c.provider, Branch: c.branch})
	if fault.Code(err) == "provider.none" { // an address that somebody typed
		return redirect(c.visit, c.a.with("provider", ""))
	}
	if err != nil {
		return err
	}
	c.now = found.Now
	c.providerFilter(true)
	c.page.PrintURL = address(appointmentsPath+"/print", "day", string(c.day), "provider", c.a.get("provider"), "branch", c.a.get("branch"))
	c.page.Board = s.board(c, found, false)
	c.nothingWorks(found)
	return nil
}

// nothingWorks says of a day without columns why it has none.
func (c *calendarVisit) nothingWorks(found desk.CalendarPage) {
	c.page.Empty, c.page.EmptyText = c.l.T("calendar.empty.day"), c.l.T("calendar.empty.day.text")
	if holiday := found.Holidays[c.day]; holiday != "" {
		c.page.EmptyText = c.l.T("calendar.empty.holiday", "name", holiday)
	}
	if len(found.Providers) == 0 {
		c.page.EmptyText = c.l.T("calendar.empty.providers")
	}
	if c.actor.Can(clinic.WriteSchedules) {
		c.page.EmptyURL, c.page.EmptyDo = "/settings/schedule", c.l.T("calendar.schedule")
	} else {
		c.page.EmptyURL, c.page.EmptyDo = c.page.FreeURL, c.l.T("calendar.free")
	}
}

// weekView is the week of one provider, a column for each day.
func (s *server) weekView(c *calendarVisit) error {
	saturday := c.day.WeekStart()
	if c.provider == 0 && len(c.options.Providers) > 0 {
		c.provider = clinic.ProviderID(c.options.Providers[0].ID)
	}
	if err := s.strip(c); err != nil {
		return err
	}
	c.providerFilter(false)
	c.page.Empty, c.page.EmptyText = c.l.T("calendar.empty.week"), c.l.T("calendar.empty.providers")
	if c.provider == 0 {
		return nil
	}
	found, err := s.Desk.Calendar(c.r.Context(), c.actor, desk.CalendarQuery{First: saturday, Last: saturday.Add(6), Provider: c.provider, Branch: c.branch})
	if fault.Code(err) == "provider.none" {
		return redirect(c.visit, c.a.with("provider", ""))
	}
	if err != nil {
		return err
	}
	c.now = found.Now
	c.page.Board = s.board(c, found, true)
	return nil
}

// usualHours are those of a board on which nothing is.
var usualHours = [2]int{8, 20}

// board arranges columns beside one axis that is long enough for all of them.
func (s *server) board(c *calendarVisit, found desk.CalendarPage, week bool) *view.Board {
	b := &view.Board{First: 24, Last: 0, Week: week, Moves: c.actor.Can(clinic.WriteAppointments), Request: s.RequestKey(), Then: c.a.url()}
	for _, column := range found.Columns {
		one := s.column(c, found, column, week)
		for _, e := range one.Entries {
			if e.Kind == "open" || e.Kind == "card" {
				b.First, b.Last = min(b.First, e.At.From/60), max(b.Last, (e.At.Until+59)/60)
			}
		}
		b.Fine = b.Fine || one.Step < 15
		b.Columns = append(b.Columns, one)
	}
	if b.Last <= b.First {
		b.First, b.Last = usualHours[0], usualHours[1]
	}
	for i := range b.Columns {
		clip(&b.Columns[i], b.First*60, b.Last*60)
	}
	return b
}

// clip keeps what a column has within the axis.
func clip(c *view.BoardColumn, first, last int) {
	for i := range c.Entries {
		at := &c.Entries[i].At
		at.From, at.Until = max(at.From, first), min(at.Until, last)
	}
	c.Entries = slices.DeleteFunc(c.Entries, func(e view.BoardEntry) bool { return e.At.Until <= e.At.From })
	c.Over = min(c.Over, last)
	if c.Now < first || c.Now >= last {
		c.Now = 0
	}
}

// column is a provider on a day.
func (s *server) column(c *calendarVisit, found desk.CalendarPage, d desk.ProviderDay, days bool) view.BoardColumn {
	one := view.BoardColumn{Provider: id(d.Provider.ID), Name: d.Provider.Name, Day: d.Day, Title: d.Provider.Name, Today: d.Day == found.Today,
		Step: max(5, d.Provider.Booking.SlotMinutes)}
	if days {
		one.Title = c.l.T("calendar.column.day", "weekday", c.l.Weekday(d.Day), "day", c.l.DayShort(d.Day))
		one.URL = c.a.with("view", "", "day", c.named(d.Day))
	} else {
		one.URL = c.a.with("view", week, "provider", id(d.Provider.ID))
	}
	one.Notes = c.columnNotes(found, d)
	switch {
	case d.Day < found.Today:
		one.Over = 24 * 60
	case d.Day == found.Today:
		one.Now = c.minuteOf(found.Now) / 5 * 5
		one.Over = one.Now
	}
	one.Entries = slices.Concat(c.hours(d), c.shut(found, d), c.cards(s, found, d), c.slots(found, d))
	slices.SortStableFunc(one.Entries, func(a, b view.BoardEntry) int { return cmp.Compare(a.At.From, b.At.From) })
	return one
}

// columnNotes are what stands under the name: the room and the hours, or why
// nobody is there.
func (c *calendarVisit) columnNotes(found desk.CalendarPage, d desk.ProviderDay) (notes []string) {
	room := found.Rooms[d.Room()]
	if hours := c.hoursText(d); hours != "" {
		if room != "" {
			hours = room + " · " + hours
		}
		return append(notes, hours)
	}
	if holiday := found.Holidays[d.Day]; holiday != "" {
		return append(notes, holiday)
	}
	for _, e := range d.Shut {
		return append(notes, c.shutText(e))
	}
	return append(notes, c.l.T("calendar.off"))
}

// hoursText are the hours of a day in words, with what is next to each other
// as one.
func (c *calendarVisit) hoursText(d desk.ProviderDay) (text string) {
	for _, at := range c.openHours(d) {
		if text != "" {
			text += c.l.T("word.comma")
		}
		text += c.l.T("calendar.hours", "from", c.l.ClockOf(at.From), "until", c.l.ClockOf(at.Until))
	}
	return text
}

// openHours are the openings of a day as stretches, joined where they touch.
func (c *calendarVisit) openHours(d desk.ProviderDay) (all []view.Stretch) {
	for _, o := range d.Openings {
		at := c.stretch(clinic.Span{Starts: o.From, Ends: o.Until}, d.Day)
		if n := len(all); n > 0 && at.From <= all[n-1].Until {
			all[n-1].Until = max(all[n-1].Until, at.Until)
			continue
		}
		all = append(all, at)
	}
	return all
}

// stretch is the part of a span that lies on the day.
func (v visit) stretch(s clinic.Span, d jalali.Day) view.Stretch {
	at := view.Stretch{From: v.minuteOf(s.Starts), Until: v.minuteOf(s.Ends)}
	if v.clinic.Day(s.Ends) > d {
		at.Until = 24 * 60
	}
	return at
}

func (c *calendarVisit) hours(d desk.ProviderDay) (all []view.BoardEntry) {
	for _, at := range c.openHours(d) {
		all = append(all, view.BoardEntry{At: at, Kind: "open"})
	}
	return all
}

// shut are the stretches in which nobody is there although the week says so.
func (c *calendarVisit) shut(found desk.CalendarPage, d desk.ProviderDay) (all []view.BoardEntry) {
	if holiday := found.Holidays[d.Day]; holiday != "" && len(d.Openings) == 0 {
		return []view.BoardEntry{{At: view.Stretch{From: 0, Until: 24 * 60}, Kind: "shut", Text: holiday}}
	}
	for _, e := range d.Shut {
		all = append(all, view.BoardEntry{At: view.Stretch{From: e.From, Until: e.Until}, Kind: "shut", Text: c.shutText(e)})
	}
	return all
}

// shutText says what shuts a time, and why.
func (c *calendarVisit) shutText(e clinic.Exception) string {
	text := c.l.T("calendar.shut." + string(e.Kind))
	if e.Reason != "" {
		text += " · " + e.Reason
	}
	return text
}

// slots are the free times of a column, each a way to book it.
func (c *calendarVisit) slots(found desk.CalendarPage, d desk.ProviderDay) (all []view.BoardEntry) {
	if !c.actor.Can(clinic.WriteAppointments) || d.Provider.Disabled {
		return nil
	}
	step := time.Duration(max(5, d.Provider.Booking.SlotMinutes)) * time.Minute
	last := time.Time{}
	if open := d.Provider.Booking.OpenDays; open > 0 {
		_, last = found.Today.Add(open).Bounds(c.clinic.Zone)
	}
	for _, o := range d.Openings {
		for t := o.From; !t.Add(step).After(o.Until); t = t.Add(step) {
			span := clinic.Span{Starts: t, Ends: t.Add(step)}
			at := c.stretch(span, d.Day)
			if t.Before(found.Now) || !last.IsZero() && !t.Before(last) || taken(d.Items, span) >= o.Capacity ||
				slices.ContainsFunc(all, func(e view.BoardEntry) bool { return e.At.From == at.From }) {
				continue
			}
			starts := t.UTC().Format(time.RFC3339)
			all = append(all, view.BoardEntry{At: at, Kind: "slot", Text: c.l.T("calendar.book", "clock", c.l.ClockOf(at.From), "provider", d.Provider.Name),
				URL: address(appointmentsPath+"/new", "provider", id(d.Provider.ID), "starts", starts, "then", c.a.url())})
		}
	}
	return all
}

// taken is how many appointments share the span.
func taken(items []desk.AppointmentItem, s clinic.Span) (n int) {
	for _, i := range items {
		if i.Status.TakesTime() && i.Overlaps(s) {
			n++
		}
	}
	return n
}

// onBoard reports whether an appointment stands on the board: one that takes
// time, or whose time went by for nothing.
func onBoard(i desk.AppointmentItem) bool { return i.Status.TakesTime() || i.Status == clinic.NoShow }

// cards are the appointments of a column, beside each other where they share
// their time.
func (c *calendarVisit) cards(s *server, found desk.CalendarPage, d desk.ProviderDay) (all []view.BoardEntry) {
	var spans []view.Stretch
	done := c.r.URL.Query().Get(doneParam)
	for _, i := range d.Items {
		if !onBoard(i) {
			continue
		}
		at := c.stretch(i.Span, d.Day)
		card := c.card(i, found.Now)
		card.Changed = done == card.ID
		all, spans = append(all, view.BoardEntry{At: at, Kind: "card", Card: &card}), append(spans, at)
	}
	for i, lane := range view.Lanes(spans) {
		all[i].Card.Lane = lane
	}
	return all
}

// card is an appointment on the board.
func (c *calendarVisit) card(i desk.AppointmentItem, now time.Time) view.BoardCard {
	status, tone := c.statusOf(i)
	card := view.BoardCard{ID: id(i.ID), Patient: c.patientOf(i), Service: i.ServiceName, Status: status, Tone: tone, Note: i.Note, Overbooked: i.Overbooked,
		Clock: c.l.ClockOf(c.minuteOf(i.Starts)) + "–" + c.l.ClockOf(c.minuteOf(i.Ends)), Passed: !i.Ends.After(now),
		Version: strconv.FormatInt(i.Version, 10), Minutes: strconv.Itoa(i.Minutes()), Links: c.appointmentLinks(i)}
	if i.Deposit > 0 && !c.l.NoMoney {
		card.Deposit = c.l.Amount(i.Deposit) + " " + c.l.Unit()
	}
	if !i.Hidden() {
		card.Phone = c.l.Mobile(i.Mobile)
		card.Movable = i.Status.Waits() && c.actor.Can(clinic.WriteAppointments)
	}
	return card
}

// patientOf is the name that opens the menu; nil for somebody whom the reader
// may not see.
func (c *calendarVisit) patientOf(i desk.AppointmentItem) *view.TablePatient {
	if i.Hidden() {
		return nil
	}
	return &view.TablePatient{Row: "appointment-" + id(i.ID), ID: id(i.Person.ID), Name: i.Person.Name(), File: i.Person.FileNumber.String(), Mobile: i.Person.Mobile}
}

// appointmentTones are the tones of the states.
var appointmentTones = map[clinic.AppointmentStatus]string{clinic.Proposed: "plain", clinic.Booked: "info", clinic.Confirmed: "hold", clinic.CheckedIn: "club",
	clinic.Fulfilled: "ok", clinic.NoShow: "due", clinic.CancelledByPatient: "plain", clinic.CancelledByClinic: "plain", clinic.EnteredInError: "plain"}

// statusOf says how far an appointment is; of an admission how far its services
// are.
func (c *calendarVisit) statusOf(i desk.AppointmentItem) (text, tone string) {
	if i.Status == clinic.Fulfilled && (i.Progress == clinic.LineInProgress || i.Progress == clinic.LineCompleted) {
		return c.l.T("calendar.progress." + string(i.Progress)), "ok"
	}
	return c.l.T("appointment.status." + string(i.Status)), appointmentTones[i.Status]
}

// appointmentLinks are what the state and the reader's rights allow.
func (c *calendarVisit) appointmentLinks(i desk.AppointmentItem) (links []view.TableLink) {
	if i.Hidden() {
		return nil
	}
	can := func(to ...clinic.AppointmentStatus) bool {
		return slices.ContainsFunc(to, func(one clinic.AppointmentStatus) bool { return slices.Contains(i.To, one) })
	}
	write, here := c.actor.Can(clinic.WriteAppointments), c.clinic.Day(i.Starts) == c.l.Today
	ended := []clinic.AppointmentStatus{clinic.CancelledByPatient, clinic.CancelledByClinic, clinic.NoShow}
	for _, one := range []struct {
		do   string
		show bool
	}{
		{"check-in", write && here && can(clinic.CheckedIn)},
		{"admit", c.actor.Can(clinic.WriteAdmissions) && here && can(clinic.Fulfilled)},
		{"confirm", write && can(clinic.Confirmed)},
		{"move", write && i.Status.Waits()},
		{"no-show", write && can(clinic.NoShow)},
		{"undo-check-in", write && i.Status == clinic.CheckedIn && can(clinic.Booked)},
		{"restore", write && slices.Contains(ended, i.Status) && i.Ends.After(c.now)},
		{"cancel", write && can(clinic.CancelledByPatient, clinic.CancelledByClinic)},
		{"in-error", write && can(clinic.EnteredInError)},
	} {
		if !one.show {
			continue
		}
		path := appointmentsPath + "/" + id(i.ID) + "/" + one.do
		url := address(path, "then", c.then(i.ID))
		if one.do == "admit" {
			url = address("/patients/"+id(i.Person.ID)+"/admit", "appointment", id(i.ID), "then", c.then(i.ID))
		}
		links = append(links, view.TableLink{Text: c.l.T("calendar.do." + one.do), URL: url, Icon: one.do})
	}
	return links
}
