package scenario

import (
	"fmt"
	"strconv"
	"strings"
)

// expectTaken reads "receipt 1 void" and "receipt 1 stands number 1": the row of
// the receipt in the account is struck through, or is not, and what it is
// numbered in its year.
func (p *parser) expectTaken(w *words, letter string) (step, error) {
	w.at++
	n, err := w.amount()
	if err != nil {
		return step{}, err
	}
	void := w.accept("void")
	if !void {
		if err := w.need("stands"); err != nil {
			return step{}, err
		}
	}
	number := int64(0)
	if w.accept("number") {
		if number, err = w.amount(); err != nil {
			return step{}, err
		}
	}
	return step{do: func(w *world) error { return w.expectTaken(taken{letter, n}, void, number) }}, nil
}

// expectTaken looks at the row of a receipt; number 0 is any.
func (w *world) expectTaken(t taken, void bool, number int64) error {
	id, err := w.receiptOf(t)
	if err != nil {
		return err
	}
	rows, err := w.rowsOf(t.patient, "receipt")
	if err != nil {
		return err
	}
	for _, row := range rows {
		if row.text("document_id") != id {
			continue
		}
		if err := same("whether the receipt is void", row.body["reversed"], any(void)); err != nil || number == 0 {
			return err
		}
		_, count, _ := strings.Cut(row.text("number"), "-")
		return same("the number of the receipt", count, strconv.FormatInt(number, 10))
	}
	return fmt.Errorf("the account has no row of the receipt")
}

// rowsOf are the rows of one kind in the account, newest first.
func (w *world) rowsOf(letter, kind string) (rows []reply, err error) {
	r, err := w.look(w.path(letter, "/statement/transactions?limit=200"))
	if err != nil {
		return nil, err
	}
	for _, row := range r.items() {
		if row.text("kind") == kind {
			rows = append(rows, row)
		}
	}
	return rows, nil
}

// expectRefund reads "refund: card_to_card 28000000 to 5678 tracking 556677":
// what the newest refund in the account says of where the money went.
func (p *parser) expectRefund(w *words, letter string) (step, error) {
	w.at++
	if err := w.need(":"); err != nil {
		return step{}, err
	}
	method, err := methodWord(w)
	if err != nil {
		return step{}, err
	}
	amount, err := w.amount()
	if err != nil {
		return step{}, err
	}
	texts := map[string]string{}
	for _, word := range []string{"to", "tracking"} {
		if w.accept(word) {
			if texts[word], err = w.name("what is " + word); err != nil {
				return step{}, err
			}
		}
	}
	return step{do: func(w *world) error {
		rows, err := w.rowsOf(letter, "refund")
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			return fmt.Errorf("the account of %s has no refund", letter)
		}
		row := rows[0]
		for _, f := range []struct{ what, got, want string }{
			{"the method of the refund", fmt.Sprint(row.at("methods")), "[" + method + "]"},
			{"where the refund went", row.text("destination"), texts["to"]},
			{"the tracking number of the refund", row.text("tracking_number"), texts["tracking"]},
		} {
			if err := same(f.what, f.got, f.want); err != nil {
				return err
			}
		}
		return same("the refund", row.amount("debit"), amount)
	}}, nil
}

// expectReceipt reads ": cash 5000000, pos 30000000", the lines of the last
// receipt; they are what it is over.
func (p *parser) expectReceipt(w *words) (step, error) {
	rows, err := readPayments(w)
	return step{do: func(w *world) error { return w.expectReceipt(rows) }}, err
}

func (w *world) expectReceipt(want []string) error {
	var got []string
	var sum int64
	for _, l := range w.receipt.items("receipt", "lines") {
		got = append(got, fmt.Sprintf("%s %d", l.text("method"), l.amount("amount")))
		sum += l.amount("amount")
	}
	if w.receipt.text("receipt", "number") == "" {
		return fmt.Errorf("there is no receipt so far")
	}
	if err := same("the receipt", strings.Join(got, ", "), strings.Join(want, ", ")); err != nil {
		return err
	}
	return same("the amount of the receipt", w.receipt.amount("receipt", "amount"), sum)
}
