package history_test

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"daftar/test/engine"
)

// raced is a clinic with one patient, on whom things happen at the same time.
type raced struct {
	*site
	m       *model
	patient string
}

func race(t *testing.T, database string) raced {
	t.Helper()
	s := open(t, database)
	m, err := furnish(t.Context(), s, 1)
	if err != nil {
		t.Fatal(err)
	}
	return raced{s, m, "/patients/" + m.people[0].id}
}

// did sends a command that has to be done.
func (r raced) did(path, key string, body map[string]any) answer {
	r.t.Helper()
	a := r.must(http.MethodPost, path, key, body)
	if a.status >= 300 {
		r.t.Fatalf("POST %s answered %d %s", path, a.status, a.raw)
	}
	return a
}

// pay takes cash from the patient.
func (r raced) pay(key string, amount int64) answer {
	r.t.Helper()
	return r.did(r.patient+"/receipts", key, map[string]any{"lines": []map[string]any{{"method": "cash", "amount": amount}}})
}

// outcomes counts what commands that were sent at once ended in.
func outcomes(t *testing.T, raws []string, statuses []int) (done int) {
	t.Helper()
	for i, status := range statuses {
		switch {
		case status < 300:
			done++
		case status >= 500:
			t.Errorf("send %d answered %d %s", i, status, raws[i])
		}
	}
	return done
}

// Of fifty refunds of one payment at the same time one is given.
func TestOnePaymentIsRefundedOnce(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		r := race(t, database)
		r.pay("pay", 1_000_000)
		raws, statuses := atOnce(t, r.site, 50, func(i int) (string, string, any) {
			return r.patient + "/refunds", "refund " + strconv.Itoa(i), map[string]any{"amount": 1_000_000, "method": "cash", "reason": "انصراف"}
		})
		b := r.get(r.patient + "/balance").number("balance")
		if done := outcomes(t, raws, statuses); done != 1 || b != 0 {
			t.Errorf("%d of 50 refunds of one payment were given, balance %d; want 1 and 0", done, b)
		}
	})
}

// Of fifty refunds of a tenth each, ten are given.
func TestAPaymentIsRefundedInParts(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		r := race(t, database)
		r.pay("pay", 1_000_000)
		raws, statuses := atOnce(t, r.site, 50, func(i int) (string, string, any) {
			return r.patient + "/refunds", "refund " + strconv.Itoa(i), map[string]any{"amount": 100_000, "method": "cash", "reason": "انصراف"}
		})
		b := r.get(r.patient + "/balance").number("balance")
		if done := outcomes(t, raws, statuses); done != 10 || b != 0 {
			t.Errorf("%d of 50 tenths were given back, balance %d; want 10 and 0", done, b)
		}
	})
}

// One deposit cannot pay two admissions with the same money.
func TestOneDepositPaysOnce(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		r := race(t, database)
		var admissions []string
		for i := range 2 {
			a := r.did(r.patient+"/admissions", "admit "+strconv.Itoa(i), map[string]any{"coverage": map[string]any{},
				"lines": []map[string]any{{"service_id": r.m.services[1].id, "quantity": 1}}})
			admissions = append(admissions, a.text("admission", "id"))
		}
		deposit := r.did(r.patient+"/deposits", "deposit", map[string]any{"method": "pos", "amount": 12_000_000}).text("deposit", "id")
		raws, statuses := atOnce(t, r.site, 2, func(i int) (string, string, any) {
			return "/deposits/" + deposit + "/apply", "apply " + strconv.Itoa(i), map[string]any{"admission_id": admissions[i], "amount": 12_000_000}
		})
		b := r.get(r.patient + "/balance")
		if done := outcomes(t, raws, statuses); done != 1 || b.number("deposits") != 0 || b.number("balance") != 12_000_000 {
			t.Errorf("%d applied, deposits %d, balance %d; want 1, 0 and 12000000", done, b.number("deposits"), b.number("balance"))
		}
	})
}

// A hundred sends of one key are one deposit, and everybody gets its answer.
func TestOneKeyIsOneDeposit(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		r := race(t, database)
		raws, statuses := atOnce(t, r.site, 100, func(int) (string, string, any) {
			return r.patient + "/deposits", "the same key", map[string]any{"method": "cash", "amount": 500_000}
		})
		for i := range raws {
			if statuses[i] != http.StatusCreated || raws[i] != raws[0] {
				t.Fatalf("send %d answered %d %s, the first %d %s", i, statuses[i], raws[i], statuses[0], raws[0])
			}
		}
		if got := r.get(r.patient + "/balance").number("deposits"); got != 500_000 {
			t.Errorf("deposits hold %d, want 500000", got)
		}
	})
}

// Thirty receipts at the same time are numbered one to thirty.
func TestReceiptsAtOnceHaveNoGap(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		r := race(t, database)
		raws, statuses := atOnce(t, r.site, 30, func(i int) (string, string, any) {
			return r.patient + "/receipts", "receipt " + strconv.Itoa(i), map[string]any{"lines": []map[string]any{{"method": "cash", "amount": 1000 + i}}}
		})
		if done := outcomes(t, raws, statuses); done != 30 {
			t.Fatalf("%d of 30 receipts were taken", done)
		}
		var numbers []int
		for _, raw := range raws {
			_, rest, _ := strings.Cut(raw, `"number":"1405-`)
			digits, _, _ := strings.Cut(rest, `"`)
			n, err := strconv.Atoi(digits)
			if err != nil {
				t.Fatalf("no number in %s", raw)
			}
			numbers = append(numbers, n)
		}
		slices.Sort(numbers)
		for i, n := range numbers {
			if n != i+1 {
				t.Fatalf("the numbers are %v", numbers)
			}
		}
	})
}

