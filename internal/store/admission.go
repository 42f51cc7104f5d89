package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
)

const admissionFields = `a.id, a.patient, a.year, a.number, a.branch, a.day, a.at, a.status,
	COALESCE(a.base_insurer, 0), COALESCE(a.supplementary_insurer, 0), a.gross, a.base_share,
	a.supplementary_share, a.discount, a.vat, a.patient_share, a.recorded, a.staff, a.cancel_reason,
	CASE WHEN a.finalized IS NULL THEN 0 ELSE 1 END, a.version, a.discount_rejected`

func scanAdmission(scan func(...any) error) (a clinic.Admission, err error) {
	var at, recorded int64
	err = scan(&a.ID, &a.Patient, &a.Number.Year, &a.Number.Count, &a.Branch, &a.Day, &at, &a.Status,
		&a.BaseInsurer, &a.SupplementaryInsurer, &a.Gross, &a.BaseShare,
		&a.SupplementaryShare, &a.Discount, &a.VAT, &a.PatientShare, &recorded, &a.Staff, &a.CancelReason, &a.Booked, &a.Version, &a.DiscountRejected)
	a.At, a.Recorded = moment(at), moment(recorded)
	return a, err
}

// Admission returns one admission with its lines. NotFound admission.none.
func (tx *Tx) Admission(ctx context.Context, id clinic.AdmissionID) (clinic.Admission, error) {
	a, err := scanAdmission(tx.row(ctx, `SELECT `+admissionFields+` FROM admission a WHERE a.clinic = $1 AND a.id = $2`, tx.clinic, id).Scan)
	if err := some(err, "admission.none", "admission", id); err != nil {
		return a, err
	}
	lines, err := tx.AdmissionLines(ctx, id)
	a.Lines = lines[id]
	return a, err
}

// AdmissionLines returns the lines of the admissions.
func (tx *Tx) AdmissionLines(ctx context.Context, ids ...clinic.AdmissionID) (map[clinic.AdmissionID][]clinic.AdmissionLine, error) {
	lines := map[clinic.AdmissionID][]clinic.AdmissionLine{}
	if len(ids) == 0 {
		return lines, nil
	}
	_, err := collect(ctx, tx, func(scan func(...any) error) (l clinic.AdmissionLine, err error) {
		var id clinic.AdmissionID
		l, err = scanLine(scan, &id)
		lines[id] = append(lines[id], l)
		return l, err
	}, `
		SELECT l.admission, `+lineFields+`
		FROM admission_line l
		LEFT JOIN staff s ON s.clinic = l.clinic AND s.id = l.discount_by
		WHERE l.clinic = $1 AND l.admission IN (`+places(2, len(ids))+`)
		ORDER BY l.admission, l.line`, withIDs(tx.clinic, ids)...)
	if err != nil {
		return nil, fmt.Errorf("admission lines: %w", err)
	}
	return lines, nil
}

// lineFields are a line's, of a line l whose discount the staff s answers for.
const lineFields = `l.line, l.service, l.section, l.title, COALESCE(l.provider, 0), l.quantity, l.unit_price, l.gross,
	l.base_share, l.supplementary_share, l.discount, l.discount_percent, l.discount_reason,
	COALESCE(l.discount_by, 0), COALESCE(s.name, ''), l.vat, l.vat_rate, l.patient_share, l.status, l.removed,
	(SELECT COUNT(*) FROM admission_session n WHERE n.clinic = l.clinic AND n.admission = l.admission AND n.line = l.line AND n.status <> 'cancelled'),
	(SELECT COUNT(*) FROM admission_session n WHERE n.clinic = l.clinic AND n.admission = l.admission AND n.line = l.line AND n.status = 'done')`

// scanLine reads what a line belongs to and then lineFields.
func scanLine(scan func(...any) error, of any) (l clinic.AdmissionLine, err error) {
	err = scan(of, &l.Line, &l.Service, &l.Section, &l.Title, &l.Provider, &l.Quantity, &l.UnitPrice, &l.Gross,
		&l.BaseShare, &l.SupplementaryShare, &l.Discount, &l.DiscountPercent, &l.DiscountReason, &l.DiscountBy, &l.DiscountByName,
		&l.VAT, &l.VATRate, &l.PatientShare, &l.Status, &l.Removed, &l.Sessions, &l.SessionsDone)
	return l, err
}

// withIDs is the clinic and then the ids, as arguments of a statement.
func withIDs[T ~int64](c clinic.ID, ids []T) []any {
	args := []any{c}
	for _, id := range ids {
		args = append(args, int64(id))
	}
	return args
}

// AddAdmission writes an admission with its lines; unit names the command.
func (tx *Tx) AddAdmission(ctx context.Context, a clinic.Admission, unit int64, finalized time.Time) error {
	var when sql.NullInt64
	if !finalized.IsZero() {
		when = sql.NullInt64{Int64: micros(finalized), Valid: true}
	}
	err := tx.exec(ctx, insert("admission", `clinic, id, patient, year, number, branch, day, at, status, base_insurer,
		supplementary_insurer, gross, base_share, supplementary_share, discount, vat, patient_share, recorded, staff,
		finalized, unit`, 1),
		tx.clinic, a.ID, a.Patient, a.Number.Year, a.Number.Count, a.Branch, a.Day, micros(a.At), a.Status,
		nullID(a.BaseInsurer), nullID(a.SupplementaryInsurer), a.Gross, a.BaseShare, a.SupplementaryShare, a.Discount,
		a.VAT, a.PatientShare, micros(a.Recorded), a.Staff, when, nullID(unit))
	if err != nil {
		return fmt.Errorf("add admission: %w", err)
	}
	return tx.addLines(ctx, a.ID, a.Lines)
}

