package main

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// find is one search as it is typed: the script asks for the list.
func (s *site) find(text string) error {
	r, err := http.NewRequest(http.MethodGet, s.http.URL+"/patients?q="+url.QueryEscape(text), nil)
	if err != nil {
		return err
	}
	r.Header.Set("Cookie", s.cookie)
	r.Header.Set("HX-Request", "true")
	return s.do(r, http.StatusOK)
}

// wanted is one patient who is searched for.
type wanted struct{ first, last, code, mobile string }

// letter is the text of one character.
func letter(r rune) string { return string(r) }

// text is what is typed to find the patient, one way after the other.
func (w wanted) text(i int) string {
	arabic := strings.NewReplacer(letter(0x6cc), letter(0x64a), letter(0x6a9), letter(0x643))
	switch i % 6 {
	case 0:
		return string([]rune(w.last)[:min(2, len([]rune(w.last)))])
	case 1:
		return w.first + " " + w.last
	case 2:
		return w.last + " " + w.first
	case 3:
		return arabic.Replace(w.last + " " + w.first)
	case 4:
		return w.mobile[len(w.mobile)-4:]
	}
	return w.code
}

// searched are patients spread over the clinic.
func (s *site) searched(ctx context.Context, n int) (all []wanted, err error) {
	for i := range n {
		var w wanted
		err := s.raw.QueryRowContext(ctx, `
			SELECT first_name, last_name, COALESCE(national_code, ''), mobile FROM patient
			WHERE clinic = 1 AND id = $1`, s.patient(i)).Scan(&w.first, &w.last, &w.code, &w.mobile)
		if err != nil {
			return nil, err
		}
		all = append(all, w)
	}
	return all, nil
}

// measureSearch runs B5: search as typed, over HTTP, with session and audit, on
// the patients of a large town.
func measureSearch(ctx context.Context, o options, e engine) ([]result, error) {
	o.entries = 2
	s, err := openSite(ctx, o, e, o.people)
	if err != nil {
		return nil, err
	}
	defer s.close()
	people, err := s.searched(ctx, o.reads)
	if err != nil {
		return nil, err
	}
	var commits, searches []times
	for range o.runs {
		commit, err := repeat(o.reads/4, func(int) error { return s.commit(ctx) })
		if err != nil {
			return nil, err
		}
		found, err := repeat(6*o.reads, func(i int) error { return s.find(people[i/6].text(i)) })
		if err != nil {
			return nil, fmt.Errorf("B5: %w", err)
		}
		commits, searches = append(commits, commit), append(searches, found)
	}
	ts, floor := median(searches), median(commits).at(0.5)
	return []result{{ID: "B5", Engine: e.name, N: len(ts), Value: ts.at(0.5), Unit: "ms", P50: ts.at(0.5), P95: ts.at(0.95), P99: ts.at(0.99),
		Floor: floor, Ratio: ts.at(0.5) / floor, Goal: "p50 <= 2 ms, p99 <= 15 ms", OK: ts.at(0.5) <= 2 && ts.at(0.99) <= 15}}, nil
}
