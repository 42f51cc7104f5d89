package scenario

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"time"

	"daftar/internal/farsi"
)

// depositVerbs are the words for deposits.
func (p *parser) depositVerbs() map[string]verb {
	return map[string]verb{"deposits": p.deposits, "pays": p.paysDeposit, "withdraws": p.withdraws, "applies": p.applies, "unapplies": p.unapplies,
		"repays": p.repays, "forfeits": p.forfeits, "credits": p.creditsDeposit, "moves": p.movesDeposit, "turns": p.turns}
}

// deposit reads the name of a deposit.
func (p *parser) deposit(w *words) (string, error) {
	name, err := w.name("the deposit")
	if err == nil && !p.depositNames[name] {
		err = fmt.Errorf("there is no deposit %q so far; there are %v", name, slices.Sorted(maps.Keys(p.depositNames)))
	}
	return name, err
}

// newDeposit reads the name of a deposit that is not there yet.
func (p *parser) newDeposit(w *words) (string, error) {
	name, err := w.name("the deposit's name")
	if err != nil {
		return "", err
	}
	if p.depositNames[name] || p.admissions[name] || p.actors[name] || p.patients[name] {
		return "", fmt.Errorf("%s is there already", name)
	}
	if p.depositNames == nil {
		p.depositNames = map[string]bool{}
	}
	p.depositNames[name] = true
	return name, nil
}

// deposits reads "from A as D1: pos 20000000, cash 5000000; for «بوتاکس»;
// planned 1405/09/10 10:00; expires 1405/12/01; dry"; "requested 20000000"
// instead of money only asks for it.
func (p *parser) deposits(w *words, actor string) (func(*world) (reply, error), error) {
	if err := w.need("from"); err != nil {
		return nil, err
	}
	letter, err := p.patient(w)
	if err != nil {
		return nil, err
	}
	name := ""
	if w.accept("as") {
		if name, err = p.newDeposit(w); err != nil {
			return nil, err
		}
	}
	if err := w.need(":"); err != nil {
		return nil, err
	}
	body := map[string]any{}
	if w.accept("requested") {
		if body["amount"], err = w.amount(); err != nil {
			return nil, err
		}
	} else if body["lines"], err = readLines(w); err != nil {
		return nil, err
	}
	options, err := p.depositOptions(w, body)
	if err != nil {
		return nil, err
	}
	return func(w *world) (reply, error) { return w.newDeposit(actor, letter, name, "/deposits", options(w)) }, nil
}

// turns reads "A credit 45000000 into D1: for «بوتاکس»".
func (p *parser) turns(w *words, actor string) (func(*world) (reply, error), error) {
	letter, err := p.patient(w)
	if err != nil {
		return nil, err
	}
	if err := w.need("credit"); err != nil {
		return nil, err
	}
	body := map[string]any{}
	if body["amount"], err = w.amount(); err != nil {
		return nil, err
	}
	if err := w.need("into"); err != nil {
		return nil, err
	}
	name, err := p.newDeposit(w)
	if err != nil {
		return nil, err
	}
	options, err := p.depositOptions(w, body)
	if err != nil {
		return nil, err
	}
	return func(w *world) (reply, error) {
		return w.newDeposit(actor, letter, name, "/credit-to-deposit", options(w))
	}, nil
}

// readLines reads "cash 5000000, pos 7000000 tracking 123456".
func readLines(w *words) (lines []map[string]any, err error) {
	for {
		line, err := readMethod(w)
		if err != nil {
			return nil, err
		}
		if lines = append(lines, line); !w.accept(",") {
			return lines, nil
		}
	}
}

// depositOptions reads what stands after semicolons: what a deposit is for, and
// dry. What is returned completes the body in the zone of the world.
func (p *parser) depositOptions(w *words, body map[string]any) (func(*world) map[string]any, error) {
	var planned func(*world) string
	for w.accept(";") {
		switch {
		case w.accept("dry"):
			body["dry_run"] = true
		case w.accept("stale"):
			body["seen_version"] = 0
		case w.accept("for"):
			text, err := w.name("what it is for")
			if err != nil {
				return nil, err
			}
			body["purpose"] = text
		case w.accept("expires"):
			d, err := p.day(w)
			if err != nil {
				return nil, err
			}
			body["expires"] = string(d)
		case w.accept("planned"):
			at, err := p.visit(w)
			if err != nil {
				return nil, err
			}
			planned = at
		case w.accept("override"):
			text, err := w.name("why")
			if err != nil {
				return nil, err
			}
			body["override_reason"] = text
		default:
			return nil, fmt.Errorf("unknown word %q; of a deposit: for PURPOSE, planned DAY TIME, expires DAY, override REASON, dry, stale", w.shown())
		}
	}
	return func(w *world) map[string]any {
		if planned != nil {
			body["planned"] = planned(w)
		}
		return body
	}, nil
}

// visit reads "1405/09/10 10:00".
func (p *parser) visit(w *words) (func(*world) string, error) {
	d, err := p.day(w)
	if err != nil {
		return nil, err
	}
	hour, err := time.Parse("15:04", farsi.Digits(w.shown()))
	if err != nil || w.done() {
		return nil, fmt.Errorf("%q is no time of day", w.shown())
	}
	w.at++
	return func(w *world) string {
		from, _ := d.Bounds(w.zone)
		return from.Add(time.Duration(hour.Hour())*time.Hour + time.Duration(hour.Minute())*time.Minute).Format(time.RFC3339)
	}, nil
}

