package scenario

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"daftar/internal/jalali"
)

// visitFigures and visitTexts are what is expected of an appointment by name.
var (
	visitFigures = []string{"moves", "minutes"}
	visitTexts   = []string{"status", "channel", "reason"}
)

// expectVisit reads "status booked; at 1405/09/14 16:30; moves 1; was
// 1405/09/10 10:00; with Rad; history booked, moved; messages
// appointment_moved 1; overbooked; not overbooked; admission P1".
func (p *parser) expectVisit(w *words, name string) (step, error) {
	var checks []func(*world) error
	of := func(check func(*world, reply) error) {
		checks = append(checks, func(w *world) error {
			r, err := w.visit(name)
			if err != nil {
				return err
			}
			return check(w, r)
		})
	}
	for {
		word := w.peek()
		w.at++
		check, err := p.ofVisit(w, name, word)
		if err != nil {
			return step{}, err
		}
		of(check)
		if !w.accept(";") {
			return step{do: func(w *world) error { return all(w, checks) }}, nil
		}
	}
}

// ofVisit reads what follows one word about an appointment.
func (p *parser) ofVisit(w *words, name, word string) (func(*world, reply) error, error) {
	switch {
	case slices.Contains(visitFigures, word):
		want, err := w.amount()
		return func(_ *world, r reply) error { return same(word+" of "+name, r.amount(word), want) }, err
	case slices.Contains(visitTexts, word):
		want, err := w.name("the " + word)
		return func(_ *world, r reply) error { return same("the "+word+" of "+name, r.text(word), want) }, err
	case word == "at":
		want, err := p.visit(w)
		return func(w *world, r reply) error { return w.sameTime(name, r.text("starts"), want(w)) }, err
	case word == "was":
		want, err := p.visit(w)
		return func(w *world, r reply) error {
			steps := r.items("history")
			return w.sameTime("what was before the last step of "+name, steps[len(steps)-1].text("from", "starts"), want(w))
		}, err
	case word == "with":
		provider, err := p.provider(w)
		return func(w *world, r reply) error {
			return same("whom "+name+" is with", r.text("provider_id"), w.providers[provider])
		}, err
	case word == "overbooked":
		return func(_ *world, r reply) error { return same(name+" is overbooked", r.at("overbooked"), any(true)) }, nil
	case word == "not":
		err := w.need("overbooked")
		return func(_ *world, r reply) error { return same(name+" is overbooked", r.at("overbooked"), any(false)) }, err
	case word == "admission":
		admission, err := p.admission(w)
		return func(w *world, r reply) error {
			return same("the admission of "+name, r.text("admission_id"), w.admissions[admission].id)
		}, err
	case word == "history":
		want, err := kinds(w)
		return func(_ *world, r reply) error {
			return same("the history of "+name, kindsOf(r.items("history")), strings.Join(want, ", "))
		}, err
	case word == "messages":
		want, err := countsOf(w)
		return func(_ *world, r reply) error {
			left := slices.DeleteFunc(r.items("messages"), func(m reply) bool { return m.text("status") == "dropped" })
			return sameCounts("the messages of "+name, left, func(r reply) string { return r.text("kind") }, want)
		}, err
	}
	w.at--
	return nil, fmt.Errorf("unknown word %q; of an appointment: at, was, with, overbooked, not overbooked, admission, history, messages, %s", w.shown(),
		strings.Join(append(visitTexts, visitFigures...), ", "))
}

// kinds reads "booked, moved".
func kinds(w *words) (all []string, err error) {
	for {
		kind, err := w.name("a kind")
		if err != nil {
			return nil, err
		}
		if all = append(all, kind); !w.accept(",") {
			return all, nil
		}
	}
}

func kindsOf(rows []reply) string {
	var all []string
	for _, r := range rows {
		all = append(all, r.text("kind"))
	}
	return strings.Join(all, ", ")
}

// countsOf reads "none" and "appointment_booked 1, appointment_moved 1".
func countsOf(w *words) (map[string]int64, error) {
	want := map[string]int64{}
	if w.accept("none") {
		return want, nil
	}
	for {
		kind, err := w.name("a kind")
		if err != nil {
			return nil, err
		}
		if want[kind], err = w.amount(); err != nil {
			return nil, err
		}
		if !w.accept(",") {
			return want, nil
		}
	}
}

// sameCounts compares how many rows there are of each kind.
func sameCounts(what string, rows []reply, kindOf func(reply) string, want map[string]int64) error {
	got := map[string]int64{}
	for _, r := range rows {
		got[kindOf(r)]++
	}
	for _, kind := range slices.Sorted(maps.Keys(want)) {
		if err := same("the number of "+kind+" in "+what, got[kind], want[kind]); err != nil {
			return err
		}
		delete(got, kind)
	}
	if len(got) > 0 {
		return fmt.Errorf("%s are also %v", what, got)
	}
	return nil
}

