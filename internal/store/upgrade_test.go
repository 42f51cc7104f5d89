package store

import (
	"strings"
	"testing"
	"time"

	"daftar/internal/clinic"
)

// old is a clinic as the program before "money" wrote it: two branches with
// receipts in one series, one paying two admissions, a cheque in hand and one
// that cleared, and what an insurer paid.
const old = `
INSERT INTO clinic (clinic, name, currency, zone, created) VALUES (1, 'c', 'IRR', 'Asia/Tehran', 1);
INSERT INTO branch (clinic, id, code, name) VALUES (1, 10, 'a', 'A'), (1, 11, 'b', 'B');
INSERT INTO staff (clinic, id, branch, name, role) VALUES (1, 20, 10, 's', 'manager');
INSERT INTO section (clinic, id, code, name) VALUES (1, 30, 's', 'S');
INSERT INTO service (clinic, id, section, code, name) VALUES (1, 31, 30, 'v', 'V');
INSERT INTO insurer (clinic, id, code, name, kind, share) VALUES (1, 32, 'i', 'I', 'base', 7000);
INSERT INTO patient (clinic, id, file_number, first_name, last_name, sort_key, branch, registered, registered_by)
	VALUES (1, 40, 1, 'f', 'l', {{none}}, 10, 1, 20);
INSERT INTO document_sequence (clinic, kind, year, last) VALUES (1, 'patient', 0, 1), (1, 'admission', 1405, 2), (1, 'receipt', 1405, 3);
INSERT INTO account (clinic, id, kind, owner, unit) VALUES (1, 1, 'receivable', 40, 'IRR'), (1, 2, 'income', 30, 'IRR'), (1, 3, 'cash', 50, 'IRR'),
	(1, 4, 'cheques', 0, 'IRR'), (1, 5, 'bank', 51, 'IRR'), (1, 6, 'insurer', 32, 'IRR');
INSERT INTO admission (clinic, id, patient, year, number, branch, day, at, status, base_insurer, gross, base_share, supplementary_share, discount, vat,
	patient_share, recorded, staff, finalized) VALUES
	(1, 60, 40, 1405, 1, 10, '2026-11-01', 100, 'finalized', 32, 1000, 300, 0, 0, 0, 700, 100, 20, 100),
	(1, 61, 40, 1405, 2, 11, '2026-11-01', 101, 'finalized', NULL, 500, 0, 0, 0, 0, 500, 101, 20, 101);
INSERT INTO admission_line (clinic, admission, line, service, section, title, quantity, unit_price, gross, base_share, supplementary_share, discount, vat,
	patient_share, status) VALUES (1, 60, 1, 31, 30, 'V', 1, 1000, 1000, 300, 0, 0, 0, 700, 'waiting'), (1, 61, 1, 31, 30, 'V', 1, 500, 500, 0, 0, 0, 0, 500, 'waiting');
INSERT INTO entry (clinic, id, kind, day, at, recorded, patient, document, staff, branch) VALUES
	(1, 80, 'admission', '2026-11-01', 100, 100, 40, 60, 20, 10), (1, 81, 'admission', '2026-11-01', 101, 101, 40, 61, 20, 11),
	(1, 82, 'receipt', '2026-11-01', 102, 102, 40, 70, 20, 10), (1, 83, 'receipt', '2026-11-01', 103, 103, 40, 71, 20, 11),
	(1, 84, 'receipt', '2026-11-01', 104, 104, 40, 72, 20, 10), (1, 85, 'cheque_clear', '2026-11-01', 105, 105, 40, 72, 20, 10),
	(1, 86, 'insurer_payment', '2026-11-01', 106, 106, 40, 60, 20, 10);
INSERT INTO posting (clinic, account, at, entry, recorded, amount) VALUES
	(1, 1, 100, 80, 100, 700), (1, 6, 100, 80, 100, 300), (1, 2, 100, 80, 100, -1000), (1, 1, 101, 81, 101, 500), (1, 2, 101, 81, 101, -500),
	(1, 3, 102, 82, 102, 600), (1, 4, 102, 82, 102, 200), (1, 1, 102, 82, 102, -800), (1, 3, 103, 83, 103, 150), (1, 1, 103, 83, 103, -150),
	(1, 4, 104, 84, 104, 50), (1, 1, 104, 84, 104, -50), (1, 5, 105, 85, 105, 50), (1, 4, 105, 85, 105, -50), (1, 5, 106, 86, 106, 300), (1, 6, 106, 86, 106, -300);
INSERT INTO receipt (clinic, id, patient, year, number, branch, amount, day, at, recorded, staff) VALUES
	(1, 70, 40, 1405, 1, 10, 800, '2026-11-01', 102, 102, 20), (1, 71, 40, 1405, 2, 11, 150, '2026-11-01', 103, 103, 20),
	(1, 72, 40, 1405, 3, 10, 50, '2026-11-01', 104, 104, 20);
INSERT INTO receipt_line (clinic, receipt, line, method, amount, place, tracking_number) VALUES (1, 70, 1, 'cash', 600, 50, ''),
	(1, 70, 2, 'cheque', 200, 0, ''), (1, 71, 1, 'cash', 150, 50, 'x'), (1, 72, 1, 'cheque', 50, 0, '');
INSERT INTO cheque (clinic, id, receipt, line, patient, amount, status, sayad_id) VALUES (1, 90, 70, 2, 40, 200, 'in_hand', '1'), (1, 91, 72, 1, 40, 50, 'cleared', '1');
INSERT INTO allocation (clinic, id, patient, receipt, admission, amount, reason, at, recorded, staff) VALUES
	(1, 95, 40, 70, 60, 700, 'oldest_first', 102, 102, 20), (1, 96, 40, 70, 61, 100, 'oldest_first', 102, 102, 20),
	(1, 97, 40, 71, 61, 150, 'chosen', 103, 103, 20), (1, 98, 40, 72, 61, 50, 'oldest_first', 104, 104, 20);
INSERT INTO insurer_payment (clinic, id, insurer, admission, patient, amount, method, place, at, recorded, staff)
	VALUES (1, 99, 32, 60, 40, 300, 'bank_transfer', 51, 106, 106, 20)`

