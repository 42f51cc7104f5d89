package store

import (
	"context"
	"fmt"

	"daftar/internal/money"
)

// serviceKeys are what a report of services can be by, with the column of the
// line and the table that names it.
var serviceKeys = map[string][2]string{"service": {"lines.service", "service"}, "section": {"lines.section", "section"}, "provider": {"lines.provider", "provider"}}

// ServiceSum is what was charged for a service, a section or a provider, less
// what was taken back: Gross less Cancelled with VAT is what Discount, Insurers
// and Share bear.
type ServiceSum struct {
	Key       int64
	Name      string
	Quantity  int
	Gross     money.Amount
	Discount  money.Amount // also what was given after the bill
	Insurers  money.Amount
	VAT       money.Amount
	Share     money.Amount
	Cancelled money.Amount // what had been charged and was taken back in the days
}

// movedAdmissions are the changes of admissions in the books in the days: what
// an admission was is its version that the command kept, 0 for none; what it
// became is its next version, or what it is. A change that kept none was taken
// back by the cancellation beside it.
const movedAdmissions = `
		WITH moved AS (
			SELECT DISTINCT e.document AS admission, COALESCE(v.version, 0) AS was, COALESCE(v.status, '') AS stood,
				CASE WHEN e.kind = 'admission_cancel' THEN 1 ELSE 0 END AS ends
			FROM entry e
			LEFT JOIN admission_version v ON v.clinic = e.clinic AND v.admission = e.document AND v.unit = e.unit
			WHERE (e.kind IN ('admission', 'admission_again', 'admission_reopen', 'admission_cancel') OR e.kind = 'admission_change' AND v.version IS NOT NULL) AND `

// movedLines are the lines of them: what was with the sign -1, what became of
// it with 1. A cancelled admission keeps its lines.
const movedLines = `
			SELECT moved.admission, moved.was, -1 AS sign, l.line, l.service, l.section, l.provider, l.quantity, l.gross, l.base_share, l.supplementary_share, l.discount, l.vat, l.patient_share
			FROM moved CROSS JOIN admission_version_line l
			WHERE moved.stood = 'finalized' AND l.clinic = $1 AND l.admission = moved.admission AND l.version = moved.was AND l.removed = 0
			UNION ALL
			SELECT moved.admission, moved.was, -1, l.line, l.service, l.section, l.provider, l.quantity, l.gross, l.base_share, l.supplementary_share, l.discount, l.vat, l.patient_share
			FROM moved CROSS JOIN admission_line l
			WHERE moved.was = 0 AND moved.ends = 1 AND l.clinic = $1 AND l.admission = moved.admission AND l.removed = 0
			UNION ALL
			SELECT moved.admission, moved.was, 1, l.line, l.service, l.section, l.provider, l.quantity, l.gross, l.base_share, l.supplementary_share, l.discount, l.vat, l.patient_share
			FROM moved CROSS JOIN admission_version v CROSS JOIN admission_version_line l
			WHERE moved.ends = 0 AND v.clinic = $1 AND v.admission = moved.admission AND v.status = 'finalized'
				AND v.version = (SELECT MIN(n.version) FROM admission_version n WHERE n.clinic = $1 AND n.admission = moved.admission AND n.version > moved.was)
				AND l.clinic = $1 AND l.admission = moved.admission AND l.version = v.version AND l.removed = 0
			UNION ALL
			SELECT moved.admission, moved.was, 1, l.line, l.service, l.section, l.provider, l.quantity, l.gross, l.base_share, l.supplementary_share, l.discount, l.vat, l.patient_share
			FROM moved CROSS JOIN admission a CROSS JOIN admission_line l
			WHERE moved.ends = 0 AND a.clinic = $1 AND a.id = moved.admission AND a.status <> 'draft'
				AND NOT EXISTS (SELECT 1 FROM admission_version n WHERE n.clinic = $1 AND n.admission = moved.admission AND n.version > moved.was)
				AND l.clinic = $1 AND l.admission = moved.admission AND l.removed = 0`

