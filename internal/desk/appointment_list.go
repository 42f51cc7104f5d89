package desk

import (
	"context"
	"slices"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/money"
	"daftar/internal/store"
)

// AppointmentItem is an appointment in a list, with the person it is of: of a
// merged file, the one that stands for it. Of somebody whom the actor may not
// see only the time is known, and Person is empty.
type AppointmentItem struct {
	store.AppointmentShown
	Person clinic.Patient
	Steps  []store.AppointmentStep // what happened to it, oldest first; where a query says so
	To     []clinic.AppointmentStatus
	// Restores: it was cancelled or missed and can wait again. Ahead: it takes
	// place, and its time is not over.
	Restores, Ahead bool
	// Of one that is asked for: the messages about it, oldest first, and the
	// deposits that are for it with what the tiers would keep of each.
	Messages []clinic.Message
	Deposits []clinic.Deposit
	Proposed []money.Amount
}

// Hidden reports whether the actor may not know whose it is.
func (i AppointmentItem) Hidden() bool { return i.Person.ID == 0 }

// items dresses appointments with the people they are of and what may become
// of them.
func (w work) items(ctx context.Context, found []store.AppointmentShown) ([]AppointmentItem, error) {
	files := make([]clinic.PatientID, len(found))
	for i, a := range found {
		files[i] = a.Patient
	}
	persons, err := w.PersonsOf(ctx, files)
	if err != nil {
		return nil, err
	}
	items := make([]AppointmentItem, len(found))
	for i, a := range found {
		item := AppointmentItem{AppointmentShown: a}
		if p := persons[a.Patient]; w.visible(p) == nil {
			item.Person = w.masked(p)
			live := a.Admission != 0 && a.AdmissionStatus != clinic.Cancelled
			item.To = a.Steps(w.now, live)
			_, over := a.Restore(w.now)
			item.Restores, item.Ahead = over == nil, (a.Status.Waits() || a.Status == clinic.CheckedIn) && a.Ends.After(w.now)
		} else {
			item.Patient, item.FirstName, item.LastName, item.FileNumber, item.Note, item.Deposit, item.Asked = 0, "", "", 0, "", 0, 0
		}
		item.Mobile = item.Person.Mobile
		if !w.actor.Can(clinic.ReadMoney) {
			item.Deposit, item.Asked = 0, 0
		}
		items[i] = item
	}
	return items, nil
}

// AppointmentQuery is a page of the list of appointments; all of it holds at
// once, and a zero field asks for nothing.
type AppointmentQuery struct {
	From, To jalali.Day // inclusive
	Status   string     // of clinic.AppointmentStatus; "waits": whoever is still expected
	Provider clinic.ProviderID
	Newest   bool   // the latest first
	Cursor   string // from an earlier page
	Limit    int    // 1 to 200; 0 is 50
}

// StatusWaits asks the list for appointments whose patient is still expected.
const StatusWaits = "waits"

// AppointmentPage is a page of the list.
type AppointmentPage struct {
	Items []AppointmentItem
	Next  string // cursor of the page behind it; "" at the end
}

func (p AppointmentPage) shown() (people []clinic.PatientID) {
	for _, i := range p.Items {
		if !i.Hidden() {
			people = append(people, i.Person.ID)
		}
	}
	return people
}

// ListAppointments returns a page of the list, of the actor's branch or of all.
// Invalid appointment.filter, date.syntax, view.range, page.limit, page.cursor.
func (d *Desk) ListAppointments(ctx context.Context, actor clinic.Actor, q AppointmentQuery) (AppointmentPage, error) {
	if err := actor.May(clinic.ReadAppointments); err != nil {
		return AppointmentPage{}, err
	}
	return readPatient(ctx, d, actor, "appointment.list", func(w work) (p AppointmentPage, _ clinic.PatientID, err error) {
		find := store.AppointmentQuery{Provider: q.Provider, Branch: w.branch(), Newest: q.Newest}
		if find.Statuses, err = statusesOf(q.Status); err != nil {
			return p, 0, err
		}
		r, err := w.span(View{From: q.From, To: q.To, Cursor: q.Cursor, Limit: q.Limit})
		if err != nil {
			return p, 0, err
		}
		find.From, find.Until, find.After, find.Limit = r.From, r.Before, r.Older, r.Limit+1
		found, err := w.Appointments(ctx, find)
		if err != nil {
			return p, 0, err
		}
		if len(found) > r.Limit {
			found = found[:r.Limit]
			last := found[len(found)-1]
			p.Next = writeCursor("o", store.Key{At: last.Starts, ID: int64(last.ID)})
		}
		p.Items, err = w.items(ctx, found)
		return p, 0, err
	})
}

