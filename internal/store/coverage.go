package store

import (
	"context"
	"fmt"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/money"
)

// AddCoverage adds a coverage of a patient. NotFound patient.none and
// insurer.none.
func (tx *Tx) AddCoverage(ctx context.Context, c clinic.Coverage) error {
	for _, needed := range []struct {
		table string
		id    int64
	}{{"patient", int64(c.Patient)}, {"insurer", int64(c.Insurer)}} {
		var id int64
		err := tx.row(ctx, `SELECT id FROM `+needed.table+` WHERE clinic = $1 AND id = $2`, tx.clinic, needed.id).Scan(&id)
		if err := some(err, needed.table+".none", needed.table, needed.id); err != nil {
			return err
		}
	}
	return tx.add(ctx, "coverage", `clinic, id, patient, insurer, insurance_number, guarantee_letter, ceiling,
		valid_from, coverage_end`, tx.clinic, c.ID, c.Patient, c.Insurer, c.InsuranceNumber, c.GuaranteeLetter,
		nullID(c.Ceiling), c.ValidFrom, c.End)
}

// SaveCoverage writes back a coverage of a patient. NotFound coverage.none.
func (tx *Tx) SaveCoverage(ctx context.Context, c clinic.Coverage) error {
	n, err := tx.change(ctx, `
		UPDATE coverage
		SET insurance_number = $4, guarantee_letter = $5, ceiling = $6, valid_from = $7, coverage_end = $8
		WHERE clinic = $1 AND id = $2 AND patient = $3`,
		tx.clinic, c.ID, c.Patient, c.InsuranceNumber, c.GuaranteeLetter, nullID(c.Ceiling), c.ValidFrom, c.End)
	if err != nil {
		return fmt.Errorf("save coverage %d: %w", c.ID, err)
	}
	if n == 0 {
		return fault.New(fault.NotFound, "coverage.none", "there is no coverage %d", c.ID)
	}
	return nil
}

// Coverages returns the coverages of a patient, the newest first.
func (tx *Tx) Coverages(ctx context.Context, p clinic.PatientID) ([]clinic.Coverage, error) {
	all, err := collect(ctx, tx, func(scan func(...any) error) (clinic.Coverage, error) {
		c := clinic.Coverage{Patient: p}
		var ceiling int64
		err := scan(&c.ID, &c.Insurer, &c.InsuranceNumber, &c.GuaranteeLetter, &ceiling, &c.ValidFrom, &c.End)
		c.Ceiling = money.Amount(ceiling)
		return c, err
	}, `
		SELECT id, insurer, insurance_number, guarantee_letter, COALESCE(ceiling, 0), valid_from, coverage_end
		FROM coverage
		WHERE clinic = $1 AND patient = $2
		ORDER BY id DESC`, tx.clinic, p)
	if err != nil {
		return nil, fmt.Errorf("coverages of %d: %w", p, err)
	}
	return all, nil
}

// InsurersOf names the insurers that cover each of the patients on the day,
// base insurance first, as one text; those without are not in it.
func (tx *Tx) InsurersOf(ctx context.Context, ids []clinic.PatientID, day jalali.Day) (map[clinic.PatientID]string, error) {
	names := map[clinic.PatientID]string{}
	if len(ids) == 0 {
		return names, nil
	}
	ids = padded(ids)
	args := arguments{tx.clinic, day}
	for _, id := range ids {
		args = append(args, id)
	}
	type cover struct {
		patient clinic.PatientID
		insurer string
	}
	all, err := collect(ctx, tx, func(scan func(...any) error) (c cover, err error) {
		return c, scan(&c.patient, &c.insurer)
	}, `
		SELECT c.patient, i.name
		FROM coverage c JOIN insurer i ON i.clinic = c.clinic AND i.id = c.insurer
		WHERE c.clinic = $1 AND c.patient IN (`+places(3, len(ids))+`)
			AND c.valid_from <= $2 AND (c.coverage_end = '' OR c.coverage_end >= $2)
		ORDER BY c.patient, i.kind, c.id`, args...)
	if err != nil {
		return nil, fmt.Errorf("insurers of patients: %w", err)
	}
	for _, c := range all {
		known := names[c.patient]
		if !strings.Contains("، "+known+"، ", "، "+c.insurer+"، ") {
			names[c.patient] = strings.TrimPrefix(known+"، "+c.insurer, "، ")
		}
	}
	return names, nil
}
