package store

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/jalali"
	"daftar/internal/ledger"
)

// Searches and pages of lists go through an index that has their order: none
// sorts or reads a table that grows from end to end before it shows a page.
func TestListQueriesWalkAnIndex(t *testing.T) {
	s, err := Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "plan.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	fill := func(tx *Tx) error {
		for _, q := range []string{
			`INSERT INTO clinic (clinic, name, currency, zone, created) VALUES (1, 'c', 'IRR', 'UTC', 0)`,
			`INSERT INTO branch (clinic, id, code, name) VALUES (1, 1, 'm', 'm')`,
			`INSERT INTO patient (clinic, id, file_number, first_name, last_name, sort_key, branch, registered, registered_by)
				VALUES (1, 1, 1, 'a', 'b', X'00', 1, 0, 1)`} {
			if err := tx.exec(t.Context(), q); err != nil {
				return err
			}
		}
		return nil
	}
	if err := s.Write(t.Context(), 1, fill); err != nil {
		t.Fatal(err)
	}
	ctx := t.Context()
	err = s.Read(ctx, 1, func(tx *Tx) error {
		for _, c := range []Conditions{{}, {Branch: 1}, {Balance: Debtor, Unit: ledger.IRR}, {Branch: 1, Unseen: time.Now(), Provider: 1, Insurer: 1},
			{Source: "x", Tag: "y", Born: []jalali.Day{"1990-01-01"}}} {
			for _, q := range []PatientQuery{{Words: []string{"ab"}}, {Words: []string{"ab", "cd"}}, {Words: []string{"1234"}, Exact: "1234"}} {
				q.Conditions = c
				tx.FindFiles(ctx, q)
				tx.matchWords(ctx, q, 0, 1, []string{"ab", "cd"}, &ranked{ranks: map[clinic.PatientID]int{}})
			}
			for _, sort := range PatientSorts {
				for _, q := range []PatientQuery{{}, {From: 1}, {From: 1, Backward: true}} {
					q.Conditions, q.Sort = c, sort
					tx.FindFiles(ctx, q)
				}
			}
		}
		key := &Key{time.Now(), 1}
		for _, q := range []AdmissionQuery{{}, {People: 1}, {From: time.Now(), Until: time.Now()}, {Status: clinic.Draft, Pay: Unpaid, Section: 1, Provider: 1, Branch: 1}} {
			for _, side := range []AdmissionQuery{{}, {Older: key}, {Newer: key}} {
				q.Older, q.Newer, q.Limit = side.Older, side.Newer, 51
				tx.ListAdmissions(ctx, q)
			}
		}
		tx.Persons(ctx, []clinic.PatientID{1})
		tx.SavedViews(ctx, 1, "patients")
		tx.Roots(ctx, []clinic.PatientID{1})
		tx.Aliases(ctx, []clinic.PatientID{1})
		tx.CountPatients(ctx, 0, 100)
		tx.CountPatients(ctx, 1, 100)
		tx.AcquisitionSources(ctx, 10)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	walksAnIndex(t, s)
}

// walksAnIndex judges every statement that was met.
func walksAnIndex(t *testing.T, s *Store) {
	t.Helper()
	s.reading.prepareWanted(t.Context())
	if len(s.reading.ready) < 15 {
		t.Fatalf("only %d statements were met", len(s.reading.ready))
	}
	for query := range s.reading.ready {
		cut := false // the page; its rows may be sorted again
		for _, step := range planOf(t, s.reader, query) {
			cut = cut || step == "SCAN page"
			// An index from its beginning is how a list is walked.
			walk := strings.Contains(step, "USING INDEX") || strings.Contains(step, "USING COVERING INDEX")
			// What is asked of one person may be sorted.
			sorts := !cut && strings.HasPrefix(step, "USE TEMP B-TREE FOR ORDER BY") && !strings.HasPrefix(strings.TrimSpace(query), "WITH RECURSIVE family")
			if _, bad := scans(step); bad && !walk || sorts {
				t.Errorf("%s:\n%s\n%s", step, query, strings.Join(planOf(t, s.reader, query), "\n"))
			}
		}
	}
}
