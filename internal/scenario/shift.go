package scenario

import (
	"fmt"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/desk"
)

// shiftVerbs are the words for shifts, hand-overs and closed days.
func (p *parser) shiftVerbs() map[string]verb {
	return map[string]verb{
		"counts": p.counts, "hands": p.handsOver, "confirms": p.confirms, "closes": p.closesDay,
	}
}

// opensShift reads "with float 2000000; dry" after "R1 opens shift".
func (p *parser) opensShift(w *words, actor string) (func(*world) (reply, error), error) {
	p.shifts[actor] = true
	body := map[string]any{"float": int64(0)}
	if w.accept("with") {
		if err := w.need("float"); err != nil {
			return nil, err
		}
		n, err := w.amount()
		if err != nil {
			return nil, err
		}
		body["float"] = n
	}
	if err := dryWord(w, body); err != nil {
		return nil, err
	}
	return func(w *world) (reply, error) { return w.openShift(actor, body) }, nil
}

// givenBlind reads "count": whoever counts a drawer is not told what it should
// hold.
func (p *parser) givenBlind(w *words) (step, error) {
	err := w.need("count")
	return step{do: func(w *world) error {
		c, err := w.site.Desk.Clinic(w.ctx, w.manager.Clinic)
		if err != nil {
			return err
		}
		c.Rules.BlindCount = true
		_, err = w.site.Desk.SaveClinic(w.ctx, w.manager, desk.Save[clinic.Clinic]{Row: c})
		return err
	}}, err
}

// dryWord reads "; dry".
func dryWord(w *words, body map[string]any) error {
	for w.accept(";") {
		if !w.accept("dry") {
			return fmt.Errorf("unknown word %q; a command on a shift is dry", w.shown())
		}
		body["dry_run"] = true
	}
	return nil
}

// whose reads "shift of R1"; without it the shift is the actor's own.
func (p *parser) whose(w *words, actor string) (string, error) {
	if !w.accept("shift") {
		return actor, nil
	}
	if !w.accept("of") {
		return actor, nil
	}
	name, err := w.name("whose shift")
	if err == nil && !p.actors[name] {
		err = fmt.Errorf("there is no actor %q", name)
	}
	return name, err
}

// counts reads "cash 14900000, pos 37000000 «note»" or "shift of R1: cash …".
func (p *parser) counts(w *words, actor string) (func(*world) (reply, error), error) {
	owner, err := p.whose(w, actor)
	if err != nil {
		return nil, err
	}
	w.accept(":")
	var lines []map[string]any
	for {
		line, err := readCount(w)
		if err != nil {
			return nil, err
		}
		if lines = append(lines, line); !w.accept(",") {
			break
		}
	}
	body := map[string]any{"counts": lines}
	readNote(w, body, "note")
	if err := dryWord(w, body); err != nil {
		return nil, err
	}
	return func(w *world) (reply, error) { return w.onShift(actor, owner, "count", body) }, nil
}

// readCount reads "pos 37000000".
func readCount(w *words) (map[string]any, error) {
	method, err := countedMethod(w)
	if err != nil {
		return nil, err
	}
	n, err := w.amount()
	return map[string]any{"method": method, "counted": n}, err
}

// countedMethod reads a method of money that is counted.
func countedMethod(w *words) (string, error) {
	if w.accept("cheque") {
		return "cheque", nil
	}
	return methodWord(w)
}

// readNote reads a quoted text where there is one.
func readNote(w *words, body map[string]any, field string) {
	if !w.done() && w.tokens[w.at].quoted {
		body[field] = w.shown()
		w.at++
	}
}

