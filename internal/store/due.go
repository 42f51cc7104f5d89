package store

import (
	"context"
	"fmt"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/money"
)

// Due is a live admission with what the patient owes for it and what is paid.
type Due struct {
	Admission clinic.Admission // without lines
	Titles    string           // of its services
	Share     money.Amount     // the patient's, with transfers and without what was remitted
	Paid      money.Amount
}

// Left is what is left to pay.
func (d Due) Left() money.Amount { return d.Share - d.Paid }

// Dues returns the person's live admissions of which something is left to
// pay at the moment, oldest first. Which they are now, open_admission tells;
// what is left of them is summed.
func (tx *Tx) Dues(ctx context.Context, files clinic.Files, m Moment) ([]Due, error) {
	if m == (Moment{}) {
		args := arguments{tx.clinic, m.before(), m.knownAt()}
		open := ` IN (SELECT o.admission FROM open_admission o WHERE o.clinic = $1 AND ` + among(&args, "o.patient", files) + `)`
		return tx.dues(ctx, "a.id"+open, "admission"+open, "due.share <> due.paid", args)
	}
	return dues(ctx, tx, "patient", "due.share <> due.paid", files, m)
}

// DueOf returns what is due for one live admission; NotFound admission.none
// when it is not live.
func (tx *Tx) DueOf(ctx context.Context, id clinic.AdmissionID) (Due, error) {
	return tx.DueThen(ctx, id, Moment{})
}

// DueThen is DueOf at the moment.
func (tx *Tx) DueThen(ctx context.Context, id clinic.AdmissionID, m Moment) (Due, error) {
	live := "a.status <> 'draft'" // one that is a draft again was live before
	if m != (Moment{}) {
		live = "1 = 1"
	}
	found, err := dues(ctx, tx, "id", live, []clinic.AdmissionID{id}, m)
	if err == nil && len(found) == 0 {
		err = fault.New(fault.NotFound, "admission.none", "there is no live admission %d", id)
	}
	if err != nil {
		return Due{}, err
	}
	return found[0], nil
}

// dues computes, for the live admissions of a person or the one with an id,
// the patient's share with transfers and what allocations have paid; keep
// filters on those. Sums are made once for all admissions, not once for each:
// some patients have thousands.
func dues[T any](ctx context.Context, tx *Tx, column, keep string, ids []T, m Moment) ([]Due, error) {
	args := arguments{tx.clinic, m.before(), m.knownAt()}
	own := among(&args, "a."+column, ids)
	of := strings.Replace(own, "a."+column, map[string]string{"patient": "patient", "id": "admission"}[column], 1)
	return tx.dues(ctx, own, of, keep, args)
}

// dues is dues of the admissions a that own chooses; of chooses the rows of
// other tables that are about them. $2 and $3 are the moment.
func (tx *Tx) dues(ctx context.Context, own, of, keep string, args arguments) ([]Due, error) {
	found, err := collect(ctx, tx, func(scan func(...any) error) (d Due, err error) {
		d.Admission, err = scanAdmission(func(into ...any) error {
			return scan(append(into, &d.Titles, &d.Share, &d.Paid)...)
		})
		return d, err
	}, `
		SELECT `+admissionFields+`,
			(SELECT STRING_AGG(l.title, '، ' ORDER BY l.line) FROM admission_line l
				WHERE l.clinic = a.clinic AND l.admission = a.id AND l.removed = 0),
			due.share, due.paid
		FROM (
			SELECT a.id, a.at,
				CAST(`+owedThen+` + COALESCE(moved_of.moved, 0) - COALESCE(remitted_of.remitted, 0) AS BIGINT) AS share,
				CAST(COALESCE(paid_of.paid, 0) AS BIGINT) AS paid
			FROM admission a
			LEFT JOIN (
				SELECT admission, SUM(amount) AS paid FROM allocation
				WHERE clinic = $1 AND `+of+` AND at < $2 AND recorded <= $3
				GROUP BY admission) paid_of ON paid_of.admission = a.id
			LEFT JOIN (
				SELECT admission, SUM(CASE WHEN to_insurer IS NULL THEN amount ELSE 0 END)
					- SUM(CASE WHEN from_insurer IS NULL THEN amount ELSE 0 END) AS moved FROM share_transfer
				WHERE clinic = $1 AND `+of+` AND at < $2 AND recorded <= $3
				GROUP BY admission) moved_of ON moved_of.admission = a.id
			LEFT JOIN (
				SELECT admission, SUM(amount) AS remitted FROM remission
				WHERE clinic = $1 AND `+of+` AND at < $2 AND recorded <= $3
				GROUP BY admission) remitted_of ON remitted_of.admission = a.id
			WHERE a.clinic = $1 AND `+own+` AND a.at < $2 AND a.finalized <= $3
				AND (a.cancelled IS NULL OR a.cancelled >= $2 OR a.cancel_recorded > $3)
		) due
		JOIN admission a ON a.clinic = $1 AND a.id = due.id
		WHERE `+keep+`
		ORDER BY due.at, due.id`, args...)
	if err != nil {
		return nil, fmt.Errorf("dues: %w", err)
	}
	return found, nil
}
