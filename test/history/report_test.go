package history_test

import "fmt"

// rows are the parts of an answer.
func (a answer) rows(path ...string) (all []answer) {
	list, _ := a.at(path...).([]any)
	for _, v := range list {
		m, _ := v.(map[string]any)
		all = append(all, answer{body: m})
	}
	return all
}

// compareWhy adds up the explanation of a figure.
func (h *history) compareWhy(p *person, of string) {
	h.t.Helper()
	y := h.get("/patients/" + p.id + "/why?of=" + of)
	sum, kinds := int64(0), int64(0)
	for _, part := range y.rows("parts") {
		if sum += part.number("amount"); part.text("kind") == "other" {
			h.t.Errorf("%s of %s has %d that nothing explains", of, p.file, part.number("amount"))
		}
	}
	for _, kind := range y.rows("kinds") {
		kinds += kind.number("amount")
	}
	kinded := len(y.rows("kinds")) > 0 || of == "credit" || of == "deposits" || of == "cheques" || of == "insurer"
	for _, e := range y.rows("entries") {
		if e.text("staff") == "" || e.text("recorded") == "" {
			h.t.Errorf("%s of %s does not say who recorded what when: %v", of, p.file, e.body)
		}
	}
	if kinded && of != "balance" && sum != 0 && len(y.rows("entries")) == 0 {
		h.t.Errorf("%s of %s names no entry behind it", of, p.file)
	}
	if of == "balance" && y.number("amount") != p.balance || sum != y.number("amount") || kinded && kinds != sum {
		h.t.Errorf("%s of %s: parts sum to %d, postings to %d, want %d", of, p.file, sum, kinds, y.number("amount"))
	}
}

// compareReports adds up the lists of the desk.
func (h *history) compareReports() {
	h.t.Helper()
	var owed, credit int64
	for _, p := range h.people {
		owed += max(0, p.balance)
		credit += max(0, -p.balance)
	}
	debtors, creditors := h.get("/reports/debtors?limit=1"), h.get("/reports/creditors?limit=1")
	if debtors.number("total", "amount") != owed || debtors.number("total", "ledger") != owed {
		h.t.Errorf("the debtors owe %d, by the books %d, want %d", debtors.number("total", "amount"), debtors.number("total", "ledger"), owed)
	}
	if creditors.number("total", "amount") != credit || creditors.number("total", "ledger") != credit {
		h.t.Errorf("the creditors have %d, by the books %d, want %d", creditors.number("total", "amount"), creditors.number("total", "ledger"), credit)
	}
	var aged int64
	for _, a := range debtors.rows("total", "aging") {
		aged += a.number("amount")
	}
	if aged-debtors.number("total", "credit") != owed {
		h.t.Errorf("by age %d is owed less credit of %d, want %d", aged, debtors.number("total", "credit"), owed)
	}
	for _, by := range []string{"method", "user", "section", "day", "shift", "branch"} {
		r := h.get("/reports/cash?from=1400/01/01&to=1410/01/01&by=" + by)
		var net int64
		for _, line := range r.items() {
			net += line.number("net")
		}
		if net != r.number("ledger") || r.number("total", "net") != r.number("ledger") {
			h.t.Errorf("the cash by %s is %d, in total %d, want %d", by, net, r.number("total", "net"), r.number("ledger"))
		}
	}
	if wrong := h.reportsOfDays("1400/01/01", "1410/01/01"); wrong != "" {
		h.t.Error(wrong)
	}
	if d := h.get("/reports/deposits"); d.number("total", "amount") != d.number("total", "ledger") {
		h.t.Errorf("deposits hold %d, by the books %d", d.number("total", "amount"), d.number("total", "ledger"))
	}
}

// reportsOfDays says what is wrong with the report of services of the days, or
// with the report of today: "" when both are what the books say and their parts
// make their sums.
func (s *site) reportsOfDays(from, to string) string {
	services := s.get("/reports/services?from=" + from + "&to=" + to)
	total := func(name string) int64 { return services.number("total", name) }
	if total("gross")-total("cancelled") != services.number("ledger") || total("discount") != services.number("ledger_discount") ||
		total("gross")-total("cancelled")+total("vat") != total("discount")+total("insurers")+total("patient_share") {
		return fmt.Sprintf("the services are not what the books say: %s", services.raw)
	}
	day := s.get("/reports/day")
	figures := -day.number("refunds") - day.number("other_out")
	for _, name := range []string{"receipts", "deposits", "other_in", "over_short", "shifted", "corrections"} {
		figures += day.number(name)
	}
	var held, methods, money, owed int64
	for _, p := range day.rows("places") {
		held += p.number("closing") - p.number("opening")
		if p.number("opening")+p.number("in")+p.number("out") != p.number("closing") {
			return fmt.Sprintf("a place of the day does not add up: %s", day.raw)
		}
	}
	for _, m := range day.rows("receipts_by_method") {
		methods += m.number("amount")
	}
	for _, c := range day.rows("correction_items") {
		money += c.number("money")
		owed += c.number("owed")
	}
	if net := day.number("net"); day.at("balanced") != true || figures != net || held != net || methods != day.number("receipts") ||
		money != day.number("corrections") || owed != day.number("corrected_owed") {
		return fmt.Sprintf("the day does not add up: figures %d, places %d, net %d, methods %d, corrections %d and %d: %s",
			figures, held, net, methods, money, owed, day.raw)
	}
	return ""
}
