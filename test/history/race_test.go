package history_test

import (
	"net/http"
	"sync"
	"testing"

	"daftar/test/engine"
)

// Fifty sends of one request are one receipt, and everybody gets its answer.
func TestOneKeyIsOneReceipt(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		s := open(t, database)
		m, err := furnish(t.Context(), s, 1)
		if err != nil {
			t.Fatal(err)
		}
		p := m.people[0]
		body := map[string]any{"lines": []map[string]any{{"method": "cash", "amount": 700}, {"method": "pos", "amount": 300}}}
		raws, statuses := atOnce(t, s, 50, func(int) (string, string, any) {
			return "/patients/" + p.id + "/receipts", "the same key", body
		})
		for i := range raws {
			if statuses[i] != http.StatusCreated || raws[i] != raws[0] {
				t.Fatalf("send %d answered %d %s, the first %d %s", i, statuses[i], raws[i], statuses[0], raws[0])
			}
		}
		b := s.get("/patients/" + p.id + "/balance")
		if b.number("balance") != -1000 || b.number("version") != 1 {
			t.Errorf("balance %d after %d movements, want -1000 after 1", b.number("balance"), b.number("version"))
		}
	})
}

// Of twenty receipts from the same screen exactly one is taken; the others are
// told that the balance moved.
func TestOneScreenIsOneReceipt(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		s := open(t, database)
		m, err := furnish(t.Context(), s, 1)
		if err != nil {
			t.Fatal(err)
		}
		p := m.people[0]
		_, statuses := atOnce(t, s, 20, func(i int) (string, string, any) {
			return "/patients/" + p.id + "/receipts", "key " + name(int64(i)),
				map[string]any{"lines": []map[string]any{{"method": "cash", "amount": 1000}}, "seen_version": 0}
		})
		taken := 0
		for i, status := range statuses {
			switch status {
			case http.StatusCreated:
				taken++
			case http.StatusConflict:
			default:
				t.Errorf("send %d answered %d", i, status)
			}
		}
		if b := s.get("/patients/" + p.id + "/balance").number("balance"); taken != 1 || b != -1000 {
			t.Errorf("%d receipts taken, balance %d; want 1 and -1000", taken, b)
		}
	})
}

// atOnce sends n commands at the same time.
func atOnce(t *testing.T, s *site, n int, command func(i int) (path, key string, body any)) (raws []string, statuses []int) {
	t.Helper()
	raws, statuses = make([]string, n), make([]int, n)
	failed := make([]error, n)
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() {
			path, key, body := command(i)
			a, err := s.call(t.Context(), http.MethodPost, path, key, body)
			raws[i], statuses[i], failed[i] = a.raw, a.status, err
		})
	}
	all.Wait()
	for _, err := range failed {
		if err != nil {
			t.Fatal(err)
		}
	}
	return raws, statuses
}
