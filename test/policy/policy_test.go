// Package policy_test asks every route as every role, about a record of one's
// own branch, of another branch and one that does not exist, and compares the
// answers with the policy file, which a manager can read.
package policy_test

import (
	"encoding/csv"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"daftar/internal/api"
	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/web"
	"daftar/internal/web/asset"
)

// policyFile says for each route who may. Its columns: method, path, scope,
// then one for each role with "may" or "no". The scope says whose records the
// path names: "person" those of patients, which a branch keeps to itself;
// "writer" those that their writer and the manager see;
// "self" those that nobody but their writer sees; "clinic" those of the
// whole clinic; "" none.
var policyFile = filepath.Join("..", "..", "testdata", "policy.csv")

// line is one line of the policy file.
type line struct {
	method, path, scope string
	may                 map[clinic.Role]bool
}

func readPolicy(t *testing.T) []line {
	t.Helper()
	file, err := os.Open(policyFile)
	must(t, err)
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	must(t, err)
	var lines []line
	for i, row := range rows[1:] {
		l := line{row[0], row[1], row[2], map[clinic.Role]bool{}}
		for c, name := range rows[0][3:] {
			word := row[3+c]
			if word != "may" && word != "no" {
				t.Fatalf("%s line %d: %q is neither may nor no", policyFile, i+2, word)
			}
			l.may[clinic.Role(name)] = word == "may"
		}
		if len(l.may) != len(clinic.Roles) {
			t.Fatalf("%s has %d roles; there are %d", policyFile, len(l.may), len(clinic.Roles))
		}
		lines = append(lines, l)
	}
	return lines
}

// site lists every route of pages and API, "METHOD path".
func site() (all []string) {
	for _, r := range web.Routes() {
		all = append(all, r.Method+" "+r.Path)
	}
	for _, r := range api.Routes() {
		all = append(all, r.Method+" "+r.Path)
	}
	return all
}

func TestEveryRouteHasALine(t *testing.T) {
	var written []string
	for _, l := range readPolicy(t) {
		written = append(written, l.method+" "+l.path)
	}
	routes := site()
	for _, r := range routes {
		if !slices.Contains(written, r) {
			t.Errorf("%s has no line in testdata/policy.csv: say there who may", r)
		}
	}
	for _, r := range written {
		if !slices.Contains(routes, r) {
			t.Errorf("%s is in testdata/policy.csv and no longer a route", r)
		}
	}
}

// cases are the records that a path can name.
var cases = []string{"own", "other", "missing"}

func TestRoutesKeepThePolicy(t *testing.T) {
	w := openWorld(t)
	asked := 0
	for _, l := range readPolicy(t) {
		for _, role := range clinic.Roles {
			for _, which := range cases {
				if l.scope == "" && which != "own" {
					continue
				}
				asked++
				w.judge(l, role, which)
			}
		}
	}
	t.Logf("%d questions", asked)
}

// Whoever is not signed in gets no further than the sign-in.
func TestNobodyIsLetIn(t *testing.T) {
	w := openWorld(t)
	for _, l := range readPolicy(t) {
		if l.may[clinic.Stockkeeper] && !strings.HasPrefix(l.path, "/api/") && !strings.Contains(l.path, "ticket") && l.path != "/palette" && !strings.HasPrefix(l.path, "/me") && l.path != "/session/renew" ||
			strings.HasSuffix(l.path, "openapi.json") {
			continue // open to everybody
		}
		path, body := w.fillIn(l, clinic.Stockkeeper, "own")
		got := w.ask("", l.method, path, body)
		if got.status != http.StatusUnauthorized && got.status != http.StatusForbidden && !strings.Contains(got.text, "Location: /login") {
			t.Errorf("%s %s answered %d to nobody: %.200s", l.method, path, got.status, got.text)
		}
		if strings.Contains(got.text, "احمدی") {
			t.Errorf("%s %s shows a patient to nobody", l.method, path)
		}
	}
}

