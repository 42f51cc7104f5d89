package store

import (
	"fmt"
	"testing"

	"daftar/internal/clinic"
)

// Names of referrers that were there before there were referrers become one
// each, and nobody loses theirs.
func TestNamesBecomeReferrers(t *testing.T) {
	each(t, func(t *testing.T, database string) {
		ctx := t.Context()
		old, err := OpenAsIs(ctx, database)
		if err != nil {
			t.Fatal(err)
		}
		before, err := old.provider()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := before.UpTo(ctx, 9); err != nil {
			t.Fatal(err)
		}
		statements := []string{"INSERT INTO clinic (clinic, name, currency, zone, created) VALUES (1, 'x', 'IRR', 'Asia/Tehran', 0)",
			"INSERT INTO branch (clinic, id, code, name) VALUES (1, 2, 'main', 'x')"}
		for i, name := range []string{"دکتر شفیعی", "", "درمانگاه بهار", "دکتر شفیعی"} {
			statements = append(statements, fmt.Sprintf(`
				INSERT INTO patient (clinic, id, file_number, first_name, last_name, referrer, sort_key, branch, registered, registered_by)
				VALUES (1, %d, %d, 'a', 'b', '%s', CAST('x' AS %s), 2, 0, 3)`, 10+i, 10+i, name, map[bool]string{true: "BLOB", false: "BYTEA"}[old.Engine() == "sqlite"]))
		}
		for _, s := range statements {
			if _, err := old.writer.ExecContext(ctx, s); err != nil {
				t.Fatalf("%s: %v", s, err)
			}
		}
		if err := old.Close(); err != nil {
			t.Fatal(err)
		}
		s, err := Open(ctx, database)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		err = s.Read(ctx, 1, func(tx *Tx) error {
			all, err := tx.Referrers(ctx)
			if err != nil || len(all) != 2 {
				t.Errorf("referrers %+v, %v", all, err)
			}
			for id, want := range map[clinic.PatientID]clinic.ReferrerID{10: 10, 11: 0, 12: 12, 13: 10} {
				p, err := tx.Patient(ctx, id)
				if err != nil || p.ReferrerID != want || (p.Referrer == "") != (want == 0) {
					t.Errorf("patient %d is sent by %d %q, %v", id, p.ReferrerID, p.Referrer, err)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
