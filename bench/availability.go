package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"daftar/internal/jalali"
)

// ofCalendar is how many patients have the appointments of B13: each of twelve
// providers has 417 to come, so that 5,004 are booked, and eight of ten of the
// one who is asked for lie in the four weeks.
const ofCalendar = 501

// measureAvailability runs B13: the free times of one provider in the next four
// weeks, as the API answers them. The clinic is made anew, so that its weeks to
// come are those of today.
func measureAvailability(ctx context.Context, o options, e engine) ([]result, error) {
	o.entries, o.now = 2, time.Now()
	if e.name == "sqlite" {
		old, err := filepath.Glob(filepath.Join(o.dir, fmt.Sprintf("seed%d-%d-%d.db*", o.seed, ofCalendar, o.entries)))
		if err != nil {
			return nil, err
		}
		for _, file := range old {
			if err := os.Remove(file); err != nil {
				return nil, err
			}
		}
	}
	s, err := openSite(ctx, o, e, ofCalendar)
	if err != nil {
		return nil, err
	}
	defer s.close()
	var booked, providers int
	if err := s.raw.QueryRowContext(ctx, `SELECT COUNT(*), COUNT(DISTINCT holder) FROM seat_taken WHERE clinic = 1`).Scan(&booked, &providers); err != nil {
		return nil, err
	}
	ids, services, err := s.wanted(ctx)
	if err != nil {
		return nil, err
	}
	from := jalali.DayOf(o.now, time.UTC).Add(1)
	var runs, floors []times
	for range o.runs {
		floor, err := repeat(o.reads, func(i int) error { return s.get(s.bare.URL + "/" + s.patient(i)) })
		if err != nil {
			return nil, err
		}
		ts, err := repeat(o.reads, func(i int) error {
			return s.ask(fmt.Sprintf("/availability?provider_id=%d&service_id=%d&from=%s&to=%s", ids[i%len(ids)], services[i%len(services)], from, from.Add(27)))
		})
		if err != nil {
			return nil, fmt.Errorf("B13: %w", err)
		}
		runs, floors = append(runs, ts), append(floors, floor)
	}
	ts, floor := median(runs), median(floors).at(0.5)
	return []result{{ID: "B13", Engine: e.name, N: len(ts), Value: ts.at(0.5), Unit: "ms", P50: ts.at(0.5), P95: ts.at(0.95), P99: ts.at(0.99),
		Floor: floor, Ratio: ts.at(0.5) / floor, Goal: fmt.Sprintf("4 weeks of 1 of %d, %d booked: p50 <= 10 ms", providers, booked),
		OK: ts.at(0.5) <= 10 && booked >= 5000}}, nil
}

// wanted are the providers and the services that are asked for.
func (s *site) wanted(ctx context.Context) (providers, services []int64, err error) {
	for table, into := range map[string]*[]int64{"provider": &providers, "service": &services} {
		rows, err := s.raw.QueryContext(ctx, `SELECT id FROM `+table+` WHERE clinic = 1 ORDER BY id`)
		if err != nil {
			return nil, nil, err
		}
		for rows.Next() {
			var id int64
			if err := rows.Scan(&id); err != nil {
				rows.Close()
				return nil, nil, err
			}
			*into = append(*into, id)
		}
		if err := rows.Err(); err != nil {
			return nil, nil, err
		}
	}
	return providers, services, nil
}
