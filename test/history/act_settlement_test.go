package history_test

// letter is a settlement of the base insurer, of one admission.
type letter struct {
	id                   string
	of                   *visit
	paid, moved, givenUp int64
	gone                 bool // voided
}

const baseOwes = "assets:receivable:insurer:base"

// settled is what the base insurer paid or refused of an admission.
func (v *visit) settled() int64 { return v.paid + v.moved + v.givenUp }

// settleInsurer books what the base insurer paid of an admission, and refused.
func (m *machine) settleInsurer() bool {
	open := chosen(m.visits, func(v *visit) bool {
		return v.state == "finalized" && v.sum(func(l visitLine) int64 { return l.base }) > v.settled()
	})
	if len(open) == 0 {
		return false
	}
	v := anyOf(m, "visit", open)
	left := v.sum(func(l visitLine) int64 { return l.base }) - v.settled()
	l := &letter{of: v, paid: m.draw("paid", left)}
	left -= l.paid
	var deductions []map[string]any
	deduct := func(to string) (amount int64) {
		if left > 0 {
			amount = m.draw(to, left)
			left -= amount
			deductions = append(deductions, map[string]any{"admission_id": v.id, "amount": amount, "to": to})
		}
		return amount
	}
	l.moved, l.givenUp = deduct("patient"), deduct("write_off")
	m.forget()
	path := "/insurers/" + m.model.base + "/settlements"
	m.refused(path, map[string]any{"received": 0}, "settlement.empty")
	a := m.did(path, map[string]any{"received": l.paid, "deductions": deductions, "admissions": []map[string]any{{"admission_id": v.id, "amount": l.paid}}})
	l.id = a.text("settlement", "id")
	m.letters = append(m.letters, l)
	m.settle(l, 1)
	return true
}

// settle writes a settlement into the books, or takes it out again.
func (m *machine) settle(l *letter, sign int64) {
	m.move(bankAccount, baseOwes, sign*l.paid, nil)
	m.move(receivables, baseOwes, sign*l.moved, l.of.whose)
	m.move(badDebt, baseOwes, sign*l.givenUp, nil)
	l.of.paid += sign * l.paid
	l.of.moved += sign * l.moved
	l.of.givenUp += sign * l.givenUp
}

// voidSettlement takes a settlement back, unless its admission was cancelled or
// the patient let off it since.
func (m *machine) voidSettlement() bool {
	if len(m.letters) == 0 {
		return false
	}
	l := anyOf(m, "letter", m.letters)
	path, body := "/settlements/"+l.id+"/void", map[string]any{"reason": "نامه اشتباه"}
	deducted := l.moved+l.givenUp > 0
	switch {
	case l.gone:
		m.refused(path, body, "settlement.voided")
		return true
	case l.of.state == "cancelled" && deducted:
		m.refused(path, body, "settlement.used")
		return true
	}
	m.forget()
	a := m.post(path, body)
	if a.status >= 300 {
		if a.text("code") != "settlement.used" || l.moved == 0 || l.of.late+l.of.writtenOff == 0 {
			m.r.Fatalf("voiding a settlement answered %d %s", a.status, a.raw)
		}
		m.done["refused settlement.used"]++
		return true
	}
	l.gone = true
	m.settle(l, -1)
	return true
}
