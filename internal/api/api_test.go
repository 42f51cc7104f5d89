package api_test

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"daftar/internal/api"
	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/serial"
	"daftar/internal/store"
	"daftar/test/drawer"
	"daftar/test/engine"
)

// clinicAPI is a served clinic with the tokens of a manager, a doctor and a
// receptionist who has opened no shift.
type clinicAPI struct {
	desk                   *desk.Desk
	founder                clinic.Actor
	handler                http.Handler
	manager, doctor, fresh string
	now                    *time.Time
}

func open(t *testing.T) clinicAPI {
	t.Helper()
	return openIn(t, engine.SQLite(t), "Asia/Tehran")
}

// openIn opens a clinic of a time zone in a database.
func openIn(t *testing.T, database, zone string) clinicAPI {
	t.Helper()
	s, err := store.Open(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	instant := time.Date(2026, 11, 23, 6, 30, 0, 0, time.UTC)
	now := func() time.Time { return instant }
	d := desk.New(s, desk.Options{Now: now, NextID: serial.New(now, 1).Next, Random: rand.Reader})
	actor, err := d.CreateClinic(t.Context(), desk.NewClinic{Name: "درمانگاه", Currency: "IRR", Zone: zone, StaffName: "سامانه"})
	if err != nil {
		t.Fatal(err)
	}
	token := func(username string, role clinic.Role) string {
		hired, err := d.AddStaff(t.Context(), actor, desk.AddStaff{Password: "a long enough secret",
			Staff: clinic.Staff{Name: username, Role: role, Username: username, Branch: actor.Branch}})
		if err != nil {
			t.Fatal(err)
		}
		if username != "fresh" {
			drawer.OpenFor(t, d, actor, hired)
		}
		token, err := d.CreateToken(t.Context(), actor, username, time.Hour)
		if err != nil {
			t.Fatal(err)
		}
		return token
	}
	return clinicAPI{d, actor, api.New(d, slog.New(slog.NewTextHandler(t.Output(), nil))), token("manager", clinic.Manager), token("doctor", clinic.Doctor),
		token("fresh", clinic.Receptionist), &instant}
}

// call makes a call; headers are pairs.
func (c clinicAPI) call(method, path, token, body string, headers ...string) (*http.Response, map[string]any) {
	r := httptest.NewRequest(method, "/api/v1"+path, strings.NewReader(body))
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	c.handler.ServeHTTP(w, r)
	var answer map[string]any
	text, _ := io.ReadAll(w.Result().Body)
	if json.NewDecoder(bytes.NewReader(text)).Decode(&answer) != nil {
		answer = nil
	}
	return w.Result(), answer
}

// A mistake is a problem with a stable code, whatever is wrong.
func TestProblems(t *testing.T) {
	c := open(t)
	response, patient := c.call("POST", "/patients", c.manager, `{"first_name":"زهرا","last_name":"کریمی"}`)
	if response.StatusCode != http.StatusCreated {
		t.Fatalf("registration answered %d %v", response.StatusCode, patient)
	}
	one := "/patients/" + patient["id"].(string)
	key := []string{"Idempotency-Key", "k"}
	tests := map[string]struct {
		method, path, token, body string
		headers                   []string
		status                    int
		code                      string
	}{
		"no token":             {"GET", "/patients", "", "", nil, 401, "token.none"},
		"a made-up token":      {"GET", "/patients", "daftar_1_abc", "", nil, 401, "token.none"},
		"no such call":         {"GET", "/nothing", c.manager, "", nil, 404, "route.none"},
		"another method":       {"DELETE", one, c.manager, "", nil, 405, "route.method"},
		"asked, not posted":    {"GET", one + "/receipts", c.manager, "", nil, 405, "route.method"},
		"posted, not asked":    {"POST", "/admissions", c.manager, `{}`, nil, 405, "route.method"},
		"no such patient":      {"GET", "/patients/17", c.manager, "", nil, 404, "patient.none"},
		"an id that is none":   {"GET", "/patients/x", c.manager, "", nil, 404, "patient.none"},
		"no right":             {"POST", "/patients", c.doctor, `{}`, nil, 403, "permission"},
		"no right to money":    {"GET", one + "/balance", c.doctor, "", nil, 403, "permission"},
		"no JSON":              {"POST", "/patients", c.manager, `{`, nil, 400, "request.syntax"},
		"two values":           {"POST", "/patients", c.manager, `{} {}`, nil, 400, "request.syntax"},
		"an unknown field":     {"POST", "/patients", c.manager, `{"shoe":1}`, nil, 400, "request.unknown"},
		"a wrong kind":         {"POST", "/patients", c.manager, `{"first_name":1}`, nil, 400, "request.syntax"},
		"too large":            {"POST", "/patients", c.manager, `{"notes":"` + strings.Repeat("x", 1<<20) + `"}`, nil, 413, "request.large"},
		"no first name":        {"POST", "/patients", c.manager, `{"last_name":"x"}`, nil, 400, "patient.name"},
		"no key":               {"POST", one + "/receipts", c.manager, `{"lines":[{"method":"cash","amount":1}]}`, nil, 400, "request.key"},
		"a fraction":           {"POST", one + "/receipts", c.manager, `{"lines":[{"method":"cash","amount":1.5}]}`, key, 400, "money.fraction"},
		"an exponent":          {"POST", one + "/receipts", c.manager, `{"lines":[{"method":"cash","amount":1e3}]}`, key, 400, "money.fraction"},
		"an amount as text":    {"POST", one + "/receipts", c.manager, `{"lines":[{"method":"cash","amount":"1"}]}`, key, 400, "money.syntax"},
		"no admission at all":  {"POST", one + "/admissions", c.manager, `{"lines":[]}`, key, 400, "admission.empty"},
		"a limit above 200":    {"GET", one + "/statement/summary?limit=201", c.manager, "", nil, 400, "page.limit"},
		"a limit of 0":         {"GET", "/patients?limit=0", c.manager, "", nil, 400, "page.limit"},
		"a statement of 0":     {"GET", one + "/statement/summary?limit=0", c.manager, "", nil, 400, "page.limit"},
		"debtors, 0 of them":   {"GET", "/reports/debtors?limit=0", c.manager, "", nil, 400, "page.limit"},
		"a limit below 0":      {"GET", "/patients?limit=-1", c.manager, "", nil, 400, "page.limit"},
		"a range backwards":    {"GET", one + "/statement/summary?from=1405/09/02&to=1405/09/01", c.manager, "", nil, 400, "view.range"},
		"a limit that is none": {"GET", "/patients?limit=x", c.manager, "", nil, 400, "request.invalid"},
		"a date that is none":  {"GET", one + "/balance?as_of=1404/12/30", c.manager, "", nil, 400, "date.range"},
		"no version":           {"PATCH", one, c.manager, `{"city":"تهران"}`, nil, 400, "request.version"},
		"an old version":       {"PATCH", one, c.manager, `{"city":"تهران"}`, []string{"If-Match", `"7"`}, 409, "patient.stale"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			response, problem := c.call(tt.method, tt.path, tt.token, tt.body, tt.headers...)
			if response.StatusCode != tt.status || problem["code"] != tt.code || problem["status"] != float64(tt.status) {
				t.Fatalf("answered %d %v, want %d %s", response.StatusCode, problem, tt.status, tt.code)
			}
			if got := response.Header.Get("Allow"); (got != "") != (tt.status == http.StatusMethodNotAllowed) {
				t.Errorf("allowed are %q", got)
			}
			if got := response.Header.Get("Content-Type"); got != "application/problem+json" {
				t.Errorf("content type = %q", got)
			}
			if got := response.Header.Get("Cache-Control"); got != "no-store" {
				t.Errorf("cache control = %q", got)
			}
		})
	}
}

