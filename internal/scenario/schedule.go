package scenario

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/farsi"
	"daftar/internal/jalali"
)

// weekdays are the days of the week as a file calls them.
var weekdays = []string{"Sat", "Sun", "Mon", "Tue", "Wed", "Thu", "Fri"}

// names that a file gives to what an appointment needs.
type booking struct {
	providers, rooms, appointments, waits map[string]bool
}

// named reports whether a name stands for something already.
func (p *parser) named(name string) bool {
	return p.patients[name] || p.actors[name] || p.admissions[name] || p.depositNames[name] || p.providers[name] || p.appointments[name] || p.waits[name]
}

// fresh reads a name that stands for nothing so far and keeps it.
func (p *parser) fresh(w *words, what string, names *map[string]bool) (string, error) {
	name, err := w.name(what)
	if err == nil && p.named(name) {
		err = fmt.Errorf("%s is there already", name)
	}
	if *names == nil {
		*names = map[string]bool{}
	}
	(*names)[name] = true
	return name, err
}

// known reads a name that has to stand for something.
func known(w *words, what string, names map[string]bool) (string, error) {
	name, err := w.name("the " + what)
	if err == nil && !names[name] {
		err = fmt.Errorf("there is no %s %q so far", what, name)
	}
	return name, err
}

// givenSchedule reads what appointments need.
func (p *parser) givenSchedule(w *words) (step, error) {
	switch {
	case w.accept("provider"):
		return p.givenProvider(w)
	case w.accept("room"):
		return p.givenResource(w, clinic.Room)
	case w.accept("device"):
		return p.givenResource(w, clinic.Device)
	case w.accept("holiday"):
		return p.givenHoliday(w)
	case w.accept("leave"):
		return p.givenException(w, clinic.Leave)
	case w.accept("closure"):
		return p.givenException(w, clinic.Closure)
	case w.accept("extra"):
		return p.givenException(w, clinic.Extra)
	case w.accept("messages"):
		return p.givenMessages(w)
	}
	return step{}, fmt.Errorf("unknown word %q; given actor, insurer, service, patient, referrer, blind count, provider, room, device, holiday, leave, "+
		"closure, extra or messages", w.shown())
}

// hours is when somebody works in a week.
type hours struct {
	days []jalali.Weekday
	span [][2]int
	room string
}

// week is how a provider works and is booked.
type week struct {
	title    string
	hours    []hours
	capacity int
	rules    clinic.BookingRules
	does     []string
}

// givenProvider reads "Rad «دکتر راد»; works Sat-Thu 09:00-13:00, 16:00-20:00 in
// اتاق; slot 30; capacity 2; open 30; does لیزر".
func (p *parser) givenProvider(w *words) (step, error) {
	name, err := p.fresh(w, "the provider's name", &p.providers)
	if err != nil {
		return step{}, err
	}
	made := week{title: name, capacity: 1, rules: clinic.DefaultBookingRules()}
	if !w.done() && w.tokens[w.at].quoted {
		made.title = w.shown()
		w.at++
	}
	for w.accept(";") {
		if err := p.providerOption(w, &made); err != nil {
			return step{}, err
		}
	}
	return step{do: func(w *world) error { return w.addProvider(name, made) }}, nil
}

func (p *parser) providerOption(w *words, made *week) (err error) {
	number := func(into *int) error {
		n, err := w.amount()
		*into = int(n)
		return err
	}
	switch {
	case w.accept("works"):
		h, err := p.hours(w)
		made.hours = append(made.hours, h)
		return err
	case w.accept("slot"):
		return number(&made.rules.SlotMinutes)
	case w.accept("open"):
		return number(&made.rules.OpenDays)
	case w.accept("capacity"):
		return number(&made.capacity)
	case w.accept("does"):
		for {
			service, err := w.name("the service")
			if err != nil {
				return err
			}
			if made.does = append(made.does, service); !w.accept(",") {
				return nil
			}
		}
	}
	return fmt.Errorf("unknown word %q; a provider has works, slot, open, capacity and does", w.shown())
}

// hours reads "Sat-Thu 09:00-13:00, 16:00-20:00 in اتاق".
func (p *parser) hours(w *words) (h hours, err error) {
	from, until, isRange := strings.Cut(w.shown(), "-")
	if !isRange {
		until = from
	}
	first, last := slices.Index(weekdays, from), slices.Index(weekdays, until)
	if w.done() || first < 0 || last < first {
		return h, fmt.Errorf("%q is no stretch of a week; its days are %v", w.shown(), weekdays)
	}
	w.at++
	for day := first; day <= last; day++ {
		h.days = append(h.days, jalali.Weekday(day))
	}
	for {
		span, err := clocks(w)
		if err != nil {
			return h, err
		}
		if h.span = append(h.span, span); !w.accept(",") {
			break
		}
	}
	if w.accept("in") {
		h.room, err = known(w, "room", p.rooms)
	}
	return h, err
}

