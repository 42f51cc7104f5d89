package main

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the floors run on the same drivers
	_ "modernc.org/sqlite"

	"daftar/internal/api"
	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/intake"
	"daftar/internal/serial"
	"daftar/internal/store"
	"daftar/internal/web"
	"daftar/internal/web/asset"
)

// engine names databases of a size.
type engine struct {
	name     string
	database func(ctx context.Context, patients, entries int) (string, error)
}

// engines are SQLite, and PostgreSQL when the run was given a server.
func engines(o options) []engine {
	all := []engine{{"sqlite", func(_ context.Context, patients, entries int) (string, error) {
		if err := os.MkdirAll(o.dir, 0o755); err != nil {
			return "", err
		}
		return "sqlite:" + filepath.Join(o.dir, fmt.Sprintf("seed%d-%d-%d.db", o.seed, patients, entries)), nil
	}}}
	if server := os.Getenv("DAFTAR_TEST_POSTGRES"); server != "" {
		all = append(all, engine{"postgres", func(ctx context.Context, patients, _ int) (string, error) {
			return database(ctx, server, fmt.Sprintf("bench_%d", patients))
		}})
	}
	return all
}

func database(ctx context.Context, server, name string) (string, error) {
	db, err := sql.Open("pgx", server)
	if err != nil {
		return "", err
	}
	defer db.Close()
	// Two figures may be measured on the same clinic.
	var there bool
	if err := db.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1)", name).Scan(&there); err != nil {
		return "", err
	}
	if !there {
		if _, err := db.ExecContext(ctx, "CREATE DATABASE "+name); err != nil {
			return "", err
		}
	}
	address, err := url.Parse(server)
	if err != nil {
		return "", err
	}
	address.Path = "/" + name
	return address.String(), nil
}

// site is a served clinic of a size, with a bare page on the same database.
type site struct {
	store    *store.Store
	desk     *desk.Desk
	raw      *sql.DB
	http     *httptest.Server
	bare     *httptest.Server
	client   *http.Client
	user     string // who signs in
	cookie   string
	token    string
	patients []string
	heavy    string // the patient with most rows
	busy     string // the day with most money
	deep     string // the address of page 100 of heavy
	count    int64
}

const benchPassword = "a long password for the bench"

func openSite(ctx context.Context, o options, e engine, patients int) (*site, error) {
	name, err := e.database(ctx, patients, o.entries)
	if err != nil {
		return nil, err
	}
	s := &site{client: &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	if s.store, err = store.Open(ctx, name); err != nil {
		return nil, err
	}
	d := desk.New(s.store, desk.Options{Now: time.Now, NextID: serial.New(time.Now, time.Now().UnixNano()).Next, Random: rand.Reader})
	s.desk = d
	if err := fill(ctx, d, o, patients); err != nil {
		return nil, err
	}
	if s.raw, err = sql.Open(driverOf(name)); err != nil {
		return nil, err
	}
	if err := s.choose(ctx); err != nil {
		return nil, err
	}
	if err := s.serve(ctx, d); err != nil {
		return nil, err
	}
	return s, s.findDeepPage()
}

func driverOf(name string) (driver, address string) {
	if path, ok := strings.CutPrefix(name, "sqlite:"); ok {
		return "sqlite", "file:" + path + "?_pragma=busy_timeout(10000)&_pragma=synchronous(FULL)&_txlock=immediate"
	}
	return "pgx", name
}

// fill generates the data unless an earlier run did.
func fill(ctx context.Context, d *desk.Desk, o options, patients int) error {
	ids, err := d.Clinics(ctx)
	if err != nil || len(ids) > 0 {
		return err
	}
	start := time.Now()
	_, err = intake.Generate(ctx, d, intake.GenerateOptions{Patients: patients, EntriesPerPatient: o.entries, Clinics: 1,
		Seed: o.seed, Now: o.now})
	fmt.Printf("generated %d patients in %v\n", patients, time.Since(start).Round(time.Second))
	return err
}

// choose picks the patients that are looked at, spread over the clinic.
func (s *site) choose(ctx context.Context) error {
	rows, err := s.raw.QueryContext(ctx, `SELECT id FROM patient WHERE clinic = 1 ORDER BY id`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return err
		}
		s.patients = append(s.patients, fmt.Sprint(id))
	}
	if err := rows.Err(); err != nil {
		return err
	}
	if _, err := s.raw.ExecContext(ctx, `CREATE TABLE IF NOT EXISTS bench_posting (entry BIGINT, line BIGINT, amount BIGINT, PRIMARY KEY (entry, line))`); err != nil {
		return err
	}
	if err := s.raw.QueryRowContext(ctx, `
		SELECT day FROM money_line WHERE clinic = 1 GROUP BY day ORDER BY COUNT(*) DESC LIMIT 1`).Scan(&s.busy); err != nil {
		return err
	}
	return s.raw.QueryRowContext(ctx, `
		SELECT patient FROM entry WHERE clinic = 1 AND patient IS NOT NULL
		GROUP BY patient ORDER BY COUNT(*) DESC LIMIT 1`).Scan(&s.heavy)
}

