package scenario

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"daftar/internal/jalali"
)

// accounts are the clinic-side figures of a line, by the names of the
// acceptance scenarios. Debits are positive.
var accounts = map[string]func(w *world, account string) bool{
	"CASH": under("assets:cash:"), "POS": under("assets:pos:"), "C2C": under("assets:bank:card"), "CHQ": under("assets:cheques"),
	"BANK": func(_ *world, a string) bool {
		return strings.HasPrefix(a, "assets:bank:") && a != "assets:bank:card"
	},
	"DISC": under("expenses:discount"), "VAT": under("liabilities:vat"), "REV": under("income:service:"),
	"GATEWAY": under("assets:gateway"), "SAFE": under("assets:safe"), "TRANSIT": under("assets:in-transit"),
	"BADDEBT": under("expenses:baddebt"), "OVER_SHORT": under("expenses:overshort"), "COMM_EXP": under("expenses:commission"),
	"COMM_PAY": under("liabilities:commission:"), "FORFEIT": under("income:forfeit"), "DEP": under("liabilities:deposit:"),
	"INS_BASE": (*world).isBase, "INS_SUPP": (*world).isSupplementary,
}

// subjects are the words that say what is looked at, where it has no name.
func (p *parser) subjects() map[string]func(*words) (step, error) {
	return map[string]func(*words) (step, error){
		"found": p.expectFound, "shift": p.expectShift, "answer": p.expectHidesDrawer, "receipt": p.expectReceipt,
		"cheque": p.expectCheque, "cheques": p.expectCheques, "hidden": p.expectHidden, "audit": p.expectAudit,
		"insurer": p.expectInsurer, "commission": p.expectCommission, "leads": p.expectLeads,
		"instalments": func(w *words) (step, error) { return p.expectInstalments(w, "") },
		"patients": func(w *words) (step, error) {
			n, err := w.amount()
			return step{do: func(w *world) error { return w.expectCount(n) }}, err
		},
	}
}

// expect reads what is to be true now.
func (p *parser) expect(w *words) (step, error) {
	for word, read := range p.subjects() {
		if w.accept(word) {
			return read(w)
		}
	}
	if s, mine, err := p.expectReport(w); mine {
		return s, err
	}
	if _, ok := accounts[w.peek()]; ok {
		return p.expectAccounts(w, nil)
	}
	name, err := w.name("whom or what it is about")
	if err != nil {
		return step{}, err
	}
	switch {
	case p.patients[name]:
		return p.expectPatient(w, name)
	case p.admissions[name]:
		return p.expectAdmission(w, name)
	case p.depositNames[name]:
		return p.expectDeposit(w, name)
	case p.visits[name]:
		return p.expectVisit(w, name)
	case p.leadNames[name]:
		return p.expectLead(w, name)
	case p.providers[name]:
		return p.expectProvider(w, name)
	case p.campaigns[name]:
		return p.expectCampaign(w, name)
	case p.actors[name]:
		return p.expectTold(w, name)
	}
	return step{}, fmt.Errorf("unknown word %q; it is no patient, admission, deposit, appointment, lead, provider, campaign, actor or account so far", name)
}

// expectAccounts reads "POS 7000000; VAT -850000" and checks them after first.
func (p *parser) expectAccounts(w *words, first func(*world) error) (step, error) {
	checks := []func(*world) error{first}
	for {
		account := w.peek()
		if _, ok := accounts[account]; !ok {
			return step{}, fmt.Errorf("unknown word %q; accounts are %v", w.shown(), slices.Sorted(maps.Keys(accounts)))
		}
		w.at++
		want, err := w.amount()
		if err != nil {
			return step{}, err
		}
		checks = append(checks, func(w *world) error { return w.expectAccount(account, want) })
		if !w.accept(";") {
			break
		}
	}
	return step{do: func(w *world) error { return all(w, checks) }}, nil
}

// all carries out checks until one fails.
func all(w *world, checks []func(*world) error) error {
	for _, check := range checks {
		if check == nil {
			continue
		}
		if err := check(w); err != nil {
			return err
		}
	}
	return nil
}

