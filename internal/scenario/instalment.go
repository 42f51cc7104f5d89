package scenario

import (
	"fmt"
	"strings"
)

// instalmentVerbs are the words for instalment plans.
func (p *parser) instalmentVerbs() map[string]verb {
	return map[string]verb{"plans": p.plans, "unplans": p.unplans}
}

// plans reads "P1: down 50000000; 4 instalments of 25000000 from 1405/10/02
// monthly" and "P1: instalment 60000000 on 1405/10/02; instalment …; replaces".
func (p *parser) plans(w *words, actor string) (func(*world) (reply, error), error) {
	name, err := p.admission(w)
	if err != nil {
		return nil, err
	}
	if err := w.need(":"); err != nil {
		return nil, err
	}
	body := map[string]any{}
	replaces := false
	for {
		switch {
		case w.accept("down"):
			body["down_payment"], err = w.amount()
		case w.accept("replaces"):
			replaces = true
		case w.accept("dry"):
			body["dry_run"] = true
		case w.accept("instalment"):
			err = p.plannedRow(w, body)
		default:
			err = p.plannedCount(w, body)
		}
		if err != nil {
			return nil, err
		}
		if !w.accept(";") {
			break
		}
	}
	return func(w *world) (reply, error) { return w.plan(actor, name, body, replaces) }, nil
}

// plannedRow reads "25000000 on 1405/10/02".
func (p *parser) plannedRow(w *words, body map[string]any) error {
	n, err := w.amount()
	if err != nil {
		return err
	}
	if err := w.need("on"); err != nil {
		return err
	}
	d, err := p.day(w)
	rows, _ := body["instalments"].([]map[string]any)
	body["instalments"] = append(rows, map[string]any{"due": d, "amount": n})
	return err
}

// plannedCount reads "4 instalments of 25000000 from 1405/10/02 every 2".
func (p *parser) plannedCount(w *words, body map[string]any) (err error) {
	if body["count"], err = w.amount(); err != nil {
		return fmt.Errorf("unknown word %q; a plan has: down AMOUNT, N instalments of AMOUNT from DATE monthly, instalment AMOUNT on DATE, replaces, dry", w.shown())
	}
	if err := w.need("instalments"); err != nil {
		return err
	}
	if w.accept("of") {
		if body["amount"], err = w.amount(); err != nil {
			return err
		}
	}
	if err := w.need("from"); err != nil {
		return err
	}
	if body["first_due"], err = p.day(w); err != nil || w.accept("monthly") {
		return err
	}
	if w.accept("every") {
		body["every_months"], err = w.amount()
	}
	return err
}

// plan sends a plan; one that replaces names the plan that is in force.
func (w *world) plan(actor, name string, body map[string]any, replaces bool) (reply, error) {
	if replaces {
		now, err := w.planOf(name)
		if err != nil {
			return now, err
		}
		body["replaces"] = now.text("id")
	}
	return w.onAdmission(actor, name, "instalment-plan", body)
}

// unplans reads "P1 REASON".
func (p *parser) unplans(w *words, actor string) (func(*world) (reply, error), error) {
	name, err := p.admission(w)
	if err != nil {
		return nil, err
	}
	reason := w.text()
	return func(w *world) (reply, error) {
		return w.onAdmission(actor, name, "instalment-plan/cancel", map[string]any{"reason": reason})
	}, nil
}

// planOf is the newest plan of an admission as it stands.
func (w *world) planOf(name string) (reply, error) {
	w.mu.Lock()
	a, ok := w.admissions[name]
	w.mu.Unlock()
	if !ok {
		return reply{}, fmt.Errorf("the admission %s was never made", name)
	}
	return w.look("/admissions/" + a.id + "/instalment-plan")
}

