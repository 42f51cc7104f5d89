package scenario

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
)

// visitVerbs are the words for appointments; admits, cancels, confirms and moves
// are used of them too.
func (p *parser) visitVerbs() map[string]verb {
	return map[string]verb{"books": p.books, "checks": p.checks, "misses": p.misses, "restores": p.restores,
		"annuls": p.annuls, "waits": p.waitsFor, "leaves": p.leaves, "completes": p.completes, "records": p.records}
}

// appointment reads the name of an appointment.
func (p *parser) appointment(w *words) (string, error) {
	return known(w, "the appointment", "appointment", p.visits)
}

// provider reads the name of a provider.
func (p *parser) provider(w *words) (string, error) {
	return known(w, "the provider", "provider", p.providers)
}

// books reads "A as N1 with Rad at 1405/09/10 10:00; for بوتاکس; minutes 30;
// deposit as D1 pos 10000000; uses D2; answers W1; overbook; channel phone;
// note «…»; dry; stale".
func (p *parser) books(w *words, actor string) (func(*world) (reply, error), error) {
	letter, err := p.patient(w)
	if err != nil {
		return nil, err
	}
	name, deposit := "", ""
	if w.accept("as") {
		if name, err = p.newName(w, "the appointment's name", &p.visits); err != nil {
			return nil, err
		}
	}
	fill, err := p.withAt(w)
	if err != nil {
		return nil, err
	}
	body, fillers := map[string]any{}, []filler{fill}
	err = options(w, "of a booking", map[string]func() error{
		"for": func() error {
			service, err := w.name("the service")
			fillers = append(fillers, serviceOf(service))
			return err
		},
		"minutes": number(w, body, "minutes"), "overbook": flag(body, "overbook", true), "channel": word(w, body, "channel"),
		"note": word(w, body, "note"), "dry": flag(body, "dry_run", true), "stale": flag(body, "seen_version", 0),
		"deposit": func() (err error) {
			deposit, err = p.depositWith(w, body)
			return err
		},
		"uses": func() error {
			used, err := p.deposit(w)
			fillers = append(fillers, func(w *world, body map[string]any) error {
				body["use_deposit_ids"] = []string{w.depositID(used)}
				return nil
			})
			return err
		},
		"from": func() error {
			lead, err := p.lead(w)
			fillers = append(fillers, func(w *world, body map[string]any) error {
				body["lead_id"] = w.leads[lead]
				return nil
			})
			return err
		},
		"answers": func() error {
			line, err := known(w, "the line of the waitlist", "line of the waitlist", p.waits)
			fillers = append(fillers, func(w *world, body map[string]any) error {
				body["waitlist_id"] = w.waitID(line)
				return nil
			})
			return err
		},
	})
	return func(w *world) (reply, error) { return w.book(actor, letter, name, deposit, body, fillers) }, err
}

// withAt reads "with Rad at 1405/09/10 10:00".
func (p *parser) withAt(w *words) (filler, error) {
	if err := w.need("with"); err != nil {
		return nil, err
	}
	provider, err := p.provider(w)
	if err != nil {
		return nil, err
	}
	if err := w.need("at"); err != nil {
		return nil, err
	}
	starts, err := p.visit(w)
	return func(w *world, body map[string]any) error {
		body["provider_id"], body["starts"] = w.providers[provider], starts(w)
		return nil
	}, err
}

// serviceOf puts a service into a body.
func serviceOf(name string) filler {
	return func(w *world, body map[string]any) error {
		line, err := w.orderLine(ordered{service: name})
		if err == nil {
			body["service_id"] = line["service_id"]
		}
		return err
	}
}

// depositWith reads "as D1 pos 10000000, cash 5000000" and "as D1 requested
// 5000000".
func (p *parser) depositWith(w *words, body map[string]any) (name string, err error) {
	if w.accept("as") {
		if name, err = p.newDeposit(w); err != nil {
			return name, err
		}
	}
	if w.accept("requested") {
		n, err := w.amount()
		body["deposit"] = map[string]any{"amount": n}
		return name, err
	}
	lines, err := readLines(w)
	body["deposit"] = map[string]any{"lines": lines}
	return name, err
}

// onVisit reads what most commands on an appointment have: its name, a reason
// in quotes and options.
func (p *parser) onVisit(w *words, actor, verb string, more func(body map[string]any, fillers *[]filler) map[string]func() error) (func(*world) (reply, error), error) {
	name, err := p.appointment(w)
	if err != nil {
		return nil, err
	}
	body, fillers := map[string]any{}, []filler{}
	readNote(w, body, "reason")
	read := map[string]func() error{"dry": flag(body, "dry_run", true), "stale": flag(body, "version", 0)}
	if more != nil {
		maps.Copy(read, more(body, &fillers))
	}
	err = options(w, "of it", read)
	return func(w *world) (reply, error) { return w.useVisit(actor, name, verb, body, fillers) }, err
}

// checks reads "in N1" and "out N1", the patient not being here after all.
func (p *parser) checks(w *words, actor string) (func(*world) (reply, error), error) {
	if w.accept("out") {
		return p.onVisit(w, actor, "undo-check-in", nil)
	}
	if err := w.need("in"); err != nil {
		return nil, err
	}
	return p.onVisit(w, actor, "check-in", nil)
}

func (p *parser) restores(w *words, actor string) (func(*world) (reply, error), error) {
	return p.onVisit(w, actor, "restore", nil)
}

// annuls reads "N1": it was never meant.
func (p *parser) annuls(w *words, actor string) (func(*world) (reply, error), error) {
	return p.onVisit(w, actor, "in-error", nil)
}

