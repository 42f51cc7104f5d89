package desk

import (
	"bufio"
	"fmt"
	"slices"
	"strconv"

	"daftar/internal/clinic"
	"daftar/internal/jalali"
	"daftar/internal/ledger"
	"daftar/internal/money"
	"daftar/internal/store"
)

// hledger writes a journal that hledger checks strictly.
type hledger struct {
	to       *bufio.Writer
	clinic   clinic.Clinic
	accounts map[int64]*namedAccount
}

// open declares commodities and accounts and brings balances forward.
func (h *hledger) open(accounts []namedAccount, from jalali.Day) error {
	h.accounts = map[int64]*namedAccount{}
	units := []ledger.Unit{h.clinic.Unit()}
	names := make([]string, 0, len(accounts))
	for i := range accounts {
		h.accounts[accounts[i].ID] = &accounts[i]
		names = append(names, accounts[i].name)
		if !slices.Contains(units, accounts[i].Unit) {
			units = append(units, accounts[i].Unit)
		}
	}
	slices.Sort(names)
	fmt.Fprintf(h.to, "; the books of clinic %d\ndecimal-mark .\n\n", h.clinic.ID)
	for _, u := range units {
		point := "."
		if u.Scale() == 2 {
			point = ".00"
		}
		fmt.Fprintf(h.to, "commodity 1000%s %s\n", point, u)
	}
	fmt.Fprintln(h.to)
	for _, name := range names {
		fmt.Fprintln(h.to, "account", name)
	}
	if from == "" {
		return nil
	}
	return h.bringForward(accounts, from)
}

// bringForward writes what every account held before the range.
func (h *hledger) bringForward(accounts []namedAccount, from jalali.Day) error {
	begun := false
	for _, a := range accounts {
		if a.Opening == 0 {
			continue
		}
		if !begun {
			fmt.Fprintf(h.to, "\n%s * opening-balances\n", from)
			begun = true
		}
		h.posting(h.accounts[a.ID], a.Opening)
	}
	return nil
}

// entry writes one transaction.
func (h *hledger) entry(e store.JournalEntry) error {
	number := ""
	if n := e.Number.String(); n != "" {
		number = "(" + n + ") "
	}
	fmt.Fprintf(h.to, "\n%s * %s%s  ; entry:%d", e.Day, number, e.Kind, e.ID)
	if e.Patient != 0 {
		fmt.Fprintf(h.to, ", patient:%d", e.Patient)
	}
	if e.Method != "" {
		fmt.Fprintf(h.to, ", method:%s", e.Method)
	}
	if e.Reverses != 0 {
		fmt.Fprintf(h.to, ", reverses:%d", e.Reverses)
	}
	fmt.Fprintln(h.to)
	for _, p := range e.Postings {
		a := h.accounts[p.Account]
		if a == nil {
			return fmt.Errorf("entry %d: account %d is not listed", e.ID, p.Account)
		}
		a.Moves--
		h.posting(a, p.Amount)
	}
	return nil
}

// posting writes one line; the last of an account asserts its balance.
func (h *hledger) posting(a *namedAccount, amount money.Amount) {
	fmt.Fprintf(h.to, "    %s  %s %s", a.name, plainAmount(*a, amount), a.Unit)
	if a.Moves == 0 {
		fmt.Fprintf(h.to, " = %s %s", plainAmount(*a, a.Closing), a.Unit)
	}
	fmt.Fprintln(h.to)
}

// close is where the buffer's first error comes out.
func (h *hledger) close() error { return h.to.Flush() }

// decimal is an id in machine form, "" for none.
func decimal[T ~int64](id T) string {
	if id == 0 {
		return ""
	}
	return strconv.FormatInt(int64(id), 10)
}
