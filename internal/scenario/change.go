package scenario

import (
	"fmt"
	"strings"
)

func (p *parser) finalizes(w *words, actor string) (func(*world) (reply, error), error) {
	name, err := p.admission(w)
	dry := w.accept(";") && w.accept("dry")
	return func(w *world) (reply, error) {
		return w.onAdmission(actor, name, "finalize", map[string]any{"dry_run": dry})
	}, err
}

// cancels reads "P1 «reason»", "P1 line 2 «reason»" and, after ";", what becomes
// of deposits.
func (p *parser) cancels(w *words, actor string) (func(*world) (reply, error), error) {
	if p.visits[w.shown()] {
		return p.cancelsVisit(w, actor)
	}
	if p.providers[w.shown()] {
		return p.cancelsDay(w, actor)
	}
	name, err := p.admission(w)
	if err != nil {
		return nil, err
	}
	verb := "cancel"
	if w.accept("line") {
		line, err := w.amount()
		if err != nil {
			return nil, err
		}
		verb = fmt.Sprintf("lines/%d/cancel", line)
	}
	body := map[string]any{"reason": w.text()}
	for w.accept(";") {
		if err := cancelOption(w, body); err != nil {
			return nil, err
		}
	}
	return func(w *world) (reply, error) { return w.onAdmission(actor, name, verb, body) }, nil
}

// approves reads "P1", "P1 off 15% «reason»" and "P1 line 2 off 500000 «reason»".
func (p *parser) approves(w *words, actor string) (func(*world) (reply, error), error) {
	name, err := p.admission(w)
	if err != nil {
		return nil, err
	}
	body := map[string]any{}
	line := int64(0)
	if w.accept("line") {
		if line, err = w.amount(); err != nil {
			return nil, err
		}
	}
	if w.accept("off") {
		if body, err = readDiscount(w); err != nil {
			return nil, err
		}
	} else if line != 0 {
		return nil, fmt.Errorf("unknown word %q; of a line say what is off", w.shown())
	}
	if line != 0 {
		body["line"] = line
		body = map[string]any{"lines": []any{body}}
	}
	body["dry_run"] = w.accept(";") && w.accept("dry")
	return func(w *world) (reply, error) { return w.onAdmission(actor, name, "discount", body) }, nil
}

// rejects reads "P1 «reason»": no discount for the draft.
func (p *parser) rejects(w *words, actor string) (func(*world) (reply, error), error) {
	name, err := p.admission(w)
	body := map[string]any{"reason": w.text()}
	body["dry_run"] = w.accept(";") && w.accept("dry")
	return func(w *world) (reply, error) { return w.onAdmission(actor, name, "discount/reject", body) }, err
}

// performs reads "P1 line 1 completed".
func (p *parser) performs(w *words, actor string) (func(*world) (reply, error), error) {
	name, err := p.admission(w)
	if err != nil {
		return nil, err
	}
	if err := w.need("line"); err != nil {
		return nil, err
	}
	line, err := w.amount()
	if err != nil {
		return nil, err
	}
	status := w.peek()
	if !strings.Contains("|waiting|in_progress|completed|", "|"+status+"|") {
		return nil, fmt.Errorf("unknown word %q; a service is waiting, in_progress or completed", w.shown())
	}
	w.at++
	return func(w *world) (reply, error) {
		return w.onAdmission(actor, name, fmt.Sprintf("lines/%d/status", line), map[string]any{"status": status})
	}, nil
}
