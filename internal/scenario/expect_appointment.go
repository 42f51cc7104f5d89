package scenario

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// appointmentTexts are what is expected of an appointment as a word, and
// appointmentFigures as a number, by the words of a file.
var (
	appointmentTexts   = map[string]string{"status": "status", "channel": "channel", "reason": "reason"}
	appointmentFigures = map[string]string{"moves": "moves", "minutes": "minutes", "holds": "deposit", "requested": "requested"}
)

// seen reads one appointment.
func (w *world) appointment(name string) (reply, error) {
	id, ok := w.appointments[name]
	if !ok {
		return reply{}, fmt.Errorf("the appointment %s was never made", name)
	}
	return w.look("/appointments/" + id)
}

// expectAppointment reads "status booked; at 1405/09/14 16:30; moves 1; with Rad;
// overbooked; history booked, moved; moved from 1405/09/10 10:00 to 1405/09/14
// 16:30; messages appointment_booked dropped, appointment_moved queued".
func (p *parser) expectAppointment(w *words, name string) (step, error) {
	var checks []func(*world) error
	for {
		check, err := p.appointmentCheck(w, name)
		if err != nil {
			return step{}, err
		}
		checks = append(checks, func(w *world) error {
			r, err := w.appointment(name)
			if err != nil {
				return err
			}
			return check(w, r)
		})
		if !w.accept(";") {
			return step{do: func(w *world) error { return all(w, checks) }}, nil
		}
	}
}

func (p *parser) appointmentCheck(w *words, name string) (func(*world, reply) error, error) {
	word := w.peek()
	w.at++
	switch {
	case appointmentTexts[word] != "":
		want, err := w.name("the " + word)
		return func(_ *world, r reply) error {
			return same("the "+word+" of "+name, r.text(appointmentTexts[word]), want)
		}, err
	case appointmentFigures[word] != "":
		want, err := w.amount()
		return func(_ *world, r reply) error { return same(word+" of "+name, r.amount(appointmentFigures[word]), want) }, err
	case word == "at":
		want, err := p.visit(w)
		return func(w *world, r reply) error { return w.sameTime("the time of "+name, r.text("starts"), want(w)) }, err
	case word == "with":
		provider, err := known(w, "provider", p.providers)
		return func(w *world, r reply) error {
			return same("the provider of "+name, r.text("provider_id"), idText(w.providers[provider]))
		}, err
	case word == "overbooked":
		return func(_ *world, r reply) error { return same(name+" is overbooked", r.at("overbooked") == true, true) }, nil
	case word == "admission":
		admission, err := p.admission(w)
		return func(w *world, r reply) error {
			return same("the admission of "+name, r.text("admission_id"), w.admissions[admission].id)
		}, err
	case word == "moved":
		return p.expectMoved(w, name)
	case word == "history":
		want, err := listed(w, 1)
		return func(_ *world, r reply) error {
			return sameRows("the history of "+name, r.items("history"), want, "kind")
		}, err
	case word == "messages":
		want, err := listed(w, 2)
		return func(_ *world, r reply) error {
			return sameRows("the messages about "+name, r.items("messages"), want, "kind", "status")
		}, err
	}
	w.at--
	return nil, fmt.Errorf("unknown word %q; of an appointment: at, with, overbooked, admission, moved, history, messages, %v, %v", w.shown(),
		slices.Sorted(maps.Keys(appointmentTexts)), slices.Sorted(maps.Keys(appointmentFigures)))
}

// listed reads rows of so many words, "none" being no row: "a b, c d".
func listed(w *words, n int) (rows []string, err error) {
	if w.accept("none") {
		return nil, nil
	}
	for {
		var row []string
		for range n {
			word, err := w.name("a word")
			if err != nil {
				return nil, err
			}
			row = append(row, word)
		}
		if rows = append(rows, strings.Join(row, " ")); !w.accept(",") {
			return rows, nil
		}
	}
}

// sameRows compares rows by the fields, in order.
func sameRows(what string, got []reply, want []string, fields ...string) error {
	var rows []string
	for _, r := range got {
		var row []string
		for _, f := range fields {
			row = append(row, r.text(f))
		}
		rows = append(rows, strings.Join(row, " "))
	}
	return same(what, strings.Join(rows, ", "), strings.Join(want, ", "))
}

// sameTime compares instants as a clock of the clinic shows them.
func (w *world) sameTime(what, got, want string) error {
	return same(what, w.clockOf(got), w.clockOf(want))
}

func (w *world) clockOf(instant string) string {
	t, err := time.Parse(time.RFC3339, instant)
	if err != nil {
		return instant
	}
	return t.In(w.zone).Format("2006-01-02 15:04")
}

// expectMoved reads "from 1405/09/10 10:00 to 1405/09/14 16:30": the last move,
// in the row of the person's tab.
func (p *parser) expectMoved(w *words, name string) (func(*world, reply) error, error) {
	if err := w.need("from"); err != nil {
		return nil, err
	}
	from, err := p.visit(w)
	if err != nil {
		return nil, err
	}
	if err := w.need("to"); err != nil {
		return nil, err
	}
	to, err := p.visit(w)
	return func(w *world, r reply) error {
		tab, err := w.look("/patients/" + r.text("patient_id") + "/statement/appointments")
		if err != nil {
			return err
		}
		for _, row := range tab.items() {
			if row.text("id") != r.text("id") {
				continue
			}
			history := row.items("history")
			for _, h := range slices.Backward(history) {
				if h.text("kind") == "moved" {
					if err := w.sameTime("where "+name+" was", h.text("from", "starts"), from(w)); err != nil {
						return err
					}
					return w.sameTime("where "+name+" went", h.text("to", "starts"), to(w))
				}
			}
		}
		return fmt.Errorf("no row of the appointments says that %s was moved", name)
	}, err
}

