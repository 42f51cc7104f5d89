package scenario

import (
	"fmt"
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

// depositsAgree checks what is always true of a patient's deposits: of each
// what was received is what was used, what went back, was kept or moved and
// what is left, its life adds up to that, and all together are the patient's
// deposits and the account in the books.
func (w *world) depositsAgree(letter string) error {
	tab, err := w.look(w.path(letter, "/statement/deposits"))
	if err != nil {
		return err
	}
	var held int64
	for _, d := range tab.items() {
		sum := d.amount("applied") + d.amount("refunded") + d.amount("forfeited") + d.amount("transferred") + d.amount("remaining")
		if err := same("received of the deposit "+d.text("number"), d.amount("received"), sum); err != nil {
			return err
		}
		var holds int64
		for _, s := range d.items("life") {
			if holds += s.amount("amount"); holds < 0 || holds != s.amount("holds") {
				return fmt.Errorf("the deposit %s holds %d and says %d", d.text("number"), holds, s.amount("holds"))
			}
		}
		if err := same("what is left of the deposit "+d.text("number"), d.amount("remaining"), holds); err != nil {
			return err
		}
		held += holds
	}
	if err := same("what is held of "+letter, tab.amount("totals", "remaining"), held); err != nil {
		return err
	}
	if err := w.expectDeposits(letter, held); err != nil {
		return err
	}
	trial, err := w.look("/reports/trial-balance")
	if err != nil {
		return err
	}
	var booked int64
	for _, r := range trial.items() {
		if strings.TrimPrefix(r.text("account"), "liabilities:deposit:") == w.patients[letter].file {
			booked -= r.amount("balance")
		}
	}
	return same("the deposit account of "+letter, booked, held)
}
