package scenario

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
)

// appointmentVerbs are the words for appointments alone; "moves", "confirms",
// "admits" and "cancels" are of other things too and look which it is.
func (p *parser) appointmentVerbs() map[string]verb {
	step := func(path string) verb {
		return func(w *words, actor string) (func(*world) (reply, error), error) { return p.steps(w, actor, path) }
	}
	return map[string]verb{"books": p.books, "checks": p.checksIn, "unchecks": step("undo-check-in"), "misses": step("no-show"), "restores": step("restore"),
		"strikes": step("in-error"), "waits": p.waitsFor, "leaves": p.leaves, "completes": p.completes}
}

// later is a part of a body that only the world knows.
type later func(w *world, body map[string]any) error

// appointing is a command on an appointment as it is read: a body and what the
// world adds to it.
type appointing struct {
	body  map[string]any
	later []later
	names []string // of the deposit that comes with it
}

func (a *appointing) add(l later) { a.later = append(a.later, l) }

// sent is the body with all that the world knows. A file is played on several
// worlds, so what was read stays as it is.
func (a appointing) sent(w *world) (map[string]any, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	body := maps.Clone(a.body)
	for _, l := range a.later {
		if err := l(w, body); err != nil {
			return nil, err
		}
	}
	return body, nil
}

// idText writes an id for the API.
func idText[T ~int64](id T) string { return strconv.FormatInt(int64(id), 10) }

// provider reads the name of who treats.
func (p *parser) with(w *words, a *appointing) error {
	name, err := known(w, "provider", p.providers)
	a.add(func(w *world, body map[string]any) error {
		body["provider_id"] = idText(w.providers[name])
		return nil
	})
	return err
}

// starts reads "1405/09/10 10:00".
func (p *parser) starts(w *words, a *appointing) error {
	at, err := p.visit(w)
	a.add(func(w *world, body map[string]any) error {
		body["starts"] = at(w)
		return nil
	})
	return err
}

// forService reads the name of a service.
func (p *parser) forService(w *words, a *appointing) error {
	name, err := w.name("the service")
	a.add(func(w *world, body map[string]any) error {
		id, ok := w.services[name]
		if !ok {
			return fmt.Errorf("there is no service %q", name)
		}
		body["service_id"] = idText(id)
		return nil
	})
	return err
}

// books reads "A with Rad as N1: 1405/09/10 10:00; for بوتاکس; minutes 30; deposit
// D1 pos 10000000; asks D2 5000000; use D3; answers W1; overbook; phone"; of a
// series also "sessions 3 every 14", which are N1.1 to N1.3.
func (p *parser) books(w *words, actor string) (func(*world) (reply, error), error) {
	a := appointing{body: map[string]any{}}
	letter, err := p.patient(w)
	if err != nil {
		return nil, err
	}
	if err := w.need("with"); err != nil {
		return nil, err
	}
	if err := p.with(w, &a); err != nil {
		return nil, err
	}
	name := ""
	if w.accept("as") {
		if name, err = p.fresh(w, "the appointment's name", &p.appointments); err != nil {
			return nil, err
		}
	}
	if err := w.need(":"); err != nil {
		return nil, err
	}
	if err := p.starts(w, &a); err != nil {
		return nil, err
	}
	for w.accept(";") {
		if err := p.bookOption(w, &a); err != nil {
			return nil, err
		}
	}
	if n, _ := a.body["sessions"].(int64); name != "" && n > 0 && n <= 52 {
		delete(p.appointments, name)
		for i := range n {
			p.appointments[fmt.Sprintf("%s.%d", name, i+1)] = true
		}
	}
	return func(w *world) (reply, error) { return w.book(actor, letter, name, a) }, nil
}

// bookOption reads what stands after a semicolon.
func (p *parser) bookOption(w *words, a *appointing) (err error) {
	switch {
	case w.accept("for"):
		return p.forService(w, a)
	case w.accept("sessions"):
		if a.body["sessions"], err = w.amount(); err != nil {
			return err
		}
		if err := w.need("every"); err != nil {
			return err
		}
		a.body["every_days"], err = w.amount()
		return err
	case w.accept("phone"):
		a.body["channel"] = "phone"
	case w.accept("deposit"):
		return p.bookedDeposit(w, a, func(money map[string]any) (err error) {
			money["lines"], err = readLines(w)
			return err
		})
	case w.accept("asks"):
		return p.bookedDeposit(w, a, func(money map[string]any) (err error) {
			money["amount"], err = w.amount()
			return err
		})
	case w.accept("use"):
		name, err := p.deposit(w)
		a.add(func(w *world, body map[string]any) error {
			body["use_deposit_ids"] = []string{w.deposits[name].id}
			return nil
		})
		return err
	case w.accept("answers"):
		name, err := known(w, "line of the waitlist", p.waits)
		a.add(func(w *world, body map[string]any) error {
			body["waitlist_id"] = w.waits[name]
			return nil
		})
		return err
	default:
		return p.timeOption(w, a)
	}
	return nil
}

// bookedDeposit reads the name of a deposit that comes with an appointment, and
// its money.
func (p *parser) bookedDeposit(w *words, a *appointing, read func(money map[string]any) error) error {
	name, err := p.newDeposit(w)
	if err != nil {
		return err
	}
	money := map[string]any{}
	if err := read(money); err != nil {
		return err
	}
	a.body["deposit"], a.names = money, append(a.names, name)
	return nil
}