// A path says which methods it has, to who may make calls.
func TestMethodsOfAPath(t *testing.T) {
	c := open(t)
	for path, allow := range map[string]string{"/patients": "GET, POST", "/patients/1": "GET, PATCH", "/patients/1/receipts": "POST", "/openapi.json": "GET"} {
		response, problem := c.call("PUT", path, c.manager, "")
		if response.StatusCode != http.StatusMethodNotAllowed || response.Header.Get("Allow") != allow {
			t.Errorf("%s answered %d %v, allowed are %q, want %q", path, response.StatusCode, problem, response.Header.Get("Allow"), allow)
		}
		if response, _ := c.call("PUT", path, "", ""); response.StatusCode != http.StatusUnauthorized {
			t.Errorf("%s without a token answered %d", path, response.StatusCode)
		}
	}
}

// An edit goes through with the version that was read and says the next one.
func TestEditPatient(t *testing.T) {
	c := open(t)
	response, p := c.call("POST", "/patients", c.manager, `{"first_name":"زهرا","last_name":"کریمی","birth_date":"1370/01/01"}`)
	if response.Header.Get("ETag") != `"1"` || p["birth_date"] != "1991-03-21" || p["birth_date_jalali"] != "1370/01/01" {
		t.Fatalf("registered %v with ETag %s", p, response.Header.Get("ETag"))
	}
	response, p = c.call("PATCH", "/patients/"+p["id"].(string), c.manager, `{"city":"تهران"}`, "If-Match", `"1"`)
	if response.Header.Get("ETag") != `"2"` || p["city"] != "تهران" || p["last_name"] != "کریمی" {
		t.Errorf("edited to %v with ETag %s", p, response.Header.Get("ETag"))
	}
}

// Every route is described, and asks for a right.
func TestRoutesAreDescribed(t *testing.T) {
	c := open(t)
	response, description := c.call("GET", "/openapi.json", "", "")
	if response.StatusCode != http.StatusOK || description["openapi"] != "3.1.0" {
		t.Fatalf("the description answered %d, version %v", response.StatusCode, description["openapi"])
	}
	paths := description["paths"].(map[string]any)
	for _, r := range api.Routes() {
		if strings.HasSuffix(r.Path, "/openapi.json") {
			continue
		}
		call, ok := paths[r.Path].(map[string]any)[strings.ToLower(r.Method)].(map[string]any)
		if !ok {
			t.Errorf("%s %s is not described", r.Method, r.Path)
			continue
		}
		if r.Permission == "" || r.Object == "" {
			t.Errorf("%s %s names no permission or object", r.Method, r.Path)
		}
		if r.Method != http.MethodGet && !strings.Contains(toJSON(t, call), `"application/json":{"schema":{"$ref"`) {
			t.Errorf("the body of %s %s is not described", r.Method, r.Path)
		}
		response, _ := c.call(r.Method, strings.Replace(strings.TrimPrefix(r.Path, "/api/v1"), "{id}", "1", 1), "", "")
		if response.StatusCode != http.StatusUnauthorized {
			t.Errorf("%s %s without a token answered %d", r.Method, r.Path, response.StatusCode)
		}
	}
}

func toJSON(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
