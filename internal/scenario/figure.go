package scenario

import (
	"fmt"
	"slices"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/jalali"
)

// isBase and isSupplementary say whether an account is such an insurer's.
func (w *world) isBase(account string) bool { return w.owes(account, clinic.BaseInsurance) }

func (w *world) isSupplementary(account string) bool {
	return w.owes(account, clinic.SupplementaryInsurance)
}

func (w *world) owes(account string, kind clinic.InsurerKind) bool {
	for _, i := range w.insurers {
		if i.kind == kind && account == "assets:receivable:insurer:"+i.code {
			return true
		}
	}
	return false
}

func (w *world) expectAccount(name string, want int64) error {
	trial, err := w.look("/reports/trial-balance")
	if err != nil {
		return err
	}
	var sum int64
	for _, r := range trial.items() {
		if accounts[name](w, r.text("account")) {
			sum += r.amount("balance")
		}
	}
	return same(name, sum, want)
}

func (w *world) expectBalance(letter string, want int64, query string) error {
	r, err := w.look(w.path(letter, "/balance?"+query))
	if err != nil {
		return err
	}
	return same("the balance of "+letter, r.amount("balance"), want)
}

func (w *world) expectCredit(letter string, want int64) error {
	r, err := w.look(w.path(letter, "/balance/explain"))
	if err != nil {
		return err
	}
	return same("the credit of "+letter, r.amount("credit"), want)
}

// expectDebtor looks at the list of debtors; 0 wants the patient not in it.
func (w *world) expectDebtor(letter string, want int64) error {
	var got int64
	cursor := ""
	for {
		r, err := w.look("/reports/debtors?limit=200&cursor=" + cursor)
		if err != nil {
			return err
		}
		for _, i := range r.items() {
			if i.text("id") == w.patients[letter].id {
				got = i.amount("balance")
			}
		}
		if cursor = r.text("next_cursor"); cursor == "" {
			return same("what the list of debtors says of "+letter, got, want)
		}
	}
}

func (w *world) expectCount(want int64) error {
	r, err := w.look("/patients")
	if err != nil {
		return err
	}
	return same("the number of patients", r.amount("count"), want)
}

func (w *world) expectTotals(letter string, days [2]jalali.Day, figures []figure) error {
	r, err := w.look(w.path(letter, fmt.Sprintf("/statement/transactions?from=%s&to=%s", days[0], days[1])))
	if err != nil {
		return err
	}
	for _, f := range figures {
		if err := same(f.name, r.amount("totals", f.name), f.want); err != nil {
			return err
		}
	}
	got := r.amount("totals", "opening") + r.amount("totals", "debits") - r.amount("totals", "credits")
	return same("opening + debits − credits", got, r.amount("totals", "closing"))
}

func (w *world) expectSummary(letter string, want []string) error {
	r, err := w.look(w.path(letter, "/statement/summary?limit=200"))
	if err != nil {
		return err
	}
	var got []string
	for _, i := range r.items() {
		got = append(got, i.text("kind"))
	}
	return same("the summary", strings.Join(got, ", "), strings.Join(want, ", "))
}

func (w *world) expectTransactions(letter string, want [][]figure) error {
	r, err := w.look(w.path(letter, "/statement/transactions?limit=200"))
	if err != nil {
		return err
	}
	rows := r.items()
	if err := same("the number of transactions", len(rows), len(want)); err != nil {
		return err
	}
	for i, row := range want {
		for _, f := range row {
			if err := same(fmt.Sprintf("%s of row %d", f.name, i+1), rows[i].amount(f.name), f.want); err != nil {
				return err
			}
		}
	}
	return nil
}

// admission reads one admission of the statement.
func (w *world) admission(name string) (reply, error) {
	a, ok := w.admissions[name]
	if !ok {
		return reply{}, fmt.Errorf("the admission %s was never made", name)
	}
	r, err := w.look(w.path(a.patient, "/statement/admissions?limit=200"))
	if err != nil {
		return r, err
	}
	for _, i := range r.items() {
		if i.text("id") == a.id {
			return i, nil
		}
	}
	return r, fmt.Errorf("the admission %s is not in the statement", name)
}

func (w *world) expectText(name, field, want string) error {
	a, err := w.admission(name)
	if err != nil {
		return err
	}
	return same("the "+field+" of "+name, a.text(field), want)
}

func (w *world) expectFigure(name string, f figure) error {
	a, err := w.admission(name)
	if err != nil {
		return err
	}
	return same(f.name+" of "+name, a.amount(f.name), f.want)
}

// expectPayments compares the payments of an admission in any order; a wanted
// payment without a reason takes any.
func (w *world) expectPayments(name string, want []string) error {
	a, err := w.admission(name)
	if err != nil {
		return err
	}
	var got []string
	for _, p := range a.items("payments") {
		var methods []string
		list, _ := p.at("methods").([]any)
		for _, m := range list {
			methods = append(methods, fmt.Sprint(m))
		}
		if p.text("kind") == "deposit" {
			methods = []string{"deposit"}
		}
		got = append(got, fmt.Sprintf("%s %d %s", strings.Join(methods, "+"), p.amount("amount"), p.text("reason")))
	}
	left := slices.Clone(got)
	for _, row := range want {
		i := slices.IndexFunc(left, func(g string) bool { return g == row || strings.HasPrefix(g, row+" ") })
		if i < 0 {
			return fmt.Errorf("the payments of %s are %q, want %q", name, got, want)
		}
		left = slices.Delete(left, i, i+1)
	}
	return same("the number of payments of "+name, len(got), len(want))
}

func (w *world) expectFound(letters []string) error {
	var got, want []string
	for _, i := range w.found.items() {
		got = append(got, i.text("file_number"))
	}
	for _, l := range letters {
		want = append(want, w.patients[l].file)
	}
	return same("who was found", strings.Join(got, ", "), strings.Join(want, ", "))
}

// under picks the accounts whose name begins so.
func under(prefix string) func(*world, string) bool {
	return func(_ *world, account string) bool { return strings.HasPrefix(account, prefix) }
}
