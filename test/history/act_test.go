package history_test

import (
	"maps"
	"net/http"
	"time"

	"pgregory.net/rapid"
)

// acts are all commands of the machine. An act that has nothing to work on does
// nothing.
var acts = []act{
	{"admit", (*machine).admit}, {"admit", (*machine).admit}, {"finalize", (*machine).finalize}, {"cancel", (*machine).cancel},
	{"receive", (*machine).receive}, {"receive", (*machine).receive}, {"receive", (*machine).receive}, {"repeat", (*machine).repeat}, {"stale", (*machine).stale},
	{"void", (*machine).void}, {"correct method", (*machine).correctMethod}, {"transfer", (*machine).transfer}, {"refund", (*machine).refund},
	{"refund too much", (*machine).refundTooMuch}, {"late discount", (*machine).lateDiscount}, {"write off", (*machine).writeOff},
	{"take deposit", (*machine).takeDeposit}, {"apply deposit", (*machine).applyDeposit}, {"unapply deposit", (*machine).unapplyDeposit},
	{"refund deposit", (*machine).refundDeposit}, {"forfeit deposit", (*machine).forfeitDeposit}, {"deposit to account", (*machine).depositToAccount},
	{"credit to deposit", (*machine).creditToDeposit}, {"deposit too much", (*machine).depositTooMuch},
	{"cheque", (*machine).moveCheque}, {"cheque", (*machine).moveCheque}, {"cancel line", (*machine).cancelLine}, {"undo", (*machine).undo}, {"undo", (*machine).undo},
	{"redeem", (*machine).redeem}, {"give code back", (*machine).giveCodeBack},
	{"settle insurer", (*machine).settleInsurer}, {"void settlement", (*machine).voidSettlement},
}

// admit orders one or two services, sometimes as a draft.
func (m *machine) admit() bool {
	c := anyOf(m, "client", m.clients)
	insured := rapid.SampledFrom([]int{0, 0, 1, 2}).Draw(m.r, "insured")
	coverage := map[string]any{}
	if insured >= 1 {
		coverage["base_insurer_id"] = m.model.base
	}
	if insured >= 2 {
		coverage["supplementary_insurer_id"] = m.model.supplementary
	}
	v := &visit{whose: c, state: "draft", insured: insured}
	var lines []map[string]any
	for range rapid.IntRange(1, 2).Draw(m.r, "lines") {
		service, percent := anyOf(m, "service", m.model.services), rapid.SampledFrom([]int64{0, 0, 10, 50}).Draw(m.r, "percent")
		line := map[string]any{"service_id": service.id, "quantity": 1}
		if percent > 0 {
			line["discount"] = map[string]any{"percent": percent * 100, "reason": "دوست"}
		}
		lines = append(lines, line)
		v.lines = append(v.lines, service.priced(insured, percent))
	}
	draft := rapid.IntRange(0, 3).Draw(m.r, "draft") == 0
	m.remember()
	a := m.did("/patients/"+c.id+"/admissions", map[string]any{"lines": lines, "coverage": coverage, "draft": draft})
	v.id = a.text("admission", "id")
	m.visits = append(m.visits, v)
	if draft {
		m.forget() // nothing is in the books
		return true
	}
	m.charge(v, 1)
	m.undoable(a)
	return true
}

// priced is a line by hand, see share.
func (v service) priced(insured int, percent int64) (l visitLine) {
	l.gross = v.price
	rest := l.gross
	if insured >= 1 {
		l.base = min(v.base, l.gross) * 70 / 100
		rest -= l.base
	}
	if insured >= 2 {
		l.supplementary = rest * 80 / 100
		rest -= l.supplementary
	}
	l.discount = rest * percent / 100
	l.vat = (l.gross - l.discount) * v.vat / 100
	l.share = rest - l.discount + l.vat
	return l
}

// charge puts the lines of a visit into the books, or with -1 takes them out.
func (m *machine) charge(v *visit, sign int64) {
	v.state = map[int64]string{1: "finalized", -1: "cancelled"}[sign]
	for _, l := range v.lines {
		if !l.cancelled {
			m.chargeLine(v, l, sign)
		}
	}
}

func (m *machine) chargeLine(v *visit, l visitLine, sign int64) {
	m.books[income] -= sign * l.gross
	m.books[vatOwed] -= sign * l.vat
	m.books[discounts] += sign * l.discount
	m.books["assets:receivable:insurer:base"] += sign * l.base
	m.books["assets:receivable:insurer:supp"] += sign * l.supplementary
	m.books[receivables] += sign * l.share
	v.whose.balance += sign * l.share
}

// finalize puts a draft into the books, or is told why not.
func (m *machine) finalize() bool {
	if len(m.visits) == 0 {
		return false
	}
	v := anyOf(m, "visit", m.visits)
	path := "/admissions/" + v.id + "/finalize"
	if v.state != "draft" {
		m.refused(path, map[string]any{}, "admission.not_draft")
		return true
	}
	m.remember()
	a := m.did(path, map[string]any{})
	m.charge(v, 1)
	m.undoable(a)
	return true
}