// expectPatient reads what follows the letter of a patient.
func (p *parser) expectPatient(w *words, letter string) (step, error) {
	switch word := w.peek(); word {
	case "balance":
		w.at++
		n, err := balanceWords(w)
		if err != nil {
			return step{}, err
		}
		check := func(w *world) error { return w.expectBalance(letter, n, "") }
		return p.afterBalance(w, letter, check)
	case "on", "known":
		return p.expectThen(w, letter)
	case "from", "to":
		return p.expectRange(w, letter)
	case "listed":
		w.at++
		if w.accept("as") && w.accept("creditor") {
			n, err := w.amount()
			return step{do: func(w *world) error { return w.expectCreditor(letter, n) }}, err
		}
		if err := w.need("debtor"); err != nil {
			return step{}, err
		}
		n, err := w.amount()
		return step{do: func(w *world) error { return w.expectDebtor(letter, n) }}, err
	case "not":
		w.at++
		err := w.need("listed", "as", "debtor")
		return step{do: func(w *world) error { return w.expectDebtor(letter, 0) }}, err
	case "aging":
		return p.expectAging(w, letter)
	case "overdue", "overdue_count", "upcoming":
		return p.expectInstalments(w, letter)
	case "credit":
		w.at++
		n, err := w.amount()
		return step{do: func(w *world) error { return w.expectCredit(letter, n) }}, err
	case "uncollected", "flagged":
		return p.expectHolds(w, letter)
	case "summary":
		w.at++
		kinds, err := p.names(w)
		return step{do: func(w *world) error { return w.expectSummary(letter, kinds) }}, err
	case "transactions":
		return p.expectTransactions(w, letter)
	case "receipt":
		return p.expectTaken(w, letter)
	case "refund":
		return p.expectRefund(w, letter)
	case "open":
		return p.expectOpen(w, letter)
	case "next":
		return p.expectNext(w, letter)
	case "points":
		return p.expectPoints(w, letter)
	}
	return step{}, fmt.Errorf("unknown word %q; of a patient: balance, credit, receipt, refund, aging, listed, not listed, on, known, from, to, summary, transactions, open, next, points", w.shown())
}

// expectThen reads "on 1405/07/30 known 1405/08/01 balance 5000000 debtor".
func (p *parser) expectThen(w *words, letter string) (step, error) {
	query := ""
	for {
		field := map[string]string{"on": "as_of", "known": "known_at"}[w.peek()]
		if field == "" {
			break
		}
		w.at++
		d, err := p.day(w)
		if err != nil {
			return step{}, err
		}
		query += "&" + field + "=" + string(d)
	}
	if err := w.need("balance"); err != nil {
		return step{}, err
	}
	n, err := balanceWords(w)
	return step{do: func(w *world) error { return w.expectBalance(letter, n, strings.TrimPrefix(query, "&")) }}, err
}

// expectRange reads "from 1405/08/01 to 1405/08/30: opening 5000000, debits
// 4500000, credits 4500000, closing 5000000".
func (p *parser) expectRange(w *words, letter string) (step, error) {
	var days [2]jalali.Day
	var err error
	for i, word := range []string{"from", "to"} {
		if w.accept(word) {
			if days[i], err = p.day(w); err != nil {
				return step{}, err
			}
		}
	}
	if err := w.need(":"); err != nil {
		return step{}, err
	}
	var figures []figure
	for {
		field := w.peek()
		if !strings.Contains("|opening|debits|credits|closing|count|", "|"+field+"|") {
			return step{}, fmt.Errorf("unknown word %q; a range has opening, debits, credits, closing, count", w.shown())
		}
		w.at++
		n, err := w.amount()
		if err != nil {
			return step{}, err
		}
		if figures = append(figures, figure{field, n}); !w.accept(",") {
			break
		}
	}
	return step{do: func(w *world) error { return w.expectTotals(letter, days, figures) }}, nil
}

// figure is a named number.
type figure struct {
	name string
	want int64
}

