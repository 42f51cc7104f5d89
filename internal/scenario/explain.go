package scenario

import (
	"fmt"
)

// explainVerbs are the words for why a number is what it is.
func (p *parser) explainVerbs() map[string]verb { return nil }

// expectWhy reads "A balance sums", "A credit sums", "A P1 sums 5000000" and
// checks that the explanation of the figure makes it.
func (p *parser) expectWhy(w *words) (step, error) {
	letter, err := p.patient(w)
	if err != nil {
		return step{}, err
	}
	of, err := w.name("the figure that is explained")
	if err != nil {
		return step{}, err
	}
	switch {
	case p.admissions[of]:
	case of == "balance", of == "credit", of == "deposits", of == "insurer", of == "cheques", of == "rows":
	default:
		return step{}, fmt.Errorf("unknown word %q; a figure is balance, credit, deposits, insurer, cheques, rows or an admission", of)
	}
	if err := w.need("sums"); err != nil {
		return step{}, err
	}
	var want *int64
	if !w.done() {
		n, err := w.amount()
		if err != nil {
			return step{}, err
		}
		want = &n
	}
	return step{do: func(w *world) error { return w.expectWhy(letter, of, want) }}, nil
}

// expectWhy asks why and adds up.
func (w *world) expectWhy(letter, of string, want *int64) error {
	if of == "rows" {
		return w.expectWhyRows(letter)
	}
	if a, ok := w.admissions[of]; ok {
		of = "admission-" + a.id
	}
	return w.whySums(letter, of, want)
}

// whySums checks that the parts of a figure, and the kinds of entries where
// they are told, are the figure.
func (w *world) whySums(letter, of string, want *int64) error {
	r, err := w.look(w.path(letter, "/why?of="+of))
	if err != nil {
		return err
	}
	if want != nil {
		if err := same(of+" of "+letter, r.amount("amount"), *want); err != nil {
			return err
		}
	}
	if err := partsSum(of, r); err != nil {
		return err
	}
	var kinds int64
	for _, k := range r.items("kinds") {
		kinds += k.amount("amount")
	}
	if len(r.items("kinds")) > 0 {
		return same("the postings of "+of, kinds, r.amount("amount"))
	}
	return nil
}

// partsSum checks a part and what it is made of.
func partsSum(what string, r reply) error {
	parts := r.items("parts")
	if len(parts) == 0 {
		return nil
	}
	var sum int64
	for _, p := range parts {
		if p.text("says") == "" || p.text("kind") == "other" {
			return fmt.Errorf("a part of %s is not explained: %s %d", what, p.text("kind"), p.amount("amount"))
		}
		sum += p.amount("amount")
		if err := partsSum(what+", "+p.text("kind"), p); err != nil {
			return err
		}
	}
	return same("the parts of "+what, sum, r.amount("amount"))
}

// expectWhyRows explains every row of the account and the balance after it.
func (w *world) expectWhyRows(letter string) error {
	r, err := w.look(w.path(letter, "/statement/transactions?limit=200"))
	if err != nil {
		return err
	}
	for _, row := range r.items() {
		running, moved := row.amount("running"), row.amount("debit")-row.amount("credit")
		if err := w.whySums(letter, "running-"+row.text("id"), &running); err != nil {
			return err
		}
		if err := w.whySums(letter, "entry-"+row.text("id"), &moved); err != nil {
			return err
		}
	}
	return nil
}
