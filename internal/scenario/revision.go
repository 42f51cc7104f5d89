package scenario

import (
	"fmt"
	"strconv"
	"strings"
)

// revisionVerbs are the words for changes of admissions that are in the books.
func (p *parser) revisionVerbs() map[string]verb {
	return map[string]verb{"reopens": p.reopens, "edits": p.edits, "covers": p.covers, "holds": p.holds, "abandons": p.abandons}
}

// cancelOption reads "dry", "stale", "deposits credit" and "deposits reopen".
func cancelOption(w *words, body map[string]any) error {
	switch {
	case w.accept("dry"):
		body["dry_run"] = true
	case w.accept("stale"):
		body["seen_version"] = -1
	case w.accept("deposits"):
		word, err := w.name("what becomes of deposits")
		body["deposits"] = word
		return err
	default:
		return fmt.Errorf("unknown word %q; a change is dry, stale, deposits reopen, deposits credit", w.shown())
	}
	return nil
}

// reopens reads "P1 «reason»; dry"; shifts and days are opened again too.
func (p *parser) reopens(w *words, actor string) (func(*world) (reply, error), error) {
	if w.peek() == "shift" || w.peek() == "day" {
		return p.reopensShift(w, actor)
	}
	name, err := p.admission(w)
	if err != nil {
		return nil, err
	}
	body := map[string]any{"reason": w.text()}
	for w.accept(";") {
		if err := cancelOption(w, body); err != nil {
			return nil, err
		}
	}
	return func(w *world) (reply, error) { return w.onAdmission(actor, name, "reopen", body) }, nil
}

// edits reads "P1: line 1, line 2 times 3, بوتاکس off 5%; base پایه".
func (p *parser) edits(w *words, actor string) (func(*world) (reply, error), error) {
	name, err := p.admission(w)
	if err != nil {
		return nil, err
	}
	if err := w.need(":"); err != nil {
		return nil, err
	}
	type wanted struct {
		ordered
		line int64
	}
	var lines []wanted
	for {
		var l wanted
		if w.accept("line") {
			if l.line, err = w.amount(); err != nil {
				return nil, err
			}
			l.ordered, err = readChanged(w)
		} else {
			l.ordered, err = readOrdered(w)
		}
		if err != nil {
			return nil, err
		}
		if lines = append(lines, l); !w.accept(",") {
			break
		}
	}
	var o ordering
	for w.accept(";") {
		if err := o.option(w); err != nil {
			return nil, err
		}
	}
	return func(w *world) (reply, error) {
		var all []map[string]any
		for _, l := range lines {
			line, err := w.orderLine(l.ordered)
			if err != nil {
				return reply{}, err
			}
			if l.line != 0 {
				line["line"] = l.line
			}
			all = append(all, line)
		}
		body := map[string]any{"lines": all, "dry_run": o.dry}
		if o.covered {
			if body["coverage"], err = w.coverage(o); err != nil {
				return reply{}, err
			}
		}
		return w.onAdmission(actor, name, "edit", body)
	}, nil
}

// readChanged reads what is said of a line that stays.
func readChanged(w *words) (o ordered, err error) {
	if w.accept("times") {
		if o.quantity, err = w.amount(); err != nil {
			return o, err
		}
	}
	if w.accept("off") {
		o.discount, err = readDiscount(w)
	}
	return o, err
}

// covers reads "P1 base پایه supplementary تکمیلی" or "P1 uninsured".
func (p *parser) covers(w *words, actor string) (func(*world) (reply, error), error) {
	name, err := p.admission(w)
	if err != nil {
		return nil, err
	}
	var o ordering
	for strings.Contains("|base|supplementary|uninsured|", "|"+w.peek()+"|") {
		if err := o.option(w); err != nil {
			return nil, err
		}
	}
	if !o.covered {
		return nil, fmt.Errorf("unknown word %q; an admission is covered by base INSURER, supplementary INSURER, or uninsured", w.shown())
	}
	more := map[string]any{}
	for w.accept(";") {
		if err := cancelOption(w, more); err != nil {
			return nil, err
		}
	}
	return func(w *world) (reply, error) {
		body, err := w.coverage(o)
		if err != nil {
			return reply{}, err
		}
		for field, value := range more {
			body[field] = value
		}
		return w.onAdmission(actor, name, "coverage", body)
	}, nil
}

// expectVersion reads "versions 2", how many there are with the one that holds
// now, and "version 1 gross 57000000 lines 2", of an earlier one.
func (p *parser) expectVersion(w *words, name, word string) (func(*world) error, error) {
	n, err := w.amount()
	if err != nil || word == "versions" {
		return func(w *world) error {
			r, err := w.versions(name)
			if err != nil {
				return err
			}
			return same("the number of versions of "+name, int64(len(r.items()))+1, n)
		}, err
	}
	var figures []figure
	for strings.Contains("|gross|base_share|supplementary_share|discount|vat|patient_share|lines|", "|"+w.peek()+"|") {
		f := figure{name: w.peek()}
		w.at++
		if f.want, err = w.amount(); err != nil {
			return nil, err
		}
		figures = append(figures, f)
	}
	if len(figures) == 0 {
		return nil, fmt.Errorf("unknown word %q; a version has gross, base_share, supplementary_share, discount, vat, patient_share, lines", w.shown())
	}
	return func(w *world) error {
		r, err := w.versions(name)
		if err != nil {
			return err
		}
		items := r.items()
		if n < 1 || n > int64(len(items)) {
			return fmt.Errorf("%s has %d earlier versions", name, len(items))
		}
		for _, f := range figures {
			got := items[n-1].amount(f.name)
			if f.name == "lines" {
				got = int64(len(items[n-1].items("lines")))
			}
			if err := same(f.name+" of version "+strconv.FormatInt(n, 10)+" of "+name, got, f.want); err != nil {
				return err
			}
		}
		return nil
	}, nil
}

// versions asks what an admission was.
func (w *world) versions(name string) (reply, error) {
	w.mu.Lock()
	a, ok := w.admissions[name]
	w.mu.Unlock()
	if !ok {
		return reply{}, fmt.Errorf("the admission %s was never made", name)
	}
	return w.look("/admissions/" + a.id + "/versions")
}