// handsOver reads "12900000 to safe «note»", or "shift of R1: …".
func (p *parser) handsOver(w *words, actor string) (func(*world) (reply, error), error) {
	owner, err := p.whose(w, actor)
	if err != nil {
		return nil, err
	}
	w.accept(":")
	n, err := w.amount()
	if err != nil {
		return nil, err
	}
	if err := w.need("to"); err != nil {
		return nil, err
	}
	body := map[string]any{"amount": n}
	switch {
	case w.accept("safe"):
		body["to"] = "safe"
	case w.accept("bank"), w.accept("bank_transfer"):
		body["to"] = "bank"
	default:
		return nil, fmt.Errorf("unknown word %q; cash is handed to safe or bank", w.shown())
	}
	readNote(w, body, "note")
	if err := dryWord(w, body); err != nil {
		return nil, err
	}
	return func(w *world) (reply, error) { return w.onShift(actor, owner, "handover", body) }, nil
}

// confirms reads "shift of R1 received 12900000".
func (p *parser) confirms(w *words, actor string) (func(*world) (reply, error), error) {
	if p.visits[w.shown()] {
		return p.onVisit(w, actor, "confirm", nil)
	}
	owner, err := p.whose(w, actor)
	if err != nil {
		return nil, err
	}
	body := map[string]any{}
	if w.accept("received") {
		if body["received"], err = w.amount(); err != nil {
			return nil, err
		}
	}
	if err := dryWord(w, body); err != nil {
		return nil, err
	}
	return func(w *world) (reply, error) { return w.onShift(actor, owner, "confirm", body) }, nil
}

// reopensShift reads "shift of R1 «reason»" and "day 1405/09/02 «reason»".
func (p *parser) reopensShift(w *words, actor string) (func(*world) (reply, error), error) {
	body := map[string]any{"reason": ""}
	if w.accept("day") {
		d, err := p.day(w)
		if err != nil {
			return nil, err
		}
		readNote(w, body, "reason")
		return func(w *world) (reply, error) { return w.command(actor, "/days/"+string(d)+"/reopen", body) }, dryWord(w, body)
	}
	owner, err := p.whose(w, actor)
	if err != nil {
		return nil, err
	}
	readNote(w, body, "reason")
	return func(w *world) (reply, error) { return w.onShift(actor, owner, "reopen", body) }, dryWord(w, body)
}

// closesDay reads "day 1405/09/02 «note»".
func (p *parser) closesDay(w *words, actor string) (func(*world) (reply, error), error) {
	if err := w.need("day"); err != nil {
		return nil, err
	}
	d, err := p.day(w)
	if err != nil {
		return nil, err
	}
	body := map[string]any{}
	readNote(w, body, "note")
	return func(w *world) (reply, error) { return w.command(actor, "/days/"+string(d)+"/close", body) }, dryWord(w, body)
}

// openShift begins a shift and remembers it as the actor's.
func (w *world) openShift(actor string, body map[string]any) (reply, error) {
	r, err := w.command(actor, "/shifts", body)
	if err == nil && r.status < 400 && body["dry_run"] == nil {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.ownShifts[actor] = r.text("shift", "id")
	}
	return r, err
}

// shiftOf is the id of the last shift of an actor.
func (w *world) shiftOf(actor string) (string, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	id, ok := w.ownShifts[actor]
	if !ok {
		return "", fmt.Errorf("%s opened no shift so far", actor)
	}
	return id, nil
}

// onShift sends a command on the last shift of an actor.
func (w *world) onShift(actor, owner, verb string, body map[string]any) (reply, error) {
	id, err := w.shiftOf(owner)
	if err != nil {
		return reply{}, err
	}
	r, err := w.command(actor, "/shifts/"+id+"/"+verb, body)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.onShifts = r.raw
	return r, err
}

// shiftFigures are the figures of a shift by the words for them: below "shift"
// of the answer of GET /shifts/{id}, or of its line of a method.
var shiftFigures = map[string]string{"float": "float", "handed": "handed_over", "left": "left_in_drawer"}

