package store

import (
	"context"
	"fmt"

	"daftar/internal/clinic"
	"daftar/internal/jalali"
	"daftar/internal/money"
)

// EarningAdmissions returns those of the admissions by which somebody may earn
// or has earned: the patient was introduced or referred, or terms are fixed; of
// the club, all while it is on.
func (tx *Tx) EarningAdmissions(ctx context.Context, ids []clinic.AdmissionID, club bool) (found []clinic.AdmissionID, err error) {
	if club {
		return ids, nil
	}
	const most = 400
	for from := 0; from < len(ids); from += most {
		part := padded(ids[from:min(from+most, len(ids))])
		more, err := collect(ctx, tx, func(scan func(...any) error) (id clinic.AdmissionID, err error) { return id, scan(&id) }, `
			SELECT a.id FROM admission a JOIN patient p ON p.clinic = a.clinic AND p.id = a.patient
			WHERE a.clinic = $1 AND a.id IN (`+places(2, len(part))+`) AND (p.introducer IS NOT NULL OR p.referrer_id IS NOT NULL
				OR p.merged_into IS NOT NULL OR EXISTS (SELECT 1 FROM commission_term t WHERE t.clinic = a.clinic AND t.admission = a.id)
				OR EXISTS (SELECT 1 FROM club_term t WHERE t.clinic = a.clinic AND t.admission = a.id))
			ORDER BY a.id`, withIDs(tx.clinic, part)...)
		if err != nil {
			return nil, fmt.Errorf("earning admissions: %w", err)
		}
		found = append(found, more...)
	}
	return found, nil
}

// FundsOf returns the funds that pay an admission, with what each pays of it in
// Pays and how much of the whole fund is cheques that are not money yet.
func (tx *Tx) FundsOf(ctx context.Context, id clinic.AdmissionID) ([]clinic.Fund, error) {
	found, err := collect(ctx, tx, func(scan func(...any) error) (f clinic.Fund, err error) {
		return f, scan(&f.ID, &f.Kind, &f.Patient, &f.Pays, &f.Uncollected)
	}, `
		SELECT f.id, f.kind, f.patient, l.pays,
			CASE WHEN f.kind = 'receipt' THEN CAST(COALESCE((SELECT SUM(q.amount) FROM cheque q
				WHERE q.clinic = f.clinic AND q.receipt = f.id AND q.status IN ('in_hand', 'banked')), 0) AS BIGINT) ELSE 0 END
		FROM (SELECT fund, CAST(SUM(amount) AS BIGINT) AS pays FROM allocation
			WHERE clinic = $1 AND admission = $2 GROUP BY fund HAVING SUM(amount) <> 0) l
		JOIN fund f ON f.clinic = $1 AND f.id = l.fund
		ORDER BY f.id`, tx.clinic, id)
	if err != nil {
		return nil, fmt.Errorf("funds of an admission: %w", err)
	}
	return found, nil
}

// Terms returns the terms that are fixed for an admission.
func (tx *Tx) Terms(ctx context.Context, id clinic.AdmissionID) ([]clinic.Term, error) {
	return collect(ctx, tx, func(scan func(...any) error) (t clinic.Term, err error) {
		return t, scan(&t.Kind, &t.Earner, &t.Service, &t.Rate)
	}, `SELECT kind, earner, service, rate FROM commission_term WHERE clinic = $1 AND admission = $2 ORDER BY kind, service`, tx.clinic, id)
}

// AddTerm fixes a term of an admission.
func (tx *Tx) AddTerm(ctx context.Context, id clinic.AdmissionID, t clinic.Term) error {
	err := tx.exec(ctx, insert("commission_term", "clinic, admission, kind, service, earner, rate", 1), tx.clinic, id, t.Kind, t.Service, t.Earner, t.Rate)
	if err != nil {
		return fmt.Errorf("term of commission: %w", err)
	}
	return nil
}

