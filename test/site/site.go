// Package site opens a small clinic behind the whole site, so that tests use it
// as people do: through requests, or in a browser. Its day is fixed.
package site

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/money"
	"daftar/internal/serial"
	"daftar/internal/store"
	"daftar/internal/web"
	"daftar/internal/web/asset"
	"daftar/test/drawer"
)

// Password is that of everybody who signs in; the username is the role.
const Password = "cinnamon-kettle-27"

// Now is the time at the clinic: Tuesday 1405/09/03, 11:30 in Tehran.
var Now = time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)

// Site is a clinic with its pages.
type Site struct {
	Handler http.Handler
	Desk    *desk.Desk
	Manager clinic.Actor
	Log     *strings.Builder // what the site logged
	Maryam  clinic.PatientID // owes 4,800,000 of two admissions
	Zahra   clinic.PatientID // has a credit of 2,000,000
	Ali     clinic.PatientID // settled
	visit   clinic.ServiceID
	botox   clinic.ServiceID
	doctor  clinic.ProviderID
	passed  atomic.Int64 // since Now, in nanoseconds
}

// Pass lets time go by at the clinic.
func (s *Site) Pass(d time.Duration) { s.passed.Add(int64(d)) }

// Clock is the time at the clinic.
func (s *Site) Clock() time.Time { return Now.Add(time.Duration(s.passed.Load())) }

// Open makes the clinic in the empty database and closes it with the test.
// change may set options before the site is made.
func Open(t testing.TB, database string, change ...func(*web.Options)) *Site {
	t.Helper()
	ctx := context.Background()
	db, err := store.Open(ctx, database)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	s := &Site{Log: &strings.Builder{}}
	s.Desk = desk.New(db, desk.Options{Now: s.Clock, NextID: serial.New(s.Clock, 1).Next, Random: rand.Reader})
	s.Manager, err = s.Desk.CreateClinic(ctx, desk.NewClinic{Name: "درمانگاه مهرگان", Currency: "IRR", Zone: "Asia/Tehran", StaffName: "ورود داده",
		PlaceNames: desk.PlaceNames{Branch: "ونک", CashDesk: "صندوق", Terminal: "کارتخوان", Bank: "بانک", Card: "کارت"}})
	if err != nil {
		t.Fatal(err)
	}
	for role, name := range map[clinic.Role]string{clinic.Receptionist: "سارا کریمی", clinic.Doctor: "دکتر نیک‌پور", clinic.Manager: "مدیر"} {
		add := desk.AddStaff{Staff: clinic.Staff{Name: name, Role: role, Username: string(role)}, Password: Password}
		hired, err := s.Desk.AddStaff(ctx, s.Manager, add)
		if err != nil {
			t.Fatal(err)
		}
		drawer.OpenFor(t, s.Desk, s.Manager, hired)
	}
	drawer.Open(t, s.Desk, s.Manager)
	if err := s.Desk.Batch(ctx, s.Manager, false, func(b desk.Batch) error { return s.fill(ctx, b) }); err != nil {
		t.Fatal(err)
	}
	s.serve(t, change...)
	return s
}

// serve makes the pages of the clinic.
func (s *Site) serve(t testing.TB, change ...func(*web.Options)) {
	t.Helper()
	assets, err := asset.Load()
	if err != nil {
		t.Fatal(err)
	}
	var keys atomic.Int64
	o := web.Options{Desk: s.Desk, Assets: assets, Log: slog.New(slog.NewTextHandler(s.Log, nil)),
		RequestKey: func() string { return "form-" + strconv.FormatInt(keys.Add(1), 10) }}
	for _, c := range change {
		c(&o)
	}
	s.Handler = web.New(o)
}

// Hire adds somebody who signs in by the role.
func (s *Site) Hire(t testing.TB, role clinic.Role) {
	t.Helper()
	add := desk.AddStaff{Staff: clinic.Staff{Name: string(role), Role: role, Username: string(role)}, Password: Password}
	hired, err := s.Desk.AddStaff(context.Background(), s.Manager, add)
	if err != nil {
		t.Fatal(err)
	}
	drawer.OpenFor(t, s.Desk, s.Manager, hired)
}

