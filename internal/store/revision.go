package store

import (
	"context"
	"fmt"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/money"
)

// Version is what an admission was until it was changed.
type Version struct {
	Admission clinic.Admission // with its lines of then
	Change    clinic.Change    // what changed it
	Reason    string
	Until     time.Time // when the change counts
	Recorded  time.Time
	StaffName string // who changed it
}

// Revised says of a change of an admission what the admission does not know.
type Revised struct {
	Change clinic.Change
	Reason string
	Unit   int64
	Stamp
}

const versionedColumns = `base_insurer, supplementary_insurer, gross, base_share, supplementary_share, discount, vat, patient_share`

// KeepVersion keeps an admission as it stands, because it is about to be
// changed.
func (tx *Tx) KeepVersion(ctx context.Context, a clinic.Admission, r Revised) error {
	err := tx.exec(ctx, `
		INSERT INTO admission_version (clinic, admission, version, status, `+versionedColumns+`, owed, change, reason, unit, until, recorded, staff)
		SELECT clinic, id, version, status, `+versionedColumns+`, CASE status WHEN 'draft' THEN 0 ELSE patient_share END,
			$4, $5, CAST($6 AS BIGINT), $7, $8, $9
		FROM admission WHERE clinic = $1 AND id = $2 AND version = $3`,
		tx.clinic, a.ID, a.Version, r.Change, r.Reason, nullID(r.Unit), micros(r.At), micros(r.Recorded), r.Stamp.Staff)
	if err != nil {
		return fmt.Errorf("keep version %d of %d: %w", a.Version, a.ID, err)
	}
	const columns = `line, service, section, title, provider, quantity, unit_price, gross, base_share, supplementary_share, discount,
		discount_percent, discount_reason, discount_by, vat, vat_rate, patient_share, status, removed`
	err = tx.exec(ctx, `
		INSERT INTO admission_version_line (clinic, admission, version, `+columns+`)
		SELECT clinic, admission, CAST($3 AS BIGINT), `+columns+`
		FROM admission_line WHERE clinic = $1 AND admission = $2`, tx.clinic, a.ID, a.Version)
	if err != nil {
		return fmt.Errorf("keep lines of version %d of %d: %w", a.Version, a.ID, err)
	}
	return nil
}

// SaveAdmission writes back an admission read earlier with all that may change
// of it, and its lines, of which there may be new ones. Conflict
// admission.stale if it was written in between.
func (tx *Tx) SaveAdmission(ctx context.Context, a clinic.Admission) error {
	n, err := tx.change(ctx, `
		UPDATE admission
		SET status = $4, base_insurer = $5, supplementary_insurer = $6, gross = $7, base_share = $8, supplementary_share = $9,
			discount = $10, vat = $11, patient_share = $12, discount_rejected = '', version = version + 1
		WHERE clinic = $1 AND id = $2 AND version = $3`,
		tx.clinic, a.ID, a.Version, a.Status, nullID(a.BaseInsurer), nullID(a.SupplementaryInsurer), a.Gross, a.BaseShare,
		a.SupplementaryShare, a.Discount, a.VAT, a.PatientShare)
	if err != nil {
		return fmt.Errorf("save admission %d: %w", a.ID, err)
	}
	if n == 0 {
		return fault.New(fault.Conflict, "admission.stale", "the admission was changed by someone else")
	}
	var old int
	err = tx.row(ctx, `SELECT COUNT(*) FROM admission_line WHERE clinic = $1 AND admission = $2`, tx.clinic, a.ID).Scan(&old)
	if err != nil {
		return fmt.Errorf("lines of %d: %w", a.ID, err)
	}
	for _, l := range a.Lines[:old] {
		if err := tx.saveLine(ctx, a.ID, l); err != nil {
			return err
		}
	}
	return tx.addLines(ctx, a.ID, a.Lines[old:])
}

// saveLine writes back all that may change of a line at once: its parts make
// its price at every moment.
func (tx *Tx) saveLine(ctx context.Context, id clinic.AdmissionID, l clinic.AdmissionLine) error {
	err := tx.exec(ctx, `
		UPDATE admission_line
		SET provider = $4, quantity = $5, unit_price = $6, gross = $7, base_share = $8, supplementary_share = $9, discount = $10,
			discount_percent = $11, discount_reason = $12, discount_by = $13, vat = $14, patient_share = $15, status = $16, removed = $17
		WHERE clinic = $1 AND admission = $2 AND line = $3`, tx.clinic, id, l.Line, nullID(l.Provider), l.Quantity,
		l.UnitPrice, l.Gross, l.BaseShare, l.SupplementaryShare, l.Discount, l.DiscountPercent, l.DiscountReason, nullID(l.DiscountBy),
		l.VAT, l.PatientShare, l.Status, bit(l.Removed))
	if err != nil {
		return fmt.Errorf("save admission line: %w", err)
	}
	return nil
}

