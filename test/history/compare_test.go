package history_test

import (
	"encoding/csv"
	"os/exec"
	"strconv"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/desk"
)

// compare asks every place that shows a balance for every person.
func (h *history) compare() {
	h.t.Helper()
	listed := map[string]int64{}
	cursor := ""
	for {
		page := h.get("/patients?limit=10&cursor=" + cursor)
		for _, i := range page.items() {
			listed[i.text("id")] = i.number("balance")
		}
		if cursor = page.text("next_cursor"); cursor == "" {
			break
		}
	}
	for _, p := range h.people {
		path := "/patients/" + p.id
		b := h.get(path + "/balance")
		h.told("the balance", b.number("balance"), b.number("version"), p, 0)
		header := h.get(path + "/statement/summary?limit=1")
		h.told("the header", header.number("header", "balance"), header.number("header", "version"), p, 0)
		if got, ok := listed[p.id]; !ok || got != p.balance {
			h.t.Errorf("the list says %d of %s, want %d", got, p.file, p.balance)
		}
		h.compareRows(p)
		h.compareDue(p)
	}
	var sum int64
	for _, row := range h.get("/reports/trial-balance").items() {
		sum += row.number("balance")
	}
	if sum != 0 {
		h.t.Errorf("the trial balance sums to %d", sum)
	}
	h.compareReports()
	if h.t.Failed() {
		h.t.FailNow()
	}
}

// compareRows walks the transactions page by page, newest first.
func (h *history) compareRows(p *person) {
	h.t.Helper()
	running, count, cursor := p.balance, int64(0), ""
	for {
		page := h.get("/patients/" + p.id + "/statement/transactions?limit=200&cursor=" + cursor)
		for _, row := range page.items() {
			if got := row.number("running"); got != running {
				h.t.Errorf("a row of %s says %d, want %d", p.file, got, running)
				return
			}
			running -= row.number("debit") - row.number("credit")
			count++
		}
		if got := page.number("totals", "closing"); got != p.balance {
			h.t.Errorf("the closing of %s is %d, want %d", p.file, got, p.balance)
		}
		if cursor = page.text("next_cursor"); cursor == "" {
			break
		}
	}
	if running != 0 || count != p.version {
		h.t.Errorf("the rows of %s leave %d after %d rows, want 0 after %d", p.file, running, count, p.version)
	}
}

// compareDue checks that what is left of each admission less credit is the
// balance, and that nothing is left twice.
func (h *history) compareDue(p *person) {
	h.t.Helper()
	shares := map[string]int64{}
	for _, n := range h.admissions {
		if n.whose == p && n.state == "finalized" {
			shares[n.id] = n.share
		}
	}
	e := h.get("/patients/" + p.id + "/balance/explain")
	sum := -e.number("credit")
	for _, i := range e.items() {
		left, share := i.number("left"), shares[i.text("admission_id")]
		if left <= 0 || left > share {
			h.t.Errorf("%d is left of an admission of %s with a share of %d", left, p.file, share)
		}
		sum += left
	}
	if sum != p.balance || e.number("credit") < 0 {
		h.t.Errorf("the balance of %s is explained as %d with credit %d, want %d", p.file, sum, e.number("credit"), p.balance)
	}
	for _, of := range []string{"balance", "credit", "deposits", "cheques", "insurer"} {
		h.compareWhy(p, of)
	}
	for _, row := range h.get("/patients/" + p.id + "/statement/transactions?limit=5").items() {
		h.compareWhy(p, "running-"+row.text("id"))
		h.compareWhy(p, "entry-"+row.text("id"))
	}
}

// compareBooks has an independent program read the exported journal.
func (h *history) compareBooks() {
	h.t.Helper()
	ctx := h.t.Context()
	if _, err := h.desk.Verify(ctx, desk.VerifyOptions{Clinics: []clinic.ID{h.manager.Clinic}}); err != nil {
		h.t.Errorf("verify: %v", err)
	}
	var journal strings.Builder
	if err := h.desk.ExportJournal(ctx, h.manager, &journal, desk.JournalQuery{Format: "hledger"}); err != nil {
		h.t.Fatal(err)
	}
	if n := strings.Count(journal.String(), "assets:"); n < h.receipts {
		h.t.Fatalf("the journal has %d postings to assets for %d receipts", n, h.receipts)
	}
	cmd := exec.CommandContext(ctx, "hledger", "-f", "-", "-s", "balance", "--flat", "--no-total", "--layout", "bare", "-O", "csv")
	cmd.Stdin = strings.NewReader(journal.String())
	text, err := cmd.Output()
	if err != nil {
		h.t.Fatalf("hledger: %v", err)
	}
	balances, err := readBalances(string(text))
	if err != nil {
		h.t.Fatal(err)
	}
	for _, p := range h.people {
		if got := balances["assets:receivable:patient:"+p.file]; got != p.balance {
			h.t.Errorf("hledger says %d of %s, want %d", got, p.file, p.balance)
		}
	}
}

// readBalances reads what hledger printed as CSV: the balance of each account.
func readBalances(text string) (map[string]int64, error) {
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		return nil, err
	}
	balances := map[string]int64{}
	for i, row := range rows {
		if i == 0 {
			continue
		}
		if balances[row[0]], err = strconv.ParseInt(row[len(row)-1], 10, 64); err != nil {
			return nil, err
		}
	}
	return balances, nil
}
