package policy_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"daftar/internal/api"
	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/serial"
	"daftar/internal/store"
	"daftar/internal/web"
	"daftar/internal/web/asset"
	"daftar/test/drawer"
	"daftar/test/engine"
)

const password = "cinnamon-kettle-27"

// marks name the person of the other branch and nobody else: an answer that
// holds one of them has told who is known there.
var marks = []string{"ناپیداییان", "7654321", "۷۶۵۴۳۲۱", "0084575948", "۰۰۸۴۵۷۵۹۴۸", "09121114477", "۰۹۱۲\u00a0۱۱۱\u00a0۴۴۷۷", "•4477", "•۴۴۷۷"}

// place is what lies at one branch: the records that paths name.
type place struct {
	patient, second clinic.PatientID
	admission       clinic.AdmissionID
	staff           clinic.StaffID // whom nobody signs in as
}

// world is a clinic with two branches, a person of each role at the first, and
// the same records at both.
type world struct {
	t       *testing.T
	desk    *desk.Desk
	handler http.Handler
	manager clinic.Actor
	own     place
	other   place
	service clinic.ServiceID
	insurer clinic.InsurerID
	sheet   string // the path of the style sheet
	cookies map[clinic.Role]*http.Cookie
	tokens  map[clinic.Role]string
	keys    int
	now     time.Time
	asked   clinic.Role // who asks now
	held    bool        // the manager has one
}

func openWorld(t *testing.T) *world {
	t.Helper()
	ctx := t.Context()
	db, err := store.Open(ctx, engine.SQLite(t))
	must(t, err)
	t.Cleanup(func() { db.Close() })
	w := &world{t: t, now: time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC), cookies: map[clinic.Role]*http.Cookie{}, tokens: map[clinic.Role]string{}}
	now := func() time.Time { return w.now }
	w.desk = desk.New(db, desk.Options{Now: now, NextID: serial.New(now, 1).Next, Random: rand.Reader})
	w.manager, err = w.desk.CreateClinic(ctx, desk.NewClinic{Name: "درمانگاه", Currency: "IRR", Zone: "Asia/Tehran", StaffName: "سامانه"})
	must(t, err)
	north, err := w.desk.SaveBranch(ctx, w.manager, desk.Save[clinic.Branch]{Row: clinic.Branch{Code: "north", Name: "شمال"}})
	must(t, err)
	_, err = w.desk.SavePlace(ctx, w.manager, desk.Save[desk.SavePlace]{Row: desk.SavePlace{Kind: clinic.AccountCash,
		Place: clinic.Place{Branch: north.ID, Code: "north", Name: "صندوق شمال"}}})
	must(t, err)
	assets, err := asset.Load()
	must(t, err)
	log := slog.New(slog.NewTextHandler(t.Output(), nil))
	w.sheet = assets.Path("app.css")
	w.handler = web.New(web.Options{Desk: w.desk, API: api.New(w.desk, log), Assets: assets, Log: log,
		RequestKey: func() string { return "never sent" }})
	for _, role := range clinic.Roles {
		w.hire(role, string(role), w.manager.Branch)
		w.comeBack(role)
	}
	w.openClub()
	w.own = w.fill(ctx, w.manager.Branch, "احمدی", "", "09120000000")
	w.other = w.fill(ctx, north.ID, "ناپیداییان", "0084575948", "09121114477")
	return w
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (w *world) hire(role clinic.Role, username string, branch clinic.BranchID) clinic.Staff {
	w.t.Helper()
	s, err := w.desk.AddStaff(w.t.Context(), w.manager, desk.AddStaff{Password: password,
		Staff: clinic.Staff{Name: "کارمند " + username, Role: role, Username: username, Branch: branch}})
	must(w.t, err)
	drawer.OpenFor(w.t, w.desk, w.manager, s)
	return s
}

// fill makes two people with an admission and a report at the branch.
func (w *world) fill(ctx context.Context, branch clinic.BranchID, last, code, mobile string) (p place) {
	w.t.Helper()
	there := w.manager
	there.Branch = branch
	err := w.desk.Batch(ctx, there, false, func(b desk.Batch) error {
		if w.service == 0 {
			section, err := b.Section(ctx, clinic.Section{Code: "skin", Name: "پوست"})
			if err != nil {
				return err
			}
			if w.insurer, err = b.Insurer(ctx, clinic.Insurer{Code: "tamin", Name: "تأمین", Kind: clinic.BaseInsurance, Share: 7000}); err != nil {
				return err
			}
			if w.service, err = b.Service(ctx, desk.NewService{Section: section, Code: "visit", Name: "ویزیت", Price: 1_800_000}); err != nil {
				return err
			}
		}
		number := clinic.FileNumber(0)
		if code != "" {
			number = 7654321
		}
		made, err := b.Patient(ctx, clinic.Patient{FirstName: "مریم", LastName: last, NationalCode: code, Mobile: mobile, FileNumber: number, SMSService: true, Registered: w.now})
		if err != nil {
			return err
		}
		p.patient = made.ID
		made, err = b.Patient(ctx, clinic.Patient{FirstName: "مریم", LastName: last + " دوم", Mobile: mobile, Registered: w.now})
		p.second = made.ID
		return err
	})
	must(w.t, err)
	p.admission = w.admit(there, p.patient)
	staff := w.hire(clinic.Doctor, "spare-"+strconv.FormatInt(int64(branch), 10), branch)
	p.staff = staff.ID
	return p
}

