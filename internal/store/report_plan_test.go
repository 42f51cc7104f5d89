package store

import (
	"path/filepath"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/ledger"
)

// What is explained and reported of some days or one person is found by keys:
// no query reads a table that grows from end to end.
func TestReportsSearchByKeys(t *testing.T) {
	s, err := Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "plan.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	ctx := t.Context()
	account := ledger.Account{Kind: clinic.AccountReceivable, Owner: 1, Unit: ledger.IRR}
	accounts, files := []ledger.Account{account}, clinic.Files{1}
	err = s.Read(ctx, 1, func(tx *Tx) error {
		tx.accounts[account] = 1 // as if there were one
		tx.KindSums(ctx, accounts, Moment{})
		tx.InsurerKinds(ctx, files, Moment{})
		tx.InsurerDues(ctx, files, Moment{})
		tx.FundsHeld(ctx, files, Moment{})
		tx.DepositsHeld(ctx, files, Moment{})
		tx.ChequesHeld(ctx, files)
		tx.ShareChanges(ctx, []clinic.AdmissionID{1}, Moment{})
		tx.EntryTold(ctx, 1, Moment{})
		tx.DocumentTold(ctx, 1, Moment{}, 9)
		tx.UnitTold(ctx, 1, Moment{}, 9)
		tx.toldPostings(ctx, 1)
		tx.ReceiptTold(ctx, 1, Moment{})
		tx.FundUses(ctx, 1, 1, Moment{})
		for _, d := range []Days{{From: "2026-11-23", To: "2026-11-23"}, {From: "2026-11-01", To: "2026-11-23", Branch: 1}} {
			for by := range cashKeys {
				tx.CashSums(ctx, d, by)
				tx.CashRows(ctx, d, by, "1", 0, 9)
			}
			for by := range serviceKeys {
				tx.ServiceSums(ctx, d, by)
				tx.LateDiscounts(ctx, d, by)
			}
			tx.CashPosted(ctx, d)
			tx.Posted(ctx, d, clinic.AccountIncome)
			tx.SectionsPaid(ctx, d, Span{From: time.Unix(1, 0), Until: time.Unix(2, 0)})
			tx.DayPostings(ctx, d)
			tx.DayMoney(ctx, d)
			tx.Corrections(ctx, d)
			tx.ShiftsOfDays(ctx, d)
			tx.PlacesOfDays(ctx, d, Span{From: time.Unix(1, 0), Until: time.Unix(2, 0)})
		}
		tx.PersonSums(ctx, clinic.AccountReceivable, ledger.IRR, 0, Moment{})
		tx.OpenParts(ctx, files, Moment{})
		for _, r := range []PeopleRange{{Unit: ledger.IRR, Limit: 50}, {Unit: ledger.IRR, Credit: true, Limit: 50, Skip: 50}, {Unit: ledger.IRR, Branch: 1, Min: 5}} {
			tx.PeopleWithMoney(ctx, r)
			tx.MoneyOfPeople(ctx, r)
		}
		tx.OpenOf(ctx, []clinic.PatientID{1, 2})
		tx.AccountRows(ctx, clinic.AccountCash, 1, Moment{}, 0, 9)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	s.reading.prepareWanted(ctx)
	if len(s.reading.ready) < 40 {
		t.Fatalf("only %d statements were met", len(s.reading.ready))
	}
	for query := range s.reading.ready {
		for _, step := range planOf(t, s.reader, query) {
			if table, bad := scans(step); bad {
				t.Errorf("scans %s (%s):\n%s", table, step, query)
			}
		}
	}
}