// onDeposit reads what most commands on a deposit have after its name: an
// amount, a text in quotes, options.
func (p *parser) onDeposit(w *words, actor, name, verb, text string, body map[string]any) (func(*world) (reply, error), error) {
	if n, err := w.amount(); err == nil {
		body["amount"] = n
	}
	if text != "" && !w.done() && w.tokens[w.at].quoted {
		body[text] = w.shown()
		w.at++
	}
	options, err := p.depositOptions(w, body)
	if err != nil {
		return nil, err
	}
	return func(w *world) (reply, error) { return w.useDeposit(actor, name, verb, options(w)) }, nil
}

// paysDeposit reads "D1: cash 5000000".
func (p *parser) paysDeposit(w *words, actor string) (func(*world) (reply, error), error) {
	name, err := p.deposit(w)
	if err != nil {
		return nil, err
	}
	if err := w.need(":"); err != nil {
		return nil, err
	}
	lines, err := readLines(w)
	if err != nil {
		return nil, err
	}
	return p.onDeposit(w, actor, name, "receive", "", map[string]any{"lines": lines})
}

func (p *parser) withdraws(w *words, actor string) (func(*world) (reply, error), error) {
	name, err := p.deposit(w)
	if err != nil {
		return nil, err
	}
	return p.onDeposit(w, actor, name, "withdraw", "", map[string]any{})
}

// applies reads "D1 to P1 12000000".
func (p *parser) applies(w *words, actor string) (func(*world) (reply, error), error) {
	name, err := p.deposit(w)
	if err != nil {
		return nil, err
	}
	if err := w.need("to"); err != nil {
		return nil, err
	}
	return p.withAdmission(w, actor, name, "apply")
}

// unapplies reads "D1 from P1 12000000" and "D1".
func (p *parser) unapplies(w *words, actor string) (func(*world) (reply, error), error) {
	name, err := p.deposit(w)
	if err != nil {
		return nil, err
	}
	if !w.accept("from") {
		return p.onDeposit(w, actor, name, "unapply", "", map[string]any{})
	}
	return p.withAdmission(w, actor, name, "unapply")
}

func (p *parser) withAdmission(w *words, actor, name, verb string) (func(*world) (reply, error), error) {
	admission, err := p.admission(w)
	if err != nil {
		return nil, err
	}
	body := map[string]any{}
	do, err := p.onDeposit(w, actor, name, verb, "", body)
	return func(w *world) (reply, error) {
		w.mu.Lock()
		body["admission_id"] = w.admissions[admission].id
		w.mu.Unlock()
		return do(w)
	}, err
}

// repays reads "D1: c2c 8000000 «انصراف»; override «…»".
func (p *parser) repays(w *words, actor string) (func(*world) (reply, error), error) {
	name, err := p.deposit(w)
	if err != nil {
		return nil, err
	}
	body := map[string]any{}
	if w.accept(":") {
		if body["method"], err = methodWord(w); err != nil {
			return nil, err
		}
	}
	return p.onDeposit(w, actor, name, "refund", "reason", body)
}

// forfeits reads "D1 2000000 «نیامد»".
func (p *parser) forfeits(w *words, actor string) (func(*world) (reply, error), error) {
	name, err := p.deposit(w)
	if err != nil {
		return nil, err
	}
	return p.onDeposit(w, actor, name, "forfeit", "reason", map[string]any{})
}

// creditsDeposit reads "D1 5000000": it becomes credit.
func (p *parser) creditsDeposit(w *words, actor string) (func(*world) (reply, error), error) {
	name, err := p.deposit(w)
	if err != nil {
		return nil, err
	}
	return p.onDeposit(w, actor, name, "to-account", "", map[string]any{})
}

// movesDeposit reads "D1; for «فیلر»; planned 1405/09/14 16:30".
func (p *parser) movesDeposit(w *words, actor string) (func(*world) (reply, error), error) {
	if p.visits[w.shown()] {
		return p.movesVisit(w, actor)
	}
	name, err := p.deposit(w)
	if err != nil {
		return nil, err
	}
	return p.onDeposit(w, actor, name, "move", "", map[string]any{})
}

// deposited is a deposit of the file.
type deposited struct{ id, patient string }

// newDeposit sends a command that makes a deposit and remembers it.
func (w *world) newDeposit(actor, letter, name, below string, body map[string]any) (reply, error) {
	r, err := w.command(actor, w.path(letter, below), body)
	if err != nil || r.status >= http.StatusBadRequest || name == "" || body["dry_run"] == true {
		return r, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.deposits == nil {
		w.deposits = map[string]deposited{}
	}
	w.deposits[name] = deposited{r.text("deposit", "id"), letter}
	return r, nil
}

// useDeposit sends a command on a deposit.
func (w *world) useDeposit(actor, name, verb string, body map[string]any) (reply, error) {
	w.mu.Lock()
	d, ok := w.deposits[name]
	w.mu.Unlock()
	if !ok {
		return reply{}, fmt.Errorf("the deposit %s was never made", name)
	}
	return w.command(actor, "/deposits/"+d.id+"/"+verb, body)
}
