package scenario

import (
	"fmt"
	"net/http"
	"strings"
)

// correctionVerbs are the words for voids, corrections, refunds and what is given up.
func (p *parser) correctionVerbs() map[string]verb {
	return map[string]verb{"voids": p.voids, "corrects": p.corrects, "transfers": p.transfers, "refunds": p.refunds,
		"discounts": p.discounts, "writes": p.writesOff, "undoes": p.undoes}
}

// taken names a receipt: the n-th that was taken from a patient, 0 for the last.
type taken struct {
	patient string
	n       int64
}

// taken reads "A" or "A receipt 2".
func (p *parser) taken(w *words) (t taken, err error) {
	if t.patient, err = p.patient(w); err != nil {
		return t, err
	}
	if w.accept("receipt") {
		t.n, err = w.amount()
	}
	return t, err
}

// receiptOf is the id of a receipt.
func (w *world) receiptOf(t taken) (string, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	all := w.receipts[t.patient]
	n := int(t.n)
	if n == 0 {
		n = len(all)
	}
	if n < 1 || n > len(all) {
		return "", fmt.Errorf("%d receipts were taken from %s, there is none with the number %d", len(all), t.patient, n)
	}
	return all[n-1], nil
}

// onReceipt sends a command on a receipt.
func (w *world) onReceipt(actor string, t taken, verb string, body map[string]any) (reply, error) {
	id, err := w.receiptOf(t)
	if err != nil {
		return reply{}, err
	}
	return w.command(actor, "/receipts/"+id+"/"+verb, body)
}

// reasonAndDry reads what ends a correction: a reason and "; dry".
func reasonAndDry(w *words, body map[string]any) map[string]any {
	if !w.done() && w.tokens[w.at].quoted {
		body["reason"] = w.shown()
		w.at++
	}
	body["dry_run"] = w.accept(";") && w.accept("dry")
	return body
}

// voids reads "A «reason»", "A receipt 1 «reason»" and "settlement 2 «reason»".
func (p *parser) voids(w *words, actor string) (func(*world) (reply, error), error) {
	if w.accept("settlement") {
		return p.voidsSettlement(w, actor)
	}
	t, err := p.taken(w)
	body := reasonAndDry(w, map[string]any{})
	return func(w *world) (reply, error) { return w.onReceipt(actor, t, "void", body) }, err
}

// corrects reads "A receipt 1 line 2 to pos tracking 123 «reason»".
func (p *parser) corrects(w *words, actor string) (func(*world) (reply, error), error) {
	t, err := p.taken(w)
	if err != nil {
		return nil, err
	}
	line := int64(1)
	if w.accept("line") {
		if line, err = w.amount(); err != nil {
			return nil, err
		}
	}
	if err := w.need("to"); err != nil {
		return nil, err
	}
	body := map[string]any{"line": line}
	if body["method"], err = methodWord(w); err != nil {
		return nil, err
	}
	if w.accept("tracking") {
		if body["tracking_number"], err = w.name("the tracking number"); err != nil {
			return nil, err
		}
	}
	body = reasonAndDry(w, body)
	return func(w *world) (reply, error) { return w.onReceipt(actor, t, "correct-method", body) }, nil
}

// transfers reads "A receipt 1 to B «reason»".
func (p *parser) transfers(w *words, actor string) (func(*world) (reply, error), error) {
	t, err := p.taken(w)
	if err != nil {
		return nil, err
	}
	if err := w.need("to"); err != nil {
		return nil, err
	}
	to, err := p.patient(w)
	body := reasonAndDry(w, map[string]any{})
	return func(w *world) (reply, error) {
		w.mu.Lock()
		body["to"] = w.patients[to].id
		w.mu.Unlock()
		return w.onReceipt(actor, t, "transfer", body)
	}, err
}