// statusesOf reads the filter of a state. Invalid appointment.filter.
func statusesOf(status string) ([]clinic.AppointmentStatus, error) {
	switch one := clinic.AppointmentStatus(status); {
	case status == "":
		return nil, nil
	case status == StatusWaits:
		return []clinic.AppointmentStatus{clinic.Proposed, clinic.Booked, clinic.Confirmed}, nil
	case slices.Contains(clinic.AppointmentStatuses, one):
		return []clinic.AppointmentStatus{one}, nil
	}
	return nil, fault.New(fault.Invalid, "appointment.filter", "there is no state %q", status).At("status")
}

// Appointment returns one appointment with what happened to it. NotFound
// appointment.none.
func (d *Desk) Appointment(ctx context.Context, actor clinic.Actor, id clinic.AppointmentID) (AppointmentItem, error) {
	if err := actor.May(clinic.ReadAppointments); err != nil {
		return AppointmentItem{}, err
	}
	return readPatient(ctx, d, actor, "appointment.read", func(w work) (i AppointmentItem, _ clinic.PatientID, err error) {
		a, p, err := w.visibleAppointment(ctx, id, nil)
		if err != nil {
			return i, 0, err
		}
		found, err := w.Appointments(ctx, store.AppointmentQuery{ID: a.ID})
		if err != nil {
			return i, 0, err
		}
		items, err := w.withSteps(ctx, found)
		if err != nil {
			return i, 0, err
		}
		if items[0].Messages, err = w.MessagesAbout(ctx, int64(a.ID)); err != nil {
			return i, 0, err
		}
		var held Booked
		err = w.depositsOf(ctx, a, &held)
		items[0].Deposits, items[0].Proposed = held.Deposits, held.Proposed
		return items[0], p.ID, err
	})
}

// withSteps is items with what happened to each.
func (w work) withSteps(ctx context.Context, found []store.AppointmentShown) ([]AppointmentItem, error) {
	items, err := w.items(ctx, found)
	if err != nil {
		return nil, err
	}
	ids := make([]clinic.AppointmentID, len(items))
	for i, item := range items {
		ids[i] = item.ID
	}
	steps, err := w.AppointmentEvents(ctx, ids)
	for i := range items {
		items[i].Steps = steps[items[i].ID]
	}
	return items, err
}

// CalendarQuery asks for days of the calendar: at most 14, of one provider or
// of all who work or are booked then.
type CalendarQuery struct {
	First, Last jalali.Day
	Provider    clinic.ProviderID
	Branch      clinic.BranchID // of who sees several; 0: all of them
}

// ProviderDay is one column of the calendar: a provider on a day. Shut is when
// nobody is there although the week says so.
type ProviderDay struct {
	Provider clinic.Provider
	Day      jalali.Day
	Openings []clinic.Opening
	Shut     []clinic.Exception
	Items    []AppointmentItem
}

// Room is the room of the first opening; 0 for none.
func (d ProviderDay) Room() clinic.ResourceID {
	for _, o := range d.Openings {
		if o.Room != 0 {
			return o.Room
		}
	}
	return 0
}

// CalendarPage are columns of the calendar, by provider and then by day.
type CalendarPage struct {
	Columns   []ProviderDay
	Providers []clinic.Provider // whom the calendar can be of
	Rooms     map[clinic.ResourceID]string
	Holidays  map[jalali.Day]string
	Today     jalali.Day
	Now       time.Time
}