// timeOption reads what both booking and moving have.
func (p *parser) timeOption(w *words, a *appointing) (err error) {
	switch {
	case w.accept("minutes"):
		a.body["minutes"], err = w.amount()
	case w.accept("overbook"):
		a.body["overbook"] = true
	case w.accept("dry"):
		a.body["dry_run"] = true
	default:
		err = fmt.Errorf("unknown word %q; of an appointment: for, minutes, deposit, asks, use, answers, phone, with, overbook, dry", w.shown())
	}
	return err
}

// appointment reads the name of an appointment.
func (p *parser) appointment(w *words) (string, error) {
	name, err := w.name("the appointment")
	if err == nil && !p.appointments[name] {
		err = fmt.Errorf("there is no appointment %q so far; there are %v", name, slices.Sorted(maps.Keys(p.appointments)))
	}
	return name, err
}

// isAppointment reports whether the name of one comes next.
func (p *parser) isAppointment(w *words) bool { return !w.done() && p.appointments[w.shown()] }

// book sends a booking and remembers what came of it.
func (w *world) book(actor, letter, name string, a appointing) (reply, error) {
	body, err := a.sent(w)
	if err != nil {
		return reply{}, err
	}
	w.mu.Lock()
	body["patient_id"] = w.patients[letter].id
	w.mu.Unlock()
	path := "/appointments"
	if body["sessions"] != nil {
		path += "/series"
	}
	r, err := w.command(actor, path, body)
	if err != nil || r.status >= http.StatusBadRequest || body["dry_run"] == true {
		return r, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if name != "" {
		w.appointments[name] = r.text("appointment", "id")
	}
	for i, one := range r.items("sessions") {
		if name != "" {
			w.appointments[name+"."+strconv.Itoa(i+1)] = one.text("appointment", "id")
		}
	}
	if w.deposits == nil {
		w.deposits = map[string]deposited{}
	}
	for _, one := range a.names {
		w.deposits[one] = deposited{newestDeposit(r), letter}
	}
	return r, nil
}

// newestDeposit is the id of the deposit that came with the appointment: ids
// rise.
func newestDeposit(r reply) (newest string) {
	for _, d := range r.items("deposits") {
		if id := d.text("id"); len(id) > len(newest) || id > newest {
			newest = id
		}
	}
	return newest
}

// waitsFor reads "for A as W1; with Rad; from 1405/09/05; to 1405/09/20; morning;
// service لیزر".
func (p *parser) waitsFor(w *words, actor string) (func(*world) (reply, error), error) {
	a := appointing{body: map[string]any{}}
	if err := w.need("for"); err != nil {
		return nil, err
	}
	letter, err := p.patient(w)
	if err != nil {
		return nil, err
	}
	if err := w.need("as"); err != nil {
		return nil, err
	}
	name, err := p.fresh(w, "the name of the line", &p.waits)
	if err != nil {
		return nil, err
	}
	for w.accept(";") {
		switch word := w.peek(); {
		case w.accept("with"):
			err = p.with(w, &a)
		case w.accept("service"):
			err = p.forService(w, &a)
		case w.accept("morning") || w.accept("afternoon"):
			a.body["part"] = word
		case w.accept("from") || w.accept("to"):
			d, failed := p.day(w)
			a.body[map[string]string{"from": "first", "to": "last"}[word]], err = string(d), failed
		default:
			err = fmt.Errorf("unknown word %q; who waits says with, service, from, to, morning, afternoon", w.shown())
		}
		if err != nil {
			return nil, err
		}
	}
	return func(w *world) (reply, error) {
		body, err := a.sent(w)
		if err != nil {
			return reply{}, err
		}
		body["patient_id"] = w.patients[letter].id
		r, err := w.command(actor, "/waitlist", body)
		if err == nil && r.status < http.StatusBadRequest {
			w.waits[name] = r.text("id")
		}
		return r, err
	}, nil
}

// leaves reads "W1": nobody waits there any more.
func (p *parser) leaves(w *words, actor string) (func(*world) (reply, error), error) {
	name, err := known(w, "line of the waitlist", p.waits)
	return func(w *world) (reply, error) {
		return w.command(actor, "/waitlist/"+w.waits[name]+"/leave", map[string]any{})
	}, err
}

// completes reads "A no_show «result»": the open activity of a patient with the
// cause.
func (p *parser) completes(w *words, actor string) (func(*world) (reply, error), error) {
	letter, err := p.patient(w)
	if err != nil {
		return nil, err
	}
	cause, err := w.name("the cause")
	result := w.text()
	return func(w *world) (reply, error) {
		tab, err := w.look(w.path(letter, "/statement/crm"))
		if err != nil {
			return tab, err
		}
		for _, i := range tab.items() {
			if i.text("cause") == cause && i.text("status") == "open" {
				return w.command(actor, "/activities/"+i.text("id")+"/complete", map[string]any{"result": result})
			}
		}
		return tab, fmt.Errorf("no activity %s of %s is open", cause, letter)
	}, err
}

// job reads "the day's job runs".
func (p *parser) job(w *words) (step, error) {
	if err := w.need("day's", "job", "runs"); err != nil {
		return step{}, err
	}
	return step{do: func(w *world) error {
		_, err := w.site.Desk.MarkMissed(w.ctx, w.manager.Clinic)
		return err
	}}, nil
}