// EarnedOf is what was earned by an admission so far, by kind.
func (tx *Tx) EarnedOf(ctx context.Context, id clinic.AdmissionID) (map[clinic.EarnerKind]money.Amount, error) {
	sums := map[clinic.EarnerKind]money.Amount{}
	_, err := collect(ctx, tx, func(scan func(...any) error) (kind clinic.EarnerKind, err error) {
		var sum money.Amount
		err = scan(&kind, &sum)
		sums[kind] = sum
		return kind, err
	}, `SELECT kind, CAST(SUM(amount) AS BIGINT) FROM commission WHERE clinic = $1 AND admission = $2 GROUP BY kind`, tx.clinic, id)
	if err != nil {
		return nil, fmt.Errorf("earned by an admission: %w", err)
	}
	return sums, nil
}

// Accrual is a change of what somebody earned by an admission.
type Accrual struct {
	ID        clinic.CommissionID
	Kind      clinic.EarnerKind
	Earner    clinic.EarnerID
	Admission clinic.AdmissionID
	Amount    money.Amount
	Base      money.Amount // collected money that pays the admission then
	Rate      int          // in the mean, basis points
	Entry     int64
	Unit      int64 // the command that moved the money
	Day       jalali.Day
}

// AddAccrual writes a row of commission.
func (tx *Tx) AddAccrual(ctx context.Context, a Accrual, s Stamp) error {
	err := tx.exec(ctx, insert("commission", "clinic, id, kind, earner, admission, amount, base, rate, entry, unit, day, at, recorded, staff", 1),
		tx.clinic, a.ID, a.Kind, a.Earner, a.Admission, a.Amount, a.Base, a.Rate, a.Entry, nullID(a.Unit), a.Day, micros(s.At), micros(s.Recorded), s.Staff)
	if err != nil {
		return fmt.Errorf("commission: %w", err)
	}
	return nil
}

// CommissionRates returns the shares of an earner, oldest first.
func (tx *Tx) CommissionRates(ctx context.Context, kind clinic.EarnerKind, id clinic.EarnerID) ([]clinic.CommissionRate, error) {
	return collect(ctx, tx, func(scan func(...any) error) (r clinic.CommissionRate, err error) {
		r.Kind, r.Earner = kind, id
		return r, scan(&r.ValidFrom, &r.Rate)
	}, `SELECT valid_from, rate FROM commission_rate WHERE clinic = $1 AND kind = $2 AND earner = $3 ORDER BY valid_from`, tx.clinic, kind, id)
}

// SetCommissionRate writes a share from a day on, in place of one of that day.
func (tx *Tx) SetCommissionRate(ctx context.Context, r clinic.CommissionRate, s Stamp) error {
	err := tx.exec(ctx, insert("commission_rate", "clinic, kind, earner, valid_from, rate, recorded, staff", 1)+`
		ON CONFLICT (clinic, kind, earner, valid_from) DO UPDATE SET rate = EXCLUDED.rate, recorded = EXCLUDED.recorded, staff = EXCLUDED.staff`,
		tx.clinic, r.Kind, r.Earner, r.ValidFrom, r.Rate, micros(s.Recorded), s.Staff)
	if err != nil {
		return fmt.Errorf("rate of commission: %w", err)
	}
	return nil
}

// AddCommissionSettlement writes a settlement of commission.
func (tx *Tx) AddCommissionSettlement(ctx context.Context, c clinic.CommissionSettlement, unit int64) error {
	err := tx.exec(ctx, insert("commission_settlement", "clinic, id, kind, earner, year, number, branch, amount, how, note, unit, day, at, recorded, staff", 1),
		tx.clinic, c.ID, c.Kind, c.Earner, c.Number.Year, c.Number.Count, c.Branch, c.Amount, c.How, c.Note, nullID(unit), c.Day,
		micros(c.At), micros(c.Recorded), c.Staff)
	if err != nil {
		return fmt.Errorf("settlement of commission: %w", err)
	}
	return nil
}
