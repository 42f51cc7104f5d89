package scenario

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/farsi"
	"daftar/internal/jalali"
)

// givenCalendar reads when people work; mine is false for another line.
func (p *parser) givenCalendar(w *words) (s step, mine bool, err error) {
	switch {
	case w.accept("provider"):
		s, err = p.givenProvider(w)
	case w.accept("leave"):
		s, err = p.givenException(w, clinic.Leave)
	case w.accept("closure"):
		s, err = p.givenException(w, clinic.Closure)
	case w.accept("extra"):
		s, err = p.givenException(w, clinic.Extra)
	case w.accept("public"):
		s, err = p.givenPublic(w)
	case w.accept("holiday"):
		s, err = p.givenHoliday(w)
	case w.accept("messages"):
		s.do = func(w *world) error {
			c, err := w.site.Desk.Clinic(w.ctx, w.manager.Clinic)
			if err != nil {
				return err
			}
			c.SMS = true
			_, err = w.site.Desk.SaveClinic(w.ctx, w.manager, desk.Save[clinic.Clinic]{Row: c})
			return err
		}
	default:
		return s, false, nil
	}
	return s, true, err
}

// shortDays are the days of a week as people abbreviate them, from Saturday.
var shortDays = []string{"sat", "sun", "mon", "tue", "wed", "thu", "fri"}

// hours are minutes of a day.
type hours struct{ from, until int }

// givenProvider reads "Rad دکتر راد; works sat-thu 09:00-13:00 16:00-20:00;
// capacity 2; slots 30; does بوتاکس".
func (p *parser) givenProvider(w *words) (step, error) {
	name, err := p.newName(w, "the provider", &p.providers)
	if err != nil {
		return step{}, err
	}
	row := clinic.Provider{Name: w.text()}
	var shifts []clinic.WorkShift
	var does []string
	capacity := map[string]any{"capacity": int64(1)}
	rules := map[string]any{}
	err = options(w, "of a provider", map[string]func() error{"capacity": number(w, capacity, "capacity"), "slots": number(w, rules, "slots"),
		"works": func() error {
			more, err := readWorks(w)
			shifts = append(shifts, more...)
			return err
		},
		"does": func() error {
			service, err := w.name("the service")
			does = append(does, service)
			return err
		}})
	return step{do: func(w *world) error {
		if minutes, ok := rules["slots"].(int64); ok {
			row.Booking = clinic.DefaultBookingRules()
			row.Booking.SlotMinutes = int(minutes)
		}
		for i := range shifts {
			shifts[i].Capacity = int(capacity["capacity"].(int64))
		}
		return w.addProvider(name, row, shifts, does)
	}}, err
}

// readWorks reads "sat-thu 09:00-13:00 16:00-20:00" and "fri 10:00-12:00".
func readWorks(w *words) (shifts []clinic.WorkShift, err error) {
	from, until, _ := strings.Cut(w.shown(), "-")
	first, last := slices.Index(shortDays, from), slices.Index(shortDays, until)
	if until == "" {
		last = first
	}
	if first < 0 || last < first {
		return nil, fmt.Errorf("unknown word %q; days are %v, or sat-thu", w.shown(), shortDays)
	}
	w.at++
	for !w.done() && w.peek() != ";" {
		h, err := readHours(w)
		if err != nil {
			return nil, err
		}
		for d := first; d <= last; d++ {
			shifts = append(shifts, clinic.WorkShift{Weekday: jalali.Weekday(d), From: h.from, Until: h.until})
		}
	}
	if shifts == nil {
		err = fmt.Errorf("%q where hours are expected: 09:00-13:00", w.shown())
	}
	return shifts, err
}