// cancel takes an admission out of the books with what the patient was let off.
// Deposits that paid it open again.
func (m *machine) cancel() bool {
	if len(m.visits) == 0 {
		return false
	}
	v := anyOf(m, "visit", m.visits)
	path, body := "/admissions/"+v.id+"/cancel", map[string]any{"reason": "انصراف"}
	if v.state == "cancelled" {
		m.refused(path, body, "admission.cancelled")
		return true
	}
	m.forget()
	before := v.whose.deposits
	m.did(path, body)
	if v.state == "draft" {
		v.state = "cancelled"
		return true
	}
	m.charge(v, -1)
	m.move(receivables, discounts, v.late, v.whose)
	m.move(receivables, badDebt, v.writtenOff, v.whose)
	v.whose.written -= v.writtenOff
	v.late, v.writtenOff = 0, 0
	m.move(baseOwes, receivables, v.moved, v.whose)
	m.move(baseOwes, badDebt, v.givenUp, nil)
	v.moved, v.givenUp = 0, 0
	var applied int64
	for _, d := range m.deposits {
		applied += d.applied[v]
	}
	back := m.get("/patients/"+v.whose.id+"/balance").number("deposits") - before
	if back < 0 || back > applied {
		m.r.Fatalf("cancelling opened deposits of %d again, of %d that were used for it", back, applied)
	}
	m.move(receivables, depositsHeld, back, v.whose)
	m.lookAtDeposits(v.whose)
	return true
}

// cancelLine takes one of two services out, when the patient was let off nothing.
func (m *machine) cancelLine() bool {
	several := chosen(m.visits, func(v *visit) bool {
		return v.state == "finalized" && len(v.lines) == 2 && !v.lines[0].cancelled && !v.lines[1].cancelled && v.late+v.writtenOff+v.settled() == 0
	})
	if len(several) == 0 {
		return false
	}
	v := anyOf(m, "visit", several)
	m.forget()
	m.did("/admissions/"+v.id+"/lines/2/cancel", map[string]any{"reason": "انجام نشد"})
	v.lines[1].cancelled = true
	m.chargeLine(v, v.lines[1], -1)
	return true
}

// repeat sends the last command again: the first answer, and nothing moves.
func (m *machine) repeat() bool {
	if m.last.path == "" {
		return false
	}
	a := m.must(http.MethodPost, m.last.path, m.last.key, m.last.body)
	if a.status != m.last.status || a.raw != m.last.raw {
		m.r.Fatalf("sent again, %s answered %d %s, want %d %s", m.last.path, a.status, a.raw, m.last.status, m.last.raw)
	}
	return true
}

// stale sends commands from a screen that is older than the account.
func (m *machine) stale() bool {
	c := anyOf(m, "client", m.clients)
	version := m.get("/patients/"+c.id+"/balance").number("version") + 1
	m.refused("/patients/"+c.id+"/receipts", map[string]any{"lines": []map[string]any{{"method": "cash", "amount": 5}}, "seen_version": version}, "account.stale")
	m.refused("/patients/"+c.id+"/refunds", map[string]any{"amount": 5, "method": "cash", "reason": "x", "seen_version": version}, "account.stale")
	m.refused("/patients/"+c.id+"/deposits", map[string]any{"amount": 5, "method": "cash", "seen_version": version}, "account.stale")
	return true
}

// memory is how everything stood before the last command, to compare an undo
// with.
type memory struct {
	unit     string
	at       time.Time
	books    books
	clients  []client
	visits   []visit
	receipts []taken
	cheques  []paper
	deposits []held
}

// remember keeps how everything stands.
func (m *machine) remember() {
	k := memory{books: maps.Clone(m.books)}
	for _, c := range m.clients {
		k.clients = append(k.clients, *c)
	}
	for _, v := range m.visits {
		kept := *v
		kept.lines = append([]visitLine(nil), v.lines...)
		k.visits = append(k.visits, kept)
	}
	for _, r := range m.receipts {
		kept := *r
		kept.lines = append([]takenLine(nil), r.lines...)
		k.receipts = append(k.receipts, kept)
	}
	for _, q := range m.cheques {
		k.cheques = append(k.cheques, *q)
	}
	for _, d := range m.deposits {
		kept := *d
		kept.applied = maps.Clone(d.applied)
		k.deposits = append(k.deposits, kept)
	}
	m.kept = k
}

// undoable names the command that an undo takes back.
func (m *machine) undoable(a answer) { m.kept.unit, m.kept.at = a.text("unit_id"), m.time() }

// undoFor is how long the clinic lets people undo, see clinic.DefaultMoneyRules.
const undoFor = 15 * time.Minute

// forget says that the last command is none that an undo takes back.
func (m *machine) forget() { m.kept = memory{} }

// undo takes the last command back as a whole; what it made is gone.
func (m *machine) undo() bool {
	if m.kept.unit == "" {
		return false
	}
	unit := m.kept.unit
	if m.time().Sub(m.kept.at) > undoFor {
		m.forget()
		m.refused("/units/"+unit+"/undo", map[string]any{}, "undo.late")
		return true
	}
	m.did("/units/"+unit+"/undo", map[string]any{"reason": "اشتباه"})
	k := m.kept
	m.books = k.books
	for i, c := range k.clients {
		*m.clients[i] = c
	}
	for i, v := range m.visits {
		if i < len(k.visits) {
			*v = k.visits[i]
		} else {
			v.state = "cancelled"
		}
	}
	for i, r := range m.receipts {
		if i < len(k.receipts) {
			*r = k.receipts[i]
		} else {
			r.gone = true
		}
	}
	for i, q := range m.cheques {
		if i < len(k.cheques) {
			*q = k.cheques[i]
		} else {
			q.state = "returned"
		}
	}
	m.deposits = m.deposits[:len(k.deposits)]
	for i, d := range k.deposits {
		*m.deposits[i] = d
	}
	m.forget()
	m.refused("/units/"+unit+"/undo", map[string]any{"reason": "اشتباه"}, "undo.done")
	return true
}
