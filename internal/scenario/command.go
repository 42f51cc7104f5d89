package scenario

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// outcome is what a command is to end in: done, refused, or either.
type outcome struct {
	done    bool
	refused []refusal
	balance *int64 // that the answer says
}

// verb reads the words after a verb of an actor and returns what to do.
type verb = func(w *words, actor string) (func(*world) (reply, error), error)

// verbs are all words that say what an actor does.
func (p *parser) verbs() map[string]verb {
	all := map[string]verb{
		"registers": p.registers, "searches": p.searches, "opens": p.opens, "admits": p.admits, "finalizes": p.finalizes,
		"cancels": p.cancels, "receives": p.receives, "repeats": p.repeats, "approves": p.approves, "rejects": p.rejects, "performs": p.performs,
	}
	for _, more := range []map[string]verb{p.shiftVerbs(), p.correctionVerbs(), p.depositVerbs(), p.chequeVerbs(), p.instalmentVerbs(), p.revisionVerbs(), p.discountCodeVerbs(), p.settlementVerbs(), p.commissionVerbs(), p.explainVerbs(), p.reportVerbs(), p.visitVerbs(), p.clubVerbs(), p.campaignVerbs(), p.leadVerbs()} {
		maps.Copy(all, more)
	}
	return all
}

// command reads what an actor does.
func (p *parser) command(w *words, actor string) (step, error) {
	word := w.peek()
	w.at++
	read, ok := p.verbs()[word]
	if !ok {
		w.at--
		return step{}, fmt.Errorf("unknown word %q", w.shown())
	}
	act, err := read(w, actor)
	if err != nil {
		return step{}, err
	}
	end, err := readOutcome(w)
	if err != nil {
		return step{}, err
	}
	if err := w.end(); err != nil {
		return step{}, err
	}
	return step{do: func(w *world) error {
		r, err := act(w)
		if err != nil {
			return err
		}
		return end.check(r)
	}}, nil
}

// readOutcome reads "-> refused CODE", "-> done or refused CODE" and
// "-> balance 5000000 debtor"; without an arrow the command is to be done.
func readOutcome(w *words) (outcome, error) {
	if !w.accept("->") {
		return outcome{done: true}, nil
	}
	var end outcome
	for {
		switch {
		case w.accept("done"):
			end.done = true
		case w.accept("refused"):
			r, err := readRefusal(w)
			if err != nil {
				return end, err
			}
			end.refused = append(end.refused, r)
		case w.accept("balance"):
			n, err := balanceWords(w)
			if err != nil {
				return end, err
			}
			end.done, end.balance = true, &n
		default:
			return end, fmt.Errorf("unknown word %q; a command ends in done, refused CODE or balance AMOUNT", w.shown())
		}
		if !w.accept("or") {
			return end, nil
		}
	}
}

// balanceWords reads "5000000 debtor", "3000000 creditor" or "0 settled" as a
// signed balance.
func balanceWords(w *words) (int64, error) {
	n, err := w.amount()
	if err != nil {
		return 0, err
	}
	switch {
	case w.accept("debtor") && n > 0:
		return n, nil
	case w.accept("creditor") && n > 0:
		return -n, nil
	case w.accept("settled") && n == 0:
		return 0, nil
	}
	return 0, fmt.Errorf("a balance is an amount and debtor or creditor, or 0 settled, not %q", w.shown())
}

// check compares what happened.
func (o outcome) check(r reply) error {
	if r.status < 400 {
		if !o.done {
			return fmt.Errorf("it was done, want refused %s", o.codes())
		}
		if o.balance != nil {
			return same("the balance in the answer", r.balance(), *o.balance)
		}
		return nil
	}
	code := r.text("code")
	for _, f := range o.refused {
		if f.code == code {
			return f.check(r)
		}
	}
	want := o.codes()
	if want == "" {
		want = "it to be done"
	}
	return fmt.Errorf("it was refused with %s (%d: %s), want %s", code, r.status, r.text("detail"), want)
}

// codes are those with which a command may be refused.
func (o outcome) codes() string {
	var codes []string
	for _, f := range o.refused {
		codes = append(codes, f.code)
	}
	return strings.Join(codes, " or ")
}

// registers reads "A: first_name زهرا; last_name کریمی; …".
func (p *parser) registers(w *words, actor string) (func(*world) (reply, error), error) {
	letter, err := p.newPatient(w)
	if err != nil {
		return nil, err
	}
	if err := w.need(":"); err != nil {
		return nil, err
	}
	form := map[string]any{}
	for {
		field := w.peek()
		if !strings.Contains("|first_name|last_name|father_name|national_code|mobile|second_mobile|landline|birth_date|gender|"+
			"acquisition_source|city|address|notes|", "|"+field+"|") {
			return nil, fmt.Errorf("unknown word %q; it is no field of the form", w.shown())
		}
		w.at++
		form[field] = w.text()
		if !w.accept(";") {
			break
		}
	}
	return func(w *world) (reply, error) { return w.register(actor, letter, form) }, nil
}

func (p *parser) searches(w *words, actor string) (func(*world) (reply, error), error) {
	text, err := w.name("what is searched")
	return func(w *world) (reply, error) { return w.search(actor, text) }, err
}

// opens reads "A statement", for rights, and "shift with float 2000000".
func (p *parser) opens(w *words, actor string) (func(*world) (reply, error), error) {
	if w.accept("shift") {
		return p.opensShift(w, actor)
	}
	letter, err := p.patient(w)
	if err != nil {
		return nil, err
	}
	tab := w.peek()
	if !strings.Contains("|summary|admissions|transactions|", "|"+tab+"|") {
		return nil, fmt.Errorf("unknown word %q; a tab is summary, admissions or transactions", w.shown())
	}
	w.at++
	return func(w *world) (reply, error) { return w.get(actor, w.path(letter, "/statement/"+tab)) }, nil
}

func (p *parser) repeats(w *words, actor string) (func(*world) (reply, error), error) {
	return func(w *world) (reply, error) { return w.repeat(actor) }, nil
}

// admission reads the name of an admission.
func (p *parser) admission(w *words) (string, error) {
	name, err := w.name("the admission")
	if err == nil && !p.admissions[name] {
		known := slices.Sorted(maps.Keys(p.admissions))
		err = fmt.Errorf("there is no admission %q so far; there are %v", name, known)
	}
	return name, err
}

// expectFound reads "nobody" or letters, best first.
func (p *parser) expectFound(w *words) (step, error) {
	var letters []string
	for !w.accept("nobody") {
		letter, err := p.patient(w)
		if err != nil {
			return step{}, err
		}
		if letters = append(letters, letter); !w.accept(",") {
			break
		}
	}
	return step{do: func(w *world) error { return w.expectFound(letters) }}, nil
}
