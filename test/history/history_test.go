package history_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"daftar/test/engine"
)

var (
	seed  = flag.Uint64("seed", 1, "seed of the random histories")
	steps = flag.Int("steps", 4_000, "steps of the history on SQLite")
)

// After thousands of random commands, good and bad, every place that shows a
// balance shows that of the simplest possible books.
func TestHistoryOnSQLite(t *testing.T) {
	play(t, engine.SQLite(t), *steps)
}

// The same on PostgreSQL, shorter.
func TestHistoryOnPostgres(t *testing.T) {
	play(t, engine.Postgres(t), 1_500)
}

// history is a random history under way.
type history struct {
	*site
	*model
	r    *rand.Rand
	keys int
}

func play(t *testing.T, database string, steps int) {
	t.Logf("seed %d", *seed)
	s := open(t, database)
	m, err := furnish(t.Context(), s, 25)
	if err != nil {
		t.Fatal(err)
	}
	h := &history{site: s, model: m, r: rand.New(rand.NewPCG(*seed, 2))}
	for step := range steps {
		if h.r.IntN(40) == 0 {
			h.pass(time.Duration(1+h.r.IntN(30)) * time.Hour)
		}
		h.pass(time.Second)
		h.step()
		if t.Failed() {
			t.Fatalf("after step %d of seed %d", step+1, *seed)
		}
		if (step+1)%(steps/10) == 0 {
			h.compare()
		}
	}
	h.compareBooks()
	t.Logf("%d admissions, %d receipts, %d commands kept", len(h.admissions), h.receipts, len(h.sent))
}

// step does one random thing.
func (h *history) step() {
	chances := []struct {
		weight int
		do     func()
	}{
		{28, func() { h.admit(false) }}, {30, func() { h.receive(false) }}, {8, h.finalize}, {7, h.cancel},
		{9, h.repeat}, {5, h.reuse}, {4, h.stale}, {5, h.wrong}, {2, func() { h.admit(true) }}, {2, func() { h.receive(true) }},
	}
	n := h.r.IntN(100)
	for _, c := range chances {
		if n -= c.weight; n < 0 {
			c.do()
			return
		}
	}
}

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

// command sends a command under a new key.
func (h *history) command(path string, body map[string]any) answer {
	h.keys++
	key := "history-" + strconv.Itoa(h.keys)
	a := h.must(http.MethodPost, path, key, body)
	if a.status < 300 && body["dry_run"] != true {
		h.sent = append(h.sent, sent{path, key, body, a.raw, a.status})
	}
	return a
}

// told checks a balance and a version that an answer carries.
func (h *history) told(what string, balance, version int64, p *person, more int64) {
	h.t.Helper()
	if balance != p.balance+more {
		h.t.Errorf("%s of %s says balance %d, want %d", what, p.file, balance, p.balance+more)
	}
	if more == 0 && version != p.version {
		h.t.Errorf("%s of %s says version %d, want %d", what, p.file, version, p.version)
	}
}

// admit orders one to three services; dry only asks.
func (h *history) admit(dry bool) {
	p := pick(h.r, h.people)
	insured := h.r.IntN(3)
	coverage := map[string]any{}
	if insured >= 1 {
		coverage["base_insurer_id"] = h.base
	}
	if insured >= 2 {
		coverage["supplementary_insurer_id"] = h.supplementary
	}
	var lines []map[string]any
	var share int64
	for range 1 + h.r.IntN(3) {
		v, quantity, percent := pick(h.r, h.services), 1+h.r.Int64N(3), int64(0)
		line := map[string]any{"service_id": v.id, "quantity": quantity}
		if h.r.IntN(3) == 0 {
			percent = pick(h.r, []int64{5, 10, 50, 100})
			line["discount"] = map[string]any{"percent": percent * 100, "reason": "دوست"}
		}
		share += v.share(quantity, insured, percent)
		lines = append(lines, line)
	}
	draft := h.r.IntN(4) == 0
	a := h.command("/patients/"+p.id+"/admissions", map[string]any{"lines": lines, "coverage": coverage, "draft": draft, "dry_run": dry})
	if a.status != http.StatusCreated {
		h.t.Fatalf("admission answered %d %s", a.status, a.raw)
	}
	if got := a.number("admission", "patient_share"); got != share {
		h.t.Errorf("the patient's share is %d, want %d", got, share)
	}
	if dry {
		if draft {
			share = 0
		}
		h.told("a dry admission", a.number("balance"), a.number("version"), p, share)
		return
	}
	n := &admission{id: a.text("admission", "id"), whose: p, share: share, state: "draft"}
	h.admissions = append(h.admissions, n)
	if !draft {
		n.state = "finalized"
		p.move(share)
	}
	h.told("an admission", a.number("balance"), a.number("version"), p, 0)
}