// ServiceSums adds up what the lines of admissions changed by in the days: those
// that came into the books, left them, or are another price or shared otherwise.
func (tx *Tx) ServiceSums(ctx context.Context, d Days, by string) ([]ServiceSum, error) {
	args := d.arguments(tx)
	where := d.ofDays(&args)
	column, table := serviceKeys[by][0], serviceKeys[by][1]
	found, err := collect(ctx, tx, func(scan func(...any) error) (s ServiceSum, err error) {
		return s, scan(&s.Key, &s.Name, &s.Quantity, &s.Gross, &s.Discount, &s.Insurers, &s.VAT, &s.Share, &s.Cancelled)
	}, movedAdmissions+where+`)
		SELECT grouped.key, COALESCE(n.name, ''), grouped.quantity, grouped.gross, grouped.discount, grouped.insurers, grouped.vat, grouped.share, grouped.cancelled
		FROM (
			SELECT changed.key, CAST(SUM(changed.quantity) AS BIGINT) AS quantity,
				CAST(SUM(CASE WHEN changed.gross > 0 THEN changed.gross ELSE 0 END) AS BIGINT) AS gross,
				CAST(SUM(CASE WHEN changed.gross < 0 THEN -changed.gross ELSE 0 END) AS BIGINT) AS cancelled,
				CAST(SUM(changed.discount) AS BIGINT) AS discount, CAST(SUM(changed.insurers) AS BIGINT) AS insurers,
				CAST(SUM(changed.vat) AS BIGINT) AS vat, CAST(SUM(changed.share) AS BIGINT) AS share
			FROM (
				SELECT COALESCE(`+column+`, 0) AS key, SUM(lines.sign * lines.quantity) AS quantity, SUM(lines.sign * lines.gross) AS gross, SUM(lines.sign * lines.discount) AS discount,
					SUM(lines.sign * (lines.base_share + lines.supplementary_share)) AS insurers, SUM(lines.sign * lines.vat) AS vat, SUM(lines.sign * lines.patient_share) AS share
				FROM (`+movedLines+`) lines
				GROUP BY lines.admission, lines.was, lines.line, COALESCE(`+column+`, 0)) changed
			GROUP BY changed.key) grouped
		LEFT JOIN `+table+` n ON n.clinic = $1 AND n.id = grouped.key
		ORDER BY grouped.gross DESC, grouped.key`, args...)
	if err != nil {
		return nil, fmt.Errorf("services by %s: %w", by, err)
	}
	return found, nil
}

// LateDiscount is what was given or taken back of a discount after the bill,
// once for each line that it is shared out to by the patient's part of it.
type LateDiscount struct {
	Entry  int64
	Amount money.Amount // of the whole entry
	Key    int64
	Name   string
	Weight money.Amount
}

// LateDiscounts lists the discounts after the bill of the days, the rows of an
// entry together. What is taken back is shared out as it was given: by the
// lines of that time.
func (tx *Tx) LateDiscounts(ctx context.Context, d Days, by string) ([]LateDiscount, error) {
	args := d.arguments(tx)
	where := d.ofDays(&args)
	column, table := serviceKeys[by][0], serviceKeys[by][1]
	found, err := collect(ctx, tx, func(scan func(...any) error) (l LateDiscount, err error) {
		return l, scan(&l.Entry, &l.Amount, &l.Key, &l.Name, &l.Weight)
	}, `
		WITH given AS (
			SELECT e.id, r.admission, p.amount, COALESCE((SELECT MIN(v.version) FROM admission_version v
				WHERE v.clinic = $1 AND v.admission = r.admission AND v.until > COALESCE(o.at, e.at)), 0) AS version
			FROM entry e
			CROSS JOIN posting p
			CROSS JOIN account a
			CROSS JOIN remission r
			LEFT JOIN entry o ON o.clinic = e.clinic AND o.id = e.reverses
			WHERE e.kind IN ('late_discount', 'void') AND p.clinic = $1 AND p.entry = e.id AND a.clinic = $1 AND a.id = p.account AND a.kind = 'discount'
				AND r.clinic = $1 AND r.id = e.document AND `+where+`)
		SELECT lines.id, lines.amount, COALESCE(`+column+`, 0), COALESCE(n.name, ''), lines.patient_share
		FROM (
			SELECT given.id, given.amount, l.line, l.service, l.section, l.provider, l.patient_share
			FROM given CROSS JOIN admission_version_line l
			WHERE given.version > 0 AND l.clinic = $1 AND l.admission = given.admission AND l.version = given.version AND l.removed = 0
			UNION ALL
			SELECT given.id, given.amount, l.line, l.service, l.section, l.provider, l.patient_share
			FROM given CROSS JOIN admission_line l
			WHERE given.version = 0 AND l.clinic = $1 AND l.admission = given.admission AND l.removed = 0) lines
		LEFT JOIN `+table+` n ON n.clinic = $1 AND n.id = `+column+`
		ORDER BY lines.id, lines.line`, args...)
	if err != nil {
		return nil, fmt.Errorf("late discounts by %s: %w", by, err)
	}
	return found, nil
}

