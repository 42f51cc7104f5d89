package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// measure runs every figure on one engine. Floor and figure alternate within a
// run, so that a slow minute of the machine slows both.
func measure(ctx context.Context, o options, e engine) ([]result, error) {
	big, err := openSite(ctx, o, e, o.patients)
	if err != nil {
		return nil, err
	}
	defer big.close()
	small, err := openSite(ctx, o, e, o.patients/10)
	if err != nil {
		return nil, err
	}
	defer small.close()

	figures := map[string][]times{}
	take := func(id string, n int, do func(i int) error) error {
		ts, err := repeat(n, do)
		if err != nil {
			return fmt.Errorf("%s: %w", id, err)
		}
		figures[id] = append(figures[id], ts)
		return nil
	}
	for r := range o.runs {
		for _, f := range []struct {
			id string
			n  int
			do func(i int) error
		}{
			{"page", o.reads, func(i int) error { return big.get(big.bare.URL + "/" + big.patient(i)) }},
			{"B1", o.reads, func(i int) error { return big.get(big.statement(big.patient(i))) }},
			{"B1s", o.reads, func(i int) error { return small.get(small.statement(small.patient(i))) }},
			{"B3a", o.reads / 4, func(int) error { return big.get(big.statement(big.heavy)) }},
			{"B3b", o.reads / 4, func(int) error { return big.get(big.deep) }},
			{"commit", o.reads, func(int) error { return big.commit(ctx) }},
			{"B6", o.reads, func(i int) error {
				return big.pay(big.patient(i), fmt.Sprintf("bench-%d-%d-%d", o.seed, r, big.next()))
			}},
		} {
			if err := take(f.id, f.n, f.do); err != nil {
				return nil, err
			}
		}
	}
	return conclude(e.name, figures), nil
}

// conclude puts the figures beside their floors.
func conclude(engine string, figures map[string][]times) []result {
	mid := map[string]times{}
	for id, runs := range figures {
		mid[id] = median(runs)
	}
	page, b1, commit := mid["page"].at(0.5), mid["B1"].at(0.5), mid["commit"].at(0.5)
	row := func(id string, ts times, floor float64, goal string, ok func(ratio float64) bool) result {
		ratio := ts.at(0.5) / floor
		return result{ID: id, Engine: engine, N: len(ts), Value: ts.at(0.5), Unit: "ms", P50: ts.at(0.5), P95: ts.at(0.95),
			P99: ts.at(0.99), Floor: floor, Ratio: ratio, Goal: goal, OK: ok(ratio)}
	}
	under := func(limit float64) func(float64) bool { return func(r float64) bool { return r <= limit } }
	b6 := row("B6", mid["B6"], commit, "rate >= 0.4 x commit", func(r float64) bool { return r <= 1/0.4 })
	return []result{
		row("B1", mid["B1"], page, "<= 5 x page, p99 <= 8 ms", func(r float64) bool { return r <= 5 && mid["B1"].at(0.99) <= 8 }),
		row("B3", mid["B3a"], b1, "heavy patient <= 1.5 x B1", under(1.5)),
		row("B3", mid["B3b"], b1, "its page 100 <= 1.5 x B1", under(1.5)),
		row("B4", mid["B1"], mid["B1s"].at(0.5), "D0 <= 1.3 x D0/10", under(1.3)),
		b6,
	}
}

// get fetches a page whole.
func (s *site) get(url string) error {
	r, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	r.Header.Set("Cookie", s.cookie)
	return s.do(r, http.StatusOK)
}

// pay posts a receipt through the API.
func (s *site) pay(patient, key string) error {
	body := strings.NewReader(`{"lines":[{"method":"cash","amount":1000}]}`)
	r, err := http.NewRequest(http.MethodPost, s.http.URL+"/api/v1/patients/"+patient+"/receipts", body)
	if err != nil {
		return err
	}
	r.Header.Set("Authorization", "Bearer "+s.token)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Idempotency-Key", key)
	return s.do(r, http.StatusOK, http.StatusCreated)
}

func (s *site) do(r *http.Request, want ...int) error {
	answer, err := s.client.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return err
	}
	for _, w := range want {
		if answer.StatusCode == w {
			return nil
		}
	}
	return fmt.Errorf("%s %s: %s: %s", r.Method, r.URL.Path, answer.Status, bytes.TrimSpace(body[:min(len(body), 300)]))
}