func (tx *Tx) addLines(ctx context.Context, id clinic.AdmissionID, lines []clinic.AdmissionLine) error {
	if len(lines) == 0 {
		return nil
	}
	const columns = `clinic, admission, line, service, section, title, provider, quantity, unit_price, gross, base_share,
		supplementary_share, discount, discount_percent, discount_reason, discount_by, vat, vat_rate, patient_share, status, removed`
	args := make([]any, 0, 21*len(lines))
	for _, l := range lines {
		args = append(args, tx.clinic, id, l.Line, l.Service, l.Section, l.Title, nullID(l.Provider), l.Quantity,
			l.UnitPrice, l.Gross, l.BaseShare, l.SupplementaryShare, l.Discount, l.DiscountPercent, l.DiscountReason,
			nullID(l.DiscountBy), l.VAT, l.VATRate, l.PatientShare, l.Status, bit(l.Removed))
	}
	if err := tx.exec(ctx, insert("admission_line", columns, len(lines)), args...); err != nil {
		return fmt.Errorf("add admission lines: %w", err)
	}
	return nil
}

// SaveAdmissionStatus writes back the status of an admission read earlier, of
// its lines, and who answers for their discounts. at is when the change counts, recorded when it is known.
// Conflict admission.stale if it was written in between.
func (tx *Tx) SaveAdmissionStatus(ctx context.Context, a clinic.Admission, at, recorded time.Time) error {
	n, err := tx.change(ctx, `
		UPDATE admission
		SET status = CAST($4 AS TEXT), cancel_reason = $5, version = version + 1,
			finalized = CASE WHEN CAST($4 AS TEXT) = 'finalized' THEN COALESCE(finalized, CAST($7 AS BIGINT)) ELSE finalized END,
			cancelled = CASE WHEN CAST($4 AS TEXT) = 'cancelled' THEN CAST($6 AS BIGINT) ELSE cancelled END,
			cancel_recorded = CASE WHEN CAST($4 AS TEXT) = 'cancelled' THEN CAST($7 AS BIGINT) ELSE cancel_recorded END
		WHERE clinic = $1 AND id = $2 AND version = $3`,
		tx.clinic, a.ID, a.Version, a.Status, a.CancelReason, micros(at), micros(recorded))
	if err != nil {
		return fmt.Errorf("save admission %d: %w", a.ID, err)
	}
	return tx.saveLines(ctx, a, n)
}

// SaveDraft writes back the prices of a draft read earlier. Conflict
// admission.stale if it was written in between.
func (tx *Tx) SaveDraft(ctx context.Context, a clinic.Admission) error {
	n, err := tx.change(ctx, `
		UPDATE admission
		SET discount = $4, vat = $5, patient_share = $6, discount_rejected = $7, version = version + 1
		WHERE clinic = $1 AND id = $2 AND version = $3 AND status = 'draft'`,
		tx.clinic, a.ID, a.Version, a.Discount, a.VAT, a.PatientShare, a.DiscountRejected)
	if err != nil {
		return fmt.Errorf("save draft %d: %w", a.ID, err)
	}
	return tx.saveLines(ctx, a, n)
}

// SaveProgress writes back how far the services of an admission read earlier
// are. Conflict admission.stale if it was written in between.
func (tx *Tx) SaveProgress(ctx context.Context, a clinic.Admission) error {
	n, err := tx.change(ctx, `UPDATE admission SET version = version + 1 WHERE clinic = $1 AND id = $2 AND version = $3`,
		tx.clinic, a.ID, a.Version)
	if err != nil {
		return fmt.Errorf("save progress of %d: %w", a.ID, err)
	}
	return tx.saveLines(ctx, a, n)
}

// saveLines writes back what may change of an admission's lines, after its own
// row changed n times: none is Conflict admission.stale.
func (tx *Tx) saveLines(ctx context.Context, a clinic.Admission, n int64) error {
	if n == 0 {
		return fault.New(fault.Conflict, "admission.stale", "the admission was changed by someone else")
	}
	for _, l := range a.Lines {
		if err := tx.exec(ctx, `
			UPDATE admission_line
			SET status = $4, discount = $5, discount_percent = $6, discount_reason = $7, discount_by = $8, vat = $9, patient_share = $10
			WHERE clinic = $1 AND admission = $2 AND line = $3`, tx.clinic, a.ID, l.Line, l.Status, l.Discount, l.DiscountPercent,
			l.DiscountReason, nullID(l.DiscountBy), l.VAT, l.PatientShare); err != nil {
			return fmt.Errorf("save admission line: %w", err)
		}
	}
	return nil
}
