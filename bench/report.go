package main

import (
	"context"
	"fmt"
	"net/http"
)

// measureReports times what a desk asks of the whole clinic: the balance of one
// patient, who owes most, the money of a day, and the trial balance. The goals
// are for ten times the data of the usual run.
func measureReports(ctx context.Context, o options, e engine) ([]result, error) {
	s, err := openSite(ctx, o, e, o.patients)
	if err != nil {
		return nil, err
	}
	defer s.close()
	var all []result
	for _, f := range []struct {
		goal string
		most float64
		n    int
		path func(i int) string
	}{
		{"balance of one patient <= 1.5 ms", 1.5, o.reads, func(i int) string { return "/patients/" + s.patient(i) + "/balance" }},
		{"debtors, top 50 <= 30 ms", 30, o.reads / 10, func(int) string { return "/reports/debtors?limit=50" }},
		{"cash of the busiest day <= 30 ms", 30, o.reads / 10, func(int) string { return "/reports/cash?from=" + s.busy + "&to=" + s.busy }},
		{"trial balance <= 1500 ms", 1500, o.reads / 80, func(int) string { return "/reports/trial-balance" }},
	} {
		var runs []times
		for range o.runs {
			ts, err := repeat(f.n, func(i int) error { return s.ask(f.path(i)) })
			if err != nil {
				return nil, fmt.Errorf("%s: %w", f.goal, err)
			}
			runs = append(runs, ts)
		}
		ts := median(runs)
		all = append(all, result{ID: "B7", Engine: e.name, N: len(ts), Value: ts.at(0.5), Unit: "ms", P50: ts.at(0.5), P95: ts.at(0.95),
			P99: ts.at(0.99), Goal: f.goal, OK: ts.at(0.5) <= f.most})
	}
	return all, nil
}

// ask asks the API.
func (s *site) ask(path string) error { return s.askAt(s.http.URL+"/api/v1", path) }

// askAt asks what answers under the address.
func (s *site) askAt(address, path string) error {
	r, err := http.NewRequest(http.MethodGet, address+path, nil)
	if err != nil {
		return err
	}
	r.Header.Set("Authorization", "Bearer "+s.token)
	return s.do(r, http.StatusOK)
}