// Posted is what the accounts of a kind rose by in the days, by the books.
func (tx *Tx) Posted(ctx context.Context, d Days, kind string) (sum money.Amount, err error) {
	args := d.arguments(tx)
	where := d.ofDays(&args)
	err = tx.row(ctx, `
		SELECT CAST(COALESCE(SUM(p.amount), 0) AS BIGINT)
		FROM entry e
		CROSS JOIN posting p
		JOIN account a ON a.clinic = p.clinic AND a.id = p.account
		WHERE `+where+` AND p.clinic = $1 AND p.entry = e.id AND a.kind = `+args.add(kind), args...).Scan(&sum)
	if err != nil {
		return 0, fmt.Errorf("%s in the books: %w", kind, err)
	}
	return sum, nil
}

// AccountRow is a posting of an account with its entry.
type AccountRow struct {
	Told
	Amount money.Amount
	Owner  int64
}

// AccountRows lists the postings of the accounts of a kind at the moment, of
// one owner unless it is below nothing, the newest first.
func (tx *Tx) AccountRows(ctx context.Context, kind string, owner int64, m Moment, skip, limit int) ([]AccountRow, error) {
	args := arguments{tx.clinic, m.before(), m.knownAt(), kind}
	of := ""
	if owner >= 0 {
		of = " AND k.owner = " + args.add(owner)
	}
	found, err := collect(ctx, tx, func(scan func(...any) error) (r AccountRow, err error) {
		r.Told, err = scanTold(func(into ...any) error { return scan(append(into, &r.Amount, &r.Owner)...) })
		return r, err
	}, `
		SELECT e.id, e.kind, e.day, e.at, e.recorded, COALESCE(e.patient, 0), COALESCE(e.document, 0), COALESCE(e.unit, 0),
			COALESCE(a.year, r.year, d.year, f.year, 0), COALESCE(a.number, r.number, d.number, f.number, 0),
			COALESCE(e.reverses, 0), 0, '', COALESCE(s.name, ''), COALESCE(b.name, ''), page.amount, page.owner
		FROM (
			SELECT p.entry, p.at, p.amount, k.owner FROM account k CROSS JOIN posting p
			WHERE k.clinic = $1 AND k.kind = $4`+of+` AND p.clinic = $1 AND p.account = k.id AND p.at < $2 AND p.recorded <= $3
			ORDER BY p.at DESC, p.entry DESC, k.owner LIMIT `+args.add(limit)+` OFFSET `+args.add(skip)+`) page
		JOIN entry e ON e.clinic = $1 AND e.id = page.entry
		LEFT JOIN admission a ON a.clinic = e.clinic AND a.id = e.document
		LEFT JOIN receipt r ON r.clinic = e.clinic AND r.id = e.document
		LEFT JOIN deposit d ON d.clinic = e.clinic AND d.id = e.document
		LEFT JOIN refund f ON f.clinic = e.clinic AND f.id = e.document
		LEFT JOIN staff s ON s.clinic = e.clinic AND s.id = e.staff
		LEFT JOIN branch b ON b.clinic = e.clinic AND b.id = e.branch
		ORDER BY page.at DESC, page.entry DESC, page.owner`, args...)
	if err != nil {
		return nil, fmt.Errorf("rows of %s: %w", kind, err)
	}
	return found, nil
}