// What an older program wrote is carried over to the last rial, proves itself,
// and the series of numbers go on.
func TestMoneyIsCarriedOver(t *testing.T) {
	each(t, func(t *testing.T, database string) {
		ctx := t.Context()
		s, err := OpenAsIs(ctx, database)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { s.Close() }()
		p, err := s.provider()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := p.UpTo(ctx, 16); err != nil {
			t.Fatal(err)
		}
		none := map[string]string{"sqlite": "x''", "postgres": "'\\x'"}[s.Engine()]
		for _, statement := range strings.Split(strings.ReplaceAll(old, "{{none}}", none), ";\n") {
			if _, err := s.writer.ExecContext(ctx, statement); err != nil {
				t.Fatalf("%v in %s", err, statement)
			}
		}
		if err := s.migrate(ctx); err != nil {
			t.Fatal(err)
		}
		var number, other int64
		err = s.Write(ctx, 1, func(tx *Tx) error {
			for _, proof := range Proofs() {
				if wrong, err := tx.FirstWrong(ctx, proof, time.Time{}); err != nil || wrong != "" {
					t.Errorf("%s: %s %v", proof.Name, wrong, err)
				}
			}
			r, err := tx.Receipt(ctx, 71)
			if err != nil || len(r.Lines) != 1 || r.Lines[0].TrackingNumber != "x" || r.Lines[0].Place != 50 {
				t.Errorf("%+v, %v", r, err)
			}
			funds, err := tx.Funds(ctx, clinic.Files{40})
			if err != nil || len(funds) != 0 {
				t.Errorf("%+v, %v; nothing is left of any receipt", funds, err)
			}
			f, err := tx.Fund(ctx, 40, 70)
			if err != nil || f.Pays != 800 || f.Uncollected != 200 {
				t.Errorf("%+v, %v", f, err)
			}
			if number, err = tx.BranchNumber(ctx, ReceiptNumbers, 11, 1405); err != nil {
				return err
			}
			other, err = tx.BranchNumber(ctx, ReceiptNumbers, 11, 1406)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if number != 4 || other != 1 {
			t.Errorf("the next numbers are %d and %d, want 4 and 1", number, other)
		}
	})
}
