package store

import (
	"context"
	"fmt"

	"daftar/internal/clinic"
)

// ActivitySum is how many activities of a group were done, and how many of them
// ended in an appointment.
type ActivitySum struct {
	Key           string // "" for none
	Count, Booked int
}

// activityGroups are the columns that activities can be counted by.
var activityGroups = map[string]string{
	"outcome": "a.outcome", "kind": "a.kind", "cause": "a.cause", "owner": "CAST(a.done_by AS TEXT)",
}

// ActivitySums counts the activities that were done in a span, about people of
// one branch or, with 0, of all, by "outcome", "kind", "cause" or "owner", which
// is who did them; the most first.
func (tx *Tx) ActivitySums(ctx context.Context, s Span, people clinic.BranchID, by string) ([]ActivitySum, error) {
	args := arguments{tx.clinic}
	where := "a.clinic = $1 AND a.status = 'done' AND a.done >= " + args.add(micros(s.From)) + " AND a.done < " + args.add(micros(s.Until))
	if people != 0 {
		where += " AND " + aboutBranch(args.add(people))
	}
	found, err := collect(ctx, tx, func(scan func(...any) error) (l ActivitySum, err error) { return l, scan(&l.Key, &l.Count, &l.Booked) }, `
		SELECT COALESCE(`+activityGroups[by]+`, '') AS grouped, COUNT(*), COUNT(*) FILTER (WHERE a.outcome = 'booked')
		FROM activity a WHERE `+where+` GROUP BY 1 ORDER BY 2 DESC, 1`, args...)
	if err != nil {
		return nil, fmt.Errorf("activities by %s: %w", by, err)
	}
	return found, nil
}
