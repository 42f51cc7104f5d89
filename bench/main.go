// Command bench measures the program beside floors of the same run: the least
// that the same machine, driver and disk need for work of the same kind. Times
// move from machine to machine; the ratios are the result. It prints a table
// and writes bench/results.json.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"
)

// result is one measured figure beside its floor.
type result struct {
	ID     string  `json:"id"`
	Engine string  `json:"engine"`
	N      int     `json:"n"`
	Value  float64 `json:"value"`
	Unit   string  `json:"unit"`
	P50    float64 `json:"p50"`
	P95    float64 `json:"p95"`
	P99    float64 `json:"p99"`
	Floor  float64 `json:"floor"`
	Ratio  float64 `json:"ratio"`
	Goal   string  `json:"goal"`
	OK     bool    `json:"ok"`
}

// options are the sizes of the run. D0 is a tenth of the data that the goals
// are written for.
type options struct {
	patients, entries int
	people            int // of the town that is searched
	runs, reads       int
	seed              uint64
	dir               string
	only              string // ids between commas; "" is all
	now               time.Time
}

// asks reports whether one of the figures is wanted.
func (o options) asks(ids ...string) bool {
	return o.only == "" || slices.ContainsFunc(ids, func(id string) bool { return slices.Contains(strings.Split(o.only, ","), id) })
}

func main() {
	var o options
	flag.IntVar(&o.patients, "patients", 20_000, "patients of the clinic (D0)")
	flag.IntVar(&o.entries, "entries", 50, "entries in the books for each patient")
	flag.IntVar(&o.people, "people", 200_000, "patients of the town that is searched")
	flag.StringVar(&o.only, "only", "", "figures to measure, B5,B12; all when empty. The others stay in the file as they were")
	flag.IntVar(&o.runs, "runs", 5, "runs; the median is quoted")
	flag.IntVar(&o.reads, "reads", 400, "requests of each figure in a run")
	flag.Uint64Var(&o.seed, "seed", 1, "seed of the data")
	flag.StringVar(&o.dir, "dir", ".bench", "where the data is kept between runs")
	flag.Parse()
	o.now = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) // the same data in every run
	if err := run(context.Background(), o); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o options) error {
	var all []result
	for _, e := range engines(o) {
		for _, part := range []struct {
			ids     []string
			measure func(context.Context, options, engine) ([]result, error)
		}{{[]string{"B1", "B3", "B4", "B6"}, measure}, {[]string{"B7"}, measureReports}, {[]string{"B5"}, measureSearch}, {[]string{"B12"}, measurePaint}, {[]string{"B13"}, measureAvailability}} {
			if !o.asks(part.ids...) {
				continue
			}
			results, err := part.measure(ctx, o, e)
			if err != nil {
				return fmt.Errorf("%s: %w", e.name, err)
			}
			all = append(all, results...)
		}
	}
	fmt.Printf("\n%-5s %-9s %10s %10s %10s %10s %7s  %-32s %s\n", "id", "engine", "value", "p50", "p99", "floor", "ratio", "goal", "")
	for _, r := range all {
		verdict := "ok"
		if !r.OK {
			verdict = "MISSED"
		}
		fmt.Printf("%-5s %-9s %7.2f %s %10.3f %10.3f %10.3f %7.2f  %-32s %s\n", r.ID, r.Engine, r.Value, r.Unit, r.P50, r.P99, r.Floor, r.Ratio, r.Goal, verdict)
	}
	kept, err := kept(all)
	if err != nil {
		return err
	}
	text, err := json.MarshalIndent(kept, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile("bench/results.json", append(text, '\n'), 0o644)
}

// kept are the results of earlier runs that were not measured now, and all.
func kept(all []result) ([]result, error) {
	text, err := os.ReadFile("bench/results.json")
	if errors.Is(err, os.ErrNotExist) {
		return all, nil
	}
	if err != nil {
		return nil, err
	}
	var before []result
	if err := json.Unmarshal(text, &before); err != nil {
		return nil, err
	}
	before = slices.DeleteFunc(before, func(old result) bool {
		return slices.ContainsFunc(all, func(r result) bool { return r.ID == old.ID && r.Engine == old.Engine })
	})
	return append(before, all...), nil
}

// times are the durations of many calls of the same thing.
type times []time.Duration

// repeat calls do n times after a few to warm up.
func repeat(n int, do func(i int) error) (times, error) {
	var ts times
	for i := -min(20, n/4+1); i < n; i++ {
		start := time.Now()
		if err := do(max(i, 0)); err != nil {
			return nil, err
		}
		if i >= 0 {
			ts = append(ts, time.Since(start))
		}
	}
	slices.Sort(ts)
	return ts, nil
}

// at is the quantile in milliseconds.
func (ts times) at(q float64) float64 {
	return float64(ts[min(len(ts)-1, int(q*float64(len(ts))))].Microseconds()) / 1000
}

// median returns the run whose p50 is the median of all runs.
func median(runs []times) times {
	slices.SortFunc(runs, func(a, b times) int { return int(a.at(0.5)*1e6) - int(b.at(0.5)*1e6) })
	return runs[len(runs)/2]
}
