package store

import (
	"context"
	"fmt"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/jalali"
	"daftar/internal/money"
)

// Payment is money that pays an admission. Number is that of the receipt or the
// deposit that it came by.
type Payment struct {
	Admission clinic.AdmissionID
	Fund      clinic.FundID
	Kind      clinic.FundKind
	Number    clinic.Number
	Day       jalali.Day
	Methods   []string // of a receipt
	Amount    money.Amount
	Reason    clinic.AllocationReason
	Staff     string // who recorded the receipt or the deposit
}

// Payments returns what pays the admissions at the moment, oldest first,
// summed per receipt; what was taken off again is gone.
func (tx *Tx) Payments(ctx context.Context, ids []clinic.AdmissionID, m Moment) (map[clinic.AdmissionID][]Payment, error) {
	paid := map[clinic.AdmissionID][]Payment{}
	if len(ids) == 0 {
		return paid, nil
	}
	args := append(withIDs(tx.clinic, ids), m.before(), m.knownAt())
	n := len(args)
	_, err := collect(ctx, tx, func(scan func(...any) error) (p Payment, err error) {
		var methods string
		var at int64
		err = scan(&p.Admission, &p.Fund, &p.Kind, &p.Number.Year, &p.Number.Count, &p.Day, &at, &p.Amount, &p.Reason, &methods, &p.Staff)
		if methods != "" {
			p.Methods = strings.Split(methods, ",")
		}
		paid[p.Admission] = append(paid[p.Admission], p)
		return p, err
	}, `
		SELECT paid.admission, f.id, f.kind, COALESCE(r.year, d.year, c.year, 0), COALESCE(r.number, d.number, c.number, 0),
			COALESCE(r.day, v.day, c.day, ''), f.at, paid.amount, paid.reason,
			COALESCE((SELECT STRING_AGG(m.method, ',' ORDER BY m.line) FROM money_line m
				WHERE m.clinic = r.clinic AND m.document = r.id AND m.amount > 0 AND NOT EXISTS (
					SELECT 1 FROM money_line x WHERE x.clinic = m.clinic AND x.document = m.document
						AND x.line > m.line AND x.method = m.method AND x.amount = -m.amount)), ''),
			COALESCE((SELECT s.name FROM staff s WHERE s.clinic = $1 AND s.id = COALESCE(r.staff, v.staff)), '')
		FROM (
			SELECT admission, fund, CAST(SUM(amount) AS BIGINT) AS amount, MIN(reason) AS reason
			FROM allocation
			WHERE clinic = $1 AND admission IN (`+places(2, len(ids))+fmt.Sprintf(`) AND at < $%d AND recorded <= $%d`, n-1, n)+`
			GROUP BY admission, fund HAVING SUM(amount) <> 0) paid
		LEFT JOIN fund f ON f.clinic = $1 AND f.id = paid.fund
		LEFT JOIN receipt_transfer t ON t.clinic = $1 AND t.id = paid.fund
		LEFT JOIN receipt r ON r.clinic = $1 AND r.id = COALESCE(t.receipt, paid.fund)
		LEFT JOIN deposit_movement v ON v.clinic = $1 AND v.id = paid.fund
		LEFT JOIN deposit d ON d.clinic = $1 AND d.id = v.deposit
		LEFT JOIN commission_settlement c ON c.clinic = $1 AND c.id = paid.fund
		ORDER BY f.at, f.id`, args...)
	if err != nil {
		return nil, fmt.Errorf("payments: %w", err)
	}
	return paid, nil
}