// expectTransactions reads "transactions: credit 4500000 running 0, debit
// 4500000 running 4500000", newest first.
func (p *parser) expectTransactions(w *words, letter string) (step, error) {
	w.at++
	if err := w.need(":"); err != nil {
		return step{}, err
	}
	var rows [][]figure
	for {
		var row []figure
		for _, word := range []string{"debit", "credit", "running"} {
			if !w.accept(word) {
				continue
			}
			n, err := w.amount()
			if err != nil {
				return step{}, err
			}
			row = append(row, figure{word, n})
		}
		if len(row) == 0 {
			return step{}, fmt.Errorf("unknown word %q; a transaction has debit or credit, and running", w.shown())
		}
		if rows = append(rows, row); !w.accept(",") {
			break
		}
	}
	return step{do: func(w *world) error { return w.expectTransactions(letter, rows) }}, nil
}

// names reads ": a, b, c".
func (p *parser) names(w *words) (all []string, err error) {
	if err := w.need(":"); err != nil {
		return nil, err
	}
	for {
		name, err := w.name("a name")
		if err != nil {
			return nil, err
		}
		if all = append(all, name); !w.accept(",") {
			return all, nil
		}
	}
}

// expectAdmission reads what follows the name of an admission.
func (p *parser) expectAdmission(w *words, name string) (step, error) {
	var checks []func(*world) error
	for {
		word := w.peek()
		w.at++
		switch {
		case word == "status" || word == "payment":
			field := map[string]string{"status": "status", "payment": "payment_status"}[word]
			want, err := w.name("the " + word)
			if err != nil {
				return step{}, err
			}
			checks = append(checks, func(w *world) error { return w.expectText(name, field, want) })
		case word == "awaits":
			if err := w.need("approval"); err != nil {
				return step{}, err
			}
			checks = append(checks, func(w *world) error { return w.expectAwaits(name, true) })
		case word == "line":
			check, err := p.expectLine(w, name)
			if err != nil {
				return step{}, err
			}
			checks = append(checks, check)
		case word == "instalment" || word == "plan":
			check, err := map[string]func(*words, string) (func(*world) error, error){"instalment": p.expectInstalment, "plan": p.expectPlan}[word](w, name)
			if err != nil {
				return step{}, err
			}
			checks = append(checks, check)
		case word == "payments":
			rows, err := readPayments(w)
			if err != nil {
				return step{}, err
			}
			checks = append(checks, func(w *world) error { return w.expectPayments(name, rows) })
		case word == "versions" || word == "version":
			check, err := p.expectVersion(w, name, word)
			if err != nil {
				return step{}, err
			}
			checks = append(checks, check)
		case strings.Contains("|due|paid|left|gross|base_share|supplementary_share|discount|vat|patient_share|", "|"+word+"|"):
			n, err := w.amount()
			if err != nil {
				return step{}, err
			}
			checks = append(checks, func(w *world) error { return w.expectFigure(name, figure{word, n}) })
		default:
			w.at--
			return step{}, fmt.Errorf("unknown word %q; of an admission: status, payment, payments, line, versions, version, awaits approval, due, paid, left, "+
				"gross, base_share, supplementary_share, discount, vat, patient_share", w.shown())
		}
		if !w.accept(";") {
			return step{do: func(w *world) error { return all(w, checks) }}, nil
		}
	}
}

// readPayments reads ": card_to_card 3000000 from_credit, pos 1500000".
func readPayments(w *words) (rows []string, err error) {
	if err := w.need(":"); err != nil {
		return nil, err
	}
	for {
		method, err := "deposit", error(nil)
		if !w.accept(method) {
			method, err = methodWord(w)
		}
		if err != nil {
			return nil, err
		}
		n, err := w.amount()
		if err != nil {
			return nil, err
		}
		row := fmt.Sprintf("%s %d", method, n)
		for _, reason := range []string{"oldest_first", "chosen", "from_credit"} {
			if w.accept(reason) {
				row += " " + reason
			}
		}
		if rows = append(rows, row); !w.accept(",") {
			return rows, nil
		}
	}
}
