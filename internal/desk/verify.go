package desk

import (
	"context"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/store"
)

// VerifyOptions says what is verified. No clinics means all of them; Quick only
// sums the books.
type VerifyOptions struct {
	Clinics []clinic.ID
	Quick   bool
}

// VerifyReport counts what was proved.
type VerifyReport struct {
	Clinics, Proofs int
	store.Size
}

// Verify proves that the books of each clinic are right, on one snapshot:
// every entry balances, documents agree with their parts and with the books,
// money pays what it may, series have no gap, nothing is orphaned. Refused
// verify.wrong with the first row that is not right.
func (d *Desk) Verify(ctx context.Context, o VerifyOptions) (VerifyReport, error) {
	var r VerifyReport
	clinics := o.Clinics
	if len(clinics) == 0 {
		var err error
		if clinics, err = d.store.Clinics(ctx); err != nil {
			return r, err
		}
	}
	for _, id := range clinics {
		if err := d.verifyClinic(ctx, id, o.Quick, &r); err != nil {
			return r, err
		}
	}
	return r, nil
}

// verifyClinic proves one clinic's books and adds to the report.
func (d *Desk) verifyClinic(ctx context.Context, id clinic.ID, quick bool, r *VerifyReport) error {
	settings, err := d.settings(ctx, id)
	if err != nil {
		return err
	}
	return d.store.Read(ctx, id, func(tx *store.Tx) error {
		for _, p := range store.Proofs() {
			if quick && !p.Quick {
				continue
			}
			wrong, err := tx.FirstWrong(ctx, p, d.now().Add(-forgotten+time.Hour))
			if err != nil {
				return err
			}
			if wrong != "" {
				return refuted(id, p.Name, wrong)
			}
			r.Proofs++
		}
		if !quick {
			if err := verifyDays(ctx, tx, settings); err != nil {
				return err
			}
			r.Proofs++
		}
		size, err := tx.Size(ctx)
		if err != nil {
			return err
		}
		r.Clinics++
		r.Entries += size.Entries
		r.Postings += size.Postings
		r.Patients += size.Patients
		r.Admissions += size.Admissions
		r.Receipts += size.Receipts
		return nil
	})
}

// verifyDays proves that every record lies on the clinic's day of its instant.
func verifyDays(ctx context.Context, tx *store.Tx, c clinic.Clinic) error {
	days, err := tx.DayBounds(ctx)
	if err != nil {
		return err
	}
	for _, b := range days {
		if c.Day(b.First) != b.Day || c.Day(b.Last) != b.Day {
			return refuted(c.ID, "every day is that of its instant",
				b.Table+" of "+string(b.Day)+": it counts at "+instant(b.First)+" or "+instant(b.Last))
		}
	}
	return nil
}

// refuted is the fault of books that are wrong.
func refuted(id clinic.ID, proof, wrong string) error {
	return fault.New(fault.Refused, "verify.wrong", "clinic %d: %s (it must hold: %s)", id, wrong, proof)
}