// expectProvider reads "free 1405/09/10 10:00, 1405/09/10 10:30" and "not free …".
func (p *parser) expectProvider(w *words, name string) (step, error) {
	free := !w.accept("not")
	if err := w.need("free"); err != nil {
		return step{}, err
	}
	var checks []func(*world) error
	for {
		at, err := p.visit(w)
		if err != nil {
			return step{}, err
		}
		checks = append(checks, func(w *world) error { return w.expectFree(name, at(w), free) })
		if !w.accept(",") {
			return step{do: func(w *world) error { return all(w, checks) }}, nil
		}
	}
}

func (w *world) expectFree(name, at string, want bool) error {
	day := w.clockOf(at)[:len("2006-01-02")]
	r, err := w.look("/availability?provider_id=" + idText(w.providers[name]) + "&from=" + day)
	if err != nil {
		return err
	}
	found := false
	for _, d := range r.items() {
		for _, s := range d.items("slots") {
			found = found || w.clockOf(s.text("starts")) == w.clockOf(at)
		}
	}
	return same(w.clockOf(at)+" of "+name+" is free", found, want)
}

// expectActivities reads "activities no_show open, cancelled done": their causes,
// or kinds where somebody wrote them, and how far they are.
func (p *parser) expectActivities(w *words, letter string) (step, error) {
	want, err := listed(w, 2)
	return step{do: func(w *world) error {
		tab, err := w.look(w.path(letter, "/statement/crm"))
		if err != nil {
			return err
		}
		var rows []string
		open := int64(0)
		for _, i := range tab.items() {
			what := i.text("cause")
			if what == "" {
				what = i.text("kind")
			}
			if i.text("status") == "open" {
				open++
			}
			rows = append(rows, what+" "+i.text("status"))
		}
		if err := same("the open activities in the header of "+letter, tab.amount("header", "open_activities"), open); err != nil {
			return err
		}
		return same("the activities of "+letter, strings.Join(rows, ", "), strings.Join(want, ", "))
	}}, err
}

// expectAhead reads "next N1" and "next none": the next appointment in the
// header.
func (p *parser) expectAhead(w *words, letter string) (step, error) {
	name := ""
	if !w.accept("none") {
		var err error
		if name, err = p.appointment(w); err != nil {
			return step{}, err
		}
	}
	return step{do: func(w *world) error {
		r, err := w.look(w.path(letter, "/statement/summary"))
		if err != nil {
			return err
		}
		return same("the next appointment of "+letter, r.text("header", "next_appointment", "id"), w.appointments[name])
	}}, nil
}

// expectWaitlist reads "nobody" or the letters of who waits, the longest first.
func (p *parser) expectWaitlist(w *words) (step, error) {
	letters, err := p.letters(w)
	return step{do: func(w *world) error {
		r, err := w.look("/waitlist")
		if err != nil {
			return err
		}
		return w.samePeople("who waits", r.items(), letters)
	}}, err
}

// letters reads "nobody" or "A, B".
func (p *parser) letters(w *words) (letters []string, err error) {
	for !w.accept("nobody") {
		letter, err := p.patient(w)
		if err != nil {
			return nil, err
		}
		if letters = append(letters, letter); !w.accept(",") {
			break
		}
	}
	return letters, nil
}

// samePeople compares rows that name patients.
func (w *world) samePeople(what string, rows []reply, letters []string) error {
	var got, want []string
	for _, r := range rows {
		who := r.text("patient_id")
		for letter, p := range w.patients {
			if p.id == who {
				who = letter
			}
		}
		got = append(got, who)
	}
	want = append(want, letters...)
	return same(what, strings.Join(got, ", "), strings.Join(want, ", "))
}

// appointmentsAgree checks what is always true: the list of all shows the rows of
// each person's tab, and the header the first that is not over.
func (w *world) appointmentsAgree() error {
	if len(w.appointments) == 0 {
		return nil
	}
	list, err := w.look("/appointments?limit=200")
	if err != nil {
		return err
	}
	all, tabs := map[string]string{}, 0
	state := func(r reply) string {
		return fmt.Sprintf("%s %s %s %d", r.text("starts"), r.text("status"), r.text("provider_id"), r.amount("version"))
	}
	for _, i := range list.items() {
		all[i.text("id")] = state(i)
	}
	for _, letter := range slices.Sorted(maps.Keys(w.patients)) {
		tab, err := w.look(w.path(letter, "/statement/appointments"))
		if err != nil {
			return err
		}
		next := ""
		for _, i := range tab.items() {
			tabs++
			if err := same("an appointment of "+letter+" in the list", all[i.text("id")], state(i)); err != nil {
				return err
			}
			ends, err := time.Parse(time.RFC3339, i.text("ends"))
			if err != nil {
				return err
			}
			if strings.Contains("|proposed|booked|confirmed|checked_in|", "|"+i.text("status")+"|") && ends.After(w.now()) {
				next = i.text("id")
			}
		}
		if err := same("the next appointment of "+letter+" in the header", tab.text("header", "next_appointment", "id"), next); err != nil {
			return err
		}
	}
	return same("the number of appointments in the list", len(all), tabs)
}
