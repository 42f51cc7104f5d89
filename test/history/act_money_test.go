package history_test

import (
	"fmt"

	"pgregory.net/rapid"
)

var plainMethods = []string{"cash", "pos", "card_to_card", "bank_transfer"}

// receive takes money by one to three methods, sometimes a cheque, sometimes
// more than is owed. What is left over recovers what was written off, then is
// credit, or becomes a deposit when that is asked for.
func (m *machine) receive() bool {
	c := anyOf(m, "client", m.clients)
	surplus := rapid.SampledFrom([]string{"", "credit", "deposit"}).Draw(m.r, "surplus")
	r := &taken{whose: c}
	var lines []map[string]any
	for range rapid.IntRange(1, 3).Draw(m.r, "methods") {
		methods := append([]string{"cheque"}, plainMethods...)
		if surplus == "deposit" {
			methods = plainMethods
		}
		l := takenLine{line: int64(len(lines) + 1), method: rapid.SampledFrom(methods).Draw(m.r, "method"), amount: m.draw("amount", max(c.balance*2/3, 3_000_000))}
		line := map[string]any{"method": l.method, "amount": l.amount}
		if l.method == "cheque" {
			m.keys++
			line["cheque"] = map[string]any{"sayad_id": fmt.Sprintf("%016d", 1_000_000_000_000_000+m.keys), "due_date": "2027-01-05", "bank": "ملت"}
		}
		r.lines, lines = append(r.lines, l), append(lines, line)
	}
	m.remember()
	body := map[string]any{"lines": lines}
	if surplus != "" {
		body["surplus"] = surplus
	}
	a := m.did("/patients/"+c.id+"/receipts", body)
	r.id = a.text("receipt", "id")
	over := max(0, r.amount()-max(0, c.balance))
	for i := range r.lines {
		m.move(places[r.lines[i].method], receivables, r.lines[i].amount, c)
		if r.lines[i].method == "cheque" {
			c.waiting += r.lines[i].amount
		}
	}
	if surplus == "deposit" {
		m.move(receivables, depositsHeld, over, c)
		r.given = over > 0
	} else if back := min(over, c.written); back > 0 {
		m.move(receivables, badDebt, back, c)
		m.recovered(c, back)
	}
	m.receipts = append(m.receipts, r)
	m.lookAtCheques(r)
	m.lookAtDeposits(c)
	m.undoable(a)
	return true
}

// recovered lowers what is written off of the client's one such admission.
func (m *machine) recovered(c *client, amount int64) {
	c.written -= amount
	for _, v := range m.visits {
		if v.whose == c && v.writtenOff > 0 {
			part := min(amount, v.writtenOff)
			v.writtenOff -= part
			amount -= part
		}
	}
}

// lookAtCheques learns the ids of a receipt's cheques.
func (m *machine) lookAtCheques(r *taken) {
	for _, row := range m.get("/cheques?status=in_hand&limit=200").items() {
		known := false
		for _, q := range m.cheques {
			known = known || q.id == row.text("id")
		}
		if known {
			continue
		}
		for i := range r.lines {
			if l := &r.lines[i]; l.method == "cheque" && l.cheque == nil && l.amount == row.number("amount") {
				l.cheque = &paper{id: row.text("id"), whose: r.whose, amount: l.amount, state: "in_hand"}
				m.cheques = append(m.cheques, l.cheque)
				break
			}
		}
	}
	for _, l := range r.lines {
		if l.method == "cheque" && l.cheque == nil {
			m.r.Fatalf("a cheque of %d is in no list", l.amount)
		}
	}
}

// lookAtDeposits learns what each deposit of a client holds; together they hold
// what the books say.
func (m *machine) lookAtDeposits(c *client) {
	var sum int64
	for _, row := range m.get("/patients/" + c.id + "/statement/deposits?limit=200").items() {
		var d *held
		for _, known := range m.deposits {
			if known.id == row.text("id") {
				d = known
			}
		}
		if d == nil {
			d = &held{id: row.text("id"), whose: c, asked: row.number("amount"), applied: map[*visit]int64{}}
			m.deposits = append(m.deposits, d)
		}
		d.left = row.number("remaining")
		sum += d.left
		parts := row.number("applied") + row.number("refunded") + row.number("forfeited") + row.number("transferred") + d.left
		if row.number("received") != parts || d.left < 0 {
			m.r.Fatalf("deposit %s received %d, and its parts make %d", row.text("number"), row.number("received"), parts)
		}
	}
	if sum != c.deposits {
		m.r.Fatalf("the deposits of %s hold %d, want %d", c.file, sum, c.deposits)
	}
}

