package scenario

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"

	"daftar/internal/clinic"
)

// chequeVerbs are the words for cheques.
func (p *parser) chequeVerbs() map[string]verb {
	verbs := map[string]verb{"swaps": p.swaps}
	for word, step := range map[string]string{"banks": "bank", "clears": "clear", "bounces": "bounce", "returns": "return"} {
		verbs[word] = func(w *words, actor string) (func(*world) (reply, error), error) {
			return p.stepsCheque(w, actor, step)
		}
	}
	return verbs
}

// readCheque reads what is written on a cheque: "as C1 sayad 1234567890123456
// due 1405/10/15 number 77 bank ملی branch مرکزی owner «زهرا کریمی» code
// 0084575948 confirmed". The name is for the file alone.
func readCheque(w *words, line map[string]any) error {
	cheque := map[string]any{}
	line["cheque"] = cheque
	fields := map[string]string{"as": "as", "sayad": "sayad_id", "number": "number", "bank": "bank", "branch": "bank_branch", "owner": "owner_name",
		"code": "owner_national_code"}
	for !w.done() && !w.tokens[w.at].quoted {
		word := w.tokens[w.at].text
		if word == "confirmed" {
			w.at++
			cheque["confirmed"] = true
			continue
		}
		if word == "due" {
			w.at++
			cheque["due_date"] = w.shown()
			w.at++
			continue
		}
		field, ok := fields[word]
		if !ok {
			break
		}
		w.at++
		text, err := w.name("the " + word)
		if err != nil {
			return err
		}
		cheque[field] = text
	}
	return nil
}

// sentLines are the lines as the API takes them: the names of cheques are not
// for it.
func sentLines(lines []map[string]any) (sent []map[string]any) {
	for _, l := range lines {
		l = maps.Clone(l)
		if q, ok := l["cheque"].(map[string]any); ok {
			q = maps.Clone(q)
			delete(q, "as")
			l["cheque"] = q
		}
		sent = append(sent, l)
	}
	return sent
}

// nameCheques remembers the cheques of an answer by their names and Sayad ids.
func (w *world) nameCheques(lines []map[string]any, made []reply) {
	if w.cheques == nil {
		w.cheques = map[string]string{}
	}
	i := 0
	for _, l := range lines {
		q, ok := l["cheque"].(map[string]any)
		if !ok || i >= len(made) {
			continue
		}
		for _, key := range []string{"as", "sayad_id"} {
			if name, ok := q[key].(string); ok {
				w.cheques[name] = made[i].text("id")
			}
		}
		i++
	}
}

// stepsCheque reads "C1 REASON; dry".
func (p *parser) stepsCheque(w *words, actor, step string) (func(*world) (reply, error), error) {
	name, err := w.name("the cheque")
	if err != nil {
		return nil, err
	}
	body := map[string]any{}
	if !w.done() && w.peek() != ";" && w.peek() != "->" {
		if body["reason"], err = w.name("the reason"); err != nil {
			return nil, err
		}
	}
	if w.accept(";") {
		if err := w.need("dry"); err != nil {
			return nil, err
		}
		body["dry_run"] = true
	}
	return func(w *world) (reply, error) { return w.onCheque(actor, name, step, body) }, nil
}

// swaps reads "C1: cash 20000000, pos 25000000".
func (p *parser) swaps(w *words, actor string) (func(*world) (reply, error), error) {
	name, err := w.name("the cheque")
	if err != nil {
		return nil, err
	}
	if err := w.need(":"); err != nil {
		return nil, err
	}
	var lines []map[string]any
	for {
		line, err := readMethod(w)
		if err != nil {
			return nil, err
		}
		if lines = append(lines, line); !w.accept(",") {
			break
		}
	}
	return func(w *world) (reply, error) {
		r, err := w.onCheque(actor, name, "swap", map[string]any{"lines": sentLines(lines)})
		if err == nil && r.status < http.StatusBadRequest {
			err = w.nameSwapped(lines)
		}
		return r, err
	}, nil
}

// nameSwapped names the cheques that came in a swap: they are in the list.
func (w *world) nameSwapped(lines []map[string]any) error {
	list, err := w.look("/cheques?limit=200")
	if err != nil {
		return err
	}
	var made []reply
	for _, l := range lines {
		q, _ := l["cheque"].(map[string]any)
		for _, i := range list.items() {
			if q != nil && i.text("sayad_id") == q["sayad_id"] {
				made = append(made, i)
			}
		}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.nameCheques(lines, made)
	return nil
}

func (w *world) onCheque(actor, name, step string, body map[string]any) (reply, error) {
	w.mu.Lock()
	id, ok := w.cheques[name]
	w.mu.Unlock()
	if !ok {
		return reply{}, fmt.Errorf("there is no cheque %q so far", name)
	}
	return w.command(actor, "/cheques/"+id+"/"+step, body)
}

// expectCheque reads "C1 cleared".
func (p *parser) expectCheque(w *words) (step, error) {
	name, err := w.name("the cheque")
	if err != nil {
		return step{}, err
	}
	status, err := chequeStatus(w)
	return step{do: func(w *world) error {
		list, err := w.look("/cheques?status=all&limit=200")
		if err != nil {
			return err
		}
		for _, i := range list.items() {
			if i.text("id") == w.cheques[name] {
				return same("the cheque "+name, i.text("status"), status)
			}
		}
		return fmt.Errorf("the cheque %q is not in the list", name)
	}}, err
}

// expectCheques reads "in_hand 125000000, cleared 125000000": the sums of the
// list by status.
func (p *parser) expectCheques(w *words) (step, error) {
	want := map[string]int64{}
	for {
		status, err := chequeStatus(w)
		if err != nil {
			return step{}, err
		}
		if want[status], err = w.amount(); err != nil {
			return step{}, err
		}
		if !w.accept(",") {
			break
		}
	}
	return step{do: func(w *world) error {
		list, err := w.look("/cheques?status=all")
		if err != nil {
			return err
		}
		got := map[string]int64{}
		for _, s := range list.items("sums") {
			got[s.text("status")] = s.amount("amount")
		}
		for status, n := range want {
			if err := same("the sum of the cheques "+status, got[status], n); err != nil {
				return err
			}
		}
		return nil
	}}, nil
}

func chequeStatus(w *words) (string, error) {
	status := w.peek()
	if !slices.Contains(clinic.ChequeStatuses, status) {
		return "", fmt.Errorf("unknown word %q; a cheque is one of %v", w.shown(), clinic.ChequeStatuses)
	}
	w.at++
	return status, nil
}

// expectHolds reads "uncollected 250000000", the cheques of a patient that are
// no money yet, and "flagged 1", how many bounced and were not given back.
func (p *parser) expectHolds(w *words, letter string) (step, error) {
	field := map[string]string{"uncollected": "uncollected_cheques", "flagged": "bounced_cheques"}[w.peek()]
	w.at++
	want, err := w.amount()
	return step{do: func(w *world) error {
		b, err := w.look(w.path(letter, "/statement/summary"))
		if err != nil {
			return err
		}
		got := b.amount("header", field)
		if field == "uncollected_cheques" {
			if b, err = w.look(w.path(letter, "/balance")); err != nil {
				return err
			}
			got = b.amount(field)
		}
		return same(strconv.Quote(field)+" of "+letter, got, want)
	}}, err
}