// What is refused is in the audit, with the person it was about.
func TestRefusalsAreAudited(t *testing.T) {
	w := openWorld(t)
	w.ask(clinic.CRM, "POST", "/api/v1/patients/"+strconv.FormatInt(int64(w.own.patient), 10)+"/receipts", `{"lines":[{"method":"cash","amount":1000}]}`)
	w.ask(clinic.Receptionist, "GET", "/patients/"+strconv.FormatInt(int64(w.other.patient), 10)+"/statement/summary", "")
	log, err := w.desk.AuditLog(t.Context(), w.manager, desk.AuditQuery{Group: "refused"})
	must(t, err)
	if len(log.Rows) != 2 {
		t.Fatalf("%d refusals are in the audit, want 2: %+v", len(log.Rows), log.Rows)
	}
}

// judge asks one route as one role about one record.
func (w *world) judge(l line, role clinic.Role, which string) {
	w.t.Helper()
	if endsSession(l.path) && l.may[role] {
		defer w.comeBack(role)
	}
	path, body := w.fillIn(l, role, which)
	got := w.ask(role, l.method, path, body)
	where := string(role) + " " + l.method + " " + path + " (" + which + ")"
	allBranches := role.Preset().Has(clinic.AllBranches)
	sees := which == "own" || which == "other" && (l.scope == "person" && allBranches || l.scope == "clinic" || l.scope == "writer" && role == clinic.Manager)
	switch {
	case !l.may[role]:
		if got.status != http.StatusForbidden {
			w.t.Errorf("%s answered %d, the policy says no: %.200s", where, got.status, got.text)
		}
	case sees && mayBeEmpty[l.method+" "+l.path] && got.status == http.StatusNotFound:
	case !sees && unread[l.method+" "+l.path] && got.status < 500:
	case sees:
		if got.status >= 500 || got.status == http.StatusForbidden || got.status == http.StatusNotFound || strings.Contains(got.text, "Location: /login") && !public(l.path) {
			w.t.Errorf("%s answered %d, the policy says may: %.300s", where, got.status, got.text)
		}
	case got.status != http.StatusNotFound:
		w.t.Errorf("%s answered %d, want 404: %.200s", where, got.status, got.text)
	}
	if allBranches {
		return
	}
	told := recordID.ReplaceAllString(got.text, "")
	for _, m := range marks {
		if strings.Contains(told, m) {
			w.t.Errorf("%s answered %d with %q, a trace of the other branch", where, got.status, m)
		}
	}
}

// recordID is the id of a record, which may hold the digits of a mark by chance.
var recordID = regexp.MustCompile(`\d{15,}`)

// mayBeEmpty are the routes whose record or service the clinic of the test has
// none of.
var mayBeEmpty = map[string]bool{
	"GET /patients/{patient}/photo": true, "GET /me/second-factor/qr.png": true, "GET /settings/audit/lines/{line}": true,
	"GET /tickets/{ticket}/files/{file}": true, "GET /login/oidc": true, "GET /login/oidc/callback": true,
}

// unread are the routes that answer before they look the record up: one leads
// on to the statement, the others miss what they were to work on. None may show
// a trace.
var unread = map[string]bool{"GET /patients/{patient}": true, "POST /patients/{patient}/photo": true, "POST /patients/{patient}/receipts/preview": true}

// endsSession are the routes after which somebody has to sign in again.
func endsSession(path string) bool {
	return path == "/logout" || strings.HasPrefix(path, "/me/sessions")
}

// public are the pages that lead to the sign-in by themselves.
func public(path string) bool { return path == "/logout" || path == "/" || path == "/login/code" }

