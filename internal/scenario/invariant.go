package scenario

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/desk"
)

// invariants are true after every step: the books sum to zero per unit, and
// every place that shows a patient's balance shows the same.
func (w *world) invariants() error {
	trial, err := w.look("/reports/trial-balance")
	if err != nil {
		return err
	}
	sums := map[string]int64{}
	var receivable, owed, cash, transit int64
	for _, r := range trial.items() {
		sums[r.text("unit")] += r.amount("balance")
		if strings.HasPrefix(r.text("account"), "assets:receivable:patient:") {
			receivable += r.amount("balance")
		}
		if accounts["CASH"](w, r.text("account")) {
			cash += r.amount("balance")
		}
		if accounts["TRANSIT"](w, r.text("account")) {
			transit += r.amount("balance")
		}
	}
	for unit, sum := range sums {
		if err := same("the sum of all accounts in "+unit, sum, 0); err != nil {
			return err
		}
	}
	for _, letter := range slices.Sorted(maps.Keys(w.patients)) {
		balance, err := w.agreed(letter)
		if err != nil {
			return err
		}
		owed += balance
	}
	if err := w.depositsAgree(trial); err != nil {
		return err
	}
	if err := w.pointsAgree(trial); err != nil {
		return err
	}
	if err := w.visitsAgree(); err != nil {
		return err
	}
	if err := same("what all patients owe", owed, receivable); err != nil {
		return err
	}
	return w.drawers(cash, transit)
}

// account is where the account of a patient stands.
type account struct{ balance, version int64 }

// agreed is the balance of a patient when all places agree on it. They are asked
// again when the account has moved, and at the end.
func (w *world) agreed(letter string) (int64, error) {
	told, err := w.look(w.path(letter, "/balance"))
	if err != nil {
		return 0, err
	}
	stands := account{told.amount("balance"), told.amount("version")}
	if before, asked := w.asked[letter]; !asked || before != stands {
		if err := w.everywhere(letter, stands.balance, stands.version); err != nil {
			return 0, err
		}
	}
	w.asked[letter] = stands
	return stands.balance, nil
}

// everywhere checks that all places that show the balance of a patient agree.
func (w *world) everywhere(letter string, balance, version int64) error {
	for _, tab := range []string{"summary", "admissions", "transactions"} {
		r, err := w.look(w.path(letter, "/statement/"+tab+"?limit=1"))
		if err != nil {
			return err
		}
		if err := same("the header of "+letter+" over "+tab, r.amount("header", "balance"), balance); err != nil {
			return err
		}
	}
	if err := w.rowsAgree(letter, balance, version); err != nil {
		return err
	}
	if err := w.explained(letter, balance); err != nil {
		return err
	}
	list, err := w.look("/patients?q=" + w.patients[letter].file)
	if err != nil {
		return err
	}
	for _, i := range list.items() {
		if i.text("id") == w.patients[letter].id {
			return same("the balance of "+letter+" in the list", i.amount("balance"), balance)
		}
	}
	return fmt.Errorf("%s is not found by the file number", letter)
}

// rowsAgree walks all transactions, newest first: each running balance is the
// one before it changed by the row, the last is the balance, and the version
// has counted them.
func (w *world) rowsAgree(letter string, balance, version int64) error {
	running, count := balance, int64(0)
	cursor := ""
	for {
		r, err := w.look(w.path(letter, "/statement/transactions?limit=50&cursor="+cursor))
		if err != nil {
			return err
		}
		if err := same("the closing of "+letter, r.amount("totals", "closing"), balance); err != nil {
			return err
		}
		for _, row := range r.items() {
			if err := same("the running balance of "+letter, row.amount("running"), running); err != nil {
				return err
			}
			running -= row.amount("debit") - row.amount("credit")
			count++
		}
		if cursor = r.text("next_cursor"); cursor == "" {
			break
		}
	}
	if err := same("what was there before the first row of "+letter, running, 0); err != nil {
		return err
	}
	// The version counts the movements of deposits too.
	if version < count {
		return fmt.Errorf("the version of the account of %s is %d after %d movements", letter, version, count)
	}
	return nil
}

// explained checks that what is left of each admission less credit is the
// balance.
func (w *world) explained(letter string, balance int64) error {
	r, err := w.look(w.path(letter, "/balance/explain"))
	if err != nil {
		return err
	}
	sum := -r.amount("credit")
	for _, i := range r.items() {
		if i.amount("left") <= 0 {
			return fmt.Errorf("the admission %s of %s has %d left", i.text("number"), letter, i.amount("left"))
		}
		sum += i.amount("left")
	}
	if r.amount("credit") < 0 {
		return fmt.Errorf("the credit of %s is less than nothing: %d", letter, r.amount("credit"))
	}
	if err := same("the explanation of "+letter, sum, balance); err != nil {
		return err
	}
	credit := r.amount("credit")
	if err := w.whySums(letter, "credit", &credit); err != nil {
		return err
	}
	if err := w.whySums(letter, "deposits", nil); err != nil {
		return err
	}
	return w.whySums(letter, "balance", &balance)
}

// closed checks at the end what costs more: all places are asked again, the
// books prove themselves, and an independent reader of the exported journal
// finds the same balances.
func (w *world) closed() error {
	clear(w.asked)
	if err := w.invariants(); err != nil {
		return err
	}
	if _, err := w.site.Desk.Verify(w.ctx, desk.VerifyOptions{Clinics: []clinic.ID{w.manager.Clinic}}); err != nil {
		return fmt.Errorf("verify: %w", err)
	}
	if w.host.Ledger == nil {
		return nil
	}
	var journal strings.Builder
	if err := w.site.Desk.ExportJournal(w.ctx, w.manager, &journal, desk.JournalQuery{Format: "hledger"}); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	balances, err := w.host.Ledger(w.ctx, journal.String())
	if err != nil {
		return err
	}
	for _, letter := range slices.Sorted(maps.Keys(w.patients)) {
		r, err := w.look(w.path(letter, "/balance"))
		if err != nil {
			return err
		}
		account := "assets:receivable:patient:" + w.patients[letter].file
		if err := same(account+" in the export", balances[account], r.amount("balance")); err != nil {
			return err
		}
	}
	return nil
}