// refunds reads "A: card_to_card 28000000 «reason» to 1234 tracking 55 override
// «why»; dry".
func (p *parser) refunds(w *words, actor string) (func(*world) (reply, error), error) {
	letter, err := p.patient(w)
	if err != nil {
		return nil, err
	}
	if err := w.need(":"); err != nil {
		return nil, err
	}
	body, err := readRefund(w)
	return func(w *world) (reply, error) { return w.command(actor, w.path(letter, "/refunds"), body) }, err
}

// readRefund reads how money goes back; without a reason one stands for it.
func readRefund(w *words) (map[string]any, error) {
	method, err := methodWord(w)
	if err != nil {
		return nil, err
	}
	body := map[string]any{"method": method, "reason": "refund"}
	if body["amount"], err = w.amount(); err != nil {
		return nil, err
	}
	if !w.done() && w.tokens[w.at].quoted {
		body["reason"] = w.shown()
		w.at++
	}
	for _, o := range []struct{ word, field string }{{"to", "destination"}, {"tracking", "tracking_number"}, {"override", "override_reason"}} {
		if w.accept(o.word) {
			if body[o.field], err = w.name("what is " + o.word); err != nil {
				return nil, err
			}
		}
	}
	body["dry_run"] = w.accept(";") && w.accept("dry")
	return body, nil
}

// discounts reads "P1 off 2000000 «reason»", of an admission in the books.
func (p *parser) discounts(w *words, actor string) (func(*world) (reply, error), error) {
	name, err := p.admission(w)
	if err != nil {
		return nil, err
	}
	if err := w.need("off"); err != nil {
		return nil, err
	}
	body, err := readDiscount(w)
	if err != nil {
		return nil, err
	}
	body["dry_run"] = w.accept(";") && w.accept("dry")
	return func(w *world) (reply, error) { return w.onAdmission(actor, name, "discount", body) }, nil
}

// writesOff reads "off A: 500000 «reason»" and "off P1: 500000 «reason»".
func (p *parser) writesOff(w *words, actor string) (func(*world) (reply, error), error) {
	if err := w.need("off"); err != nil {
		return nil, err
	}
	admission, letter := "", ""
	var err error
	if p.admissions[w.peek()] {
		admission, err = p.admission(w)
	} else {
		letter, err = p.patient(w)
	}
	if err != nil {
		return nil, err
	}
	if err := w.need(":"); err != nil {
		return nil, err
	}
	body := map[string]any{}
	if body["amount"], err = w.amount(); err != nil {
		return nil, err
	}
	body = reasonAndDry(w, body)
	return func(w *world) (reply, error) {
		of := letter
		if admission != "" {
			w.mu.Lock()
			a := w.admissions[admission]
			w.mu.Unlock()
			of, body["admission_id"] = a.patient, a.id
		}
		return w.command(actor, w.path(of, "/write-offs"), body)
	}, nil
}

// undoes reads nothing, for the actor's own last command, or the name of
// another actor, for that one's.
func (p *parser) undoes(w *words, actor string) (func(*world) (reply, error), error) {
	whose := actor
	if p.actors[w.peek()] {
		whose = w.peek()
		w.at++
	}
	body := reasonAndDry(w, map[string]any{})
	return func(w *world) (reply, error) {
		w.mu.Lock()
		last, ok := w.sent[whose]
		w.mu.Unlock()
		unit := last.answer.text("unit_id")
		if rest, found := strings.CutPrefix(last.path, "/units/"); found {
			unit, _, _ = strings.Cut(rest, "/") // tried before: the same once more
		}
		if !ok || unit == "" {
			return reply{}, fmt.Errorf("%s did nothing that can be undone", whose)
		}
		return w.command(actor, "/units/"+unit+"/undo", body)
	}, nil
}

// keep remembers a receipt that was taken; the caller holds the lock.
func (w *world) keep(patient string, r reply) {
	if r.status == http.StatusCreated {
		w.receipts[patient] = append(w.receipts[patient], r.text("receipt", "id"))
	}
}