// misses reads "N1; keeps D1 10000000".
func (p *parser) misses(w *words, actor string) (func(*world) (reply, error), error) {
	return p.onVisit(w, actor, "no-show", func(_ map[string]any, fillers *[]filler) map[string]func() error {
		return map[string]func() error{"keeps": p.keeps(w, fillers)}
	})
}

// cancelsVisit reads "N1 «reason»; by clinic; keeps D1 2000000; dry".
func (p *parser) cancelsVisit(w *words, actor string) (func(*world) (reply, error), error) {
	return p.onVisit(w, actor, "cancel", func(body map[string]any, fillers *[]filler) map[string]func() error {
		return map[string]func() error{"keeps": p.keeps(w, fillers), "by": func() error {
			body["by_clinic"] = true
			return w.need("clinic")
		}}
	})
}

// keeps reads "D1 2000000": what is kept of a deposit.
func (p *parser) keeps(w *words, fillers *[]filler) func() error {
	return func() error {
		name, err := p.deposit(w)
		if err != nil {
			return err
		}
		n, err := w.amount()
		*fillers = append(*fillers, func(w *world, body map[string]any) error {
			all, _ := body["forfeits"].([]map[string]any)
			body["forfeits"] = append(slices.Clone(all), map[string]any{"deposit_id": w.depositID(name), "amount": n})
			return nil
		})
		return err
	}
}

// movesVisit reads "N1 to 1405/09/14 16:30 «reason»; with Rad; minutes 45;
// overbook".
func (p *parser) movesVisit(w *words, actor string) (func(*world) (reply, error), error) {
	name, err := p.appointment(w)
	if err != nil {
		return nil, err
	}
	if err := w.need("to"); err != nil {
		return nil, err
	}
	starts, err := p.visit(w)
	if err != nil {
		return nil, err
	}
	body := map[string]any{}
	fillers := []filler{func(w *world, body map[string]any) error {
		body["starts"] = starts(w)
		return nil
	}}
	readNote(w, body, "reason")
	err = options(w, "of a move", map[string]func() error{"minutes": number(w, body, "minutes"), "overbook": flag(body, "overbook", true),
		"dry": flag(body, "dry_run", true), "stale": flag(body, "version", 0), "with": func() error {
			provider, err := p.provider(w)
			fillers = append(fillers, func(w *world, body map[string]any) error {
				body["provider_id"] = w.providers[provider]
				return nil
			})
			return err
		}})
	return func(w *world) (reply, error) { return w.useVisit(actor, name, "reschedule", body, fillers) }, err
}

// admitsVisit reads "N1 as P1; draft; dry".
func (p *parser) admitsVisit(w *words, actor string) (func(*world) (reply, error), error) {
	visit, err := p.appointment(w)
	if err != nil {
		return nil, err
	}
	name := ""
	if w.accept("as") {
		if name, err = p.newName(w, "the admission's name", &p.admissions); err != nil {
			return nil, err
		}
	}
	body := map[string]any{}
	err = options(w, "of an admission", map[string]func() error{"draft": flag(body, "draft", true), "dry": flag(body, "dry_run", true),
		"stale": flag(body, "version", 0)})
	return func(w *world) (reply, error) {
		r, err := w.useVisit(actor, visit, "admit", body, nil)
		if err != nil || r.status >= http.StatusBadRequest || name == "" || body["dry_run"] == true {
			return r, err
		}
		w.mu.Lock()
		defer w.mu.Unlock()
		w.admissions[name] = admitted{r.text("admission", "id"), w.visits[visit].patient}
		return r, nil
	}, err
}

// visited is an appointment of the file.
type visited struct{ id, patient string }

// book sends a booking and remembers it and the deposit that came with it.
func (w *world) book(actor, letter, name, deposit string, body map[string]any, fillers []filler) (reply, error) {
	full, err := w.filled(body, fillers)
	if err != nil {
		return reply{}, err
	}
	full["patient_id"] = w.patients[letter].id
	r, err := w.command(actor, "/appointments", full)
	if err != nil || r.status >= http.StatusBadRequest || body["dry_run"] == true {
		return r, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if name != "" {
		if w.visits == nil {
			w.visits = map[string]visited{}
		}
		w.visits[name] = visited{r.text("appointment", "id"), letter}
	}
	if deposit == "" {
		return r, nil
	}
	if w.deposits == nil {
		w.deposits = map[string]deposited{}
	}
	ids := map[string]bool{}
	for _, d := range w.deposits {
		ids[d.id] = true
	}
	for _, d := range r.items("deposits") {
		if !ids[d.text("id")] {
			w.deposits[deposit] = deposited{d.text("id"), letter}
			return r, nil
		}
	}
	return r, fmt.Errorf("no deposit came with the appointment")
}

// useVisit sends a command on an appointment.
func (w *world) useVisit(actor, name, verb string, body map[string]any, fillers []filler) (reply, error) {
	w.mu.Lock()
	v, ok := w.visits[name]
	w.mu.Unlock()
	if !ok {
		return reply{}, fmt.Errorf("the appointment %s was never made", name)
	}
	full, err := w.filled(body, fillers)
	if err != nil {
		return reply{}, err
	}
	return w.command(actor, "/appointments/"+v.id+"/"+verb, full)
}

// depositID is the id of a deposit, "" when it was never made.
func (w *world) depositID(name string) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.deposits[name].id
}

// waitID is the id of a line of the waitlist.
func (w *world) waitID(name string) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.waits[name]
}