func (p CalendarPage) shown() (people []clinic.PatientID) {
	for _, c := range p.Columns {
		for _, i := range c.Items {
			if !i.Hidden() {
				people = append(people, i.Person.ID)
			}
		}
	}
	return people
}

// maxColumns bounds how many days a page of the calendar has.
const maxColumns = 14

// Calendar returns days of the calendar with everything on them. Invalid
// date.syntax, availability.range; NotFound provider.none.
func (d *Desk) Calendar(ctx context.Context, actor clinic.Actor, q CalendarQuery) (CalendarPage, error) {
	if err := actor.May(clinic.ReadAppointments); err != nil {
		return CalendarPage{}, err
	}
	if err := checkDays(q.First, q.Last); err != nil {
		return CalendarPage{}, err
	}
	if q.Last.Sub(q.First) >= maxColumns {
		return CalendarPage{}, fault.New(fault.Invalid, "availability.range", "a calendar has up to %d days", maxColumns).At("to")
	}
	return readPatient(ctx, d, actor, "appointment.calendar", func(w work) (p CalendarPage, _ clinic.PatientID, err error) {
		p, err = w.calendarPage(ctx, q)
		return p, 0, err
	})
}

func (w work) calendarPage(ctx context.Context, q CalendarQuery) (p CalendarPage, err error) {
	p.Today, p.Now, p.Rooms, p.Holidays = w.today(), w.now, map[clinic.ResourceID]string{}, map[jalali.Day]string{}
	if branch := w.branch(); branch != 0 {
		q.Branch = branch
	}
	all, err := w.Tx.Providers(ctx)
	if err != nil {
		return p, err
	}
	p.Providers = clinic.Offered(all)
	if q.Provider != 0 && !slices.ContainsFunc(all, func(one clinic.Provider) bool { return one.ID == q.Provider }) {
		return p, fault.New(fault.NotFound, "provider.none", "there is no provider %d", q.Provider)
	}
	resources, err := w.Resources(ctx)
	if err != nil {
		return p, err
	}
	for _, r := range resources {
		p.Rooms[r.ID] = r.Name
	}
	week, err := w.week(ctx, q.Provider, q.First, q.Last)
	if err != nil {
		return p, err
	}
	for _, h := range week.Holidays {
		if !h.Worked {
			p.Holidays[h.Day] = h.Name
		}
	}
	from, until := w.daySpan(q.First, q.Last)
	found, err := w.Appointments(ctx, store.AppointmentQuery{From: from, Until: until, Provider: q.Provider, Branch: q.Branch})
	if err != nil {
		return p, err
	}
	items, err := w.items(ctx, found)
	if err != nil {
		return p, err
	}
	for _, one := range all {
		if q.Provider == 0 || q.Provider == one.ID {
			p.Columns = append(p.Columns, columnsOf(w, week, q, one, items)...)
		}
	}
	return p, nil
}

// columnsOf are the columns of a provider; of somebody who neither works nor is
// booked on any of the days there is none, unless it was asked for.
func columnsOf(w work, week clinic.Week, q CalendarQuery, p clinic.Provider, items []AppointmentItem) (columns []ProviderDay) {
	there := q.Provider != 0
	for day := q.First; day != "" && day <= q.Last; day = day.Add(1) { // no day follows the last there is
		c := ProviderDay{Provider: p, Day: day, Shut: week.Shut(p.ID, q.Branch, day)}
		for _, o := range week.Openings(p.ID, day) {
			if q.Branch == 0 || o.Branch == q.Branch {
				c.Openings = append(c.Openings, o)
			}
		}
		for _, i := range items {
			if i.Provider == p.ID && w.clinic.Day(i.Starts) == day {
				c.Items = append(c.Items, i)
			}
		}
		there = there || !p.Disabled && (len(c.Openings) > 0 || len(c.Shut) > 0) || len(c.Items) > 0
		columns = append(columns, c)
	}
	if !there {
		return nil
	}
	return columns
}