// readHours reads "09:00-13:00".
func readHours(w *words) (h hours, err error) {
	from, until, _ := strings.Cut(farsi.Digits(w.shown()), "-")
	begins, err := time.Parse("15:04", from)
	ends, also := time.Parse("15:04", until)
	if err != nil || also != nil || w.done() {
		return h, fmt.Errorf("%q is no stretch of a day: 09:00-13:00", w.shown())
	}
	w.at++
	return hours{begins.Hour()*60 + begins.Minute(), ends.Hour()*60 + ends.Minute()}, nil
}

func (w *world) addProvider(name string, row clinic.Provider, shifts []clinic.WorkShift, does []string) error {
	return w.site.Desk.Batch(w.ctx, w.manager, false, func(b desk.Batch) error {
		id, err := b.Provider(w.ctx, row)
		if err != nil {
			return err
		}
		for _, s := range shifts {
			s.Provider = id
			if _, err := b.WorkShift(w.ctx, s); err != nil {
				return err
			}
		}
		var services []clinic.ServiceID
		for _, one := range does {
			service, ok := w.services[one]
			if !ok {
				return fmt.Errorf("there is no service %q", one)
			}
			services = append(services, service)
		}
		if w.providers == nil {
			w.providers, w.several = map[string]string{}, map[string]bool{}
		}
		own := strconv.FormatInt(int64(id), 10)
		w.providers[name] = own
		w.several[own] = len(shifts) > 0 && shifts[0].Capacity > 1
		if services == nil {
			return nil
		}
		return b.ProviderServices(w.ctx, id, services)
	})
}

// givenException reads "Rad 1405/09/11 to 1405/09/12 09:00-11:00 «همایش»"; a
// closure is nobody's.
func (p *parser) givenException(w *words, kind clinic.ExceptionKind) (s step, err error) {
	e, provider := clinic.Exception{Kind: kind}, ""
	if kind != clinic.Closure {
		if provider, err = p.provider(w); err != nil {
			return s, err
		}
	}
	if e.First, err = p.day(w); err != nil {
		return s, err
	}
	if w.accept("to") {
		if e.Last, err = p.day(w); err != nil {
			return s, err
		}
	}
	if !w.done() && !w.tokens[w.at].quoted {
		h, err := readHours(w)
		if err != nil {
			return s, err
		}
		e.From, e.Until = h.from, h.until
	}
	if !w.done() {
		e.Reason, err = w.name("the reason")
	}
	return step{do: func(w *world) error {
		id, _ := strconv.ParseInt(w.providers[provider], 10, 64)
		row := e
		if row.Provider = clinic.ProviderID(id); kind == clinic.Extra {
			row.Branch = w.manager.Branch
		}
		_, err := w.site.Desk.SaveException(w.ctx, w.manager, desk.Save[clinic.Exception]{Row: row})
		return err
	}}, err
}

// givenHoliday reads "1405/09/15 «…»".
func (p *parser) givenHoliday(w *words) (s step, err error) {
	h := clinic.Holiday{}
	if h.Day, err = p.day(w); err != nil {
		return s, err
	}
	h.Name, err = w.name("the name of the holiday")
	return step{do: func(w *world) error {
		_, err := w.site.Desk.SaveHolidays(w.ctx, w.manager, desk.SaveHolidays{Set: []clinic.Holiday{h}})
		return err
	}}, err
}

// job reads "job marks 1 missed", "job makes 1 activities" and what the club
// does: what the program does by itself.
func (p *parser) job(w *words) (step, error) {
	if w.accept("makes") {
		return p.jobMakes(w)
	}
	if s, mine, err := p.clubJob(w); mine {
		return s, err
	}
	if s, mine, err := p.campaignJob(w); mine {
		return s, err
	}
	if err := w.need("marks"); err != nil {
		return step{}, err
	}
	want, err := w.amount()
	if err != nil {
		return step{}, err
	}
	if err := w.need("missed"); err != nil {
		return step{}, err
	}
	return step{do: func(w *world) error {
		marked, err := w.site.Desk.MarkMissed(w.ctx, w.manager.Clinic)
		if err != nil {
			return err
		}
		return same("the number of appointments that were marked", int64(marked), want)
	}}, w.end()
}