// void takes a receipt back unless its money left the account.
func (m *machine) void() bool {
	if len(m.receipts) == 0 {
		return false
	}
	r := anyOf(m, "receipt", m.receipts)
	path, body := "/receipts/"+r.id+"/void", map[string]any{"reason": "اشتباه مبلغ"}
	m.forget()
	a := m.post(path, body)
	handed := false
	for _, l := range r.lines {
		handed = handed || l.cheque != nil && l.cheque.state != "in_hand"
	}
	if a.status >= 300 {
		code := a.text("code")
		allowed := r.gone || r.moved || handed || code == "fund.spent" || code == "deposit.from_receipt" || code == "refund.drawer" && m.books[cashAccount] < r.amount()
		if !allowed || a.status >= 500 {
			m.r.Fatalf("voiding answered %d %s", a.status, a.raw)
		}
		m.done["refused "+code]++
		return true
	}
	if r.gone || r.moved || handed {
		m.r.Fatalf("a receipt that is gone was voided: %s", a.raw)
	}
	for _, l := range r.lines {
		m.move(receivables, places[l.method], l.amount, r.whose)
		if l.cheque != nil {
			l.cheque.state = "returned"
			r.whose.waiting -= l.amount
		}
	}
	r.gone = true
	return true
}

// plainReceipt is a receipt that holds and has no cheques.
func plainReceipt(r *taken) bool {
	for _, l := range r.lines {
		if l.method == "cheque" {
			return false
		}
	}
	return !r.gone && !r.moved
}

// correctMethod moves a line to another place; the patient's account stays.
func (m *machine) correctMethod() bool {
	plain := chosen(m.receipts, plainReceipt)
	if len(plain) == 0 {
		return false
	}
	r := anyOf(m, "receipt", plain)
	i := rapid.IntRange(0, len(r.lines)-1).Draw(m.r, "line")
	to := rapid.SampledFrom(plainMethods).Draw(m.r, "to")
	path, body := "/receipts/"+r.id+"/correct-method", map[string]any{"line": r.lines[i].line, "method": to, "reason": "اشتباه"}
	m.forget()
	if to == r.lines[i].method {
		m.refused(path, body, "receipt.same_method")
		return true
	}
	if r.lines[i].method == "cash" && r.lines[i].amount > m.books[cashAccount] {
		m.refused(path, body, "refund.drawer")
		return true
	}
	a := m.did(path, body)
	m.move(places[to], places[r.lines[i].method], r.lines[i].amount, nil)
	r.lines = nil
	for _, l := range answer.items(answer{body: map[string]any{"items": a.at("receipt", "lines")}}) {
		r.lines = append(r.lines, takenLine{line: l.number("line"), method: l.text("method"), amount: l.number("amount")})
	}
	return true
}

// transfer moves a receipt to the right patient.
func (m *machine) transfer() bool {
	plain := chosen(m.receipts, plainReceipt)
	to := anyOf(m, "to", m.clients)
	if len(plain) == 0 {
		return false
	}
	r := anyOf(m, "receipt", plain)
	path, body := "/receipts/"+r.id+"/transfer", map[string]any{"to": to.id, "reason": "بیمار اشتباه"}
	m.forget()
	if to == r.whose {
		m.refused(path, body, "transfer.same_person")
		return true
	}
	if to.written > 0 {
		return false
	}
	a := m.post(path, body)
	if a.status >= 300 {
		if code := a.text("code"); code != "fund.spent" && code != "deposit.from_receipt" {
			m.r.Fatalf("moving a receipt answered %d %s", a.status, a.raw)
		}
		return true
	}
	r.whose.balance += r.amount()
	to.balance -= r.amount()
	r.moved = true
	return true
}

// refund gives credit back that is money.
func (m *machine) refund() bool {
	able := chosen(m.clients, func(c *client) bool { return c.credit() > 0 && c.waiting == 0 })
	if len(able) == 0 {
		return false
	}
	c := anyOf(m, "client", able)
	amount, method := m.draw("amount", c.credit()), rapid.SampledFrom([]string{"card_to_card", "cash"}).Draw(m.r, "method")
	path := "/patients/" + c.id + "/refunds"
	body := map[string]any{"amount": amount, "method": method, "reason": "انصراف", "override_reason": "به خواست بیمار", "destination": "6037"}
	if method == "cash" && amount > m.books[cashAccount] {
		m.refused(path, body, "refund.drawer")
		return true
	}
	m.remember()
	a := m.did(path, body)
	m.move(receivables, places[method], amount, c)
	m.undoable(a)
	return true
}

// refundTooMuch asks for more than there is.
func (m *machine) refundTooMuch() bool {
	c := anyOf(m, "client", m.clients)
	m.refused("/patients/"+c.id+"/refunds", map[string]any{"amount": c.credit() + m.draw("more", 1000), "method": "card_to_card",
		"reason": "انصراف", "override_reason": "x", "destination": "6037"}, "spending.more_than_credit")
	m.refused("/patients/"+c.id+"/refunds", map[string]any{"amount": 0, "method": "cash", "reason": "x"}, "spending.amount", "refund.amount")
	return true
}