// sameTime compares instants, shown in the time of the clinic.
func (w *world) sameTime(what, got, want string) error {
	shown := func(text string) string {
		t, err := time.Parse(time.RFC3339, text)
		if err != nil {
			return text
		}
		return t.In(w.zone).Format("2006-01-02 15:04")
	}
	return same("the time of "+what, shown(got), shown(want))
}

// visit reads one appointment.
func (w *world) visit(name string) (reply, error) {
	v, ok := w.visits[name]
	if !ok {
		return reply{}, fmt.Errorf("the appointment %s was never made", name)
	}
	return w.look("/appointments/" + v.id)
}

// expectProvider reads "free at 1405/09/10 10:00 minutes 30" and "taken at …",
// and "free 16 on 1405/09/10".
func (p *parser) expectProvider(w *words, name string) (s step, err error) {
	free := w.accept("free")
	if !free && !w.accept("taken") {
		return s, fmt.Errorf("unknown word %q; of a provider: free at, taken at, free COUNT on DAY", w.shown())
	}
	if w.accept("at") {
		at, err := p.visit(w)
		return step{do: func(w *world) error {
			starts := at(w)
			instant, err := time.Parse(time.RFC3339, starts)
			if err != nil {
				return err
			}
			slots, err := w.free(name, string(jalali.DayOf(instant, w.zone)))
			if err != nil {
				return err
			}
			found := slices.ContainsFunc(slots, func(s reply) bool { return w.sameTime("", s.text("starts"), starts) == nil })
			return same(name+" is free at "+starts, found, free)
		}}, err
	}
	want, err := w.amount()
	if err != nil {
		return s, err
	}
	if err := w.need("on"); err != nil {
		return s, err
	}
	day, err := p.day(w)
	return step{do: func(w *world) error {
		slots, err := w.free(name, string(day))
		if err != nil {
			return err
		}
		return same("the free times of "+name, int64(len(slots)), want)
	}}, err
}

// free are the free times of a provider on a day.
func (w *world) free(provider, day string) (slots []reply, err error) {
	r, err := w.look("/availability?provider_id=" + w.providers[provider] + "&from=" + day + "&to=" + day)
	for _, d := range r.items() {
		slots = append(slots, d.items("slots")...)
	}
	return slots, err
}

// expectTold reads what the last answer to somebody said: "next 1405/09/14
// 09:00, 1405/09/14 09:15" of a refused time, "proposed 2000000; refundable
// 8000000" of the deposits, "waiting B" who could have the time, "messages 3".
func (p *parser) expectTold(w *words, actor string) (step, error) {
	if err := w.need("told"); err != nil {
		return step{}, err
	}
	var checks []func(*world) error
	for {
		word := w.peek()
		w.at++
		check, err := p.told(w, actor, word)
		if err != nil {
			return step{}, err
		}
		checks = append(checks, func(w *world) error { return check(w, w.sent[actor].answer) })
		if !w.accept(";") {
			return step{do: func(w *world) error { return all(w, checks) }}, nil
		}
	}
}

// told reads what follows one word about an answer.
func (p *parser) told(w *words, actor, word string) (func(*world, reply) error, error) {
	switch word {
	case "proposed", "refundable":
		field := map[string]string{"proposed": "proposed_forfeit", "refundable": "refundable"}[word]
		want, err := w.amount()
		return func(_ *world, r reply) error {
			var sum int64
			for _, d := range r.items("deposits") {
				sum += d.amount(field)
			}
			return same("what "+actor+" is told of "+word, sum, want)
		}, err
	case "messages":
		want, err := w.amount()
		return func(_ *world, r reply) error { return same("the messages", r.amount("messages"), want) }, err
	case "cancelled":
		want, err := w.amount()
		return func(_ *world, r reply) error {
			return same("the cancelled appointments", int64(len(r.items("appointments"))), want)
		}, err
	case "waiting":
		letter, err := p.patient(w)
		return func(w *world, r reply) error {
			for _, one := range r.items("waiting") {
				if one.text("patient_id") == w.patients[letter].id {
					return nil
				}
			}
			return fmt.Errorf("%s is not told that %s waits", actor, letter)
		}, err
	case "next":
		return p.toldNext(w, actor)
	}
	w.at--
	return nil, fmt.Errorf("unknown word %q; somebody is told next, proposed, refundable, waiting, cancelled, messages", w.shown())
}

// toldNext reads the free times that a refusal offers.
func (p *parser) toldNext(w *words, actor string) (func(*world, reply) error, error) {
	var want []func(*world) string
	for {
		at, err := p.visit(w)
		if err != nil {
			return nil, err
		}
		if want = append(want, at); !w.accept(",") {
			break
		}
	}
	return func(w *world, r reply) error {
		offered, _ := r.at("next_free").([]any)
		if err := same("the number of times that "+actor+" is offered", len(offered), len(want)); err != nil {
			return err
		}
		for i, at := range want {
			if err := w.sameTime(fmt.Sprintf("offer %d", i+1), fmt.Sprint(offered[i]), at(w)); err != nil {
				return err
			}
		}
		return nil
	}, nil
}