// Versions returns what an admission was, oldest first.
func (tx *Tx) Versions(ctx context.Context, id clinic.AdmissionID) ([]Version, error) {
	all, err := collect(ctx, tx, func(scan func(...any) error) (v Version, err error) {
		var until, recorded int64
		a := &v.Admission
		err = scan(&a.Version, &a.Status, &a.BaseInsurer, &a.SupplementaryInsurer, &a.Gross, &a.BaseShare, &a.SupplementaryShare,
			&a.Discount, &a.VAT, &a.PatientShare, &v.Change, &v.Reason, &until, &recorded, &v.StaffName)
		v.Until, v.Recorded = moment(until), moment(recorded)
		return v, err
	}, `
		SELECT v.version, v.status, COALESCE(v.base_insurer, 0), COALESCE(v.supplementary_insurer, 0), v.gross, v.base_share,
			v.supplementary_share, v.discount, v.vat, v.patient_share, v.change, v.reason, v.until, v.recorded, s.name
		FROM admission_version v JOIN staff s ON s.clinic = v.clinic AND s.id = v.staff
		WHERE v.clinic = $1 AND v.admission = $2 ORDER BY v.version`, tx.clinic, id)
	if err != nil {
		return nil, fmt.Errorf("versions of %d: %w", id, err)
	}
	lines := map[int64][]clinic.AdmissionLine{}
	_, err = collect(ctx, tx, func(scan func(...any) error) (l clinic.AdmissionLine, err error) {
		var version int64
		l, err = scanLine(scan, &version)
		lines[version] = append(lines[version], l)
		return l, err
	}, `
		SELECT l.version, `+lineFields+`
		FROM admission_version_line l
		LEFT JOIN staff s ON s.clinic = l.clinic AND s.id = l.discount_by
		WHERE l.clinic = $1 AND l.admission = $2 ORDER BY l.version, l.line`, tx.clinic, id)
	if err != nil {
		return nil, fmt.Errorf("lines of versions of %d: %w", id, err)
	}
	for i := range all {
		all[i].Admission.Lines = lines[all[i].Admission.Version]
	}
	return all, nil
}

// owedThen is what the patient owed for the admission a in the books at the
// moment $2, $3, without what moved since; shareThen the same, of a draft what
// it would be.
var (
	owedThen  = versionThen("CASE a.status WHEN 'draft' THEN 0 ELSE a.patient_share END")
	shareThen = versionThen("a.patient_share")
)

// versionThen looks for the version that held; now is what holds now.
func versionThen(now string) string {
	return `COALESCE((SELECT v.owed FROM admission_version v
		WHERE v.clinic = a.clinic AND v.admission = a.id AND (v.until >= $2 OR v.recorded > $3)
		ORDER BY v.version LIMIT 1), ` + now + `)`
}

// SettledShares counts the payments of insurers for an admission, the claims on
// them that were given up, and the payers to whom or from whom a part of it was
// moved; what was taken back does not count.
func (tx *Tx) SettledShares(ctx context.Context, id clinic.AdmissionID) (n int, err error) {
	err = tx.row(ctx, `
		SELECT (SELECT COUNT(*) FROM (
				SELECT d.payer FROM (
					SELECT COALESCE(to_insurer, 0) AS payer, amount FROM share_transfer WHERE clinic = $1 AND admission = $2
					UNION ALL
					SELECT COALESCE(from_insurer, 0), -amount FROM share_transfer WHERE clinic = $1 AND admission = $2) d
				GROUP BY d.payer HAVING SUM(d.amount) <> 0) moved)
			+ (SELECT COUNT(*) FROM insurer_payment y WHERE y.clinic = $1 AND y.admission = $2
				AND NOT EXISTS (SELECT 1 FROM voided v WHERE v.clinic = y.clinic AND v.document = y.id))
			+ (SELECT COUNT(*) FROM settlement_line l WHERE l.clinic = $1 AND l.admission = $2 AND l.kind = 'write_off'
				AND NOT EXISTS (SELECT 1 FROM voided v WHERE v.clinic = l.clinic AND v.document = l.settlement))`, tx.clinic, id).Scan(&n)
	return n, err
}

// Remitted is what the clinic let the patient off of an admission.
func (tx *Tx) Remitted(ctx context.Context, id clinic.AdmissionID) (sum money.Amount, err error) {
	err = tx.row(ctx, `SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM remission WHERE clinic = $1 AND admission = $2`,
		tx.clinic, id).Scan(&sum)
	return sum, err
}
