package intake

import (
	"slices"
	"strconv"

	"daftar/internal/money"
	"daftar/internal/sheet"
)

// follow reads the transactions of an encounter's claims into charges and
// checks every amount that the file says is outstanding.
func (r *syntheaRead) follow(a *syntheaAdmission) {
	for _, claim := range a.claims {
		r.sortTransactions(claim)
		f := &syntheaFollow{read: r, admission: a}
		for _, row := range claim.transactions {
			f.row(row)
		}
		if f.left != 0 {
			last := claim.transactions[len(claim.transactions)-1]
			r.problems.Add(last.Wrong("OUTSTANDING", "the claim ends with %s open", money.USD.Plain(f.left)))
		}
	}
	if len(a.charges) == 0 {
		r.problems.Add(a.row.Wrong("", "the encounter has no charge"))
	}
	if len(a.charges) > 100 {
		r.problems.Add(a.row.Wrong("", "the encounter has more than 100 charges"))
	}
}

// sortTransactions orders the rows of a claim by CHARGEID: the file mixes
// claims of one encounter, but the ids rise as things happened.
func (r *syntheaRead) sortTransactions(claim *syntheaClaim) {
	number := func(row sheet.Row) int {
		n, err := strconv.Atoi(row.Get("CHARGEID"))
		if err != nil {
			r.problems.Add(row.Wrong("CHARGEID", "%q is no number", row.Get("CHARGEID")))
		}
		return n
	}
	numbers := map[int]int{} // by line
	for _, row := range claim.transactions {
		numbers[row.Line] = number(row)
	}
	slices.SortStableFunc(claim.transactions, func(x, y sheet.Row) int { return numbers[x.Line] - numbers[y.Line] })
}

// syntheaFollow follows the charges of one claim: what is left of the charge
// at hand and who holds it.
type syntheaFollow struct {
	read      *syntheaRead
	admission *syntheaAdmission
	charge    *syntheaCharged
	held      map[payer]money.Amount
	left      money.Amount
	out       *sheet.Row // a transfer whose second half is still to come
}

// row reads one row, in order.
func (f *syntheaFollow) row(row sheet.Row) {
	at := f.read.instant(row, "FROMDATE")
	if at.Before(f.admission.at) {
		at = f.admission.at
	}
	kind := row.Get("TYPE")
	if f.charge == nil && kind != syntheaCharge {
		f.wrong(row, "TYPE", "the claim begins without a charge")
		return
	}
	switch kind {
	case syntheaCharge:
		f.open(row)
		return // the file prints 0.00 here
	case syntheaPayment:
		amount := f.amount(row, "PAYMENTS")
		from := f.take(row, "PAYMENTS", amount)
		f.left -= amount
		f.move(syntheaMove{row: row, kind: kind, method: f.method(row), amount: amount, from: from, at: at})
	case syntheaTransferOut:
		f.out = &row
	case syntheaTransferIn:
		amount := f.amount(row, "TRANSFERS")
		if f.out == nil || f.out.Get("CHARGEID") != row.Get("TRANSFEROUTID") || f.out.Get("TRANSFERS") != row.Get("TRANSFERS") {
			f.wrong(row, "TRANSFEROUTID", "no TRANSFEROUT of this amount comes before it")
			return
		}
		from := f.take(row, "TRANSFERS", amount)
		to := f.payer(row)
		f.held[to] += amount
		f.out = nil
		f.move(syntheaMove{row: row, kind: kind, amount: amount, from: from, to: to, at: at})
	default:
		f.wrong(row, "TYPE", "%q is no kind of transaction", kind)
		return
	}
	if said := f.amount(row, "OUTSTANDING"); said != f.left {
		f.wrong(row, "OUTSTANDING", "the file says %s, the books %s", money.USD.Plain(said), money.USD.Plain(f.left))
	}
}

func (f *syntheaFollow) move(m syntheaMove) {
	if m.amount != 0 {
		f.charge.moves = append(f.charge.moves, m)
	}
}

// open begins a charge.
func (f *syntheaFollow) open(row sheet.Row) {
	if f.left != 0 {
		f.wrong(row, "CHARGEID", "the charge before it is not closed: %s is open", money.USD.Plain(f.left))
	}
	f.charge = &syntheaCharged{row: row, amount: f.amount(row, "AMOUNT"), holder: f.payer(row)}
	f.admission.charges = append(f.admission.charges, f.charge)
	f.left = f.charge.amount
	f.held = map[payer]money.Amount{f.charge.holder: f.charge.amount}
	f.out = nil
}

// take lets who holds the debt hold less of it.
func (f *syntheaFollow) take(row sheet.Row, column string, amount money.Amount) payer {
	for _, p := range []payer{primary, secondary, patient} {
		if f.held[p] > 0 && f.held[p] >= amount {
			f.held[p] -= amount
			return p
		}
	}
	if amount != 0 {
		f.wrong(row, column, "nobody owes %s of this charge", money.USD.Plain(amount))
	}
	return patient
}

// payer reads TRANSFERTYPE; the payer must be one of the claim's.
func (f *syntheaFollow) payer(row sheet.Row) payer {
	p := payer(row.Get("TRANSFERTYPE"))
	switch {
	case p != primary && p != secondary && p != patient:
		f.wrong(row, "TRANSFERTYPE", "%q is neither 1, 2 nor p", string(p))
	case p == primary && f.admission.primary == "" || p == secondary && f.admission.secondary == "":
		f.wrong(row, "TRANSFERTYPE", "the claim has no insurer %s", string(p))
	}
	return p
}

func (f *syntheaFollow) method(row sheet.Row) string {
	method := row.Get("METHOD")
	if _, ok := syntheaMethods[method]; !ok {
		f.wrong(row, "METHOD", "%q is no method of payment", method)
	}
	return method
}

func (f *syntheaFollow) amount(row sheet.Row, column string) money.Amount {
	amount, err := dollars(row.Get(column))
	if err != nil {
		f.wrong(row, column, "%q is no amount in dollars", row.Get(column))
	}
	return amount
}

func (f *syntheaFollow) wrong(row sheet.Row, column, reason string, args ...any) {
	f.read.problems.Add(row.Wrong(column, reason, args...))
}