// clocks reads "09:00-13:00".
func clocks(w *words) (span [2]int, err error) {
	for i, text := range strings.SplitN(farsi.Digits(w.shown()), "-", 2) {
		t, err := time.Parse("15:04", text)
		if text == "24:00" {
			span[i] = 24 * 60
		} else if span[i] = t.Hour()*60 + t.Minute(); err != nil {
			return span, fmt.Errorf("%q are no hours, as 09:00-13:00", w.shown())
		}
	}
	if w.done() || span[1] <= span[0] {
		return span, fmt.Errorf("%q are no hours, as 09:00-13:00", w.shown())
	}
	w.at++
	return span, nil
}

// isClocks reports whether hours come next.
func isClocks(w *words) bool {
	return !w.done() && !w.tokens[w.at].quoted && strings.Count(w.shown(), ":") == 2
}

// givenResource reads "اتاق capacity 2" of a room or a device.
func (p *parser) givenResource(w *words, kind clinic.ResourceKind) (step, error) {
	name, err := p.fresh(w, "the "+string(kind), &p.rooms)
	if err != nil {
		return step{}, err
	}
	capacity := int64(1)
	if w.accept("capacity") {
		if capacity, err = w.amount(); err != nil {
			return step{}, err
		}
	}
	return step{do: func(w *world) error {
		made, err := w.site.Desk.SaveResource(w.ctx, w.manager, desk.Save[clinic.Resource]{Row: clinic.Resource{Branch: w.manager.Branch, Kind: kind,
			Code: "r" + strconv.Itoa(len(w.rooms)+1), Name: name, Capacity: int(capacity)}})
		w.rooms[name] = made.ID
		return err
	}}, nil
}

// givenHoliday reads "1405/09/20 «شهادت» worked".
func (p *parser) givenHoliday(w *words) (step, error) {
	d, err := p.day(w)
	if err != nil {
		return step{}, err
	}
	name, err := w.name("the holiday's name")
	h := clinic.Holiday{Day: d, Name: name, Worked: w.accept("worked")}
	return step{do: func(w *world) error {
		_, err := w.site.Desk.SaveHolidays(w.ctx, w.manager, desk.SaveHolidays{Set: []clinic.Holiday{h}})
		return err
	}}, err
}

// givenException reads "of Rad from 1405/09/11 to 1405/09/12 09:00-11:00
// «همایش»" of leave and extra time, and the same without a provider of a
// closure.
func (p *parser) givenException(w *words, kind clinic.ExceptionKind) (s step, err error) {
	e, provider := clinic.Exception{Kind: kind}, ""
	if kind != clinic.Closure {
		if err := w.need("of"); err != nil {
			return s, err
		}
		if provider, err = known(w, "provider", p.providers); err != nil {
			return s, err
		}
	}
	if err := w.need("from"); err != nil {
		return s, err
	}
	if e.First, err = p.day(w); err != nil {
		return s, err
	}
	if w.accept("to") {
		if e.Last, err = p.day(w); err != nil {
			return s, err
		}
	}
	if isClocks(w) {
		span, err := clocks(w)
		if err != nil {
			return s, err
		}
		e.From, e.Until = span[0], span[1]
	}
	e.Reason = w.text()
	return step{do: func(w *world) error {
		if kind == clinic.Extra {
			e.Branch = w.manager.Branch
		}
		e.Provider = w.providers[provider]
		_, err := w.site.Desk.SaveException(w.ctx, w.manager, desk.Save[clinic.Exception]{Row: e})
		return err
	}}, nil
}

// givenMessages lets the clinic send messages.
func (p *parser) givenMessages(*words) (step, error) {
	return step{do: func(w *world) error {
		c, err := w.site.Desk.Clinic(w.ctx, w.manager.Clinic)
		if err != nil {
			return err
		}
		c.SMS = true
		_, err = w.site.Desk.SaveClinic(w.ctx, w.manager, desk.Save[clinic.Clinic]{Row: c})
		return err
	}}, nil
}

// addProvider hires who treats, with the week.
func (w *world) addProvider(name string, made week) error {
	provider, err := w.site.Desk.SaveProvider(w.ctx, w.manager, desk.Save[clinic.Provider]{Row: clinic.Provider{Name: made.title, Booking: made.rules}})
	if err != nil {
		return err
	}
	w.providers[name] = provider.ID
	for _, h := range made.hours {
		for _, day := range h.days {
			for _, span := range h.span {
				_, err := w.site.Desk.SaveWorkShift(w.ctx, w.manager, desk.Save[clinic.WorkShift]{Row: clinic.WorkShift{Provider: provider.ID,
					Branch: w.manager.Branch, Room: w.rooms[h.room], Weekday: day, From: span[0], Until: span[1], Capacity: made.capacity}})
				if err != nil {
					return err
				}
			}
		}
	}
	var does []clinic.ServiceID
	for _, service := range made.does {
		id, ok := w.services[service]
		if !ok {
			return fmt.Errorf("there is no service %q", service)
		}
		does = append(does, id)
	}
	if does == nil {
		return nil
	}
	return w.site.Desk.SetProviderServices(w.ctx, w.manager, provider.ID, does, desk.Request{})
}
