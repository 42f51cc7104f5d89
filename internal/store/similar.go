package store

import (
	"context"
	"fmt"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/farsi"
)

// mostAlike bounds how many who share a mobile or a birthday are compared.
const mostAlike = 500

// SimilarPatients returns up to 20 patients who may be the same person as p:
// the same name, however it is spelled, and the same mobile or birth date. They
// may be aliases and of any branch.
func (tx *Tx) SimilarPatients(ctx context.Context, p clinic.Patient) ([]clinic.Patient, error) {
	var alike []clinic.Patient
	if p.Mobile != "" {
		found, err := tx.PatientsWithMobile(ctx, p.Mobile)
		if err != nil {
			return nil, err
		}
		alike = append(alike, found...)
	}
	if p.BirthDate != "" {
		found, err := collect(ctx, tx, scanPatient, `
			SELECT `+patientColumns+` FROM patient
			WHERE clinic = $1 AND birth_date = $2 AND birth_date <> ''
			ORDER BY id
			LIMIT $3`, tx.clinic, p.BirthDate, mostAlike)
		if err != nil {
			return nil, fmt.Errorf("patients of a birthday: %w", err)
		}
		alike = append(alike, found...)
	}
	name, seen := farsi.Key(p.Name()), map[clinic.PatientID]bool{p.ID: true}
	var similar []clinic.Patient
	for _, other := range alike {
		if !seen[other.ID] && farsi.Key(other.Name()) == name && len(similar) < 20 {
			similar = append(similar, other)
		}
		seen[other.ID] = true
	}
	return similar, nil
}

// PatientsWithMobile returns those who have the number as their first or
// second mobile.
func (tx *Tx) PatientsWithMobile(ctx context.Context, mobile string) ([]clinic.Patient, error) {
	found, err := collect(ctx, tx, scanPatient, `
		SELECT `+patientColumns+` FROM patient
		WHERE clinic = $1 AND id IN (
			SELECT patient FROM patient_word WHERE clinic = $1 AND part = 0 AND word = $2)
		ORDER BY id
		LIMIT $3`, tx.clinic, mobile, mostAlike)
	if err != nil {
		return nil, fmt.Errorf("patients of a mobile: %w", err)
	}
	return found, nil
}

// Marketers returns patients who may be named as introducer, by name.
func (tx *Tx) Marketers(ctx context.Context, limit int) ([]clinic.Patient, error) {
	found, err := collect(ctx, tx, scanPatient, `
		SELECT `+patientColumns+` FROM patient
		WHERE clinic = $1 AND marketer_status = 'active'
		ORDER BY sort_key
		LIMIT $2`, tx.clinic, limit)
	if err != nil {
		return nil, fmt.Errorf("marketers: %w", err)
	}
	return found, nil
}

// TagLists returns the tags of patients as they are kept together, one a line,
// each combination once.
func (tx *Tx) TagLists(ctx context.Context, limit int) ([]string, error) {
	found, err := collect(ctx, tx, func(scan func(...any) error) (tags string, err error) {
		return tags, scan(&tags)
	}, `
		SELECT DISTINCT tags FROM patient
		WHERE clinic = $1 AND tags <> ''
		ORDER BY tags
		LIMIT $2`, tx.clinic, limit)
	if err != nil {
		return nil, fmt.Errorf("tags: %w", err)
	}
	return found, nil
}

// PatientChange returns who wrote the file of a patient last, and when, as the
// audit has it. NotFound patient.none when nobody did.
func (tx *Tx) PatientChange(ctx context.Context, p clinic.PatientID) (by string, at time.Time, err error) {
	var us int64
	err = tx.row(ctx, `
		SELECT s.name, a.at
		FROM audit a JOIN staff s ON s.clinic = a.clinic AND s.id = a.staff
		WHERE a.clinic = $1 AND a.patient = $2 AND a.action IN ('patient.register', 'patient.edit')
		ORDER BY a.id DESC
		LIMIT 1`, tx.clinic, p).Scan(&by, &us)
	return by, moment(us), some(err, "patient.none", "change of patient", p)
}