// admit makes an admission that can be finalized.
func (w *world) admit(as clinic.Actor, patient clinic.PatientID) clinic.AdmissionID {
	w.t.Helper()
	done, err := w.desk.Admit(w.t.Context(), as, desk.Admit{Patient: patient, Draft: true, Coverage: &desk.Insurers{},
		Lines: []desk.OrderedLine{{Service: w.service, Quantity: 1}}})
	must(w.t, err)
	return done.Admission.ID
}

// twin registers somebody who can be merged away, at the branch of another.
func (w *world) twin(of clinic.PatientID) clinic.PatientID {
	w.t.Helper()
	p, err := w.desk.Patient(w.t.Context(), w.manager, of)
	must(w.t, err)
	w.keys++
	made, err := w.desk.RegisterPatient(w.t.Context(), w.manager, desk.RegisterPatient{
		Patient: clinic.Patient{FirstName: fmt.Sprint("همزاد ", w.keys), LastName: p.LastName, Branch: p.Branch}})
	must(w.t, err)
	return made.ID
}

// report writes a report in the name of a role's person, or of somebody at the
// other branch.
func (w *world) report(role clinic.Role) int64 {
	w.t.Helper()
	actor, err := w.desk.TokenActor(w.t.Context(), w.tokens[role])
	if err != nil {
		w.t.Fatalf("%s: %v", role, err)
	}
	ticket, err := w.desk.WriteTicket(w.t.Context(), actor, desk.WriteTicket{Ticket: clinic.Ticket{Subject: "چاپگر", Text: "کار نمی‌کند"}})
	must(w.t, err)
	return int64(ticket.ID)
}

// comeBack gives a role's person a session and a token.
func (w *world) comeBack(role clinic.Role) {
	w.t.Helper()
	token, err := w.desk.CreateToken(w.t.Context(), w.manager, string(role), 24*time.Hour)
	must(w.t, err)
	w.tokens[role] = token
	w.signIn(role)
}

// saveView keeps a view in the name of a role's person.
func (w *world) saveView(role clinic.Role) int64 {
	w.t.Helper()
	actor, err := w.desk.TokenActor(w.t.Context(), w.tokens[role])
	must(w.t, err)
	w.keys++
	must(w.t, w.desk.SaveView(w.t.Context(), actor, clinic.SavedView{List: "patients", Name: fmt.Sprint("نما ", w.keys), Query: "filter=debtor"}))
	views, err := w.desk.SavedViews(w.t.Context(), actor, "patients")
	must(w.t, err)
	return int64(views[len(views)-1].ID)
}

func (w *world) signIn(role clinic.Role) {
	w.t.Helper()
	form := url.Values{"username": {string(role)}, "password": {password}}
	r := httptest.NewRequest("POST", "/login", strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w.keys++
	r.RemoteAddr = fmt.Sprintf("10.0.%d.%d:1", w.keys/250, w.keys%250) // nobody here is throttled for others' mistakes
	answer := httptest.NewRecorder()
	w.handler.ServeHTTP(answer, r)
	w.cookies[role] = nil
	for _, c := range answer.Result().Cookies() {
		if c.Name == "daftar" && c.Value != "" {
			w.cookies[role] = c
		}
	}
	if w.cookies[role] == nil {
		w.t.Fatalf("%s did not sign in: %d", role, answer.Code)
	}
}

// answer is what came back of one request: the status and everything readable.
type answer struct {
	status int
	text   string
}

// ask sends one request as the role; "" is nobody.
func (w *world) ask(role clinic.Role, method, path, body string) answer {
	w.t.Helper()
	w.keys++
	body = strings.ReplaceAll(body, "{key}", fmt.Sprintf("key-%d", w.keys))
	r := httptest.NewRequestWithContext(w.t.Context(), method, path, strings.NewReader(body))
	if strings.HasPrefix(path, "/api/") {
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Idempotency-Key", fmt.Sprintf("key-%d", w.keys))
		r.Header.Set("If-Match", `"1"`)
		r.Header.Set("Authorization", "Bearer "+w.tokens[role])
	} else {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		if c := w.cookies[role]; c != nil {
			r.AddCookie(c)
		}
	}
	if strings.HasSuffix(path, "/events") || strings.Contains(path, "/events?") {
		ended, cancel := context.WithTimeout(r.Context(), 20*time.Millisecond) // a stream has no end of its own
		defer cancel()
		r = r.WithContext(ended)
	}
	got := httptest.NewRecorder()
	w.handler.ServeHTTP(got, r)
	text := got.Body.String()
	for name, values := range got.Header() {
		text += "\n" + name + ": " + strings.Join(values, ", ")
	}
	return answer{got.Code, text}
}
