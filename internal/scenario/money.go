package scenario

import (
	"fmt"
)

// ordered is one wanted service.
type ordered struct {
	service  string
	quantity int64
	discount map[string]any
}

// ordering is a whole admits line.
type ordering struct {
	patient, name string
	lines         []ordered
	base          string
	supplementary string
	covered       bool   // the line says who pays
	code          string // of a discount
	visit         string // the appointment that it comes of
	draft, dry    bool
}

// admits reads "A as P1: پاکسازی, ضدآفتاب x2 off 500000 «reason»; draft".
func (p *parser) admits(w *words, actor string) (func(*world) (reply, error), error) {
	if p.visits[w.shown()] {
		return p.admitsVisit(w, actor)
	}
	var o ordering
	var err error
	if o.patient, err = p.patient(w); err != nil {
		return nil, err
	}
	if w.accept("as") {
		if o.name, err = w.name("the admission's name"); err != nil {
			return nil, err
		}
		if p.admissions[o.name] || p.actors[o.name] || p.patients[o.name] {
			return nil, fmt.Errorf("%s is there already", o.name)
		}
		p.admissions[o.name] = true
	}
	if err := w.need(":"); err != nil {
		return nil, err
	}
	for {
		line, err := readOrdered(w)
		if err != nil {
			return nil, err
		}
		if o.lines = append(o.lines, line); !w.accept(",") {
			break
		}
	}
	for w.accept(";") {
		if err := o.option(w); err != nil {
			return nil, err
		}
	}
	return func(w *world) (reply, error) { return w.admit(actor, o) }, nil
}

func readOrdered(w *words) (o ordered, err error) {
	o.quantity = 1
	if o.service, err = w.name("the service"); err != nil {
		return o, err
	}
	if w.accept("times") {
		if o.quantity, err = w.amount(); err != nil {
			return o, err
		}
	}
	if !w.accept("off") {
		return o, nil
	}
	o.discount, err = readDiscount(w)
	return o, err
}

// readDiscount reads "15% «reason»" or "500000 «reason»".
func readDiscount(w *words) (map[string]any, error) {
	discount := map[string]any{}
	if percent, err := w.percent(); err == nil {
		discount["percent"] = percent
	} else {
		n, err := w.amount()
		if err != nil {
			return nil, err
		}
		discount["amount"] = n
	}
	if !w.done() && w.tokens[w.at].quoted {
		discount["reason"] = w.shown()
		w.at++
	}
	return discount, nil
}

func (o *ordering) option(w *words) (err error) {
	switch {
	case w.accept("draft"):
		o.draft = true
	case w.accept("dry"):
		o.dry = true
	case w.accept("base"):
		o.covered = true
		o.base, err = w.name("the insurer")
	case w.accept("supplementary"):
		o.covered = true
		o.supplementary, err = w.name("the insurer")
	case w.accept("uninsured"):
		o.covered = true
	case w.accept("came"):
		if err = w.need("for"); err == nil {
			o.visit, err = w.name("the appointment")
		}
	case w.accept("code"):
		o.code, err = w.name("the code")
	default:
		err = fmt.Errorf("unknown word %q; an admission is draft, dry, uninsured, base INSURER, supplementary INSURER, code CODE, came for APPOINTMENT", w.shown())
	}
	return err
}

// taking is a whole receives line.
type taking struct {
	patient string
	lines   []map[string]any
	choices []choice
	stale   bool
	dry     bool
	surplus string
}

type choice struct {
	admission string
	amount    int64
}

// receives reads "from A: cash 5000000, pos 7000000 tracking 123456; for P1 12000000; dry".
func (p *parser) receives(w *words, actor string) (func(*world) (reply, error), error) {
	var t taking
	var err error
	if err := w.need("from"); err != nil {
		return nil, err
	}
	if t.patient, err = p.patient(w); err != nil {
		return nil, err
	}
	if err := w.need(":"); err != nil {
		return nil, err
	}
	for {
		line, err := readMethod(w)
		if err != nil {
			return nil, err
		}
		if t.lines = append(t.lines, line); !w.accept(",") {
			break
		}
	}
	for w.accept(";") {
		switch {
		case w.accept("dry"):
			t.dry = true
		case w.accept("stale"):
			t.stale = true
		case w.accept("surplus"):
			if t.surplus, err = w.name("what becomes of the surplus"); err != nil {
				return nil, err
			}
		case w.accept("for"):
			name, err := p.admission(w)
			if err != nil {
				return nil, err
			}
			n, err := w.amount()
			if err != nil {
				return nil, err
			}
			t.choices = append(t.choices, choice{name, n})
		default:
			return nil, fmt.Errorf("unknown word %q; a receipt is dry, stale, surplus deposit, for ADMISSION AMOUNT", w.shown())
		}
	}
	return func(w *world) (reply, error) { return w.receive(actor, t) }, nil
}

// readMethod reads "pos 7000000 tracking 123456".
func readMethod(w *words) (map[string]any, error) {
	method, err := methodWord(w)
	if err != nil {
		return nil, err
	}
	n, err := w.amount()
	if err != nil {
		return nil, err
	}
	line := map[string]any{"method": method, "amount": n}
	if w.accept("tracking") {
		if line["tracking_number"], err = w.name("the tracking number"); err != nil {
			return nil, err
		}
	}
	if method == "cheque" {
		err = readCheque(w, line)
	}
	return line, err
}

// methodWord reads how money is handed over.
func methodWord(w *words) (string, error) {
	method := w.peek()
	if long, ok := shortMethods[method]; ok {
		method = long
	}
	switch method {
	case "cash", "pos", "card_to_card", "bank_transfer", "cheque":
		w.at++
		return method, nil
	}
	return "", fmt.Errorf("unknown word %q; money comes by cash, pos, card_to_card, bank_transfer or cheque", w.shown())
}
