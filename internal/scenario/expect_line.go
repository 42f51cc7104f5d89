package scenario

import (
	"fmt"
	"strings"

	"daftar/internal/desk"
)

// expectLine reads "1 status completed percent 15% reason «…» approver S1 gross
// 45000000 discount 6750000".
func (p *parser) expectLine(w *words, name string) (func(*world) error, error) {
	line, err := w.amount()
	if err != nil {
		return nil, err
	}
	var checks []func(*world, reply) error
	for {
		field := w.peek()
		switch field {
		case "percent":
			w.at++
			want, err := w.percent()
			if err != nil {
				return nil, err
			}
			checks = append(checks, func(_ *world, l reply) error {
				return same("the percentage", l.amount("discount_percent"), int64(want))
			})
		case "sessions", "done", "gross", "discount":
			w.at++
			want, err := w.amount()
			if err != nil {
				return nil, err
			}
			key := field
			if field == "done" {
				key = "sessions_done"
			}
			checks = append(checks, func(_ *world, l reply) error { return same("the "+field, l.amount(key), want) })
		case "status", "reason", "approver":
			w.at++
			want, err := w.name("the " + field)
			if err != nil {
				return nil, err
			}
			if field == "approver" && want != "nobody" && !p.actors[want] {
				return nil, fmt.Errorf("there is no actor %q", want)
			}
			checks = append(checks, textOfLine(field, want))
		default:
			if len(checks) == 0 {
				return nil, fmt.Errorf("unknown word %q; a line has status, percent, reason, approver, gross, discount, sessions, done", w.shown())
			}
			return func(w *world) error { return w.expectLine(name, line, checks) }, nil
		}
	}
}

// textOfLine compares a text of a line; who approved nothing is nobody.
func textOfLine(field, want string) func(*world, reply) error {
	return func(_ *world, l reply) error {
		key := map[string]string{"status": "status", "reason": "discount_reason", "approver": "discount_by"}[field]
		got := l.text(key)
		if field == "approver" && got == "" {
			got = "nobody"
		}
		return same("the "+field, got, want)
	}
}

func (w *world) expectLine(name string, line int64, checks []func(*world, reply) error) error {
	a, err := w.admission(name)
	if err != nil {
		return err
	}
	lines := a.items("lines")
	if line < 1 || line > int64(len(lines)) {
		return fmt.Errorf("%s has %d lines", name, len(lines))
	}
	for _, check := range checks {
		if err := check(w, lines[line-1]); err != nil {
			return fmt.Errorf("line %d of %s: %w", line, name, err)
		}
	}
	return nil
}

// expectAwaits looks whether a discount of the admission awaits approval.
func (w *world) expectAwaits(name string, want bool) error {
	a, err := w.admission(name)
	if err != nil {
		return err
	}
	got, _ := a.at("awaits_approval").(bool)
	return same("whether "+name+" awaits approval", got, want)
}

// expectHidden reads "amounts from D1 in A summary, admissions": no amount is in
// the answer.
func (p *parser) expectHidden(w *words) (step, error) {
	if err := w.need("amounts", "from"); err != nil {
		return step{}, err
	}
	actor, err := w.name("the actor")
	if err != nil {
		return step{}, err
	}
	if !p.actors[actor] {
		return step{}, fmt.Errorf("there is no actor %q", actor)
	}
	if err := w.need("in"); err != nil {
		return step{}, err
	}
	letter, err := p.patient(w)
	if err != nil {
		return step{}, err
	}
	var tabs []string
	for {
		tab := w.peek()
		if tab != "summary" && tab != "admissions" {
			return step{}, fmt.Errorf("unknown word %q; a tab is summary or admissions", w.shown())
		}
		w.at++
		if tabs = append(tabs, tab); !w.accept(",") {
			break
		}
	}
	return step{do: func(w *world) error { return w.expectHidden(actor, letter, tabs) }}, nil
}

// amountFields are the names of amounts in answers.
var amountFields = []string{"balance", "credit", "debit", "running", "gross", "base_share", "supplementary_share", "discount", "vat",
	"patient_share", "unit_price", "due", "paid", "left", "amount", "uncollected_cheques", "discount_percent"}

func (w *world) expectHidden(actor, letter string, tabs []string) error {
	for _, tab := range tabs {
		r, err := w.get(actor, w.path(letter, "/statement/"+tab+"?limit=200"))
		if err != nil {
			return err
		}
		if err := same("the status of "+tab, r.status, 200); err != nil {
			return err
		}
		for _, field := range amountFields {
			if strings.Contains(r.raw, `"`+field+`":`) {
				return fmt.Errorf("%s shows %s the field %s", tab, actor, field)
			}
		}
	}
	return nil
}

// expectAudit reads "D1 refused receipt.write": the newest refusal in the audit
// is this one.
func (p *parser) expectAudit(w *words) (step, error) {
	actor, err := w.name("the actor")
	if err != nil {
		return step{}, err
	}
	if !p.actors[actor] {
		return step{}, fmt.Errorf("there is no actor %q", actor)
	}
	if err := w.need("refused"); err != nil {
		return step{}, err
	}
	right, err := w.name("the permission")
	return step{do: func(w *world) error { return w.expectRefusal(actor, right) }}, err
}

func (w *world) expectRefusal(actor, right string) error {
	page, err := w.site.Desk.AuditLog(w.ctx, w.manager, desk.AuditQuery{Group: "refused"})
	if err != nil {
		return err
	}
	if len(page.Rows) == 0 {
		return fmt.Errorf("the audit has no refusal")
	}
	newest := page.Rows[0]
	if err := same("who was refused last", newest.StaffName, actor); err != nil {
		return err
	}
	words := strings.Fields(newest.Detail)
	return same("what "+actor+" was refused", words[len(words)-1], right)
}