// ago is some days before now.
func ago(days int) time.Time { return Now.AddDate(0, 0, -days) }

// fill registers forty patients, of whom three have a story.
func (s *Site) fill(ctx context.Context, b desk.Batch) error {
	insurer, err := s.catalogue(ctx, b)
	if err != nil {
		return err
	}
	people := []struct {
		into              *clinic.PatientID
		first, last, code string
	}{{&s.Maryam, "مریم", "احمدی", "0012345679"}, {&s.Ali, "علی‌رضا", "کاظمی", ""}, {&s.Zahra, "زهرا", "موسوی", ""}}
	for i, p := range people {
		made, err := b.Patient(ctx, clinic.Patient{FirstName: p.first, LastName: p.last, NationalCode: p.code,
			Mobile: fmt.Sprintf("0912345678%d", i), Gender: "female", BirthYear: 1367 + i, Registered: ago(300)})
		if err != nil {
			return err
		}
		*p.into = made.ID
	}
	for i := range 37 {
		_, err := b.Patient(ctx, clinic.Patient{FirstName: "نگار", LastName: fmt.Sprintf("سلطانی %d", 100+i),
			Mobile: fmt.Sprintf("0935000%04d", i), BirthYear: 1350 + i, Registered: ago(100)})
		if err != nil {
			return err
		}
	}
	if _, err := b.Coverage(ctx, clinic.Coverage{Patient: s.Maryam, Insurer: insurer}); err != nil {
		return err
	}
	return s.stories(ctx, b)
}

// catalogue adds a section with two services, a provider and an insurer.
func (s *Site) catalogue(ctx context.Context, b desk.Batch) (clinic.InsurerID, error) {
	section, err := b.Section(ctx, clinic.Section{Code: "skin", Name: "پوست"})
	if err != nil {
		return 0, err
	}
	if s.doctor, err = b.Provider(ctx, clinic.Provider{Name: "دکتر راد"}); err != nil {
		return 0, err
	}
	if s.visit, err = b.Service(ctx, desk.NewService{Section: section, Code: "visit", Name: "ویزیت", Price: 1_800_000}); err != nil {
		return 0, err
	}
	if s.botox, err = b.Service(ctx, desk.NewService{Section: section, Code: "botox", Name: "بوتاکس", Price: 4_000_000}); err != nil {
		return 0, err
	}
	return b.Insurer(ctx, clinic.Insurer{Code: "tamin", Name: "تأمین اجتماعی", Kind: clinic.BaseInsurance, Share: 7000})
}

// stories give Maryam a debt, Zahra a credit and Ali nothing.
func (s *Site) stories(ctx context.Context, b desk.Batch) error {
	for _, a := range []struct {
		patient clinic.PatientID
		service clinic.ServiceID
		days    int
		final   bool
	}{{s.Maryam, s.botox, 40, true}, {s.Maryam, s.visit, 20, true}, {s.Maryam, s.botox, 2, false}, {s.Maryam, s.botox, 9, true}, {s.Ali, s.visit, 5, true}} {
		order := desk.Admit{Patient: a.patient, Lines: []desk.OrderedLine{{Service: a.service, Provider: s.doctor, Quantity: 1}}, Coverage: &desk.Insurers{}}
		priced, err := b.Order(ctx, order, ago(a.days))
		if err != nil {
			return err
		}
		made, err := b.Admission(ctx, priced, a.final)
		if err != nil {
			return err
		}
		if a.days == 9 {
			if err := b.CancelAdmission(ctx, made.ID, "انصراف مراجعه‌کننده", ago(8)); err != nil {
				return err
			}
		}
	}
	for _, r := range []struct {
		patient clinic.PatientID
		method  clinic.Method
		amount  money.Amount
		days    int
	}{{s.Maryam, clinic.POS, 1_000_000, 39}, {s.Ali, clinic.Cash, 1_800_000, 5}, {s.Zahra, clinic.CardToCard, 2_000_000, 3}} {
		receipt := clinic.Receipt{Patient: r.patient, At: ago(r.days), Lines: []clinic.MoneyLine{{Method: r.method, Amount: r.amount}}}
		if _, _, err := b.Receipt(ctx, receipt, nil); err != nil {
			return err
		}
	}
	return nil
}
