package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/web/view"
	"daftar/test/engine"
	"daftar/test/site"
)

func offers(p *person, query string, patient clinic.PatientID) answer {
	return p.get("/palette?q=" + url.QueryEscape(query) + "&patient=" + idOf(patient))
}

func TestThePaletteOffers(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	p := as(t, s, clinic.Receptionist)
	maryam := `href="` + path(s.Maryam, "/statement/summary") + `"`
	for name, query := range map[string]string{
		"two letters":           "اح",
		"an Arabic letter":      "مريم",
		"another keyboard":      "lvdl",
		"the end of the mobile": "۶۷۸۰",
		"the national code":     "٠٠١٢٣٤٥٦٧٩",
	} {
		t.Run(name, func(t *testing.T) {
			offers(p, query, 0).wants(t, http.StatusOK, maryam, `data-alt="`+path(s.Maryam, "/cashier?tab=summary")+`"`, "مریم احمدی", "…۶۷۸۰")
		})
	}
	cashier := `href="` + path(s.Maryam, "/cashier?tab=summary") + `"`
	offers(p, "", s.Maryam).wants(t, http.StatusOK, cashier, `data-does="logout"`, `href="/patients"`)
	for _, query := range []string{"دريافت", "cashier receive", "nvdhtj", "receive"} {
		if query == "cashier receive" {
			offers(p, query, s.Maryam).lacks(t, cashier)
			continue
		}
		offers(p, query, s.Maryam).wants(t, http.StatusOK, cashier)
	}
	offers(p, "", 0).lacks(t, "/cashier?")
	offers(p, "zzzz", 0).wants(t, http.StatusOK, "zzzz", `role="listbox"`)
	offers(p, "<script>", 0).lacks(t, "<script>")
	offers(p, strings.Repeat("ا", 3000), 0).wants(t, http.StatusOK)
}

// What a person may not do is not offered, and who may not read patients finds
// none.
func TestThePaletteKeepsToRights(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	nobody(t, s).get("/palette").wants(t, http.StatusSeeOther)
	p := as(t, s, clinic.Doctor)
	offers(p, "", s.Maryam).lacks(t, "/cashier", "/patients/new", "/admit", "/edit")
	got := offers(p, "احمدی", 0)
	got.wants(t, http.StatusOK, "مریم احمدی")
	got.lacks(t, "data-alt")
	_, err := s.Desk.AddStaff(t.Context(), s.Manager, desk.AddStaff{Password: site.Password,
		Staff: clinic.Staff{Name: "انباردار", Role: clinic.Stockkeeper, Username: string(clinic.Stockkeeper)}})
	if err != nil {
		t.Fatal(err)
	}
	offers(as(t, s, clinic.Stockkeeper), "احمدی", 0).lacks(t, "مریم", "patients")
}

// bound finds the keys that a part of a page binds.
var bound = regexp.MustCompile(`data-key="([A-Za-z0-9]*)"`)

// menuOf is the name menu of a page.
func menuOf(body string) string {
	_, rest, _ := strings.Cut(body, `<template id="name-menu">`)
	menu, _, _ := strings.Cut(rest, "</template>")
	return menu
}

// Every key that a page binds is in the list of keys under its place, and every
// key of the list is bound somewhere.
func TestKeysAreListed(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	p := as(t, s, clinic.Manager)
	seen := map[string]bool{}
	check := func(where, body string, places ...string) {
		for _, m := range bound.FindAllStringSubmatch(body, -1) {
			if m[1] != "" && !slices.Contains(view.Keys(places...), m[1]) {
				t.Errorf("%s binds %s, which the list of keys does not tell for %v", where, m[1], places)
			}
			seen[m[1]] = true
		}
	}
	for _, where := range []string{"/patients", "/admissions", "/settings/staff", "/patients/new", path(s.Maryam, "/edit")} {
		before, menu, _ := strings.Cut(p.get(where).body, `<template id="name-menu">`)
		menu, after, _ := strings.Cut(menu, "</template>")
		check(where, before+after, "everywhere", "list")
		check("the menu of "+where, menu, "menu")
	}
	for _, where := range []string{"/appointments", "/appointments?view=week", "/appointments?view=month"} {
		body := p.get(where).body
		check(where, strings.Replace(body, menuOf(body), "", 1), "everywhere", "list", "calendar")
	}
	// A deposit beside the debt has a key of its own.
	_, err := s.Desk.TakeDeposit(t.Context(), s.Manager, desk.TakeDeposit{Patient: s.Maryam, Lines: []clinic.MoneyLine{{Method: clinic.Cash, Amount: 1000}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, where := range []string{"/statement/summary", "/statement/deposits", "/statement/admissions", "/statement/transactions", "/cashier?tab=summary", "/admit"} {
		check(where, p.get(path(s.Maryam, where)).body, "everywhere", "window", "sheet")
	}
	for _, code := range view.Keys("everywhere", "list", "calendar", "menu", "window", "sheet", "palette") {
		if !seen[code] {
			t.Errorf("the list of keys tells %s, which no page binds", code)
		}
	}
}