// expectInstalments reads "overdue 25000000; upcoming 25000000", and a day
// after "on"; of a patient when letter is given, of all otherwise.
func (p *parser) expectInstalments(w *words, letter string) (step, error) {
	var figures []figure
	for strings.Contains("|overdue|overdue_count|upcoming|due_today|this_week|later|", "|"+w.peek()+"|") {
		f := figure{name: w.peek()}
		w.at++
		var err error
		if f.want, err = w.amount(); err != nil {
			return step{}, err
		}
		if figures = append(figures, f); !w.accept(";") {
			break
		}
	}
	if len(figures) == 0 {
		return step{}, fmt.Errorf("unknown word %q; instalments are overdue, overdue_count, upcoming, or in the list due_today, this_week, later", w.shown())
	}
	path := "/instalments?limit=200"
	query := ""
	if w.accept("on") {
		d, err := p.day(w)
		if err != nil {
			return step{}, err
		}
		query = "?as_of=" + string(d)
	}
	return step{do: func(w *world) error {
		at := path
		if letter != "" {
			at = w.path(letter, "/balance"+query)
		}
		r, err := w.look(at)
		if err != nil {
			return err
		}
		for _, f := range figures {
			got := r.amount(f.name)
			if letter == "" {
				got = r.amount(f.name, "left")
			}
			if err := same(f.name+" of "+letter, got, f.want); err != nil {
				return err
			}
		}
		return nil
	}}, nil
}

// expectInstalment reads "3 state overdue left 25000000 due 1405/12/02": the
// line of a plan; 0 is the down payment.
func (p *parser) expectInstalment(w *words, name string) (func(*world) error, error) {
	line, err := w.amount()
	if err != nil {
		return nil, err
	}
	want := map[string]any{}
	for {
		word := w.peek()
		switch {
		case word == "state":
			w.at++
			want[word], err = w.name("the state")
		case word == "due":
			w.at++
			d, wrong := p.day(w)
			want[word], err = string(d), wrong
		case strings.Contains("|amount|agreed|paid|left|days|", "|"+word+"|"):
			w.at++
			want[word], err = w.amount()
		case len(want) == 0:
			return nil, fmt.Errorf("unknown word %q; of an instalment: state, due, amount, agreed, paid, left, days", w.shown())
		default:
			return func(w *world) error { return w.expectInstalment(name, line, want) }, nil
		}
		if err != nil {
			return nil, err
		}
	}
}

func (w *world) expectInstalment(name string, line int64, want map[string]any) error {
	plan, err := w.planOf(name)
	if err != nil {
		return err
	}
	for _, i := range plan.items("instalments") {
		if i.amount("line") != line {
			continue
		}
		for field, v := range want {
			what := fmt.Sprintf("%s of instalment %d of %s", field, line, name)
			if text, ok := v.(string); ok {
				err = same(what, i.text(field), text)
			} else {
				err = same(what, i.amount(field), v.(int64))
			}
			if err != nil {
				return err
			}
		}
		return nil
	}
	return fmt.Errorf("the plan of %s has no instalment %d", name, line)
}

// expectPlan reads "status in_force version 2 total 100000000 unplanned 0".
func (p *parser) expectPlan(w *words, name string) (func(*world) error, error) {
	var checks []func(reply) error
	for {
		word := w.peek()
		switch {
		case word == "status":
			w.at++
			want, err := w.name("the status")
			if err != nil {
				return nil, err
			}
			checks = append(checks, func(r reply) error { return same("the plan's status of "+name, r.text(word), want) })
		case strings.Contains("|version|total|down_payment|overdue|upcoming|unplanned|left|", "|"+word+"|"):
			w.at++
			want, err := w.amount()
			if err != nil {
				return nil, err
			}
			checks = append(checks, func(r reply) error { return same("the plan's "+word+" of "+name, r.amount(word), want) })
		case len(checks) == 0:
			return nil, fmt.Errorf("unknown word %q; of a plan: status, version, total, down_payment, overdue, upcoming, unplanned, left", w.shown())
		default:
			return func(w *world) error {
				plan, err := w.planOf(name)
				for _, check := range checks {
					if err == nil {
						err = check(plan)
					}
				}
				return err
			}, nil
		}
	}
}