// fillIn puts the records into a path and its body.
func (w *world) fillIn(l line, role clinic.Role, which string) (path, body string) {
	at := w.own
	w.asked = role
	if which == "other" {
		at = w.other
	}
	ids := map[string]int64{"{patient}": int64(at.patient), "{second}": int64(w.own.second), "{admission}": int64(at.admission), "{staff}": int64(at.staff),
		"{service}": int64(w.service), "{row}": int64(w.service), "{insurer}": int64(w.insurer), "{line}": 1, "{file}": 1}
	if strings.Contains(l.path, "/tickets/{") {
		writer := role
		if which == "other" {
			writer = clinic.Stockkeeper
			if role == writer {
				writer = clinic.Doctor
			}
		}
		ids["{ticket}"] = w.report(writer)
	}
	if strings.Contains(l.path, "/views/{") {
		writer := role
		if which == "other" || !l.may[role] {
			writer = clinic.Receptionist
			if role == writer {
				writer = clinic.Doctor
			}
		}
		ids["{view}"] = w.saveView(writer)
	}
	if strings.Contains(l.path, "/admissions/{") && l.method == http.MethodPost {
		there := w.manager
		ids["{admission}"] = int64(w.admit(there, at.patient))
	}
	if strings.HasSuffix(l.path, "/merge") && l.method == http.MethodPost && l.scope == "person" {
		ids["{patient}"], ids["{second}"] = int64(w.twin(at.patient)), int64(at.second)
	}
	for name, make := range records {
		if strings.Contains(l.path, name) || strings.Contains(l.path, "{id}") && apiObject(l.path) == name {
			ids[name] = make(w, at)
		}
	}
	ids["{id}"] = ids[apiObject(l.path)]
	if which == "missing" {
		for name := range ids {
			if strings.Contains(l.path, name) && name != "{line}" && name != "{file}" {
				ids[name] = 987
			}
		}
	}
	path, body = l.path, bodies[l.method+" "+l.path]
	if strings.HasPrefix(l.path, asset.Prefix) {
		path = w.sheet
	}
	words := map[string]string{"{tab}": "summary", "{kind}": "services", "{template}": "receipt", "{job}": "messages"}
	for name, id := range ids {
		words[name] = strconv.FormatInt(id, 10)
	}
	for name, text := range words {
		path, body = strings.ReplaceAll(path, name, text), strings.ReplaceAll(body, name, text)
	}
	return path, body
}

// records make what a path names beside people and admissions, of the person
// of the place, by the placeholder; a feature adds its own.
var records = map[string]func(w *world, at place) int64{}

// apiObjects are the records that {id} names in the folders of the API; a
// feature adds its own.
var apiObjects = map[string]string{"/api/v1/patients/": "{patient}", "/api/v1/admissions/": "{admission}", "/api/v1/tickets/": "{ticket}"}

// apiObject is what {id} names in a path of the API.
func apiObject(path string) string {
	for folder, name := range apiObjects {
		if strings.HasPrefix(path, folder) {
			return name
		}
	}
	return ""
}

// bodies are what is sent, so that a route gets as far as to its record; a
// feature adds its own.
var bodies = map[string]string{
	"POST /patients/{patient}/merge":                   "into={second}&reason=x&request={key}",
	"POST /patients/{patient}/receipts":                "request={key}&seen_version=0&amount-0=1000&method-0=cash",
	"POST /patients/{patient}/admissions":              "request={key}",
	"POST /admissions/{admission}/cancel":              "request={key}&reason=x",
	"POST /admissions/{admission}/lines/{line}/status": "request={key}&status=in_progress",
	"PATCH /api/v1/patients/{id}":                      `{"city":"تهران"}`,
	"POST /api/v1/patients":                            `{"first_name":"نو","last_name":"رسیده"}`,
	"POST /api/v1/patients/{id}/coverages":             `{"insurer_id":"{insurer}"}`,
	"POST /api/v1/patients/{id}/merge":                 `{"into":"{second}","dry_run":true}`,
	"POST /api/v1/patients/{id}/unmerge":               `{}`,
	"POST /api/v1/patients/{id}/admissions":            `{"lines":[{"service_id":"{service}","quantity":1}],"draft":true}`,
	"POST /api/v1/admissions/{id}/finalize":            `{}`,
	"POST /api/v1/admissions/{id}/cancel":              `{"reason":"x"}`,
	"POST /api/v1/admissions/{id}/discount":            `{"amount":1000,"reason":"x"}`,
	"POST /api/v1/admissions/{id}/lines/{line}/status": `{"status":"in_progress"}`,
	"POST /api/v1/patients/{id}/receipts":              `{"lines":[{"method":"cash","amount":1000}]}`,
	"POST /api/v1/shifts":                              `{"float":0,"dry_run":true}`,
	"POST /api/v1/tickets":                             `{"subject":"چاپگر","text":"کار نمی‌کند"}`,
	"POST /api/v1/tickets/{id}/replies":                `{"text":"هنوز"}`,
	"POST /settings/staff/{staff}/password":            "password=x",
}
