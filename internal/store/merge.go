package store

import (
	"context"
	"fmt"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/ledger"
)

// oneOf is the condition that a column is one of n arguments from $from on.
// One argument is an equality, so that an index keeps its order.
func oneOf(column string, from, n int) string {
	if n == 1 {
		return fmt.Sprintf("%s = $%d", column, from)
	}
	return column + " IN (" + places(from, n) + ")"
}

// among adds the values to the arguments and returns the condition that the
// column is one of them; of no value it is never.
func among[T any](args *arguments, column string, values []T) string {
	if len(values) == 0 {
		return "1 = 0"
	}
	from := len(*args) + 1
	for _, v := range values {
		*args = append(*args, v)
	}
	return oneOf(column, from, len(values))
}

// accountIDs returns the numbers of the accounts; those to which nothing was
// ever posted are left out.
func (tx *Tx) accountIDs(ctx context.Context, accounts []ledger.Account) (ids []int64, err error) {
	for _, a := range accounts {
		id, err := tx.accountID(ctx, a)
		if err != nil {
			return nil, err
		}
		if id != 0 {
			ids = append(ids, id)
		}
	}
	return ids, nil
}

// MergesInto returns the links of the files that are merged into the file, directly, as
// known at the moment, in the order they were.
func (tx *Tx) MergesInto(ctx context.Context, winner clinic.PatientID, m Moment) ([]clinic.Merge, error) {
	merges, err := collect(ctx, tx, scanMerge, `
		SELECT `+mergeColumns+` FROM patient_merge
		WHERE clinic = $1 AND winner = $2 AND unmerged IS NULL AND merged <= $3
		ORDER BY id`, tx.clinic, winner, m.knownAt())
	if err != nil {
		return nil, fmt.Errorf("merged into %d: %w", winner, err)
	}
	return merges, nil
}

// Alias returns the file that the file is merged into, 0 when it stands for
// itself. NotFound patient.none.
func (tx *Tx) Alias(ctx context.Context, id clinic.PatientID) (into clinic.PatientID, err error) {
	err = tx.row(ctx, `SELECT COALESCE(merged_into, 0) FROM patient WHERE clinic = $1 AND id = $2`, tx.clinic, id).Scan(&into)
	return into, some(err, "patient.none", "patient", id)
}

const mergeColumns = `id, loser, winner, reason, merged, merged_by`

func scanMerge(scan func(...any) error) (m clinic.Merge, err error) {
	var merged int64
	err = scan(&m.ID, &m.Loser, &m.Winner, &m.Reason, &merged, &m.MergedBy)
	m.Merged = moment(merged)
	return m, err
}

// AddMerge links the loser to the winner. Conflict patient.stale when the loser
// was linked in between.
func (tx *Tx) AddMerge(ctx context.Context, m clinic.Merge) error {
	n, err := tx.change(ctx, `
		UPDATE patient SET merged_into = $3
		WHERE clinic = $1 AND id = $2 AND merged_into IS NULL`, tx.clinic, m.Loser, m.Winner)
	if err == nil && n == 0 {
		return fault.New(fault.Conflict, "patient.stale", "the file was changed by someone else")
	}
	if err == nil {
		err = tx.add(ctx, "patient_merge", "clinic, id, loser, winner, reason, merged, merged_by",
			tx.clinic, m.ID, m.Loser, m.Winner, m.Reason, micros(m.Merged), m.MergedBy)
	}
	if err != nil {
		return fmt.Errorf("merge: %w", err)
	}
	return nil
}

// EndMerge takes the link of the loser away. Refused merge.none when there is
// none.
func (tx *Tx) EndMerge(ctx context.Context, loser clinic.PatientID, s Stamp) error {
	n, err := tx.change(ctx, `
		UPDATE patient_merge SET unmerged = $3, unmerged_by = $4
		WHERE clinic = $1 AND loser = $2 AND unmerged IS NULL`, tx.clinic, loser, micros(s.Recorded), s.Staff)
	if err == nil && n == 0 {
		return fault.New(fault.Refused, "merge.none", "file %d is not merged", loser)
	}
	if err == nil {
		err = tx.exec(ctx, `UPDATE patient SET merged_into = NULL WHERE clinic = $1 AND id = $2`, tx.clinic, loser)
	}
	if err != nil {
		return fmt.Errorf("unmerge: %w", err)
	}
	return nil
}
