package scenario

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/gateway"
	"daftar/internal/jalali"
	"daftar/internal/money"
)

// Site is a fresh clinic installation that is being served.
type Site struct {
	URL   string // of the server, without a path
	Desk  *desk.Desk
	Close func() error
}

// Host is what a scenario cannot make itself: an installation that reads its
// time from now, things done at once, and an independent reader of the books.
type Host struct {
	Open     func(ctx context.Context, now func() time.Time) (Site, error)
	Parallel func(tasks []func()) // returns when all are done
	Ledger   func(ctx context.Context, journal string) (map[string]int64, error)
}

// world is one scenario under way.
type world struct {
	ctx  context.Context
	host Host
	site Site
	zone *time.Location

	clock   sync.Mutex
	instant time.Time

	mu         sync.Mutex // what commands of a meanwhile block change
	manager    clinic.Actor
	tokens     map[string]string
	opens      map[string]bool   // who opens a shift in the file
	ownShifts  map[string]string // the last shift of each actor
	onShifts   string            // the last answer to a command on a shift
	patients   map[string]person
	admissions map[string]admitted
	deposits   map[string]deposited
	visits     map[string]visited  // appointments
	providers  map[string]string   // ids
	several    map[string]bool     // ids of providers who see several at once
	waits      map[string]string   // ids of lines of the waitlist
	leads      map[string]string   // ids
	browsers   map[string]*browser // of the public
	bank       *gateway.Bank
	sent       map[string]request
	receipt    reply
	receipts   map[string][]string // ids by the patient's letter
	cheques    map[string]string   // ids by name and by Sayad id
	settled    []string            // paths of settlements, of insurers and of commission
	found      reply
	asked      map[string]account // where accounts stood when all places were asked
	keys       int

	section   clinic.SectionID
	services  map[string]clinic.ServiceID
	insurers  map[string]insurer
	referrers map[string]clinic.ReferrerID
	codes     map[string]string // of discounts: their ids
	clubCodes map[string]string // the codes that points were turned into
	campaigns map[string]string // ids
	club      bool              // the club is on
}

type person struct{ id, file string }

type admitted struct{ id, patient string }

type insurer struct {
	id   clinic.InsurerID
	code string
	kind clinic.InsurerKind
}

// request is what an actor sent last.
type request struct {
	path, key string
	body      any
	answer    reply
}

// reader is who looks at everything for the checks.
const reader = "reader"

func (w *world) now() time.Time {
	w.clock.Lock()
	defer w.clock.Unlock()
	return w.instant
}

// tick lets a second pass, so that what follows comes later.
func (w *world) tick() {
	w.clock.Lock()
	defer w.clock.Unlock()
	w.instant = w.instant.Add(time.Second)
}

// setClock moves the time forward; the first time opens the clinic.
func (w *world) setClock(day jalali.Day, after time.Duration) error {
	begin, _ := day.Bounds(w.zone)
	to := begin.Add(after)
	if to.Before(w.now()) {
		return fmt.Errorf("time does not go back")
	}
	w.clock.Lock()
	w.instant = to
	w.clock.Unlock()
	if w.site.Desk != nil {
		return nil
	}
	return w.open()
}

// open makes the clinic on a fresh installation.
func (w *world) open() (err error) {
	if w.site, err = w.host.Open(w.ctx, w.now); err != nil {
		return err
	}
	w.manager, err = w.site.Desk.CreateClinic(w.ctx, desk.NewClinic{Name: "Scenario", Currency: "IRR", Zone: "Asia/Tehran", StaffName: "Scenario"})
	if err != nil {
		return err
	}
	err = w.site.Desk.Batch(w.ctx, w.manager, false, func(b desk.Batch) (err error) {
		w.section, err = b.Section(w.ctx, clinic.Section{Code: "clinic", Name: "Clinic"})
		return err
	})
	if err != nil {
		return err
	}
	return w.addActor(reader, clinic.Manager, 0)
}

