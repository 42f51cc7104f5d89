package scenario

import (
	"cmp"
	"fmt"
	"slices"
)

// kindsOfActivity and outcomes are the words for what is done about people and
// what comes of it.
var (
	kindsOfActivity = []string{"call_out", "call_in", "follow_up", "reminder", "message", "visit", "social"}
	outcomes        = []string{"answered", "no_answer", "busy", "call_again", "booked", "declined"}
)

// kindOf reads the kind of an activity.
func kindOf(w *words) (string, error) {
	kind := w.peek()
	if !slices.Contains(kindsOfActivity, kind) {
		return "", fmt.Errorf("unknown word %q", w.shown())
	}
	w.at++
	return kind, nil
}

// records reads "A call_out «subject» due 1405/09/10" and "A call_out «subject»
// no_answer «result»; next visit 1405/09/12; dry": what is to be done about a
// patient, or what was, and what comes after it.
func (p *parser) records(w *words, actor string) (func(*world) (reply, error), error) {
	letter, err := p.patient(w)
	if err != nil {
		return nil, err
	}
	body := map[string]any{}
	if body["kind"], err = kindOf(w); err != nil {
		return nil, err
	}
	readNote(w, body, "subject")
	if w.accept("due") {
		day, err := p.day(w)
		if err != nil {
			return nil, err
		}
		body["due"] = string(day)
	}
	if slices.Contains(outcomes, w.peek()) {
		body["done"] = true
	}
	if err := p.cameOf(w, body); err != nil {
		return nil, err
	}
	return func(w *world) (reply, error) { return w.command(actor, w.path(letter, "/activities"), body) }, nil
}

// cameOf reads "no_answer «result»; next visit 1405/09/12; dry": what came of an
// activity and what comes after it. Each may be left out.
func (p *parser) cameOf(w *words, body map[string]any) (err error) {
	if slices.Contains(outcomes, w.peek()) {
		body["outcome"] = w.peek()
		w.at++
	}
	readNote(w, body, "result")
	for w.accept(";") {
		if w.accept("dry") {
			body["dry_run"] = true
			continue
		}
		if err := w.need("next"); err != nil {
			return err
		}
		next := map[string]any{}
		if next["kind"], err = kindOf(w); err != nil {
			return err
		}
		day, err := p.day(w)
		if err != nil {
			return err
		}
		next["due"] = string(day)
		body["next"] = next
	}
	return nil
}

// completes reads "A no_show answered «می‌آید»; next visit 1405/09/12": what came
// by itself about a patient because of that, or what somebody wrote of that
// kind, is done. Of several it is the first.
func (p *parser) completes(w *words, actor string) (func(*world) (reply, error), error) {
	letter, err := p.patient(w)
	if err != nil {
		return nil, err
	}
	what, err := w.name("the cause or the kind")
	if err != nil {
		return nil, err
	}
	body := map[string]any{}
	if err := p.cameOf(w, body); err != nil {
		return nil, err
	}
	return func(w *world) (reply, error) {
		open, err := w.openActivities(letter)
		if err != nil {
			return reply{}, err
		}
		for _, a := range open {
			if whatFor(a) == what {
				return w.command(actor, "/activities/"+a.text("id")+"/complete", body)
			}
		}
		return reply{}, fmt.Errorf("no %s is to be done about %s", what, letter)
	}, nil
}

// whatFor is what caused an activity, or its kind when somebody wrote it.
func whatFor(a reply) string { return cmp.Or(a.text("cause"), a.text("kind")) }

// jobMakes reads "makes 2 activities": the job that makes them runs, and so many
// come by themselves.
func (p *parser) jobMakes(w *words) (step, error) {
	want, err := w.amount()
	if err != nil {
		return step{}, err
	}
	if err := w.need("activities"); err != nil {
		return step{}, err
	}
	return step{do: func(w *world) error {
		made, err := w.site.Desk.MakeActivities(w.ctx, w.manager.Clinic)
		if err != nil {
			return err
		}
		return same("the number of activities that came by themselves", int64(made), want)
	}}, w.end()
}

