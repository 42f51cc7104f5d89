package history_test

import (
	"flag"
	"net/http"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/store"
	"daftar/test/engine"
)

var (
	machineRuns  = flag.Int("machine.runs", 8, "runs of the state machine on each engine")
	machineSteps = flag.Int("machine.steps", 60, "commands of a run")
)

// Whatever is done at the desk, in whatever order: after each command, good or
// bad, every account holds what the plainest books say, the invariants of the
// ledger hold, and at the end an independent program reads the same balances
// from the exported journal.
func TestMoneyAgreesWithThePlainestBooks(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		st, err := store.Open(t.Context(), database)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { st.Close() })
		must(t, flag.Set("rapid.checks", strconv.Itoa(*machineRuns)))
		done := map[string]int{}
		rapid.Check(t, func(r *rapid.T) { play60(t, r, st, done) })
		t.Logf("done and refused: %v", done)
		for _, act := range acts {
			if *machineRuns >= 50 && done[act.name] == 0 {
				t.Errorf("%s was never done", act.name)
			}
		}
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// machine is one run: a served clinic and its plain books.
type machine struct {
	*site
	r     *rapid.T
	model *model
	books books
	keys  int
	done  map[string]int

	clients  []*client
	visits   []*visit
	receipts []*taken
	cheques  []*paper
	deposits []*held
	letters  []*letter

	kept memory // before the last command that can be undone
	last sent
}

// act is a command of the state machine.
type act struct {
	name string
	do   func(m *machine) bool // false: there was nothing to do it with
}

// play60 plays one run.
func play60(t *testing.T, r *rapid.T, st *store.Store, done map[string]int) {
	s := openOn(t, st)
	m := &machine{site: s, r: r, books: books{}, done: done}
	var err error
	if m.model, err = furnish(t.Context(), s, 3); err != nil {
		t.Fatal(err)
	}
	for _, p := range m.model.people {
		m.clients = append(m.clients, &client{id: p.id, file: p.file})
	}
	for range *machineSteps {
		s.pass(time.Duration(rapid.SampledFrom([]int{1, 30, 3600}).Draw(r, "seconds")) * time.Second)
		act := rapid.SampledFrom(acts).Draw(r, "act")
		if act.do(m) {
			done[act.name]++
		}
		m.agree()
	}
	m.closing()
}

// post sends a command under a new key.
func (m *machine) post(path string, body map[string]any) answer {
	m.keys++
	key := "machine-" + strconv.Itoa(m.keys)
	a := m.must(http.MethodPost, path, key, body)
	if a.status < 300 {
		m.last = sent{path, key, body, a.raw, a.status}
	}
	return a
}

// did sends a command that has to be done.
func (m *machine) did(path string, body map[string]any) answer {
	a := m.post(path, body)
	if a.status >= 300 {
		m.r.Fatalf("POST %s %v answered %d %s", path, body, a.status, a.raw)
	}
	return a
}

// refused sends a command that has to be refused with one of the codes.
func (m *machine) refused(path string, body map[string]any, codes ...string) {
	a := m.post(path, body)
	if a.status < 400 || a.status >= 500 || !slices.Contains(codes, a.text("code")) {
		m.r.Fatalf("POST %s %v answered %d %s, want a refusal %v", path, body, a.status, a.raw, codes)
	}
	m.done["refused "+a.text("code")]++
}

// agree compares everything with the plain books.
func (m *machine) agree() {
	var sum int64
	found := books{}
	for _, row := range m.get("/reports/trial-balance").items() {
		found[row.text("account")] = row.number("balance")
		sum += row.number("balance")
	}
	if sum != 0 {
		m.r.Fatalf("the trial balance sums to %d", sum)
	}
	points := withoutClub(found)
	for account, want := range m.books {
		if found[account] != want {
			m.r.Fatalf("%s holds %d, want %d", account, found[account], want)
		}
	}
	for account, got := range found {
		if m.books[account] != got {
			m.r.Fatalf("%s holds %d, want %d", account, got, m.books[account])
		}
	}
	for _, c := range m.clients {
		m.agreeOn(c)
	}
	if m.keys%4 == 0 {
		m.agreeOnClub(points)
	}
	if m.keys%8 == 0 {
		m.agreeOnReports()
	}
}

