package site

import (
	"context"
	"crypto/rand"
	"strings"
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/serial"
	"daftar/internal/store"
	"daftar/internal/web"
)

// Latin is Open for a clinic whose data holds no Persian letter: one patient,
// Maryam, with a debt, a draft and a cancelled admission; a manager signs in.
func Latin(t testing.TB, database string, change ...func(*web.Options)) *Site {
	t.Helper()
	ctx := context.Background()
	db, err := store.Open(ctx, database)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	s := &Site{Log: &strings.Builder{}}
	s.Desk = desk.New(db, desk.Options{Now: s.Clock, NextID: serial.New(s.Clock, 1).Next, Random: rand.Reader})
	s.Manager, err = s.Desk.CreateClinic(ctx, desk.NewClinic{Name: "Mehregan Clinic", Currency: "IRR", Zone: "Asia/Tehran", StaffName: "Data entry",
		PlaceNames: desk.PlaceNames{Branch: "Vanak", CashDesk: "Cash desk", Terminal: "Terminal", Bank: "Bank", Card: "Card"}})
	if err != nil {
		t.Fatal(err)
	}
	s.Hire(t, clinic.Manager)
	if err := s.OpenClub(ctx, [3]clinic.ClubLevel{{Name: "Normal"}, {Name: "Silver", From: 1000}, {Name: "Gold", From: 5000}}); err != nil {
		t.Fatal(err)
	}
	if err := s.Desk.Batch(ctx, s.Manager, false, func(b desk.Batch) error { return s.latin(ctx, b) }); err != nil {
		t.Fatal(err)
	}
	s.serve(t, change...)
	return s
}

// latin gives Maryam a history.
func (s *Site) latin(ctx context.Context, b desk.Batch) error {
	section, err := b.Section(ctx, clinic.Section{Code: "skin", Name: "Skin"})
	if err != nil {
		return err
	}
	if s.doctor, err = b.Provider(ctx, clinic.Provider{Name: "Dr Rad"}); err != nil {
		return err
	}
	if s.visit, err = b.Service(ctx, desk.NewService{Section: section, Code: "visit", Name: "Visit", Price: 1_800_000}); err != nil {
		return err
	}
	insurer, err := b.Insurer(ctx, clinic.Insurer{Code: "tamin", Name: "Social security", Kind: clinic.BaseInsurance, Share: 7000})
	if err != nil {
		return err
	}
	p, err := b.Patient(ctx, clinic.Patient{FirstName: "Maryam", LastName: "Ahmadi", NationalCode: "0012345679", Mobile: "09123456789",
		Gender: "female", BirthYear: 1367, MarketerStatus: "active", Registered: ago(300)})
	if err != nil {
		return err
	}
	s.Maryam = p.ID
	if _, err := b.Coverage(ctx, clinic.Coverage{Patient: s.Maryam, Insurer: insurer}); err != nil {
		return err
	}
	for _, a := range []struct {
		days      int
		final     bool
		cancelled bool
	}{{40, true, false}, {20, true, true}, {2, false, false}} {
		order := desk.Admit{Patient: s.Maryam, Lines: []desk.OrderedLine{{Service: s.visit, Provider: s.doctor, Quantity: 1}}, Coverage: &desk.Insurers{}}
		priced, err := b.Order(ctx, order, ago(a.days))
		if err != nil {
			return err
		}
		made, err := b.Admission(ctx, priced, a.final)
		if err != nil {
			return err
		}
		if a.cancelled {
			if err := b.CancelAdmission(ctx, made.ID, "Patient did not come", ago(a.days-1)); err != nil {
				return err
			}
		}
	}
	receipt := clinic.Receipt{Patient: s.Maryam, At: ago(39), Lines: []clinic.MoneyLine{{Method: clinic.POS, Amount: 1_000_000}}}
	_, _, err = b.Receipt(ctx, receipt, nil)
	return err
}