// patient is the i-th patient to look at; a stride that shares no factor with
// the count visits them as if at random, the same ones in every run.
func (s *site) patient(i int) string { return s.patients[(i*7919+13)%len(s.patients)] }

func (s *site) statement(patient string) string {
	return s.http.URL + "/patients/" + patient + "/statement/summary"
}

// next counts, for keys that were never used.
func (s *site) next() int64 { s.count++; return time.Now().UnixNano() + s.count }

// serve starts the site and the bare page, signs in and makes a token.
func (s *site) serve(ctx context.Context, d *desk.Desk) error {
	assets, err := asset.Load()
	if err != nil {
		return err
	}
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	s.http = httptest.NewServer(web.New(web.Options{Desk: d, API: api.New(d, log), Assets: assets, Log: log, RequestKey: rand.Text, Version: "bench"}))
	s.bare = httptest.NewServer(http.HandlerFunc(s.barePage))
	actor, err := d.Operator(ctx, 1)
	if err != nil {
		return err
	}
	user := fmt.Sprintf("bench%d", time.Now().UnixNano())
	s.user = user
	hired, err := d.AddStaff(ctx, actor, desk.AddStaff{Password: benchPassword,
		Staff: clinic.Staff{Name: "bench", Role: clinic.Manager, Username: user, Branch: actor.Branch}})
	if err != nil {
		return err
	}
	cashier := clinic.Actor{Clinic: actor.Clinic, Branch: actor.Branch, Staff: hired.ID, Name: hired.Name, Role: hired.Role}
	if _, err := d.OpenShift(ctx, cashier, desk.OpenShift{}); err != nil {
		return err
	}
	if s.token, err = d.CreateToken(ctx, actor, user, time.Hour); err != nil {
		return err
	}
	answer, err := s.client.PostForm(s.http.URL+"/login", url.Values{"username": {user}, "password": {benchPassword}})
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	for _, c := range answer.Cookies() {
		s.cookie = c.Name + "=" + c.Value
	}
	if s.cookie == "" {
		return errors.New("sign-in gave no cookie: " + answer.Status)
	}
	return nil
}

// barePage is the floor of a page: one indexed query of the newest 50 rows of
// the patient through the same driver, as an HTML table.
func (s *site) barePage(w http.ResponseWriter, r *http.Request) {
	rows, err := s.raw.QueryContext(r.Context(), `
		SELECT id, kind, day, at FROM entry
		WHERE clinic = 1 AND patient = $1 ORDER BY at DESC, id DESC LIMIT 50`, strings.TrimPrefix(r.URL.Path, "/"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	defer rows.Close()
	var b strings.Builder
	b.WriteString("<!doctype html><table>")
	for rows.Next() {
		var id, at int64
		var kind, day string
		if err := rows.Scan(&id, &kind, &day, &at); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		fmt.Fprintf(&b, "<tr><td>%d<td>%s<td>%s<td>%d", id, html.EscapeString(kind), day, at)
	}
	io.WriteString(w, b.String()+"</table>")
}

// commit is the floor of a receipt: one transaction with a balanced two-line
// entry, synced to disk.
func (s *site) commit(ctx context.Context) error {
	tx, err := s.raw.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	id := s.next()
	for line, amount := range []int64{1000, -1000} {
		if _, err := tx.ExecContext(ctx, `INSERT INTO bench_posting (entry, line, amount) VALUES ($1, $2, $3)`, id, line, amount); err != nil {
			return err
		}
	}
	return tx.Commit()
}

var olderLink = regexp.MustCompile(`href="([^"]*cursor=o\.[^"]*)"`)

// findDeepPage follows the "older" links of the heavy patient for 99 pages.
func (s *site) findDeepPage() error {
	address := s.statement(s.heavy)
	for range 99 {
		r, err := http.NewRequest(http.MethodGet, address, nil)
		if err != nil {
			return err
		}
		r.Header.Set("Cookie", s.cookie)
		answer, err := s.client.Do(r)
		if err != nil {
			return err
		}
		body, err := io.ReadAll(answer.Body)
		answer.Body.Close()
		if err != nil {
			return err
		}
		found := olderLink.FindSubmatch(body)
		if found == nil {
			break
		}
		address = s.http.URL + html.UnescapeString(string(found[1]))
	}
	s.deep = address
	return nil
}

func (s *site) close() {
	s.http.Close()
	s.bare.Close()
	s.raw.Close()
	s.store.Close()
}