// agreeOnReports compares what was charged since the beginning, and whether the
// day adds up.
func (m *machine) agreeOnReports() {
	if wrong := m.reportsOfDays("1400/01/01", "1410/01/01"); wrong != "" {
		m.r.Fatal(wrong)
	}
	total := m.get("/reports/services?from=1400/01/01&to=1410/01/01")
	for name, want := range map[string]int64{"ledger": -m.books[income], "ledger_discount": m.books[discounts]} {
		if total.number(name) != want {
			m.r.Fatalf("the services say a %s of %d, want %d", name, total.number(name), want)
		}
	}
	var want int64 // of what was charged, whatever of it was settled since
	for _, v := range m.visits {
		if v.state == "finalized" {
			want += v.sum(func(l visitLine) int64 { return l.base + l.supplementary })
		}
	}
	if got := total.number("total", "insurers"); got != want {
		m.r.Fatalf("the services say that insurers bear %d, want %d", got, want)
	}
}

// agreeOn compares what is said of one patient: balance, header, last row,
// explanation, deposits.
func (m *machine) agreeOn(c *client) {
	path := "/patients/" + c.id
	b := m.get(path + "/balance")
	if b.number("balance") != c.balance || b.number("deposits") != c.deposits || b.number("uncollected_cheques") != c.waiting {
		m.r.Fatalf("%s: balance %d, deposits %d, cheques %d; want %d, %d, %d", c.file, b.number("balance"), b.number("deposits"),
			b.number("uncollected_cheques"), c.balance, c.deposits, c.waiting)
	}
	tab := m.get(path + "/statement/transactions?limit=1")
	if got := tab.number("header", "balance"); got != c.balance {
		m.r.Fatalf("%s: the header says %d, want %d", c.file, got, c.balance)
	}
	if rows := tab.items(); len(rows) > 0 && rows[0].number("running") != c.balance {
		m.r.Fatalf("%s: the last row says %d, want %d", c.file, rows[0].number("running"), c.balance)
	}
	e := m.get(path + "/balance/explain")
	explained := -e.number("credit")
	for _, i := range e.items() {
		if i.number("left") <= 0 {
			m.r.Fatalf("%s: an open admission has %d left", c.file, i.number("left"))
		}
		explained += i.number("left")
	}
	if explained != c.balance || e.number("credit") < 0 {
		m.r.Fatalf("%s: the balance is explained as %d with credit %d, want %d", c.file, explained, e.number("credit"), c.balance)
	}
}

// closing proves the books at the end of a run.
func (m *machine) closing() {
	m.agreeOnReports()
	ctx := m.t.Context()
	if _, err := m.desk.Verify(ctx, desk.VerifyOptions{Clinics: []clinic.ID{m.manager.Clinic}}); err != nil {
		m.r.Fatalf("verify: %v", err)
	}
	var journal strings.Builder
	if err := m.desk.ExportJournal(ctx, m.manager, &journal, desk.JournalQuery{Format: "hledger"}); err != nil {
		m.r.Fatalf("export: %v", err)
	}
	cmd := exec.CommandContext(ctx, "hledger", "-f", "-", "-s", "balance", "--flat", "--no-total", "--layout", "bare", "-O", "csv")
	cmd.Stdin = strings.NewReader(journal.String())
	text, err := cmd.Output()
	if err != nil {
		m.r.Fatalf("hledger: %v", err)
	}
	balances, err := readBalances(string(text))
	if err != nil {
		m.r.Fatalf("hledger: %v", err)
	}
	for _, c := range m.clients {
		if got := balances["assets:receivable:patient:"+c.file]; got != c.balance {
			m.r.Fatalf("hledger says %d of %s, want %d", got, c.file, c.balance)
		}
		if got := balances["liabilities:deposit:"+c.file]; got != -c.deposits {
			m.r.Fatalf("hledger says %d of the deposits of %s, want %d", got, c.file, -c.deposits)
		}
	}
	for account, want := range m.books {
		if !strings.HasSuffix(account, ":all") && balances[account] != want {
			m.r.Fatalf("hledger says %d of %s, want %d", balances[account], account, want)
		}
	}
}

// any picks one of a list by what rapid draws.
func anyOf[T any](m *machine, what string, from []T) T {
	return from[rapid.IntRange(0, len(from)-1).Draw(m.r, what)]
}

// chosen are those of a list that are so.
func chosen[T any](from []T, so func(T) bool) (all []T) {
	for _, v := range from {
		if so(v) {
			all = append(all, v)
		}
	}
	return all
}

// draw is a number from 1 to most.
func (m *machine) draw(what string, most int64) int64 {
	return rapid.Int64Range(1, max(most, 1)).Draw(m.r, what)
}
