package scenario

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// afterBalance reads what may follow a patient's balance: "deposits 8000000",
// then accounts.
func (p *parser) afterBalance(w *words, letter string, first func(*world) error) (step, error) {
	if !w.accept(";") {
		return step{do: first}, nil
	}
	if !w.accept("deposits") {
		return p.expectAccounts(w, first)
	}
	want, err := w.amount()
	if err != nil {
		return step{}, err
	}
	both := func(w *world) error {
		return all(w, []func(*world) error{first, func(w *world) error { return w.expectDeposits(letter, want) }})
	}
	return p.afterBalance(w, letter, both)
}

func (w *world) expectDeposits(letter string, want int64) error {
	r, err := w.look(w.path(letter, "/balance"))
	if err != nil {
		return err
	}
	return same("the deposits of "+letter, r.amount("deposits"), want)
}

// depositsAgree checks what is always true of deposits: of each what was
// received is what was used, what went back, was kept or moved and what is
// left, its life adds up to that, and all together are each patient's deposits
// and the account in the books.
func (w *world) depositsAgree(trial reply) error {
	var booked, all int64
	for _, r := range trial.items() {
		if strings.HasPrefix(r.text("account"), "liabilities:deposit:") {
			booked -= r.amount("balance")
		}
	}
	for _, letter := range slices.Sorted(maps.Keys(w.patients)) {
		held, err := w.held(letter)
		if err != nil {
			return err
		}
		all += held
	}
	return same("the deposit account of all patients", booked, all)
}

// held is what a patient's deposits hold when all places agree on it.
func (w *world) held(letter string) (held int64, err error) {
	tab, err := w.look(w.path(letter, "/statement/deposits"))
	if err != nil {
		return 0, err
	}
	for _, d := range tab.items() {
		sum := d.amount("applied") + d.amount("refunded") + d.amount("forfeited") + d.amount("transferred") + d.amount("remaining")
		if err := same("received of the deposit "+d.text("number"), d.amount("received"), sum); err != nil {
			return 0, err
		}
		var holds int64
		for _, s := range d.items("life") {
			if holds += s.amount("amount"); holds < 0 || holds != s.amount("holds") {
				return 0, fmt.Errorf("the deposit %s holds %d and says %d", d.text("number"), holds, s.amount("holds"))
			}
		}
		if err := same("what is left of the deposit "+d.text("number"), d.amount("remaining"), holds); err != nil {
			return 0, err
		}
		held += holds
	}
	if err := same("what is held of "+letter, tab.amount("totals", "remaining"), held); err != nil {
		return 0, err
	}
	return held, w.expectDeposits(letter, held)
}

// depositFigures are what is expected of a deposit by name.
var depositFigures = map[string]string{"received": "received", "applied": "applied", "refunded": "refunded", "forfeited": "forfeited",
	"transferred": "transferred", "remaining": "remaining", "requested": "amount", "proposed": "proposed_forfeit"}

// expectDeposit reads "received 20000000; applied 12000000; status closed".
func (p *parser) expectDeposit(w *words, name string) (step, error) {
	var checks []func(*world) error
	for {
		word := w.peek()
		w.at++
		switch {
		case word == "status":
			want, err := w.name("the status")
			if err != nil {
				return step{}, err
			}
			checks = append(checks, func(w *world) error {
				d, err := w.deposit(name)
				if err != nil {
					return err
				}
				return same("the status of "+name, d.text("status"), want)
			})
		case word == "planned" || word == "belongs":
			check, err := p.expectVisit(w, name, word)
			if err != nil {
				return step{}, err
			}
			checks = append(checks, check)
		case word == "expired":
			checks = append(checks, func(w *world) error {
				d, err := w.deposit(name)
				if err != nil {
					return err
				}
				return same(name+" is expired", d.at("expired") == true, true)
			})
		case depositFigures[word] != "":
			want, err := w.amount()
			if err != nil {
				return step{}, err
			}
			checks = append(checks, func(w *world) error {
				d, err := w.deposit(name)
				if err != nil {
					return err
				}
				return same(word+" of "+name, d.amount(depositFigures[word]), want)
			})
		default:
			w.at--
			return step{}, fmt.Errorf("unknown word %q; of a deposit: status, expired, planned, belongs to, %v", w.shown(), slices.Sorted(maps.Keys(depositFigures)))
		}
		if !w.accept(";") {
			return step{do: func(w *world) error { return all(w, checks) }}, nil
		}
	}
}

// expectVisit reads "planned 1405/09/10 10:00" and "belongs to N1": the visit that
// a deposit is for.
func (p *parser) expectVisit(w *words, name, word string) (func(*world) error, error) {
	if word == "planned" {
		want, err := p.visit(w)
		return func(w *world) error {
			d, err := w.deposit(name)
			if err != nil {
				return err
			}
			return w.sameTime("the planned visit of "+name, d.text("planned"), want(w))
		}, err
	}
	if err := w.need("to"); err != nil {
		return nil, err
	}
	appointment, err := p.appointment(w)
	return func(w *world) error {
		d, err := w.deposit(name)
		if err != nil {
			return err
		}
		return same("the appointment of "+name, d.text("appointment_id"), w.appointments[appointment])
	}, err
}

// deposit reads one deposit of the statement.
func (w *world) deposit(name string) (reply, error) {
	d, ok := w.deposits[name]
	if !ok {
		return reply{}, fmt.Errorf("the deposit %s was never made", name)
	}
	r, err := w.look(w.path(d.patient, "/statement/deposits"))
	if err != nil {
		return r, err
	}
	for _, i := range r.items() {
		if i.text("id") == d.id {
			return i, nil
		}
	}
	return r, fmt.Errorf("the deposit %s is not in the statement", name)
}
