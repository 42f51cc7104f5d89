package store

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/farsi"
	"daftar/internal/fault"
)

// patientColumns are all columns of a patient in the order of patientFields,
// without what only the store needs.
const patientColumns = `id, file_number, first_name, last_name, father_name, COALESCE(national_code, ''),
	foreign_id_kind, foreign_id, mobile, second_mobile, landline, emergency_phone, birth_date, birth_year,
	wedding_date, gender, marital_status, job, education, province, city, address, postal_code,
	acquisition_source, COALESCE(introducer, 0), referrer, COALESCE(referrer_id, 0), marketer_status, tags, sms_service, sms_advertising,
	notes, branch, registered, registered_by, version, COALESCE(merged_into, 0)`

// scanPatient reads one row of patientColumns.
func scanPatient(scan func(...any) error) (clinic.Patient, error) {
	var p clinic.Patient
	var tags string
	var service, advertising, registered int64
	err := scan(&p.ID, &p.FileNumber, &p.FirstName, &p.LastName, &p.FatherName, &p.NationalCode,
		&p.ForeignIDKind, &p.ForeignID, &p.Mobile, &p.SecondMobile, &p.Landline, &p.EmergencyPhone, &p.BirthDate, &p.BirthYear,
		&p.WeddingDate, &p.Gender, &p.MaritalStatus, &p.Job, &p.Education, &p.Province, &p.City, &p.Address, &p.PostalCode,
		&p.AcquisitionSource, &p.Introducer, &p.Referrer, &p.ReferrerID, &p.MarketerStatus, &tags, &service, &advertising,
		&p.Notes, &p.Branch, &registered, &p.RegisteredBy, &p.Version, &p.MergedInto)
	if tags != "" {
		p.Tags = strings.Split(tags, "\n")
	}
	p.SMSService, p.SMSAdvertising = service == 1, advertising == 1
	p.Registered = moment(registered)
	return p, err
}

// formColumns are the columns that the form fills, in the order of formValues.
const formColumns = `file_number, first_name, last_name, father_name, national_code, foreign_id_kind, foreign_id,
	mobile, second_mobile, landline, emergency_phone, birth_date, birth_year, wedding_date, gender, marital_status,
	job, education, province, city, address, postal_code, acquisition_source, introducer, referrer, referrer_id,
	marketer_status, tags, sms_service, sms_advertising, notes, sort_key, branch`

func formValues(p clinic.Patient) []any {
	return []any{p.FileNumber, p.FirstName, p.LastName, p.FatherName, nullText(p.NationalCode), p.ForeignIDKind, p.ForeignID,
		p.Mobile, p.SecondMobile, p.Landline, p.EmergencyPhone, p.BirthDate, p.BirthYear, p.WeddingDate, p.Gender, p.MaritalStatus,
		p.Job, p.Education, p.Province, p.City, p.Address, p.PostalCode, p.AcquisitionSource, nullID(p.Introducer), p.Referrer,
		nullID(p.ReferrerID), p.MarketerStatus, strings.Join(p.Tags, "\n"), bit(p.SMSService), bit(p.SMSAdvertising), p.Notes, sortKey(p), p.Branch}
}

