package scenario

import (
	"fmt"
	"strconv"
)

// settlementVerbs are the words for what insurers pay and cut, and for what
// others earned and get.
func (p *parser) settlementVerbs() map[string]verb { return map[string]verb{"settles": p.settles} }

// settles reads "insurer پایه received 700000 …" and "commission of A …".
func (p *parser) settles(w *words, actor string) (func(*world) (reply, error), error) {
	switch {
	case w.accept("insurer"):
		return p.settlesInsurer(w, actor)
	case w.accept("commission"):
		return p.settlesCommission(w, actor)
	}
	return nil, fmt.Errorf("unknown word %q; somebody settles insurer NAME or commission of WHOM", w.shown())
}

// settling is a whole line about an insurer.
type settling struct {
	insurer  string
	received int64
	cuts     []cut
	choices  []choice
	dry      bool
}

// cut is a deduction.
type cut struct {
	admission, to string
	amount        int64
}

// settlesInsurer reads "پایه received 700000 for P2 100000 deducts from P1
// 350000 to patient; dry".
func (p *parser) settlesInsurer(w *words, actor string) (func(*world) (reply, error), error) {
	var s settling
	var err error
	if s.insurer, err = w.name("the insurer"); err != nil {
		return nil, err
	}
	for !w.done() && w.peek() != "->" {
		switch {
		case w.accept("received"):
			s.received, err = w.amount()
		case w.accept("for"):
			var c choice
			c.admission, c.amount, err = p.amountOf(w)
			s.choices = append(s.choices, c)
		case w.accept("deducts"):
			var c cut
			if err = w.need("from"); err == nil {
				c, err = p.readCut(w)
			}
			s.cuts = append(s.cuts, c)
		case w.accept(";"):
			s.dry, err = true, w.need("dry")
		default:
			err = fmt.Errorf("unknown word %q; a settlement has received, for ADMISSION AMOUNT, deducts from ADMISSION AMOUNT to patient or write_off, dry", w.shown())
		}
		if err != nil {
			return nil, err
		}
	}
	return func(w *world) (reply, error) { return w.settleInsurer(actor, s) }, nil
}

// amountOf reads "P1 500000".
func (p *parser) amountOf(w *words) (name string, n int64, err error) {
	if name, err = p.admission(w); err == nil {
		n, err = w.amount()
	}
	return name, n, err
}

// readCut reads "P1 350000 to patient".
func (p *parser) readCut(w *words) (c cut, err error) {
	if c.admission, c.amount, err = p.amountOf(w); err != nil {
		return c, err
	}
	if err := w.need("to"); err != nil {
		return c, err
	}
	if c.to = w.peek(); c.to != "patient" && c.to != "write_off" {
		return c, fmt.Errorf("unknown word %q; a deduction is to patient or write_off", w.shown())
	}
	w.at++
	return c, nil
}

// settleInsurer sends a settlement and checks that its lines are its sums.
func (w *world) settleInsurer(actor string, s settling) (reply, error) {
	i, err := w.insurer(s.insurer)
	if err != nil {
		return reply{}, err
	}
	var cuts, choices []map[string]any
	w.mu.Lock()
	for _, c := range s.cuts {
		cuts = append(cuts, map[string]any{"admission_id": w.admissions[c.admission].id, "amount": c.amount, "to": c.to})
	}
	for _, c := range s.choices {
		choices = append(choices, map[string]any{"admission_id": w.admissions[c.admission].id, "amount": c.amount})
	}
	w.mu.Unlock()
	body := map[string]any{"received": s.received, "deductions": cuts, "admissions": choices, "dry_run": s.dry}
	r, err := w.command(actor, "/insurers/"+strconv.FormatInt(int64(i.id), 10)+"/settlements", body)
	if err != nil || r.status >= 400 {
		return r, err
	}
	w.noteSettled(r, "/settlements/", s.dry)
	sums := map[bool]int64{}
	for _, l := range r.items("settlement", "lines") {
		sums[l.text("kind") == "paid"] += l.amount("amount")
	}
	if err := same("the paid lines of the settlement", sums[true], s.received); err != nil {
		return r, err
	}
	return r, same("what the insurer owes less", r.amount("before", "balance")-r.amount("after", "balance"), sums[true]+sums[false])
}

// expectInsurer reads "پایه owes 350000" or "پایه owes 350000 for P1".
func (p *parser) expectInsurer(w *words) (step, error) {
	name, err := w.name("the insurer")
	if err != nil {
		return step{}, err
	}
	if err := w.need("owes"); err != nil {
		return step{}, err
	}
	want, err := w.amount()
	if err != nil {
		return step{}, err
	}
	admission := ""
	if w.accept("for") {
		if admission, err = p.admission(w); err != nil {
			return step{}, err
		}
	}
	return step{do: func(w *world) error { return w.expectClaim(name, admission, want) }}, nil
}

// expectClaim looks at what an insurer owes, in all or for one admission, and
// that the list, the ages and the books agree.
func (w *world) expectClaim(name, admission string, want int64) error {
	i, err := w.insurer(name)
	if err != nil {
		return err
	}
	id := strconv.FormatInt(int64(i.id), 10)
	r, err := w.look("/insurers/" + id + "/receivables")
	if err != nil {
		return err
	}
	var sum, one int64
	for _, c := range r.items() {
		sum += c.amount("left")
		if c.text("admission_id") == w.admissions[admission].id {
			one = c.amount("left")
		}
	}
	if err := same("the sum of the list of "+name, sum, r.amount("total", "total")); err != nil {
		return err
	}
	all, err := w.look("/reports/insurer-receivables")
	if err != nil {
		return err
	}
	for _, row := range all.items() {
		if row.text("insurer_id") == id {
			if err := same("what the list of insurers says of "+name, row.amount("total"), sum); err != nil {
				return err
			}
		}
	}
	if admission != "" {
		return same("what "+name+" owes for "+admission, one, want)
	}
	return same("what "+name+" owes", sum, want)
}

// noteSettled remembers where a settlement that was booked is found.
func (w *world) noteSettled(r reply, path string, dry bool) {
	if id := r.text("settlement", "id"); id != "" && r.status < 400 && !dry {
		w.mu.Lock()
		w.settled = append(w.settled, path+id)
		w.mu.Unlock()
	}
}

// voidsSettlement reads "2 «reason»": the second settlement of the file, of an
// insurer or of commission.
func (p *parser) voidsSettlement(w *words, actor string) (func(*world) (reply, error), error) {
	n, err := w.amount()
	if err != nil {
		return nil, err
	}
	body := reasonAndDry(w, map[string]any{})
	return func(w *world) (reply, error) {
		w.mu.Lock()
		all := w.settled
		w.mu.Unlock()
		if n < 1 || int(n) > len(all) {
			return reply{}, fmt.Errorf("%d settlements were booked, there is none with the number %d", len(all), n)
		}
		return w.command(actor, all[n-1]+"/void", body)
	}, nil
}
