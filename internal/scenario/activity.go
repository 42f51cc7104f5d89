package scenario

import (
	"fmt"
)

// completes reads "A no_show «می‌آید»": what came by itself about a patient is
// done.
func (p *parser) completes(w *words, actor string) (func(*world) (reply, error), error) {
	letter, err := p.patient(w)
	if err != nil {
		return nil, err
	}
	cause, err := w.name("the cause")
	if err != nil {
		return nil, err
	}
	body := map[string]any{}
	readNote(w, body, "result")
	return func(w *world) (reply, error) {
		open, err := w.openActivities(letter)
		if err != nil {
			return reply{}, err
		}
		for _, a := range open {
			if a.text("cause") == cause {
				return w.command(actor, "/activities/"+a.text("id")+"/complete", body)
			}
		}
		return reply{}, fmt.Errorf("nothing is to be done about %s because of %s", letter, cause)
	}, nil
}

// expectOpen reads "open no_show 1 due 1405/09/11, cancelled 2" and "open none":
// what is to be done about a patient, by what caused it.
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
					if a.text("cause") == cause {
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
		if err := sameCounts("what is to be done about "+letter, open, "cause", want); err != nil {
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