func (w *world) addActor(name string, role clinic.Role, granted clinic.Rights) error {
	username := "actor" + strconv.Itoa(len(w.tokens)+1)
	hired, err := w.site.Desk.AddStaff(w.ctx, w.manager, desk.AddStaff{Password: "only for this scenario, " + username,
		Staff: clinic.Staff{Name: name, Role: role, Username: username, Branch: w.manager.Branch, Granted: granted}})
	if err != nil {
		return err
	}
	if w.tokens[name], err = w.site.Desk.CreateToken(w.ctx, w.manager, username, 5*365*24*time.Hour); err != nil {
		return err
	}
	a := clinic.Actor{Clinic: w.manager.Clinic, Branch: w.manager.Branch, Staff: hired.ID, Name: name, Role: role, Granted: granted}
	if name == reader || w.opens[name] || !a.Can(clinic.ReceiveMoney) {
		return nil
	}
	// Who opens no shift in the file has one with an empty drawer.
	opened, err := w.site.Desk.OpenShift(w.ctx, a, desk.OpenShift{})
	w.ownShifts[name] = strconv.FormatInt(int64(opened.Shift.ID), 10)
	return err
}

func (w *world) addInsurer(name string, kind clinic.InsurerKind, share int) error {
	i := insurer{code: string(kind) + strconv.Itoa(len(w.insurers)+1), kind: kind}
	err := w.site.Desk.Batch(w.ctx, w.manager, false, func(b desk.Batch) (err error) {
		i.id, err = b.Insurer(w.ctx, clinic.Insurer{Code: i.code, Name: name, Kind: kind, Share: share})
		return err
	})
	w.insurers[name] = i
	return err
}

func (w *world) insurer(name string) (insurer, error) {
	i, ok := w.insurers[name]
	if !ok {
		return i, fmt.Errorf("there is no insurer %q", name)
	}
	return i, nil
}

func (w *world) addService(name string, s desk.NewService, tariffs []tariff) error {
	code := "s" + strconv.Itoa(len(w.services)+1)
	return w.site.Desk.Batch(w.ctx, w.manager, false, func(b desk.Batch) error {
		s.Section, s.Code, s.Name = w.section, code, name
		id, err := b.Service(w.ctx, s)
		if err != nil {
			return err
		}
		w.services[name] = id
		for _, t := range tariffs {
			i, err := w.insurer(t.insurer)
			if err != nil {
				return err
			}
			if err := b.Tariff(w.ctx, clinic.Tariff{Service: id, Insurer: i.id, Price: money.Amount(t.price)}); err != nil {
				return err
			}
		}
		return nil
	})
}

func (w *world) addPatient(letter, first, last string, insurers []string, sent sending) error {
	return w.site.Desk.Batch(w.ctx, w.manager, false, func(b desk.Batch) error {
		p, err := b.Patient(w.ctx, sent.of(w, clinic.Patient{FirstName: first, LastName: last}))
		if err != nil {
			return err
		}
		if err := sent.rate(w, b, p.ID); err != nil {
			return err
		}
		w.patients[letter] = person{strconv.FormatInt(int64(p.ID), 10), p.FileNumber.String()}
		for _, name := range insurers {
			i, err := w.insurer(name)
			if err != nil {
				return err
			}
			if _, err := b.Coverage(w.ctx, clinic.Coverage{Patient: p.ID, Insurer: i.id}); err != nil {
				return err
			}
		}
		return nil
	})
}

// path is the API path of a patient.
func (w *world) path(letter, below string) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return "/patients/" + w.patients[letter].id + below
}

// get asks in the name of an actor.
func (w *world) get(actor, path string) (reply, error) {
	return w.send(w.tokens[actor], http.MethodGet, path, "", nil)
}

// look asks in the name of the reader; a refusal is an error.
func (w *world) look(path string) (reply, error) {
	r, err := w.get(reader, path)
	if err == nil && r.status != http.StatusOK {
		err = fmt.Errorf("GET %s answered %d %s", path, r.status, r.raw)
	}
	return r, err
}

// command sends a command under a new key and remembers it.
func (w *world) command(actor, path string, body any) (reply, error) {
	w.mu.Lock()
	w.keys++
	key := "step-" + strconv.Itoa(w.keys)
	w.mu.Unlock()
	r, err := w.send(w.tokens[actor], http.MethodPost, path, key, body)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.sent[actor] = request{path, key, body, r}
	return r, err
}

// search asks for patients.
func (w *world) search(actor, text string) (reply, error) {
	r, err := w.get(actor, "/patients?q="+url.QueryEscape(text))
	w.found = r
	return r, err
}