// bit stores a truth as 0 or 1.
func bit(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// sortKey is the patient's place in the index of names.
func sortKey(p clinic.Patient) []byte { return farsi.Collation(p.LastName + " " + p.FirstName) }

// AddPatient adds a patient and the words that find it. Conflict
// patient.file_number or patient.national_code_taken for one that is taken.
func (tx *Tx) AddPatient(ctx context.Context, p clinic.Patient) error {
	if err := tx.checkTaken(ctx, p); err != nil {
		return err
	}
	args := append([]any{tx.clinic, p.ID, micros(p.Registered), p.RegisteredBy}, formValues(p)...)
	err := tx.exec(ctx, insert("patient", "clinic, id, registered, registered_by, "+formColumns, 1), args...)
	if err != nil && tx.store.dialect.duplicate(err) {
		return takenCode() // the number comes from a series, so two at once share the code
	}
	if err != nil {
		return fmt.Errorf("add patient %d: %w", p.ID, err)
	}
	return tx.addWords(ctx, p)
}

// SavePatient writes back a patient read earlier and the words that find it.
// Conflict patient.stale if it was written in between, and as AddPatient.
func (tx *Tx) SavePatient(ctx context.Context, p clinic.Patient) error {
	if err := tx.checkTaken(ctx, p); err != nil {
		return err
	}
	columns := strings.Split(formColumns, ",")
	for i, c := range columns {
		columns[i] = fmt.Sprintf("%s = $%d", strings.TrimSpace(c), i+4)
	}
	args := append([]any{tx.clinic, p.ID, p.Version}, formValues(p)...)
	n, err := tx.change(ctx, `
		UPDATE patient
		SET version = version + 1, `+strings.Join(columns, ", ")+`
		WHERE clinic = $1 AND id = $2 AND version = $3`, args...)
	if err != nil && tx.store.dialect.duplicate(err) {
		return takenCode()
	}
	if err != nil {
		return fmt.Errorf("save patient %d: %w", p.ID, err)
	}
	if n == 0 {
		return fault.New(fault.Conflict, "patient.stale", "the file was changed by someone else")
	}
	if err := tx.exec(ctx, `DELETE FROM patient_word WHERE clinic = $1 AND patient = $2`, tx.clinic, p.ID); err != nil {
		return fmt.Errorf("words of patient %d: %w", p.ID, err)
	}
	return tx.addWords(ctx, p)
}

// checkTaken refuses the file number of another patient.
func (tx *Tx) checkTaken(ctx context.Context, p clinic.Patient) error {
	other, err := tx.PatientByFileNumber(ctx, p.FileNumber)
	if err == nil && other.ID != p.ID {
		return fault.New(fault.Conflict, "patient.file_number", "the file number %d is taken", p.FileNumber).
			At("file_number").With("file_number", p.FileNumber.String())
	}
	if err != nil && fault.Of(err) != fault.NotFound {
		return err
	}
	return nil
}

// takenCode says nothing of whose code it is; the desk does, to those who may
// know.
func takenCode() *fault.Error {
	return fault.New(fault.Conflict, "patient.national_code_taken", "the national code is taken").At("national_code")
}

// addWords writes the words of a patient. Part 0 begins a name or a number,
// part 1 is the inside of a name.
func (tx *Tx) addWords(ctx context.Context, p clinic.Patient) error {
	begins, inside := p.SearchWords()
	var args []any
	seen := map[string]bool{}
	n := 0
	for part, words := range [][]string{begins, inside} {
		for _, w := range words {
			if !seen[w] {
				seen[w] = true
				args = append(args, tx.clinic, part, w, p.ID)
				n++
			}
		}
	}
	if err := tx.exec(ctx, insert("patient_word", "clinic, part, word, patient", n), args...); err != nil {
		return fmt.Errorf("words of patient %d: %w", p.ID, err)
	}
	return nil
}

// Patient returns one patient. NotFound patient.none.
func (tx *Tx) Patient(ctx context.Context, id clinic.PatientID) (clinic.Patient, error) {
	return tx.onePatient(ctx, "id", id)
}

// PatientByFileNumber returns the patient with the number. NotFound
// patient.none.
func (tx *Tx) PatientByFileNumber(ctx context.Context, n clinic.FileNumber) (clinic.Patient, error) {
	return tx.onePatient(ctx, "file_number", n)
}

// PatientByNationalCode returns the patient with the code in its clean form.
// NotFound patient.none.
func (tx *Tx) PatientByNationalCode(ctx context.Context, code string) (clinic.Patient, error) {
	return tx.onePatient(ctx, "national_code", code)
}

func (tx *Tx) onePatient(ctx context.Context, column string, value any) (clinic.Patient, error) {
	p, err := scanPatient(tx.row(ctx, `
		SELECT `+patientColumns+` FROM patient
		WHERE clinic = $1 AND `+column+` = $2`, tx.clinic, value).Scan)
	if column == "national_code" {
		value = "with this national code" // patient data stays out of the log
	}
	return p, some(err, "patient.none", "patient", value)
}

// patientsByID returns the patients with the ids in the order of their names.
func (tx *Tx) patientsByID(ctx context.Context, ids []clinic.PatientID) ([]clinic.Patient, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	args := []any{tx.clinic}
	for _, id := range ids {
		args = append(args, id)
	}
	// Sorted here: asked to sort, SQLite walks the whole index of names.
	all, err := collect(ctx, tx, scanPatient, `
		SELECT `+patientColumns+` FROM patient
		WHERE clinic = $1 AND id IN (`+places(2, len(ids))+`)`, args...)
	if err != nil {
		return nil, fmt.Errorf("patients: %w", err)
	}
	keys := make(map[clinic.PatientID][]byte, len(all))
	for _, p := range all {
		keys[p.ID] = sortKey(p)
	}
	slices.SortFunc(all, func(a, b clinic.Patient) int {
		return cmp.Or(bytes.Compare(keys[a.ID], keys[b.ID]), cmp.Compare(a.ID, b.ID))
	})
	return all, nil
}
