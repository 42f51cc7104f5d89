package main

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"daftar/internal/clinic"
	"daftar/test/engine"
)

// call runs the program and returns its exit status and what it printed.
func call(args ...string) (status int, stdout, stderr string) {
	var out, err bytes.Buffer
	status = run(args, &out, &err)
	return status, out.String(), err.String()
}

func TestExitStatusSaysWhoErred(t *testing.T) {
	db := engine.SQLite(t)
	tests := map[string]struct {
		args   []string
		status int
		says   string
	}{
		"help":                          {[]string{"--help"}, 0, ""},
		"version":                       {[]string{"version"}, 0, ""},
		"no command":                    {[]string{}, exitUsage, "expected one of"},
		"an unknown flag":               {[]string{"serve", "--prot", "1"}, exitUsage, "unknown flag"},
		"a clock outside of tests":      {[]string{"setup", "--db", db, "--now", "2026-11-23T08:00:00Z"}, exitUsage, "--test-clock"},
		"a clock that is none":          {[]string{"setup", "--db", db, "--test-clock", "--now", "noon"}, exitUsage, "RFC 3339"},
		"a database that is none":       {[]string{"verify", "--db", "mysql://x"}, exitRefused, "database.name"},
		"books of a clinic that is not": {[]string{"export", "journal", "--db", db + "-none"}, exitRefused, "there is no database"},
		"a lifetime that is none":       {[]string{"token", "create", "--db", db, "--user", "x", "--expires", "-1h"}, exitUsage, "--expires"},
		"verify of nothing":             {[]string{"verify", "--db", db + "-none"}, exitRefused, "there is no database"},
		"half a sign-in service":        {[]string{"serve", "--db", db, "--oidc-issuer", "https://id.test"}, exitUsage, "--oidc-client-id"},
		"the other half of it":          {[]string{"demo", "--oidc-client-id", "daftar"}, exitUsage, "--oidc-issuer"},
		"a key without a certificate":   {[]string{"serve", "--db", db, "--tls-key", "k"}, exitUsage, "--tls-cert"},
		"set-up":                        {[]string{"setup", "--db", db, "--test-clock", "--now", "2026-11-23T08:00:00Z"}, 0, ""},
		"the steps of the tables":       {[]string{"migrate", "--db", db}, 0, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			status, _, stderr := call(tt.args...)
			if status != tt.status || !strings.Contains(stderr, tt.says) {
				t.Errorf("status %d, want %d; stderr %q, want %q in it", status, tt.status, stderr, tt.says)
			}
			if tt.status != 0 && strings.Count(stderr, "\n") != 1 {
				t.Errorf("errors are one line: %q", stderr)
			}
		})
	}
}

// Every route of pages and API says what it needs.
func TestRoutesAreListed(t *testing.T) {
	_, out, _ := call("routes", "--json")
	var routes []route
	if err := json.Unmarshal([]byte(out), &routes); err != nil {
		t.Fatal(err)
	}
	var raw []map[string]any
	if err := json.Unmarshal([]byte(out), &raw); err != nil {
		t.Fatal(err)
	}
	for _, r := range raw {
		if got := slices.Sorted(maps.Keys(r)); !slices.Equal(got, []string{"method", "money", "object", "path", "permission", "phi"}) {
			t.Fatalf("a route has %v", got)
		}
	}
	seen := map[string]bool{}
	for _, r := range routes {
		if r.Method == "" || r.Path == "" || r.Permission == "" {
			t.Errorf("incomplete: %+v", r)
		}
		if key := r.Method + " " + r.Path; seen[key] {
			t.Errorf("%s is listed twice", key)
		} else {
			seen[key] = true
		}
	}
	for _, want := range []string{"GET /patients/{patient}/statement/{tab}", "POST /api/v1/patients/{id}/receipts"} {
		if !seen[want] {
			t.Errorf("%s is not listed", want)
		}
	}
}

// Made-up data never comes beside a clinic that is there.
func TestGenerateNeedsAnEmptyDatabase(t *testing.T) {
	db := engine.SQLite(t)
	generate := []string{"generate", "--patients", "2", "--entries-per-patient", "2", "--db", db}
	if status, _, stderr := call(generate...); status != 0 {
		t.Fatal(stderr)
	}
	_, before, _ := call("verify", "--db", db)
	if status, _, stderr := call(generate...); status != exitRefused || !strings.Contains(stderr, "empty database") || strings.Count(stderr, "\n") != 1 {
		t.Errorf("a second time: %d %q", status, stderr)
	}
	if _, after, _ := call("verify", "--db", db); after != before {
		t.Errorf("before %q, after %q", before, after)
	}
}

// What a user can be is said where one is made.
func TestHelpNamesRolesAndPermissions(t *testing.T) {
	for _, command := range []string{"add", "rights"} {
		_, out, _ := call("user", command, "--help")
		said := strings.Fields(strings.NewReplacer(",", " ", ". ", " ", ".\n", " ").Replace(out))
		for _, r := range clinic.Roles {
			if !slices.Contains(said, string(r)) {
				t.Errorf("user %s --help has no role %s", command, r)
			}
		}
		for _, p := range clinic.Permissions {
			if !slices.Contains(said, string(p)) {
				t.Errorf("user %s --help has no permission %s", command, p)
			}
		}
	}
}

// The example of the open format fills a fresh database through the command,
// twice is once, and a clinic in dollars does not take rials.
func TestImportClinic(t *testing.T) {
	db, example := engine.SQLite(t), "../../testdata/import-example"
	if status, out, stderr := call("import", "clinic", example, "--db", db, "--dry-run"); status != 0 || !strings.Contains(out, "nothing was kept") {
		t.Fatalf("dry run: %d %s%s", status, out, stderr)
	}
	for _, want := range []string{"41 new", "0 new"} {
		if status, out, stderr := call("import", "clinic", example, "--db", db); status != 0 || !strings.Contains(out, want) {
			t.Fatalf("want %s: %d %s%s", want, status, out, stderr)
		}
	}
	if status, out, stderr := call("verify", "--db", db); status != 0 || !strings.HasPrefix(out, "ok: ") {
		t.Errorf("verify: %d %s%s", status, out, stderr)
	}
	dollars := engine.SQLite(t)
	if status, _, stderr := call("import", "synthea", "../../testdata/synthea", "--db", dollars); status != 0 {
		t.Fatal(stderr)
	}
	for _, args := range [][]string{nil, {"--clinic", "1"}} {
		args = append([]string{"import", "clinic", example, "--db", dollars}, args...)
		if status, _, stderr := call(args...); status != exitRefused || !strings.Contains(stderr, "import.currency") {
			t.Errorf("%v: %d %s", args, status, stderr)
		}
	}
}
