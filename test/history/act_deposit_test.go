package history_test

import "pgregory.net/rapid"

// takeDeposit takes money for a future service.
func (m *machine) takeDeposit() bool {
	c := anyOf(m, "client", m.clients)
	method, amount := rapid.SampledFrom(plainMethods).Draw(m.r, "method"), m.draw("amount", 30_000_000)
	m.remember()
	a := m.did("/patients/"+c.id+"/deposits", map[string]any{"method": method, "amount": amount, "purpose": "بوتاکس"})
	m.move(places[method], depositsHeld, amount, c)
	m.deposits = append(m.deposits, &held{id: a.text("deposit", "id"), whose: c, asked: amount, left: amount, applied: map[*visit]int64{}})
	m.lookAtDeposits(c)
	m.undoable(a)
	return true
}

// full are the deposits that hold something.
func (m *machine) full() []*held {
	return chosen(m.deposits, func(d *held) bool { return d.left > 0 })
}

// applyDeposit lets a deposit pay an open admission, no more than either has.
func (m *machine) applyDeposit() bool {
	full := m.full()
	if len(full) == 0 {
		return false
	}
	d := anyOf(m, "deposit", full)
	v, left := m.open(d.whose)
	if v == nil {
		return false
	}
	path := "/deposits/" + d.id + "/apply"
	m.refused(path, map[string]any{"admission_id": v.id, "amount": max(left, d.left) + 1}, "deposit.more_than_due", "deposit.more_than_left")
	most := min(left, d.left)
	amount := m.draw("amount", most)
	body := map[string]any{"admission_id": v.id, "amount": amount}
	if rapid.Bool().Draw(m.r, "all") {
		amount = most
		delete(body, "amount")
	}
	m.remember()
	a := m.did(path, body)
	m.move(depositsHeld, receivables, amount, d.whose)
	d.left -= amount
	d.applied[v] += amount
	m.lookAtDeposits(d.whose)
	m.undoable(a)
	return true
}

// unapplyDeposit opens again what a deposit still pays of an admission.
func (m *machine) unapplyDeposit() bool {
	used := chosen(m.deposits, func(d *held) bool { return len(d.applied) > 0 })
	if len(used) == 0 {
		return false
	}
	d := anyOf(m, "deposit", used)
	var visits []*visit
	for _, v := range m.visits {
		if d.applied[v] > 0 {
			visits = append(visits, v)
		}
	}
	if len(visits) == 0 {
		return false
	}
	v := anyOf(m, "visit", visits)
	m.forget()
	before := d.whose.deposits
	a := m.post("/deposits/"+d.id+"/unapply", map[string]any{"admission_id": v.id})
	if a.status >= 500 || a.status >= 300 && v.state == "finalized" && a.text("code") == "" {
		m.r.Fatalf("taking a deposit back answered %d %s", a.status, a.raw)
	}
	back := m.get("/patients/"+d.whose.id+"/balance").number("deposits") - before
	if a.status >= 300 && back != 0 || back < 0 || back > d.applied[v] {
		m.r.Fatalf("%d of the %d that were used came back: %s", back, d.applied[v], a.raw)
	}
	m.move(receivables, depositsHeld, back, d.whose)
	d.applied[v] -= back
	m.lookAtDeposits(d.whose)
	return true
}

// refundDeposit gives a part of a deposit back.
func (m *machine) refundDeposit() bool {
	full := m.full()
	if len(full) == 0 {
		return false
	}
	d := anyOf(m, "deposit", full)
	path := "/deposits/" + d.id + "/refund"
	body := map[string]any{"amount": d.left + 1, "method": "card_to_card", "reason": "انصراف", "override_reason": "به خواست بیمار", "destination": "6037"}
	m.refused(path, body, "deposit.more_than_left")
	amount := m.draw("amount", d.left)
	body["amount"] = amount
	m.remember()
	a := m.did(path, body)
	m.move(depositsHeld, cardAccount, amount, d.whose)
	d.left -= amount
	m.lookAtDeposits(d.whose)
	m.undoable(a)
	return true
}

// forfeitDeposit keeps a part of a deposit.
func (m *machine) forfeitDeposit() bool {
	full := m.full()
	if len(full) == 0 {
		return false
	}
	d := anyOf(m, "deposit", full)
	path := "/deposits/" + d.id + "/forfeit"
	m.refused(path, map[string]any{"amount": d.left + 1, "reason": "عدم مراجعه"}, "deposit.more_than_left")
	amount := m.draw("amount", d.left)
	m.remember()
	a := m.did(path, map[string]any{"amount": amount, "reason": "عدم مراجعه"})
	m.move(depositsHeld, forfeits, amount, d.whose)
	d.left -= amount
	m.lookAtDeposits(d.whose)
	m.undoable(a)
	return true
}

// depositToAccount moves a part of a deposit to the account, as credit.
func (m *machine) depositToAccount() bool {
	full := chosen(m.full(), func(d *held) bool { return d.whose.written == 0 })
	if len(full) == 0 {
		return false
	}
	d := anyOf(m, "deposit", full)
	amount := m.draw("amount", d.left)
	m.remember()
	a := m.did("/deposits/"+d.id+"/to-account", map[string]any{"amount": amount})
	m.move(depositsHeld, receivables, amount, d.whose)
	d.left -= amount
	m.lookAtDeposits(d.whose)
	m.undoable(a)
	return true
}

// creditToDeposit makes a deposit of credit that is money.
func (m *machine) creditToDeposit() bool {
	able := chosen(m.clients, func(c *client) bool { return c.waiting == 0 })
	if len(able) == 0 {
		return false
	}
	c := anyOf(m, "client", able)
	path := "/patients/" + c.id + "/credit-to-deposit"
	m.refused(path, map[string]any{"amount": c.credit() + 1, "purpose": "فیلر"}, "spending.more_than_credit")
	if c.credit() == 0 {
		return true
	}
	amount := m.draw("amount", c.credit())
	m.remember()
	a := m.did(path, map[string]any{"amount": amount, "purpose": "فیلر"})
	m.move(receivables, depositsHeld, amount, c)
	m.lookAtDeposits(c)
	m.undoable(a)
	return true
}

// depositTooMuch sends what is no deposit.
func (m *machine) depositTooMuch() bool {
	c := anyOf(m, "client", m.clients)
	path := "/patients/" + c.id + "/deposits"
	m.refused(path, map[string]any{"method": "cash", "amount": 0}, "deposit.amount", "receipt.amount")
	m.refused(path, map[string]any{"method": "cash", "amount": -5}, "deposit.amount", "receipt.amount")
	m.refused(path, map[string]any{"method": "barter", "amount": 5}, "receipt.method")
	return true
}