// lateDiscount lets the patient off a part of an admission in the books.
func (m *machine) lateDiscount() bool {
	if len(m.visits) == 0 {
		return false
	}
	v := anyOf(m, "visit", m.visits)
	path := "/admissions/" + v.id + "/discount"
	// VAT is no part of the price that a cap is of.
	most := min(v.share()+v.moved-v.late-v.writtenOff, v.sum(func(l visitLine) int64 { return l.gross - l.base - l.supplementary - l.discount })-v.late)
	switch {
	case v.state == "cancelled":
		m.refused(path, map[string]any{"amount": 1000, "reason": "شکایت"}, "discount.not_draft", "admission.cancelled", "remission.not_final")
		return true
	case v.state == "draft" || most <= 0:
		return false
	}
	m.refused(path, map[string]any{"amount": most + 1, "reason": "شکایت"}, "discount.share", "discount.cap")
	amount := m.draw("amount", most)
	m.remember()
	a := m.did(path, map[string]any{"amount": amount, "reason": "شکایت"})
	m.move(discounts, receivables, amount, v.whose)
	v.late += amount
	m.undoable(a)
	return true
}

// open is an open admission of a client as it is explained, with what is left.
func (m *machine) open(c *client) (*visit, int64) {
	items := m.get("/patients/" + c.id + "/balance/explain").items()
	if len(items) == 0 {
		return nil, 0
	}
	i := anyOf(m, "open", items)
	for _, v := range m.visits {
		if v.id == i.text("admission_id") {
			return v, i.number("left")
		}
	}
	m.r.Fatalf("nobody knows the admission %s", i.raw)
	return nil, 0
}

// writeOff gives a debt up, of one admission of a client at a time.
func (m *machine) writeOff() bool {
	c := anyOf(m, "client", m.clients)
	path := "/patients/" + c.id + "/write-offs"
	v, left := m.open(c)
	if v == nil {
		m.refused(path, map[string]any{"amount": 10, "reason": "فوت"}, "write_off.more_than_debt", "remission.more_than_due", "write_off.no_debt")
		return true
	}
	if c.written > 0 && v.writtenOff == 0 {
		return false
	}
	m.refused(path, map[string]any{"amount": left + 1, "admission_id": v.id, "reason": "فوت"}, "write_off.more_than_debt", "remission.more_than_due")
	amount := m.draw("amount", left)
	m.remember()
	a := m.did(path, map[string]any{"amount": amount, "admission_id": v.id, "reason": "فوت"})
	m.move(badDebt, receivables, amount, c)
	v.writtenOff += amount
	c.written += amount
	m.undoable(a)
	return true
}

// moveCheque does the next thing with a cheque, or what is not possible any
// more.
func (m *machine) moveCheque() bool {
	if len(m.cheques) == 0 {
		return false
	}
	q := anyOf(m, "cheque", m.cheques)
	verb := rapid.SampledFrom([]string{"bank", "clear", "bounce", "return", "swap"}).Draw(m.r, "verb")
	body := map[string]any{}
	if verb == "bounce" || verb == "return" {
		body["reason"] = "کسر موجودی"
	}
	if verb == "swap" {
		body["lines"] = []map[string]any{{"method": "cash", "amount": q.amount}}
	}
	path := "/cheques/" + q.id + "/" + verb
	next, ok := chequeMoves[q.state][verb]
	m.forget()
	if !ok {
		a := m.post(path, body)
		if a.status < 400 || a.status >= 500 {
			m.r.Fatalf("a cheque that is %s: %s answered %d %s", q.state, verb, a.status, a.raw)
		}
		return true
	}
	held := q.state == "in_hand" || q.state == "banked"
	if verb == "clear" || verb == "bounce" || verb == "return" {
		m.remember()
		m.undoable(m.did(path, body))
	} else {
		m.did(path, body)
	}
	q.state = next
	switch {
	case verb == "clear":
		m.move(bankAccount, chequesHeld, q.amount, nil)
		q.whose.waiting -= q.amount
	case verb == "swap":
		m.move(cashAccount, chequesHeld, q.amount, nil)
		q.whose.waiting -= q.amount
	case held && (verb == "bounce" || verb == "return"):
		m.move(receivables, chequesHeld, q.amount, q.whose)
		q.whose.waiting -= q.amount
	}
	return true
}

// chequeMoves is what becomes of a cheque.
var chequeMoves = map[string]map[string]string{
	"in_hand": {"bank": "banked", "clear": "cleared", "bounce": "bounced", "return": "returned", "swap": "returned"},
	"banked":  {"clear": "cleared", "bounce": "bounced", "return": "returned", "swap": "returned"},
	"bounced": {"return": "returned"},
}