// expectShift reads "of R1 status awaiting; expected 14950000; counted 14900000;
// difference -50000; pos expected 37000000".
func (p *parser) expectShift(w *words) (step, error) {
	if err := w.need("of"); err != nil {
		return step{}, err
	}
	owner, err := w.name("whose shift")
	if err != nil {
		return step{}, err
	}
	if !p.actors[owner] {
		return step{}, fmt.Errorf("there is no actor %q", owner)
	}
	var checks []func(reply) error
	for {
		check, err := readShiftCheck(w)
		if err != nil {
			return step{}, err
		}
		if checks = append(checks, check); !w.accept(";") {
			break
		}
	}
	return step{do: func(w *world) error { return w.expectShift(owner, checks) }}, nil
}

// readShiftCheck reads one thing that is expected of a shift.
func readShiftCheck(w *words) (func(reply) error, error) {
	word := w.peek()
	switch {
	case w.accept("status"):
		want, err := w.name("the status")
		return func(r reply) error { return same("the status of the shift", r.text("status"), want) }, err
	case w.accept("hidden"):
		return func(r reply) error {
			if strings.Contains(r.raw, `"expected"`) || strings.Contains(r.raw, `"difference"`) {
				return fmt.Errorf("the shift tells what is expected: %s", r.raw)
			}
			return nil
		}, nil
	case shiftFigures[word] != "":
		w.at++
		n, err := w.amount()
		return func(r reply) error { return same(word+" of the shift", r.amount(shiftFigures[word]), n) }, err
	}
	method := "cash"
	if word != "expected" && word != "counted" && word != "difference" {
		var err error
		if method, err = countedMethod(w); err != nil {
			return nil, fmt.Errorf("unknown word %q; of a shift: status, float, handed, left, expected, counted, difference, METHOD expected …, hidden", w.shown())
		}
		word = w.peek()
	}
	if word != "expected" && word != "counted" && word != "difference" {
		return nil, fmt.Errorf("unknown word %q; of a method: expected, counted, difference", w.shown())
	}
	w.at++
	n, err := w.amount()
	return func(r reply) error {
		for _, l := range r.items("lines") {
			if l.text("method") == method {
				return same(method+" "+word, l.amount(word), n)
			}
		}
		return same(method+" "+word, 0, n)
	}, err
}

// expectHidesDrawer reads "hides drawer": the last answer to a command on a
// shift tells neither what is expected nor what the drawer holds.
func (p *parser) expectHidesDrawer(w *words) (step, error) {
	return step{do: func(w *world) error {
		for _, word := range []string{`"expected"`, `"difference"`, `"drawer"`} {
			if w.onShifts == "" || strings.Contains(w.onShifts, word) {
				return fmt.Errorf("the answer has %s: %s", word, w.onShifts)
			}
		}
		return nil
	}}, w.need("hides", "drawer")
}

func (w *world) expectShift(owner string, checks []func(reply) error) error {
	id, err := w.shiftOf(owner)
	if err != nil {
		return err
	}
	r, err := w.look("/shifts/" + id)
	if err != nil {
		return err
	}
	for _, check := range checks {
		if err := check(r); err != nil {
			return err
		}
	}
	return nil
}

// drawers checks after every step that the drawers hold at least what their
// shifts do, the rest being floats that nobody took yet, and that as much is on
// the way as waits to be confirmed. It asks the API alone.
func (w *world) drawers(cash, transit int64) error {
	var held, waiting int64
	page, err := w.look("/shifts?limit=200")
	if err != nil {
		return err
	}
	for _, i := range page.items() {
		status := i.text("status")
		if status == "closed" {
			continue
		}
		r, err := w.look("/shifts/" + i.text("id"))
		if err != nil {
			return err
		}
		for _, h := range r.items("handovers") {
			if h.text("status") == "waiting" {
				waiting += h.amount("amount")
			}
		}
		switch status {
		case "open":
			held += r.amount("expected")
		case "counted":
			held += r.amount("counted")
		}
	}
	if cash < held {
		return fmt.Errorf("shifts hold %d in cash, the drawers %d", held, cash)
	}
	return same("what is on the way", transit, waiting)
}