// operation is one call on the account of a patient: take money, give it back,
// make a deposit of credit, move it back to the account, or look.
type operation struct {
	kind   string
	amount int64
}

// outcome is what it answered.
type outcome struct {
	done              bool
	balance, deposits int64
}

// position is the account in the plainest model.
type position struct{ balance, deposits int64 }

// account says for each operation what it answers and what it leaves.
var account = porcupine.Model{
	Init: func() any { return position{} },
	Step: func(state, in, out any) (bool, any) {
		s, op, got := state.(position), in.(operation), out.(outcome)
		next, possible := s, true
		switch op.kind {
		case "look":
			return got.balance == s.balance && got.deposits == s.deposits, s
		case "pay":
			next.balance -= op.amount
		case "refund":
			possible = -s.balance >= op.amount
			next.balance += op.amount
		case "hold":
			possible = -s.balance >= op.amount
			next.balance, next.deposits = s.balance+op.amount, s.deposits+op.amount
		}
		if !got.done {
			return !possible, s
		}
		return possible && got.balance == next.balance && got.deposits == next.deposits, next
	},
	DescribeOperation: func(in, out any) string { return fmt.Sprintf("%v → %+v", in, out) },
}

// Whatever six desks do with one account at once could have been done one after
// the other, each seeing what came before.
func TestAnAccountIsLinearizable(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		r := race(t, database)
		for round := range 4 {
			// A patient of its own for each round.
			p := r.did("/patients", "patient "+strconv.Itoa(round), map[string]any{"first_name": "مریم", "last_name": "شماره " + strconv.Itoa(round)}).text("id")
			history := r.storm("/patients/"+p, round)
			switch porcupine.CheckOperationsTimeout(account, history, 20*time.Second) {
			case porcupine.Illegal:
				t.Fatalf("round %d cannot be put into an order: %v", round, history)
			case porcupine.Unknown:
				t.Fatalf("round %d took too long to judge", round)
			}
		}
	})
}

// The judge sees money that is given back twice.
func TestGivingTwiceIsNoticed(t *testing.T) {
	twice := []porcupine.Operation{
		{ClientId: 0, Input: operation{"pay", 10}, Call: 0, Output: outcome{done: true, balance: -10}, Return: 1},
		{ClientId: 0, Input: operation{"refund", 10}, Call: 2, Output: outcome{done: true, balance: 0}, Return: 4},
		{ClientId: 1, Input: operation{"refund", 10}, Call: 2, Output: outcome{done: true, balance: 0}, Return: 4},
	}
	if porcupine.CheckOperations(account, twice) {
		t.Error("two refunds of one payment pass")
	}
}

// storm lets six clients do ten things each to one account at the same time and
// keeps when each was asked and answered.
func (r raced) storm(path string, round int) (history []porcupine.Operation) {
	var mu sync.Mutex
	var all sync.WaitGroup
	begin := time.Now()
	for desk := range 6 {
		all.Go(func() {
			for i := range 10 {
				op := operation{[]string{"pay", "refund", "hold", "look", "refund"}[(desk+i)%5], int64(100 * (1 + (desk*7+i*3)%4))}
				call := time.Since(begin).Nanoseconds()
				out := r.operate(path, fmt.Sprintf("storm %d %d %d", round, desk, i), op)
				mu.Lock()
				history = append(history, porcupine.Operation{ClientId: desk, Input: op, Call: call, Output: out, Return: time.Since(begin).Nanoseconds()})
				mu.Unlock()
			}
		})
	}
	all.Wait()
	return history
}

// operate carries one operation out.
func (r raced) operate(path, key string, op operation) outcome {
	var a answer
	var err error
	switch op.kind {
	case "look":
		a, err = r.call(r.t.Context(), http.MethodGet, path+"/balance", "", nil)
		return outcome{done: err == nil, balance: a.number("balance"), deposits: a.number("deposits")}
	case "pay":
		a, err = r.call(r.t.Context(), http.MethodPost, path+"/receipts", key, map[string]any{"lines": []map[string]any{{"method": "cash", "amount": op.amount}}})
	case "refund":
		a, err = r.call(r.t.Context(), http.MethodPost, path+"/refunds", key, map[string]any{"amount": op.amount, "method": "cash", "reason": "x"})
	case "hold":
		a, err = r.call(r.t.Context(), http.MethodPost, path+"/credit-to-deposit", key, map[string]any{"amount": op.amount, "purpose": "x"})
	}
	if err != nil || a.status >= 500 {
		r.t.Errorf("%s answered %d %s %v", op.kind, a.status, a.raw, err)
	}
	return outcome{done: a.status < 300, balance: a.number("after", "balance"), deposits: a.number("after", "deposits")}
}
