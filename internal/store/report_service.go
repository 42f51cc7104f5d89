package store

import (
	"context"
	"fmt"

	"daftar/internal/money"
)

// serviceKeys are what a report of services can be by, with the column of the
// line and the table that names it.
var serviceKeys = map[string][2]string{"service": {"l.service", "service"}, "section": {"l.section", "section"}, "provider": {"l.provider", "provider"}}

// ServiceSum is what was charged for a service, a section or a provider.
type ServiceSum struct {
	Key      int64
	Name     string
	Quantity int
	Gross    money.Amount
	Discount money.Amount
	Insurers money.Amount
	VAT      money.Amount
	Share    money.Amount
	// Cancelled is what was charged once and was taken back in the days.
	Cancelled money.Amount
}

// ServiceSums adds up the lines of the admissions that came into the books in
// the days; what left them in the days is apart.
func (tx *Tx) ServiceSums(ctx context.Context, d Days, by string) ([]ServiceSum, error) {
	args := d.arguments(tx)
	where := d.ofDays(&args)
	column, table := serviceKeys[by][0], serviceKeys[by][1]
	found, err := collect(ctx, tx, func(scan func(...any) error) (s ServiceSum, err error) {
		return s, scan(&s.Key, &s.Name, &s.Quantity, &s.Gross, &s.Discount, &s.Insurers, &s.VAT, &s.Share, &s.Cancelled)
	}, `
		SELECT grouped.key, COALESCE(n.name, ''), grouped.quantity, grouped.gross, grouped.discount, grouped.insurers, grouped.vat, grouped.share, grouped.cancelled
		FROM (
			SELECT COALESCE(`+column+`, 0) AS key,
				CAST(SUM(CASE WHEN e.kind IN ('admission', 'admission_again') THEN l.quantity ELSE 0 END) AS BIGINT) AS quantity,
				CAST(SUM(CASE WHEN e.kind IN ('admission', 'admission_again') THEN l.gross ELSE 0 END) AS BIGINT) AS gross,
				CAST(SUM(CASE WHEN e.kind IN ('admission', 'admission_again') THEN l.discount ELSE 0 END) AS BIGINT) AS discount,
				CAST(SUM(CASE WHEN e.kind IN ('admission', 'admission_again') THEN l.base_share + l.supplementary_share ELSE 0 END) AS BIGINT) AS insurers,
				CAST(SUM(CASE WHEN e.kind IN ('admission', 'admission_again') THEN l.vat ELSE 0 END) AS BIGINT) AS vat,
				CAST(SUM(CASE WHEN e.kind IN ('admission', 'admission_again') THEN l.patient_share ELSE 0 END) AS BIGINT) AS share,
				CAST(SUM(CASE WHEN e.kind IN ('admission', 'admission_again') THEN 0 ELSE l.gross END) AS BIGINT) AS cancelled
			FROM entry e CROSS JOIN admission_line l
			WHERE `+where+` AND l.clinic = $1 AND l.admission = e.document AND (e.kind IN ('admission', 'admission_again') OR e.kind IN ('admission_cancel', 'admission_reopen') AND e.reverses IS NOT NULL)
			GROUP BY COALESCE(`+column+`, 0)) grouped
		LEFT JOIN `+table+` n ON n.clinic = $1 AND n.id = grouped.key
		ORDER BY grouped.gross DESC, grouped.key`, args...)
	if err != nil {
		return nil, fmt.Errorf("services by %s: %w", by, err)
	}
	return found, nil
}

// IncomePosted is what the accounts of income rose by in the days, by the
// books.
func (tx *Tx) IncomePosted(ctx context.Context, d Days) (sum money.Amount, err error) {
	args := d.arguments(tx)
	where := d.ofDays(&args)
	err = tx.row(ctx, `
		SELECT CAST(COALESCE(SUM(-p.amount), 0) AS BIGINT)
		FROM entry e
		CROSS JOIN posting p
		JOIN account a ON a.clinic = p.clinic AND a.id = p.account
		WHERE `+where+` AND p.clinic = $1 AND p.entry = e.id AND a.kind = 'income'`, args...).Scan(&sum)
	if err != nil {
		return 0, fmt.Errorf("income in the books: %w", err)
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
