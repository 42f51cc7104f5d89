package scenario

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"daftar/internal/jalali"
)

// reportVerbs are the words for the lists and reports of the desk.
func (p *parser) reportVerbs() map[string]verb { return nil }

// reportExpectations are what may follow "expect" about reports.
func (p *parser) expectReport(w *words) (s step, mine bool, err error) {
	switch {
	case w.accept("cash"):
		s, err = p.expectCash(w)
	case w.accept("day"):
		s, err = p.expectDay(w)
	case w.accept("why"):
		s, err = p.expectWhy(w)
	default:
		return s, false, nil
	}
	return s, true, err
}

// cashWords are the figures of a report of cash, with their fields.
var cashWords = map[string]string{"in": "in", "out": "out", "corrected": "corrected", "shifted": "shifted", "net": "net"}

// expectCash reads "report today: cash in 4500000 out 0, pos in 30000000",
// "report 1405/09/01: total in 4500000" and "report 1405/09/01 by section: …".
func (p *parser) expectCash(w *words) (step, error) {
	if err := w.need("report"); err != nil {
		return step{}, err
	}
	query, err := p.reportDays(w)
	if err != nil {
		return step{}, err
	}
	if w.accept("by") {
		by, err := w.name("what the report is by")
		if err != nil {
			return step{}, err
		}
		query += "&by=" + by
	}
	if err := w.need(":"); err != nil {
		return step{}, err
	}
	rows := map[string][]figure{}
	for {
		group, err := w.name("the group of the report")
		if err != nil {
			return step{}, err
		}
		if rows[group], err = reportFigures(w, cashWords); err != nil {
			return step{}, err
		}
		if !w.accept(",") {
			break
		}
	}
	return step{do: func(w *world) error { return w.expectCash(query, rows) }}, nil
}

// reportDays reads "today" or a day, and "to" another.
func (p *parser) reportDays(w *words) (query string, err error) {
	if w.accept("today") {
		return "", nil
	}
	days := [2]jalali.Day{}
	if days[0], err = p.day(w); err != nil {
		return "", err
	}
	if days[1] = days[0]; w.accept("to") {
		if days[1], err = p.day(w); err != nil {
			return "", err
		}
	}
	return fmt.Sprintf("from=%s&to=%s", days[0], days[1]), nil
}

// reportFigures reads "in 4500000 out 0".
func reportFigures(w *words, known map[string]string) (figures []figure, err error) {
	for known[w.peek()] != "" {
		field := known[w.peek()]
		w.at++
		n, err := w.amount()
		if err != nil {
			return nil, err
		}
		figures = append(figures, figure{field, n})
	}
	if len(figures) == 0 {
		return nil, fmt.Errorf("unknown word %q; figures are %s", w.shown(), strings.Join(slices.Sorted(maps.Keys(known)), ", "))
	}
	return figures, nil
}

// expectCash compares the groups of a report of cash; one that is not there is
// nothing. The report is always what the books say.
func (w *world) expectCash(query string, rows map[string][]figure) error {
	r, err := w.look("/reports/cash?" + query)
	if err != nil {
		return err
	}
	if err := same("the report of cash in the books", r.amount("ledger"), r.amount("total", "net")); err != nil {
		return err
	}
	for _, group := range slices.Sorted(maps.Keys(rows)) {
		for _, f := range rows[group] {
			var got int64
			if group == "total" {
				got = r.amount("total", f.name)
			}
			for _, i := range r.items() {
				if group != "total" && (i.text("key") == group || i.text("name") == group) {
					got = i.amount(f.name)
				}
			}
			if err := same(group+" "+f.name+" in the report of cash", got, f.want); err != nil {
				return err
			}
		}
	}
	return nil
}

// expectCreditor looks at the list of creditors; 0 wants the patient not in
// it.
func (w *world) expectCreditor(letter string, want int64) error {
	r, err := w.look("/reports/creditors?limit=200")
	if err != nil {
		return err
	}
	var got int64
	for _, i := range r.items() {
		if i.text("id") == w.patients[letter].id {
			got = i.amount("credit")
		}
	}
	return same("what the list of creditors says of "+letter, got, want)
}

// agingWords are the columns of the list of debtors by age.
var agingWords = []string{"0-30", "31-60", "61-90", "90+", "future"}

// expectAging reads "aging 0-30 5000000, 90+ 2000000"; a column that is not
// named holds nothing.
func (p *parser) expectAging(w *words, letter string) (step, error) {
	w.at++
	var want [5]int64
	for {
		i := slices.Index(agingWords, w.peek())
		if i < 0 {
			return step{}, fmt.Errorf("unknown word %q; ages are %s", w.shown(), strings.Join(agingWords, ", "))
		}
		w.at++
		n, err := w.amount()
		if err != nil {
			return step{}, err
		}
		if want[i] = n; !w.accept(",") {
			break
		}
	}
	return step{do: func(w *world) error { return w.expectAging(letter, want) }}, nil
}

func (w *world) expectAging(letter string, want [5]int64) error {
	r, err := w.look("/reports/debtors?limit=200&q=" + w.patients[letter].file)
	if err != nil {
		return err
	}
	for _, i := range r.items() {
		if i.text("id") != w.patients[letter].id {
			continue
		}
		for n, a := range i.items("aging") {
			if err := same(agingWords[n]+" of "+letter, a.amount("amount"), want[n]); err != nil {
				return err
			}
		}
		return nil
	}
	return fmt.Errorf("%s is not among the debtors", letter)
}

// dayWords are the figures of a report of a day, with their fields.
var dayWords = map[string]string{"receipts": "receipts", "corrections": "corrections", "refunds": "refunds", "deposits": "deposits",
	"applied": "deposits_applied", "late": "late_discounts", "voided": "voided", "forfeited": "deposits_forfeited", "over_short": "over_short", "income": "corrected_income", "net": "net", "owed": "corrected_owed",
	"gross": "charges.gross", "discount": "charges.discount", "insurers": "charges.insurers", "share": "charges.patient_share", "cancelled": "charges.cancelled"}

// expectDay reads "report 1405/09/02: receipts 7000000, corrections -7000000".
func (p *parser) expectDay(w *words) (step, error) {
	if err := w.need("report"); err != nil {
		return step{}, err
	}
	query := ""
	if !w.accept("today") {
		day, err := p.day(w)
		if err != nil {
			return step{}, err
		}
		query = "?day=" + string(day)
	}
	if err := w.need(":"); err != nil {
		return step{}, err
	}
	var want []figure
	for {
		more, err := reportFigures(w, dayWords)
		if err != nil {
			return step{}, err
		}
		if want = append(want, more...); !w.accept(",") {
			break
		}
	}
	return step{do: func(w *world) error { return w.expectDay(query, want) }}, nil
}

func (w *world) expectDay(query string, want []figure) error {
	r, err := w.look("/reports/day" + query)
	if err != nil {
		return err
	}
	if r.at("balanced") != true {
		return fmt.Errorf("the report of the day does not agree with the books: %s", r.raw)
	}
	for _, f := range want {
		if err := same(f.name+" of the day", r.amount(strings.Split(f.name, ".")...), f.want); err != nil {
			return err
		}
	}
	return nil
}