// expectOpen reads "open no_show 1 due 1405/09/11, call_out 2" and "open none":
// what is to be done about a patient, by what caused it, or by its kind when
// somebody wrote it.
func (p *parser) expectOpen(w *words, letter string) (step, error) {
	w.at++
	var checks []func([]reply) error
	want := map[string]int64{}
	for !w.accept("none") {
		cause, err := w.name("the cause")
		if err != nil {
			return step{}, err
		}
		if want[cause], err = w.amount(); err != nil {
			return step{}, err
		}
		if w.accept("due") {
			day, err := p.day(w)
			if err != nil {
				return step{}, err
			}
			checks = append(checks, func(open []reply) error {
				for _, a := range open {
					if whatFor(a) == cause {
						return same("the day of "+cause, a.text("due"), string(day))
					}
				}
				return fmt.Errorf("nothing is to be done because of %s", cause)
			})
		}
		if !w.accept(",") {
			break
		}
	}
	return step{do: func(w *world) error {
		open, err := w.openActivities(letter)
		if err != nil {
			return err
		}
		if err := sameCounts("what is to be done about "+letter, open, whatFor, want); err != nil {
			return err
		}
		for _, check := range checks {
			if err := check(open); err != nil {
				return err
			}
		}
		return nil
	}}, nil
}

// openActivities are what is to be done about a patient; the header says how
// many.
func (w *world) openActivities(letter string) (open []reply, err error) {
	r, err := w.look(w.path(letter, "/statement/crm"))
	if err != nil {
		return nil, err
	}
	for _, a := range r.items() {
		if a.text("status") == "open" {
			open = append(open, a)
		}
	}
	return open, same("what the header of "+letter+" says is to be done", r.amount("header", "open_activities"), int64(len(open)))
}

// expectNext reads "next appointment N1" and "next appointment none": what the
// header of a patient says.
func (p *parser) expectNext(w *words, letter string) (s step, err error) {
	w.at++
	if err := w.need("appointment"); err != nil {
		return s, err
	}
	name := ""
	if !w.accept("none") {
		if name, err = p.appointment(w); err != nil {
			return s, err
		}
	}
	return step{do: func(w *world) error {
		r, err := w.look(w.path(letter, "/statement/summary?limit=1"))
		if err != nil {
			return err
		}
		return same("the next appointment of "+letter, r.text("header", "next_appointment", "id"), w.visits[name].id)
	}}, nil
}

// visitsAgree checks what is always true of appointments: the list and the tab
// of each patient say the same, and nobody's time overlaps another with the same
// provider unless it is marked as overbooked or the provider sees several.
func (w *world) visitsAgree() error {
	if len(w.visits) == 0 {
		return nil
	}
	list, err := w.look("/appointments?limit=200")
	if err != nil {
		return err
	}
	listed := map[string]string{}
	for _, a := range list.items() {
		listed[a.text("id")] = a.text("starts") + " " + a.text("status")
	}
	seen := 0
	for letter := range w.patients {
		tab, err := w.look(w.path(letter, "/statement/appointments"))
		if err != nil {
			return err
		}
		for _, a := range tab.items() {
			seen++
			if err := same("the tab of "+letter, a.text("starts")+" "+a.text("status"), listed[a.text("id")]); err != nil {
				return err
			}
			if err := historyAgrees(a); err != nil {
				return err
			}
		}
	}
	if err := same("the number of appointments in all tabs", seen, len(listed)); err != nil {
		return err
	}
	return w.noOverlap(list.items())
}

// historyAgrees checks that the last thing that happened left an appointment as
// it is.
func historyAgrees(a reply) error {
	steps := a.items("history")
	if len(steps) == 0 {
		return fmt.Errorf("an appointment has no history")
	}
	last := steps[len(steps)-1]
	if err := same("the time after the last step", last.text("to", "starts"), a.text("starts")); err != nil {
		return err
	}
	return same("the state after the last step", last.text("status"), a.text("status"))
}

// takesTime are the states in which nobody else has the time.
var takesTime = map[string]bool{"proposed": true, "booked": true, "confirmed": true, "checked_in": true, "fulfilled": true}

// noOverlap refuses two appointments at one time that none of them is marked
// for. Instants in UTC sort as texts.
func (w *world) noOverlap(all []reply) error {
	for i, a := range all {
		if !takesTime[a.text("status")] || a.at("overbooked") == true || w.several[a.text("provider_id")] {
			continue
		}
		for _, b := range all[i+1:] {
			if takesTime[b.text("status")] && b.at("overbooked") == false && b.text("provider_id") == a.text("provider_id") &&
				a.text("starts") < b.text("ends") && b.text("starts") < a.text("ends") {
				return fmt.Errorf("two appointments have the time %s of one provider", b.text("starts"))
			}
		}
	}
	return nil
}
