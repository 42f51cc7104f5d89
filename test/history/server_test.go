// Package history_test plays long random histories against the API and
// compares every answer with the simplest possible books.
package history_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"testing"
	"time"

	"daftar/internal/api"
	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/serial"
	"daftar/internal/store"
	"daftar/test/drawer"
)

// site is a served clinic with a manager's token and a clock that only goes
// when it is told to.
type site struct {
	t       *testing.T
	url     string
	token   string
	desk    *desk.Desk
	manager clinic.Actor

	mu  sync.Mutex
	now time.Time
}

func (s *site) time() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now
}

func (s *site) pass(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = s.now.Add(d)
}

// open serves the API on an empty database.
func open(t *testing.T, database string) *site {
	t.Helper()
	st, err := store.Open(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	return openOn(t, st)
}

// openOn serves a fresh clinic of a database that may have others.
func openOn(t *testing.T, st *store.Store) *site {
	t.Helper()
	s := &site{t: t, now: time.Date(2026, 11, 23, 6, 0, 0, 0, time.UTC)}
	s.desk = desk.New(st, desk.Options{Now: s.time, NextID: serial.New(s.time, 1).Next, Random: rand.Reader})
	server := httptest.NewServer(api.New(s.desk, slog.New(slog.NewTextHandler(t.Output(), nil))))
	t.Cleanup(server.Close)
	s.url = server.URL + "/api/v1"
	var err error
	s.manager, err = s.desk.CreateClinic(t.Context(), desk.NewClinic{Name: "درمانگاه", Currency: "IRR", Zone: "Asia/Tehran", StaffName: "سامانه"})
	if err != nil {
		t.Fatal(err)
	}
	c, err := s.desk.Clinic(t.Context(), s.manager.Clinic)
	if err != nil {
		t.Fatal(err)
	}
	c.Club = true
	if _, err := s.desk.SaveClinic(t.Context(), s.manager, desk.Save[clinic.Clinic]{Row: c}); err != nil {
		t.Fatal(err)
	}
	hired, err := s.desk.AddStaff(t.Context(), s.manager, desk.AddStaff{Password: "a long enough secret",
		Staff: clinic.Staff{Name: "مدیر", Role: clinic.Manager, Username: "manager" + strconv.FormatInt(int64(s.manager.Clinic), 10), Branch: s.manager.Branch}})
	if err != nil {
		t.Fatal(err)
	}
	drawer.OpenFor(t, s.desk, s.manager, hired)
	if s.token, err = s.desk.CreateToken(t.Context(), s.manager, hired.Username, 5*365*24*time.Hour); err != nil {
		t.Fatal(err)
	}
	return s
}

// answer is what the API said.
type answer struct {
	status int
	raw    string
	body   map[string]any
}

// call makes one call; a body that is a string is sent as it is.
func (s *site) call(ctx context.Context, method, path, key string, body any) (answer, error) {
	text, ok := body.(string)
	if !ok && body != nil {
		b, err := json.Marshal(body)
		if err != nil {
			return answer{}, err
		}
		text = string(b)
	}
	request, err := http.NewRequestWithContext(ctx, method, s.url+path, bytes.NewReader([]byte(text)))
	if err != nil {
		return answer{}, err
	}
	request.Header.Set("Authorization", "Bearer "+s.token)
	if key != "" {
		request.Header.Set("Idempotency-Key", key)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return answer{}, err
	}
	defer response.Body.Close()
	raw, err := io.ReadAll(response.Body)
	if err != nil {
		return answer{}, err
	}
	a := answer{status: response.StatusCode, raw: string(raw)}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	return a, d.Decode(&a.body)
}

// must makes a call that has to be answered at all.
func (s *site) must(method, path, key string, body any) answer {
	s.t.Helper()
	a, err := s.call(s.t.Context(), method, path, key, body)
	if err != nil {
		s.t.Fatalf("%s %s: %v", method, path, err)
	}
	return a
}

// get asks for something that has to be there.
func (s *site) get(path string) answer {
	s.t.Helper()
	a := s.must(http.MethodGet, path, "", nil)
	if a.status != http.StatusOK {
		s.t.Fatalf("GET %s answered %d %s", path, a.status, a.raw)
	}
	return a
}

// at walks into an answer.
func (a answer) at(path ...string) any {
	var v any = a.body
	for _, name := range path {
		m, _ := v.(map[string]any)
		v = m[name]
	}
	return v
}

func (a answer) text(path ...string) string { s, _ := a.at(path...).(string); return s }

func (a answer) number(path ...string) int64 {
	n, _ := a.at(path...).(json.Number)
	i, _ := n.Int64()
	return i
}

func (a answer) items() (rows []answer) {
	list, _ := a.at("items").([]any)
	for _, v := range list {
		m, _ := v.(map[string]any)
		rows = append(rows, answer{body: m})
	}
	return rows
}