// cancelsDay reads "Rad on 1405/09/10 to 1405/09/11 09:00-13:00 «reason»; leave;
// dry".
func (p *parser) cancelsDay(w *words, actor string) (func(*world) (reply, error), error) {
	provider, err := p.provider(w)
	if err != nil {
		return nil, err
	}
	if err := w.need("on"); err != nil {
		return nil, err
	}
	body := map[string]any{}
	first, err := p.day(w)
	if err != nil {
		return nil, err
	}
	body["first"] = string(first)
	if w.accept("to") {
		last, err := p.day(w)
		if err != nil {
			return nil, err
		}
		body["last"] = string(last)
	}
	if !w.done() && strings.Contains(w.peek(), ":") && w.peek() != ":" {
		from, until, _ := strings.Cut(w.shown(), "-")
		if _, err := readHours(w); err != nil {
			return nil, err
		}
		body["from"], body["until"] = farsi.Digits(from), farsi.Digits(until)
	}
	readNote(w, body, "reason")
	err = options(w, "of a day", map[string]func() error{"leave": flag(body, "leave", true), "dry": flag(body, "dry_run", true)})
	return func(w *world) (reply, error) {
		full, _ := w.filled(body, []filler{func(w *world, body map[string]any) error {
			body["provider_id"] = w.providers[provider]
			return nil
		}})
		return w.command(actor, "/appointments/bulk-cancel", full)
	}, err
}

// waitsFor reads "A as W1; with Rad; for بوتاکس; from 1405/09/05; to
// 1405/09/10; morning": the actor writes down that the patient waits.
func (p *parser) waitsFor(w *words, actor string) (func(*world) (reply, error), error) {
	letter, err := p.patient(w)
	if err != nil {
		return nil, err
	}
	name := ""
	if w.accept("as") {
		if name, err = p.newName(w, "the line's name", &p.waits); err != nil {
			return nil, err
		}
	}
	body, fillers := map[string]any{}, []filler{}
	dayOf := func(field string) func() error {
		return func() error {
			d, err := p.day(w)
			body[field] = string(d)
			return err
		}
	}
	err = options(w, "of waiting", map[string]func() error{"from": dayOf("first"), "to": dayOf("last"), "morning": flag(body, "part", "morning"),
		"afternoon": flag(body, "part", "afternoon"), "dry": flag(body, "dry_run", true),
		"for": func() error {
			service, err := w.name("the service")
			fillers = append(fillers, serviceOf(service))
			return err
		},
		"with": func() error {
			provider, err := p.provider(w)
			fillers = append(fillers, func(w *world, body map[string]any) error {
				body["provider_id"] = w.providers[provider]
				return nil
			})
			return err
		}})
	return func(w *world) (reply, error) { return w.wait(actor, letter, name, body, fillers) }, err
}

// wait sends a line of the waitlist and remembers it.
func (w *world) wait(actor, letter, name string, body map[string]any, fillers []filler) (reply, error) {
	full, err := w.filled(body, fillers)
	if err != nil {
		return reply{}, err
	}
	full["patient_id"] = w.patients[letter].id
	r, err := w.command(actor, "/waitlist", full)
	if err != nil || r.status >= http.StatusBadRequest || name == "" {
		return r, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.waits == nil {
		w.waits = map[string]string{}
	}
	w.waits[name] = r.text("id")
	return r, nil
}

// leaves reads "W1": the patient does not wait any more.
func (p *parser) leaves(w *words, actor string) (func(*world) (reply, error), error) {
	name, err := known(w, "the line of the waitlist", "line of the waitlist", p.waits)
	return func(w *world) (reply, error) {
		return w.command(actor, "/waitlist/"+w.waitID(name)+"/leave", map[string]any{})
	}, err
}