// receive takes money by one to four methods, sometimes more than is owed.
func (h *history) receive(dry bool) {
	p := pick(h.r, h.people)
	most := max(p.balance*3/2, 100_000)
	if h.r.IntN(5) == 0 && p.balance > 0 {
		most = p.balance
	}
	var lines []map[string]any
	var sum int64
	for range 1 + h.r.IntN(4) {
		n := 1 + h.r.Int64N(most)
		sum += n
		lines = append(lines, map[string]any{"method": pick(h.r, []string{"cash", "pos", "card_to_card", "bank_transfer"}), "amount": n})
	}
	a := h.command("/patients/"+p.id+"/receipts", map[string]any{"lines": lines, "seen_version": p.version, "dry_run": dry})
	if a.status != http.StatusCreated {
		h.t.Fatalf("receipt answered %d %s", a.status, a.raw)
	}
	h.told("before a receipt", a.number("before", "balance"), a.number("before", "version"), p, 0)
	if dry {
		h.told("a dry receipt", a.number("after", "balance"), a.number("after", "version"), p, -sum)
		return
	}
	p.move(-sum)
	h.receipts++
	h.told("a receipt", a.number("after", "balance"), a.number("after", "version"), p, 0)
}

// finalize puts a random admission into the books, or is told why not.
func (h *history) finalize() {
	if len(h.admissions) == 0 {
		return
	}
	n := pick(h.r, h.admissions)
	a := h.command("/admissions/"+n.id+"/finalize", map[string]any{})
	if n.state != "draft" {
		h.refused(a, http.StatusUnprocessableEntity, "admission.not_draft")
		return
	}
	n.state = "finalized"
	n.whose.move(n.share)
	h.told("a finalized draft", a.number("balance"), a.number("version"), n.whose, 0)
}

// cancel cancels a random admission, or is told why not.
func (h *history) cancel() {
	if len(h.admissions) == 0 {
		return
	}
	n := pick(h.r, h.admissions)
	a := h.command("/admissions/"+n.id+"/cancel", map[string]any{"reason": "انصراف"})
	if n.state == "cancelled" {
		h.refused(a, http.StatusUnprocessableEntity, "admission.cancelled")
		return
	}
	if n.state == "finalized" {
		n.whose.move(-n.share)
	}
	n.state = "cancelled"
	h.told("a cancelled admission", a.number("balance"), a.number("version"), n.whose, 0)
}

// repeat sends an old command again: the first answer, and nothing moves.
func (h *history) repeat() {
	if len(h.sent) == 0 {
		return
	}
	old := pick(h.r, h.sent)
	a := h.must(http.MethodPost, old.path, old.key, old.body)
	if a.status != old.status || a.raw != old.raw {
		h.t.Errorf("sent again, %s answered %d %s, want %d %s", old.path, a.status, a.raw, old.status, old.raw)
	}
}

// reuse sends another command under an old key.
func (h *history) reuse() {
	if len(h.sent) == 0 {
		return
	}
	old := pick(h.r, h.sent)
	p := pick(h.r, h.people)
	h.keys++
	body := map[string]any{"lines": []map[string]any{{"method": "cash", "amount": 1_000_000_000 + h.keys}}}
	h.refused(h.must(http.MethodPost, "/patients/"+p.id+"/receipts", old.key, body), http.StatusConflict, "request.reused")
}

// stale sends a receipt from a screen that is older than the account.
func (h *history) stale() {
	p := pick(h.r, h.people)
	a := h.command("/patients/"+p.id+"/receipts", map[string]any{"lines": []map[string]any{{"method": "cash", "amount": 5}},
		"seen_version": p.version + pick(h.r, []int64{-1, 1})})
	h.refused(a, http.StatusConflict, "account.stale")
}

// wrong sends amounts that are none.
func (h *history) wrong() {
	p := pick(h.r, h.people)
	bad := pick(h.r, []struct{ amount, code string }{
		{"0", "receipt.amount"}, {"-1", "receipt.amount"}, {"1.5", "money.fraction"}, {"1e3", "money.fraction"}, {`"5"`, "money.syntax"},
		{"1000000000000001", "money.large"}, {"99999999999999999999", "money.large"}, {"null", "money.syntax"}, {"[]", "money.syntax"},
	})
	h.keys++
	a := h.must(http.MethodPost, "/patients/"+p.id+"/receipts", fmt.Sprintf("wrong-%d", h.keys),
		`{"lines":[{"method":"cash","amount":`+bad.amount+`}]}`)
	h.refused(a, http.StatusBadRequest, bad.code)
}

func (h *history) refused(a answer, status int, code string) {
	h.t.Helper()
	if a.status != status || a.text("code") != code || !strings.Contains(a.raw, `"title"`) {
		h.t.Errorf("answered %d %s, want %d %s", a.status, a.raw, status, code)
	}
}
