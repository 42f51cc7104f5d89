package scenario

import (
	"cmp"
	"fmt"
	"net/http"
	"strconv"

	"daftar/internal/money"
)

// register sends the form of a new patient.
func (w *world) register(actor, letter string, form map[string]any) (reply, error) {
	r, err := w.command(actor, "/patients", form)
	if err != nil || r.status >= http.StatusBadRequest {
		return r, err
	}
	if r.text("file_number") == "" {
		return r, fmt.Errorf("no file number was issued")
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.patients[letter] = person{r.text("id"), r.text("file_number")}
	return r, nil
}

// admit sends an admission.
func (w *world) admit(actor string, o ordering) (reply, error) {
	var lines []map[string]any
	for _, l := range o.lines {
		line, err := w.orderLine(l)
		if err != nil {
			return reply{}, err
		}
		lines = append(lines, line)
	}
	body := map[string]any{"lines": lines, "draft": o.draft, "dry_run": o.dry}
	if o.code != "" {
		body["discount_code"] = cmp.Or(w.clubCodes[o.code], o.code)
	}
	if o.visit != "" {
		w.mu.Lock()
		body["appointment_id"] = w.visits[o.visit].id
		w.mu.Unlock()
	}
	if o.covered {
		coverage, err := w.coverage(o)
		if err != nil {
			return reply{}, err
		}
		body["coverage"] = coverage
	}
	r, err := w.command(actor, w.path(o.patient, "/admissions"), body)
	if err == nil && r.status < http.StatusBadRequest && o.name != "" && !o.dry {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.admissions[o.name] = admitted{r.text("admission", "id"), o.patient}
	}
	return r, err
}

// orderLine is a wanted service in the body of a request; without a service what
// is said of a line that stays.
func (w *world) orderLine(l ordered) (map[string]any, error) {
	line := map[string]any{}
	if l.service != "" {
		id, ok := w.services[l.service]
		if !ok {
			return nil, fmt.Errorf("there is no service %q", l.service)
		}
		line["service_id"] = strconv.FormatInt(int64(id), 10)
	}
	if l.quantity != 0 {
		line["quantity"] = l.quantity
	}
	if l.discount != nil {
		line["discount"] = l.discount
	}
	return line, nil
}

// coverage is who pays a part, in the body of a request.
func (w *world) coverage(o ordering) (map[string]any, error) {
	coverage := map[string]any{}
	for field, name := range map[string]string{"base_insurer_id": o.base, "supplementary_insurer_id": o.supplementary} {
		if name == "" {
			continue
		}
		i, err := w.insurer(name)
		if err != nil {
			return nil, err
		}
		coverage[field] = strconv.FormatInt(int64(i.id), 10)
	}
	return coverage, nil
}

// onAdmission sends a command on an admission.
func (w *world) onAdmission(actor, name, verb string, body map[string]any) (reply, error) {
	w.mu.Lock()
	a, ok := w.admissions[name]
	w.mu.Unlock()
	if !ok {
		return reply{}, fmt.Errorf("the admission %s was never made", name)
	}
	return w.command(actor, "/admissions/"+a.id+"/"+verb, body)
}

// receive sends a receipt and checks that its lines are its amount and that
// what it pays and leaves over is all of it.
func (w *world) receive(actor string, t taking) (reply, error) {
	body := map[string]any{"lines": sentLines(t.lines), "dry_run": t.dry}
	if t.surplus != "" {
		body["surplus"] = t.surplus
	}
	if t.choices != nil {
		var choices []map[string]any
		for _, c := range t.choices {
			w.mu.Lock()
			choices = append(choices, map[string]any{"admission_id": w.admissions[c.admission].id, "amount": c.amount})
			w.mu.Unlock()
		}
		body["allocations"] = choices
	}
	if t.stale {
		b, err := w.look(w.path(t.patient, "/balance"))
		if err != nil {
			return b, err
		}
		body["seen_version"] = b.amount("version") - 1
	}
	r, err := w.command(actor, w.path(t.patient, "/receipts"), body)
	if err != nil || r.status >= http.StatusBadRequest {
		return r, err
	}
	var lines money.Amount
	for _, l := range r.items("receipt", "lines") {
		lines += money.Amount(l.amount("amount"))
	}
	if err := same("the sum of the receipt's lines", lines, money.Amount(r.amount("receipt", "amount"))); err != nil {
		return r, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if !t.dry {
		w.receipt = r
		w.keep(t.patient, r)
		w.nameCheques(t.lines, r.items("cheques"))
	}
	return r, nil
}

// repeat sends the actor's last command again, with the same key; the answer
// must be the first one.
func (w *world) repeat(actor string) (reply, error) {
	last, ok := w.sent[actor]
	if !ok {
		return reply{}, fmt.Errorf("%s did nothing so far", actor)
	}
	r, err := w.send(w.tokens[actor], http.MethodPost, last.path, last.key, last.body)
	if err != nil {
		return r, err
	}
	return r, same("the second answer", r.raw, last.answer.raw)
}
