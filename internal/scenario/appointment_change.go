package scenario

import (
	"fmt"
	"net/http"
)

// on sends a command on an appointment.
func (w *world) onAppointment(actor, name, verb string, a appointing) (reply, error) {
	body, err := a.sent(w)
	if err != nil {
		return reply{}, err
	}
	w.mu.Lock()
	id, ok := w.appointments[name]
	w.mu.Unlock()
	if !ok {
		return reply{}, fmt.Errorf("the appointment %s was never made", name)
	}
	if body["version"] == "stale" {
		now, err := w.look("/appointments/" + id)
		if err != nil {
			return now, err
		}
		body["version"] = now.amount("version") - 1
	}
	return w.command(actor, "/appointments/"+id+"/"+verb, body)
}

// steps reads "N1; keeps D1 10000000; dry; stale" of a command that says little
// more than which appointment it is.
func (p *parser) steps(w *words, actor, verb string) (func(*world) (reply, error), error) {
	name, err := p.appointment(w)
	if err != nil {
		return nil, err
	}
	a := appointing{body: map[string]any{}}
	for w.accept(";") {
		if err := p.stepOption(w, &a); err != nil {
			return nil, err
		}
	}
	return func(w *world) (reply, error) { return w.onAppointment(actor, name, verb, a) }, nil
}

// stepOption reads what stands after a semicolon. Only who cancels or misses
// keeps something of deposits; the API says so.
func (p *parser) stepOption(w *words, a *appointing) error {
	switch {
	case w.accept("dry"):
		a.body["dry_run"] = true
	case w.accept("stale"):
		a.body["version"] = "stale"
	case w.accept("keeps"):
		name, err := p.deposit(w)
		if err != nil {
			return err
		}
		amount, err := w.amount()
		a.add(func(w *world, body map[string]any) error {
			kept, _ := body["forfeits"].([]map[string]any)
			body["forfeits"] = append(kept, map[string]any{"deposit_id": w.deposits[name].id, "amount": amount})
			return nil
		})
		return err
	default:
		return fmt.Errorf("unknown word %q; of an appointment: keeps DEPOSIT AMOUNT, by clinic, dry, stale", w.shown())
	}
	return nil
}

// checksIn reads "in N1".
func (p *parser) checksIn(w *words, actor string) (func(*world) (reply, error), error) {
	if err := w.need("in"); err != nil {
		return nil, err
	}
	return p.steps(w, actor, "check-in")
}

// movesAppointment reads "N1 to 1405/09/14 16:30; with Rad; minutes 45; overbook;
// «reason»; dry; stale".
func (p *parser) movesAppointment(w *words, actor string) (func(*world) (reply, error), error) {
	name, err := p.appointment(w)
	if err != nil {
		return nil, err
	}
	a := appointing{body: map[string]any{}}
	if err := w.need("to"); err != nil {
		return nil, err
	}
	if err := p.starts(w, &a); err != nil {
		return nil, err
	}
	for w.accept(";") {
		switch {
		case w.accept("with"):
			err = p.with(w, &a)
		case w.accept("stale"):
			a.body["version"] = "stale"
		case !w.done() && w.tokens[w.at].quoted:
			a.body["reason"] = w.text()
		default:
			err = p.timeOption(w, &a)
		}
		if err != nil {
			return nil, err
		}
	}
	return func(w *world) (reply, error) { return w.onAppointment(actor, name, "reschedule", a) }, nil
}

// cancelsAppointment reads "N1 «reason»; by clinic; keeps D1 2000000; dry".
func (p *parser) cancelsAppointment(w *words, actor string) (func(*world) (reply, error), error) {
	name, err := p.appointment(w)
	if err != nil {
		return nil, err
	}
	a := appointing{body: map[string]any{"reason": w.text()}}
	for w.accept(";") {
		if w.accept("by") {
			if err := w.need("clinic"); err != nil {
				return nil, err
			}
			a.body["by_clinic"] = true
		} else if err := p.stepOption(w, &a); err != nil {
			return nil, err
		}
	}
	return func(w *world) (reply, error) { return w.onAppointment(actor, name, "cancel", a) }, nil
}

// cancelsDay reads "1405/09/10 of Rad «reason»; leave; hours 09:00-11:00; dry".
func (p *parser) cancelsDay(w *words, actor string) (func(*world) (reply, error), error) {
	d, err := p.day(w)
	if err != nil {
		return nil, err
	}
	if err := w.need("of"); err != nil {
		return nil, err
	}
	a := appointing{body: map[string]any{"first": string(d)}}
	if err := p.with(w, &a); err != nil {
		return nil, err
	}
	a.body["reason"] = w.text()
	for w.accept(";") {
		switch {
		case w.accept("leave"):
			a.body["leave"] = true
		case w.accept("dry"):
			a.body["dry_run"] = true
		case w.accept("hours"):
			span, err := clocks(w)
			if err != nil {
				return nil, err
			}
			a.body["from"], a.body["until"] = fmt.Sprintf("%02d:%02d", span[0]/60, span[0]%60), fmt.Sprintf("%02d:%02d", span[1]/60, span[1]%60)
		default:
			return nil, fmt.Errorf("unknown word %q; of a day: leave, hours 09:00-11:00, dry", w.shown())
		}
	}
	return func(w *world) (reply, error) {
		body, err := a.sent(w)
		if err != nil {
			return reply{}, err
		}
		return w.command(actor, "/appointments/bulk-cancel", body)
	}, nil
}

// admitsAppointment reads "N1 as P1; draft; dry; stale": the admission of the
// appointment's service, in one step.
func (p *parser) admitsAppointment(w *words, actor string) (func(*world) (reply, error), error) {
	name, err := p.appointment(w)
	if err != nil {
		return nil, err
	}
	admission := ""
	if w.accept("as") {
		if admission, err = p.fresh(w, "the admission's name", &p.admissions); err != nil {
			return nil, err
		}
	}
	a := appointing{body: map[string]any{}}
	for w.accept(";") {
		if w.accept("draft") {
			a.body["draft"] = true
		} else if err := p.stepOption(w, &a); err != nil {
			return nil, err
		}
	}
	return func(w *world) (reply, error) {
		r, err := w.onAppointment(actor, name, "admit", a)
		if err != nil || r.status >= http.StatusBadRequest || admission == "" || a.body["dry_run"] == true {
			return r, err
		}
		w.mu.Lock()
		defer w.mu.Unlock()
		for letter, one := range w.patients {
			if one.id == r.text("admission", "patient_id") {
				w.admissions[admission] = admitted{r.text("admission", "id"), letter}
			}
		}
		return r, nil
	}, nil
}
